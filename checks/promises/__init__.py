"""The promises: invariants that allocations keep or break, each a function of policy and table."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from checks.promises.arithmetic import ARITHMETIC
from checks.promises.cliffs import CONTINUITY
from checks.promises.company import ENTRY, MERGE_SPLIT, REPLICATION
from checks.promises.fairness import EQUAL_TREATMENT
from checks.promises.money import BUDGET_MONOTONICITY, CURRENCY
from checks.promises.needs import ORDER_PRESERVATION, OTHERS_NEED, OWN_NEED_MONOTONICITY
from checks.promises.prior import GROWTH_CAP, HOLD_HARMLESS
from checks.promises.results import EQUALISING, NO_RE_RANKING
from checks.promises.revenue import EFFORT_NEUTRALITY, NO_FULL_CLAWBACK
from checks.promises.scores import NO_REWARD_FOR_DECLINE, PERFORMANCE
from checks.runs import Case
from checks.subject import Subject
from checks.table import Table
from checks.trial import Asked, Judged, Promise, judge

if TYPE_CHECKING:
    from transfers import Districts, Policy

_POLICY = (
    *(EQUAL_TREATMENT, ORDER_PRESERVATION, OWN_NEED_MONOTONICITY, OTHERS_NEED),
    *(BUDGET_MONOTONICITY, ENTRY, CURRENCY, REPLICATION, CONTINUITY, MERGE_SPLIT),
    *(HOLD_HARMLESS, GROWTH_CAP, EFFORT_NEUTRALITY, NO_FULL_CLAWBACK, PERFORMANCE),
    *(NO_REWARD_FOR_DECLINE, NO_RE_RANKING, EQUALISING),
)

PROMISES: Mapping[str, Promise] = MappingProxyType(
    {each.id: each for each in (*ARITHMETIC, *_POLICY)}
)


def check_promise(
    name: str,
    policy: Policy,
    districts: Districts | Table,
    tolerance: int | None = None,
    share: Fraction | None = None,
) -> Judged:
    """Hold one promise against a policy and one table.

    Parameters
    ----------
    name : str
        Its id.
    tolerance : int, optional
        In quanta; that of the promise if left out.
    share : Fraction, optional
        Of `hold_harmless` the part of last year's amounts that is guaranteed, of `growth_cap` by
        what part of them amounts may grow.

    Returns
    -------
    Judged
        How many comparisons could have broken it, and how it is broken, if it is.
    """
    promise = PROMISES[name]
    table = districts if isinstance(districts, Table) else Table.of(districts)
    subject = Subject(policy, table)
    allowed = promise.tolerated(subject) if tolerance is None else Fraction(tolerance)
    asked = Asked(subject, Case(table), allowed, share=share)
    return judge(subject, [promise.trial(asked)])[0]
