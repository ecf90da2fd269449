"""Districts: the rows of one table, or of several joined on the key, in typed columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import lt

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from transfers.arithmetic.decimals import Indices, Ints
from transfers.districts.columns import (
    MISSING_MARKS,
    CellFault,
    Column,
    InputSpec,
    read_column,
)
from transfers.districts.covered import covered_cells
from transfers.districts.faults import Faults, shown
from transfers.districts.matching import (
    MatchedTable,
    ReadColumn,
    TableSpec,
    find_column,
    first_table,
    joined_table,
)
from transfers.districts.raw import RawTable
from transfers.districts.remarks import parts_with_keys, perhaps_totals, remarks
from transfers.districts.sheet import Looks
from transfers.errors import Fault, Place
from transfers.findings import Finding
from transfers.messages import Phrase
from transfers.units import Unit, parse_unit


class Source(Struct, frozen=True, eq=False):
    """A file that districts came from.

    Parameters
    ----------
    file, sha256, encoding : str
    line_of_district : (N,) int64
        0 where the file has no row for a district.
    sheet : str
        Of a workbook.
    """

    file: str
    sha256: str
    encoding: str
    line_of_district: Ints
    sheet: str = ""


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
    findings : tuple of Finding
        What there is to say about how the tables were read.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    key_order: Indices
    columns: Mapping[str, Column]
    sources: tuple[Source, ...]
    cells: Mapping[str, tuple[int, int]]
    findings: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the first table's bytes."""
        return self.sources[0].sha256

    @property
    def encoding(self) -> str:
        """Return what the first table turned out to be."""
        return self.sources[0].encoding

    def place(self, name: str, district: int) -> Place:
        """Return where the figure of a district stands; the row's key if it has none there."""
        number, column = self.cells[name]
        source = self.sources[number]
        line = int(source.line_of_district[district])
        if line == 0 and name:
            return self.place("", district)
        return Place(source.file, line, column, sheet=source.sheet)


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
    first, key = first_table(raw, spec, faults)
    known = None if key is None else first.texts(key)
    if key is not None and known is not None:
        _report_unread(first, key, faults, (known, known))
    tables = [first] + [
        joined_table(table, number, spec, first, known, faults)
        for number, table in enumerate(joined, start=1)
    ]
    keys: Sequence[str] = [""] * len(first.rows) if known is None else known
    names = _names(tables, spec, keys, faults)
    read: list[ReadColumn] = []
    for asked in inputs:
        found = find_column(asked, tables, keys, faults)
        if found is not None:
            read.append(_read(asked, found, spec.currency, (keys, names), faults))
    _report_strays(first, read, keys, faults)
    faults.raise_any()
    return Districts(
        tuple(keys),
        tuple(names),
        _ranks(keys),
        {column.asked.name: column.figures for column in read},
        tuple(map(_source, tables)),
        {
            "": (0, (key or 0) + 1),
            **{column.asked.name: (column.table.number, column.index + 1) for column in read},
        },
        (
            *remarks(tables, read),
            *perhaps_totals(first, read, keys, names),
            *parts_with_keys(first, keys, names),
            *_looks(tables, read, names),
            *_sums(tables, read, keys, names),
        ),
    )


def _ranks(keys: Sequence[str]) -> Indices:
    """Return the rank of each key, all of them different."""
    ranks = np.arange(len(keys))
    if not all(map(lt, keys, islice(keys, 1, None))):
        ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def _sums(
    tables: Sequence[MatchedTable],
    read: Sequence[ReadColumn],
    keys: Sequence[str],
    names: Sequence[str],
) -> Iterator[Finding]:
    """Hold totals and sums against their parts, where a table has any."""
    if any(table.asides for table in tables) or any(column.adds_up for column in read):
        from transfers.districts.totals import check_sums  # only where there is something to add

        yield from check_sums(tables, read, keys, names)


def _report_strays(
    first: MatchedTable, read: Sequence[ReadColumn], keys: Sequence[str], faults: Faults
) -> None:
    """Report rows below a gap at the end of a table that have none of the figures asked for."""
    if not read:
        return
    blank = np.logical_and.reduce([column.figures.missing for column in read])
    filled = np.flatnonzero(~blank)
    start = int(filled[-1]) + 1 if len(filled) else len(blank)
    if start == 0 or start == len(blank):
        return
    before, line = (int(first.raw.line_of_row[first.rows[row]]) for row in (start - 1, start))
    if line - before == 1:
        return
    place = first.raw.place_at(line)
    faults.add("table.strays", place, count=len(blank) - start, key=shown(keys[start]))


def _looks(
    tables: Sequence[MatchedTable], read: Sequence[ReadColumn], names: Sequence[str]
) -> Iterator[Finding]:
    """Say what a workbook hides, or shows otherwise than it holds."""
    if any(table.raw.looks != Looks() for table in tables):
        from transfers.districts.appearance import about_looks  # only for some workbooks

        yield from about_looks(tables, read, names)


def _names(
    tables: Sequence[MatchedTable], spec: TableSpec, keys: Sequence[str], faults: Faults
) -> Sequence[str]:
    """Return a name for each district: its key where it has none."""
    if not spec.name:
        return keys
    found = find_column(InputSpec("", spec.name, "text", place=spec.place), tables, keys, faults)
    if found is None:
        return keys
    texts = found[0].texts(found[1])
    if MISSING_MARKS.isdisjoint(texts):
        return texts
    pairs = zip(texts, keys, strict=True)
    return [key if text in MISSING_MARKS else text for text, key in pairs]


