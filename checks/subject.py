"""What is checked: a policy, what its inputs may be, what its money is, how strict the check is."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from checks.domains import Domain, domains
from checks.leaning import Rests, decides_by_amounts, rests
from checks.nominal import Nominal
from checks.runs import Runs
from checks.table import Table
from transfers import Policy
from transfers.formula.nodes import Name, Node, walk
from transfers.policy.numbers import unit_of
from transfers.policy.rules import DivisionRule, Path
from transfers.policy.thresholds import Threshold, thresholds
from transfers.policy.uses import every_use, uses

Role = Literal["need", "own_revenue", "score", "prior", "population"]


class Subject(Struct, frozen=True, eq=False, dict=True):
    """A policy as promises look at it.

    Parameters
    ----------
    real : Table, optional
        The table it was made for.
    tolerance : Fraction, optional
        In quanta, in place of that of each promise: 0 is strict.
    today : date
        On which waivers are in force or have expired.
    """

    policy: Policy
    real: Table | None = None
    tolerance: Fraction | None = None
    today: datetime.date = field(default_factory=datetime.date.today)

    @cached_property
    def runs(self) -> Runs:
        """What runs cases of the policy."""
        return Runs(self.policy)

    @cached_property
    def domains(self) -> dict[str, Domain]:
        """What each input may be."""
        return domains(self.policy, self.real)

    @cached_property
    def listed(self) -> frozenset[str]:
        """The promises that the document undertakes to keep, by name."""
        return frozenset(rule.name for rule in self.policy.promises)

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """Where the rules that have a part in amounts decide."""
        return thresholds(self.policy)

    @cached_property
    def ranked(self) -> tuple[str, ...]:
        """The inputs that districts are ranked by: numbers that some rank follows from."""
        formulas: dict[str, list[Node]] = {}
        for use in every_use(self.policy):
            if use.formula is not None:
                formulas.setdefault(use.name, []).append(use.formula.node)
        left = [threshold.node for threshold in self.thresholds if threshold.kind == "rank"]
        seen: set[str] = set()
        while left:
            names = {node.name for node in walk(left.pop()) if isinstance(node, Name)} - seen
            seen |= names
            left += [node for name in names for node in formulas.get(name, ())]
        inputs = self.policy.inputs.values()
        return tuple(rule.name for rule in inputs if rule.name in seen and rule.kind == "number")

    def with_role(self, role: Role) -> tuple[str, ...]:
        """Return the inputs that stand for something: need, own revenue, ..."""
        return tuple(rule.name for rule in self.policy.inputs.values() if rule.role == role)

    @property
    def population(self) -> str | None:
        """The input that counts people: the first that has the role."""
        return next(iter(self.with_role("population")), None)

    @cached_property
    def grants(self) -> tuple[DivisionRule, ...]:
        """The grants that are paid and not replaced by another."""
        replaced = {rule.replaces for rule in self.policy.grants}
        return tuple(rule for rule in self.policy.grants if rule.name not in replaced)

    @cached_property
    def sums(self) -> dict[str, tuple[str, ...]]:
        """The inputs that add up others, and what they add up."""
        inputs = self.policy.document.model.inputs
        return {name: entry.sum_of for name, entry in inputs.items() if entry.sum_of}

    @cached_property
    def rests(self) -> Rests:
        """The divisions that hang on amounts of others, and on which."""
        return rests(self.policy)

    @cached_property
    def decides_by_amounts(self) -> bool:
        """Whether amounts of a grant may decide that nobody is paid."""
        return decides_by_amounts(self.policy)

    @cached_property
    def payable(self) -> int:
        """What rounding may add to or take from a district: a payable sum of each grant, quanta."""
        return sum(rule.rounding.multiple for rule in self.grants)

    @cached_property
    def nominal(self) -> Nominal:
        """What of the policy is money, declared or not."""
        return Nominal.of(self.policy)

    @cached_property
    def money_inputs(self) -> tuple[str, ...]:
        """The inputs whose figures count money, alone or per something."""
        return tuple(name for name, power in self.nominal.inputs.items() if power == 1)

    @cached_property
    def money_numbers(self) -> dict[Path, Fraction]:
        """The numbers of the document that are money: of budgets, pools, reserves, parameters."""
        return {
            path: number.value
            for path, number in self.policy.numbers.items()
            if self.nominal.numbers.get(path) == 1
        }

    @cached_property
    def levers(self) -> dict[Path, Fraction]:
        """The numbers that say how much money there is: of the budget; without one, of pools.

        Nothing where the money follows from figures of districts by formulas alone. What is
        collected of districts is no money for them.
        """
        found = {path: self._purposes(path) for path in self.money_numbers}
        found = {path: uses for path, uses in found.items() if "collect" not in uses}
        budget = [path for path, purposes in found.items() if "budget" in purposes]
        chosen = budget or [path for path, purposes in found.items() if "pool" in purposes]
        return {path: self.money_numbers[path] for path in chosen}

    def _purposes(self, path: Path) -> set[str]:
        """Return what a number is for: the budget, a pool, what is collected."""
        levies = {rule.name for rule in self.policy.grants if rule.collects}
        found = set()
        for use in uses(self.policy, path):
            if use.role == "budget":
                found.add("budget")
            elif use.key == "pool":
                found.add("collect" if use.name in levies else "pool")
        return found

    def quantum_of(self, path: Path) -> Fraction:
        """Return a quantum in the unit of a number of the document that is money."""
        unit = unit_of(self.policy, path, self.policy.numbers[path])
        if unit.bare:
            return self.policy.money.quantum
        return self.policy.money.quantum * self.policy.money_unit.scale / unit.scale

    def called(self, path: Path) -> str:
        """Return a path of the document as people write it."""
        return ".".join(map(str, path))

    def in_quanta(self, money: Fraction) -> Fraction:
        """Return money of the document's unit in quanta."""
        return money / self.policy.money.quantum

    def quanta_of(self, name: str, figure: Fraction) -> Fraction | None:
        """Return a figure of an input in quanta; None where it counts no money.

        Without a unit it is in that of the document.
        """
        unit, money = self.policy.inputs[name].unit, self.policy.money_unit
        if unit.bare:
            return self.in_quanta(figure)
        return self.in_quanta(figure * unit.scale / money.scale) if unit.same_kind(money) else None
