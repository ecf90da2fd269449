"""What of a policy is money: columns, numbers of the document, and numbers buried in formulas.

A unit says so, or a role (own revenue, last year's amount). A figure without a unit is money where
a formula adds it to money, holds it against money, or pays it: method, section 24b.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final

from msgspec import Struct, field

from transfers import Policy
from transfers.formula.nodes import (
    Binary,
    Call,
    Compare,
    Convert,
    Lookup,
    Name,
    Node,
    Number,
    Pick,
    Spread,
    Unary,
    walk,
)
from transfers.policy.numbers import unit_of
from transfers.policy.rules import (
    BudgetRule,
    DivisionRule,
    Formula,
    Path,
    QuantityRule,
    ReserveRule,
)
from transfers.policy.uses import every_use
from transfers.units import Unit

_ROUNDS: Final = 6
"""How often what is found leads to more: a column held against one that is held against money."""

_OF_MONEY: Final = ("own_revenue", "prior")
_NO_MONEY: Final = ("score", "population")

_ALIKE: Final = frozenset(
    (
        *("min", "max", "sum", "mean", "lowest", "highest", "quantile"),
        *("round", "round_up", "round_down", "interpolate", "previous"),
    )
)
"""Functions that yield what their figures are."""


class Buried(Struct, frozen=True, eq=False):
    """A number that counts as money and stands in a formula, where nothing can index it."""

    number: Number
    formula: Formula

    @property
    def text(self) -> str:
        """The number as the document writes it."""
        return self.formula.text[self.number.start : self.number.end] or str(self.number.value)


class Nominal(Struct, eq=False, dict=True):
    """Finds what of a policy is money, and in which power: 1 of 元 and 元/人, -1 of 人/元.

    Attributes
    ----------
    inputs, numbers : dict
        Those that count money, with the power.
    buried : dict of id to Buried
    """

    policy: Policy
    inputs: dict[str, Fraction] = field(default_factory=dict)
    numbers: dict[Path, Fraction] = field(default_factory=dict)
    buried: dict[int, Buried] = field(default_factory=dict)
    _quantities: dict[str, Fraction] = field(default_factory=dict)
    _formula: Formula | None = None

    @classmethod
    def of(cls, policy: Policy) -> Nominal:
        """Return what of a policy is money."""
        found = cls(policy)
        for rule in policy.inputs.values():
            power = found._declared(rule.unit)
            if rule.unit.bare and rule.role in _OF_MONEY:
                power = Fraction(1)
            if power:
                found.inputs[rule.name] = power
        for path, number in policy.numbers.items():
            power = found._declared(unit_of(policy, path, number))
            if power:
                found.numbers[path] = power
        for _ in range(_ROUNDS):
            known = found._known
            found._read()
            if found._known == known:
                break
        return found

    @property
    def _known(self) -> int:
        return len(self.inputs) + len(self.numbers) + len(self.buried) + len(self._quantities)

    def _declared(self, unit: Unit) -> Fraction:
        return dict(unit.kinds).get(self.policy.money.currency, Fraction(0))

    # -- formulas ----------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read every formula that has a part in amounts once."""
        solve = self.policy.solve
        if solve is not None:
            for one, other in ((solve.left, solve.right), (solve.right, solve.left)):
                self._formula = other
                self._is(other.node, self._power(one.node) or Fraction(0))
        for formula, power in _roots(self.policy):
            self._formula = formula
            if power is not None:
                self._is(formula.node, power)
            for part in walk(formula.node):
                if isinstance(part, Number) and part.path and self._declared(part.type.unit):
                    self.numbers.setdefault(part.path, self._declared(part.type.unit))
                beside = tuple(_beside(part))
                powers = [p for p in map(self._power, beside) if p is not None]
                if powers:
                    for each in beside:
                        self._is(each, powers[0])
            name = str(formula.path[1]) if formula.path[0] == "quantities" else ""
            found = self._power(formula.node) if name in self._bare_quantities else None
            if found is not None:
                self._quantities.setdefault(name, found)

    @cached_property
    def _bare_quantities(self) -> Mapping[str, Formula]:
        rules = (rule for rule in self.policy.statements if isinstance(rule, QuantityRule))
        return {rule.name: rule.formula for rule in rules if rule.formula.node.type.unit.bare}

    def _power(self, node: Node) -> Fraction | None:
        """Return in which power a part is money; None where that is not known."""
        unit = node.type.unit
        if not unit.bare:
            return self._declared(unit) if self._declared(unit) or not unit.open else None
        match node:
            case Name():
                return self.inputs.get(node.name, self._quantities.get(node.name))
            case Number() if node.path is not None:
                return self.numbers.get(node.path)
            case Lookup():
                return next((self.numbers.get(path) for path in self._entries(node)), None)
            case Binary(operator="*" | "/"):
                left, right = self._power(node.left), self._power(node.right)
                if left is None or right is None:
                    return None
                return left + right if node.operator == "*" else left - right
        powers = (self._power(part) for part in _within(node))
        return next((power for power in powers if power is not None), None)

    def _entries(self, node: Lookup) -> list[Path]:
        table = self.policy.tables.get(node.table)
        numbers = table.entries.values() if table is not None else ()
        return [number.path for number in numbers if number.path is not None]

    def _is(self, node: Node, power: Fraction) -> None:
        """Take in that a part is money; what is said of its parts follows."""
        if not node.type.unit.bare or not power:
            return
        match node:
            case Name() if node.name in self.policy.inputs:
                self.inputs.setdefault(node.name, power)
            case Name() if node.name in self._bare_quantities:
                if node.name not in self._quantities:
                    self._quantities[node.name] = power
                    formula, self._formula = self._formula, self._bare_quantities[node.name]
                    self._is(self._formula.node, power)
                    self._formula = formula
            case Number() if node.path is not None:
                self.numbers.setdefault(node.path, power)
            case Number() if node.value and self._formula is not None:
                self.buried.setdefault(id(node), Buried(node, self._formula))
            case Lookup():
                for path in self._entries(node):
                    self.numbers.setdefault(path, power)
            case Binary(operator="*" | "/"):
                self._is_product(node, power)
            case _:
                for part in _within(node):
                    self._is(part, power)

    def _is_product(self, node: Binary, power: Fraction) -> None:
        """Say of one side what is left to it; of two that say nothing, the document's number."""
        left, right = self._power(node.left), self._power(node.right)
        sign = 1 if node.operator == "*" else -1
        if left is not None and right is None:
            self._is(node.right, sign * (power - left))
        elif right is not None and left is None:
            self._is(node.left, power - sign * right)
        elif left is None and right is None and sign < 0:
            self._is(node.left, power)
        elif left is None and right is None:
            number, other = node.left, node.right
            if self._no_money(number) or _rank(other) > _rank(number):
                number, other = other, number
            if _rank(number) or self._no_money(other):
                self._is(number, power)
            else:
                self._is(other, power)

    def _no_money(self, node: Node) -> bool:
        """Whether a part is an input that counts something else."""
        rule = self.policy.inputs.get(node.name) if isinstance(node, Name) else None
        return rule is not None and rule.role in _NO_MONEY


