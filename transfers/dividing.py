"""One division of money, from its rule to its outcome.

The order is that of the method (section 3): eligible, weights, coefficient, pool, fixed, fit,
what to do when short, rounding, unspent.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.figure import ZERO, Figure
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.block import Block
from transfers.kernel.figures import DivisionFigures
from transfers.kernel.fit import SHORT, Fit, fit
from transfers.kernel.rounding import round_half_away, round_to_total
from transfers.outcome import Outcome
from transfers.policy.rules import DivisionRule, Formula
from transfers.pools import Pools, find_pools, level_totals
from transfers.steps.bounds import Bounds, Declared, bounds, clipped, declared
from transfers.steps.weights import Weights, factor_weights, formula_weights, total_over

Ints = NDArray[np.int64]
Indices = NDArray[np.intp]


def divide(block: Block, rule: DivisionRule) -> Outcome:
    """Divide the money of a grant or stage in every scenario of a block."""
    return _Divider(block, rule).outcome()


class _Divider:
    """Takes one rule through its steps."""

    def __init__(self, block: Block, rule: DivisionRule) -> None:
        self.block, self.rule = block, rule
        self.count = block.district_count
        self.unit = block.policy.money.quantum if rule.paid else Fraction(1)

    def outcome(self) -> Outcome:
        if self.rule.method == "claim":
            return self._claims()
        return self._shares_and_levels()

    # -- what a formula says -------------------------------------------------------------------

    def _eligible(self) -> Mask:
        if self.rule.eligible is None:
            return np.ones((1, self.count), dtype=bool)
        truth = self.block.truth(self.rule.eligible).value
        unknown = np.isnan(truth)
        if unknown.any():
            self.block.fault("allocation.eligible_missing", self.rule.eligible, unknown)
        return np.broadcast_to(truth == 1, (len(truth), self.count))

    def _figure(self, formula: Formula, eligible: Mask) -> Figure:
        """Return figures that every eligible district must have."""
        figure = self.block.figure(formula)
        missing = np.isnan(figure.value) & eligible
        if missing.any():
            self.block.fault("allocation.figure_missing", formula, missing)
            figure = _filled(figure)
        return figure

    def _declared(self, formula: Formula | None, eligible: Mask) -> Declared | None:
        """Return a floor, cap or fixed value in quanta."""
        if formula is None:
            return None
        found = declared(self.block.figure(formula))
        if (found.missing & eligible).any():
            self.block.fault("allocation.bound_missing", formula, found.missing & eligible)
        return replace(found, figure=found.figure.scaled(1 / self.unit))

    # -- share and level -----------------------------------------------------------------------

    def _shares_and_levels(self) -> Outcome:
        rule = self.rule
        eligible = self._eligible()
        weights, weight, offset = None, ZERO, None
        if rule.share is not None:
            weights = self._weights(eligible)
            weight = weights.figure
        elif rule.level is not None:
            weight, offset = self._level(eligible)
        pools = find_pools(self.block, rule, self.unit)
        assert pools is not None  # the document checked that a share or level has a pool
        fixed = self._declared(rule.fixed, eligible)
        free = eligible if fixed is None else eligible & ~fixed.present
        floor, cap = self._declared(rule.floor, free), self._declared(rule.cap, free)
        limits = bounds(floor, cap, fixed, eligible, _spread(pools.totals, pools.groups))
        self._check_fixed(limits)
        weight = weight.where(~limits.fixed, ZERO)
        weight = weight.spread_to(np.broadcast_shapes(weight.value.shape, (1, self.count)))
        if rule.level is not None and rule.level.by is not None:
            assert offset is not None
            pools = level_totals(self.block, rule, pools, weight, offset, limits)
            offset = None
        figures = DivisionFigures(
            weight, offset, limits.floor, limits.cap, pools.totals, pools.groups
        )
        return self._fitted(eligible, weights, None, limits, pools, figures)

    def _weights(self, eligible: Mask) -> Weights:
        share = self.rule.share
        assert share is not None
        block = self.block
        coefficient = None
        if share.coefficient is not None:
            coefficient = self._figure(share.coefficient, eligible)
        if share.formula is not None:
            figure = self._figure(share.formula, eligible)
            weights = formula_weights(figure, coefficient, eligible)
        else:
            factors = [
                (_number(block, f.weight), self._figure(f.formula, eligible)) for f in share.factors
            ]
            weights = factor_weights(factors, coefficient, eligible)
        return self._sound(weights)

    def _sound(self, weights: Weights) -> Weights:
        """Report negative weights and factors that are zero for everybody."""
        share = self.rule.share
        assert share is not None
        for number, where in weights.negative:
            formula = share.formula if number < 0 else share.factors[number].formula
            formula = formula or share.coefficient or share.factors[0].formula
            self.block.fault("allocation.weight_negative", formula, where)
        for number, where in weights.all_zero:
            formula = share.factors[number].formula
            self.block.fault("allocation.factor_all_zero", formula, where)
        bad = [where for _, where in weights.negative]
        if not bad:
            return weights
        shape = np.broadcast_shapes(*(w.shape for w in bad))
        faulty = np.logical_or.reduce([np.broadcast_to(w, shape) for w in bad])
        return replace(weights, figure=weights.figure.where(~faulty, ZERO))

    def _level(self, eligible: Mask) -> tuple[Figure, Figure]:
        level = self.rule.level
        assert level is not None
        per, own = self._figure(level.per, eligible), self._figure(level.own, eligible)
        per = per.where(eligible, ZERO).settled()
        below = per.signs() < 0
        if below.any():
            self.block.fault("allocation.weight_negative", level.per, below)
            per = per.where(~below, ZERO)
        return per, own.where(eligible, ZERO).scaled(1 / self.unit)

    def _check_fixed(self, limits: Bounds) -> None:
        if self.rule.fixed is None or not limits.fixed.any():
            return
        below = limits.fixed & (limits.floor.signs() < 0)
        if below.any():
            self.block.fault("allocation.fixed_negative", self.rule.fixed, below)

    # -- claims --------------------------------------------------------------------------------

    def _claims(self) -> Outcome:
        rule = self.rule
        assert rule.claim is not None
        eligible = self._eligible()
        fixed = self._declared(rule.fixed, eligible)
        free = eligible if fixed is None else eligible & ~fixed.present
        floor, cap = self._declared(rule.floor, free), self._declared(rule.cap, free)
        claim = self._figure(rule.claim, free).scaled(1 / self.unit).where(free, ZERO)
        claim = clipped(claim, _inside(floor, free), _inside(cap, free))
        penalty = np.broadcast_to(claim.signs() < 0, np.broadcast_shapes(claim.value.shape, (1, 1)))
        positive = claim.where(~penalty, ZERO)
        limits = bounds(floor, None, fixed, free, positive)
        is_fixed = eligible & ~free
        if fixed is not None:
            positive = fixed.figure.where(is_fixed, positive)
            claim = fixed.figure.where(is_fixed, claim)
            self._check_fixed(replace(limits, fixed=is_fixed, floor=positive))
        capped = np.zeros_like(free) if cap is None else cap.present & free
        low = positive.where(is_fixed, limits.floor)
        shape = np.broadcast_shapes(positive.value.shape, low.value.shape, (1, self.count))
        claim, positive, low = (f.spread_to(shape) for f in (claim, positive, low))
        limits = replace(limits, floor=low, cap=positive, fixed=is_fixed, capped=capped)
        penalty = np.broadcast_to(penalty, shape)
        return self._claimed(eligible, claim, positive, limits, penalty)

    def _claimed(
        self, eligible: Mask, claim: Figure, positive: Figure, limits: Bounds, penalty: Mask
    ) -> Outcome:
        """Meet the claims from the pool, or from the budget: in full, or by what to do if short."""
        whole = self._rounded_claims(claim) if self.rule.paid else None
        asked = None if whole is None else np.maximum(whole, 0).sum(axis=-1, keepdims=True)
        pools = find_pools(self.block, self.rule, self.unit, asked)
        outcome = Outcome(
            self.rule,
            self.unit,
            eligible,
            None,
            claim,
            limits,
            pools.groups if pools else Groups.one(self.count),
            pools.asked if pools else asked,
            pools.pool if pools else asked,
            pools.totals if pools else None,
            None,
            penalty,
            claim,
            *_no_groups(self.block.size),
            amounts=whole,
            unspent=None if whole is None else np.zeros((self.block.size, 1), dtype=np.int64),
        )
        if pools is None or not self._limited(pools, positive, whole):
            return outcome if pools is None else self._unlimited(outcome, whole)
        figures = DivisionFigures(
            positive, None, limits.floor, positive, pools.totals, pools.groups
        )
        return self._fitted(eligible, None, claim, limits, pools, figures, penalty, whole)

    def _rounded_claims(self, claim: Figure) -> Ints:
        """Return claims as whole amounts, halves away from zero (method, section 12)."""
        multiple = self.rule.rounding.multiple
        size = (self.block.size, self.count)
        value = np.ascontiguousarray(np.broadcast_to(claim.value, size))
        figures = Bounded(value, np.broadcast_to(claim.bounded.error, size))
        return round_half_away(figures, claim.exact, multiple) * multiple

    def _limited(self, pools: Pools, positive: Figure, whole: Ints | None) -> bool:
        """Tell whether claims, exact or rounded, exceed the money anywhere."""
        sums = total_over(positive, pools.groups)
        if bool((sums.compared(pools.totals) > 0).any()):
            return True
        if whole is None:
            return False
        rounded = pools.groups.sum_int(np.maximum(whole, 0))
        return bool((rounded > pools.totals.bounded.value).any())

    def _unlimited(self, outcome: Outcome, whole: Ints | None) -> Outcome:
        if whole is None or outcome.pool is None:
            return outcome
        taken = np.maximum(whole, 0).sum(axis=-1, keepdims=True)
        return replace(outcome, unspent=outcome.pool - taken)

    # -- fit, shortage, rounding ---------------------------------------------------------------

    def _fitted(
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
        fitted = fit(figures.division())
        short = fitted.status == SHORT
        compressed = np.zeros_like(short)
        if claim is not None:
            compressed = total_over(figures.cap, pools.groups).compared(pools.totals) > 0
        if short.any():
            fitted = fit(figures.scaled(short).division())
        if penalty is None:
            penalty = np.zeros((1, self.count), dtype=bool)
        entitled = Figure(fitted.entitlement, fitted.exact_entitlements)
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
        )
        return self._rounded(outcome, fitted, whole) if self.rule.paid else outcome

    def _rounded(self, outcome: Outcome, fitted: Fit, whole: Ints | None) -> Outcome:
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
        )
        amounts = result.amounts
        if whole is not None:
            amounts = _claims_in_full(amounts, whole, outcome)
        taken = np.maximum(amounts, 0).sum(axis=-1, keepdims=True)
        return replace(
            outcome,
            amounts=amounts,
            unspent=outcome.pool - taken,
            below_floor=result.below_floor,
            no_whole=result.no_whole,
        )


def _number(block: Block, number: object) -> Figure:
    """Return a number of the document as a figure, (S, 1)."""
    from transfers.formula.nodes import Number

    assert isinstance(number, Number)
    value = block.number(number)

    def exact(scenario: int, members: Indices) -> Rationals:
        path = number.path
        moved = number.value if path is None else block.moves[scenario].get(path, number.value)
        return Rationals.repeated(moved, len(members))

    return Figure(value, exact)


def _filled(figure: Figure) -> Figure:
    """Put 0 where a figure is missing (and reported), so that other scenarios go on."""
    missing = np.isnan(figure.value)
    inner = figure.bounded
    filled = Bounded(np.where(missing, 0.0, inner.value), np.where(missing, 0.0, inner.error))
    return Figure(filled, figure.exact).where(~missing, ZERO)


def _inside(bound: Declared | None, free: Mask) -> Declared | None:
    return None if bound is None else replace(bound, present=bound.present & free)


def _spread(totals: Figure, groups: Groups) -> Figure:
    """Return each district's share of the totals: the money of its group, (S, N)."""
    inner = totals.bounded
    error = np.broadcast_to(inner.error, inner.value.shape)
    decimals = inner.decimals
    if decimals is not None:
        spread = np.ascontiguousarray(groups.spread(decimals.mantissas))
        decimals = replace(decimals, mantissas=spread)
    figures = Bounded(groups.spread(inner.value), groups.spread(error), decimals)
    return Figure(figures, lambda s, m: totals.exact(s, groups.of[m]))


def _no_groups(scenarios: int) -> tuple[Mask, Mask]:
    nothing = np.zeros((scenarios, 1), dtype=bool)
    return nothing, nothing


def whole_totals(totals: Figure, scenarios: int) -> Ints:
    """Return the money of each group in whole quanta, (S, G) int64."""
    decimals = totals.bounded.decimals
    assert decimals is not None and decimals.places == 0
    return np.broadcast_to(decimals.mantissas, (scenarios, decimals.mantissas.shape[1]))


def _claims_in_full(amounts: Ints, whole: Ints, outcome: Outcome) -> Ints:
    """Return claims rounded one by one where they all fit, and penalties always so."""
    totals = outcome.totals
    assert totals is not None
    groups = outcome.groups
    rounded = groups.sum_int(np.maximum(whole, 0))
    fits = ~outcome.compressed & (rounded <= whole_totals(totals, len(whole)))
    one_by_one = groups.spread(fits) | outcome.penalty
    return np.where(one_by_one, whole, amounts)
