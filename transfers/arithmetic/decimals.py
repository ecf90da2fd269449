"""Exact decimals: whole mantissas and one number of places for a whole array.

Nothing here wraps around. Whether an operation fits is decided beforehand, in Python's unbounded
integers, from the largest mantissas; what might not fit is answered with None, and the caller
goes another way (:mod:`transfers.arithmetic.rationals`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Signs = NDArray[np.int8]
Indices = NDArray[np.intp]

MAX_DIGITS: Final = 60
MAX_EXPONENT: Final = 99
MAX_PLACES: Final = 22
"""10**22 is the last power of ten that float64 holds exactly."""

_LARGEST: Final = 2**63 - 1
_WHOLE_IN_FLOAT: Final = 2**53
_HALF_ULP: Final = 2.0**-53


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?(%?)")


def written_as_number(text: str) -> bool:
    """Tell whether `text` has the form of a number, however long it is."""
    match = _number().fullmatch(text)
    return match is not None and bool(match[2] or match[3])


def parse_decimal(text: str) -> Fraction | None:
    """Read a number as a document or a cell of a table writes it.

    An optional sign, ASCII digits with an optional fraction, an optional exponent, an optional
    percent sign. No separators of thousands, no infinity, no surrounding space.

    Parameters
    ----------
    text : str

    Returns
    -------
    Fraction or None
        None where `text` is not a number, has more than 60 digits or an exponent beyond 99:
        refused before any conversion that could hang.

    Examples
    --------
    >>> parse_decimal("12.50%")
    Fraction(1, 8)
    >>> parse_decimal("1,234") is None
    True
    """
    match = _number().fullmatch(text)
    if match is None:
        return None
    sign, whole, fraction, exponent, percent = match.groups(default="")
    if not 0 < len(whole) + len(fraction) <= MAX_DIGITS or len(exponent.lstrip("+-")) > 3:
        return None
    power = int(exponent or 0)
    if abs(power) > MAX_EXPONENT:
        return None
    power -= len(fraction) + (2 if percent else 0)
    mantissa = int(sign + whole + fraction)
    return Fraction(mantissa * 10**power) if power >= 0 else Fraction(mantissa, 10**-power)


def decimal_places(value: Fraction) -> int | None:
    """Return the fewest decimals that write `value` exactly; None where it never ends.

    Examples
    --------
    >>> decimal_places(Fraction(3, 8)), decimal_places(Fraction(1, 3))
    (3, None)
    """
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def format_decimal(value: Fraction) -> str:
    """Write `value` exactly, as a document would: ``1.25``; a fraction where it never ends.

    Examples
    --------
    >>> format_decimal(Fraction(-5, 4)), format_decimal(Fraction(3)), format_decimal(Fraction(1, 3))
    ('-1.25', '3', '1/3')
    """
    places = decimal_places(value)
    if not places:
        return str(value)
    whole, fraction = divmod(int(abs(value) * 10**places), 10**places)
    return f"{'-' if value < 0 else ''}{whole}.{fraction:0{places}d}"


def fixed_decimal(figure: Fraction, places: int, separator: str = "") -> str:
    """Write `figure` with `places` decimals, rounded half away from zero; never "-0".

    Examples
    --------
    >>> fixed_decimal(Fraction(12345, 10), 2, ","), fixed_decimal(Fraction(-1, 3), 0)
    ('1,234.50', '0')
    """
    mantissa, rest = divmod(abs(figure.numerator) * 10**places, figure.denominator)
    if 2 * rest >= figure.denominator:
        mantissa += 1
    whole, fraction = divmod(mantissa, 10**places)
    sign = "-" if figure < 0 and mantissa else ""
    text = f"{sign}{whole:,}" if separator else f"{sign}{whole}"
    return f"{text}.{fraction:0{places}d}" if places else text


class Decimals(Struct, frozen=True, eq=False):
    """An array of exact decimals: ``mantissas * 10**-places``.

    Parameters
    ----------
    mantissas : (...) int64
        Of any shape; operations broadcast.
    places : int
        Digits behind the point, the same for all, 0 to 22.
    """

    mantissas: Ints
    places: int = 0

    def __post_init__(self) -> None:
        if self.mantissas.dtype != np.int64 or not 0 <= self.places <= MAX_PLACES:
            raise ValueError(f"not decimals: {self.mantissas.dtype}, {self.places} places")

    @classmethod
    def from_fractions(cls, values: Sequence[Fraction]) -> Decimals | None:
        """Return `values` as one row of decimals; None where one of them doesn't fit.

        Examples
        --------
        >>> Decimals.from_fractions([Fraction(1, 2), Fraction(3)])
        Decimals(mantissas=array([ 5, 30]), places=1)
        """
        needed = 0
        for value in values:
            places = decimal_places(value)
            if places is None or places > MAX_PLACES:
                return None
            needed = max(needed, places)
        scale = 10**needed
        mantissas = [value.numerator * (scale // value.denominator) for value in values]
        if max(map(abs, mantissas), default=0) > _LARGEST:
            return None
        return cls(np.array(mantissas, dtype=np.int64), needed)

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the array."""
        return self.mantissas.shape

    def __len__(self) -> int:
        return len(self.mantissas)

    # -- out of decimals ---------------------------------------------------------------------

    def floats(self) -> Floats:
        """Return the nearest floats.

        Returns
        -------
        (...) float64
            One correctly rounded division where the mantissa is exact as a float (up to 2**53);
            the others one by one.
        """
        values = self.mantissas.astype(np.float64)
        if self.places == 0:
            return values
        values /= 10.0**self.places
        if self._largest() > _WHOLE_IN_FLOAT:
            wide = np.abs(self.mantissas.astype(np.float64)) >= _WHOLE_IN_FLOAT
            scale = 10**self.places
            values[wide] = [mantissa / scale for mantissa in self.mantissas[wide].tolist()]
        return values

    def float_error(self) -> Floats:
        """Return how far :meth:`floats` may be from the exact figures.

        Returns
        -------
        (...) float64
            0 where the float is the exact figure, else half a unit in the last place, at most
            ``|value| * 2**-53``.
        """
        if self.places == 0 and self._largest() <= _WHOLE_IN_FLOAT:
            return np.zeros(self.shape)
        # A figure is a float when it is a whole number of 53 bits over a power of two.
        halves, rest = np.divmod(self.mantissas, np.int64(5**self.places))
        exact = (rest == 0) & (halves <= _WHOLE_IN_FLOAT) & (halves >= -_WHOLE_IN_FLOAT)
        return np.where(exact, 0.0, np.abs(self.floats()) * _HALF_ULP)

    def fractions(self, indices: Indices | Sequence[int] | None = None) -> list[Fraction]:
        """Return exact figures, all or those at `indices`, in the order of the flattened array."""
        chosen = self.mantissas.ravel()
        if indices is not None:
            chosen = chosen[np.asarray(indices, dtype=np.intp)]
        scale = 10**self.places
        return [Fraction(mantissa, scale) for mantissa in chosen.tolist()]

    def take(self, indices: Indices | Sequence[int], axis: int = -1) -> Decimals:
        """Return the figures at `indices` along `axis`."""
        chosen = np.asarray(indices, dtype=np.intp)
        return Decimals(np.take(self.mantissas, chosen, axis=axis), self.places)

    # -- arithmetic: None where int64 might not hold the answer --------------------------------

    def negate(self) -> Decimals | None:
        """Return ``-self``."""
        return None if self._largest() > _LARGEST else Decimals(-self.mantissas, self.places)

    def add(self, other: Decimals) -> Decimals | None:
        """Return ``self + other``."""
        pair = self._aligned(other)
        return None if pair is None else Decimals(pair[0] + pair[1], pair[2])

    def subtract(self, other: Decimals) -> Decimals | None:
        """Return ``self - other``."""
        pair = self._aligned(other)
        return None if pair is None else Decimals(pair[0] - pair[1], pair[2])

    def multiply(self, other: Decimals) -> Decimals | None:
        """Return ``self * other``."""
        places = self.places + other.places
        if places > MAX_PLACES or self._largest() * other._largest() > _LARGEST:
            return None
        return Decimals(np.asarray(self.mantissas * other.mantissas), places)

    def sum(self, axis: int | None = -1, *, keepdims: bool = False) -> Decimals | None:
        """Return the sum along `axis` (None: of everything)."""
        count = self.mantissas.size if axis is None else self.shape[axis]
        if self._largest() * count > _LARGEST:
            # Every partial sum stays below the sum of the sizes, with room for float error.
            sizes = np.abs(self.mantissas.astype(np.float64)).sum(axis=axis)
            if np.max(sizes, initial=0.0) >= 2.0**62:
                return None
        total = self.mantissas.sum(axis=axis, keepdims=keepdims)
        return Decimals(np.asarray(total, dtype=np.int64), self.places)

    def rescale(self, places: int) -> Decimals | None:
        """Return the same figures with `places` places; None where that would lose a digit."""
        if places >= self.places:
            scaled = self._raised(places)
            return None if scaled is None or places > MAX_PLACES else Decimals(scaled, places)
        floors = self._floors(places)
        return Decimals(floors, places) if np.array_equal(floors, self._ceils(places)) else None

    def floor_at(self, places: int = 0) -> Ints | None:
        """Return the largest whole mantissas, at `places` places, not above the figures.

        Examples
        --------
        >>> Decimals(np.array([-125, 125]), 2).floor_at(1)
        array([-13,  12])
        """
        return self._raised(places) if places >= self.places else self._floors(places)

    def ceil_at(self, places: int = 0) -> Ints | None:
        """Return the smallest whole mantissas, at `places` places, not below the figures."""
        return self._raised(places) if places >= self.places else self._ceils(places)

    def compare(self, other: Decimals) -> Signs:
        """Return -1, 0 or 1 where `self` is below, equal to or above `other`.

        Always decided: where the mantissas can't be brought to the same places, the finer side is
        divided instead of the coarser one multiplied.
        """
        if self.places > other.places:
            return np.negative(other.compare(self))
        mine = self._raised(other.places)
        if mine is not None:
            floors = ceils = other.mantissas
        else:
            mine = self.mantissas
            floors, ceils = other._floors(self.places), other._ceils(self.places)
        return np.asarray(mine > floors).astype(np.int8) - np.asarray(mine < ceils).astype(np.int8)

    # -- inside --------------------------------------------------------------------------------

    def _largest(self) -> int:
        """Return the largest size of a mantissa."""
        if self.mantissas.size == 0:
            return 0
        return max(int(self.mantissas.max()), -int(self.mantissas.min()))

    def _raised(self, places: int) -> Ints | None:
        """Return the mantissas at `places` >= self.places places."""
        factor = 10 ** (places - self.places)
        if factor == 1:
            return self.mantissas
        if factor > _LARGEST or self._largest() * factor > _LARGEST:
            return None
        return np.asarray(self.mantissas * np.int64(factor))

    def _floors(self, places: int) -> Ints:
        """Return the floors of the mantissas at `places` < self.places places."""
        step = 10 ** (self.places - places)
        if step > _LARGEST:
            return np.asarray(-(self.mantissas < 0).astype(np.int64))
        # Not np.divmod: a division of a whole array by one number is some six times faster.
        return np.asarray(self.mantissas // np.int64(step))

    def _ceils(self, places: int) -> Ints:
        """Return the ceilings of the mantissas at `places` < self.places places."""
        step = 10 ** (self.places - places)
        if step > _LARGEST:
            return np.asarray((self.mantissas > 0).astype(np.int64))
        ceils = self._floors(places)
        ceils += ceils * np.int64(step) != self.mantissas
        return ceils

    def _aligned(self, other: Decimals) -> tuple[Ints, Ints, int] | None:
        """Return both mantissas at the same places; None where their sum might not fit."""
        places = max(self.places, other.places)
        mine, theirs = 10 ** (places - self.places), 10 ** (places - other.places)
        if self._largest() * mine + other._largest() * theirs > _LARGEST:
            return None
        left, right = self._raised(places), other._raised(places)
        return None if left is None or right is None else (left, right, places)
