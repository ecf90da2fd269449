"""Tables of a sweep as people are shown them, before they are laid out anywhere."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from scenarios.sweeping.figures import Number
from transfers.arithmetic.decimals import fixed_decimal
from transfers.money import Money

Kind = Literal["text", "money", "share", "number"]
Cell = Number | str | None

NOTHING: Final = "—"


class Column(Struct, frozen=True):
    """A column of a table.

    Parameters
    ----------
    header : str
    kind : str
        Money is in quanta, a share is shown in per cent.
    cells : list
        None where there is nothing.
    total : Cell
        What stands in the row 合计; "" for nothing.
    places : int
        Decimals of figures: of money in its unit, of a share in per cent.
    detail : bool
        Whether a narrow page does without it.
    """

    header: str
    kind: Kind
    cells: list[Cell]
    total: Cell = ""
    places: int = 0
    detail: bool = False

    def text(self, cell: Cell, money: Money) -> str:
        """Write a cell."""
        if cell is None:
            return NOTHING
        if isinstance(cell, str):
            return cell
        if self.kind == "money":
            return money.format_for_people(Fraction(cell), self.places)
        if self.kind == "share":
            return f"{fixed_decimal(Fraction(cell) * 100, self.places, ',')}%"
        return fixed_decimal(Fraction(cell), self.places, ",")


class Page(Struct, frozen=True):
    """A table with what stands above it.

    Parameters
    ----------
    title : str
    columns : list of Column
    money : bool
        Whether its unit is worth saying.
    total : bool
        Whether it has a row 合计.
    marked : tuple of int
        Rows of the unmoved case.
    marked_column : int or None
        Its column.
    notes : tuple of str
        What stands below.
    """

    title: str
    columns: list[Column]
    money: bool = True
    total: bool = False
    marked: tuple[int, ...] = ()
    marked_column: int | None = None
    notes: tuple[str, ...] = ()
