"""Which points of a grid are tried: all of a small one, of a large one those that lead on.

A large grid is tried coarsely first; from the best points, and from those of the front, ever
smaller steps are taken until none leads on. Nothing is drawn: the same question is answered by
the same points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, product
from typing import Final

from msgspec import Struct

from scenarios.seeking.grid import Axis, Grid, Point

Try = Callable[[Sequence[Point]], None]
"""Computes points."""

Lead = Callable[[], Sequence[Point]]
"""Tells which of the points that were computed lead on, the best first."""

MOST_LEADING: Final = 24
"""Points from which steps are taken."""


class Searched(Struct, frozen=True):
    """How a grid was searched.

    Parameters
    ----------
    whole : bool
        Whether all of it was tried.
    settled : bool
        Whether it ended because no step led on, and not for want of budget.
    """

    whole: bool
    settled: bool


def search(grid: Grid, budget: int, attempt: Try, lead: Lead) -> Searched:
    """Try points of a grid, at most as many as the budget allows.

    Parameters
    ----------
    attempt : callable
        Computes points that were not computed before.
    """
    if len(grid) <= budget:
        attempt([grid.point(number) for number in range(len(grid))])
        return Searched(whole=True, settled=True)
    tried: set[Point] = set()

    def some(points: Sequence[Point]) -> bool:
        """Try new points; tell whether there was money for all of them."""
        new = sorted(set(points) - tried)
        able = new[: budget - len(tried)]
        tried.update(able)
        if able:
            attempt(able)
        return len(able) == len(new)

    coarse, strides = _coarse(grid, budget // 2)
    some(coarse)
    while True:
        leading = tuple(lead()[:MOST_LEADING])
        steps = [point for start in leading for point in around(grid, start, strides)]
        if not some(steps):
            return Searched(whole=False, settled=False)
        if tuple(lead()[:MOST_LEADING]) == leading:
            if max(strides) == 1:
                return Searched(whole=False, settled=True)
            strides = tuple(-(-stride // 2) for stride in strides)


def _coarse(grid: Grid, most: int) -> tuple[list[Point], tuple[int, ...]]:
    """Return points spread over a grid, and half the steps between them."""
    each = 2
    while _size(grid, each + 1) <= most:
        each += 1
    values = [_spread(axis, each) for axis in grid.axes]
    gaps = [max(b - a for a, b in pairwise(v)) if len(v) > 1 else 1 for v in values]
    return list(product(*values)), tuple(-(-gap // 2) for gap in gaps)


def _size(grid: Grid, each: int) -> int:
    found = 1
    for axis in grid.axes:
        found *= min(axis.count, each)
    return found


def _spread(axis: Axis, each: int) -> list[int]:
    """Return numbers of values, both ends among them."""
    count = min(axis.count, each)
    if count == 1:
        return [0]
    return [number * (axis.count - 1) // (count - 1) for number in range(count)]


def around(grid: Grid, point: Point, strides: Sequence[int]) -> list[Point]:
    """Return the points a step away in any direction, diagonals too."""
    moves = product(*((-stride, 0, stride) for stride in strides))
    found = []
    for move in moves:
        there = tuple(at + step for at, step in zip(point, move, strict=True))
        inside = all(0 <= at < axis.count for at, axis in zip(there, grid.axes, strict=True))
        if inside and there != point:
            found.append(there)
    return found
