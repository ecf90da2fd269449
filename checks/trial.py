"""A trial: one promise held against one case; and how many trials are run in step.

A promise is written as if it ran cases one after the other: it yields what is to be run and goes
on with what was paid. Many trials go on in step, so that all that they want run at one time are
batches of the engine, in place of a run each.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from checks.runs import Case, Paid
from checks.subject import Role, Subject
from transfers.messages import Phrase
from transfers.policy.rules import Path

Kind = Literal["arithmetic", "policy"]
Cost = Literal["one run", "a run for each figure", "a run for each district", "a few runs"]


class Broken(Struct, frozen=True, eq=False):
    """How a promise is broken: what is, and what it is held against.

    Parameters
    ----------
    before : Paid
        What districts get of the case.
    after : Paid, optional
        What they get of the other case that it is compared with; None where the case alone breaks
        the promise.
    row : int, optional
        Whose amount breaks it: its place in the table of `before`; None where it is all of them.
    grant : str
        Of which grant; "" for all together.
    figure, limit : Fraction
        In quanta, unless the promise says otherwise: what is, and what may be at most or at least.
    excess : Fraction
        How far beyond the limit, in quanta; above the tolerance.
    changed : Phrase, optional
        What is other in `after`.
    how : Phrase, optional
        What there is to say besides, where the promise's own sentence does not say it all.
    path : path, optional
        The line of the document that is responsible, where the promise knows.
    about : tuple of str
        Grants one of which is responsible, where the promise is not about all of them.
    """

    before: Paid
    after: Paid | None = None
    row: int | None = None
    grant: str = ""
    figure: Fraction = Fraction(0)
    limit: Fraction = Fraction(0)
    excess: Fraction = Fraction(0)
    changed: Phrase | None = None
    how: Phrase | None = None
    path: Path | None = None
    about: tuple[str, ...] = ()


class Judged(Struct, frozen=True, eq=False):
    """What a trial found.

    Parameters
    ----------
    count : int
        Comparisons that could have broken the promise: 0 where nothing was exercised.
    broken : Broken, optional
        The worst break. `each`: the worst of every district and grant, the worst first.
    """

    count: int = 0
    broken: Broken | None = None
    each: tuple[Broken, ...] = ()


UNTRIED: Final = Judged()

Who = tuple[int | None, str]
"""A district, by its place in the table of the case before, and a grant."""


def worst_first(each: Mapping[Who, Broken]) -> tuple[Broken, ...]:
    """Return the worst break of each district, the worst first."""
    return tuple(sorted(each.values(), key=lambda broken: -broken.excess))


Trial = Generator[Sequence[Case], Sequence[Paid], Judged]


class Asked(Struct, frozen=True, eq=False):
    """What a trial is about.

    Parameters
    ----------
    tolerance : Fraction
        In quanta.
    waived : frozenset of str
        Grants that are waived: their amounts do not count in totals.
    share : Fraction, optional
        What part of last year's amounts is guaranteed, or by what part of them amounts may grow;
        None where the document does not say.
    """

    subject: Subject
    case: Case
    tolerance: Fraction
    waived: frozenset[str] = frozenset()
    share: Fraction | None = None

    def total(self, paid: Paid) -> tuple[int, ...]:
        """Return what each district gets, without grants that are waived: quanta."""
        if not self.waived:
            return paid.total
        count = len(paid.case.table)
        kept = [g.name for g in self.subject.grants if g.name not in self.waived]
        amounts = [paid.amounts(name) for name in kept]
        return tuple(sum(amount[row] for amount in amounts) for row in range(count))

    def beyond(self, excess: Fraction | int) -> bool:
        """Tell whether an excess is more than the promise tolerates."""
        return excess > self.tolerance


def _never(_subject: Subject) -> Phrase | None:
    return None


def _nothing(_subject: Subject) -> Mapping[str, Phrase]:
    return {}


class Promise(Struct, frozen=True, eq=False):
    """An invariant of allocations.

    Parameters
    ----------
    id : str
    kind : "arithmetic" or "policy"
        Arithmetic promises are kept whatever the policy wants; a policy promise is a choice.
    tolerance : Fraction
        What rounding may do: in payable sums, which are quanta where a policy has one grant.
    cost : str
        How many runs a trial takes.
    roles : tuple of tuple of str
        What inputs must stand for, for the promise to mean anything: one of each.
    work : int
        What a trial takes beside its runs, counted in runs: exact figures, explanations, files.
    method : str
        The sections of the method that say it.
    trial : callable
    idle : callable
        Says why a policy cannot break it, where the policy lacks what it is about.
    given_up : callable
        Names the grants that the document has chosen to keep something else for, each with the
        reason: they count as waived, unless the document lists the promise.
    """

    id: str
    kind: Kind
    trial: Callable[[Asked], Trial]
    tolerance: Fraction = Fraction(0)
    cost: Cost = "one run"
    roles: tuple[tuple[Role, ...], ...] = ()
    method: str = ""
    work: int = 0
    idle: Callable[[Subject], Phrase | None] = _never
    given_up: Callable[[Subject], Mapping[str, Phrase]] = _nothing

    @property
    def title(self) -> Phrase:
        """What people call it."""
        return Phrase(f"promises.{self.id}")

    @property
    def says(self) -> Phrase:
        """Its meaning, in one sentence."""
        return Phrase(f"promises.{self.id}_says")

    def tolerated(self, subject: Subject) -> Fraction:
        """Return what rounding may do to a district of a policy, in quanta.

        Each grant is rounded by itself, to its own payable sum.
        """
        return self.tolerance * subject.payable

    def lacking(self, subject: Subject) -> tuple[Role, ...]:
        """Return what no input stands for, though the promise is about it; nothing if all is."""
        for alternatives in self.roles:
            if not any(subject.with_role(role) for role in alternatives):
                return alternatives
        return ()


def judge(subject: Subject, trials: Sequence[Trial]) -> list[Judged]:
    """Run trials in step: what they want run at one time goes into batches of the engine.

    What comes of a trial does not depend on the others.
    """
    found: dict[int, Judged] = {}
    wanted: dict[int, Sequence[Case]] = {}
    paid: Mapping[int, Paid] = {}

    def step(place: int) -> None:
        try:
            if place in wanted:
                wanted[place] = trials[place].send([paid[id(case)] for case in wanted[place]])
            else:
                wanted[place] = next(trials[place])
        except StopIteration as stop:
            wanted.pop(place, None)
            found[place] = stop.value

    for place in range(len(trials)):
        step(place)
    while wanted:
        cases = [case for each in wanted.values() for case in each]
        paid = {
            id(case): result for case, result in zip(cases, subject.runs.run(cases), strict=True)
        }
        for place in list(wanted):
            step(place)
    return [found[place] for place in range(len(trials))]


def pairs(before: Sequence[int], after: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield each district's place with what it got before and gets after."""
    for row, (old, new) in enumerate(zip(before, after, strict=True)):
        yield row, old, new
