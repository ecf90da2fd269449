"""Columns of exact fractions.

Python's :class:`fractions.Fraction` reduces after every operation and goes one number at a time.
A column here keeps its numerators and denominators as Python integers in NumPy arrays of
objects, shares one denominator wherever it can, and reduces only when numbers grow long.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from transfers.arithmetic.decimals import Decimals

Objects = NDArray[np.object_]
Indices = NDArray[np.intp]

_LONG = 2000  # bits; longer numbers cost more to multiply than to reduce
_LONGEST_SUM = 8000  # bits of all denominators of a sum together
_SUM_BITS = 640


class Rationals:
    """A column of exact rationals.

    Parameters
    ----------
    numerators : (n,) object, Python ints
    denominators : int or (n,) object, Python ints
        Positive. An int is the denominator of every element.

    Examples
    --------
    >>> thirds = Rationals.from_fractions([Fraction(1, 3), Fraction(5, 3)])
    >>> (thirds * 2 + Fraction(1, 2)).fractions()
    [Fraction(7, 6), Fraction(23, 6)]
    >>> thirds.sum()
    Fraction(2, 1)
    """

    __slots__ = ("denominators", "numerators")

    def __init__(self, numerators: Objects, denominators: Objects | int = 1) -> None:
        self.numerators = numerators
        self.denominators = denominators

    @classmethod
    def from_fractions(cls, values: Sequence[Fraction | int]) -> Rationals:
        """Return the column of `values`; it shares a denominator if they all do."""
        numerators = np.empty(len(values), dtype=object)
        numerators[:] = [value.numerator for value in values]
        found = {value.denominator for value in values}
        if len(found) <= 1:
            return cls(numerators, found.pop() if found else 1)
        denominators = np.empty(len(values), dtype=object)
        denominators[:] = [value.denominator for value in values]
        return cls(numerators, denominators)

    @classmethod
    def sharing(cls, values: Sequence[Fraction]) -> Rationals:
        """Return the column of `values`, on their common denominator unless that is long."""
        shared = 1
        for denominator in {value.denominator for value in values}:
            shared = lcm(shared, denominator)
            if shared.bit_length() > _LONG:
                return cls.from_fractions(values)
        numerators = np.empty(len(values), dtype=object)
        numerators[:] = [value.numerator * (shared // value.denominator) for value in values]
        return cls(numerators, shared)

    @classmethod
    def from_decimals(cls, decimals: Decimals) -> Rationals:
        """Return the column of one-dimensional `decimals`."""
        numerators = decimals.mantissas.astype(object)
        if decimals.places >= 0:
            return cls(numerators, 10**decimals.places)
        return cls(numerators * 10**-decimals.places)

    @classmethod
    def repeated(cls, value: Fraction | int, n: int) -> Rationals:
        """Return `n` times the same value."""
        numerators = np.empty(n, dtype=object)
        numerators[:] = value.numerator
        return cls(numerators, value.denominator)

    @classmethod
    def assembled(cls, n: int, parts: Sequence[tuple[Indices, Rationals]]) -> Rationals:
        """Return a column of `n` put together from parts that each know their places.

        Places that no part fills are 0.
        """
        shared = {part.denominators for _, part in parts if isinstance(part.denominators, int)}
        numerators = np.empty(n, dtype=object)
        numerators[:] = 0
        common = len(shared) == 1 and all(isinstance(p.denominators, int) for _, p in parts)
        if common:
            for places, part in parts:
                numerators[places] = part.numerators
            return cls(numerators, shared.pop())
        denominators = np.empty(n, dtype=object)
        denominators[:] = 1
        for places, part in parts:
            numerators[places] = part.numerators
            denominators[places] = part.denominators
        return cls(numerators, denominators)

    def __len__(self) -> int:
        return len(self.numerators)

    def __repr__(self) -> str:
        return f"Rationals({[str(value) for value in self.fractions()]})"

    def fraction(self, i: int) -> Fraction:
        """Return element `i`."""
        shared = self.denominators
        return Fraction(self.numerators[i], shared if isinstance(shared, int) else shared[i])

    def fractions(self) -> list[Fraction]:
        """Return every element."""
        return [self.fraction(i) for i in range(len(self))]

    def floats(self) -> NDArray[np.float64]:
        """Return the nearest float64 of every element, each correctly rounded."""
        return np.asarray(self.numerators / self.denominators, dtype=np.float64)

    def float_error(self) -> NDArray[np.float64]:
        """Return how far :meth:`floats` may be from the exact figures.

        Half a unit in the last place, at most ``|value| * 2**-53``; 0 where the figure is a whole
        number of 53 bits over a power of two that all share.
        """
        errors = np.abs(self.floats()) * 2.0**-53
        if isinstance(self.denominators, int):
            twos = self.denominators & -self.denominators
            odd = self.denominators // twos
            whole = np.flatnonzero(self.numerators % odd == 0)
            short = np.abs(self.numerators[whole] // odd) <= 2**53
            errors[whole[short.astype(bool)]] = 0.0
        return errors

    def take(self, places: Indices | NDArray[np.bool_] | slice) -> Rationals:
        """Return the elements at `places` (indices, a mask or a slice)."""
        shared = self.denominators
        denominators = shared if isinstance(shared, int) else shared[places]
        return Rationals(self.numerators[places], denominators)

    def __neg__(self) -> Rationals:
        return Rationals(-self.numerators, self.denominators)

    def __add__(self, other: Rationals | Fraction | int) -> Rationals:
        n, d = _parts(other)
        if _same(self.denominators, d):
            return Rationals(self.numerators + n, self.denominators)
        return _short(self.numerators * d + n * self.denominators, self.denominators * d)

    def __sub__(self, other: Rationals | Fraction | int) -> Rationals:
        return self + -other

    def __mul__(self, other: Rationals | Fraction | int) -> Rationals:
        n, d = _parts(other)
        return _short(self.numerators * n, self.denominators * d)

    def __truediv__(self, other: Rationals | Fraction | int) -> Rationals:
        """Divide. Precondition: nothing in `other` is 0."""
        if not isinstance(other, Rationals):
            return self * (1 / Fraction(other))
        n, d = other.numerators, other.denominators
        signs = np.where(n < 0, -1, 1).astype(object)
        return _short(self.numerators * d * signs, self.denominators * (n * signs))

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: Fraction | int) -> Rationals:
        return -self + other

    def sign_of_difference(self, other: Rationals | Fraction | int) -> NDArray[np.int8]:
        """Compare element by element: -1 where below `other`, 0 where equal, 1 where above."""
        n, d = _parts(other)
        if _same(self.denominators, d):
            left, right = self.numerators, n
        else:
            left, right = self.numerators * d, n * self.denominators
        more = np.asarray(left > right, dtype=np.int8)
        return more - np.asarray(left < right, dtype=np.int8)

    def sum(self) -> Fraction:
        """Return the sum of all elements, 0 if there are none.

        Exact, unless the different denominators together have more than 8,000 bits: the exact sum
        of a hundred thousand ratios fills books. Such a sum counts with 640 bits, some 190
        significant digits of its largest element.
        """
        numerators = self.numerators.tolist()
        if isinstance(self.denominators, int):
            return Fraction(sum(numerators), self.denominators)
        per_denominator: dict[int, int] = {}
        for n, d in zip(numerators, self.denominators.tolist(), strict=True):
            per_denominator[d] = per_denominator.get(d, 0) + n
        if sum(d.bit_length() for d in per_denominator) > _LONGEST_SUM:
            return _long_sum(per_denominator)
        terms = [Fraction(n, d) for d, n in sorted(per_denominator.items())]
        while len(terms) > 1:  # a balanced tree keeps most numbers short
            odd = terms[-1:] if len(terms) % 2 else []
            terms = [a + b for a, b in zip(terms[::2], terms[1::2], strict=False)] + odd
        return terms[0] if terms else Fraction(0)

    def greatest(self) -> Fraction:
        """Return the largest element. Precondition: there is one."""
        column = self
        while len(column) > 1:
            half = len(column) // 2
            left, right = column.take(slice(half)), column.take(slice(half, 2 * half))
            winners = np.arange(half) + np.where(left.sign_of_difference(right) < 0, half, 0)
            odd = np.arange(2 * half, len(column))
            column = column.take(np.concatenate([winners, odd]))
        return column.fraction(0)

    def least(self) -> Fraction:
        """Return the smallest element. Precondition: there is one."""
        return -(-self).greatest()

    def floor(self) -> Objects:
        """Return the largest whole number not above each element: (n,) object, Python ints."""
        return self.numerators // self.denominators  # type: ignore[no-any-return]


def _long_sum(per_denominator: dict[int, int]) -> Fraction:
    """Add fractions at a fixed number of bits below the largest; the order does not matter."""
    sizes = [abs(n).bit_length() - d.bit_length() for d, n in per_denominator.items() if n]
    places = _SUM_BITS - max(sizes, default=0)
    if places < 0:
        return Fraction(sum((n // d) >> -places for d, n in per_denominator.items()) << -places)
    total = sum((n << places) // d for d, n in per_denominator.items())
    return Fraction(total, 1 << places)


def _parts(value: Rationals | Fraction | int) -> tuple[Objects | int, Objects | int]:
    if isinstance(value, Rationals):
        return value.numerators, value.denominators
    return value.numerator, value.denominator


def _same(left: Objects | int, right: Objects | int) -> bool:
    return left is right or (isinstance(left, int) and isinstance(right, int) and left == right)


def _short(numerators: Objects, denominators: Objects | int) -> Rationals:
    """Reduce where the denominators have grown long."""
    if isinstance(denominators, int):
        if denominators.bit_length() <= _LONG:
            return Rationals(numerators, denominators)
        divisor = gcd(denominators, *numerators.tolist())
        return Rationals(numerators // divisor, denominators // divisor)
    if not len(denominators) or max(denominators.tolist()).bit_length() <= _LONG:
        return Rationals(numerators, denominators)
    divisors = np.gcd(numerators, denominators)
    return Rationals(numerators // divisors, denominators // divisors)
