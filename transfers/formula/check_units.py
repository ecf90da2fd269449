"""Units of a formula: what is converted where, and what is refused.

A product or quotient is computed in whatever scale its parts have (亿元 over 万人). Nobody may
see that scale: where a bare number, a rounding or a reader meets such a figure, it is *settled*,
converted to the unit that people use. Until then conversions cancel, or are left out.

Method: section 24 (units).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct, field

from transfers.formula.grammar import FormulaFault
from transfers.formula.nodes import (
    Binary,
    Call,
    Compare,
    Convert,
    Lookup,
    Name,
    Node,
    Type,
    joint,
    written_value,
)
from transfers.formula.scope import Scope
from transfers.messages import Phrase
from transfers.units import BARE, PURE, Unit, canonical, describe, example_per_head, unit_of_sum

MOST_POWERS = 64
NUMBER = Type()


def whose_unit(node: Node, unit: Unit, target: Unit) -> Phrase | str:
    """Say which names of a formula have no unit, or else which have the unit that does not fit."""
    parts = list(_figures(node))
    bare = (p.name for p in parts if isinstance(p, Name) and p.type.unit.bare)
    names = tuple(dict.fromkeys(bare))
    if names:
        return Phrase("formula.without_unit", {"names": names})
    if unit.plain and unit.scale > 1 and unit.label:
        currency = next((kind for kind, _ in target.kinds), "")
        return Phrase("formula.multiple_alone", {"text": unit.label, "currency": currency})
    if not (isinstance(node, Call) and node.function == "if") or not unit.plain:
        return ""
    plain = (p.table if isinstance(p, Lookup) else getattr(p, "name", "") for p in parts)
    names = tuple(dict.fromkeys(filter(None, plain)))
    return Phrase("formula.plain_names", {"names": names}) if names else ""


def _figures(node: Node) -> Iterator[Node]:
    """Yield the parts of a figure that make its unit: no conditions, no groups."""
    waiting, seen = [node], {id(node)}
    while waiting:
        part = waiting.pop()
        if part.type.kind not in ("number", "nothing"):
            continue
        yield part
        below: Sequence[Node] = tuple(part.children())
        if isinstance(part, Lookup | Compare):
            below = ()
        elif isinstance(part, Call):
            below = part.arguments[1:] if part.function == "if" else part.arguments
        below = [side for side in below if id(side) not in seen]
        seen.update(map(id, below))
        waiting += reversed(below)


class UnitChecker(Struct, eq=False):
    """What the checker of a formula knows of units.

    Parameters
    ----------
    scope : Scope
        The names defined above.
    money : Unit
        The policy's unit of money.
    none_allowed : bool
        Whether ``none`` may be the result (floors, caps, fixed values).
    """

    scope: Scope
    money: Unit
    none_allowed: bool = False
    faults: list[FormulaFault] = field(default_factory=list)
    _conversions: dict[tuple[int, Fraction, Unit], tuple[Node, Node]] = field(default_factory=dict)

    def fault(self, code: str, node: Node, **values: object) -> None:
        """Record what is wrong with a part, once."""
        if all((fault.code, fault.offset) != (code, node.start) for fault in self.faults):
            self.faults.append(FormulaFault(code, node.start, **values))

    def done(
        self, checked: Node, source: Node, kind: Type = NUMBER, *, unit: Unit | None = None
    ) -> Node:
        """Return a checked part with its type and the span of the part it was read from."""
        checked.start, checked.end = source.start, source.end
        checked.type = kind if unit is None else kind.in_unit(unit)
        return checked

    # -- products and powers -------------------------------------------------------------------

    def product(self, operator: str, left: Node, right: Node, source: Node) -> Node:
        """Return a product or quotient; a ratio leaves the unit of the other side as it is."""
        left, right = self._beside_kind(left, right), self._beside_kind(right, left)
        of_left, of_right = left.type.unit, right.type.unit
        unit = of_left.times(of_right if operator == "*" else of_right.inverse())
        kind = joint("number", left, right, unit=unit)
        node = self.done(Binary(operator, left, right), source, kind)  # type: ignore[arg-type]
        if unit.kinds or unit.scale == 1 or unit.label:
            return node
        # A ratio of one kind (亿元 / 万元) is a number; open, it may still be one of anything.
        if not unit.open:
            return self.converted(node, unit.scale, PURE)
        cancelled = of_left.kinds or of_right.kinds
        return self.converted(node, unit.scale, BARE) if cancelled else node

    def _beside_kind(self, node: Node, other: Node) -> Node:
        """Return a factor; a percentage beside a figure with a kind is the ratio it is."""
        return self.plain_number(node) if other.type.unit.kinds else node

    def powered(self, base: Node, exponent: Node, source: Node) -> Node:
        """Return a power; of a figure with a unit, the exponent must be written as a number."""
        base, exponent = self.plain_number(base), self.plain_number(self.settled(exponent))
        value = written_value(exponent)
        unit = PURE if not base.type.unit.bare else BARE
        if not base.type.unit.plain:
            if value is None or abs(value) > MOST_POWERS or value.denominator > MOST_POWERS:
                self.fault("formula.power_of_unit", source, unit=self.named(base.type.unit))
            else:
                base = self.rooted(base, value)
                unit = base.type.unit.power(value)
        kind = joint("number", base, exponent, unit=unit)
        return self.done(Binary("^", base, exponent), source, kind)

    def rooted(self, base: Node, exponent: Fraction) -> Node:
        """Return the base of a root, settled where the scale it has so far has no such root."""
        kinds = tuple((kind, power * exponent) for kind, power in base.type.unit.kinds)
        return base if base.type.unit.power(exponent).kinds == kinds else self.settled(base)

    # -- sums and comparisons ------------------------------------------------------------------

    def refuse_guess(self, left: Node, right: Node) -> None:
        """Refuse ``growth - 12`` beside a column in %: only 1 and 0 surely mean themselves."""
        for side, other in ((left, right), (right, left)):
            unit = other.type.unit
            guessed = side.type.unit.bare and side.type.kind == "number"
            if unit.percentage and guessed and written_value(side) not in (0, 1):
                self.fault("formula.percent_wanted", side, unit=self.named(unit))

    def ratio(self, node: Node) -> Node:
        """Turn a percentage into the plain ratio it is: 5 % into 0.05."""
        return self.plain_number(node) if node.type.unit.scale < 1 else node

    def plain_number(self, node: Node) -> Node:
        """Turn a percentage, or so many thousands, into the plain number it is."""
        unit = node.type.unit
        if node.type.kind != "number" or unit.kinds or unit.scale == 1:
            return node
        return self.converted(node, unit.scale, PURE)

    def same_unit(self, nodes: list[Node], source: Node, *, seen: bool = False) -> list[Node]:
        """Bring figures that are added or compared to the first declared unit among them.

        A unit that a formula made up is settled where a bare number adopts it, or where it is
        `seen` by people.
        """
        numbers = [node for node in nodes if node.type.kind == "number"]
        target = unit_of_sum(*(node.type.unit for node in numbers))
        if target.bare:
            return nodes
        adopting = [n for n in numbers if n.type.unit.bare and written_value(n) != 0]
        if target.percentage:
            # What a bare 5 means beside a column in % is anybody's guess.
            for node in adopting:
                self.fault("formula.percent_wanted", node, unit=self.named(target))
        if adopting or seen:
            target = canonical(target, self.money)
        return [self.in_unit(n, target, source, "formula.different_kinds") for n in nodes]

    def in_unit(self, node: Node, target: Unit, source: Node, code: str) -> Node:
        """Return `node` converted to `target`; a fault where the kinds differ."""
        unit = node.type.unit
        if node.type.kind == "nothing" or unit.bare or target.bare:
            return node
        if not unit.same_kind(target):
            names = {"unit": self.named(unit), "target": self.named(target)}
            example = {"example": example_per_head(self.money)}
            self.fault(code, source, **names, **example, hint=whose_unit(node, unit, target))
            return node
        return self.converted(node, unit.scale / target.scale, target)

    def as_declared(self, node: Node, target: Unit, source: Node) -> Node:
        """Return `node` in its entry's unit: a bare number counts 万元, but is a ratio beside %."""
        if target.percentage and node.type.unit.bare and node.type.kind == "number":
            return self.converted(node, 1 / target.scale, target)
        return self.in_unit(node, target, source, "formula.not_declared_unit")

    # -- conversions ---------------------------------------------------------------------------

    def settled(self, node: Node) -> Node:
        """Return a figure in a unit that people use: money in the policy's, others in units of 1.

        Only what a formula made up is converted; what is declared, or open, stays as it is.
        """
        target = canonical(node.type.unit, self.money)
        return self.converted(node, node.type.unit.scale / target.scale, target)

    def converted(self, node: Node, factor: Fraction, unit: Unit) -> Node:
        """Return a part times a factor; of an `if` its branches, for ``none`` has no unit."""
        if factor == 1 or node.type.kind == "nothing":
            return node
        at = (id(node), factor, unit)
        if at not in self._conversions:
            # The part is kept alive with its conversion: its id must not be used again.
            self._conversions[at] = (node, self._converted(node, factor, unit))
        return self._conversions[at][1]

    def _converted(self, node: Node, factor: Fraction, unit: Unit) -> Node:
        if isinstance(node, Call) and node.function == "if":
            condition, *branches = node.arguments
            branches = [self.converted(branch, factor, unit) for branch in branches]
            kind = joint("number", node, unit=unit)
            return self.done(Call("if", (condition, *branches), {}), node, kind)
        kind = joint("number", node, unit=unit)
        if isinstance(node, Convert):
            inner, factor = node.operand, node.factor * factor
            same = factor == 1 and inner.type.unit == unit
            return inner if same else self.done(Convert(inner, factor), node, kind)
        return self.done(Convert(node, factor), node, kind)

    def named(self, unit: Unit) -> object:
        """Name a unit in a message."""
        return describe(unit, self.money) or Phrase("formula.plain_number")
