"""Districts: the rows of one table, or of several joined on the key, in typed columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import lt
from typing import Final
from unicodedata import normalize

import numpy as np
from msgspec import Struct, structs

from transfers.arithmetic.decimals import Indices, Ints
from transfers.districts.columns import MISSING_MARKS, CellFault, Column, InputSpec, read_column
from transfers.districts.csv_column import CsvColumn, texts_at
from transfers.districts.faults import Faults, shown
from transfers.districts.keys import bare, district_rows, meant_keys
from transfers.districts.raw import RawTable
from transfers.errors import Fault, Place

_MOST_UNKNOWN: Final = 10
_MOST_LISTED: Final = 30


class JoinSpec(Struct, frozen=True):
    """A table to be joined: its file and the column that holds the key."""

    file: str
    key: str
    place: Place = Place()


class TableSpec(Struct, frozen=True):
    """What a policy says of its table of districts.

    Parameters
    ----------
    file : str
        The first table.
    key : str
        Its column of keys.
    name : str, optional
        The column of names, in whichever table; a district without a name goes by its key.
    joins : tuple of JoinSpec
        Tables that add columns.
    identical_rows : bool
        Of rows equal in every cell keep one, instead of refusing the key that is there twice.
    place : Place
        Where the policy says so.
    """

    file: str
    key: str
    name: str | None = None
    joins: tuple[JoinSpec, ...] = ()
    identical_rows: bool = False
    place: Place = Place()


class Source(Struct, frozen=True, eq=False):
    """A file that districts came from.

    Parameters
    ----------
    file, sha256, encoding : str
    line_of_district : (N,) int64
        0 where the file has no row for a district.
    """

    file: str
    sha256: str
    encoding: str
    line_of_district: Ints


class Districts(Struct, frozen=True, eq=False):
    """The districts, in the order of the table.

    Parameters
    ----------
    keys, names : (N,) tuple of str
    key_order : (N,) intp
        Rank of each district's key, compared by code point.
    columns : mapping of str to Column
        By name of the input.
    sources : tuple of Source
        The first table, then those joined.
    cells : mapping of str to (int, int)
        Number of the source and of the column, from 1, that an input came from. "" is the key.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    key_order: Indices
    columns: Mapping[str, Column]
    sources: tuple[Source, ...]
    cells: Mapping[str, tuple[int, int]]

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the first table's bytes."""
        return self.sources[0].sha256

    @property
    def encoding(self) -> str:
        """Return the encoding the first table turned out to have."""
        return self.sources[0].encoding

    def place(self, name: str, district: int) -> Place:
        """Return where the figure of a district stands; the row's key if it has none there."""
        source, column = self.cells[name]
        line = int(self.sources[source].line_of_district[district])
        return (
            self.place("", district)
            if line == 0
            else Place(self.sources[source].file, line, column)
        )


class _Sheet(Struct, eq=False):
    """A raw table whose rows are matched with the districts: `rows` holds -1 for no row."""

    raw: RawTable
    number: int
    rows: Sequence[int]

    def column(self, name: str) -> int | None:
        wanted = normalize("NFC", name.strip())
        return self.raw.header.index(wanted) if wanted in self.raw.header else None

    def spell_out(self, *columns: int | None) -> None:
        """Make Python texts of columns that are asked for more than once."""
        held = list(self.raw.columns)
        for column in columns:
            if column is not None:
                held[column] = texts_at(held[column])
        self.raw = structs.replace(self.raw, columns=tuple(held))

    def texts(self, column: int) -> Sequence[str]:
        cells = self.raw.columns[column]
        if self.rows == range(len(cells)):
            return cells
        if isinstance(cells, CsvColumn):
            return cells.at(self.rows)
        return [cells[row] if row >= 0 else "" for row in self.rows]


