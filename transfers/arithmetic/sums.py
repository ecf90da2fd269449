"""Sums over groups of districts, with a true bound and the way to the exact sum."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.figure import Figure, Indices
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups


def sum_groups(figures: Bounded, groups: Groups) -> Bounded:
    """Add up the members of each group: (S, N) figures -> (S, G) figures."""
    exact = _sum_decimals(figures, groups)
    if exact is not None:
        return bounded.from_decimals(exact)
    value = groups.sum(figures.value)
    error = groups.sum(np.broadcast_to(figures.error, figures.value.shape))
    rounding = groups.sum_error_factor * groups.sum(np.abs(figures.value))
    return Bounded(value, (error + rounding) * (1 + 2 * groups.sum_error_factor))


def whole_sum(values: NDArray[np.int64]) -> int:
    """Add int64 without overflow: upper and lower halves apart."""
    return (int((values >> 32).sum()) << 32) + int((values & 0xFFFFFFFF).sum())


def _sum_decimals(figures: Bounded, groups: Groups) -> Decimals | None:
    decimals = figures.decimals
    if decimals is None:
        return None
    if groups.count == 1:
        return decimals.sum(axis=-1, keepdims=True)
    sizes = groups.sum(np.abs(decimals.mantissas.astype(np.float64)))
    if np.max(sizes, initial=0.0) >= 2.0**62:
        return None
    return Decimals(groups.sum_int(decimals.mantissas), decimals.places)


def total_over(figure: Figure, groups: Groups) -> Figure:
    """Return the sum over the members of each group: (S, N) figures -> (S, G)."""
    known: dict[tuple[int, int], Fraction] = {}
    rows = len(figure.value)

    def exact(scenario: int, members: Indices) -> Rationals:
        row, asked = scenario if rows > 1 else 0, members.tolist()
        unknown = [group for group in dict.fromkeys(asked) if (row, group) not in known]
        if unknown:
            inside = [groups.members(group) for group in unknown]
            figures = figure.exact(scenario, np.concatenate(inside))
            start = 0
            for group, some in zip(unknown, inside, strict=True):
                known[row, group] = figures.take(slice(start, start + len(some))).sum()
                start += len(some)
        return Rationals.from_fractions([known[row, group] for group in asked])

    return Figure(sum_groups(figure.bounded, groups), exact)
