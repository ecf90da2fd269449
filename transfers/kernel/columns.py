"""The figures of a division as plain arrays, group after group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transfers.axes import Groups, Kind
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


@dataclass(frozen=True, slots=True)
class Columns:
    """The figures of a division, group after group.

    Every array is (S or 1, N); an error that is 0 everywhere is None.
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

    @classmethod
    def of(cls, division: Division) -> Columns:
        """Return the columns of `division` in the order of its groups."""
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


def _ordered(values: NDArray[Kind], groups: Groups) -> NDArray[Kind]:
    wide = np.broadcast_to(values, (values.shape[0], len(groups.of)))
    return wide if groups.side_by_side else wide.take(groups.order, axis=-1)


def _errors(errors: Floats, groups: Groups) -> Floats | None:
    return _ordered(errors, groups) if errors.any() else None


def _fixed(division: Division) -> Booleans | None:
    """Return where the floor is exactly the cap, or None where the floats say so."""
    floor, cap = division.floor, division.cap
    if not (floor.error.any() or cap.error.any()):
        return None
    if floor.decimals is not None and cap.decimals is not None:
        return cap.decimals.compare(floor.decimals) <= 0
    gap = np.asarray(cap.value - floor.value)
    fixed = np.asarray(gap <= 0)
    reach = (floor.error + cap.error) * SLACK
    doubtful = np.broadcast_to((np.abs(gap) <= reach) & (reach > 0), gap.shape)
    wide = (gap.shape[0], division.districts)
    fixed = np.broadcast_to(fixed, wide).copy()
    for s in np.flatnonzero(doubtful.any(axis=1)).tolist():
        members = np.flatnonzero(np.broadcast_to(doubtful[s], (wide[1],)))
        figures = Figures(division, s)
        fixed[s, members] = figures.caps(members).sign_of_difference(figures.floors(members)) <= 0
    return fixed
