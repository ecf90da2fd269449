"""A file of scenarios: a row for each, paths as its header."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from scenarios.study.ways import MOST, Value
from transfers.arithmetic.decimals import parse_decimal
from transfers.districts.raw import RawTable, read_table
from transfers.documents.fields import number_fault
from transfers.documents.yaml_tree import shown
from transfers.errors import Fault, Place, TableError

_MOST_TOLD = 20


class FileRows(Struct, frozen=True, eq=False):
    """Scenarios of a file.

    Parameters
    ----------
    table : RawTable
    paths : tuple of str
        What its columns move.
    rows : list of tuple
        A value for each path; "" where a scenario leaves it alone.
    """

    table: RawTable
    paths: tuple[str, ...]
    rows: list[tuple[Value, ...]]

    def column(self, n: int) -> list[Value]:
        """Return the values of one path."""
        return [row[n] for row in self.rows]

    def texts(self, n: int) -> Sequence[str]:
        """Return the cells of one path as they are written."""
        return self.table.columns[n]

    def head(self, n: int) -> Place:
        """Return where the heading of a column stands."""
        return self.table.place_at(self.table.header_line, n + 1)

    def place(self, row: int, n: int) -> Place:
        """Return where a cell stands."""
        return self.table.place(row, n)


def read_rows(file: str) -> FileRows:
    """Read a file of scenarios: csv, xlsx, xls, et, ods or parquet.

    Raises
    ------
    TableError
        The file cannot be read, a column has no heading or one of another, there is no row or
        too many, a cell of figures holds no number.
    """
    table = _table(file)
    faults: list[Fault] = []
    paths = tuple(name.strip() for name in table.header)
    for n, path in enumerate(paths):
        place = table.place_at(table.header_line, n + 1)
        if not path:
            faults.append(Fault("sweep.no_heading", place, {"column": n + 1}))
        elif path in paths[:n]:
            words = {"path": shown(path), "other": shown(path)}
            faults.append(Fault("sweep.path_twice", place, words))
    if len(table) > MOST:
        words = {"count": f"{len(table):,}", "most": f"{MOST:,}"}
        faults.append(Fault("sweep.too_many", Place(table.file), words))
    elif table.line_of_row[0] > table.header_line + 1:
        # A reader of tables takes a row of 1, 2, 3, 4 for one that numbers the columns.
        place = table.place_at(table.header_line + 1)
        faults.append(Fault("sweep.line_not_read", place))
    if faults:
        raise TableError(faults)
    columns = [_values(table, n, path, faults) for n, path in enumerate(paths)]
    if faults:
        raise TableError(faults[:_MOST_TOLD])
    return FileRows(table, paths, list(zip(*columns, strict=True)))


def _table(file: str) -> RawTable:
    """Read a table; one without rows has no scenarios."""
    try:
        return read_table(file)
    except TableError as error:
        own = {"table.no_rows": "sweep.no_rows"}
        raise TableError(
            [Fault(own.get(f.code, f.code), f.place, f.values) for f in error.faults]
        ) from None


def _values(table: RawTable, n: int, path: str, faults: list[Fault]) -> list[Value]:
    """Return the values of one column."""
    parts = path.split(".")
    words_allowed = parts[0] == "inputs" and len(parts) > 2
    whole = parts[0] == "inputs" and len(parts) == 2
    values: list[Value] = []
    for row, text in enumerate(table.columns[n]):
        value = parse_decimal(text)
        if text and value is None and not words_allowed:
            words = {"text": shown(text, 40)}
            faults.append(Fault(number_fault(text), table.place(row, n), words))
        elif text and whole and not _is_change(text):
            words = {"text": shown(text, 40), "path": shown(path)}
            faults.append(Fault("sweep.not_a_change", table.place(row, n), words))
        values.append("" if not text else text if value is None else Fraction(value))
    return values


def _is_change(text: str) -> bool:
    """Tell whether a text says how figures change: +2%, -1.5%, 0%."""
    return text.endswith("%") and (text[0] in "+-" or not parse_decimal(text))
