"""Texts of the family "output": the sheets of a workbook, and what keeps a file from being written."""

TEXTS: dict[str, tuple[str, str]] = {
    # Sheets of a workbook
    "output.sheet_amounts": ("分配表", "Allocation"),
    "output.sheet_findings": ("注意事项", "Findings"),
    "output.sheet_about": ("说明", "About"),
    "output.page": ("第 &P 页，共 &N 页", "Page &P of &N"),
    "output.findings_title": ("注意事项和未分配资金", "Findings and money not divided"),
    "output.severity": ("类别", "Kind"),
    "output.where": ("出处", "Where"),
    "output.message": ("内容", "What"),
    "output.no_findings": ("没有需要注意的事项。", "There is nothing to report."),
    "output.not_divided": ("未分配", "not divided"),
    "output.about_title": ("编制说明", "What this was computed from"),
    "output.item": ("项目", "Item"),
    "output.content": ("内容", "Content"),
    "output.about_policy": ("政策编号", "Policy"),
    "output.about_name": ("政策名称", "Title"),
    "output.about_source": ("依据", "Source"),
    "output.about_year": ("年度", "Year"),
    "output.about_unit": ("金额单位", "Unit of money"),
    "output.about_quantum": ("最小支付额", "Smallest payable sum"),
    "output.about_document": ("政策文件", "Policy document"),
    "output.about_change": ("本次改动", "Changed for this run"),
    "output.about_table": ("数据表", "Table"),
    "output.about_upstream": ("上级", "Level above"),
    "output.about_upstream_file": ("上级的文件", "A file of the level above"),
    "output.about_upstream_sha256": ("该文件 SHA-256", "SHA-256 of that file"),
    "output.about_sha256": ("数据表 SHA-256", "SHA-256 of the table"),
    "output.about_program": ("测算程序", "Program"),
    "output.long_figures": (
        "带“*”的数超过 15 位有效数字，表格软件存不下，按文本写出，准确无误；所在列的合计和比较也不是公式。",
        "Figures marked * have more than 15 digits, more than a spreadsheet holds: they are exact texts, and totals and comparisons of their columns are no formulas.",
    ),
    # What keeps a file from being written
    "output.library_missing": (
        '写这种文件需要 {needs} 之一，都没有安装。请运行：pip install "transfers[parquet]"，或改用 .csv。',
        'This kind of file needs one of {needs}, none of which is installed. Run: pip install "transfers[parquet]", or write .csv.',
    ),
    "output.too_many_rows": (
        "有 {count} 个地区，一张工作表最多容纳 {most} 个；请改用 .csv 或 .parquet。",
        "There are {count} districts; a sheet holds {most}. Write .csv or .parquet.",
    ),
    "output.too_many_columns": (
        "有 {count} 列，一张工作表最多容纳 {most} 列；请改用 .csv 或 .parquet。",
        "There are {count} columns; a sheet holds {most}. Write .csv or .parquet.",
    ),
    "output.disk_full": (
        "磁盘已满，没有写成；原有文件未动。请清理磁盘，或写到别处。",
        "The disk is full; nothing was written, an old file is as it was. Make room, or write elsewhere.",
    ),
    "output.not_allowed": (
        "没有写入权限，没有写成；原有文件未动。文件可能是只读的，或正在表格软件中打开，或所在文件夹不可写；请关闭它，或写到别处。",
        "Writing is not allowed; nothing was written, an old file is as it was. The file may be read-only or open in a spreadsheet program, or its folder may not be written to; close it, or write elsewhere.",
    ),
    "output.read_only": (
        "所在磁盘是只读的，没有写成；请写到别处。",
        "The disk is read-only; nothing was written. Write elsewhere.",
    ),
    "output.is_folder": (
        "这是一个文件夹，不能当作文件写。要写到文件夹里，请在末尾加“{separator}”。",
        "This is a folder, not a file. To write into it, end its name with {separator!r}.",
    ),
    "output.no_folder": (
        "所在文件夹不存在；请先建立，或检查路径。",
        "Its folder does not exist; make it first, or check the path.",
    ),
    "output.not_a_folder": (
        "路径中有一段是文件，不是文件夹；请检查路径。",
        "A part of the path is a file, not a folder; check the path.",
    ),
    "output.name_too_long": (
        "文件名太长；请换一个短的。",
        "The name is too long; choose a shorter one.",
    ),
    "output.link_circle": (
        "链接指回自身，没有文件可写；请换一个文件名。",
        "The link leads back to itself, there is no file to write; choose another name.",
    ),
    "output.no_file": (
        "这不是普通文件（是设备或管道）；请换一个文件名。",
        "This is no ordinary file but a device or a pipe; choose another name.",
    ),
}
