"""What there is to say about how tables were read: it changed nothing silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Final

import numpy as np

from transfers.arithmetic.decimals import format_decimal
from transfers.districts.asides import PART
from transfers.districts.columns import NumberColumn
from transfers.districts.csv_column import texts_at
from transfers.districts.faults import shown
from transfers.districts.matching import MatchedTable, ReadColumn
from transfers.errors import Place
from transfers.findings import Finding
from transfers.units import Unit

_SAID: Final = {
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "gb18030": "GB18030 (GBK)",
}
_MOST_CELLS: Final = 8
_SIGNS: Final = ("%", "％")
_FEWEST: Final = 3
"""Of two equal districts each is all the others together."""
_FEWEST_COLUMNS: Final = 2
"""That a figure is the sum of the others in one column may be chance."""


def remarks(tables: Sequence[MatchedTable], read: Sequence[ReadColumn]) -> Iterator[Finding]:
    """Yield what there is to say, table by table and column by column."""
    for table in tables:
        yield from _about_file(table)
    for column in read:
        yield from _about_unit(column)
        yield from _about_spelling(column)
        yield from _about_ratios(column)


def perhaps_totals(
    first: MatchedTable, read: Sequence[ReadColumn], keys: Sequence[str], names: Sequence[str]
) -> Iterator[Finding]:
    """Yield a district that is the sum of the others, in all columns or all but one.

    A row such as 440700 江门市 above its own districts has no word that gives it away.
    """
    if len(keys) < _FEWEST:
        return
    sums = [(column, figures, half) for column in read if (figures := column.numbers) is not None
            and adds_up(column.asked.unit) and (half := figures.total() / 2)]  # fmt: skip
    if len(sums) < _FEWEST_COLUMNS:
        return
    # With one figure off, a total is found in one of the first two columns.
    suspects = sorted({row for _, figures, half in sums[:2] for row in _equal(figures, half)})
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


def _equal(figures: NumberColumn, value: Fraction) -> list[int]:
    """Return the districts whose figure is `value`."""
    there = ~figures.missing
    there[figures.beyond(value, "below")] = False
    there[figures.beyond(value, "above")] = False
    return [int(row) for row in np.flatnonzero(there)]


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


def _about_ratios(column: ReadColumn) -> Iterator[Finding]:
    """Name figures of a column in per cent that look like ratios: 0.14 among 14% and 15%."""
    figures, unit = column.numbers, column.asked.unit
    if figures is None or unit.kinds or unit.scale != Fraction(1, 100) or column.asked.factor != 1:
        return
    small = ~figures.missing
    small[figures.beyond(Fraction(1), "above")] = False
    small[figures.beyond(Fraction(-1), "below")] = False
    small[_equal(figures, Fraction(0))] = False
    if not small.any():
        return
    texts = texts_at(column.table.texts(column.index))
    plain = [row for row in np.flatnonzero(small).tolist() if not texts[row].endswith(_SIGNS)]
    signed = any(text.endswith(_SIGNS) for text in texts)
    others = len(figures) - int(figures.missing.sum()) - len(_equal(figures, Fraction(0)))
    if not plain or (not signed and (len(plain) < others or others < _FEWEST)):
        return
    rows = column.table.rows
    cells = [f"{column.place(rows[row]).cell} “{shown(texts[row])}”" for row in plain]
    cells[_MOST_CELLS:] = ["…"] * (len(cells) > _MOST_CELLS)
    words = {"column": column.title, "count": len(plain), "cells": tuple(cells)}
    code = "table.perhaps_ratios" if signed else "table.perhaps_all_ratios"
    place = column.place(rows[plain[0]])
    yield Finding(code, "warning", "noted", where=place, values=words)
