"""Records of a csv file as Python's csv module reads them, strictly, a block at a time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from transfers.districts.faults import MOST_TOLD, Faults
from transfers.districts.sheet import Record
from transfers.errors import Place

_LINES_SEARCHED: Final = 21
_LETTERS_SEARCHED: Final = 100_000


def block_end(data: bytes | bytearray, at: int, stop: int, size: int) -> int:
    """Return where a block of about `size` bytes from `at` ends: behind an end of line."""
    end = at + size
    while end < stop:
        found = data.rfind(b"\n", at, end)
        if found < 0:
            # Not the very last letter: a line feed may follow it.
            found = data.rfind(b"\r", at, end - 1)
        if found >= 0:
            return found + 1
        end += end - at
    return stop


class Records:
    """The records of a part of a file, which begins and ends where a record does.

    Parameters
    ----------
    file : str
        The file, as messages name it.
    data : bytes or bytearray
        All of it, UTF-8.
    at, stop : int
        The part.
    line : int
        The line it begins on, from 1.
    size : int
        About how many bytes make a block.

    Attributes
    ----------
    at : int
        Where the lines opened so far end.
    """

    def __init__(
        self, file: str, data: bytes | bytearray, at: int, stop: int, line: int, size: int
    ) -> None:
        self.at = at
        self._file, self._data, self._stop, self._size = file, data, stop, size
        self._before = line - 1
        self._opened = 0
        self._blocks: list[tuple[int, list[str]]] = []
        self._start = 0
        self._told = 0
        self._reader = csv.reader(chain.from_iterable(self._open_blocks()), strict=True)

    @property
    def line(self) -> int:
        """The line behind what has been read."""
        return self._before + self._reader.line_num + 1

    def all(self, faults: Faults) -> Iterator[Record]:
        """Yield all records that hold any text."""
        while self.at < self._stop:
            yield from self.block(faults)

    def block(self, faults: Faults) -> list[Record]:
        """Return the records up to the next border of blocks that is one of records as well."""
        found: list[Record] = []
        reader, before = self._reader, self._before + 1
        end = reader.line_num
        while True:
            start = self._start = end
            try:
                row = next(reader)
            except StopIteration:
                return found
            except csv.Error as error:
                end = reader.line_num
                self._tell(error, before + start, faults)
            else:
                end = reader.line_num
                if any(row) and (row[0].strip() or any(map(str.strip, row))):
                    found.append(Record(before + start, before + end, row))
            if end == self._opened:
                return found

    def _open_blocks(self) -> Iterator[list[str]]:
        """Yield the lines, decoded, as many at a time as are in a block."""
        while self.at < self._stop:
            end = block_end(self._data, self.at, self._stop, self._size)
            text = self._data[self.at : end].decode()
            lines = io.StringIO(text, newline="").readlines()
            self._blocks = [block for block in self._blocks if block[0] > self._start]
            self._opened += len(lines)
            self._blocks.append((self._opened, lines))
            self.at = end
            yield lines

    def _tell(self, error: csv.Error, line: int, faults: Faults) -> None:
        """Name the cell that the csv module stumbled over."""
        self._told += 1
        if self._told > MOST_TOLD:
            faults.add_many((), count=1)
            return
        lines = list(chain.from_iterable(lines for _, lines in self._blocks))
        start = self._start - (self._opened - len(lines))
        end = min(self._reader.line_num - self._start, _LINES_SEARCHED)
        column = _column_of_quote(lines[start : start + end])
        long = "field larger" in str(error)
        code = "table.long_cell" if long else "table.quote"
        faults.add(code, Place(self._file, line, column))


def _column_of_quote(lines: list[str]) -> int:
    """Return which cell, from 1, of the row on `lines` is not closed properly."""
    record = "".join(lines)[:_LETTERS_SEARCHED]
    whole_cell = re.compile(r'(?:"(?:[^"]|"")*"|[^",\r\n][^,\r\n]*|),')
    column, at = 1, 0
    while match := whole_cell.match(record, at):
        column, at = column + 1, match.end()
    return column
