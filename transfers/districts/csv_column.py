"""One column of a csv file, its texts cut out of the file's bytes when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, SupportsIndex, overload

import numpy as np
from numpy.typing import NDArray

Offsets = NDArray[np.int32]

_BLOCK: Final = 8_192
_WIDEST: Final = 64
"""A block with a cell of more bytes than this is cut up cell by cell."""


class CsvColumn(Sequence[str]):
    """The cells of one column, stripped of outer space, as texts.

    Memory holds the bytes of the whole file, once, and where each cell begins and ends; a million
    figures are read from there without a million Python objects (see `plain_numbers`).

    Parameters
    ----------
    data : bytes or bytearray
        UTF-8, shared by all columns.
    before : (N,) int32
        Offset of the byte in front of each cell.
    ends : (N,) int32
        Offset behind the last byte of each cell.
    """

    __slots__ = ("before", "data", "ends")

    def __init__(self, data: bytes | bytearray, before: Offsets, ends: Offsets) -> None:
        self.data = data
        self.before = before
        self.ends = ends

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, index: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> CsvColumn: ...
    def __getitem__(self, index: SupportsIndex | slice) -> str | CsvColumn:
        if isinstance(index, slice):
            return CsvColumn(self.data, self.before[index], self.ends[index])
        return self.data[self.before[index] + 1 : self.ends[index]].decode()

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), _BLOCK):
            yield from self._texts(slice(start, start + _BLOCK))

    def texts(self) -> list[str]:
        """Return all cells as Python texts."""
        texts: list[str] = []
        for start in range(0, len(self), _BLOCK):
            texts += self._texts(slice(start, start + _BLOCK))
        return texts

    def at(self, rows: Sequence[int] | NDArray[np.integer]) -> CsvColumn:
        """Return the column in another order of rows; -1 stands for an empty cell."""
        chosen = np.asarray(rows, dtype=np.intp)
        before, ends = self.before[chosen], self.ends[chosen]
        none = chosen < 0
        before[none], ends[none] = -1, 0
        return CsvColumn(self.data, before, ends)

    def has_text(self) -> bool:
        """Tell whether any cell holds text."""
        return bool((self.ends - self.before > 1).any())

    def _texts(self, block: slice) -> list[str]:
        """Return a block of cells as texts: brought together, decoded and split in one go."""
        starts, ends = self.before[block] + np.int32(1), self.ends[block]
        lengths = ends - starts
        width = int(lengths.max()) + 1
        # A cell is taken with what follows it, which the end of the file must leave room for.
        if width > _WIDEST or int(starts.max()) + width > len(self.data):
            return self._one_by_one(starts, ends)
        windows = np.ndarray((len(self.data) - width + 1,), f"V{width}", self.data, 0, (1,))
        cells = windows[starts].view(np.uint8).reshape(len(starts), width)
        cells[np.arange(len(starts)), lengths] = 0
        if int(lengths.min()) + 1 < width:
            cells = cells[np.arange(width, dtype=np.int32) <= lengths[:, None]]
        texts = cells.tobytes().decode().split("\0")
        # More texts than cells: some cell holds a NUL.
        return texts[:-1] if len(texts) == len(starts) + 1 else self._one_by_one(starts, ends)

    def _one_by_one(self, starts: Offsets, ends: Offsets) -> list[str]:
        data = self.data
        pairs = zip(starts.tolist(), ends.tolist(), strict=True)
        return [data[start:end].decode() for start, end in pairs]


def texts_at(column: Sequence[str], rows: NDArray[np.integer] | None = None) -> Sequence[str]:
    """Return the cells of some rows, or of all, as Python texts.

    Examples
    --------
    >>> texts_at(["a", "b", "c"], np.array([2, 0]))
    ['c', 'a']
    """
    if isinstance(column, CsvColumn):
        return (column if rows is None else column.at(rows)).texts()
    return column if rows is None else [column[row] for row in rows.tolist()]
