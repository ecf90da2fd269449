"""From a document to rules: names resolved in reading order, formulas checked, faults gathered.

The sections are taken as they stand in the file, for a formula uses only names above it
(method, section 1). Nothing here reads a district.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from transfers.documents import Document
from transfers.documents.load import below_step
from transfers.errors import Fault, Place
from transfers.formula.check import Checker
from transfers.formula.depth import check_depth
from transfers.formula.grammar import FormulaFault, parse
from transfers.formula.nodes import Node, Number, Type
from transfers.formula.scope import Scope, Symbol
from transfers.policy.above import SECTION, Level, upstream
from transfers.policy.appraisals import AppraisalRule, appraisals
from transfers.policy.asks import Asks, measure_rules
from transfers.policy.beside import sound_besides, usable
from transfers.policy.checked import checked_before, keep_checked
from transfers.policy.derived import set_aside
from transfers.policy.money import unclear, unit_of_money
from transfers.policy.next import NextRule, next_rules
from transfers.policy.promises import PromiseRule, promise_rules
from transfers.policy.quantities import quantity_rules
from transfers.policy.reading import Reading, prepare
from transfers.policy.reserves import budget_rule, names_below, reserve_rules, settlement_rule
from transfers.policy.rules import (
    GRANT_KINDS,
    Formula,
    InputRule,
    MeasureRule,
    Path,
    QuantityRule,
    SolveRule,
    Statement,
)
from transfers.policy.rules_of_outcome import outcome_rules
from transfers.policy.service_lists import fields_below, service_lists
from transfers.policy.service_rule import ServiceListRule
from transfers.policy.solve_rule import solve_rule
from transfers.units import BARE, PURE, Unit, parse_unit

if TYPE_CHECKING:
    from transfers.districts import Source
    from transfers.documents.model_lists import Figures
    from transfers.findings import Finding
    from transfers.policy.lists import ListRead

ColumnKind = Literal["number", "text", "boolean"]
AFTER_GRANTS: Final = ("outputs", "rules")
WITHOUT_NAMES: Final = ("rules", "promises", "next")
"""Sections whose entries no formula can use."""
KINDS: Final[dict[str, ColumnKind]] = {"number": "number", "text": "text", "yes_no": "boolean"}


class Compiler(Struct, eq=False):
    """Reads one document into rules.

    Parameters
    ----------
    faulty : frozenset of str
        Names whose entries were left out because they are faulty in themselves.
    level : Level
        Where the document stands, how the level above is run, and what that gives.

    Attributes
    ----------
    numbers : dict of path to Number
        Every number that a change can address by its path.
    sources, findings : list
        The files of lists, and what there is to say about how they were read.
    reading : Reading
        Which files, columns and rows are read.
    asks : Asks
        What a study asks of the policy besides its document.
    measures : list of MeasureRule
    promises, following : list
        What it promises, and what of a year the next one begins with.
    read_before, lists_read : mapping of name to ListRead
        Lists as the policy that is changed has read them, and as this one has.
    derived : set of str
        Names that sections define by formulas of their own.
    aside : dict of str to QuantityRule
        Those of them that no rule reads.
    service_lists, appraisals : list
        What the sections of that name are made of, for views.
    """

    document: Document
    faulty: frozenset[str] = frozenset()
    money: Unit = BARE
    scope: Scope = field(default_factory=Scope)
    faults: list[Fault] = field(default_factory=list)
    numbers: dict[Path, Number] = field(default_factory=dict)
    inputs: dict[str, InputRule] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    solve: SolveRule | None = None
    has_budget: bool = False
    reserves: list[str] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    level: Level = field(default_factory=Level)
    reading: Reading = field(default_factory=Reading)
    asks: Asks = field(default_factory=Asks)
    measures: list[MeasureRule] = field(default_factory=list)
    promises: list[PromiseRule] = field(default_factory=list)
    following: list[NextRule] = field(default_factory=list)
    read_before: Mapping[str, ListRead] = field(default_factory=dict)
    lists_read: dict[str, ListRead] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)
    aside: dict[str, QuantityRule] = field(default_factory=dict)
    service_lists: list[ServiceListRule] = field(default_factory=list)
    appraisals: list[AppraisalRule] = field(default_factory=list)

    def compile(self) -> None:
        """Read the sections in the order in which the document has them."""
        self.money = unit_of_money(self)
        self.scope.define(Symbol("key", Type("text", per_district=True)))
        for name in self.faulty:
            self.scope.define(Symbol(name, faulty=True))
        prepare(self)
        sections: dict[str, Callable[[], None]] = {
            "lists": self._lists,
            "inputs": self._inputs,
            "parameters": self._parameters,
            "service_lists": partial(service_lists, self),
            "appraisals": partial(appraisals, self),
            "quantities": partial(quantity_rules, self),
            SECTION: lambda: upstream(self),
            "reserves": lambda: reserve_rules(self),
            "budget": self._budget,
            "grants": self._grants,
            "outputs": self._outputs,
            "rules": partial(outcome_rules, self),
            "promises": partial(promise_rules, self),
            "next": partial(next_rules, self),
            "solve": lambda: solve_rule(self),
        }
        named = tuple(section for section in sections if section not in WITHOUT_NAMES)
        self.scope.later = self._names_below(named)
        besides = sound_besides(self, self.asks.besides)
        for section in self.document.source.data:
            if section in sections:
                with usable(self, besides if section in AFTER_GRANTS else ()):
                    sections[section]()
        with usable(self, besides):
            self.measures = measure_rules(self, self.asks)
        self.aside = set_aside(self)

    def _names_below(self, sections: tuple[str, ...]) -> dict[str, Place]:
        names: dict[str, Place] = {}
        for section in sections:
            entries = getattr(self.document.model, section)
            if isinstance(entries, dict):
                for name in entries:
                    names[name] = self.document.place(section, name)
        if self.document.model.budget is not None:
            names["budget"] = self.document.place("budget")
        if self.document.model.upstream is not None:
            names[f"{SECTION}.total"] = self.document.place(SECTION)
        names["total"] = Place()
        return {**names, **names_below(self), **fields_below(self)}

    # -- shared --------------------------------------------------------------------------------

    def fault(self, code: str, path: Path, **values: object) -> None:
        """Record what is wrong at a path of the document."""
        self.faults.append(Fault(code, self.document.place(*path), values))

    def define(self, symbol: Symbol) -> None:
        """Make a name usable from here on."""
        self.scope.later.pop(symbol.name, None)
        self.scope.define(symbol)

    def literal(self, path: Path) -> Path:
        """Return a path as the YAML nests it: without keys that a short form leaves out."""
        literal: list[str | int] = []
        data: object = self.document.source.data
        for step in path:
            below = below_step(data, step)
            if below is None:
                continue
            data = below
            literal.append(step)
        return tuple(literal)

    def formula(
        self,
        text: str,
        path: Path,
        *,
        none_allowed: bool = False,
        items_allowed: bool = False,
        relative: bool = False,
    ) -> Formula | None:
        """Parse and check a formula in the scope reached so far; None where it is faulty.

        Parameters
        ----------
        none_allowed : bool
            Whether it may yield ``none``.
        items_allowed : bool
            Whether it may yield a figure for each item of a list.
        relative : bool
            Whether only ratios of its figures count, as of weights: no scale is seen.
        """
        path = self.literal(path)
        asked = (text, none_allowed, items_allowed, relative, self.money)
        known = checked_before(asked, self.scope)
        if known is not None:
            return Formula(text, known, path)
        checker = Checker(self.scope, self.money, none_allowed)
        try:
            parsed = self._addressed(parse(text), path)
            node = checker.check(parsed, result=True)
            node = node if relative else checker.settled(node)
            check_depth(node)
        except RecursionError:
            self.formula_fault(FormulaFault("formula.too_deep_inside", 0), path)
            return None
        except FormulaFault as unread:
            self.formula_fault(unread, path)
            return None
        if not items_allowed:
            checker.refuse_items(node)
        for fault in checker.faults:
            self.formula_fault(fault, path)
        if checker.faults:
            return None
        keep_checked(asked, self.scope, parsed, node)
        return Formula(text, node, path)

    def formula_fault(self, fault: FormulaFault, path: Path) -> None:
        """Record what is wrong inside a formula, at its character."""
        place = self.document.value_place(path, fault.offset)
        self.faults.append(Fault(fault.code, place, fault.values))

    def _addressed(self, node: Node, path: Path) -> Node:
        """Let a formula that is one number be moved by its path."""
        if not isinstance(node, Number):
            return node
        number = Number(node.value, path, node.percent, start=node.start, end=node.end)
        self.numbers[path] = number
        return number

    def number_at(self, value: Fraction, path: Path, unit: Unit = BARE) -> Number:
        """Return a number of the document that can be moved by its path."""
        path = self.literal(path)
        text = self.document.text_at(path)
        percent = isinstance(text, str) and text.endswith("%")
        number = Number(value, path, percent and unit is BARE)
        number.type = Type("number", False, PURE if number.percent else unit)
        self.numbers[path] = number
        return number

    def unit(self, text: str | None) -> Unit:
        """Return a declared unit; bare where none is declared."""
        money = self.document.model.money
        if not text or unclear(text, money):  # what is unclear is told once, and fits
            return BARE
        return parse_unit(text, money.currency)

    def converted(
        self, formula: Formula | None, unit: Unit, code: str = "formula.not_money"
    ) -> Formula | None:
        """Return a formula in `unit`, with a fault where its kind differs."""
        checker = Checker(self.scope, self.money)
        return self._told(checker, formula, lambda node: checker.in_unit(node, unit, node, code))

    def as_declared(self, formula: Formula | None, unit: Unit) -> Formula | None:
        """Return a formula in the unit that its entry declares."""
        checker = Checker(self.scope, self.money)
        return self._told(checker, formula, lambda node: checker.as_declared(node, unit, node))

    def _told(
        self, checker: Checker, formula: Formula | None, change: Callable[[Node], Node]
    ) -> Formula | None:
        if formula is None:
            return None
        node = change(formula.node)
        for fault in checker.faults:
            self.formula_fault(fault, formula.path)
        return replace(formula, node=node)

    def single(self, formula: Formula | None, code: str) -> Formula | None:
        """Return a formula that must yield one figure for all districts."""
        if formula is not None and formula.node.type.per_district:
            self.formula_fault(FormulaFault(code, 0), formula.path)
            return None
        return formula

    def of_kind(self, formula: Formula | None, kind: str) -> Formula | None:
        """Return a formula that must yield a number, a text or a statement."""
        if formula is not None and formula.node.type.kind not in (kind, "nothing"):
            found = formula.node.type.kind
            self.formula_fault(FormulaFault(f"formula.{kind}_wanted", 0, found=found), formula.path)
            return None
        return formula

    def each(self, names: dict[str, object], read: Callable[[str], None]) -> None:
        """Read the entries of a section one after the other."""
        for name in names:
            self.scope.current = name
            read(name)
            # A name whose rule is faulty is still known, so that it is not reported again below.
            if self.scope.find(name) is None:
                self.define(Symbol(name, faulty=True))

    def kind_of(self, entry: Figures) -> tuple[ColumnKind, Unit]:
        """Return the kind and the unit of a column."""
        kind = KINDS[entry.type or ("text" if entry.one_of else "number")]
        return kind, self.unit(entry.unit) if kind == "number" else BARE

    # -- sections ------------------------------------------------------------------------------

    def _lists(self) -> None:
        from transfers.policy.lists import read_lists

        read_lists(self)

    def _inputs(self) -> None:
        from transfers.policy.inputs import input_rules

        input_rules(self)

    def _parameters(self) -> None:
        from transfers.policy.parameters import parameter_symbol

        def read(name: str) -> None:
            symbol = parameter_symbol(self, name, self.document.model.parameters[name])
            if symbol is not None:
                self.define(symbol)

        self.each(dict(self.document.model.parameters), read)

    def _budget(self) -> None:
        budget = self.document.model.budget
        if budget is None:
            return
        self.has_budget = True
        if self.scope.find("total") is not None:
            self.fault("formula.budget_below_grants", ("budget",))
        formula = self.formula(budget.amount, ("budget", "amount"))
        formula = self.single(self.of_kind(formula, "number"), "formula.single_budget")
        formula = self.converted(formula, self.money)
        if formula is not None:
            self.statements.append(budget_rule(self, formula))
        self.define(Symbol("budget", Type("number", False, self.money)))

    def _grants(self) -> None:
        from transfers.policy.divisions import division_rule

        def read(name: str) -> None:
            division_rule(self, name, self.document.model.grants[name], ("grants", name))

        self.each(dict(self.document.model.grants), read)
        for name in ("total", *(f"total.{kind}" for kind in GRANT_KINDS)):
            self.define(Symbol(name, Type("number", True, self.money)))
        settlement_rule(self)

    def _outputs(self) -> None:
        from transfers.policy.outputs import output_rule

        def read(name: str) -> None:
            output_rule(self, name, self.document.model.outputs[name])

        self.each(dict(self.document.model.outputs), read)
