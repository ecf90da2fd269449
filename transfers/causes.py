"""Why a figure is missing: the first cause, followed down the formulas to the table.

Method: section 16.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from transfers.formula.nodes import Binary, Call, Lookup, Name, Node

if TYPE_CHECKING:
    from transfers.block import Block


def cause_of_missing(block: Block, node: Node, district: int, scenario: int = 0) -> str:
    """Name what made the figure of one district missing: an input, a division, a table.

    Returns
    -------
    str
        A place and a name, such as ``districts.csv:7:4 revenue``; "" where there is no single
        cause.
    """
    reader = block.exact(scenario)
    members = np.array([district], dtype=np.intp)
    for _ in range(200):
        definition = block.definitions.get(node.name) if isinstance(node, Name) else None
        if definition is not None:
            node = definition
            continue
        if isinstance(node, Name) and node.name in block.districts.columns:
            return f"{block.districts.place(node.name, district)} {node.name}"
        child = _missing_child(reader, node, members)
        if child is None:
            return _own_cause(node)
        node = child
    return ""


def _missing_child(reader: object, node: Node, members: object) -> Node | None:
    """Return the part below `node` that is missing for the district, if one is."""
    from transfers.formula.exact import ExactReader

    assert isinstance(reader, ExactReader)
    if isinstance(node, Call) and node.function not in ("if", "min", "max", "round"):
        # Below an aggregate the district itself need not be the one that lacks a figure.
        candidates = [child for child in node.children() if child.type.per_district]
    else:
        candidates = list(node.children())
    for child in candidates:
        if reader._is_missing(child, members)[0]:  # type: ignore[arg-type]
            return child
    return None


def _own_cause(node: Node) -> str:
    if isinstance(node, Binary) and node.operator == "/":
        return "÷ 0"
    if isinstance(node, Lookup):
        return f"{node.table}[?]"
    return ""