def _read(
    asked: InputSpec,
    found: tuple[MatchedTable, int],
    currency: str,
    districts: tuple[Sequence[str], Sequence[str]],
    faults: Faults,
) -> ReadColumn:
    """Read the column of an input, in the unit the table states for it."""
    table, index = found
    stated, place = stated_unit(asked, table, index, currency, faults)
    if stated is not None and not stated.same_kind(asked.unit):
        words = {
            "column": shown(table.raw.header[index]),
            "stated": stated.label,
            "declared": asked.unit.label,
        }
        faults.add("table.unit_kind", place, table=table.number, **words)
    elif stated is not None:
        percent = None if stated.kinds else 1 / stated.scale
        factor = stated.scale / asked.unit.scale
        asked = replace(asked, factor=factor, percent=percent)
    if asked.kind != "number":
        table.spell_out(index)
    _report_unread(table, index, faults, districts, is_number=asked.kind == "number")
    figures, wrong, respelt = read_column(table.texts(index), asked)
    for fault in wrong:
        told = _cell_faults(fault, asked, found, *districts)
        faults.add_many(told, count=len(fault.rows), table=table.number)
    where = place if stated else None
    return ReadColumn(asked, table, index, figures, respelt, where, stated, currency)


def stated_unit(
    asked: InputSpec, table: MatchedTable, index: int, currency: str, faults: Faults
) -> tuple[Unit | None, Place]:
    """Return the unit in which a table says a column is, and where it says so.

    In the row of units or in brackets behind a heading; else above the table, where the unit is
    of the declared kind; several such that differ are reported. None where the table says nothing
    or nothing is declared.
    """
    raw = table.raw
    name = raw.head.names[index]
    place = raw.place_at(raw.header_line, index + 1)
    if asked.kind != "number" or not asked.unit.label:
        return None, place
    if name.unit:
        unit = parse_unit(name.unit, currency)
        if not unit.kinds and unit.scale > 1:  # 万 alone is so many of what is declared
            unit = Unit(asked.unit.kinds, unit.scale, label=name.unit)
        return unit, place
    found = [
        (unit, raw.place_at(line, column))
        for text, line, column in raw.head.stated
        if (unit := parse_unit(text, currency)).kinds and unit.same_kind(asked.unit)
    ]
    if len({unit.scale for unit, _ in found}) > 1:
        stated = tuple(dict.fromkeys(unit.label for unit, _ in found))
        values = {"column": shown(raw.header[index]), "stated": stated, "example": stated[0]}
        faults.add("table.units_differ", found[-1][1], table=table.number, **values)
    return found[0] if found else (None, place)


def _report_unread(
    table: MatchedTable,
    index: int,
    faults: Faults,
    districts: tuple[Sequence[str], Sequence[str]],
    *,
    is_number: bool = False,
) -> None:
    """Report cells that have nothing to read for a district of their own.

    A column of numbers tells itself of formulas without a result.
    """
    raw = table.raw
    covered = covered_cells(raw, index) if raw.merged else {}
    if not raw.unread and not covered:
        return
    for district, row in enumerate(table.rows):
        code = raw.unread.get((int(raw.line_of_row[row]), index + 1)) if row >= 0 else None
        if row in covered and index != table.key:
            code = "table.merged"
        if code is None or (is_number and code == "table.no_result"):
            continue
        key, name = (shown(texts[district]) for texts in districts)
        values = {
            "district": _called(key, name, raw.line_of_row[row]),
            "column": shown(raw.header[index]),
            "value": shown(raw.columns[index][row]),
            "cell": covered[row].cell if row in covered else "",
        }
        faults.add(code, raw.place(row, index), table=table.number, **values)


def _cell_faults(
    fault: CellFault,
    asked: InputSpec,
    found: tuple[MatchedTable, int],
    keys: Sequence[str],
    names: Sequence[str],
) -> Iterator[Fault]:
    """Put a column's faults into words and places, district by district."""
    table, column = found
    for district in fault.rows:
        row = table.rows[district]
        key, name = shown(keys[district]), shown(names[district])
        values = {
            **fault.values,
            "district": _called(key, name, table.raw.line_of_row[row] if row >= 0 else 0),
            "column": table.raw.header[column],
            "value": shown(table.raw.columns[column][row] if row >= 0 else ""),
        }
        place = table.raw.place(row, column) if row >= 0 else asked.place
        yield Fault(f"table.{fault.code}", place, values)


def _called(key: str, name: str, line: int) -> str | Phrase:
    """Return what a district goes by: key and name, or the row it stands in."""
    called = " ".join(dict.fromkeys(filter(None, (key, name))))
    return called or Phrase("table.nameless", {"line": int(line)})


def _source(table: MatchedTable) -> Source:
    raw = table.raw
    lines = np.asarray(raw.line_of_row, dtype=np.int64)
    if table.rows != range(len(raw)):
        rows = np.asarray(table.rows, dtype=np.intp)
        lines = np.where(rows >= 0, lines[rows], 0)
    return Source(raw.file, raw.sha256, raw.encoding, lines, raw.sheet)
