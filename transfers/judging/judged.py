"""What the rules came to in one scenario, told as it is asked for: a status needs no figures."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from transfers.findings import Finding
from transfers.judging.results import RuleResult, Status, rule_findings, rule_result, status_of

if TYPE_CHECKING:
    from transfers.block import Block


class RuleStatus(Struct, frozen=True):
    """Whether one rule is kept, without by how much."""

    id: str
    title: str
    level: Literal["hard", "warn"]
    status: Status

    @property
    def kept(self) -> bool:
        """Whether nothing stands against it: it holds or does not apply."""
        return self.status in ("holds", "not_applicable")


class Judged:
    """What the rules came to in one scenario.

    How far a rule holds is a question for exact figures, which nobody need ask who only wants to
    know whether it does.
    """

    def __init__(self, block: Block, scenario: int) -> None:
        self.block, self.scenario = block, scenario
        self._told: dict[str, RuleResult] = {}

    def one(self, name: str) -> RuleResult:
        """Return what one rule came to, without looking at the others."""
        if name not in self._told:
            self._told[name] = rule_result(self.block, self.scenario, name)
        return self._told[name]

    def all(self) -> tuple[RuleResult, ...]:
        """Return what every rule came to, in the order of the document."""
        return tuple(map(self.one, self.block.judgements))

    @cached_property
    def statuses(self) -> tuple[RuleStatus, ...]:
        """Whether each rule is kept, in the order of the document."""
        return tuple(
            RuleStatus(name, of.rule.title, of.rule.level, status_of(of, self.scenario))
            for name, of in self.block.judgements.items()
        )

    def findings(self) -> tuple[Finding, ...]:
        """Return a finding for every rule that is broken, unknown or not applicable."""
        told = (self.one(each.id) for each in self.statuses if each.status != "holds")
        return tuple(rule_findings(tuple(told)))
