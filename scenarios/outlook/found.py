"""What an outlook found: of each variant, year by year, an answer or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from scenarios.answers import Answer
from scenarios.outlook.growth import average_growth, growths
from scenarios.set_before import SetBefore
from scenarios.study.load import Study
from transfers import Account, Allocation, Fault, Finding, Inequality, RuleResult
from transfers.judging import RuleStatus
from transfers.messages import Phrase

YearStatus = Literal["done", "rejected", "invalid", "not_run"]

BUDGET: Final = "budget"
"""The account of the payer's budget, beside those of its reserves."""


class YearAnswer(Struct, frozen=True, eq=False, dict=True):
    """What came of one year of one variant.

    Parameters
    ----------
    year : int
    answer : Answer or None
        None of a year that was not run.
    faults : tuple of Fault
        Why it was not run though its turn came: what it was to begin with is not allowed. Of a
        year that cannot be computed: what has grown too large.
    after : int or None
        Of a year whose turn did not come: the year that stopped it.
    """

    year: int
    answer: Answer | None = None
    faults: tuple[Fault, ...] = ()
    after: int | None = None

    def called(self, variant: str, title: str) -> YearAnswer:
        """Return the same, as what came of another variant."""
        if self.answer is None:
            return self
        answer = replace(self.answer, id=variant, title=title)
        answer.__dict__.update(self.answer.__dict__)  # what is worked out once is there once
        return replace(self, answer=answer)

    @property
    def status(self) -> YearStatus:
        """``done``, ``rejected``, ``invalid``; ``not_run`` where its turn did not come."""
        if self.answer is None:
            return "not_run" if self.after is not None else "invalid"
        return self.answer.status

    @property
    def done(self) -> bool:
        """Whether it pays."""
        return self.status == "done"

    @cached_property
    def why(self) -> tuple[Phrase, ...]:
        """Why it pays nobody: a shortage, a fault, or a year before it that did not."""
        if self.after is not None:
            return (Phrase("outlook.not_run", {"after": self.after}),)
        if self.status == "rejected":
            told = (f for f in self.warnings if f.severity == "error")
            return tuple(Phrase(finding.code, finding.values) for finding in told)
        return tuple(Phrase(fault.code, fault.values) for fault in self.told)

    @property
    def told(self) -> tuple[Fault, ...]:
        """What is wrong with a year that cannot be computed, and what led there."""
        return (*(() if self.answer is None else self.answer.faults), *self.faults)

    @property
    def allocation(self) -> Allocation:
        """What every district gets; of a year that is done or rejected."""
        assert self.answer is not None
        return self.answer.allocation

    @property
    def budget(self) -> Fraction | None:
        """The budget in quanta; None without one, or where nothing is paid."""
        if not self.done:
            return None
        lines = self.allocation.balance.lines
        return next((line.amount for line in lines if line.code == "budget"), None)

    @property
    def payable_budget(self) -> Fraction | None:
        """The budget in whole payable sums, in quanta: what a formula makes beyond is a residue."""
        if self.budget is None:
            return None
        lines = self.allocation.balance.lines
        rest = sum((x.amount for x in lines if x.code == "residue" and not x.name), Fraction(0))
        return self.budget - rest

    @property
    def from_above(self) -> Fraction | None:
        """What the level above gives in all, in quanta; None without one, or a year not run."""
        above = None if self.answer is None else self.answer.setting.policy.above
        if above is None or self.answer is None:
            return None
        return above.figures["total"].value / self.answer.setting.policy.money.quantum

    @property
    def budget_left(self) -> int | None:
        """What stays in the budget after all grants and returns, in quanta."""
        return self.allocation.budget_left if self.done else None

    @property
    def paid(self) -> int | None:
        """What all districts get together, in quanta."""
        return int(self.allocation.total.sum()) if self.done else None

    @cached_property
    def unpaid(self) -> dict[str, int]:
        """What is due of each grant by claims and is not paid, in quanta.

        Not of a grant that another one is paid in place of.
        """
        if not self.done:
            return {}
        allocation = self.allocation
        replaced = {rule.replaces for rule in allocation.policy.grants}
        found = {
            rule.name: allocation.outcome(rule.name).unpaid
            for rule in allocation.policy.grants
            if rule.name not in replaced
        }
        row = allocation.scenario
        return {
            name: int(rest[min(row, len(rest) - 1), 0])
            for name, rest in found.items()
            if rest is not None
        }

    @property
    def accounts(self) -> tuple[Account, ...]:
        """What came of each reserve, in quanta."""
        return self.allocation.accounts if self.done else ()

    @property
    def measures(self) -> Mapping[str, Fraction | None]:
        """The measures of the study, exactly."""
        return {} if self.answer is None else self.answer.measures

    @cached_property
    def inequality(self) -> Inequality | None:
        """How unequal resources per head are before and after; None where that is not known."""
        return self.allocation.inequality() if self.done else None

    @property
    def rules(self) -> tuple[RuleResult, ...]:
        """What the rules of the policy and the constraints of the study came to."""
        return () if self.answer is None else self.answer.rules

    @property
    def rule_statuses(self) -> tuple[RuleStatus, ...]:
        """Whether each rule and constraint is kept, without looking by how much."""
        return self.allocation.rule_statuses if self.done else ()

    @property
    def broken(self) -> tuple[RuleResult, ...]:
        """The rules that are broken."""
        return tuple(rule for rule in self.not_kept() if rule.status == "broken")

    def not_kept(self, level: str = "") -> tuple[RuleResult, ...]:
        """Return the rules of a level, or of both, that are not kept: broken, or unknown."""
        wanted = (each for each in self.rule_statuses if not each.kept)
        told = (self.allocation.rule(each.id) for each in wanted if level in ("", each.level))
        return tuple(result for result in told if result is not None)

    @property
    def keeps_hard_rules(self) -> bool:
        """Whether it pays, and every hard rule and constraint holds or does not apply."""
        return self.answer is not None and self.answer.keeps_hard_rules

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to say about it."""
        return () if self.answer is None else self.answer.findings

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What of it asks for somebody's eyes, without what is for the record."""
        return () if self.answer is None else self.answer.warnings


