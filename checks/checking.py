"""Checks one policy: holds every promise against tables that are searched for a break."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path as FilePath
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from checks.asking import Asked, asked_promises
from checks.promises.reported import consistency, progressivity
from checks.replay import folders_of, saved_cases
from checks.report import OnReal, Report, Verdict
from checks.runs import Case
from checks.search.clock import Clock
from checks.search.ground import Ground
from checks.search.hands import Hands
from checks.search.hunt import Hunt, Hunted
from checks.search.rounds import Outcome, Tell, Try, Wanted, held, tried
from checks.search.work import work_of
from checks.subject import Subject
from checks.table import Table
from checks.trial import Broken
from transfers import (
    Districts,
    Finding,
    Policy,
    TableError,
    allocate,
    load_districts,
    load_policy,
)
from transfers.documents.promises import OPTIONS
from transfers.messages import Phrase
from transfers.written import figure_text

Given = Districts | Table | str | FilePath | Literal[False] | None
"""A table in place of the policy's own; None for that, False for none at all."""


_WORST: Final = 5
"""Districts of the real table that are told of."""


class Setting(Struct, frozen=True, eq=False):
    """What is checked and how strictly, as it travels to other processes."""

    policy: Policy
    real: Table | None
    tolerance: Fraction | None
    today: datetime.date
    only: tuple[str, ...] | None

    def subject(self) -> Subject:
        """Return the policy as promises look at it."""
        return Subject(self.policy, self.real, self.tolerance, self.today)

    def asked(self, subject: Subject | None = None) -> list[Asked]:
        """Return the promises that are asked of it."""
        return asked_promises(subject or self.subject(), self.only)

    def __call__(self) -> Tell:
        """Make ready what holds promises against cases, in a process of its own."""
        subject = self.subject()
        return Trier(subject, [each.wanted for each in hunted_of(self.asked(subject))])


class Trier(Struct, frozen=True, eq=False):
    """Holds promises against cases in the process where it is."""

    subject: Subject
    wanted: Sequence[Wanted]

    def __call__(self, cases: Sequence[Case], tries: Sequence[Try]) -> list[Outcome]:
        """Hold promises against cases, by their places."""
        return tried(self.subject, self.wanted, cases, tries)


def hunted_of(asked: Sequence[Asked]) -> list[Hunted]:
    """Return the searches that are to be made for some promises."""
    return [
        each
        for one in asked
        for each in (one.hunted, one.bare)
        if each is not None and not one.lacking
    ]


def check_policy(
    policy: Policy | str | FilePath,
    districts: Given = None,
    *,
    seconds: float = 30,
    seed: int = 0,
    tolerance: int | Fraction | None = None,
    only: Collection[str] | None = None,
    workers: int = 1,
    today: datetime.date | None = None,
    saved: str = "",
) -> Report:
    """Hold every promise against a policy, and search for the smallest table that breaks it.

    Parameters
    ----------
    policy : Policy or path
    districts : Districts, Table or path, optional
        The real table; the policy's own where left out. False: none, only tables that are made.
    seconds : float
        How much is tried: what this time is enough for on a slow machine. What is tried does not
        depend on the clock, unless this time runs out.
    seed : int
        Of tables by chance.
    tolerance : int or Fraction, optional
        In quanta, for all promises; 0 is strict. As the document has it, or each promise, where
        left out.
    only : collection of str, optional
        Ids of the promises that are wanted; all where left out.
    workers : int
        Processes that run trials. The answer is the same for any number.
    today : date, optional
        On which waivers count.
    saved : str, optional
        A folder in which counter-examples were kept: they are tried first, as are those in the
        folder ``counterexamples`` beside the policy.

    Raises
    ------
    DocumentError, TableError
        The policy or its table is wrong, or there is no such table.
    """
    clock = Clock(seconds)
    made = policy if isinstance(policy, Policy) else load_policy(str(policy))
    real, findings = _real(made, districts)
    strict = None if tolerance is None else Fraction(tolerance)
    day = today or datetime.date.today()
    setting = Setting(made, real, strict, day, None if only is None else tuple(only))
    subject = setting.subject()
    asked = setting.asked(subject)
    hunted = hunted_of(asked)
    known = saved_cases(made, folders_of(made, saved))
    with ExitStack() as stack:
        tell = _teller(setting, subject, hunted, workers, stack)
        hunt = Hunt(Ground(subject, seed), hunted, tell, work_of(made, seconds), clock, known)
        hunt.run()
    told = None if only else real
    verdicts = tuple(
        replace(verdict, on_real=_on_real(subject, one, verdict, clock))
        for one in asked
        for verdict in [one.verdict(subject.today, hunt.anything_paid, hunt.cut)]
    )
    return Report(
        made.document.source.file,
        made,
        verdicts,
        tuple(hunt.searched),
        findings=(*doubtful_parts(made), *findings),
        seed=seed,
        seconds=seconds,
        progressivity=None if told is None else progressivity(subject, told),
        consistency=None if told is None else consistency(subject, told),
        tableless=districts is False,
    )


def _real(policy: Policy, districts: Given) -> tuple[Table | None, tuple[Finding, ...]]:
    """Return the real table, and what a run of it has to say; None where none is wanted."""
    if isinstance(districts, Table):
        read = districts.districts(policy)
    elif isinstance(districts, Districts):
        read = districts
    elif districts is False:
        return None, ()
    else:
        read = table_of(policy, None if districts is None else str(districts))
    return Table.of(read), allocate(policy, read).findings


def _on_real(subject: Subject, asked: Asked, verdict: Verdict, clock: Clock) -> OnReal | None:
    """Return where the real table breaks a promise by which the check fails."""
    if subject.real is None or not (verdict.gates and verdict.status == "broken") or clock.out:
        return None
    ((judged, _),) = held(subject, [(asked.hunted.wanted, Case(subject.real))])
    each: dict[int | None, Broken] = {}
    for broken in judged.each:
        each.setdefault(broken.row, broken)
    return OnReal(tuple(each.values())[:_WORST], len(each)) if each else None


def doubtful_parts(policy: Policy) -> Iterator[Finding]:
    """Yield parts of last year's amounts above 100%: growth that is meant as a multiple."""
    for rule in policy.promises:
        key = next((key for key, name in OPTIONS.items() if name == rule.name), "")
        if rule.share is None or rule.share <= 1:
            continue
        where = policy.document.value_place((*rule.path, key))
        percent, times = figure_text(100 * rule.share), figure_text(1 + rule.share)
        words = {"part": percent, "times": times, "less": figure_text(100 * (rule.share - 1))}
        yield Finding(f"checks.doubtful_{key}", "warning", "noted", where=where, values=words)


def table_of(policy: Policy, file: str | None = None, joins: Sequence[str] = ()) -> Districts:
    """Read the table of a policy; one that is not there is told with the ways out."""
    try:
        return load_districts(file, policy, joins=joins)
    except TableError as error:
        way_out = Phrase("check_command.way_out")
        raise TableError(
            replace(each, note=way_out) if each.code == "table.not_found" else each
            for each in error.faults
        ) from None


def _teller(
    setting: Setting, subject: Subject, hunted: Sequence[Hunted], workers: int, stack: ExitStack
) -> Tell:
    """Return what holds promises against cases: in this process, or in others."""
    if workers == 1:
        return Trier(subject, [each.wanted for each in hunted])
    hands = Hands(workers, setting)
    stack.callback(hands.close)
    return hands.tell
