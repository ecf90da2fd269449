"""One scenario, rule after rule in the order of the document (method, sections 1 and 13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Literal

from transfers.districts import Districts
from transfers.districts.columns import BooleanColumn, NumberColumn, TextColumn
from transfers.districts.columns import Column as DistrictColumn
from transfers.errors import TableError
from transfers.formula.nodes import Name, walk
from transfers.policy.policy import Policy
from transfers.policy.rules import (
    GRANT_KINDS,
    BudgetRule,
    CheckRule,
    DivisionRule,
    Formula,
    MeasureRule,
    OutputRule,
    Path,
    QuantityRule,
    ReserveRule,
    SettlementRule,
    Statement,
)
from transfers.reference.anatomy import Divided, Rejected
from transfers.reference.claims import Claims
from transfers.reference.formulas import Column, Reader, fault
from transfers.reference.judging import Judged, judged
from transfers.reference.purses import Purse
from transfers.reference.shares import SharesAndLevels

MOST = 2**62


@dataclass(slots=True)
class ReferenceResult:
    """What the method gives.

    Attributes
    ----------
    status : "done" or "rejected"
    amounts : dict of grant to list of int, quanta
    total : list of int, quanta
    entitlements : dict of grant or stage to list of Fraction, units of money (of the pool)
    rates : dict of grant or stage to list of Fraction
        Money per unit of weight.
    at_floor, at_cap : dict of grant or stage to list of bool
    unspent : dict of grant to int, quanta
    outputs : dict of output to column
    rules : dict of rule to what it came to
    measures : dict of measure to Fraction, or None where it is missing
    left : int or None, quanta
        Of the budget.
    accounts : dict of reserve to dict of int, quanta
        Opening, inflow, contributed, drawn, returned, closing.
    uncollected : dict of levy to int, quanta
    """

    status: Literal["done", "rejected"] = "done"
    amounts: dict[str, list[int]] = field(default_factory=dict)
    total: list[int] = field(default_factory=list)
    entitlements: dict[str, list[Fraction]] = field(default_factory=dict)
    rates: dict[str, list[Fraction]] = field(default_factory=dict)
    at_floor: dict[str, list[bool]] = field(default_factory=dict)
    at_cap: dict[str, list[bool]] = field(default_factory=dict)
    unspent: dict[str, int] = field(default_factory=dict)
    outputs: dict[str, Column] = field(default_factory=dict)
    rules: dict[str, Judged] = field(default_factory=dict)
    measures: dict[str, Fraction | None] = field(default_factory=dict)
    left: int | None = None
    accounts: dict[str, dict[str, int]] = field(default_factory=dict)
    uncollected: dict[str, int] = field(default_factory=dict)


class Scenario:
    """The figures of one scenario, as far as the rules have run."""

    def __init__(
        self, policy: Policy, districts: Districts, moves: Mapping[Path, Fraction]
    ) -> None:
        self.policy = policy
        self.names = list(districts.names)
        ranked = sorted(districts.keys)
        self.order = [ranked.index(key) for key in districts.keys]
        self.quantum = policy.money.quantum
        self.left: int | None = None
        self.draw: str | None = None
        self.purses: dict[str, Purse] = {}
        self.moves = moves
        columns: dict[str, Column] = {"key": list(districts.keys)}
        items: dict[str, list[Column]] = {}
        count = len(self.names)
        for name in policy.inputs:
            column = _column(districts, name)
            if not policy.inputs[name].over:
                columns[name] = column
            else:
                items[name] = [column[at : at + count] for at in range(0, len(column), count)]
        for name in _names_of_other_runs(policy):
            columns[name] = _column_beside(policy, name, districts.keys)
        self.reader = Reader(self.names, columns, items, policy.lists, policy.tables, moves)
        self.result = ReferenceResult()

    def run(self) -> ReferenceResult:
        """Run all rules; a shortage without a rule to meet it pays nobody (section 14)."""
        for statement in self.policy.statements:
            self._check_weights(statement)
        self._check_steps()
        try:
            for statement in self.policy.statements:
                self._step(statement)
        except Rejected:
            return ReferenceResult("rejected")
        self.result.left = self.left
        for measure in self.policy.measures:
            self.result.measures[measure.name] = self._measured(measure)
        return self.result

    def _check_weights(self, statement: Statement) -> None:
        """Section 10: factor weights add up to 1, also where they are moved."""
        if isinstance(statement, DivisionRule) and statement.share and statement.share.factors:
            factors = statement.share.factors
            weights = [self.reader.number(factor.weight) for factor in factors]
            if sum(weights) != 1 or min(weights) < 0:
                raise fault("factor_all_zero", statement.name, [])

    def _check_steps(self) -> None:
        """Refuse edges that no longer rise where they are moved."""
        for name, steps in self.policy.every_steps():
            edges = [self.reader.number(edge) for edge in steps.edges]
            reach = list(zip(edges, (bound == "up_to" for bound in steps.bounds), strict=True))
            if sorted(set(reach)) != reach:
                raise fault("pool_missing", name, [])

    def _measured(self, measure: MeasureRule) -> Fraction | None:
        """Return a measure; nothing where a figure is missing under an aggregate."""
        try:
            return self.reader.figure(measure.formula.node, 0)
        except TableError:
            return None

    def money(self, formula: Formula) -> Fraction:
        """Return one amount of money for all; it must be there and not be negative."""
        amount = self.reader.figure(formula.node, 0)
        if amount is None:
            raise fault("pool_missing", formula.text, [])
        if amount < 0:
            raise fault("pool_negative", formula.text, [])
        return amount

    def whole_quanta(self, amount: Fraction, formula: Formula) -> int:
        """Return an amount in quanta, rounded down; refuse what 64 bits do not hold."""
        if amount / self.quantum >= MOST:
            raise fault("too_much", formula.text, [])
        return floor(amount / self.quantum)

    def _step(self, statement: Statement) -> None:
        columns = self.reader.columns
        match statement:
            case QuantityRule():
                self.reader.define(statement.name, statement.formula.node)
            case BudgetRule():
                amount = self.money(statement.amount)
                self.left = self.whole_quanta(amount, statement.amount)
                self.draw = statement.draw
                columns["budget"] = [amount for _ in self.names]
            case DivisionRule():
                if statement.role == "output":
                    self._add_up()
                self._divide(statement)
            case CheckRule():
                self.result.rules[statement.name] = judged(self.reader, statement)
            case ReserveRule():
                self._open(statement)
            case SettlementRule():
                self._settle(statement)
            case OutputRule():
                columns[statement.name] = self.reader.column(statement.formula.node)
                self.result.outputs[statement.name] = columns[statement.name]

    def _open(self, rule: ReserveRule) -> None:
        """Section 26: what is in a reserve at first, in whole quanta."""
        opening, inflow, limit = (
            None if formula is None else self.whole_quanta(self.money(formula), formula)
            for formula in (rule.opening, rule.inflow, rule.limit)
        )
        purse = Purse(opening or 0, inflow or 0, limit)
        if purse.closing >= MOST:
            raise fault("too_much", rule.name, [])
        self.purses[rule.name] = purse
        self._tell(rule.name, "opening", "inflow")

    def _tell(self, name: str, *parts: str) -> None:
        """Let formulas read parts of a reserve."""
        for part in parts:
            amount = getattr(self.purses[name], part) * self.quantum
            self.reader.columns[f"{name}.{part}"] = [amount for _ in self.names]

    def _settle(self, rule: SettlementRule) -> None:
        """After the last grant: what is left goes where the document says, accounts close."""
        if rule.remainder is not None and self.left is not None and self.left > 0:
            self.purses[rule.remainder].put_in(self.left)
            self.left = 0
        for name, purse in self.purses.items():
            self._tell(name, "contributed", "drawn", "returned", "closing")
            self.result.accounts[name] = {
                part: getattr(purse, part)
                for part in ("opening", "inflow", "contributed", "drawn", "returned", "closing")
            }

    def _divide(self, rule: DivisionRule) -> None:
        """Section 13: in document order each grant takes from what is left."""
        if rule.replaces is not None and self.left is not None:
            self.left += _taken(self.result.amounts[rule.replaces])
        method = Claims if rule.method == "claim" else SharesAndLevels
        division = method(self, rule)
        divided = division.divided()
        self._define(rule, divided)
        if rule.role == "output":
            self.result.outputs[rule.name] = self.reader.columns[rule.name]
        elif divided.amounts is not None:
            self.result.amounts[rule.name] = divided.amounts
            helping, paid_in = division.helping, _taken([-x for x in divided.amounts])
            own = _taken(divided.amounts) - helping.settle(divided.amounts) - helping.paid_in
            unspent = helping.own - own
            self.result.unspent[rule.name] = unspent
            if self.left is not None:
                self.left -= own - (paid_in if rule.contributions == "budget" else 0)
                if self.left >= MOST:
                    raise fault("too_much", rule.name, [])
            if rule.contributions in self.purses:
                self.purses[rule.contributions].contribute(paid_in)
            if divided.collected is not None:
                self.result.uncollected[rule.name] = divided.collected - paid_in
            if rule.unspent is not None and unspent > 0:
                self.purses[rule.unspent].put_in(unspent)
                if self.left is not None:
                    self.left -= unspent
        if rule is self.policy.grants[-1]:
            self._add_up()

    def _define(self, rule: DivisionRule, divided: Divided) -> None:
        """Section 7: a stage's name means unrounded figures, a grant's or an output's amounts."""
        unit = self.quantum if rule.whole else Fraction(1)
        result, name = self.result, rule.name
        result.entitlements[name] = [figure * unit for figure in divided.entitlements]
        claimed = rule.method == "claim"
        result.rates[name] = [rate if claimed else rate * unit for rate in divided.rates]
        result.at_floor[name], result.at_cap[name] = divided.at_floor, divided.at_cap
        paid = result.entitlements[name]
        if divided.amounts is not None:
            paid = [amount * unit for amount in divided.amounts]
        self.reader.columns.update(
            {
                name: list(paid),
                f"{name}.entitlement": list(result.entitlements[name]),
                f"{name}.rate": list(result.rates[name]),
                f"{name}.at_floor": list(divided.at_floor),
                f"{name}.at_cap": list(divided.at_cap),
            }
        )

    def _add_up(self) -> None:
        """Add up the grants, all and by kind, without those that a later grant replaces."""
        replaced = {rule.replaces for rule in self.policy.grants}
        for kind in ("", *GRANT_KINDS):
            total = [0 for _ in self.names]
            for rule in self.policy.grants:
                if rule.name not in replaced and kind in ("", rule.kind):
                    amounts = self.result.amounts[rule.name]
                    total = [x + amount for x, amount in zip(total, amounts, strict=True)]
            name = f"total.{kind}" if kind else "total"
            self.reader.columns[name] = [amount * self.quantum for amount in total]
            if not kind:
                self.result.total = total


