"""What is told when: a quantity stands before the first rule whose money it bears on."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.formula.library import names_in
from transfers.policy import rules
from transfers.policy.policy import Policy
from transfers.policy.rules import (
    CheckRule,
    Formula,
    QuantityRule,
    ReserveRule,
    Statement,
)


def readers_of_quantities(policy: Policy) -> dict[str, Statement]:
    """Return the rule before which each quantity is told: the first that rests on it.

    Money comes before outputs and rules about the outcome, which stand below it. A quantity that
    nothing reads is not there: it is told at its own place.
    """
    formulas: dict[str, Formula] = {}
    readers: dict[str, Statement] = {}
    for statement in policy.statements:
        if isinstance(statement, QuantityRule):
            formulas[statement.name] = statement.formula
            continue
        for name in _rested_on(statement, formulas):
            readers.setdefault(name, statement)
    return readers


def told_for_rule(policy: Policy, rule: CheckRule) -> set[str]:
    """Return the quantities that a rule about the outcome rests on."""
    found = (s for s in policy.statements if isinstance(s, QuantityRule))
    return set(_rested_on(rule, {quantity.name: quantity.formula for quantity in found}))


def _rested_on(statement: Statement, formulas: dict[str, Formula]) -> Iterator[str]:
    """Yield the quantities that a rule reads, and those they rest on."""
    pending = list(formulas_of(statement))
    seen: set[str] = set()
    while pending:
        formula = pending.pop()
        for name in names_in(formula.node) if formula is not None else ():
            if name in formulas and name not in seen:
                seen.add(name)
                pending.append(formulas[name])
                yield name


def formulas_of(statement: Statement) -> tuple[Formula | None, ...]:
    """Return the formulas of a rule before which quantities are told."""
    return () if isinstance(statement, ReserveRule) else rules.formulas_of(statement)
