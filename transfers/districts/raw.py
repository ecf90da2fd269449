"""Reading a file into a raw table: texts, strictly, and where each of them stands.

The seam for every format: whatever reads a file hands on a :class:`RawTable`, and nothing behind
it knows what the file was.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from transfers.districts.csv_text import CsvText
from transfers.districts.encoding import MOST_BYTES
from transfers.districts.faults import Faults, shown
from transfers.errors import Place

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


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
        return Place(self.file, self.line_of_row[row], column + 1)


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
    sha256 = hashlib.sha256(data).hexdigest()
    text = CsvText(file, data)
    del data
    faults = Faults()
    top = text.top(1)
    header_line, next_line = (top[0].line, top[0].next_line) if top else (1, 1)
    header = tuple(map(_composed, top[0].cells)) if top else ()
    columns, lines = text.body(next_line, len(header), faults)
    if not header and not faults:
        faults.add("table.empty", Place(file))
    _refuse_nul(file, header, header_line, faults)
    named = _named(file, header, header_line, columns, faults)
    if not lines and not faults:
        faults.add("table.no_rows", Place(file, header_line))
    faults.raise_any()
    return RawTable(
        file,
        tuple(header[index] for index in named),
        tuple(columns[index] for index in named),
        lines,
        text.encoding,
        sha256,
        header_line,
    )


def _bytes(file: str) -> bytes:
    """Return the bytes of a file that may be a csv file."""
    faults = Faults()
    data = b""
    try:
        if Path(file).stat().st_size > MOST_BYTES:
            faults.add("table.too_large", Place(file))
            faults.raise_any()
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


def _refuse_nul(file: str, header: Sequence[str], line: int, faults: Faults) -> None:
    """Name every column whose name holds a NUL."""
    for index, name in enumerate(header):
        if "\0" in name:
            faults.add("table.nul", Place(file, line, index + 1))
