"""What there is to say about how tables were read: it changed nothing silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np

from transfers.arithmetic.decimals import Indices, format_decimal
from transfers.districts.faults import shown
from transfers.districts.likely import about_figures
from transfers.districts.matching import MatchedTable, ReadColumn
from transfers.errors import Place
from transfers.findings import Finding
from transfers.units import Unit, parse_unit

_SAID: Final = {"utf-8-sig": "UTF-8 (BOM)", "utf-16": "UTF-16", "gb18030": "GB18030 (GBK)"}
_MOST_CELLS: Final = 8
_FEWEST: Final = 3
"""Of two equal districts each is all the others together."""


def remarks(tables: Sequence[MatchedTable], read: Sequence[ReadColumn]) -> Iterator[Finding]:
    """Yield what there is to say, table by table and column by column."""
    for table in tables:
        yield from _about_file(table)
    for column in read:
        yield from _about_unit(column)
        yield from _about_spelling(column)
        yield from about_figures(column)


def perhaps_totals(
    first: MatchedTable, read: Sequence[ReadColumn], keys: Sequence[str], names: Sequence[str]
) -> Iterator[Finding]:
    """Yield the district that looks like a total: in every column it is all the others together.

    A row such as 440700 江门市 above its own districts has no word that gives it away.
    """
    if len(keys) < _FEWEST:
        return
    suspects: Indices | None = None
    columns = 0
    for column in read:
        figures = column.numbers
        if figures is None or not adds_up(column.asked.unit):
            continue
        total = figures.total()
        if total == 0:
            continue
        if suspects is None:
            half = figures.beyond(total / 2, "below"), figures.beyond(total / 2, "above")
            there = ~figures.missing
            there[np.concatenate(half)] = False
            suspects = np.flatnonzero(there)
        else:
            halves = zip(suspects.tolist(), figures.fractions(suspects), strict=True)
            suspects = np.array([row for row, f in halves if f == total / 2], dtype=np.intp)
        columns += 1
        if not len(suspects):
            return
    if suspects is None or columns < 2:
        return
    for district in suspects.tolist():
        name = " ".join(dict.fromkeys((shown(keys[district]), shown(names[district]))))
        words: dict[str, object] = {"district": name, "columns": columns}
        place = first.raw.place_at(int(first.raw.line_of_row[first.rows[district]]))
        yield Finding(
            "table.perhaps_total", "warning", "noted", district=keys[district], where=place,
            values=words,
        )  # fmt: skip


def adds_up(unit: Unit) -> bool:
    """Tell whether figures of a unit can be added up: neither ratios nor so much per something."""
    return not (unit.label and not unit.kinds) and all(power > 0 for _, power in unit.kinds)


def _about_file(table: MatchedTable) -> Iterator[Finding]:
    raw = table.raw
    words: dict[str, object]
    if raw.encoding in _SAID:
        words = {"encoding": _SAID[raw.encoding]}
        yield Finding("table.read_as", "note", "noted", where=Place(raw.file), values=words)
    if raw.head.earlier:
        words = {"header": raw.header_line}
        place = raw.place_at(raw.head.earlier)
        yield Finding("table.earlier_header", "warning", "noted", where=place, values=words)
    if raw.other_sheets:
        words = {"sheet": raw.sheet, "others": tuple(map(shown, raw.other_sheets))}
        place = Place(raw.file, sheet=raw.sheet)
        yield Finding("table.several_sheets", "warning", "noted", where=place, values=words)


def _about_unit(column: ReadColumn) -> Iterator[Finding]:
    if column.numbers is None:
        return
    name = column.table.raw.head.names[column.index]
    words: dict[str, object] = {"column": column.title, "stated": name.unit}
    if name.unit and not column.asked.unit.label:
        unit = parse_unit(name.unit, column.currency)
        if unit.scale != 1 or any(kind == column.currency for kind, _ in unit.kinds):
            place = column.table.raw.place_at(column.table.raw.header_line, column.index + 1)
            yield Finding("table.unit_ignored", "warning", "noted", where=place, values=words)
    if column.stated is None or column.unit_place is None or column.asked.factor == 1:
        return
    words["stated"] = column.stated.label
    words["declared"] = column.asked.unit.label
    words["factor"] = format_decimal(column.asked.factor)
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
