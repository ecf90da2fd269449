"""Rounding a table so that its rows and its columns both add up as shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.rationals import Rationals

Objects = NDArray[Any]


def rounded_both_ways(columns: Sequence[Rationals]) -> list[list[int]]:
    """Round figures to whole numbers, each to one of the two beside it.

    Rows add up to their exact sums, columns to one of the two whole numbers beside theirs. Such a
    rounding always exists: the fractions themselves are a flow between rows and columns, and a
    flow with whole bounds can be made whole.

    Precondition: every row adds up to a whole number.

    Parameters
    ----------
    columns : sequence of Rationals, each (n,)

    Examples
    --------
    >>> from fractions import Fraction
    >>> third = Rationals.from_fractions([Fraction(1, 3)] * 3)
    >>> rounded_both_ways([third, third, third])
    [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    """
    if not columns or not len(columns[0]):
        return [[] for _ in columns]
    floors: list[Objects] = [c.numerators // c.denominators for c in columns]
    rests = [c - Rationals(floor) for c, floor in zip(columns, floors, strict=True)]
    fractions = np.array([rest.floats() for rest in rests])
    loose = np.array([rest.numerators != 0 for rest in rests], dtype=np.bool_)
    missing = [rest.sum() for rest in rests]
    bounds = [(int(m), int(m) + (m.denominator > 1)) for m in missing]
    raised = _by_row(fractions, loose)
    _settle(raised, fractions, loose, bounds)
    return [
        (floor + up.astype(np.int64)).tolist() for floor, up in zip(floors, raised, strict=True)
    ]


def _by_row(fractions: NDArray[np.float64], loose: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which cells are rounded up, (P, N): in every row those with the largest rests."""
    missing = np.rint(fractions.sum(axis=0)).astype(np.int64)
    order = np.argsort(np.where(loose, -fractions, 1.0), axis=0, kind="stable")
    return np.asarray((np.argsort(order, axis=0, kind="stable") < missing) & loose)


def _settle(
    raised: NDArray[np.bool_],
    fractions: NDArray[np.float64],
    loose: NDArray[np.bool_],
    bounds: list[tuple[int, int]],
) -> None:
    """Swap cells inside rows until every column has as many rounded up as its bounds allow."""
    counts = raised.sum(axis=1).tolist()
    everywhere = range(len(counts))
    while True:
        many = [j for j in everywhere if counts[j] > bounds[j][1]]
        few = [j for j in everywhere if counts[j] < bounds[j][0]]
        if many:
            ends = {j for j in everywhere if counts[j] < bounds[j][1]}
            path = _path(raised, loose, many, ends)
        elif few:
            starts = [j for j in everywhere if counts[j] > bounds[j][0]]
            path = _path(raised, loose, starts, set(few))
        else:
            return
        for source, target in pairwise(path):
            # The row in which the swap does least harm.
            harm = np.where(
                raised[source] & loose[target] & ~raised[target],
                fractions[source] - fractions[target],
                np.inf,
            )
            row = int(np.argmin(harm))
            raised[source, row], raised[target, row] = False, True
        counts[path[0]] -= 1
        counts[path[-1]] += 1


def _path(
    raised: NDArray[np.bool_], loose: NDArray[np.bool_], starts: list[int], ends: set[int]
) -> list[int]:
    """Return columns over which one unit moves, from one of `starts` to one of `ends`.

    Precondition: there is a way.
    """
    before: dict[int, int] = dict.fromkeys(starts, -1)
    queue = deque(starts)
    while queue:
        column = queue.popleft()
        if column in ends:
            path = [column]
            while before[path[-1]] >= 0:
                path.append(before[path[-1]])
            return path[::-1]
        for other in range(len(loose)):
            if other not in before and (raised[column] & loose[other] & ~raised[other]).any():
                before[other] = column
                queue.append(other)
    raise AssertionError("no rounding adds up both ways")
