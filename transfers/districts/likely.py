"""Figures that are probably not what somebody meant: of another unit, ratios for percentages.

They are used as they stand; somebody should look at them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from transfers.arithmetic.decimals import format_decimal
from transfers.districts.columns import NumberColumn
from transfers.districts.faults import shown
from transfers.districts.matching import ReadColumn
from transfers.findings import Finding

_PER_CENT: Final = Fraction(1, 100)
_MOST_DISTRICTS: Final = 20_000
"""Larger tables are not typed by people."""

_FEWEST: Final = 4
_EMPTY_DOUBLINGS: Final = 10
"""Between figures of different units lies a factor of a thousand, ten doublings, with nothing."""

_MOST_CELLS: Final = 5


def about_figures(column: ReadColumn) -> Iterator[Finding]:
    """Yield what is odd about the figures of a column of numbers."""
    figures = column.numbers
    if figures is None or not _FEWEST <= len(figures) <= _MOST_DISTRICTS:
        return
    unit = column.stated or column.asked.unit
    if not unit.kinds and unit.scale == _PER_CENT:
        yield from _about_percentages(column, figures)
    yield from _far_apart(column, figures)


def _about_percentages(column: ReadColumn, figures: NumberColumn) -> Iterator[Finding]:
    """Find cells without a percent sign that look like ratios."""
    texts = column.table.texts(column.index)
    signed = np.array([text.endswith(("%", "％")) for text in texts])
    values = figures.floats() / float(column.asked.factor)
    small = ~figures.missing & (values != 0) & (np.abs(values) <= 1)
    rows = np.flatnonzero(small & ~signed).tolist()
    words: dict[str, object] = {"column": column.title}
    if signed.any() and rows:
        words |= {"unit": "%", "cells": _cells(column, rows)}
        yield _finding("table.percent_mixed", column, rows, words)
    elif len(rows) == int((~figures.missing & (values != 0)).sum()) >= _FEWEST:
        exact = (figure for figure in figures.fractions(rows) if figure is not None)
        words["largest"] = format_decimal(max(exact, key=abs) / column.asked.factor)
        yield _finding("table.percent_small", column, rows, words)


def _far_apart(column: ReadColumn, figures: NumberColumn) -> Iterator[Finding]:
    """Find the few figures that lie a factor of a thousand from all others."""
    values = np.abs(figures.floats())
    there = np.flatnonzero(~figures.missing & (values > 0))
    if len(there) < _FEWEST:
        return
    doublings = np.frexp(values[there])[1]
    occupied = np.unique(doublings)
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
