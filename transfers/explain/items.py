"""The lines of a story for what a formula folds along a list: which item adds how much."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.explain.line import Line, plainly, where_of
from transfers.formula.nodes import Call, Name, Node, Pick, Type, walk
from transfers.policy.rules import Formula
from transfers.units import Unit, describe
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
        if isinstance(node, Pick) and not node.type.over:
            yield from _Items(allocation, node.operand, node.of, district).picked(node)
        if not isinstance(node, Call) or node.function != "sum" or not node.over:
            continue
        if formula.text[node.start :].startswith(ADDING):
            operand = node.arguments[0]
            yield from _Items(allocation, operand, node.over, district).lines(node.options)


class _Leaf(Struct, frozen=True, eq=False):
    """What an item brings along: a figure of its own, or of the item that a pick names for it."""

    name: Name
    through: Pick | None = None


class _Items:
    """Figures of the items of a list, for one district."""

    def __init__(self, allocation: Allocation, operand: Node, over: str, district: int) -> None:
        self.allocation, self.operand, self.district = allocation, operand, district
        self.policy, self.block = allocation.policy, allocation.block
        self.items = self.policy.lists[over]
        self.exact = self.block.exact(allocation.scenario)
        self.leaves = _leaves(allocation, operand, over)

    def picked(self, node: Pick) -> Iterator[Line]:
        """Yield the figure that a pick takes, and what it is made of."""
        at = np.full(1, self.district if node.type.per_district else 0, dtype=np.intp)
        key = self.exact.texts(node.index, at if not node.index.type.single else at * 0)[0]
        if key not in self.items.keys or node.type.kind != "number":
            return
        found = self.exact.numbers(node, at)
        if not found.missing[0]:
            figure = found.figures.fraction(0)
            yield self._line(self.items.keys.index(key), figure, node.type.unit)

    def lines(self, options: dict[str, Node]) -> Iterator[Line]:
        """Yield what each item adds to a sum along the list, the largest first."""
        if not self.leaves:
            return  # a count: nothing that an item brings along
        everyone = np.arange(len(self.items), dtype=np.intp)
        operand = self.operand
        found = self.exact.numbers(operand, self._places(operand.type, everyone))
        counted = np.ones(len(self.items), dtype=bool)
        if "where" in options:
            where = options["where"]
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

    def _plainly(self, figure: Fraction, unit: Unit) -> tuple[Fraction, str]:
        figure, unit = plainly(figure, unit, self.policy.money_unit)
        return figure, self._named(unit)

    def _named(self, unit: Unit) -> str:
        return describe(unit, self.policy.money_unit)

    def _leaf(self, leaf: _Leaf, item: int) -> str:
        """Say one figure that an item brings along: what it is called, how much."""
        name = leaf.name
        title, unit = name.name, name.type.unit
        of, _, column = title.partition(".")
        if title in self.policy.inputs:
            title = self.policy.inputs[title].title
        elif of in self.policy.lists:
            title = self.policy.lists[of].columns[column].title or column
        places, gone = self._places_of(leaf, item)
        if name.type.kind == "number":
            found = self.exact.numbers(name, places)
            lacking = gone or bool(found.missing[0])
            figure = "—" if lacking else decimal_text(found.figures.fraction(0))
            return f"{title} {_with_unit(figure, self._named(unit))}"
        text = None if gone else self.exact.texts(name, places)[0]
        return f"{title} {text or '—'}"

    def _places_of(self, leaf: _Leaf, item: int) -> tuple[Members, bool]:
        """Return where the figure of a leaf stands, and whether a pick finds none."""
        places = np.array([item], dtype=np.intp)
        if leaf.through is None:
            return self._places(leaf.name.type, places), False
        places = self._places(leaf.through.type, places)
        below, gone = self.exact.picked(leaf.through, places)
        return below, bool(gone[0])

    def _where(self, leaf: _Leaf, item: int) -> str:
        places, gone = self._places_of(leaf, item)
        place, name = int(places[0]), leaf.name.name
        if gone:
            return ""
        if name in self.policy.inputs:
            return where_of(self.allocation.districts.place(name, place))
        of, _, column = name.partition(".")
        found = self.policy.lists[of].columns[column].places
        return where_of(found[place]) if found else ""


def _leaves(allocation: Allocation, node: Node, over: str) -> list[_Leaf]:
    """Return the inputs and columns of a list that a figure of its items is made of."""
    found: dict[tuple[str, bool], _Leaf] = {}
    seen: set[int] = set()
    nodes: list[tuple[Node, Pick | None]] = [(node, None)]
    while nodes:
        part, through = nodes.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        definition = None
        if isinstance(part, Name) and part.type.over == over:
            definition = allocation.block.definitions.get(part.name)
            if definition is None and not part.name.endswith(".key"):
                found.setdefault((part.name, through is not None), _Leaf(part, through))
        below = [definition] if definition is not None else list(part.children())
        if isinstance(part, Pick):
            through = part if part.type.over == over else through
            below = [part.operand] if part.of == over and part.type.over == over else [part.index]
        nodes += [(child, through) for child in reversed(below)]
    return list(found.values())


def _with_unit(figure: str, unit: str) -> str:
    """Write a figure with its unit; a per cent sign stands close to it."""
    return f"{figure}{unit}" if unit == "%" else f"{figure} {unit}".rstrip()
