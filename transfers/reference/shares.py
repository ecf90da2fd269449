"""Divisions by weights, and levels (method, sections 2, 5, 6, 9 and 10).

The order: eligible, weights, coefficient, pool, fixed, fit, what to do when short, rounding,
unspent.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from transfers.policy.rules import Formula
from transfers.reference.anatomy import ZERO, Divided, Division, Group
from transfers.reference.fitting import Fitted, Member, fit, scaled_floors


class SharesAndLevels(Division):
    """Divides a pool by relative weights, or raises the poorest to one level."""

    # -- weights -------------------------------------------------------------------------------

    def _weights(self) -> list[Fraction]:
        """Sections 9 and 10: factors normalised over all eligible, weighted, times coefficient."""
        share = self.rule.share
        assert share is not None
        coefficient = [Fraction(1) for _ in self.everyone]
        if share.coefficient is not None:
            coefficient = self.figures(share.coefficient, self.eligible)
        weights = [ZERO for _ in self.everyone]
        if share.formula is not None:
            weights = self.figures(share.formula, self.eligible)
        for factor in share.factors:
            figures = self.figures(factor.formula, self.eligible)
            negative = [i for i in self.everyone if figures[i] < 0]
            self.refuse("weight_negative", factor.formula, negative)
            whole = sum(figures)
            if whole == 0:
                self.refuse("factor_all_zero", factor.formula, list(self.everyone))
            number = self.scenario.reader.number(factor.weight)
            weights = [weights[i] + number * figures[i] / whole for i in self.everyone]
        weights = [weights[i] * coefficient[i] for i in self.everyone]
        formula = share.formula or share.coefficient or share.factors[0].formula
        self.refuse("weight_negative", formula, [i for i in self.everyone if weights[i] < 0])
        return weights

    def _level(self) -> tuple[list[Fraction], list[Fraction]]:
        level = self.rule.level
        assert level is not None
        per, own = self.figures(level.per, self.eligible), self.figures(level.own, self.eligible)
        self.refuse("weight_negative", level.per, [i for i in self.everyone if per[i] < 0])
        return per, [figure / self.quantum for figure in own]

    # -- shares and levels ---------------------------------------------------------------------

    def divided(self) -> Divided:
        """Divide by weights, or raise the poorest to one level."""
        weights, offsets = (
            (self._weights(), [ZERO for _ in self.everyone])
            if self.rule.share is not None
            else self._level()
        )
        pool = self.pool()
        assert pool is not None
        groups = self.pools(pool)
        fixed = self.fixed()
        free = [self.eligible[i] and fixed[i] is None for i in self.everyone]
        floors, caps = self.bounds(self.rule.floor, free), self.bounds(self.rule.cap, free)
        least = [self._limits(i, floors[i], caps[i], fixed[i], ZERO)[0] for i in self.everyone]
        groups = self.helped(groups, least)
        pool = sum((group.money or ZERO for group in groups), ZERO)
        most = self._most(groups)
        members: list[Member] = []
        for i in self.everyone:
            low, high = self._limits(i, floors[i], caps[i], fixed[i], most[i])
            weight = weights[i] if free[i] else ZERO
            capped = None if caps[i] is None else high
            order = self.scenario.order[i]
            members.append(Member(weight, offsets[i], low, high, order, declared_cap=capped))
        members = self.with_column(members)
        level: Fitted | None = None
        if self.rule.level is not None and self.rule.level.by is not None:
            groups, level = self._levelled(self.rule.level.by, members, pool)
            members = [replace(member, offset=ZERO) for member in members]
        divided = self.empty()
        for group in groups:
            assert group.money is not None
            fitted = fit([members[i] for i in group.members], group.money)
            if fitted.status == "short":
                if level is None:
                    self.reject_unless_scaled()
                fitted = scaled_floors(fitted.members, group.money)
            self.note(divided, group.members, fitted)
        if level is not None:
            divided.rates = [level.rate for _ in self.everyone]
        for i in self.everyone:
            entitled, (low, high) = divided.entitlements[i], (members[i].floor, members[i].cap)
            divided.at_floor[i] = floors[i] is not None and entitled == low
            divided.at_cap[i] = caps[i] is not None and high > low and entitled == high
        if self.rule.collects and divided.amounts is not None:  # section 33
            divided.collected = int(pool)
            divided.entitlements = [-entitled for entitled in divided.entitlements]
            divided.amounts = [-amount for amount in divided.amounts]
        return divided

    def _most(self, groups: list[Group]) -> list[Fraction]:
        """Return the money of each district's group: what no cap means."""
        most = [ZERO for _ in self.everyone]
        for group in groups:
            for i in group.members:
                most[i] = group.money or ZERO
        return most

    def _limits(
        self,
        i: int,
        least: Fraction | None,
        cap: Fraction | None,
        fixed: Fraction | None,
        most: Fraction,
    ) -> tuple[Fraction, Fraction]:
        """Sections 5 and 6: a floor above its cap wins; a fixed district gets its value."""
        if not self.eligible[i]:
            return ZERO, ZERO
        if fixed is not None:
            return fixed, fixed
        low = max(ZERO, least or ZERO)
        high = most if cap is None else max(ZERO, cap)
        return low, max(low, high)

    def _levelled(
        self, by: Formula, members: list[Member], pool: Fraction
    ) -> tuple[list[Group], Fitted]:
        """Raise the poorest groups to one level: the sums of what their members have.

        Floors are short here or not at all: what a group's whole total may lack for the floors
        of its members is less than a quantum.
        """
        groups = self.groups(by)
        sums = [
            Member(
                sum((members[i].weight for i in numbers), ZERO),
                sum((members[i].offset for i in numbers), ZERO),
                sum((members[i].floor for i in numbers), ZERO),
                sum((members[i].cap for i in numbers), ZERO),
                name,
            )
            for name, numbers in groups.items()
        ]
        fitted = fit(sums, pool)
        if fitted.status == "short":
            self.reject_unless_scaled()
            fitted = scaled_floors(sums, pool)
        return self.closed(groups, fitted), fitted
