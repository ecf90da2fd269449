"""The anatomy of a division of money, district by district (method, section 3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from transfers.policy.rules import DivisionRule, Formula
from transfers.reference.fitting import (
    Fitted,
    Member,
    fit,
    whole_amounts,
)
from transfers.reference.formulas import NO_BOUND, Column, as_text, fault
from transfers.reference.purses import MOST, Helping

if TYPE_CHECKING:
    from transfers.reference.scenario import Scenario

ZERO = Fraction(0)


class Rejected(Exception):
    """Floors or claims exceed the money, and the policy says to reject (section 14)."""


@dataclass(slots=True)
class Divided:
    """What a division came to, per district. Money in quanta; in the pool's unit for a stage.

    `collected` is what a levy was to collect.
    """

    entitlements: list[Fraction]
    rates: list[Fraction]
    at_floor: list[bool]
    at_cap: list[bool]
    amounts: list[int] | None = None
    collected: int | None = None


@dataclass(slots=True)
class Group:
    """Districts that share money: their numbers, and the money."""

    members: list[int]
    money: Fraction | None


class Division:
    """What shares, levels and claims have in common: who takes part, bounds, money, groups."""

    def __init__(self, scenario: Scenario, rule: DivisionRule) -> None:
        self.scenario, self.rule = scenario, rule
        self.everyone = range(len(scenario.names))
        self.quantum = scenario.quantum if rule.whole else Fraction(1)
        self.eligible = self._eligible()
        self.helping = Helping(scenario.purses)

    # -- what formulas say ---------------------------------------------------------------------

    def read(self, formula: Formula) -> Column:
        """Return what a formula yields for every district."""
        return self.scenario.reader.column(formula.node)

    def refuse(self, code: str, formula: Formula, where: list[int]) -> None:
        """End the run where there are districts at fault."""
        if where:
            raise fault(code, formula.text, [self.scenario.names[i] for i in where])

    def _eligible(self) -> list[bool]:
        if self.rule.eligible is None:
            return [True for _ in self.everyone]
        marks = self.read(self.rule.eligible)
        unknown = [i for i in self.everyone if marks[i] is None]
        self.refuse("eligible_missing", self.rule.eligible, unknown)
        return [mark is True for mark in marks]

    def figures(self, formula: Formula, needed: list[bool]) -> list[Fraction]:
        """Return figures, 0 where not needed; missing where needed is an error (section 16)."""
        values = self.read(formula)
        missing = [i for i in self.everyone if needed[i] and values[i] is None]
        self.refuse("figure_missing", formula, missing)
        return [self._plain(values[i]) if needed[i] else ZERO for i in self.everyone]

    @staticmethod
    def _plain(value: object) -> Fraction:
        assert isinstance(value, Fraction)
        return value

    def bounds(self, formula: Formula | None, needed: list[bool]) -> list[Fraction | None]:
        """Return declared bounds in quanta, None where there is none."""
        if formula is None:
            return [None for _ in self.everyone]
        values = self.read(formula)
        missing = [i for i in self.everyone if needed[i] and values[i] is None]
        self.refuse("bound_missing", formula, missing)
        return [
            self._plain(values[i]) / self.quantum
            if needed[i] and values[i] is not NO_BOUND
            else None
            for i in self.everyone
        ]

    def fixed(self) -> list[Fraction | None]:
        """Return fixed values in quanta, None where there is none."""
        fixed = self.bounds(self.rule.fixed, self.eligible)
        negative = [i for i in self.everyone if (fixed[i] or 0) < 0]
        if self.rule.fixed is not None:
            self.refuse("fixed_negative", self.rule.fixed, negative)
        return fixed

    # -- money ---------------------------------------------------------------------------------

    def pool(self, claimed: int | None = None) -> Fraction | None:
        """Return the money: what is asked for in quanta, as far as it is left (section 13)."""
        rule = self.rule
        left = self.scenario.left if rule.paid else None  # outputs take nothing from the budget
        if rule.collects or rule.draw is not None:
            left = None
        asked: Fraction | None = None
        if rule.remainder and rule.draw is not None:
            asked = Fraction(self.scenario.purses[rule.draw].available)
        elif rule.remainder:
            assert left is not None
            asked = Fraction(max(left, 0))
        elif rule.pool is not None and rule.within is not None and rule.within.share is None:
            asked = sum(self._of_groups(rule.pool, self.groups(rule.within.by)).values(), ZERO)
        elif rule.pool is not None:
            asked = self.scenario.money(rule.pool)
        elif claimed is not None and (left is not None or rule.draw is not None):
            asked = Fraction(claimed)
        elif claimed is not None:
            self.helping.own = claimed
        if asked is None or not rule.whole:
            return asked
        if rule.pool is not None:
            asked = Fraction(self.scenario.whole_quanta(asked, rule.pool))
        if rule.collects:
            return asked
        if rule.draw is not None:
            return Fraction(self.helping.make_up(int(asked), rule.draw))
        own = asked if left is None else min(asked, Fraction(max(left, 0)))
        self.helping.own = int(own)
        return own + self.helping.make_up(int(asked - own), self.scenario.draw)

    def helped(self, groups: list[Group], need: list[Fraction]) -> list[Group]:
        """Sections 26 and 27: reserves add what the money of a group lacks for its need."""
        members = [group.members for group in groups]
        money = [int(group.money or 0) for group in groups]
        needs = [sum((need[i] for i in numbers), ZERO) for numbers in members]
        more = self.helping.meet(self.rule, members, money, needs)
        if more == money:
            return groups
        pairs = zip(groups, money, more, strict=True)
        return [
            replace(group, money=(group.money or ZERO) + after - before)
            for group, before, after in pairs
        ]

    def with_contributions(self, groups: list[Group], paid_in: list[int]) -> list[Group]:
        """Section 33: what the members of a group pay in is money of that group."""
        self.helping.paid_in = sum(paid_in)
        whole = sum((group.money or ZERO for group in groups), ZERO) + sum(paid_in)
        if whole >= MOST:
            raise fault("too_much", self.rule.name, [])
        return [
            replace(group, money=(group.money or ZERO) + sum(paid_in[i] for i in group.members))
            for group in groups
        ]

    def groups(self, by: Formula) -> dict[str, list[int]]:
        """Return the groups by name, in code point order."""
        names = [as_text(value) for value in self.read(by)]
        taking_part = [i for i in self.everyone if self.eligible[i]]
        self.refuse("group_missing", by, [i for i in taking_part if names[i] is None])
        called = [name or "" for name in names]
        return {name: [i for i in self.everyone if called[i] == name] for name in sorted({*called})}

    def _of_groups(self, formula: Formula, groups: dict[str, list[int]]) -> dict[str, Fraction]:
        """Return the one value that a formula has in each group."""
        figures = self.figures(formula, self.eligible)
        values: dict[str, Fraction] = {}
        for name, everybody in groups.items():
            members = [i for i in everybody if self.eligible[i]]
            values[name] = figures[members[0]] if members else ZERO  # who is not there has no share
            differing = [i for i in members if figures[i] != values[name]]
            self.refuse("group_value_differs", formula, differing)
            self.refuse("weight_negative", formula, members if values[name] < 0 else [])
        return values

    def pools(self, money: Fraction | None) -> list[Group]:
        """Section 15: under ``within`` the groups' pools close to the total first."""
        within = self.rule.within
        if within is None or money is None:
            return [Group(list(self.everyone), money)]
        groups = self.groups(within.by)
        formula = within.share or self.rule.pool
        assert formula is not None
        shares = self._of_groups(formula, groups)
        if within.share is None and not self.rule.whole:
            return [Group(members, shares[name]) for name, members in groups.items()]
        sharing = [Member(shares[name], ZERO, ZERO, money, name) for name in groups]
        return self.closed(groups, fit(sharing, money))

    def closed(self, groups: dict[str, list[int]], fitted: Fitted) -> list[Group]:
        """Return the groups with their money; ties in whole quanta go by the group's name."""
        totals = fitted.entitlements
        if self.rule.whole:
            totals = [Fraction(amount) for amount in whole_amounts(fitted, "largest_remainder")]
        return [
            Group(members, total) for members, total in zip(groups.values(), totals, strict=True)
        ]

    # -- what comes out -------------------------------------------------------------------------

    def empty(self) -> Divided:
        """Return an outcome still without figures."""
        zeros = [ZERO for _ in self.everyone]
        nowhere = [False for _ in self.everyone]
        amounts = [0 for _ in self.everyone] if self.rule.whole else None
        return Divided(list(zeros), list(zeros), list(nowhere), list(nowhere), amounts)

    def reject_unless_scaled(self) -> None:
        """Meet a shortage: go on where it says ``scale``, else pay nobody (section 14)."""
        if "scale" not in self.rule.if_short:
            raise Rejected

    def note(self, divided: Divided, members: list[int], fitted: Fitted) -> None:
        """Enter the figures of one group, rounded if they are paid."""
        for i, entitled in zip(members, fitted.entitlements, strict=True):
            divided.entitlements[i] = entitled
            divided.rates[i] = fitted.rate
        if divided.amounts is not None:
            rounding = self.rule.rounding
            amounts = whole_amounts(fitted, rounding.rule, rounding.multiple)
            for i, amount in zip(members, amounts, strict=True):
                divided.amounts[i] = amount

    def with_column(self, members: list[Member]) -> list[Member]:
        """Return the members with what decides who takes the difference (`to_most`)."""
        column = self.rule.rounding.column
        if column is None:
            return members
        figures = self.figures(column, [True for _ in self.everyone])
        return [replace(members[i], most=figures[i]) for i in self.everyone]
