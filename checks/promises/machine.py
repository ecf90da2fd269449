"""Promises of the computing itself: the same again, alone, in company, taken apart, compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from checks.divided import Divided, divisions_of, whole_amounts
from checks.runs import Case, Paid
from checks.tally import Tally, Told
from checks.trial import UNTRIED, Asked, Promise, Trial
from scenarios.answers import Answer
from scenarios.comparison.compared import Compared
from scenarios.comparison.comparing import TOTAL, side_of
from scenarios.settings import Setting
from transfers.messages import Phrase

_MOST_MOVED: Final = 4

# -- the parts of an amount ------------------------------------------------------------------------


def _decomposition(asked: Asked) -> Trial:
    """Add up the parts by which amounts are explained: exactly the amounts, nothing left over.

    Once as columns over all districts, once as the story of one district tells them (of the one
    that gets most), and the grants against the total.
    """
    (paid,) = yield [asked.case]
    if not paid.done:
        return UNTRIED
    # What is explained of one scenario is read for its whole block: by itself that is quick.
    (paid,) = asked.subject.runs.run([_copy(asked.case)])
    tally = Tally(asked)
    for rule in divisions_of(paid):
        if rule.name in asked.waived:
            continue
        parts = [c.fractions() for c in paid.allocation.portions(rule.name).parts.values()]
        sums = [sum(row, Fraction(0)) for row in zip(*parts, strict=True)]
        _hold_parts(tally, paid, rule.name, sums or [Fraction(0)] * len(paid.case.table))
    row = paid.total.index(max(paid.total))
    story = paid.allocation.explain(paid.case.table.keys[row])
    for portion in story.portions:
        rule = portion.outcome.rule
        if rule.whole and rule.name not in asked.waived:
            part = sum((part.amount for part in portion.parts), Fraction(0))
            _hold_parts(tally, paid, rule.name, [part], row)
    replaced = {rule.replaces for rule in paid.allocation.policy.grants}
    counted = [g.name for g in paid.allocation.policy.grants if g.name not in replaced]
    for row, total in enumerate(paid.total):
        both = sum(paid.amounts(name)[row] for name in counted)
        told_so: Told = {"row": row, "figure": Fraction(both), "limit": Fraction(total)}
        tally.hold(abs(both - total), paid, how=Phrase("checks.grants_unlike_total"), **told_so)
    return tally.judged()


def _hold_parts(
    tally: Tally, paid: Paid, grant: str, parts: Sequence[Fraction], first: int = 0
) -> None:
    """Hold parts of districts, from the first on, against what they are paid."""
    rule = next(rule for rule in divisions_of(paid) if rule.name == grant)
    amounts = whole_amounts(paid, rule)
    for row, part in enumerate(parts, first):
        words = {"parts": str(part), "amount": str(amounts[row])}
        told: Told = {"row": row, "grant": grant, "figure": part, "limit": Fraction(amounts[row])}
        how = Phrase("checks.parts_unlike_amount", words)
        tally.hold(abs(part - amounts[row]), paid, how=how, path=rule.path, **told)


DECOMPOSITION = Promise("decomposition", "arithmetic", _decomposition, method="4, 35", work=40)

# -- the same again --------------------------------------------------------------------------------


def _determinism(asked: Asked) -> Trial:
    """Run the case again, twice and by itself: the same, to the last byte.

    Amounts, status, findings and exact figures are written down and compared as bytes; so are the
    floats behind them, which company may move within their bounds. What hangs on the process
    (threads, locale, seed of hashes) a test runs in processes of its own.
    """
    case = asked.case
    (before,) = yield [case]
    (first,), (second,) = _alone(asked), _alone(asked)
    tally = Tally(asked)
    changed = Phrase("checks.run_again")
    _hold_bytes(tally, before, first, changed)
    _hold_bytes(tally, first, second, changed, also=floats)
    return tally.judged()


def _batch_single(asked: Asked) -> Trial:
    """Run the case by itself, then beside others with other money and figures: the same bytes."""
    case, subject = asked.case, asked.subject
    others = []
    for path, value in [*subject.levers.items()][:_MOST_MOVED]:
        value = case.numbers.get(path, value)
        others += [case.with_numbers({path: value * times}) for times in (2, Fraction(1, 3))]
    for name, domain in [*subject.domains.items()][:_MOST_MOVED]:
        figure = case.table.number(name, 0) if len(case.table) else None
        moved = domain.raised(figure) if figure is not None else []
        others += [case.with_table(case.table.with_cell(name, 0, x)) for x in moved[:1]]
    if not others:
        return UNTRIED
    (alone,) = _alone(asked)
    half = len(others) // 2
    paid = yield [*others[:half], _copy(case), *others[half:]]
    tally = Tally(asked)
    _hold_bytes(tally, alone, paid[half], Phrase("checks.run_in_company"))
    return tally.judged()


def _alone(asked: Asked) -> list[Paid]:
    """Run the case by itself."""
    return asked.subject.runs.run([_copy(asked.case)])


def _copy(case: Case) -> Case:
    """Return the same case once more: the runs take it for another."""
    return Case(case.table, dict(case.numbers))


def _nothing(_paid: Paid) -> bytes:
    return b""


def _hold_bytes(
    tally: Tally,
    before: Paid,
    after: Paid,
    changed: Phrase,
    also: Callable[[Paid], bytes] = _nothing,
) -> None:
    """Hold two runs of one case against one another, to the byte."""
    tally.hold_same(before, after, changed=changed)
    if before.done and after.done:
        how = Phrase("checks.bytes_differ")
        same = written(before) == written(after) and also(before) == also(after)
        excess = 0 if same else tally.asked.tolerance + Fraction(1, 1000)
        tally.hold(excess, before, after, changed=changed, how=how)


def written(paid: Paid) -> bytes:
    """Return all that is said of a case, as bytes: amounts, findings, exact figures."""
    allocation = paid.allocation
    lines = [paid.status, repr(paid.total), repr(paid.case.table.keys)]
    for finding in allocation.findings:
        lines.append(repr(finding))
    for rule in divisions_of(paid):
        division = Divided(paid, rule)
        lines += [rule.name, repr(division.amounts), repr(division.due)]
    for name, column in allocation.outputs.items():
        lines.append(f"{name} {column!r}")
    return "\n".join(lines).encode()


def floats(paid: Paid) -> bytes:
    """Return the floats behind what districts are entitled to."""
    columns = [Divided(paid, rule).outcome.entitlement.value for rule in divisions_of(paid)]
    row = paid.allocation.scenario
    return b"".join(column[min(row, len(column) - 1)].tobytes() for column in columns)


DETERMINISM = Promise(
    "determinism", "arithmetic", _determinism, cost="a few runs", method="21, 36", work=15
)
BATCH_SINGLE = Promise(
    "batch_single", "arithmetic", _batch_single, cost="a few runs", method="36", work=15
)

# -- variants --------------------------------------------------------------------------------------


def _scenario_null(asked: Asked) -> Trial:
    """Compare as studies do: a variant that sets every number to what it is differs by nothing.

    And with one that moves money, the differences from it are those to it with the other sign.
    """
    case, subject = asked.case, asked.subject
    same = {path: case.numbers.get(path, n.value) for path, n in subject.policy.numbers.items()}
    fixed = {path for path in same if path[0] == "solve"}
    null = case.with_numbers({p: value for p, value in same.items() if p not in fixed})
    more = [case.with_numbers({p: same.get(p, v) * 2}) for p, v in subject.levers.items()][:1]
    before, unmoved, *moved = yield [case, null, *more]
    tally = Tally(asked)
    changed = Phrase("checks.null_variant")
    tally.hold_same(before, unmoved, changed=changed)
    for after in (unmoved, *moved):
        if not (before.done and after.done):
            continue
        there, back = _compared(asked, before, after), _compared(asked, after, before)
        for row, (a, b) in enumerate(zip(there.change, back.change, strict=True)):
            assert a is not None and b is not None
            told: Told = {"row": row, "figure": Fraction(a), "limit": Fraction(-b)}
            how = Phrase("checks.difference_turned")
            tally.hold(abs(a + b), before, after, how=how, **told)
            if after is unmoved:
                tally.hold(abs(a), before, after, row=row, figure=Fraction(a), changed=changed)
    return tally.judged()


def _compared(asked: Asked, before: Paid, after: Paid) -> Compared:
    """Return two cases side by side, as a study shows a variant beside the baseline."""
    money = asked.subject.policy.money
    old, new = (side_of(_answer(asked, paid), TOTAL, money) for paid in (before, after))
    return Compared(old, new, money.quantum * money.unit_scale, "amount")


def _answer(asked: Asked, paid: Paid) -> Answer:
    assert paid.batch is not None
    setting = Setting(asked.subject.policy, paid.batch.districts)
    return Answer("case", "case", setting, paid.batch, paid.place)


SCENARIO_NULL = Promise(
    "scenario_null", "arithmetic", _scenario_null, cost="a few runs", method="35", work=6
)
