"""Promises about single amounts: not below zero, within floor and cap, near what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from checks.divided import Divided, divisions_of
from checks.runs import Paid
from checks.subject import Subject
from checks.tally import Tally, Told, at_odds
from checks.trial import UNTRIED, Asked, Promise, Trial
from transfers.messages import Phrase
from transfers.policy.rules import DivisionRule

# -- not below zero --------------------------------------------------------------------------------


def _non_negativity(asked: Asked) -> Trial:
    """Look for amounts below zero that the document does not announce.

    It announces them where it says where the money goes (`contributions`, also `none`; `collect`),
    where a `floor` below zero says how far they may go, and where an output says
    `negative: clawback`. A claim that merely comes out below zero, such as a gap without
    ``max(0, ...)``, is none of these.
    """
    (paid,) = yield [asked.case]
    if odd := at_odds(paid, "non_negativity"):
        return odd
    if not paid.done:
        return UNTRIED
    tally = Tally(asked)
    for rule in divisions_of(paid):
        if rule.name in asked.waived or _announced(paid, rule):
            continue
        division = Divided(paid, rule)
        for row, amount in enumerate(division.amounts):
            least = division.floors[row] or Fraction(0)
            told: Told = {"row": row, "grant": rule.name, "figure": Fraction(amount)}
            if rule.claim is not None or amount < 0:
                how = Phrase("checks.negative_unannounced")
                tally.hold(min(least, Fraction(0)) - amount, paid, how=how, path=rule.path, **told)
    return tally.judged()


def _announced(paid: Paid, rule: DivisionRule) -> bool:
    """Tell whether the document says that amounts of a division may be below zero."""
    if rule.collects or rule.negative is not None:
        return True
    entry: object = paid.allocation.policy.document.source.data
    for step in rule.path:
        entry = entry.get(step) if isinstance(entry, dict) else None
    return isinstance(entry, dict) and "contributions" in entry


def _cannot_be_negative(subject: Subject) -> Phrase | None:
    rules = [rule for rule in subject.policy.grants if rule.claim is not None]
    return None if rules else Phrase("checks.no_claims")


NON_NEGATIVITY = Promise(
    *("non_negativity", "arithmetic", _non_negativity),
    method="5, 11, 33",
    work=4,
    idle=_cannot_be_negative,
)

# -- floor and cap ---------------------------------------------------------------------------------


def _bounds(asked: Asked) -> Trial:
    """Hold amounts as paid against floors and caps, read from their formulas once more.

    No amount is above its cap (of a floor above its cap the floor counts), none below its floor.
    What the method provides for, and a finding tells, is less than one payable sum away, and so
    within the tolerance: floors that only whole quanta make too much, and bounds with no payable
    sum between them. What no finding tells is beyond any tolerance. Floors that `if_short: scale`
    has scaled are no bounds any longer: what they were short by is told, which is the promise
    `feasibility_honesty`.
    """
    (paid,) = yield [asked.case]
    if odd := at_odds(paid, "bounds"):
        return odd
    if not paid.done:
        return UNTRIED
    tally = Tally(asked)
    for rule in divisions_of(paid):
        if rule.name not in asked.waived:
            division = Divided(paid, rule)
            for row, outside, limit, announced in _outside(division):
                amount = Fraction(division.amounts[row])
                told: Told = {"row": row, "grant": rule.name, "figure": amount, "limit": limit}
                excess = outside / division.payable
                if outside > 0 and not announced:
                    excess = asked.tolerance + outside
                tally.hold(excess, paid, path=rule.path, **told)
    return tally.judged()


_TOLD = ("rounded_below_floor", "no_whole_quantum", "fixed_rounded")


def _outside(division: Divided) -> Iterator[tuple[int, Fraction, Fraction, bool]]:
    """Yield who has a bound, how far beyond it the amount is, the bound, and whether it is told."""
    step = division.payable
    told = _told(division)
    for row, amount in enumerate(division.amounts):
        if not division.eligible[row]:
            continue
        low, high = division.floors[row], division.caps[row]
        if low is not None and row not in division.scaled:
            yield row, low - amount, low, told and low - amount < step
        if high is not None and not (row in division.scaled and division.fixed[row] is not None):
            stuck = low is not None and ceil(low / step) * step > high
            yield row, amount - high, high, told and stuck and amount - high < step


def _told(division: Divided) -> bool:
    """Tell whether a finding says that rounding could not keep to a bound of the division."""
    codes = {f"allocation.{code}" for code in _TOLD}
    name = division.rule.name
    return any(f.grant == name and f.code in codes for f in division.paid.allocation.findings)


def _has_no_bounds(subject: Subject) -> Phrase | None:
    keys = ("floor", "cap", "fixed")
    rules = [
        rule
        for rule in subject.policy.statements
        if isinstance(rule, DivisionRule)
        and rule.whole
        and any(getattr(rule, key) is not None for key in keys)
    ]
    return None if rules else Phrase("checks.no_bounds")


BOUNDS = Promise(
    *("bounds", "arithmetic", _bounds, Fraction(1)), method="4, 5, 6", work=6, idle=_has_no_bounds
)

# -- near what is due ------------------------------------------------------------------------------


def _quota(asked: Asked) -> Trial:
    """Hold amounts against what is due before rounding: less than one payable sum away.

    Where whole bounds force amounts further off (a floor of 10.5 makes 11 the least, and others
    pay for it), no rounding could do better, and nothing is held against them.
    """
    (paid,) = yield [asked.case]
    if not paid.done:
        return UNTRIED
    tally = Tally(asked)
    for rule in divisions_of(paid):
        if rule.name in asked.waived:
            continue
        division = Divided(paid, rule)
        for group in division.groups:
            if _can_be_near(division, group):
                _hold_near(tally, division, group)
    return tally.judged()


def _hold_near(tally: Tally, division: Divided, group: Sequence[int]) -> None:
    rule, step = division.rule, division.payable
    for row in group:
        amount, due = division.amounts[row], division.due[row]
        nearest = floor(due / step) * step, ceil(due / step) * step
        beyond = max(nearest[0] - amount, amount - nearest[1])
        told: Told = {"row": row, "grant": rule.name, "figure": Fraction(amount), "limit": due}
        tally.hold(beyond, division.paid, path=(*rule.path, "rounding"), **told)


def _can_be_near(division: Divided, group: Sequence[int]) -> bool:
    """Tell whether amounts within a payable sum of what is due add up, inside whole bounds."""
    step, least, most = division.payable, 0, 0
    for row in group:
        due, floor_of, cap_of = division.due[row], division.floors[row], division.caps[row]
        low, high = floor(due / step), ceil(due / step)
        if floor_of is not None and floor_of <= due:
            low = max(low, ceil(floor_of / step))
        if cap_of is not None and cap_of >= due:
            high = min(high, floor(cap_of / step))
        if low > high:  # no payable sum lies between the bounds: the two around them are near
            low, high = high, low
        least, most = least + low, most + high
    paid = sum(division.amounts[row] for row in group)
    return least * step <= paid <= most * step


_GIVE_UP = ("webster", "to_most")


def _gives_up_quota(subject: Subject) -> Mapping[str, Phrase]:
    """Return what is divided by a rounding rule that keeps something else instead (method 22)."""
    if "quota" in subject.listed:
        return {}
    divisions = [r for r in subject.policy.statements if isinstance(r, DivisionRule) and r.whole]
    rules = [rule for rule in divisions if rule.rounding.rule in _GIVE_UP]
    return {
        rule.name: Phrase("checks.quota_given_up", {"rule": rule.rounding.rule}) for rule in rules
    }


QUOTA = Promise("quota", "arithmetic", _quota, method="4, 22", work=6, given_up=_gives_up_quota)
