"""Read a checked formula in exact rationals, for one scenario and the districts that matter.

Slow and certain: the approximate reader asks it where float64 cannot decide, the division of
money where a rounding lies too near its cut. Roots, logarithms, exponentials and powers that are
not rational count with 50 significant digits (method, exactness).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.rationals import Rationals
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
    Unary,
)

Members = NDArray[np.intp]
Marks = NDArray[np.int8]
FIRST: Members = np.zeros(1, dtype=np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class ExactNumbers:
    """Exact figures of some districts.

    Parameters
    ----------
    figures : Rationals
        n of them; what stands where a figure is missing means nothing.
    missing : (n,) bool
    """

    figures: Rationals
    missing: NDArray[np.bool_]

    def take(self, places: Members) -> ExactNumbers:
        """Return the figures at some places."""
        return ExactNumbers(self.figures.take(places), self.missing[places])

    def floats(self) -> NDArray[np.float64]:
        """Return the nearest floats, NaN where missing."""
        return np.where(self.missing, np.nan, self.figures.floats())

    def sign_of_difference(self, other: ExactNumbers) -> NDArray[np.float64]:
        """Return -1, 0, 1, or NaN where a side is missing."""
        sign = self.figures.sign_of_difference(other.figures).astype(np.float64)
        sign[self.missing | other.missing] = np.nan
        return sign


class ExactFigures(Protocol):
    """What an exact reader may ask for, in the scenario it reads."""

    @property
    def district_count(self) -> int:
        """Number of districts, N."""

    def definition(self, name: str) -> Node | None:
        """Return the formula of a quantity; None for what is not defined by one formula."""

    def numbers(self, name: str, members: Members) -> ExactNumbers:
        """Return exact figures of an input, a stage or a grant."""

    def marks(self, name: str, members: Members) -> Marks:
        """Return an input or field that is true (1), false (0) or missing (-1)."""

    def texts(self, name: str, members: Members) -> list[str | None]:
        """Return a text input."""

    def number(self, number: Number) -> Fraction:
        """Return a number of the document, as this scenario has it."""

    def entries(self, lookup: Lookup) -> dict[tuple[str, ...], Fraction]:
        """Return a table of the document, as this scenario has it."""


def constant_value(node: Node) -> Fraction:
    """Return a number that stands in a formula, perhaps negated or converted."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Unary):
        return -constant_value(node.operand)
    if isinstance(node, Convert):
        return constant_value(node.operand) * node.factor
    raise TypeError(f"not a constant: {node!r}")


