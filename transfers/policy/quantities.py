"""Derived columns: formulas, and stages, which are divisions that are not paid.

Method: sections 1 and 7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.documents import models
from transfers.formula.nodes import possible_texts
from transfers.formula.scope import Symbol
from transfers.policy.rules import QuantityRule

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler


def quantity_rules(compiler: Compiler) -> None:
    """Check the quantities and stages, and define their names."""
    from transfers.policy.divisions import division_rule

    def read(name: str) -> None:
        entry = compiler.document.model.quantities[name]
        if entry.is_stage:
            division_rule(compiler, name, entry, ("quantities", name))
        else:
            _quantity(compiler, name, entry)

    compiler.each(dict(compiler.document.model.quantities), read)


def _quantity(compiler: Compiler, name: str, entry: models.Quantity) -> None:
    path = ("quantities", name, "formula")
    formula = compiler.formula(entry.formula or "", path, items_allowed=True)
    if formula is not None and entry.unit:
        formula = compiler.as_declared(formula, compiler.unit(entry.unit))
    if formula is None:
        return
    kind = formula.node.type
    if entry.unit:
        kind = kind.in_unit(compiler.unit(entry.unit))
    compiler.statements.append(QuantityRule(name, formula, entry.title or name, entry.source))
    place = compiler.document.place("quantities", name)
    compiler.define(Symbol(name, kind, place, allowed=possible_texts(formula.node)))
