"""The items of a list, for one district: their figures, and what these are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from transfers.districts.changed import cells_of
from transfers.documents.change import SET
from transfers.explain.atoms import atoms_of
from transfers.explain.changes import where_figure
from transfers.explain.line import PERCENT, Line, figure_in_words, plainly, where_of
from transfers.formula.nodes import Binary, Call, Lookup, Name, Node, Pick, Type
from transfers.messages import Phrase
from transfers.policy.rules import QuantityRule
from transfers.units import Unit, describe

if TYPE_CHECKING:
    from transfers.allocation import Allocation

Members = NDArray[np.intp]
MOST_NAMED: Final = 8


class Items:
    """The items of a list, for one district: their figures, and what these are made of."""

    def __init__(self, allocation: Allocation, over: str, district: int) -> None:
        self.allocation, self.over, self.district = allocation, over, district
        self.policy, self.block = allocation.policy, allocation.block
        self.items = self.policy.lists[over]
        self.exact = self.block.exact(allocation.scenario)

    def numbers(self, node: Node, items: list[int]) -> list[Fraction | None]:
        """Return the figures of some items; None where one is missing."""
        found = self.exact.numbers(node, self._places(node.type, items))
        figures = found.figures.fractions()
        return [None if gone else x for x, gone in zip(figures, found.missing, strict=True)]

    def optional(self, node: Node, items: list[int]) -> dict[int, Fraction | None]:
        """Return the figures of some items by their number."""
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

    def changed(self) -> set[int]:
        """Return the items of which a figure is other than in the files."""
        columns = (column for column in self.items.columns.values() if column.places)
        found = {
            item
            for column in columns
            for item, place in enumerate(column.places)
            if place.file == SET
        }
        districts = self.allocation.districts
        places = np.arange(len(self.items), dtype=np.intp) * len(districts) + self.district
        for name, rule in self.policy.inputs.items():
            now = self.block.column(name, self.allocation.scenario)
            read = districts.as_read.get(name, districts.columns[name])
            if rule.over == self.over and now is not read:
                pairs = zip(cells_of(read, places), cells_of(now, places), strict=True)
                found |= {item for item, (old, new) in enumerate(pairs) if old != new}
        return found

    def largest(self, figures: Mapping[int, Fraction], most: int, changed: set[int]) -> list[int]:
        """Return the items with the largest figures, these first; and those that were changed."""
        ordered = sorted(figures, key=lambda item: (-abs(figures[item]), item))
        return [*ordered[:most], *(item for item in ordered[most:] if item in changed)]

    def said(self, node: Node, item: int, *, ratio: bool = False) -> str | Phrase:
        """Say the figure of an item with its unit; a ratio in per cent."""
        (figure,) = self.numbers(node, [item])
        if figure is None:
            return "—"
        figure, unit = plainly(figure, node.type.unit, self.policy.money_unit)
        if ratio and unit.plain:
            figure, unit = figure * unit.scale / PERCENT.scale, PERCENT
        return figure_in_words(figure, describe(unit, self.policy.money_unit))

    def written_at(self, node: Node, item: int) -> str:
        """Return where a figure stands that is an input or a column of the list."""
        return self._where(node, item) if isinstance(node, Name) else ""

    def listed(self, items: list[int]) -> tuple[str, ...]:
        """Return what some items are called, the first of them."""
        names = (self.items.names[item] for item in items[:MOST_NAMED])
        return (*names, *["…"] * (len(items) > MOST_NAMED))

    def plainly(self, figure: Fraction, unit: Unit) -> tuple[Fraction, str | Phrase]:
        """Return a figure in a unit that people use, and that unit."""
        figure, unit = plainly(figure, unit, self.policy.money_unit)
        return figure, describe(unit, self.policy.money_unit)

    def line(
        self, item: int, figure: Fraction | None, unit: Unit, parts: list[tuple[Node, str]]
    ) -> Line:
        """Return the line of an item: what its figure is made of, and the figure."""
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
            if atoms and bare(node) is bare(atoms[-1]):
                yield from self._opened(atoms, text, item)
            else:
                yield from ((atom, text) for atom in atoms)

    def _opened(self, atoms: list[Node], text: str, item: int) -> Iterator[tuple[Node, str]]:
        """Yield what a figure that stands alone is made of: a quantity, a share, a look-up."""
        atom = bare(atoms[-1])
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
            return _named(title, self.exact.texts(atom, places)[0] or "—")
        if atom.type.kind == "boolean":
            return _named(title, "√" if self.holding(atom, [item]) else "×")
        (figure,) = self.numbers(atom, [item])
        if figure is None:
            return _named(title, "—")
        named: str | Phrase
        if isinstance(atom, Name) and self._is_share(atom.name):
            return _named(title, self.said(atom, item, ratio=True))
        if isinstance(atom, Lookup) and self._in_percent(atom):
            figure, named = figure * 100, "%"
        elif isinstance(atom, Name) and not self._quantity(atom.name):
            named = describe(atom.type.unit, self.policy.money_unit)
        else:
            figure, named = self.plainly(figure, atom.type.unit)
        if isinstance(title, Phrase):
            return _named(title, figure_in_words(figure, named))
        return figure_in_words(figure, named, title, lead=f"{title} ")

    def _is_share(self, name: str) -> bool:
        """Tell whether a figure is what a level bears of the items of a list of services."""
        return any(name.startswith(f"{rule.name}.share.") for rule in self.policy.service_lists)

    def _in_percent(self, atom: Lookup) -> bool:
        """Tell whether the entries of a table are written with a per cent sign."""
        entries = self.policy.tables[atom.table].entries.values()
        unit = atom.type.unit
        bare = unit.plain and not unit.percentage
        return bare and all(number.percent for number in entries)

    def _title(self, atom: Node, text: str, item: int) -> str | Phrase:
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


def bare(node: Node) -> Node:
    """Return what stands below conversions of units and repetitions."""
    while not isinstance(node, Name) and not isinstance(node, Call):
        below = list(node.children())
        if len(below) != 1 or isinstance(node, Lookup):
            break
        (node,) = below
    return node


def _named(title: str | Phrase, said: str | Phrase) -> str | Phrase:
    """Put what is said behind what it is called."""
    if isinstance(title, str) and isinstance(said, str):
        return f"{title} {said}"
    return Phrase("explain.named", {"title": title, "said": said})
