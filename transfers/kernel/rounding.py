"""From entitlements to whole amounts: the last step of every paid grant.

======================= ==========================================================================
rule                    what it does to districts
======================= ==========================================================================
``largest_remainder``   the whole amounts nearest to the entitlements that add up to the pool
``webster``             nobody loses a unit when the pool grows
``half_up``             everybody's entitlement rounded by itself; does not add up to the pool
``to_most``             the same, and one district (the largest, say) takes the difference
======================= ==========================================================================

All rules stay inside floors and caps wherever a payable sum lies between the two, and all treat
ties by the districts' keys, never by the order of the table.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.axes import Groups
from transfers.kernel.apportionment import Apportionment
from transfers.kernel.fit import SURPLUS, Fit
from transfers.kernel.largest_remainder import largest_remainder
from transfers.kernel.whole import (
    Parts,
    WholeBounds,
    nearest,
    parts,
    parts_of_fit,
    round_half_away,
    whole_below,
    whole_bounds,
)

__all__ = [
    "Rounded",
    "Rule",
    "WholeBounds",
    "round_half_away",
    "round_to_total",
    "whole_bounds",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Indices = NDArray[np.intp]
Rule = Literal["largest_remainder", "webster", "half_up", "to_most"]

_SAFE = 2**62


class Rounded(Struct, frozen=True):
    """Whole amounts, and where they could not be what was wished.

    Parameters
    ----------
    amounts : (S, N) int64, quanta
        Multiples of the grant's quantum; 0 in a group whose floors exceed its money.
    unplaced : (S, G) int64, quanta
        Total less amounts: what caps left over, what is less than one quantum of the grant, or the
        difference of `half_up` (which may be negative). 0 in a group whose floors exceed its money.
    below_floor : (S, N) bool
        The amount is less than the exact floor, because a whole sum at or above all floors does
        not fit into the pool, or none lies between this floor and its cap.
    no_whole : (S, N) bool
        No payable sum lies between the floor and the cap of this district.
    """

    amounts: Ints
    unplaced: Ints
    below_floor: Mask
    no_whole: Mask


def round_to_total(
    fit: Fit,
    total: Ints,
    rule: Rule,
    *,
    key_order: Indices,
    multiple: int = 1,
    column: Bounded | None = None,
    upper: Ints | None = None,
) -> Rounded:
    """Round the entitlements of a fit to whole amounts.

    A group whose total is fitted is paid that total. Where everybody is at the cap and money is
    left, the amounts add up to the entitlements' sum, rounded down. Where even the caps, rounded
    down, add up to less, everybody gets that and the rest is unplaced: rounding never exceeds a
    cap. Where the floors, rounded up, add up to more, they are rounded down for the whole group,
    and those who end below theirs are marked.

    Section 4, 12, 21 and 22.

    Parameters
    ----------
    fit : Fit
    total : (S, G) int64, quanta
        The total of the division that was fitted.
    rule : str
    key_order : (N,) intp
        The rank of each district's key, by code point.
    multiple : int
        The grant's quantum, in quanta of money; at least 1.
    column : Bounded, (S | 1, N), optional
        For `to_most`: who takes the difference, the greatest first.
    upper : (S | 1, N) int64, multiples, optional
        The most a district may be paid, where that is not its cap rounded down: a claim of 1.5
        is what a district is entitled to at most, but may be paid as 2.

    Returns
    -------
    Rounded

    Notes
    -----
    Preconditions: amounts below 2**62 in size; `column` given for `to_most`.
    """
    groups = fit.division.groups
    paid = fit.status >= 0
    entitled = parts_of_fit(fit)
    if entitled is None:
        entitled = parts(_entitlements(fit, paid), fit.exact_entitlements)
    bounds = whole_bounds(fit.division, multiple)
    if upper is not None:
        bounds = _with_upper(bounds, upper)
    if not paid.all():
        bounds = _only(bounds, groups.spread(paid))
    target = _targets(fit, entitled, total, paid, multiple)
    if rule == "half_up":
        units = nearest(entitled, fit.exact_entitlements, multiple)
        units = np.minimum(np.maximum(units, bounds.lower), bounds.upper)
    else:
        task = _apportionment(fit, entitled, bounds, target, multiple, key_order)
        if rule == "largest_remainder":
            units = largest_remainder(task)
        elif rule == "webster":
            from transfers.kernel.webster import webster  # few documents round so

            units = webster(task)
        else:
            from transfers.kernel.to_most import to_most

            assert column is not None
            units = to_most(task, column)
    amounts = units if multiple == 1 else units * multiple
    unplaced = np.where(paid, total - groups.sum_int(amounts), 0)
    return Rounded(
        amounts=amounts,
        unplaced=unplaced,
        below_floor=units
        < (bounds.lower + bounds.no_whole if bounds.no_whole.any() else bounds.lower),
        no_whole=np.broadcast_to(bounds.no_whole, units.shape),
    )


def _with_upper(bounds: WholeBounds, upper: Ints) -> WholeBounds:
    """Return bounds with other upper ends; a lower end gives way only where none is above it."""
    lower = bounds.lower + bounds.no_whole
    no_whole = lower > upper
    return WholeBounds(lower - no_whole, np.where(no_whole, lower, upper), no_whole)


def _entitlements(fit: Fit, paid: Mask) -> Bounded:
    """Return the entitlements, 0 in a group that gets nothing."""
    figures = fit.entitlement
    if paid.all():
        return figures
    members = fit.division.groups.spread(paid)
    value = np.where(members, figures.value, 0.0)
    return Bounded(value, np.where(members, figures.error, 0.0))


def _only(bounds: WholeBounds, members: Mask) -> WholeBounds:
    """Return bounds that leave nothing to all but `members`."""
    return WholeBounds(
        np.where(members, bounds.lower, 0),
        np.where(members, bounds.upper, 0),
        members & bounds.no_whole,
    )


def _targets(fit: Fit, entitled: Parts, total: Ints, paid: Mask, multiple: int) -> Ints:
    """Return the units that each group's members are to be given together: (S, G) int64."""
    quanta = np.where(paid, total, 0)
    rows = np.flatnonzero((fit.status == SURPLUS).any(axis=-1))
    if rows.size:
        sums = _sums_rounded_down(fit, entitled, rows)
        quanta[rows] = np.where(fit.status[rows] == SURPLUS, sums, quanta[rows])
    return quanta // multiple


