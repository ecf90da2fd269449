"""Why a figure is missing: the first cause, followed down the formulas to the table.

Method: section 16.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from transfers.formula.items import below
from transfers.formula.nodes import Binary, Call, Lookup, Name, Node, Pick, Spread
from transfers.formula.scope import KEY_BEFORE

if TYPE_CHECKING:
    from transfers.block import Block
    from transfers.formula.exact import ExactReader


def cause_of_missing(block: Block, node: Node, member: int, scenario: int = 0) -> str:
    """Name what made a figure missing: an input, a division, a table.

    Parameters
    ----------
    member : int
        The district; of an aggregate, the place in its domain.

    Returns
    -------
    str
        A place and a name, such as ``districts.csv:7:4 revenue``; "" where there is no single
        cause.
    """
    reader = block.exact(scenario)
    first = True
    for _ in range(200):
        definition = block.definitions.get(node.name) if isinstance(node, Name) else None
        if definition is not None:
            node = definition
            continue
        if isinstance(node, Name):
            return _where(block, node, member)
        if isinstance(node, Spread):
            places = below(node, np.array([member], dtype=np.intp), block.district_count)
            node, member = node.operand, int(places[0])
            continue
        if isinstance(node, Pick):
            at = np.array([member], dtype=np.intp)
            places, absent = reader.picked(node, at)
            if not absent[0]:
                node, member = node.operand, int(places[0])
                continue
            at = np.zeros_like(at) if node.index.type.single else at
            if _names_before(node.index):
                return f"{node.of}.{block.policy.lists[node.of].keys[0]}"
            if reader._is_missing(node.index, at)[0]:
                node, member = node.index, int(at[0])
                continue
            return f"{node.of}[?]"
        child = _missing_child(reader, node, member, inside=first)
        if child is None:
            return _own_cause(node)
        node, first = child, False
    return ""


def _names_before(node: Node) -> bool:
    """Tell whether a part is the key of the item before: the first item has none."""
    node = node.operand if isinstance(node, Spread) else node
    return isinstance(node, Name) and node.name.endswith(KEY_BEFORE)


def _where(block: Block, node: Name, member: int) -> str:
    """Return where a figure of the table, or of a list, should stand, and its name."""
    name, _, column = node.name.partition(".")
    if node.name in block.districts.columns:
        return f"{block.districts.place(node.name, member)} {node.name}"
    items = block.policy.lists.get(name)
    places = items.columns[column].places if items is not None and column in items.columns else ()
    return f"{places[member]} {node.name}" if places else node.name


def _missing_child(reader: ExactReader, node: Node, member: int, *, inside: bool) -> Node | None:
    """Return the part below `node` that is missing at the place, if one is.

    Parameters
    ----------
    inside : bool
        Of an aggregate: whether the place is one of its domain.
    """
    candidates = list(node.children())
    if isinstance(node, Call) and node.function not in ("if", "min", "max", "round"):
        # Below an aggregate the district itself need not be the one that lacks a figure.
        if node.domain.over and not inside:
            return None
        candidates = [child for child in candidates if not child.type.single]
    members = np.array([member], dtype=np.intp)
    for child in candidates:
        if reader._is_missing(child, members)[0]:
            return child
    return None


def _own_cause(node: Node) -> str:
    if isinstance(node, Binary) and node.operator == "/":
        return "÷ 0"
    if isinstance(node, Lookup):
        return f"{node.table}[?]"
    return ""
