"""A division of money, as numbers: what every pool, stage and level comes down to.

District i of a group gets ``clip(rate * weight[i] - offset[i], floor[i], cap[i])``, with one rate
per group such that the group's members together get its total.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups

Indices = NDArray[np.intp]

SHORT, FITTED, SURPLUS = -1, 0, 1
"""The status of a group: its floors exceed its total; divided; its caps leave money over."""


class ExactDivision(Protocol):
    """The exact figures behind a :class:`Division`, for the districts float64 cannot decide.

    `members` are numbers of districts, (n,) intp; the answer keeps their order.
    """

    def weights(self, scenario: int, members: Indices) -> Rationals:
        """Return the exact weights of `members`."""
        ...

    def offsets(self, scenario: int, members: Indices) -> Rationals:
        """Return the exact offsets of `members`; not asked for where the division has none."""
        ...

    def floors(self, scenario: int, members: Indices) -> Rationals:
        """Return the exact floors of `members`, in quanta."""
        ...

    def caps(self, scenario: int, members: Indices) -> Rationals:
        """Return the exact caps of `members`, in quanta."""
        ...

    def total(self, scenario: int, group: int) -> Fraction:
        """Return the exact total of `group`, in quanta."""
        ...


class Division(Struct, frozen=True):
    """One division of money, for all scenarios (S) and districts (N) at once.

    Parameters
    ----------
    weight : Bounded, (S or 1, N), unit of the weight
        Never negative. A district outside the division has weight 0 and floor = cap = 0.
    offset : Bounded or None, (S or 1, N), quanta
        What a level takes off; None is 0 everywhere.
    floor, cap : Bounded, (S or 1, N), quanta
        ``cap >= floor`` everywhere; a fixed district has both equal to its value.
    total : Bounded, (S or 1, G), quanta
        The money of each group: whole for a paid grant, any number for a stage.
    groups : Groups
    exact : ExactDivision
        The same figures without error.

    Notes
    -----
    Precondition: no NaN, no infinity, no figure other than 0 smaller than 1e-290 in size.
    """

    weight: Bounded
    offset: Bounded | None
    floor: Bounded
    cap: Bounded
    total: Bounded
    groups: Groups
    exact: ExactDivision

    @property
    def scenarios(self) -> int:
        """The number of scenarios, S."""
        parts = (self.weight, self.offset, self.floor, self.cap, self.total)
        return max(len(part.value) for part in parts if part is not None)

    @property
    def districts(self) -> int:
        """The number of districts, N."""
        return len(self.groups.of)
