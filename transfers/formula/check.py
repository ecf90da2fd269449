"""Resolve the names of a formula and check kinds, units and shapes, before any figure is read.

The checker returns a new tree: names known, functions expanded into primitives, a type on every
part, and a :class:`~transfers.formula.nodes.Convert` wherever units of one kind differ in scale.
It reports every fault of a formula, not only the first.

Method: sections 1 (names), 24 (units).
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import field

from transfers.arithmetic.decimals import format_decimal, parse_decimal
from transfers.formula import library
from transfers.formula.check_calls import check_call
from transfers.formula.check_lookups import check_lookup
from transfers.formula.check_units import UnitChecker
from transfers.formula.nodes import (
    UNKNOWN,
    Binary,
    Call,
    Compare,
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
from transfers.formula.scope import Symbol, listed, lookalike
from transfers.units import PURE, unit_of_sum

TEXT = Type("text")
BOOLEAN = Type("boolean")


class Checker(UnitChecker, eq=False):
    """Checks one formula in the scope where it stands."""

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

    def settle(self, node: Node) -> Node:
        """Check a part, and let it stand settled wherever it occurs."""
        checked = self.settled(self.check(node))
        self._checked[id(node)] = (node, checked)
        return checked

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
            line = self.scope.later[name].line
            code = "formula.name_below" if line is not None else "formula.name_later"
            self.fault(code, node, name=name, line=line)
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
        if node.operator in ("*", "/"):
            return self.product(node.operator, left, right, node)
        if node.operator == "^":
            return self.powered(left, right, node)
        self.refuse_guess(left, right)
        left, right = self.same_unit([self.ratio(left), self.ratio(right)], node)
        kind = joint("number", left, right, unit=unit_of_sum(left.type.unit, right.type.unit))
        return self.done(Binary(node.operator, left, right), node, kind)

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
            left, right = self.same_unit([left, right], node, seen=True)
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

    def refuse_items(self, node: Node) -> None:
        """Refuse a result with a figure for each item of a list, where nothing else is wrong."""
        if node.type.over and not self.faults:
            parts = (part for part in walk(node) if isinstance(part, Name) and part.type.over)
            self.fault("formula.over_left", node, list=node.type.over, name=next(parts).name)
