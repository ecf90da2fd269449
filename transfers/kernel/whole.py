"""Whole quanta of figures that float64 knows only within a bound.

Whether a figure reaches the next whole number is a question with a yes or a no. Far from a whole
number the float answers it; within its error bound the exact figure is asked, for that district
alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, U
from transfers.arithmetic.rationals import Rationals
from transfers.axes import blocks, widened
from transfers.kernel.division import Division
from transfers.kernel.fit import Fit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Indices = NDArray[np.intp]
Exact = Callable[[int, Indices], Rationals]
"""Give the exact figures of some districts in one scenario."""

_MOST = 2.0**62


class Parts(Struct, frozen=True):
    """Figures taken apart: ``figure == whole + rest`` with ``0 <= rest < 1``.

    Parameters
    ----------
    whole : (S, N) int64
        The largest whole number not above the figure; exact.
    rest : (S, N) float64
        What the figure has beyond it, within `error`; may round to 1.0.
    error : (S, N) float64
        0 where `rest` is exact.
    """

    whole: Ints
    rest: Floats
    error: Floats


class WholeBounds(Struct, frozen=True):
    """The whole sums a district may be paid.

    Parameters
    ----------
    lower, upper : (S | 1, N) int64, multiples of the grant's quantum
    no_whole : (S | 1, N) bool
        No payable sum lies between floor and cap; `lower` and `upper` are the two around them.
    """

    lower: Ints
    upper: Ints
    no_whole: Mask


def parts(values: Bounded, exact: Exact) -> Parts:
    """Take figures apart into whole numbers and rests.

    Parameters
    ----------
    values : Bounded, (S, N), quanta
        Precondition: not missing. What is beyond 2**62 in size counts as 2**62.
    exact : callable
        ``exact(scenario, districts)``, asked where float64 cannot decide.

    Returns
    -------
    Parts
    """
    value, error = values.value, widened(values.error, values.value.shape)
    least, most = value.min(initial=0.0), value.max(initial=0.0)
    if max(-least, most) > _MOST:
        error = np.where(np.abs(value) > _MOST, 0.0, error)
        value = np.clip(value, -_MOST, _MOST)
    whole, rest, undecided = np.empty(value.shape, dtype=np.int64), np.empty(value.shape), []
    if least < 0:  # below zero the subtraction below rounds
        error = np.where((value < 0) & (np.floor(value) != value), error + U, error)
    for chunk in blocks(value.shape):
        floors = np.floor(value[chunk])
        rests = np.subtract(value[chunk], floors, out=rest[chunk])
        np.copyto(whole[chunk], floors, casting="unsafe")
        reach = error[chunk]
        unsure = np.minimum(rests, np.subtract(1.0, rests, out=floors), out=floors) <= reach
        unsure &= reach > 0
        if unsure.any():
            found = np.argwhere(unsure)
            found += (chunk[0].start, chunk[1].start)
            undecided.append(found)
    figures = Parts(whole, rest, error)
    return _decided(figures, np.concatenate(undecided), exact) if undecided else figures


def _decided(figures: Parts, places: Indices, exact: Exact) -> Parts:
    """Return parts with those at `places`, (n, 2) scenarios and districts, decided exactly."""
    whole, rest, error = figures.whole, figures.rest, np.array(figures.error)
    places = places[np.argsort(places[:, 0], kind="stable")]
    rows, starts = np.unique(places[:, 0], return_index=True)
    for row, members in zip(rows.tolist(), np.split(places[:, 1], starts[1:]), strict=True):
        known = exact(row, members)
        wholes = known.floor()
        whole[row, members] = wholes.astype(np.int64)
        rests = (known.numerators - wholes * known.denominators) / known.denominators
        rest[row, members] = rests.astype(np.float64)
        error[row, members] = np.where(rest[row, members] == 0, 0.0, U)
    return Parts(whole, rest, error)


def parts_of_fit(fit: Fit) -> Parts | None:
    """Take the entitlements of a fit apart where its sides leave little to decide.

    A district at a bound has the floor of that bound, which the float has too; only of those
    between their bounds may a float be on the wrong side of a whole number.

    Returns
    -------
    Parts or None
        None where floats do not suffice for that; then :func:`parts` does.
    """
    division, value = fit.division, fit.entitlement.value
    bounds = (division.floor.decimals, division.cap.decimals)
    if fit.ratio is None or not all(bound and bound.floors_of_floats for bound in bounds):
        return None
    most = value.max(axis=1, keepdims=True, initial=0.0)
    reach = fit.ratio.max(axis=1, keepdims=True) * most
    if not ((reach < 0.25) & (most <= _MOST)).all():
        return None  # also where a group is SHORT and has no figures
    rest, near = np.empty(value.shape), np.empty(value.shape, dtype=np.bool_)
    whole = np.empty(value.shape, dtype=np.int64)
    for rows, chunk in blocks(value.shape):
        floors = np.floor(value[rows, chunk])
        np.copyto(whole[rows, chunk], floors, casting="unsafe")
        rests = np.subtract(value[rows, chunk], floors, out=rest[rows, chunk])
        np.less_equal(rests, reach[rows], out=near[rows, chunk])
        near[rows, chunk] |= rests >= 1.0 - reach[rows]
    near &= fit.side == 0
    figures = Parts(whole, rest, np.broadcast_to(reach, value.shape))
    return _decided(figures, np.argwhere(near), fit.exact_entitlements) if near.any() else figures


def round_half_away(values: Bounded, exact: Exact, multiple: int = 1) -> Ints:
    """Round each figure to the nearest whole multiple, halves away from zero.

    Section 12: a claim without a pool is rounded like this and asks for its rounded sum.

    Parameters
    ----------
    values : Bounded, (S, N), quanta
    exact : callable
        ``exact(scenario, districts)``, asked where float64 cannot decide.
    multiple : int
        The grant's quantum, in quanta of money.

    Returns
    -------
    (S, N) int64, multiples
    """
    return nearest(parts(values, exact), exact, multiple)


def nearest(figures: Parts, exact: Exact, multiple: int = 1) -> Ints:
    """Round figures already taken apart to the nearest multiple, halves away from zero.

    Parameters
    ----------
    figures : Parts, (S, N), quanta
    exact : callable
        ``exact(scenario, districts)``, asked where a rest may be a half.
    multiple : int

    Returns
    -------
    (S, N) int64, multiples
    """
    base, over = multiples(figures.whole, multiple)
    half = multiple // 2
    positive = figures.whole >= 0
    if multiple % 2 == 0:
        beyond = positive | (figures.rest > 0)
        return np.asarray(base + ((over > half) | ((over == half) & beyond)))
    rest, error = figures.rest, figures.error
    beyond = (rest > 0.5) | ((rest == 0.5) & positive)
    undecided = (np.abs(rest - 0.5) <= error) & (error > 0) & (over == half)
    for row in np.flatnonzero(undecided.any(axis=-1)).tolist():
        members = np.flatnonzero(undecided[row])
        asked = exact(row, members)
        wholes = figures.whole[row, members].astype(object)
        excess = 2 * (asked.numerators - wholes * asked.denominators) - asked.denominators
        beyond[row, members] = (excess > 0) | ((excess == 0) & positive[row, members])
    return np.asarray(base + ((over > half) | ((over == half) & beyond)))


def whole_bounds(division: Division, multiple: int = 1) -> WholeBounds:
    """Return the whole sums that each district's floor and cap leave.

    A floor of 10.5 makes 11 the least a district may be paid, a cap of 587.5 makes 587 the most.
    Where nothing payable lies between the two (a fixed value of 10.7), a district is paid one of
    the two payable sums around them, 10 or 11, and is marked.

    Section 4: rounding stays inside the bounds where a whole quantum fits, else takes the nearest.

    Parameters
    ----------
    division : Division
        Precondition: cap >= floor.
    multiple : int
        The grant's quantum, in quanta of money.

    Returns
    -------
    WholeBounds
    """
    exact = division.exact
    lower = _whole_above(division.floor, exact.floors, multiple)
    upper = whole_below(division.cap, exact.caps, multiple)
    no_whole = lower > upper
    if no_whole.any():
        upper = np.where(no_whole, lower, upper)
        lower = lower - no_whole
    return WholeBounds(lower, upper, no_whole)


def whole_below(values: Bounded, exact: Exact, multiple: int) -> Ints:
    """Return the largest multiples not above `values`."""
    floors = None if values.decimals is None else values.decimals.floor_at(0)
    if floors is None:
        floors = parts(values, exact).whole
    return multiples(floors, multiple)[0]


def _whole_above(values: Bounded, exact: Exact, multiple: int) -> Ints:
    """Return the smallest multiples not below `values`."""
    ceilings = None if values.decimals is None else values.decimals.ceil_at(0)
    if ceilings is None:
        negative = Bounded(-values.value, values.error)
        ceilings = -parts(negative, lambda row, members: -exact(row, members)).whole
    return ceilings if multiple == 1 else -multiples(-ceilings, multiple)[0]


def multiples(wholes: Ints, multiple: int) -> tuple[Ints, Ints]:
    """Return how many multiples fit into `wholes`, and the whole quanta beyond them."""
    if multiple == 1:
        return wholes, np.zeros((1, 1), dtype=np.int64)
    base = wholes // multiple
    return base, wholes - base * multiple
