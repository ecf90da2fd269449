"""Largest remainder: everybody's whole units first, then one more to the largest rests.

The amounts are the whole units nearest to the entitlements, in least squares, among all that keep
inside the bounds and add up to the target. To a district this means: its entitlement rounded down
or up, never further away, unless floors that were rounded up must be paid for by the others.

The same amounts come from handing out units one by one, each to the district that is furthest
below its entitlement. In closed form: with a *level* m, a whole number, everybody gets
``clip(floor(entitlement) + m, lower, upper)``; the highest level whose sum stays within the target
leaves fewer units than there are districts that may take one more, and these go to the largest
rests. Ordinarily the level is 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import U
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.kernel.apportionment import Apportionment, alike
from transfers.kernel.order import dense_order, first_in_order, first_of_each, kth_largest
from transfers.kernel.whole import multiples

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Indices = NDArray[np.intp]

_LARGE = 2**14


def largest_remainder(task: Apportionment) -> Ints:
    """Give whole units by largest remainder.

    Section 4 (bounds) and 21 (ties: the smaller key first).

    Parameters
    ----------
    task : Apportionment

    Returns
    -------
    (S, N) int64, units
        Each group adds up to its target.
    """
    base, over = multiples(task.entitled.whole, task.multiple)
    units, may_take = _at_level(base, task.lower, task.upper)
    given, takers = task.groups.sum_int(units), _counts(task.groups, may_take)
    rows = np.flatnonzero(_unsettled(task.target, given, takers).any(axis=-1))
    if rows.size:
        level, given[rows], takers[rows] = _search_levels(task, base, rows)
        base = base[rows] + task.groups.spread(level)
        units[rows], may_take[rows] = _at_level(base, *_rows_of(task, rows))
    left = task.target - given
    contested = (left > 0) & (left < takers)
    if not contested.all():  # everybody who may take one does
        everyone = task.groups.spread((left > 0) & ~contested)
        units += may_take & everyone
    if contested.any():
        _give_largest_rests(task, units, may_take, over, np.where(contested, left, 0))
    return units


def _search_levels(task: Apportionment, base: Ints, rows: Indices) -> tuple[Ints, Ints, Ints]:
    """Find the levels of some scenarios: first in growing steps, then by halving.

    A level changes the sum by one unit per district that is not at a bound, so a level of more
    than N + 1 in size is never needed, and nothing overflows.
    """
    base, target = base[rows], task.target[rows]
    lower, upper = _rows_of(task, rows)
    far = np.int64(2**40)
    low, high = np.full(target.shape, -far), np.full(target.shape, far)
    level = np.zeros(target.shape, dtype=np.int64)
    step = 1
    while True:
        moved = base + task.groups.spread(level)
        units, may_take = _at_level(moved, lower, upper)
        given, takers = task.groups.sum_int(units), _counts(task.groups, may_take)
        unsettled = _unsettled(target, given, takers)
        if not unsettled.any():
            return level, given, takers
        too_high = given > target
        low = np.where(unsettled & ~too_high, level, low)
        high = np.where(unsettled & too_high, level, high)
        unsettled &= high - low > 1  # out of reach only if the precondition is broken
        following = (low + high) // 2
        following = np.where(high == far, low + step, following)
        following = np.where(low == -far, high - step, following)
        level = np.where(unsettled, following, level)
        step *= 2


def _unsettled(target: Ints, given: Ints, takers: Ints) -> Mask:
    return np.asarray((given > target) | (given + takers < target))


def _rows_of(task: Apportionment, rows: Indices) -> tuple[Ints, Ints]:
    """Return the bounds of some scenarios."""
    lower = task.lower if len(task.lower) == 1 else task.lower[rows]
    upper = task.upper if len(task.upper) == 1 else task.upper[rows]
    return lower, upper


def _at_level(base: Ints, lower: Ints, upper: Ints) -> tuple[Ints, Mask]:
    """Return the units given, and which districts may take one more."""
    units = np.maximum(base, lower)
    may_take = units == base
    may_take &= base < upper
    np.minimum(units, upper, out=units)
    return units, may_take


def _counts(groups: Groups, marked: Mask) -> Ints:
    """Count the marked members of each group: (S, N) bool -> (S, G) int64."""
    if groups.count == 1:
        return np.array([[np.count_nonzero(row)] for row in marked], dtype=np.int64)
    return groups.sum_int(marked.astype(np.int64))


def _give_largest_rests(
    task: Apportionment, units: Ints, may_take: Mask, over: Ints, left: Ints
) -> None:
    """Give the `left` units of each group, one each to the largest rests; changes `units`."""
    groups = task.groups
    if groups.count == 1 and may_take.shape[-1] >= _LARGE:
        for s in np.flatnonzero(left).tolist():
            _give_in_large_group(task, s, units, may_take, over, int(left[s, 0]))
        return
    rests, errors = _rests(task, over, slice(None), slice(None))
    ranked = np.where(may_take, rests, -1.0)
    cut = _cut(groups, ranked, left, float(task.multiple))
    widest = errors.max(axis=-1, keepdims=True, initial=0.0)
    blur = 0.0 if groups.count == 1 else groups.count * 8 * U * task.multiple
    blurred = (widest > 0) | (blur > 0)
    width = 2 * widest + blur + np.where(blurred, 8 * U * task.multiple, 0.0)
    top, bottom = groups.spread(cut + width), groups.spread(cut - width)
    sure = ranked > top
    open_ = ranked >= np.maximum(bottom, 0.0)
    open_ &= ~sure
    units += sure
    left = left - _counts(groups, sure)
    takers = _counts(groups, open_)
    simple = (left == takers) & (left > 0)
    units += open_ & groups.spread(simple)
    unsettled = (left > 0) & ~simple
    if unsettled.any():
        rows, members = np.nonzero(open_ & groups.spread(unsettled))
        figures = rests[rows, members], errors[rows, members]
        _give_to_first(task, units, (rows, members), figures, left)


def _give_to_first(
    task: Apportionment,
    units: Ints,
    places: tuple[Indices, Indices],
    figures: tuple[Floats, Floats],
    left: Ints,
) -> None:
    """Give the `left` units of some groups to the largest rests at `places`; changes `units`.

    Parameters
    ----------
    places : pair of (n,) intp
        Scenarios and districts.
    figures : pair of (n,) float64
        The rests there, and their errors.
    """
    rows, members = places
    group = rows * task.groups.count + task.groups.of[members]
    order = np.argsort(group, kind="stable")
    rows, members = rows[order], members[order]
    low, high = _ends(figures[0][order], figures[1][order])
    names, starts, sizes = np.unique(group[order], return_index=True, return_counts=True)
    settled, chosen = first_of_each(low, high, sizes, left.ravel()[names])
    units[rows[chosen], members[chosen]] += 1
    for k in np.flatnonzero(~settled).tolist():
        those = slice(int(starts[k]), int(starts[k] + sizes[k]))
        s, some = int(rows[starts[k]]), members[those]
        units[s, some] += first_in_order(
            low=low[those],
            high=high[those],
            count=int(left.flat[names[k]]),
            key_order=task.key_order[some],
            exact_order=_ExactRests(task, s, some),
        )


def _ends(rests: Floats, errors: Floats) -> tuple[Floats, Floats]:
    """Return the ends of what the rests may be, below zero, so that the largest comes first."""
    around = np.where(errors > 0, errors + 4 * U * (rests + errors), 0.0)
    return -(rests + around), -(rests - around)


def _rests(
    task: Apportionment, over: Ints, s: slice | int, places: slice | Indices
) -> tuple[Floats, Floats]:
    """Return what is left of entitlements beyond whole units, and its error."""
    rests, errors = task.entitled.rest[s, places], task.entitled.error[s, places]
    if task.multiple == 1:
        return rests, errors
    beyond = over[s, places] + rests
    return beyond, np.where(rests > 0, errors + U * beyond, errors)


def _give_in_large_group(
    task: Apportionment, s: int, units: Ints, may_take: Mask, over: Ints, left: int
) -> None:
    """Give `left` units to one group of one scenario, touching only those who may take one."""
    members = np.flatnonzero(may_take[s])
    rests, errors = _rests(task, over, s, members)
    cut, widest = kth_largest(rests, left), float(errors.max())
    width = 0.0 if widest == 0 else 2 * widest + 8 * U * task.multiple
    sure = np.flatnonzero(rests > cut + width)
    units[s, members[sure]] += 1
    left -= len(sure)
    open_ = np.flatnonzero((rests >= max(cut - width, 0.0)) & (rests <= cut + width))
    members, rests, errors = members[open_], rests[open_], errors[open_]
    if left < len(members):
        low, high = _ends(rests, errors)
        members = members[
            first_in_order(
                low=low,
                high=high,
                count=left,
                key_order=task.key_order[members],
                exact_order=_ExactRests(task, s, members),
            )
        ]
    units[s, members] += 1


class _ExactRests:
    """The exact order of the rests of some districts, the largest first."""

    def __init__(self, task: Apportionment, s: int, members: Indices) -> None:
        self.task, self.s, self.members = task, s, members

    def __call__(self, places: Indices) -> Ints | None:
        task, s = self.task, self.s
        members = self.members[places]
        inside = not task.fit.side[s, members].any()
        classes = alike(task.fit, s, members) if inside else None
        if classes is None:
            return self._order(members)
        first, class_of = classes
        return None if len(first) == 1 else self._order(members[first])[class_of]

    def _order(self, members: Indices) -> Ints:
        figures = self.task.fit.exact_entitlements(self.s, members)
        rests = figures.numerators % (figures.denominators * self.task.multiple)
        return dense_order(Rationals(-rests, figures.denominators))


def _cut(groups: Groups, ranked: Floats, left: Ints, scale: float) -> Floats:
    """Return the rest of the last district that gets a unit: (S, G) float64.

    With several groups one sort serves all: each group's rests are moved into a range of their
    own, at the price of a few bits, which the caller allows for. 2 (above all) where no unit is
    left.
    """
    n = ranked.shape[-1]
    if groups.count == 1:
        places = np.minimum(n - left, n - 1)
        if len(ranked) == 1:
            place = int(places[0, 0])
            cut = np.partition(ranked, place, axis=-1)[:, place : place + 1]
        else:
            cut = np.take_along_axis(np.sort(ranked, axis=-1), places, axis=-1)
    else:
        own_range = 2.0 * groups.of
        ordered = np.sort(own_range + np.where(ranked < 0, 1.5, 1.0 - ranked / scale), axis=-1)
        places = np.minimum(groups.starts + np.maximum(left, 1) - 1, n - 1)
        found = np.take_along_axis(ordered, places, axis=-1)
        cut = scale * (1.0 - (found - 2.0 * np.arange(groups.count)))
    return np.where(left > 0, cut, 2.0 * scale)
