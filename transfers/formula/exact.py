"""Read a checked formula in exact rationals, for one scenario and the districts that matter.

Slow and certain: the approximate reader asks it where float64 cannot decide, the division of
money where a rounding lies too near its cut. Roots, logarithms, exponentials and powers that are
not rational count with 50 significant digits (method, exactness).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from transfers.formula.exact_figures import ExactFigures, Marks
from transfers.formula.exact_numbers import (
    ExactNumbers,
    Members,
    absent,
    chosen_where,
    from_optional,
    holds_by_sign,
    in_range,
    one_by_one,
    repeated,
    rounded,
    without_missing,
)
from transfers.formula.items import below, below_pick
from transfers.formula.library import PRIMITIVES_OVER_DISTRICTS
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
    walk,
)
from transfers.formula.values import category_text

FIRST: Members = np.zeros(1, dtype=np.intp)


class ExactReader(Struct, eq=False):
    """Reads formulas of one scenario in exact rationals."""

    figures: ExactFigures
    _single: dict[int, tuple[Node, ExactNumbers]] = field(default_factory=dict)
    _columns: dict[int, tuple[Node, ExactNumbers]] = field(default_factory=dict)
    _kept: dict[int, tuple[Members, dict[int, ExactNumbers]]] = field(default_factory=dict)
    _projected: dict[tuple[int, bool], tuple[Members, Members]] = field(default_factory=dict)
    _everyone: dict[int, Members] = field(default_factory=dict)
    _rests: dict[str, list[Node]] = field(default_factory=dict)
    _depth: int = 0

    # -- entrances -----------------------------------------------------------------------------

    def numbers(self, node: Node, members: Members) -> ExactNumbers:
        """Return the exact figures of some districts.

        Every part is read once for the same districts: expansions and chains of quantities use a
        part many times over.
        """
        if node.type.single:
            # The node is kept beside its figure, so that its id is not used again.
            single = self._single.get(id(node))
            if single is None:
                single = self._single[id(node)] = (node, self._held(node, FIRST))
            return single[1].take(np.zeros(len(members), dtype=np.intp))
        kept = self._kept.setdefault(id(members), (members, {}))[1]
        known = kept.get(id(node))
        return known or kept.setdefault(id(node), self._held(node, members))

    def _held(self, node: Node, members: Members) -> ExactNumbers:
        """Read a figure, and hold what it is made of until the whole formula is read."""
        self._depth += 1
        try:
            return self._shallow(node, members)
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._kept.clear()
                self._projected.clear()

    def everyone(self, count: int) -> Members:
        """Return all of so many places, the same array each time: what is held is found by it."""
        return self._everyone.setdefault(count, np.arange(count, dtype=np.intp))

    def _shallow(self, node: Node, members: Members) -> ExactNumbers:
        """Read a figure; if it is a quantity, the quantities it rests on first, in their order.

        So a chain of a thousand quantities is a thousand short reads, not one deep one.
        """
        if isinstance(node, Name):
            decided = self.figures.decided(node.name, members)
            if decided is not None:
                return decided
            for definition in self._foundations(node.name):
                if definition is not node:
                    self._foundation(definition, node, members)
        return self._numbers(node, members)

    def _foundation(self, definition: Node, node: Node, members: Members) -> None:
        """Read what a quantity rests on, where its figures are those of the quantity.

        What is folded on the way is read when it is asked for.
        """
        mine, wanted = node.type, definition.type
        if wanted.single or (wanted.over, wanted.per_district) == (mine.over, mine.per_district):
            self.numbers(definition, members)
        elif mine.over and mine.per_district and wanted.over in ("", mine.over):
            spread = Spread(definition, type=mine)
            self.numbers(definition, self._below(spread, members))

    def _below(self, node: Spread, members: Members) -> Members:
        """Return the places below a spread, the same array for the same places."""
        known = (id(members), bool(node.operand.type.over))
        kept = self._projected.get(known)
        if kept is None:
            places = below(node, members, self.figures.district_count)
            kept = self._projected[known] = (members, places)
        return kept[1]

    def picked(self, node: Pick, members: Members) -> tuple[Members, NDArray[np.bool_]]:
        """Return where the figures that a pick names stand below it, and which name no item."""
        places = self.figures.item_places(node.of)
        single = node.index.type.single
        keys = self.texts(node.index, np.zeros_like(members) if single else members)
        items = np.array([-1 if key is None else places.get(key, -1) for key in keys], np.intp)
        below = below_pick(node, np.maximum(items, 0), members, self.figures.district_count)
        return below, items < 0

    def _foundations(self, name: str) -> list[Node]:
        """Return the formulas of the numbers that a quantity rests on, in reading order."""
        known = self._rests.get(name)
        if known is not None:
            return known
        found: dict[str, Node] = {}
        names = [name]
        while names:
            definition = self.figures.definition(names.pop())
            for part in walk(definition) if definition is not None else ():
                if isinstance(part, Name) and part.name not in found:
                    below = self.figures.definition(part.name)
                    # Texts, statements and decimals are at hand as they were decided.
                    if below is not None and not self.figures.is_decided(part.name):
                        found[part.name] = below
                        names.append(part.name)
        known = [found[n] for n in sorted(found, key=self.figures.order_of)]
        if self.figures.definition(name) is not None:
            self._rests[name] = known
        return known

    def number(self, node: Node) -> Fraction | None:
        """Return one figure that is the same for all districts; None where missing."""
        single = self.numbers(node, FIRST)
        return None if single.missing[0] else single.figures.fraction(0)

    def truth(self, node: Node, members: Members) -> Marks:
        """Return statements: 1 true, 0 false, -1 missing."""
        match node:
            case Name():
                # What holds is decided exactly when a name is defined.
                return self.figures.marks(node.name, members)
            case Compare():
                return self._compare(node, members)
            case Logic():
                return self._logic(node, members)
            case Spread():
                return self.truth(node.operand, self._below(node, members))
            case Unary():
                operand = self.truth(node.operand, members)
                return np.where(operand < 0, operand, 1 - operand).astype(np.int8)
            case Pick():
                places, gone = self.picked(node, members)
                return np.where(gone, -1, self.truth(node.operand, places)).astype(np.int8)
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
                return self.figures.texts(node.name, members)
            case Pick() if node.type.kind == "text":
                places, gone = self.picked(node, members)
                texts = self.texts(node.operand, places)
                return [None if g else t for t, g in zip(texts, gone.tolist(), strict=True)]
            case Spread() if node.type.kind == "text":
                return self.texts(node.operand, self._below(node, members))
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
                return repeated(self.figures.number(node), len(members))
            case Nothing():
                return absent(len(members))
            case Name():
                definition = self.figures.definition(node.name)
                if definition is None:
                    return self.figures.numbers(node.name, members)
                return self.numbers(definition, members)
            case Spread():
                return self.numbers(node.operand, self._below(node, members))
            case Pick():
                places, gone = self.picked(node, members)
                operand = self.numbers(node.operand, places)
                return ExactNumbers(operand.figures, operand.missing | gone)
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
            return in_range(left.figures + right.figures, missing)
        if node.operator == "-":
            return in_range(left.figures - right.figures, missing)
        if node.operator == "*":
            return in_range(left.figures * right.figures, missing)
        if node.operator == "/":
            missing = missing | (right.figures.sign_of_difference(0) == 0)
            return in_range(left.figures / without_missing(right.figures, missing), missing)
        from transfers.arithmetic.roots import power

        return one_by_one(power, [left, right], missing)

    def _lookup(self, node: Lookup, members: Members) -> ExactNumbers:
        entries = self.figures.entries(node)
        texts = [self.texts(index, members) for index in node.indices]
        found = [
            None if None in key else entries.get(tuple(t for t in key if t is not None))
            for key in zip(*texts, strict=True)
        ]
        return from_optional(found)

    def _call(self, node: Call, members: Members) -> ExactNumbers:
        function = node.function
        if function == "if":
            return self._if(node, members)
        if function in ("min", "max"):
            return self._extreme(node, members)
        if function in PRIMITIVES_OVER_DISTRICTS:
            return self._over_many(node, members)
        operand = self.numbers(node.arguments[0], members)
        if function in ("round", "round_up", "round_down"):
            return rounded(node, operand)
        from transfers.arithmetic import roots

        root = {
            "sqrt": roots.square_root,
            "exp": roots.exponential,
            "log": roots.logarithm,
        }[function]
        return one_by_one(root, [operand], operand.missing)

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

    def _over_many(self, node: Call, members: Members) -> ExactNumbers:
        """Return aggregates: computed once for everyone, then taken for the members."""
        from transfers.formula.exact_aggregates import over_many

        column = self._columns.get(id(node))
        if column is None:
            column = self._columns[id(node)] = (node, over_many(self, node))
        return column[1].take(members)

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
            figures = self.numbers(node.left, members)
            sign = figures.sign_of_difference(self.numbers(node.right, members))
        return holds_by_sign(node.operator, sign)

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
        exact = self.numbers(node, members)
        return [
            None if gone else category_text(number)
            for number, gone in zip(exact.figures.fractions(), exact.missing.tolist(), strict=True)
        ]
