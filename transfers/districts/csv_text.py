"""A csv file: its bytes decoded and cut into records and columns, strictly."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from transfers.districts.faults import Faults
from transfers.districts.sheet import Merged, Record
from transfers.errors import Place

_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ROWS_AT_ONCE: Final = 256


class CsvText:
    """A csv file's bytes, decoded and cut into records and columns."""

    name: str = ""
    merged: tuple[Merged, ...] = ()
    unread: Mapping[tuple[int, int], str] = {}

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        self.text, self.encoding = _decoded(file, data)
        self.sha256 = hashlib.sha256(data).hexdigest()

    def top(self, most: int) -> list[Record]:
        """Return the first rows that hold any text."""
        records = _records(self.file, self.text, Faults())
        return [
            Record(line, line + 1, list(map(str.strip, row))) for line, row in islice(records, most)
        ]

    def body(
        self, line: int, count: int, faults: Faults
    ) -> tuple[tuple[Sequence[str], ...], Sequence[int]]:
        """Return `count` columns of the records from a line on, and the line of each."""
        records = (r for r in _records(self.file, self.text, faults) if r[0] >= line)
        columns, lines = _columns(self.file, records, count, faults)
        if "\0" in self.text:
            _refuse_nul(self.file, list(zip(*columns, strict=True)), lines, faults)
        return tuple(columns), lines


def _decoded(file: str, data: bytes) -> tuple[str, str]:
    """Return the text and its encoding: by byte order mark, else UTF-8, else GB18030."""
    marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)]
    reached = 0
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            # The encoding that got furthest is the likeliest; its trouble is the one to show.
            reached = max(reached, error.start)
    before = data[:reached]
    line = before.count(b"\n") + 1
    column = before[before.rfind(b"\n") + 1 :].count(b",") + 1
    faults = Faults()
    code = "table.encoding_marked" if marked else "table.encoding"
    faults.add(code, Place(file, line, column), encoding=(marked or [""])[0].upper())
    faults.raise_any()
    raise AssertionError


def _records(file: str, text: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that holds any text, with the line it starts on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines = lines or io.StringIO(text, newline="").readlines()
            column = _column_of_quote(lines[line - 1 : min(reader.line_num, line + 20)])
            long = "field larger" in str(error)
            faults.add("table.long_cell" if long else "table.quote", Place(file, line, column))
            continue
        if any(row) and (row[0].strip() or any(map(str.strip, row))):
            yield line, row


def _columns(
    file: str, records: Iterator[tuple[int, list[str]]], count: int, faults: Faults
) -> tuple[list[list[str]], list[int]]:
    """Turn the rows into `count` columns, and say on which line each row starts.

    Rows are turned a few hundred at a time: fewer lists alive than start the garbage collector,
    which would walk through every cell read so far, again and again.
    """
    columns: list[list[str]] = [[] for _ in range(count)]
    lines: list[int] = []
    rows: list[list[str]] = []
    for line, row in records:
        if len(row) != count:
            place = Place(file, line, min(len(row), count) + 1)
            faults.add("table.ragged", place, cells=len(row), columns=count)
            continue
        rows.append(row)
        lines.append(line)
        if len(rows) == _ROWS_AT_ONCE:
            _pour(rows, columns)
    _pour(rows, columns)
    return columns, lines


def _pour(rows: list[list[str]], columns: list[list[str]]) -> None:
    """Move the cells of `rows` to the ends of `columns`."""
    for column, cells in zip(columns, zip(*rows, strict=True), strict=False):
        column.extend(map(str.strip, cells))
    rows.clear()


def _column_of_quote(lines: list[str]) -> int:
    """Return which cell, from 1, of the row on `lines` is not closed properly."""
    record = "".join(lines)[:100_000]
    whole_cell = re.compile(r'(?:"(?:[^"]|"")*"|[^",\r\n][^,\r\n]*|),')
    column, at = 1, 0
    while match := whole_cell.match(record, at):
        column, at = column + 1, match.end()
    return column


def _refuse_nul(
    file: str, rows: Sequence[Sequence[str]], lines: Sequence[int], faults: Faults
) -> None:
    """Name every cell that holds a NUL."""
    for line, row in zip(lines, rows, strict=True):
        for index, cell in enumerate(row):
            if "\0" in cell:
                faults.add("table.nul", Place(file, line, index + 1))
