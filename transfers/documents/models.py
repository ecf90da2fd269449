"""The policy document: every section and key, and what each means to the person who writes it.

:mod:`transfers.documents.shape` checks a document against these keys, once. Formulas stay text
(:mod:`transfers.formula` reads them), numbers become exact fractions, the order of entries is the
order of the document. Rules that span several keys stand in :mod:`transfers.documents.rules`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from transfers.documents.described import DESCRIPTIONS, Described
from transfers.documents.fields import ParameterValue
from transfers.documents.keys import (
    REQUIRED,
    Part,
    choice,
    choices,
    decimals,
    entries,
    formula_text,
    formulas,
    item_columns,
    number,
    numbers,
    pair,
    parameter_value,
    part,
    pattern,
    patterns,
    some_entries,
    text,
    texts,
    whole_number,
    whole_numbers,
)
from transfers.documents.model_appraisals import Appraisal
from transfers.documents.model_districts import HEADER, ROWS, SHEET, DistrictTable
from transfers.documents.model_lists import Figures, ItemColumns, ItemTable
from transfers.documents.model_payer import RESERVES, Budget, Reserve
from transfers.documents.model_promises import Promise, Waiver
from transfers.documents.model_rules import Rule
from transfers.documents.model_services import ServiceList
from transfers.documents.model_upstream import Upstream


class Money(Part):
    """What amounts are counted in."""

    currency: str = text("币种代码，如 CNY", "Currency code, such as CNY", "CNY")
    unit: str = text("本文件金额的单位，如 万元", "Unit of the amounts in this document", "万元")
    quantum: Fraction = number(
        "最小支付额，以金额单位计；拨付数都是它的整数倍",
        "The smallest payable sum, in the unit of money; amounts are multiples of it",
        "1",
    )


class Input(Figures):
    """A column the rules read, or one for each item of a list."""

    sum_of: tuple[str, ...] | None = texts(
        "应等于哪些列之和；不符时给出提示", "Inputs that should add up to this one; said if not"
    )
    role: Literal["need", "own_revenue", "score", "prior", "population"] | None = choice(
        "含义：need 需求、own_revenue 自有财力、score 考核得分、prior 上年数、population 人口",
        "What it stands for: need, own_revenue, score, prior, population",
        ("need", "own_revenue", "score", "prior", "population"),
    )
    over: str | None = text(
        "每个地区、清单每一项各有一个数：清单的名称",
        "The list for each item of which every district has a figure",
    )
    columns: ItemColumns | None = item_columns(
        "各项目的列：逐项写列名，或含 {item} 的样式",
        "The column of each item, or a pattern with {item}",
    )
    file: str | None = pattern(
        "逐行列出地区、项目、数值的文件；不写时在地区表所在的工作簿里",
        "A file of rows: district, item, figure; left out, the workbook of the districts",
        least=1,
    )
    sheet: str | None = pattern(*SHEET)
    header: tuple[int, ...] | None = whole_numbers(*HEADER)
    rows: str | None = formula_text(*ROWS)
    district: tuple[str, ...] | None = patterns(
        "该文件中的地区代码列；可列出几个备选",
        "The file's column of district keys; a list gives alternatives",
    )
    item: tuple[str, ...] | None = patterns(
        "该文件中的项目代码列；可列出几个备选",
        "The file's column of item keys; a list gives alternatives",
    )
    value: tuple[str, ...] | None = patterns(
        "该文件中的数值列；可列出几个备选",
        "The file's column of figures; a list gives alternatives",
    )


class Parameter(Described):
    """A named number, text, table or bracket table that a what-if may move."""

    unit: str | None = text("单位", "Its unit")
    min: Fraction | None = number("允许的最小值", "The least allowed value")
    max: Fraction | None = number("允许的最大值", "The greatest allowed value")
    file: str | None = pattern("取自文件的表", "A file the table is read from", least=1)
    rows: str | None = formula_text(*ROWS)
    key: str | None = pattern("文件中作类别的列", "The file's column of categories", least=1)
    inner_key: str | None = pattern(
        "两级类别的表：文件中作第二级类别的列，公式中写作 名称[key][inner_key]",
        "Of a table of two levels, the file's column of the second: `name[key][inner_key]`",
        least=1,
    )
    up_to: str | None = pattern(
        "文件中作档次上限（含）的列", "The file's column of inclusive upper edges", least=1
    )
    below: str | None = pattern(
        "文件中作档次上限（不含）的列", "The file's column of exclusive upper edges", least=1
    )
    at: str | None = pattern(
        "文件中作插值点的列", "The file's column of points to interpolate", least=1
    )
    value: ParameterValue = parameter_value(
        "数值、文字、分类表、分档或插值点；取自文件时为数值所在的列",
        "A number, text, table, steps or points; with `file`, the column of values",
    )

    @classmethod
    def spelt_out(cls, data: object) -> object:
        """Return a bare value, or a mapping that is itself the table, behind the key `value`."""
        if isinstance(data, dict):
            spelt = "value" in data or "file" in data or not DESCRIPTIONS.isdisjoint(data)
            return data if spelt else {"value": data}
        return {"value": data}


class Within(Part):
    """Groups among which a pool is divided first."""

    short: ClassVar[str] = "by"
    by: str = formula_text("分组所依据的列", "The input whose values are the groups", REQUIRED)
    share: str | None = formula_text("各组占资金的份额（公式）", "Each group's share of the pool")


class Share(Part):
    """Relative weights: a formula, or weighted factors with a coefficient."""

    short: ClassVar[str] = "formula"
    formula: str | None = formula_text("相对权重（公式）", "Relative weights (formula)")
    factors: dict[str, Fraction] | None = numbers(
        "因素及其权重，合计为 1", "Factors and their weights, which add up to 1"
    )
    coefficient: str | None = formula_text(
        "调整系数（公式），乘在因素合成份额上", "A multiplier of the composite share (formula)"
    )


class Level(Part):
    """Raise the poorest to one common level."""

    own: str = formula_text(
        "自有水平（公式）", "What a district has of its own (formula)", REQUIRED
    )
    per: str = formula_text(
        "按什么平均（公式），如人口", "What the level is per (formula)", REQUIRED
    )
    by: str | None = formula_text("以组为单位拉平所依据的列", "Level groups instead of districts")


class Rounding(Part):
    """How exact entitlements become payable amounts."""

    short: ClassVar[str] = "rule"
    rule: Literal["largest_remainder", "webster", "half_up", "to_most"] | None = choice(
        "取整办法：largest_remainder 最大余数、webster 除数法、half_up 四舍五入（不保证合计）",
        "largest_remainder, webster (a divisor rule) or half_up (does not close)",
        ("largest_remainder", "webster", "half_up", "to_most"),
    )
    quantum: Fraction | None = number(
        "本项资金的最小支付额，为 money.quantum 的整数倍",
        "This grant's smallest payable sum, a multiple of money.quantum",
    )
    to_most: str | None = formula_text(
        "四舍五入后的差额归此列数值最大的地区",
        "Round half up; the difference goes to the district with the most of this",
    )


class Division(Described):
    """What every division has in common: who shares a pool, by what, within what bounds."""

    eligible: str | None = formula_text(
        "享受条件（公式）；其他地区为零", "Who takes part (formula)"
    )
    pool: str | None = formula_text(
        "资金规模：数、公式或 remainder", "The money: formula or remainder"
    )
    within: Within | None = part(Within, "先在各组之间分配", "Divide among groups first")
    share: Share | None = part(Share, "按权重分配", "Divide by relative weights")
    claim: str | None = formula_text("应得额（公式）", "Absolute entitlements (formula)")
    level: Level | None = part(Level, "把低的补到同一水平", "Raise the poorest to one level")
    floor: str | None = formula_text("下限（公式）", "The least a district gets (formula)")
    cap: str | None = formula_text("上限（公式）", "The most a district gets (formula)")
    fixed: str | None = formula_text(
        "定额（公式），不参与分配；其他地区写 none", "A fixed value (formula), none elsewhere"
    )
    if_short: tuple[str, ...] = choices(
        "资金不足时依次怎么办：动用哪些储备（写名称），再 scale 同比例压减或 reject 不予分配",
        "What to do when money is short, in order: names of reserves, then scale or reject",
        ("reject", "scale"),
        ["reject"],
        names_of=RESERVES,
    )


class Quantity(Division):
    """A derived column: a formula, or a stage, which is a division that is not paid."""

    short: ClassVar[str] = "formula"
    formula: str | None = formula_text("公式", "The formula")
    unit: str | None = text("单位", "Its unit")

    @property
    def is_stage(self) -> bool:
        """Tell whether this is a stage rather than a formula."""
        return self.formula is None


class Grant(Division):
    """One line of money."""

    kind: Literal["general", "special"] = choice(
        "general 一般性、special 专项", "general or special", ("general", "special"), "general"
    )
    unspent: str = choice(
        "无人可得的余款去向：none 单列，或储备的名称",
        "Where money nobody may take goes: none, or the name of a reserve",
        ("none",),
        "none",
        names_of=RESERVES,
    )
    draw: str | None = text(
        "本项由哪笔储备支付（reserves 中的名称），不动预算",
        "The reserve this grant is paid out of, in place of the budget",
        least=1,
    )
    collect: str | None = formula_text(
        "向各地收取的总额（公式），按 share 分摊；金额为负",
        "What districts pay in together (formula), divided by share; amounts are negative",
    )
    contributions: str = choice(
        "各地上解（负数）的去向：none 付款方留存、pool 并入本项资金、budget 并入预算，或储备的名称",
        "Where what districts pay in (below zero) goes: none (the payer keeps it), pool (of this"
        " grant), budget, or the name of a reserve",
        ("none", "pool", "budget"),
        "none",
        names_of=RESERVES,
    )
    rounding: Rounding | None = part(Rounding, "取整办法", "How amounts are rounded")
    replaces: str | None = text(
        "以本项取代的前面某项资金", "An earlier grant whose amounts this one supersedes in total"
    )
    waive: dict[str, Waiver] = entries(
        Waiver,
        "本项豁免的内置承诺，各写理由",
        "Built-in promises this grant does not keep, and why",
    )


class Output(Division):
    """A column after the grants: a formula, or a division in whole quanta that is not paid."""

    short: ClassVar[str] = "formula"
    formula: str | None = formula_text("公式", "The formula")
    unit: str | None = text("单位", "Its unit")
    digits: int | None = decimals("输出的小数位数", "Decimals to print")
    rounding: Rounding | None = part(
        Rounding, "取整办法（分配时）", "How amounts are rounded (of a division)"
    )
    negative: Literal["clawback"] | None = choice(
        "为负即应扣回：clawback", "Below zero is to be returned: clawback", ("clawback",)
    )

    @property
    def is_division(self) -> bool:
        """Tell whether this divides a pool rather than reading a formula."""
        return self.formula is None


class Solve(Part):
    """A parameter that the law defines by its outcome."""

    parameter: str = text("待求的参数", "The parameter to find", REQUIRED)
    so_that: str = formula_text("应满足的等式（公式）", "The equation it must meet", REQUIRED)
    within: tuple[Fraction, Fraction] = pair("求解区间 [低, 高]", "Search [low, high]")
    digits: int = decimals("小数位数", "Decimals of the answer", "9")


class PolicyDocument(Described):
    """A policy document."""

    policy: str = text("政策编号：字母、汉字、数字、- _ .", "The policy's id", REQUIRED)
    year: int | None = whole_number("年度", "The year")
    money: Money = part(Money, "金额的单位与最小支付额", "What amounts are counted in", {})
    districts: DistrictTable = part(DistrictTable, "地区数据", "The table of districts", REQUIRED)
    lists: dict[str, ItemTable] = entries(
        ItemTable, "清单：公共服务、指标、年级等", "Lists: services, indicators, grades"
    )
    inputs: dict[str, Input] = entries(Input, "规则用到的列", "The columns the rules read")
    parameters: dict[str, Parameter] = entries(
        Parameter, "可调的数和表", "Numbers and tables a what-if may move"
    )
    service_lists: dict[str, ServiceList] = entries(
        ServiceList, "服务清单：由各项标准得出支出", "Lists of services, and what they cost"
    )
    appraisals: dict[str, Appraisal] = entries(
        Appraisal, "考核与实现度：指标、目标、权重", "Appraisals: indicators, targets, weights"
    )
    quantities: dict[str, Quantity] = entries(
        Quantity, "推算的列，按书写顺序计算", "Derived columns, in reading order"
    )
    upstream: Upstream | None = part(Upstream, "给本级资金的上级", "The level above, which pays")
    reserves: dict[str, Reserve] = entries(Reserve, "储备资金", "Money the payer keeps in reserve")
    budget: Budget | None = part(Budget, "各项资金的总额", "The ceiling over all grants")
    grants: dict[str, Grant] = some_entries(Grant, "各项资金", "The lines of money")
    outputs: dict[str, Output] = entries(Output, "资金算出之后的附加列", "Columns after the grants")
    rules: dict[str, Rule] = entries(
        Rule, "对结果的要求，逐条核对", "Statements the outcome is held against"
    )
    promises: dict[str, Promise] = entries(
        Promise,
        "承诺：无论数据怎样变化都应成立，由 transfers check 检验",
        "What holds whatever the figures are, as `transfers check` tests",
        listed=True,
    )
    waive: dict[str, Waiver] = entries(
        Waiver, "豁免的承诺，各写理由", "Promises that are not kept, each with its reason"
    )
    next: dict[str, str] = formulas(
        "下一年度的数据列、参数、清单列由本年度的什么得出（公式），用于逐年推算和检验跨年的承诺",
        "What inputs, parameters and columns of lists become next year (formulas), for years",
    )
    solve: Solve | None = part(Solve, "由结果反求的参数", "A parameter defined by its outcome")
