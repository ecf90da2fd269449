"""What can be wrong with a table."""

from __future__ import annotations

from transfers.messages.table_pairs import TEXTS as OF_PAIRS

TEXTS: dict[str, tuple[str, str]] = {
    **OF_PAIRS,
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
        "文件超过 {megabytes} MB，不予读取；请删去无关的表和图片，或另存为 csv。",
        "The file is larger than {megabytes} MB; delete sheets and pictures nobody needs, or save it as csv.",
    ),
    "table.unpacks": (
        "工作簿解压后超过 {megabytes} MB，不予读取，文件可能已损坏或被做了手脚；请从原表重新另存。",
        "The workbook unpacks to more than {megabytes} MB and may be damaged or tampered with; save it again from the original.",
    ),
    "table.entities": (
        "工作簿内部（{part}）有外部实体声明，正常的工作簿不会有，不予读取；请用表格软件重新另存。",
        "The workbook declares entities ({part}), which no ordinary workbook does; save it again with a spreadsheet program.",
    ),
    "table.far_cell": (
        "这一格离数据太远，整张表要占 {most} 格以上，不予读取；请删去这一格，或删去数据以外的行和列。",
        "This cell lies so far out that the sheet would hold more than {most} cells; delete it, or the rows and columns beyond the data.",
    ),
    "table.too_many_cells": (
        "表中有 {cells} 格，最多可读 {most} 格；请只保留需要的列和行。",
        "The table has {cells} cells, at most {most} can be read; keep only the columns and rows that are needed.",
    ),
    "table.password": (
        "工作簿设有打开密码；请在表格软件中取消密码后另存。",
        "The workbook is protected by a password; remove it and save the file again.",
    ),
    "table.broken_workbook": (
        "工作簿无法读取，可能已损坏或没有传完；请用 Excel 或 WPS 打开后另存为 xlsx。细节：{reason}",
        "The workbook cannot be read and may be damaged or cut short; open it and save it as xlsx. Details: {reason}",
    ),
    "table.other_archive": (
        "这是压缩包或其他类型的文件，不是表格；若是压缩包，请解压后写明其中的表格文件，若是工作簿，请用 Excel 或 WPS 打开后另存为 xlsx。",
        "This is an archive or another kind of file, no table; unpack an archive and name the table inside it, or open a workbook and save it as xlsx.",
    ),
    "table.xlsb": (
        "这是二进制工作簿（xlsb），不能读取；请用 Excel 打开，另存为 xlsx。",
        "This is a binary workbook (xlsb); open it in Excel and save it as xlsx.",
    ),
    "table.pdf": (
        "这是 PDF 文件，读不出表格；请使用原来的 Excel 表，或把数字录入 xlsx、csv 表。",
        "This is a PDF file, from which no table is read; use the workbook it was printed from, or enter the figures in one.",
    ),
    "table.web_page": (
        "这其实是网页或 XML 文件，只是改了扩展名；请用 Excel 或 WPS 打开后另存为 xlsx。",
        "This is a web page or XML under another name; open it in a spreadsheet program and save it as xlsx.",
    ),
    "table.no_sheet": (
        "工作簿中没有“{sheet}”表；有：{sheets}。请改正 sheet。",
        "The workbook has no sheet “{sheet}”; it has: {sheets}. Mend `sheet`.",
    ),
    "table.broken_parquet": (
        "parquet 文件无法读取，可能已损坏或没有传完；请重新导出。细节：{reason}",
        "The parquet file cannot be read and may be damaged or cut short; export it again. Details: {reason}",
    ),
    "table.no_parquet": (
        '读取 parquet 需要 pyarrow；请运行 pip install "transfers[parquet]"，或另存为 csv、xlsx。',
        'Reading parquet needs pyarrow: pip install "transfers[parquet]", or save the table as csv or xlsx.',
    ),
    "table.parquet_unpacks": (
        "parquet 文件展开后超过 {megabytes} MB，不予读取；请只保留需要的列和行后重新导出。",
        "The parquet file unpacks to more than {megabytes} MB; export only the columns and rows that are needed.",
    ),
    "table.broken_frame": (
        "数据框中有内容无法转成文字（{reason}）；请只保留数字和文字的列，列名不要重复。",
        "Something in the frame cannot be turned into text ({reason}); keep columns of numbers and texts only, under names that differ.",
    ),
    "table.encoding": (
        "这里的文字既不是 UTF-8 编码，也不是 GB18030 编码，无法辨认；请另存为“CSV UTF-8”。",
        "The text here is neither UTF-8 nor GB18030; save the file as “CSV UTF-8”.",
    ),
    "table.encoding_marked": (
        "文件标明编码为 {encoding}，但这里的文字不符合该编码；请另存为“CSV UTF-8”。",
        "The file says it is {encoding}, but the text here is not; save it as “CSV UTF-8”.",
    ),
    "table.encoding_unmarked": (
        "文件像是 UTF-16 编码，但开头没有标记（BOM），不予读取；请另存为“CSV UTF-8”。",
        "The file looks like UTF-16 without a byte order mark; save it as “CSV UTF-8”.",
    ),
    "table.empty": (
        "文件是空的；首行应为表头，以下每个地区一行。",
        "The file is empty; it needs a header, then one row per district.",
    ),
    "table.no_rows": (
        "只有表头，没有数据；请在表头下为每个地区填一行。",
        "There is a header but no row; add one row per district.",
    ),
    "table.no_header": (
        "政策文件用 header 指定的表头行在表中没有内容；请改正 header，或删去它，由程序查找表头。",
        "The policy's `header` names a row that is blank or beyond the table; mend it, or leave it out and the header is looked for.",
    ),
    "table.no_header_found": (
        "前 {rows} 行里没有“{key}”列，找不到表头，以下各行的格数也不一致；请核对 key 的列名，或用 header 写明表头在第几行。",
        "No header was found: none of the first {rows} rows has the column “{key}”, and the rows differ in length. Check `key`, or name the row of the header by `header`.",
    ),
    "table.second_table": (
        "这里又有一个表头，各列与上面的不同，像是另一张表；请把两张表分开存放，或删去其中一张。",
        "Here is another header with other columns, like that of a second table; keep the tables apart, or delete one.",
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
    "table.long_line": (
        "这一行超过 {megabytes} MB，不像表格；请检查文件是否完整，各行之间是否有换行。",
        "This line is longer than {megabytes} MB, which no row of a table is; check that the file is whole and its rows end with line breaks.",
    ),
    "table.too_many_rows": (
        "表中超过 {most} 行，不予读取；每个地区只占一行，请删去其余各行。",
        "The table has more than {most} rows; a district takes one, delete the others.",
    ),
    "table.too_many_columns": (
        "这一行有 {columns} 列，最多可读 {most} 列；请删去数据以外的列（多为行末多余的逗号或空列）。",
        "This row has {columns} columns, at most {most} can be read; delete those beyond the data, often mere commas or blank columns.",
    ),
    "table.long_cell": (
        "这一格超过 13 万字，多半是前面少了一个英文双引号；请检查引号是否配对。",
        "This cell has more than 131,072 characters; a closing double quote is probably missing.",
    ),
    "table.ragged": (
        "这一行有 {cells} 格，表头有 {columns} 列；请补齐或删去多余的逗号，"
        "格内的逗号（如“1,234”）要用英文双引号括起来。",
        "The row has {cells} cells and the header {columns}; mend the commas, and put double "
        'quotes around a cell that holds one, such as "1,234".',
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
        "地区代码“{key}”在第 {line} 行已经出现过；每个地区只能有一行，请改正或删去一行；"
        "各行是不同年度等的，用 rows 写明读哪些行，如 rows: year == 2025。",
        "The key “{key}” is already on line {line}; each district has one row: mend or delete one, "
        "or, where rows are of several years or the like, say which to read: rows: year == 2025.",
    ),
    "table.key_lookalike": (
        "地区代码“{key}”与第 {line} 行的“{twin}”看上去相同"
        "（只差空格、全角半角或形近字母）；请统一写法。",
        "The key “{key}” looks like “{twin}” on line {line} (spaces, width or lookalike letters "
        "differ); spell them the same, or make them differ visibly.",
    ),
    "table.strays": (
        "空行以下有 {count} 行（“{key}”等）没有政策要用的任何数据，像是另一张表或附注；请移到别的工作表，或删去。",
        "Below a blank row, {count} rows (“{key}”, ...) have none of the figures the policy asks for, like another table or remarks; move them to another sheet, or delete them.",
    ),
    "table.key_rounded": (
        "地区代码“{key}”被表格软件改成了科学计数，后几位已丢失；请把该列设为文本，重新填写代码。",
        "A spreadsheet has turned the key into “{key}” and lost its last digits; format the column "
        "as text and enter the keys again.",
    ),
    "table.key_date": (
        "地区代码“{key}”是日期，多半是表格软件把“10-1”一类的代码改成了日期；请把该列设为文本，重新填写代码。",
        "The key “{key}” is a date: a spreadsheet has probably turned a code such as 10-1 into one; format the column as text and enter the keys again.",
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
    # Cells
    "table.too_many_joins": (
        "政策文件只并入 {count} 个文件，--join 不能更多。",
        "The policy joins {count} files; --join cannot name more.",
    ),
    "table.percent_unexpected": (
        "{district}的“{column}”读到“{value}”，而这一列的单位不是百分比；请写数值，或在政策文件中把单位写为 %。",
        "{district}: “{column}” reads “{value}”, but the column is not in per cent; write the figure, or declare the unit as % in the policy.",
    ),
    "table.nameless": ("第 {line} 行", "row {line}"),
    "table.not_a_number": (
        "{district}的“{column}”读到“{value}”，不是数字；请只填数字，缺数请留空。",
        "{district}: “{column}” reads “{value}”, which is not a number; write a plain number, or "
        "leave it blank where it is missing.",
    ),
    "table.texts_for_numbers": (
        "“{column}”有 {count} 个地区是文字（{words}），不是数字；这一列若是类别，请写 type: text，或用 one_of 列出各类。",
        "“{column}” reads texts for {count} districts ({words}), which are no numbers; if they are "
        "categories, write type: text, or list them in one_of.",
    ),
    "table.no_result": (
        "{district}的“{column}”是公式，文件中没有存下计算结果；请用 Excel 或 WPS 打开，保存后再用。",
        "{district}: “{column}” holds a formula without its result; open the file in a spreadsheet program, save it, and use it again.",
    ),
    "table.raised": (
        "{district}的“{column}”读到“{value}”，其中有上标或下标（如脚注序号），分不清哪些是数；请删去上标，脚注写到表下。",
        "{district}: “{column}” reads “{value}”, part of it raised or lowered like the mark of a footnote; take the mark out and put the note below the table.",
    ),
    "table.merged": (
        "{district}的“{column}”与 {cell} 合并成了一格，看不出这个地区自己是多少；请取消合并，逐行填写。",
        "{district}: “{column}” is merged with {cell}, so what this district has is not known; unmerge the cells and fill in every row.",
    ),
    "table.key_merged": (
        "这一行的地区代码（“{column}”列）与 {cell} 合并成了一格；每个地区占一行，各有代码，请取消合并，逐行填写。",
        "The key of this row (column “{column}”) is merged with {cell}; each district has one row and a key of its own: unmerge the cells and fill in every row.",
    ),
    "table.unit_kind": (
        "表中写明“{column}”的单位是“{stated}”，不能换算成政策文件所写的“{declared}”；请核对两处的单位。",
        "The table says that “{column}” is in “{stated}”, which cannot be converted to “{declared}” as the policy says; check both.",
    ),
    "table.units_differ": (
        "表的上方写了几个单位（{stated}），“{column}”用的是哪一个，无法判断；请在列名后注明，如“{column}（{example}）”。",
        "Several units are stated above the table ({stated}), and which of them “{column}” is in is not clear; write it behind the name, as in “{column} ({example})”.",
    ),
    "table.column_repeated": (
        "“{column}”与 {first} 那一列同名，不知该用哪一列；请改名或删去一列。旁边若是另一张表，请分到另一个工作表。",
        "“{column}” is also what the column at {first} is called; rename or delete one. If another table stands beside this one, move it to a sheet of its own.",
    ),
    "table.column_ambiguous": (
        "“{column}”对应不止一列：{columns}；请写全列名（如 人口/常住人口），或给其中一列改名；左右并排的两张表请改为上下相接。",
        "“{column}” may be any of: {columns}; write the whole name, as in population/resident, or rename one; put tables that stand side by side below each other.",
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
    # Remarks
    "table.read_as": ("按 {encoding} 编码读取。", "Read as {encoding}."),
    "table.read_as_guessed": (
        "文件没有标明编码，按 {encoding} 读取；如名称成了乱码，请另存为“CSV UTF-8”。",
        "The file does not say its encoding and was read as {encoding}; if names are garbled, save it as “CSV UTF-8”.",
    ),
    "table.several_sheets": (
        "有几张表都符合要求，用的是“{sheet}”，没有用“{others}”；请在 districts 中用 sheet 写明。",
        "Several sheets fit; “{sheet}” was used, not “{others}”. Name it by `sheet` under `districts`.",
    ),
    "table.hidden_rows": (
        "有 {count} 个地区在隐藏或筛选掉的行里，照样参加分配：{districts}（括号内为行号）；不该参加的，请从表中删去。",
        "Districts in rows that are hidden or filtered out ({count}) take part all the same: {districts} (row in brackets); delete those that should not.",
    ),
    "table.hidden_column": (
        "“{column}”列是隐藏的，照样读取；请确认用的就是这一列。",
        "Column “{column}” is hidden and was read all the same; make sure that it is the right one.",
    ),
    "table.shown_otherwise": (
        "“{column}”有 {count} 格按格式显示的数与存的数大小不同，计算用的是存的数：{cells}（引号内为存的数，其后为显示格式）；请核对单位。",
        "Figures of “{column}” ({count}) are shown larger or smaller than they are stored, and are used as stored: {cells} (stored figure in quotes, then its format); check the unit.",
    ),
    "table.earlier_header": (
        "这一行也像表头，但所需的列不如第 {header} 行全，没有读它下面的数据；请确认，并在 districts 中用 header 写明表头在哪一行。",
        "This row looks like a header too, but the one in row {header} has more of the columns, so what stands between was not read. Name the right one by `header` under `districts`.",
    ),
    "table.lesser_sheets": (
        "用的是“{sheet}”，所需的列最全；“{others}”只有其中一部分，没有用。如不对，请在 districts 中用 sheet 写明。",
        "“{sheet}” was used, which has most of the columns; “{others}” has some of them too. If that is wrong, name the sheet by `sheet` under `districts`.",
    ),
    "table.perhaps_ratios": (
        "“{column}”有的写成百分数，有的像是小数（{count} 格）：{cells}；这一列的单位是 %，小数也按百分数读（0.14 即 0.14%），请核对。",
        "Some of “{column}” are percentages, others look like ratios ({count}): {cells}. The column is in %, so 0.14 is read as 0.14%; check them.",
    ),
    "table.perhaps_all_ratios": (
        "“{column}”的单位是 %，而各地区的数都不超过 1，像是小数：{cells}；现按百分数读（0.14 即 0.14%），请核对，如是小数，请在政策文件中去掉单位 %。",
        "“{column}” is in %, but no figure is above 1, as if they were ratios: {cells}. They are read as per cent (0.14 is 0.14%); if they are ratios, declare no unit in the policy.",
    ),
    "table.unit_converted": (
        "“{column}”由{stated}换算为{declared}（乘以 {factor}）。",
        "“{column}” was converted from {stated} to {declared} (times {factor}).",
    ),
    "table.respelt": (
        "“{column}”有 {count} 格数字不是通常写法，已这样读：{cells}。",
        "Figures of “{column}” written for people ({count}) were read as plain ones: {cells}.",
    ),
    "table.asides": (
        "{count} 行不是地区，没有计入：{labels}（括号内为行号）。",
        "Rows that are no districts ({count}) were left out: {labels} (line in brackets).",
    ),
    "table.asides_checked": (
        "{count} 行不是地区，没有计入：{labels}（括号内为行号）；合计数与各地区相加一致：{columns}。",
        "Rows that are no districts ({count}) were left out: {labels} (line in brackets); their totals agree with the districts: {columns}.",
    ),
    "table.total_differs": (
        "“{label}”行的“{column}”为 {stated}，而 {count} 个地区相加为 {sum}，相差 {difference}；请核对哪一格有误。计算只用各地区的数。",
        "Row “{label}” states {stated} for “{column}”, but its {count} districts add up to {sum}, a difference of {difference}; check which cell is wrong. Only the districts' figures are used.",
    ),
    "table.parts_differ": (
        "{district}的“{column}”为 {stated}，而{parts}相加为 {sum}，相差 {difference}；请核对。",
        "{district}: “{column}” is {stated}, but {parts} add up to {sum}, a difference of {difference}; check them.",
    ),
    "table.more_parts_differ": (
        "“{column}”还有 {count} 个地区与各分项之和不符。",
        "“{column}” differs from its parts for {count} more districts.",
    ),
    "table.perhaps_total": (
        "{district}的 {columns} 列数字都等于其余各地区之和，像是合计行，现在按一个地区参加分配；如是合计，请在名称中写明“合计”或删去这一行。",
        "{district}: in all {columns} columns it is the sum of the others, like a row of totals, and now takes part as a district; if it is a total, call it “total” or delete the row.",
    ),
    "table.totals_unchecked": (
        "{labels}没有可以核对的合计数（空白，或公式没有存下结果）。",
        "{labels}: no total that could be checked (blank, or a formula without its result).",
    ),
    "table.unit_ignored": (
        "表中写明“{column}”的单位是{stated}，政策文件没有给这一列写单位，数字按原样使用；请在 inputs 中写 unit。",
        "The table says that “{column}” is in {stated}; the policy gives it no unit, so figures are used as they stand. Write `unit` under `inputs`.",
    ),
    "table.far_apart": (
        "“{column}”中 {cells} 与其他地区相差 1000 倍以上，可能是单位不同（如“人”与“万人”）；请核对。",
        "In “{column}” {cells} differs from the other districts by more than 1,000 times, perhaps by its unit (persons, ten thousand persons); check it.",
    ),
    "table.key_is_name": (
        "这一列填的是地区名称（“{key}”），而 {file} 以代码为准；请在 key 中写明代码列，或让两个表都以名称为 key。",
        "This column holds names (“{key}”), while {file} goes by keys; name its column of keys in `key`, or have both tables go by names.",
    ),
    "table.perhaps_total_but_one": (
        "{district}有 {columns} 列数字等于其余各地区之和，只有“{column}”相差 {difference}，像是有一处误差的合计行，现在按一个地区参加分配；如是合计，请在名称中写明“合计”或删去这一行。",
        "{district}: in {columns} columns it is the sum of the others, only “{column}” is off by {difference}, like a row of totals with a slip, and now takes part as a district; if it is a total, call it “total” or delete the row.",
    ),
    "table.part_with_key": (
        "{district}的名称以“其中”开头，又有地区代码，现在单独参加分配；如已包含在上面的地区中，请删去代码或这一行。",
        "{district}: by its name it is a part of a district above, but it has a key and now takes part itself; if it is counted there, delete its key or the row.",
    ),
}
