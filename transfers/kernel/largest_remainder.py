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

from transfers.arithmetic.bounded import Bounded, U
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.kernel.apportionment import Apportionment, alike
from transfers.kernel.order import (
    dense_order,
    first_by_key,
    first_in_order,
    first_of_each,
    kth_largest,
)
from transfers.kernel.whole import multiples

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Indices = NDArray[np.intp]

_LARGE = 2**14
_ONES = np.array([byte.bit_count() for byte in range(256)], dtype=np.uint8)


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
        found = _search_levels(task, base, rows, (given[rows], takers[rows]))
        if rows.size == len(units):
            units, may_take, given, takers = found
        else:
            units[rows], may_take[rows], given[rows], takers[rows] = found
    left = task.target - given
    contested = (left > 0) & (left < takers)
    if not contested.all():  # everybody who may take one does
        everyone = task.groups.spread((left > 0) & ~contested)
        units += may_take & everyone
    if contested.any():
        _give_largest_rests(task, units, may_take, over, np.where(contested, left, 0))
    return units


def _search_levels(
    task: Apportionment, base: Ints, rows: Indices, at_zero: tuple[Ints, Ints]
) -> tuple[Ints, Mask, Ints, Ints]:
    """Find the levels of some scenarios: first in growing steps, then by halving.

    A level changes the sum by one unit per district that is not at a bound, so a level of more
    than N + 1 in size is never needed, and nothing overflows.

    Parameters
    ----------
    at_zero : pair of (R, G) int64
        What level 0 gives, and how many may take one more there.

    Returns
    -------
    tuple
        Units, who may take one more, what is given, how many may take one more.
    """
    everyone = rows.size == len(base)
    base, target = (base, task.target) if everyone else (base[rows], task.target[rows])
    lower, upper = (task.lower, task.upper) if everyone else _rows_of(task, rows)
    far = np.int64(2**40)
    low, high = np.full(target.shape, -far), np.full(target.shape, far)
    level = np.zeros(target.shape, dtype=np.int64)
    (given, takers), step = at_zero, 1
    while True:
        unsettled = _unsettled(target, given, takers)
        too_high = given > target
        low = np.where(unsettled & ~too_high, level, low)
        high = np.where(unsettled & too_high, level, high)
        unsettled &= high - low > 1  # out of reach only if the precondition is broken
        following = (low + high) // 2
        following = np.where(high == far, low + step, following)
        following = np.where(low == -far, high - step, following)
        level = np.where(unsettled, following, level)
        step *= 2
        units, may_take = _at_level(base + task.groups.spread(level), lower, upper)
        given, takers = task.groups.sum_int(units), _counts(task.groups, may_take)
        if not _unsettled(target, given, takers).any():
            return units, may_take, given, takers


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
        packed = np.packbits(marked, axis=1)  # eight at a time, four times as fast as one by one
        counts: Ints = _ONES.take(packed).sum(axis=1, keepdims=True, dtype=np.int64)
        return counts
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
    widest = errors.max(axis=-1, keepdims=True, initial=0.0)
    blur = 0.0 if groups.count == 1 else groups.count * 8 * U * task.multiple
    blurred = (widest > 0) | (blur > 0)
    width = 2 * widest + blur + np.where(blurred, 8 * U * task.multiple, 0.0)
    # Who may take none counts as a rest of 0: enough where rests above that settle it.
    ranked = rests * may_take
    cut = _cut(groups, ranked, left, float(task.multiple))
    again = np.flatnonzero(((cut - width <= 0) & (left > 0)).any(axis=-1))
    if again.size:
        ranked[again] = np.where(may_take[again], rests[again], -1.0)
        cut[again] = _cut(groups, ranked[again], left[again], float(task.multiple))
    top, bottom = cut + width, np.maximum(cut - width, 0.0)
    sure = ranked > groups.spread(top)
    open_ = ranked >= groups.spread(bottom)
    open_ ^= sure
    units += sure
    left = left - _counts(groups, sure)
    rows, members = np.divmod(np.flatnonzero(open_), open_.shape[1])
    group = rows * groups.count + groups.of[members]
    takers = np.bincount(group, minlength=left.size).reshape(left.shape)
    simple = (left == takers) & (left > 0)
    granted = simple.ravel()[group]
    units[rows[granted], members[granted]] += 1
    unsettled = ((left > 0) & ~simple).ravel()[group]
    if unsettled.any():
        rows, members = rows[unsettled], members[unsettled]
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
    counts = left.ravel()[names]
    settled, chosen = first_of_each(low, high, sizes, counts)
    if not settled.all():
        tied = _alike_in_groups(task, rows, members, starts, sizes) & ~settled
        chosen |= first_by_key(task.key_order[members], sizes, counts, tied)
        settled |= tied
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


def _alike_in_groups(
    task: Apportionment, rows: Indices, members: Indices, starts: Indices, sizes: Indices
) -> Mask:
    """Tell of which groups all districts surely have the same rest: (g,) bool.

    They are between their bounds, with the same weight and the same offset; or all at their
    floors, or all at their caps, which have the same rest.
    """
    division, sides = task.fit.division, task.fit.side[rows, members]
    differ = sides != np.repeat(sides[starts], sizes)
    for side, parts in (
        (0, (division.weight, division.offset)),
        (-1, (division.floor,)),
        (1, (division.cap,)),
    ):
        there = np.flatnonzero(sides == side)
        for figures in (part for part in parts if part is not None) if len(there) else ():
            column, decimals = _exact_column(figures), figures.decimals
            if column is None or (side and decimals is None):
                differ[there] = True
                continue
            values = column[rows if len(column) > 1 else 0, members]
            if side and decimals is not None:
                values = values % (task.multiple * 10**decimals.places)
            differ[there] |= (values != np.repeat(values[starts], sizes))[there]
    return ~np.logical_or.reduceat(differ, starts)


def _exact_column(figures: Bounded) -> Floats | Ints | None:
    """Return numbers that are equal where figures are exactly equal; None if there are none."""
    if figures.decimals is not None:
        return figures.decimals.mantissas
    return None if figures.error.any() else figures.value


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
