"""Move figures of districts, one at a time, many at once, and read what becomes of the district."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from scenarios.edges.levers import Lever, Value
from scenarios.settings import Setting
from transfers import Allocation, Batch, TableError, progress
from transfers.batch import STATUSES, Status, scenarios_of_block
from transfers.policy.moves import Mover
from transfers.policy.thresholds import Threshold
from transfers.standing import due, sides

Point = tuple[Lever, Value]
"""A figure, and what it is moved to."""


class Seen(Struct, frozen=True, eq=False):
    """What becomes of one district when a figure of it is moved.

    Parameters
    ----------
    status : "done", "rejected" or "invalid"
    amount, others : int, quanta
        All grants together, of the district and of the others together.
    due, due_others : float, quanta
        The same before rounding; NaN where not done.
    same : (T,) bool
        Which thresholds the district is on the same side of as before.
    """

    status: Status
    amount: int
    others: int
    due: float
    due_others: float
    same: NDArray[np.bool_]

    @property
    def done(self) -> bool:
        """Whether anybody is paid."""
        return self.status == "done"


class Probe(Struct, eq=False):
    """Runs scenarios of one setting that each move one figure; each point once.

    Attributes
    ----------
    runs : int
        How many scenarios have run.
    """

    setting: Setting
    thresholds: tuple[Threshold, ...]
    runs: int = 0
    _known: dict[tuple[tuple[str, ...], Value], Seen] = field(default_factory=dict)
    _mover: Mover | None = None
    _before: dict[int, list[NDArray[np.float64]]] = field(default_factory=dict)

    def see(self, points: Sequence[Point]) -> list[Seen]:
        """Return what becomes of each district, in the order of `points`."""
        wanted = {(lever.path, value): (lever, value) for lever, value in points}
        new = [point for key, point in wanted.items() if key not in self._known]
        self._learn_sides(sorted({lever.district for lever, _ in new}))
        size = scenarios_of_block(len(self.setting.districts))
        with progress.stage("probe", len(new)) as stage:
            for start in range(0, len(new), size):
                part = new[start : start + size]
                self._run(part)
                stage.advance(len(part))
        return [self._known[lever.path, value] for lever, value in points]

    def at(self, lever: Lever, value: Value) -> Seen:
        """Return what becomes of one district."""
        return self.see([(lever, value)])[0]

    def _learn_sides(self, districts: Sequence[int]) -> None:
        """Find on which sides districts are as the table has them."""
        new = [district for district in districts if district not in self._before]
        if not new or not self.thresholds:
            return
        batch = self.setting.batches.run([self.setting.moves])
        for district in new:
            self._before[district] = sides(batch, self.thresholds, [district])

    def _run(self, points: Sequence[Point]) -> None:
        batch = self._batch(points)
        self.runs += len(points)
        own = np.array([lever.district for lever, _ in points])
        rows = np.arange(len(points))
        owed, paid = due(batch), batch.total
        same = self._same(batch, own.tolist())
        mine = owed[rows, own]
        others = owed.sum(axis=1) - mine
        for row, (lever, value) in enumerate(points):
            self._known[lever.path, value] = Seen(
                STATUSES[int(batch.codes[row])],
                int(paid[row, own[row]]),
                int(paid[row].sum() - paid[row, own[row]]),
                float(mine[row]),
                float(others[row]),
                same[row],
            )

    def _same(self, batch: Batch, own: Sequence[int]) -> NDArray[np.bool_]:
        """Tell of each scenario which thresholds are not crossed: (S, T) bool."""
        found = np.ones((len(own), len(self.thresholds)), dtype=bool)
        for place, now in enumerate(sides(batch, self.thresholds, own)):
            before = np.concatenate([self._before[district][place] for district in own])
            found[:, place] = ((now == before) | (np.isnan(now) & np.isnan(before))).all(axis=1)
        return found

    def _batch(self, points: Sequence[Point]) -> Batch:
        """Run scenarios that each move one figure."""
        if self._mover is None:
            self._mover = Mover(self.setting.policy, self.setting.districts)
        base = self.setting.moves
        moves = [{**base, **self._mover.moves({x.path: value})} for x, value in points]
        return self.setting.batches.run(moves)


def run_alone(setting: Setting) -> Allocation:
    """Return what comes of a setting as it is, done or rejected.

    Raises
    ------
    TableError
        It cannot be computed.
    """
    batch = setting.batches.run([setting.moves])
    if batch.faults(0):
        raise TableError(batch.faults(0))
    return batch.allocation(0)
