"""Each fault of a formula, and of the rule it stands in, is found at its place and said twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import pytest

from tests.formula.tiny_policy import run
from transfers import DocumentError
from transfers.errors import Fault
from transfers.messages import formula_services
from transfers.messages.formula import TEXTS

TOP = """\
policy: p
districts: {file: districts.csv, key: code}
inputs:
  x: {}
  money: {unit: 万元}
  people: {unit: 万人}
  tier: {one_of: [A, B]}
  new: {type: yes_no}
  growth: {unit: '%'}
parameters:
  rate: 5
  coefficient: {A: 1, B: 2}
  two: {A: {I: 1}, B: {I: 2}}
  steps: [{up_to: 1, value: 1}, {value: 2}]
  points: [{at: 1, value: 1}, {at: 2, value: 2}]
  bands: {A: [{up_to: 1, value: 1}], B: [{value: 2}]}
"""
TABLE = "code,x,money,people,tier,new,growth\nd1,1,1,1,A,是,5\nd2,2,2,2,B,否,9\n"
GRANT = "grants:\n  g: {pool: 0, share: 1}\n"
COLUMN = 8  # ``  out: `` stands before the formula


class Row(NamedTuple):
    """A formula with its fault: the column counts from 1 inside the formula."""

    code: str
    formula: str
    column: int
    chinese: str
    english: str


GRAMMAR = [
    Row("empty", "''", 2, "需要一个公式", "formula is needed"),
    Row("too_long", "1" + " + 1" * 2500, 1, "最多 10000 个字符", "10000 characters at most"),
    Row("too_deep", "(" * 60 + "x" + ")" * 60, 51, "最多 50 层", "50 levels at most"),
    Row("too_many_parts", "x" + " + x" * 200, 1, "最多 150 项", "150 at most"),
    Row("too_deep_inside", "zscore(" * 45 + "x" + ")" * 45, 1, "函数套函数", "inside functions"),
    Row("unit_after_number", "x + 1000万元", 9, "不写单位“万元”", "Leave out '万元'"),
    Row("unknown_sign", "x ; 2", 3, "不能有“;”", "';' has no meaning"),
    Row("open_quote", 'tier == "A', 9, "引号没有配对", "never closed"),
    Row("incomplete", "x +", 4, "没有写完", "ends too early"),
    Row("double_star", "x ** 2", 3, "乘方请写 ^", "Write ^ for a power"),
    Row("chained_comparison", "1 < x < 2", 7, "不能连续比较", "cannot be chained"),
    Row("chained_power", "9^9^9", 4, "加括号", "Put brackets"),
    Row("number_split", "1 000 * x", 3, "中间断开", "broken in two"),
    Row("unexpected", "x x", 3, "不应出现“x”", "'x' does not fit here"),
    Row("unclosed", "(x + 1", 7, "缺少“)”", "')' is missing"),
    Row("option_twice", "sum(x, by=tier, by=tier)", 17, "by= 写了两次", "by= is given twice"),
    Row("number_split", "1,000 * x", 2, "千分位", "without separators"),
    Row("leading_equals", "= x", 1, "不要写等号", "Leave out the equals sign"),
    Row("excel_logic", "AND(x > 1, x < 3)", 1, "不要写 AND(a, b)", "rather than AND(a, b)"),
    Row("number_too_long", "x + 1e100", 5, "数字 1e100 位数过多", "1e100 has more digits"),
]
NAMES = [
    Row("misspelt_name", "1 + peopel", 5, "是否是“people”", "did you mean 'people'"),
    Row("lookalike_name", "1 + p\u0435ople", 5, "е (U+0435)", "another script"),
    Row("unknown_name", "gdp * 2", 1, "上文已有：key, x", "Names defined above: key, x"),
    Row("name_below", "x + below", 5, "第 21 行", "line 21"),
    Row("function_without_brackets", "sum + 1", 1, "请写 sum(…)", "write sum(...)"),
    Row("misspelt_function", "1 + roundup(x)", 5, "是否是“round_up”", "did you mean 'round_up'"),
    Row("unknown_function", "tinted(x)", 1, "可用的函数：if", "Functions: if"),
    Row("argument_count", "2 * max(" + "x, " * 20 + "x)", 5, "2 到 20 个", "2 to 20 arguments"),
    Row("argument_count_exact", "2 * if(x > 1, 2)", 5, "需要 3 个参数，写了 2", "takes 3 argument"),
    Row("one_argument_extreme", "max(x)", 1, "请用 highest(…)", "use highest(...)"),
    Row(
        *("misspelt_option", "1 + mean(x, weight=x)", 13),
        *("mean 没有选项 weight=，是否是 weights=", "no option weight=; did you mean weights="),
    ),
    Row(
        "unknown_option",
        "share(x, weights=x)",
        18,
        "可用：by, over, where",
        "it has: by, over, where",
    ),
    Row("digits_and_to", "round(x, 1, to=5)", 1, "只能写一个", "not both"),
    Row("option_not_constant", "round(x, digits=rate)", 17, "写明的数", "written as a number"),
    Row("digits_whole", "round(x, 0.5)", 10, "-20 到 20 的整数", "from -20 to 20"),
    Row("digits_whole", "round(x, digits=999999999)", 17, "-20 到 20", "from -20 to 20"),
    Row("to_above_zero", "round(x, to=0)", 13, "须大于零", "above zero"),
    Row("to_above_zero", "round_up(x, to=-2)", 16, "须大于零", "above zero"),
    Row("quantile_single", "quantile(x, x)", 13, "须是一个数", "must be one figure"),
    Row("name_itself", "out + 1", 1, "不能用它自己", "cannot be defined by itself"),
    Row("by_not_column", "sum(x, by=rate)", 11, "各地区的一列", "a column with a value"),
]
KINDS = [
    Row("text_not_number", "x + tier", 5, "这是文字", "this is a text"),
    Row("boolean_not_number", "x * new", 5, "可写 if(…, 1, 0)", "write if(..., 1, 0)"),
    Row("not_statement", "if(x, 1, 2)", 4, "需要一个判断", "A statement is needed"),
    Row("not_comparable", 'tier < "B"', 1, "只能用 == 或 !=", "only with == or !="),
    Row("text_wanted", "tier == 5", 9, '"5"', 'write "5" in quotes'),
    Row("figure_wanted", 'x == "5"', 6, "去掉引号：5", "write 5 without quotes"),
    Row("not_comparable", "x == tier", 1, "只能用 == 或 !=", "only with == or !="),
    Row("branches_differ", 'if(new, 1, "A")', 1, "类型不同", "different kinds"),
    Row("none_misplaced", "x + none", 5, "floor、cap、fixed", "floor, cap or fixed"),
    Row("no_category", 'tier == "C"', 9, "允许的取值中：A, B", "allowed values: A, B"),
]
TABLES = [
    Row("table_without_index", "x * coefficient", 5, "coefficient[列名]", "coefficient[column]"),
    Row("table_with_brackets", "coefficient(tier)", 1, "用方括号", "use square brackets"),
    Row("not_a_table", "rate[tier]", 1, "不是表，也不是按项目的量", "neither a table nor"),
    Row("not_a_table", 'x["d1"]', 1, 'where=key == "d1"', 'sum(x, where=key == "d1")'),
    Row("table_depth", "two[tier]", 1, "须用 2 个方括号", "takes 2 square brackets"),
    Row("no_entry", 'coefficient["C"]', 13, "没有：C；已有：A, B", "no entry for C; it has: A, B"),
    Row("no_entry", 'two["A"][tier]', 10, "没有：A, B；已有：I", "no entry for A, B; it has: I"),
    Row("boolean_index", "coefficient[new]", 13, "不能用判断取值", "indexed by a statement"),
    Row("steps_without_function", "steps * 2", 1, "step(…, steps)", "write step(..., steps)"),
    Row("no_steps", "step(x, points)", 9, "up_to 或 below", "up_to or below"),
    Row("no_steps", "marginal(x, 5)", 13, "up_to 或 below", "up_to or below"),
    Row("stages_without_function", "1 + bands[tier]", 5, "每一类各有", "for each category"),
    Row("stages_without_function", "bands * 2", 1, "step(…, bands[列名])", "step(..., bands["),
    Row("stages_without_index", "step(x, bands)", 9, "bands[列名]", "step(..., bands[column])"),
    Row("no_entry", 'step(x, bands["C"])', 15, "没有：C；已有：A, B", "no entry for C"),
    Row("no_steps", "step(x, two[tier])", 9, "up_to 或 below", "up_to or below"),
    Row("no_points", "interpolate(x, bands[tier])", 16, "at 列表", "with points (at)"),
    Row("table_depth", "step(x, bands[tier][tier])", 9, "1 个方括号", "1 square bracket"),
    Row("no_points", "interpolate(x, steps)", 16, "at 列表", "with points (at)"),
]
UNITS = [
    Row("different_kinds", "x + (money + people)", 6, "万人 与 万元", "万人 and 万元"),
    Row("different_kinds", "money > people", 1, "万人 与 万元", "万人 and 万元"),
    Row("different_kinds", "max(money, people)", 1, "万人 与 万元", "万人 and 万元"),
    Row("different_kinds", "money + 30%", 1, "无单位的数 与 万元", "a plain number and 万元"),
    Row("percent_wanted", "growth > 5", 10, "例如 5%", "as in 5%"),
    Row("power_of_unit", "money ^ 999999999", 1, "有单位（万元）", "with a unit (万元)"),
    Row("power_of_unit", "money ^ rate", 1, "有单位（万元）", "with a unit (万元)"),
]


def faults_of(text: str, files: Mapping[str, str] | None = None) -> tuple[Fault, ...]:
    with pytest.raises(DocumentError) as caught:
        run(text, TABLE, files=files)
    return caught.value.faults


def found_and_said(fault: Fault, code: str, chinese: str, english: str) -> None:
    assert fault.code == f"formula.{code}"
    for language, phrase in (("zh", chinese), ("en", english)):
        message = fault.text(language)
        assert phrase in message
        assert "{" not in re.sub(r"\{value: 650, unit: [^}]*\}", "", message)


@pytest.mark.parametrize(
    "row", [*GRAMMAR, *NAMES, *KINDS, *TABLES, *UNITS], ids=lambda row: row.code
)
def test_a_fault_of_a_formula_is_found_at_its_word_and_said_in_both_languages(row: Row) -> None:
    text = TOP + GRANT + f"outputs:\n  out: {row.formula}\n  below: 1\n"
    (fault,) = faults_of(text)
    found_and_said(fault, row.code, row.chinese, row.english)
    line = TOP.count("\n") + GRANT.count("\n") + 2
    assert (fault.place.line, fault.place.column) == (line, COLUMN + row.column - 1)
    assert fault.place.path == "outputs.out"


LIST_TOP = TOP.replace(
    "inputs:",
    "lists:\n  things: {items: {a: {w: 1}}, columns: {w: {}}}\n"
    "  marks: {items: {p: {w: 1}}, columns: {w: {}}}\n"
    "inputs:\n  n: {columns: {a: x}, over: things}",
    1,
)
LISTS = [
    Row(
        "over_not_list", "sum(n, over=tier)", 13, "现有：things, marks", "There are: things, marks"
    ),
    Row("list_name", "x + things", 5, "如 things.w", "such as things.w"),
    Row("list_column", "sum(things.v, over=things)", 5, "已声明：w, key", "it has: w, key"),
    Row("over_wanted", "sum(things.w)", 1, "sum(…, over=things)", "sum(..., over=things)"),
    Row("misspelt_item", 'n["aa"]', 3, "是否是“a”", "did you mean 'a'"),
    Row("no_item", 'things.w["q"]', 10, "没有：q；已有：a", "no item q; it has: a"),
    Row("no_item", "things.w[tier]", 10, "没有：A, B；已有：a", "no item A, B; it has: a"),
    Row("table_depth", 'n["a"]["a"]', 1, "1 个方括号", "1 square bracket"),
    Row("boolean_index", "n[new]", 3, "不能用判断取值", "indexed by a statement"),
    Row("previous_without_items", "previous(x)", 1, "不按项目", "has no items"),
    Row("two_lists", "sum(previous(n, over=marks), over=things)", 5, "marks、things", "(marks, t"),
    Row("text_wanted", "sum(n, over=things, where=things.key == 2024)", 41, '"2024"', '"2024"'),
    Row("over_left", "n + 1", 1, "各有一个", "for each item of things"),
    Row("two_lists", "sum(n * marks.w, over=things)", 5, "things、marks", "(things, marks)"),
]


@pytest.mark.parametrize("row", LISTS, ids=lambda row: row.code)
def test_a_fault_about_a_list_is_found_at_its_word_and_said_in_both_languages(row: Row) -> None:
    text = LIST_TOP + GRANT + f"outputs:\n  out: {row.formula}\n  below: 1\n"
    (fault,) = faults_of(text)
    found_and_said(fault, row.code, row.chinese, row.english)
    line = LIST_TOP.count("\n") + GRANT.count("\n") + 2
    assert (fault.place.line, fault.place.column) == (line, COLUMN + row.column - 1)


# code, what follows TOP, (line after TOP, column), a phrase in Chinese, one in English
RULES = [
    (
        "single_reserve",
        "reserves: {fund: money}\ngrants:\n  g: {claim: money}\n",
        (1, 18),
        "sum(…)",
        "use sum(...)",
    ),
    (
        "field_later",
        "reserves: {fund: 3}\ngrants:\n  g: {claim: money, pool: fund.closing}\n",
        (3, 27),
        "只能用在 grants 后面",
        "use it below grants",
    ),
    (
        "name_without_field",
        "reserves: {fund: 3}\ngrants:\n  g: {claim: money, pool: fund}\n",
        (3, 27),
        "fund.opening、fund.inflow",
        "write one of: fund.opening, fund.inflow",
    ),
    ("number_wanted", "grants:\n  g: {claim: tier}\n", (2, 14), "数值公式", "yields numbers"),
    (
        "boolean_wanted",
        "grants:\n  g: {eligible: x, claim: x}\n",
        (2, 17),
        "判断公式",
        "statement is needed",
    ),
    (
        "not_money",
        "grants:\n  g: {claim: 650 * people}\n",
        (2, 14),
        "单位是“万人”",
        "the result is in '万人'",
    ),
    (
        "not_unit_of_pool",
        "quantities:\n  s: {pool: sum(people), share: 1, cap: money}\n" + GRANT,
        (2, 41),
        "与 pool 同单位（万人）",
        "unit of the pool (万人)",
    ),
    (
        "not_declared_unit",
        "quantities:\n  q: {formula: people, unit: 万元}\n" + GRANT,
        (2, 16),
        "声明的单位是 万元",
        "declared unit is 万元",
    ),
    ("single_pool", "grants:\n  g: {pool: money, share: 1}\n", (2, 13), "请用 sum(…)", "use sum("),
    (
        "single_budget",
        "budget: money\n" + GRANT,
        (1, 9),
        "budget 须是一个数",
        "budget must be one figure",
    ),
    (
        "next_of_many",
        GRANT + "next: {coefficient: 1}\n",
        (3, 8),
        "next 只写得出一个数的参数",
        "for parameters with one",
    ),
    (
        "single_next",
        GRANT + "next: {rate: people}\n",
        (3, 14),
        "参数下一年度的数须是一个数",
        "What a parameter becomes must be one figure",
    ),
    (
        "single_next_of_item",
        "lists: {l: {columns: {c: {}}, items: {a: {c: 1}}}}\n" + GRANT + "next: {l.c: people}\n",
        (4, 13),
        "须每一项一个",
        "must be one figure per item",
    ),
    (
        "budget_below_grants",
        GRANT + "budget: 5\n",
        (3, 1),
        "移到 grants 之前",
        "move `budget` above `grants`",
    ),
    (
        "remainder_without_budget",
        "grants:\n  g: {pool: remainder, share: 1}\n",
        (2, 7),
        "先在上文写 budget",
        "write a budget above",
    ),
    (
        "remainder_of_stage",
        "quantities:\n  s: {pool: remainder, share: 1}\n" + GRANT,
        (2, 7),
        "中间分配",
        "A stage does not draw",
    ),
    (
        "remainder_of_output",
        GRANT + "outputs:\n  o: {pool: remainder, share: 1}\n",
        (4, 7),
        "附加列不动用预算",
        "An output takes nothing",
    ),
    (
        "clawback_not_money",
        GRANT + "outputs:\n  o: {formula: people, negative: clawback}\n",
        (4, 16),
        "单位是“万人”",
        "this column is money",
    ),
    (
        "clawback_one_figure",
        GRANT + "outputs:\n  o: {formula: sum(total) - 5, negative: clawback}\n",
        (4, 16),
        "不知由谁扣回",
        "this formula has one for all",
    ),
    (
        "factor_not_name",
        "grants:\n  g: {pool: 0, share: {factors: {rate: 100%}}}\n",
        (2, 34),
        "“rate”请先写成 quantities",
        "define 'rate' under quantities",
    ),
    (
        "within_needs_share",
        "grants:\n  g: {pool: 10, share: 1, within: tier}\n",
        (2, 27),
        "各组的份额",
        "share per group",
    ),
    (
        "by_not_column",
        "grants:\n  g: {pool: 10, share: 1, within: {by: rate, share: 1}}\n",
        (2, 40),
        "各地区的一列",
        "a column with a value",
    ),
    (
        "level_by_within",
        "grants:\n  g:\n    pool: 10\n    level: {own: money, per: people, by: tier}\n"
        "    within: {by: tier, share: 50%}\n",
        (4, 38),
        "不能同时使用",
        "cannot be used together",
    ),
    (
        "solve_statement",
        GRANT + "solve: {parameter: rate, so_that: rate > 1, within: [0, 9]}\n",
        (3, 35),
        "两个数相等的判断",
        "an equation of two figures",
    ),
]


@pytest.mark.parametrize(
    ("code", "rest", "place", "chinese", "english"), RULES, ids=[row[0] for row in RULES]
)
def test_a_fault_of_a_rule_is_found_at_its_place_and_said_in_both_languages(
    code: str, rest: str, place: tuple[int, int], chinese: str, english: str
) -> None:
    (fault,) = faults_of(TOP + rest)
    found_and_said(fault, code, chinese, english)
    assert (fault.place.line, fault.place.column) == (TOP.count("\n") + place[0], place[1])


SERVICES_TOP = """policy: p
year: 2026
money: {unit: 万元}
districts: {file: d.csv, key: code}
lists:
  s:
    items: {a: {p: 1, t: z, start: soon}}
    columns: {p: {unit: 元/人}, t: {type: text}, start: {type: text}}
  o: {items: {b: {}}}
