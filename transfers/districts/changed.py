"""Figures of districts that are not the file's: other cells in a column, and the memory of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic.decimals import Decimals, Indices, Ints, format_decimal
from transfers.arithmetic.rationals import Rationals
from transfers.districts.columns import BooleanColumn, Column, NumberColumn, TextColumn
from transfers.errors import Place
from transfers.messages import Phrase

if TYPE_CHECKING:
    from transfers.districts.table import Districts

Cell = Fraction | str | bool | None
_Column = TypeVar("_Column", bound=Column)


class FigureChange(Struct, frozen=True, eq=False):
    """A change of figures of one input.

    Parameters
    ----------
    name : str
        The input.
    places : (n,) intp
        Where in its column figures are not what they were, ascending.
    how : str
        What was asked for: a figure, ``+3%``, a formula.
    where : str
        The statement that says for whom; "" for all.
    place : Place
        Where it was asked for.
    path : str
        Of one figure that is named by its district: ``inputs.population.440784``; else "".
    carried : bool
        Whether it is what the year before left.
    merged : bool
        Whether it is what districts have that have become one; `how` says which.
    """

    name: str
    places: Indices
    how: str
    where: str = ""
    place: Place = Place()
    path: str = ""
    carried: bool = False
    merged: bool = False

    def has(self, index: int) -> bool:
        """Tell whether a figure of the column is one of those changed."""
        at = int(np.searchsorted(self.places, index))
        return at < len(self.places) and int(self.places[at]) == index

    def district_count(self, count: int) -> int:
        """Return in how many of `count` districts a figure changed."""
        return int(np.count_nonzero(np.bincount(self.places % count)))


def with_changes(
    districts: Districts, columns: Mapping[str, Column], changes: Sequence[FigureChange]
) -> Districts:
    """Return districts with other columns, which know what was changed and what the file has."""
    before = {name: districts.columns[name] for name in columns}
    return replace(
        districts,
        columns={**districts.columns, **columns},
        changes=(*districts.changes, *changes),
        as_read={**before, **districts.as_read},
    )


def told_change(districts: Districts, change: FigureChange) -> Phrase | None:
    """Say a change as changes of a run are said; None where nothing is other than in the file."""
    if not len(change.places):
        return None
    if change.path:
        column = districts.as_read[change.name]
        old = cell_text(cells_of(column, change.places[:1])[0])
        words = {"path": change.path, "value": change.how, "old": old}
        return Phrase("output.changed_from", words)
    if change.merged:
        return _told_merged(districts, change)
    count = change.district_count(len(districts))
    return Phrase("output.changed_figures", {**_words(change), "count": count})


def _told_merged(districts: Districts, change: FigureChange) -> Phrase:
    """Say which districts became one; of a text, which is given and no sum, also what it is."""
    words: dict[str, object] = {"name": change.name, "how": change.how}
    column = districts.columns[change.name]
    if isinstance(column, NumberColumn) or len(change.places) > 1:
        return Phrase("output.changed_merged", words)
    value = cell_text(cells_of(column, change.places)[0])
    return Phrase("output.changed_merged_text", {**words, "value": value})


def _words(change: FigureChange) -> dict[str, object]:
    where = Phrase("output.changed_where", {"where": change.where}) if change.where else ""
    return {"name": change.name, "how": change.how, "where": where}


def cell_text(cell: Cell) -> str:
    """Write a figure as a table would; a missing one as a dash."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Fraction):
        return format_decimal(cell)
    return "—" if cell is None else cell


# -- cells of columns ----------------------------------------------------------------------------


def cells_of(column: Column, places: Indices) -> list[Cell]:
    """Return some cells of a column, exactly; None where missing."""
    if isinstance(column, NumberColumn):
        return list(column.fractions(places))
    if isinstance(column, TextColumn):
        labels = (*column.categories, None)
        return [labels[code] for code in column.codes[places].tolist()]
    pairs = zip(column.values[places].tolist(), column.missing[places].tolist(), strict=True)
    return [None if gone else bool(value) for value, gone in pairs]


def taken_cells(column: Column, places: Indices) -> Column:
    """Return the cells of a column at some places."""
    if isinstance(column, TextColumn):
        return TextColumn(column.codes[places], column.categories)
    if isinstance(column, BooleanColumn):
        return BooleanColumn(column.values[places], column.missing[places])
    if column.decimals is not None:
        return NumberColumn(column.decimals.take(places), column.missing[places])
    return NumberColumn(None, column.missing[places], column.exact(places))


