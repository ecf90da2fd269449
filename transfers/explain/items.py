"""The lines of a story for what a formula folds along a list: which item adds how much."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transfers.explain.line import Line, plainly, where_of
from transfers.formula.nodes import Call, Name, Node, Type, walk
from transfers.messages import Phrase
from transfers.policy.rules import Formula
from transfers.units import Unit, describe, with_unit
from transfers.written import decimal_text

if TYPE_CHECKING:
    from transfers.allocation import Allocation

Members = NDArray[np.intp]
ADDING = ("sum", "mean", "count", "share")
"""Functions that add up figures of items as the document has them."""

MOST_ITEMS = 15
"""Items told one by one; what the others add is told together."""
MOST_NAMED = 8


def item_lines(allocation: Allocation, formula: Formula | None, district: int) -> Iterator[Line]:
    """Yield, for each sum along a list in a formula, the items that add to it, largest first.

    Of what is built from sums only what adds items up: the squares of a deviation tell nobody
    anything.
    """
    if formula is None:
        return
    for node in walk(formula.node):
        if not isinstance(node, Call) or node.function != "sum" or not node.over:
            continue
        if formula.text[node.start :].startswith(ADDING):
            yield from _Fold(allocation, node, district).lines()


class _Fold:
    """One sum along a list, for one district."""

    def __init__(self, allocation: Allocation, node: Call, district: int) -> None:
        self.allocation, self.node, self.district = allocation, node, district
        self.policy, self.block = allocation.policy, allocation.block
        self.items = self.policy.lists[node.over]
        self.exact = self.block.exact(allocation.scenario)
        self.leaves = _leaves(allocation, node.arguments[0], node.over)

    def lines(self) -> Iterator[Line]:
        if not self.leaves:
            return  # a count: nothing that an item brings along
        everyone = np.arange(len(self.items), dtype=np.intp)
        operand = self.node.arguments[0]
        found = self.exact.numbers(operand, self._places(operand.type, everyone))
        counted = np.ones(len(self.items), dtype=bool)
        if "where" in self.node.options:
            where = self.node.options["where"]
            counted = self.exact.truth(where, self._places(where.type, everyone)) == 1
        figures = found.figures.fractions()
        adds = [(k, figures[k]) for k in np.flatnonzero(counted).tolist() if figures[k]]
        adds.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
        unit = operand.type.unit
        for item, figure in adds[:MOST_ITEMS]:
            yield self._line(item, figure, unit)
        nothing = [k for k in np.flatnonzero(counted).tolist() if not figures[k]]
        if adds[MOST_ITEMS:]:
            rest = sum((figure for _, figure in adds[MOST_ITEMS:]), Fraction(0))
            words: dict[str, object] = {"count": len(adds) - MOST_ITEMS}
            rest, named = self._plainly(rest, unit)
            yield Line("explain.items_rest", rest, named, values=words)
        if len(adds) > 1:
            total = sum((figure for _, figure in adds), Fraction(0))
            total, named = self._plainly(total, unit)
            yield Line("explain.items_sum", total, named)
        lacking = np.flatnonzero(~counted & found.missing).tolist()
        if lacking:
            words = {"count": len(lacking), "items": self._listed(lacking)}
            yield Line("explain.items_missing", values=words)
        if nothing or not adds:
            words = {"count": len(nothing), "items": self._listed(nothing)}
            words["list"] = self.items.title or self.items.name
            yield Line("explain.items_none", values=words)

    def _listed(self, items: list[int]) -> tuple[str, ...]:
        """Return what some items are called, the first of them."""
        names = (self.items.names[item] for item in items[:MOST_NAMED])
        return (*names, *["…"] * (len(items) > MOST_NAMED))

    def _places(self, kind: Type, items: Members) -> Members:
        """Return where the figures of items stand, for this district."""
        if not kind.over:
            return np.full(len(items), self.district if kind.per_district else 0, dtype=np.intp)
        if not kind.per_district:
            return items
        return np.asarray(items * self.block.district_count + self.district, dtype=np.intp)

    def _line(self, item: int, figure: Fraction, unit: Unit) -> Line:
        parts = [self._leaf(name, item) for name in self.leaves]
        words: dict[str, object] = {
            "item": self.items.names[item],
            "parts": tuple(parts),
        }
        where = "; ".join(dict.fromkeys(filter(None, (self._where(n, item) for n in self.leaves))))
        figure, named = self._plainly(figure, unit)
        return Line("explain.item", figure, named, "", "", where, words)

    def _plainly(self, figure: Fraction, unit: Unit) -> tuple[Fraction, str | Phrase]:
        figure, unit = plainly(figure, unit, self.policy.money_unit)
        return figure, self._named(unit)

    def _named(self, unit: Unit) -> str | Phrase:
        return describe(unit, self.policy.money_unit)

    def _leaf(self, leaf: Name, item: int) -> str | Phrase:
        """Say one figure that an item brings along: what it is called, how much."""
        title, unit = leaf.name, leaf.type.unit
        of, _, column = leaf.name.partition(".")
        if leaf.name in self.policy.inputs:
            title = self.policy.inputs[leaf.name].title
        elif of in self.policy.lists:
            title = self.policy.lists[of].columns[column].title or column
        places = self._places(leaf.type, np.array([item], dtype=np.intp))
        if leaf.type.kind == "number":
            found = self.exact.numbers(leaf, places)
            figure = "—" if found.missing[0] else decimal_text(found.figures.fraction(0))
            named = self._named(unit)
            return f"{title} {figure}%" if named == "%" else with_unit(f"{title} {figure}", named)
        text = self.exact.texts(leaf, places)[0]
        return f"{title} {text or '—'}"

    def _where(self, leaf: Name, item: int) -> str:
        if leaf.name in self.policy.inputs:
            place = item * self.block.district_count + self.district
            return where_of(self.allocation.districts.place(leaf.name, place))
        of, _, column = leaf.name.partition(".")
        places = self.policy.lists[of].columns[column].places
        return where_of(places[item]) if places else ""


def _leaves(allocation: Allocation, node: Node, over: str) -> list[Name]:
    """Return the inputs and columns of a list that a figure of its items is made of."""
    found: dict[str, Name] = {}
    nodes = [node]
    while nodes:
        for part in walk(nodes.pop()):
            if not isinstance(part, Name) or part.type.over != over or part.name in found:
                continue
            definition = allocation.block.definitions.get(part.name)
            if definition is not None:
                nodes.append(definition)
            elif not part.name.endswith(".key"):
                found[part.name] = part
    return list(found.values())
