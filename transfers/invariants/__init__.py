"""Promises that every run keeps, checked on every run: balance, bounds, non-negativity.

They can only fail by a mistake of this package, never by an input; then nothing is paid out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from transfers.errors import TransfersError
from transfers.kernel.rounding import whole_bounds
from transfers.outcome import Outcome

Ints = NDArray[np.int64]


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


def _balance(outcome: Outcome, scenario: int, amounts: Ints) -> None:
    """Amounts above zero and unspent money add up to the pool, to the quantum."""
    pool, unspent = outcome.pool, outcome.unspent
    assert pool is not None and unspent is not None
    taken = sum(amount for amount in amounts.tolist() if amount > 0)
    left = int(unspent[min(scenario, len(unspent) - 1), 0])
    money = int(pool[min(scenario, len(pool) - 1), 0])
    may_exceed = outcome.rule.rounding.rule == "half_up"
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
    """Amounts lie inside the whole quanta of the division that was fitted."""
    if outcome.fit is None or outcome.below_floor is None or outcome.rule.method == "claim":
        return
    multiple = outcome.rule.rounding.multiple
    limits = whole_bounds(outcome.fit.division, multiple)
    lower = limits.lower[min(scenario, len(limits.lower) - 1)] * multiple
    upper = limits.upper[min(scenario, len(limits.upper) - 1)] * multiple
    told = outcome.below_floor[min(scenario, len(outcome.below_floor) - 1)]
    if ((amounts > upper) | ((amounts < lower) & ~told)).any():
        raise BrokenPromise(f"bounds: {outcome.name}")
