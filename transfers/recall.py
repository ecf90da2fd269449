"""Quantities that a run beside this one has read already: the same formula over the same figures.

Runs of variants that differ in a few rules read most of their quantities alike, though their
policies are not the same. What a formula comes to follows from the values of its names, from the
numbers in it and from who is on the axes; where all of that is alike, bit for bit, its value is
the one that was read before. Figures that floats only come near are alike where they are the very
same, read from the same: what a formula decides may rest on what no float shows.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.formula.nodes import Lookup, Name, Node, Number, walk
from transfers.formula.values import Labels, Truth, Value

if TYPE_CHECKING:
    from transfers.block import Block
    from transfers.policy.rules import Formula

_Axes: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]


class _Parts(Struct, frozen=True, eq=False):
    """What a formula is made of: names, numbers with a path, and whether it reads a table."""

    node: Node
    names: tuple[str, ...]
    numbers: tuple[Number, ...]
    tables: bool


class _Read(Struct, frozen=True, eq=False):
    """A formula that was read, with what it was read from."""

    values: tuple[Value, ...]
    numbers: tuple[Fraction, ...]
    axes: _Axes
    value: Value


class Recall(Struct, eq=False):
    """What runs have read of the same formulas; for as long as their blocks are kept anyway."""

    _parts: dict[int, _Parts] = field(default_factory=dict)
    _read: dict[int, list[_Read]] = field(default_factory=dict)
    _known: dict[str, list[Value]] = field(default_factory=dict)
    _axes: tuple[Block, _Axes] | None = None

    def value(self, block: Block, formula: Formula) -> Value:
        """Return what a formula yields in a block of one scenario."""
        parts = self._parts_of(formula.node)
        if block.size > 1 or parts.tables:
            return block.read(formula)
        values = tuple(self._same(block, name) for name in parts.names)
        numbers = tuple(number.among(block.moves[0]) for number in parts.numbers)
        axes = self._axes_of(block)
        for each in self._read.get(id(formula.node), ()):
            alike = all(a is b for a, b in zip(each.values, values, strict=True))
            if alike and each.numbers == numbers and each.axes == axes:
                return each.value
        faults = sum(map(len, block.invalid.values()))
        value = block.read(formula)
        if sum(map(len, block.invalid.values())) == faults:  # else each block has to tell
            found = self._read.setdefault(id(formula.node), [])
            found.append(_Read(values, numbers, axes, value))
        return value

    def forget(self) -> None:
        """Let go of all that was read."""
        self._read.clear()
        self._known.clear()
        self._axes = None

    def _axes_of(self, block: Block) -> _Axes:
        """Return who is on the axes of a block: its districts, and the items of its lists."""
        if self._axes is None or self._axes[0] is not block:
            lists = block.policy.lists.items()
            items_of = ((name, items.keys) for name, items in lists)
            self._axes = (block, (("", block.districts.keys), *items_of))
        return self._axes[1]

    def _parts_of(self, node: Node) -> _Parts:
        known = self._parts.get(id(node))
        if known is None:
            parts = list(walk(node))
            names = dict.fromkeys(part.name for part in parts if isinstance(part, Name))
            numbers = tuple(part for part in parts if isinstance(part, Number) and part.path)
            tables = any(isinstance(part, Lookup) for part in parts)
            known = self._parts[id(node)] = _Parts(node, tuple(names), numbers, tables)
        return known

    def _same(self, block: Block, name: str) -> Value:
        """Return the value of a name: the very one that another block has, where it is alike."""
        value = block.named(name)
        known = self._known.setdefault(name, [])
        for other in known:
            if other is value:
                return value
        for other in known:
            if _alike(other, value):
                block.values[name] = other
                return other
        known.append(value)
        return value


def _alike(left: Value, right: Value) -> bool:
    """Tell whether two values are surely the same, of which floats are exact or decimals known."""
    if isinstance(left, Labels) and isinstance(right, Labels):
        return left.categories == right.categories and _equal(left.codes, right.codes)
    if isinstance(left, Truth) and isinstance(right, Truth):
        return _equal(left.value, right.value)
    if not (isinstance(left, Bounded) and isinstance(right, Bounded)):
        return False
    mine, theirs = left.decimals, right.decimals
    if (mine is None) != (theirs is None) or left.ratio != right.ratio:
        return False
    if mine is not None and theirs is not None:
        if mine.places != theirs.places or not _equal(mine.mantissas, theirs.mantissas):
            return False
        return left.whole or _equal(left.missing, right.missing)
    exact = not left.error.any() and not right.error.any()
    return exact and _equal(left.value, right.value)


def _equal(left: NDArray[np.generic], right: NDArray[np.generic]) -> bool:
    return left is right or (left.shape == right.shape and left.tobytes() == right.tobytes())
