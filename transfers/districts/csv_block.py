"""A block of whole lines of a csv file, cut by numpy where its commas and ends of lines are."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.decimals import Indices

Letters = NDArray[np.uint8]

_COMMA, _FEED, _RETURN, _QUOTE = ord(","), ord("\n"), ord("\r"), ord('"')
_SPACE, _TAB = ord(" "), ord("\t")
_FIRST_OF_SPACE: Final = (b"\xc2", b"\xe1", b"\xe2", b"\xe3")
"""First bytes of the kinds of space beyond ASCII."""

_CLOSELY: Final = 131_072


class Block:
    """A block and its cuts.

    Parameters
    ----------
    letters : (L,) uint8
    ends : (R, C) intp
    ends_of_lines : int
        How many there are.
    returns : int
        How many carriage returns there are besides.

    Attributes
    ----------
    letters : (L,) uint8
        The block, without the quotes and spaces taken out of it so far.
    ends : (R, C) intp
        Where the cells end.
    last : (R,) intp
        Where the rows end, which is where their last cells do, or behind a carriage return.
    changed : bool
        Whether anything was taken out.
    """

    def __init__(self, letters: Letters, ends: Indices, ends_of_lines: int, returns: int) -> None:
        self.letters, self.ends = letters, ends
        self.last = ends[:, -1].copy()
        self.changed = False
        self._ends_of_lines, self._returns = ends_of_lines, returns

    def before(self) -> Indices:
        """Return the place in front of each row: (R,) intp."""
        return np.concatenate(([-1], self.last[:-1]))

    def starts(self) -> Indices:
        """Return where the cells start: (R, C) intp."""
        starts = np.empty_like(self.ends)
        starts[:, 0] = self.before() + 1
        starts[:, 1:] = self.ends[:, :-1] + 1
        return starts

    def longest(self) -> int:
        """Return the most bytes a cell may have."""
        size = len(self.letters)
        # Hardly ever is it worth while to look more closely.
        return size if size <= _CLOSELY else int((self.ends - self.starts()).max())

    def take_out(self, gone: NDArray[np.bool_]) -> None:
        """Take letters out."""
        before = np.concatenate(([0], np.cumsum(gone)))
        self.ends -= before[self.ends]
        self.last -= before[self.last]
        self.letters = self.letters[~gone]
        self.changed = True

    def without_returns(self) -> bool:
        """End cells in front of carriage returns; tell whether there are no others."""
        if not self._returns:
            return True
        returned = (self.letters[self.last - 1] == _RETURN) & (self.last > self.before() + 1)
        self.ends[:, -1] -= returned
        return int(np.count_nonzero(returned)) == self._returns

    def without_space(self) -> bool:
        """Take spaces and tabs off the cells; tell whether no other kind of space is there."""
        letters = self.letters
        if np.count_nonzero(letters <= _SPACE) == self._ends_of_lines + self._returns:
            text = letters.tobytes()
            if all(text.find(first) < 0 for first in _FIRST_OF_SPACE):
                return True
        if not self._has_outer_space():
            return True
        self._take_space_out()
        return not self._has_outer_space()

    def _has_outer_space(self) -> bool:
        starts = self.starts()
        full = starts < self.ends
        return _any_outer_space(self.letters, starts[full], self.ends[full])

    def _take_space_out(self) -> None:
        """Take out spaces and tabs between a letter and the border of its cell."""
        letters, size = self.letters, len(self.letters)
        border = np.zeros(size + 2, dtype=np.bool_)  # from -1 to the end
        border[0] = True
        border[self.ends.ravel() + 1] = border[self.last + 1] = True
        other = np.flatnonzero((letters != _SPACE) & (letters != _TAB))
        other = np.concatenate(([-1], other, [size]))
        gaps = np.flatnonzero(np.diff(other) > 1)
        gaps = gaps[border[other[gaps] + 1] | border[other[gaps + 1] + 1]]
        steps = np.zeros(size + 1, dtype=np.int8)
        steps[other[gaps] + 1] += 1
        steps[other[gaps + 1]] -= 1
        gone = np.cumsum(steps[:-1], dtype=np.int8).view(np.bool_)
        self.take_out(gone)


def cut_block(letters: Letters, count: int) -> Block | None:
    """Cut a block; None where it is not one of rows of `count` cells, a line each.

    Quotes are taken out of it, where they are around whole cells and nowhere else.
    """
    text = letters.tobytes()
    returns = int(np.count_nonzero(letters == _RETURN)) if b"\r" in text else 0
    ends_of_lines = letters == _FEED
    feeds = int(np.count_nonzero(ends_of_lines))
    if returns and not feeds:
        ends_of_lines, feeds, returns = letters == _RETURN, returns, 0
    rows = feeds
    marks = np.flatnonzero((letters == _COMMA) | ends_of_lines)
    closed = bool(ends_of_lines[-1])
    quoted = letters == _QUOTE if b'"' in text else None
    if quoted is not None:
        outer = _outside(letters, marks, np.flatnonzero(quoted), only_returns=not returns)
        if outer is None:
            return None
        marks = outer
    if not closed:
        marks, rows = np.append(marks, len(letters)), rows + 1
    if len(marks) != rows * count:
        return None
    block = Block(letters, marks.reshape(rows, count), feeds, returns)
    if not ends_of_lines[block.last[:feeds]].all():
        return None
    if quoted is not None:
        block.take_out(quoted)
    return block


def _outside(
    letters: Letters, marks: Indices, quotes: Indices, *, only_returns: bool
) -> Indices | None:
    """Return the marks that are not within quotes; None where the csv module has to decide.

    That is where quotes are elsewhere than at the borders of a cell, and where a cell has lines.
    A carriage return in front of a quote ends a line of its own, unless all lines end so.
    """
    if len(quotes) % 2:
        return None
    border = np.array([_COMMA], dtype=np.uint8)
    padded = np.concatenate((border, letters, border))
    opening, closing = padded[quotes[::2]], padded[quotes[1::2] + 2]
    if not only_returns and (opening == _RETURN).any():
        return None
    beside = np.concatenate((opening, closing))
    if not ((beside == _COMMA) | (beside == _FEED) | (beside == _RETURN)).all():
        return None
    lines = np.flatnonzero((letters == _FEED) | (letters == _RETURN))
    if (np.searchsorted(quotes, lines) % 2).any():
        return None
    within = np.searchsorted(quotes, marks) % 2
    return np.asarray(marks[within == 0])


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