def build_districts(
    raw: RawTable, joined: Sequence[RawTable], spec: TableSpec, inputs: Sequence[InputSpec]
) -> Districts:
    """Type, check and join tables into districts.

    Parameters
    ----------
    raw : RawTable
        The first table: its rows are the districts.
    joined : sequence of RawTable
        As many as `spec.joins`.
    spec : TableSpec
    inputs : sequence of InputSpec

    Returns
    -------
    Districts

    Raises
    ------
    TableError
        With every fault of keys, columns and cells, 50 at most and a count of the others.
    """
    faults = Faults()
    sheets = [_Sheet(raw, 0, range(len(raw)))]
    for number, table in enumerate(joined, start=1):
        sheets.append(_Sheet(table, number, [-1] * len(raw)))
    key = _key_column(sheets[0], spec.key, spec.place, faults)
    name = None if spec.name is None else sheets[0].column(spec.name)
    keys: Sequence[str] = [""] * len(raw)
    sheets[0].spell_out(key, name)
    raw = sheets[0].raw
    if key is not None:
        keep_one = spec.identical_rows
        rows = district_rows(raw, key, name, keep_one=keep_one, table=0, faults=faults)
        sheets[0].rows = rows if len(rows) < len(raw) else range(len(raw))
        keys = sheets[0].texts(key)
        for sheet, join in zip(sheets[1:], spec.joins, strict=True):
            _match(sheet, join, spec, keys, faults)
    names = _names(sheets, spec, keys, faults)
    columns: dict[str, Column] = {}
    cells = {"": (0, (key or 0) + 1)}
    for asked in inputs:
        found = _find(asked, sheets, keys, faults)
        if found is None:
            continue
        sheet, index = found
        columns[asked.name], wrong = read_column(sheet.texts(index), asked)
        cells[asked.name] = (sheet.number, index + 1)
        for fault in wrong:
            told = _cell_faults(fault, asked, found, keys, names)
            faults.add_many(told, count=len(fault.rows), table=sheet.number)
    faults.raise_any()
    sources = tuple(_source(sheet) for sheet in sheets)
    return Districts(tuple(keys), tuple(names), _ranks(keys), columns, sources, cells)


def _ranks(keys: Sequence[str]) -> Indices:
    """Return the rank of each key, all of them different."""
    ranks = np.arange(len(keys))
    if not all(map(lt, keys, islice(keys, 1, None))):
        ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def _key_column(sheet: _Sheet, key: str, place: Place, faults: Faults) -> int | None:
    index = sheet.column(key)
    if index is None:
        _no_column((key,), [sheet], place, faults)
    return index


def _names(
    sheets: Sequence[_Sheet], spec: TableSpec, keys: Sequence[str], faults: Faults
) -> Sequence[str]:
    """Return a name for each district: its key where it has none."""
    if spec.name is None:
        return keys
    found = _find(InputSpec("", (spec.name,), "text", place=spec.place), sheets, keys, faults)
    if found is None:
        return keys
    texts = found[0].texts(found[1])
    if MISSING_MARKS.isdisjoint(texts):
        return texts
    pairs = zip(texts, keys, strict=True)
    return [key if text in MISSING_MARKS else text for text, key in pairs]


def _match(
    sheet: _Sheet, join: JoinSpec, spec: TableSpec, keys: Sequence[str], faults: Faults
) -> None:
    """Match the rows of a joined table with the districts."""
    matched = sheet.rows = [-1] * len(keys)
    place = spec.place if join.place == Place() else join.place
    key = _key_column(sheet, join.key, place, faults)
    if key is None:
        return
    sheet.spell_out(key)
    raw, number = sheet.raw, sheet.number
    rows = district_rows(raw, key, None, keep_one=spec.identical_rows, table=number, faults=faults)
    position = {text: district for district, text in enumerate(keys)}
    unknown = []
    for row in rows:
        text = raw.columns[key][row]
        if text in position:
            matched[position[text]] = row
        elif text:
            unknown.append(row)
    meant_by_bare = meant_keys(keys) if unknown else {}
    for row in unknown[:_MOST_UNKNOWN]:
        text = raw.columns[key][row]
        meant = meant_by_bare.get(bare(text))
        code = "table.key_unknown" if meant is None else "table.key_unknown_meant"
        values = {"key": shown(text), "file": spec.file, "meant": meant}
        faults.add(code, raw.place(row, key), table=number, **values)
    if len(unknown) > _MOST_UNKNOWN:
        place = raw.place(unknown[_MOST_UNKNOWN], key)
        count = len(unknown) - _MOST_UNKNOWN
        faults.add("table.keys_unknown", place, table=number, count=count, file=spec.file)


