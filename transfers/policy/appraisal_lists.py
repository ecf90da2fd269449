"""What the lists of an appraisal hold: parents, weights, directions, methods; and what is wrong.

The lists are at hand before any district is read, so all of it is decided here, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from transfers.documents.faults import nearest
from transfers.documents.fields import written
from transfers.documents.model_appraisals import SECTION, Appraisal
from transfers.documents.yaml_tree import shown
from transfers.errors import Fault, Place
from transfers.formula.scope import ItemColumn, ItemList
from transfers.policy.rules import Path

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

Words = Mapping[str, tuple[str, ...]]

METHODS: Final[Words] = {
    "target": ("target", "目标值", "目标值法"),
    "efficacy": ("efficacy", "功效系数", "功效系数法"),
    "range": ("range", "极差", "极差法", "极差标准化"),
    "zscore": ("zscore", "z得分", "Z得分", "标准分"),
    "attainment": ("attainment", "达标率", "达标率法"),
}
DIRECTIONS: Final[Words] = {
    "positive": ("positive", "正向", "正", "+"),
    "negative": ("negative", "逆向", "逆", "负向"),
}
MISSING: Final[Words] = {
    "refuse": ("refuse", "报错"),
    "left_out": ("left_out", "不计"),
    "zero": ("zero", "计零分", "零分"),
    "mean": ("mean", "取平均", "平均"),
}
_MOST_NAMED: Final = 10


class Choice(Struct, frozen=True):
    """What is chosen for each indicator: by one word for all, or by a column of the list.

    Parameters
    ----------
    column : str
        Empty where one word counts for all.
    cells : dict of text to word
        What the column's cells say, and what each stands for; of one word, that word.
    """

    column: str
    cells: Mapping[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are chosen somewhere."""
        return tuple(dict.fromkeys(self.cells.values()))

    def has(self, *words: str) -> bool:
        """Tell whether one of some words is chosen for an indicator."""
        return not set(words).isdisjoint(self.words)

    def only(self, *words: str) -> bool:
        """Tell whether nothing but some words is chosen."""
        return set(self.words) <= set(words)

    def of(self, items: ItemList, item: int) -> str:
        """Return the word that counts for an item."""
        if not self.column:
            return self.words[0]
        return self.cells.get(items.columns[self.column].texts[item] or "", "")

    def when(self, of: str, *words: str) -> str:
        """Return the statement, as a formula, that one of some words is chosen."""
        cells = [cell for cell, word in self.cells.items() if word in words]
        return " or ".join(f'{of}.{self.column} == "{cell}"' for cell in cells)


class Tree(Struct, frozen=True):
    """The lists of an appraisal as they were found sound.

    Parameters
    ----------
    items, first : ItemList
        Indicators, and those of the first level; None where there is one level.
    parent, agency : str
        Columns; empty where there is none.
    weight, first_weight : str
        Columns.
    """

    items: ItemList
    method: Choice
    direction: Choice
    missing: Choice
    weight: str
    parent: str = ""
    agency: str = ""
    first: ItemList | None = None
    first_weight: str = ""


