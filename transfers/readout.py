"""Columns of one scenario, exactly: inputs, quantities, grants, outputs, figures of lists.

Also what of a year the next one begins with.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.block import Block
from transfers.districts.changed import cells_of
from transfers.districts.columns import BooleanColumn, Column, NumberColumn, TextColumn
from transfers.errors import Fault, Place, TableError, TooLongError
from transfers.formula.nodes import Name, Type
from transfers.formula.values import Labels, Truth
from transfers.policy.next import NextRule
from transfers.policy.policy import Policy
from transfers.policy.rules import QuantityRule

Places = NDArray[np.intp]
Cell = Fraction | str | bool | None


def _type_of(policy: Policy, name: str) -> Type:
    """Return what a named column has one figure for each of; each district, if nothing is said."""
    if name in policy.inputs:
        return Type(per_district=True, over=policy.inputs[name].over)
    of, _, column = name.partition(".")
    if of in policy.lists and column:
        return Type(over=of)
    for rule in (*policy.statements, *policy.aside.values()):
        if isinstance(rule, QuantityRule) and rule.name == name:
            return rule.formula.node.type
    return Type(per_district=True)


def read_column(block: Block, scenario: int, name: str, districts: Places) -> list[Cell]:
    """Return a column's figures of some districts.

    Raises
    ------
    ValueError
        The column has a figure for each item of a list: :func:`read_items` has them.
    """
    kind = _type_of(block.policy, name)
    if kind.over:
        raise ValueError(f"{name} has a figure for each item of {kind.over}: read it with items()")
    return _read(block, scenario, (name, kind), districts, block.district_count)


def read_items(block: Block, scenario: int, name: str) -> dict[str, list[Cell]]:
    """Return, for each item of a list, a column's figures of all districts.

    A column of the list itself has the same figure for each of them.

    Raises
    ------
    ValueError
        The column has nothing to do with a list.
    """
    kind = _type_of(block.policy, name)
    if not kind.over:
        raise ValueError(f"{name} has one figure for each district: read it with column()")
    keys, districts = block.policy.lists[kind.over].keys, block.district_count
    each = districts if kind.per_district else 1
    count = len(keys) * each
    cells = _read(block, scenario, (name, kind), np.arange(count, dtype=np.intp), count)
    columns = (cells[start : start + each] for start in range(0, count, each))
    repeated = districts // each
    return {key: column * repeated for key, column in zip(keys, columns, strict=True)}


def _read(
    block: Block, scenario: int, named: tuple[str, Type], places: Places, count: int
) -> list[Cell]:
    """Return some of the `count` figures of a column."""
    name, kind = named
    value = block.named(name)
    if isinstance(value, Labels):
        texts = value.texts(scenario)
        return [texts[i] if len(texts) > 1 else texts[0] for i in places.tolist()]
    row = min(scenario, len(value.value) - 1)
    if isinstance(value, Truth):
        chosen = np.broadcast_to(value.value[row], (count,))[places]
        return [None if np.isnan(x) else bool(x) for x in chosen.tolist()]
    if value.decimals is not None:
        return list(_decimals(value, row, places, count))
    per_district = kind.per_district if kind.over else value.value.shape[1] > 1
    node = Name(name, type=Type("number", per_district, over=kind.over))
    try:
        found = block.exact(scenario).numbers(node, places)
    except TooLongError:
        raise TableError([Fault("allocation.too_long", Place(path=name))]) from None
    figures = found.figures.fractions()
    return [None if gone else x for x, gone in zip(figures, found.missing, strict=True)]


def _decimals(value: Bounded, row: int, places: Places, count: int) -> list[Fraction | None]:
    assert value.decimals is not None
    exact = np.broadcast_to(value.decimals.mantissas[row], (count,))[places]
    gone = np.isnan(np.broadcast_to(value.value[row], (count,))[places])
    scale = 10**value.decimals.places
    figures = [Fraction(mantissa, scale) for mantissa in exact.tolist()]
    return [None if g else x for x, g in zip(figures, gone.tolist(), strict=True)]


def read_next(block: Block, scenario: int, rule: NextRule) -> list[Cell]:
    """Return what something becomes in the following year, exactly: cell by cell.

    As :func:`next_column` has it; None where a figure is missing.
    """
    return cells_of(next_column(block, scenario, rule), everyone_of(next_count(block, rule)))


def next_column(block: Block, scenario: int, rule: NextRule) -> Column:
    """Return what something becomes in the following year, exactly, as a column.

    The figure of every district; of an input over a list item after item, the districts of each;
    of a column of a list every item; of a parameter one. All are missing where one is missing
    under an aggregate.
    Precondition: the scenario pays, and can be computed.
    """
    node, count = rule.formula.node, next_count(block, rule)
    reader = block.reader
    try:
        value = reader.value(node)
        gaps = reader.gaps
    finally:
        reader.gaps = []
    row = min(scenario, _rows(value) - 1)
    lacking = any(gap.where[min(scenario, len(gap.where) - 1)].any() for gap in gaps)
    if isinstance(value, Labels):
        codes = np.broadcast_to(value.codes[row], (count,)).astype(np.int32)
        return TextColumn(np.full_like(codes, -1) if lacking else codes, value.categories)
    if isinstance(value, Truth):
        truths = np.broadcast_to(value.value[row], (count,))
        return BooleanColumn(truths == 1, np.isnan(truths) | lacking)
    if lacking:
        nothing = np.zeros(count, dtype=np.int64)
        return NumberColumn(Decimals(nothing, 0), np.ones(count, dtype=bool))
    if value.decimals is not None:
        return _decimal_column(value, row, count)
    try:
        found = block.exact(scenario).numbers(node, everyone_of(count))
    except TooLongError:
        place = block.policy.document.value_place(rule.formula.path)
        raise TableError([Fault("allocation.too_long", place)]) from None
    missing = np.array(found.missing, dtype=bool)
    figures = zip(found.figures.fractions(), found.missing, strict=True)
    return NumberColumn.of_fractions([Fraction(0) if gone else x for x, gone in figures], missing)


def _rows(value: Bounded | Truth | Labels) -> int:
    """Return how many scenarios a value has figures of."""
    if isinstance(value, Labels):
        return len(value.codes)
    return len(value.value) if isinstance(value, Truth) else value.shape[0]


def _decimal_column(value: Bounded, row: int, count: int) -> NumberColumn:
    """Return a column of figures that are decimals, without looking at one after the other."""
    assert value.decimals is not None
    mantissas = np.array(np.broadcast_to(value.decimals.mantissas[row], (count,)))
    missing = np.zeros(count, dtype=bool)
    if not value.whole:
        missing = np.array(np.broadcast_to(np.isnan(value.value[row]), (count,)))
        mantissas[missing] = 0
    return NumberColumn(Decimals(mantissas, value.decimals.places).shortest(), missing)


def everyone_of(count: int) -> Places:
    """Return the places of a whole column."""
    return np.arange(count, dtype=np.intp)


def next_count(block: Block, rule: NextRule) -> int:
    """Return how many figures something has."""
    if rule.of in ("parameter", "list"):
        return len(rule.numbers)
    return block.district_count * (block.item_count(rule.over) if rule.over else 1)
