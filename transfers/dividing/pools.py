"""The money of a division: what it asks for, what is left, and how groups share it.

Method: sections 13 (order of grants) and 15 (groups close first).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.figure import ZERO, Figure
from transfers.arithmetic.rationals import Rationals
from transfers.arithmetic.sums import total_over
from transfers.axes import Groups
from transfers.block import Block
from transfers.dividing.groups import There, groups_by, per_group
from transfers.kernel.figures import DivisionFigures, whole_around
from transfers.kernel.fit import SHORT, Fit, fit
from transfers.kernel.rounding import round_to_total
from transfers.kernel.whole import parts
from transfers.payer.ledger import Budgeted, Draw, Exactly
from transfers.policy.rules import BudgetRule, DivisionRule, Formula
from transfers.steps.bounds import Bounds

Ints = NDArray[np.int64]
MOST = 2**62


class Pools(Struct, frozen=True, eq=False):
    """The money of each group.

    Parameters
    ----------
    asked, pool : (S, 1) int64, quanta, or None
        What a grant asks for, and what it gets of what is left; an output gets what it asks for;
        None for a stage.
    totals : Figure, (S, G)
        Whole quanta for a grant or an output.
    level : Fit or None
        Of groups raised to one level: the fit of the level.
    short : (S, 1) bool or None
        Of groups raised to one level: whether their floors exceed the money.
    own : (S, 1) int64, quanta, or None
        What of the pool is no reserve's and no district's: its own money, or that of the budget.
    draws : tuple of Draw
        What reserves add to it.
    """

    groups: Groups
    totals: Figure
    asked: Ints | None = None
    pool: Ints | None = None
    level: Fit | None = None
    short: Mask | None = None
    own: Ints | None = None
    draws: tuple[Draw, ...] = ()


def find_pools(
    block: Block,
    rule: DivisionRule,
    unit: Fraction,
    eligible: Mask,
    claimed: Ints | None = None,
    paid_in: Ints | None = None,
) -> Pools | None:
    """Return the money of each group.

    Parameters
    ----------
    eligible : (S, N) bool
        Who takes part: a group without such a member has no share.
    unit : Fraction
        One quantum in the unit of money; 1 for a stage.
    claimed : (S, 1) int64, optional
        What claims without a pool ask for: their rounded sum.
    paid_in : (S, N) int64, quanta, optional
        What districts pay into this grant's own pool: it is money of their group.

    Returns
    -------
    Pools or None
        None where claims meet no limit: no pool, and no budget.
    """
    groups = Groups.one(block.district_count)
    if rule.within is not None:
        groups = groups_by(block, rule.within.by, eligible)
    there = There(groups, eligible[0])
    if not rule.whole:
        return _of_stage(block, rule, there)
    left = block.left if rule.paid else None
    if not rule.asks_itself:
        asked = _asked(block, rule, unit, there)
    elif left is None and rule.draw is None:
        return None
    else:
        assert claimed is not None
        asked = claimed
    if rule.collects:
        # Nobody is paid: what is collected is the money of the division and of nobody's purse.
        nothing = np.zeros_like(asked)
        totals = _totals_of_grant(block, rule, there, asked)
        return Pools(groups, totals, None, nothing, own=nothing)
    draws: tuple[Draw, ...]
    if rule.draw is not None:
        own, draws = np.zeros_like(asked), (_drawn(block, rule.draw, "draw", asked),)
    else:
        own = asked if left is None else np.minimum(asked, np.maximum(left, 0))
        draws = _drawn_for_budget(block, asked - own)
    pool = own + draws[0].offered if draws else own
    totals = _totals_of_grant(block, rule, there, pool)
    pools = Pools(groups, totals, asked, pool, own=own, draws=draws)
    return pools if paid_in is None else _with_contributions(block, rule, pools, paid_in)


def _with_contributions(block: Block, rule: DivisionRule, pools: Pools, paid_in: Ints) -> Pools:
    """Return the pools with what the members of each group pay in."""
    assert pools.pool is not None and rule.claim is not None
    pool = pools.pool + paid_in.sum(axis=-1, keepdims=True)
    too_much = pool >= MOST
    if too_much.any():
        block.fault("allocation.too_much", rule.claim, too_much)
    totals = whole_money(pools.totals) + pools.groups.sum_int(paid_in)
    return replace(pools, pool=pool, totals=Figure.whole(totals))


def whole_money(totals: Figure) -> Ints:
    """Return the money of groups that is known to be in whole quanta."""
    decimals = totals.bounded.decimals
    assert decimals is not None and decimals.places == 0
    return decimals.mantissas


def _drawn_for_budget(block: Block, missing: Ints) -> tuple[Draw, ...]:
    """Return what the reserve of the budget adds where more is asked for than is left."""
    name = None if block.budget is None else block.budget.rule.draw
    if name is None or not missing.any():
        return ()
    return (_drawn(block, name, "budget", missing),)


def _drawn(block: Block, name: str, purpose: str, wanted: Ints) -> Draw:
    """Return what a reserve offers of what is wanted."""
    had = block.accounts[name].available
    offered = np.minimum(wanted, had)
    return Draw(name, purpose, had, wanted, offered, np.zeros_like(offered))


def _of_stage(block: Block, rule: DivisionRule, there: There) -> Pools | None:
    groups = there.groups
    if rule.pool is None:
        return None
    if rule.within is not None and rule.within.share is None:
        return Pools(groups, per_group(block, rule.pool, there))
    pool = _sound(block, rule.pool, single(block.figure(rule.pool)))
    if rule.within is None or rule.within.share is None:
        return Pools(groups, pool)
    return Pools(groups, _shared(per_group(block, rule.within.share, there), pool))


def _sound(block: Block, formula: Formula, pool: Figure) -> Figure:
    """Report a pool that is missing or negative, and go on with nothing in its place."""
    _check_pool(block, formula, pool)
    bad = np.isnan(pool.value) | (pool.signs() < 0)
    return ZERO.where(bad, pool)


def single(figure: Figure) -> Figure:
    """Let the one figure of a scenario be asked for any group."""
    return Figure(
        figure.bounded,
        lambda s, m: Rationals.repeated(figure.exact(s, m[:1] * 0).fraction(0), len(m)),
    )


def _check_pool(block: Block, formula: Formula, pool: Figure) -> None:
    missing = np.isnan(pool.value)
    if missing.any():
        block.fault("allocation.pool_missing", formula, missing)
    negative = pool.signs() < 0
    if negative.any():
        block.fault("allocation.pool_negative", formula, negative)


def _asked(block: Block, rule: DivisionRule, unit: Fraction, there: There) -> Ints:
    """Return what a grant asks for in whole quanta, rounded down: (S, 1) int64."""
    if rule.remainder and rule.draw is not None:
        return block.accounts[rule.draw].available
    if rule.remainder:
        assert block.left is not None
        return np.maximum(block.left, 0)
    assert rule.pool is not None
    pool = block.figure(rule.pool)
    if rule.within is not None and rule.within.share is None:
        pool = total_over(per_group(block, rule.pool, there), Groups.one(there.groups.count))
    _check_pool(block, rule.pool, pool)
    return whole_quanta(block, rule.pool, single(pool), unit)


def whole_quanta(block: Block, formula: Formula, amount: Figure, unit: Fraction) -> Ints:
    """Return an amount of money in whole quanta, rounded down, exactly: (S, 1) int64."""
    quanta = amount.scaled(1 / unit)
    size = (block.size, quanta.value.shape[1])
    value = np.broadcast_to(quanta.value, size)
    bad = np.isnan(value) | (value < 0) | (value >= MOST)
    too_much = value >= MOST
    if too_much.any():
        block.fault("allocation.too_much", formula, too_much)
    error = np.where(bad, 0.0, np.broadcast_to(quanta.bounded.error, size))
    figures = Bounded(np.where(bad, 0.0, value), error)
    decimals = quanta.bounded.decimals
    if decimals is not None and not bad.any():
        floors = decimals.floor_at(0)
        if floors is not None:
            return np.broadcast_to(floors, size).copy()
    return parts(figures, quanta.exact).whole


def _shared(shares: Figure, pool: Figure) -> Figure:
    """Divide a pool that is not paid among groups, exactly: (S, G)."""
    count = shares.value.shape[1]
    cap = pool.spread_to((len(pool.value), count))
    zero = ZERO.spread_to((1, count))
    figures = DivisionFigures(shares, None, zero, cap, pool, Groups.one(count))
    fitted = fit(figures.division())
    return entitlements(fitted)


def entitlements(fitted: Fit) -> Figure:
    """Return what a fit entitles districts (or groups) to, (S, N)."""
    last = len(fitted.status) - 1
    return Figure(fitted.entitlement, lambda s, m: fitted.exact_entitlements(min(s, last), m))


def _totals_of_grant(block: Block, rule: DivisionRule, there: There, pool: Ints) -> Figure:
    """Divide a grant's pool among its groups in whole quanta, adding up to it: (S, G)."""
    money = Figure.whole(pool)
    if rule.within is None:
        return money
    formula = rule.within.share or rule.pool
    if formula is None:  # a claim or a remainder within groups has a share, by the checks
        return money
    shares = per_group(block, formula, there)
    cap = money.spread_to((len(pool), there.groups.count))
    return Figure.whole(among_groups(shares, cap, pool))


