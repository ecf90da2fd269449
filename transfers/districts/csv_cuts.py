"""Where the cells of a csv file begin and end, found by numpy in blocks that are plain."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.decimals import Indices, Ints
from transfers.districts.csv_column import CsvColumn
from transfers.districts.faults import MOST_TOLD, Faults
from transfers.districts.sheet import Record
from transfers.errors import Fault, Place

Letters = NDArray[np.uint8]

_COMMA, _FEED, _RETURN, _SPACE = ord(","), ord("\n"), ord("\r"), ord(" ")
_MOST_LETTERS: Final = 131_072
"""Of one cell: the csv module's limit."""

_LARGEST: Final = 16 * _MOST_LETTERS
"""A larger block is one endless line, which is not worth eight bytes of memory per letter."""

_SPACE_BYTES: Final = (b"\xc2", b"\xe1", b"\xe2", b"\xe3")
"""First bytes of the kinds of space beyond ASCII."""


class Cuts:
    """The cells found so far, row by row.

    Parameters
    ----------
    file : str
        The file, as messages name it.
    text : bytes or bytearray
        All of it, UTF-8.
    at : int
        Where the first row begins.
    count : int
        Number of columns.
    """

    def __init__(self, file: str, text: bytes | bytearray, at: int, count: int) -> None:
        self._file, self._text, self._count = file, text, count
        self._letters = np.frombuffer(text, dtype=np.uint8)
        self._rewritten: bytearray | None = None
        most = _most_rows(self._letters[at:], count)
        # The end of a cell is what stands before the next: N rows of M cells have N (M + 1) cuts.
        self._cuts = np.empty((count + 1, most), dtype=np.int32)
        self._lines = np.empty(most, dtype=np.int64)
        self._rows = 0
        self._ragged = 0

    def columns(self) -> tuple[CsvColumn, ...]:
        """Return the columns: `count` of (N,)."""
        text = self._text if self._rewritten is None else self._rewritten
        cuts = self._cuts[:, : self._rows]
        if 2 * self._rows < self._cuts.shape[1]:
            cuts = cuts.copy()
        return tuple(CsvColumn(text, cuts[i], cuts[i + 1]) for i in range(self._count))

    def lines(self) -> array[int]:
        """Return the line each row starts on: (N,)."""
        lines = array("q")
        lines.frombytes(self._lines[: self._rows].tobytes())
        return lines

    def add_block(self, at: int, stop: int, line: int, faults: Faults) -> int | None:
        """Cut a block of whole lines at its commas and ends of lines.

        Returns
        -------
        int or None
            Number of lines; None where the csv module has to decide, and nothing was added.
        """
        text, count = self._text, self._count
        if not count or stop - at > _LARGEST or text.find(b'"', at, stop) >= 0:
            return None
        letters = self._letters[at:stop]
        feeds, returns = (text.find(mark, at, stop) >= 0 for mark in (b"\n", b"\r"))
        end_of_line = _FEED if feeds or not returns else _RETURN
        ends = letters == end_of_line
        marks = np.flatnonzero((letters == _COMMA) | ends)
        feeds_there = rows = int(np.count_nonzero(ends))
        if not ends[-1]:
            marks, rows = np.append(marks, len(letters)), rows + 1
        if len(marks) != rows * count:
            return None
        cells = marks.reshape(rows, count)
        last = cells[:, -1].copy()
        if not ends[last[:feeds_there]].all():
            return None
        before = np.concatenate(([-1], last[:-1]))
        space = int(np.count_nonzero(letters <= _SPACE)) - feeds_there
        if returns and end_of_line == _FEED:
            returned = (letters[last - 1] == _RETURN) & (last > before + 1)
            if np.count_nonzero(returned) != np.count_nonzero(letters == _RETURN):
                return None
            space -= int(np.count_nonzero(returned))
            cells[:, -1] -= returned
        if not self._is_plain(at, stop, before, last, cells, space > 0):
            return None
        if text.find(b"\0", at, stop) >= 0:
            self._tell_nul(letters, marks, line, faults)
        self._add_rows(before + at, cells + at, np.arange(line, line + rows))
        return rows

    def _is_plain(
        self, at: int, stop: int, before: Indices, last: Indices, cells: Indices, space: bool
    ) -> bool:
        """Tell whether no cell is too long, and none begins or ends with space."""
        text, letters = self._text, self._letters[at:stop]
        starts = np.empty_like(cells)
        if len(letters) > _MOST_LETTERS:
            starts[:, 0], starts[:, 1:] = before + 1, cells[:, :-1] + 1
            if int((cells - starts).max()) > _MOST_LETTERS:
                return False
        if not space and all(text.find(mark, at, stop) < 0 for mark in _SPACE_BYTES):
            return True
        starts[:, 0], starts[:, 1:] = before + 1, cells[:, :-1] + 1
        full = starts < cells
        return not _any_outer_space(letters, starts[full], cells[full])

    def _add_rows(self, before: Indices, ends: Indices, lines: Ints) -> None:
        """Add rows, those without any text left out."""
        if (ends[:, 0] - before == 1).any():
            some = ends[:, -1] - before > self._count
            before, ends, lines = before[some], ends[some], lines[some]
        place = slice(self._rows, self._rows + len(lines))
        self._cuts[0, place] = before
        self._cuts[1:, place] = ends.astype(np.int32).T
        self._lines[place] = lines
        self._rows = place.stop

    def _tell_nul(self, letters: Letters, marks: Indices, line: int, faults: Faults) -> None:
        """Name the cells of a block that hold a NUL."""
        cells = np.unique(np.searchsorted(marks, np.flatnonzero(letters == 0)))
        told = []
        for cell in cells[:MOST_TOLD].tolist():
            row, column = divmod(cell, self._count)
            told.append(Fault("table.nul", Place(self._file, line + row, column + 1)))
        faults.add_many(told, count=len(cells))

    def add_records(self, records: Sequence[Record], at: int, faults: Faults) -> None:
        """Add records that the csv module has read from `at` on.

        Their cells are written over what they were read from, which is never shorter.
        """
        lines: list[int] = []
        texts: list[bytes] = []
        for record in records:
            if len(record.cells) != self._count:
                self._tell_ragged(record, faults)
                continue
            cells = [cell.strip() for cell in record.cells]
            for index, cell in enumerate(cells, start=1):
                if "\0" in cell:
                    faults.add("table.nul", Place(self._file, record.line, index))
            lines.append(record.line)
            texts += [cell.encode() for cell in cells]
        if not lines:
            return
        if self._rewritten is None:
            self._rewritten = bytearray(self._text)
        written = b",".join(texts)
        self._rewritten[at : at + len(written)] = written
        lengths = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
        ends = (np.cumsum(lengths + 1) + (at - 1)).reshape(len(lines), self._count)
        before = np.concatenate(([at - 1], ends[:-1, -1]))
        self._add_rows(before, ends, np.array(lines))

    def _tell_ragged(self, record: Record, faults: Faults) -> None:
        """Name a row that has more or fewer cells than there are columns."""
        self._ragged += 1
        if self._ragged > MOST_TOLD:
            faults.add_many((), count=1)
            return
        cells, count = len(record.cells), self._count
        place = Place(self._file, record.line, min(cells, count) + 1)
        faults.add("table.ragged", place, cells=cells, columns=count)


