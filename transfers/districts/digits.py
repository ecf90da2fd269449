"""Plain decimals read from the bytes of a column, eight letters of each cell at a time.

A cell is loaded as one to three words of eight letters, aligned at its end. A word is a number
of 64 bits with the last letter of the text in its highest byte, so that one operation on a word
does something to eight letters, and one operation of numpy does it to thousands of words.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.decimals import Ints
from transfers.districts.csv_column import CsvColumn, Offsets

Words = NDArray[np.uint64]

_BLOCK: Final = 8_192
_LETTERS: Final = 8
_MOST_WORDS: Final = 3
_MOST_DIGITS: Final = 18

_EACH: Final = np.uint64(0x0101010101010101)
"""A byte times this is that byte eight times over."""

_ZEROS: Final = _EACH * np.uint64(ord("0"))
_POINT: Final = np.uint64(ord(".") ^ ord("0"))
_POINTS: Final = _EACH * _POINT
_HIGH: Final = _EACH * np.uint64(0x80)
_LOW: Final = _EACH * np.uint64(0x7F)
_PAST_NINE: Final = _EACH * np.uint64(0x7F - 9)
_PLACES: Final = np.uint64(0x0706050403020100)
_KEPT: Final = np.array(
    [0, *(2**64 - 2 ** (64 - 8 * kept) for kept in range(1, 9))], dtype=np.uint64
)
"""The last so many letters of a word."""

_ONE, _EIGHT, _MINUS = np.uint64(1), np.uint64(8), ord("-")
_FOLDS: Final = tuple(
    (np.uint64(mask), np.uint64(factor), np.uint64(shift))
    for mask, factor, shift in (
        (0x0F0F0F0F0F0F0F0F, 10 * 2**8 + 1, 8),
        (0x00FF00FF00FF00FF, 100 * 2**16 + 1, 16),
        (0x0000FFFF0000FFFF, 10_000 * 2**32 + 1, 32),
    )
)
"""Eight digits become four pairs, two numbers of four digits, one number."""


def read_digits(
    column: CsvColumn, mantissas: Ints, places: NDArray[np.int8], plain: NDArray[np.bool_]
) -> None:
    """Read the plain decimals of `column` into the arrays given, which hold zeros.

    Parameters
    ----------
    column : (N,) CsvColumn
    mantissas : (N,) int64
        0 where the cell is not plain.
    places : (N,) int8
        Digits behind the point.
    plain : (N,) bool
        Cells of up to 18 digits with a minus or none, and perhaps a point before the last; but
        none among the first 24 bytes of the file, which would have to be loaded from before it.
    """
    size = len(column.data)
    if size < _LETTERS:
        return
    windows = np.ndarray((size - _LETTERS + 1,), "V8", column.data, 0, (1,))
    letters = np.frombuffer(column.data, np.uint8)
    for start in range(0, len(column), _BLOCK):
        block = slice(start, start + _BLOCK)
        starts, ends = column.before[block] + np.int32(1), column.ends[block]
        _unsigned(windows, starts, ends, mantissas[block], places[block], plain[block])
        other = np.flatnonzero(~plain[block] & (starts < ends))
        signed = other[letters[starts[other]] == _MINUS]
        if len(signed):
            _signed(windows, starts, ends, signed, mantissas[block], places[block], plain[block])


def _signed(
    windows: NDArray[np.void],
    starts: Offsets,
    ends: Offsets,
    chosen: NDArray[np.intp],
    mantissas: Ints,
    places: NDArray[np.int8],
    plain: NDArray[np.bool_],
) -> None:
    """Read the cells `chosen`, which begin with a minus."""
    found = np.zeros(len(chosen), np.int64), np.zeros(len(chosen), np.int8)
    read = np.zeros(len(chosen), np.bool_)
    _unsigned(windows, starts[chosen] + np.int32(1), ends[chosen], *found, read)
    mantissas[chosen], places[chosen], plain[chosen] = -found[0], found[1], read


def _unsigned(
    windows: NDArray[np.void],
    starts: Offsets,
    ends: Offsets,
    mantissas: Ints,
    places: NDArray[np.int8],
    plain: NDArray[np.bool_],
) -> None:
    """Read one block of cells without sign."""
    lengths = ends - starts
    count = min(max(-(-int(lengths.max()) // _LETTERS), 1), _MOST_WORDS)
    words = _words(windows, ends, lengths, count)
    digits = lengths
    read = (lengths > 0) & (ends >= _LETTERS * count)
    wrong = _not_digits(words)
    if wrong.any():
        found, pointed = _without_point(words)
        wrong = _not_digits(words)
        digits = lengths - pointed
        read &= (wrong == 0) & (digits > 0) & (pointed == (found > 0))
        places[:] = found * read
    if int(lengths.max()) > _MOST_DIGITS:
        read &= (digits <= _MOST_DIGITS) & (lengths <= _LETTERS * _MOST_WORDS)
        places *= read
    value = _value(words[0])
    for position, word in enumerate(words[1:], start=1):
        value += _value(word) * np.uint64(10 ** (_LETTERS * position))
    np.multiply(value.view(np.int64), read, out=mantissas)
    plain[:] = read


def _words(windows: NDArray[np.void], ends: Offsets, lengths: Offsets, count: int) -> list[Words]:
    """Load the last letters of each cell, digits as their values, 0 where there is no letter."""
    words = []
    for position in range(count):
        at = ends - np.int32(_LETTERS * (position + 1))
        word = windows[np.maximum(at, 0)].view("<u8")
        word ^= _ZEROS
        kept = lengths - np.int32(_LETTERS * position)
        word &= _KEPT.take(kept, mode="clip")
        words.append(word)
    return words


def _not_digits(words: list[Words]) -> Words:
    """Return what is not 0 where some letter is not a digit."""
    wrong = (words[0] + _PAST_NINE) | words[0]
    for word in words[1:]:
        wrong |= (word + _PAST_NINE) | word
    wrong &= _HIGH
    return wrong


def _without_point(words: list[Words]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Take the last word's first point out of each cell, and close the gap.

    Returns
    -------
    places : (N,) int8
        Letters behind the point.
    pointed : (N,) bool
        Whether there was a point. A second one is left where it is: no digit.
    """
    pointed = np.zeros(len(words[0]), dtype=np.bool_)
    places = np.zeros(len(words[0]), dtype=np.uint64)
    for position, word in enumerate(words):
        other = word ^ _POINTS
        marks = ~(((other & _LOW) + _LOW) | other | _LOW) >> np.uint64(7)
        marks &= ~marks + _ONE  # the lowest byte is the first letter
        marks *= ~pointed
        here = marks != 0
        places += (marks * _PLACES) >> np.uint64(56)
        places += here * np.uint64(_LETTERS * position)
        pointed |= here
        word ^= marks * _POINT
        left = word & (marks - _ONE)
        word ^= left
        word |= left << (pointed * _EIGHT)
        if position + 1 < len(words):
            word |= (words[position + 1] >> np.uint64(56)) * pointed
    return places.astype(np.int8), pointed


def _value(word: Words) -> Words:
    """Return the number that eight digits make."""
    for mask, factor, shift in _FOLDS:
        word = ((word & mask) * factor) >> shift
    return word
