"""Figures that can say themselves exactly.

A :class:`Figure` is an array of bounded floats together with the way to its exact figures, for
the few scenarios and districts where float64 cannot decide. Every operation builds both at
once, so that what is decided exactly is the same figure, not a second version of the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import Bounded, Floats, Mask
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.rationals import Rationals

Indices = NDArray[np.intp]
Exact = Callable[[int, Indices], Rationals]


class Figure(Struct, frozen=True, eq=False):
    """Bounded figures, and their exact figures on demand.

    Parameters
    ----------
    bounded : Bounded, (S, N)
        One scenario or one district is a length of 1 and broadcasts.
    exact : callable
        ``exact(scenario, districts)`` gives the exact figures of some districts, in their order.
    """

    bounded: Bounded
    exact: Exact

    @classmethod
    def constant(cls, number: Fraction) -> Figure:
        """Return one number for all scenarios and districts."""
        return cls(bounded.constant(number), lambda s, m: Rationals.repeated(number, len(m)))

    @classmethod
    def whole(cls, numbers: NDArray[np.int64]) -> Figure:
        """Return whole numbers, (S, N) int64, as figures."""

        def exact(scenario: int, members: Indices) -> Rationals:
            row = numbers[min(scenario, len(numbers) - 1)]
            chosen = row[members] if len(row) > 1 else np.repeat(row, len(members))
            return Rationals(chosen.astype(object))

        return cls(bounded.from_decimals(Decimals(numbers)), exact)

    @property
    def value(self) -> Floats:
        """(S, N) float64, NaN where missing."""
        return self.bounded.value

    def times(self, other: Figure) -> Figure:
        """Return the product."""
        return Figure(
            bounded.multiply(self.bounded, other.bounded),
            lambda s, m: self.exact(s, m) * other.exact(s, m),
        )

    def over(self, other: Figure) -> Figure:
        """Return the quotient. Precondition: `other` is surely not zero."""
        return Figure(
            bounded.divide(self.bounded, other.bounded),
            lambda s, m: self.exact(s, m) / other.exact(s, m),
        )

    def plus(self, other: Figure) -> Figure:
        """Return the sum."""
        return Figure(
            bounded.add(self.bounded, other.bounded),
            lambda s, m: self.exact(s, m) + other.exact(s, m),
        )

    def scaled(self, factor: Fraction) -> Figure:
        """Return the figures times a number."""
        return self if factor == 1 else self.times(Figure.constant(factor))

    def where(self, mask: Mask, other: Figure) -> Figure:
        """Return these figures where `mask` is true, `other` elsewhere."""
        shape = np.broadcast_shapes(self.bounded.shape, mask.shape, other.bounded.shape)
        if mask.all():
            return self.spread_to(shape)
        if not mask.any():
            return other.spread_to(shape)

        def exact(scenario: int, members: Indices) -> Rationals:
            row = mask[min(scenario, len(mask) - 1)]
            chosen = row[members] if len(row) > 1 else np.repeat(row, len(members))
            here, there = np.flatnonzero(chosen), np.flatnonzero(~chosen)
            parts = [
                (places, figure.exact(scenario, members[places]))
                for places, figure in ((here, self), (there, other))
                if len(places)
            ]
            return Rationals.assembled(len(members), parts)

        return Figure(bounded.chosen_from(mask, self.bounded, other.bounded), exact)

    def spread_to(self, shape: tuple[int, ...]) -> Figure:
        """Return the same figures as a full array of `shape`."""
        if self.bounded.shape == shape:
            return self
        return Figure(self.bounded.spread_to(shape), self.exact)

    def signs(self) -> Floats:
        """Return -1, 0 or 1, decided exactly; NaN where missing: (S, N) float64."""
        figures = self.bounded
        if figures.ratio is None:
            return self.compared(ZERO)
        # What errs by a part of its size has the sign of its float.
        decimals = figures.decimals
        return np.sign(figures.value if decimals is None else decimals.mantissas.astype(np.float64))

    def below_zero(self) -> Mask:
        """Return where the figures are below 0, exactly; nowhere where missing: (S, N) bool.

        One `False` where surely none is.
        """
        return np.zeros((1, 1), dtype=bool) if self.bounded.nowhere_below else self.signs() < 0

    def exceeds(self, other: Figure) -> Mask:
        """Return where these figures are above `other`, exactly; nowhere where missing."""
        left, right = self.bounded, other.bounded
        if left.whole and right.whole and left.decimals and right.decimals:
            return left.decimals.exceeds(right.decimals)
        return self.compared(other) > 0

    def compared(self, other: Figure) -> Floats:
        """Return -1, 0 or 1 where these figures are below, equal to or above `other`, exactly."""
        sign, undecided = bounded.sign_of_difference(self.bounded, other.bounded)
        if not undecided.any():
            return sign
        sign = sign.copy()
        for scenario in np.flatnonzero(undecided.any(axis=-1)).tolist():
            members = np.flatnonzero(undecided[scenario])
            mine, theirs = self.exact(scenario, members), other.exact(scenario, members)
            sign[scenario, members] = mine.sign_of_difference(theirs)
        return sign

    def settled(self) -> Figure:
        """Return the same figures, with those that are exactly zero known to be so.

        A weight of 1e-17 with a bound of 1e-16 may be nothing or something: that decides who can
        take money at all.
        """
        if self.bounded.ratio is not None:
            return self  # a part of its size is less than its size
        unsure = (np.abs(self.bounded.value) <= self.bounded.error) & (self.bounded.error > 0)
        if not unsure.any():
            return self
        signs = self.signs()
        zero = np.broadcast_to(unsure & (signs == 0), signs.shape)
        value = np.where(zero, 0.0, self.bounded.value)
        error = np.where(zero, 0.0, self.bounded.error)
        return Figure(Bounded(value, error, self.bounded.decimals), self.exact)


def sum_of(figures: Sequence[Figure]) -> Figure:
    """Return the sum of some figures, added in an order that depends on their number alone."""

    def exact(scenario: int, members: Indices) -> Rationals:
        total = figures[0].exact(scenario, members)
        for figure in figures[1:]:
            total = total + figure.exact(scenario, members)
        return total

    return Figure(bounded.add_all([figure.bounded for figure in figures]), exact)


ZERO = Figure.constant(Fraction(0))
