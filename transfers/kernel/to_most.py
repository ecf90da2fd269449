"""Rounding where one district takes the difference.

Everybody's entitlement is rounded by itself, halves away from zero. What the sum then misses is
given to (or taken from) the district with the most of some column (population, last year's
amount), as far as its bounds allow; then the next. To all other districts this means: their amount
is their own figure, rounded as anybody would; the one with the most bears everybody's rounding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.kernel.apportionment import Apportionment
from transfers.kernel.whole import nearest

Ints = NDArray[np.int64]
Indices = NDArray[np.intp]


def to_most(task: Apportionment, column: Bounded) -> Ints:
    """Round everybody by themselves and let those with the most take the difference.

    Parameters
    ----------
    task : Apportionment
    column : Bounded, (S | 1, N)
        The greatest takes the difference first; of equals the one whose key comes first. An input,
        hence exact as floats or as decimals.

    Returns
    -------
    (S, N) int64, units
        Each group adds up to its target.
    """
    units = nearest(task.entitled, task.fit.exact_entitlements, task.multiple)
    units = np.minimum(np.maximum(units, task.lower), task.upper)
    left = task.target - task.groups.sum_int(units)
    rows = np.flatnonzero(left.any(axis=-1))
    if rows.size:
        units[rows] += _differences(task, column, units[rows], left[rows], rows)
    return units


def _differences(
    task: Apportionment, column: Bounded, units: Ints, left: Ints, rows: Indices
) -> Ints:
    """Return what everybody takes of the difference: (rows, N) int64, units."""
    groups = task.groups
    wanted = groups.spread(left)
    lower = task.lower if len(task.lower) == 1 else task.lower[rows]
    upper = task.upper if len(task.upper) == 1 else task.upper[rows]
    room = np.minimum(np.where(wanted > 0, upper - units, units - lower), np.abs(wanted))
    order = np.broadcast_to(_order(task, column, rows), units.shape)
    room = np.take_along_axis(room, order, axis=-1)
    before = np.cumsum(room, axis=-1) - room
    starts = np.minimum(groups.starts, before.shape[-1] - 1)
    group = groups.of[groups.order]
    before -= before[:, starts][:, group]
    taken = np.clip(np.abs(left)[:, group] - before, 0, room)
    differences = np.empty_like(units)
    np.put_along_axis(differences, order, taken, axis=-1)
    return differences * np.sign(wanted)


def _order(task: Apportionment, column: Bounded, rows: Indices) -> Indices:
    """Return the districts group by group, those with the most first: (rows | 1, N) intp."""
    figures = column.take_rows(rows)
    most = figures.value if figures.decimals is None else figures.decimals.mantissas
    shape = most.shape
    keys = (
        np.broadcast_to(task.key_order, shape),
        -most,
        np.broadcast_to(task.groups.of, shape),
    )
    return np.lexsort(keys, axis=-1)
