"""Files that have a row for each district and item: 440703, 低保, 1200.

The rows come in any order. What the engine gets is a column with a figure for every pair, item
after item; a pair without a row is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final, SupportsIndex, overload

import numpy as np
from msgspec import Struct

from transfers.arithmetic.decimals import Indices
from transfers.districts.asides import Aside, find_asides
from transfers.districts.columns import MISSING_MARKS
from transfers.districts.faults import MOST_TOLD, Faults, shown
from transfers.districts.keys import bare, meant_keys
from transfers.districts.matching import (
    MatchedTable,
    ReadColumn,
    TableSpec,
    key_column,
    look_for,
    report_no_column,
)
from transfers.districts.pairs import LongSpec, LongTables
from transfers.districts.raw import RawTable
from transfers.districts.reading import read_input
from transfers.districts.remarks import about_reading
from transfers.findings import Finding

_MOST_UNKNOWN: Final = 10
_MOST_LISTED: Final = 5


class _Known(Struct, frozen=True, eq=False):
    """The keys that one of the columns may hold, and what they are called."""

    keys: Sequence[str]
    names: Sequence[str]
    kind: str
    where: str


class Pairs(Sequence[str]):
    """What goes with the figure of each item and district: the district's text, then the item's.

    >>> list(Pairs(["440703", "440704"], ["低保", "特困"]))
    ['440703 低保', '440704 低保', '440703 特困', '440704 特困']
    """

    def __init__(self, districts: Sequence[str], items: Sequence[str]) -> None:
        self._districts, self._items = districts, items

    def __len__(self) -> int:
        return len(self._districts) * len(self._items)

    @overload
    def __getitem__(self, index: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = index.__index__()
        if not 0 <= at < len(self):
            raise IndexError(at)
        item, district = divmod(at, len(self._districts))
        return f"{self._districts[district]} {self._items[item]}".strip()


def read_long_tables(
    longs: Sequence[tuple[RawTable, LongSpec]],
    number: int,
    spec: TableSpec,
    districts: tuple[Sequence[str], Sequence[str]],
    faults: Faults,
) -> LongTables:
    """Read the columns of files by district and item, numbered from `number` on.

    Parameters
    ----------
    longs : sequence of (RawTable, LongSpec)
    number : int
    spec : TableSpec
        Of the table of districts.
    districts : pair of (N,) sequence of str
        Their keys and names.
    faults : Faults
        Receives what is wrong: keys that are unknown, pairs that are there twice, cells.
    """
    tables: list[MatchedTable] = []
    read: list[ReadColumn] = []
    findings: list[Finding] = []
    for at, (raw, asked) in enumerate(longs, start=number):
        table = MatchedTable(raw, at, [])
        tables.append(table)
        columns = _read_table(table, asked, spec, districts, faults)
        read += columns
        findings += about_reading(table, columns)
        if table.asides:
            findings.append(_left_out(table))
    return LongTables(tuple(tables), tuple(read), tuple(findings))


def _read_table(
    table: MatchedTable,
    asked: LongSpec,
    spec: TableSpec,
    districts: tuple[Sequence[str], Sequence[str]],
    faults: Faults,
) -> list[ReadColumn]:
    keys, names = districts
    key = key_column(table, asked.district, asked.place, faults)
    item = key_column(table, asked.item, asked.place, faults)
    found = []
    for wanted in asked.inputs:
        where = look_for(wanted, [table], keys, faults)
        if where is None:
            report_no_column(wanted.columns, [table], wanted.place, faults)
        else:
            found.append((wanted, where[1]))
    if key is None or item is None:
        return []
    table.spell_out(key, item)
    table.key = key
    known = (
        _Known(keys, names, "district", spec.file),
        _Known(asked.items, asked.item_names, "item", asked.list_name),
    )
    table.rows = _rows_of_pairs(table, (key, item), known, faults)
    pairs = Pairs(keys, [""] * len(asked.items)), Pairs(names, asked.item_names)
    return [read_input(w, (table, i), spec.currency, pairs, faults) for w, i in found]


class _Codes(dict[str, int]):
    """The number of each key; -1 for what is none."""

    def __missing__(self, key: str) -> int:
        return -1


def _rows_of_pairs(
    table: MatchedTable,
    columns: tuple[int, int],
    known: tuple[_Known, _Known],
    faults: Faults,
) -> Sequence[int]:
    """Return the row of each pair, item after item; -1 where it has none."""
    raw = table.raw
    codes = []
    for column, of in zip(columns, known, strict=True):
        code_of = _Codes((key, code) for code, key in enumerate(of.keys))
        texts = raw.columns[column]
        read = map(code_of.__getitem__, texts)
        codes.append(np.fromiter(read, dtype=np.int64, count=len(texts)))
    astray = np.flatnonzero((codes[0] < 0) | (codes[1] < 0))
    if len(astray):
        _report_astray(table, columns, known, astray, faults)
    count = len(known[0].keys)
    rows = np.flatnonzero((codes[0] >= 0) & (codes[1] >= 0))
    pairs = codes[1][rows] * count + codes[0][rows]
    row_of = np.full(count * len(known[1].keys), -1, dtype=np.int64)
    row_of[pairs[::-1]] = rows[::-1]  # of several rows the first stays
    twice = row_of[pairs] != rows
    if twice.any():
        _report_twice(table, columns, rows[twice], row_of[pairs[twice]], faults)
    return row_of.tolist()


def _report_twice(
    table: MatchedTable, columns: tuple[int, int], rows: Indices, first: Indices, faults: Faults
) -> None:
    raw = table.raw
    for row, before in zip(rows[:MOST_TOLD].tolist(), first.tolist(), strict=False):
        district, item = (shown(raw.columns[column][row]) for column in columns)
        words = {"key": district, "item": item, "line": int(raw.line_of_row[before])}
        place = raw.place(row, columns[0])
        faults.add("table.pair_twice", place, table=table.number, **words)
    if len(rows) > MOST_TOLD:
        faults.add_many((), count=len(rows) - MOST_TOLD)


def _report_astray(
    table: MatchedTable,
    columns: tuple[int, int],
    known: tuple[_Known, _Known],
    rows: Indices,
    faults: Faults,
) -> None:
    """Report rows of no known pair, but for those that are totals, notes and the like."""
    table.asides = find_asides(table.raw, *columns)
    left_out = {aside.row for aside in table.asides}
    kept = [row for row in rows.tolist() if row not in left_out]
    table.asides = [aside for aside in table.asides if aside.row in set(rows.tolist())]
    for column, of in zip(columns, known, strict=True):
        _report_unknown(table, column, of, kept, faults)


def _report_unknown(
    table: MatchedTable, column: int, known: _Known, rows: Sequence[int], faults: Faults
) -> None:
    """Report the keys of a column that are not known: each once, with its number of rows."""
    raw, keys = table.raw, set(known.keys)
    rows_of: dict[str, list[int]] = {}
    for row in rows:
        text = raw.columns[column][row]
        if text not in keys:
            rows_of.setdefault("" if text in MISSING_MARKS else text, []).append(row)
    blank = rows_of.pop("", [])
    for row in blank[:_MOST_UNKNOWN]:
        words: dict[str, object] = {"column": shown(raw.header[column])}
        place = raw.place(row, column)
        faults.add(f"table.pair_without_{known.kind}", place, table=table.number, **words)
    if len(blank) > _MOST_UNKNOWN:
        faults.add_many((), count=len(blank) - _MOST_UNKNOWN)
    if not rows_of:
        return
    meant_by = {**dict(zip(known.names, known.keys, strict=True)), **meant_keys(known.keys)}
    for text, where in islice(rows_of.items(), _MOST_UNKNOWN):
        meant = meant_by.get(text) or meant_by.get(bare(text)) or _near(text, known.keys)
        code = f"table.pair_{known.kind}_unknown" + ("" if meant is None else "_meant")
        words = {
            "key": shown(text),
            "count": len(where),
            "where": known.where,
            "meant": meant or "",
        }
        faults.add(code, raw.place(where[0], column), table=table.number, **words)
    others = list(islice(rows_of.values(), _MOST_UNKNOWN, None))
    if others:
        words = {
            "keys": len(others),
            "count": sum(map(len, others)),
            "where": known.where,
        }
        place = raw.place(others[0][0], column)
        faults.add(f"table.pair_{known.kind}s_unknown", place, table=table.number, **words)


def _near(text: str, keys: Sequence[str]) -> str | None:
    """Return the key that a word was most likely meant to be; codes of digits are not guessed."""
    if text.isdigit() or len(text) > 40:
        return None
    from difflib import get_close_matches

    return next(iter(get_close_matches(text, keys[:5_000], 1, 0.7)), None)


def _left_out(table: MatchedTable) -> Finding:
    """Say which rows belong to no district and item."""
    raw = table.raw

    def label(aside: Aside) -> str:
        return f"{shown(aside.label)} ({raw.line_of_row[aside.row]})"

    labels = [label(aside) for aside in table.asides[:_MOST_LISTED]]
    labels += ["…"] * (len(table.asides) > _MOST_LISTED)
    words: dict[str, object] = {"count": len(table.asides), "labels": tuple(labels)}
    place = raw.place_at(int(raw.line_of_row[table.asides[0].row]))
    return Finding("table.pairs_left_out", "note", "noted", where=place, values=words)
