"""What there is to say about how tables were read: it changed nothing silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from transfers.arithmetic.decimals import format_decimal
from transfers.districts.faults import shown
from transfers.districts.matching import MatchedTable, ReadColumn
from transfers.errors import Place
from transfers.findings import Finding

if TYPE_CHECKING:
    pass

_SAID: Final = {"utf-8-sig": "UTF-8 (BOM)", "utf-16": "UTF-16", "gb18030": "GB18030 (GBK)"}
_MOST_CELLS: Final = 8


def remarks(tables: Sequence[MatchedTable], read: Sequence[ReadColumn]) -> Iterator[Finding]:
    """Yield what there is to say, table by table and column by column."""
    for table in tables:
        yield from _about_file(table)
    for column in read:
        yield from _about_unit(column)
        yield from _about_spelling(column)


def _about_file(table: MatchedTable) -> Iterator[Finding]:
    raw = table.raw
    if raw.encoding in _SAID:
        words: dict[str, object] = {"encoding": _SAID[raw.encoding]}
        yield Finding("table.read_as", "note", "noted", where=Place(raw.file), values=words)
    if raw.other_sheets:
        words = {"sheet": raw.sheet, "others": tuple(map(shown, raw.other_sheets))}
        place = Place(raw.file, sheet=raw.sheet)
        yield Finding("table.several_sheets", "warning", "noted", where=place, values=words)


def _about_unit(column: ReadColumn) -> Iterator[Finding]:
    if column.stated is None or column.unit_place is None or column.asked.factor == 1:
        return
    words: dict[str, object] = {
        "column": column.title,
        "stated": column.stated.label,
        "declared": column.asked.unit.label,
        "factor": format_decimal(column.asked.factor),
    }
    place = column.unit_place
    yield Finding("table.unit_converted", "note", "adjusted", where=place, values=words)


def _about_spelling(column: ReadColumn) -> Iterator[Finding]:
    if not column.respelt:
        return
    raw, rows = column.table.raw, column.table.rows
    cells = []
    for district, plain in islice(column.respelt.items(), _MOST_CELLS):
        row = rows[district]
        written = shown(raw.columns[column.index][row])
        cells.append(f"{column.place(row).cell} “{written}” → {plain}")
    if len(column.respelt) > _MOST_CELLS:
        cells.append("…")
    first = rows[next(iter(column.respelt))]
    words = {"column": column.title, "count": len(column.respelt), "cells": tuple(cells)}
    place = column.place(first)
    yield Finding("table.respelt", "note", "adjusted", where=place, values=words)