def _sums_rounded_down(fit: Fit, entitled: Parts, rows: Indices) -> Ints:
    """Return the sums of the entitlements in some scenarios, rounded down, exactly.

    Groups that are not in surplus may be wrong by one.
    """
    groups = fit.division.groups
    rest = groups.sum(entitled.rest[rows])
    error = groups.sum(entitled.error[rows]) + groups.sum_error_factor * rest
    error *= 1 + groups.sum_error_factor
    down = np.floor(rest)
    undecided = (rest - down <= error) | (rest - down >= 1 - error)
    undecided &= (error > 0) & (fit.status[rows] == SURPLUS)
    sums = groups.sum_int(entitled.whole[rows]) + down.astype(np.int64)
    for i, g in np.argwhere(undecided).tolist():
        exact = fit.exact_entitlements(int(rows[i]), groups.members(g)).sum()
        sums[i, g] = exact.numerator // exact.denominator
    return sums


def _apportionment(
    fit: Fit,
    entitled: Parts,
    bounds: WholeBounds,
    target: Ints,
    multiple: int,
    key_order: Indices,
) -> Apportionment:
    """Bring bounds and target together."""
    groups = fit.division.groups
    lower = bounds.lower
    least = _sums_of_bounds(groups, lower)
    short = least > target
    if short.any():
        floors = whole_below(fit.division.floor, fit.division.exact.floors, multiple)
        lower = np.where(groups.spread(short), np.minimum(lower, floors), lower)
        least = _sums_of_bounds(groups, lower)
    most = _sums_of_bounds(groups, bounds.upper)
    return Apportionment(
        fit=fit,
        entitled=entitled,
        lower=lower,
        upper=bounds.upper,
        target=np.maximum(np.minimum(target, most), least),
        multiple=multiple,
        key_order=key_order,
    )


def _sums_of_bounds(groups: Groups, bounds: Ints) -> Ints:
    """Add up bounds: (S | 1, G) int64. Sums beyond 2**62 in size, of no cap at all, stop there."""
    largest = max(int(bounds.max(initial=0)), -int(bounds.min(initial=0)))
    sums = groups.sum_int(bounds)
    if largest * bounds.shape[-1] <= _SAFE:
        return sums
    # int64 wraps around, so a sum that is small is right whatever its partial sums were.
    rough = groups.sum(bounds.astype(np.float64))
    sums = np.where(rough > _SAFE, _SAFE, sums)
    return np.where(rough < -_SAFE, -_SAFE, sums)
