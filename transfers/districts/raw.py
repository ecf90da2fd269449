"""Reading a file into a raw table: texts, strictly, and where each of them stands.

What kind of file it is its first bytes tell. Every reader hands on a
:class:`~transfers.districts.sheet.Sheet`; behind this module nothing knows what the file was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from transfers.districts.csv_text import CsvText
from transfers.districts.encoding import MOST_BYTES
from transfers.districts.faults import Faults, refuse
from transfers.districts.header import MOST_ROWS, Header, Wanted, find_header
from transfers.districts.sheet import Sheet, check_width
from transfers.errors import Place

_OLD_EXPORTS: Final = re.compile(rb"\s*<(\?xml|!doctype|html|table|!--)", re.IGNORECASE)


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
        Further sheets that have the same columns.
    unread : mapping of (line, column) to str
        Cells without a value to read: the code of what is wrong with them.
    """

    file: str
    head: Header
    columns: tuple[Sequence[str], ...]
    line_of_row: Sequence[int]
    encoding: str
    sha256: str
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    unread: Mapping[tuple[int, int], str] = {}

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
    best: tuple[tuple[bool, int], Sheet, Header] | None = None
    twins: list[str] = []
    faults = Faults()
    for sheet in sheets:
        top = sheet.top(MOST_ROWS)
        if not top:
            sheet.body(1, 1, faults)  # tells why, if it is not simply blank
            continue
        for record in top:
            check_width(sheet, record)
        header = find_header(top, sheet.merged, wanted)
        score = (header.has_key, header.found)
        if best is None or score > best[0]:
            best, twins = (score, sheet, header), []
        elif score == best[0] and header.has_key:
            twins.append(sheet.name)
    if best is None:
        faults.raise_any()
        refuse("table.empty", file)
    return _table(best[1], best[2], tuple(twins))


def _table(sheet: Sheet, header: Header, twins: tuple[str, ...]) -> RawTable:
    """Read the body of a sheet below its header."""
    faults = Faults()
    columns, lines = sheet.body(header.body, len(header.names), faults)
    table = RawTable(
        sheet.file,
        header,
        columns,
        lines,
        sheet.encoding,
        sheet.sha256,
        sheet.name,
        twins,
        sheet.unread,
    )
    if len(header.names) == 1 and re.search("[\t;；，]", "".join(sheet.top(1)[0].cells)):
        faults.add("table.separator", table.place_at(header.line, 1))
    if not len(lines) and not faults:
        faults.add("table.no_rows", table.place_at(header.line))
    faults.raise_any()
    return table


def _bytes(file: str) -> bytes:
    """Return the bytes of a file."""
    try:
        if Path(file).stat().st_size > MOST_BYTES:
            refuse("table.too_large", file, megabytes=MOST_BYTES // 1_000_000)
        return Path(file).read_bytes()
    except FileNotFoundError:
        refuse("table.not_found", file)
    except IsADirectoryError:
        refuse("table.folder", file)
    except (OSError, ValueError) as error:
        refuse("table.unreadable", file, reason=getattr(error, "strerror", None) or str(error))


def _sheets(file: str, data: bytes, wanted: Wanted) -> Iterable[Sheet]:
    """Return the sheets of a file; its first bytes tell what it is, its name does not count."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from transfers.districts.workbook import read_workbook

        return read_workbook(file, data, wanted.sheet)
    if data.startswith(b"PAR1"):
        from transfers.districts.parquet import read_parquet

        return [read_parquet(file, data)]
    if _OLD_EXPORTS.match(data[:100]):
        refuse("table.web_page", file)
    return [CsvText(file, data)]
