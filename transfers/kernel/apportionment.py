"""The task every rounding rule is given: whole units, between bounds, that add up to a target."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.axes import Groups
from transfers.kernel.fit import Fit
from transfers.kernel.order import classes_of
from transfers.kernel.whole import Parts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Indices = NDArray[np.intp]


class Apportionment(Struct, frozen=True):
    """Whole units to be given to districts. A unit is the grant's quantum.

    Parameters
    ----------
    fit : Fit
        What every district is entitled to.
    entitled : Parts, (S, N), quanta
        The entitlements, taken apart; 0 in a group that gets nothing.
    lower, upper : (S | 1, N) int64, units
        The least and the most one district may be given.
    target : (S, G) int64, units
        What the members of each group are to be given together. Precondition:
        ``sum(lower) <= target <= sum(upper)``.
    multiple : int
        Quanta of money in one unit.
    key_order : (N,) intp
        The rank of each district's key: of equals, the smaller rank comes first.
    """

    fit: Fit
    entitled: Parts
    lower: Ints
    upper: Ints
    target: Ints
    multiple: int
    key_order: Indices

    @property
    def groups(self) -> Groups:
        """The groups the targets belong to."""
        return self.fit.division.groups


def alike(fit: Fit, s: int, members: Indices) -> tuple[Indices, Indices] | None:
    """Sort districts of one group into classes with the same weight and the same offset.

    Strictly between its bounds a district's entitlement depends on nothing else, so one exact
    figure serves a class.

    Parameters
    ----------
    fit : Fit
    s : int
    members : (n,) intp
        Of one group.

    Returns
    -------
    tuple of (c,) intp and (n,) intp, or None
        One place of each class, and the class of each place. None where float64 cannot tell who
        is alike.
    """
    columns: list[Floats | Ints] = []
    for figures in (fit.division.weight, fit.division.offset):
        if figures is None:
            continue
        row = s if len(figures.value) > 1 else 0
        if figures.decimals is not None:
            columns.append(figures.decimals.mantissas[row, members])
        elif np.broadcast_to(figures.error, figures.value.shape)[row, members].any():
            return None
        else:
            columns.append(figures.value[row, members])
    return classes_of(columns)
