"""Webster's divisor method: who has the best claim to the next unit, asked unit by unit.

Everybody starts at the least they may be given; the next unit goes to the district whose
entitlement, as the rate rises, is the first to pass half of it: the smallest critical rate
``(units + 1/2 + offset) / weight``. To a district this means: when the pool grows and nothing else
changes, it never loses a unit. (Largest remainder may take one away.) A district far larger than
the others may end more than one unit from its entitlement.

A district without weight counts as having the smallest of weights: what its offset leaves it comes
before everybody else's units, anything more after everybody else's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import U
from transfers.arithmetic.rationals import Rationals
from transfers.errors import TooLongError
from transfers.kernel.apportionment import Apportionment, alike
from transfers.kernel.order import classes_of, dense_order, first_in_order

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Indices = NDArray[np.intp]

_LARGEST = np.finfo(np.float64).max
_MOST_UNITS = 2.0**62
_SEARCHES = 60
_PATIENCE = 6
_MOST_AT_ONCE = 2**24


class _Claims(Struct, frozen=True):
    """Weights and offsets, in units, with their errors; and the bounds: (S | 1, N) each."""

    weight: Floats
    weight_error: Floats
    offset: Floats
    offset_error: Floats
    lower: Ints
    upper: Ints

    def rows(self, rows: Indices) -> _Claims:
        """Return some scenarios; what they share stays one row."""
        return self._each(lambda part: part if len(part) == 1 else part[rows])

    def of(self, s: int, members: Indices) -> _Claims:
        """Return some districts of one scenario, as one-dimensional columns."""
        return self._each(lambda part: part[s if len(part) > 1 else 0, members])

    def take(self, places: Indices) -> _Claims:
        """Return some districts of one-dimensional columns, repeated where `places` repeat."""
        return self._each(lambda part: part[places])

    def _each(self, change: Callable[[NDArray[Any]], NDArray[Any]]) -> _Claims:
        return _Claims(*(change(getattr(self, name)) for name in self.__struct_fields__))

    def at_rate(self, rates: Floats, sign: int) -> Ints:
        """Return the units whose critical rates are not above `rates`.

        At least so many for sign 1, at most so many for sign -1.
        """
        claimed = rates * self.weight
        error = np.abs(rates) * self.weight_error + self.offset_error
        error = error * (1 + 8 * U) + 8 * U * (np.abs(claimed) + np.abs(self.offset) + 1)
        passed = np.floor(claimed - self.offset + 0.5 + sign * error)
        whole = np.clip(passed, -_MOST_UNITS, _MOST_UNITS).astype(np.int64)
        return np.minimum(np.maximum(whole, self.lower), self.upper)

    def critical_rates(self, units: Ints) -> tuple[Floats, Floats]:
        """Return between which figures the critical rate of the unit after `units` lies."""
        needed = units + 0.5 + self.offset
        error = self.offset_error + 8 * U * (np.abs(units) + 1 + np.abs(self.offset))
        least = self.weight - self.weight_error
        with np.errstate(all="ignore"):
            rate = needed / self.weight
            around = (error + np.abs(rate) * self.weight_error) / least * (1 + 8 * U)
            around += 8 * U * np.abs(rate)
            low, high = rate - around, rate + around
        vague = ~(np.isfinite(rate) & np.isfinite(around)) | (least <= 0)
        weightless = (self.weight == 0) & (self.weight_error == 0)
        low = np.where(vague, np.where(weightless & (needed > error), _LARGEST, -np.inf), low)
        high = np.where(vague, np.where(weightless & (needed < -error), -_LARGEST, np.inf), high)
        return low, high


def webster(task: Apportionment) -> Ints:
    """Give whole units by Webster's method inside the bounds.

    Section 4 (bounds) and 21 (ties: the smaller key first).

    Parameters
    ----------
    task : Apportionment

    Returns
    -------
    (S, N) int64, units
        Each group adds up to its target.
    """
    claims = _claims(task)
    units = _surely_theirs(task, claims)
    left = task.target - task.groups.sum_int(units)
    for s, g in np.argwhere(left > 0).tolist():
        members = task.groups.members(g)
        next_units = _next_units(task, claims, s, members, units[s, members], int(left[s, g]))
        units[s, members] += next_units
    return units


def _claims(task: Apportionment) -> _Claims:
    weight, offset = task.fit.division.weight, task.fit.division.offset
    scale = float(task.multiple)
    slack = 0.0 if task.multiple == 1 else 2 * U
    zero = np.zeros((1, weight.value.shape[-1]))
    weights = weight.value / scale
    weight_error = np.broadcast_to(weight.error / scale, weights.shape) + slack * weights
    if offset is None:
        return _Claims(weights, weight_error, zero, zero, task.lower, task.upper)
    offsets = offset.value / scale
    offset_error = np.broadcast_to(offset.error / scale, offsets.shape) + slack * np.abs(offsets)
    return _Claims(weights, weight_error, offsets, offset_error, task.lower, task.upper)


def _surely_theirs(task: Apportionment, claims: _Claims) -> Ints:
    """Return units that everybody gets for certain, close to the target: (S, N) int64.

    The units up to any rate are the first ones in order. If they are d more than the target, the
    ones beyond it are at most d of each district's.
    """
    groups = task.groups
    rates = _rates(task, claims)
    spread = groups.spread(rates)
    beyond = groups.sum_int(claims.at_rate(spread, +1)) - task.target
    units = claims.at_rate(spread, -1)
    if (beyond > 0).any():
        units = np.maximum(units - groups.spread(np.maximum(beyond, 0)), task.lower)
    return units


def _rates(task: Apportionment, claims: _Claims) -> Floats:
    """Find rates at which the units passed are at most the target, and nearly so: (S, G) float64.

    Newton's steps from the rate of the fit, kept inside what is known by doubling and halving.
    """
    groups, shape = task.groups, task.target.shape
    tolerance = 64 + np.sqrt(groups.sizes).astype(np.int64)
    rates = np.where(np.isfinite(task.fit.rate), task.fit.rate, 0.0)
    low, high = np.full(shape, -np.inf), np.full(shape, np.inf)
    rows = np.arange(shape[0])
    for search in range(_SEARCHES):
        part, target, rate = claims.rows(rows), task.target[rows], rates[rows]
        units = part.at_rate(groups.spread(rate), +1)
        missing = target - groups.sum_int(units)
        low[rows] = np.where(missing >= 0, rate, low[rows])
        high[rows] = np.where(missing < 0, rate, high[rows])
        # Units that tie at one rate cannot be told apart by any other: content with less, then.
        enough = tolerance << max(0, search - _PATIENCE)
        open_ = (missing < 0) | (missing > enough)
        active = open_.any(axis=-1)
        if not active.any():
            break
        free = (units > part.lower) & (units < part.upper)
        slope = groups.sum(np.where(free, part.weight, 0.0))
        aim = (missing - tolerance // 2).astype(np.float64)
        following = _following(rate, aim, slope, low[rows], high[rows], search)
        rates[rows] = np.where(open_, following, rate)
        rows = rows[active]
    return np.where(np.isfinite(low), low, rates)


def _following(
    rate: Floats, aim: Floats, slope: Floats, low: Floats, high: Floats, search: int
) -> Floats:
    """Return the next rates to try."""
    with np.errstate(all="ignore"):
        newton = rate + aim / slope
        known = np.isfinite(low) & np.isfinite(high)
        away = np.sign(aim) * 4 * (np.abs(rate) + 2.0**-30)
        middle = np.where(known, low + (high - low) / 2, rate + away)
        inside = (newton > low) & (newton < high) & (search % 4 != 3)
    return np.where(inside, newton, middle)


def _next_units(
    task: Apportionment,
    claims: _Claims,
    s: int,
    members: Indices,
    units: Ints,
    left: int,
) -> Ints:
    """Give `left` more units to some `members` of one group, by their exact critical rates."""
    ours = claims.of(s, members)
    room = np.minimum(ours.upper - units, left)
    low, high = ours.critical_rates(units)
    high_of_takers = high[room > 0]
    enough = left < len(high_of_takers)
    cut = np.partition(high_of_takers, left - 1)[left - 1] if enough else np.inf
    takers = np.flatnonzero((room > 0) & (low <= cut))
    numbers = room[takers]
    if abs(cut) < _LARGEST:
        with np.errstate(over="ignore"):
            passed = ours.take(takers).at_rate(np.full(len(takers), cut), +1) - units[takers]
        numbers = np.minimum(np.maximum(passed, 1), numbers)
    if numbers.sum() > _MOST_AT_ONCE:
        raise TooLongError  # float64 cannot tell where so many units begin
    places = np.repeat(takers, numbers)
    nth = np.arange(len(places)) - np.repeat(np.cumsum(numbers) - numbers, numbers)
    before = units[places] + nth
    low, high = ours.take(places).critical_rates(before)
    chosen = first_in_order(
        low=low,
        high=high,
        count=left,
        key_order=task.key_order[members[places]],
        exact_order=lambda open_: _exact_order(task, s, members[places[open_]], before[open_]),
    )
    return np.bincount(places[chosen], minlength=len(members)).astype(np.int64)


def _exact_order(task: Apportionment, s: int, members: Indices, before: Ints) -> Ints | None:
    """Return places in the exact order of critical rates; None if all are equal."""
    classes = alike(task.fit, s, members)
    if classes is None:
        return _order_by_critical_rate(task, s, members, before)
    first, class_of = classes_of([classes[1], before])
    if len(first) == 1:
        return None
    return _order_by_critical_rate(task, s, members[first], before[first])[class_of]


def _order_by_critical_rate(task: Apportionment, s: int, members: Indices, before: Ints) -> Ints:
    exact = task.fit.division.exact
    weights = exact.weights(s, members)
    needed = Rationals((2 * before.astype(object) + 1) * task.multiple, 2)
    if task.fit.division.offset is not None:
        needed = needed + exact.offsets(s, members)
    weightless = weights.numerators == 0
    at_once = weightless & (needed.numerators <= 0)
    order = np.zeros(len(members), dtype=np.int64)
    numbered = 0
    for chosen in (at_once, ~weightless, weightless & ~at_once):
        places = np.flatnonzero(chosen)
        figures = needed.take(places)
        if chosen is not at_once and not weightless[places].any():
            figures = figures / weights.take(places)
        order[places] = numbered + dense_order(figures)
        numbered += len(places)
    return order
