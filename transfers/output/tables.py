"""A table of figures that people read: on a terminal, on a page, in a workbook.

What a cell is stands with its column, so that every view writes it in its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, Literal

from msgspec import Struct

from transfers.arithmetic.decimals import fixed_decimal
from transfers.output.columns import mantissa_of
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
    """A column: its heading, what its cells are, and what stands in the row of totals.

    Parameters
    ----------
    name : str
        What programs know it by, in every language.
    data : list, optional
        What programs get where that is not what people read.
    adds_up : bool
        Whether the total is the sum of the cells.
    """

    header: str
    kind: Kind
    cells: list[Any]
    total: Any = ""
    places: int = PLACES
    name: str = ""
    data: list[Any] | None = None
    adds_up: bool = True

    @property
    def exact(self) -> list[Any]:
        """The cells as programs get them."""
        return self.cells if self.data is None else self.data

    def mantissas(self) -> list[int] | None:
        """Return the figures of money or of per cent as shown, the total's last; None without."""
        places = {"money": self.places, "percent": PLACES_OF["percent"] + 2}.get(self.kind)
        figures = [*self.cells, self.total]
        if places is None or not all(isinstance(figure, Fraction) for figure in figures):
            return None
        return [mantissa_of(figure, places) for figure in figures]

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
    """A table with its title, and what its money is in, where it has any.

    Parameters
    ----------
    note : str
        What is said below it.
    keys : sequence of Column
        Columns for programs alone, in front of the others.
    """

    code: str
    title: str
    columns: list[Column]
    unit: str = ""
    note: str = ""
    keys: Sequence[Column] = ()

    def data(self) -> list[dict[str, Any]]:
        """Return the rows as programs get them, by the names of columns."""
        columns = [*self.keys, *self.columns]
        cells = zip(*(column.exact for column in columns), strict=True)
        return [dict(zip((c.name for c in columns), row, strict=True)) for row in cells]

    def rows(self) -> list[list[str]]:
        """Return the rows as texts."""
        texts = [[column.text(cell) for cell in column.cells] for column in self.columns]
        return [list(row) for row in zip(*texts, strict=True)]

    def total(self) -> list[str]:
        """Return the row of totals as texts."""
        return [column.text(column.total) for column in self.columns]


def rounds_apart(
    columns: Sequence[Column], sums: Sequence[tuple[Column, Sequence[Column]]]
) -> bool:
    """Tell whether figures as shown don't add up: down to a total, or across to another column."""
    for column in columns:
        shown = column.mantissas() if column.adds_up else None
        if shown is not None and sum(shown[:-1]) != shown[-1]:
            return True
    for whole, parts in sums:
        rows = [cells for each in (whole, *parts) if (cells := each.mantissas()) is not None]
        if len(rows) > len(parts) and rows[0] != [sum(row) for row in zip(*rows[1:], strict=True)]:
            return True
    return False


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