def among_groups(weights: Figure, caps: Figure, money: Ints) -> Ints:
    """Divide whole quanta among groups by weights, adding up where caps allow: (S, G) int64."""
    count = weights.value.shape[1]
    zero = ZERO.spread_to((1, count))
    total = Figure.whole(money)
    figures = DivisionFigures(weights, None, zero, caps, total, Groups.one(count))
    return _closed(fit(figures.division()), money)


def _closed(fitted: Fit, pool: Ints, upper: Ints | None = None) -> Ints:
    """Round the sums of groups, which stand in the order of their names: (S, G) int64."""
    order = np.arange(len(fitted.division.groups.of), dtype=np.intp)
    totals = np.broadcast_to(pool, (len(fitted.status), pool.shape[1]))
    return round_to_total(fitted, totals, "largest_remainder", key_order=order, upper=upper).amounts


def level_totals(
    block: Block,
    rule: DivisionRule,
    pools: Pools,
    eligible: Mask,
    per_and_own: tuple[Figure, Figure],
    limits: Bounds,
) -> Pools:
    """Raise the poorest groups to one level: the money of each group, by what its members have.

    Inside a group the money then follows `per`.
    """
    assert rule.level is not None and rule.level.by is not None
    groups = groups_by(block, rule.level.by, eligible)
    per, own = per_and_own
    sums = [
        total_over(figure.spread_to(_full(figure, block.district_count)), groups)
        for figure in (per, own, limits.floor, limits.cap)
    ]
    weight, offset, floor, cap = sums
    figures = DivisionFigures(weight, offset, floor, cap, pools.totals, Groups.one(groups.count))
    fitted = fit(figures.division())
    short = np.asarray(fitted.status == SHORT)
    upper = None
    if short.any():
        # Scaled floors may be rounded up; caps of the other scenarios may not.
        below = whole_around(figures.cap, groups.count)[0]
        figures = figures.scaled(short)
        upper = np.where(short, whole_around(figures.cap, groups.count)[1], below)
        fitted = fit(figures.division())
    if pools.pool is None:
        return Pools(groups, entitlements(fitted), level=fitted, short=short)
    closed = Figure.whole(_closed(fitted, pools.pool, upper))
    return replace(pools, groups=groups, totals=closed, level=fitted, short=short)


def _full(figure: Figure, count: int) -> tuple[int, int]:
    return len(figure.value), count


def budgeted(block: Block, rule: BudgetRule) -> Budgeted:
    """Return the budget, in whole quanta rounded down."""
    quantum = block.policy.money.quantum
    amount = single(block.figure(rule.amount))
    _check_pool(block, rule.amount, amount)
    whole = whole_quanta(block, rule.amount, amount, quantum)
    return Budgeted(rule, Exactly(amount.scaled(1 / quantum), whole))
