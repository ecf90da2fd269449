"""The parts of a formula.

The parser makes these nodes; the checker returns a tree of the same nodes with names resolved,
a type on each, and conversions of units put in as nodes of their own. Four readers walk the
checked tree: the bounded floats of the engine, exact rationals, live Excel and the explanation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from transfers.units import BARE, Unit

Kind = Literal["number", "text", "boolean", "nothing"]


class Type(Struct, frozen=True):
    """What a formula yields: its kind, what it has one value for each of, and its unit.

    Parameters
    ----------
    per_district : bool
        One value for each district.
    over : str
        The list that it has one value for each item of; "" for none. With both, one value for
        each item and district.
    """

    kind: Kind = "number"
    per_district: bool = False
    unit: Unit = BARE
    over: str = ""

    @property
    def single(self) -> bool:
        """Whether it has one value for all districts and items."""
        return not (self.per_district or self.over)

    def in_unit(self, unit: Unit) -> Type:
        """Return the same in another unit."""
        return Type(self.kind, self.per_district, unit, self.over)


UNKNOWN = Type("nothing")
"""The type of a part that is faulty: it fits everywhere, so that the rest can be checked."""


EACH_DISTRICT = Type(per_district=True)


class Node(Struct, eq=False, kw_only=True):
    """A part of a formula, with the span of text it was read from."""

    start: int = 0
    end: int = 0
    type: Type = Type()

    def children(self) -> Iterator[Node]:
        """Yield the parts this part is made of, in reading order."""
        return iter(())


class Number(Node):
    """A number as written. `path` names it when the document can address it."""

    value: Fraction
    path: tuple[str | int, ...] | None = None
    percent: bool = False

    def among(self, moves: Mapping[tuple[str | int, ...], object]) -> Fraction:
        """Return the number as a scenario has it that moves some numbers by their paths."""
        moved = self.value if self.path is None else moves.get(self.path, self.value)
        assert isinstance(moved, Fraction)
        return moved


class Text(Node):
    """A text in quotes."""

    value: str


class Nothing(Node):
    """The word ``none``: no bound, no fixed value."""


class Name(Node):
    """A name defined above: an input, a parameter, a quantity, a grant, or a field of one."""

    name: str


class Lookup(Node):
    """An entry of a table: ``table[column]``, ``table[row][column]``."""

    table: str
    indices: tuple[Node, ...]

    def children(self) -> Iterator[Node]:
        return iter(self.indices)


class Pick(Node):
    """The figure that one item of a list has: ``due["y2026"]``, ``services.standard[kind]``.

    Parameters
    ----------
    operand : Node
        Has a figure, a text or a statement for each item of the list.
    index : Node
        The key of the item; missing for a key that the list has not.
    """

    operand: Node
    index: Node

    @property
    def of(self) -> str:
        """The list."""
        return self.operand.type.over

    def children(self) -> Iterator[Node]:
        yield self.operand
        yield self.index


class Unary(Node):
    """``-x`` or ``not x``."""

    operator: Literal["-", "not"]
    operand: Node

    def children(self) -> Iterator[Node]:
        yield self.operand


class Binary(Node):
    """Arithmetic between two figures."""

    operator: Literal["+", "-", "*", "/", "^"]
    left: Node
    right: Node

    def children(self) -> Iterator[Node]:
        yield self.left
        yield self.right


class Compare(Node):
    """A comparison; ``=`` and ``<>`` are read as ``==`` and ``!=``."""

    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Node
    right: Node

    def children(self) -> Iterator[Node]:
        yield self.left
        yield self.right


class Logic(Node):
    """``and`` or ``or`` between two statements."""

    operator: Literal["and", "or"]
    left: Node
    right: Node

    def children(self) -> Iterator[Node]:
        yield self.left
        yield self.right


class Call(Node):
    """A function of the library with its arguments and named options.

    Parameters
    ----------
    over : str
        Of a checked function over many: the list whose items it folds; "" for the districts.
    domain : Type
        Of a checked function over many: what its figures have one value for each of.
    """

    function: str
    arguments: tuple[Node, ...]
    options: dict[str, Node]
    over: str = ""
    domain: Type = EACH_DISTRICT

    def children(self) -> Iterator[Node]:
        yield from self.arguments
        yield from self.options.values()


class Convert(Node):
    """A figure converted to another unit: its value times `factor`."""

    operand: Node
    factor: Fraction

    def children(self) -> Iterator[Node]:
        yield self.operand


class Spread(Node):
    """A figure of items, or of districts, repeated so that there is one for each of both."""

    operand: Node

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


def rounding_multiple(node: Call) -> Fraction:
    """Return the multiple that a rounding function rounds to."""
    if "to" in node.options:
        return written_value(node.options["to"]) or Fraction(1)
    digits = written_value(node.options["digits"]) if "digits" in node.options else None
    return Fraction(10) ** -int(digits or 0)


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and every different part below it, in reading order, each once.

    What a function expands to holds its parts many times over; met at each of their places, they
    would double with every function inside another.
    """
    seen: set[int] = set()
    stack = [node]
    while stack:
        part = stack.pop()
        if id(part) not in seen:
            seen.add(id(part))
            yield part
            stack.extend(reversed(tuple(part.children())))


def joint(kind: Kind, *nodes: Node, unit: Unit = BARE) -> Type:
    """Return the type of what aligned parts make together."""
    per_district = any(node.type.per_district for node in nodes)
    over = next((node.type.over for node in nodes if node.type.over), "")
    return Type(kind, per_district, unit, over)


def possible_texts(node: Node) -> tuple[str, ...] | None:
    """Return the texts a quantity may have, where its formula lists them."""
    if isinstance(node, Text):
        return (node.value,)
    if isinstance(node, Call) and node.function == "if" and node.type.kind == "text":
        branches = [possible_texts(branch) for branch in node.arguments[1:]]
        if all(branch is not None for branch in branches):
            return tuple(dict.fromkeys(text for branch in branches for text in branch or ()))
    return None
