"""Two rates that surely enclose the solution of one group, by interval arithmetic in float64."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.axes import pairwise_error_factor
from transfers.kernel.columns import SLACK, UNDECIDED, UNIT
from transfers.kernel.division import Division
from transfers.kernel.exact_figures import Figures

Floats = NDArray[np.float64]
Signs = NDArray[np.int8]
Indices = NDArray[np.intp]
Booleans = NDArray[np.bool_]


class Enclosure(Struct, frozen=True):
    """One group's figures as intervals: values and errors, (n,) float64 each."""

    weight: tuple[Floats, Floats]
    offset: tuple[Floats, Floats]
    floor: tuple[Floats, Floats]
    cap: tuple[Floats, Floats]
    total: tuple[float, float]
    fixed: Booleans

    @classmethod
    def of(cls, division: Division, s: int, g: int, members: Indices) -> Enclosure:
        """Return the intervals of group `g` in scenario `s`."""

        def row(values: Floats) -> Floats:
            whole = values[s if values.shape[0] > 1 else 0]
            return np.broadcast_to(whole, (division.districts,))[members]

        def pair(figures: Bounded | None) -> tuple[Floats, Floats]:
            if figures is None:
                return np.zeros(len(members)), np.zeros(len(members))
            return row(figures.value), row(figures.error) * SLACK

        floor, cap = pair(division.floor), pair(division.cap)
        fixed = cap[0] <= floor[0]
        doubtful = np.flatnonzero(
            (np.abs(cap[0] - floor[0]) <= (cap[1] + floor[1]) * SLACK) & (cap[1] + floor[1] > 0)
        )
        if len(doubtful):
            figures, who = Figures(division, s), members[doubtful]
            fixed[doubtful] = figures.caps(who).sign_of_difference(figures.floors(who)) <= 0
        values = division.total.value[s if division.total.value.shape[0] > 1 else 0]
        error = np.broadcast_to(division.total.error, division.total.value.shape)
        errors = error[s if error.shape[0] > 1 else 0]
        total = (float(values[g]), float(errors[g]))
        return cls(pair(division.weight), pair(division.offset), floor, cap, total, fixed)

    def shares(self, rate: float) -> tuple[Floats, Floats]:
        """Return ``rate * weight - offset`` and its error (see :mod:`transfers.kernel.panel`)."""
        (a, ea), (b, eb) = self.weight, self.offset
        if np.isfinite(rate):
            error = SLACK * (abs(rate) * (4 * UNIT * a + ea) + eb + 4 * UNIT * np.abs(b))
            return rate * a - b, error
        value = np.where(a > ea, rate, -b)
        doubtful = (a <= ea) & (a + ea > 0)
        return value, np.where(a > ea, 0.0, np.where(doubtful, np.inf, eb))

    def totals(self, rate: float) -> tuple[float, float]:
        """Return two numbers that enclose what everybody gets at `rate`."""
        value, error = self.shares(rate)
        (lo, elo), (hi, ehi) = self.floor, self.cap
        least = np.minimum(np.maximum(value - error, lo - elo), hi - ehi)
        most = np.minimum(np.maximum(value + error, lo + elo), hi + ehi)
        loss = 2 * (pairwise_error_factor(len(lo)) + 4 * UNIT)
        return (
            float(least.sum() - loss * np.abs(least).sum()),
            float(most.sum() + loss * np.abs(most).sum()),
        )

    def surely_below(self, rate: float) -> bool:
        """Tell whether everybody's money at `rate` is surely less than the total."""
        value, error = self.total
        return self.totals(rate)[1] < (value - error) - 4 * UNIT * abs(value)

    def surely_above(self, rate: float) -> bool:
        """Tell whether everybody's money at `rate` is surely more than the total."""
        value, error = self.total
        return self.totals(rate)[0] > (value + error) + 4 * UNIT * abs(value)

    def sides(self, low: float, high: float) -> Signs:
        """Return who is where at every rate from `low` to `high`; UNDECIDED if it changes."""
        value, error = self.shares(low)
        least = value - error
        value, error = self.shares(high)
        most = value + error
        (lo, elo), (hi, ehi) = self.floor, self.cap
        sides = np.full(len(lo), UNDECIDED)
        sides[(least - elo > lo) & (most + ehi < hi)] = 0
        sides[least - ehi >= hi] = 1
        sides[(most + elo <= lo) | self.fixed] = -1
        return sides

    def guess(self) -> float:
        """Return the rate, without a bound on its error, from all breakpoints in order."""
        (a, _), (b, _), (lo, _), (hi, _) = self.weight, self.offset, self.floor, self.cap
        moving = (a > 0) & (hi > lo)
        a, b, lo, hi = a[moving], b[moving], lo[moving], hi[moving]
        rates = np.concatenate([(lo + b) / a, (hi + b) / a])
        order = np.argsort(rates, kind="stable")
        rates = rates[order]
        if not len(rates):
            return 0.0
        slopes = np.cumsum(np.concatenate([a, -a])[order])
        rises = np.maximum(slopes[:-1] * np.diff(rates), 0.0)
        money = sum(self.totals(-np.inf)) / 2 + np.concatenate([[0.0], np.cumsum(rises)])
        k = int(np.searchsorted(money, self.total[0]))
        if k == 0 or k == len(money):
            return float(rates[min(k, len(rates) - 1)])
        rise = money[k] - money[k - 1]
        share = (self.total[0] - money[k - 1]) / rise if rise > 0 else 0.0
        return float(rates[k - 1] + share * (rates[k] - rates[k - 1]))

    def bracket(self) -> tuple[float, float]:
        """Return two rates that surely enclose the solution; infinite where no float does."""
        middle = self.guess()
        scale = abs(middle) or float(np.max(self.cap[0], initial=1.0))
        ends = []
        for sign, sure in ((-1.0, self.surely_below), (1.0, self.surely_above)):
            end = sign * np.inf
            for power in range(20):
                trial = middle + sign * scale * 2.0**-52 * 8.0**power
                if sure(trial):
                    end = trial
                    break
            ends.append(end)
        return ends[0], ends[1]

    def rate_at_bounds(self, sides: Signs) -> tuple[float, float] | None:
        """Return the rate and its error where nobody with weight is between the bounds.

        That is where the last of those capped reached the cap, but not below 0 as long as
        everybody else is at the floor from 0 on. None where float64 cannot tell.
        """
        (a, ea), floors = self.weight, (sides == -1) & ~self.fixed
        some = a + ea > 0
        caps, floors = (sides == 1) & some, floors & some
        if np.any(some & (sides == 0)) or np.any((a <= ea) & (caps | floors)):
            return None
        if floors.any():
            rates, errors = self._breakpoints(floors, self.floor)
            if (rates - errors).min() < 0:
                return None
        if not caps.any():
            return 0.0, 0.0
        rates, errors = self._breakpoints(caps, self.cap)
        rate = max(float(rates.max()), 0.0)
        most, least = (rates + errors).max(), (rates - errors).max()
        return rate, float(max(most - rate, rate - max(least, 0.0))) * SLACK + 2 * UNIT * rate

    def _breakpoints(self, who: Booleans, bound: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
        """Return the rates at which districts reach a bound, and their errors.

        With quotient q = money / a, the exact one differs by at most (error of the money + |q|
        error of a) / (a - error of a), and its float by 3u |q| and the rounding of the sum.
        """
        (a, ea), (b, eb) = self.weight, self.offset
        a, ea, b, eb, value, error = (part[who] for part in (a, ea, b, eb, bound[0], bound[1]))
        rates = (value + b) / a
        money = error + eb + 2 * UNIT * np.abs(value + b)
        errors = SLACK * ((money + np.abs(rates) * ea) / (a - ea) + 3 * UNIT * np.abs(rates))
        return rates, errors
