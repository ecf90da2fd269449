"""What a document came to: its rules, names and numbers, as the engine runs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from transfers.documents import Document
from transfers.documents.change import Asked, Changes
from transfers.formula.nodes import Number
from transfers.formula.scope import ItemList, Scope, Steps, Table
from transfers.money import Money
from transfers.policy.above import Above, Answered, RunAbove
from transfers.policy.appraisals import AppraisalRule
from transfers.policy.asks import Asks
from transfers.policy.next import NextRule
from transfers.policy.promises import PromiseRule, Waiver
from transfers.policy.reading import Reading
from transfers.policy.rules import (
    CheckRule,
    DivisionRule,
    Formula,
    InputRule,
    MeasureRule,
    OutputRule,
    Path,
    QuantityRule,
    ReserveRule,
    SolveRule,
    Statement,
)
from transfers.policy.service_rule import ServiceListRule
from transfers.units import Unit

if TYPE_CHECKING:
    from transfers.districts import Source
    from transfers.findings import Finding
    from transfers.policy.lists import ListRead


class CompiledPolicy(Struct, frozen=True, eq=False, dict=True):
    """The rules of a transfer.

    Attributes
    ----------
    statements : tuple of rules
        In reading order, which is the order of computing.
    tables : dict of name to Table
    steps : dict of name to Steps
    stages : dict of name to dict of category to Steps
        Brackets or points by category; `tables` has the place of each category among them.
    numbers : dict of path to Number
        What ``--set`` and scenarios can move.
    lists : dict of name to ItemList
    sources, findings : tuple
        The files of lists, and what there is to say about how they were read.
    above : Above or None
        What the level above gives this payer.
    reading : Reading
        How its tables are read.
    changes : tuple of Change
        What was changed in its document.
    asked : Asked
        Where that was asked for.
    scope : Scope
        All names of the document.
    asks : Asks
        What a study asks besides.
    measures : tuple of MeasureRule
        The figures that a study asks for; no columns of the policy.
    promises : tuple of PromiseRule
        What the document lists, in its order; no run computes it.
    waivers : tuple of Waiver
        What is not held against it: of the whole document, then grant by grant.
    next : tuple of NextRule
        What inputs, parameters and columns of lists become in the following year.
    service_lists : tuple of ServiceListRule
    aside : dict of name to QuantityRule
        Figures that sections define and no rule reads: computed for who asks.
    appraisals : tuple of AppraisalRule
        What its appraisals read and define, for views.
    lists_read : dict of name to ListRead
        Lists as their files have them: a policy that is changed does not read them again.
    answered : Answered or None
        What was asked of the level above, and its answer: one that is changed does not ask again.
    run_above : callable or None
        What ran it, and runs it again where the document is read with other values.
    money : Money
    money_unit : Unit
    """

    document: Document
    inputs: Mapping[str, InputRule]
    statements: tuple[Statement, ...]
    tables: Mapping[str, Table]
    steps: Mapping[str, Steps]
    stages: Mapping[str, Mapping[str, Steps]]
    numbers: Mapping[Path, Number]
    solve: SolveRule | None
    money: Money
    money_unit: Unit
    changes: Changes = ()
    lists: Mapping[str, ItemList] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    findings: tuple[Finding, ...] = ()
    above: Above | None = None
    run_above: RunAbove | None = None
    reading: Reading = field(default_factory=Reading)
    asked: Asked = Asked({})
    scope: Scope = field(default_factory=Scope)
    asks: Asks = field(default_factory=Asks)
    measures: tuple[MeasureRule, ...] = ()
    promises: tuple[PromiseRule, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    next: tuple[NextRule, ...] = ()
    service_lists: tuple[ServiceListRule, ...] = ()
    aside: Mapping[str, QuantityRule] = field(default_factory=dict)
    appraisals: tuple[AppraisalRule, ...] = ()
    lists_read: Mapping[str, ListRead] = field(default_factory=dict)
    answered: Answered | None = None

    def __repr__(self) -> str:
        return f"<Policy {self.document.model.policy}>"

    def every_steps(self) -> Iterator[tuple[str, Steps]]:
        """Yield each table of brackets or points with the name of its parameter."""
        yield from self.steps.items()
        for name, by_category in self.stages.items():
            for steps in by_category.values():
                yield name, steps

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.document.model.policy

    @property
    def title(self) -> str:
        """The policy's title, or its id."""
        return self.document.model.title or self.id

    @property
    def grants(self) -> tuple[DivisionRule, ...]:
        """The grants, in the order of the document."""
        return tuple(s for s in self.statements if isinstance(s, DivisionRule) and s.paid)

    @property
    def reserves(self) -> tuple[ReserveRule, ...]:
        """The money the payer keeps, in the order of the document."""
        return tuple(s for s in self.statements if isinstance(s, ReserveRule))

    @property
    def outputs(self) -> tuple[OutputRule | DivisionRule, ...]:
        """The columns after the grants: by a formula, or by a division that is not paid."""
        return tuple(
            s
            for s in self.statements
            if isinstance(s, OutputRule) or (isinstance(s, DivisionRule) and s.role == "output")
        )

    @property
    def overrides(self) -> dict[str, str]:
        """What was set in the document: path -> text."""
        return {change.path: change.text for change in self.changes if change.kind == "set"}

    def derived(self, name: str) -> Formula | None:
        """Return the formula of a figure that a section or a quantity defines."""
        if name in self.aside:
            return self.aside[name].formula
        rules = (rule for rule in self.statements if isinstance(rule, QuantityRule))
        return next((rule.formula for rule in rules if rule.name == name), None)

    @property
    def files_above(self) -> tuple[str, ...]:
        """The files read for the levels above."""
        return () if self.above is None else self.above.files

    @property
    def rules(self) -> tuple[CheckRule, ...]:
        """The statements that the outcome is held against."""
        return tuple(s for s in self.statements if isinstance(s, CheckRule))
