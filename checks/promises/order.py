"""Promises about what must not matter: where a row stands, what a district's code is."""

from __future__ import annotations

from checks.runs import Case
from checks.tally import Tally
from checks.trial import UNTRIED, Asked, Promise, Trial
from transfers.messages import Phrase
from transfers.policy.rules import DivisionRule


def _row_order(asked: Asked) -> Trial:
    """Reverse the rows, and move the first to the end: every district gets exactly the same."""
    case = asked.case
    count = len(case.table)
    if count < 2:
        return UNTRIED
    orders = {"checks.rows_reversed": [*range(count)][::-1]}
    if count > 2:
        orders["checks.rows_rotated"] = [*range(1, count), 0]
    others = [case.with_table(case.table.only(order)) for order in orders.values()]
    before, *afters = yield [case, *others]
    tally = Tally(asked)
    for (code, order), after in zip(orders.items(), afters, strict=True):
        places = sorted(range(count), key=order.__getitem__)
        tally.hold_same(before, after, places, changed=Phrase(code))
    return tally.judged()


ROW_ORDER = Promise("row_order", "arithmetic", _row_order, cost="a few runs", method="21", work=8)


def _relabelling(asked: Asked) -> Trial:
    """Give districts other codes: amounts stay, but for what the code decides between equals.

    Codes are exchanged between the districts of the table, so that rules that name some of them
    meet others there, and replaced by new ones in the same order, which decide every tie alike:
    then amounts stay exactly. Exchanged, a tie is decided by the code, and moves one
    payable sum of a grant; with `to_most` all that is left over may go to another of those with
    the most, which is half a payable sum for each district at most. A grant that reads amounts
    of another makes of that sum what its formula says: with codes exchanged it is compared only
    where the grants it rests on pay everybody the same, and where a tie of theirs may decide that
    nobody is paid, only two runs that pay are.
    """
    subject, case = asked.subject, asked.case
    table, count = case.table, len(case.table)
    if count < 2:
        return UNTRIED
    keys = table.keys
    ranked = sorted(range(count), key=keys.__getitem__)
    turned = [""] * count
    for place, other in zip(ranked, reversed(ranked), strict=True):
        turned[place] = keys[other]
    renamed = {"checks.keys_exchanged": [turned], "checks.keys_new": [_new(keys)]}
    if count > 2:
        renamed["checks.keys_exchanged"].append([*keys[1:], keys[0]])
    told = [code for code, lists in renamed.items() for _ in lists]
    others = [
        Case(table.renamed(each), case.numbers) for lists in renamed.values() for each in lists
    ]
    before, *afters = yield [case, *others]
    tally = Tally(asked)
    for code, after in zip(told, afters, strict=True):
        # Rules with a table by code know no new codes: what exchanging codes does counts there.
        if code != "checks.keys_new" or after.done:
            if code == "checks.keys_new":
                tally.hold_same(before, after, changed=Phrase(code))
            elif (before.done and after.done) or not subject.decides_by_amounts:
                held = (None, _decided_by_code, Phrase(code))
                tally.hold_same(before, after, *held, resting=subject.rests)
    return tally.judged()


def _new(keys: tuple[str, ...]) -> list[str]:
    """Return codes that no rule knows, in the same order."""
    width = len(str(len(keys)))
    ranked = sorted(keys)
    return [f"new{ranked.index(key):0{width}}" for key in keys]


def _decided_by_code(rule: DivisionRule, count: int) -> int:
    """Return by how much an amount may hang on the code: quanta."""
    sums = (count + 1) // 2 if rule.rounding.rule == "to_most" else 1
    return sums * rule.rounding.multiple


RELABELLING = Promise(
    "relabelling", "arithmetic", _relabelling, cost="a few runs", method="21", work=8
)
