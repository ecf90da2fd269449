"""The promise that a shortage is told: floors above the money, and money above all caps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from checks.divided import Divided
from checks.runs import Case, Paid
from checks.subject import Subject
from checks.tally import Tally, Told
from checks.trial import Asked, Promise, Trial
from transfers.formula.nodes import Name, walk
from transfers.messages import Phrase
from transfers.policy.rules import DivisionRule

_MOST_MOVED: Final = 4
_TIMES: Final = 1000


def _feasibility_honesty(asked: Asked) -> Trial:
    """Make it infeasible on purpose, and look for the finding with the figure.

    The money of the document is set to nothing, to a thousandth and a thousandfold; what floors
    and caps are read from likewise. Where floors (with fixed values) or claims exceed the money of
    a group, either nobody is paid, with the shortfall in a finding, or they are scaled as the
    document says, with the same finding. Where the money exceeds what all may take, the rest is
    told. Nobody goes unpaid without a shortage.
    """
    cases = [asked.case, *_infeasible(asked)]
    paid = yield cases
    tally = Tally(asked)
    for each in paid:
        if each.done:
            for rule in each.allocation.divisions:
                if rule.name not in asked.waived:
                    _hold_done(tally, Divided(each, rule))
        elif each.status == "rejected":
            _hold_rejected(tally, each)
    return tally.judged()


def _infeasible(asked: Asked) -> Iterator[Case]:
    """Yield cases with too little money, too much, floors too high and caps too low."""
    case, subject = asked.case, asked.subject
    for path, value in [*subject.levers.items()][:_MOST_MOVED]:
        value = case.numbers.get(path, value)
        for money in (Fraction(0), value / _TIMES, value * _TIMES):
            yield case.with_numbers({path: money})
    for name in _of_bounds(subject)[:_MOST_MOVED]:
        domain = subject.domains[name]
        for times in (Fraction(_TIMES), Fraction(1, _TIMES)):
            table = case.table.scaled([name], times)
            cells = [cell for cell in table.columns[name] if isinstance(cell, Fraction)]
            if cells and all(map(domain.allows, cells)):
                yield case.with_table(table)


def _of_bounds(subject: Subject) -> list[str]:
    """Return the inputs that floors, caps and fixed values are read from directly."""
    policy = subject.policy
    found: dict[str, None] = {}
    for rule in _divisions(subject):
        for formula in (rule.floor, rule.cap, rule.fixed):
            parts = () if formula is None else walk(formula.node)
            names = (part.name for part in parts if isinstance(part, Name))
            found.update(dict.fromkeys(name for name in names if name in policy.inputs))
    return [name for name in found if policy.inputs[name].kind == "number"]


# -- what is short, and what is left ---------------------------------------------------------------


def _shortfalls(division: Divided) -> list[Fraction]:
    """Return by how much floors, or claims, exceed the money of groups: quanta."""
    found: list[Fraction] = []
    if division.asked_in_full:  # as they are rounded all claims fit (12)
        return found
    for group, money in _pools(division):
        floors = _above_zero(division.floors[row] for row in group)
        claims = _above_zero(division.claims[row] for row in group)
        if floors > money:
            found.append(floors - money)
        elif claims > money:
            found.append(claims - money)
    return found


def _above_zero(figures: Iterable[Fraction | None]) -> Fraction:
    """Return the sum of those above zero."""
    return sum((x for x in figures if x is not None and x > 0), Fraction(0))


def _pools(division: Divided) -> list[tuple[tuple[int, ...], Fraction]]:
    """Return who shares which money; groups raised to one level share all of it."""
    level = division.rule.level
    if level is not None and level.by is not None:
        everybody = tuple(range(division.size))
        return [(everybody, sum((money or Fraction(0) for money in division.money), Fraction(0)))]
    pairs = zip(division.groups, division.money, strict=True)
    return [(group, money) for group, money in pairs if money is not None]


def _left(division: Divided) -> Fraction:
    """Return the money that nobody takes: quanta. Not what a reserve has kept."""
    if division.rule.whole:
        taken = Fraction(sum(max(amount, 0) for amount in division.amounts))
        return max(division.pool - taken, Fraction(0))
    left = Fraction(0)
    for group, money in zip(division.groups, division.money, strict=True):
        if money is not None:
            left += max(money - _above_zero(division.due[row] for row in group), Fraction(0))
    return left


def _hold_done(tally: Tally, division: Divided) -> None:
    """Hold what is short or left of one division against its findings."""
    paid, rule = division.paid, division.rule
    shortfalls, left = _shortfalls(division), _left(division)
    if not (shortfalls or left):
        return
    findings = [f for f in paid.allocation.findings if f.grant == rule.name]
    told: Told = {"grant": rule.name, "path": rule.path}
    for short in shortfalls if rule.level is None or rule.level.by is None else ():
        margins = [_missed(f.margin, short, division) for f in findings]
        _hold_told(tally, paid, short, margins, Phrase("checks.shortage_untold"), **told)
    if left:
        values = [_missed(f.value, left, division) for f in findings]
        _hold_told(tally, paid, left, values, Phrase("checks.left_untold"), **told)


def _hold_told(
    tally: Tally,
    paid: Paid,
    figure: Fraction,
    missed: Sequence[Fraction | None],
    how: Phrase,
    **where: Any,
) -> None:
    """Hold a figure against what findings tell: one of them must be it."""
    known = [each for each in missed if each is not None]
    off = min(known, default=max(figure, tally.asked.tolerance + 1))
    tally.hold(off, paid, figure=figure, how=how, **where)


def _missed(text: object, figure: Fraction, division: Divided) -> Fraction | None:
    """Return by how many quanta a figure of a finding is beside one; None where it tells none.

    It may be rounded in its last decimal.
    """
    plain = str(text).replace(",", "")
    try:
        told = Fraction(plain)
    except ValueError:
        return None
    last = Fraction(1, 2 * 10 ** len(plain.partition(".")[2])) / division.unit
    off = abs(told / division.unit - figure)
    return off if off > last else Fraction(0)


def _hold_rejected(tally: Tally, paid: Paid) -> None:
    """Hold that a finding tells what is short, and that it is short by so much."""
    allocation = paid.allocation
    by_groups = {r.name for r in allocation.divisions if r.level is not None and r.level.by}
    errors = [f for f in allocation.findings if f.severity == "error" and "_exceed" in f.code]
    if not errors:
        how = Phrase("checks.shortage_untold")
        tally.hold(tally.asked.tolerance + 1, paid, how=how)
        return
    for finding in errors:
        rule = next((r for r in allocation.divisions if r.name == finding.grant), None)
        if rule is None or rule.name in by_groups or rule.name not in allocation.block.outcomes:
            continue  # of groups raised to one level each is told what it lacks
        division = Divided(paid, rule)
        short = _shortfalls(division)
        where: Told = {"grant": rule.name, "path": rule.path}
        if not short:
            how = Phrase("checks.rejected_without_shortage")
            tally.hold(tally.asked.tolerance + 1, paid, how=how, **where)
        else:
            how = Phrase("checks.shortage_mistold")
            _hold_told(
                tally,
                paid,
                short[0],
                [_missed(finding.margin, each, division) for each in short],
                how,
                **where,
            )


def _cannot_be_infeasible(subject: Subject) -> Phrase | None:
    if not any(map(_may_lack, _divisions(subject))):
        return Phrase("checks.never_short")
    return None if subject.levers or _of_bounds(subject) else Phrase("checks.no_levers")


def _divisions(subject: Subject) -> list[DivisionRule]:
    return [rule for rule in subject.policy.statements if isinstance(rule, DivisionRule)]


def _may_lack(rule: DivisionRule) -> bool:
    """Tell whether a division has anything that money may be too little, or too much, for."""
    bounds = (rule.floor, rule.cap, rule.fixed, rule.claim)
    return any(formula is not None for formula in bounds)


FEASIBILITY_HONESTY = Promise(
    *("feasibility_honesty", "arithmetic", _feasibility_honesty),
    cost="a few runs",
    method="13, 14, 26",
    work=30,
    idle=_cannot_be_infeasible,
)
