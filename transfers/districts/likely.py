"""Figures that are probably not what somebody meant: of another unit, ratios for percentages.

They are used as they stand; somebody should look at them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from transfers.districts.columns import NumberColumn
from transfers.districts.csv_column import texts_at
from transfers.districts.faults import shown
from transfers.districts.matching import ReadColumn
from transfers.findings import Finding

_SIGNS: Final = ("%", "％")
_PER_CENT: Final = Fraction(1, 100)
_MOST_DISTRICTS: Final = 20_000
"""Larger tables are not typed by people."""

_FEWEST: Final = 3
_EMPTY_DOUBLINGS: Final = 10
"""Between figures of different units lies a factor of a thousand, ten doublings, with nothing."""

_MOST_CELLS: Final = 5


def kept_in_per_cent(read: Sequence[ReadColumn]) -> set[str]:
    """Return the inputs over a list of which some column has percentages without a sign.

    Columns of one input are kept alike: small figures beside such a one are no ratios either.
    """
    return {column.asked.name for column in read if column.asked.item and _has_plain(column)}


def _has_plain(column: ReadColumn) -> bool:
    """Tell whether a column in per cent has a figure beyond 1, and none a sign."""
    figures = column.numbers
    if figures is None or column.asked.unit.scale != _PER_CENT:
        return False
    beyond = [figures.beyond(Fraction(1), "above"), figures.beyond(Fraction(-1), "below")]
    texts = texts_at(column.table.texts(column.index))
    return any(rows.size for rows in beyond) and not any(text.endswith(_SIGNS) for text in texts)


def about_figures(column: ReadColumn, in_per_cent: bool) -> Iterator[Finding]:
    """Yield what is odd about the figures of a column of numbers."""
    yield from _about_ratios(column, in_per_cent)
    figures = column.numbers
    if figures is not None and _FEWEST <= len(figures) <= _MOST_DISTRICTS:
        yield from _far_apart(column, figures)


def _about_ratios(column: ReadColumn, in_per_cent: bool) -> Iterator[Finding]:
    """Name figures of a column in per cent that look like ratios: 0.14 among 14% and 15%.

    Where percentages are known to be kept without a sign, only a sign beside them tells.
    """
    figures, unit = column.numbers, column.asked.unit
    if figures is None or unit.kinds or unit.scale != _PER_CENT or column.asked.factor != 1:
        return
    small = ~figures.missing
    small[figures.beyond(Fraction(1), "above")] = False
    small[figures.beyond(Fraction(-1), "below")] = False
    small[figures.equal_to(Fraction(0))] = False
    if not small.any():
        return
    texts = texts_at(column.table.texts(column.index))
    plain = [row for row in np.flatnonzero(small).tolist() if not texts[row].endswith(_SIGNS)]
    signed = any(text.endswith(_SIGNS) for text in texts)
    others = len(figures) - int(figures.missing.sum()) - len(figures.equal_to(Fraction(0)))
    all_small = len(plain) == others >= _FEWEST and not in_per_cent
    if not plain or not (signed or all_small):
        return
    words: dict[str, object] = {"column": column.title, "count": len(plain)}
    words["cells"] = _cells(column, plain)
    code = "table.perhaps_ratios" if signed else "table.perhaps_all_ratios"
    yield _finding(code, column, plain, words)


def _far_apart(column: ReadColumn, figures: NumberColumn) -> Iterator[Finding]:
    """Find the few figures that lie a factor of a thousand from all others."""
    values = np.abs(figures.floats())
    there = np.flatnonzero(~figures.missing & (values > 0))
    if len(there) < _FEWEST:
        return
    doublings = np.frexp(values[there])[1]
    occupied = np.array(sorted(set(doublings.tolist())))  # np.unique would import numpy.ma
    gaps = np.diff(occupied)
    if gaps.max(initial=0) <= _EMPTY_DOUBLINGS:
        return
    above = doublings > occupied[int(gaps.argmax())]
    few = above if 2 * above.sum() <= len(there) else ~above
    if 4 * few.sum() > len(there):
        return
    rows = there[few].tolist()
    words: dict[str, object] = {"column": column.title, "cells": _cells(column, rows)}
    yield _finding("table.far_apart", column, rows, words)


def _cells(column: ReadColumn, districts: Sequence[int]) -> tuple[str, ...]:
    """Return cells with what stands in them."""
    raw, rows = column.table.raw, column.table.rows
    cells = [
        f"{column.place(rows[district]).cell} “{shown(raw.columns[column.index][rows[district]])}”"
        for district in districts[:_MOST_CELLS]
    ]
    return (*cells, "…") if len(districts) > _MOST_CELLS else tuple(cells)


def _finding(
    code: str, column: ReadColumn, districts: Sequence[int], words: dict[str, object]
) -> Finding:
    place = column.place(column.table.rows[districts[0]])
    return Finding(code, "warning", "noted", where=place, values=words)
