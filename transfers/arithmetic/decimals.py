"""Exact decimals: whole mantissas and one number of places for a whole array.

Nothing here wraps around. Whether an operation fits is decided beforehand, in Python's unbounded
integers, from the largest mantissas; what might not fit is answered with None, and the caller
goes another way (:mod:`transfers.arithmetic.rationals`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.decimal_text import (
    MAX_DIGITS,
    MAX_EXPONENT,
    decimal_places,
    fixed_decimal,
    format_decimal,
    parse_decimal,
    written_as_number,
)

__all__ = [
    "MAX_DIGITS",
    "MAX_EXPONENT",
    "MAX_PLACES",
    "Decimals",
    "Floats",
    "Indices",
    "Ints",
    "Signs",
    "decimal_places",
    "fixed_decimal",
    "format_decimal",
    "parse_decimal",
    "written_as_number",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Signs = NDArray[np.int8]
Indices = NDArray[np.intp]

MAX_PLACES: Final = 22
"""10**22 is the last power of ten that float64 holds exactly."""

_LARGEST: Final = 2**63 - 1
_WHOLE_IN_FLOAT: Final = 2**53
_HALF_ULP: Final = 2.0**-53


class Decimals(Struct, frozen=True, eq=False, dict=True):
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
    def within(cls, mantissas: Ints, places: int, limits: tuple[int, int]) -> Decimals:
        """Return decimals whose mantissas are known to lie within `limits`, ends included."""
        decimals = cls(mantissas, places)
        decimals.__dict__["limits"] = limits
        return decimals

    @cached_property
    def limits(self) -> tuple[int, int]:
        """Two numbers between which all mantissas lie, ends included."""
        return self._looked_at

    @cached_property
    def _looked_at(self) -> tuple[int, int]:
        """The smallest and the largest mantissa."""
        if self.mantissas.size == 0:
            return 0, 0
        return int(self.mantissas.min()), int(self.mantissas.max())

    @classmethod
    def from_fractions(cls, values: Sequence[Fraction]) -> Decimals | None:
        """Return `values` as one row of decimals; None where one of them doesn't fit.

        Examples
        --------
        >>> Decimals.from_fractions([Fraction(1, 2), Fraction(3)])
        Decimals(mantissas=array([ 5, 30]), places=1)
        """
        places = {value.denominator: decimal_places(value) for value in values}
        if any(known is None or known > MAX_PLACES for known in places.values()):
            return None
        needed = max((known or 0 for known in places.values()), default=0)
        factors = {denominator: 10**needed // denominator for denominator in places}
        mantissas = [value.numerator * factors[value.denominator] for value in values]
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
        if not self._narrow:
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
        if self.places == 0 and self._narrow:
            return np.zeros(self.shape)
        # A figure is a float when it is a whole number of 53 bits over a power of two.
        halves, rest = np.divmod(self.mantissas, np.int64(5**self.places))
        exact = (rest == 0) & (halves <= _WHOLE_IN_FLOAT) & (halves >= -_WHOLE_IN_FLOAT)
        return np.where(exact, 0.0, np.abs(self.floats()) * _HALF_ULP)

    @property
    def _narrow(self) -> bool:
        """Whether float64 holds every mantissa."""
        if self._largest() > _WHOLE_IN_FLOAT:
            self.look()
        return self._largest() <= _WHOLE_IN_FLOAT

    @property
    def float_ratio(self) -> float:
        """How far :meth:`floats` may be from the exact figures, as a part of their size."""
        return 0.0 if self.places == 0 and self._narrow else _HALF_ULP

    @property
    def floors_of_floats(self) -> bool:
        """Whether the floats have the same floors and ceilings as the exact figures.

        They have where no float reaches a whole number that its figure does not: a figure that is
        not whole is at least one unit of its last place away from it.
        """
        return (self.places == 0 and self._narrow) or self._largest() < _WHOLE_IN_FLOAT // 2

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
        if self._largest() > _LARGEST:
            return None
        low, high = self.limits
        return Decimals.within(-self.mantissas, self.places, (-high, -low))

    def add(self, other: Decimals) -> Decimals | None:
        """Return ``self + other``."""
        pair = self._aligned(other)
        if pair is None:
            return None
        (low, high), (least, most) = pair[3]
        return Decimals.within(pair[0] + pair[1], pair[2], (low + least, high + most))

    def subtract(self, other: Decimals) -> Decimals | None:
        """Return ``self - other``."""
        pair = self._aligned(other)
        if pair is None:
            return None
        (low, high), (least, most) = pair[3]
        return Decimals.within(pair[0] - pair[1], pair[2], (low - most, high - least))

    def multiply(self, other: Decimals) -> Decimals | None:
        """Return ``self * other``."""
        places = self.places + other.places
        if places > MAX_PLACES or not _fits(lambda a, b: a._largest() * b._largest(), self, other):
            return None
        ends = [a * b for a in self.limits for b in other.limits]
        product = np.asarray(self.mantissas * other.mantissas)
        return Decimals.within(product, places, (min(ends), max(ends)))

    def sum(self, axis: int | None = -1, *, keepdims: bool = False) -> Decimals | None:
        """Return the sum along `axis` (None: of everything)."""
        count = self.mantissas.size if axis is None else self.shape[axis]
        if not _fits(lambda a: a._largest() * count, self):
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

    def shortest(self) -> Decimals:
        """Return the same figures with as few places as they need.

        Examples
        --------
        >>> Decimals(np.array([1250, 300]), 3).shortest()
        Decimals(mantissas=array([125,  30]), places=2)
        """
        common, idle = int(np.gcd.reduce(self.mantissas, axis=None)), 0
        while idle < self.places and common % 10 == 0:
            common, idle = common // 10, idle + 1
        return Decimals(self.mantissas // np.int64(10**idle), self.places - idle) if idle else self

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

    def exceeds(self, other: Decimals) -> NDArray[np.bool_]:
        """Return where these figures are above `other`."""
        if self.places > other.places:
            theirs = other._raised(self.places)
            return np.asarray(
                self.compare(other) > 0 if theirs is None else self.mantissas > theirs
            )
        mine = self._raised(other.places)
        return np.asarray(self.compare(other) > 0 if mine is None else mine > other.mantissas)

    def extreme(self, other: Decimals, *, smallest: bool) -> Decimals | None:
        """Return the smaller, or the larger, of each two figures."""
        pair = self._aligned(other)
        if pair is None:
            return None
        left, right, places, ((low, high), (least, most)) = pair
        choose, limit = (np.minimum, min) if smallest else (np.maximum, max)
        return Decimals.within(choose(left, right), places, (limit(low, least), limit(high, most)))

    # -- inside --------------------------------------------------------------------------------

    def _largest(self) -> int:
        """Return the largest size of a mantissa, or something larger."""
        low, high = self.limits
        return max(high, -low)

    def look(self) -> None:
        """Look at every mantissa, where only limits are known that may be too wide."""
        self.__dict__["limits"] = self._looked_at

    def _raised(self, places: int) -> Ints | None:
        """Return the mantissas at `places` >= self.places places."""
        factor = 10 ** (places - self.places)
        if factor == 1:
            return self.mantissas
        if factor > _LARGEST or not _fits(lambda a: a._largest() * factor, self):
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

    def _aligned(
        self, other: Decimals
    ) -> tuple[Ints, Ints, int, tuple[tuple[int, int], tuple[int, int]]] | None:
        """Return both mantissas at the same places, these, and the limits of both.

        None where their sum might not fit.
        """
        places = max(self.places, other.places)
        mine, theirs = 10 ** (places - self.places), 10 ** (places - other.places)
        if not _fits(lambda a, b: a._largest() * mine + b._largest() * theirs, self, other):
            return None
        left, right = self._raised(places), other._raised(places)
        if left is None or right is None:
            return None
        (low, high), (least, most) = self.limits, other.limits
        limits = ((low * mine, high * mine), (least * theirs, most * theirs))
        return left, right, places, limits


def _fits(size: Callable[..., int], *decimals: Decimals) -> bool:
    """Tell whether a size reckoned from `decimals` is in the range of int64.

    Limits may be wider than the mantissas: these are looked at before the answer is no.
    """
    if size(*decimals) <= _LARGEST:
        return True
    for one in decimals:
        one.look()
    return size(*decimals) <= _LARGEST
