"""A sheet of texts: what every reader of files hands on, before anyone knows where its table is.

The seam for every format: behind it nothing knows what the file was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, Protocol

from msgspec import Struct

from transfers.districts.faults import Faults
from transfers.errors import Fault, Place, TableError


class Record(Struct, frozen=True):
    """A row that holds any text: the line it starts on, the line after it, its cells."""

    line: int
    next_line: int
    cells: list[str]


MOST_COLUMNS: Final = 20_000
"""A spreadsheet has 16,384."""


class Merged(Struct, frozen=True):
    """A merged cell: its first and last line and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Looks(Struct, frozen=True):
    """What a person sees of a sheet otherwise than it is stored.

    Parameters
    ----------
    hidden_lines : frozenset of int
    hidden_columns : tuple of (int, int)
        First and last of each range.
    shown : mapping of (line, column) to str
        Figures that are shown scaled or with a multiple behind them: their format, or what is
        shown.
    """

    hidden_lines: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    shown: Mapping[tuple[int, int], str] = {}


class Sheet(Protocol):
    """A sheet of a workbook, or a file that is one."""

    @property
    def file(self) -> str:
        """The file, as messages name it."""

    @property
    def name(self) -> str:
        """The sheet inside its workbook; empty where the file has no sheets."""

    @property
    def encoding(self) -> str:
        """What the file turned out to be: ``utf-8``, ``gb18030``, ``xlsx``, ``pandas``, ..."""

    @property
    def sha256(self) -> str:
        """Of the file's bytes, hexadecimal."""

    @property
    def merged(self) -> tuple[Merged, ...]:
        """Merged cells; none where the file cannot say."""

    @property
    def unread(self) -> Mapping[tuple[int, int], str]:
        """Cells that could not be read, by line and column: the code of what is wrong."""

    @property
    def looks(self) -> Looks:
        """What is hidden, or shown otherwise than it is stored."""

    def top(self, most: int) -> list[Record]:
        """Return the first rows that hold any text, of whatever length.

        Rows at fault are passed over: `body` tells of them.
        """

    def body(
        self, line: int, count: int, faults: Faults
    ) -> tuple[tuple[Sequence[str], ...], Sequence[int]]:
        """Return `count` columns of the rows from a line on, and the line of each row."""


class TextSheet(Struct, frozen=True, eq=False):
    """A sheet held as texts, row by row: what a workbook or a frame becomes.

    Parameters
    ----------
    rows : list of list of str
        Stripped of outer space; the first is line 1.
    """

    file: str
    rows: list[list[str]]
    name: str = ""
    encoding: str = ""
    sha256: str = ""
    merged: tuple[Merged, ...] = ()
    unread: Mapping[tuple[int, int], str] = {}
    looks: Looks = Looks()

    def _records(self, line: int) -> Iterator[Record]:
        for number, row in enumerate(self.rows[line - 1 :], start=line):
            if any(row):
                width = next(n for n in range(len(row), 0, -1) if row[n - 1])
                yield Record(number, number + 1, row[:width])

    def top(self, most: int) -> list[Record]:
        """Return the first rows that hold any text."""
        return list(islice(self._records(1), most))

    def body(
        self, line: int, count: int, faults: Faults
    ) -> tuple[tuple[Sequence[str], ...], Sequence[int]]:
        """Return `count` columns of the rows from a line on, and the line of each row.

        Rows with nothing in these columns are left out: what stands beside a table is not its.
        """
        records = [record for record in self._records(line) if any(record.cells[:count])]
        columns = tuple(
            [r.cells[index] if index < len(r.cells) else "" for r in records]
            for index in range(count)
        )
        lines = [record.line for record in records]
        tell_nul(self, columns, lines, faults)
        return columns, lines


def check_width(sheet: Sheet, record: Record) -> None:
    """Refuse a sheet for a row with more columns than anyone has."""
    if len(record.cells) > MOST_COLUMNS:
        place = Place(sheet.file, record.line, MOST_COLUMNS + 1, sheet=sheet.name)
        values = {"columns": f"{len(record.cells):,}", "most": f"{MOST_COLUMNS:,}"}
        raise TableError([Fault("table.too_many_columns", place, values)])


def tell_nul(
    sheet: Sheet, columns: Sequence[Sequence[str]], lines: Sequence[int], faults: Faults
) -> None:
    """Name the cells that hold a NUL, which no file that is written could hold."""
    for number, column in enumerate(columns, start=1):
        if "\0" in "".join(column):
            for line, text in zip(lines, column, strict=True):
                if "\0" in text:
                    faults.add("table.nul", Place(sheet.file, line, number, sheet=sheet.name))
