"""The language of formulas: operators, numbers, names, texts, missing figures, units, faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transfers.formula.reference_functions import Both, Example, columns_of, example


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: paragraphs (Markdown) and examples."""

    title: Both
    text: Sequence[Both]
    examples: Sequence[Example] = ()


def _plain(formula: str, value: str) -> Example:
    return example(formula, value)


def _with_units(
    formula: str, values: str, unit: str, units: dict[str, str], parameters: str, **columns: str
) -> Example:
    return Example(formula, columns_of(**columns), values.split(), parameters, units, unit)


SECTIONS: tuple[Section, ...] = (
    Section(
        ("运算", "Operators"),
        (
            (
                "从最先算到最后算：",
                "From what binds most to what binds least:",
            ),
            (
                "| 次序 | 运算 | 说明 |\n|---|---|---|\n"
                "| 1 | `^` | 乘方；指数可以是负数：`2 ^ -1` |\n"
                "| 2 | `-x` `+x` | 正负号 |\n"
                "| 3 | `*` `/` | 乘除，也可写 × ÷ |\n"
                "| 4 | `+` `-` | 加减 |\n"
                "| 5 | `==` `=` `!=` `<>` `<` `<=` `>` `>=` | 比较，也可写 ≤ ≥ ≠ |\n"
                "| 6 | `not` | 否 |\n"
                "| 7 | `and` | 并且 |\n"
                "| 8 | `or` | 或者 |",
                "| order | operator | |\n|---|---|---|\n"
                "| 1 | `^` | power; the exponent may be negative: `2 ^ -1` |\n"
                "| 2 | `-x` `+x` | sign |\n"
                "| 3 | `*` `/` | also × ÷ |\n"
                "| 4 | `+` `-` | |\n"
                "| 5 | `==` `=` `!=` `<>` `<` `<=` `>` `>=` | comparison, also ≤ ≥ ≠ |\n"
                "| 6 | `not` | |\n"
                "| 7 | `and` | |\n"
                "| 8 | `or` | |",
            ),
            (
                "`-2 ^ 2` 是 -4，与数学书写一致（Excel 得 4）。连续乘方 `a ^ b ^ c` 和连续比较 "
                "`a < b < c` 有歧义，不接受，请加括号或用 and。",
                "`-2 ^ 2` is -4, as in mathematics (Excel says 4). `a ^ b ^ c` and `a < b < c` "
                "can be read in two ways and are refused: put brackets, or use and.",
            ),
        ),
        (
            _plain("2 + 3 * 4", "14"),
            _plain("(2 + 3) * 4", "20"),
            _plain("-2 ^ 2", "-4"),
            _plain("2 ^ -1", "0.5"),
            _plain("0 ^ 0", "1"),
            _plain("not 1 > 2 and 3 > 2", "true"),
            _plain("true or false and false", "true"),
        ),
    ),
    Section(
        ("数", "Numbers"),
        (
            (
                "`1200`、`0.5`、`1.5e3` 都是数；不写千分位。`30%` 就是 0.3，百分号紧跟数字。"
                "数字最多 60 位。",
                "`1200`, `0.5` and `1.5e3` are numbers, without separators of thousands. `30%` is "
                "0.3; the sign follows the digits at once. A number has 60 digits at most.",
            ),
            (
                "小数按十进制精确计算，比较、取整、排名都按精确值判断。开方、对数、指数等无限小数"
                "取 50 位有效数字。",
                "Decimals are exact; comparisons, roundings and ranks are decided on exact "
                "figures. Roots, logarithms and the like that never end count with 50 significant "
                "digits.",
            ),
        ),
        (
            _plain("30% * 200", "60"),
            _plain("0.1 + 0.2 == 0.3", "true"),
            _plain("1 / 3 * 3 == 1", "true"),
            _plain("1.5e3", "1500"),
            _plain("sqrt(2.25)", "1.5"),
        ),
    ),
    Section(
        ("名称", "Names"),
        (
            (
                "名称是上文已有的输入、参数、推算列或资金，可以用汉字，区分大小写。公式只能用上文的"
                "名称，书写次序就是计算次序。`key` 是地区代码。",
                "A name stands for an input, parameter, quantity or grant above, in any script; "
                "capitals matter. A formula uses only names above it: the order of reading is the "
                "order of computing. `key` is the key of a district.",
            ),
            (
                "资金（或中间分配）`g` 的名称指拨付额（中间分配指未取整的数）；"
                "`g.entitlement` 是取整前的"
                "应得额，`g.rate` 是每单位权重的金额，`g.at_floor`、"
                "`g.at_cap` 表示是否落在下限、上限。"
                "`total` 是各项合计，`budget` 是预算。",
                "The name of a grant `g` stands for what is paid (of a stage: for its unrounded "
                "figures); `g.entitlement` is the figure before rounding, `g.rate` the money per "
                "unit of weight, `g.at_floor` and `g.at_cap` tell who is held by a bound. `total` "
                "is all grants together, `budget` the budget.",
            ),
        ),
        (
            example("人口 * 2", "20 40", 人口="10 20"),
            example('key == "d1"', "true false", x="1 2"),
        ),
    ),
    Section(
        ("表", "Tables"),
        (
            (
                "参数可以是按类别的表，用方括号取值：`coefficient[tier]`；两层的表写两个方括号。"
                "类别可以是数：`amount[level]`。表中没有的类别，以引号写在公式里的报错，"
                "来自数据的和数得缺失。各类各有一个分档或插值表的，与分档的函数连用："
                "`step(x, band[tier])`。",
                "A parameter may be a table by category, read with square brackets: "
                "`coefficient[tier]`; a table of two levels takes two. Categories may be numbers. "
                "A category in quotes that the table lacks is a fault where it is written; one "
                "from the data, or a number, is missing. A table of brackets or points for each "
                "category goes with a function of brackets: `step(x, band[tier])`.",
            ),
        ),
        (
            example(
                "interpolate(x, taper[tier])",
                "0.5 1 missing",
                "taper: {A: [{at: 0, value: 0}, {at: 10, value: 1}], B: [{at: 0, value: 1}]}",
                tier="A B C",
                x="5 5 5",
            ),
            example(
                "coefficient[tier]", "1.3 0.6 1.3", "coefficient: {A: 1.3, B: 0.6}", tier="A B A"
            ),
            example("amount[level]", "10 20 missing", "amount: {1: 10, 2: 20}", level="1 2 3"),
            example(
                "rate[tier][kind]",
                "2 3",
                "rate: {A: {city: 1, county: 2}, B: {city: 3, county: 4}}",
                tier="A B",
                kind="county city",
            ),
        ),
    ),
    Section(
        ("文字和判断", "Texts and statements"),
        (
            (
                "文字写在引号里，只能用 `==`、`!=` 比较。判断（是/否）用 `and`、`or`、`not` 连接，"
                "不能直接参加运算，请写 `if(…, 1, 0)`。`true`、`false` 是判断。",
                "A text stands in quotation marks and is compared with `==` or `!=` only. "
                "Statements are joined by `and`, `or`, `not`; they are not numbers: write "
                "`if(..., 1, 0)`. `true` and `false` are statements.",
            ),
        ),
        (
            example('tier == "A" or tier == "B"', "true true false", tier="A B C"),
            example("if(poor, 100, 0)", "100 0", poor="是 否"),
        ),
    ),
    Section(
        ("全角符号与 Excel 写法", "Full-width signs and Excel's spelling"),
        (
            (
                "全角数字、括号、逗号、加减号等同半角，如 `（１＋２）×３`；`“”` 也可作引号。"
                "函数名大小写"
                "均可：`IF`、`MAX`、`ROUND(x, 2)`。开头不写等号，乘方写 `^`。",
                "Full-width digits, brackets, commas and operators are read as their plain twins, "
                "as in `（１＋２）×３`; so are “ ”. Names of functions may be in capitals: `IF`, "
                "`MAX`, `ROUND(x, 2)`. There is no equals sign in front; a power is `^`.",
            ),
        ),
        (
            _plain("（１＋２）×３", "9"),
            _plain("ROUND(2.345, 2)", "2.35"),
            example("IF（收入≥１００，０，５０）", "0 50", 收入="100 99"),
        ),
    ),
    Section(
        ("缺失", "Missing figures"),
        (
            (
                "空白单元格是缺失，不是零。缺失随运算、比较、取表传下去；除数为零、"
                "负数开方也得缺失。"
                "`if` 不受未取用的一支影响；`and` 有一项不成立就不成立，`or` 有一项成立就成立，"
                "不管另一项是否缺失。",
                "A blank cell is missing, not zero. Missing travels through arithmetic, "
                "comparisons and tables; a division by zero or the root of a negative figure is "
                "missing too. `if` is not touched by the branch not taken; `and` is false where "
                "one side is false, `or` true where one side is true, whatever the other is.",
            ),
            (
                "缺失进入汇总（sum、rank 等），或进入符合条件地区的资金分配，"
                "就停止计算并指明地区和公式。"
                "请补数据，或用 `where=` 排除，或写 `if(missing(x), …, x)`。",
                "Where a missing figure reaches an aggregate (sum, rank, ...) or the division of "
                "money of an eligible district, the run stops and names district and formula. "
                "Fill it in, leave it out with `where=`, or write `if(missing(x), ..., x)`.",
            ),
        ),
        (
            example("x + 1", "2 missing", x="1 -"),
            example("100 / x", "50 missing", x="2 0"),
            example("x > 5 or y > 5", "true true missing", x="9 - -", y="1 9 1"),
            example("sum(x, where=not missing(x))", "4 4 4", x="1 - 3"),
        ),
    ),
    Section(
        ("none", "none"),
        (
            (
                "`none` 只作为 floor、cap、fixed 的结果，表示没有下限、没有上限、不定额，如 "
                "`cap: if(new, none, 1.1 * last_year)`。没有限额要写明 none：限额缺失是错误。",
                "`none` may only be a result of floor, cap or fixed: no bound, not fixed, as in "
                "`cap: if(new, none, 1.1 * last_year)`. It has to be written: a missing bound is "
                "an error.",
            ),
        ),
    ),
    Section(
        ("单位", "Units"),
        (
            (
                "单位写在输入和参数上，随公式计算：元/人 × 万人 是金额；同类单位（亿元与万元，"
                "亩、公顷"
                "与 km2）相加、比较时自动换算，以先声明的单位为准；不同类（金额与人口、"
                "不同币种）是错误。亿元除以万人，得 元/人：公式乘除得到的，金额以本文件的单位计，"
                "其余以 1 个基本单位计，显示的、旁边的数所取的，都是它。",
                "Units are declared at inputs and parameters and travel through formulas: 元/人 "
                "times 万人 is money. Units of one kind (亿元 and 万元; 亩, 公顷 and km2) are "
                "converted when added or compared, to the first unit that is declared; different "
                "kinds (money and persons, two currencies) are a fault. 亿元 over 万人 is 元/人: "
                "what a product or quotient makes is money in the document's unit, or counted in "
                "units of 1; that is the unit shown, and the one that a number beside it takes.",
            ),
            (
                "没有单位的数取对方的单位：`last_year + 10` 加的是 10 万元。"
                "需要金额之处（pool、floor、"
                "cap、fixed、claim），结果须是金额：`650 * population` 不是，须给参数写单位 "
                "`{value: 650, unit: 元/人}`。",
                "A number without a unit takes that of the other side: `last_year + 10` adds 10 "
                "万元. Where money is needed (pool, floor, cap, fixed, claim) the result must be "
                "money: `650 * population` is not, the parameter needs its unit, "
                "`{value: 650, unit: 元/人}`.",
            ),
            (
                "`5%` 就是 0.05，是纯比例，不取对方单位。单位为 % 的列，加减、乘方时先化成比例："
                "growth 为 5（%）时 `1 + growth` 是 1.05；比较时对方须写百分号：`growth >= 5%`。",
                "`5%` is 0.05, a plain ratio that adopts no unit. A column in % is made a ratio "
                "before it is added or raised: with growth at 5 (%), `1 + growth` is 1.05; what it "
                "is compared with needs its sign, `growth >= 5%`.",
            ),
        ),
        (
            _with_units(
                "standard * population",
                "650 1300",
                "万元",
                {"population": "万人"},
                "standard: {value: 650, unit: 元/人}",
                population="1 2",
            ),
            _with_units(
                "revenue + grant",
                "1.5 2.02",
                "",
                {"revenue": "亿元", "grant": "万元"},
                "",
                revenue="1 2",
                grant="5000 200",
            ),
            _with_units(
                "last_year + 10", "110 210", "", {"last_year": "万元"}, "", last_year="100 200"
            ),
            _with_units(
                "(1 + growth) * last_year",
                "105 220",
                "",
                {"growth": "%", "last_year": "万元"},
                "",
                growth="5 10",
                last_year="100 200",
            ),
            _with_units("growth >= 10%", "false true", "", {"growth": "%"}, "", growth="5 10"),
            _with_units(
                "land == area",
                "true false",
                "",
                {"land": "亩", "area": "km2"},
                "",
                land="1500 1500",
                area="1 2",
            ),
        ),
    ),
)

FAULTS: tuple[tuple[str, str], ...] = (
    ("= x + 1", "formula.leading_equals"),
    ("AND(x > 1, x < 9)", "formula.excel_logic"),
    ("AVERAGE(x)", "formula.misspelt_function"),
    ("x ** 2", "formula.double_star"),
    ("9^9^9", "formula.chained_power"),
    ("1 < x < 2", "formula.chained_comparison"),
    ("1,000 * x", "formula.number_split"),
    ("(x + 1", "formula.unclosed"),
    ("popluation * 2", "formula.misspelt_name"),
    ("max(x)", "formula.one_argument_extreme"),
    ("tier + 1", "formula.text_not_number"),
    ("if(x, 1, 2)", "formula.not_statement"),
    ('tier < "B"', "formula.not_comparable"),
    ('tier == "D"', "formula.no_category"),
    ("coefficient * 2", "formula.table_without_index"),
    ("last_year + population", "formula.different_kinds"),
)
"""Faulty formulas, each with its code: on the page stands what is said of it."""
