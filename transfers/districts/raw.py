"""Reading a file into a raw table: texts, strictly, and where each of them stands.

What kind of file it is its first bytes tell. Every reader hands on a
:class:`~transfers.districts.sheet.Sheet`; behind this module nothing knows what the file was.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from transfers.districts.csv_text import CsvText
from transfers.districts.encoding import MOST_BYTES
from transfers.districts.faults import Faults, refuse
from transfers.districts.header import DEEPEST, MOST_ROWS, Header, Wanted, find_header
from transfers.districts.sheet import Looks, Merged, Sheet, check_width
from transfers.errors import Place

_OLD_EXPORTS: Final = re.compile(rb"\s*(<(\?xml|!doctype|html|table|!--)|mime-version:)", re.I)
_OLD_SHEETS: Final = (b"\t\0\4\0", b"\t\0\6\0", b"\t\2\6\0", b"\t\4\6\0")
"""What Excel 2 to 4 wrote, and old accounting programs still do: a bare sheet."""
_ARCHIVES: Final = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ")
_MANY: Final = 2
_SEPARATORS: Final = re.compile("[\t;；，|]")


_PIECE: Final = 1 << 24


class RawTable(Struct, frozen=True, eq=False):
    """A table as a file has it: names of columns and texts of cells, stripped of outer space.

    Parameters
    ----------
    file : str
        The file, as messages name it.
    head : Header
        The names of all columns, and where they stand.
    columns : (columns,) sequences of (rows,) str
        Cells; rows without any text are left out. No cell holds a NUL.
    line_of_row : (rows,) sequence of int
        Line of the file, from 1, on which each row starts.
    encoding : str
        What the file turned out to be: ``utf-8``, ``utf-8-sig``, ``utf-16``, ``gb18030``,
        ``xlsx``, ``xls``, ``ods``, ``parquet``, or the library of a frame.
    sha256 : str
        Of the file's bytes, hexadecimal.
    sheet : str
        The sheet of a workbook; empty for a file that has none.
    other_sheets : tuple of str
        Further sheets that have as many of the columns.
    lesser_sheets : tuple of str
        Sheets that have fewer of them, but not only keys and names.
    unread : mapping of (line, column) to str
        Cells without a value to read: the code of what is wrong with them.
    merged : tuple of Merged
    looks : Looks
    left_out : sequence of int
        Lines of the rows that a policy leaves out (see :mod:`transfers.districts.rows`).
    """

    file: str
    head: Header
    columns: tuple[Sequence[str], ...]
    line_of_row: Sequence[int]
    encoding: str
    sha256: str
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    lesser_sheets: tuple[str, ...] = ()
    unread: Mapping[tuple[int, int], str] = {}
    merged: tuple[Merged, ...] = ()
    looks: Looks = Looks()
    left_out: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.line_of_row)

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns, those of merged headings as ``outer/inner``."""
        return tuple(map(str, self.head.names))

    @property
    def header_line(self) -> int:
        """Line of the header, the last where it takes several."""
        return self.head.line

    def row(self, index: int) -> tuple[str, ...]:
        """Return the cells of one row."""
        return tuple(column[index] for column in self.columns)

    def place(self, row: int, column: int) -> Place:
        """Return where a cell stands, in numbers from 1."""
        return self.place_at(int(self.line_of_row[row]), column + 1)

    def place_at(self, line: int, column: int | None = None) -> Place:
        """Return a place of this table by line and column, from 1."""
        return Place(self.file, line, column, sheet=self.sheet)


def read_table(path: str | Path, wanted: Wanted | None = None) -> RawTable:
    """Read a table from a file: csv, xlsx, xls, et, ods or parquet.

    Parameters
    ----------
    path : str or Path
    wanted : Wanted, optional
        What is looked for; without it the header is the first row.

    Returns
    -------
    RawTable

    Raises
    ------
    TableError
        With every fault: the file cannot be read or decoded, a cell holds NUL, quotes don't
        pair, a row is longer or shorter than the header, or there is no row at all.
    """
    file = str(path)
    wanted = wanted or Wanted()
    return choose_table(file, _sheets(file, _bytes(file), wanted), wanted)