def _rank(node: Node) -> int:
    """Return how likely a part is what makes money of another: a number of the document is."""
    return int(isinstance(node, Lookup) or (isinstance(node, Number) and node.path is not None))


def _within(node: Node) -> Iterator[Node]:
    """Yield the parts of which a part is one, or the sum: what they are, it is."""
    match node:
        case Unary() | Convert() | Spread() | Pick():
            yield node.operand
        case Binary(operator="+" | "-"):
            yield from (node.left, node.right)
        case Call(function="if"):
            yield from node.arguments[1:]
        case Call() if node.function in _ALIKE:
            yield from node.arguments[: 1 if node.options else None]


def _beside(node: Node) -> Iterator[Node]:
    """Yield parts that must be of one kind: added up, held against each other, chosen among."""
    match node:
        case Compare() if node.left.type.kind == node.right.type.kind == "number":
            yield from (node.left, node.right)
        case Binary(operator="+" | "-") | Call(function="if" | "min" | "max"):
            yield from _within(node)


def _roots(policy: Policy) -> Iterator[tuple[Formula, Fraction | None]]:
    """Yield the formulas that have a part in amounts; of those that yield money, that they do."""
    sums = set()
    for statement in policy.statements:
        found: tuple[Formula | None, ...] = ()
        if isinstance(statement, DivisionRule):
            found = (statement.claim, statement.pool, statement.floor, statement.cap)
            own = None if statement.level is None else statement.level.own
            found = (*found, statement.fixed, own)
        elif isinstance(statement, BudgetRule):
            found = (statement.amount,)
        elif isinstance(statement, ReserveRule):
            found = (statement.opening, statement.inflow, statement.limit)
        sums |= {id(formula) for formula in found if formula is not None}
    for use in every_use(policy):
        if use.formula is not None and not use.after_money:
            yield use.formula, Fraction(1) if id(use.formula) in sums else None
