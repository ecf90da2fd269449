"""The parameter that a document defines by its outcome.

Method: section 19.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from transfers.formula.grammar import FormulaFault
from transfers.formula.nodes import Compare
from transfers.policy.rules import SolveRule

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler


def solve_rule(compiler: Compiler) -> None:
    """Check the equation that the section `solve` has, and add its rule."""
    entry = compiler.document.model.solve
    if entry is None:
        return
    parameter = compiler.literal(("parameters", *entry.parameter.split("."), "value"))
    formula = compiler.formula(entry.so_that, ("solve", "so_that"))
    if formula is None:
        return
    node = formula.node
    if not isinstance(node, Compare) or node.operator != "==" or node.type.per_district:
        compiler.formula_fault(FormulaFault("formula.solve_statement", 0), formula.path)
        return
    sides = [replace(formula, node=side) for side in (node.left, node.right)]
    low, high = entry.within
    compiler.solve = SolveRule(parameter, sides[0], sides[1], low, high, entry.digits)
