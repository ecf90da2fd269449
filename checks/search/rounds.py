"""Rounds of trials: which promise is tried on which cases, and what came of it.

What is done is counted in runs of the engine, never in seconds, so that the same cases are tried
on any machine. Each promise goes through the cases of a stage by itself: one that takes few runs
for a trial comes further. What comes of a trial does not depend on its company, so a round may be
parted between processes in any way.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct

from checks.runs import Case, Paid
from checks.subject import Subject
from checks.trial import Asked, Judged, Promise, Trial, judge

_ROWS: Final = 24
"""Districts whose figures cost as much as a case by itself."""


class Wanted(Struct, frozen=True, eq=False):
    """A promise as it is searched for a break.

    Parameters
    ----------
    tolerance : Fraction
        In quanta.
    waived : frozenset of str
        Grants whose amounts do not count.
    weight : int
        How much of the work it gets, beside others.
    """

    promise: Promise
    tolerance: Fraction
    waived: frozenset[str] = frozenset()
    weight: int = 1

    def trial(self, subject: Subject, case: Case) -> Trial:
        """Return a trial on a case."""
        return self.promise.trial(Asked(subject, case, self.tolerance, self.waived))


class Outcome(Struct, frozen=True):
    """What came of a trial: comparisons, whether it broke the promise, its runs and their cost."""

    count: int
    broken: bool
    runs: int
    cost: int


Try = tuple[int, int]
"""A promise and a case, as their places in two lists."""

Tell = Callable[[Sequence[Case], Sequence[Try]], list[Outcome]]
"""Holds promises against cases."""


class Spent(Struct):
    """What a trial has run.

    Parameters
    ----------
    work : int
        What it takes beside its runs.

    Attributes
    ----------
    rows : int
        Districts of all cases together.
    """

    work: int = 0
    runs: int = 0
    rows: int = 0

    @property
    def cost(self) -> int:
        """What that costs, in runs of very few districts."""
        return self.work + self.runs + self.rows // _ROWS + 1


def tried(
    subject: Subject, wanted: Sequence[Wanted], cases: Sequence[Case], tries: Sequence[Try]
) -> list[Outcome]:
    """Hold promises against cases, all in step."""
    found = held(subject, [(wanted[which], cases[at]) for which, at in tries])
    return [
        Outcome(judged.count, judged.broken is not None, spent.runs, spent.cost)
        for judged, spent in found
    ]


def held(subject: Subject, asked: Sequence[tuple[Wanted, Case]]) -> list[tuple[Judged, Spent]]:
    """Hold promises against cases; return all that is known of it, and what it took."""
    spent = [Spent(wanted.promise.work) for wanted, _ in asked]
    trials = [
        _counted(wanted.trial(subject, case), each)
        for (wanted, case), each in zip(asked, spent, strict=True)
    ]
    return list(zip(judge(subject, trials), spent, strict=True))


def _counted(trial: Trial, spent: Spent) -> Generator[Sequence[Case], Sequence[Paid], Judged]:
    """Count what a trial has run."""
    try:
        cases = next(trial)
        while True:
            spent.runs += len(cases)
            spent.rows += sum(len(case.table) for case in cases)
            cases = trial.send((yield cases))
    except StopIteration as stop:
        found: Judged = stop.value
        return found
