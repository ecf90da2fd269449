"""How the amounts of a district spread over scenarios: quantiles, means, who loses how often.

Exact, and with the memory of a few blocks however many scenarios there are: where they are many
their amounts are in a store, and are read back some districts at a time.

Method: section 36.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import floor
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from scenarios.running.chunk import Chunk
from scenarios.running.store import Store

Ints = NDArray[np.int64]

KEPT: Final = 1 << 22
"""Figures that are kept in memory; of more there is a store."""


class Spread(Struct, frozen=True, eq=False):
    """How amounts spread over S scenarios that are done; a row for each of N districts.

    Parameters
    ----------
    count : int
        S.
    levels : tuple of Fraction
        Which quantiles.
    quantiles : list of tuple of Fraction, quanta
    mean : list of Fraction, quanta
    least, most : list of int, quanta
    losing, winning : list of int
        In how many scenarios the amount is below, or above, the one it is compared with; empty
        where it is compared with none.
    compared : int or None
        In how many scenarios it could be compared; None is in all that are done.
    """

    count: int
    levels: tuple[Fraction, ...]
    quantiles: list[tuple[Fraction, ...]]
    mean: list[Fraction]
    least: list[int]
    most: list[int]
    losing: list[int]
    winning: list[int]
    compared: int | None = None

    def share_losing(self, row: int) -> Fraction | None:
        """Return the share of scenarios in which a district loses."""
        return self._share(self.losing, row)

    def share_winning(self, row: int) -> Fraction | None:
        """Return the share of scenarios in which a district wins."""
        return self._share(self.winning, row)

    def _share(self, counts: list[int], row: int) -> Fraction | None:
        count = self.count if self.compared is None else self.compared
        return Fraction(counts[row], count) if counts and count else None


def spread_of(
    slices: Iterable[Ints], levels: Sequence[Fraction], compared: Sequence[int] | None
) -> Spread:
    """Return how figures spread.

    Parameters
    ----------
    slices : iterable of (n, S) int64
        Rows of figures, some at a time; they are sorted in place.
    levels : sequence of Fraction
        Which quantiles, from 0 to 1: as Excel's PERCENTILE.INC and NumPy's ``linear``, exactly.
    compared : sequence of int, optional
        A figure for each row.

    Examples
    --------
    >>> spread_of([np.array([[3, 1, 2, 10]])], [Fraction(1, 2), Fraction(1)], [3]).quantiles
    [(Fraction(5, 2), Fraction(10, 1))]
    """
    found = Spread(0, tuple(levels), [], [], [], [], [], [])
    count = 0
    for figures in slices:
        count = figures.shape[1]
        if not count:
            break
        if compared is not None:
            start = len(found.mean)
            limits = np.array(compared[start : start + len(figures)], dtype=np.int64)[:, None]
            found.losing.extend((figures < limits).sum(axis=1).tolist())
            found.winning.extend((figures > limits).sum(axis=1).tolist())
        found.mean.extend(Fraction(total, count) for total in _sums(figures))
        figures.sort(axis=1)
        found.least.extend(figures[:, 0].tolist())
        found.most.extend(figures[:, -1].tolist())
        columns = [_quantiles(figures, level) for level in levels]
        found.quantiles.extend(zip(*columns, strict=True))
    return Spread(
        count,
        found.levels,
        found.quantiles,
        found.mean,
        found.least,
        found.most,
        found.losing,
        found.winning,
    )


def _sums(figures: Ints) -> list[int]:
    """Return the sum of each row; no sum of int64 may wrap around."""
    high = (figures >> 32).sum(axis=1).tolist()
    low = (figures & 0xFFFFFFFF).sum(axis=1).tolist()
    return [(h << 32) + rest for h, rest in zip(high, low, strict=True)]


def _quantiles(figures: Ints, level: Fraction) -> list[Fraction]:
    """Return a quantile of each row of figures that rise."""
    at = level * (figures.shape[1] - 1)
    below = floor(at)
    part = at - below
    lower = figures[:, below].tolist()
    if not part:
        return [Fraction(figure) for figure in lower]
    upper = figures[:, below + 1].tolist()
    return [a + part * (b - a) for a, b in zip(lower, upper, strict=True)]


class Totals:
    """Takes the totals of scenarios that are done, and gives them back by districts.

    Parameters
    ----------
    districts : int
    keep : bool
        Whether to keep them here; else they are read from a store.
    """

    def __init__(self, districts: int, *, keep: bool) -> None:
        self.districts, self.keep = districts, keep
        self._kept: list[Ints] = []
        self._sums: list[Ints] = []
        self._done: list[NDArray[np.bool_]] = []

    def take(self, chunk: Chunk) -> None:
        """Take a block of scenarios."""
        paid = chunk.total[chunk.done]
        self._sums.append(paid.sum(axis=1))
        self._done.append(chunk.done)
        if self.keep:
            self._kept.append(paid)

    def sums(self) -> Ints:
        """Return what all districts get together in each scenario that is done: (S,) int64."""
        return np.concatenate(self._sums)

    def slices(self, store: Store | None) -> Iterator[Ints]:
        """Yield the amounts of some districts in all scenarios that are done: (n, S) int64."""
        if store is None:
            yield np.concatenate(self._kept).T.copy()
            return
        done = np.concatenate(self._done)
        for some in store.slices(self.districts):
            yield np.ascontiguousarray(store.columns("", some)[done].T)
