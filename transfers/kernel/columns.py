"""The figures of a division as plain arrays, group after group."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.axes import Groups, Kind, blocks, widened
from transfers.kernel.division import Division
from transfers.kernel.exact_figures import Figures

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

UNDECIDED = np.int8(2)
"""A side, or a status, that float64 cannot decide."""

UNIT = 2.0**-53
"""The relative error of one rounded operation."""

SLACK = 1.0 + 2.0**-40
"""Raises a computed bound above the rounding of its own computation."""


class Columns(Struct, frozen=True):
    """The figures of a division, group after group.

    Every array is (S or 1, N); an error that is 0 everywhere is None, and so is one that is a
    part of the figures' size: `weight_ratio`, or `bound_ratio` of floors and caps.
    """

    weight: Floats
    offset: Floats | None
    floor: Floats
    cap: Floats
    weight_error: Floats | None
    offset_error: Floats | None
    floor_error: Floats | None
    cap_error: Floats | None
    fixed: Booleans | None  # exactly floor == cap; None: as the floats say
    weight_ratio: float = 0.0
    bound_ratio: float = 0.0
    plain: bool = False  # errors are parts of sizes, no offset, no bound below 0

    @classmethod
    def of(cls, division: Division) -> Columns:
        """Return the columns of `division` in the order of its groups."""
        if is_plain(division):
            return cls._plain(division)
        groups, offset, fixed = division.groups, division.offset, _fixed(division)
        return cls(
            _ordered(division.weight.value, groups),
            None if offset is None else _ordered(offset.value, groups),
            _ordered(division.floor.value, groups),
            _ordered(division.cap.value, groups),
            _errors(division.weight.error, groups),
            None if offset is None else _errors(offset.error, groups),
            _errors(division.floor.error, groups),
            _errors(division.cap.error, groups),
            None if fixed is None else _ordered(fixed, groups),
        )

    @classmethod
    def _plain(cls, division: Division) -> Columns:
        groups, ratio = division.groups, bound_ratio(division)
        values = (
            _ordered(part.value, groups) for part in (division.weight, division.floor, division.cap)
        )
        weight, floor, cap = values
        fixed = _fixed_plain(division, ratio)
        return cls(
            *(weight, None, floor, cap, None, None, None, None),
            None if fixed is None else _ordered(fixed, groups),
            division.weight.ratio or 0.0,
            ratio,
            plain=True,
        )


def is_plain(division: Division) -> bool:
    """Tell whether all errors of a division are parts of sizes, without offset or sign."""
    bounds = (division.floor, division.cap)
    return (
        division.offset is None
        and division.weight.ratio is not None
        and all(bound.ratio is not None and bound.nowhere_below for bound in bounds)
    )


def bound_ratio(division: Division) -> float:
    """Return by which part of their size the bounds of a plain division may err."""
    return max(division.floor.ratio or 0.0, division.cap.ratio or 0.0)


def _fixed_plain(division: Division, ratio: float) -> Booleans | None:
    """Return where the floor of a plain division is exactly the cap; None: as the floats say."""
    if ratio == 0:
        return None
    floor, cap = division.floor, division.cap
    nobody = np.zeros((1, floor.shape[1]), dtype=np.bool_)
    if floor.decimals is not None and cap.decimals is not None:
        above = cap.decimals.exceeds(floor.decimals)
        return nobody if above.all() else ~above
    near = cap.value * (1 - 8 * ratio) <= floor.value
    if not near.any():
        return nobody
    for s in np.flatnonzero(near.any(axis=1)).tolist():
        members = np.flatnonzero(near[s])
        figures = Figures(division, s)
        near[s, members] = figures.caps(members).sign_of_difference(figures.floors(members)) <= 0
    return near


def _ordered(values: NDArray[Kind], groups: Groups) -> NDArray[Kind]:
    wide = widened(values, (values.shape[0], len(groups.of)))
    return wide if groups.side_by_side else wide.take(groups.order, axis=-1)


def _errors(errors: Floats, groups: Groups) -> Floats | None:
    return _ordered(errors, groups) if errors.any() else None


def _fixed(division: Division) -> Booleans | None:
    """Return where the floor is exactly the cap, or None where the floats say so."""
    floor, cap = division.floor, division.cap
    if not (floor.error.any() or cap.error.any()):
        return None
    wide = np.broadcast_shapes(floor.value.shape, cap.value.shape)
    fixed, doubtful = np.empty(wide, dtype=np.bool_), np.empty(wide, dtype=np.bool_)
    parts = tuple(widened(part, wide) for part in (floor.value, cap.value, floor.error, cap.error))
    for rows, chunk in blocks(wide):
        lo, hi, elo, ehi = (part[rows, chunk] for part in parts)
        gap, reach = hi - lo, elo + ehi
        reach *= SLACK
        np.less_equal(gap, 0.0, out=fixed[rows, chunk])
        np.less_equal(np.abs(gap, out=gap), reach, out=doubtful[rows, chunk])
    if not doubtful.any():
        return fixed
    if floor.decimals is not None and cap.decimals is not None:
        return cap.decimals.compare(floor.decimals) <= 0
    doubtful &= (parts[2] + parts[3]) > 0
    for s in np.flatnonzero(doubtful.any(axis=1)).tolist():
        members = np.flatnonzero(doubtful[s])
        figures = Figures(division, s)
        fixed[s, members] = figures.caps(members).sign_of_difference(figures.floors(members)) <= 0
    return fixed
