"""Districts: the rows of one table, or of several joined on the key, in typed columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import lt
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from transfers.arithmetic.decimals import Indices, Ints
from transfers.districts.changed import FigureChange
from transfers.districts.columns import (
    MISSING_MARKS,
    Column,
    InputSpec,
)
from transfers.districts.faults import Faults, shown
from transfers.districts.matching import (
    MatchedTable,
    ReadColumn,
    TableSpec,
    find_column,
    first_table,
    joined_table,
    look_for,
)
from transfers.districts.pairs import MOST_PAIRS, LongSpec, LongTables
from transfers.districts.raw import RawTable
from transfers.districts.reading import read_input, report_unread
from transfers.districts.remarks import parts_with_keys, perhaps_totals, remarks
from transfers.districts.sheet import Looks
from transfers.districts.stacking import stacked_inputs
from transfers.errors import Place
from transfers.findings import Finding

MOST_LISTED: Final = 20


class Source(Struct, frozen=True, eq=False):
    """A file that districts came from.

    Parameters
    ----------
    file, sha256, encoding : str
    line_of_district : (N,) int64
        0 where the file has no row for a district. (K*N,) of a file with a row for each item and
        district; of other files that a policy reads, the line of each row.
    sheet : str
        Of a workbook.
    """

    file: str
    sha256: str
    encoding: str
    line_of_district: Ints
    sheet: str = ""

    @classmethod
    def of(cls, raw: RawTable) -> Source:
        """Return the source of a table, each of whose rows stands for one of what it lists."""
        lines = np.asarray(raw.line_of_row, dtype=np.int64)
        return cls(raw.file, raw.sha256, raw.encoding, lines, raw.sheet)


class Districts(Struct, frozen=True, eq=False):
    """The districts, in the order of the table.

    Parameters
    ----------
    keys, names : (N,) tuple of str
    key_order : (N,) intp
        Rank of each district's key, compared by code point.
    columns : mapping of str to Column
        By name of the input. That of an input over a list of K items has K*N figures: the figure
        of item k and district i is at k*N + i.
    sources : tuple of Source
        The first table, then those joined, then files by district and item, then those of lists.
    cells : mapping of str to (int, int)
        Number of the source and of the column, from 1, that an input came from. "" is the key.
    findings : tuple of Finding
        What there is to say about how the tables were read.
    item_cells : mapping of str to tuple of (int, int), length K
        The same for each item of an input that has a column for each.
    settings : mapping of path to value, optional
        What of the policy decided which files, columns and rows were read; None where no policy
        was asked.
    changes : tuple of FigureChange
        What was changed since the tables were read.
    as_read : mapping of str to Column
        The columns that were changed, as the tables have them.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    key_order: Indices
    columns: Mapping[str, Column]
    sources: tuple[Source, ...]
    cells: Mapping[str, tuple[int, int]]
    findings: tuple[Finding, ...] = ()
    item_cells: Mapping[str, tuple[tuple[int, int], ...]] = {}
    settings: Mapping[str, object] | None = None
    changes: tuple[FigureChange, ...] = ()
    as_read: Mapping[str, Column] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def __repr__(self) -> str:
        return f"<Districts {len(self)} of {self.sources[0].file}>"

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the first table's bytes."""
        return self.sources[0].sha256

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Return every file that was read, with the SHA-256 of its bytes; each once."""
        return tuple(dict.fromkeys((source.file, source.sha256) for source in self.sources))

    @property
    def encoding(self) -> str:
        """Return what the first table turned out to be."""
        return self.sources[0].encoding

    def place(self, name: str, index: int) -> Place:
        """Return where the figure of a district stands, or was set in place of the table's.

        Of an input over a list, `index` is that of the figure in its column.
        """
        for change in reversed(self.changes):
            if change.name == name and change.has(index):
                return change.place
        return self.place_in_table(name, index)

    def place_in_table(self, name: str, index: int) -> Place:
        """Return where the tables have the figure of a district; the row's key if they have none.

        Of an input over a list, where no row of the file of rows has the pair, it is the file.
        """
        count = len(self)
        items = self.item_cells.get(name)
        number, column = self.cells[name] if items is None else items[index // count]
        source = self.sources[number]
        row = index if items is None else index % count
        line = int(source.line_of_district[row])
        if line == 0 and len(source.line_of_district) != count:
            return Place(source.file, sheet=source.sheet)  # rows by district and item: none has it
        if line == 0 and name:
            return self.place_in_table("", index % count)
        return Place(source.file, line, column, sheet=source.sheet)

    def has_cell(self, name: str, index: int) -> bool:
        """Tell whether the tables have a cell for a figure, be it blank."""
        return self.place_in_table(name, index).line is not None


def build_districts(
    raw: RawTable,
    joined: Sequence[RawTable],
    spec: TableSpec,
    inputs: Sequence[InputSpec],
    longs: Sequence[tuple[RawTable, LongSpec]] = (),
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
        Those of an input over a list in the order of its items.
    longs : sequence of (RawTable, LongSpec)
        Files that have a row for each district and item.

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
        report_unread(first, key, faults, (known, known))
    tables = [first] + [
        joined_table(table, number, spec, first, known, faults)
        for number, table in enumerate(joined, start=1)
    ]
    keys: Sequence[str] = [""] * len(first.rows) if known is None else known
    names = _names(tables, spec, keys, faults)
    _check_size(keys, inputs, longs, spec, faults)
    found = _find_columns(inputs, tables, keys, faults)
    read = [read_input(*pair, spec.currency, (keys, names), faults) for pair in found]
    _report_strays(first, read, keys, faults)
    by_rows = _read_long(longs, len(tables), spec, known, names, faults)
    faults.raise_any()
    columns, cells, item_cells = stacked_inputs([*read, *by_rows.read])
    return Districts(
        tuple(keys),
        tuple(names),
        ranks(keys),
        columns,
        tuple(map(_source, [*tables, *by_rows.tables])),
        {"": (0, (key or 0) + 1), **cells},
        (
            *remarks(tables, read),
            *perhaps_totals(first, read, keys, names),
            *parts_with_keys(first, keys, names),
            *_looks(tables, read, names),
            *_sums(tables, read, keys, names),
            *by_rows.findings,
        ),
        item_cells,
    )


def _check_size(
    keys: Sequence[str],
    inputs: Sequence[InputSpec],
    longs: Sequence[tuple[RawTable, LongSpec]],
    spec: TableSpec,
    faults: Faults,
) -> None:
    """Refuse more pairs of districts and items than can be held."""
    of_items = sum(asked.item is not None for asked in inputs)
    of_items += sum(len(asked.items) * len(asked.inputs) for _, asked in longs)
    if of_items * len(keys) > MOST_PAIRS:
        words = {"districts": len(keys), "figures": of_items, "most": f"{MOST_PAIRS:,}"}
        faults.add("table.too_many_pairs", spec.place, table=-1, **words)
        faults.raise_any()


def _find_columns(
    inputs: Sequence[InputSpec],
    tables: Sequence[MatchedTable],
    keys: Sequence[str],
    faults: Faults,
) -> list[tuple[InputSpec, tuple[MatchedTable, int]]]:
    """Return where each column is; items of a list that have none are reported in one go."""
    found = []
    absent: dict[str, list[InputSpec]] = {}
    for asked in inputs:
        seek = find_column if asked.item is None else look_for
        where = seek(asked, tables, keys, faults)
        if where is not None:
            found.append((asked, where))
        elif asked.item is not None:
            absent.setdefault(asked.name, []).append(asked)
    for name, parts in absent.items():
        listed = [f"{shown(part.item or '')} ({part.columns[0]})" for part in parts[:MOST_LISTED]]
        words = {
            "name": name,
            "count": len(parts),
            "items": (*listed, *["…"] * (len(parts) > MOST_LISTED)),
            "file": " + ".join(table.raw.file for table in tables),
        }
        faults.add("table.items_without_column", parts[0].place, table=-1, **words)
    return found


def _read_long(
    longs: Sequence[tuple[RawTable, LongSpec]],
    number: int,
    spec: TableSpec,
    keys: Sequence[str] | None,
    names: Sequence[str],
    faults: Faults,
) -> LongTables:
    """Read the files that have a row for each district and item, numbered from `number` on."""
    if not longs or keys is None:
        return LongTables()
    from transfers.districts.long import read_long_tables  # only for those who have such files

    return read_long_tables(longs, number, spec, (keys, names), faults)


def ranks(keys: Sequence[str]) -> Indices:
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
    between = sum(before < left_out < line for left_out in first.raw.left_out)
    if line - before - between == 1:
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


def _source(table: MatchedTable) -> Source:
    raw, rows = table.raw, table.rows
    source = Source.of(raw)
    if not (isinstance(rows, range) and rows == range(len(raw))):
        chosen = np.asarray(rows, dtype=np.intp)
        lines = np.where(chosen >= 0, source.line_of_district[chosen], 0)
        return replace(source, line_of_district=lines)
    return source
