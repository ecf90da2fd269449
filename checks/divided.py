"""The exact figures behind the amounts of one division, of one case.

They are read from the document's formulas once more where that can be done: what is checked is
not asked what it would like to be.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from checks.runs import Paid
from transfers.outcome import Outcome
from transfers.policy.rules import DivisionRule, Formula

Bound = Fraction | None
"""None where there is none."""


def divisions_of(paid: Paid) -> tuple[DivisionRule, ...]:
    """Return the divisions in whole quanta: grants, and outputs that divide."""
    return tuple(rule for rule in paid.allocation.divisions if rule.whole)


def whole_amounts(paid: Paid, rule: DivisionRule) -> tuple[int, ...]:
    """Return what each district gets of a grant, or of an output that divides: quanta."""
    if rule.paid:
        return paid.amounts(rule.name)
    return tuple(paid.allocation.amounts_of(rule.name).tolist())


class Divided(Struct, frozen=True, eq=False, dict=True):
    """What a division of one case was made of; of a levy, with the signs of what is paid in."""

    paid: Paid
    rule: DivisionRule

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """What each district is paid: quanta."""
        sign = -1 if self.rule.collects else 1
        return tuple(sign * amount for amount in whole_amounts(self.paid, self.rule))

    @property
    def size(self) -> int:
        """The number of districts."""
        return len(self.paid.case.table)

    @property
    def payable(self) -> int:
        """The smallest payable sum: quanta."""
        return self.rule.rounding.multiple

    @cached_property
    def unit(self) -> Fraction:
        """A quantum in the unit of money; of a stage, whose money is not in quanta, 1."""
        return self.paid.allocation.policy.money.quantum if self.rule.whole else Fraction(1)

    @cached_property
    def eligible(self) -> tuple[bool, ...]:
        """Who takes part."""
        if self.rule.eligible is None:
            return (True,) * self.size
        return tuple(truth == 1 for truth in self._exact(self.rule.eligible))

    @cached_property
    def floors(self) -> tuple[Bound, ...]:
        """The declared floor of each district that takes part, or its fixed value: quanta."""
        return self._with_fixed(self._declared(self.rule.floor))

    @cached_property
    def caps(self) -> tuple[Bound, ...]:
        """The declared cap, its floor where that is above it (5): quanta."""
        caps = [None if cap is None else max(cap, Fraction(0)) for cap in self._caps]
        pairs = zip(self.floors, self._with_fixed(tuple(caps)), strict=True)
        return tuple(
            cap if floor is None or cap is None else max(floor, cap) for floor, cap in pairs
        )

    @cached_property
    def _caps(self) -> tuple[Bound, ...]:
        return self._declared(self.rule.cap)

    @cached_property
    def fixed(self) -> tuple[Bound, ...]:
        """The fixed value of each district that takes part: quanta."""
        return self._declared(self.rule.fixed)

    @cached_property
    def claims(self) -> tuple[Bound, ...]:
        """What each district that takes part claims, inside its bounds: quanta."""
        found: list[Bound] = []
        for claim, floor, cap, fixed in zip(
            self._declared(self.rule.claim), self.floors, self.caps, self.fixed, strict=True
        ):
            if claim is not None and fixed is None:
                claim = claim if cap is None else min(claim, cap)
                claim = claim if floor is None else max(claim, floor)
            found.append(claim if fixed is None else fixed)
        return tuple(found)

    @cached_property
    def due(self) -> tuple[Fraction, ...]:
        """What each district is due before rounding: quanta."""
        everyone = np.arange(self.size, dtype=np.intp)
        figures = self.outcome.due.exact(self.paid.allocation.scenario, everyone).fractions()
        return tuple(figures)

    # -- groups and their money --------------------------------------------------------------------

    @cached_property
    def outcome(self) -> Outcome:
        """What the engine keeps of the division."""
        return self.paid.allocation.outcome(self.rule.name)

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Who shares a pool."""
        groups = self.outcome.groups
        return tuple(tuple(groups.members(g).tolist()) for g in range(groups.count))

    @cached_property
    def money(self) -> tuple[Fraction | None, ...]:
        """The money of each group: quanta; None where claims meet no limit."""
        totals = self.outcome.totals
        count = self.outcome.groups.count
        if totals is None:
            return (None,) * count
        everyone = np.arange(count, dtype=np.intp)
        return tuple(totals.exact(self.paid.allocation.scenario, everyone).fractions())

    @cached_property
    def pool(self) -> Fraction:
        """All its money; of a levy what is to be collected: quanta."""
        if self.rule.collects:
            return sum((money for money in self.money if money is not None), Fraction(0))
        return Fraction(int(self._row(self.outcome.pool)[0]))

    @cached_property
    def unspent(self) -> int:
        """What is told as money that nobody took, or that falls on nobody: quanta."""
        allocation, name = self.paid.allocation, self.rule.name
        if self.rule.collects:
            return allocation.uncollected[name]
        return int(self._row(self.outcome.unspent)[0])

    @cached_property
    def taken_in(self) -> int:
        """Of a grant: its own money, what it drew, and what was paid into it: quanta."""
        outcome = self.outcome
        drawn = sum(int(self._row(draw.all_drawn)[0]) for draw in outcome.draws)
        paid_in = sum(max(-amount, 0) for amount in self.amounts)
        own = int(self._row(outcome.own)[0])
        return own + drawn + (paid_in if self.rule.contributions == "pool" else 0)

    @property
    def asked_in_full(self) -> bool:
        """Whether claims without a pool got all the money that their rounded sum asks for."""
        if not self.rule.asks_itself or self.outcome.asked is None:
            return False
        offered = sum(int(self._row(draw.all_offered)[0]) for draw in self.outcome.draws)
        got = int(self._row(self.outcome.own)[0]) + offered
        return got >= int(self._row(self.outcome.asked)[0])

    @cached_property
    def scaled(self) -> frozenset[int]:
        """Who is in a group whose floors need more than its money: they were scaled."""
        told = zip(self.groups, self.of_groups(self.outcome.short), strict=True)
        return frozenset(row for group, short in told if short for row in group)

    def of_groups(self, mask: NDArray[np.bool_]) -> tuple[bool, ...]:
        """Return what a mask of groups says of each."""
        row = np.broadcast_to(self._row(mask), (len(self.groups),))
        return tuple(map(bool, row))

    # -- formulas ----------------------------------------------------------------------------------

    def _declared(self, formula: Formula | None) -> tuple[Bound, ...]:
        """Return what a formula says of each district that takes part: quanta."""
        if formula is None:
            return (None,) * self.size
        figures = self._exact(formula)
        return tuple(
            figure / self.unit if figure is not None and takes_part else None
            for figure, takes_part in zip(figures, self.eligible, strict=True)
        )

    def _with_fixed(self, bounds: tuple[Bound, ...]) -> tuple[Bound, ...]:
        pairs = zip(bounds, self.fixed, strict=True)
        return tuple(bound if fixed is None else fixed for bound, fixed in pairs)

    def _exact(self, formula: Formula) -> tuple[Bound, ...]:
        return exact_figures(self.paid, formula)

    def _row(self, array: NDArray[Any] | None) -> NDArray[Any]:
        assert array is not None  # of grants, and outputs that divide
        return _row_of(self.paid, array)


def exact_figures(paid: Paid, formula: Formula) -> tuple[Bound, ...]:
    """Return a formula's exact figure of each district; None where it has none."""
    block, scenario, count = paid.allocation.block, paid.allocation.scenario, len(paid.case.table)
    if formula.node.type.kind == "boolean":
        truth = np.broadcast_to(_row_of(paid, block.truth(formula).value), (count,))
        return tuple(Fraction(int(x == 1)) for x in truth.tolist())
    figure = block.figure(formula)
    row = np.broadcast_to(_row_of(paid, figure.value), (count,))
    there = np.flatnonzero(np.isfinite(row))
    exact = figure.exact(scenario, there).fractions()
    found: list[Bound] = [None] * count
    for place, value in zip(there.tolist(), exact, strict=True):
        found[place] = value
    return tuple(found)


def _row_of(paid: Paid, array: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(array[min(paid.allocation.scenario, len(array) - 1)])
