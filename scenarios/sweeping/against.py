"""What districts lose or win against: amounts that stay, or what is paid with the same data.

Method: section 36.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from scenarios.running.chunk import Chunk
from scenarios.sweeping.spread import Spread

Ints = NDArray[np.int64]


class Limits(Struct, frozen=True, eq=False):
    """What the amounts of a block are held against.

    Parameters
    ----------
    total : (S, N) or (1, N) int64, quanta
    known : (S,) bool
        Which scenarios can be compared: both sides pay.
    """

    total: Ints
    known: NDArray[np.bool_]


def limits_of(chunk: Chunk, held: Ints | None) -> Limits | None:
    """Return what a block is held against; None where there is nothing.

    Parameters
    ----------
    held : (N,) int64 or None
        Amounts that stay the same in all scenarios, for a block that has none of its own.
    """
    if chunk.beside is not None:
        return Limits(chunk.beside.total, chunk.done & np.asarray(chunk.beside.codes == 0))
    return None if held is None else Limits(held[None, :], chunk.done)


class Rivals:
    """Counts in how many scenarios each district loses or wins against what is paid beside it.

    Parameters
    ----------
    districts : int
    """

    def __init__(self, districts: int) -> None:
        self.count = 0
        self._losing = np.zeros(districts, dtype=np.int64)
        self._winning = np.zeros(districts, dtype=np.int64)
        self._whole = [0, 0]

    def take(self, chunk: Chunk) -> None:
        """Take a block of scenarios."""
        limits = limits_of(chunk, None)
        if limits is None:
            return
        ours, theirs = chunk.total[limits.known], limits.total[limits.known]
        self.count += len(ours)
        self._losing += (ours < theirs).sum(axis=0)
        self._winning += (ours > theirs).sum(axis=0)
        mine, other = ours.sum(axis=1), theirs.sum(axis=1)
        self._whole[0] += int((mine < other).sum())
        self._whole[1] += int((mine > other).sum())

    def told(self, spread: Spread, whole: Spread) -> tuple[Spread, Spread]:
        """Return how amounts spread, of districts and together, with who loses how often."""
        losing, winning = self._losing.tolist(), self._winning.tolist()
        lost, won = ([n] for n in self._whole)
        return (
            replace(spread, losing=losing, winning=winning, compared=self.count),
            replace(whole, losing=lost, winning=won, compared=self.count),
        )
