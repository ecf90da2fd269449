"""Columns after the grants: formulas, and divisions that are not paid.

Method: section 30.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.documents import models
from transfers.formula.grammar import FormulaFault
from transfers.formula.nodes import Type
from transfers.formula.scope import Symbol
from transfers.policy.divisions import division_rule
from transfers.policy.rules import Formula, OutputRule
from transfers.units import describe

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler


def output_rule(compiler: Compiler, name: str, entry: models.Output) -> None:
    """Check an output, add its rule and define its name."""
    if entry.is_division:
        division_rule(compiler, name, entry, ("outputs", name))
        return
    formula = _formula(compiler, name, entry)
    if formula is None:
        return
    kind = formula.node.type
    unit = kind.unit
    if entry.unit or entry.negative is not None:
        unit = compiler.unit(entry.unit) if entry.unit else compiler.money
    title = entry.title or name
    rule = OutputRule(name, formula, title, unit, entry.digits, entry.negative)
    compiler.statements.append(rule)
    place = compiler.document.place("outputs", name)
    compiler.define(Symbol(name, Type(kind.kind, kind.per_district, unit), place))


def _formula(compiler: Compiler, name: str, entry: models.Output) -> Formula | None:
    """Return the formula in its declared unit; what may be returned is money."""
    formula = compiler.formula(entry.formula or "", ("outputs", name, "formula"))
    if entry.negative is not None:
        formula = compiler.of_kind(formula, "number")
        if formula is not None and not formula.node.type.per_district:
            compiler.formula_fault(FormulaFault("formula.clawback_one_figure", 0), formula.path)
            return None
    if formula is None:
        return None
    if entry.unit:
        unit = compiler.unit(entry.unit)
        if entry.negative is not None and not unit.same_kind(compiler.money):
            words = {"unit": describe(unit, compiler.money)}
            fault = FormulaFault("formula.clawback_not_money", 0, **words)
            compiler.formula_fault(fault, formula.path)
            return None
        return compiler.as_declared(formula, unit)
    if entry.negative is not None:
        return compiler.converted(formula, compiler.money, "formula.clawback_not_money")
    return formula
