"""Who is a district: districts that become one, get another key, or leave.

Of districts that become one, amounts and counts are added up: money, persons, area, things. All
else (ratios, figures per head, numbers without a unit, texts) must be the same in each of them, or
be said, or be a mean that another input weighs. Exactly; a figure that one of them lacks is
missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np
from msgspec.structs import replace

from transfers.arithmetic.decimals import Decimals, Indices
from transfers.districts import Column, Districts, Source
from transfers.districts.changed import (
    Cell,
    FigureChange,
    cell_text,
    cells_of,
    column_of,
    taken_cells,
    with_cells,
)
from transfers.districts.columns import NumberColumn, read_column
from transfers.districts.faults import Faults, shown
from transfers.districts.table import ranks
from transfers.errors import Fault, Place
from transfers.figures.who import MOST_NAMED, Group, Grouping, Members, Merge, place_around
from transfers.formula.scope import ItemList
from transfers.messages import Phrase
from transfers.policy.figures import figure_spec
from transfers.policy.policy import Policy
from transfers.policy.rules import InputRule
from transfers.unit_words import NOT_ADDED
from transfers.units import Unit

__all__ = ["Members", "Merge", "added", "with_members"]


def with_members(
    policy: Policy,
    districts: Districts,
    members: Members,
    places: Mapping[str, Place] | None = None,
    only: Collection[str] | None = None,
) -> Districts:
    """Return districts after some merged, were renamed or left.

    A merged district stands where the first of those stood that it is made of.

    Parameters
    ----------
    places : mapping, optional
        Where it was asked for, by path: ``merge.<key>``, ``rename.<key>``, ``leave``.
    only : collection of str, optional
        The inputs that are merged; all others have the figures of the first. All, if left out.

    Raises
    ------
    TableError
        With every fault: no such district, figures that differ and cannot be added.
    """
    faults = Faults()
    groups = Grouping(districts, places or {}, faults).groups(members)
    faults.raise_any()
    joining = _Joining(policy, districts, places or {}, faults)
    made = joining.districts_of(groups, districts.columns if only is None else only)
    faults.raise_any()
    return made


class _Joining:
    """Districts of one table being joined."""

    def __init__(
        self, policy: Policy, districts: Districts, places: Mapping[str, Place], faults: Faults
    ) -> None:
        self.policy, self.districts, self.faults = policy, districts, faults
        self.places = places

    def tell(self, code: str, path: str, **words: object) -> None:
        """Keep a fault."""
        place = place_around(path, self.places)
        self.faults.tell(Fault(f"members.{code}", place, words))

    def districts_of(self, groups: Sequence[Group], joined: Collection[str]) -> Districts:
        """Return the table with a row for each group."""
        old, count = self.districts, len(self.districts)
        first = np.array([group.rows[0] for group in groups], dtype=np.intp)
        merged = [(n, group) for n, group in enumerate(groups) if group.merge is not None]
        for _, group in merged:
            self._check_said(group)
        columns: dict[str, Column] = {}
        changes = [change for change in self._moved(groups) if len(change.places) or change.path]
        for name, column in old.columns.items():
            items = len(column) // count
            own = merged if name in joined else []
            columns[name] = self._column(name, column, first, own)
            for at, group in own:
                places = np.arange(items, dtype=np.intp) * len(groups) + at
                how = " + ".join(old.names[row] for row in group.rows)
                place = place_around(f"merge.{group.key}", self.places)
                changes.append(FigureChange(name, places, how, "", place, merged=True))
        keys = tuple(group.key for group in groups)
        return replace(
            old,
            keys=keys,
            names=tuple(group.name for group in groups),
            key_order=ranks(keys),
            columns=columns,
            sources=tuple(self._sources(first)),
            changes=tuple(changes),
            as_read={
                name: taken_cells(each, _spread(each, first, count))
                for name, each in {
                    **{name: old.columns[name] for name in columns if merged},
                    **old.as_read,
                }.items()
            },
        )

    def _check_said(self, group: Group) -> None:
        """Refuse figures that are said of what is no input, or in two ways."""
        assert group.merge is not None
        path = f"merge.{group.key}"
        known = self.policy.inputs
        for section, names in (("with", group.merge.given), ("by", group.merge.by)):
            for name in names:
                if name not in known:
                    words = {"input": shown(name), "known": tuple(known)}
                    self.tell("unknown_input", f"{path}.{section}.{name}", **words)
                elif section == "by" and name in group.merge.given:
                    self.tell("with_and_by", f"{path}.by.{name}", input=name)

    def _moved(self, groups: Sequence[Group]) -> Iterator[FigureChange]:
        """Yield what was changed before, at the places where it is now."""
        count = len(self.districts)
        row_of = np.full(count, -1, dtype=np.intp)
        for n, group in enumerate(groups):
            row_of[list(group.rows)] = n
        for change in self.districts.changes:
            item, row = np.divmod(change.places, count)
            at = (item * len(groups) + row_of[row])[row_of[row] >= 0]
            places = np.array(sorted(set(at.tolist())), dtype=np.intp)
            path = change.path if len(places) == len(change.places) else ""
            yield replace(change, places=places, path=path)

    def _sources(self, first: Indices) -> Iterator[Source]:
        """Yield the files, with the line of each district: of a merged one that of its first."""
        old, count = self.districts, len(self.districts)
        used = {number for number, _ in old.cells.values()}
        used |= {number for cells in old.item_cells.values() for number, _ in cells}
        for number, source in enumerate(old.sources):
            lines = source.line_of_district
            if number in used and len(lines) % count == 0:
                source = replace(source, line_of_district=lines[_spread(lines, first, count)])
            yield source

    def _column(
        self,
        name: str,
        column: Column,
        first: Indices,
        merged: Sequence[tuple[int, Group]],
    ) -> Column:
        """Return a column with a row for each group."""
        count = len(self.districts)
        items = len(column) // count
        made = taken_cells(column, _spread(column, first, count))
        for at, group in merged:
            joined = self._summed(name, column, group)
            if joined is None:
                cells = [self._cell(name, column, item, group) for item in range(items)]
                joined = column_of(type(made), cells)
            places = np.arange(items, dtype=np.intp) * len(first) + at
            made = with_cells(made, places, joined)
        return made

    def _summed(self, name: str, column: Column, group: Group) -> Column | None:
        """Return figures that are added up, a whole column at once; None where they are not."""
        rule, merge = self.policy.inputs.get(name), group.merge
        assert merge is not None
        if rule is None or not isinstance(column, NumberColumn) or column.decimals is None:
            return None
        if name in merge.given or name in merge.by or not added(rule.unit):
            return None
        each, rows = len(self.districts), np.array(group.rows, dtype=np.intp)
        places = np.arange(len(column) // each, dtype=np.intp)[:, None] * each + rows
        missing = column.missing[places].any(axis=1)
        sums = column.decimals.take(places).sum(axis=1)
        if sums is None:
            return None
        return NumberColumn(Decimals(np.where(missing, 0, sums.mantissas), sums.places), missing)

    def _cell(self, name: str, column: Column, item: int, group: Group) -> Cell:
        """Return one figure of a merged district."""
        merge, rule = group.merge, self.policy.inputs.get(name)
        assert merge is not None
        if rule is None:
            return None
        if name in merge.given:
            said, given = self._given(rule, item, group)
            if given:
                return said
        rows = np.array(group.rows, dtype=np.intp) + item * len(self.districts)
        cells = cells_of(column, rows)
        if name in merge.by:
            return self._mean(rule, item, group, cells)
        if any(cell is None for cell in cells):
            return None
        numbers = [cell for cell in cells if isinstance(cell, Fraction)]
        if rule.kind == "number" and added(rule.unit):
            return sum(numbers, Fraction(0))
        if len({*cells}) > 1:
            self._differ(rule, item, group, cells)
        return cells[0]

    def _differ(self, rule: InputRule, item: int, group: Group, cells: Sequence[Cell]) -> None:
        names = self.districts.names
        words: dict[str, object] = {
            "key": shown(group.key),
            "input": rule.name,
            "title": rule.title,
            "districts": self._called(group),
            "figures": tuple(
                f"{names[row]} {cell_text(cell)}"
                for row, cell in list(zip(group.rows, cells, strict=True))[:MOST_NAMED]
            ),
        }
        code = "differ" if rule.kind == "number" else "differ_without_mean"
        if rule.over:
            code, words = (
                code.replace("differ", "differ_by_item"),
                {**words, "item": self._items(rule).keys[item]},
            )
        self.tell(code, f"merge.{group.key}", **words)

    def _items(self, rule: InputRule) -> ItemList:
        return self.policy.lists[rule.over]

    def _called(self, group: Group) -> tuple[str, ...]:
        names = [shown(self.districts.names[row]) for row in group.rows]
        return (*names[:MOST_NAMED], *["…"] * (len(names) > MOST_NAMED))

    def _given(self, rule: InputRule, item: int, group: Group) -> tuple[Cell, bool]:
        """Return what is said of a figure, and whether anything is."""
        assert group.merge is not None
        said, path = group.merge.given[rule.name], f"merge.{group.key}.with.{rule.name}"
        text: str | None = said if isinstance(said, str) else None
        if isinstance(said, Mapping):
            if not rule.over:
                words = {"list": rule.name, "item": shown(", ".join(said))}
                self.tell("unknown_item", path, **words)
                return None, True
            items = self._items(rule)
            odd = [each for each in said if each not in (*items.keys, *items.names)]
            if odd and item == 0:
                self.tell("unknown_item", path, list=rule.over, item=shown(odd[0]))
            text = said.get(items.keys[item], said.get(items.names[item]))
        if text is None:
            return None, False
        column, wrong, _ = read_column([text.strip()], figure_spec(self.policy, rule.name))
        if wrong and item == 0:
            why = Phrase(
                f"table.{wrong[0].code}",
                {
                    **wrong[0].values,
                    "district": shown(group.key),
                    "column": rule.name,
                    "value": shown(text),
                },
            )
            self.tell("not_a_figure", path, input=rule.name, value=shown(text), why=why)
        return cells_of(column, np.zeros(1, dtype=np.intp))[0], True

    def _mean(self, rule: InputRule, item: int, group: Group, cells: Sequence[Cell]) -> Cell:
        """Return the mean of a figure, weighed by another input."""
        assert group.merge is not None
        weight, path = group.merge.by[rule.name], f"merge.{group.key}.by.{rule.name}"
        by = self.policy.inputs.get(weight)
        numbers = by is not None and by.kind == "number" and by.over in ("", rule.over)
        if rule.kind != "number" or not numbers:
            if item == 0:
                code = "no_weight" if rule.kind == "number" else "no_mean"
                self.tell(code, path, input=rule.name, weight=shown(weight))
            return None
        assert by is not None
        rows = np.array(group.rows, dtype=np.intp)
        weights = cells_of(
            self.districts.columns[weight], rows + (item * len(self.districts) if by.over else 0)
        )
        pairs = [
            (cell, each)
            for cell, each in zip(cells, weights, strict=True)
            if isinstance(cell, Fraction) and isinstance(each, Fraction)
        ]
        if len(pairs) < len(cells):
            return None
        whole = sum((each for _, each in pairs), Fraction(0))
        if whole <= 0:
            words = {"districts": self._called(group), "weight": weight, "input": rule.name}
            self.tell("weights_nothing", path, **words)
            return None
        return sum((cell * each for cell, each in pairs), Fraction(0)) / whole


def added(unit: Unit) -> bool:
    """Whether figures of two districts in a unit add up to that of both.

    Money, persons, area, length and things counted do; what is per something, ratios, marks, time
    and numbers without a unit do not.
    """
    if len(unit.kinds) != 1:
        return False
    kind, power = unit.kinds[0]
    return power == 1 and kind not in NOT_ADDED


def _spread(column: Column | Indices, first: Indices, count: int) -> Indices:
    """Return the places of some districts in a column, for each item of it."""
    items = np.arange(len(column) // count, dtype=np.intp)[:, None]
    return np.asarray((items * count + first).ravel(), dtype=np.intp)
