"""Reading a file into a raw table: texts, strictly, and where each of them stands.

The seam for every format: whatever reads a file hands on a :class:`RawTable`, and nothing behind
it knows what the file was.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from transfers.districts.faults import Faults, shown
from transfers.errors import Place

_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ROWS_AT_ONCE: Final = 256


class RawTable(Struct, frozen=True, eq=False):
    """A table as a file has it: names of columns and texts of cells, stripped of outer space.

    Parameters
    ----------
    file : str
        The file, as messages name it.
    header : tuple of str
        Names of the columns, in Unicode's composed form (NFC), all different.
    columns : (columns,) sequences of (rows,) str
        Cells; rows without any text are left out. No cell holds a NUL.
    line_of_row : (rows,) sequence of int
        Line of the file, from 1, on which each row starts.
    encoding : str
        ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``gb18030``: which one the file turned out to be.
    sha256 : str
        Of the file's bytes, hexadecimal.
    header_line : int
        Line of the header.
    """

    file: str
    header: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    line_of_row: Sequence[int]
    encoding: str
    sha256: str
    header_line: int = 1

    def __len__(self) -> int:
        return len(self.line_of_row)

    def row(self, index: int) -> tuple[str, ...]:
        """Return the cells of one row."""
        return tuple(column[index] for column in self.columns)

    def place(self, row: int, column: int) -> Place:
        """Return where a cell stands, in numbers from 1."""
        return Place(self.file, int(self.line_of_row[row]), column + 1)


def read_table(path: str | Path) -> RawTable:
    """Read a csv file.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    RawTable

    Raises
    ------
    TableError
        With every fault: the file cannot be read or decoded, a cell holds NUL, quotes don't
        pair, a row is longer or shorter than the header, columns have no name or the same one,
        or there is no row at all.
    """
    file = str(path)
    data = _bytes(file)
    text, encoding = _decoded(file, data)
    faults = Faults()
    records = _records(file, text, faults)
    header_line, names = next(records, (1, []))
    header = tuple(map(_composed, names))
    if not header and not faults:
        faults.add("table.empty", Place(file))
    columns, lines = _columns(file, records, len(header), faults)
    if "\0" in text:
        _refuse_nul(file, [header, *zip(*columns, strict=True)], [header_line, *lines], faults)
    named = _named(file, header, header_line, columns, faults)
    if not lines and not faults:
        faults.add("table.no_rows", Place(file, header_line))
    faults.raise_any()
    return RawTable(
        file,
        tuple(header[index] for index in named),
        tuple(columns[index] for index in named),
        lines,
        encoding,
        hashlib.sha256(data).hexdigest(),
        header_line,
    )


def _bytes(file: str) -> bytes:
    """Return the bytes of a file that may be a csv file."""
    faults = Faults()
    data = b""
    try:
        data = Path(file).read_bytes()
    except FileNotFoundError:
        faults.add("table.not_found", Place(file))
    except IsADirectoryError:
        faults.add("table.folder", Place(file))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        faults.add("table.unreadable", Place(file), reason=reason)
    if data.startswith(_WORKBOOKS):
        faults.add("table.workbook", Place(file))
    faults.raise_any()
    return data


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


def _composed(name: str) -> str:
    """Return a name stripped of outer space and in composed form."""
    return unicodedata.normalize("NFC", name.strip())


def _named(
    file: str,
    header: tuple[str, ...],
    line: int,
    columns: Sequence[Sequence[str]],
    faults: Faults,
) -> list[int]:
    """Return the columns that have a name; one that has none must have no text either."""
    first: dict[str, int] = {}
    named = []
    for index, name in enumerate(header):
        place = Place(file, line, index + 1)
        if not name:
            if any(columns[index]):
                faults.add("table.no_name", place, column=index + 1)
            continue
        if name in first:
            faults.add("table.same_name", place, name=shown(name), first=first[name])
            continue
        first[name] = index + 1
        named.append(index)
    if len(header) == 1 and re.search("[\t;；，]", header[0]):
        faults.add("table.separator", Place(file, line, 1))
    return named


def _refuse_nul(
    file: str, rows: Sequence[Sequence[str]], lines: Sequence[int], faults: Faults
) -> None:
    """Name every cell that holds a NUL."""
    for line, row in zip(lines, rows, strict=True):
        for index, cell in enumerate(row):
            if "\0" in cell:
                faults.add("table.nul", Place(file, line, index + 1))
