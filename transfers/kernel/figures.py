"""A division of money described by figures that can say themselves exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.figure import ZERO, Figure, Indices
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.kernel.division import Division
from transfers.kernel.whole import whole_bounds

Ints = NDArray[np.int64]


class DivisionFigures(Struct, frozen=True, eq=False):
    """The figures of a division; also the exact figures the kernel asks for.

    Parameters
    ----------
    weight, floor, cap : Figure, (S | 1, N)
    offset : Figure or None, (S | 1, N)
    totals : Figure, (S | 1, G)
    groups : Groups
    """

    weight: Figure
    offset: Figure | None
    floor: Figure
    cap: Figure
    totals: Figure
    groups: Groups

    def division(self) -> Division:
        """Return the division the kernel fits."""
        offset = None if self.offset is None else self._full(self.offset)
        return Division(
            self._full(self.weight),
            offset,
            self._full(self.floor),
            self._full(self.cap),
            self.totals.bounded,
            self.groups,
            self,
        )

    def _full(self, figure: Figure) -> Bounded:
        """Return figures with a column for every district."""
        return figure.spread_to((figure.bounded.shape[0], len(self.groups.of))).bounded

    def scaled(self, short: Mask) -> DivisionFigures:
        """Return a division in which the floors are the weights where they exceed the money.

        The scaled floors replace the floors, also when rounding (method, section 14).

        Parameters
        ----------
        short : (S, G) bool
        """
        members = self.groups.spread(short)
        offset = self.offset
        return DivisionFigures(
            self.floor.where(members, self.weight),
            None if offset is None else ZERO.where(members, offset),
            ZERO.where(members, self.floor),
            self.floor.where(members, self.cap),
            self.totals,
            self.groups,
        )

    # -- the exact figures, as kernel.division.ExactDivision has them ---------------------------

    def weights(self, scenario: int, members: Indices) -> Rationals:
        """Return exact weights."""
        return self.weight.exact(scenario, members)

    def offsets(self, scenario: int, members: Indices) -> Rationals:
        """Return exact offsets."""
        return (self.offset or ZERO).exact(scenario, members)

    def floors(self, scenario: int, members: Indices) -> Rationals:
        """Return exact floors."""
        return self.floor.exact(scenario, members)

    def caps(self, scenario: int, members: Indices) -> Rationals:
        """Return exact caps."""
        return self.cap.exact(scenario, members)

    def total(self, scenario: int, group: int) -> Fraction:
        """Return the exact money of a group."""
        return self.totals.exact(scenario, np.array([group])).fraction(0)


def whole_around(figure: Figure, count: int, multiple: int = 1) -> tuple[Ints, Ints]:
    """Return the whole multiples just below and just above figures, decided exactly.

    Parameters
    ----------
    figure : Figure, (S, N), quanta
    count : int
        Number of districts, N.

    Returns
    -------
    tuple of (S, N) int64, multiples
        Equal where a figure is a whole multiple itself.
    """
    both = DivisionFigures(ZERO, None, figure, figure, ZERO, Groups.one(count))
    bounds = whole_bounds(both.division(), multiple)
    return bounds.lower, bounds.upper
