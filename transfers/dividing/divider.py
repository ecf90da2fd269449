"""What every division of money has in common: reading its formulas, fitting, rounding.

Method: sections 3, 4, 6 and 14.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.figure import ZERO, Figure
from transfers.arithmetic.sums import total_over
from transfers.block import Block
from transfers.dividing.pools import Pools, entitlements
from transfers.kernel.figures import DivisionFigures, whole_around
from transfers.kernel.fit import SHORT, Fit, fit
from transfers.kernel.rounding import round_to_total, whole_bounds
from transfers.outcome import Outcome
from transfers.policy.rules import DivisionRule, Formula
from transfers.steps.bounds import Bounds, Declared, declared
from transfers.steps.weights import Weights

Ints = NDArray[np.int64]
Indices = NDArray[np.intp]
UNBOUNDED = 2**62


class Divider:
    """Takes one rule through its steps; how it weighs or claims is its subclasses' business."""

    def __init__(self, block: Block, rule: DivisionRule) -> None:
        self.block, self.rule = block, rule
        self.count = block.district_count
        self.unit = block.policy.money.quantum if rule.whole else Fraction(1)

    # -- what a formula says -------------------------------------------------------------------

    def eligible(self) -> Mask:
        """Return who takes part: (S, N) bool, one row where the scenarios agree."""
        if self.rule.eligible is None:
            return np.ones((1, self.count), dtype=bool)
        truth = self.block.truth(self.rule.eligible).value
        unknown = np.isnan(truth)
        if unknown.any():
            self.block.fault("allocation.eligible_missing", self.rule.eligible, unknown)
        return np.broadcast_to(truth == 1, (len(truth), self.count))

    def figure(self, formula: Formula, eligible: Mask) -> Figure:
        """Return figures that every eligible district must have."""
        figure = self.block.figure(formula)
        if figure.bounded.whole:
            return figure
        missing = np.isnan(figure.value) & eligible
        if missing.any():
            self.block.fault("allocation.figure_missing", formula, missing)
            figure = filled(figure)
        return figure

    def declared(self, formula: Formula | None, eligible: Mask) -> Declared | None:
        """Return a floor, cap or fixed value in quanta."""
        if formula is None:
            return None
        # Whom a missing bound matters to depends on who is eligible and not fixed.
        rests = (formula, self.rule.eligible, self.rule.fixed)
        name = ("declared", self.rule.name, formula.path)
        return self.block.kept(name, rests, lambda: self._declared(formula, eligible))

    def _declared(self, formula: Formula, eligible: Mask) -> Declared:
        found = declared(self.block.figure(formula))
        if (found.missing & eligible).any():
            self.block.fault("allocation.bound_missing", formula, found.missing & eligible)
        return replace(found, figure=found.figure.scaled(1 / self.unit))

    def check_fixed(self, limits: Bounds) -> None:
        """Report fixed values below zero."""
        if self.rule.fixed is None or not limits.fixed.any():
            return
        below = limits.fixed & (limits.floor.signs() < 0)
        if below.any():
            self.block.fault("allocation.fixed_negative", self.rule.fixed, below)

    # -- fit, shortage, rounding ---------------------------------------------------------------

    def fitted(
        self,
        eligible: Mask,
        weights: Weights | None,
        claim: Figure | None,
        limits: Bounds,
        pools: Pools,
        figures: DivisionFigures,
        penalty: Mask | None = None,
        whole: Ints | None = None,
    ) -> Outcome:
        """Fit a division to its money, scale where it is short, round what is paid.

        Parameters
        ----------
        claim, penalty, whole : optional
            Of claims: the claims, who of them is a penalty, and their amounts if all are met.
        """
        fitted = fit(figures.division())
        short = np.asarray(fitted.status == SHORT)
        compressed = np.zeros_like(short)
        if claim is not None:
            exceeds = total_over(figures.cap, pools.groups).compared(figures.totals) > 0
            compressed = np.broadcast_to(exceeds, short.shape)
        scaled = short
        if scaled.any():
            figures = figures.scaled(scaled)
            fitted = fit(figures.division())
        if penalty is None:
            penalty = np.zeros((1, self.count), dtype=bool)
        entitled = entitlements(fitted)
        if pools.short is not None:
            # Groups closed to whole quanta may lack less than one for floors that are not short.
            short = np.broadcast_to(pools.short, short.shape)
        gave_way = scaled & ~short
        if claim is not None:
            entitled = claim.where(penalty, entitled)
        outcome = Outcome(
            self.rule,
            self.unit,
            eligible,
            weights,
            claim,
            limits,
            pools.groups,
            pools.asked,
            pools.pool,
            pools.totals,
            fitted,
            penalty,
            entitled,
            short,
            compressed,
            pools.level,
            own=pools.own,
            draws=pools.draws,
        )
        if not self.rule.whole:
            return outcome
        upper = self._most_whole(figures, limits, scaled, claims=claim is not None)
        rounded = self._rounded(outcome, fitted, whole, upper)
        if rounded.below_floor is not None and gave_way.any():
            below = rounded.below_floor | (pools.groups.spread(gave_way) & limits.floored)
            rounded = replace(rounded, below_floor=below)
        return rounded

    def _rounded(
        self, outcome: Outcome, fitted: Fit, whole: Ints | None, upper: Ints | None
    ) -> Outcome:
        rule, block = self.rule.rounding, self.block
        column = None
        if rule.column is not None:
            column = block.figure(rule.column).bounded
            missing = np.isnan(column.value)
            if missing.any():
                block.fault("allocation.figure_missing", rule.column, missing)
        totals = outcome.totals
        assert totals is not None and outcome.pool is not None
        result = round_to_total(
            fitted,
            whole_totals(totals, len(fitted.status)),
            rule.rule,
            key_order=block.districts.key_order,
            multiple=rule.multiple,
            column=column,
            upper=upper,
        )
        amounts, below = result.amounts, result.below_floor
        if whole is not None:
            in_full = _in_full(whole, outcome)
            amounts, below = np.where(in_full, whole, amounts), below & ~in_full
        paid = amounts if whole is None else np.maximum(amounts, 0)
        taken = paid.sum(axis=-1, keepdims=True)
        return replace(
            outcome,
            amounts=amounts,
            taken=taken,
            unspent=outcome.pool - taken,
            below_floor=below,
            no_whole=result.no_whole,
        )

    def whole(self, figure: Figure) -> tuple[Ints, Ints]:
        """Return the multiples of the grant's quantum below and above figures."""
        return whole_around(figure, self.count, self.rule.rounding.multiple)

    def _most_whole(
        self, figures: DivisionFigures, limits: Bounds, scaled: Mask, *, claims: bool
    ) -> Ints | None:
        """Return the most each district may be paid, where that is not its cap rounded down.

        A claim, or a scaled floor, may be rounded up; a declared cap never.
        """
        if not claims and not scaled.any():
            return None
        bounds = whole_bounds(figures.division(), self.rule.rounding.multiple)
        ordinary = bounds.upper - bounds.no_whole
        above = self.whole(figures.cap)[1]
        above = np.where(limits.capped, np.minimum(above, self.whole(limits.cap)[0]), above)
        # A fixed value that is not scaled keeps the two payable sums around it.
        gives = figures.groups.spread(scaled)
        above = np.where(limits.fixed & ~gives, self.whole(figures.cap)[0], above)
        return above if claims else np.where(gives, above, ordinary)


def filled(figure: Figure) -> Figure:
    """Put 0 where a figure is missing (and reported), so that other scenarios go on."""
    missing = np.isnan(figure.value)
    inner = figure.bounded
    filled = Bounded(np.where(missing, 0.0, inner.value), np.where(missing, 0.0, inner.error))
    return Figure(filled, figure.exact).where(~missing, ZERO)


def whole_totals(totals: Figure, scenarios: int) -> Ints:
    """Return the money of each group in whole quanta, (S, G) int64."""
    decimals = totals.bounded.decimals
    assert decimals is not None and decimals.places == 0
    return np.broadcast_to(decimals.mantissas, (scenarios, decimals.mantissas.shape[1]))


def _in_full(whole: Ints, outcome: Outcome) -> Mask:
    """Mark claims that are rounded one by one: where they all fit, and penalties always."""
    totals = outcome.totals
    assert totals is not None
    groups = outcome.groups
    rounded = groups.sum_int(np.maximum(whole, 0))
    fits = ~outcome.compressed & (rounded <= whole_totals(totals, len(whole)))
    return np.asarray(groups.spread(fits) | outcome.penalty)
