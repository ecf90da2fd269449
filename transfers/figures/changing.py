"""Changes of figures, made to a table: gathered, checked against each other, and remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic.decimals import Indices
from transfers.districts import Column, Districts, NumberColumn
from transfers.districts.changed import (
    FigureChange,
    differing,
    taken_cells,
    with_cells,
    with_changes,
)
from transfers.districts.faults import MOST_TOLD, Faults, shown
from transfers.documents.faults import nearest
from transfers.errors import Fault, Place, TooLongError
from transfers.figures.formulas import Asked, FormulasOfTable
from transfers.figures.ratios import ratio
from transfers.findings import Finding
from transfers.formula.grammar import FormulaFault
from transfers.policy.figures import FigureAt, FigureFinder, range_faults, read_figures
from transfers.policy.policy import Policy
from transfers.policy.rules import InputRule


class Change(Struct, frozen=True):
    """How the figures of an input change.

    Parameters
    ----------
    formula : str
        In the language of policy documents, over inputs and parameters, for each district:
        ``population * 1.03``; or a ratio of every figure: ``+3%``, ``-2%``, ``*1.03``.
    where : str
        The statement that says for whom; "" for all.
    """

    formula: str
    where: str = ""


Changes = str | Change | Mapping[str, str] | Sequence["str | Change | Mapping[str, str]"]
"""A formula or ratio; with a statement; figures by district, by key or name; or several."""


def change_figures(
    policy: Policy,
    districts: Districts,
    changes: Mapping[str, Changes],
    places: Mapping[str, Place] | None = None,
) -> Districts:
    """Return districts with other figures.

    Every change is computed from the figures of `districts`, not from what another change makes
    of them, so their order does not matter. A figure that is missing stays missing under a
    ratio; a formula may fill it, but may leave none missing that was there.

    Parameters
    ----------
    policy : Policy
    districts : Districts
    changes : mapping
        Name of an input -> its change. Figures by district are texts as a cell would hold them,
        in the declared unit; of an input over a list by item and district: ``e19.440784``. A
        mapping with the key ``formula`` (and ``where``) is a `Change`.
    places : mapping, optional
        Where each change was asked for: by the input's name; by ``<input>.<district>``, or
        ``<input>.<number>`` of several, where these have places of their own.

    Returns
    -------
    Districts
        They know what was changed and what the table has; a finding says so of each input.

    Raises
    ------
    TableError
        With every fault of the changes: unknown inputs and districts, formulas, figures that
        their inputs do not allow, figures changed twice.
    """
    changing = _Changing(policy, districts, places or {})
    for name, asked in changes.items():
        if name in policy.inputs:
            changing.change(name, asked)
        else:
            changing.unknown(name)
    changing.faults.raise_any()
    return changing.changed()


class _Changing:
    """Changes being made to one table."""

    def __init__(self, policy: Policy, districts: Districts, places: Mapping[str, Place]) -> None:
        self.policy, self.districts, self.places = policy, districts, places
        self.finder = FigureFinder(policy, districts)
        self.faults = Faults()
        self.formulas = FormulasOfTable(policy, districts, self.faults)
        self.columns: dict[str, Column] = {}
        self.changes: list[FigureChange] = []
        self.taken: dict[str, NDArray[np.bool_]] = {}

    def changed(self) -> Districts:
        """Return the table with what was changed, and findings that say so."""
        districts = with_changes(self.districts, self.columns, self.changes)
        findings = tuple(self._finding(name) for name in self.columns)
        return replace(districts, findings=(*districts.findings, *findings))

    def _finding(self, name: str) -> Finding:
        changes = [change for change in self.changes if change.name == name]
        rows = np.concatenate([change.places for change in changes]) % len(self.districts)
        words: dict[str, object] = {
            "title": self.policy.inputs[name].title,
            "count": np.count_nonzero(np.bincount(rows)),  # np.unique would import numpy.ma
        }
        where = changes[0].place
        return Finding("figures.changed", "note", "noted", where=where, values=words)

    def unknown(self, name: str) -> None:
        """Report a name that is no input."""
        near = nearest(name, self.policy.inputs)
        words: dict[str, object] = {"name": shown(name), "known": tuple(self.policy.inputs)}
        code = "figures.unknown_input" + ("_near" if near else "")
        self.faults.tell(Fault(code, self._place(name), {**words, "near": near}))

    def _place(self, name: str, part: str = "") -> Place:
        whole = self.places.get(name, Place(path=name))
        return self.places.get(f"{name}.{part}", whole) if part else whole

    # -- changes -------------------------------------------------------------------------------

    def change(self, name: str, asked: Changes) -> None:
        """Change the figures of an input."""
        if isinstance(asked, (str, Change, Mapping)):
            self._one(name, asked, self._place(name))
            return
        for number, part in enumerate(asked):
            self._one(name, part, self._place(name, str(number)))

    def _one(self, name: str, asked: str | Change | Mapping[str, str], place: Place) -> None:
        if isinstance(asked, Mapping) and "formula" in asked:
            asked = Change(asked["formula"], asked.get("where", ""))
        if isinstance(asked, Mapping):
            self._by_district(name, asked)
            return
        asked = Change(asked) if isinstance(asked, str) else asked
        try:
            self._by_formula(self.policy.inputs[name], asked, place)
        except FormulaFault as fault:
            self.faults.tell(Fault(fault.code, place, fault.values))
        except TooLongError:
            self.faults.tell(Fault("figures.too_long", place, {"formula": asked.formula}))

    def _by_district(self, name: str, texts: Mapping[str, str]) -> None:
        asked: dict[FigureAt, tuple[str, Place]] = {}
        for district, text in texts.items():
            place = self._place(name, district)
            found = self.finder.find(name, str(district), place)
            if isinstance(found, Fault):
                self.faults.tell(found)
                continue
            if found in asked:
                self._twice(found, place)
            asked[found] = str(text), place
        for places, cells in read_figures(self.finder, asked, self.faults).values():
            changed = set(self._put(name, places, cells, self._place(name)).tolist())
            for at in places.tolist():
                text, place = asked[FigureAt(name, at)]
                there = np.array([at] if at in changed else [], dtype=np.intp)
                path = self.finder.path(FigureAt(name, at))
                self.changes.append(FigureChange(name, there, text, "", place, path))

    def _by_formula(self, rule: InputRule, change: Change, place: Place) -> None:
        table = self.districts.columns[rule.name]
        places = np.arange(len(table), dtype=np.intp)
        if change.where:
            places = self.formulas.where(Asked(rule, change.where, place))
        factor = ratio(self.policy, rule, change.formula)
        if factor is None:
            cells = self.formulas.cells(Asked(rule, change.formula, place), places)
        else:
            assert isinstance(table, NumberColumn)
            cells = taken_cells(table.scaled(factor), places)
        if cells is None:
            return
        changed = self._put(rule.name, places, cells, place)
        made = self.columns[rule.name]
        range_faults(self.finder, rule.name, made, places, place, self.faults)
        how, where = " ".join(change.formula.split()), " ".join(change.where.split())
        self.changes.append(FigureChange(rule.name, changed, how, where, place))

    def _put(self, name: str, places: Indices, cells: Column, place: Place) -> Indices:
        """Put cells into the column of an input; return which of its figures are others now."""
        table = self.districts.columns[name]
        taken = self.taken.setdefault(name, np.zeros(len(table), dtype=bool))
        for at in places[taken[places]][:MOST_TOLD].tolist():
            self._twice(FigureAt(name, at), place)
        taken[places] = True
        self.columns[name] = with_cells(self.columns.get(name, table), places, cells)
        changed = differing(table, self.columns[name])
        return changed[np.isin(changed, places)]

    def _twice(self, found: FigureAt, place: Place) -> None:
        words = {"district": self.finder.called(found), "name": found.name}
        self.faults.tell(Fault("figures.set_twice", place, words))
