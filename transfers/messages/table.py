"""What can be wrong with a table."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # The file
    "table.not_found": (
        "找不到这个文件；请检查文件名和所在文件夹。",
        "There is no such file; check its name and folder.",
    ),
    "table.folder": (
        "这是一个文件夹；请写明文件夹中的哪个表。",
        "This is a folder; name the table inside it.",
    ),
    "table.unreadable": (
        "无法读取这个文件（{reason}）；请检查读取权限，或先关闭正在使用它的程序。",
        "The file cannot be read ({reason}); check its permissions, or close the program using it.",
    ),
    "table.too_large": (
        "文件超过 1 GB，无法读取；请只保留政策用到的列，或检查是否选错了文件。",
        "The file is larger than 1 GB; keep only the columns the policy uses, or check that it is "
        "the right file.",
    ),
    "table.workbook": (
        "这是电子表格工作簿，不是 csv 文本；请在表格软件中另存为“CSV UTF-8”。",
        "This is a spreadsheet workbook, not csv text; save it as “CSV UTF-8”.",
    ),
    "table.encoding": (
        "这里的文字既不是 UTF-8 编码，也不是 GB18030 编码，无法辨认；请另存为“CSV UTF-8”。",
        "The text here is neither UTF-8 nor GB18030; save the file as “CSV UTF-8”.",
    ),
    "table.encoding_marked": (
        "文件标明编码为 {encoding}，但这里的文字不符合该编码；请另存为“CSV UTF-8”。",
        "The file says it is {encoding}, but the text here is not; save it as “CSV UTF-8”.",
    ),
    "table.empty": (
        "文件是空的；首行应为表头，以下每个地区一行。",
        "The file is empty; it needs a header, then one row per district.",
    ),
    "table.no_rows": (
        "只有表头，没有数据；请在表头下为每个地区填一行。",
        "There is a header but no row; add one row per district.",
    ),
    "table.separator": (
        "整行表头读成了一列；各列应以英文逗号分隔，请另存为“CSV UTF-8（逗号分隔）”。",
        "The header was read as one column; separate columns by commas: save as “CSV UTF-8”.",
    ),
    "table.nul": (
        "单元格里有空字符（NUL），文件可能已损坏；请从原表重新导出。",
        "The cell holds a NUL character, so the file may be damaged; export it again.",
    ),
    "table.quote": (
        '英文双引号没有配对，无法判断这一格在哪里结束；请补上引号，格内的引号要连写两个（""）。',
        "The double quotes don't pair, so the end of this cell is unknown; close them, and write a "
        'quote inside a cell twice ("").',
    ),
    "table.long_cell": (
        "这一格超过 13 万字，多半是前面少了一个英文双引号；请检查引号是否配对。",
        "This cell has more than 131,072 characters; a closing double quote is probably missing.",
    ),
    "table.ragged": (
        "这一行有 {cells} 格，表头有 {columns} 列；请补齐或删去多余的逗号，"
        "文字中的逗号要用英文双引号括起来。",
        "The row has {cells} cells and the header {columns}; mend the commas, and put double "
        "quotes around text that holds one.",
    ),
    "table.no_name": (
        "第 {column} 列有数据但没有列名；请填上列名（表头应是文件的首行）。",
        "Column {column} has figures but no name; name it (the header is the file's first row).",
    ),
    "table.same_name": (
        "列名“{name}”与第 {first} 列相同，不知该用哪一列；请改名或删去一列。",
        "The name “{name}” is also that of column {first}; rename or delete one of them.",
    ),
    # Columns
    "table.no_column": (
        "{file} 中没有“{column}”列；表中有：{columns}。请改列名，或在 column 中写明对应的列。",
        "{file} has no column “{column}”; it has: {columns}. Rename one, or name it in `column`.",
    ),
    "table.no_column_near": (
        "{file} 中没有“{column}”列，是否应为“{nearest}”？表中有：{columns}。",
        "{file} has no column “{column}”; did you mean “{nearest}”? It has: {columns}.",
    ),
    "table.column_twice": (
        "“{column}”列在 {file} 中也有，且数据不同（{district}：“{value}”与“{twin}”）；"
        "请给其中一列改名或删去。",
        "{file} has a column “{column}” too, with other figures ({district}: “{value}” and "
        "“{twin}”); rename or delete one.",
    ),
    # Keys
    "table.key_missing": (
        "这一行没有地区代码（“{column}”列）；请补上代码，不是地区的行请删去。",
        "The row has no key (column “{column}”); add it, or delete the row if it is no district.",
    ),
    "table.key_twice": (
        "地区代码“{key}”在第 {line} 行已经出现过；每个地区只能有一行，请改正或删去一行。",
        "The key “{key}” is already on line {line}; each district has one row: mend or delete one.",
    ),
    "table.key_lookalike": (
        "地区代码“{key}”与第 {line} 行的“{twin}”看上去相同"
        "（只差空格、全角半角或形近字母）；请统一写法。",
        "The key “{key}” looks like “{twin}” on line {line} (spaces, width or lookalike letters "
        "differ); spell them the same, or make them differ visibly.",
    ),
    "table.key_rounded": (
        "地区代码“{key}”被表格软件改成了科学计数，后几位已丢失；请把该列设为文本，重新填写代码。",
        "A spreadsheet has turned the key into “{key}” and lost its last digits; format the column "
        "as text and enter the keys again.",
    ),
    "table.key_unknown": (
        "地区代码“{key}”不在 {file} 中；请在 {file} 中补上该地区，或删去这一行。",
        "The key “{key}” is not in {file}; add the district there, or delete this row.",
    ),
    "table.key_unknown_meant": (
        "地区代码“{key}”不在 {file} 中，是否应为“{meant}”？请改成一致的文本代码。",
        "The key “{key}” is not in {file}; did you mean “{meant}”? Spell both alike, as text.",
    ),
    "table.keys_unknown": (
        "从这一行起还有 {count} 个地区代码不在 {file} 中；请核对两表的代码列是否对应。",
        "From here on, {count} more keys are not in {file}; check that both columns hold the "
        "same kind of key.",
    ),
    "table.total_row": (
        "这是合计行（“{value}”），不是地区，会被重复计算；请删去这一行。",
        "This is a row of totals (“{value}”), no district, and would count twice; delete it.",
    ),
    # Cells
    "table.too_many_joins": (
        "政策文件只并入 {count} 个文件，--join 不能更多。",
        "The policy joins {count} files; --join cannot name more.",
    ),
    "table.percent_unexpected": (
        "{district}的“{column}”读到“{value}”，而这一列的单位不是百分比；请写数值，或在政策文件中把单位写为 %。",
        "{district}: “{column}” reads “{value}”, but the column is not in per cent; write the figure, or declare the unit as % in the policy.",
    ),
    "table.not_a_number": (
        "{district}的“{column}”读到“{value}”，不是数字；请只填数字，缺数请留空。",
        "{district}: “{column}” reads “{value}”, which is not a number; write a plain number, or "
        "leave it blank where it is missing.",
    ),
    "table.written_for_people": (
        "{district}的“{column}”读到“{value}”；请写成 {plain}（半角数字，不加千分位和货币符号）。",
        "{district}: “{column}” reads “{value}”; write {plain} (no separators or currency signs).",
    ),
    "table.too_many_digits": (
        "{district}的“{column}”读到“{value}”，位数太多，无法计算"
        "（至多 60 位数字，指数不超过 99）；请核对数字和单位。",
        "{district}: “{column}” reads “{value}”, more than can be held (60 digits, exponent up to "
        "99); check the figure and its unit.",
    ),
    "table.below_minimum": (
        "{district}的“{column}”为 {value}，低于下限 {limit}；请核对数据，或修改政策文件中的 min。",
        "{district}: “{column}” is {value}, below its minimum {limit}; check the figure, or `min` "
        "in the policy.",
    ),
    "table.above_maximum": (
        "{district}的“{column}”为 {value}，高于上限 {limit}；请核对数据，或修改政策文件中的 max。",
        "{district}: “{column}” is {value}, above its maximum {limit}; check the figure, or `max` "
        "in the policy.",
    ),
    "table.not_allowed": (
        "{district}的“{column}”读到“{value}”，只能是：{allowed}。请改正，"
        "或在政策文件的 one_of 中补上。",
        "{district}: “{column}” reads “{value}”, which must be one of: {allowed}. Mend it, or add "
        "it to `one_of` in the policy.",
    ),
    "table.not_boolean": (
        "{district}的“{column}”读到“{value}”；请填“是”或“否”，缺数请留空。",
        "{district}: “{column}” reads “{value}”; write yes or no, or leave it blank.",
    ),
    "table.more": (
        "此外还有 {count} 处问题未列出；请先改正以上各处，再运行一次。",
        "And {count} more; mend those above, then run again.",
    ),
}
