"""Texts of the family "progress": what is being done, shown while it lasts."""

TEXTS: dict[str, tuple[str, str]] = {
    "progress.start": ("正在准备", "Starting"),
    "progress.read": ("正在读取数据", "Reading the table"),
    "progress.check": ("正在检查数据", "Checking the table"),
    "progress.solve": ("正在求解参数", "Solving for the parameter"),
    "progress.divide": ("正在分配资金", "Dividing the money"),
    "progress.verify": ("正在核对金额", "Verifying the amounts"),
    "progress.prepare": ("正在整理结果", "Preparing the result"),
    "progress.write": ("正在写出文件", "Writing the file"),
}
