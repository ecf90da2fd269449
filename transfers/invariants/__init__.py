"""Promises that every run keeps, checked on every run: balance, bounds, non-negativity.

They can only fail by a mistake of this package, never by an input; then nothing is paid out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.figure import ZERO
from transfers.arithmetic.sums import whole_sum
from transfers.errors import TransfersError
from transfers.kernel.figures import DivisionFigures
from transfers.kernel.rounding import whole_bounds
from transfers.outcome import Outcome
from transfers.payer.balance import Balance, money_lost

if TYPE_CHECKING:
    from transfers.block import Block

Ints = NDArray[np.int64]
Kind = TypeVar("Kind", np.bool_, np.int64)


class BrokenPromise(TransfersError):
    """An amount broke a promise of arithmetic: a mistake here, not in the input."""


def check_outcome(outcome: Outcome, scenario: int) -> None:
    """Check balance, bounds and non-negativity of one grant in one scenario.

    Raises
    ------
    BrokenPromise
        With the name of the promise and the grant.
    """
    amounts = outcome.amounts
    assert amounts is not None
    row = amounts[min(scenario, len(amounts) - 1)]
    _balance(outcome, scenario, row)
    _non_negativity(outcome, scenario, row)
    _bounds(outcome, scenario, row)


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


def check_money(block: Block) -> None:
    """Check that no money is lost or made in any scenario, and that no reserve is overdrawn.

    Raises
    ------
    BrokenPromise
        With the first scenario in which that is so.
    """
    sound = np.ones((block.size, 1), dtype=bool)
    sound[[*block.rejected, *block.invalid]] = False
    wrong = sound & (money_lost(block) != 0)
    for ledger in block.accounts.values():
        wrong = wrong | (sound & (ledger.closing < 0))
    if wrong.any():
        scenario = int(np.flatnonzero(wrong)[0])
        raise BrokenPromise(f"balance of the run: scenario {scenario}")


def _balance(outcome: Outcome, scenario: int, amounts: Ints) -> None:
    """Amounts above zero and unspent money add up to the pool, to the quantum."""
    pool, unspent = outcome.pool, outcome.unspent
    assert pool is not None and unspent is not None
    taken = whole_sum(np.maximum(amounts, 0))
    left = int(unspent[min(scenario, len(unspent) - 1), 0])
    money = int(pool[min(scenario, len(pool) - 1), 0])
    may_exceed = outcome.rule.rounding.rule == "half_up"
    if outcome.rule.collects and not may_exceed:
        rest = outcome.uncollected
        if (rest[min(scenario, len(rest) - 1)] < 0).any():
            raise BrokenPromise(f"balance: {outcome.name}: collects more than is due")
    if taken + left != money or (left < 0 and not may_exceed):
        raise BrokenPromise(f"balance: {outcome.name}: {taken} + {left} != {money}")


def _non_negativity(outcome: Outcome, scenario: int, amounts: Ints) -> None:
    """Nobody gets less than nothing, but for a declared penalty; nothing for the ineligible."""
    penalty = outcome.penalty[min(scenario, len(outcome.penalty) - 1)]
    eligible = outcome.eligible[min(scenario, len(outcome.eligible) - 1)]
    if (amounts[~penalty] < 0).any():
        raise BrokenPromise(f"non_negativity: {outcome.name}")
    if (amounts[~eligible] != 0).any():
        raise BrokenPromise(f"earmarks: {outcome.name}")


def _bounds(outcome: Outcome, scenario: int, amounts: Ints) -> None:
    """No amount exceeds a declared cap, none is below a declared floor without being told.

    Where no payable sum lies between a floor and its cap, one of the two beside them is right.
    """
    limits = outcome.bounds
    amounts = -amounts if outcome.rule.collects else amounts
    if not (limits.floored.any() or limits.capped.any()):
        return
    multiple = outcome.rule.rounding.multiple
    figures = DivisionFigures(ZERO, None, limits.floor, limits.cap, ZERO, outcome.groups)
    whole = whole_bounds(figures.division(), multiple)
    lower, upper = _row(whole.lower, scenario), _row(whole.upper, scenario)
    stuck = _row(whole.no_whole, scenario)
    above = _row(limits.capped, scenario) & (amounts > upper * multiple)
    below = _row(limits.floored, scenario) & (amounts < lower * multiple)
    short = outcome.groups.spread(outcome.short | outcome.compressed)
    below &= ~_row(short, scenario) & ~stuck
    if outcome.below_floor is not None:
        below &= ~_row(outcome.below_floor, scenario)
    if above.any() or below.any():
        raise BrokenPromise(f"bounds: {outcome.name}")


def _row(array: NDArray[Kind], scenario: int) -> NDArray[Kind]:
    return np.asarray(array[min(scenario, len(array) - 1)])
