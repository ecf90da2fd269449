"""Absolute entitlements (method, sections 11 and 12)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from transfers.reference.anatomy import ZERO, Divided, Division, Group
from transfers.reference.fitting import Fitted, Member, fit, scaled_floors, whole_amounts
from transfers.reference.formulas import half_away


class Claims(Division):
    """Pays claims in full, or what to do if short."""

    def divided(self) -> Divided:
        """Sections 11 and 12: claims inside their bounds, then the pool, if there is one."""
        rule = self.rule
        assert rule.claim is not None
        fixed = self.fixed()
        free = [self.eligible[i] and fixed[i] is None for i in self.everyone]
        floors, caps = self.bounds(rule.floor, free), self.bounds(rule.cap, free)
        claims = [figure / self.quantum for figure in self.figures(rule.claim, free)]
        members: list[Member] = []
        for i in self.everyone:
            claims[i] = self._clipped(claims[i], floors[i], caps[i])
            low, high = max(ZERO, floors[i] or ZERO), max(ZERO, claims[i])
            fixed_value = fixed[i]
            if fixed_value is not None:
                claims[i] = low = high = fixed_value
            order = self.scenario.order[i]
            members.append(
                Member(high, ZERO, low, high, order, rounds_up=free[i], declared_cap=caps[i])
            )
        divided = self.empty()
        whole = [self._whole_claim(i, claims[i], floors[i], caps[i]) for i in self.everyone]
        if rule.rounding.closes:
            whole = self._closed(claims, floors, caps)
        asked = sum(max(0, amount) for amount in whole)
        paid_in = [max(0, -amount) for amount in whole]
        if rule.contributions == "pool":
            self.helping.paid_in = sum(paid_in)
            asked = max(0, asked - sum(paid_in))
        pool = self.pool(asked)
        members = self.with_column(members)
        # Claims without a pool that get what they ask for are met, though rounding down may ask
        # for less than they add up to.
        if rule.pool is None and not rule.remainder and pool == asked:
            groups = [Group(list(self.everyone), None)]
        else:
            groups = self.pools(pool)
            if pool is not None:
                if rule.contributions == "pool":
                    groups = self.with_contributions(groups, paid_in)
                groups = self.helped(groups, [member.cap for member in members])
                pool = sum((group.money or ZERO for group in groups), ZERO) - self.helping.paid_in
            if rule.pool is None and not rule.remainder and pool is not None and pool >= asked:
                groups = [Group(list(self.everyone), None)]
        for group in groups:
            self._met(divided, group, members, claims, whole)
        for i in self.everyone:
            entitled = divided.entitlements[i]
            least, most = floors[i], caps[i]
            divided.at_floor[i] = least is not None and entitled == least
            divided.at_cap[i] = most is not None and entitled == most and most > (least or ZERO)
        return divided

    @staticmethod
    def _clipped(claim: Fraction, least: Fraction | None, most: Fraction | None) -> Fraction:
        if most is not None:
            claim = min(claim, most)
        return claim if least is None else max(claim, least)

    def _closed(
        self,
        claims: list[Fraction],
        floors: list[Fraction | None],
        caps: list[Fraction | None],
    ) -> list[int]:
        """Section 12: claims rounded down or up, so that they add up to their rounded sum."""
        unit = self.rule.rounding.multiple
        ends: list[list[int]] = []
        for end in (floor, ceil):
            exact = [Fraction(end(claim / unit) * unit) for claim in claims]
            figures = zip(exact, floors, caps, strict=True)
            ends.append([self._whole_claim(0, *each) // unit for each in figures])
        units, most = ends
        target = half_away(sum(claims, ZERO) / unit)
        while sum(units) < min(target, sum(most)):
            able = [i for i in self.everyone if units[i] < most[i]]
            orders = self.scenario.order
            next_one = min(able, key=lambda i: (units[i] - claims[i] / unit, orders[i]))
            units[next_one] += 1
        return [number * unit for number in units]

    def _whole_claim(
        self, i: int, claim: Fraction, least: Fraction | None, most: Fraction | None
    ) -> int:
        """Round a claim half away from zero, inside its bounds where a whole sum fits."""
        unit = self.rule.rounding.multiple
        units = half_away(claim / unit)
        lowest = None if least is None else ceil(least / unit)
        highest = None if most is None else floor(most / unit)
        if lowest is not None and highest is not None and lowest > highest:
            return units * unit
        if lowest is not None:
            units = max(units, lowest)
        if highest is not None:
            units = min(units, highest)
        return units * unit

    def _met(
        self,
        divided: Divided,
        group: Group,
        members: list[Member],
        claims: list[Fraction],
        whole: list[int],
    ) -> None:
        """Meet the claims of one group: in full, or by what to do if short."""
        numbers, money = group.members, group.money
        for i in numbers:
            divided.entitlements[i], divided.rates[i] = claims[i], Fraction(1)
        positive = [members[i] for i in numbers]
        if money is not None and sum(member.cap for member in positive) > money:
            self.reject_unless_scaled()
            fitted = fit(positive, money)
            if fitted.status == "short":
                fitted = scaled_floors(positive, money)
            self.note(divided, numbers, fitted)
        elif divided.amounts is not None:
            amounts = [whole[i] for i in numbers]
            if money is not None and sum(max(0, amount) for amount in amounts) > money:
                met = Fitted("surplus", positive, money, Fraction(1), [m.cap for m in positive])
                amounts = whole_amounts(met, self.rule.rounding.rule, self.rule.rounding.multiple)
            for i, amount in zip(numbers, amounts, strict=True):
                divided.amounts[i] = amount
        for i in numbers:
            if claims[i] < 0:  # penalties: beside the pool, never compressed
                divided.entitlements[i] = claims[i]
                if divided.amounts is not None:
                    divided.amounts[i] = whole[i]
