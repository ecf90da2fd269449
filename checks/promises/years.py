"""The promise that years are a chain: next year's base is what was paid this year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final

from checks.divided import exact_figures
from checks.runs import Paid
from checks.subject import Subject
from checks.tally import Tally, Told
from checks.trial import UNTRIED, Asked, Promise, Trial
from checks.years import following
from transfers.formula.nodes import Name, walk
from transfers.messages import Phrase
from transfers.policy.next import NextRule

_MOST_GRANTS: Final = 6
_UNLIKE: Final = "checks.next_unlike_paid"


def _year_chaining(asked: Asked) -> Trial:
    """Run two years by the document's `next`: the second begins where the first has ended.

    A base is an input of money that `next` makes of grants, or that has the role prior. In the
    following year it is, for every district, what was paid of one grant or of several together, to
    the quantum: not what was due before rounding, not a part of it, and not the old base. And the
    second year's run reads just that.
    """
    subject, case = asked.subject, asked.case
    bases = _bases(subject)
    if not bases:
        return UNTRIED
    (first,) = yield [case]
    if not first.done:
        return UNTRIED
    tally = Tally(asked)
    meant: dict[str, tuple[Fraction | None, ...]] = {}
    for rule in bases:
        figures = exact_figures(first, rule.formula)
        _hold_paid(tally, first, rule, figures)
        meant[rule.name] = figures
    table = following(subject, case.table, first)
    assert table is not None  # the document has a `next`
    (second,) = yield [case.with_table(table)]
    if second.done:
        for rule in bases:
            read = zip(second.allocation.column(rule.name), meant[rule.name], strict=True)
            for row, (cell, base) in enumerate(read):
                off = asked.tolerance + 1 if cell != base else 0
                changed, how = Phrase("checks.next_year"), Phrase(_UNLIKE, {"input": rule.name})
                tally.hold(off, first, second, row=row, changed=changed, how=how, path=rule.path)
    return tally.judged()


def _hold_paid(
    tally: Tally, paid: Paid, rule: NextRule, figures: Sequence[Fraction | None]
) -> None:
    """Hold what an input becomes against what was paid, of the grants that are nearest to it."""
    policy = tally.asked.subject.policy
    unit = policy.inputs[rule.name].unit
    scale = Fraction(1) if unit.bare else unit.scale / policy.money_unit.scale
    quanta = [
        None if figure is None else figure * scale / policy.money.quantum for figure in figures
    ]
    sums = [*_sums(paid, _named(tally.asked.subject, rule))]

    def miss(amounts: Sequence[int]) -> Fraction:
        pairs = zip(quanta, amounts, strict=True)
        return sum((abs(each - amount) for each, amount in pairs if each is not None), Fraction(0))

    nearest = min(sums, key=miss)
    stale = not _named(tally.asked.subject, rule, every=False)
    how = Phrase("checks.next_stale" if stale else _UNLIKE, {"input": rule.name})
    for row, (base, amount) in enumerate(zip(quanta, nearest, strict=True)):
        if base is not None:
            told: Told = {"row": row, "figure": base, "limit": Fraction(amount), "path": rule.path}
            tally.hold(abs(base - amount), paid, how=how, **told)


def _sums(paid: Paid, names: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Yield what every district is paid of one grant, or of several together."""
    yield paid.total
    for count in range(1, len(names) + 1):
        for chosen in combinations(names, count):
            amounts = [paid.amounts(name) for name in chosen]
            yield tuple(map(sum, zip(*amounts, strict=True)))


def _named(subject: Subject, rule: NextRule, *, every: bool = True) -> tuple[str, ...]:
    """Return the grants that a formula reads; all where it reads `total`, or, if asked, none."""
    names = [part.name for part in walk(rule.formula.node) if isinstance(part, Name)]
    heads = {name.partition(".")[0] for name in names}
    grants = tuple(grant.name for grant in subject.policy.grants)
    found = tuple(name for name in grants if name in heads)
    if "total" in heads or (every and not found):
        found = grants
    return found[:_MOST_GRANTS]


def _bases(subject: Subject) -> list[NextRule]:
    """Return what `next` says of inputs that are last year's amounts."""
    policy = subject.policy
    found = []
    for rule in policy.next:
        if not rule.of_each_district:
            continue
        given = policy.inputs[rule.name]
        money = given.unit.bare or given.unit.same_kind(policy.money_unit)
        base = given.role == "prior" or bool(_named(subject, rule, every=False))
        if money and base:
            found.append(rule)
    return found


def _has_no_next(subject: Subject) -> Phrase | None:
    return None if _bases(subject) else Phrase("checks.no_next")


YEAR_CHAINING = Promise(
    *("year_chaining", "arithmetic", _year_chaining),
    cost="a few runs",
    method="7, 39",
    idle=_has_no_next,
)
