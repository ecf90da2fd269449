"""Promises about money: more of it takes from nobody, and in another currency all is the same."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from checks.divided import Divided
from checks.promises.moving import Move, Wrong, compared
from checks.runs import Paid
from checks.subject import Subject
from checks.trial import Asked, Promise, Trial, pairs
from transfers.messages import Phrase

_TIMES: Final = 10


def _budget_monotonicity(asked: Asked) -> Trial:
    """Give more money, by a quantum up to the double: nobody gets less."""
    subject, case = asked.subject, asked.case
    moves = []
    for path, moved in subject.levers.items():
        value, scale = case.numbers.get(path, moved), subject.quantum_of(path)
        for more in (scale, 10 * scale, max(scale, value / 100 // scale * scale), value):
            if more > 0:
                words = {"path": subject.called(path), "old": value, "new": value + more}
                changed = Phrase("checks.number_moved", words)
                moved_case = case.with_numbers({path: value + more})
                moves.append(Move(moved_case, changed, by=more, path=path))

    def look(before: Paid, after: Paid, _move: Move) -> Iterable[Wrong]:
        for row, was, now in pairs(asked.total(before), asked.total(after)):
            yield Wrong(row, now, was, was - now)

    return (yield from compared(asked, moves, look))


def _currency(asked: Asked) -> Trial:
    """Count all money in another currency, of which ten are one: amounts are ten times as many.

    Columns and numbers of the document that are money, alone or per something, are multiplied:
    budgets, pools, standards, thresholds, brackets. A number that is money and stands within a
    formula stays what it is, as nothing in the document could index it. Rounding may make a
    difference of twenty quanta, two of the old ones: one of the amount, one of the money.
    """
    subject, case = asked.subject, asked.case
    nominal = subject.nominal
    columns = {
        name: case.table.scaled([name], Fraction(_TIMES) ** int(power)).columns[name]
        for name, power in nominal.inputs.items()
        if power.denominator == 1
    }
    numbers = {
        path: case.numbers.get(path, subject.policy.numbers[path].value)
        * Fraction(_TIMES) ** int(power)
        for path, power in nominal.numbers.items()
        if power.denominator == 1
    }
    scaled = case.with_table(case.table.with_columns(columns)).with_numbers(numbers)
    buried = next(iter(nominal.buried.values()), None)
    how = path_of = None
    if buried is not None:
        words = {"number": buried.text, "formula": buried.formula.text}
        how, path_of = Phrase("checks.not_indexed", words), buried.formula.path
    changed = Phrase("checks.money_times", {"times": Fraction(_TIMES)})

    def look(before: Paid, after: Paid, _move: Move) -> Iterable[Wrong]:
        due: list[Fraction] | None = None
        for row, was, now in pairs(asked.total(before), asked.total(after)):
            off = Fraction(abs(now - _TIMES * was))
            if asked.beyond(off):
                if due is None:
                    old, new = (_due(asked, paid) for paid in (before, after))
                    due = [abs(x - _TIMES * y) for x, y in zip(new, old, strict=True)]
                off = min(off, due[row])
            yield Wrong(row, now, _TIMES * was, off, how, path=path_of)

    return (yield from compared(asked, [Move(scaled, changed)], look))


def _due(asked: Asked, paid: Paid) -> list[Fraction]:
    """Return what each district is due of all grants that count, before rounding: quanta."""
    found = [Fraction(0)] * len(paid.case.table)
    for rule in asked.subject.grants:
        if rule.name not in asked.waived:
            sign = -1 if rule.collects else 1
            for row, due in enumerate(Divided(paid, rule).due):
                found[row] += sign * due
    return found


def _has_no_money(subject: Subject) -> Phrase | None:
    return None if subject.levers else Phrase("checks.no_money_stated")


BUDGET_MONOTONICITY = Promise(
    *("budget_monotonicity", "policy", _budget_monotonicity, Fraction(1), "a few runs"),
    method="22, 41",
    idle=_has_no_money,
)
CURRENCY = Promise(
    "currency",
    "policy",
    _currency,
    Fraction(2 * _TIMES),
    "one run",
    method="24, 41",
)
