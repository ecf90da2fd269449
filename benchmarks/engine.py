"""What is measured: the engine's fit and rounding, and the copies they are held against."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmarks.problem import Problem
from transfers.kernel.fit import Fit, fit
from transfers.kernel.rounding import Rounded, round_to_total

Floats = NDArray[np.float64]


def copy_into_new(task: Problem) -> Callable[[], tuple[Floats, ...]]:
    """Copy weight, floor and cap into memory asked for anew, as results need it."""
    return lambda: (task.weight.copy(), task.floor.copy(), task.cap.copy())


def copy_into_held(task: Problem) -> Callable[[], tuple[Floats, ...]]:
    """Copy weight, floor and cap into memory that is there already."""
    columns = (task.weight, task.floor, task.cap)
    held = tuple(column.copy() for column in columns)

    def run() -> tuple[Floats, ...]:
        for target, column in zip(held, columns, strict=True):
            np.copyto(target, column)
        return held

    return run


def fitted(task: Problem) -> Callable[[], Fit]:
    """Find the rate, who is at a bound, and every entitlement with its error."""
    return lambda: fit(task.division)


def fitted_and_rounded(task: Problem) -> Callable[[], Rounded]:
    """Find the rate and round to whole amounts that add up; whole bounds included."""
    total = np.array([[task.total]], dtype=np.int64)

    def run() -> Rounded:
        found = fit(task.division)
        return round_to_total(found, total, "largest_remainder", key_order=task.key_order)

    return run
