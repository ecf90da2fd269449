"""Shares and levels: districts weigh against each other for a pool.

Method: sections 2, 8, 9 and 10.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.figure import ZERO, Figure
from transfers.arithmetic.rationals import Rationals
from transfers.arithmetic.sums import total_over
from transfers.axes import Groups
from transfers.block import Block
from transfers.dividing.divider import Divider
from transfers.dividing.pools import Pools, find_pools, level_totals
from transfers.dividing.reserves import relieved
from transfers.formula.nodes import Number
from transfers.kernel.figures import DivisionFigures
from transfers.outcome import Outcome
from transfers.policy.rules import Factor
from transfers.steps.bounds import Bounds, bounds
from transfers.steps.weights import (
    FactorShare,
    Weights,
    factor_share,
    factor_weights,
    formula_weights,
)

Indices = NDArray[np.intp]
TINIEST = 1e-280


class Sharing(Divider):
    """Divides a pool by relative weights, or raises the poorest to one level."""

    def outcome(self) -> Outcome:
        """Return what the shares or the levels come to."""
        rule = self.rule
        eligible = self.eligible()
        weights, weight, offset = None, ZERO, None
        if rule.share is not None:
            weights = self._weights(eligible)
            weight = weights.figure
        elif rule.level is not None:
            weight, offset = self._level(eligible)
        pools = find_pools(self.block, rule, self.unit, eligible)
        assert pools is not None  # the document checked that a share or level has a pool
        fixed = self.declared(rule.fixed, eligible)
        free = eligible if fixed is None else eligible & ~fixed.present
        floor, cap = self.declared(rule.floor, free), self.declared(rule.cap, free)
        limits = bounds(floor, cap, fixed, eligible, _spread(pools.totals, pools.groups))
        self.check_fixed(limits)
        relief = self._relieved(pools, limits)
        if relief is not pools:
            # No cap means all there is, which is more now.
            pools = relief
            limits = bounds(floor, cap, fixed, eligible, _spread(pools.totals, pools.groups))
        weight = weight.where(~limits.fixed, ZERO)
        weight = weight.spread_to(np.broadcast_shapes(weight.bounded.shape, (1, self.count)))
        if rule.level is not None and rule.level.by is not None:
            assert offset is not None
            pools = level_totals(self.block, rule, pools, eligible, (weight, offset), limits)
            offset = None
        figures = DivisionFigures(
            weight, offset, limits.floor, limits.cap, pools.totals, pools.groups
        )
        outcome = self.fitted(eligible, weights, None, limits, pools, figures)
        return _collected(outcome) if rule.collects else outcome

    def _relieved(self, pools: Pools, limits: Bounds) -> Pools:
        """Let reserves make up what the money lacks for the floors."""
        by_group = self.rule.level is not None and self.rule.level.by is not None
        groups = Groups.one(self.count) if by_group else pools.groups
        floors = limits.floor.spread_to((limits.floor.bounded.shape[0], self.count))
        return relieved(self.block, self.rule, pools, total_over(floors, groups))

    def _weights(self, eligible: Mask) -> Weights:
        share = self.rule.share
        assert share is not None
        coefficient = None
        if share.coefficient is not None:
            coefficient = self.figure(share.coefficient, eligible)
        if share.formula is not None:
            figure = self.figure(share.formula, eligible)
            weights = formula_weights(figure, coefficient, eligible)
        else:
            shares = [self._share(factor, eligible) for factor in share.factors]
            weighted = [
                self._weighted(factor, part)
                for factor, part in zip(share.factors, shares, strict=True)
            ]
            weights = factor_weights(shares, weighted, coefficient, eligible)
        return self._sound(weights)

    def _share(self, factor: Factor, eligible: Mask) -> FactorShare:
        return self.block.kept(
            ("share", self.rule.name, factor.name),
            (factor.formula, self.rule.eligible),
            lambda: factor_share(self.figure(factor.formula, eligible), eligible),
        )

    def _weighted(self, factor: Factor, part: FactorShare) -> Figure:
        block, weight = self.block, factor.weight

        def make() -> Figure:
            return part.share.times(_number(block, weight))

        if weight.path in block.moved:
            return make()
        rests = (factor.formula, self.rule.eligible)
        return block.kept(("weighted", self.rule.name, factor.name), rests, make)

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
        tiny = _tiny(weights.figure)
        if tiny.any():
            formula = share.formula or share.coefficient or share.factors[0].formula
            self.block.fault("allocation.too_small", formula, tiny)
        bad = [where for where in (*(w for _, w in weights.negative), tiny) if where.any()]
        if not bad:
            return weights
        shape = np.broadcast_shapes(*(w.shape for w in bad))
        faulty = np.logical_or.reduce([np.broadcast_to(w, shape) for w in bad])
        return replace(weights, figure=weights.figure.where(~faulty, ZERO))

    def _level(self, eligible: Mask) -> tuple[Figure, Figure]:
        level = self.rule.level
        assert level is not None
        per, own = self.figure(level.per, eligible), self.figure(level.own, eligible)
        per = per.where(eligible, ZERO).settled()
        below = per.signs() < 0
        if below.any():
            self.block.fault("allocation.weight_negative", level.per, below)
            per = per.where(~below, ZERO)
        return per, own.where(eligible, ZERO).scaled(1 / self.unit)


def _collected(outcome: Outcome) -> Outcome:
    """Turn what was divided into what districts pay in."""
    assert outcome.amounts is not None and outcome.own is not None
    return replace(
        outcome,
        amounts=-outcome.amounts,
        taken=None,
        entitlement=outcome.entitlement.scaled(Fraction(-1)),
        penalty=outcome.eligible,
        unspent=np.broadcast_to(outcome.own, (len(outcome.amounts), 1)),
    )


def _tiny(figure: Figure) -> Mask:
    """Return where figures are above 0 by less than float64 can reckon with."""
    span = figure.bounded.span
    if span is not None and span.least >= TINIEST:
        return np.zeros((1, 1), dtype=bool)
    return (np.abs(figure.value) < TINIEST) & (figure.signs() > 0)


def _number(block: Block, number: Number) -> Figure:
    """Return a number of the document as a figure, (S, 1) where a scenario moves it."""
    if number.path is None or number.path not in block.moved:
        return Figure.constant(number.value)

    def exact(scenario: int, members: Indices) -> Rationals:
        return Rationals.repeated(number.among(block.moves[scenario]), len(members))

    return Figure(block.number(number), exact)


def _spread(totals: Figure, groups: Groups) -> Figure:
    """Return each district's share of the totals: the money of its group, (S, N)."""
    inner = totals.bounded
    if groups.count == 1:
        return Figure(inner, lambda s, m: totals.exact(s, groups.of[m]))
    error = np.broadcast_to(inner.error, inner.value.shape)
    decimals = inner.decimals
    if decimals is not None:
        spread = np.ascontiguousarray(groups.spread(decimals.mantissas))
        decimals = replace(decimals, mantissas=spread)
    figures = Bounded(groups.spread(inner.value), groups.spread(error), decimals)
    return Figure(figures, lambda s, m: totals.exact(s, groups.of[m]))
