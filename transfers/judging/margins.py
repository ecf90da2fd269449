"""How far a comparison holds or is broken: both sides and the margin, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic import bounded
from transfers.formula.nodes import Binary, Call, Compare, Convert, Logic, Name, Node, Number, Unary
from transfers.messages import Phrase
from transfers.units import Unit, describe, unit_of_sum, with_unit
from transfers.written import decimal_text, exact_text

if TYPE_CHECKING:
    from transfers.block import Block

Members = NDArray[np.intp]

SIGNS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_FINER = (4, 8, 16, 30)
MOST_TOLD = 10
"""Decimals that both sides have at most, so that one tells them apart; then they are fractions."""


class Comparison(Struct, frozen=True, eq=False):
    """A comparison of two figures that a statement makes, alone or joined by ``and``.

    Parameters
    ----------
    unit : str
        Of both sides and the margin.
    percent : bool
        Whether the figures are ratios that people read as percentages.
    """

    node: Compare
    unit: str | Phrase
    percent: bool


class Margin(Struct, frozen=True):
    """One comparison in one place.

    Parameters
    ----------
    left, right : Fraction or None
        In `unit`; None where missing.
    margin : Fraction or None
        How far it holds (above 0) or is broken (below 0); of ``>``, ``<`` and ``!=`` a margin of 0
        is broken.
    """

    operator: str
    left: Fraction | None
    right: Fraction | None
    margin: Fraction | None
    unit: str | Phrase = ""
    percent: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the comparison holds; None where a side is missing."""
        if self.margin is None:
            return None
        return self.margin > 0 or (self.margin == 0 and self.operator in ("==", "<=", ">="))

    def side(self, figure: Fraction | None, plus: str = "") -> str | Phrase:
        """Write a side for people."""
        if figure is None:
            return "—"
        written = plus + self._written(figure)
        if self.percent or self.unit == "%":
            return f"{written}%"
        return with_unit(written, self.unit)

    def _written(self, figure: Fraction) -> str:
        """Write a figure: a side with as many digits as tell it from the other."""
        if figure not in (self.left, self.right):
            return _written(self._shown(figure), self._usual)
        places = self._telling_apart
        return (
            exact_text(self._shown(figure))
            if places is None
            else _written(self._shown(figure), places)
        )

    def _shown(self, figure: Fraction) -> Fraction:
        return figure * 100 if self.percent else figure

    @property
    def _usual(self) -> int:
        return 2 if self.percent or self.unit == "%" else 4

    @property
    def _telling_apart(self) -> int | None:
        """Decimals with which both sides are unlike, as they are; None where there are too few."""
        if self.left is None or self.right is None or self.left == self.right:
            return self._usual
        one, other = self._shown(self.left), self._shown(self.right)
        known = (
            n for n in range(self._usual, MOST_TOLD + 1) if _written(one, n) != _written(other, n)
        )
        return next(known, None)

    def off(self) -> Phrase:
        """Say by how much it does not hold; of ``<``, ``>``, ``!=`` also that both are equal."""
        if self.margin == 0:
            return Phrase("rules.equal")
        return Phrase("rules.off_by", {"distance": self.distance()})

    def distance(self, sign: str = "") -> str | Phrase:
        """Write the margin for people: percentages differ by percentage points."""
        if self.margin is None:
            return "—"
        size = self.margin if sign else abs(self.margin)
        plus = "+" if sign and size > 0 else ""
        if self.percent or self.unit == "%":
            figure = plus + _written(size * (100 if self.percent else 1), 2)
            return Phrase("rules.points_short" if sign else "rules.points", {"figure": figure})
        return self.side(size, plus)


def _written(figure: Fraction, places: int) -> str:
    """Write a figure; one that is not nothing never as nothing."""
    for finer in (places, *_FINER):
        text = decimal_text(figure, finer)
        if text not in ("0", "-0") or not figure:
            break
    return "0" if text == "-0" else text


