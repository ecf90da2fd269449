"""The same method in exact fractions, district by district, for comparison with the engine.

Slow and obviously right: plain lists of fractions, one loop per sentence of the method. It shares
documents, rules, checked formulas and tables with the engine, and the roots of
:mod:`transfers.arithmetic.roots`; no code of the steps, the kernel or the readers of formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from transfers.districts import Districts
from transfers.policy.policy import Policy
from transfers.policy.rules import Path
from transfers.reference.scenario import ReferenceResult, Scenario
from transfers.reference.solving import solved

__all__ = ["ReferenceResult", "allocate"]

_NO_MOVES: Mapping[Path, Fraction] = {}


def allocate(
    policy: Policy, districts: Districts, moves: Mapping[Path, Fraction] = _NO_MOVES
) -> ReferenceResult:
    """Run a policy on a table, in fractions.

    Parameters
    ----------
    policy : Policy
    districts : Districts
    moves : mapping of path to Fraction
        Numbers of the document that this scenario changes.

    Raises
    ------
    TableError
        A figure that is needed is missing, or a rule cannot be computed on this table.
    """
    rule = policy.solve
    if rule is None:
        return Scenario(policy, districts, moves).run()

    def gap(value: Fraction) -> Fraction | None:
        scenario = Scenario(policy, districts, {**moves, rule.parameter: value})
        scenario.run()
        left, right = (scenario.reader.figure(side.node, 0) for side in (rule.left, rule.right))
        return None if left is None or right is None else left - right

    return Scenario(policy, districts, {**moves, rule.parameter: solved(rule, gap)}).run()
