"""Where formulas decide: comparisons, roundings, ranks; and where one figure alone meets a number.

A figure that moves a little moves what a formula yields a little, except where it decides
otherwise: past ``score >= 80``, past an edge of brackets (which are comparisons once a formula is
checked), past half of what is rounded to, past the figure of the next in rank. ``min``, ``max``,
``lowest``, ``highest`` and quantiles bend, and do not jump: they are no thresholds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from transfers.formula.nodes import (
    Binary,
    Call,
    Compare,
    Convert,
    Name,
    Node,
    Number,
    Unary,
    walk,
)

Kind = Literal["comparison", "rounding", "rank"]
Moved = Mapping[tuple[str | int, ...], Fraction]

_ROUNDINGS = frozenset({"round", "round_up", "round_down"})
_TURNED: Mapping[str, Literal["<", "<=", ">", ">=", "==", "!="]] = {
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
    "==": "==",
    "!=": "!=",
}


class Crossing(Struct, frozen=True):
    """One name held against one number: ``score >= 80``, a quarter of it against 20.

    Parameters
    ----------
    name : str
        An input, a quantity, a grant: what varies.
    operator : str
        With the name on the left.
    value : Fraction
        Where the name crosses, in its own unit.
    """

    name: str
    operator: Literal["<", "<=", ">", ">=", "==", "!="]
    value: Fraction

    @property
    def belongs_above(self) -> bool:
        """Whether the very value counts with what lies above it: ``>=`` and ``<``."""
        return self.operator in (">=", "<")


def deciding_parts(node: Node) -> Iterator[tuple[Kind, Node]]:
    """Yield the parts of a checked formula that decide between figures, in reading order.

    Comparisons of texts and of statements are none: they move only where something decides
    otherwise below them, or a text does.
    """
    for part in walk(node):
        if isinstance(part, Compare):
            if part.left.type.kind == part.right.type.kind == "number":
                yield "comparison", part
        elif isinstance(part, Call) and part.function in _ROUNDINGS:
            yield "rounding", part
        elif isinstance(part, Call) and part.function == "rank":
            yield "rank", part


def crossing_of(node: Node, moves: Moved | None = None) -> Crossing | None:
    """Return where a comparison of one name with one number turns; None for any other part.

    The name may stand in sums and products with numbers: ``2 * score - 10 >= 150`` turns at 80.

    Parameters
    ----------
    moves : mapping, optional
        Numbers of the document that a scenario moves.
    """
    if not isinstance(node, Compare):
        return None
    moves = {} if moves is None else moves
    for mine, theirs, turned in ((node.left, node.right, False), (node.right, node.left, True)):
        bound = constant(theirs, moves)
        line = _line(mine, moves)
        if bound is None or line is None or not line[1]:
            continue
        name, slope, start = line
        down = turned != (slope < 0)
        operator = _TURNED[node.operator] if down else node.operator
        return Crossing(name, operator, (bound - start) / slope)
    return None


def constant(node: Node, moves: Moved) -> Fraction | None:
    """Return what a part yields that is made of numbers of the document alone."""
    if isinstance(node, Number):
        return node.among(moves)
    if isinstance(node, Unary) and node.operator == "-":
        value = constant(node.operand, moves)
        return None if value is None else -value
    if isinstance(node, Convert):
        value = constant(node.operand, moves)
        return None if value is None else value * node.factor
    if isinstance(node, Binary) and node.operator in _ARITHMETIC:
        left, right = constant(node.left, moves), constant(node.right, moves)
        if left is None or right is None or (node.operator == "/" and not right):
            return None
        return _ARITHMETIC[node.operator](left, right)
    return None


_ARITHMETIC: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}

_Line = tuple[str, Fraction, Fraction]
"""A name, what it is multiplied by, what is added."""


def _line(node: Node, moves: Moved) -> _Line | None:
    """Return a part as ``slope * name + start``, where it is that."""
    if isinstance(node, Name):
        return node.name, Fraction(1), Fraction(0)
    if isinstance(node, Unary) and node.operator == "-":
        return _times(_line(node.operand, moves), Fraction(-1))
    if isinstance(node, Convert):
        return _times(_line(node.operand, moves), node.factor)
    if not isinstance(node, Binary):
        return None
    left, right = _line(node.left, moves), _line(node.right, moves)
    by = constant(node.right if right is None else node.left, moves)
    line = left if right is None else right
    if line is None or by is None or (left is not None and right is not None):
        return None
    match node.operator:
        case "*":
            return _times(line, by)
        case "/" if right is None and by:
            return _times(line, 1 / by)
        case "+":
            return line[0], line[1], line[2] + by
        case "-":
            sign = 1 if right is None else -1
            return line[0], sign * line[1], sign * (line[2] - by)
    return None


def _times(line: _Line | None, by: Fraction) -> _Line | None:
    return None if line is None else (line[0], line[1] * by, line[2] * by)
