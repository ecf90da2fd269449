"""The columns of a file as formulas read them: quick where floats decide, else exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.districts.columns import BooleanColumn, Column, NumberColumn, TextColumn
from transfers.formula.exact_numbers import ExactNumbers
from transfers.formula.nodes import Lookup, Node, Number
from transfers.formula.values import Labels, Truth, Value

if TYPE_CHECKING:
    from transfers.formula.exact import ExactReader

Members = NDArray[np.intp]


def column_value(column: Column) -> Value:
    """Return a column as formulas read it, (1, N)."""
    if isinstance(column, TextColumn):
        return Labels(column.codes.astype(np.intp)[None], column.categories)
    if isinstance(column, BooleanColumn):
        truth = np.where(column.missing, np.nan, column.values.astype(np.float64))
        return Truth(truth[None])
    decimals = column.decimals
    if decimals is not None:
        decimals = Decimals(decimals.mantissas[None], decimals.places)
        if not column.missing.any():
            return Bounded.of_decimals(decimals)
    return Bounded(column.floats()[None], column.float_error()[None], decimals)


def columns_value(columns: Sequence[Column]) -> Value:
    """Return the columns that scenarios have of one input as formulas read them, (S, N).

    One row where all scenarios have the same. The floats of a row, and their bounds, are those
    of its column, whatever columns stand beside it.
    """
    first = columns[0]
    if all(column is first for column in columns):
        return column_value(first)
    values = [column_value(column) for column in columns]
    if isinstance(first, TextColumn):
        return _labels([value for value in values if isinstance(value, Labels)])
    if isinstance(first, BooleanColumn):
        return Truth(np.concatenate([v.value for v in values if isinstance(v, Truth)]))
    numbers = [value for value in values if isinstance(value, Bounded)]
    return Bounded(
        np.concatenate([figures.value for figures in numbers]),
        np.concatenate([figures.error for figures in numbers]),
        stacked([figures.decimals for figures in numbers]),
    )


def _labels(rows: Sequence[Labels]) -> Labels:
    categories = tuple(dict.fromkeys(text for row in rows for text in row.categories))
    return Labels(np.concatenate([row.recoded(categories) for row in rows]), categories)


def stacked(rows: Sequence[Decimals | None]) -> Decimals | None:
    """Return (1, N) decimals as (S, N), at the places of the finest; None where they don't fit."""
    known = [row for row in rows if row is not None]
    places = max((row.places for row in known), default=0)
    raised = [row.rescale(places) for row in known]
    fitting = [row.mantissas for row in raised if row is not None]
    return Decimals(np.concatenate(fitting), places) if len(fitting) == len(rows) else None


def column_numbers(column: NumberColumn, members: Members) -> ExactNumbers:
    """Return the exact figures of some rows of a column."""
    return ExactNumbers(column.exact(members), column.missing[members])


class RowFigures(Struct, eq=False):
    """The columns of a file: what both readers of formulas may ask for.

    Parameters
    ----------
    columns : mapping of name to Column
    district_count : int
        Number of rows; a row stands where formulas have a district.
    """

    columns: Mapping[str, Column]
    district_count: int

    def item_count(self, name: str) -> int:
        """Return 0: there are no lists."""
        return 0

    def item_places(self, name: str) -> dict[str, int]:
        """Refuse: statements about rows pick no items."""
        raise TypeError(name)

    def named(self, name: str) -> Value:
        """Return a column."""
        return column_value(self.columns[name])

    def number(self, number: Number) -> Bounded:
        """Return a number as the document has it."""
        return bounded.constant(number.value)

    def table(self, lookup: Lookup) -> tuple[list[tuple[str, ...]], Bounded]:
        """Refuse: statements about rows read no tables."""
        raise TypeError(lookup.table)

    def exact(self, scenario: int) -> ExactReader:
        """Return the exact reader of the same columns."""
        from transfers.formula.exact import ExactReader  # only where float64 cannot decide

        return ExactReader(_ExactRows(self.columns, self.district_count))


class _ExactRows(Struct, eq=False):
    """The same, exactly."""

    columns: Mapping[str, Column]
    district_count: int

    def item_count(self, name: str) -> int:
        """Return 0: there are no lists."""
        return 0

    def item_places(self, name: str) -> dict[str, int]:
        """Refuse: statements about rows pick no items."""
        raise TypeError(name)

    def definition(self, name: str) -> Node | None:
        """Return None: a column is not defined by a formula."""
        return None

    def is_decided(self, name: str) -> bool:
        """Tell that columns are no quantities."""
        return False

    def decided(self, name: str, members: Members) -> ExactNumbers | None:
        """Return None: columns are no quantities."""
        return None

    def order_of(self, name: str) -> int:
        """Return 0: no column rests on another."""
        return 0

    def numbers(self, name: str, members: Members) -> ExactNumbers:
        """Return the exact figures of some rows."""
        column = self.columns[name]
        assert isinstance(column, NumberColumn)
        return column_numbers(column, members)

    def marks(self, name: str, members: Members) -> NDArray[np.int8]:
        """Return truths of some rows: 1, 0, or -1 where missing."""
        column = self.columns[name]
        assert isinstance(column, BooleanColumn)
        values = np.where(column.missing, -1, column.values)
        return values[members].astype(np.int8)

    def texts(self, name: str, members: Members) -> list[str | None]:
        """Return the texts of some rows."""
        column = self.columns[name]
        assert isinstance(column, TextColumn)
        texts = column.texts()
        return [texts[i] for i in members.tolist()]

    def number(self, number: Number) -> Fraction:
        """Return a number as the document has it."""
        return number.value

    def entries(self, lookup: Lookup) -> dict[tuple[str, ...], Fraction]:
        """Refuse: statements about rows read no tables."""
        raise TypeError(lookup.table)
