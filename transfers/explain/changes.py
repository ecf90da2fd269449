"""What was changed for a run: values of the document, and figures of districts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np

from transfers.districts.changed import (
    Cell,
    FigureChange,
    cell_text,
    cells_of,
    differing,
    told_change,
)
from transfers.errors import Place
from transfers.explain.line import where_of
from transfers.messages import Phrase
from transfers.policy.figures import FigureAt, FigureFinder
from transfers.policy.list_cells import cell_read

if TYPE_CHECKING:
    from transfers.allocation import Allocation
    from transfers.policy.policy import Policy

MOST_TOLD: Final = 20


def changes_of(allocation: Allocation) -> tuple[Phrase, ...]:
    """Say what a run changed, in the document and among the figures."""
    return (*document_changes(allocation.policy), *figure_changes(allocation))


def document_changes(policy: Policy) -> list[Phrase]:
    """Say what a run changed in the document."""
    if not policy.changes:
        return []
    from transfers.documents.changes import told_changes

    told = told_changes(policy.document.source, policy.changes)
    return [_from_list(policy, phrase) for phrase in told]


def _from_list(policy: Policy, phrase: Phrase) -> Phrase:
    """Say of a figure of a list from a file what the file has, which no document does."""
    section, _, path = str(phrase.values.get("path", "")).partition(".")
    name, _, path = path.partition(".")
    read = policy.lists_read.get(name)
    if phrase.code != "output.changed" or section != "lists" or read is None:
        return phrase
    old = cell_read(read, path)
    return phrase if old is None else Phrase("output.changed_from", {**phrase.values, "old": old})


def figure_changes(allocation: Allocation, *, carried: bool = True) -> list[Phrase]:
    """Say which figures are not the tables', or are moved by the scenario.

    Parameters
    ----------
    carried : bool
        Also those that a year before left.
    """
    told: list[Phrase] = []
    districts = allocation.districts
    asked = [change for change in districts.changes if carried or not change.carried]
    for (name, single), group in groupby(asked, _sort):
        last = {change.path or n: change for n, change in enumerate(group)}
        changes = [change for change in last.values() if len(change.places)]
        if single and len(changes) > MOST_TOLD:
            words: dict[str, object] = {"name": name, "count": _count(allocation, changes)}
            told.append(Phrase("output.changed_many", words))
            continue
        found = (told_change(districts, change) for change in changes)
        told += [phrase for phrase in found if phrase is not None]
    return [*told, *_moved(allocation)]


def _sort(change: FigureChange) -> tuple[str, bool]:
    return change.name, bool(change.path)


def _count(allocation: Allocation, changes: list[FigureChange]) -> int:
    places = np.concatenate([change.places for change in changes])
    return len(np.unique(places % len(allocation.districts)))


def _moved(allocation: Allocation) -> Iterator[Phrase]:
    """Say which figures the scenario moves."""
    block, districts = allocation.block, allocation.districts
    for name, table in districts.columns.items():
        moved = block.column(name, allocation.scenario)
        if moved is table:
            continue
        places = differing(table, moved)
        if len(places) > MOST_TOLD:
            count = len(np.unique(places % len(districts)))
            yield Phrase("output.moved_figures", {"name": name, "count": count})
            continue
        finder = FigureFinder(allocation.policy, districts)
        pairs = zip(cells_of(table, places), cells_of(moved, places), strict=True)
        for at, (old, new) in zip(places.tolist(), pairs, strict=True):
            words = {"path": finder.path(FigureAt(name, at)), "value": cell_text(new)}
            yield Phrase("output.moved_from", {**words, "old": cell_text(old)})


def in_table(allocation: Allocation, name: str, index: int) -> tuple[Cell, Place] | None:
    """Return what the tables have in place of a figure, and where; None where they have it."""
    districts = allocation.districts
    column = allocation.block.column(name, allocation.scenario)
    read = districts.as_read.get(name, districts.columns[name])
    at = np.array([index], dtype=np.intp)
    (old,), (now,) = cells_of(read, at), cells_of(column, at)
    return None if old == now else (old, districts.place_in_table(name, index))


def where_figure(allocation: Allocation, name: str, index: int) -> str:
    """Return where a figure stands, or was set; nothing for one that only the scenario has."""
    column = allocation.block.column(name, allocation.scenario)
    if column is not allocation.districts.columns[name]:
        at = np.array([index], dtype=np.intp)
        if cells_of(column, at) != cells_of(allocation.districts.columns[name], at):
            return ""
    return where_of(allocation.districts.place(name, index))