def _most_rows(letters: Letters, count: int) -> int:
    """Return how many rows there can be: no more than lines, and `count` letters for each."""
    lines = 1
    for start in range(0, len(letters), _MOST_LETTERS):
        block = letters[start : start + _MOST_LETTERS]
        lines += int(np.count_nonzero((block == _FEED) | (block == _RETURN)))
    return min(lines, len(letters) // max(count, 1) + 1)


@cache
def _spaces() -> tuple[NDArray[np.uint32], ...]:
    """Return the codes of what str.strip() takes off, by number of bytes, 1 to 3."""
    codes = [chr(code).encode() for code in range(0x3001) if chr(code).isspace()]
    return tuple(
        np.array([int.from_bytes(code) for code in codes if len(code) == size], dtype=np.uint32)
        for size in (1, 2, 3)
    )


def _any_outer_space(letters: Letters, starts: Indices, ends: Indices) -> bool:
    """Tell whether any cell, none of them empty, begins or ends with space."""
    for size, spaces in enumerate(_spaces(), start=1):
        wide = ends - starts >= size
        firsts = starts[wide]
        for position in (firsts, ends[wide] - size):
            code = letters[position].astype(np.uint32)
            some = np.isin(code, spaces >> np.uint32(8 * (size - 1)))
            position, code = position[some], code[some]
            for further in range(1, size):
                code = (code << np.uint32(8)) | letters[position + further]
            if np.isin(code, spaces).any():
                return True
    return False
