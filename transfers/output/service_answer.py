"""What a view of a list of services is made of."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from transfers.services.completeness import Completeness, completeness
from transfers.services.costs import Costs, costs_of
from transfers.services.notices import Unsound, unsound_shares

if TYPE_CHECKING:
    from transfers.allocation import Allocation
    from transfers.districts import Districts
    from transfers.policy.policy import Policy
    from transfers.policy.service_rule import ServiceListRule
    from transfers.units import Unit


class ServiceAnswer(Struct, frozen=True, eq=False):
    """One list of services: what it lacks, and, with a table of districts, what it costs.

    Parameters
    ----------
    costs : Costs or None
        None of a list without prices.
    unsound : list of Unsound
        Shares that are no whole.
    allocation : Allocation or None
        None of a list that was read without districts.
    population : list of Fraction or None
        Of each district, where one input is that.
    """

    policy: Policy
    rule: ServiceListRule
    completeness: Completeness
    costs: Costs | None = None
    unsound: tuple[Unsound, ...] = ()
    allocation: Allocation | None = None
    population: list[Fraction | None] | None = None
    population_unit: Unit | None = None

    @property
    def table(self) -> Districts | None:
        """The districts; None of a list that was read without them."""
        return None if self.allocation is None else self.allocation.districts

    @property
    def is_complete(self) -> bool:
        """Whether nothing is lacking, and the shares of levels are one whole."""
        return self.completeness.is_complete and not self.unsound


def service_answer(
    policy: Policy, rule: ServiceListRule, allocation: Allocation | None
) -> ServiceAnswer:
    """Return what there is to say of one list of services."""
    complete = completeness(policy, rule.name)
    if allocation is None:
        return ServiceAnswer(policy, rule, complete)
    block, scenario = allocation.block, allocation.scenario
    people = [name for name, given in policy.inputs.items() if given.role == "population"]
    heads = allocation.column(people[0]) if len(people) == 1 else None
    return ServiceAnswer(
        policy,
        rule,
        complete,
        costs_of(block, scenario, rule),
        tuple(unsound_shares(block, scenario, rule)),
        allocation,
        None if heads is None else [x if isinstance(x, Fraction) else None for x in heads],
        policy.inputs[people[0]].unit if heads is not None else None,
    )
