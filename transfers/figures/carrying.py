"""From one year to the next: the table a year ends with, and a table that begins with its figures.

What the section `next` says of inputs is computed on the year that is run, exactly; the files of
the following year have all other figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from transfers.arithmetic.decimals import format_decimal
from transfers.block import Block
from transfers.districts import Column, Districts
from transfers.districts.changed import (
    FigureChange,
    cells_of,
    differing,
    taken_cells,
    with_cells,
    with_changes,
)
from transfers.districts.faults import Faults
from transfers.documents.fields import written
from transfers.errors import DocumentError, Fault, Place
from transfers.figures.ratios import factor_of
from transfers.formula.grammar import FormulaFault
from transfers.policy.figures import FigureFinder, range_faults
from transfers.policy.moves import check_range
from transfers.policy.policy import Policy
from transfers.policy.rules import Path
from transfers.readout import next_column
from transfers.units import Unit


class Carried(Struct, frozen=True, eq=False):
    """What the following year begins with.

    Parameters
    ----------
    districts : Districts
        The table of the year that ends, with the inputs as `next` has them.
    items : mapping of str to tuple of str
        List -> the keys of its items.
    inputs : mapping of str to (text, Place)
        The inputs that `next` says something of: its formula, and where it stands.
    numbers : mapping of path to Fraction
        Numbers of the document, as moves have them: parameters, columns of lists, and the opening
        balance of each reserve, which is what it closed with.
    absent : mapping of path to Place
        Numbers of which `next` says something that came to no figure, and where it says so.
    units : mapping of str to Unit
        The unit of each figure that `next` says something of.
    """

    districts: Districts
    items: Mapping[str, tuple[str, ...]]
    inputs: Mapping[str, tuple[str, Place]]
    numbers: Mapping[Path, Fraction]
    absent: Mapping[Path, Place]
    units: Mapping[str, Unit]


def carried(
    block: Block, scenario: int, districts: Districts, closing: Mapping[str, Fraction]
) -> Carried:
    """Return what the following year begins with.

    Parameters
    ----------
    block : Block
    scenario : int
        The year that ends: it pays.
    districts : Districts
        Its table.
    closing : mapping of str to Fraction
        Reserve -> what it closes with, in units of money.
    """
    columns: dict[str, Column] = {}
    inputs: dict[str, tuple[str, Place]] = {}
    numbers: dict[Path, Fraction] = {}
    absent: dict[Path, Place] = {}
    policy = block.policy
    for rule in policy.next:
        column = next_column(block, scenario, rule)
        place = policy.document.value_place(rule.formula.path)
        if rule.of in ("parameter", "list"):
            cells = cells_of(column, np.arange(len(column)))
            pairs = [(p, cell) for p, cell in zip(rule.numbers, cells, strict=True) if p]
            numbers |= {p: cell for p, cell in pairs if isinstance(cell, Fraction)}
            absent |= {p: place for p, cell in pairs if cell is None}
            continue
        columns[rule.name] = column
        inputs[rule.name] = (" ".join(rule.formula.text.split()), place)
    numbers |= {("reserves", name, "opening"): amount for name, amount in closing.items()}
    items = {name: found.keys for name, found in policy.lists.items()}
    table = replace(districts, columns={**districts.columns, **columns})
    units = {rule.name: unit_of(policy, rule.name) for rule in policy.next}
    known = {name: unit for name, unit in units.items() if unit is not None}
    return Carried(table, items, inputs, numbers, absent, known)


def unit_of(policy: Policy, name: str) -> Unit | None:
    """Return the unit of an input, a parameter or a column of a list that has numbers."""
    rule, (of, _, column) = policy.inputs.get(name), name.partition(".")
    if rule is not None:
        return rule.unit if rule.kind == "number" else None
    if column:
        found = policy.lists[of].columns.get(column) if of in policy.lists else None
        return None if found is None or found.kind != "number" else found.unit
    symbol = policy.scope.find(name)
    return None if symbol is None else symbol.type.unit


def next_formula(policy: Policy, name: str, text: str, place: Place) -> str:
    """Return the formula of a figure of the following year: also of a ratio, such as ``+3%``.

    Parameters
    ----------
    name : str
        An input, a parameter, or a column of a list.
    place : Place
        Where it was asked for.

    Raises
    ------
    DocumentError
        A ratio that may be meant in two ways.
    """
    rule, symbol = policy.inputs.get(name), policy.scope.find(name)
    unit = rule.unit if rule is not None else None if symbol is None else symbol.type.unit

    def percentage() -> bool:
        path = None if symbol is None or symbol.number is None else symbol.number.path
        written = None if path is None else policy.numbers.get(path)
        percent = written is not None and written.percent
        return percent or (unit is not None and unit.percentage)

    try:
        factor = factor_of(name, text, "number" if rule is None else rule.kind, percentage)
    except FormulaFault as fault:
        raise DocumentError([Fault(fault.code, place, fault.values)]) from None
    return text if factor is None else f"{name} * {format_decimal(factor)}"


def unfit_numbers(policy: Policy, numbers: Mapping[Path, Fraction]) -> list[Fault]:
    """Return what is wrong with numbers that a year begins with: outside the range declared."""
    faults: list[Fault] = []
    for path, number in numbers.items():
        try:
            check_range(policy, path, number)
        except DocumentError as error:
            faults += error.faults
        if path[0] == "lists":
            entry = policy.document.model.lists[str(path[1])].columns[str(path[-1])]
            for code, bound, beyond in (
                ("below_min", entry.min, entry.min is not None and number < entry.min),
                ("above_max", entry.max, entry.max is not None and number > entry.max),
            ):
                if beyond and bound is not None:
                    place = policy.document.value_place(path)
                    words = {code.split("_")[1]: written(bound)}
                    faults.append(Fault(f"document.{code}", place, words))
    return faults


def with_carried(
    policy: Policy, districts: Districts, before: Carried, only: Collection[str] | None = None
) -> Districts:
    """Return a table whose inputs have the figures that the year before left, by their keys.

    A district or an item that was not there keeps the figure of the table.

    Parameters
    ----------
    only : collection of str, optional
        The inputs that are meant; all of which something is said, if left out.
    """
    columns: dict[str, Column] = {}
    changes: list[FigureChange] = []
    for name, (text, place) in before.inputs.items():
        rule = policy.inputs.get(name)
        if rule is None or (only is not None and name not in only):
            continue
        old, new = districts.columns[name], before.districts.columns[name]
        if type(old) is not type(new):
            continue  # an input of another kind, that only has its name
        made = _by_key(policy, districts, before, rule.over, (old, new))
        columns[name] = made
        changes.append(FigureChange(name, differing(old, made), text, "", place, carried=True))
    return with_changes(districts, columns, changes) if columns else districts


def check_carried(policy: Policy, districts: Districts, before: Carried) -> None:
    """Refuse figures that their inputs do not allow.

    Raises
    ------
    TableError
    """
    finder, faults = FigureFinder(policy, districts), Faults()
    for name, (_, place) in before.inputs.items():
        if name in policy.inputs:
            column = districts.columns[name]
            everyone = np.arange(len(column), dtype=np.intp)
            range_faults(finder, name, column, everyone, place, faults)
    faults.raise_any()


def _by_key(
    policy: Policy,
    districts: Districts,
    before: Carried,
    over: str,
    columns: tuple[Column, Column],
) -> Column:
    """Return the second column in the order of a table; the first where it has nothing."""
    old, new = columns
    items: Sequence[str] = policy.lists[over].keys if over else ("",)
    items_before: Sequence[str] = before.items.get(over, ()) if over else ("",)
    if before.districts.keys == districts.keys and tuple(items_before) == tuple(items):
        return new
    row_of = {key: row for row, key in enumerate(before.districts.keys)}
    item_of = {key: item for item, key in enumerate(items_before)}
    rows = np.array([row_of.get(key, -1) for key in districts.keys], dtype=np.intp)
    of_items = np.array([item_of.get(key, -1) for key in items], dtype=np.intp)[:, None]
    there = ((rows >= 0) & (of_items >= 0)).ravel()
    at = (of_items * len(row_of) + rows).ravel()[there]
    return with_cells(old, np.flatnonzero(there), taken_cells(new, at))
