"""The parts of a formula.

The parser makes these nodes; the checker returns a tree of the same nodes with names resolved,
a type on each, and conversions of units put in as nodes of their own. Four readers walk the
checked tree: the bounded floats of the engine, exact rationals, live Excel and the explanation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from transfers.units import BARE, Unit

Kind = Literal["number", "text", "boolean", "nothing"]


@dataclass(frozen=True, slots=True)
class Type:
    """What a formula yields: its kind, whether one value per district, and its unit."""

    kind: Kind = "number"
    per_district: bool = False
    unit: Unit = BARE


UNKNOWN = Type("nothing")
"""The type of a part that is faulty: it fits everywhere, so that the rest can be checked."""


@dataclass(slots=True, eq=False)
class Node:
    """A part of a formula, with the span of text it was read from."""

    start: int = field(default=0, kw_only=True)
    end: int = field(default=0, kw_only=True)
    type: Type = field(default=Type(), kw_only=True)

    def children(self) -> Iterator[Node]:
        """Yield the parts this part is made of, in reading order."""
        return iter(())


@dataclass(slots=True, eq=False)
class Number(Node):
    """A number as written. `path` names it when the document can address it."""

    value: Fraction
    path: tuple[str | int, ...] | None = None
    percent: bool = False


@dataclass(slots=True, eq=False)
class Text(Node):
    """A text in quotes."""

    value: str


@dataclass(slots=True, eq=False)
class Nothing(Node):
    """The word ``none``: no bound, no fixed value."""


@dataclass(slots=True, eq=False)
class Name(Node):
    """A name defined above: an input, a parameter, a quantity, a grant, or a field of one."""

    name: str


@dataclass(slots=True, eq=False)
class Lookup(Node):
    """An entry of a table: ``table[column]``, ``table[row][column]``."""

    table: str
    indices: tuple[Node, ...]

    def children(self) -> Iterator[Node]:
        return iter(self.indices)


@dataclass(slots=True, eq=False)
class Unary(Node):
    """``-x`` or ``not x``."""

    operator: Literal["-", "not"]
    operand: Node

    def children(self) -> Iterator[Node]:
        yield self.operand


@dataclass(slots=True, eq=False)
class Binary(Node):
    """Arithmetic between two figures."""

    operator: Literal["+", "-", "*", "/", "^"]
    left: Node
    right: Node

    def children(self) -> Iterator[Node]:
        yield self.left
        yield self.right


@dataclass(slots=True, eq=False)
class Compare(Node):
    """A comparison; ``=`` and ``<>`` are read as ``==`` and ``!=``."""

    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Node
    right: Node

    def children(self) -> Iterator[Node]:
        yield self.left
        yield self.right


@dataclass(slots=True, eq=False)
class Logic(Node):
    """``and`` or ``or`` between two statements."""

    operator: Literal["and", "or"]
    left: Node
    right: Node

    def children(self) -> Iterator[Node]:
        yield self.left
        yield self.right


@dataclass(slots=True, eq=False)
class Call(Node):
    """A function of the library with its arguments and named options."""

    function: str
    arguments: tuple[Node, ...]
    options: dict[str, Node]

    def children(self) -> Iterator[Node]:
        yield from self.arguments
        yield from self.options.values()


@dataclass(slots=True, eq=False)
class Convert(Node):
    """A figure converted to another unit: its value times `factor`."""

    operand: Node
    factor: Fraction

    def children(self) -> Iterator[Node]:
        yield self.operand


def written_value(node: Node) -> Fraction | None:
    """Return the value of a number that stands in the formula itself, perhaps converted."""
    if isinstance(node, Number) and node.path is None:
        return node.value
    if isinstance(node, Unary) and node.operator == "-":
        value = written_value(node.operand)
        return None if value is None else -value
    if isinstance(node, Convert):
        value = written_value(node.operand)
        return None if value is None else value * node.factor
    return None


def walk_once(node: Node) -> Iterator[Node]:
    """Yield every different part below `node`, itself included, each once."""
    seen = {id(node)}
    stack = [node]
    while stack:
        part = stack.pop()
        yield part
        for child in part.children():
            if id(child) not in seen:
                seen.add(id(child))
                stack.append(child)


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and every part below it."""
    stack = [node]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(part.children())