def _taken(amounts: list[int]) -> int:
    """Return what amounts take from a pool; penalties put nothing back (section 11)."""
    return sum(max(0, amount) for amount in amounts)


def _names_of_other_runs(policy: Policy) -> set[str]:
    """Return the names such as ``baseline.total`` that formulas after the grants use."""
    formulas: list[Formula | None] = [measure.formula for measure in policy.measures]
    for rule in policy.statements:
        if isinstance(rule, OutputRule):
            formulas.append(rule.formula)
        elif isinstance(rule, CheckRule):
            formulas += [rule.that, rule.applies]
        elif isinstance(rule, DivisionRule):
            formulas += rule.formulas
    runs = {beside.name for beside in policy.asks.besides}
    parts = (part for formula in formulas if formula is not None for part in walk(formula.node))
    names = {part.name for part in parts if isinstance(part, Name)}
    return {name for name in names if name.partition(".")[0] in runs}


def _column_beside(policy: Policy, full: str, keys: tuple[str, ...]) -> Column:
    """Return a figure of another run for each district, by its key; None where it has none."""
    name, _, figure = full.partition(".")
    beside = next(beside for beside in policy.asks.besides if beside.name == name)
    there = _plain(beside.column(figure))
    if not beside.types[figure].per_district:
        return there * len(keys)
    return [there[beside.keys.index(key)] if key in beside.keys else None for key in keys]


def _column(districts: Districts, name: str) -> Column:
    """Return an input as plain values, None where missing."""
    return _plain(districts.columns[name])


def _plain(column: DistrictColumn) -> Column:
    if isinstance(column, NumberColumn):
        return list(column.fractions())
    if isinstance(column, TextColumn):
        codes = column.codes.tolist()
        return [None if code < 0 else column.categories[code] for code in codes]
    assert isinstance(column, BooleanColumn)
    marks = zip(column.values.tolist(), column.missing.tolist(), strict=True)
    return [None if missing else bool(value) for value, missing in marks]