def comparisons(block: Block, node: Node) -> list[Comparison]:
    """Return the comparisons of figures that a statement is, or joins by ``and``, in order.

    A quantity that is joined more than once is read once.
    """
    found: list[Comparison] = []
    waiting = [node]
    read: set[str] = set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, Name) and part.name in block.definitions:
            if part.name in read:
                continue
            read.add(part.name)
            waiting.append(block.definitions[part.name])
        elif isinstance(part, Logic) and part.operator == "and":
            waiting += [part.right, part.left]
        elif isinstance(part, Compare) and {s.type.kind for s in part.children()} == {"number"}:
            found.append(_comparison(block, part))
    return found


def _comparison(block: Block, node: Compare) -> Comparison:
    unit: Unit = unit_of_sum(node.left.type.unit, node.right.type.unit)
    plain = unit.plain and unit.scale == 1
    percent = plain and any(_is_percentage(block, side) for side in node.children())
    return Comparison(node, "" if plain else describe(unit, block.policy.money_unit), percent)


def _is_percentage(block: Block, node: Node) -> bool:
    """Whether the document writes a figure as a percentage, or as a sum with one."""
    waiting, seen = [node], {id(node)}
    while waiting:
        part = waiting.pop()
        if isinstance(part, Number):
            written = part if part.path is None else block.policy.numbers.get(part.path, part)
            if written.percent:
                return True
        # What a function expands to holds its parts many times over.
        below = [side for side in _added(part) if id(side) not in seen]
        seen.update(map(id, below))
        waiting += below
    return False


def _added(node: Node) -> Sequence[Node]:
    """Return the parts of a figure that it is a sum of, or one of which it is."""
    match node:
        case Unary() | Convert():
            return (node.operand,)
        case Binary(operator="+" | "-"):
            return (node.left, node.right)
        case Call(function="if"):
            return node.arguments[1:]
        case Call(function="min" | "max"):
            return node.arguments
    return ()


def margins(block: Block, compared: Comparison, scenario: int, members: Members) -> list[Margin]:
    """Return a comparison in some districts of a scenario, exactly."""
    node, reader = compared.node, block.exact(scenario)
    sides = [reader.numbers(side, members) for side in (node.left, node.right)]
    columns = [
        [None if gone else x for x, gone in zip(s.figures.fractions(), s.missing, strict=True)]
        for s in sides
    ]
    return [
        Margin(
            node.operator,
            left,
            right,
            _margin(node.operator, left, right),
            compared.unit,
            compared.percent,
        )
        for left, right in zip(*columns, strict=True)
    ]


def _margin(operator: str, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None:
        return None
    more = left - right
    if operator in ("==", "!="):
        return abs(more) if operator == "!=" else -abs(more)
    return more if operator in (">", ">=") else -more


def worst(block: Block, compared: Comparison, scenario: int, members: Members) -> int:
    """Return which of some districts has the smallest margin; the first of several.

    Precondition: there is one, and none of their figures is missing.
    """
    node, reader = compared.node, block.reader
    gap = bounded.subtract(reader.numbers(node.left), reader.numbers(node.right))
    row = min(scenario, len(gap.value) - 1)
    shape = (len(gap.value), block.district_count)
    sign = -1 if node.operator in ("<", "<=") else 1
    value = np.broadcast_to(gap.value, shape)[row, members]
    value = np.abs(value) if node.operator in ("==", "!=") else sign * value
    error = np.broadcast_to(gap.error, shape)[row, members]
    near = members[value - error <= (value + error).min()]
    if gap.decimals is not None and node.operator not in ("==", "!="):
        exact = sign * np.broadcast_to(gap.decimals.mantissas, shape)[row, members]
        return int(members[np.argmin(exact)])
    found = margins(block, compared, scenario, near)
    return int(near[min(range(len(near)), key=lambda place: found[place].margin or Fraction(0))])
