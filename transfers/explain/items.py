"""The lines below a formula: what its aggregates come to, and what each item of a list adds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transfers.errors import TooLongError
from transfers.explain.atoms import Written, aggregates_in, atoms_of
from transfers.explain.changes import where_figure
from transfers.explain.line import Line, figure_in_words, plainly, where_of
from transfers.explain.order import formulas_of
from transfers.formula.nodes import Binary, Call, Lookup, Name, Node, Number, Pick, Type, walk
from transfers.messages import Phrase
from transfers.policy.rules import Formula, QuantityRule
from transfers.units import Unit, describe

if TYPE_CHECKING:
    from transfers.allocation import Allocation

Members = NDArray[np.intp]
TOLD_BY_ITEM = ("sum", "mean", "count", "lowest", "highest", "quantile")
"""Functions whose items say something: the squares of a deviation tell nobody anything."""

MOST_ITEMS = 15
"""Items told one by one; what the others add is told together."""
MOST_NAMED = 8


def lines_below(
    allocation: Allocation, formula: Formula | None, district: int, told: set[str]
) -> Iterator[Line]:
    """Yield what the aggregates of a formula come to, in the order in which they are written.

    One along a list item by item; one over districts in a line, unless it was `told` before.
    """
    if formula is None:
        return
    for call in aggregates_in(formula.node, formula.text):
        yield from _Aggregate(allocation, formula, call, district).lines(told)
    picks = (part for part in walk(formula.node) if isinstance(part, Pick) and not part.type.over)
    for pick in {formula.text[part.start : part.end]: part for part in picks}.values():
        yield from _Items(allocation, pick.of, district).picked(pick, formula.text)


def item_figures(allocation: Allocation, formula: Formula, district: int) -> Iterator[Line]:
    """Yield the figure of each item of a quantity over a list, with what it is made of."""
    if formula.node.type.kind == "number":
        teller = _Items(allocation, formula.node.type.over, district)
        parts = [(formula.node, formula.text)]
        everyone = list(range(len(teller.items)))
        figures = teller.numbers(formula.node, everyone)
        unit = formula.node.type.unit
        for item in everyone[:MOST_ITEMS]:
            yield teller.line(item, figures[item], unit, parts)
        if everyone[MOST_ITEMS:]:
            yield Line("explain.items_more", values={"count": len(everyone) - MOST_ITEMS})


def told_with_their_sum(allocation: Allocation) -> set[str]:
    """Return the quantities over a list that are folded alone: there their items are told."""
    found: set[str] = set()
    formulas = (f for s in allocation.policy.statements for f in formulas_of(s) if f is not None)
    for formula in formulas:
        for call in aggregates_in(formula.node, formula.text):
            folded = _folded(call.node)
            if folded is not None and call.function in TOLD_BY_ITEM:
                operand = _bare(folded.arguments[0])
                if isinstance(operand, Name):
                    found.add(operand.name)
    return found


def _folded(node: Node) -> Call | None:
    """Return the sum, or the choice, along a list that the value of a call is made of."""
    node = _bare(node)
    if isinstance(node, Binary):  # a mean
        node = _bare(node.left)
    return node if isinstance(node, Call) and node.over else None


def _bare(node: Node) -> Node:
    """Return what stands below conversions of units and repetitions."""
    while not isinstance(node, Name) and not isinstance(node, Call):
        below = list(node.children())
        if len(below) != 1 or isinstance(node, Lookup):
            break
        (node,) = below
    return node


class _Aggregate:
    """One aggregate of a formula, for one district."""

    def __init__(
        self, allocation: Allocation, formula: Formula, call: Written, district: int
    ) -> None:
        self.allocation, self.formula, self.call = allocation, formula, call
        self.district = district
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
        node = _bare(self.call.node)
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
        operand, whole = _bare(fold.arguments[0]), _bare(self.call.node)
        if isinstance(whole, Binary) and isinstance(operand, Binary):
            weights = _bare(whole.right)
            if isinstance(weights, Call) and not isinstance(_bare(weights.arguments[0]), Number):
                return operand.left, (operand.right,)
        return fold.arguments[0], ()

    def _folded_lines(self, fold: Call) -> Iterator[Line]:
        teller = _Items(self.allocation, fold.over, self.district)
        operand, weights = self._operand(fold)
        parts = [(node, self.formula.text) for node in (operand, *weights)]
        everyone = list(range(len(teller.items)))
        where = fold.options.get("where")
        counted = everyone if where is None else teller.holding(where, everyone)
        found = teller.optional(operand, counted)
        lacking = [item for item, figure in found.items() if figure is None]
        figures = {item: figure for item, figure in found.items() if figure is not None}
        adding = self.call.function in ("sum", "count")
        told = [item for item, figure in figures.items() if figure or not adding]
        if not any(list(teller.atoms(item, parts)) for item in told or counted):
            return  # a count: nothing that an item brings along
        largest = sorted(told, key=lambda item: (-abs(figures[item]), item))[:MOST_ITEMS]
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
            words = {"count": len(nothing), "items": teller.listed(nothing)}
            words["list"] = teller.items.title or teller.items.name
            yield Line("explain.items_none", values=words)


class _Items:
    """The items of a list, for one district: their figures, and what these are made of."""

    def __init__(self, allocation: Allocation, over: str, district: int) -> None:
        self.allocation, self.over, self.district = allocation, over, district
        self.policy, self.block = allocation.policy, allocation.block
        self.items = self.policy.lists[over]
        self.exact = self.block.exact(allocation.scenario)

    def numbers(self, node: Node, items: list[int]) -> list[Fraction | None]:
        found = self.exact.numbers(node, self._places(node.type, items))
        figures = found.figures.fractions()
        return [None if gone else x for x, gone in zip(figures, found.missing, strict=True)]

    def optional(self, node: Node, items: list[int]) -> dict[int, Fraction | None]:
        return dict(zip(items, self.numbers(node, items), strict=True))

    def holding(self, node: Node, items: list[int]) -> list[int]:
        """Return the items for which a statement holds."""
        marks = self.exact.truth(node, self._places(node.type, items))
        return [item for item, mark in zip(items, marks.tolist(), strict=True) if mark == 1]

    def picked(self, pick: Pick, text: str) -> Iterator[Line]:
        """Yield the item that a formula picks by its key, with its figure."""
        single = pick.index.type.single
        at = np.array([0 if single else self.district], dtype=np.intp)
        key = self.exact.texts(pick.index, at)[0]
        if key not in self.items.keys or pick.type.kind != "number":
            return
        item = self.items.keys.index(key)
        (figure,) = self.numbers(pick.operand, [item])
        if figure is not None:
            yield self.line(item, figure, pick.type.unit, [(pick.operand, text)])

    def listed(self, items: list[int]) -> tuple[str, ...]:
        """Return what some items are called, the first of them."""
        names = (self.items.names[item] for item in items[:MOST_NAMED])
        return (*names, *["…"] * (len(items) > MOST_NAMED))

    def plainly(self, figure: Fraction, unit: Unit) -> tuple[Fraction, str | Phrase]:
        figure, unit = plainly(figure, unit, self.policy.money_unit)
        return figure, describe(unit, self.policy.money_unit)

    def line(
        self, item: int, figure: Fraction | None, unit: Unit, parts: list[tuple[Node, str]]
    ) -> Line:
        atoms = list(self.atoms(item, parts))
        said: list[str | Phrase] = []
        for atom, text in atoms:
            part = self._said(atom, text, item)
            said += [] if part in said else [part]
        words: dict[str, object] = {"item": self.items.names[item], "parts": tuple(said)}
        places = (self._where(atom, item) for atom, _ in atoms if isinstance(atom, Name))
        where = "; ".join(dict.fromkeys(filter(None, places)))
        named: str | Phrase = ""
        if figure is not None:
            figure, named = self.plainly(figure, unit)
        code = "explain.item" if said else "explain.item_alone"
        return Line(code, figure, named, where=where, values=words)

    def in_question(self, item: int, parts: list[tuple[Node, str]]) -> bool:
        """Tell whether the table has anything for the item in this district."""
        inputs = [a for a, _ in self.atoms(item, parts) if isinstance(a, Name)]
        inputs = [name for name in inputs if name.name in self.policy.inputs]
        place = item * self.block.district_count + self.district
        has = self.allocation.districts.has_cell
        return not inputs or any(has(name.name, place) for name in inputs)

    def atoms(self, item: int, parts: list[tuple[Node, str]]) -> Iterator[tuple[Node, str]]:
        """Yield what the figure of an item is made of; a quantity that stands alone is opened."""

        def holds(condition: Node) -> bool:
            return bool(self.holding(condition, [item]))

        for node, text in parts:
            atoms = list(atoms_of(node, text, self.over, holds))
            if atoms and _bare(node) is _bare(atoms[-1]):
                yield from self._opened(atoms, text, item)
            else:
                yield from ((atom, text) for atom in atoms)

    def _opened(self, atoms: list[Node], text: str, item: int) -> Iterator[tuple[Node, str]]:
        """Yield what a figure that stands alone is made of: a quantity, a share, a look-up."""
        atom = _bare(atoms[-1])
        rule = self._quantity(atom.name) if isinstance(atom, Name) else None
        if rule is not None:
            yield from self.atoms(item, [(rule.formula.node, rule.formula.text)])
        elif isinstance(atom, Binary):
            yield from self.atoms(item, [(atom.left, text)])
            start = atom.start  # of share(x) what it is divided by: sum(x)
            yield atom.right, text[:start] + text[start:].replace("share", "  sum", 1)
        elif isinstance(atom, Lookup) and atoms[:-1]:
            yield from ((index, text) for index in atoms[:-1])
        else:
            yield atom, text

    def _quantity(self, name: str) -> QuantityRule | None:
        rules = (r for r in self.policy.statements if isinstance(r, QuantityRule))
        return next((rule for rule in rules if rule.name == name), None)

    def _places(self, kind: Type, items: list[int]) -> Members:
        """Return where the figures of items stand, for this district."""
        places = np.array(items, dtype=np.intp)
        if not kind.over:
            return np.full(len(items), self.district if kind.per_district else 0, dtype=np.intp)
        if not kind.per_district:
            return places
        return np.asarray(places * self.block.district_count + self.district, dtype=np.intp)

    def _said(self, atom: Node, text: str, item: int) -> str | Phrase:
        """Say one figure that an item brings along: what it is called, how much."""
        title, places = self._title(atom, text, item), self._places(atom.type, [item])
        if atom.type.kind == "text":
            return f"{title} {self.exact.texts(atom, places)[0] or '—'}"
        if atom.type.kind == "boolean":
            return f"{title} {'√' if self.holding(atom, [item]) else '×'}"
        (figure,) = self.numbers(atom, [item])
        if figure is None:
            return f"{title} —"
        named: str | Phrase
        if isinstance(atom, Lookup) and self._in_percent(atom):
            figure, named = figure * 100, "%"
        elif isinstance(atom, Name) and not self._quantity(atom.name):
            named = describe(atom.type.unit, self.policy.money_unit)
        else:
            figure, named = self.plainly(figure, atom.type.unit)
        return figure_in_words(figure, named, title, lead=f"{title} ")

    def _in_percent(self, atom: Lookup) -> bool:
        """Tell whether the entries of a table are written with a per cent sign."""
        entries = self.policy.tables[atom.table].entries.values()
        unit = atom.type.unit
        bare = unit.plain and not unit.percentage
        return bare and all(number.percent for number in entries)

    def _title(self, atom: Node, text: str, item: int) -> str:
        """Return what an atom is called: its title, or what is written."""
        if isinstance(atom, Lookup):
            places = [(index, self._places(index.type, [item])) for index in atom.indices]
            texts = [self.exact.texts(index, place)[0] or "—" for index, place in places]
            return atom.table + "".join(f"[{entry}]" for entry in texts)
        if not isinstance(atom, Name):
            return text[atom.start : atom.end].strip()
        of, _, column = atom.name.partition(".")
        if atom.name in self.policy.inputs:
            return self.policy.inputs[atom.name].title
        if of in self.policy.lists:
            return self.policy.lists[of].columns[column].title or column
        rule = self._quantity(atom.name)
        return rule.title if rule is not None else atom.name

    def _where(self, leaf: Name, item: int) -> str:
        if leaf.name in self.policy.inputs:
            place = item * self.block.district_count + self.district
            return where_figure(self.allocation, leaf.name, place)
        of, _, column = leaf.name.partition(".")
        if of not in self.policy.lists:
            return ""
        places = self.policy.lists[of].columns[column].places
        return where_of(places[item]) if places else ""
