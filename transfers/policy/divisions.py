"""Grants, stages and outputs that divide: one anatomy, checked once, and the names they define."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from transfers.documents import models
from transfers.formula.grammar import FormulaFault
from transfers.formula.nodes import Name, Type
from transfers.formula.scope import Symbol
from transfers.policy.reserves import reserve_named
from transfers.policy.rules import (
    DivisionRule,
    Factor,
    Formula,
    LevelRule,
    Path,
    RoundingRule,
    ShareRule,
    WithinRule,
)
from transfers.units import PURE, Unit

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

Entry = models.Grant | models.Quantity | models.Output


def division_rule(compiler: Compiler, name: str, entry: Entry, path: Path) -> None:
    """Check a grant, a stage or an output, add its rule and define its names."""
    reader = _DivisionReader(compiler, name, entry, path)
    rule = reader.rule()
    if rule is not None:
        compiler.statements.append(rule)
        _define_outcome(compiler, rule)


def _define_outcome(compiler: Compiler, rule: DivisionRule) -> None:
    """Define the names that later formulas may use (method, section 7)."""
    place = compiler.document.place(*rule.path)
    name, money = rule.name, Type("number", True, rule.unit)
    grouped = rule.within is not None
    weight = _weight_unit(rule)
    rate = Type("number", grouped, rule.unit.times(weight.inverse()))
    compiler.define(Symbol(name, money, place))
    compiler.define(Symbol(f"{name}.entitlement", money, place))
    compiler.define(Symbol(f"{name}.rate", rate, place))
    for side in ("at_floor", "at_cap"):
        compiler.define(Symbol(f"{name}.{side}", Type("boolean", True), place))


def _weight_unit(rule: DivisionRule) -> Unit:
    if rule.share is not None and rule.share.formula is not None:
        unit = rule.share.formula.node.type.unit
        coefficient = rule.share.coefficient
        return unit if coefficient is None else unit.times(coefficient.node.type.unit)
    if rule.level is not None:
        return rule.level.per.node.type.unit
    return rule.unit if rule.claim is not None else PURE


def _role(entry: Entry) -> Literal["grant", "stage", "output"]:
    match entry:
        case models.Grant():
            return "grant"
        case models.Output():
            return "output"
    return "stage"


class _DivisionReader:
    """Reads one grant, stage or output."""

    def __init__(self, compiler: Compiler, name: str, entry: Entry, path: Path) -> None:
        self.compiler, self.name, self.entry, self.path = compiler, name, entry, path
        self.role = _role(entry)
        self.whole = self.role != "stage"
        self.unit = compiler.money

    def rule(self) -> DivisionRule | None:
        """Return the rule, or None where it has a fault."""
        faults = len(self.compiler.faults)
        entry = self.entry
        eligible = self._formula("eligible", "boolean")
        share, claim, level = self._share(), self._claim(), self._level()
        pool = self._pool()
        within = self._within(pool)
        bounds = {key: self._amount(key, none_allowed=True) for key in ("floor", "cap", "fixed")}
        grant = entry if isinstance(entry, models.Grant) else None
        output = entry if isinstance(entry, models.Output) else None
        rounding = self._rounding(grant or output)
        if len(self.compiler.faults) > faults:
            return None
        return DivisionRule(
            self.name,
            self.role,
            "share" if share else "claim" if claim else "level",
            self.path,
            title=entry.title or self.name,
            source=entry.source,
            kind="general" if grant is None else grant.kind,
            eligible=eligible,
            pool=pool,
            remainder=self._is_remainder(),
            collects=grant is not None and grant.collect is not None,
            contributions=None if grant is None else reserve_named(grant.contributions),
            draw=None if grant is None else grant.draw,
            within=within,
            share=share,
            claim=claim,
            level=level,
            **bounds,
            if_short=tuple(entry.if_short),
            rounding=rounding,
            replaces=None if grant is None else grant.replaces,
            unspent=None if grant is None else reserve_named(grant.unspent),
            unit=self.unit,
            negative=None if output is None else output.negative,
        )

    # -- formulas ------------------------------------------------------------------------------

    def _formula(self, key: str, kind: str, *, none_allowed: bool = False) -> Formula | None:
        text = getattr(self.entry, key)
        if text is None:
            return None
        formula = self.compiler.formula(text, (*self.path, key), none_allowed=none_allowed)
        return self.compiler.of_kind(formula, kind)

    def _amount(self, key: str, *, none_allowed: bool = False) -> Formula | None:
        """Return a formula of money, or, for a stage, of the unit of its pool."""
        formula = self._formula(key, "number", none_allowed=none_allowed)
        code = "formula.not_money" if self.whole else "formula.not_unit_of_pool"
        return self.compiler.converted(formula, self.unit, code)

    def _is_remainder(self) -> bool:
        return (self.entry.pool or "").strip().lower() == "remainder"

    def _pool(self) -> Formula | None:
        compiler, entry = self.compiler, self.entry
        collect = isinstance(entry, models.Grant) and entry.collect is not None
        key = "collect" if collect else "pool"
        if getattr(entry, key) is None:
            return None
        if self._is_remainder():
            told = "budget" in compiler.faulty
            drawn = isinstance(entry, models.Grant) and entry.draw is not None
            if self.role != "grant":
                compiler.fault(f"formula.remainder_of_{self.role}", self._at("pool"))
            elif not (compiler.has_budget or drawn or told):
                compiler.fault("formula.remainder_without_budget", self._at("pool"))
            return None
        pool = self._formula(key, "number")
        if entry.within is None or entry.within.share is not None:
            pool = compiler.single(pool, "formula.single_pool")
        if pool is not None and not self.whole:
            self.unit = pool.node.type.unit
        return compiler.converted(pool, self.unit) if self.whole else pool

    def _at(self, *keys: str) -> Path:
        return self.compiler.literal((*self.path, *keys))

    # -- methods of division -------------------------------------------------------------------

    def _share(self) -> ShareRule | None:
        share = self.entry.share
        if share is None:
            return None
        compiler, path = self.compiler, (*self.path, "share")
        formula = None
        if share.formula is not None:
            formula = compiler.formula(share.formula, (*path, "formula"), relative=True)
            formula = compiler.of_kind(formula, "number")
        coefficient = None
        if share.coefficient is not None:
            coefficient = compiler.formula(share.coefficient, (*path, "coefficient"))
            coefficient = compiler.of_kind(coefficient, "number")
        return ShareRule(formula, self._factors(share.factors or {}), coefficient)

    def _factors(self, factors: dict[str, Fraction]) -> tuple[Factor, ...]:
        """Read factors and their weights; the document checked that these add up to 1."""
        path = (*self.path, "share", "factors")
        read: list[Factor] = []
        for name, weight in factors.items():
            formula = self.compiler.formula(name, (*path, name), relative=True)
            formula = self.compiler.of_kind(formula, "number")
            symbol = self.compiler.scope.find(name)
            if symbol is not None and symbol.faulty:
                continue  # told at its own place
            if formula is not None and not isinstance(formula.node, Name):
                self.compiler.fault("formula.factor_not_name", (*path, name), name=name)
            elif formula is not None:
                number = self.compiler.number_at(weight, (*path, name))
                read.append(Factor(name, number, formula))
        return tuple(read)

    def _claim(self) -> Formula | None:
        if self.entry.claim is None:
            return None
        formula = self._formula("claim", "number")
        if self.whole or formula is None:
            return self.compiler.converted(formula, self.compiler.money)
        self.unit = formula.node.type.unit
        return formula

    def _level(self) -> LevelRule | None:
        level = self.entry.level
        if level is None:
            return None
        compiler, path = self.compiler, (*self.path, "level")
        own = compiler.of_kind(compiler.formula(level.own, (*path, "own")), "number")
        per = compiler.of_kind(compiler.formula(level.per, (*path, "per"), relative=True), "number")
        by = None if level.by is None else self._by(level.by, (*path, "by"))
        if level.by is not None and self.entry.within is not None:
            compiler.fault("formula.level_by_within", (*path, "by"))
        if self.whole:
            own = compiler.converted(own, compiler.money)
        return None if own is None or per is None else LevelRule(own, per, by)

    def _by(self, text: str, path: Path) -> Formula | None:
        by = self.compiler.formula(text, path)
        if by is not None and not by.node.type.per_district and by.node.type.kind != "nothing":
            self.compiler.formula_fault(FormulaFault("formula.by_not_column", 0), by.path)
            return None
        return by

    def _within(self, pool: Formula | None) -> WithinRule | None:
        within = self.entry.within
        if within is None:
            return None
        path = (*self.path, "within")
        by = self._by(within.by, (*path, "by"))
        share = None
        if within.share is not None:
            share = self.compiler.formula(within.share, (*path, "share"))
            share = self.compiler.of_kind(share, "number")
        elif pool is None or not pool.node.type.per_district:
            self.compiler.fault("formula.within_needs_share", path)
        return None if by is None else WithinRule(by, share)

    # -- payment -------------------------------------------------------------------------------

    def _rounding(self, entry: models.Grant | models.Output | None) -> RoundingRule:
        rounding = None if entry is None else entry.rounding
        if rounding is None:
            return RoundingRule()
        path = (*self.path, "rounding")
        multiple = 1
        if rounding.quantum is not None:
            multiple = int(rounding.quantum / self.compiler.document.model.money.quantum)
        column = None
        if rounding.to_most is not None:
            column = self.compiler.formula(rounding.to_most, (*path, "to_most"))
            column = self.compiler.of_kind(column, "number")
        rule = "to_most" if rounding.to_most is not None else rounding.rule
        # Said in so many words, this rule closes claims that have no pool to close to.
        asks = self.entry.claim is not None and self.entry.pool is None
        closes = asks and rule == "largest_remainder"
        return RoundingRule(rule or "largest_remainder", multiple, column, closes)
