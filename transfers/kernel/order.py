"""Who comes first, when figures are known only within a bound.

Rounding hands the last units to some districts and not to others. Float64 settles nearly all of
it; those it cannot tell apart are compared as exact fractions, and those that are equal as exact
fractions by their keys.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.rationals import Rationals

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Indices = NDArray[np.intp]

_MANY = 2**14

ExactOrder = Callable[[Indices], Ints | None]
"""Give a whole number per place, in the exact order of the figures there; None if all are equal."""


def first_in_order(
    *,
    low: Floats,
    high: Floats,
    count: int,
    key_order: Indices,
    exact_order: ExactOrder,
) -> Mask:
    """Mark the `count` smallest of some figures; of equal ones those whose keys come first.

    Parameters
    ----------
    low, high : (n,) float64
        The figures lie between these, ends included.
    count : int
        How many to mark.
    key_order : (n,) intp
        The ranks of the districts' keys.
    exact_order : callable
        Asked for the places (indices into `low`) that the bounds leave open.

    Returns
    -------
    (n,) bool
    """
    n = len(low)
    if count <= 0 or count >= n:
        return np.full(n, count > 0)
    least_cut = np.partition(low, count - 1)[count - 1]
    most_cut = np.partition(high, count - 1)[count - 1]
    chosen: Mask = high < least_cut
    contested = np.flatnonzero(~chosen & (low <= most_cut))
    left = count - int(np.count_nonzero(chosen))
    if left < len(contested):
        contested = _settle(low, high, contested, left, key_order, exact_order)
    chosen[contested] = True
    return chosen


def first_of_each(low: Floats, high: Floats, sizes: Indices, counts: Ints) -> tuple[Mask, Mask]:
    """Mark the smallest figures of each of many groups, where their bounds alone settle which.

    Parameters
    ----------
    low, high : (n,) float64
        The figures lie between these, ends included; group after group.
    sizes : (g,) intp
        How many figures each group has, none of them 0.
    counts : (g,) int64
        How many of them to mark, 1 to all.

    Returns
    -------
    settled : (g,) bool
        Which groups are settled; of the others nothing is marked.
    chosen : (n,) bool

    Examples
    --------
    >>> ends = np.array([0.0, 0.2, 0.4, 0.0, 0.1]), np.array([0.1, 0.3, 0.5, 0.2, 0.3])
    >>> settled, chosen = first_of_each(*ends, np.array([3, 2]), np.array([2, 1]))
    >>> settled.tolist(), chosen.tolist()
    ([True, False], [True, True, False, False, False])
    """
    group = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.cumsum(sizes) - sizes
    last = starts + counts - 1
    most_cut = high[np.lexsort((high, group))[last]]
    # Everybody who is to be marked is possible; where no others are, the bounds settle all.
    possible = low <= most_cut[group]
    settled = np.add.reduceat(possible.astype(np.int64), starts) == counts
    return settled, possible & settled[group]


def first_by_key(key_order: Indices, sizes: Indices, counts: Ints, which: Mask) -> Mask:
    """Mark the members of some groups whose keys come first, as many as `counts` says.

    Parameters
    ----------
    key_order : (n,) intp
        The ranks of the districts' keys, group after group.
    sizes : (g,) intp
    counts : (g,) int64
    which : (g,) bool
        In which groups.

    Returns
    -------
    (n,) bool

    Examples
    --------
    >>> ranks, sizes = np.array([2, 0, 1, 1, 0]), np.array([3, 2])
    >>> first_by_key(ranks, sizes, np.array([2, 1]), np.array([True, False])).tolist()
    [False, True, True, False, False]
    """
    group = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((key_order, group))
    starts = np.cumsum(sizes) - sizes
    chosen = np.zeros(len(key_order), dtype=np.bool_)
    chosen[order] = np.arange(len(order)) - starts[group] < counts[group]
    return chosen & which[group]


def kth_largest(values: Floats, k: int) -> float:
    """Return the k-th largest of some figures, 1 <= k <= n.

    Of many figures a sample tells about where it lies; only those nearby are then looked at.

    Examples
    --------
    >>> kth_largest(np.array([0.5, 0.25, 0.75]), 2)
    0.5
    """
    n = len(values)
    if n > _MANY:
        sample = np.sort(values[:: n // 1024])
        place = len(sample) * (n - k) // n
        low, high = sample[max(place - 96, 0)], sample[min(place + 96, len(sample) - 1)]
        near = values[(values >= low) & (values <= high)]
        k_near = k - int(np.count_nonzero(values > high))
        if 1 <= k_near <= len(near):
            values, n, k = near, len(near), k_near
    return float(np.partition(values, n - k)[n - k])


def _settle(
    low: Floats,
    high: Floats,
    contested: Indices,
    left: int,
    key_order: Indices,
    exact_order: ExactOrder,
) -> Indices:
    """Return the `left` first of the `contested` places."""
    ranks = key_order[contested]
    lowest, highest = low[contested], high[contested]
    figures: Floats | Ints | None = lowest
    if (lowest != highest).any():
        figures = exact_order(contested)
    elif lowest.min() == lowest.max():
        figures = None
    if figures is None:
        return contested[np.argpartition(ranks, left - 1)[:left]]
    return contested[np.lexsort((ranks, figures))[:left]]


def dense_order(figures: Rationals) -> Ints:
    """Return the place of each figure in ascending order; equal figures get the same number.

    Two different fractions with denominators of at most b bits are more than ``2**-2b`` apart, so
    their floors after a shift by ``2b + 1`` bits differ as the fractions do.

    Examples
    --------
    >>> from fractions import Fraction
    >>> dense_order(Rationals.from_fractions([Fraction(2, 3), Fraction(1, 2), Fraction(2, 3)]))
    array([1, 0, 1])
    """
    denominators = figures.denominators
    if isinstance(denominators, int):
        marks = figures.numerators.tolist()
    else:
        bits = max((d.bit_length() for d in denominators.tolist()), default=0)
        marks = ((figures.numerators << (2 * bits + 1)) // denominators).tolist()
    number = {mark: i for i, mark in enumerate(sorted(set(marks)))}
    return np.array([number[mark] for mark in marks], dtype=np.int64)


def classes_of(columns: list[Floats | Ints]) -> tuple[Indices, Indices]:
    """Sort districts into classes that are alike in every column.

    Parameters
    ----------
    columns : list of (n,) arrays

    Returns
    -------
    first : (c,) intp
        One district of each class.
    class_of : (n,) intp
        The class of each district.
    """
    class_of = np.zeros(len(columns[0]), dtype=np.intp)
    first = np.zeros(1, dtype=np.intp)
    for column in columns:
        _, numbers = np.unique(column, return_inverse=True)
        joint = class_of * (int(numbers.max(initial=0)) + 1) + numbers
        _, first, class_of = np.unique(joint, return_index=True, return_inverse=True)
    return first.astype(np.intp), class_of.astype(np.intp)
