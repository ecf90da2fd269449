"""Where samples lie: rows of numbers between 0 and 1, the same however they are cut.

A row is a scenario, a column what varies by itself. Row after row can be had without those before
it, so that nothing is kept for a hundred thousand scenarios of three thousand figures each.

Method: section 36.
"""

from __future__ import annotations

import warnings
from math import isqrt
from typing import Any, Final, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.uint64]

_ROUNDS: Final = 4
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)


class Units(Protocol):
    """Rows of numbers, 0 <= u < 1."""

    def rows(self, start: int, stop: int) -> Floats:
        """Return rows from `start` to before `stop`: (stop - start, dimensions) float64."""


def mixed(words: Words) -> Words:
    """Return words whose bits depend on all bits of those given (the finish of splitmix64)."""
    words = (words ^ (words >> np.uint64(30))) * _FIRST
    words = (words ^ (words >> np.uint64(27))) * _SECOND
    return words ^ (words >> np.uint64(31))


def uniform(words: Words) -> Floats:
    """Return a number of 53 bits, 0 <= u < 1, for each word."""
    return (words >> np.uint64(11)).astype(np.float64) * 2.0**-53


class LatinHypercube(Struct, frozen=True):
    """In each column, every one of `size` strata of equal width is met once, in random order.

    The order of a column is a permutation that can be asked for any place: a network of rounds
    (Feistel's) over a square a little larger than `size`, walked until it comes back inside.

    Parameters
    ----------
    size, dimensions : int
    key : int
        Of the permutations and of the places inside the strata, below 2**63.
    """

    size: int
    dimensions: int
    key: int

    @classmethod
    def drawn(cls, size: int, dimensions: int, rng: np.random.Generator) -> LatinHypercube:
        """Return a sample whose key comes from a generator."""
        return cls(size, dimensions, int(rng.integers(2**63)))

    def rows(self, start: int, stop: int) -> Floats:
        """Return rows from `start` to before `stop`: (stop - start, dimensions) float64."""
        scenarios = np.arange(start, stop, dtype=np.uint64)[:, None]
        columns = np.arange(self.dimensions, dtype=np.uint64)[None, :]
        keys = mixed(mixed(columns + np.uint64(self.key)) + _GOLDEN)  # of each column
        strata = self._permuted(scenarios, keys)
        inside = uniform(mixed((keys ^ _SECOND) + scenarios * _GOLDEN))
        found = (strata.astype(np.float64) + inside) / self.size
        # The last stratum may be rounded up to 1.
        return np.minimum(found, 1 - 2.0**-53)

    def _permuted(self, places: Words, keys: Words) -> Words:
        found = self._walked(np.broadcast_to(places, (len(places), keys.shape[1])), keys)
        size = np.uint64(self.size)
        while (outside := found >= size).any():
            rows, columns = np.nonzero(outside)
            found[rows, columns] = self._walked(found[rows, columns], keys[0, columns])
        return found

    def _walked(self, places: Words, keys: Words) -> Words:
        """Permute the places of a square of `high` by `wide`."""
        high = isqrt(self.size - 1) + 1
        wide = -(-self.size // high)
        left, right = np.divmod(places, np.uint64(wide))
        for turn in range(_ROUNDS):
            left = (left + _hashed(right, keys, 2 * turn) % np.uint64(high)) % np.uint64(high)
            right = (right + _hashed(left, keys, 2 * turn + 1) % np.uint64(wide)) % np.uint64(wide)
        return left * np.uint64(wide) + right


def _hashed(words: Words, keys: Words, turn: int) -> Words:
    salt = keys + np.uint64(turn * int(_FIRST) % 2**64)
    return mixed(words * _GOLDEN + salt)


class SobolPoints:
    """The points of Sobol's sequence, scrambled: those of ``scipy.stats.qmc.Sobol``.

    Parameters
    ----------
    dimensions : int
        At most 21,201.
    key : int
        Seed of the scrambling.
    """

    def __init__(self, dimensions: int, key: int) -> None:
        self.dimensions, self.key = dimensions, key
        self._engine: Any = None
        self._at = 0

    @classmethod
    def drawn(cls, dimensions: int, rng: np.random.Generator) -> SobolPoints:
        """Return a sample whose scrambling comes from a generator."""
        return cls(dimensions, int(rng.integers(2**63)))

    def __reduce__(self) -> tuple[type[SobolPoints], tuple[int, int]]:
        """Leave behind how far the points have been told."""
        return SobolPoints, (self.dimensions, self.key)

    def rows(self, start: int, stop: int) -> Floats:
        """Return rows from `start` to before `stop`: (stop - start, dimensions) float64."""
        from scipy.stats import qmc  # type: ignore[import-untyped]

        if self._engine is None or self._at > start:
            rng = np.random.default_rng(self.key)
            self._engine, self._at = qmc.Sobol(self.dimensions, scramble=True, rng=rng), 0
        if self._at < start:
            self._engine.fast_forward(start - self._at)
        self._at = stop
        with warnings.catch_warnings():
            # That the first piece is no power of two says nothing of the whole.
            warnings.simplefilter("ignore", UserWarning)
            found: Floats = self._engine.random(stop - start)
        return found


class GivenPoints(Struct, frozen=True, eq=False):
    """Points that somebody else has chosen.

    Where a column stands for many figures that vary each by itself, its number is the seed of
    theirs.

    Parameters
    ----------
    points : (S, columns) float64
    widths : tuple of int
        How many figures each column stands for.
    """

    points: Floats
    widths: tuple[int, ...]

    def rows(self, start: int, stop: int) -> Floats:
        """Return rows from `start` to before `stop`: (stop - start, sum of widths) float64."""
        parts = []
        for column, width in enumerate(self.widths):
            units = np.ascontiguousarray(self.points[start:stop, column : column + 1])
            if width == 1:
                parts.append(units)
                continue
            numbers = np.arange(1, width + 1, dtype=np.uint64)[None, :]
            parts.append(uniform(mixed(mixed(units.view(np.uint64)) + numbers * _GOLDEN)))
        return np.concatenate(parts, axis=1)