inputs:
  people: {unit: 人}
  n: {columns: "n_{item}", over: s, unit: 人}
  v: {columns: "v_{item}", over: o, unit: 人}
parameters:
  k: {value: 3, unit: 人}
  q: {value: 3, unit: 元/人}
service_lists:
"""
# code, the entry, a phrase in Chinese, one in English
SERVICES = [
    ("service_column", "area: zz", "没有“zz”这一列", "no column 'zz'"),
    ("service_column_text", "area: p", "不是文字列", "no column of texts"),
    ("service_column_boolean", "bought: t", "yes_no", "no yes_no column"),
    ("service_other_list", "price: s.p, recipients: v", "按清单“o”", "each item of 'o'"),
    ("service_not_money", "price: 2, recipients: n", "须是金额", "must be money"),
    ("service_no_district", "price: s.p, recipients: k", "逐地区有数", "each district"),
    ("service_no_item", "price: q, recipients: people", "逐项有数", "differ by item"),
    (
        "service_share_unit",
        "price: s.p, recipients: n, responsibility: {up: people, own: rest}",
        "分担比例应是",
        "A share should be",
    ),
    ("service_date", "from: s.start", "“soon”不是日期", "'soon' of 'a' is no date"),
]


@pytest.mark.parametrize(("code", "entry", "chinese", "english"), SERVICES)
def test_a_fault_of_a_list_of_services_is_said_in_both_languages(
    code: str, entry: str, chinese: str, english: str
) -> None:
    (fault,) = faults_of(SERVICES_TOP + f"  c: {{list: s, {entry}}}\n" + GRANT)
    found_and_said(fault, code, chinese, english)


# code, the parameter, the file, place, a phrase in Chinese, one in English
FILES = [
    (
        "file_column",
        "{file: f.csv, key: kind, value: coef}",
        "class,coef\nA,1\n",
        "policy.yaml:17:3 parameters.t",
        "没有列：kind；已有：class, coef",
        "no column kind; it has: class, coef",
    ),
    (
        "file_duplicate",
        "{file: f.csv, key: class, value: coef}",
        "class,coef\nA,1\nA,2\n",
        "policy.yaml:17:3 parameters.t",
        "类别“A”重复",
        "category 'A' twice",
    ),
    (
        "file_blank_key",
        "{file: f.csv, key: class, value: coef}",
        "class,coef\nA,1\n,2\n",
        "f.csv:3",
        "类别列这一格是空的",
        "This row has no category",
    ),
    (
        "file_edges",
        "{file: f.csv, up_to: edge, value: coef}",
        "edge,coef\n,1\n",
        "policy.yaml:17:3 parameters.t",
        "没有一行有边界",
        "no row with an edge",
    ),
    (
        "file_order",
        "{file: f.csv, up_to: edge, value: coef}",
        "edge,coef\n10,1\n10,2\n",
        "f.csv:3",
        "边界 10 不高于上一行的 10",
        "10 is no higher than 10",
    ),
    (
        "file_order",
        "{file: f.csv, at: edge, value: coef}",
        "kind,edge,coef\nroads,10,1\nroads,20,2\nfire,5,2\n",
        "f.csv:4",
        "请用 key 写明",
        "with `key`",
    ),
    (
        "file_order_by_key",
        "{file: f.csv, key: kind, below: edge, value: coef}",
        "kind,edge,coef\nroads,10,1\nfire,5,2\nroads,5,2\n",
        "f.csv:4",
        "同一类上一行的 10",
        "before of the same category",
    ),
    (
        "file_number",
        "{file: f.csv, key: kind, at: edge, value: coef}",
        "kind,edge,coef\nroads,,1\nfire,5,2\n",
        "f.csv:2",
        "“”不是数值",
        "'' is not a number",
    ),
    (
        "file_blank",
        "{file: f.csv, key: kind, value: coef}",
        "kind,coef\nroads,1\nfire,\n",
        "f.csv:3",
        "“coef”列空白（fire）；请填上数",
        "Column coef is blank (fire); write a number",
    ),
    (
        "file_number",
        "{file: f.csv, up_to: edge, value: coef}",
        "edge,coef\n10,1\n20,many\n",
        "f.csv:3",
        "“many”不是数值",
        "'many' is not a number",
    ),
]


@pytest.mark.parametrize(
    ("code", "parameter", "file", "place", "chinese", "english"),
    FILES,
    ids=[row[0] for row in FILES],
)
def test_a_fault_of_a_parameter_file_is_found_at_its_place_and_said_in_both_languages(
    code: str, parameter: str, file: str, place: str, chinese: str, english: str
) -> None:
    (fault,) = faults_of(TOP + f"  t: {parameter}\n" + GRANT, {"f.csv": file})
    found_and_said(fault, code, chinese, english)
    assert str(fault.place).endswith(place)


def test_a_scenario_that_moves_what_is_no_number_is_told_the_path() -> None:
    with pytest.raises(DocumentError) as caught:
        run(TOP + GRANT, TABLE, [{"parameters.rate": "6"}, {"parameters.tate": "6"}])
    (fault,) = caught.value.faults
    found_and_said(fault, "not_a_number_of_document", "没有可调的数值", "no number to move")
    assert str(fault.place) == "parameters.tate"


UNREACHABLE = {
    "name_later": "of what has no line; asserted in tests/hostile/studies (add.yaml)",
    "plain_number": "a word inside different_kinds, not a fault",
    "percent_of_what": "an ending of not_money, not a fault; asserted in documents/test_ways_out",
    "without_unit": "an ending of not_money and others, not a fault; asserted above",
    "plain_names": "another ending; asserted in tests/method/test_sentence_24_made_units.py",
    "multiple_of_what": "asserted in tests/method/test_sentence_24_made_units.py",
    "multiple_alone": "another ending; asserted in tests/method/test_sentence_24_made_units.py",
    **{
        code.removeprefix("formula."): "asserted in tests/method/test_sentence_42_services.py"
        for code in formula_services.TEXTS
    },
}


def test_a_part_of_another_kind_is_told() -> None:
    (fault,) = faults_of(TOP.replace("{unit: 万元}", "{unit: 万元, sum_of: [people]}") + GRANT)
    found_and_said(fault, "sum_of_kind", "不是同类数值", "is not of the kind of")


def test_names_that_lack_a_unit_are_asked_after() -> None:
    text = TOP + GRANT + "outputs: {out: {formula: money / x, unit: 元/人}}\n"
    (fault,) = faults_of(text)
    found_and_said(fault, "not_declared_unit", "公式中的 x 没有写单位", "x in the formula has no")
    (fault,) = faults_of(text.replace("money / x", "money / people").replace("元/人", "km2"))
    assert fault.text("zh").endswith("“元/人”。")


def test_a_misspelt_unit_of_money_is_told() -> None:
    (fault,) = faults_of("money: {unit: 万园}\n" + TOP + GRANT)
    found_and_said(fault, "money_unit", "不是 CNY 的金额单位", "no unit of CNY")
    assert (fault.place.line, fault.place.column) == (1, 15)


def test_every_text_is_provoked_here_or_known_to_be_unreachable() -> None:
    rows = [row.code for row in (*GRAMMAR, *NAMES, *KINDS, *TABLES, *UNITS, *LISTS)]
    provoked = {*rows, *(row[0] for row in RULES), *(row[0] for row in (*FILES, *SERVICES))}
    provoked |= {"not_a_number_of_document", "money_unit", "sum_of_kind", "one_district"}
    codes = {code.removeprefix("formula.") for code in TEXTS}
    assert codes - provoked - UNREACHABLE.keys() == set()
    assert provoked - codes == set()


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_holds_the_same_words_in_both_languages(code: str) -> None:
    chinese, english = (set(re.findall(r"(?<!\{)\{(\w+)", text)) for text in TEXTS[code])
    assert chinese == english


def test_all_faults_of_a_document_are_reported_at_once() -> None:
    text = TOP + GRANT + "outputs:\n  a: gdp + tinted(x)\n  b: x +\n  c: tier + new\n"
    codes = [fault.code.removeprefix("formula.") for fault in faults_of(text)]
    assert codes == [
        "unknown_name",
        "unknown_function",
        "incomplete",
        "text_not_number",
        "boolean_not_number",
    ]


def test_a_name_whose_formula_is_faulty_is_not_reported_again_below() -> None:
    text = TOP + "quantities:\n  a: gdp\n  b: a + 1\n" + GRANT
    assert [fault.code for fault in faults_of(text)] == ["formula.unknown_name"]
