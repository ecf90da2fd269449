"""Which divisions hang on the rounded amounts of others, and so on the ties that those decide.

A tie is decided by the code and moves one payable sum of the grant it stands in. What another
grant makes of that sum may be many times as much, and is no fault of its own: promises about
districts that are alike look at such a grant only where those it rests on pay alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transfers import Policy
from transfers.formula.nodes import Name, walk
from transfers.policy.rules import (
    BudgetRule,
    CheckRule,
    DivisionRule,
    Formula,
    QuantityRule,
    ReserveRule,
    Statement,
)

Rests = Mapping[str, frozenset[str]]
"""The divisions whose amounts another one hangs on, by its name; those that hang on none lack."""


def rests(policy: Policy) -> Rests:
    """Return what each grant, and each output that divides, rests on: in formulas, or for money.

    Money that is left over, drawn or cut hangs on grants before it only by what those come to in
    all: a tie does not change that, what they rest on themselves may.
    """
    known: dict[str, frozenset[str]] = {}
    whole: set[str] = set()
    money: frozenset[str] = frozenset()
    divided: list[str] = []
    for statement in policy.statements:
        name = "budget" if isinstance(statement, BudgetRule) else getattr(statement, "name", "")
        found = frozenset(_read(statement, known, whole))
        if isinstance(statement, DivisionRule):
            if statement.pool is None or statement.if_short[:-1]:
                found |= money
            if statement.whole:
                divided.append(name)
                whole.add(name)
        if isinstance(statement, (BudgetRule, ReserveRule)) or name in whole:
            money |= found
        known[name] = found
    if policy.solve is not None and money:
        # The parameter follows from all amounts together.
        known = {name: known[name] | money for name in divided}
    return {name: known[name] for name in divided if known[name]}


def decides_by_amounts(policy: Policy) -> bool:
    """Tell whether a tie may decide that nobody is paid: by another grant, or by a rule."""
    whole = {rule.name for rule in policy.statements if isinstance(rule, DivisionRule)}
    rules = (rule for rule in policy.statements if isinstance(rule, CheckRule))
    return bool(rests(policy)) or any(any(_read(rule, {}, whole)) for rule in rules)


def _read(statement: Statement, known: Rests, whole: set[str]) -> Iterator[str]:
    """Yield the divisions that the formulas of a rule rest on."""
    for formula in _formulas(statement):
        for node in walk(formula.node):
            if isinstance(node, Name):
                head = node.name.partition(".")[0]
                yield from whole if head == "total" else {head} & whole
                yield from known.get(node.name, known.get(head, frozenset()))


def _formulas(statement: Statement) -> Iterator[Formula]:
    match statement:
        case DivisionRule():
            found = list(statement.formulas)
        case QuantityRule():
            found = [statement.formula]
        case BudgetRule():
            found = [statement.amount]
        case ReserveRule():
            found = [statement.opening, statement.inflow, statement.limit]
        case CheckRule():
            found = [statement.that, statement.applies]
        case _:
            found = []
    yield from (formula for formula in found if formula is not None)
