"""Counts the comparisons of a trial, and keeps the worst of those that break the promise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from checks.divided import divisions_of, whole_amounts
from checks.leaning import Rests
from checks.runs import Paid
from checks.trial import Asked, Broken, Judged, Who, worst_first
from transfers.messages import Phrase
from transfers.policy.rules import DivisionRule

Exactly = Callable[[DivisionRule, int], int]
Told = dict[str, Any]
"""Parts of :class:`checks.trial.Broken`, by name."""


def nothing(_rule: DivisionRule, _count: int) -> int:
    """Return that amounts may not differ at all."""
    return 0


class Tally:
    """What a trial has held against its promise so far.

    Attributes
    ----------
    count : int
        Comparisons that could have broken the promise.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.count = 0
        self._worst: Broken | None = None
        self._each: dict[Who, Broken] = {}

    def hold(
        self, excess: Fraction | int, before: Paid, after: Paid | None = None, **told: Any
    ) -> None:
        """Count a comparison; remember it if it is the worst that breaks the promise.

        Parameters
        ----------
        excess : Fraction or int, quanta
            How far beyond the limit; nothing is broken at 0 and below.
        told : optional
            Further parts of :class:`Broken`.
        """
        self.count += 1
        if not self.asked.beyond(excess):
            return
        who = told.get("row"), told.get("grant", "")
        known = self._each.get(who)
        if known is None or excess > known.excess:
            found = self._each[who] = Broken(before, after, excess=Fraction(excess), **told)
            if self._worst is None or excess > self._worst.excess:
                self._worst = found

    def hold_same(
        self,
        before: Paid,
        after: Paid,
        rows: Sequence[int] | None = None,
        allowed: Exactly = nothing,
        changed: Phrase | None = None,
        how: Phrase | None = None,
        resting: Rests | None = None,
    ) -> None:
        """Hold that two cases pay everybody the same: nobody in both, or each grant the same.

        Parameters
        ----------
        rows : sequence of int, optional
            Where each district of `before` stands in `after`; in the same place if left out.
        allowed : callable
            By how many quanta amounts of a division may differ, by the number of districts.
        resting : mapping, optional
            Of divisions, others on whose amounts they hang: such a one is compared only where
            those pay everybody the same in both.
        """
        if not (before.done and after.done):
            if before.done or after.done:
                told = how or Phrase("checks.pays_one_only")
                self.hold(self.asked.tolerance + 1, before, after, changed=changed, how=told)
            return
        count = len(before.case.table)
        places = range(count) if rows is None else rows
        unlike: set[str] = set()
        for rule in divisions_of(before):
            old, new = whole_amounts(before, rule), whole_amounts(after, rule)
            if any(was != new[place] for was, place in zip(old, places, strict=True)):
                unlike.add(rule.name)
            if rule.name in self.asked.waived or (resting or {}).get(rule.name, set()) & unlike:
                continue
            may, worst = allowed(rule, count), max(range(count), key=_by(old, new, places))
            was, now = old[worst], new[places[worst]]
            self.hold(
                *(abs(now - was) - may, before, after),
                row=worst,
                grant=rule.name,
                figure=Fraction(now),
                limit=Fraction(was),
                changed=changed,
                how=how,
                path=rule.path,
            )

    def judged(self) -> Judged:
        """Return what the trial found."""
        return Judged(self.count, self._worst, worst_first(self._each))


def _by(old: Sequence[int], new: Sequence[int], places: Sequence[int]) -> Callable[[int], int]:
    return lambda row: abs(new[places[row]] - old[row])


def at_odds(paid: Paid, *promises: str) -> Judged | None:
    """Return that the engine by itself found one of some promises broken; None if it did not."""
    if paid.status == "at_odds" and paid.why.startswith(promises):
        return Judged(1, Broken(paid, excess=Fraction(1)))
    return None
