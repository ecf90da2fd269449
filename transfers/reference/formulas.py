"""Formulas, one district (and one item of a list) at a time, in fractions.

A figure is a Fraction, a statement a bool, a text a str; None is *missing* and NO_BOUND is what
``none`` yields. Nothing is computed before it is asked for, so the branch of an ``if`` that is not
taken is not read (method, section 16).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from math import ceil, floor

from transfers.arithmetic import roots
from transfers.errors import Fault, TableError
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
    Pick,
    Spread,
    Text,
    Unary,
)
from transfers.formula.scope import KEY_BEFORE, ItemList, Table
from transfers.policy.rules import Path
from transfers.reference.statistics import gini, quantile


class NoBound(Enum):
    """What ``none`` yields."""

    NO_BOUND = "none"


NO_BOUND = NoBound.NO_BOUND
Value = Fraction | bool | str | NoBound | None
Column = list[Value]
Place = tuple[int, int]
"""A district, and an item of a list; -1 for none."""

AGGREGATES = ("sum", "rank", "lowest", "highest", "quantile", "gini")


def fault(code: str, formula: str, districts: list[str]) -> TableError:
    """Return the error that ends a run: what is wrong, in which formula, for whom."""
    words = {
        "formula": formula,
        "districts": ", ".join(districts),
        "count": len(districts),
        "cause": "",
        "advice": "",
    }
    return TableError([Fault(f"allocation.{code}", values=words)])


@dataclass(slots=True)
class Reader:
    """Reads checked formulas in one scenario.

    Parameters
    ----------
    names : list of str
        Of the districts, for messages.
    columns : dict of name to column
        Every name defined so far, one value per district.
    items : dict of name to list of columns
        What has a value for each item of a list and each district: item after item.
    lists : mapping of name to ItemList
    tables : mapping of name to Table
    moves : mapping of path to Fraction
        Numbers of the document that this scenario changes.
    """

    names: list[str]
    columns: dict[str, Column]
    items: dict[str, list[Column]]
    lists: Mapping[str, ItemList]
    tables: Mapping[str, Table]
    moves: Mapping[Path, Fraction]
    _known: dict[tuple[int, int, int], Value] = field(default_factory=dict)
    _totals: dict[tuple[int, int, str | None], Value] = field(default_factory=dict)

    def define(self, name: str, node: Node) -> None:
        """Make a quantity usable: for every district, and for every item if it is over a list."""
        if node.type.over:
            count = len(self.lists[node.type.over])
            self.items[name] = [self.column(node, item) for item in range(count)]
        else:
            self.columns[name] = self.column(node)

    def column(self, node: Node, item: int = -1) -> Column:
        """Return what a formula yields for every district."""
        return [self.at(node, i, item) for i in range(len(self.names))]

    def at(self, node: Node, i: int, item: int = -1) -> Value:
        """Return what a formula yields for district `i`, and for an item where it is over one."""
        known = (id(node), i, item)
        if known not in self._known:
            self._known[known] = self._at(node, i, item)
        return self._known[known]

    def number(self, number: Number) -> Fraction:
        """Return a number of the document, moved or as written."""
        return number.value if number.path is None else self.moves.get(number.path, number.value)

    def figure(self, node: Node, i: int, item: int = -1) -> Fraction | None:
        """Return a figure, or None where it is missing."""
        value = self.at(node, i, item)
        if value is NO_BOUND or isinstance(value, (str, bool)):
            raise TypeError(f"not a figure: {value!r}")
        return value

    def _at(self, node: Node, i: int, item: int = -1) -> Value:
        match node:
            case Number():
                return self.number(node)
            case Text():
                return node.value
            case Nothing():
                return NO_BOUND
            case Name():
                return self._named(node.name, i, item)
            case Pick():
                return self._item(node, i, item)
            case Spread():
                return self.at(node.operand, i, item)
            case Convert():
                converted = self.at(node.operand, i, item)
                return converted * node.factor if isinstance(converted, Fraction) else converted
            case Unary(operator="-"):
                figure = self.figure(node.operand, i, item)
                return None if figure is None else -figure
            case Unary():
                statement = self.at(node.operand, i, item)
                return None if statement is None else not statement
            case Binary():
                return self._arithmetic(node, i, item)
            case Compare():
                return self._compare(node, i, item)
            case Logic():
                return self._logic(node, i, item)
            case Lookup():
                entry = tuple(as_text(self.at(index, i, item)) for index in node.indices)
                number = self.tables[node.table].entries.get(entry)  # type: ignore[arg-type]
                return None if number is None else self.number(number)
            case Call():
                return self._call(node, i, item)
        raise TypeError(f"not a checked formula: {node!r}")

    def _item(self, node: Pick, i: int, item: int) -> Value:
        """Section 25: the figure of the item that the index names; missing for any other key."""
        key = as_text(self.at(node.index, i, item))
        keys = list(self.lists[node.of].keys)
        return self.at(node.operand, i, keys.index(key)) if key in keys else None

    def _arithmetic(self, node: Binary, i: int, item: int) -> Fraction | None:
        """Section 16: missing travels through arithmetic and out of a division by zero."""
        left, right = self.figure(node.left, i, item), self.figure(node.right, i, item)
        if left is None or right is None:
            return None
        match node.operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                return None if right == 0 else left / right
            case "^":
                return roots.power(left, right)

    def _compare(self, node: Compare, i: int, item: int) -> bool | None:
        """Section 18: comparisons are those of exact figures."""
        left, right = self.at(node.left, i, item), self.at(node.right, i, item)
        if left is None or right is None:
            return None
        match node.operator:
            case "==":
                return left == right
            case "!=":
                return left != right
            case "<":
                return left < right  # type: ignore[operator]
            case "<=":
                return left <= right  # type: ignore[operator]
            case ">":
                return left > right  # type: ignore[operator]
            case ">=":
                return left >= right  # type: ignore[operator]

    def _logic(self, node: Logic, i: int, item: int) -> Value:
        """Section 16: one false settles ``and``, one true settles ``or``; else missing travels."""
        sides = [self.at(node.left, i, item), self.at(node.right, i, item)]
        settling = node.operator == "or"
        if settling in sides:
            return settling
        return None if None in sides else not settling

    # -- functions -----------------------------------------------------------------------------

    def _call(self, node: Call, i: int, item: int) -> Value:
        if node.function in AGGREGATES:
            return self._over_many(node, i, item)
        if node.function == "missing":
            return self.at(node.arguments[0], i, item) is None
        if node.function == "if":
            condition = self.at(node.arguments[0], i, item)
            if condition is None:
                return None
            return self.at(node.arguments[1 if condition else 2], i, item)
        figures = [self.figure(argument, i, item) for argument in node.arguments]
        present = [figure for figure in figures if figure is not None]
        if len(present) < len(figures):
            return None
        match node.function:
            case "min":
                return min(present)
            case "max":
                return max(present)
            case "sqrt":
                return roots.square_root(present[0])
            case "exp":
                return roots.exponential(present[0])
            case "log":
                return roots.logarithm(present[0])
        return rounded(node.function, present[0], self._rounding_step(node))

    def _rounding_step(self, node: Call) -> Fraction:
        """Return what a rounding function rounds to: one, 10^-digits, or ``to=``."""
        for option, sign in (("to", 0), ("digits", -1)):
            if option in node.options:
                size = self.figure(node.options[option], 0)
                assert size is not None  # a constant, by the checks
                return size if sign == 0 else Fraction(10) ** -int(size)
        return Fraction(1)

    def _over_many(self, node: Call, i: int, item: int) -> Value:
        """Section 17: all districts count, unless ``where=``; ``by=`` repeats the group's value.

        Section 25: with ``over=`` all items of the list, for each district by itself.
        """
        group = None
        if "by" in node.options:
            group = as_text(self.at(node.options["by"], i, item))
            if group is None:
                self._members(node, i, item, None)  # reports a missing group among those that count
                return None
        if node.function == "rank":
            return self._rank(node, i, item, group)
        fixed = i if node.over else item
        known = (id(node), fixed if node.domain.over else -1, group)
        if known not in self._totals:
            members = self._members(node, i, item, group)
            self._totals[known] = self._total(node, members, i)
        return self._totals[known]

    def _members(self, node: Call, i: int, item: int, group: str | None) -> list[Place]:
        """Return the districts, or items, that count: inside ``where=`` and in the group."""
        everyone = [(j, item) for j in range(len(self.names))]
        if node.over:
            everyone = [(i, k) for k in range(len(self.lists[node.over]))]
        inside = list(everyone)
        if "where" in node.options:
            marks = {place: self.at(node.options["where"], *place) for place in everyone}
            self._refuse("missing_in_where", node, [p for p in everyone if marks[p] is None])
            inside = [place for place in everyone if marks[place]]
        figures = {place: self.at(node.arguments[0], *place) for place in inside}
        self._refuse("missing_in_aggregate", node, [p for p in inside if figures[p] is None])
        if "weights" in node.options:
            weights = {place: self.at(node.options["weights"], *place) for place in inside}
            self._refuse("missing_in_aggregate", node, [p for p in inside if weights[p] is None])
        if "by" not in node.options:
            return inside
        groups = {place: as_text(self.at(node.options["by"], *place)) for place in inside}
        self._refuse("missing_in_by", node, [p for p in inside if groups[p] is None])
        return [place for place in inside if groups[place] == group]

    def _refuse(self, code: str, node: Call, places: list[Place]) -> None:
        if places:
            raise fault(code, node.function, [self.names[j] for j, _ in places])

    def _total(self, node: Call, members: list[Place], i: int) -> Fraction | None:
        figures = [self.figure(node.arguments[0], *place) for place in members]
        present = [figure for figure in figures if figure is not None]
        if node.function == "sum":
            return sum(present, Fraction(0))
        if not present:
            return None
        if node.function == "gini":
            return gini(present, self._weights(node, members))
        if node.function == "lowest":
            return min(present)
        if node.function == "highest":
            return max(present)
        return quantile(present, self.figure(node.arguments[1], i))

    def _weights(self, node: Call, members: list[Place]) -> list[Fraction]:
        if "weights" not in node.options:
            return [Fraction(1) for _ in members]
        weights = [self.figure(node.options["weights"], *place) for place in members]
        return [weight for weight in weights if weight is not None]

    def _rank(self, node: Call, i: int, item: int, group: str | None) -> Fraction | None:
        """Section 20: rank 1 is the highest; ties share the better rank."""
        members = self._members(node, i, item, group)
        if (i, item) not in members:
            return None
        mine = self.figure(node.arguments[0], i, item)
        figures = [self.figure(node.arguments[0], *place) for place in members]
        return Fraction(1 + sum(figure > mine for figure in figures))  # type: ignore[operator]

    def _named(self, name: str, i: int, item: int) -> Value:
        """Return what a name stands for: of a district, of an item of a list, or of both."""
        if name in self.items:
            return self.items[name][item][i]
        if name in self.columns:
            return self.columns[name][i]
        of, _, column = name.partition(".")
        if column == "key":
            return self.lists[of].keys[item]
        if column == KEY_BEFORE:
            return self.lists[of].keys[item - 1] if item else None
        found = self.lists[of].columns[column]
        if found.kind == "number":
            number = found.numbers[item]
            return None if number is None else self.number(number)
        text = found.texts[item]
        return text if text is None or found.kind == "text" else text == "true"


def as_text(value: Value) -> str | None:
    """Write what serves as a category or a group: 1 rather than 1.0, true rather than 1."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, Fraction):
        return value if isinstance(value, str) else None
    if value.denominator == 1:
        return str(value.numerator)
    for places in range(1, 60):
        mantissa = value * 10**places
        if mantissa.denominator == 1:
            digits = str(abs(mantissa.numerator)).rjust(places + 1, "0")
            return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return str(value)


def rounded(function: str, figure: Fraction, step: Fraction) -> Fraction:
    """Round to a multiple of `step`: half away from zero, up or down (section 18).

    >>> rounded("round", Fraction(-5, 2), Fraction(1))
    Fraction(-3, 1)
    """
    if function == "round_down":
        return floor(figure / step) * step
    if function == "round_up":
        return ceil(figure / step) * step
    return half_away(figure / step) * step


def half_away(figure: Fraction) -> int:
    """Round to the nearest whole number, halves away from zero.

    >>> half_away(Fraction(5, 2)), half_away(Fraction(-5, 2))
    (3, -3)
    """
    return floor(figure + Fraction(1, 2)) if figure >= 0 else -floor(Fraction(1, 2) - figure)
