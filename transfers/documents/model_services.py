"""Lists of services with standards: whom each serves, what it costs, which level bears how much."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from transfers.documents.described import Described
from transfers.documents.keys import (
    REQUIRED,
    Part,
    choice,
    choices,
    formula_text,
    formulas,
    part,
    text,
    whole_number,
)

COLUMNS: Final = ("area", "object", "standard", "lead", "cooperating", "basis", "bought")
"""Keys that name a column of the list."""

WANTED: Final = ("object", "standard", "responsibility", "lead")
"""What every item needs, unless the document says otherwise."""

REQUIRABLE: Final = (*COLUMNS, "price", "responsibility")

Wanted: TypeAlias = Literal[
    "area",
    "object",
    "standard",
    "lead",
    "cooperating",
    "basis",
    "bought",
    "price",
    "responsibility",
]


class LastYear(Part):
    """What a year before was, for what raised standards cost."""

    recipients: str | None = formula_text(
        "上年的对象数量（公式）；不写即与本年相同",
        "Recipients (formula); left out, as they are now",
    )
    price: str | None = formula_text(
        "上年的单价（公式）；不写即与本年相同", "The price (formula); left out, as now"
    )


class ServiceList(Described):
    """A list whose items are services: from it costs by item, area, district and level."""

    list: str = text("清单的名称（lists 中的）", "The list of items", REQUIRED, least=1)
    area: str | None = text("领域所在的列", "Its column of areas", least=1)
    object: str | None = text("服务对象所在的列", "The column of whom it serves", least=1)
    standard: str | None = text("服务指导标准所在的列", "The column of the standard", least=1)
    lead: str | None = text(
        "牵头单位所在的列；一格写了几家的，支出记在第一家，其余计为配合",
        "The column of the lead agency; of several in a cell the first has the cost, and the others"
        " help",
        least=1,
    )
    cooperating: str | None = text(
        "配合单位所在的列；一格几个单位用 、；, 隔开",
        "The column of agencies that help; several in a cell are parted by 、 ； , ;",
        least=1,
    )
    basis: str | None = text("政策依据所在的列", "The column of the legal basis", least=1)
    bought: str | None = text(
        "是否政府购买服务所在的列（yes_no）", "The yes_no column: bought from outside", least=1
    )
    agencies: str | None = text(
        "单位名册：其代码或名称以外的单位会被指出",
        "The list of agencies known, by their keys or names; others are pointed out",
        least=1,
    )
    __annotations__["from"] = "str | None"  # a word of Python, and so no name in its classes
    locals()["from"] = formula_text(
        "起始年度（公式）或日期所在的列；空白即早已执行",
        "First year (formula), or a column of dates; blank: in force before",
    )
    until: str | None = formula_text(
        "最后年度（公式）或日期所在的列；空白即一直执行",
        "Last year (formula), or a column of dates; blank: in force on",
    )
    part_year: Literal["whole", "months"] = choice(
        "年中开始或结束的：whole 算全年，months 按执行的月数算",
        "What begins or ends within a year: whole years, or by the months in force",
        ("whole", "months"),
        "whole",
    )
    recipients: str | None = formula_text(
        "每个项目、每个地区的对象数量（公式）", "Recipients per item and district (formula)"
    )
    price: str | None = formula_text(
        "单价（公式）；乘以对象数量须是金额", "The price (formula); times recipients it is money"
    )
    responsibility: dict[str, str] = formulas(
        "各级分担的比例：级次名称: 公式；一级可写 rest，承担其余",
        "Each level's share: name of the level: formula; one may be `rest`, what others leave",
    )
    last: LastYear | None = part(
        LastYear, "上年的数量和单价，用来拆分增支", "The year before, to split what is added"
    )
    requires: tuple[Wanted, ...] | None = choices(
        "每个项目必须填写的内容；不写为对象、标准、分担、牵头中写明了的",
        "What every item needs; left out: object, standard, responsibility, lead, as far as named",
        REQUIRABLE,
        None,
    )
    items: int | None = whole_number("应有多少项", "How many items there should be")
    areas: int | None = whole_number("应有多少个领域", "How many areas there should be")
