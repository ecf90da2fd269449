"""The exact figures of one scenario, for a few districts, and their sums."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.rationals import Rationals
from transfers.arithmetic.sums import whole_sum
from transfers.axes import Kind
from transfers.kernel.division import Division

Signs = NDArray[np.int8]
Indices = NDArray[np.intp]


class Figures:
    """The exact figures of one scenario: decimals where they are known, else asked for."""

    def __init__(self, division: Division, scenario: int) -> None:
        self._division = division
        self._scenario = scenario

    def weights(self, members: Indices) -> Rationals:
        """Return the weights of `members`."""
        return self._column(self._division.weight, members, self._division.exact.weights)

    def offsets(self, members: Indices) -> Rationals | None:
        """Return the offsets of `members`, None where the division has none."""
        if self._division.offset is None:
            return None
        return self._column(self._division.offset, members, self._division.exact.offsets)

    def floors(self, members: Indices) -> Rationals:
        """Return the floors of `members`."""
        return self._column(self._division.floor, members, self._division.exact.floors)

    def caps(self, members: Indices) -> Rationals:
        """Return the caps of `members`."""
        return self._column(self._division.cap, members, self._division.exact.caps)

    def total(self, g: int) -> Fraction:
        """Return the total of group `g`."""
        return self._division.exact.total(self._scenario, g)

    def given(self, members: Indices, sides: Signs) -> Fraction:
        """Return what `members` get apart from the rate: floors, caps, or less the offset."""
        fixed = self._sum(
            self._division.floor, members[sides == -1], self._division.exact.floors
        ) + self._sum(self._division.cap, members[sides == 1], self._division.exact.caps)
        if self._division.offset is None:
            return fixed
        between = members[sides == 0]
        return fixed - self._sum(self._division.offset, between, self._division.exact.offsets)

    def weight_between(self, members: Indices, sides: Signs) -> Fraction:
        """Return the weight of those strictly between their bounds."""
        between = members[sides == 0]
        return self._sum(self._division.weight, between, self._division.exact.weights)

    def _mantissas(
        self, figures: Bounded, members: Indices
    ) -> tuple[NDArray[np.int64], int] | None:
        """Return the figures as whole numbers and their decimal places, where that is known.

        Floats without error that are whole numbers need not be asked for either.
        """
        if figures.decimals is not None:
            return self._row(figures.decimals.mantissas, members), figures.decimals.places
        if self._row(figures.error, members).any():
            return None
        value = self._row(figures.value, members)
        whole = np.all((np.rint(value) == value) & (np.abs(value) < 2.0**62))
        return (value.astype(np.int64), 0) if whole else None

    def _row(self, values: NDArray[Kind], members: Indices) -> NDArray[Kind]:
        row = values[self._scenario if values.shape[0] > 1 else 0]
        return np.broadcast_to(row, (self._division.districts,))[members]

    def _column(
        self, figures: Bounded, members: Indices, ask: Callable[[int, Indices], Rationals]
    ) -> Rationals:
        held = self._mantissas(figures, members)
        if held is None:
            return ask(self._scenario, members)
        return Rationals(held[0].astype(object), 10 ** held[1])

    def _sum(
        self, figures: Bounded, members: Indices, ask: Callable[[int, Indices], Rationals]
    ) -> Fraction:
        held = self._mantissas(figures, members)
        if held is None:
            return ask(self._scenario, members).sum()
        return Fraction(whole_sum(held[0]), 10 ** held[1])
