"""Which promises are asked of a policy, how strictly, and what becomes of what was found."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Final, Literal

from msgspec import Struct

from checks.promises import PROMISES
from checks.promises.own import own_promise
from checks.report import Status, Verdict, Waived
from checks.search.hunt import Hunted
from checks.search.rounds import Wanted
from checks.subject import Subject
from checks.trial import Kind, Promise
from transfers.documents import Document
from transfers.documents.promises import PROMISES as NAMED
from transfers.errors import Place
from transfers.messages import Phrase
from transfers.policy.promises import PromiseRule, Waiver
from transfers.policy.rules import DivisionRule
from transfers.written import exact_text

_LISTED: Final = 4
"""How much more of the work a promise gets by which the check may fail."""


class Asked(Struct, frozen=True, eq=False):
    """A promise as it is asked of one policy.

    Parameters
    ----------
    listed : bool
        Whether the document lists it.
    lacking : tuple of str
        Roles of which no input has one.
    idle : Phrase, optional
        Why the policy cannot break it.
    place : Place
        Where the document lists it.
    document : Document
        What lists and waives.
    waivers : tuple of waivers
        Of the document that are about it, whether they count or not.
    hunted : Hunted
        The search for a break of it.
    bare : Hunted, optional
        The same, with the amounts of grants that are waived.
    by_grant : int
        How many grants its tolerance counts, each as much; 0 where it is told for all together.
    """

    promise: Promise
    title: str | Phrase
    kind: Kind | Literal["own"]
    listed: bool
    lacking: tuple[str, ...]
    idle: Phrase | None
    place: Place
    document: Document
    waivers: tuple[Waiver, ...]
    hunted: Hunted
    bare: Hunted | None = None
    by_grant: int = 0

    @property
    def gates(self) -> bool:
        """Whether the check fails if it is broken."""
        return self.listed or self.kind == "arithmetic"

    def verdict(self, today: datetime.date, anything_paid: bool, cut: bool = False) -> Verdict:
        """Return what is to be said of it; `cut` where time ran out before all was tried."""
        found, waived = self.hunted, self._waived(today)
        status: Status = "held" if found.count else "not_exercised"
        if found.example is not None:
            status = "broken"
        if waived is not None and not waived.expired and not waived.grant:
            status = "waived"
        return Verdict(
            self.promise.id,
            self.title,
            self.promise.says if self.kind != "own" else self.title,
            self.kind,
            status,
            self.gates,
            found.count,
            self._why(anything_paid, cut) if status == "not_exercised" else None,
            found.example,
            waived,
            exact_text(found.wanted.tolerance),
            self.promise.method,
            self.place,
            self.listed,
            by_grant=self.by_grant,
        )

    def _waived(self, today: datetime.date) -> Waived | None:
        """Return the waiver that counts; one that has expired where none does."""
        told = [
            Waived(
                waiver.reason,
                "" if waiver.until is None else waiver.until.isoformat(),
                waiver.grant,
                not waiver.counts_on(today),
                self._needed(waiver.grant),
                self.document.place(*waiver.path),
            )
            for waiver in self.waivers
        ]
        return min(told, key=lambda waived: (waived.expired, bool(waived.grant)), default=None)

    def _needed(self, grant: str) -> bool:
        searched = self.bare if grant and self.bare is not None else self.hunted
        return searched.example is not None

    def _why(self, anything_paid: bool, cut: bool) -> Phrase:
        if self.lacking:
            return Phrase("search.why_no_role", {"roles": self.lacking})
        if self.idle is not None:
            return self.idle
        if cut:
            return Phrase("search.why_no_time")
        if not anything_paid:
            return Phrase("search.why_nobody_paid")
        return Phrase("search.why_nothing")


def asked_promises(subject: Subject, only: Collection[str] | None = None) -> list[Asked]:
    """Return what is asked of a policy: promises of arithmetic, of policy, of its own.

    Parameters
    ----------
    only : collection of str, optional
        Ids of those that are wanted; all where left out.
    """
    policy = subject.policy
    rules = {rule.name: rule for rule in policy.promises}
    found = [
        _asked(subject, PROMISES[name], kind, rules.get(name))
        for name, kind in NAMED.items()
        if name in PROMISES
    ]
    found += [
        _asked(subject, own_promise(rule), "own", rule)
        for rule in policy.promises
        if not rule.builtin
    ]
    return [each for each in found if only is None or each.promise.id in only]


def _asked(
    subject: Subject,
    promise: Promise,
    kind: Kind | Literal["own"],
    rule: PromiseRule | None,
) -> Asked:
    policy = subject.policy
    waivers = tuple(waiver for waiver in policy.waivers if waiver.promise == promise.id)
    counted = [waiver for waiver in waivers if waiver.counts_on(subject.today)]
    grants = frozenset(waiver.grant for waiver in counted if waiver.grant)
    listed = rule is not None
    gates = (listed or kind == "arithmetic") and not any(not waiver.grant for waiver in counted)
    tolerance = subject.tolerance
    if tolerance is None and rule is not None:
        tolerance = rule.tolerance
    by_grant = 0
    if tolerance is None:
        tolerance = promise.tolerated(subject)
        multiples = {grant.rounding.multiple for grant in subject.grants}
        by_grant = len(subject.grants) if tolerance and len(multiples) == 1 else 0
    weight = _LISTED if listed else 1
    left_out = grants | promise.given_up(subject).keys()
    hunted = Hunted(Wanted(promise, tolerance, left_out, weight), gates)
    bare = Hunted(Wanted(promise, tolerance), gates=False) if grants else None
    path = rule.path if rule is not None else ("policy",)
    return Asked(
        promise,
        rule.title if rule is not None else promise.title,
        kind,
        listed,
        promise.lacking(subject),
        promise.idle(subject) or _given_up(subject, promise),
        policy.document.place(*path),
        policy.document,
        waivers,
        hunted,
        bare,
        by_grant,
    )


def _given_up(subject: Subject, promise: Promise) -> Phrase | None:
    """Return why a document has chosen to give a promise up for all grants; None where not."""
    reasons = promise.given_up(subject)
    divided = [r.name for r in subject.policy.statements if isinstance(r, DivisionRule) and r.whole]
    everywhere = all(name in reasons for name in divided)
    return next(iter(reasons.values())) if reasons and everywhere else None
