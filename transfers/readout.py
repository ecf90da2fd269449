"""Columns of one scenario, exactly: inputs, quantities, grants, outputs, figures of lists.

Also what inputs become in the following year.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.block import Block
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
    for rule in policy.statements:
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


def read_next(block: Block, scenario: int, rule: NextRule) -> list[Fraction | None]:
    """Return what an input becomes in the following year: its figure of every district, exactly.

    None where a figure is missing; for everybody where one is missing under an aggregate.
    Precondition: the scenario pays, and can be computed.
    """
    node, count = rule.formula.node, block.district_count
    reader = block.reader
    try:
        reader.numbers(node)
        gaps = reader.gaps
    finally:
        reader.gaps = []
    if any(gap.where[min(scenario, len(gap.where) - 1)].any() for gap in gaps):
        return [None] * count
    try:
        found = block.exact(scenario).numbers(node, np.arange(count, dtype=np.intp))
    except TooLongError:
        place = Place(path=".".join(map(str, rule.path)))
        raise TableError([Fault("allocation.too_long", place)]) from None
    figures = found.figures.fractions()
    return [None if gone else x for x, gone in zip(figures, found.missing, strict=True)]
