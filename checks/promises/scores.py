"""Promises about performance: a better score costs no money, a worse one brings none."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from checks.promises.moving import (
    Move,
    Worst,
    Wrong,
    compared,
    figure_moves,
    lowered,
    own_not_less,
    raised,
    sum_of,
)
from checks.runs import Paid
from checks.trial import UNTRIED, Asked, Promise, Trial
from checks.years import following
from transfers.messages import Phrase


def _performance(asked: Asked) -> Trial:
    """Raise a score: the amount of its district does not fall."""
    moves = figure_moves(asked, asked.subject.with_role("score"), raised)
    return (yield from compared(asked, moves, own_not_less(asked)))


def _no_reward_for_decline(asked: Asked) -> Trial:
    """Lower a score, for one year and then no longer: neither pays more.

    In the year itself its district gets no more. In the following year all figures are again what
    they were, but those that come from the year before (section `next`; without one, last year's
    amount): both years together bring its district no more than without the decline.
    """
    moves = figure_moves(asked, asked.subject.with_role("score"), lowered)
    if not moves:
        return UNTRIED
    before, *afters = yield [asked.case, *(move.case for move in moves)]
    worst = Worst(asked)
    if not before.done:
        return UNTRIED
    for move, after in zip(moves, afters, strict=True):
        if after.done:
            worst.see(before, after, _more(asked, before, after, move), move)
    table = asked.case.table
    years = [
        (move, after, next_table)
        for move, after in zip(moves, afters, strict=True)
        if after.done and (next_table := following(asked.subject, table, after)) is not None
    ]
    steady = following(asked.subject, table, before)
    if steady is None or not years:
        return worst.judged()
    case = asked.case
    second, *seconds = yield [
        case.with_table(steady),
        *(case.with_table(next_table) for _, _, next_table in years),
    ]
    for (move, after, _), later in zip(years, seconds, strict=True):
        if second.done and later.done:
            worst.see(before, after, _in_both(asked, (before, second), (after, later), move), move)
    return worst.judged()


def _more(asked: Asked, before: Paid, after: Paid, move: Move) -> Iterable[Wrong]:
    assert move.row is not None
    was, now = asked.total(before)[move.row], asked.total(after)[move.row]
    yield Wrong(move.row, now, was, now - was)


def _in_both(
    asked: Asked, steady: tuple[Paid, Paid], declined: tuple[Paid, Paid], move: Move
) -> Iterable[Wrong]:
    """Compare what a district gets in two years with a decline in the first, and without one."""
    assert move.row is not None
    row = move.row
    was, now = (sum(asked.total(paid)[row] for paid in years) for years in (steady, declined))
    years = [sum_of(asked, asked.total(paid)[row]) for paid in (*declined, *steady)]
    words = dict(zip(("first", "second", "first_else", "second_else"), years, strict=True))
    yield Wrong(row, now, was, now - was, Phrase("checks.both_years", words))


PERFORMANCE = Promise(
    *("performance", "policy", _performance, Fraction(1)),
    cost="a run for each figure",
    roles=(("score",),),
    method="41",
)
NO_REWARD_FOR_DECLINE = Promise(
    *("no_reward_for_decline", "policy", _no_reward_for_decline, Fraction(2)),
    cost="a run for each figure",
    roles=(("score",),),
    method="39, 41",
)
