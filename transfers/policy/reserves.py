"""Reserves: money the payer keeps, the budget that may draw on it, and what is left of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.errors import Place
from transfers.formula.nodes import Type
from transfers.formula.scope import Symbol
from transfers.policy.rules import BudgetRule, Formula, Path, ReserveRule, SettlementRule

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

AT_FIRST = ("opening", "inflow")
AT_LAST = ("contributed", "drawn", "returned", "closing")
"""What formulas may read of a reserve: from its section on, and below the grants."""

_NONE = "none"


def reserve_rules(compiler: Compiler) -> None:
    """Read the section of reserves; what stands above the grants can be drawn by them."""

    def read(name: str) -> None:
        rule = _reserve(compiler, name)
        if rule is not None:
            compiler.statements.append(rule)
            compiler.reserves.append(name)
            place = compiler.document.place(*rule.path)
            compiler.define(Symbol(name, place=place, fields=(*AT_FIRST, *AT_LAST)))
            _define(compiler, name, AT_FIRST)

    compiler.each(dict(compiler.document.model.reserves), read)
    sections = list(compiler.document.source.data)
    if "grants" in sections[: sections.index("reserves")]:
        settlement_rule(compiler)


def _reserve(compiler: Compiler, name: str) -> ReserveRule | None:
    entry, path = compiler.document.model.reserves[name], ("reserves", name)
    faults = len(compiler.faults)
    amounts = {
        key: None if text is None else _amount(compiler, text, (*path, key))
        for key, text in (
            ("opening", entry.opening),
            ("inflow", entry.inflow),
            ("limit", entry.limit),
        )
    }
    if len(compiler.faults) > faults:
        return None
    return ReserveRule(name, entry.title or name, path, entry.source, **amounts)


def _amount(compiler: Compiler, text: str, path: Path) -> Formula | None:
    """Return a formula of money with one figure for all districts."""
    formula = compiler.of_kind(compiler.formula(text, path), "number")
    return compiler.converted(compiler.single(formula, "formula.single_reserve"), compiler.money)


def _define(compiler: Compiler, name: str, fields: tuple[str, ...]) -> None:
    place = compiler.document.place("reserves", name)
    for part in fields:
        compiler.define(Symbol(f"{name}.{part}", Type("number", False, compiler.money), place))


def names_below(compiler: Compiler) -> dict[str, Place]:
    """Return the fields of reserves with the place from which on they can be used."""
    place = compiler.document.place
    return {
        f"{name}.{part}": place("reserves", name) if part in AT_FIRST else place("grants")
        for name in compiler.document.model.reserves
        for part in (*AT_FIRST, *AT_LAST)
    }


def settlement_rule(compiler: Compiler) -> None:
    """Close the accounts below the grants, and make what came of them usable."""
    if not compiler.reserves:
        return
    compiler.statements.append(SettlementRule(("reserves",), _remainder(compiler)))
    for name in compiler.reserves:
        _define(compiler, name, AT_LAST)


def _remainder(compiler: Compiler) -> str | None:
    budget = compiler.document.model.budget
    return None if budget is None else reserve_named(budget.remainder)


def budget_rule(compiler: Compiler, amount: Formula) -> BudgetRule:
    """Return the budget with the reserve it draws on and the one it ends in."""
    budget = compiler.document.model.budget
    assert budget is not None
    return BudgetRule(amount, budget.draw, reserve_named(budget.remainder))


def reserve_named(text: str) -> str | None:
    """Return the name of a reserve; None where the document says that there is none."""
    return None if text == _NONE else text
