"""Where numbers of a document are used: which formulas have one, alone or in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from transfers.formula.library import names_in
from transfers.formula.nodes import Compare, Lookup, Name, Node, Number, walk
from transfers.policy.policy import Policy
from transfers.policy.rules import (
    BudgetRule,
    CheckRule,
    DivisionRule,
    Formula,
    OutputRule,
    Path,
    QuantityRule,
    ReserveRule,
    SettlementRule,
    Statement,
    formulas_of,
)

Role = Literal["quantity", "stage", "grant", "budget", "reserve", "output", "rule"]

_BEFORE_MONEY = ("quantity", "stage")
_AFTER_MONEY = ("output", "rule")


class Use(Struct, frozen=True, eq=False):
    """A formula of a rule, or the weight of one of its factors.

    Parameters
    ----------
    name, title : str
        Of the rule.
    role : str
        What the rule is.
    key : str
        What the formula is there, as the document calls it: ``floor``, ``claim``; ``weight``.
    method : str
        Of a division: ``share``, ``claim`` or ``level``.
    formula : Formula or None
        None for a weight.
    nodes : tuple of Node
        What of the formula has the number: itself, a look-up in its table, a column of its list.
    """

    name: str
    title: str
    role: Role
    key: str
    method: str = ""
    formula: Formula | None = None
    nodes: tuple[Node, ...] = ()

    @property
    def before_money(self) -> bool:
        """Whether this only makes figures that other rules read."""
        return self.role in _BEFORE_MONEY

    @property
    def after_money(self) -> bool:
        """Whether this comes after the amounts, and changes none."""
        return self.role in _AFTER_MONEY

    @property
    def lookups(self) -> tuple[Lookup, ...]:
        """The look-ups in tables among the parts that have the number."""
        return tuple(node for node in self.nodes if isinstance(node, Lookup))

    @property
    def only_compared(self) -> bool:
        """Whether the number stands in comparisons only: it decides, and adds nothing."""
        wanted = {id(node) for node in self.nodes}

        def outside(node: Node) -> bool:
            if id(node) in wanted:
                return True
            return not isinstance(node, Compare) and any(map(outside, node.children()))

        return self.formula is not None and not outside(self.formula.node)


def every_use(policy: Policy) -> Iterator[Use]:
    """Yield the formulas of all rules, in reading order, a share's weights among them."""
    for statement in policy.statements:
        role = _role(statement)
        if role is None:
            continue
        name = str(getattr(statement, "name", role))
        title = str(getattr(statement, "title", "")) or name
        method = statement.method if isinstance(statement, DivisionRule) else ""
        if isinstance(statement, DivisionRule) and statement.share is not None:
            for factor in statement.share.factors:
                yield Use(name, title, role, "weight", method, None, (factor.weight,))
        for formula in _formulas(statement):
            yield Use(name, title, role, _key(statement, formula), method, formula)


def uses(policy: Policy, path: Path) -> list[Use]:
    """Return the formulas that a number has a part in, in reading order."""
    names = _holders(policy, path)
    found: list[Use] = []
    for use in every_use(policy):
        parts = use.nodes if use.formula is None else walk(use.formula.node)
        nodes = tuple(node for node in parts if _has(node, path, names))
        if nodes:
            found.append(
                Use(use.name, use.title, use.role, use.key, use.method, use.formula, nodes)
            )
    return found


def leads_to_money(policy: Policy, found: Sequence[Use]) -> tuple[bool, list[Use]]:
    """Follow quantities and stages to what uses them.

    Returns
    -------
    bool
        Whether a grant, the budget or a reserve uses one of them.
    list of Use
        Outputs and rules about the outcome that do.
    """
    names = {use.name for use in found if use.before_money}
    ends = [use for use in found if use.after_money]
    if any(not (use.before_money or use.after_money) for use in found):
        return True, ends
    for use in every_use(policy):
        if use.formula is None or not _heads(use.formula) & names:
            continue
        if use.after_money:
            ends.append(use)
        elif use.before_money:
            names.add(use.name)
        else:
            return True, ends
    return False, ends


def grants_resting_on(policy: Policy, name: str) -> frozenset[str]:
    """Return the grants whose formulas have an input, themselves or by way of other figures."""
    names = {name, name.partition(".")[0]}
    found: set[str] = set()
    for statement in policy.statements:
        heads = set().union(*map(_heads, _formulas(statement)))
        if isinstance(statement, DivisionRule) and statement.share is not None:
            heads |= {factor.name for factor in statement.share.factors}
        role = _role(statement)
        if role in ("quantity", "stage", "grant") and heads & names:
            names.add(str(getattr(statement, "name", "")))
            found |= {str(getattr(statement, "name", ""))} if role == "grant" else set()
    return frozenset(found)


def table_of(policy: Policy, path: Path) -> tuple[str, tuple[str, ...]] | None:
    """Return the table a number is an entry of, and its categories there."""
    for name, table in policy.tables.items():
        for categories, number in table.entries.items():
            if number.path == path:
                return name, categories
    return None


def group_of_weight(policy: Policy, path: Path) -> Path | None:
    """Return the group whose numbers add up to 1 that a number is one of; None of any other."""
    weights = (use.nodes[0] for use in every_use(policy) if use.formula is None)
    known = {weight.path for weight in weights if isinstance(weight, Number)}
    return path[:-1] if path in known else None


def _role(statement: Statement) -> Role | None:
    match statement:
        case QuantityRule():
            return "quantity"
        case DivisionRule():
            return statement.role
        case BudgetRule():
            return "budget"
        case ReserveRule():
            return "reserve"
        case OutputRule():
            return "output"
        case CheckRule():
            return "rule"
        case SettlementRule():
            return None


def _formulas(statement: Statement) -> Iterator[Formula]:
    """Yield the formulas of a rule, in the order in which they are read."""
    yield from (formula for formula in formulas_of(statement) if formula is not None)


def _key(statement: Statement, formula: Formula) -> str:
    """Return what a formula is in its rule."""
    for key in ("pool", "claim", "floor", "cap", "fixed", "eligible"):
        if getattr(statement, key, None) is formula:
            return key
    return str(formula.path[-1])


def _holders(policy: Policy, path: Path) -> frozenset[str]:
    """Return names of tables and of columns of lists that hold the number."""
    table = table_of(policy, path)
    found = set() if table is None else {table[0]}
    for of, items in policy.lists.items():
        for column in items.columns.values():
            if any(number is not None and number.path == path for number in column.numbers):
                found.add(f"{of}.{column.name}")
    return frozenset(found)


def _has(node: Node, path: Path, names: frozenset[str]) -> bool:
    if isinstance(node, Number):
        return node.path == path
    if isinstance(node, Lookup):
        return node.table in names
    return isinstance(node, Name) and node.name in names


def _heads(formula: Formula) -> set[str]:
    """Return the names a formula uses, and whose they are: of ``g.rate`` also ``g``."""
    names = names_in(formula.node)
    return {*names, *(name.partition(".")[0] for name in names)}
