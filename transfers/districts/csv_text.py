"""A csv file's bytes, decoded and cut into records and columns, strictly.

Python's csv module decides what a csv file means. Blocks of the file that need no decision - no
quotes, as many cells in every row as there are columns, no space around a cell - are cut by numpy
where the commas and the ends of lines are; all others go through the csv module itself.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from typing import Final

from transfers import progress
from transfers.districts.csv_column import CsvColumn
from transfers.districts.csv_cuts import Cuts
from transfers.districts.csv_records import Records, block_end
from transfers.districts.digest import sha256_of
from transfers.districts.encoding import brought_to_utf_8
from transfers.districts.faults import Faults, refuse
from transfers.districts.sheet import Looks, Merged, Record, check_width

_BLOCK: Final = 131_072
_LONGEST_LINE: Final = 16_000_000
"""Bytes; a line is decoded as one."""
_TOP: Final = 4_000_000
"""Bytes within which the first records are."""
_MOST_ROWS: Final = 10_000_000
_MOST_FAULTS: Final = 1_000_000
"""A file that is wrong throughout is not read to its end."""


class CsvText:
    """A csv file's text.

    Parameters
    ----------
    file : str
        The file, as messages name it.
    data : bytes
        All of it.
    block : int
        About how many bytes are cut at once.

    Raises
    ------
    TableError
        The file is too large, or some of it is no text.

    Attributes
    ----------
    encoding : str
        ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``gb18030``.
    sha256 : str
        Of the bytes, hexadecimal.
    """

    name: str = ""
    merged: tuple[Merged, ...] = ()
    unread: Mapping[tuple[int, int], str] = {}
    looks: Looks = Looks()

    def __init__(self, file: str, data: bytes, *, block: int = _BLOCK) -> None:
        self.file, self._block = file, block
        self.sha256 = sha256_of(data)
        self._text, self._first, self.encoding = brought_to_utf_8(file, data)
        self._check_lines()

    def top(self, most: int) -> list[Record]:
        """Return the first records that hold any text, at most `most`, however many cells each.

        Their cells are stripped of outer space. Records at fault are passed over:
        :meth:`body` tells of them.
        """
        found: list[Record] = []
        stop = block_end(self._text, self._first, len(self._text), _TOP)
        for record in self._records(self._first, stop, 1).all(Faults()):
            check_width(self, record)
            cells = [cell.strip() for cell in record.cells]
            found.append(Record(record.line, record.next_line, cells))
            if len(found) == most:
                break
        return found

    def body(
        self, line: int, count: int, faults: Faults
    ) -> tuple[tuple[CsvColumn, ...], array[int]]:
        """Cut all records from `line` on into columns.

        Parameters
        ----------
        line : int
            A line that a record starts on, from 1: `next_line` of one above.
        count : int
            Number of columns.
        faults : Faults
            Receives what is wrong: rows longer or shorter than `count`, quotes that don't pair,
            cells that are too long or hold a NUL; and cells above `line` that are too long or
            whose quotes don't pair.

        Returns
        -------
        columns : tuple of `count` (N,) CsvColumn
            Cells, stripped of outer space. Rows without any text are left out.
        lines : (N,) array of int64
            The line each row starts on.
        """
        at, end = self._offset(line), len(self._text)
        for _ in self._records(self._first, at, 1).all(faults):
            pass
        cuts = Cuts(self.file, self._text, at, count)
        with progress.stage("read", end - at) as stage:
            while at < end and len(faults) < _MOST_FAULTS:
                begun, stop = at, block_end(self._text, at, end, self._block)
                rows = self._blank_lines(at, stop)
                if rows is None:
                    rows = cuts.add_block(at, stop, line, faults)
                if rows is None:
                    records = self._records(at, end, line)
                    cuts.add_records(records.block(faults), at, faults)
                    at, line = records.at, records.line
                else:
                    at, line = stop, line + rows
                stage.advance(at - begun)
                if cuts.rows > _MOST_ROWS:
                    refuse("table.too_many_rows", self.file, most=f"{_MOST_ROWS:,}")
        return cuts.columns(), cuts.lines()

    def _check_lines(self) -> None:
        """Refuse a line that is too long to be one."""
        text, at = self._text, self._first
        while len(text) - at > _LONGEST_LINE:
            end = at + _LONGEST_LINE
            found = max(text.rfind(b"\n", at, end), text.rfind(b"\r", at, end))
            if found < 0:
                line = len(re.findall(rb"\r\n?|\n", memoryview(text)[:at])) + 1
                refuse("table.long_line", self.file, line, megabytes=_LONGEST_LINE // 1_000_000)
            at = found + 1

    def _blank_lines(self, at: int, stop: int) -> int | None:
        """Return how many lines a block has, if nothing stands on any of them."""
        block = self._text[at:stop]
        if not block.isspace():
            return None
        closed = block.count(b"\n") + block.count(b"\r") - block.count(b"\r\n")
        return closed + (not block.endswith((b"\n", b"\r")))

    def _records(self, at: int, stop: int, line: int) -> Records:
        return Records(self.file, self._text, at, stop, line, self._block)

    def _offset(self, line: int) -> int:
        """Return where `line` begins."""
        at = self._first
        ends = re.compile(rb"\r\n?|\n").finditer(self._text, at)
        for _ in range(line - 1):
            match = next(ends, None)
            if match is None:
                return len(self._text)
            at = match.end()
        return at