class TreeReader(Struct, eq=False):
    """Reads the lists of one appraisal, and records what is wrong with them."""

    compiler: Compiler
    name: str
    entry: Appraisal

    def tree(self) -> Tree | None:
        """Return the lists; None where something is wrong, which is then recorded."""
        before = len(self.compiler.faults)
        lists, entry = self.compiler.scope.lists, self.entry
        items = lists.get(entry.indicators)
        first = None if entry.first is None else lists.get(entry.first)
        absent = [
            key for key in (entry.first, entry.agencies) if key is not None and key not in lists
        ]
        if items is None or absent:
            return None  # a list that is faulty itself, or absent: told already
        weight = self._column(items, "weight", "number")
        parent = self._column(items, "parent", "text")
        agency = self._column(items, "agency", "text")
        direction = self._chosen(items, "direction", DIRECTIONS)
        method = self._chosen(items, "method", METHODS)
        missing = self._chosen(items, "missing", MISSING)
        first_weight = None
        if first is not None:
            first_weight = self._column(first, "first_weight", "number")
            if parent is not None:
                self._parents(items, parent, first)
        if weight is not None:
            self._weights(items, weight, parent, first)
        if first is not None and first_weight is not None:
            self._weights(first, first_weight, None, None)
        if len(self.compiler.faults) > before or weight is None:
            return None
        assert direction is not None and method is not None and missing is not None
        return Tree(
            items,
            method,
            direction,
            missing,
            weight.name,
            "" if parent is None else parent.name,
            "" if agency is None else agency.name,
            first,
            "" if first_weight is None else first_weight.name,
        )

    def fault(self, code: str, key: str, /, **words: object) -> None:
        """Record what is wrong with a key of the entry."""
        path: Path = (SECTION, self.name, key)
        place = self.compiler.document.value_place(self.compiler.literal(path))
        self.compiler.faults.append(Fault(f"appraisals.{code}", place, words))

    def _at(self, code: str, place: Place, /, **words: object) -> None:
        self.compiler.faults.append(Fault(f"appraisals.{code}", place, words))

    def _column(self, items: ItemList, key: str, kind: str) -> ItemColumn | None:
        """Return the column that a key names, with or without the list's name before it."""
        text = getattr(self.entry, key)
        if text is None:
            return None
        name = text.removeprefix(f"{items.name}.")
        column = items.columns.get(name)
        known = tuple(c.name for c in items.columns.values() if c.kind == kind)
        if column is None:
            words = {"list": items.name, "text": shown(text, 40), "known": known or "—"}
            near = nearest(name, known)
            self.fault("column_near" if near else "column_unknown", key, **words, near=near)
        elif column.kind != kind:
            words = {"list": items.name, "column": name, "known": known or "—"}
            self.fault(f"column_{kind}", key, **words)
            return None
        return column

    def _chosen(self, items: ItemList, key: str, words: Words) -> Choice | None:
        """Return what is chosen for each indicator, by a word for all or by a column."""
        text = getattr(self.entry, key)
        of_word = {word: meant for meant, several in words.items() for word in several}
        if text is None:
            return Choice("", {"": next(iter(words))})
        if key != "direction" and text in of_word:
            return Choice("", {"": of_word[text]})
        name = text.removeprefix(f"{items.name}.")
        if key != "direction" and name not in items.columns:
            near = nearest(name, (*of_word, *items.columns))
            told = {"key": key, "text": shown(text, 40), "near": near, "words": tuple(words)}
            columns = tuple(c.name for c in items.columns.values() if c.kind == "text")
            code = "word_near" if near else "word_unknown"
            self.fault(code, key, **told, list=items.name, known=columns or "—")
            return None
        column = self._column(items, key, "text")
        if column is None:
            return None
        cells: dict[str, str] = {}
        for item, text, place in zip(items.names, column.texts, column.places, strict=True):
            if text is not None and text in of_word:
                cells[text] = of_word[text]
                continue
            allowed = tuple(f"{several[0]} {several[1]}" for several in words.values())
            told = {"item": item, "column": column.name, "words": allowed}
            code = "cell_empty" if text is None else "cell_unknown"
            self._at(code, place, **told, text=shown(text or "", 40))
        return Choice(column.name, cells)

    def _parents(self, items: ItemList, parent: ItemColumn, first: ItemList) -> None:
        """Find indicators of a parent nobody knows, and parents without any."""
        for item, text, place in zip(items.names, parent.texts, parent.places, strict=True):
            if text is None:
                self._at("no_parent", place, item=item, first=first.name)
            elif text not in first.keys:
                near = nearest(text, first.keys)
                code = "parent_near" if near else "parent_unknown"
                words = {"item": item, "text": shown(text, 40), "near": near}
                self._at(code, place, **words, first=first.name, known=_some(first.keys))
        childless = [
            name
            for key, name in zip(first.keys, first.names, strict=True)
            if key not in parent.texts
        ]
        if childless:
            named = {"items": _some(childless), "first": first.name, "list": items.name}
            self.fault("childless", "first", **named, count=len(childless))

    def _weights(
        self,
        items: ItemList,
        weight: ItemColumn,
        parent: ItemColumn | None,
        first: ItemList | None,
    ) -> None:
        """Check that weights are there, not negative, and add up to 100 % within each parent."""
        key = "weight" if items.name == self.entry.indicators else "first_weight"
        sums: dict[str | None, Fraction] = {}
        sound = True
        parents = parent.texts if parent is not None else (None,) * len(items)
        for item, number, place, under in zip(
            items.names, weight.numbers, weight.places, parents, strict=True
        ):
            if number is None or number.value < 0:
                sound = False
                code = "no_weight" if number is None else "weight_negative"
                self._at(code, place, item=item, column=weight.name)
            else:
                sums[under] = sums.get(under, Fraction(0)) + number.value * weight.unit.scale
        if not sound:
            return
        for under, total in sums.items():
            if total == 1:
                continue
            words: dict[str, object] = {"column": f"{items.name}.{weight.name}"}
            words |= {"total": written(total, percent=True)}
            words |= {"gap": written(abs(1 - total), percent=True)}
            code = "weights_points" if total == 100 and weight.unit.bare else "weights_sum"
            if under is not None and first is not None:
                if under not in first.keys:
                    continue  # told as an unknown parent
                code, words["parent"] = f"{code}_of", first.names[first.keys.index(under)]
            self.fault(code, key, **words)


def _some(names: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (*names[:_MOST_NAMED], *["…"] * (len(names) > _MOST_NAMED))
