"""Check the calls of a formula: the functions of the library, their arguments and options.

Method: section 17 (functions over districts), and docs/formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from transfers.formula import library
from transfers.formula.check_lookups import entry, previous
from transfers.formula.nodes import (
    UNKNOWN,
    Call,
    Compare,
    Lookup,
    Name,
    Node,
    Number,
    Text,
    Type,
    joint,
    written_value,
)
from transfers.formula.scope import Scope, Steps, Symbol
from transfers.units import BARE, PURE, unit_of_sum

if TYPE_CHECKING:
    from transfers.formula.check import Checker

MOST_DIGITS = 20
IN_UNIT_OF_FIGURES = ("mean", "std", "std_sample")
# What people who know Excel write for functions that are called otherwise here.
EXCEL = {
    "average": "mean",
    "averageifs": "mean",
    "avg": "mean",
    "countifs": "count",
    "sumproduct": "sum",
    "iif": "if",
    "ifs": "if",
    "iferror": "if(missing(...), ..., ...)",
    "ifna": "if(missing(...), ..., ...)",
    "isna": "missing",
    "vlookup": "table[key]",
    "hlookup": "table[key]",
    "xlookup": "table[key]",
    "lookup": "table[key]",
    "index": "table[key]",
    "int": "round_down",
    "trunc": "round_down",
    "averageif": "mean",
    "sumif": "sum",
    "sumifs": "sum",
    "countif": "count",
    "stdev": "std",
    "stdevp": "std",
    "percentile": "quantile",
    "median": "quantile(x, 50%)",
    "ln": "log",
    "roundup": "round_up",
    "ceiling": "round_up",
    "rounddown": "round_down",
    "floor": "round_down",
    "isblank": "missing",
}


def check_call(checker: Checker, node: Call, result: bool) -> Node:
    """Return a checked call, or its checked expansion into primitives."""
    return _CallChecker(checker)._call(node, result)


class _CallChecker(Struct, eq=False):
    """Checks calls on behalf of the checker of a formula."""

    checker: Checker

    def _call(self, node: Call, result: bool) -> Node:
        function = library.FUNCTIONS.get(node.function)
        if function is None:
            return self._no_function(node)
        if not self._counts_right(node, function):
            return self.checker.unknown(node)
        if function.family == "brackets":
            return self._brackets(node)
        expansion = library.expand(node)
        if expansion is not None:
            return self._expanded(node, self.checker.check(expansion, result=result))
        special: dict[str, Callable[[Call, bool], Node]] = {
            "if": self._if,
            "missing": self._missing,
            "previous": self._previous,
            "min": self._extreme,
            "max": self._extreme,
        }
        if node.function in special:
            return special[node.function](node, result)
        if function.family == "over_districts":
            return self._over_many(node)
        return self._of_one(node)

    def _expanded(self, node: Call, checked: Node) -> Node:
        """Return a checked expansion; a mean and a deviation are in the unit of their figures."""
        if node.function not in IN_UNIT_OF_FIGURES:
            return checked
        unit = self.checker.check(node.arguments[0]).type.unit
        if not unit.label or not unit.same_kind(checked.type.unit):
            return checked
        checked = self.checker.converted(checked, checked.type.unit.scale / unit.scale, unit)
        checked.type = checked.type.in_unit(unit)
        return checked

    def _no_function(self, node: Call) -> Node:
        symbol = self.checker.scope.find(node.function)
        if symbol is not None and symbol.table is not None:
            self.checker.fault("formula.table_with_brackets", node, name=node.function)
        else:
            scope = Scope()
            near = scope.suggestion(node.function, tuple(library.FUNCTIONS))
            code = "formula.unknown_function" if near is None else "formula.misspelt_function"
            near = EXCEL.get(node.function, near)
            code = code if near is None else "formula.misspelt_function"
            known = ", ".join(library.FUNCTIONS)
            self.checker.fault(code, node, name=node.function, near=near, known=known)
        return self.checker.unknown(node)

    def _counts_right(self, node: Call, function: library.Function) -> bool:
        count = len(node.arguments)
        if count == 1 and node.function in ("min", "max"):
            over = {"min": "lowest", "max": "highest"}[node.function]
            self.checker.fault("formula.one_argument_extreme", node, name=node.function, over=over)
            return False
        if not function.least <= count <= function.most:
            if self._misspelt_option(node, function):
                return False
            exact = function.least == function.most
            self.checker.fault(
                "formula.argument_count_exact" if exact else "formula.argument_count",
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
                self.checker.fault(
                    "formula.unknown_option", value, name=node.function, option=option, known=known
                )
                return False
        return True

    def _misspelt_option(self, node: Call, function: library.Function) -> bool:
        """Tell whether an argument too many is an option: ``weight=b`` is read as a comparison."""
        for extra in node.arguments[function.most :]:
            if isinstance(extra, Compare) and isinstance(extra.left, Name):
                option = extra.left.name
                near = Scope().suggestion(option, tuple(sorted(function.options)))
                if extra.operator == "==" and near is not None:
                    words = {"name": node.function, "option": option, "near": near}
                    self.checker.fault("formula.misspelt_option", extra, **words)
                    return True
        return False

    def _if(self, node: Call, result: bool) -> Node:
        condition = self.checker.truth(node.arguments[0])
        branches = [self.checker.check(branch, result=result) for branch in node.arguments[1:]]
        condition, *branches = self.checker.aligned([condition, *branches], node)
        kinds = {branch.type.kind for branch in branches} - {"nothing"}
        if len(kinds) > 1:
            self.checker.fault("formula.branches_differ", node)
            return self.checker.unknown(node)
        if kinds == {"number"}:
            branches = self.checker.same_unit(branches, node)
        chosen = next((n.type for n in branches if n.type.kind != "nothing"), branches[0].type)
        unit = unit_of_sum(*(n.type.unit for n in branches)) if kinds == {"number"} else BARE
        kind = joint(chosen.kind, condition, *branches, unit=unit)
        return self.checker.done(Call("if", (condition, *branches), {}), node, kind)

    def _missing(self, node: Call, result: bool) -> Node:
        operand = self.checker.check(node.arguments[0])
        return self.checker.done(Call("missing", (operand,), {}), node, joint("boolean", operand))

    def _previous(self, node: Call, result: bool) -> Node:
        over = self._list(node)
        return self.checker.unknown(node) if over is None else previous(self.checker, node, over)

    def _extreme(self, node: Call, result: bool) -> Node:
        arguments = self.checker.same_unit([self.checker.number(a) for a in node.arguments], node)
        arguments = self.checker.aligned(arguments, node)
        kind = joint("number", *arguments, unit=unit_of_sum(*(a.type.unit for a in arguments)))
        return self.checker.done(Call(node.function, tuple(arguments), {}), node, kind)

    def _of_one(self, node: Call) -> Node:
        """Check round..., sqrt, exp and log: functions of one figure."""
        operand = self.checker.number(node.arguments[0])
        if node.function == "sqrt":
            operand = self.checker.rooted(operand, Fraction(1, 2))
        else:  # a rounding and a logarithm see the scale
            operand = self.checker.settled(operand)
        if node.function in ("exp", "log"):
            operand = self.checker.plain_number(operand)
        unit = operand.type.unit
        options = {name: self.checker.number(option) for name, option in node.options.items()}
        if len(node.arguments) > 1:  # Excel's ROUND(x, 2)
            options[f"digits{'' if 'digits' not in options else '_'}"] = self.checker.number(
                node.arguments[1]
            )
        if len(options) > 1:
            self.checker.fault("formula.digits_and_to", node)
        for name, option in options.items():
            self._check_rounding(name, option)
        if "to" in options:
            options["to"] = self.checker.in_unit(
                options["to"], unit, node, "formula.different_kinds"
            )
        if node.function == "sqrt":
            unit = unit.power(Fraction(1, 2))
        elif node.function in ("exp", "log"):
            unit = PURE
        kind = joint("number", operand, unit=unit)
        return self.checker.done(Call(node.function, (operand,), options), node, kind)

    def _check_rounding(self, name: str, option: Node) -> None:
        """Check that digits= is a whole number and to= above zero, written in the formula."""
        value = written_value(option)
        if value is None:
            self.checker.fault("formula.option_not_constant", option)
        elif name != "to" and (value.denominator != 1 or abs(value) > MOST_DIGITS):
            self.checker.fault("formula.digits_whole", option, most=MOST_DIGITS)
        elif name == "to" and value <= 0:
            self.checker.fault("formula.to_above_zero", option)

    def _over_many(self, node: Call) -> Node:
        """Check sum, rank, lowest, highest, quantile and gini: over districts, or along a list."""
        checker = self.checker
        over = self._list(node)
        if over is None:
            return checker.unknown(node)
        parts = {"": checker.number(node.arguments[0])}
        if "where" in node.options:
            parts["where"] = checker.truth(node.options["where"])
        if "by" in node.options:
            parts["by"] = checker.settled(checker.check(node.options["by"]))
            if parts["by"].type.single and parts["by"].type != UNKNOWN:
                checker.fault("formula.by_not_column", node.options["by"])
        if "weights" in node.options:
            parts["weights"] = checker.number(node.options["weights"])
        domain = self._domain(node, parts, over)
        if domain is None:
            return checker.unknown(node)
        arguments = [parts.pop("")]
        if node.function == "quantile":
            at = checker.plain_number(checker.number(node.arguments[1]))
            if not at.type.single:
                checker.fault("formula.quantile_single", node.arguments[1])
            arguments.append(at)
        unit = PURE if node.function in ("rank", "gini") else arguments[0].type.unit
        if node.function == "rank" or "by" in parts:
            kind = Type("number", domain.per_district, unit, domain.over)
        elif over:
            kind = Type("number", domain.per_district, unit)
        else:
            kind = Type("number", False, unit, domain.over)
        call = Call(node.function, tuple(arguments), parts, over, domain)
        return checker.done(call, node, kind)

    def _list(self, node: Call) -> str | None:
        """Return the list that ``over=`` names, "" without one; None where it is none."""
        named = node.options.get("over")
        if named is None:
            return ""
        lists = self.checker.scope.lists
        if isinstance(named, Name) and named.name in lists:
            return named.name
        symbol = self.checker.scope.find(named.name) if isinstance(named, Name) else None
        if symbol is None or not symbol.faulty:
            known = ", ".join(lists) or "—"
            name = named.name if isinstance(named, Name) else ""
            self.checker.fault("formula.over_not_list", named, name=name, known=known)
        return None

    def _domain(self, node: Call, parts: dict[str, Node], over: str) -> Type | None:
        """Return what the figures of an aggregate have one value for each of; align its parts.

        None where they do not fit: another list, or items without a word about their list.
        """
        checker = self.checker
        lists = {part.type.over: name for name, part in parts.items() if part.type.over}
        strange = next((name for name in lists if over and name != over), None)
        if strange is not None:
            checker.fault("formula.two_lists", node, first=over, second=strange)
            return None
        per_district = any(part.type.per_district for part in parts.values())
        if over and per_district:
            parts.update({name: checker.spread(part, over) for name, part in parts.items()})
        elif not over:
            names, nodes = list(parts), checker.aligned(list(parts.values()), node)
            parts.update(zip(names, nodes, strict=True))
        if over:
            return Type("number", per_district, BARE, over)
        items = next(iter(lists), "")
        if items and not per_district:
            checker.fault("formula.over_wanted", node, function=node.function, list=items)
            return None
        return Type("number", True, BARE, items)

    def _brackets(self, node: Call) -> Node:
        """Expand step, marginal or interpolate over the table its second argument names."""
        table = node.arguments[1]
        named = isinstance(table, (Name, Lookup))
        name = table.name if isinstance(table, Name) else getattr(table, "table", "")
        symbol = self.checker.symbol(name, table) if named else None
        stages = symbol.stages if symbol is not None else None
        if symbol is not None and stages:
            return self._by_category(node, symbol, stages)
        steps = symbol.steps if symbol is not None and isinstance(table, Name) else None
        if steps is None or steps.are_points != (node.function == "interpolate"):
            if not (symbol.faulty if symbol is not None else named):
                self._no_brackets(node)
            return self.checker.unknown(node)
        steps = self._in_unit_of(node.arguments[0], steps)
        return self._bracketed(
            node, library.expand_brackets(node.function, node.arguments[0], steps)
        )

    def _by_category(self, node: Call, symbol: Symbol, stages: dict[str, Steps]) -> Node:
        """Expand a function of brackets over the table of a category: ``taper[class]``."""
        table, several = node.arguments[1], list(stages.values())
        if several[0].are_points != (node.function == "interpolate"):
            self._no_brackets(node)
            return self.checker.unknown(node)
        if not isinstance(table, Lookup):
            words = {"name": symbol.name, "function": node.function}
            self.checker.fault("formula.stages_without_index", table, **words)
            return self.checker.unknown(node)
        place = entry(self.checker, table, symbol)
        if place.type == UNKNOWN:
            return self.checker.unknown(node)
        x, (index,) = node.arguments[0], table.indices
        if isinstance(index, Text) and index.value in stages:
            steps = self._in_unit_of(x, stages[index.value])
            return self._bracketed(node, library.expand_brackets(node.function, x, steps))
        several = [self._in_unit_of(x, steps) for steps in several]
        return self._bracketed(node, library.expand_by_category(node.function, x, table, several))

    def _no_brackets(self, node: Call) -> None:
        code = "no_points" if node.function == "interpolate" else "no_steps"
        self.checker.fault(f"formula.{code}", node.arguments[1])

    def _bracketed(self, node: Call, expansion: Node) -> Node:
        expansion.start, expansion.end = node.start, node.end
        return self.checker.check(expansion)

    def _in_unit_of(self, figure: Node, steps: Steps) -> Steps:
        """Return steps whose bare edges are in the unit of the figure that is held against them."""
        unit = self.checker.settle(figure).type.unit
        if not unit.kinds:
            return steps
        kind = Type("number", unit=unit)
        edges = (
            Number(edge.value, edge.path, type=kind) if edge.type.unit.bare else edge
            for edge in steps.edges
        )
        return replace(steps, edges=tuple(edges))
