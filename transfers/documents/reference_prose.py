"""The paragraphs at the head of the page about the policy document; not imported by the engine."""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_examples import Both

INTRODUCTION: Final[tuple[tuple[Both, tuple[Both, ...]], ...]] = (
    (
        ("YAML 就是文字", "YAML is text"),
        (
            (
                "- 一行一个键：`键: 值`，半角冒号后面空一格；下一层缩进两格，不用制表符；`#` "
                "后面是说明。一行写得下的，可写成 `{键: 值, 键: 值}`、`[值, 值]`。\n"
                "- 写什么就是什么：`25%` 是 25%，`0101` 保留前面的零，`NO`、`on` 是文字，"
                "`2026-01-01` 不会变成日期。\n"
                "- 数不写千分位。`25%` 是比率 0.25；`0.25` 没有单位，随旁边的数"
                '（见[单位](#单位)）。单独一个百分号要加引号：`unit: "%"`。\n'
                "- 同一处不能有两个相同的键；锚点、引用（`&`、`*`、`<<`）不接受。"
                "写错的键会提示最接近的键。",
                "- One key a line: `key: value`, with a space after the colon; what belongs below "
                "is indented by two, without tabs; a remark follows `#`. What fits on a line may "
                "be `{key: value, key: value}` or `[value, value]`.\n"
                "- Everything stays as written: `25%` is 25%, `0101` keeps its zero, `NO` and "
                "`on` are texts, `2026-01-01` does not become a date.\n"
                "- Numbers have no separators of thousands; `25%` is the ratio 0.25, `0.25` a "
                "bare number that takes the unit of its neighbour (see [units](#units)). A per "
                'cent sign alone needs quotes: `unit: "%"`.\n'
                "- A key stands once in its place; anchors and aliases (`&`, `*`, `<<`) are "
                "refused. For a misspelt key the nearest one is proposed.",
            ),
        ),
    ),
    (
        ("公式与引号", "Formulas and quotes"),
        (
            (
                "公式直接写，不加等号，一般也不加引号：`floor: max(last_year, 100)`。写在 `{ }` "
                "或 `[ ]` 里面、公式自己又有逗号或 `[ ]`、`{ }` 的，整个加引号：`within: {by: "
                'tier, share: "tier_share[tier]"}`、`{formula: "max(0, need - revenue)", unit: '
                "万元}`。公式里既有逗号又有文字的，外面用单引号："
                "`{claim: 'sum(cost, over=items, where=items.kind == \"key\")'}`。"
                "公式以引号开头的，也整个加引号：`'\"A\" == tier'`，不如写 `tier == "
                '"A"`。见[公式的写法](../formulas/zh/language.md)。',
                "A formula is written as it is, without an equals sign and mostly without quotes: "
                "`floor: max(last_year, 100)`. Inside `{ }` or `[ ]`, a formula that itself holds "
                "a comma, `[ ]` or `{ }` goes into quotes: `within: {by: tier, share: "
                '"tier_share[tier]"}`, `{formula: "max(0, need - revenue)", unit: 万元}`. With '
                "a comma and a text inside, the quotes outside are single ones: "
                "`{claim: 'sum(cost, over=items, where=items.kind == \"key\")'}`. A formula that "
                "begins with a quotation mark needs them too: `'\"A\" == tier'`; better `tier == "
                '"A"`. See [the language of formulas](../formulas/en/language.md).',
            ),
        ),
    ),
    (
        ("名称与次序", "Names and order"),
        (
            (
                "- 公式只能用上文的名称，书写次序就是计算次序。通常是：policy、money、districts、"
                "inputs、parameters、budget、quantities、grants、outputs、rules、promises、waive、"
                "next、solve。\n"
                "- `budget` 的总额若由推算列算出，写在 quantities 下面；推算列或中间分配要用 "
                "`budget` 的，写在 quantities 上面。`pool: remainder` 须上文有 `budget`。\n"
                "- 名称可用汉字、字母、数字和 `_`，不以数字开头，区分大小写；五个部分（inputs、"
                "parameters、quantities、grants、outputs）里不能重名，也不能用公式里的词，如 "
                "`sum`、`key`、`total`。",
                "- A formula uses only names above it; the order of reading is the order of "
                "computing. The usual order: policy, money, districts, inputs, parameters, "
                "budget, quantities, grants, outputs, rules, promises, waive, next, solve.\n"
                "- `budget` stands below quantities when it is computed from one, and above them "
                "when a quantity or stage uses `budget`. `pool: remainder` needs a `budget` "
                "above.\n"
                "- Names have letters of any script, digits and `_`, and do not begin with a "
                "digit; capitals matter. No two entries of inputs, parameters, quantities, grants "
                "and outputs share a name, and none has a word of formulas, such as `sum`, `key`, "
                "`total`.",
            ),
        ),
    ),
    (
        ("地区数据表", "The table of districts"),
        (
            (
                "- 文件可以是 csv（UTF-8、UTF-16、GB18030）、xlsx、xls、et、ods、parquet。"
                "认内容，不认扩展名。csv 不超过 1 GB，工作簿不超过 100 MB、一张表 500 万格。\n"
                "- 测算表照原样用：上方可有标题行，表头可占几行、可合并单元格，下面可有单位行、"
                "栏次行。合并表头里的列写作 `人口/常住人口`，只写 `常住人口` 也可以，只要不重名。"
                "多出来的列不影响计算。每页重复的表头不读；上面或下面另有一张表的，会指出。\n"
                "- 表中写明的单位（单位行、列名后的括号，或表上方的“单位：万元”）与政策文件不同"
                "而同类的，自动换算并说明；不同类的、上方写了几个单位分不清的报错。\n"
                "- 合计、总计、小计、平均行和“一、”“其中：”这类没有代码的行不算地区；合计数与各地区"
                "之和不符的，指出哪一格、差多少。表末的“注：”“填表人：”等行不读。合并表头下的"
                "“合计”列也与其他分列核对。\n"
                "- 有疑点的逐处说明，数照用：与其他地区相差 1000 倍以上的数、"
                "百分数列里像小数的数、各列都等于其余地区之和的地区、表中写明而政策文件没写的单位。"
                "变成日期或科学计数的代码报错。\n"
                "- 地区代码是文字，`0101` 与 `101` 是两个代码；不能缺，不能重复，也不能只差空格、"
                "全角半角或形近字母。\n"
                "- 空白、各种横线（`-`、`—`、`——`）、`…`、`#N/A` 都是缺失，绝不当作零。"
                "缺失的数用到了才报错；要有别的含义，用下面的 `default`、`nil`。\n"
                "- `１２３４`、`1,234.5`、`¥100` 这样写的数照读，并逐格说明；`12万`、`(5)`、`1,23` "
                "和带脚注序号的数含义不清，报错。\n"
                "- 工作簿里的公式取文件存下的结果，没有结果的报错。几个地区合并成一格的报错；隐藏或"
                "筛选掉的行和列照样读取并说明，隐藏的工作表不看；按万、千缩小显示的数取存的数并说明。\n"
                "- 单位为 % 的列，`14` 与 `14%` 相同；没有单位的列，`14%` 是 0.14；其他单位的列"
                "不接受百分号。工作簿里显示为 14% 的格就是 `14%`。\n"
                "- 是否列（yes_no）填 是/否、true/false、yes/no、y/n、1/0、√/×。",
                "- A file may be csv (UTF-8, UTF-16 or GB18030), xlsx, xls, et, ods or parquet. "
                "What it is its content tells, not its name. A csv file has 1 GB at "
                "most, a workbook 100 MB and 5 million cells in a sheet.\n"
                "- A table made for people is read as it is: titles above, a header over several "
                "rows with merged cells, a row of units and one that numbers the columns below. "
                "A column under a merged heading is `population/resident`, or just `resident` "
                "where there is only one. Further columns do no harm. A header printed again on "
                "every page is not read; another table above or below is pointed out.\n"
                "- A unit that the table states (a row of units, brackets behind a name, “Unit: "
                "万元” above) and that differs from the policy's is converted, and that is said; "
                "one of another kind is a fault, and so are two above that a column may have.\n"
                "- Rows of totals and averages (合计, 总计, 小计, 平均, total, subtotal, average) "
                "and rows without a key that begin with 一、 or 其中 are no districts; where a "
                "total is not the sum of its districts, the cell and the difference are named. "
                "Notes below the table are not "
                "read. A column 合计 (total) under a merged heading is held against its "
                "neighbours.\n"
                "- What is doubtful is used and pointed out: figures a thousand times off the "
                "others, ratios in a column in %, a district that is the sum of all others, a unit "
                "the table states and the policy does not. Keys that became dates or powers of ten "
                "are faults.\n"
                "- Keys are text: `0101` and `101` are two keys. None is missing, none stands "
                "twice, no two differ by spaces, width or lookalike letters only.\n"
                "- A blank, a dash of any kind (`-`, `—`, `——`), `…` and `#N/A` are missing, "
                "never zero. A missing figure is a fault only where it is used; `default` and "
                "`nil` below give it another meaning.\n"
                "- Figures such as `１２３４`, `1,234.5` and `¥100` are read, and each cell is "
                "named; `12万`, `(5)`, `1,23` and a figure with the mark of a footnote may mean "
                "several things and are faults.\n"
                "- Of a formula in a workbook the stored result is read; one without is a fault. "
                "A cell merged over several districts is a fault. Rows and columns that are "
                "hidden or filtered out are read, and named; hidden sheets are not looked into. "
                "Of a figure shown in thousands or 万 what is stored is read, and that is said.\n"
                "- In a column in % `14` and `14%` are the same; in a column without a unit `14%` "
                "is 0.14; elsewhere a per cent sign is refused. A cell of a workbook that shows "
                "14% is `14%`.\n"
                "- A yes_no column holds 是/否, true/false, yes/no, y/n, 1/0, √/×.",
            ),
        ),
    ),
    (
        ("只读一部分行，名称里放参数", "Some of the rows, and parameters in names"),
        (
            (
                "- `rows` 写在指明文件的地方（districts、它的 join、lists、parameters、"
                "逐行列出各项目的 inputs），只读符合条件的行："
                '`rows: year == 2018 and type == "county"`、`rows: year == of_year`、'
                "`rows: not missing(code)`。不读的行里写了什么都不影响，"
                "读了多少行、没读多少行有说明。\n"
                "- 条件里用该文件的列，和 parameters 中的数、文字；重名时以列为准。"
                '与数比较的列当作数，与文字比较的当作文字（`code == "0101"` 保留零），'
                "单独写的当作是否。列名里有空格、括号的，连续的符号写作一个 `_`："
                "`Fiscal Year (ended)` 写作 `Fiscal_Year_ended`；数字开头的前面加 `_`。"
                "要用的单元格空白、无从判断的行不读，并说明有几行。\n"
                '- 列名、文件名、表名里可用花括号放参数：`column: "pop_{year - 1}"`、'
                '`file: "revenue_{year}.csv"`；花括号里是公式，得出整数或文字。'
                "名称里本来就有花括号的写两个：`{{`。\n"
                "- `rows` 和花括号里只能用 parameters 中直接写出的数和文字（不计单位），"
                "写在上文下文都可以，另有本文件的 `year`。它们决定读什么，所以改这些参数要在读数据"
                "之前：`--set parameters.of_year=2013`。\n"
                "- `year: 2026` 在所有公式里也可以用 `year` 这个名称；"
                "有名为 year 的参数、输入等，以那个为准。",
                "- `rows` stands wherever a file is named (districts, its join, lists, parameters, "
                "inputs with a file of rows): only rows for which it holds are read. "
                '`rows: year == 2018 and type == "county"`, `rows: year == of_year`, '
                "`rows: not missing(code)`. Whatever other rows hold does not matter; how many "
                "were read and left out is said.\n"
                "- It uses columns of that file, and numbers and texts of `parameters`; of one "
                "name the column comes first. A column beside a number is read as numbers, beside "
                'a text as text (`code == "0101"` keeps the zero), by itself as yes and no. '
                "In a heading with spaces or brackets each run of signs is one `_`: `Fiscal Year "
                "(ended)` is `Fiscal_Year_ended`; in front of a digit stands `_`. A row that "
                "cannot be judged, for a cell it needs is blank, is left out, and their number "
                "is said.\n"
                "- Names of columns, files and sheets may hold parameters between braces: "
                '`column: "pop_{year - 1}"`, `file: "revenue_{year}.csv"`; what stands there is a '
                "formula that gives a whole number or a text. A brace of the name itself is "
                "written twice: `{{`.\n"
                "- `rows` and braces use only numbers and texts that stand in `parameters` (as "
                "written, without units), above or below, and the `year` of the document. They "
                "decide what is read, so they are moved before the table is: `--set "
                "parameters.of_year=2013`.\n"
                "- `year: 2026` can be used as `year` in all formulas; a parameter, an input or "
                "any entry called `year` comes before it.",
            ),
        ),
    ),
)
