"""Which files, columns and rows a policy has read: `rows`, and names with parameters in braces."""

from __future__ import annotations

_ONLY = (
    "只能用 parameters 中的数和文字、本文件的年度 year：{known}",
    "only numbers and texts of `parameters`, and the `year` of the document, can: {known}",
)

TEXTS: dict[str, tuple[str, str]] = {
    # -- braces --------------------------------------------------------------------------------
    "reading.open_brace": (
        "花括号没有配对：请补上 }}；列名本身含有花括号的，写作 {{{{。",
        "The brace is not closed: add }}; a brace of the name itself is written {{{{.",
    ),
    "reading.statement_in_braces": (
        "花括号里应得出整数或文字，这里是判断；请改用 if(…, …, …)。",
        "Between braces there should be a whole number or a text, not a statement; use if(…, …, …).",
    ),
    "reading.not_whole": (
        "“{formula}”得 {value}，不是整数，不能放进名称；请改正公式或参数，或用 round。",
        "{formula!r} comes to {value}, which is not a whole number and cannot stand in a name; "
        "mend the formula or the parameter, or use round.",
    ),
    "reading.no_value": (
        "“{formula}”算不出数（除以零、空白，或数太长），不能放进名称；请改正公式或参数。",
        "{formula!r} has no value (a division by zero, a blank, or too long a number); "
        "mend the formula or the parameter.",
    ),
    "reading.unknown_constant": (
        "没有“{name}”这个名称：这里" + _ONLY[0] + "。",
        "There is no {name!r}: here " + _ONLY[1] + ".",
    ),
    "reading.unknown_constant_near": (
        "没有“{name}”这个名称，是否是“{near}”？",
        "There is no {name!r} here; did you mean {near!r}?",
    ),
    "reading.constant_wanted": (
        "读表之前要先知道读哪些文件、列和行，所以这里不能用“{name}”，" + _ONLY[0] + "。",
        "Which files, columns and rows are read is settled before any table is, so {name!r} cannot "
        "stand here; " + _ONLY[1] + ".",
    ),
    # -- rows ----------------------------------------------------------------------------------
    "reading.aggregate": (
        "{function} 要用到许多行，这里是逐行判断或读表之前；请改用单行的写法。",
        "{function} needs many rows; here one row is judged by itself, or no table is read yet.",
    ),
    "reading.statement_wanted": (
        "rows 应是判断公式，如 year == 2018；是否的列直接写列名。",
        "`rows` should be a statement, such as year == 2018; a column of yes and no is enough by "
        "itself.",
    ),
    "reading.no_column": (
        "{file} 中没有“{name}”列，parameters 中也没有这个数或文字。"
        "文件的列：{columns}；参数：{constants}。要读全部行（如用填报表测算），加 --set {path}=null。",
        "{file} has no column {name!r}, and `parameters` no such number or text. Columns: "
        "{columns}; parameters: {constants}. To read all rows (of a filled-in template, say): "
        "--set {path}=null.",
    ),
    "reading.no_column_near": (
        "{file} 中没有“{name}”列，是否应为“{near}”？文件的列：{columns}；参数：{constants}。"
        "要读全部行（如用填报表测算），加 --set {path}=null。",
        "{file} has no column {name!r}; did you mean {near!r}? Columns: {columns}; parameters: "
        "{constants}. To read all rows (of a filled-in template, say): --set {path}=null.",
    ),
    "reading.column_ambiguous": (
        "{file} 中有几列都可以叫“{name}”：{columns}；请改列名，使每列不同。",
        "In {file} several columns go by {name!r}: {columns}; rename them so that each differs.",
    ),
    "reading.column_with_itself": (
        "两边都是 {file} 的“{name}”列，每一行都成立；同名时列优先。请给参数另起一个名字，如 of_year。",
        "Both sides are the column {name!r} of {file}, which holds in every row: of one name the "
        "column comes first. Give the parameter another name, such as of_year.",
    ),
    "reading.percent_on_one_side": (
        "{file} 的“{name}”列与这里的数，有的带 % 有的不带，不知所指；请统一写法。",
        "In the column {name!r} of {file} and in this number a % stands here and not there, which "
        "is anybody's guess: write it everywhere, or nowhere.",
    ),
    "reading.no_column_compared": (
        "这里没有用到 {file} 的列，每一行都一样，不会起筛选作用。文件的列：{columns}。"
        "要读全部行（如用填报表测算），加 --set {path}=null。",
        "No column of {file} stands in this, so it says the same of every row. Columns: {columns}. "
        "To read all rows (of a filled-in template, say): --set {path}=null.",
    ),
    "reading.too_long": (
        "rows 中的数太长，无法精确判断；请改正公式。",
        "A figure in `rows` grew too long to be judged exactly; mend the formula.",
    ),
    "reading.no_row_left": (
        "按“{rows}”筛选后，{file} 的 {count} 行一行也不剩。文件中有：{there}。",
        "By {rows!r} none of the {count} rows of {file} is left. It has: {there}.",
    ),
    "reading.rows_left_out": (
        "只读“{rows}”的行：{all} 行中读 {kept} 行，{count} 行不读。",
        "Only rows with {rows!r} are read: {kept} of {all}; left out: {count}.",
    ),
    "reading.rows_left_out_unknown": (
        "只读“{rows}”的行：{all} 行中读 {kept} 行，{count} 行不读，其中 {unknown} 行因有关单元格空白而无从判断。",
        "Only rows with {rows!r} are read: {kept} of {all}; left out: {count}, {unknown} of them "
        "because a cell that decides is blank.",
    ),
    # -- tables at hand ------------------------------------------------------------------------
    "reading.moved": (
        "{path} 决定读哪些文件、列或行（{formula}），表读完之后不能再改；"
        "请在读取政策时就写明：load_policy(文件, {{'{path}': …}})，或 --set {path}=…，再读数据。",
        "{path} decides which files, columns or rows are read ({formula}), and cannot move once "
        "they are; load the policy with it, load_policy(file, {{'{path}': …}}) or --set {path}=…, "
        "and then read the table.",
    ),
    "reading.solved": (
        "{path} 决定读哪些文件、列或行（{formula}），不能由 solve 反求；请改求别的参数。",
        "{path} decides which files, columns or rows are read ({formula}), so `solve` cannot find "
        "it; solve for another parameter.",
    ),
    "reading.read_otherwise": (
        "数据是按 {had} 读的，政策现在要按 {now} 读；请用改动后的政策重新读取数据："
        "load_policy(文件, 改动)，再 load_districts。",
        "The table was read with {had}, and the policy now wants {now}; read it anew with the "
        "policy as changed: load_policy(file, changes), then load_districts.",
    ),
}
