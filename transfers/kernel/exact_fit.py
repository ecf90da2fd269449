"""What float64 cannot decide about a fit, decided in exact fractions.

The float pass hands over one group of one scenario. Interval arithmetic first finds two rates
that surely enclose the solution (:mod:`transfers.kernel.enclosure`); who is where at both of them
is settled. The others, whose breakpoints lie between the two, are settled by a binary search
over exact breakpoints.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.rationals import Rationals
from transfers.kernel.columns import UNDECIDED, UNIT
from transfers.kernel.division import FITTED, SHORT, SURPLUS, Division
from transfers.kernel.enclosure import Enclosure
from transfers.kernel.exact_figures import Figures

Signs = NDArray[np.int8]
Indices = NDArray[np.intp]


def rate_of_sides(
    figures: Figures, g: int, members: Indices, sides: Signs, enough: bool
) -> Fraction:
    """Return the exact rate of a group from who is at a bound.

    With weight between the bounds there is one rate. With none, it is the lowest rate that puts
    everybody where they are, but 0 where 0 does.

    Parameters
    ----------
    enough : bool
        Whether the total is used up (FITTED), not left over (SURPLUS).
    """
    weight = figures.weight_between(members, sides)
    if enough and weight > 0:
        return (figures.total(g) - figures.given(members, sides)) / weight
    lowest = _extreme(figures, members[sides == 1], at_cap=True)
    highest = _extreme(figures, members[sides == -1], at_cap=False)
    if highest is None or highest >= 0:
        return max(lowest, Fraction(0)) if lowest is not None else Fraction(0)
    return highest if lowest is None else lowest


def _extreme(figures: Figures, members: Indices, *, at_cap: bool) -> Fraction | None:
    """Return the rate where the last of `members` reaches its cap, or the first leaves its floor.

    Those without weight, or whose floor is their cap, never move. None if nobody does.
    """
    if not len(members):
        return None
    weights, floors, caps = (
        figures.weights(members),
        figures.floors(members),
        figures.caps(members),
    )
    moving = (weights.sign_of_difference(0) > 0) & (caps.sign_of_difference(floors) > 0)
    if not moving.any():
        return None
    offsets = figures.offsets(members)
    money = caps if at_cap else floors
    rates = (money if offsets is None else money + offsets).take(moving) / weights.take(moving)
    return rates.greatest() if at_cap else rates.least()


class Decision(Struct, frozen=True):
    """What was decided of one group of one scenario; `sides` in the order of its members."""

    status: int
    sides: Signs
    rate: float
    rate_error: float
    exact_rate: Fraction | None  # where it had to be computed


def decide(
    division: Division, s: int, g: int, bracket: tuple[float, float] | None = None
) -> Decision:
    """Decide the status of one group and the sides of its members, exactly.

    Parameters
    ----------
    bracket : pair of float, optional
        Two rates that surely enclose the solution, if such are known.
    """
    members = division.groups.members(g)
    enclosure = Enclosure.of(division, s, g, members)
    figures = Figures(division, s)
    found = None if bracket is not None else _at_ends(enclosure, figures, g, members)
    status, sides = found or _within(enclosure, figures, g, members, bracket or enclosure.bracket())
    if status == SHORT:
        return Decision(SHORT, np.zeros_like(sides), np.nan, np.nan, None)
    near = enclosure.rate_at_bounds(sides)
    if near is not None:
        return Decision(status, sides, *near, None)
    exact = rate_of_sides(figures, g, members, sides, status == FITTED)
    rate = float(exact)
    return Decision(status, sides, rate, UNIT * abs(rate), exact)


def _at_ends(
    enclosure: Enclosure, figures: Figures, g: int, members: Indices
) -> tuple[int, Signs] | None:
    """Return status and sides if the total is at or beyond what anybody can get, or must."""
    low, high = -np.inf, np.inf
    if enclosure.surely_above(low):
        return SHORT, enclosure.sides(low, low)
    if not enclosure.surely_below(low):
        sides = enclosure.sides(low, low)
        if not np.any(sides == UNDECIDED):
            gap = figures.total(g) - figures.given(members, sides)
            if gap <= 0:
                return (SHORT if gap < 0 else FITTED), sides
    if not enclosure.surely_above(high):
        sides = enclosure.sides(high, high)
        if not np.any(sides == UNDECIDED):
            if enclosure.surely_below(high):
                return SURPLUS, sides
            gap = figures.total(g) - figures.given(members, sides)
            if gap >= 0:
                return (SURPLUS if gap > 0 else FITTED), sides
    return None


def _within(
    enclosure: Enclosure,
    figures: Figures,
    g: int,
    members: Indices,
    bracket: tuple[float, float],
) -> tuple[int, Signs]:
    """Return status and sides of a group whose rate lies between two others."""
    sides = enclosure.sides(*bracket)
    open_ = np.flatnonzero(sides == UNDECIDED)
    if not len(open_) and np.isfinite(bracket[0]) and np.isfinite(bracket[1]):
        return FITTED, sides
    search = Search.of(figures, members[open_])
    search.given += figures.given(members, sides)
    search.weight += figures.weight_between(members, sides)
    status = search.run(figures.total(g), bracket)
    sides[open_] = search.sides
    return status, sides


class Search:
    """A binary search for the rate, over the exact breakpoints of some districts.

    `given + weight * rate` is what those already settled get; each step settles those whose
    breakpoints have left the enclosure ``low < rate <= high``.
    """

    def __init__(self, a: Rationals, b: Rationals, lo: Rationals, hi: Rationals) -> None:
        self.given = Fraction(0)
        self.weight = Fraction(0)
        self.sides = np.full(len(a), UNDECIDED)
        self._settle_constants(a, b, lo, hi)
        self._open = np.flatnonzero(self.sides == UNDECIDED)
        moving = self._open
        self._columns = tuple(column.take(moving) for column in (a, b, lo, hi))
        a, b, lo, hi = self._columns
        self._leaves_floor = (lo + b) / a
        self._reaches_cap = (hi + b) / a
        # Of each breakpoint: -1 at or below `low`, +1 at or above `high`, 0 inside.
        self._places = (np.zeros(len(a), dtype=np.int8), np.zeros(len(a), dtype=np.int8))

    @classmethod
    def of(cls, figures: Figures, members: Indices) -> Search:
        """Return the search among `members`."""
        offsets = figures.offsets(members)
        return cls(
            figures.weights(members),
            Rationals.repeated(0, len(members)) if offsets is None else offsets,
            figures.floors(members),
            figures.caps(members),
        )

    def _settle_constants(self, a: Rationals, b: Rationals, lo: Rationals, hi: Rationals) -> None:
        """Settle those whom no rate moves: without weight, or with floor = cap."""
        fixed = hi.sign_of_difference(lo) <= 0
        weightless = (a.sign_of_difference(0) == 0) & ~fixed
        below = (-b).sign_of_difference(lo) <= 0
        above = (-b).sign_of_difference(hi) >= 0
        self.sides[weightless] = 0
        self.sides[weightless & above] = 1
        self.sides[fixed | (weightless & below)] = -1
        self.given += lo.take(self.sides == -1).sum() + hi.take(self.sides == 1).sum()
        self.given -= b.take(self.sides == 0).sum()

    def run(self, total: Fraction, bracket: tuple[float, float]) -> int:
        """Settle everybody; return the status.

        Precondition: what everybody gets is below `total` at the lower end of `bracket` and
        above it at the upper end, where those are finite.
        """
        _, _, lo, hi = self._columns
        if bracket[0] == -np.inf:
            least = self.given + lo.sum()
            if total <= least:
                self.sides[self._open] = -1
                return SHORT if total < least else FITTED
        if bracket[1] == np.inf:
            most = self.given + hi.sum()
            if total >= most:
                self.sides[self._open] = 1
                return SURPLUS if total > most else FITTED
        everybody = (self._open, self._leaves_floor, self._reaches_cap)
        if np.isfinite(bracket[0]):
            self._move(Fraction(bracket[0]), upper=False)
        if np.isfinite(bracket[1]):
            self._move(Fraction(bracket[1]), upper=True)
        while len(self._open):
            pivot = self._pivot()
            self._move(pivot, upper=self._money(pivot) >= total)
        rate = (total - self.given) / self.weight
        who, leaves, reaches = everybody
        self.sides[who] = 0
        self.sides[who[leaves.sign_of_difference(rate) >= 0]] = -1
        self.sides[who[reaches.sign_of_difference(rate) <= 0]] = 1
        return FITTED

    def _pivot(self) -> Fraction:
        """Return the breakpoint in the middle of those inside the enclosure, as floats see it."""
        inside = [
            column.take(place == 0)
            for column, place in zip(
                (self._leaves_floor, self._reaches_cap), self._places, strict=True
            )
        ]
        floats = np.concatenate([column.floats() for column in inside])
        middle = int(np.argpartition(floats, len(floats) // 2)[len(floats) // 2])
        first = len(inside[0])
        return inside[0].fraction(middle) if middle < first else inside[1].fraction(middle - first)

    def _money(self, rate: Fraction) -> Fraction:
        """Return what everybody gets at `rate`."""
        a, b, lo, hi = self._columns
        at_floor = self._leaves_floor.sign_of_difference(rate) >= 0
        at_cap = self._reaches_cap.sign_of_difference(rate) <= 0
        between = ~at_floor & ~at_cap
        money = self.given + lo.take(at_floor).sum() + hi.take(at_cap).sum()
        weight = self.weight + a.take(between).sum()
        return money + weight * rate - b.take(between).sum()

    def _move(self, rate: Fraction, *, upper: bool) -> None:
        """Move one end of the enclosure to `rate` and settle whom that settles."""
        a, b, lo, hi = self._columns
        for column, place in zip(
            (self._leaves_floor, self._reaches_cap), self._places, strict=True
        ):
            signs = column.sign_of_difference(rate)
            if upper:
                place[signs >= 0] = 1
            else:
                place[signs <= 0] = -1
        leaves, reaches = self._places
        at_floor, at_cap = leaves == 1, reaches == -1
        between = (leaves == -1) & (reaches == 1)
        self.given += lo.take(at_floor).sum() + hi.take(at_cap).sum() - b.take(between).sum()
        self.weight += a.take(between).sum()
        rest = ~(at_floor | at_cap | between)
        self._open = self._open[rest]
        self._columns = tuple(column.take(rest) for column in self._columns)
        self._leaves_floor = self._leaves_floor.take(rest)
        self._reaches_cap = self._reaches_cap.take(rest)
        self._places = (leaves[rest], reaches[rest])
