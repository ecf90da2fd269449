"""Tables matched with the districts: which row is whose, which column answers to which input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from transfers.districts.asides import Aside, find_asides, headers_again, is_header
from transfers.districts.columns import Column, InputSpec, NumberColumn, Respelt
from transfers.districts.csv_column import CsvColumn
from transfers.districts.faults import Faults, shown
from transfers.districts.keys import bare, district_rows, meant_keys
from transfers.districts.raw import RawTable
from transfers.errors import Place
from transfers.units import Unit
from transfers.written import read_back

_MOST_UNKNOWN: Final = 10
_MOST_LISTED: Final = 30


class JoinSpec(Struct, frozen=True):
    """A table to be joined: its file and what its column of keys may be called."""

    file: str
    key: tuple[str, ...]
    place: Place = Place()


class TableSpec(Struct, frozen=True):
    """What a policy says of its table of districts.

    Parameters
    ----------
    file : str
        The first table.
    key : tuple of str
        What its column of keys may be called; the first that is there wins.
    name : tuple of str
        What the column of names may be called, in whichever table; a district without a name
        goes by its key.
    joins : tuple of JoinSpec
        Tables that add columns.
    identical_rows : bool
        Of rows equal in every cell keep one, instead of refusing the key that is there twice.
    place : Place
        Where the policy says so.
    currency : str
        In which money is counted, for units that only say 万.
    """

    file: str
    key: tuple[str, ...]
    name: tuple[str, ...] = ()
    joins: tuple[JoinSpec, ...] = ()
    identical_rows: bool = False
    place: Place = Place()
    currency: str = "CNY"


class MatchedTable(Struct, eq=False):
    """A raw table whose rows are matched with the districts.

    Parameters
    ----------
    number : int
        0 for the first table, then the joins.
    rows : (N,) sequence of int
        Row of each district; -1 where the table has none.
    asides : list of Aside
        Rows that stand for no district.
    key : int
        The column of keys; -1 where there is none.
    """

    raw: RawTable
    number: int
    rows: Sequence[int]
    asides: list[Aside] = []
    key: int = -1

    def column(self, name: str, faults: Faults) -> int | None:
        """Return the column that answers to a name; report several that do equally."""
        found = self.raw.head.columns_named(name)
        if len(found) > 1:
            named = [shown(self.raw.header[index]) for index in found]
            place = self.raw.place_at(self.raw.header_line, found[1] + 1)
            first = self.raw.place_at(self.raw.header_line, found[0] + 1)
            code = "column_ambiguous" if len(set(named)) > 1 else "column_repeated"
            values = {"column": name, "columns": ", ".join(named), "first": first.cell}
            faults.add(f"table.{code}", place, table=self.number, **values)
        return found[0] if found else None

    def spell_out(self, *columns: int | None) -> None:
        """Make Python texts of columns that are asked for more than once.

        In a csv file a text that looks like a formula may have got an apostrophe; it goes again.
        """
        held = list(self.raw.columns)
        for column in columns:
            if column is not None and isinstance(cells := held[column], CsvColumn):
                texts = cells.texts()
                held[column] = list(map(read_back, texts)) if b"'" in cells.data else texts
        self.raw = replace(self.raw, columns=tuple(held))

    def texts(self, column: int) -> Sequence[str]:
        """Return the cells of a column, district by district."""
        cells = self.raw.columns[column]
        if isinstance(self.rows, range) and self.rows == range(len(cells)):
            return cells
        if isinstance(cells, CsvColumn):
            return cells.at(self.rows)
        return [cells[row] if row >= 0 else "" for row in self.rows]


class ReadColumn(Struct, frozen=True, eq=False):
    """A column that was read for an input.

    Parameters
    ----------
    asked : InputSpec
        With the factor from the table's unit to the declared one.
    table, index :
        Where it was found; `index` from 0.
    figures : Column
        In the declared unit.
    respelt : dict of int to str
        Districts whose figure was written for people, with the plain figure it was read as.
    unit_place, stated : optional
        The unit the table states, and where.
    currency : str
    """

    asked: InputSpec
    table: MatchedTable
    index: int
    figures: Column
    respelt: Respelt
    unit_place: Place | None = None
    stated: Unit | None = None
    currency: str = ""

    @property
    def title(self) -> str:
        """Return the name of the column in its table."""
        return shown(self.table.raw.header[self.index])

    def place(self, row: int) -> Place:
        """Return the place of the cell in a row of the raw table."""
        return self.table.raw.place(row, self.index)

    @property
    def adds_up(self) -> bool:
        """Whether the column is a sum: so declared, or perhaps by its heading."""
        return bool(self.asked.sum_of) or len(self.table.raw.head.names[self.index].parts) > 1

    @property
    def numbers(self) -> NumberColumn | None:
        """The figures of a column of numbers; None of any other."""
        return self.figures if isinstance(self.figures, NumberColumn) else None


def first_table(raw: RawTable, spec: TableSpec, faults: Faults) -> tuple[MatchedTable, int | None]:
    """Return the table whose rows are the districts, and its column of keys."""
    table = MatchedTable(raw, 0, range(len(raw)))
    key = key_column(table, spec.key, spec.place, faults)
    if key is None:
        return table, None
    found = [index for name in spec.name for index in raw.head.columns_named(name)]
    named = found[0] if found else None
    table.spell_out(key, named)
    raw = table.raw = without_second_table(table.raw, key, 0, faults)
    table.key = key
    table.asides = find_asides(raw, key, named)
    keep_one = spec.identical_rows
    rows = district_rows(raw, key, table.asides, keep_one=keep_one, table=0, faults=faults)
    table.rows = rows if len(rows) < len(raw) else range(len(raw))
    if not rows and not faults:
        faults.add("table.no_rows", raw.place_at(raw.header_line))
    return table, key


def joined_table(
    raw: RawTable,
    number: int,
    spec: TableSpec,
    first: MatchedTable,
    keys: Sequence[str] | None,
    faults: Faults,
) -> MatchedTable:
    """Match the rows of a joined table with the districts; with none where keys are not known."""
    join = spec.joins[number - 1]
    matched = [-1] * len(first.rows)
    table = MatchedTable(raw, number, matched)
    place = spec.place if join.place == Place() else join.place
    key = key_column(table, join.key, place, faults)
    if key is None or keys is None:
        return table
    table.spell_out(key)
    raw = table.raw = without_second_table(table.raw, key, number, faults)
    table.key = key
    table.asides = find_asides(raw, key, None)
    keep_one = spec.identical_rows
    rows = district_rows(raw, key, table.asides, keep_one=keep_one, table=number, faults=faults)
    position = {text: district for district, text in enumerate(keys)}
    unknown = []
    for row in rows:
        text = raw.columns[key][row]
        if text in position:
            matched[position[text]] = row
        elif text:
            unknown.append(row)
    if unknown:
        _report_unknown(table, key, unknown, (first, spec), keys, faults)
    return table


def without_second_table(raw: RawTable, key: int, number: int, faults: Faults) -> RawTable:
    """Report a header of other columns in the midst of a table, and cut the table off there."""
    again = next((row for row in headers_again(raw, key) if not is_header(raw, row)), None)
    if again is None:
        return raw
    faults.add("table.second_table", raw.place(again, key), table=number)
    columns = tuple(column[:again] for column in raw.columns)
    return replace(raw, columns=columns, line_of_row=raw.line_of_row[:again])


def _report_unknown(
    table: MatchedTable,
    key: int,
    unknown: Sequence[int],
    against: tuple[MatchedTable, TableSpec],
    keys: Sequence[str],
    faults: Faults,
) -> None:
    """Report keys of a joined table that the first one lacks."""
    raw, number = table.raw, table.number
    first, spec = against
    columns = [index for name in spec.name for index in first.raw.head.columns_named(name)]
    names = set(first.raw.columns[columns[0]]) if columns else set()
    if 2 * sum(raw.columns[key][row] in names for row in unknown) > len(unknown):
        row = next(row for row in unknown if raw.columns[key][row] in names)
        values = {"key": shown(raw.columns[key][row]), "file": spec.file}
        faults.add("table.key_is_name", raw.place(row, key), table=number, **values)
        return
    meant_by_bare = meant_keys(keys)
    for row in unknown[:_MOST_UNKNOWN]:
        text = raw.columns[key][row]
        meant = meant_by_bare.get(bare(text))
        code = "table.key_unknown" if meant is None else "table.key_unknown_meant"
        values = {"key": shown(text), "file": spec.file, "meant": meant or ""}
        faults.add(code, raw.place(row, key), table=number, **values)
    if len(unknown) > _MOST_UNKNOWN:
        place = raw.place(unknown[_MOST_UNKNOWN], key)
        count = len(unknown) - _MOST_UNKNOWN
        faults.add("table.keys_unknown", place, table=number, count=count, file=spec.file)


def key_column(
    table: MatchedTable, names: Sequence[str], place: Place, faults: Faults
) -> int | None:
    """Return the column that has the first of some names; report one that is not there."""
    for name in names:
        index = table.column(name, faults)
        if index is not None:
            return index
    report_no_column(names, [table], place, faults)
    return None


def find_column(
    asked: InputSpec, tables: Sequence[MatchedTable], keys: Sequence[str], faults: Faults
) -> tuple[MatchedTable, int] | None:
    """Return the table and the column of an input; report one that is not there or ambiguous."""
    found = look_for(asked, tables, keys, faults)
    if found is None:
        report_no_column(asked.columns, tables, asked.place, faults)
    return found


def look_for(
    asked: InputSpec, tables: Sequence[MatchedTable], keys: Sequence[str], faults: Faults
) -> tuple[MatchedTable, int] | None:
    """Return the table and the column of an input; None where no table has it."""
    for name in asked.columns:
        found = [
            (table, index) for table in tables if (index := table.column(name, faults)) is not None
        ]
        if found:
            for other in found[1:]:
                _report_difference(name, found[0], other, keys, faults)
            return found[0]
    return None


def _report_difference(
    name: str,
    first: tuple[MatchedTable, int],
    other: tuple[MatchedTable, int],
    keys: Sequence[str],
    faults: Faults,
) -> None:
    """Report a column that two tables have with different texts."""
    (table, index), (twin, twin_index) = first, other
    mine, theirs = table.texts(index), twin.texts(twin_index)
    for district, row in enumerate(twin.rows):
        if row >= 0 and mine[district] != theirs[district]:
            faults.add(
                "table.column_twice",
                twin.raw.place(row, twin_index),
                table=twin.number,
                column=name,
                file=table.raw.file,
                district=shown(keys[district]),
                value=shown(mine[district]),
                twin=shown(theirs[district]),
            )
            return


def report_no_column(
    wanted: Sequence[str], tables: Sequence[MatchedTable], place: Place, faults: Faults
) -> None:
    """Report a column that no table has, with those there are and the nearest of them."""
    from difflib import get_close_matches

    names = (name for table in tables for name in table.raw.header)
    there = list(dict.fromkeys(filter(None, names)))
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
        file=" + ".join(table.raw.file for table in tables),
        columns=listed,
        nearest=near[0] if near else "",
    )
