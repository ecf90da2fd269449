"""Where the cells of a csv file begin and end, found by numpy in blocks that are plain."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

import numpy as np

from transfers.arithmetic.decimals import Indices, Ints
from transfers.districts.csv_block import Letters, cut_block
from transfers.districts.csv_column import CsvColumn
from transfers.districts.faults import MOST_TOLD, Faults
from transfers.districts.sheet import Record
from transfers.errors import Fault, Place

_FEED, _RETURN = ord("\n"), ord("\r")
_MOST_LETTERS: Final = 131_072
"""Of one cell: the csv module's limit."""

_LARGEST: Final = 16 * _MOST_LETTERS
"""A larger block is one endless line, which is not worth eight bytes of memory per letter."""


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

    @property
    def rows(self) -> int:
        """How many rows there are so far."""
        return self._rows

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
        if not self._count or stop - at > _LARGEST:
            return None
        block = cut_block(self._letters[at:stop], self._count)
        if block is None or block.longest() > _MOST_LETTERS:
            return None
        if not block.without_returns() or not block.without_space():
            return None
        rows = len(block.last)
        nul = np.flatnonzero(block.letters == 0) if self._text.find(b"\0", at, stop) >= 0 else ()
        if len(nul):
            self._tell_nul(np.searchsorted(block.ends.ravel(), nul), line, faults)
        if block.changed:
            self._rewrite(at, block.letters.tobytes())
        self._add_rows(block.before() + at, block.ends + at, np.arange(line, line + rows))
        return rows

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

    def _rewrite(self, at: int, written: bytes) -> None:
        """Put cells in the place of what they were read from, which is never shorter."""
        if self._rewritten is None:
            self._rewritten = bytearray(self._text)
        self._rewritten[at : at + len(written)] = written

    def _tell_nul(self, holding: Indices, line: int, faults: Faults) -> None:
        """Name the cells of a block that hold a NUL."""
        cells = np.unique(holding)
        told = []
        for cell in cells[:MOST_TOLD].tolist():
            row, column = divmod(cell, self._count)
            told.append(Fault("table.nul", Place(self._file, line + row, column + 1)))
        faults.add_many(told, count=len(cells))

    def add_records(self, records: Sequence[Record], at: int, faults: Faults) -> None:
        """Add records that the csv module has read from `at` on."""
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
        self._rewrite(at, b",".join(texts))
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
