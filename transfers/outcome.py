"""What one division of money came to, with everything its steps produced."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.figure import Figure
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.formula.values import Truth, Value
from transfers.kernel.fit import Fit
from transfers.payer.ledger import Draw
from transfers.policy.rules import DivisionRule
from transfers.steps.bounds import Bounds
from transfers.steps.weights import Weights

Ints = NDArray[np.int64]
Members = NDArray[np.intp]


class Outcome(Struct, frozen=True, eq=False):
    """A grant or a stage, divided: the trail of its steps, for all scenarios of a block.

    Money is in quanta for a grant, in the unit of the pool for a stage.

    Parameters
    ----------
    unit : Fraction
        Of one quantum, in the unit of money; 1 for a stage.
    eligible : (S | 1, N) bool
    weights : Weights or None
        Of a share.
    claim : Figure or None, (S | 1, N)
        Claims inside their bounds, and fixed values; 0 where not eligible.
    bounds : Bounds
    groups : Groups
        Who shares a pool.
    asked, pool : (S, 1) int64 or None, quanta
        What a grant asked for and what it got; None for a stage.
    totals : Figure or None, (S, G)
        The money of each group; None for a claim that meets no limit.
    fit : Fit or None
        None for claims that all fit into the money.
    level : Fit or None
        Of groups raised to one level: the fit among the groups.
    penalty : (S | 1, N) bool
        Who pays in: negative claims, taken in full beside the pool; all of a levy.
    entitlement : Figure, (S, N)
        Exact figures before rounding; below zero what is paid in.
    short : (S, G) bool
        Groups whose floors exceed the money; they were scaled unless the scenario is rejected.
    compressed : (S, G) bool
        Groups whose claims exceed the money and were scaled.
    amounts : (S, N) int64 or None, quanta
        None for a stage.
    unspent : (S, 1) int64, quanta
        Pool less amounts above zero.
    below_floor, no_whole : (S, N) bool
        Where rounding could not respect a bound.
    claimed : (S, 1) int64 or None, quanta
        What whole claims come to together, less what is paid into their own pool.
    taken : (S, 1) int64 or None, quanta
        Amounts above zero, where that is known already.
    own : (S, 1) int64 or None, quanta
        What of the pool is no reserve's and was not paid in.
    draws : tuple of Draw
        What reserves gave.
    """

    rule: DivisionRule
    unit: Fraction
    eligible: Mask
    weights: Weights | None
    claim: Figure | None
    bounds: Bounds
    groups: Groups
    asked: Ints | None
    pool: Ints | None
    totals: Figure | None
    fit: Fit | None
    penalty: Mask
    entitlement: Figure
    short: Mask
    compressed: Mask
    level: Fit | None = None
    amounts: Ints | None = None
    unspent: Ints | None = None
    below_floor: Mask | None = None
    no_whole: Mask | None = None
    claimed: Ints | None = None
    taken: Ints | None = None
    own: Ints | None = None
    draws: tuple[Draw, ...] = ()

    @property
    def name(self) -> str:
        """The name of the grant or stage."""
        return self.rule.name

    @property
    def paid_in(self) -> Ints:
        """What districts pay in together: (S, 1) int64, quanta."""
        assert self.amounts is not None
        paid: Ints = np.maximum(-self.amounts, 0).sum(axis=-1, keepdims=True)
        return paid

    @property
    def paid_out(self) -> Ints:
        """What districts are paid together: (S, 1) int64, quanta."""
        if self.taken is not None:
            return self.taken
        assert self.amounts is not None
        paid: Ints = np.maximum(self.amounts, 0).sum(axis=-1, keepdims=True)
        return paid

    @property
    def unpaid(self) -> Ints | None:
        """What claims come to beyond what is paid: (S, 1) int64, quanta; None of other grants."""
        if self.claimed is None or self.rule.collects or self.amounts is None:
            return None
        own = self.paid_in if self.rule.contributions == "pool" else 0
        return np.asarray(np.maximum(self.claimed - (self.paid_out - own), 0))

    def paid_into(self, purse: str) -> Ints:
        """Return what districts pay into one purse: (S, 1) int64, quanta."""
        assert self.amounts is not None
        if self.rule.contributions == purse:
            return self.paid_in
        return np.zeros((len(self.amounts), 1), dtype=np.int64)

    @property
    def uncollected(self) -> Ints:
        """Of a levy: what was to be collected and falls on nobody, (S, 1) int64, quanta."""
        assert self.totals is not None and self.totals.bounded.decimals is not None
        due: Ints = self.totals.bounded.decimals.mantissas.sum(axis=-1, keepdims=True)
        return due - self.paid_in

    @property
    def due(self) -> Figure:
        """The exact figures as the document's bounds mean them: of a levy what is to be paid."""
        return self.entitlement.scaled(Fraction(-1 if self.rule.collects else 1))

    def value(self, part: str) -> Value:
        """Return what later formulas may use: a part by its name, "" for what is paid."""
        if part == "rate":
            return self._rate()
        if part == "at_floor":
            return Truth(self.at_floor().astype(np.float64))
        if part == "at_cap":
            return Truth(self.at_cap().astype(np.float64))
        if part == "" and self.amounts is not None:
            amounts = bounded.from_decimals(Decimals(self.amounts))
            return bounded.multiply(amounts, bounded.constant(self.unit))
        return self.entitlement.scaled(self.unit).bounded

    def _rate(self) -> Bounded:
        """Return money per unit of weight: (S, 1), or (S, N) where groups differ."""
        if self.fit is None:
            return bounded.constant(Fraction(1))
        fitted = self.level or self.fit
        rate = Bounded(fitted.rate, fitted.rate_error)
        if self.claim is not None:
            one = bounded.constant(Fraction(1))
            rate = bounded.select(self.compressed.astype(np.float64), rate, one)
        else:
            rate = bounded.multiply(rate, bounded.constant(self.unit))
        if self.rule.within is None:
            return rate
        error = np.broadcast_to(rate.error, rate.value.shape)
        return Bounded(self.groups.spread(rate.value), self.groups.spread(error))

    @property
    def proved(self) -> bool:
        """Whether the sides of the fit say who gets a declared bound: nothing was scaled since."""
        fitted, bounds = self.fit, self.bounds
        if fitted is None or self.claim is not None:
            return False
        ours = (bounds.floor.bounded, bounds.cap.bounded)
        return fitted.division.floor is ours[0] and fitted.division.cap is ours[1]

    def at_floor(self) -> Mask:
        """Return who gets the declared floor: (S, N) bool."""
        if not self.bounds.floored.any():
            return self.bounds.floored
        if self.proved:
            assert self.fit is not None
            return self.bounds.floored & (self.fit.side < 0)
        equal = self.due.compared(self.bounds.floor) == 0
        return np.asarray(self.bounds.floored & equal)

    def at_cap(self) -> Mask:
        """Return who gets the declared cap, where that is above the floor: (S, N) bool."""
        bounds = self.bounds
        if not bounds.capped.any():
            return bounds.capped
        if self.proved:
            assert self.fit is not None
            return bounds.capped & (self.fit.side > 0)
        above = bounds.cap.compared(bounds.floor) > 0
        return np.asarray(bounds.capped & above & (self.due.compared(bounds.cap) == 0))

    def exact(self, part: str, scenario: int, members: Members) -> Rationals:
        """Return exact figures that later formulas may use, in the unit of money.

        Parameters
        ----------
        part : str
            "" for what the name itself means, else ``entitlement`` or ``rate``.
        """
        if part == "rate":
            return self._exact_rates(scenario, members)
        if part == "" and self.amounts is not None:
            row = self.amounts[min(scenario, len(self.amounts) - 1)]
            return Rationals(row[members].astype(object)) * self.unit
        return self.entitlement.exact(scenario, members) * self.unit

    def _exact_rates(self, scenario: int, members: Members) -> Rationals:
        if self.fit is None:
            return Rationals.repeated(1, len(members))
        groups = self.groups.of[members].tolist()
        return Rationals.from_fractions([self.exact_rate(scenario, g) for g in groups])

    def exact_rate(self, scenario: int, group: int) -> Fraction:
        """Return money per unit of weight in a group; of claims, the part that is met."""
        assert self.fit is not None
        fitted, group = (self.fit, group) if self.level is None else (self.level, 0)
        row = min(scenario, len(fitted.status) - 1)
        if self.claim is not None:
            met = not self.compressed[min(scenario, len(self.compressed) - 1), group]
            return Fraction(1) if met else fitted.exact_rate(row, group)
        return fitted.exact_rate(row, group) * self.unit
