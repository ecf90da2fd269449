"""The hunt: stage after stage, round after round, until each promise is broken or work runs out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct, field

from checks.report import CounterExample, Searched, Stage
from checks.runs import Case
from checks.search.clock import Clock
from checks.search.ground import Ground
from checks.search.rounds import Outcome, Tell, Try, Wanted
from checks.search.shrinking import as_found, shrunk
from checks.search.stages import SHARES, STAGES, WHOLE, Source, source
from transfers import progress

_FIRST: Final = 6
"""Cases for each promise in the first round of a stage; twice as many in the next."""

_MOST: Final = 96
_ROUND: Final = 4000
"""Work of a round: the clock is looked at after each."""

_GUESS: Final = 12
"""What a trial is taken to cost before one was made."""

_ONCE: Final = ("one run", "a few runs")
"""Costs of promises that are held against whole tables of any size."""

_SHRINKING: Final = {True: 5000, False: 1500}
"""Work to make a counter-example small: where the check fails by it, and elsewhere."""

_LEAST: Final = 600

_AGAIN: Final = 4
"""Breaks of a round that are looked at again, until one comes again."""

_KEPT: Final = Fraction(1, 8)
"""Part of the work that is kept for counter-examples by which the check does not fail."""


class First(Struct, frozen=True, eq=False):
    """The cases of a round that were found to break a promise, among those it was tried with."""

    stage: Stage
    company: list[Case]
    broken: list[int]


class Hunted(Struct, eq=False):
    """How far the hunt for a break of one promise has come.

    Attributes
    ----------
    count : int
        Comparisons that could have broken it.
    trials, cost : int
        What was tried, and the work.
    at : int
        Cases of the stage that it was held against.
    first : First, optional
        The first case that breaks it, until that is made small.
    """

    wanted: Wanted
    gates: bool = True
    count: int = 0
    trials: int = 0
    cost: int = 0
    at: int = 0
    first: First | None = None
    example: CounterExample | None = None

    @property
    def open(self) -> bool:
        """Whether no break was found so far."""
        return self.first is None and self.example is None

    @property
    def each(self) -> int:
        """What a trial costs, in runs."""
        return max(1, self.cost // self.trials) if self.trials else _GUESS


class Hunt(Struct, eq=False):
    """Looks for tables that break promises.

    Parameters
    ----------
    work : int
        Runs of the engine that may be made.
    clock : Clock
        When it has run out the hunt stops wherever it is.

    Attributes
    ----------
    anything_paid : bool
        Whether there was any table that could be tried.
    """

    ground: Ground
    hunted: list[Hunted]
    tell: Tell
    work: int
    clock: Clock
    saved: Sequence[Case] = ()
    searched: list[Searched] = field(default_factory=list)
    cut: bool = False
    anything_paid: bool = False
    _spent: int = 0

    def run(self) -> None:
        """Search; whoever listens is told of the whole search alone, not of each run in it."""
        with (
            progress.stage("promises", self.work) as stage,
            progress.told_to(progress.Listener()),
        ):
            self._search(stage)

    def _search(self, told: progress.Stage) -> None:
        """Go through all stages; then make small what the check does not fail by."""
        work = int(self.work * (1 - _KEPT))
        for number, stage in enumerate(STAGES):
            shares = [SHARES[each] for each in STAGES[number:]]
            budget = max(0, work - self._spent) * shares[0] // sum(shares)
            self._stage(source(stage, self.ground, self.saved), budget, told)
        rest = [each for each in self.hunted if each.first is not None]
        for number, each in enumerate(rest):
            left = max(0, self.work - self._spent) // (len(rest) - number)
            self._make_small(each, left)
            self._tell_of(told)

    def _tell_of(self, told: progress.Stage) -> None:
        """Tell how much of the work is done."""
        told.advance(min(self._spent, self.work) - told.done)

    def _stage(self, cases: Source, budget: int, told: progress.Stage) -> None:
        """Hold every promise that is not broken against cases of a stage."""
        before, runs, most = self._spent, 0, _FIRST
        for each in self.hunted:
            each.at = 0
        while not self._late() and self._spent - before < budget:
            tries = self._plan(cases, min(_ROUND, budget - (self._spent - before)), most)
            if not tries:
                break
            outcomes = self.tell(cases.cases, tries)
            runs += sum(outcome.runs for outcome in outcomes)
            self._note(cases, tries, outcomes)
            self._tell_of(told)
            most = min(_MOST, 2 * most)
        tables = max((each.at for each in self.hunted), default=0)
        self.searched.append(Searched(cases.stage, tables, runs, self.cut))

    def _late(self) -> bool:
        self.cut = self.cut or self.clock.beyond(1 - _KEPT)
        return self.cut

    def _plan(self, cases: Source, work: int, most: int) -> list[Try]:
        """Return which promise is held against which cases in a round."""
        open_ = [(n, each) for n, each in enumerate(self.hunted) if each.open]
        weights = sum(each.wanted.weight for _, each in open_)
        tries: list[Try] = []
        ran = self.ground.subject.runs.count
        for number, each in open_:
            share = work * each.wanted.weight // weights
            count = min(most, max(1, share // each.each))
            end = min(each.at + count, cases.have(each.at + count))
            tries += [(number, at) for at in range(each.at, end) if self._fits(each, cases, at)]
            each.at = end
        self._spent += self.ground.subject.runs.count - ran
        return tries

    def _fits(self, hunted: Hunted, cases: Source, at: int) -> bool:
        return len(cases.cases[at].table) <= WHOLE or hunted.wanted.promise.cost in _ONCE

    def _note(self, cases: Source, tries: Sequence[Try], outcomes: Sequence[Outcome]) -> None:
        """Take down what came of a round; make the first break of each promise small.

        Where the check does not fail by it, that waits until all else is tried.
        """
        broken: dict[int, list[int]] = {}
        for (number, at), outcome in zip(tries, outcomes, strict=True):
            each = self.hunted[number]
            each.count += outcome.count
            each.trials += 1
            each.cost += outcome.cost
            self._spent += outcome.cost
            self.anything_paid = True
            if outcome.broken:
                broken.setdefault(number, []).append(at)
        for number, places in broken.items():
            each = self.hunted[number]
            company = [other for which, other in tries if which == number]
            round_ = [cases.cases[other] for other in company]
            each.first = First(cases.stage, round_, [company.index(at) for at in places])
            if each.gates:
                self._make_small(each, max(_LEAST, self.work // 3))

    def _make_small(self, hunted: Hunted, work: int) -> None:
        """Make the first break of a promise small that comes again; told it is in any case.

        What was broken once is not held: where no break of the round comes again, the first is
        told as it was found.
        """
        assert hunted.first is not None
        first, work = hunted.first, min(work, _SHRINKING[hunted.gates])
        for at in first.broken[:_AGAIN]:
            how = (first.stage, first.company, at, work, self.clock)
            hunted.example, cost = shrunk(self.ground, hunted.wanted, *how)
            self._spent += cost
            if hunted.example is not None:
                break
        else:
            hunted.example = as_found(self.ground, first.stage, first.company[first.broken[0]])
        hunted.first = None
