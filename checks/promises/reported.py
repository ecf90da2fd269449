"""What is told of a policy on its own table and gates nothing.

How progressive it is; and whether a part of the districts, with the money that they got in the
whole, would share it as they did there.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from checks.promises.moving import few
from checks.promises.results import Means, gaps, means_of
from checks.runs import Case, Paid
from checks.subject import Subject
from checks.table import Table
from checks.trial import Asked
from transfers.policy.rules import Path
from transfers.policy.uses import uses


class Progressivity(Struct, frozen=True):
    """How a transfer changes the distribution of resources per head; weighted by people.

    Parameters
    ----------
    gini_before, gini_after : Fraction
        Of own revenue per head; of own revenue and amount.
    kakwani : Fraction
        Gini of own revenue less the concentration of amounts, districts in the order of own
        revenue per head: above 0 if the poor get more than their part of revenue. None where
        nobody gets anything.
    reynolds_smolensky : Fraction
        Gini before less the concentration after, districts in the order before: by how much the
        transfer equalises, were nobody overtaken.
    reranking : Fraction
        What of that is lost because districts overtake others; not below 0.
    """

    gini_before: Fraction
    gini_after: Fraction
    kakwani: Fraction | None
    reynolds_smolensky: Fraction
    reranking: Fraction


def progressivity(subject: Subject, table: Table) -> Progressivity | None:
    """Return how progressive a policy is on a table; None where that means nothing.

    It takes own revenue and population, at least two districts that have both, and none below 0.
    """
    (paid,) = subject.runs.run([Case(table)])
    if not paid.done:
        return None
    found = means_of(Asked(subject, paid.case, Fraction(0)), paid)
    if len(found) < 2 or any(each.own < 0 or each.amount < 0 for each in found):
        return None
    found.sort(key=lambda each: each.before)
    heads = [each.heads for each in found]
    own = [each.own for each in found]
    given = [Fraction(each.amount) for each in found]
    after = [each.own + each.amount for each in found]
    if not sum(own):
        return None
    before = _part(gaps(own, heads), own, heads)
    gini_after = _part(gaps(after, heads), after, heads)
    concentrated = _concentration(after, found)
    kakwani = before - _concentration(given, found) if sum(given) else None
    return Progressivity(
        *(before, gini_after, kakwani, before - concentrated, gini_after - concentrated)
    )


def _part(apart: Fraction, money: Sequence[Fraction], heads: Sequence[Fraction]) -> Fraction:
    return apart / sum(money, Fraction(0)) / sum(heads, Fraction(0))


def _concentration(money: Sequence[Fraction], found: Sequence[Means]) -> Fraction:
    """Return the concentration of money over districts, in the order of own revenue per head.

    Districts that have the same of their own count as one.
    """
    alike: dict[Fraction, tuple[Fraction, Fraction]] = {}
    for each, part in zip(found, money, strict=True):
        known, people = alike.get(each.before, (Fraction(0), Fraction(0)))
        alike[each.before] = (known + part, people + each.heads)
    below = people_below = apart = Fraction(0)
    for part, people in alike.values():
        apart += people_below * part - people * below
        below, people_below = below + part, people_below + people
    return apart / below / people_below


class Consistency(Struct, frozen=True):
    """Whether districts share what they got as they would by themselves.

    Parameters
    ----------
    tried : int
        Sub-tables that were paid.
    consistent : int
        Those in which nobody gets other than in the whole, up to rounding.
    most : int
        By how much the amount of a district differs most, quanta.
    district : str
        Whose that is; "" where none differs.
    """

    tried: int
    consistent: int
    most: int = 0
    district: str = ""


def consistency(subject: Subject, table: Table, most: int = 48) -> Consistency | None:
    """Run a policy on parts of a table, with the money that their districts got in the whole.

    Parts are all without one district, and all pairs; of many some. None where the whole is not
    paid, or there are no two districts.
    """
    whole = subject.runs.run([Case(table)])[0]
    if not whole.done or len(table) < 2:
        return None
    count = len(table)
    parts = [[row for row in range(count) if row != gone] for gone in range(count)]
    if count > 2:
        pairs = [(one, other) for one in range(count) for other in range(one + 1, count)]
        parts = [*few(parts, most // 2), *map(list, few(pairs, most // 2))]
    cases = [Case(table.only(rows), _money_of(subject, whole, rows)) for rows in parts]
    tried = consistent = worst = 0
    district = ""
    for rows, paid in zip(parts, subject.runs.run(cases), strict=True):
        if not paid.done:
            continue
        tried += 1
        off = [abs(now - whole.total[row]) for row, now in zip(rows, paid.total, strict=True)]
        consistent += max(off) <= subject.payable
        if max(off) > max(worst, subject.payable):
            worst, district = max(off), table.name(rows[off.index(max(off))])
    return Consistency(tried, consistent, worst, district)


def _money_of(subject: Subject, whole: Paid, rows: Sequence[int]) -> dict[Path, Fraction]:
    """Return the money that some districts got in the whole, as the document says it.

    Nothing where it says of no number that this is the money: then what each gets should not
    depend on the others anyway.
    """
    grants = {rule.name for rule in subject.grants}
    found = {}
    for path in subject.levers:
        known = uses(subject.policy, path)
        if any(use.role == "budget" for use in known):
            amounts: Sequence[int] = whole.total
        else:
            names = {use.name for use in known if use.key == "pool"} & grants
            amounts = [sum(each) for each in zip(*map(whole.amounts, sorted(names)), strict=True)]
        if amounts:
            found[path] = sum(amounts[row] for row in rows) * subject.quantum_of(path)
    return found
