"""Figures of districts by their paths: ``inputs.population.440784``, also by a district's name.

A change of a figure is read as a cell of the table is, in the unit that its input declares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

import numpy as np
from msgspec import Struct

from transfers.arithmetic.decimals import Indices, format_decimal
from transfers.districts.changed import (
    FigureChange,
    cell_text,
    cells_of,
    differing,
    with_cells,
    with_changes,
)
from transfers.districts.columns import Column, InputSpec, NumberColumn, TextColumn, read_column
from transfers.districts.faults import MOST_TOLD, Faults, shown
from transfers.districts.reading import called
from transfers.districts.specs import column_spec
from transfers.documents.faults import nearest
from transfers.documents.models import Input
from transfers.documents.overrides import SET
from transfers.errors import Fault, Place, TableError
from transfers.messages import Phrase

if TYPE_CHECKING:
    from transfers.districts import Districts
    from transfers.policy.policy import Policy

SECTION: Final = "inputs"
_MOST_COMPARED: Final = 5_000
"""Keys and names among which the one is looked for that was meant."""
_MOST_NAMED: Final = 10
_SIGNS: Final = ("+", "*", "×")


class FigureAt(Struct, frozen=True):
    """Where a figure stands in the column of its input."""

    name: str
    place: int


class FigureFinder(Struct, eq=False, dict=True):
    """Finds figures of inputs by district; of an input over a list by item, then district."""

    policy: Policy
    districts: Districts

    @cached_property
    def _district_of(self) -> dict[str, int | None]:
        """Key, or a name that only one district has -> its number; None for names of several."""
        return _numbered(self.districts.keys, self.districts.names)

    @cached_property
    def _item_of(self) -> dict[str, dict[str, int | None]]:
        return {n: _numbered(items.keys, items.names) for n, items in self.policy.lists.items()}

    def find(self, name: str, rest: str, place: Place) -> FigureAt | Fault:
        """Return where a figure stands, or what is wrong with its path.

        Parameters
        ----------
        rest : str
            The district, by key or name; before it the item of an input over a list and a dot.
        """
        over = self.policy.inputs[name].over
        if not over:
            district = self._district_of.get(rest)
            if district is None:
                return self._unknown(name, rest, place)
            return FigureAt(name, district)
        items = self._item_of[over]
        for at, letter in enumerate(rest):
            item, inside = items.get(rest[:at]), self._district_of.get(rest[at + 1 :])
            if letter == "." and item is not None and inside is not None:
                return FigureAt(name, item * len(self.districts) + inside)
        return self._unknown_of_items(name, rest, place)

    def column(self, name: str) -> Column:
        """Return the column of an input, as it is now."""
        return self.districts.columns[name]

    def path(self, found: FigureAt) -> str:
        """Return the path of a figure, by keys."""
        item, district = divmod(found.place, len(self.districts))
        over = self.policy.inputs[found.name].over
        keys = [self.policy.lists[over].keys[item]] if over else []
        return ".".join((SECTION, found.name, *keys, self.districts.keys[district]))

    def called(self, found: FigureAt) -> str | Phrase:
        """Return what the district of a figure goes by, with the item."""
        item, district = divmod(found.place, len(self.districts))
        over = self.policy.inputs[found.name].over
        words = [self.districts.keys[district], self.districts.names[district]]
        words += [self.policy.lists[over].names[item]] if over else []
        return called(shown(words[0]), shown(" ".join(words[1:])), 0)

    # -- what is wrong -------------------------------------------------------------------------

    def _unknown(self, name: str, rest: str, place: Place) -> Fault:
        words: dict[str, object] = {"name": name, "district": shown(rest)}
        if not rest:
            return Fault("figures.no_district", place, words)
        if rest in self._district_of:
            same = [k for k, n in self._pairs() if n == rest]
            listed = (*same[:_MOST_NAMED], *["…"] * (len(same) > _MOST_NAMED))
            return Fault("figures.name_of_several", place, {**words, "keys": listed})
        near = self._near(rest)
        if near is None and place.file == SET:
            near = nearest(rest, Input.keys)  # a key of the document may be meant
        if near is not None:
            return Fault("figures.unknown_district_near", place, {**words, "near": near})
        known = [k if k == n else f"{k} {n}" for k, n in islice(self._pairs(), _MOST_NAMED)]
        more = ["…"] * (len(self.districts) > _MOST_NAMED)
        words |= {"known": (*known, *more), "count": len(self.districts)}
        return Fault("figures.unknown_district", place, words)

    def _unknown_of_items(self, name: str, rest: str, place: Place) -> Fault:
        """Say which part of a path is no item, or no district."""
        over = self.policy.inputs[name].over
        items = self._item_of[over]
        for at in (at for at, letter in enumerate(rest) if letter == "."):
            if items.get(rest[:at]) is not None:
                return self._unknown(name, rest[at + 1 :], place)
        head = rest.partition(".")[0]
        words: dict[str, object] = {"name": name, "list": over, "item": shown(head)}
        listed = self.policy.lists[over].keys
        words["known"] = (*listed[:_MOST_NAMED], *["…"] * (len(listed) > _MOST_NAMED))
        near = nearest(head, islice(items, _MOST_COMPARED))
        if near is not None and near != head:
            return Fault("figures.unknown_item_near", place, {**words, "near": near})
        return Fault("figures.unknown_item", place, words)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        return zip(self.districts.keys, self.districts.names, strict=True)

    def _near(self, text: str) -> str | None:
        """Return the key or name that is like a text, or that begins with it."""
        names = self.districts.names
        begins = [name for name in names if text and name.startswith(text)]
        if len(begins) == 1:
            return begins[0]
        return nearest(text, islice(self._district_of, _MOST_COMPARED))


def _numbered(keys: Sequence[str], names: Sequence[str]) -> dict[str, int | None]:
    """Return the number of each key and each name; None for a name that several have."""
    found: dict[str, int | None] = {}
    for number, name in enumerate(names):
        found[name] = None if name in found else number
    found.update((key, number) for number, key in enumerate(keys))
    return found


# -- reading figures -----------------------------------------------------------------------------


def figure_spec(policy: Policy, name: str) -> InputSpec:
    """Return what is asked of a figure of an input, in the declared unit."""
    rule, entry = policy.inputs[name], policy.document.model.inputs[name]
    return column_spec(policy.document, (SECTION, name), entry, rule.kind, rule.unit)


def read_figures(
    finder: FigureFinder,
    asked: Mapping[FigureAt, tuple[str, Place]],
    faults: Faults,
) -> dict[str, tuple[Indices, Column]]:
    """Read texts of figures as cells; report those that a cell could not hold.

    Returns
    -------
    dict of name to (places, cells)
        Ascending; without the figures at fault.
    """
    by_input: dict[str, list[FigureAt]] = {}
    for found in asked:
        by_input.setdefault(found.name, []).append(found)
    read: dict[str, tuple[Indices, Column]] = {}
    for name, figures in by_input.items():
        figures.sort(key=lambda found: found.place)
        spec = figure_spec(finder.policy, name)
        texts = [_cell_of(asked[found][0]) for found in figures]
        column, wrong, _ = read_column(texts, spec)
        changes = [_is_change(text, spec) for text in texts]
        for found, text, is_change in zip(figures, texts, changes, strict=True):
            if wrong or is_change:
                told = _cell_faults(finder, found, (text, asked[found][1]), spec, is_change)
                faults.add_many(told, count=len(told), table=-1)
        places = np.array([found.place for found in figures], dtype=np.intp)
        read[name] = (places, column)
    return read


def _cell_faults(
    finder: FigureFinder,
    found: FigureAt,
    asked: tuple[str, Place],
    spec: InputSpec,
    is_change: bool,
) -> list[Fault]:
    """Return what is wrong with one figure, as a cell or as a figure."""
    text, place = asked
    words = {"district": finder.called(found), "column": found.name, "value": shown(text)}
    if is_change:
        return [Fault("figures.change_not_figure", place, words)]
    wrong = read_column([text], spec)[1]
    return [
        Fault(
            f"table.{fault.code}".replace("texts_for_numbers", "not_a_number"),
            place,
            {**fault.values, **words},
        )
        for fault in wrong
    ]


def _cell_of(text: str) -> str:
    text = normalize("NFC", text.strip())
    return "" if text in ("null", "~") else text


def _is_change(text: str, spec: InputSpec) -> bool:
    """Tell whether a text says how a figure changes rather than what it is."""
    if spec.kind != "number":
        return False
    plain = normalize("NFKC", text)
    return plain.startswith(_SIGNS) or (plain[:1] == "-" and plain[-1:] == "%")


def range_faults(
    finder: FigureFinder, name: str, column: Column, places: Indices, place: Place, faults: Faults
) -> None:
    """Report figures of a column that its input does not allow, among some of its places."""
    for code, wrong, values in _out_of_range(column, figure_spec(finder.policy, name), places):
        texts = map(cell_text, cells_of(column, wrong[:MOST_TOLD]))
        told = []
        for at, text in zip(wrong.tolist(), texts, strict=False):
            district = finder.called(FigureAt(name, at))
            words = {**values, "district": district, "column": name, "value": shown(text)}
            told.append(Fault(f"table.{code}", place, words))
        faults.add_many(told, count=len(wrong))


def _out_of_range(
    column: Column, spec: InputSpec, places: Indices
) -> Iterator[tuple[str, Indices, dict[str, object]]]:
    """Yield what is wrong with some figures, where, and the words that say it."""
    if isinstance(column, NumberColumn):
        chosen = np.zeros(len(column), dtype=bool)
        chosen[places] = True
        if spec.minimum is not None:
            below = column.beyond(spec.minimum, "below")
            limit = {"limit": format_decimal(spec.minimum)}
            yield "below_minimum", below[chosen[below]], dict(limit)
        if spec.maximum is not None:
            above = column.beyond(spec.maximum, "above")
            limit = {"limit": format_decimal(spec.maximum)}
            yield "above_maximum", above[chosen[above]], dict(limit)
    elif isinstance(column, TextColumn) and spec.allowed is not None:
        allowed = {normalize("NFC", text) for text in spec.allowed}
        good = np.array([*(text in allowed for text in column.categories), True])
        wrong = places[~good[column.codes[places]]]
        yield "not_allowed", wrong, {"allowed": ", ".join(spec.allowed)}


# -- what `--set` says ---------------------------------------------------------------------------


def with_set_figures(
    policy: Policy, districts: Districts, figures: Mapping[str, str] | None = None
) -> Districts:
    """Return districts with the figures that ``--set`` gives, each put in once.

    Parameters
    ----------
    figures : mapping, optional
        Path -> text: these instead, also where they were put in before.

    Raises
    ------
    TableError
        No such district, or a figure that its input does not allow; all of them.
    """
    put_in = districts.changes if figures is None else ()
    had = {(change.path, change.how) for change in put_in if change.place.file == SET}
    finder, faults = FigureFinder(policy, districts), Faults()
    asked: dict[FigureAt, tuple[str, Place]] = {}
    for path, text in (policy.document.figure_changes if figures is None else figures).items():
        _, name, rest = path.split(".", 2)
        place = Place(SET, path=shown(path))
        found = finder.find(name, rest, place)
        if isinstance(found, Fault):
            faults.tell(found)
        elif (finder.path(found), text) not in had:
            if found in asked:
                words = {"district": finder.called(found), "name": name}
                faults.tell(Fault("figures.set_twice", place, words))
            asked[found] = text, place
    read = read_figures(finder, asked, faults)
    try:
        faults.raise_any()
    except TableError as error:  # a study tells where it asked for the figure
        raise TableError([policy.asked.fault(fault) for fault in error.faults]) from None
    if not asked:
        return districts
    columns, changes = {}, []
    for name, (places, cells) in read.items():
        columns[name] = with_cells(districts.columns[name], places, cells)
        changed = set(differing(districts.columns[name], columns[name]).tolist())
        for at in places.tolist():
            there = np.array([at] if at in changed else [], dtype=np.intp)
            text, place = asked[FigureAt(name, at)]
            path = finder.path(FigureAt(name, at))
            changes.append(FigureChange(name, there, text, "", place, path))
    return with_changes(districts, columns, changes)
