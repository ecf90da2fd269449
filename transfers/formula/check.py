"""Resolve the names of a formula and check kinds, units and shapes, before any figure is read.

The checker returns a new tree: names known, functions expanded into primitives, a type on every
part, and a :class:`~transfers.formula.nodes.Convert` wherever units of one kind differ in scale.
It reports every fault of a formula, not only the first.

Method: sections 1 (names), 24 (units).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from transfers.formula import library
from transfers.formula.grammar import FormulaFault
from transfers.formula.nodes import (
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
    Text,
    Type,
    Unary,
)
from transfers.formula.scope import Scope, Steps, Symbol, Table
from transfers.units import BARE, PURE, Unit, describe

NUMBER = Type()
TEXT = Type("text")
BOOLEAN = Type("boolean")


@dataclass(slots=True)
class Checker:
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
        checked = self._check(node, result)
        # The parsed part is kept alive with its answer: its id must not be used again.
        self._checked[id(node)] = (node, checked)
        return checked

    def _check(self, node: Node, result: bool) -> Node:
        match node:
            case Number():
                unit = PURE if node.percent else node.type.unit
                return self._done(Number(node.value, node.path, node.percent), node, unit=unit)
            case Text():
                return self._done(Text(node.value), node, TEXT)
            case Nothing():
                if not (result and self.none_allowed):
                    self._fault("formula.none_misplaced", node)
                return self._done(Nothing(), node, Type("nothing"))
            case Name():
                return self._name(node)
            case Lookup():
                return self._lookup(node)
            case Unary():
                return self._unary(node)
            case Binary():
                return self._binary(node)
            case Compare():
                return self._compare(node)
            case Logic():
                left, right = self._truth(node.left), self._truth(node.right)
                kind = Type("boolean", left.type.per_district or right.type.per_district)
                return self._done(Logic(node.operator, left, right), node, kind)
            case Call():
                return self._call(node, result)
        raise TypeError(f"no such part of a formula: {node!r}")

    # -- small parts ---------------------------------------------------------------------------

    def _fault(self, code: str, node: Node, **values: object) -> None:
        self.faults.append(FormulaFault(code, node.start, **values))

    def _done(
        self, checked: Node, source: Node, kind: Type = NUMBER, *, unit: Unit | None = None
    ) -> Node:
        checked.start, checked.end = source.start, source.end
        checked.type = kind if unit is None else Type(kind.kind, kind.per_district, unit)
        return checked

    def _unknown(self, source: Node) -> Node:
        """Stand in for a part that is faulty, so that the rest can be checked."""
        return self._done(Number(Fraction(0)), source, unit=BARE)

    def _number(self, node: Node) -> Node:
        checked = self.check(node)
        if checked.type.kind in ("text", "boolean"):
            self._fault(f"formula.{checked.type.kind}_not_number", node)
            return self._unknown(node)
        return checked

    def _truth(self, node: Node) -> Node:
        checked = self.check(node)
        if checked.type.kind != "boolean":
            self._fault("formula.not_statement", node)
            return self._done(
                Compare("==", self._unknown(node), self._unknown(node)), node, BOOLEAN
            )
        return checked

    def _symbol(self, name: str, node: Node) -> Symbol | None:
        symbol = self.scope.find(name)
        if symbol is not None:
            return symbol
        if name in self.scope.later:
            place = self.scope.later[name]
            self._fault("formula.name_below", node, name=name, line=place.line)
        elif name.lower() in library.FUNCTIONS:
            self._fault("formula.function_without_brackets", node, name=name)
        else:
            near = self.scope.suggestion(name)
            code = "formula.unknown_name" if near is None else "formula.misspelt_name"
            known = ", ".join(self.scope.symbols) or "—"
            self._fault(code, node, name=name, near=near, known=known[:300])
        return None

    def _name(self, node: Name) -> Node:
        symbol = self._symbol(node.name, node)
        if symbol is None:
            return self._unknown(node)
        if symbol.table is not None:
            self._fault("formula.table_without_index", node, name=node.name)
            return self._unknown(node)
        if symbol.steps is not None:
            self._fault("formula.steps_without_function", node, name=node.name)
            return self._unknown(node)
        if symbol.number is not None:
            number = symbol.number
            return self._done(Number(number.value, number.path), node, symbol.type)
        if symbol.text is not None:
            return self._done(Text(symbol.text), node, TEXT)
        return self._done(Name(node.name), node, symbol.type)

    def _lookup(self, node: Lookup) -> Node:
        symbol = self._symbol(node.table, node)
        indices = tuple(self.check(index) for index in node.indices)
        if symbol is None:
            return self._unknown(node)
        table = symbol.table
        if table is None:
            self._fault("formula.not_a_table", node, name=node.table)
            return self._unknown(node)
        if len(indices) != table.depth:
            self._fault("formula.table_depth", node, name=node.table, depth=table.depth)
            return self._unknown(node)
        for level, (index, source) in enumerate(zip(indices, node.indices, strict=True)):
            self._check_index(node.table, table, level, index, source)
        per_district = any(index.type.per_district for index in indices)
        kind = Type("number", per_district, table.unit)
        return self._done(Lookup(node.table, indices), node, kind)

    def _check_index(self, name: str, table: Table, level: int, index: Node, source: Node) -> None:
        """Find categories that an index may have and the table has not."""
        known = table.categories(level)
        if index.type.kind == "boolean":
            self._fault("formula.boolean_index", source, name=name)
        possible: tuple[str, ...] | None = None
        if isinstance(index, Text):
            possible = (index.value,)
        elif isinstance(index, Name):
            symbol = self.scope.find(index.name)
            possible = symbol.allowed if symbol is not None else None
        absent = [category for category in possible or () if category not in known]
        if absent:
            self._fault(
                "formula.no_entry",
                source,
                name=name,
                absent=", ".join(absent),
                known=", ".join(known),
            )

    def _unary(self, node: Unary) -> Node:
        if node.operator == "not":
            operand = self._truth(node.operand)
            kind = Type("boolean", operand.type.per_district)
            return self._done(Unary("not", operand), node, kind)
        operand = self._number(node.operand)
        return self._done(Unary("-", operand), node, operand.type)

    # -- arithmetic and units ------------------------------------------------------------------

    def _binary(self, node: Binary) -> Node:
        left, right = self._number(node.left), self._number(node.right)
        per_district = left.type.per_district or right.type.per_district
        if node.operator in ("+", "-"):
            left, right = self._same_unit([left, right], node)
            unit = _wider(left.type.unit, right.type.unit)
        elif node.operator == "^":
            unit = self._power_unit(left, right, node)
        elif node.operator == "*":
            unit = left.type.unit.times(right.type.unit)
        else:
            unit = left.type.unit.times(right.type.unit.inverse())
        checked = self._done(
            Binary(node.operator, left, right), node, Type("number", per_district, unit)
        )
        return self._plain(checked)

    def _plain(self, node: Node) -> Node:
        """Turn a ratio of one kind (亿元 / 万元) into the plain number it is."""
        unit = node.type.unit
        if unit.kinds or unit.open or unit.scale == 1 or unit.label:
            return node
        return self._converted(node, unit.scale, PURE)

    def _power_unit(self, base: Node, exponent: Node, node: Binary) -> Unit:
        value = _constant(exponent)
        if value is not None:
            return base.type.unit.power(value)
        if base.type.unit.kinds:
            self._fault("formula.power_of_unit", node, unit=self._named(base.type.unit))
        return PURE

    def _converted(self, node: Node, factor: Fraction, unit: Unit) -> Node:
        if factor == 1:
            return node
        kind = Type("number", node.type.per_district, unit)
        return self._done(Convert(node, factor), node, kind)

    def _same_unit(self, nodes: list[Node], source: Node) -> list[Node]:
        """Bring figures that are added or compared to the first declared unit among them."""
        target = next((n.type.unit for n in nodes if not n.type.unit.bare), None)
        if target is None:
            return nodes
        return [self.in_unit(n, target, source, "formula.different_kinds") for n in nodes]

    def in_unit(self, node: Node, target: Unit, source: Node, code: str) -> Node:
        """Return `node` converted to `target`; a fault where the kinds differ."""
        unit = node.type.unit
        if node.type.kind == "nothing" or unit.bare or target.bare:
            return node
        undetermined = unit.open and not unit.kinds and unit.scale != target.scale
        if not unit.same_kind(target) or undetermined:
            names = {"unit": self._named(unit), "target": self._named(target)}
            self._fault(code, source, **names)
            return node
        return self._converted(node, unit.scale / target.scale, target)

    def _named(self, unit: Unit) -> str:
        return describe(unit, self.money)

    def _compare(self, node: Compare) -> Node:
        left, right = self.check(node.left), self.check(node.right)
        kinds = {left.type.kind, right.type.kind}
        per_district = left.type.per_district or right.type.per_district
        if kinds == {"text"} or "boolean" in kinds:
            if node.operator not in ("==", "!=") or len(kinds) > 1:
                self._fault("formula.not_comparable", node)
            self._check_category(left, right)
            self._check_category(right, left)
        elif kinds != {"number"}:
            self._fault("formula.not_comparable", node)
        else:
            left, right = self._same_unit([left, right], node)
        return self._done(Compare(node.operator, left, right), node, Type("boolean", per_district))

    def _check_category(self, column: Node, text: Node) -> None:
        """Find a text that the column it is compared with can never have."""
        if not isinstance(column, Name) or not isinstance(text, Text):
            return
        symbol = self.scope.find(column.name)
        if symbol is not None and symbol.allowed and text.value not in symbol.allowed:
            allowed = ", ".join(symbol.allowed)
            self._fault("formula.no_category", text, text=text.value, allowed=allowed)

    # -- functions -----------------------------------------------------------------------------

    def _call(self, node: Call, result: bool) -> Node:
        function = library.FUNCTIONS.get(node.function)
        if function is None:
            return self._no_function(node)
        if not self._counts_right(node, function):
            return self._unknown(node)
        if function.family == "brackets":
            return self._brackets(node)
        expansion = library.expand(node)
        if expansion is not None:
            return self.check(expansion, result=result)
        special: dict[str, Callable[[Call, bool], Node]] = {
            "if": self._if,
            "missing": self._missing,
            "min": self._extreme,
            "max": self._extreme,
        }
        if node.function in special:
            return special[node.function](node, result)
        if function.family == "over_districts":
            return self._over_districts(node)
        return self._of_one(node)

    def _no_function(self, node: Call) -> Node:
        symbol = self.scope.find(node.function)
        if symbol is not None and symbol.table is not None:
            self._fault("formula.table_with_brackets", node, name=node.function)
        else:
            scope = Scope()
            near = scope.suggestion(node.function, tuple(library.FUNCTIONS))
            code = "formula.unknown_function" if near is None else "formula.misspelt_function"
            known = ", ".join(library.FUNCTIONS)
            self._fault(code, node, name=node.function, near=near, known=known)
        return self._unknown(node)

    def _counts_right(self, node: Call, function: library.Function) -> bool:
        count = len(node.arguments)
        if count == 1 and node.function in ("min", "max"):
            over = {"min": "lowest", "max": "highest"}[node.function]
            self._fault("formula.one_argument_extreme", node, name=node.function, over=over)
            return False
        if not function.least <= count <= function.most:
            self._fault(
                "formula.argument_count",
                node,
                name=node.function,
                count=count,
                least=function.least,
                most=function.most,
            )
            return False
        for option, value in node.options.items():
            if option not in function.options:
                known = ", ".join(sorted(function.options)) or "—"
                self._fault(
                    "formula.unknown_option", value, name=node.function, option=option, known=known
                )
                return False
        return True

    def _if(self, node: Call, result: bool) -> Node:
        condition = self._truth(node.arguments[0])
        branches = [self.check(branch, result=result) for branch in node.arguments[1:]]
        kinds = {branch.type.kind for branch in branches} - {"nothing"}
        if len(kinds) > 1:
            self._fault("formula.branches_differ", node)
            return self._unknown(node)
        if kinds == {"number"}:
            branches = self._same_unit(branches, node)
        per_district = any(n.type.per_district for n in (condition, *branches))
        chosen = next((n.type for n in branches if n.type.kind != "nothing"), branches[0].type)
        unit = _wider(*(n.type.unit for n in branches)) if kinds == {"number"} else BARE
        kind = Type(chosen.kind, per_district, unit)
        return self._done(Call("if", (condition, *branches), {}), node, kind)

    def _missing(self, node: Call, result: bool) -> Node:
        operand = self.check(node.arguments[0])
        kind = Type("boolean", operand.type.per_district)
        return self._done(Call("missing", (operand,), {}), node, kind)

    def _extreme(self, node: Call, result: bool) -> Node:
        arguments = self._same_unit([self._number(a) for a in node.arguments], node)
        per_district = any(a.type.per_district for a in arguments)
        unit = _wider(*(a.type.unit for a in arguments))
        kind = Type("number", per_district, unit)
        return self._done(Call(node.function, tuple(arguments), {}), node, kind)

    def _of_one(self, node: Call) -> Node:
        """Check round..., sqrt, exp and log: functions of one figure."""
        operand = self._number(node.arguments[0])
        unit = operand.type.unit
        options: dict[str, Node] = {}
        if len(node.arguments) > 1:  # Excel's ROUND(x, 2)
            options["digits"] = self._number(node.arguments[1])
        for name, option in node.options.items():
            options[name] = self._number(option)
        if len(options) > 1:
            self._fault("formula.digits_and_to", node)
        for option in options.values():
            if _constant(option) is None:
                self._fault("formula.option_not_constant", option)
        if "to" in options:
            options["to"] = self.in_unit(options["to"], unit, node, "formula.different_kinds")
        if node.function == "sqrt":
            unit = unit.power(Fraction(1, 2))
        elif node.function in ("exp", "log"):
            unit = PURE
        kind = Type("number", operand.type.per_district, unit)
        return self._done(Call(node.function, (operand,), options), node, kind)

    def _over_districts(self, node: Call) -> Node:
        """Check sum, rank, lowest, highest and quantile."""
        operand = self._number(node.arguments[0])
        arguments = (operand, *(self._number(a) for a in node.arguments[1:]))
        options: dict[str, Node] = {}
        if "where" in node.options:
            options["where"] = self._truth(node.options["where"])
        if "by" in node.options:
            options["by"] = self.check(node.options["by"])
            if not options["by"].type.per_district:
                self._fault("formula.by_not_column", node.options["by"])
        per_district = "by" in options or node.function == "rank"
        unit = PURE if node.function == "rank" else operand.type.unit
        kind = Type("number", per_district, unit)
        return self._done(Call(node.function, arguments, options), node, kind)

    def _brackets(self, node: Call) -> Node:
        """Expand step, marginal or interpolate over the table its second argument names."""
        table = node.arguments[1]
        symbol = self._symbol(table.name, table) if isinstance(table, Name) else None
        steps = symbol.steps if symbol is not None else None
        points = node.function == "interpolate"
        if steps is None or steps.are_points != points:
            if symbol is not None or not isinstance(table, Name):
                self._fault(f"formula.{'no_points' if points else 'no_steps'}", table)
            return self._unknown(node)
        return self._plain_steps(node, steps)

    def _plain_steps(self, node: Call, steps: Steps) -> Node:
        expansion = library.expand_brackets(node.function, node.arguments[0], steps)
        expansion.start, expansion.end = node.start, node.end
        return self.check(expansion)


def _constant(node: Node) -> Fraction | None:
    """Return the value of a number that stands in the formula itself."""
    if isinstance(node, Number) and node.path is None:
        return node.value
    if isinstance(node, Unary) and node.operator == "-":
        value = _constant(node.operand)
        return None if value is None else -value
    return None


def _wider(*units: Unit) -> Unit:
    """Return the unit of a sum: that of the first part that is not bare."""
    return next((unit for unit in units if not unit.bare), BARE)
