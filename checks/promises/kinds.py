"""What figures are: which add up when districts merge, and which stay what they are."""

from __future__ import annotations

from typing import Literal

from checks.subject import Subject
from transfers.policy.rules import InputRule

Together = Literal["adds", "same", "unknown"]
"""What becomes of a figure when districts merge: it adds up, it must be the same in both (a score,
a rate, a category), or its column does not say what it counts."""

_COUNTED = ("need", "own_revenue", "prior", "population")
"""What inputs without a unit may stand for so that their figures add up."""


def together(subject: Subject) -> dict[str, Together]:
    """Return of each input what becomes of its figures when districts merge.

    People, areas, lengths, money and things by name (beds, pupils) add up; what is so much per
    something does not, nor do percentages and scores. A column without a unit adds up where it
    stands for need, own revenue, last year's amount or population.
    """
    return {rule.name: _together(subject, rule) for rule in subject.policy.inputs.values()}


def _together(subject: Subject, rule: InputRule) -> Together:
    if rule.kind != "number":
        return "same"
    if rule.unit.bare and not rule.unit.label:
        if rule.role in _COUNTED:
            return "adds"
        entry = subject.policy.document.model.inputs[rule.name]
        ranged = entry.max is not None
        return "same" if rule.role == "score" or ranged else "unknown"
    alone = len(rule.unit.kinds) == 1 and rule.unit.kinds[0][1] == 1
    return "adds" if alone else "same"