@dataclass(slots=True)
class ExactReader:
    """Reads formulas of one scenario in exact rationals."""

    figures: ExactFigures
    _single: dict[int, ExactNumbers] = field(default_factory=dict)
    _columns: dict[int, ExactNumbers] = field(default_factory=dict)

    # -- entrances -----------------------------------------------------------------------------

    def numbers(self, node: Node, members: Members) -> ExactNumbers:
        """Return the exact figures of some districts."""
        if node.type.per_district:
            return self._numbers(node, members)
        single = self._single.get(id(node))
        if single is None:
            single = self._single[id(node)] = self._numbers(node, FIRST)
        return single.take(np.zeros(len(members), dtype=np.intp))

    def number(self, node: Node) -> Fraction | None:
        """Return one figure that is the same for all districts; None where missing."""
        single = self.numbers(node, FIRST)
        return None if single.missing[0] else single.figures.fraction(0)

    def truth(self, node: Node, members: Members) -> Marks:
        """Return statements: 1 true, 0 false, -1 missing."""
        match node:
            case Name():
                definition = self.figures.definition(node.name)
                if definition is None:
                    return self.figures.marks(node.name, members)
                return self.truth(definition, members)
            case Compare():
                return self._compare(node, members)
            case Logic():
                return self._logic(node, members)
            case Unary():
                operand = self.truth(node.operand, members)
                return np.where(operand < 0, operand, 1 - operand).astype(np.int8)
            case Call(function="missing"):
                return self._is_missing(node.arguments[0], members)
            case Call():
                condition = self.truth(node.arguments[0], members)
                yes = self.truth(node.arguments[1], members)
                no = self.truth(node.arguments[2], members)
                chosen = np.where(condition == 1, yes, no)
                return np.where(condition < 0, -1, chosen).astype(np.int8)
        raise TypeError(f"not a statement: {node!r}")

    def texts(self, node: Node, members: Members) -> list[str | None]:
        """Return texts; figures that serve as categories are written as text."""
        match node:
            case Text():
                return [node.value] * len(members)
            case Name() if node.type.kind == "text":
                definition = self.figures.definition(node.name)
                if definition is None:
                    return self.figures.texts(node.name, members)
                return self.texts(definition, members)
            case Call(function="if") if node.type.kind == "text":
                condition = self.truth(node.arguments[0], members).tolist()
                yes = self.texts(node.arguments[1], members)
                no = self.texts(node.arguments[2], members)
                return [
                    None if mark < 0 else (first if mark else second)
                    for mark, first, second in zip(condition, yes, no, strict=True)
                ]
        if node.type.kind == "boolean":
            names = {-1: None, 0: "false", 1: "true"}
            return [names[mark] for mark in self.truth(node, members).tolist()]
        return self._figures_as_texts(node, members)

    # -- figures -------------------------------------------------------------------------------

    def _numbers(self, node: Node, members: Members) -> ExactNumbers:
        match node:
            case Number():
                return _constant(self.figures.number(node), len(members))
            case Nothing():
                return _absent(len(members))
            case Name():
                definition = self.figures.definition(node.name)
                if definition is None:
                    return self.figures.numbers(node.name, members)
                return self.numbers(definition, members)
            case Convert():
                operand = self.numbers(node.operand, members)
                return ExactNumbers(operand.figures * node.factor, operand.missing)
            case Unary():
                operand = self.numbers(node.operand, members)
                return ExactNumbers(-operand.figures, operand.missing)
            case Binary():
                return self._binary(node, members)
            case Lookup():
                return self._lookup(node, members)
            case Call():
                return self._call(node, members)
        raise TypeError(f"not a figure: {node!r}")

    def _binary(self, node: Binary, members: Members) -> ExactNumbers:
        left, right = self.numbers(node.left, members), self.numbers(node.right, members)
        missing = left.missing | right.missing
        if node.operator == "+":
            return ExactNumbers(left.figures + right.figures, missing)
        if node.operator == "-":
            return ExactNumbers(left.figures - right.figures, missing)
        if node.operator == "*":
            return ExactNumbers(left.figures * right.figures, missing)
        if node.operator == "/":
            missing = missing | (right.figures.sign_of_difference(0) == 0)
            return ExactNumbers(left.figures / _without_missing(right.figures, missing), missing)
        from transfers.arithmetic.roots import power

        return _one_by_one(power, [left, right], missing)

    def _lookup(self, node: Lookup, members: Members) -> ExactNumbers:
        entries = self.figures.entries(node)
        texts = [self.texts(index, members) for index in node.indices]
        found = [
            None if None in key else entries.get(tuple(t for t in key if t is not None))
            for key in zip(*texts, strict=True)
        ]
        return _from_optional(found)

    def _call(self, node: Call, members: Members) -> ExactNumbers:
        function = node.function
        if function == "if":
            return self._if(node, members)
        if function in ("min", "max"):
            return self._extreme(node, members)
        if function in ("sum", "rank", "lowest", "highest", "quantile"):
            return self._over_districts(node, members)
        operand = self.numbers(node.arguments[0], members)
        if function in ("round", "round_up", "round_down"):
            return _rounded(node, operand)
        from transfers.arithmetic import roots

        root = {
            "sqrt": roots.square_root,
            "exp": roots.exponential,
            "log": roots.logarithm,
        }[function]
        return _one_by_one(root, [operand], operand.missing)

    def _if(self, node: Call, members: Members) -> ExactNumbers:
        condition = self.truth(node.arguments[0], members)
        yes = self.numbers(node.arguments[1], members)
        no = self.numbers(node.arguments[2], members)
        chosen = condition == 1
        missing = np.where(chosen, yes.missing, no.missing) | (condition < 0)
        return ExactNumbers(chosen_where(chosen, yes.figures, no.figures), missing)

    def _extreme(self, node: Call, members: Members) -> ExactNumbers:
        best = self.numbers(node.arguments[0], members)
        figures, missing = best.figures, best.missing
        wanted = -1 if node.function == "min" else 1
        for argument in node.arguments[1:]:
            other = self.numbers(argument, members)
            better = other.figures.sign_of_difference(figures) == wanted
            figures = chosen_where(better, other.figures, figures)
            missing = missing | other.missing
        return ExactNumbers(figures, missing)

    def _over_districts(self, node: Call, members: Members) -> ExactNumbers:
        """Return aggregates: computed once for everyone, then taken for the members."""
        from transfers.formula.exact_aggregates import over_districts

        column = self._columns.get(id(node))
        if column is None:
            column = self._columns[id(node)] = over_districts(self, node)
        return column.take(members)

    # -- statements ----------------------------------------------------------------------------

    def _compare(self, node: Compare, members: Members) -> Marks:
        if "text" in (node.left.type.kind, node.right.type.kind):
            left, right = self.texts(node.left, members), self.texts(node.right, members)
            equal = node.operator == "=="
            return np.array(
                [
                    -1 if a is None or b is None else int((a == b) is equal)
                    for a, b in zip(left, right, strict=True)
                ],
                dtype=np.int8,
            )
        if node.left.type.kind == "boolean":
            mine, theirs = self.truth(node.left, members), self.truth(node.right, members)
            sign = np.where((mine < 0) | (theirs < 0), np.nan, (mine - theirs).astype(float))
        else:
            sign = self.numbers(node.left, members).sign_of_difference(
                self.numbers(node.right, members)
            )
        holds = {
            "==": sign == 0,
            "!=": sign != 0,
            "<": sign < 0,
            "<=": sign <= 0,
            ">": sign > 0,
            ">=": sign >= 0,
        }[node.operator]
        return np.where(np.isnan(sign), -1, holds).astype(np.int8)

    def _logic(self, node: Logic, members: Members) -> Marks:
        left, right = self.truth(node.left, members), self.truth(node.right, members)
        settles = 0 if node.operator == "and" else 1
        rest = np.where((left < 0) | (right < 0), -1, 1 - settles)
        return np.where((left == settles) | (right == settles), settles, rest).astype(np.int8)

    def _is_missing(self, node: Node, members: Members) -> Marks:
        if node.type.kind == "boolean":
            return (self.truth(node, members) < 0).astype(np.int8)
        if node.type.kind == "text":
            return np.array([t is None for t in self.texts(node, members)], dtype=np.int8)
        return self.numbers(node, members).missing.astype(np.int8)

    def _figures_as_texts(self, node: Node, members: Members) -> list[str | None]:
        from transfers.formula.approximate import category_text

        exact = self.numbers(node, members)
        return [
            None if gone else category_text(number)
            for number, gone in zip(exact.figures.fractions(), exact.missing.tolist(), strict=True)
        ]


