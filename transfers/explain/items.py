"""The lines below a formula: what its aggregates come to, and what each item of a list adds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from transfers.errors import TooLongError
from transfers.explain.atoms import Written, aggregates_in
from transfers.explain.line import Line, figure_in_words, plainly
from transfers.explain.list_items import Items, bare
from transfers.explain.order import formulas_of
from transfers.formula.nodes import Binary, Call, Name, Node, Number, Pick, walk
from transfers.messages import Phrase
from transfers.policy.rules import Formula
from transfers.units import describe

if TYPE_CHECKING:
    from transfers.allocation import Allocation

TOLD_BY_ITEM = ("sum", "mean", "count", "lowest", "highest", "quantile")
"""Functions whose items say something: the squares of a deviation tell nobody anything."""

MOST_ITEMS = 15
"""Items told one by one; what the others add is told together."""


def lines_below(
    allocation: Allocation,
    formula: Formula | None,
    district: int,
    told: set[str],
    most: int = MOST_ITEMS,
) -> Iterator[Line]:
    """Yield what the aggregates of a formula come to, in the order in which they are written.

    One along a list item by item; one over districts in a line, unless it was `told` before.
    """
    if formula is None:
        return
    for call in aggregates_in(formula.node, formula.text):
        yield from _Aggregate(allocation, formula, call, district, most).lines(told)
    picks = (part for part in walk(formula.node) if isinstance(part, Pick) and not part.type.over)
    for pick in {formula.text[part.start : part.end]: part for part in picks}.values():
        yield from Items(allocation, pick.of, district).picked(pick, formula.text)


def item_figures(
    allocation: Allocation, formula: Formula, district: int, most: int = MOST_ITEMS
) -> Iterator[Line]:
    """Yield the figure of each item of a quantity over a list, with what it is made of."""
    if formula.node.type.kind == "number":
        teller = Items(allocation, formula.node.type.over, district)
        parts = [(formula.node, formula.text)]
        everyone = list(range(len(teller.items)))
        figures = teller.numbers(formula.node, everyone)
        unit = formula.node.type.unit
        changed = teller.changed() if everyone[most:] else set()
        told = [*everyone[:most], *(item for item in everyone[most:] if item in changed)]
        for item in told:
            yield teller.line(item, figures[item], unit, parts)
        if len(told) < len(everyone):
            yield Line("explain.items_more", values={"count": len(everyone) - len(told)})


def told_with_their_sum(allocation: Allocation) -> set[str]:
    """Return the quantities over a list that are folded alone: there their items are told."""
    found: set[str] = set()
    formulas = (f for s in allocation.policy.statements for f in formulas_of(s) if f is not None)
    for formula in formulas:
        for call in aggregates_in(formula.node, formula.text):
            folded = _folded(call.node)
            if folded is not None and call.function in TOLD_BY_ITEM:
                operand = bare(folded.arguments[0])
                if isinstance(operand, Name):
                    found.add(operand.name)
    return found


def _folded(node: Node) -> Call | None:
    """Return the sum, or the choice, along a list that the value of a call is made of."""
    node = bare(node)
    if isinstance(node, Binary):  # a mean
        node = bare(node.left)
    return node if isinstance(node, Call) and node.over else None


class _Aggregate:
    """One aggregate of a formula, for one district."""

    def __init__(
        self, allocation: Allocation, formula: Formula, call: Written, district: int, most: int
    ) -> None:
        self.allocation, self.formula, self.call = allocation, formula, call
        self.district, self.most = district, most
        self.exact = allocation.block.exact(allocation.scenario)

    def lines(self, told: set[str]) -> Iterator[Line]:
        node = self.call.node
        if node.type.over or node.type.kind != "number":
            return  # one figure for each item: told there
        fold = _folded(node) if self.call.function in TOLD_BY_ITEM else None
        below = list(self._folded_lines(fold)) if fold is not None else []
        if below:
            yield from below
        elif self.call.text not in told:
            told.add(self.call.text)
            try:
                yield from self._line()
            except TooLongError:
                return

    def _line(self) -> Iterator[Line]:
        """Say what the aggregate comes to; of a share what is divided by what."""
        node = bare(self.call.node)
        if self.call.function == "share" and isinstance(node, Binary):
            of, whole = self._figure(node.left), self._figure(node.right)
            if None not in (of, whole):
                words: dict[str, object] = {"part": self._said(of, node.left)}
                words["whole"] = self._said(whole, node.right)
                share, unit = self._plainly(self._figure(self.call.node))
                yield Line("explain.item_share", share, unit, self.call.text, values=words)
                return
        if self.call.text != self.formula.text.strip():
            yield self._result()

    def _result(self) -> Line:
        figure, unit = self._plainly(self._figure(self.call.node))
        return Line("explain.item_aggregate", figure, unit, self.call.text)

    def _plainly(self, figure: Fraction | None) -> tuple[Fraction | None, str | Phrase]:
        money = self.allocation.policy.money_unit
        unit = self.call.node.type.unit
        if figure is None:
            return None, ""
        figure, unit = plainly(figure, unit, money)
        return figure, describe(unit, money)

    def _said(self, figure: Fraction | None, node: Node) -> str | Phrase:
        money = self.allocation.policy.money_unit
        figure, unit = plainly(figure or Fraction(0), node.type.unit, money)
        return figure_in_words(figure, describe(unit, money))

    def _figure(self, node: Node) -> Fraction | None:
        place = self.district if node.type.per_district else 0
        found = self.exact.numbers(node, np.array([place], dtype=np.intp))
        return None if found.missing[0] else found.figures.fraction(0)

    # -- along a list --------------------------------------------------------------------------

    def _operand(self, fold: Call) -> tuple[Node, tuple[Node, ...]]:
        """Return what is folded, and what it is weighed by; of a mean x, not x times weight."""
        operand, whole = bare(fold.arguments[0]), bare(self.call.node)
        if isinstance(whole, Binary) and isinstance(operand, Binary):
            weights = bare(whole.right)
            if isinstance(weights, Call) and not isinstance(bare(weights.arguments[0]), Number):
                return operand.left, (operand.right,)
        return fold.arguments[0], ()

    def _folded_lines(self, fold: Call) -> Iterator[Line]:
        teller = Items(self.allocation, fold.over, self.district)
        operand, weights = self._operand(fold)
        parts = [(node, self.formula.text) for node in (operand, *weights)]
        everyone = list(range(len(teller.items)))
        where = fold.options.get("where")
        counted = everyone if where is None else teller.holding(where, everyone)
        found = teller.optional(operand, counted)
        lacking = [item for item, figure in found.items() if figure is None]
        figures = {item: figure for item, figure in found.items() if figure is not None}
        adding = self.call.function in ("sum", "count")
        changed = teller.changed()
        told = [item for item, figure in figures.items() if figure or not adding]
        if not any(list(teller.atoms(item, parts)) for item in told or counted):
            return  # a count: nothing that an item brings along
        largest = teller.largest({item: figures[item] for item in told}, self.most, changed)
        unit = operand.type.unit
        for item in sorted(largest):
            yield teller.line(item, figures[item], unit, parts)
        rest = [item for item in told if item not in largest]
        if rest and adding:
            total = sum((figures[item] for item in rest), Fraction(0))
            total, named = teller.plainly(total, unit)
            yield Line("explain.items_rest", total, named, values={"count": len(rest)})
        elif rest:
            yield Line("explain.items_more", values={"count": len(rest)})
        if not adding:
            yield self._result()
        elif len(told) > 1:
            total, named = teller.plainly(sum(figures.values(), Fraction(0)), unit)
            yield Line("explain.items_sum", total, named)
        if lacking:
            words = {"count": len(lacking), "items": teller.listed(lacking)}
            yield Line("explain.items_missing", values=words)
        nothing = [item for item in figures if item not in told and teller.in_question(item, parts)]
        if nothing or not told:
            nothing.sort(key=lambda item: item not in changed)
            words = {"count": len(nothing), "items": teller.listed(nothing)}
            words["list"] = teller.items.title or teller.items.name
            yield Line("explain.items_none", values=words)
