"""Claims: what districts are entitled to, met in full where the money is enough.

Method: sections 11 and 12.
"""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.figure import ZERO, Figure
from transfers.arithmetic.sums import total_over
from transfers.axes import Groups
from transfers.dividing.divider import UNBOUNDED, Divider
from transfers.dividing.pools import MOST, Pools, find_pools
from transfers.dividing.reserves import relieved
from transfers.kernel.closing import close
from transfers.kernel.figures import DivisionFigures
from transfers.kernel.rounding import round_half_away
from transfers.outcome import Outcome
from transfers.steps.bounds import Bounds, Declared, bounds, clipped

Ints = NDArray[np.int64]


class Claiming(Divider):
    """Meets claims from a pool or from the budget; penalties stand beside it."""

    def outcome(self) -> Outcome:
        """Return what the claims come to."""
        rule = self.rule
        assert rule.claim is not None
        eligible = self.eligible()
        fixed = self.declared(rule.fixed, eligible)
        free = eligible if fixed is None else eligible & ~fixed.present
        floor, cap = self.declared(rule.floor, free), self.declared(rule.cap, free)
        claim = self.figure(rule.claim, free).scaled(1 / self.unit).where(free, ZERO)
        claim = clipped(claim, _inside(floor, free), _inside(cap, free))
        penalty = np.broadcast_to(claim.signs() < 0, np.broadcast_shapes(claim.value.shape, (1, 1)))
        positive = claim.where(~penalty, ZERO)
        limits = bounds(floor, None, fixed, free, positive)
        is_fixed = eligible & ~free
        if fixed is not None:
            positive = fixed.figure.where(is_fixed, positive)
            claim = fixed.figure.where(is_fixed, claim)
            self.check_fixed(replace(limits, fixed=is_fixed, floor=positive))
        capped = np.zeros_like(free) if cap is None else cap.present & free
        most = positive if cap is None else cap.figure.where(capped, positive)
        low = positive.where(is_fixed, limits.floor)
        parts = (claim, positive, low, most)
        shape = np.broadcast_shapes(*(part.value.shape for part in parts), (1, self.count))
        claim, positive, low, most = (f.spread_to(shape) for f in (claim, positive, low, most))
        least = low
        if floor is not None:
            least = floor.figure.where(limits.floored, low).spread_to(shape)
        crossed = limits.floored & capped & (least.compared(most) > 0)
        limits = replace(
            limits, floor=least, cap=most, fixed=is_fixed, capped=capped, crossed=crossed
        )
        penalty = np.broadcast_to(penalty, shape)
        return self._claimed(eligible, claim, (positive, low), limits, penalty)

    def _claimed(
        self,
        eligible: Mask,
        claim: Figure,
        positive_and_low: tuple[Figure, Figure],
        limits: Bounds,
        penalty: Mask,
    ) -> Outcome:
        """Meet the claims from the pool, or from the budget: in full, or by what to do if short."""
        positive, low = positive_and_low
        whole = self._rounded_claims(claim, limits) if self.rule.whole else None
        asked, paid_in = self._net(whole)
        pools = find_pools(self.block, self.rule, self.unit, eligible, asked, paid_in)
        unlimited = asked
        if asked is not None and paid_in is not None:
            unlimited = asked + paid_in.sum(axis=-1, keepdims=True)
        groups = pools.groups if pools else Groups.one(self.count)
        nobody = np.zeros((self.block.size, groups.count), dtype=bool)
        outcome = Outcome(
            self.rule,
            self.unit,
            eligible,
            None,
            claim,
            limits,
            groups,
            pools.asked if pools else asked,
            pools.pool if pools else unlimited,
            pools.totals if pools else None,
            None,
            penalty,
            claim,
            nobody,
            nobody,
            amounts=whole,
            unspent=None if whole is None or unlimited is None else unlimited - taken(whole),
            own=pools.own if pools else asked,
            draws=pools.draws if pools else (),
            claimed=asked,
        )
        if pools is None or not self._limited(pools, positive, whole):
            return self._marked(outcome if pools is None else self._unlimited(outcome, whole))
        pools = self._relieved(pools, positive)
        figures = DivisionFigures(positive, None, low, positive, self._money(pools), pools.groups)
        outcome = self.fitted(eligible, None, claim, limits, pools, figures, penalty, whole)
        return self._marked(replace(outcome, claimed=asked))

    def _net(self, whole: Ints | None) -> tuple[Ints | None, Ints | None]:
        """Return what claims ask for, (S, 1), and what is paid into their own pool, (S, N)."""
        if whole is None:
            return None, None
        if self.rule.contributions != "pool":
            return taken(whole), None
        paid_in = np.maximum(-whole, 0)
        return np.maximum(taken(whole) - taken(-whole), 0), paid_in

    def _marked(self, outcome: Outcome) -> Outcome:
        """Mark claims between whose bounds no payable sum lies, whoever else is in the batch."""
        if not self.rule.whole:
            return outcome
        limits = outcome.bounds
        least = self.whole(limits.floor)[1]
        most = self.whole(limits.cap)[0]
        both = (limits.floored & limits.capped) | limits.fixed
        no_whole = np.broadcast_to(both & (least > most), (self.block.size, self.count))
        below = outcome.below_floor
        if below is None:
            below = np.zeros_like(no_whole)
        return replace(outcome, no_whole=no_whole, below_floor=below & ~no_whole)

    def _rounded_claims(self, claim: Figure, limits: Bounds) -> Ints:
        """Return claims as whole amounts, halves away from zero (method, section 12).

        Where a whole amount lies between a claim's bounds, it is rounded to such a one.
        """
        multiple = self.rule.rounding.multiple
        size = (self.block.size, self.count)
        value = np.ascontiguousarray(np.broadcast_to(claim.value, size))
        too_much = np.abs(value).sum(axis=-1, keepdims=True) >= MOST
        if too_much.any():
            assert self.rule.claim is not None
            self.block.fault("allocation.too_much", self.rule.claim, too_much)
            value = np.where(too_much, 0.0, value)
        error = np.where(too_much, 0.0, np.broadcast_to(claim.bounded.error, size))
        figures = Bounded(value, error)
        if self.rule.rounding.closes:
            exact = Figure(figures, claim.exact)
            lower, upper = (self._inside(limits, x) for x in self.whole(exact))
            whole = close(exact, lower, upper, multiple, self.block.districts.key_order)
        else:
            whole = self._inside(limits, round_half_away(figures, claim.exact, multiple))
        return whole * multiple

    def _inside(self, limits: Bounds, whole: Ints) -> Ints:
        """Bring rounded claims inside their declared bounds where a whole amount is."""
        if not (limits.floored.any() or limits.capped.any()):
            return whole
        lowest = np.where(limits.floored, self.whole(limits.floor)[1], -UNBOUNDED)
        highest = np.where(limits.capped, self.whole(limits.cap)[0], UNBOUNDED)
        inside = np.minimum(np.maximum(whole, lowest), highest)
        return np.where(lowest <= highest, inside, whole)

    def _money(self, pools: Pools) -> Figure:
        """Return what claims are held against: a pool, or less of the budget than they ask for.

        Claims without a pool that get what they ask for are met, though rounding down may ask for
        less than they add up to.
        """
        short = self._asks_too_much(pools)
        if short is None:
            return pools.totals
        assert pools.pool is not None
        ample = pools.pool + self.count * self.rule.rounding.multiple
        return Figure.whole(np.where(short, pools.pool, ample))

    def _relieved(self, pools: Pools, positive: Figure) -> Pools:
        """Let reserves make up what the money lacks for the claims."""
        where = self._asks_too_much(pools)
        return relieved(self.block, self.rule, pools, total_over(positive, pools.groups), where)

    def _asks_too_much(self, pools: Pools) -> Mask | None:
        """Tell where claims without a pool get less than they ask for: (S, 1), None with a pool."""
        if not self.rule.asks_itself or pools.asked is None or pools.own is None:
            return None
        had = pools.own
        for draw in pools.draws:
            had = had + draw.all_offered
        return np.asarray(had < pools.asked)

    def _limited(self, pools: Pools, positive: Figure, whole: Ints | None) -> bool:
        """Tell whether claims, exact or rounded, exceed the money anywhere."""
        short = self._asks_too_much(pools)
        if short is not None:
            return bool(short.any())
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
        return replace(outcome, unspent=outcome.pool - taken(whole))


def taken(whole: Ints) -> Ints:
    """Return what amounts above zero take: (S, 1) int64, quanta."""
    together: Ints = np.maximum(whole, 0).sum(axis=-1, keepdims=True)
    return together


def _inside(bound: Declared | None, free: Mask) -> Declared | None:
    return None if bound is None else replace(bound, present=bound.present & free)
