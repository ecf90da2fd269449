"""How much is tried in some seconds: a number of runs that follows from the policy alone."""

from __future__ import annotations

from typing import Final

from transfers import Policy
from transfers.formula.nodes import walk
from transfers.policy.rules import DivisionRule
from transfers.policy.uses import every_use

_RATE: Final = 1300
"""Runs a second of a policy of which a run is taken to need a millisecond, on a machine that is
busy with other things. A quiet one is done in a third of the time; the clock seldom cuts it."""

_SOLVING: Final = 50
_MANY: Final = 100


def work_of(policy: Policy, seconds: float) -> int:
    """Return how many runs of small tables are planned for a time."""
    return max(1, int(seconds * _RATE / _milliseconds(policy)))


def _milliseconds(policy: Policy) -> float:
    """Return what a run is taken to need, beside others in a batch: by what there is to compute."""
    parts = 0
    for use in every_use(policy):
        for node in () if use.formula is None else walk(use.formula.node):
            parts += len(policy.lists[node.type.over]) if node.type.over else 1
    divisions = [each for each in policy.statements if isinstance(each, DivisionRule)]
    grouped = sum(each.within is not None or each.method == "level" for each in divisions)
    needed = 0.3 + min(parts, _MANY) / 60 + max(0, parts - _MANY) / 600
    needed += len(divisions) / 5 + grouped
    return needed if policy.solve is None else needed * _SOLVING
