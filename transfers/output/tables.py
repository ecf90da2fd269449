"""A table of figures that people read: on a terminal, on a page, in a workbook.

What a cell is stands with its column, so that every view writes it in its own way.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final, Literal

from msgspec import Struct

from transfers.arithmetic.decimals import fixed_decimal
from transfers.output.terminal import below_unit, padded, table, width
from transfers.written import decimal_text

Kind = Literal["text", "count", "money", "percent", "degree", "points", "figure"]
PLACES: Final = 2
PLACES_OF: Final = {"percent": 1, "degree": 2}
"""Decimals of per cent: of a part of a whole, and of what is held against a line.

What lies between two degrees is in percentage points; the heading says so.
"""

NOTHING: Final = "—"


class Column(Struct, frozen=True, eq=False):
    """A column: its heading, what its cells are, and what stands in the row of totals."""

    header: str
    kind: Kind
    cells: list[Any]
    total: Any = ""
    places: int = PLACES

    def text(self, cell: object) -> str:
        """Write a cell."""
        if isinstance(cell, str):
            return cell
        if cell is None:
            return NOTHING
        if self.kind == "count":
            return f"{cell:,}"
        figure = cell if isinstance(cell, Fraction) else Fraction(str(cell))
        if self.kind in ("percent", "degree"):
            return fixed_decimal(figure * 100, PLACES_OF[self.kind], ",") + "%"
        if self.kind == "points":
            return fixed_decimal(figure * 100, PLACES_OF["degree"], ",")
        if self.kind == "money":
            return fixed_decimal(figure, self.places, ",")
        return decimal_text(figure, self.places)


class Table(Struct, frozen=True, eq=False):
    """A table with its title, and what its money is in, where it has any."""

    code: str
    title: str
    columns: list[Column]
    unit: str = ""

    def rows(self) -> list[list[str]]:
        """Return the rows as texts."""
        texts = [[column.text(cell) for cell in column.cells] for column in self.columns]
        return [list(row) for row in zip(*texts, strict=True)]

    def total(self) -> list[str]:
        """Return the row of totals as texts."""
        return [column.text(column.total) for column in self.columns]


def grid(shown: Table, columns: int) -> list[str]:
    """Return a table below its title, with its unit where there is room."""
    unit = shown.unit
    headers = [column.header for column in shown.columns]
    right = [column.kind != "text" for column in shown.columns]
    total = shown.total()
    last = total if any(total) else None
    drawn = table(headers, shown.rows(), right=right, total=last, columns=columns)
    wide = max(width(line) for line in drawn.splitlines())
    room = wide - width(shown.title) - width(unit)
    if not unit:
        return [shown.title, drawn]
    if room > 1:
        return [shown.title + padded("", room, right=False) + unit, drawn]
    return [shown.title, *below_unit(drawn, unit)]
