"""Texts of the family "progress": what is being done, shown while it lasts."""

TEXTS: dict[str, tuple[str, str]] = {
    "progress.start": ("正在准备", "Starting"),
    "progress.read": ("正在读取数据", "Reading the table"),
    "progress.check": ("正在检查数据", "Checking the table"),
    "progress.promises": ("正在检验承诺", "Checking the promises"),
    "progress.solve": ("正在求解参数", "Solving for the parameter"),
    "progress.divide": ("正在分配资金", "Dividing the money"),
    "progress.verify": ("正在核对金额", "Verifying the amounts"),
    "progress.scenarios": ("正在测算各情景", "Running the scenarios"),
    "progress.prepare": ("正在整理结果", "Preparing the result"),
    "progress.probe": ("正在逐个变动各地的数", "Moving figures of districts"),
    "progress.search": ("正在查找临界点", "Looking for edges"),
    "progress.reach": ("正在逐个变动参数", "Moving numbers of the document"),
    "progress.compile": ("正在编制各年的政策", "Compiling the policies of the years"),
    "progress.years": ("正在逐年推算", "Running the years"),
    "progress.write": ("正在写出文件", "Writing the file"),
}
