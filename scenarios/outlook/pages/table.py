"""Tables whose rows are of different kinds, before they are laid out anywhere.

Years stand side by side, so it is the rows that differ: money, ratios, counts. Each cell knows
its text and, where it is a figure, the figure behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from scenarios.figures_in_text import Shown
from transfers.arithmetic.decimals import decimal_places, fixed_decimal
from transfers.money import Money
from transfers.output.book import column_name
from transfers.output.view_of_measures import PLACES
from transfers.output.view_of_measures import figure_text as inequality_text
from transfers.output.views import signed

Cell = Shown | str
Look = Literal["plain", "heading", "total"]

NOTHING: Final = "—"
MOST_PLACES: Final = 6


class Heading(str):
    """A text above others."""


class Row(Struct, frozen=True, eq=False):
    """A row of a table.

    Parameters
    ----------
    cells : tuple of Shown or str
        The label first.
    look : "plain", "heading" or "total"
        A heading has a label and nothing else; a total stands below a rule.
    live : bool
        Whether its figures in the live columns of the table are computed from others beside them.
    marked : frozenset of int
        Columns whose cells ask for somebody's eyes.
    """

    cells: tuple[Cell, ...]
    look: Look = "plain"
    live: bool = False
    marked: frozenset[int] = frozenset()


class Table(Struct, frozen=True, eq=False):
    """A table with its title.

    Parameters
    ----------
    headers : tuple of str
    labels : int
        How many columns at the left are texts; a narrow page shows the first only.
    words : tuple of int
        Columns behind these that are texts as well.
    unit : bool
        Whether it shows money, so that the unit is worth saying.
    notes : tuple of str
        What stands below.
    live : mapping of int to str
        Columns that a spreadsheet computes: column -> formula, ``{r}`` for the row.
    totals : tuple of int
        Columns that the total adds up.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    labels: int = 1
    words: tuple[int, ...] = ()
    unit: bool = True
    notes: tuple[str, ...] = ()
    live: Mapping[int, str] = {}
    totals: tuple[int, ...] = ()

    def is_text(self, column: int) -> bool:
        """Tell whether a column is one of texts, which stand at the left."""
        return column < self.labels or column in self.words

    @property
    def has_total(self) -> bool:
        """Whether the last row adds up those above it."""
        return bool(self.rows) and self.rows[-1].look == "total"


def cell_text(cell: Cell) -> str:
    """Return what people read."""
    return cell.text if isinstance(cell, Shown) else cell


def sum_formula(first: int, last: int) -> str:
    """Return the formula of the sum of some columns of a row.

    >>> sum_formula(2, 6)
    '=SUM(C{r}:G{r})'
    """
    return f"=SUM({column_name(first)}{{r}}:{column_name(last)}{{r}})"


def money_cell(quanta: Fraction | int | None, money: Money) -> Cell:
    """Return an amount; what is no whole number of quanta has the decimals it needs."""
    if quanta is None:
        return NOTHING
    figure = money.in_units(Fraction(quanta))
    known = decimal_places(figure)
    places = max(money.places, min(MOST_PLACES if known is None else known, MOST_PLACES))
    return Shown(fixed_decimal(figure, places, ","), figure, places=places)


def change_cell(quanta: int | None, money: Money) -> Cell:
    """Return a change of an amount, with its sign."""
    if quanta is None:
        return NOTHING
    text = signed(quanta, money.format_for_people(quanta))
    return Shown(text, money.in_units(Fraction(quanta)), sign=True, places=money.places)


def percent_cell(ratio: Fraction | None, places: int = 1) -> Cell:
    """Return growth in per cent, with its sign."""
    if ratio is None:
        return NOTHING
    text = signed(ratio, fixed_decimal(ratio * 100, places, ",") + "%")
    return Shown(text, ratio, sign=True, places=places, percent=True)


def count_cell(count: int | None) -> Cell:
    """Return a whole number."""
    return NOTHING if count is None else Shown(f"{count:,}", Fraction(count))


def inequality_cell(figure: float | None) -> Cell:
    """Return a measure of inequality."""
    if figure is None:
        return NOTHING
    return Shown(inequality_text(figure), Fraction(figure), places=PLACES)


def figure_cell(figure: Fraction | None, text: str | None, *, sign: bool = False) -> Cell:
    """Return a figure that is written already."""
    if figure is None or text is None:
        return NOTHING
    places = len(text.partition(".")[2])
    return Shown(text, figure, sign=sign, places=places)
