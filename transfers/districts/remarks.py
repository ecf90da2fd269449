"""What there is to say about how tables were read: it changed nothing silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Final

from transfers.arithmetic.decimals import format_decimal
from transfers.districts.asides import PART
from transfers.districts.faults import shown
from transfers.districts.likely import about_figures, kept_in_per_cent
from transfers.districts.matching import MatchedTable, ReadColumn
from transfers.errors import Place
from transfers.findings import Finding
from transfers.units import Unit, parse_unit

_SAID: Final = {
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "gb18030": "GB18030 (GBK)",
}
_MOST_CELLS: Final = 8
_FEWEST: Final = 3
"""Of two equal districts each is all the others together."""
_FEWEST_COLUMNS: Final = 2
"""That a figure is the sum of the others in one column may be chance."""


def remarks(tables: Sequence[MatchedTable], read: Sequence[ReadColumn]) -> Iterator[Finding]:
    """Yield what there is to say, table by table and column by column."""
    for table in tables:
        yield from about_reading(table)
    in_per_cent = kept_in_per_cent(read)
    for column in read:
        yield from about_reading(None, [column])
        yield from about_figures(column, column.asked.name in in_per_cent)


def about_reading(table: MatchedTable | None, read: Sequence[ReadColumn] = ()) -> Iterator[Finding]:
    """Yield what there is to say about how a table and columns were read, not of their figures."""
    if table is not None:
        yield from _about_file(table)
    for column in read:
        yield from _about_unit(column)
        yield from _about_spelling(column)


def perhaps_totals(
    first: MatchedTable, read: Sequence[ReadColumn], keys: Sequence[str], names: Sequence[str]
) -> Iterator[Finding]:
    """Yield a district that is the sum of the others, in all columns or all but one.

    A row such as 440000 某省 above its own districts has no word that gives it away.
    """
    if len(keys) < _FEWEST:
        return
    sums = [(column, figures, half) for column in read if (figures := column.numbers) is not None
            and adds_up(column.asked.unit) and (half := figures.total() / 2)]  # fmt: skip
    if len(sums) < _FEWEST_COLUMNS:
        return
    # With one figure off, a total is found in one of the first two columns.
    suspects = sorted({row for _, figures, half in sums[:2] for row in figures.equal_to(half)})
    for row in suspects:
        others = [half for _, _, half in sums]
        stated = [figures.fractions([row])[0] for _, figures, _ in sums]
        off = [index for index, half in enumerate(others) if stated[index] != half]
        if len(off) > 1 or len(sums) - len(off) < _FEWEST_COLUMNS:
            continue
        name = " ".join(dict.fromkeys((shown(keys[row]), shown(names[row]))))
        words: dict[str, object] = {"district": name, "columns": len(sums) - len(off)}
        code = "table.perhaps_total"
        for index in off:
            code = "table.perhaps_total_but_one"
            column, figure = sums[index][0], stated[index] or Fraction(0)
            # All the others together are the total less the figure itself.
            difference = (2 * figure - 2 * others[index]) / column.asked.factor
            words |= {"column": column.title, "difference": format_decimal(difference)}
        place = first.raw.place_at(int(first.raw.line_of_row[first.rows[row]]))
        yield Finding(code, "warning", "noted", district=keys[row], where=place, values=words)


def parts_with_keys(
    first: MatchedTable, keys: Sequence[str], names: Sequence[str]
) -> Iterator[Finding]:
    """Yield the districts that are parts of others, by their names."""
    if PART not in "\n".join(names):
        return
    for row, name in enumerate(names):
        if name.startswith(PART):
            words: dict[str, object] = {"district": f"{shown(keys[row])} {shown(name)}"}
            place = first.raw.place_at(int(first.raw.line_of_row[first.rows[row]]))
            code = "table.part_with_key"
            yield Finding(code, "warning", "noted", district=keys[row], where=place, values=words)


def adds_up(unit: Unit) -> bool:
    """Tell whether figures of a unit can be added up: neither ratios nor so much per something."""
    return not (unit.label and not unit.kinds) and all(power > 0 for _, power in unit.kinds)


def _about_file(table: MatchedTable) -> Iterator[Finding]:
    raw = table.raw
    words: dict[str, object]
    if raw.encoding in _SAID:
        words = {"encoding": _SAID[raw.encoding]}
        code = "table.read_as_guessed" if raw.encoding == "gb18030" else "table.read_as"
        yield Finding(code, "note", "noted", where=Place(raw.file), values=words)
    if raw.head.earlier:
        words = {"header": raw.header_line}
        place = raw.place_at(raw.head.earlier)
        yield Finding("table.earlier_header", "warning", "noted", where=place, values=words)
    if raw.other_sheets:
        words = {"sheet": raw.sheet, "others": tuple(map(shown, raw.other_sheets))}
        place = Place(raw.file, sheet=raw.sheet)
        yield Finding("table.several_sheets", "warning", "noted", where=place, values=words)
    elif raw.lesser_sheets:
        words = {"sheet": raw.sheet, "others": tuple(map(shown, raw.lesser_sheets))}
        place = Place(raw.file, sheet=raw.sheet)
        yield Finding("table.lesser_sheets", "note", "noted", where=place, values=words)


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
