"""The ledger of a reserve: what is in it, what has been drawn, what has come back.

All in whole quanta; what rounding down leaves of the formulas is a residue of the balance.

Method: section 26.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.figure import Figure
from transfers.policy.rules import BudgetRule, ReserveRule

Ints = NDArray[np.int64]


class Exactly(Struct, frozen=True, eq=False):
    """An amount of the document before it was rounded down to whole quanta.

    Parameters
    ----------
    figure : Figure, (S | 1, 1), quanta
    whole : (S, 1) int64, quanta
    """

    figure: Figure
    whole: Ints

    def of(self, scenario: int) -> Fraction:
        """Return the exact amount in one scenario, in quanta."""
        decimals = self.figure.bounded.decimals
        if decimals is not None:
            row = min(scenario, len(decimals.mantissas) - 1)
            return Fraction(int(decimals.mantissas[row, 0]), 10**decimals.places)
        member = np.zeros(1, dtype=np.intp)
        return self.figure.exact(scenario, member).fraction(0)


class Budgeted(Struct, frozen=True, eq=False):
    """The budget as it was at first."""

    rule: BudgetRule
    amount: Exactly


class Ledger(Struct, frozen=True, eq=False):
    """One reserve in the course of a run, for all scenarios of a block.

    Parameters
    ----------
    opening, inflow : Exactly
    limit : (S, 1) int64, quanta, or None
        The most that may be drawn in all.
    drawn, returned, contributed : (S, 1) int64, quanta
        So far: what grants drew, what came back to it, what districts paid in.
    """

    rule: ReserveRule
    opening: Exactly
    inflow: Exactly
    limit: Ints | None
    drawn: Ints
    returned: Ints
    contributed: Ints

    @property
    def closing(self) -> Ints:
        """What is in it now: (S, 1) int64, quanta."""
        came = self.opening.whole + self.inflow.whole + self.contributed
        return came - self.drawn + self.returned

    @property
    def available(self) -> Ints:
        """What may be drawn now: (S, 1) int64, quanta."""
        if self.limit is None:
            return self.closing
        available: Ints = np.minimum(self.closing, np.maximum(self.limit - self.drawn, 0))
        return available

    def at_limit(self, scenario: int) -> bool:
        """Tell whether the limit has been drawn in full while money is left."""
        if self.limit is None:
            return False
        drawn, closing = int(self.drawn[scenario, 0]), int(self.closing[scenario, 0])
        return drawn >= int(self.limit[min(scenario, len(self.limit) - 1), 0]) and closing > 0

    def less(self, amount: Ints) -> Ledger:
        """Return the ledger after a draw."""
        return replace(self, drawn=self.drawn + amount)

    def plus(self, amount: Ints) -> Ledger:
        """Return the ledger after money came back."""
        return replace(self, returned=self.returned + amount)

    def with_contributions(self, amount: Ints) -> Ledger:
        """Return the ledger after districts paid in."""
        return replace(self, contributed=self.contributed + amount)

    def part(self, name: str) -> Ints:
        """Return what formulas read behind the reserve's name: (S, 1) int64, quanta."""
        if name in ("opening", "inflow"):
            exactly: Exactly = getattr(self, name)
            return exactly.whole
        amount: Ints = getattr(self, name)
        return amount

    def value(self, name: str, quantum: Fraction) -> Bounded:
        """Return the same in the unit of money."""
        figures = bounded.from_decimals(Decimals(self.part(name)))
        return bounded.multiply(figures, bounded.constant(quantum))


class Draw(Struct, frozen=True, eq=False):
    """What one reserve offered to one grant, and what of it was paid out.

    Parameters
    ----------
    reserve : str
    purpose : "draw", "budget" or "if_short"
        Drawn as the grant's own money, to make up what the budget lacks, or to meet a shortage.
    had : (S, 1) int64, quanta
        What could be drawn from it before.
    wanted : (S, G) int64, quanta
        What was missing.
    offered : (S, G) int64, quanta
        G is 1 unless the grant's groups have money of their own.
    drawn : (S, G) int64, quanta
        Never more than was offered, nor than was paid beyond the grant's own money.
    """

    reserve: str
    purpose: str
    had: Ints
    wanted: Ints
    offered: Ints
    drawn: Ints

    @property
    def all_offered(self) -> Ints:
        """What was offered to all groups together: (S, 1)."""
        return _together(self.offered)

    @property
    def all_drawn(self) -> Ints:
        """What was drawn for all groups together: (S, 1)."""
        return _together(self.drawn)


def _together(amounts: Ints) -> Ints:
    together: Ints = amounts.sum(axis=-1, keepdims=True)
    return together