def choose_table(file: str, sheets: Iterable[Sheet], wanted: Wanted) -> RawTable:
    """Return the table of the first sheet that has the column of keys and most of the others."""
    best: tuple[tuple[bool, int, bool], Sheet, Header] | None = None
    there: list[tuple[int, str]] = []
    faults = Faults()
    named = wanted.rows or (1, 0)
    for sheet in sheets:
        top = sheet.top(max(MOST_ROWS, named[1] + DEEPEST))
        if not top:
            sheet.body(1, 1, faults)  # tells why, if it is not simply blank
            continue
        if wanted.rows and not any(named[0] <= record.line <= named[1] for record in top):
            faults.add("table.no_header", Place(file, named[0], sheet=sheet.name))
            continue
        for record in top:
            check_width(sheet, record)
        header = find_header(top, sheet.merged, wanted)
        has_rows = top[-1].line >= header.body
        score = (header.has_key, header.found, has_rows)
        if best is None or score > best[0]:
            best = (score, sheet, header)
        if header.has_key and has_rows:
            there.append((header.found, sheet.name))
    if best is None:
        faults.raise_any()
        refuse("table.empty", file)
    table = _table(best[1], best[2], wanted)
    found = best[2].found
    others = [(score, name) for score, name in there if name != best[1].name]
    twins = tuple(name for score, name in others if score == found)
    lesser = tuple(name for score, name in others if _MANY <= score < found)
    return replace(table, other_sheets=twins, lesser_sheets=lesser)


def _table(sheet: Sheet, header: Header, wanted: Wanted) -> RawTable:
    """Read the body of a sheet below its header."""
    faults = Faults()
    for record in sheet.top(5) if len(header.names) == 1 else ():
        if len(record.cells) == 1 and _SEPARATORS.search(record.cells[0]):
            faults.add("table.separator", Place(sheet.file, record.line, 1))
            faults.raise_any()
    for index, name in enumerate(header.names, start=1):
        if "\0" in str(name):
            faults.add("table.nul", Place(sheet.file, header.line, index, sheet=sheet.name))
    columns, lines = sheet.body(header.body, len(header.names), faults)
    table = RawTable(
        sheet.file,
        header,
        columns,
        lines,
        sheet.encoding,
        sheet.sha256,
        sheet.name,
        unread=sheet.unread,
        merged=sheet.merged,
        looks=sheet.looks,
    )
    if faults and wanted.key and not header.has_key:
        # Rows that do not fit a line that is no header are not the trouble.
        refuse("table.no_header_found", sheet.file, key=" / ".join(wanted.key), rows=MOST_ROWS)
    if not len(lines) and not faults:
        faults.add("table.no_rows", table.place_at(header.line))
    faults.raise_any()
    return table


def _bytes(file: str) -> bytes:
    """Return the bytes of a file."""
    try:
        with open(file, "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            # A pipe has no size, and a device may have no end: nothing is read beyond the limit.
            data = stream.read(size + 1) if size <= MOST_BYTES else b""
            if size < len(data) <= MOST_BYTES:
                pieces = iter(lambda: stream.read(_PIECE), b"")
                data = b"".join([data, *_at_most(MOST_BYTES, pieces)])
            if max(size, len(data)) > MOST_BYTES:
                refuse("table.too_large", file, megabytes=MOST_BYTES // 1_000_000)
            return data
    except FileNotFoundError:
        refuse("table.not_found", file)
    except IsADirectoryError:
        refuse("table.folder", file)
    except (OSError, ValueError) as error:
        refuse("table.unreadable", file, reason=getattr(error, "strerror", None) or str(error))


def _at_most(size: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces until they are more than `size` bytes together."""
    for piece in pieces:
        yield piece
        size -= len(piece)
        if size < 0:
            return


def _sheets(file: str, data: bytes, wanted: Wanted) -> Iterable[Sheet]:
    """Return the sheets of a file; its first bytes tell what it is, its name does not count."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", *_OLD_SHEETS)):
        from transfers.districts.workbook import read_workbook

        return read_workbook(file, data, wanted.sheet)
    if data.startswith(b"PAR1"):
        from transfers.districts.parquet import read_parquet

        return [read_parquet(file, data)]
    if data.startswith(b"%PDF"):
        refuse("table.pdf", file)
    if data.startswith(_ARCHIVES):
        refuse("table.other_archive", file)
    # Byte order marks, and the halves of UTF-16, do not count.
    if _OLD_EXPORTS.match(data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")):
        refuse("table.web_page", file)
    return [CsvText(file, data)]
