"""Subsets of the changes of a variant, run together: what each of them pays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from scenarios.answers import answers
from scenarios.comparison.breakdown import changed_places
from scenarios.comparison.compared import Compared, Side
from scenarios.comparison.comparing import TOTAL, Comparison, quanta_in, side_of
from scenarios.settings import Moves, Setting
from scenarios.steps import Step
from transfers import Fault, FaultsError, Finding, progress
from transfers.batch import scenarios_of_block
from transfers.documents.yaml_tree import Path
from transfers.messages import Phrase

if TYPE_CHECKING:
    from scenarios.running.chunk import Chunk, Note

MOST_TOLD: Final = 3
"""Subsets that cannot be computed, told by name."""

Objects = NDArray[np.object_]
Subset = tuple[int, ...]


class Player(Struct, frozen=True, eq=False):
    """What a part of the change is due to: some of the variant's steps."""

    id: str
    title: str | Phrase
    steps: tuple[Step, ...]


class _Paid:
    """Takes what scenarios of a run pay: their status, amounts, and why they pay nobody."""

    def __init__(self, grant: str) -> None:
        self.grant = grant
        self.rows: list[tuple[str, NDArray[np.int64], tuple[Note, ...]]] = []

    def take(self, chunk: Chunk) -> None:
        """Take the next block."""
        nobody = np.zeros_like(chunk.total)
        amounts = chunk.total if self.grant == TOTAL else chunk.amounts.get(self.grant, nobody)
        for row in range(len(chunk)):
            notes = tuple(chunk.notes.get(chunk.start + row, ()))
            self.rows.append((chunk.status(row), amounts[row], notes))


class Runs:
    """Runs subsets of the changes, a few at a time, and keeps their amounts.

    Parameters
    ----------
    steps : sequence of Step
        Those of all players, in the order in which they are made.
    """

    def __init__(
        self,
        comparison: Comparison,
        compared: Compared,
        players: Sequence[Player],
        steps: Sequence[Step],
    ) -> None:
        self.comparison, self.compared, self.players = comparison, compared, players
        self.steps = steps
        self.keys = [compared.keys[place] for place in changed_places(compared)]
        everybody = tuple(range(len(players)))
        self.amounts: dict[Subset, Objects] = {
            everybody: self._column(compared.after),
            (): self._column(compared.before),
        }
        self.moves = self._moves()

    def _column(self, side: Side) -> Objects:
        """Return the amounts of those who have a change; None of who is not there."""
        if list(side.keys) == self.keys:
            return np.array(side.amounts, dtype=object)
        return np.array([side.amount(key) for key in self.keys], dtype=object)

    def lacking(self, subsets: Sequence[Subset]) -> tuple[Phrase, ...]:
        """Run subsets; return which of them pay nobody or cannot be computed, and why."""
        told: list[Phrase] = []
        asked = [subset for subset in subsets if subset not in self.amounts]
        at_once = scenarios_of_block(len(self.keys))
        with progress.stage("scenarios", len(asked)) as stage:
            for first in range(0, len(asked), at_once):
                some = asked[first : first + at_once]
                told += self._run(some)
                stage.advance(len(some))
        more = len(told) - MOST_TOLD
        ending = [Phrase("compare.more_subsets", {"count": more})] if more > 0 else []
        return (*told[:MOST_TOLD], *ending)

    def _run(self, subsets: Sequence[Subset]) -> Iterator[Phrase]:
        if self.moves is not None and self.comparison.place is not None:
            yield from self._run_elsewhere(subsets)
            return
        ready: list[tuple[Subset, Setting]] = []
        for subset in subsets:
            try:
                ready.append((subset, self._setting(subset)))
            except FaultsError as error:
                yield self._told("subset_invalid", subset, error.faults[0])
        named = [("", "", setting) for _, setting in ready]
        for (subset, _), answer in zip(ready, answers(named), strict=True):
            if answer.status == "invalid":
                yield self._told("subset_invalid", subset, answer.faults[0])
                continue
            if answer.status == "rejected":
                (finding, *_) = answer.batch.why_rejected(answer.row)
                yield self._told("subset_rejected", subset, finding)
                continue
            side = side_of(answer, self.comparison.grant, self.comparison.money)
            column = self._column(side)
            if any(amount is None for amount in column):
                yield self._told("subset_lacks_districts", subset, None)
                continue
            self.amounts[subset] = column

    def _run_elsewhere(self, subsets: Sequence[Subset]) -> Iterator[Phrase]:
        """Run subsets that only move numbers where others work."""
        from scenarios.running.chunk import Asked
        from scenarios.running.runner import run_many
        from scenarios.running.source import Listed

        grant, setting = self.comparison.grant, self.comparison.run.baseline.setting
        grants = (grant,) if grant in [rule.name for rule in setting.policy.grants] else ()
        paid = _Paid(grant)
        moves = [self._setting(subset).moves for subset in subsets]
        asked = Asked(grants=grants, rules=False)
        with run_many(setting, Listed(moves), [paid], asked=asked, place=self.comparison.place):
            pass
        times = quanta_in(setting.policy, self.comparison.money)
        places = {key: n for n, key in enumerate(setting.districts.keys)}
        mine = np.array([places[key] for key in self.keys], dtype=np.intp)
        for subset, (status, row, notes) in zip(subsets, paid.rows, strict=True):
            if status == "done":
                self.amounts[subset] = row[mine].astype(object) * times
            else:
                why = Fault(notes[0].code, values=notes[0].words)
                yield self._told(f"subset_{status}", subset, why)

    def _setting(self, subset: Subset) -> Setting:
        """Return what a subset is run with: moves of the baseline where only numbers change."""
        taken = {id(step) for player in subset for step in self.players[player].steps}
        steps = [step for step in self.steps if id(step) in taken]
        if self.moves is None:
            return self.comparison.run.settings.of(steps)
        moves: dict[Path, Fraction] = {}
        for step in steps:
            moves |= self.moves[id(step)]
        before = self.comparison.run.baseline.setting
        return Setting(before.policy, before.districts, (*before.steps, *steps), moves)

    def _moves(self) -> dict[int, Moves] | None:
        """Return what each step moves; None where a step does anything but move numbers.

        All subsets are one batch then.
        """
        policy = self.comparison.run.baseline.setting.policy
        found: dict[int, Moves] = {}
        for step in self.steps:
            numbers, others = policy.parted(step.set)
            if others or step.rescale or step.data or step.add or step.remove:
                return None
            if step.policy is not None or step.districts is not None or step.join is not None:
                return None
            found[id(step)] = policy.moves(numbers, step.places)
        return found

    def _told(self, code: str, subset: Subset, why: Fault | Finding | None) -> Phrase:
        words: dict[str, object] = {"id": self.compared.id}
        words["changes"] = tuple(self.players[player].title for player in subset)
        words["why"] = "" if why is None else Phrase(why.code, why.values)
        return Phrase(f"compare.{code}", words)
