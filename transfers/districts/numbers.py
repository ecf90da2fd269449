"""Numbers out of a column of texts, fast where they are plain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.decimals import MAX_PLACES, Decimals, Ints, decimal_places
from transfers.arithmetic.rationals import Rationals
from transfers.districts.csv_column import CsvColumn
from transfers.districts.digits import read_digits

_BLOCK: Final = 16_384
_WIDEST: Final = 20
_MOST_DIGITS: Final = 18
_FEW: Final = 200
"""Below this many cells, reading them one by one is faster."""

_POWERS: Final = 10 ** np.arange(19, dtype=np.int64)


class PlainNumbers(Struct, frozen=True, eq=False):
    """The cells of a column that are plain decimals: a minus or none, digits, perhaps a point.

    Parameters
    ----------
    mantissas : (N,) int64
        0 where the cell is not plain.
    places : (N,) int8
        Digits behind the point of each cell.
    plain : (N,) bool
    """

    mantissas: Ints
    places: NDArray[np.int8]
    plain: NDArray[np.bool_]


def plain_numbers(texts: Sequence[str]) -> PlainNumbers:
    """Read the plain decimals among `texts`, a block of cells at a time, all at once.

    A column of a csv file is read from the file's bytes; no text is made of a plain cell.

    Examples
    --------
    >>> numbers = plain_numbers(["12.50", "-", "-3"] * 100)
    >>> numbers.mantissas[:3].tolist(), numbers.plain[:3].tolist()
    ([1250, 0, -3], [True, False, True])
    """
    n = len(texts)
    mantissas, places = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int8)
    plain = np.zeros(n, dtype=np.bool_)
    if n >= _FEW and isinstance(texts, CsvColumn):
        read_digits(texts, mantissas, places, plain)
    elif n >= _FEW:
        for start in range(0, n, _BLOCK):
            block = slice(start, start + _BLOCK)
            _read_block(texts[block], mantissas[block], places[block], plain[block])
    return PlainNumbers(mantissas, places, plain)


def _read_block(
    texts: Sequence[str],
    mantissas: Ints,
    places: NDArray[np.int8],
    plain: NDArray[np.bool_],
) -> None:
    """Read one block of cells, letter by letter from the left, into the arrays given."""
    n = len(texts)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=n)
    width = min(max(int(lengths.max()), 1), _WIDEST)
    letters = np.array(texts, dtype=f"U{width}").view(np.uint32).reshape(n, width).T
    digits = np.zeros(n, dtype=np.int8)
    pointed = np.zeros(n, dtype=np.bool_)
    plain[:] = (lengths > 0) & (lengths <= _WIDEST)
    negative = letters[0] == ord("-")
    for position, letter in enumerate(np.ascontiguousarray(letters)):
        figure = letter - np.uint32(ord("0"))  # wraps round to something large for what is less
        digit = figure < 10
        point = letter == ord(".")
        # A second point, or any other letter before the end of the text, is not plain.
        wrong = ~digit & ~(point & ~pointed) & (position < lengths)
        if position == 0:
            wrong &= ~negative
        plain &= ~wrong
        pointed |= point
        np.multiply(mantissas, 10, out=mantissas, where=digit)
        np.add(mantissas, figure, out=mantissas, where=digit)
        digits += digit
        places += digit & pointed
    plain &= (digits > 0) & (digits <= _MOST_DIGITS) & (pointed == (places > 0))
    mantissas[:] = np.where(negative, -mantissas, mantissas) * plain
    places *= plain


def common_decimals(numbers: PlainNumbers, others: Mapping[int, Fraction]) -> Decimals | None:
    """Bring all cells to one number of places.

    Parameters
    ----------
    numbers : PlainNumbers
    others : mapping of int to Fraction
        Values of cells that are not plain; the cells that are neither become 0.

    Returns
    -------
    Decimals or None
        None where they don't fit.
    """
    needed = int(numbers.places.max(initial=0))
    places_of = {value: decimal_places(value) for value in set(others.values())}
    for places in places_of.values():
        if places is None or places > MAX_PLACES:
            return None
        needed = max(needed, places)
    mantissas = numbers.mantissas
    coarse = np.flatnonzero(numbers.places < needed)
    if len(coarse):
        mantissas = mantissas.copy()
        raised = _raised(numbers, coarse, needed)
        if raised is None:
            return None
        mantissas[coarse] = raised
    mantissa_of = {
        value: value.numerator * (10**needed // value.denominator) for value in places_of
    }
    if max(map(abs, mantissa_of.values()), default=0) >= 2**63:
        return None
    if others:
        mantissas = mantissas.copy()
        mantissas[list(others)] = [mantissa_of[value] for value in others.values()]
    return Decimals(mantissas, needed)


def common_rationals(numbers: PlainNumbers, others: Mapping[int, Fraction]) -> Rationals:
    """Bring all cells to one denominator, where they don't fit decimals."""
    needed = int(numbers.places.max(initial=0))
    denominator = lcm(10**needed, *{value.denominator for value in others.values()})
    factors = np.array([denominator // 10**places for places in range(needed + 1)], dtype=object)
    numerators = numbers.mantissas * factors[numbers.places]
    for row, value in others.items():
        numerators[row] = value.numerator * (denominator // value.denominator)
    return Rationals(numerators, denominator)


def _raised(numbers: PlainNumbers, coarse: NDArray[np.intp], needed: int) -> Ints | None:
    """Return the mantissas of the cells `coarse` at `needed` places; None where too large."""
    mantissas = numbers.mantissas[coarse]
    steps = needed - numbers.places[coarse].astype(np.intp)
    for step in np.flatnonzero(np.bincount(steps)).tolist():
        largest = int(np.abs(mantissas[steps == step]).max())
        if largest * 10**step >= 2**63:
            return None
    # Only zeros are raised by more than 18 places here.
    return np.asarray(mantissas * _POWERS[np.minimum(steps, 18)])