class VariantOutlook(Struct, frozen=True, eq=False):
    """The years of one variant."""

    id: str
    title: str
    years: tuple[YearAnswer, ...]

    def __getitem__(self, year: int) -> YearAnswer:
        """Return what came of a year.

        Raises
        ------
        KeyError
            The outlook has no such year; with those it has.
        """
        found = {answer.year: answer for answer in self.years}
        if year not in found:
            raise KeyError(f"{year}: {', '.join(map(str, found))}")
        return found[year]

    @property
    def ended(self) -> YearAnswer | None:
        """The year in which it ended before its time."""
        return next((answer for answer in self.years if not answer.done), None)

    @property
    def keeps_hard_rules(self) -> bool:
        """Whether every year is reached and keeps all hard rules and constraints."""
        return all(answer.keeps_hard_rules for answer in self.years)

    @property
    def paying(self) -> tuple[YearAnswer, ...]:
        """The years that pay."""
        return tuple(answer for answer in self.years if answer.done)

    def measure(self, name: str) -> tuple[Fraction | None, ...]:
        """Return a measure of the study, year by year; None where it has no figure."""
        return tuple(answer.measures.get(name) for answer in self.years)

    def growth(self, name: str) -> tuple[Fraction | None, ...]:
        """Return by what part a measure grew over the year before, exactly; None of the first."""
        return growths(self.measure(name))

    def average_growth(self, name: str) -> Fraction | None:
        """Return by what part a measure grew in a year on average: so many times the same factor.

        From its first figure to its last; None where it has no two, or they have no such root.
        """
        return average_growth(self.measure(name))


class Outlook(Struct, frozen=True, eq=False):
    """What came of a study over several years: its baseline first, then its variants.

    Parameters
    ----------
    study : Study
    years : tuple of int
    variants : tuple of VariantOutlook
    set_before : SetBefore
        What was changed in every policy before everything else.
    """

    study: Study
    years: tuple[int, ...]
    variants: tuple[VariantOutlook, ...]
    set_before: SetBefore = SetBefore()

    @property
    def baseline(self) -> VariantOutlook:
        """What the variants are compared with."""
        return self.variants[0]

    def __getitem__(self, variant: str) -> VariantOutlook:
        """Return the years of a variant, by its id.

        Raises
        ------
        KeyError
            No variant that was run has this id; with those there are.
        """
        found = {each.id: each for each in self.variants}
        if variant not in found:
            raise KeyError(f"{variant}: {', '.join(found)}")
        return found[variant]

    @property
    def grants(self) -> tuple[str, ...]:
        """The grants of all years and variants, each once, in the order of their appearance."""
        return tuple(
            dict.fromkeys(
                rule.name
                for each in self.variants
                for answer in each.paying
                for rule in answer.allocation.policy.grants
            )
        )

    @property
    def keeps_hard_rules(self) -> bool:
        """Whether every year of every variant is reached and keeps all hard rules."""
        return all(each.keeps_hard_rules for each in self.variants)
