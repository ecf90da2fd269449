"""Lists: a second axis beside the districts (services, indicators, grades), and columns of figures.

What is said of a column of figures is the same for an input and for a column of a list.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from transfers.documents.described import Described
from transfers.documents.keys import (
    choice,
    entries,
    formula_text,
    item_cells,
    number,
    pattern,
    patterns,
    text,
    texts,
    whole_numbers,
)
from transfers.documents.model_districts import HEADER, ROWS, SHEET

ItemColumns: TypeAlias = str | dict[str, tuple[str, ...]]
"""The column of each item: a pattern with ``{item}``, or what it may be called, by item."""


class Figures(Described):
    """A column of a table, and what is checked in it."""

    column: tuple[str, ...] | None = patterns(
        "表中的列名；可列出几个备选", "Its column; a list gives alternatives"
    )
    type: Literal["number", "text", "yes_no"] | None = choice(
        "类型：number 数值、text 文字、yes_no 是否",
        "number, text or yes_no",
        ("number", "text", "yes_no"),
    )
    unit: str | None = text("单位，如 万人", "Its unit, such as 万人")
    min: Fraction | None = number("允许的最小值", "The least allowed value")
    max: Fraction | None = number("允许的最大值", "The greatest allowed value")
    one_of: tuple[str, ...] | None = texts("允许的取值", "The allowed values")
    default: str | None = text("空白时使用的值", "What a blank cell means")
    nil: Literal["missing", "zero"] | None = choice(
        "“—”表示什么：missing 缺失、zero 零",
        "What a dash means: missing or zero",
        ("missing", "zero"),
    )

    @classmethod
    def spelt_out(cls, data: object) -> object:
        """Return a column without keys where nothing is written."""
        return {} if data is None else data


class ListColumn(Figures):
    """A column of a list: one figure for each item."""


class ItemTable(Described):
    """A list of items: from a file, or written in the document."""

    file: str | None = pattern(
        "清单文件，路径相对于本文件", "Its file, relative to this one", least=1
    )
    sheet: str | None = pattern(*SHEET)
    header: tuple[int, ...] | None = whole_numbers(*HEADER)
    rows: str | None = formula_text(*ROWS)
    key: tuple[str, ...] | None = patterns(
        "项目代码所在的列；可列出几个备选",
        "The file's column of item keys; a list gives alternatives",
    )
    name: tuple[str, ...] | None = patterns(
        "项目名称所在的列；可列出几个备选",
        "The column of item names; a list gives alternatives",
    )
    items: dict[str, dict[str, str]] | None = item_cells(
        "直接写出的项目：代码及其各列的值",
        "The items written here: key, and a value for each column",
    )
    columns: dict[str, ListColumn] = entries(
        ListColumn, "清单的列，公式中写作 清单名.列名", "Its columns: `list.column` in formulas"
    )

    @classmethod
    def spelt_out(cls, data: object) -> object:
        """Return a bare list of keys behind the key `items`."""
        return {"items": data} if isinstance(data, list) else data
