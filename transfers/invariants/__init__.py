"""Promises that every run keeps, checked on every run: balance, bounds, non-negativity.

They can only fail by a mistake of this package, never by an input; then nothing is paid out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from transfers.arithmetic.bounded import Mask
from transfers.arithmetic.figure import ZERO
from transfers.errors import TransfersError
from transfers.kernel.figures import DivisionFigures
from transfers.kernel.rounding import whole_bounds
from transfers.outcome import Outcome
from transfers.payer.balance import Balance, money_lost

if TYPE_CHECKING:
    from transfers.block import Block


class BrokenPromise(TransfersError):
    """An amount broke a promise of arithmetic: a mistake here, not in the input."""


def check_outcome(outcome: Outcome, sound: Mask) -> None:
    """Check balance, bounds and non-negativity of one grant, in all sound scenarios at once.

    Parameters
    ----------
    sound : (S,) bool
        The scenarios that could be computed and pay; the others mean nothing.

    Raises
    ------
    BrokenPromise
        With the name of the promise and the grant.
    """
    if sound.any():
        _balance(outcome, sound)
        _non_negativity(outcome, sound)
        _bounds(outcome, sound)


def check_balance(balance: Balance) -> None:
    """Check that both sides of a balance are equal, and that no reserve is overdrawn.

    Raises
    ------
    BrokenPromise
        With the difference, or the reserve.
    """
    if balance.difference:
        raise BrokenPromise(f"balance of the run: {balance.difference} in excess")
    for line in balance.of("out"):
        if line.amount < 0 and line.code != "amounts":
            raise BrokenPromise(f"balance of the run: {line.code} {line.name} {line.amount}")


def check_block(block: Block) -> None:
    """Check every promise of arithmetic in every scenario of a block that pays.

    Raises
    ------
    BrokenPromise
        With the name of the promise and the grant, or the first scenario that loses money.
    """
    check_money(block)
    sound = _sound(block)
    for outcome in block.outcomes.values():
        if outcome.rule.whole:
            check_outcome(outcome, sound)


def check_money(block: Block) -> None:
    """Check that no money is lost or made in any scenario, and that no reserve is overdrawn.

    Raises
    ------
    BrokenPromise
        With the first scenario in which that is so.
    """
    sound = _sound(block)[:, None]
    wrong = sound & (money_lost(block) != 0)
    for ledger in block.accounts.values():
        wrong = wrong | (sound & (ledger.closing < 0))
    if wrong.any():
        scenario = int(np.flatnonzero(wrong)[0])
        raise BrokenPromise(f"balance of the run: scenario {scenario}")


def _sound(block: Block) -> Mask:
    """Return which scenarios of a block pay: (S,) bool."""
    sound = np.ones(block.size, dtype=bool)
    sound[[*block.rejected, *block.invalid]] = False
    return sound


def _balance(outcome: Outcome, sound: Mask) -> None:
    """Amounts above zero and unspent money add up to the pool, to the quantum."""
    amounts, pool, unspent = outcome.amounts, outcome.pool, outcome.unspent
    assert amounts is not None and pool is not None and unspent is not None
    may_exceed = outcome.rule.rounding.rule == "half_up"
    if outcome.rule.collects and not may_exceed:
        wrong = _broken(outcome.uncollected < 0, sound)
        if wrong is not None:
            raise BrokenPromise(f"balance: {outcome.name}: collects more than is due")
    taken = np.maximum(amounts, 0).sum(axis=-1, keepdims=True)
    wrong = _broken((taken + unspent != pool) | ((unspent < 0) & (not may_exceed)), sound)
    if wrong is not None:
        row, left, money = (int(a[min(wrong, len(a) - 1), 0]) for a in (taken, unspent, pool))
        raise BrokenPromise(f"balance: {outcome.name}: {row} + {left} != {money}")


def _non_negativity(outcome: Outcome, sound: Mask) -> None:
    """Nobody gets less than nothing, but for a declared penalty; nothing for the ineligible."""
    amounts = outcome.amounts
    assert amounts is not None
    negative = amounts < 0
    if negative.any() and _broken(negative & ~outcome.penalty, sound) is not None:
        raise BrokenPromise(f"non_negativity: {outcome.name}")
    outside = ~outcome.eligible
    if outside.any() and _broken((amounts != 0) & outside, sound) is not None:
        raise BrokenPromise(f"earmarks: {outcome.name}")


def _bounds(outcome: Outcome, sound: Mask) -> None:
    """No amount exceeds a declared cap, none is below a declared floor without being told.

    Where no payable sum lies between a floor and its cap, one of the two beside them is right.
    """
    limits, amounts = outcome.bounds, outcome.amounts
    assert amounts is not None
    if not (limits.floored.any() or limits.capped.any()):
        return
    amounts = -amounts if outcome.rule.collects else amounts
    multiple = outcome.rule.rounding.multiple
    figures = DivisionFigures(ZERO, None, limits.floor, limits.cap, ZERO, outcome.groups)
    whole = whole_bounds(figures.division(), multiple)
    above = limits.capped & (amounts > whole.upper * multiple)
    below = limits.floored & (amounts < whole.lower * multiple)
    if below.any():
        below &= ~(outcome.groups.spread(outcome.short | outcome.compressed) | whole.no_whole)
        if outcome.below_floor is not None:
            below &= ~outcome.below_floor
    if _broken(above | below, sound) is not None:
        raise BrokenPromise(f"bounds: {outcome.name}")


def _broken(wrong: Mask, sound: Mask) -> int | None:
    """Return the first sound scenario in which something is wrong; None where there is none."""
    rows = wrong.any(axis=-1)
    found = np.flatnonzero(np.broadcast_to(rows, sound.shape) & sound)
    return int(found[0]) if len(found) else None
