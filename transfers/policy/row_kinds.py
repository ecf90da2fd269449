"""How the columns that a statement about rows names are read: as numbers, texts or truths.

A column is read as what it is compared with. So a key such as 0101 beside "0101" stays a text,
and beside 101 is a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from transfers.formula.nodes import (
    Binary,
    Call,
    Compare,
    Logic,
    Name,
    Node,
    Number,
    Text,
    Unary,
)

_ORDERED: Final = frozenset({"<", "<=", ">", ">="})

Read = dict[str, tuple[str, str]]
"""Name in the formula with kinds -> name as written, and the kind it is read as."""


def with_kinds(
    node: Node, columns: Mapping[str, int], constants: Mapping[str, str]
) -> tuple[Node, Read]:
    """Return a statement in which every name of a column says what it is read as.

    Parameters
    ----------
    node : Node
        As parsed.
    columns : mapping of name to int
        The names that are columns.
    constants : mapping of name to kind
    """
    kinds = _Kinds(columns, constants)
    return kinds.given(node, "boolean"), kinds.read


class _Kinds:
    def __init__(self, columns: Mapping[str, int], constants: Mapping[str, str]) -> None:
        self.columns = columns
        self.constants = constants
        self.read: Read = {}

    def own(self, node: Node) -> str:
        """Return the kind that a part has by itself; empty for one of columns only."""
        match node:
            case Number() | Binary() | Unary(operator="-"):
                return "number"
            case Text():
                return "text"
            case Compare() | Logic() | Unary():
                return "boolean"
            case Name():
                return "" if node.name in self.columns else self.constants.get(node.name, "")
            case Call(function="if") if len(node.arguments) == 3:
                return self.own(node.arguments[1]) or self.own(node.arguments[2])
            case Call(function="missing"):
                return "boolean"
        return "number"

    def given(self, node: Node, kind: str) -> Node:
        """Return a part whose columns are read so that it is of a kind."""
        match node:
            case Name() if node.name in self.columns:
                return replace(node, name=self._label(node.name, kind))
            case Unary():
                inner = "number" if node.operator == "-" else "boolean"
                return replace(node, operand=self.given(node.operand, inner))
            case Binary():
                return self._sides(node, "number")
            case Logic():
                return self._sides(node, "boolean")
            case Compare():
                mixed = "number" if node.operator in _ORDERED else "text"
                return self._sides(node, self.own(node.left) or self.own(node.right) or mixed)
            case Call():
                return self._call(node, kind)
        return node

    def _sides(self, node: Binary | Logic | Compare, kind: str) -> Node:
        left, right = self.given(node.left, kind), self.given(node.right, kind)
        return replace(node, left=left, right=right)

    def _call(self, node: Call, kind: str) -> Node:
        kinds = ["number"] * len(node.arguments)
        if node.function == "if":
            kinds = ["boolean", *[self.own(node) or kind] * (len(node.arguments) - 1)]
        elif node.function == "missing":
            kinds = [self.own(part) or "text" for part in node.arguments]
        pairs = zip(node.arguments, kinds, strict=True)
        options = {name: self.given(part, "number") for name, part in node.options.items()}
        arguments = tuple(self.given(part, each) for part, each in pairs)
        return replace(node, arguments=arguments, options=options)

    def _label(self, name: str, kind: str) -> str:
        """Return a name under which a column is read as a kind; it prints as it was written."""
        label = name
        while self.read.setdefault(label, (name, kind)) != (name, kind):
            label += " "
        return label
