"""Promises about sums: what is paid is the money there is, less what is named."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checks.divided import Divided, divisions_of
from checks.runs import Paid
from checks.tally import Tally, Told, at_odds
from checks.trial import UNTRIED, Asked, Promise, Trial
from transfers.invariants import BrokenPromise
from transfers.messages import Phrase
from transfers.payer.balance import Balance


def _balance(asked: Asked) -> Trial:
    """Add up every grant and the whole run: nothing is paid that is not there.

    Of a grant, and of an output that divides, amounts above zero are its money less a remainder,
    and the remainder is a line of its own and not negative. Of the run, what comes in (budget,
    pools, contributions, reserves) is what goes out or stays, line by line; no line of it is
    below zero but the amounts, net of penalties, and none is money that nobody has.
    """
    (paid,) = yield [asked.case]
    if odd := at_odds(paid, "balance"):
        return odd
    if not paid.done:
        return UNTRIED
    tally = Tally(asked)
    for rule in divisions_of(paid):
        if rule.name not in asked.waived:
            _close(tally, Divided(paid, rule))
    _close_run(tally, paid)
    return tally.judged()


def _close(tally: Tally, division: Divided) -> None:
    """Hold what one division pays, with its remainder, against its money."""
    paid, rule = division.paid, division.rule
    given = sum(max(amount, 0) for amount in division.amounts)
    money = division.pool
    told: Told = {"grant": rule.name, "figure": Fraction(given), "path": rule.path}
    tally.hold(Fraction(given) - money, paid, limit=money, **told)
    named = given + division.unspent
    how = Phrase("checks.remainder_unnamed")
    tally.hold(abs(named - money), paid, limit=money, how=how, **told)


def _close_run(tally: Tally, paid: Paid) -> None:
    """Hold the two sides of the balance against one another, and its lines against the amounts."""
    asked = tally.asked
    try:
        balance = paid.allocation.balance
    except BrokenPromise:
        tally.hold(asked.tolerance + 1, paid, how=Phrase("checks.run_unbalanced"))
        return
    into, out = balance.total("in"), balance.total("out")
    how = Phrase("checks.run_unbalanced")
    tally.hold(abs(into - out), paid, figure=out, limit=into, how=how)
    for line in balance.lines:
        if line.code == "excess" and not (asked.waived and line.name in {"", *asked.waived}):
            tally.hold(line.amount, paid, grant=line.name, figure=line.amount, how=how)
        elif line.code not in ("excess", "amounts"):
            tally.hold(-line.amount, paid, figure=line.amount, how=how)
    for name, told, total in _told_amounts(paid, balance):
        how = Phrase("checks.amounts_unlike_balance")
        tally.hold(abs(told - total), paid, grant=name, figure=total, limit=told, how=how)


def _told_amounts(paid: Paid, balance: Balance) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Yield what the balance says that districts get of a grant, and what they get."""
    for line in balance.lines:
        if line.code in ("amounts", "paid"):
            amounts = paid.amounts(line.name)
            counted = amounts if line.code == "amounts" else [max(x, 0) for x in amounts]
            yield line.name, line.amount, Fraction(sum(counted))


BALANCE = Promise("balance", "arithmetic", _balance, method="13, 22, 27", work=6)


def _earmarks(asked: Asked) -> Trial:
    """Hold every grant's payments against what it took in, group by group.

    What a grant takes in (its own money, what it draws from reserves, what districts pay into it)
    is what it pays out and what it has left, exactly; no group under `within` pays with another
    group's money; who is not eligible gets nothing. Rounding half up, which may pay more than
    there is, is the matter of `balance`.
    """
    (paid,) = yield [asked.case]
    if odd := at_odds(paid, "earmarks"):
        return odd
    if not paid.done:
        return UNTRIED
    tally = Tally(asked)
    for rule in divisions_of(paid):
        if rule.name in asked.waived:
            continue
        division = Divided(paid, rule)
        for row, (amount, takes_part) in enumerate(
            zip(division.amounts, division.eligible, strict=True)
        ):
            if not takes_part:
                how = Phrase("checks.not_eligible")
                told: Told = {"row": row, "grant": rule.name, "figure": Fraction(amount)}
                tally.hold(abs(amount), paid, how=how, path=rule.path, **told)
        if rule.rounding.rule != "half_up":
            _earmark(tally, division)
    return tally.judged()


def _earmark(tally: Tally, division: Divided) -> None:
    paid, rule = division.paid, division.rule
    told: Told
    for group, money in zip(division.groups, division.money, strict=True):
        if money is not None:
            given = Fraction(sum(max(division.amounts[row], 0) for row in group))
            told = {"grant": rule.name, "figure": given, "limit": money, "path": rule.path}
            tally.hold(given - money, paid, **told)
    if rule.paid and not rule.collects:
        paid_out = Fraction(sum(max(amount, 0) for amount in division.amounts))
        taken, how = Fraction(division.taken_in), Phrase("checks.not_taken_in")
        told = {"grant": rule.name, "figure": paid_out, "path": rule.path}
        tally.hold(abs(paid_out + division.unspent - taken), paid, limit=taken, how=how, **told)


EARMARKS = Promise("earmarks", "arithmetic", _earmarks, method="3, 13, 15, 33", work=5)
