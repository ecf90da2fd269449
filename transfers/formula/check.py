"""Resolve the names of a formula and check kinds, units and shapes, before any figure is read.

The checker returns a new tree: names known, functions expanded into primitives, a type on every
part, and a :class:`~transfers.formula.nodes.Convert` wherever units of one kind differ in scale.
It reports every fault of a formula, not only the first.

Method: sections 1 (names), 24 (units).
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct, field

from transfers.arithmetic.decimals import format_decimal, parse_decimal
from transfers.formula import library
from transfers.formula.check_calls import check_call
from transfers.formula.check_lookups import check_lookup
from transfers.formula.grammar import FormulaFault
from transfers.formula.nodes import (
    UNKNOWN,
    Binary,
    Call,
    Compare,
    Convert,
    Logic,
    Lookup,
    Name,
    Node,
    Nothing,
    Number,
    Spread,
    Text,
    Type,
    Unary,
    joint,
    walk,
    written_value,
)
from transfers.formula.scope import Scope, Symbol, listed, lookalike
from transfers.messages import Phrase
from transfers.units import BARE, PURE, Unit, describe, unit_of_sum

MOST_POWERS = 64
NUMBER = Type()
TEXT = Type("text")
BOOLEAN = Type("boolean")


def without_unit(node: Node) -> Phrase | str:
    """Say which names of a formula have no unit; nothing where all have one."""
    bare = (
        part.name
        for part in walk(node)
        if isinstance(part, Name) and part.type.kind == "number" and part.type.unit.bare
    )
    names = tuple(dict.fromkeys(bare))
    return Phrase("formula.without_unit", {"names": names}) if names else ""


class Checker(Struct, eq=False):
    """Checks one formula in the scope where it stands.

    Parameters
    ----------
    scope : Scope
        The names defined above.
    money : Unit
        The policy's unit of money, to name units in messages.
    none_allowed : bool
        Whether ``none`` may be the result (floors, caps, fixed values).
    """

    scope: Scope
    money: Unit
    none_allowed: bool = False
    faults: list[FormulaFault] = field(default_factory=list)
    _checked: dict[int, tuple[Node, Node]] = field(default_factory=dict)

    def check(self, node: Node, *, result: bool = False) -> Node:
        """Return the checked tree; faults gather in :attr:`faults`.

        A part that occurs more than once (as it does in expansions) is checked once and stays one
        part, so that a reader that remembers what it has read reads it once.

        Parameters
        ----------
        node : Node
            As parsed.
        result : bool
            Whether `node` is what the formula yields: ``none`` may stand only there.
        """
        known = self._checked.get(id(node))
        if known is not None:
            return known[1]
        return self.remember(node, self._check(node, result))

    def _check(self, node: Node, result: bool) -> Node:
        match node:
            case Number():
                unit = PURE if node.percent else node.type.unit
                return self.done(Number(node.value, node.path, node.percent), node, unit=unit)
            case Text():
                return self.done(Text(node.value), node, TEXT)
            case Nothing():
                if not (result and self.none_allowed):
                    self.fault("formula.none_misplaced", node)
                return self.done(Nothing(), node, Type("nothing"))
            case Name():
                return self._name(node)
            case Lookup():
                return check_lookup(self, node)
            case Unary():
                return self._unary(node)
            case Binary():
                return self._binary(node)
            case Compare():
                return self._compare(node)
            case Logic():
                left, right = self.aligned([self.truth(node.left), self.truth(node.right)], node)
                kind = joint("boolean", left, right)
                return self.done(Logic(node.operator, left, right), node, kind)
            case Call():
                return check_call(self, node, result)
        raise TypeError(f"no such part of a formula: {node!r}")

    def remember(self, node: Node, checked: Node) -> Node:
        """Keep what a part came to: the parsed part lives on, so that its id is not used again."""
        self._checked[id(node)] = (node, checked)
        return checked

    # -- small parts ---------------------------------------------------------------------------

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

    def unknown(self, source: Node) -> Node:
        """Stand in for a part that is faulty: fits everywhere, so that the rest can be checked."""
        return self.done(Number(Fraction(0)), source, UNKNOWN)

    def number(self, node: Node) -> Node:
        """Check a part that must yield a number."""
        checked = self.check(node)
        if checked.type.kind in ("text", "boolean"):
            self.fault(f"formula.{checked.type.kind}_not_number", node)
            return self.unknown(node)
        return checked

    def truth(self, node: Node) -> Node:
        """Check a part that must be a statement."""
        checked = self.check(node)
        if checked.type.kind == "boolean":
            return checked
        if checked.type != UNKNOWN:
            self.fault("formula.not_statement", node)
        unknown = self.unknown(node)
        return self.done(Compare("==", unknown, unknown), node, BOOLEAN)

    def symbol(self, name: str, node: Node) -> Symbol | None:
        """Return what a name stands for; a fault where it stands for nothing here."""
        symbol = self.scope.find(name)
        if symbol is not None:
            return symbol
        of, _, column = name.partition(".")
        if of in self.scope.lists:
            declared = [*self.scope.lists[of].columns, "key"]
            words = {"list": of, "name": of, "known": ", ".join(declared)}
            code = "formula.list_column" if column else "formula.list_name"
            self.fault(code, node, **words, column=column or declared[0])
        elif name in (self.scope.current, of) and of == self.scope.current:
            self.fault("formula.name_itself", node, name=name)
        elif self.scope.is_later_field(name):
            self.fault("formula.field_later", node, name=name)
        elif name in self.scope.later:
            place = self.scope.later[name]
            self.fault("formula.name_below", node, name=name, line=place.line)
        elif name.lower() in library.FUNCTIONS:
            self.fault("formula.function_without_brackets", node, name=name)
        else:
            near = self.scope.suggestion(name)
            code = "formula.unknown_name" if near is None else "formula.misspelt_name"
            if near is not None and (odd := lookalike(name, near)):
                self.fault("formula.lookalike_name", node, name=name, near=near, sign=odd)
                return None
            self.fault(code, node, name=name, near=near, known=listed(self.scope.symbols))
        return None

    def _name(self, node: Name) -> Node:
        symbol = self.symbol(node.name, node)
        if symbol is None or symbol.faulty:
            return self.unknown(node)
        for code, there in (
            ("name_without_field", symbol.fields),
            ("stages_without_function", symbol.stages),
            ("table_without_index", symbol.table),
            ("steps_without_function", symbol.steps),
        ):
            if there:
                fields = tuple(f"{node.name}.{part}" for part in symbol.fields)
                self.fault(f"formula.{code}", node, name=node.name, fields=fields)
                return self.unknown(node)
        if symbol.number is not None:
            number = symbol.number
            return self.done(Number(number.value, number.path), node, symbol.type)
        if symbol.text is not None:
            return self.done(Text(symbol.text), node, TEXT)
        return self.done(Name(node.name), node, symbol.type)

    def _unary(self, node: Unary) -> Node:
        if node.operator == "not":
            operand = self.truth(node.operand)
            return self.done(Unary("not", operand), node, joint("boolean", operand))
        operand = self.number(node.operand)
        return self.done(Unary("-", operand), node, operand.type)

    # -- items and districts -------------------------------------------------------------------

    def aligned(self, nodes: list[Node], source: Node) -> list[Node]:
        """Return parts that stand beside each other, each with a value wherever one has one."""
        lists = list(dict.fromkeys(node.type.over for node in nodes if node.type.over))
        if len(lists) > 1:
            self.fault("formula.two_lists", source, first=lists[0], second=lists[1])
            return [self.unknown(source) for _ in nodes]
        if not lists or not any(node.type.per_district for node in nodes):
            return nodes
        return [self.spread(node, lists[0]) for node in nodes]

    def spread(self, node: Node, over: str) -> Node:
        """Return a part with one value for each item of a list and each district."""
        kind = node.type
        if kind.single or (kind.per_district and kind.over):
            return node
        return self.done(Spread(node), node, Type(kind.kind, True, kind.unit, over))

    # -- arithmetic and units ------------------------------------------------------------------

    def _binary(self, node: Binary) -> Node:
        left, right = self.aligned([self.number(node.left), self.number(node.right)], node)
        if node.operator in ("+", "-"):
            self._refuse_guess(left, right, node)
            left, right = (self.plain_number(side) for side in (left, right))
            left, right = self.same_unit([left, right], node)
            unit = unit_of_sum(left.type.unit, right.type.unit)
        elif node.operator == "^":
            left, right = self.plain_number(left), self.plain_number(right)
            unit = self._power_unit(left, right, node)
        elif node.operator == "*":
            unit = left.type.unit.times(right.type.unit)
        else:
            unit = left.type.unit.times(right.type.unit.inverse())
        kind = joint("number", left, right, unit=unit)
        return self._plain(self.done(Binary(node.operator, left, right), node, kind))

    def _plain(self, node: Node) -> Node:
        """Turn a ratio of one kind (亿元 / 万元) into the plain number it is."""
        unit = node.type.unit
        if unit.kinds or unit.open or unit.scale == 1 or unit.label:
            return node
        return self._converted(node, unit.scale, PURE)

    def _refuse_guess(self, left: Node, right: Node, node: Binary) -> None:
        """Refuse ``growth - 12`` beside a column in %: only 1 and 0 surely mean themselves."""
        for side, other in ((left, right), (right, left)):
            unit = other.type.unit
            guessed = side.type.unit.bare and side.type.kind == "number"
            if unit.percentage and guessed and written_value(side) not in (0, 1):
                self.fault("formula.percent_wanted", side, unit=self._named(unit))

    def plain_number(self, node: Node) -> Node:
        """Turn a percentage into the plain ratio it is: 5 % into 0.05."""
        unit = node.type.unit
        if node.type.kind != "number" or unit.kinds or unit.scale == 1:
            return node
        return self._converted(node, unit.scale, PURE)

    def _power_unit(self, base: Node, exponent: Node, node: Binary) -> Unit:
        value = written_value(exponent)
        if base.type.unit.plain:
            return PURE if not base.type.unit.bare else BARE
        if value is not None and abs(value) <= MOST_POWERS and value.denominator <= MOST_POWERS:
            return base.type.unit.power(value)
        if base.type.unit.kinds:
            self.fault("formula.power_of_unit", node, unit=self._named(base.type.unit))
        return PURE

    def _converted(self, node: Node, factor: Fraction, unit: Unit) -> Node:
        """Return a part times a factor; of an `if` its branches, for ``none`` has no unit."""
        if factor == 1 or node.type.kind == "nothing":
            return node
        if isinstance(node, Call) and node.function == "if":
            condition, *branches = node.arguments
            branches = [self._converted(branch, factor, unit) for branch in branches]
            kind = joint("number", node, unit=unit)
            return self.done(Call("if", (condition, *branches), {}), node, kind)
        return self.done(Convert(node, factor), node, joint("number", node, unit=unit))

    def same_unit(self, nodes: list[Node], source: Node) -> list[Node]:
        """Bring figures that are added or compared to the first declared unit among them."""
        target = next((n.type.unit for n in nodes if not n.type.unit.bare), None)
        if target is None:
            return nodes
        if target.plain and target.scale != 1:
            # What a bare 5 means beside a column in % is anybody's guess.
            for node in nodes:
                if node.type.unit.bare and written_value(node) != 0 and node.type.kind == "number":
                    self.fault("formula.percent_wanted", node, unit=self._named(target))
        return [self.in_unit(n, target, source, "formula.different_kinds") for n in nodes]

    def in_unit(self, node: Node, target: Unit, source: Node, code: str) -> Node:
        """Return `node` converted to `target`; a fault where the kinds differ."""
        unit = node.type.unit
        if node.type.kind == "nothing" or unit.bare or target.bare:
            return node
        if not unit.same_kind(target):
            names = {"unit": self._named(unit), "target": self._named(target)}
            self.fault(code, source, **names, hint=without_unit(node))
            return node
        return self._converted(node, unit.scale / target.scale, target)

    def as_declared(self, node: Node, target: Unit, source: Node) -> Node:
        """Return `node` in its entry's unit: a bare number counts 万元, but is a ratio beside %."""
        if target.percentage and node.type.unit.bare and node.type.kind == "number":
            return self._converted(node, 1 / target.scale, target)
        return self.in_unit(node, target, source, "formula.not_declared_unit")

    def _named(self, unit: Unit) -> object:
        return describe(unit, self.money) or Phrase("formula.plain_number")

    def _compare(self, node: Compare) -> Node:
        left, right = self.check(node.left), self.check(node.right)
        kinds = {left.type.kind, right.type.kind}
        if UNKNOWN in (left.type, right.type):
            pass  # told already
        elif kinds == {"text", "number"} and self._quotes(left, right, node):
            pass
        elif kinds == {"text"} or "boolean" in kinds:
            if node.operator not in ("==", "!=") or len(kinds) > 1:
                self.fault("formula.not_comparable", node)
            self._check_category(left, right)
            self._check_category(right, left)
        elif kinds != {"number"}:
            self.fault("formula.not_comparable", node)
        else:
            left, right = self.same_unit([left, right], node)
        left, right = self.aligned([left, right], node)
        return self.done(Compare(node.operator, left, right), node, joint("boolean", left, right))

    def _quotes(self, left: Node, right: Node, source: Node) -> bool:
        """Tell of a number without quotes beside texts, or one in quotes beside figures."""
        text, number = (left, right) if left.type.kind == "text" else (right, left)
        # What a function expands to stands where the whole call does: nobody wrote that number.
        expanded = (number.start, number.end) == (source.start, source.end)
        value = None if expanded else written_value(number)
        if value is not None:
            self.fault("formula.text_wanted", number, number=format_decimal(value))
            return True
        if isinstance(text, Text) and parse_decimal(text.value) is not None:
            self.fault("formula.figure_wanted", text, text=text.value)
            return True
        return False

    def _check_category(self, column: Node, text: Node) -> None:
        """Find a text that the column it is compared with can never have."""
        if not isinstance(column, Name) or not isinstance(text, Text):
            return
        symbol = self.scope.find(column.name)
        if symbol is not None and symbol.allowed and text.value not in symbol.allowed:
            allowed = ", ".join(symbol.allowed)
            self.fault("formula.no_category", text, text=text.value, allowed=allowed)
