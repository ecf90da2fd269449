"""Money of reserves in a division: what is offered where money is short, what of it was paid.

Method: sections 26 and 27. A reserve offers what is missing; in the end it gives no more than the
amounts exceed the grant's own money by.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Mask
from transfers.arithmetic.figure import Figure
from transfers.block import Block
from transfers.dividing.pools import (
    MOST,
    Pools,
    among_groups,
    single,
    whole_money,
    whole_quanta,
)
from transfers.kernel.figures import whole_around
from transfers.outcome import Outcome
from transfers.payer.ledger import Draw, Exactly, Ledger
from transfers.policy.rules import DivisionRule, Formula, ReserveRule

Ints = NDArray[np.int64]
WORDS = ("scale", "reject")


def open_account(block: Block, rule: ReserveRule) -> None:
    """Read what is in a reserve, and make its name usable."""
    opening, inflow = (_amount(block, rule, formula) for formula in (rule.opening, rule.inflow))
    limit = None if rule.limit is None else _amount(block, rule, rule.limit).whole
    nothing = np.zeros((block.size, 1), dtype=np.int64)
    account = Ledger(rule, opening, inflow, limit, nothing, nothing, nothing)
    _check_size(block, rule.inflow or rule.opening, account.closing)
    block.accounts[rule.name] = account
    tell(block, rule.name, ("opening", "inflow"))


def _amount(block: Block, rule: ReserveRule, formula: Formula | None) -> Exactly:
    if formula is None:
        zero = Figure.constant(Fraction(0))
        return Exactly(zero, np.zeros((block.size, 1), dtype=np.int64))
    figure, quantum = single(block.figure(formula)), block.policy.money.quantum
    for code, wrong in (("missing", np.isnan(figure.value)), ("negative", figure.signs() < 0)):
        if wrong.any():
            block.fault(f"allocation.reserve_{code}", formula, wrong, title=rule.title)
    return Exactly(figure.scaled(1 / quantum), whole_quanta(block, formula, figure, quantum))


def _check_size(block: Block, formula: Formula | None, amount: Ints) -> None:
    too_much = amount >= MOST
    if formula is not None and too_much.any():
        block.fault("allocation.too_much", formula, too_much)


def tell(block: Block, name: str, parts: tuple[str, ...]) -> None:
    """Let formulas read parts of an account."""
    quantum = block.policy.money.quantum
    for part in parts:
        block.values[f"{name}.{part}"] = block.accounts[name].value(part, quantum)


# -- what is offered -------------------------------------------------------------------------------


def relieved(
    block: Block, rule: DivisionRule, pools: Pools, need: Figure, where: Mask | None = None
) -> Pools:
    """Return the pools with what reserves add where the need exceeds the money.

    Parameters
    ----------
    need : Figure, (S, G), quanta
        What must be given in each group: floors with fixed values, or claims.
    where : (S, G) bool, optional
        Where a shortage counts at all.
    """
    names = [name for name in rule.if_short if name not in WORDS]
    if not names:
        return pools
    count = pools.totals.value.shape[1]
    short = np.broadcast_to(need.compared(pools.totals) > 0, (block.size, count))
    if where is not None:
        short = short & where
    if not short.any():
        return pools
    wanted = np.broadcast_to(whole_around(need, count)[1], short.shape)
    money = np.broadcast_to(whole_money(pools.totals), short.shape)
    formula = rule.claim or rule.floor or rule.fixed
    beyond = short & (wanted >= MOST)
    _check_size(block, formula, np.where(beyond, wanted, 0))
    gap = np.where(short & ~beyond, wanted - money, 0)
    draws = list(pools.draws)
    for name in names:
        had = block.accounts[name].available - _offered(draws, name, block.size)
        given = _given(had, gap)
        draws.append(Draw(name, "if_short", had, gap, given, np.zeros_like(given)))
        gap = gap - given
        money = money + given
    assert pools.pool is not None
    whole = money.sum(axis=-1, keepdims=True)
    _check_size(block, formula, whole)
    return replace(pools, totals=Figure.whole(money), pool=whole, draws=tuple(draws))


def _offered(draws: list[Draw], name: str, size: int) -> Ints:
    """Return what a reserve has offered to the same grant already: (S, 1)."""
    offered = np.zeros((size, 1), dtype=np.int64)
    for draw in draws:
        if draw.reserve == name:
            offered = offered + draw.all_offered
    return offered


def _given(had: Ints, gap: Ints) -> Ints:
    """Return what a reserve gives to each group: its gap, or its part by the gaps.

    What whole quanta leave goes to the largest remainders, then to the first names.
    """
    money: Ints = np.minimum(had, gap.sum(axis=-1, keepdims=True))
    if gap.shape[1] == 1:
        return money
    gaps = Figure.whole(gap)
    return among_groups(gaps, gaps, money)


# -- what was paid ---------------------------------------------------------------------------------


def settled(outcome: Outcome) -> Outcome:
    """Return the outcome with what was drawn: amounts less the grant's money without reserves.

    What the document names first is drawn first.
    """
    if not outcome.draws or outcome.amounts is None:
        return outcome
    assert outcome.own is not None and outcome.pool is not None and outcome.totals is not None
    paid = np.maximum(outcome.amounts, 0)
    taken = paid.sum(axis=-1, keepdims=True)
    first = [draw for draw in outcome.draws if draw.purpose != "if_short"]
    if_short = [draw for draw in outcome.draws if draw.purpose == "if_short"]
    drawn: list[Draw] = []
    beyond = np.zeros_like(taken)
    if if_short:
        per_group, money = taken, outcome.pool
        if if_short[0].offered.shape[1] > 1:
            per_group, money = outcome.groups.sum_int(paid), whole_money(outcome.totals)
        for draw in if_short:
            money = money - draw.offered
        drawn = _in_order(if_short, np.maximum(per_group - money, 0))
        for draw in drawn:
            beyond = beyond + draw.all_drawn
    pool = outcome.own + outcome.paid_into("pool")
    draws = (*_in_order(first, np.maximum(taken - beyond - pool, 0)), *drawn)
    for draw in draws:
        pool = pool + draw.all_drawn
    return replace(outcome, draws=draws, pool=pool, unspent=pool - taken)


def _in_order(draws: list[Draw], amount: Ints) -> list[Draw]:
    """Take an amount from what is offered, one offer after the other."""
    taken: list[Draw] = []
    for draw in draws:
        taken.append(replace(draw, drawn=np.minimum(amount, draw.offered)))
        amount = amount - taken[-1].drawn
    return taken


def book(block: Block, outcome: Outcome) -> None:
    """Enter what a grant took and drew, what was paid in, and what it leaves to a reserve.

    Its own money, and what districts paid in for it, stand in the budget, if there is one.
    """
    rule = outcome.rule
    if rule.paid and block.left is not None:
        assert outcome.amounts is not None
        block.left = block.left - outcome.paid_out
        block.left = block.left + outcome.paid_into("pool") + outcome.paid_into("budget")
        for draw in outcome.draws:
            block.left = block.left + draw.all_drawn
        _check_size(block, rule.claim or rule.pool, block.left)
    for draw in outcome.draws:
        block.accounts[draw.reserve] = block.accounts[draw.reserve].less(draw.all_drawn)
    if rule.contributions in block.accounts:
        account = block.accounts[rule.contributions].with_contributions(outcome.paid_in)
        block.accounts[rule.contributions] = account
        _check_size(block, rule.claim or rule.pool, account.closing)
    if rule.unspent is None or outcome.unspent is None:
        return
    back = np.maximum(outcome.unspent, 0)
    put_in(block, rule.unspent, back, rule.pool or rule.claim)
    if block.left is not None:
        block.left = block.left - back


def put_in(block: Block, name: str, amount: Ints, formula: Formula | None) -> None:
    """Put money into a reserve."""
    block.accounts[name] = account = block.accounts[name].plus(amount)
    _check_size(block, formula, account.closing)


def settle(block: Block, remainder: str | None) -> None:
    """After the last grant: what is left of the budget goes into a reserve, accounts close."""
    if remainder is not None and block.left is not None and block.budget is not None:
        back = np.maximum(block.left, 0)
        block.left = block.left - back
        block.remainder = back
        put_in(block, remainder, back, block.budget.rule.amount)
    for name in block.accounts:
        tell(block, name, ("contributed", "drawn", "returned", "closing"))