def column_of(kind: type[Column], cells: Sequence[Cell]) -> Column:
    """Return exact cells, None where missing, as a column of some kind."""
    missing = np.array([cell is None for cell in cells], dtype=bool)
    if kind is NumberColumn:
        numbers = [cell if isinstance(cell, Fraction) else Fraction(0) for cell in cells]
        return NumberColumn.of_fractions(numbers, missing)
    if kind is BooleanColumn:
        return BooleanColumn(np.array([cell is True for cell in cells], dtype=bool), missing)
    categories = tuple(dict.fromkeys(str(cell) for cell in cells if cell is not None))
    place_of = {text: code for code, text in enumerate(categories)}
    codes = [-1 if cell is None else place_of[str(cell)] for cell in cells]
    return TextColumn(np.array(codes, dtype=np.int32), categories)


def with_cells(column: _Column, places: Indices, cells: _Column) -> _Column:
    """Return a column with the cells of another, of the same kind, at some of its places."""
    if isinstance(column, NumberColumn):
        return _with_numbers(column, places, cells)  # type: ignore[arg-type, return-value]
    if isinstance(column, TextColumn):
        return _with_texts(column, places, cells)  # type: ignore[arg-type, return-value]
    values = _put(column.values, places, cells.values)  # type: ignore[union-attr]
    missing = _put(column.missing, places, cells.missing)
    return BooleanColumn(values, missing)  # type: ignore[return-value]


_Kind = TypeVar("_Kind", bound=np.generic)


def _put(array: NDArray[_Kind], places: Indices, cells: NDArray[_Kind]) -> NDArray[_Kind]:
    array = array.copy()
    array[places] = cells
    return array


def _with_numbers(column: NumberColumn, places: Indices, cells: NumberColumn) -> NumberColumn:
    missing = _put(column.missing, places, cells.missing)
    if column.decimals is not None and cells.decimals is not None:
        digits = max(column.decimals.places, cells.decimals.places)
        mine, theirs = (d.rescale(digits) for d in (column.decimals, cells.decimals))
        if mine is not None and theirs is not None:
            mantissas = _put(mine.mantissas, places, theirs.mantissas)
            return NumberColumn(Decimals(mantissas, digits), missing)
    exact = [figure or Fraction(0) for figure in column.fractions()]
    for place, cell in zip(places.tolist(), cells.fractions(), strict=True):
        exact[place] = cell or Fraction(0)
    return NumberColumn.of_fractions(exact, missing)


def _with_texts(column: TextColumn, places: Indices, cells: TextColumn) -> TextColumn:
    categories = tuple(dict.fromkeys((*column.categories, *cells.categories)))
    place_of = {category: code for code, category in enumerate(categories)}
    known = np.array([*(place_of[text] for text in cells.categories), -1], dtype=np.int32)
    return TextColumn(_put(column.codes, places, known[cells.codes]), categories)


def multiplied(column: NumberColumn, mantissas: Ints, places: int) -> NumberColumn:
    """Return a column of numbers, each times a factor of its own, exactly.

    Parameters
    ----------
    mantissas : (N,) int64
    places : int
        A factor is ``mantissa * 10**-places``: 1.0137 is 10137 with 4 places.

    Returns
    -------
    NumberColumn
        Missing where `column` is.

    Examples
    --------
    >>> column = NumberColumn(Decimals(np.array([853, 365]), 1), np.array([False, True]))
    >>> multiplied(column, np.array([10137, 9999]), 4).fractions()
    [Fraction(8646861, 100000), None]
    """
    factors = Decimals(np.asarray(mantissas, dtype=np.int64), places)
    product = None if column.decimals is None else column.decimals.multiply(factors)
    if product is not None:
        return NumberColumn(product, column.missing)
    exact = column.exact() * Rationals.from_decimals(factors)
    return NumberColumn.of_fractions(exact.fractions(), column.missing)


def differing(old: Column, new: Column) -> Indices:
    """Return where two columns of the same kind differ, ascending."""
    if isinstance(old, NumberColumn) and isinstance(new, NumberColumn):
        if old.decimals is not None and new.decimals is not None:
            unlike = old.decimals.compare(new.decimals) != 0
        else:
            unlike = old.exact().sign_of_difference(new.exact()) != 0
        unlike &= ~(old.missing & new.missing)
        return np.flatnonzero(unlike | (old.missing != new.missing))
    if isinstance(old, TextColumn) and isinstance(new, TextColumn):
        place_of = {category: code for code, category in enumerate(old.categories)}
        known = [place_of.get(text, -2) for text in new.categories]
        return np.flatnonzero(old.codes != np.array([*known, -1])[new.codes])
    assert isinstance(old, BooleanColumn)
    assert isinstance(new, BooleanColumn)
    unlike = (old.values != new.values) & ~(old.missing & new.missing)
    return np.flatnonzero(unlike | (old.missing != new.missing))
