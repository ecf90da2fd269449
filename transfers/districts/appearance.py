"""Where a person sees something else in a workbook than what is stored: hidden, or scaled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from transfers.districts.faults import shown
from transfers.districts.matching import MatchedTable, ReadColumn
from transfers.findings import Finding

_MOST_LISTED: Final = 8


def about_looks(
    tables: Sequence[MatchedTable], read: Sequence[ReadColumn], names: Sequence[str]
) -> Iterator[Finding]:
    """Yield what is read though it is hidden, and figures that are shown otherwise than stored."""
    for table in tables:
        if table.raw.looks.hidden_lines:
            yield from _hidden_rows(table, names)
    for column in read:
        looks = column.table.raw.looks
        number = column.index + 1
        if any(first <= number <= last for first, last in looks.hidden_columns):
            words: dict[str, object] = {"column": column.title}
            place = column.table.raw.place_at(column.table.raw.header_line, number)
            yield Finding("table.hidden_column", "warning", "noted", where=place, values=words)
        if looks.shown and column.numbers is not None:
            yield from _shown_otherwise(column)


def _hidden_rows(table: MatchedTable, names: Sequence[str]) -> Iterator[Finding]:
    raw = table.raw
    hidden = [
        (row, name)
        for row, name in zip(table.rows, names, strict=True)
        if row >= 0 and int(raw.line_of_row[row]) in raw.looks.hidden_lines
    ]
    if not hidden:
        return
    listed = [f"{shown(name)} ({raw.line_of_row[row]})" for row, name in hidden[:_MOST_LISTED]]
    listed += ["…"] * (len(hidden) > _MOST_LISTED)
    words: dict[str, object] = {"count": len(hidden), "districts": tuple(listed)}
    place = raw.place_at(int(raw.line_of_row[hidden[0][0]]))
    yield Finding("table.hidden_rows", "warning", "noted", where=place, values=words)


def _shown_otherwise(column: ReadColumn) -> Iterator[Finding]:
    """Name the figures of a column whose format scales them, unless it only repeats the unit."""
    raw, number = column.table.raw, column.index + 1
    units = {unit.label for unit in (column.asked.unit, column.stated) if unit is not None}
    found = [
        (row, form)
        for row in column.table.rows
        if row >= 0
        and raw.columns[column.index][row]
        and (form := raw.looks.shown.get((int(raw.line_of_row[row]), number))) is not None
        and not _only_says_unit(form, units)
    ]
    if not found:
        return
    cells = [
        f"{column.place(row).cell} “{raw.columns[column.index][row]}” {shown(form)}"
        for row, form in islice(found, _MOST_LISTED)
    ]
    cells += ["…"] * (len(found) > _MOST_LISTED)
    words = {"column": column.title, "count": len(found), "cells": tuple(cells)}
    place = column.place(found[0][0])
    yield Finding("table.shown_otherwise", "warning", "noted", where=place, values=words)


def _only_says_unit(form: str, units: set[str]) -> bool:
    """Tell whether all that a format adds to a figure is its unit.

    >>> _only_says_unit('#,##0.0"万人"', {"万人"}), _only_says_unit('0!.0,"万人"', {"万人"})
    (True, False)
    """
    from transfers.districts.workbook_cells import shows_otherwise

    bare = form.replace('"', "")
    for unit in units:
        if unit and bare.endswith(unit):
            return not shows_otherwise(bare.removesuffix(unit))
    return False
