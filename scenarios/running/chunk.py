"""What comes of a block of scenarios: plain figures, small enough to travel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from scenarios.settings import Setting
from transfers import messages
from transfers.batch import STATUSES, Batch
from transfers.messages import Phrase

Ints = NDArray[np.int64]
Figures = Mapping[str, Sequence[Fraction | None]]


class Asked(Struct, frozen=True):
    """What is wanted of every scenario beside its status and its notes.

    Parameters
    ----------
    grants : tuple of str or None
        Whose amounts; None: all grants.
    total : bool
    rules : bool
        What the rules about the outcome come to.
    margins : bool
        Also by how much: exact, and therefore slower.
    figures : callable, optional
        Computes figures of a batch, one for each scenario, None where it is not done. It
        travels to where scenarios run, so it must be picklable: a function of a module, or a
        struct with ``__call__``.
    """

    grants: tuple[str, ...] | None = None
    total: bool = True
    rules: bool = True
    margins: bool = False
    figures: Callable[[Batch], Figures] | None = None


class Note(Struct, frozen=True):
    """Why a scenario is not done: the code of a finding or a fault, its words, its place."""

    code: str
    words: Mapping[str, object] = field(default_factory=dict)
    where: str = ""

    def text(self, language: str) -> str:
        """Say it."""
        said = messages.text(self.code, language, **self.words)
        return f"{self.where}: {said}" if self.where else said


class Ruled(Struct, frozen=True, eq=False):
    """What one rule came to in each scenario.

    Parameters
    ----------
    codes : (S,) int8
        Places in `transfers.batch.RULE_STATUSES`; -1 where the scenario is not done.
    margins : tuple of Fraction or None, length S
        How far it holds (above 0) or is broken (below 0); empty where not asked for.
    """

    codes: NDArray[np.int8]
    margins: tuple[Fraction | None, ...] = ()


class Beside(Struct, frozen=True, eq=False):
    """What a compared setting pays in each scenario, with the data of that scenario.

    Parameters
    ----------
    codes : (S,) int8
        Places in `transfers.batch.STATUSES`: 0 is done.
    total : (S, N) int64, quanta
    """

    codes: NDArray[np.int8]
    total: Ints


class Chunk(Struct, frozen=True, eq=False):
    """What comes of a block of scenarios.

    Parameters
    ----------
    start : int
        Number of its first scenario, from 0.
    codes : (S,) int8
        Places in `transfers.batch.STATUSES`: 0 is done.
    amounts : mapping of grant to (S, N) int64, quanta
        0 where a scenario is not done.
    total : (S, N) int64, quanta
        (S, 0) where it was not asked for.
    measures : mapping of str to tuple of Fraction or None, length S
        Figures that were asked for.
    rules : mapping of rule to Ruled
    notes : mapping of int to tuple of Note
        Number of a scenario, counted from the first of all -> why it is not done.
    beside : Beside or None
        What a compared setting pays with the same data.
    """

    start: int
    codes: NDArray[np.int8]
    amounts: Mapping[str, Ints]
    total: Ints
    measures: Mapping[str, tuple[Fraction | None, ...]] = {}
    rules: Mapping[str, Ruled] = {}
    notes: Mapping[int, tuple[Note, ...]] = {}
    beside: Beside | None = None

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def stop(self) -> int:
        """Number of the scenario after its last."""
        return self.start + len(self)

    @property
    def done(self) -> NDArray[np.bool_]:
        """Which scenarios pay: (S,) bool."""
        return np.asarray(self.codes == 0)

    def status(self, row: int) -> str:
        """Return what came of a scenario of the block: ``done``, ``rejected`` or ``invalid``."""
        return STATUSES[int(self.codes[row])]


def run_chunk(setting: Setting, moves: Sequence[Any], start: int, asked: Asked) -> Chunk:
    """Run a block of scenarios.

    Parameters
    ----------
    moves : sequence of mapping, length S
        All that each scenario moves.
    start : int
        Number of the first.
    """
    batch = setting.batches.run(moves)
    wanted = [rule.name for rule in setting.policy.grants] if asked.grants is None else asked.grants
    figures = {} if asked.figures is None else asked.figures(batch)
    chunk = Chunk(
        start,
        batch.codes,
        {name: batch.amounts[name] for name in wanted},
        batch.total if asked.total else np.zeros((len(batch), 0), dtype=np.int64),
        {name: tuple(values) for name, values in figures.items()},
        _rules(batch, asked.margins) if asked.rules else {},
        {
            start + int(row): _notes(batch, int(row))
            for row in np.flatnonzero(np.asarray(batch.codes))
        },
    )
    batch.close()
    return chunk


def _rules(batch: Batch, with_margins: bool) -> dict[str, Ruled]:
    margins: dict[str, list[Fraction | None]] = {name: [] for name in batch.rules}
    for row in range(len(batch)) if with_margins and margins else ():
        done = batch.codes[row] == 0
        found = {rule.id: rule.margin for rule in batch.allocation(row).rules} if done else {}
        for name, column in margins.items():
            column.append(found.get(name))
    return {name: Ruled(codes, tuple(margins[name])) for name, codes in batch.rules.items()}


def _notes(batch: Batch, row: int) -> tuple[Note, ...]:
    """Return why a scenario is not done, in words that can travel."""
    faults = [(f.code, f.values, f.place) for f in batch.faults(row)]
    findings = [(f.code, f.values, f.where) for f in batch.why_rejected(row)]
    return tuple(
        Note(code, {name: plain(word) for name, word in words.items()}, str(place))
        for code, words, place in (faults or findings)
    )


def plain(word: Any) -> Any:
    """Return a word of a message as texts, numbers, phrases and tuples of them."""
    if isinstance(word, Phrase):
        return Phrase(word.code, {name: plain(value) for name, value in word.values.items()})
    if isinstance(word, tuple | list):
        return tuple(plain(part) for part in word)
    if isinstance(word, np.generic):
        return word.item()
    return word if isinstance(word, str | int | float | None) else str(word)
