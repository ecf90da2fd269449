"""How high the parts of a checked formula may stand on each other."""

from __future__ import annotations

from transfers.formula.grammar import FormulaFault
from transfers.formula.nodes import Node

DEEPEST_CHECKED = 220


def check_depth(node: Node) -> None:
    """Refuse a checked formula whose parts stand on each other too high for its readers."""
    heights: dict[int, int] = {}
    stack = [node]
    while stack:
        part = stack[-1]
        below = [child for child in part.children() if id(child) not in heights]
        if below:
            stack.extend(below)
            if len(stack) > 100 * DEEPEST_CHECKED:
                break
            continue
        stack.pop()
        heights[id(part)] = 1 + max((heights[id(c)] for c in part.children()), default=0)
    if heights.get(id(node), DEEPEST_CHECKED + 1) > DEEPEST_CHECKED:
        raise FormulaFault("formula.too_deep_inside", node.start)
