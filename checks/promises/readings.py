"""Which inputs the rules of a policy read, and where the document says how large a unit is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from msgspec import Struct

from transfers import Policy
from transfers.formula.nodes import Binary, Call, Compare, Name, Node, Number, walk
from transfers.policy.rules import (
    BudgetRule,
    DivisionRule,
    Formula,
    InputRule,
    OutputRule,
    QuantityRule,
    ReserveRule,
)

_MONEY_ROLES: Final = ("need", "own_revenue", "prior")
_MOST_OF_A_SCORE: Final = 100


class Readings(Struct, frozen=True, eq=False, dict=True):
    """What the formulas of a policy read, themselves or by way of quantities."""

    policy: Policy

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """The inputs that no rule reads by which an amount, or a whole run, may fail.

        Rules about the outcome only tell; an output that cannot be computed stops a run.
        """
        read: set[str] = set()
        outputs = [rule.formula for rule in self.policy.outputs if isinstance(rule, OutputRule)]
        formulas = (*self._money, *self._weights, *self._others, *outputs)
        for formula in (*formulas, *self._quantities.values()):
            read |= self._inputs(formula.node)
        return tuple(name for name in self.policy.inputs if name not in read)

    def without_scale(self, *, strict: bool) -> tuple[str, ...]:
        """Return the inputs that weights read and whose scale the document does not say.

        Parameters
        ----------
        strict : bool
            A number that a figure is held against does not say its scale.
        """
        read: set[str] = set()
        for formula in self._weights:
            read |= self._inputs(formula.node)
        for formula in self._money:
            read -= self._inputs(formula.node)
        said = self._subtracted | self._in_unit
        if not strict:
            said |= self._held
        return tuple(
            name
            for name, rule in self.policy.inputs.items()
            if name in read and name not in said and self._may_be_scaled(rule)
        )

    def _may_be_scaled(self, rule: InputRule) -> bool:
        if rule.kind != "number" or not rule.unit.bare or rule.role in (*_MONEY_ROLES, "score"):
            return False
        entry = self.policy.document.model.inputs[rule.name]
        return entry.max is None or entry.max > _MOST_OF_A_SCORE

    # -- where formulas stand ----------------------------------------------------------------------

    @cached_property
    def _quantities(self) -> dict[str, Formula]:
        rules = self.policy.statements
        return {rule.name: rule.formula for rule in rules if isinstance(rule, QuantityRule)}

    @cached_property
    def _divisions(self) -> tuple[DivisionRule, ...]:
        return tuple(rule for rule in self.policy.statements if isinstance(rule, DivisionRule))

    @cached_property
    def _weights(self) -> tuple[Formula, ...]:
        """What only compares districts, or groups, with one another."""
        found: list[Formula | None] = []
        for rule in self._divisions:
            if rule.share is not None:
                factors = [factor.formula for factor in rule.share.factors]
                found += [rule.share.formula, *factors, rule.share.coefficient]
            found += [rule.within.share] if rule.within is not None else []
        return _there(found)

    @cached_property
    def _money(self) -> tuple[Formula, ...]:
        """What is money, in the unit of the document where no other is said."""
        found: list[Formula | None] = []
        for rule in self._divisions:
            found += [rule.claim, rule.floor, rule.cap, rule.fixed, rule.pool]
            found += [rule.level.own, rule.level.per] if rule.level is not None else []
        for statement in self.policy.statements:
            if isinstance(statement, BudgetRule):
                found.append(statement.amount)
            elif isinstance(statement, ReserveRule):
                found += [statement.opening, statement.inflow, statement.limit]
        if self.policy.solve is not None:
            found += [self.policy.solve.left, self.policy.solve.right]
        return _there(found)

    @cached_property
    def _others(self) -> tuple[Formula, ...]:
        """All other formulas of divisions."""
        return _there(formula for rule in self._divisions for formula in rule.formulas)

    # -- what a part reads -------------------------------------------------------------------------

    def _inputs(self, node: Node) -> set[str]:
        """Return the inputs that a part reads, itself or by way of quantities."""
        found: set[str] = set()
        seen: set[str] = set()
        parts = [node]
        while parts:
            for part in walk(parts.pop()):
                name = part.name if isinstance(part, Name) else ""
                if name in self.policy.inputs:
                    found.add(name)
                elif name in self._quantities and name not in seen:
                    seen.add(name)
                    parts.append(self._quantities[name].node)
        return found

    @cached_property
    def _parts(self) -> tuple[Node, ...]:
        formulas = (*self._quantities.values(), *self._weights, *self._others)
        return tuple(part for formula in formulas for part in walk(formula.node))

    @cached_property
    def _subtracted(self) -> set[str]:
        """The inputs of one kind: one is subtracted from another, or the lesser counts."""
        found: set[str] = set()
        for part in self._parts:
            if isinstance(part, Binary) and part.operator == "-":
                sides = [self._inputs(part.left), self._inputs(part.right)]
            elif isinstance(part, Call) and part.function in ("min", "max"):
                sides = [self._inputs(argument) for argument in part.arguments]
            else:
                continue
            sides = [side for side in sides if side]
            if len(sides) > 1 and any(side != sides[0] for side in sides):
                found |= set().union(*sides)
        return found

    @cached_property
    def _held(self) -> set[str]:
        """The inputs that are held against a number, added to one, or replaced by one."""
        found: set[str] = set()
        for part in self._parts:
            if isinstance(part, Compare):
                if any(_number(each) for each in walk(part)):
                    found |= self._inputs(part)
                continue
            sides: tuple[Node, ...] = ()
            if isinstance(part, Binary) and part.operator in "+-":
                sides = (part.left, part.right)
            elif isinstance(part, Call) and part.function == "if":
                sides = part.arguments[1:]
            for side in sides:
                if not self._inputs(side) and any(_number(each) for each in walk(side)):
                    found |= set().union(*map(self._inputs, sides))
        return found

    @cached_property
    def _in_unit(self) -> set[str]:
        """The inputs that a quantity with a unit of its own is made of; sections define others."""
        entries = self.policy.document.model.quantities
        found: set[str] = set()
        for name, formula in self._quantities.items():
            entry = entries.get(name)  # none of what a section such as service_lists defines
            in_unit = entry.unit if entry is not None else not formula.node.type.unit.bare
            if in_unit:
                found |= self._inputs(formula.node)
        return found


def _there(formulas: Iterable[Formula | None]) -> tuple[Formula, ...]:
    return tuple(formula for formula in formulas if formula is not None)


def _number(node: Node) -> bool:
    """Tell whether a part is a number other than 0."""
    return isinstance(node, Number) and node.value != 0
