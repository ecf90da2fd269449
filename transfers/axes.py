"""The last axis: districts, and the groups that divide a pool among themselves.

Arrays have scenarios first and districts last. A division has one total per *group*: a whole
province, or one state each under ``within``. Members of a group need not stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Indices = NDArray[np.intp]

Number = TypeVar("Number", np.float64, np.int64)
Kind = TypeVar("Kind", bound=np.generic)

CHUNK = 32768
"""Figures of one working array; some eight of them are in use at a time."""


def sum_segments(values: NDArray[Number], starts: Indices, sizes: Indices) -> NDArray[Number]:
    """Add up neighbouring columns, ``sizes[g]`` of them from ``starts[g]``: (S, N) -> (S, G).

    Every segment is added pairwise (NumPy's own order); an empty one gives 0. Precondition:
    `values` is C-contiguous, else the order of adding would depend on its strides.
    """
    total = np.zeros((values.shape[0], len(starts)), dtype=values.dtype)
    occupied = np.flatnonzero(sizes)
    if len(occupied):
        total[:, occupied] = np.add.reduceat(values, starts[occupied], axis=-1)
    return total


def blocks(shape: tuple[int, ...]) -> Iterator[tuple[slice, slice]]:
    """Yield blocks of (S, N) arrays that fit into the cache."""
    rows, columns = shape
    width = min(columns, CHUNK)
    height = max(1, CHUNK // max(width, 1))
    for row in range(0, rows, height):
        for column in range(0, columns, max(width, 1)):
            yield slice(row, row + height), slice(column, column + width)


def widened(values: NDArray[Kind], shape: tuple[int, ...]) -> NDArray[Kind]:
    """Return `values` as an array of `shape`: themselves where they have it, else read-only.

    The usual case takes no time; np.broadcast_to takes 4 us to find out.
    """
    return values if values.shape == shape else np.broadcast_to(values, shape)


def pairwise_error_factor(n: int) -> float:
    """Return a bound on the relative error of NumPy's sum of `n` numbers, per unit of sum(|x|).

    NumPy halves until at most 128 numbers are left and adds those in eight lanes. A number then
    passes through at most 15 additions in its lane, 3 between lanes, 7 in a tail, 1 for the
    reduction's first element, and one per halving (at most log2(n / 128) + 1 of them). With k
    additions the error is at most k u / (1 - k u) times sum(|x|), u = 2**-53; k below is larger
    by 14 at least.
    """
    steps = 34 + n.bit_length()
    return steps * 2.0**-53 * (1 + 2.0**-40)


class Groups(Struct, frozen=True, eq=False, dict=True):
    """Which group every district belongs to.

    Parameters
    ----------
    of : (N,) intp
        The number of each district's group, in ``range(len(names))``.
    names : tuple of str
        One name per group; a group may have no members.

    Examples
    --------
    >>> states = Groups(np.array([0, 1, 0]), ("north", "south"))
    >>> states.sum(np.array([[1.0, 2.0, 4.0]]))
    array([[5., 2.]])
    >>> states.spread(np.array([[10.0, 20.0]]))
    array([[10., 20., 10.]])
    """

    of: Indices
    names: tuple[str, ...]

    @classmethod
    def one(cls, n: int) -> Groups:
        """Return a single group of `n` districts, without a name."""
        return cls(np.zeros(n, dtype=np.intp), ("",))

    @property
    def count(self) -> int:
        """The number of groups, G."""
        return len(self.names)

    @cached_property
    def sizes(self) -> Indices:
        """The number of members of each group: (G,) intp."""
        return np.bincount(self.of, minlength=self.count).astype(np.intp)

    @cached_property
    def order(self) -> Indices:
        """Every district, group after group, ascending inside a group: (N,) intp."""
        return np.argsort(self.of, kind="stable").astype(np.intp)

    @cached_property
    def starts(self) -> Indices:
        """Where each group starts in `order`: (G,) intp."""
        return (np.cumsum(self.sizes) - self.sizes).astype(np.intp)

    @cached_property
    def side_by_side(self) -> bool:
        """Whether `order` is the order of the table, so nothing need be moved."""
        return self.count == 1 or bool(np.all(self.of[1:] >= self.of[:-1]))

    def members(self, g: int) -> Indices:
        """Return the districts of group `g`, ascending: (n_g,) intp."""
        start = self.starts[g]
        return self.order[start : start + self.sizes[g]]

    @cached_property
    def sum_error_factor(self) -> float:
        """A bound on the error of `sum`, per unit of the sum of absolute values."""
        return pairwise_error_factor(int(self.sizes.max(initial=1)))

    def sum(self, values: Floats) -> Floats:
        """Add up the members of each group: (S, N) float64 -> (S, G) float64.

        A row's sums are the same bits whatever rows stand beside it.
        """
        return self._sum(np.asarray(values, dtype=np.float64))

    def sum_int(self, values: Integers) -> Integers:
        """Add up the members of each group: (S, N) int64 -> (S, G) int64.

        Precondition: no sum leaves int64.
        """
        return self._sum(np.asarray(values, dtype=np.int64))

    def _sum(self, values: NDArray[Number]) -> NDArray[Number]:
        if self.count == 1:
            total: NDArray[Number] = np.ascontiguousarray(values).sum(axis=-1, keepdims=True)
            return total
        if not self.side_by_side:
            values = values.take(self.order, axis=-1)
        return sum_segments(np.ascontiguousarray(values), self.starts, self.sizes)

    def spread(self, per_group: NDArray[Kind]) -> NDArray[Kind]:
        """Give every district the figure of its group: (S, G) -> (S, N). May be read-only."""
        if self.count == 1:
            return np.broadcast_to(per_group, (per_group.shape[0], len(self.of)))
        return per_group.take(self.of, axis=-1)