def _find(
    asked: InputSpec, sheets: Sequence[_Sheet], keys: Sequence[str], faults: Faults
) -> tuple[_Sheet, int] | None:
    """Return the table and the column of an input; report one that is not there or ambiguous."""
    for name in asked.columns:
        found = [(sheet, index) for sheet in sheets if (index := sheet.column(name)) is not None]
        if found:
            for other in found[1:]:
                _report_difference(name, found[0], other, keys, faults)
            return found[0]
    _no_column(asked.columns, sheets, asked.place, faults)
    return None


def _report_difference(
    name: str,
    first: tuple[_Sheet, int],
    other: tuple[_Sheet, int],
    keys: Sequence[str],
    faults: Faults,
) -> None:
    """Report a column that two tables have with different texts."""
    (sheet, index), (twin, twin_index) = first, other
    mine, theirs = sheet.texts(index), twin.texts(twin_index)
    for district, row in enumerate(twin.rows):
        if row >= 0 and mine[district] != theirs[district]:
            faults.add(
                "table.column_twice",
                twin.raw.place(row, twin_index),
                table=twin.number,
                column=name,
                file=sheet.raw.file,
                district=shown(keys[district]),
                value=shown(mine[district]),
                twin=shown(theirs[district]),
            )
            return


def _no_column(
    wanted: Sequence[str], sheets: Sequence[_Sheet], place: Place, faults: Faults
) -> None:
    """Report a column that no table has, with those there are and the nearest of them."""
    from difflib import get_close_matches

    there = list(dict.fromkeys(name for sheet in sheets for name in sheet.raw.header))
    by_plain = {name.casefold(): name for name in there}
    near = [
        by_plain[match]
        for name in wanted
        for match in get_close_matches(name.casefold(), by_plain, n=1)
    ]
    listed = ", ".join(map(shown, there[:_MOST_LISTED])) + (", …" * (len(there) > _MOST_LISTED))
    faults.add(
        "table.no_column_near" if near else "table.no_column",
        place,
        table=-1,
        column=" / ".join(wanted),
        file=" + ".join(sheet.raw.file for sheet in sheets),
        columns=listed,
        nearest=near[0] if near else "",
    )


def _cell_faults(
    fault: CellFault,
    asked: InputSpec,
    found: tuple[_Sheet, int],
    keys: Sequence[str],
    names: Sequence[str],
) -> Iterator[Fault]:
    """Put a column's faults into words and places, district by district."""
    sheet, column = found
    for district in fault.rows:
        row = sheet.rows[district]
        key, name = shown(keys[district]), shown(names[district])
        values = {
            **fault.values,
            "district": " ".join(dict.fromkeys(filter(None, (key, name)))) or "?",
            "column": sheet.raw.header[column],
            "value": shown(sheet.raw.columns[column][row] if row >= 0 else ""),
        }
        place = sheet.raw.place(row, column) if row >= 0 else asked.place
        yield Fault(f"table.{fault.code}", place, values)


def _source(sheet: _Sheet) -> Source:
    raw = sheet.raw
    lines = np.asarray(raw.line_of_row, dtype=np.int64)
    if sheet.rows != range(len(raw)):
        rows = np.asarray(sheet.rows, dtype=np.intp)
        lines = np.where(rows >= 0, lines[rows], 0)
    return Source(raw.file, raw.sha256, raw.encoding, lines)
