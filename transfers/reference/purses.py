"""Reserves and what they give to a grant, in whole quanta (method, sections 26 and 27)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from transfers.policy.rules import DivisionRule
from transfers.reference.formulas import fault

MOST = 2**62
_NOT_NAMES = ("scale", "reject")


@dataclass(slots=True)
class Purse:
    """A reserve in the course of a run."""

    opening: int
    inflow: int
    limit: int | None = None
    drawn: int = 0
    returned: int = 0
    contributed: int = 0

    @property
    def closing(self) -> int:
        """What is in it now."""
        return self.opening + self.inflow + self.contributed - self.drawn + self.returned

    @property
    def available(self) -> int:
        """What may be drawn now."""
        if self.limit is None:
            return self.closing
        return min(self.closing, max(self.limit - self.drawn, 0))

    def put_in(self, amount: int) -> None:
        """Take money that comes back; refuse what 64 bits do not hold."""
        self.returned += amount
        self._check()

    def contribute(self, amount: int) -> None:
        """Take what districts pay in."""
        self.contributed += amount
        self._check()

    def _check(self) -> None:
        if self.closing >= MOST:
            raise fault("too_much", "", [])


@dataclass(slots=True)
class Helping:
    """What reserves offer to one grant, and who is helped.

    Attributes
    ----------
    own : int
        The grant's money before any reserve helps, without what districts pay in.
    paid_in : int
        What districts pay into the grant's own pool.
    for_budget : list of (name, amount)
        What makes up for a budget that does not suffice.
    if_short : list of (name, amount of each group)
        What meets a shortage.
    groups, money : list
        Who shares money, and how much of it each group has before reserves meet its shortage.
    """

    purses: dict[str, Purse]
    own: int = 0
    paid_in: int = 0
    for_budget: list[tuple[str, int]] = field(default_factory=list)
    if_short: list[tuple[str, list[int]]] = field(default_factory=list)
    groups: list[list[int]] = field(default_factory=list)
    money: list[int] = field(default_factory=list)

    def make_up(self, missing: int, name: str | None) -> int:
        """Offer what the budget lacks for what is asked."""
        if name is None or missing <= 0:
            return 0
        offered = min(missing, self.purses[name].available)
        self.for_budget.append((name, offered))
        return offered

    def left_in(self, name: str) -> int:
        """Return what a reserve can still offer to this grant."""
        offers = [*self.for_budget, *((n, sum(each)) for n, each in self.if_short)]
        return self.purses[name].available - sum(amount for n, amount in offers if n == name)

    def meet(
        self, rule: DivisionRule, groups: list[list[int]], money: list[int], need: list[Fraction]
    ) -> list[int]:
        """Return the money of groups with what reserves add where the need exceeds it."""
        names = [name for name in rule.if_short if name not in _NOT_NAMES]
        gaps = [max(0, ceil(wanted) - had) for wanted, had in zip(need, money, strict=True)]
        if not names or not any(gaps):
            return money
        if any(gap and wanted > MOST - 1 for gap, wanted in zip(gaps, need, strict=True)):
            raise fault("too_much", rule.name, [])
        self.groups, self.money = groups, list(money)
        for name in names:
            given = parts(min(self.left_in(name), sum(gaps)), gaps)
            self.if_short.append((name, given))
            gaps = [gap - part for gap, part in zip(gaps, given, strict=True)]
            money = [had + part for had, part in zip(money, given, strict=True)]
        if sum(money) >= MOST:
            raise fault("too_much", rule.name, [])
        return money

    def settle(self, amounts: list[int]) -> int:
        """Draw what was paid beyond the grant's own money; return the draws together.

        What a reserve offered and nobody was paid stays in it.
        """
        met = 0
        for number, members in enumerate(self.groups):
            beyond = sum(max(0, amounts[i]) for i in members) - self.money[number]
            for name, offered in self.if_short:
                part = min(max(beyond, 0), offered[number])
                self.purses[name].drawn += part
                beyond, met = beyond - part, met + part
        paid = sum(max(0, amount) for amount in amounts)
        made_up = 0
        for name, amount in self.for_budget:
            part = min(max(paid - met - self.own - self.paid_in - made_up, 0), amount)
            self.purses[name].drawn += part
            made_up += part
        return met + made_up


def parts(money: int, gaps: list[int]) -> list[int]:
    """Divide money in proportion to the gaps, in whole quanta.

    What is left goes to the largest remainders, then to the first.

    >>> parts(5, [1, 3, 2]), parts(6, [1, 3, 2])
    ([1, 2, 2], [1, 3, 2])
    """
    whole = sum(gaps)
    exact = [Fraction(money * gap, whole) if whole else Fraction(0) for gap in gaps]
    given = [int(part) for part in exact]
    for _ in range(money - sum(given)):
        rests = [part - whole_part for part, whole_part in zip(exact, given, strict=True)]
        given[rests.index(max(rests))] += 1
    return given