def _constant(value: Fraction, count: int) -> ExactNumbers:
    return ExactNumbers(Rationals.repeated(value, count), np.zeros(count, dtype=bool))


def _absent(count: int) -> ExactNumbers:
    return ExactNumbers(Rationals.repeated(0, count), np.ones(count, dtype=bool))


def _from_optional(values: list[Fraction | None]) -> ExactNumbers:
    figures = Rationals.from_fractions([Fraction(0) if v is None else v for v in values])
    return ExactNumbers(figures, np.array([v is None for v in values], dtype=bool))


def chosen_where(mask: NDArray[np.bool_], yes: Rationals, no: Rationals) -> Rationals:
    """Return the figures of `yes` where `mask` is true, of `no` elsewhere."""
    first, second = np.flatnonzero(mask), np.flatnonzero(~mask)
    if not len(second):
        return yes
    if not len(first):
        return no
    parts = [(first, yes.take(first)), (second, no.take(second))]
    return Rationals.assembled(len(mask), parts)


def _without_missing(figures: Rationals, missing: NDArray[np.bool_]) -> Rationals:
    """Put 1 where a figure is missing, so that arithmetic with it is harmless."""
    if not missing.any():
        return figures
    return chosen_where(missing, Rationals.repeated(1, len(missing)), figures)


def _one_by_one(function, operands: list[ExactNumbers], missing: NDArray[np.bool_]) -> ExactNumbers:  # type: ignore[no-untyped-def]
    columns = [operand.figures.fractions() for operand in operands]
    results = [
        None if gone else function(*figures)
        for gone, *figures in zip(missing.tolist(), *columns, strict=True)
    ]
    return _from_optional(results)


def _rounded(node: Call, operand: ExactNumbers) -> ExactNumbers:
    """Round to a multiple: half away from zero, up or down."""
    from transfers.formula.approximate import rounding_multiple

    multiple = rounding_multiple(node)
    results: list[Fraction | None] = []
    for number, gone in zip(operand.figures.fractions(), operand.missing.tolist(), strict=True):
        results.append(None if gone else round_to_multiple(number, multiple, node.function))
    return _from_optional(results)


def round_to_multiple(number: Fraction, multiple: Fraction, function: str) -> Fraction:
    """Return the multiple nearest to a number (half away from zero), above it or below it.

    >>> round_to_multiple(Fraction(-5, 2), Fraction(1), "round")
    Fraction(-3, 1)
    """
    steps = number / multiple
    if function == "round_down":
        return multiple * (steps.numerator // steps.denominator)
    if function == "round_up":
        return multiple * -((-steps.numerator) // steps.denominator)
    sign = -1 if steps < 0 else 1
    doubled = 2 * abs(steps) + 1
    return multiple * sign * (doubled.numerator // (2 * doubled.denominator))
