"""The rules of a policy as the engine runs them, one after the other.

One name from document to rule: a key of the document is a field here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct, field

from transfers.formula.nodes import Node, Number
from transfers.messages import Phrase
from transfers.units import Unit

Path = tuple[str | int, ...]
GRANT_KINDS: Final = ("general", "special")


class Formula(Struct, frozen=True, eq=False):
    """A checked formula with the text it was read from and where that stands.

    Parameters
    ----------
    path : tuple of str
        Literally as the document nests it.
    """

    text: str
    node: Node
    path: Path


class InputRule(Struct, frozen=True, eq=False):
    """A column the rules read; `over` names the list that it has a value for each item of."""

    name: str
    title: str
    unit: Unit
    kind: Literal["number", "text", "boolean"]
    role: str | None = None
    source: str | None = None
    note: str | None = None
    over: str = ""


class QuantityRule(Struct, frozen=True, eq=False):
    """A derived column."""

    name: str
    formula: Formula
    title: str | Phrase = ""
    source: str | None = None


class Factor(Struct, frozen=True, eq=False):
    """A quantity as a grant uses it: normalised over the eligible districts, then weighted."""

    name: str
    weight: Number
    formula: Formula


class ShareRule(Struct, frozen=True, eq=False):
    """Relative weights: one formula, or weighted factors; then a coefficient."""

    formula: Formula | None = None
    factors: tuple[Factor, ...] = ()
    coefficient: Formula | None = None


class LevelRule(Struct, frozen=True, eq=False):
    """Raise the poorest, districts or groups, to one common level of `own` per `per`."""

    own: Formula
    per: Formula
    by: Formula | None = None


class WithinRule(Struct, frozen=True, eq=False):
    """Groups that share a pool first, by one share (or one pool) per group."""

    by: Formula
    share: Formula | None = None


class RoundingRule(Struct, frozen=True, eq=False):
    """How entitlements become whole amounts.

    Parameters
    ----------
    multiple : int
        The grant's smallest payable sum, in quanta of money.
    column : Formula, optional
        For ``to_most``: the column whose greatest figure takes the difference.
    closes : bool
        Claims without a pool are rounded together and add up to their rounded sum.
    """

    rule: Literal["largest_remainder", "webster", "half_up", "to_most"] = "largest_remainder"
    multiple: int = 1
    column: Formula | None = None
    closes: bool = False


class DivisionRule(Struct, frozen=True, eq=False):
    """A grant, a stage or an output: who shares what money, by what, within what bounds.

    Parameters
    ----------
    role : "grant", "stage" or "output"
        A grant is paid from the budget in whole quanta. A stage is computed only, in exact
        figures. An output is divided in whole quanta as a grant is, but says how money that is
        paid elsewhere falls on districts: it takes nothing from the budget.
    if_short : tuple of str
        Names of reserves, then what to do if they do not suffice.
    unspent : str, optional
        The reserve that takes what nobody may take.
    negative : "clawback", optional
        Of an output: what is below zero is to be returned, and is told.
    method : "share", "claim" or "level"
    pool : Formula, optional
        None for ``remainder``, and for a claim without a pool; what is collected of a levy.
    remainder : bool
        The pool is what is left of the budget, or what is in the reserve that is drawn.
    collects : bool
        A levy: what is divided is collected, and the amounts are negative.
    contributions : str, optional
        The purse that takes what districts pay in: ``pool`` (of this grant), ``budget`` or the
        name of a reserve. None where the payer keeps it.
    draw : str, optional
        The reserve that this grant is paid out of, in place of the budget.
    """

    name: str
    role: Literal["grant", "stage", "output"]
    method: Literal["share", "claim", "level"]
    path: Path
    title: str = ""
    source: str | None = None
    kind: Literal["general", "special"] = "general"
    eligible: Formula | None = None
    pool: Formula | None = None
    remainder: bool = False
    collects: bool = False
    contributions: str | None = None
    draw: str | None = None
    within: WithinRule | None = None
    share: ShareRule | None = None
    claim: Formula | None = None
    level: LevelRule | None = None
    floor: Formula | None = None
    cap: Formula | None = None
    fixed: Formula | None = None
    if_short: tuple[str, ...] = ("reject",)
    rounding: RoundingRule = field(default_factory=RoundingRule)
    replaces: str | None = None
    unspent: str | None = None
    unit: Unit = field(default_factory=lambda: Unit(()))
    negative: Literal["clawback"] | None = None

    @property
    def paid(self) -> bool:
        """Whether this is a grant: its amounts come from the budget."""
        return self.role == "grant"

    @property
    def asks_itself(self) -> bool:
        """Whether this is a claim without a pool: it asks for what its claims come to."""
        return self.pool is None and not self.remainder

    @property
    def whole(self) -> bool:
        """Whether amounts are whole quanta that close to the pool: of a grant, of an output."""
        return self.role != "stage"

    @property
    def formulas(self) -> tuple[Formula | None, ...]:
        """The formulas in the order in which the steps read them."""
        share, level, within = self.share, self.level, self.within
        found: list[Formula | None] = [self.eligible]
        if share is not None:
            weighed = (factor.formula for factor in share.factors)
            found += [share.formula, *weighed, share.coefficient]
        if level is not None:
            found += [level.own, level.per, level.by]
        if within is not None:
            found += [within.by, within.share]
        bounds = (self.claim, self.pool, self.fixed, self.floor, self.cap)
        return (*found, *bounds, self.rounding.column)


class ReserveRule(Struct, frozen=True, eq=False):
    """Money the payer keeps: what is in it at first, what comes in, how much may be drawn."""

    name: str
    title: str
    path: Path
    source: str | None = None
    opening: Formula | None = None
    inflow: Formula | None = None
    limit: Formula | None = None


class BudgetRule(Struct, frozen=True, eq=False):
    """What may be spent on all grants.

    Parameters
    ----------
    draw, remainder : str, optional
        The reserves that help where it does not suffice, and that take what is left of it.
    """

    amount: Formula
    draw: str | None = None
    remainder: str | None = None


class SettlementRule(Struct, frozen=True, eq=False):
    """After the last grant: what is left of the budget goes into `remainder`; accounts close."""

    path: Path
    remainder: str | None = None


class OutputRule(Struct, frozen=True, eq=False):
    """A column after the grants, by a formula.

    Parameters
    ----------
    negative : "clawback", optional
        What is below zero is to be returned, and is told.
    """

    name: str
    formula: Formula
    title: str = ""
    unit: Unit = field(default_factory=lambda: Unit(()))
    digits: int | None = None
    negative: Literal["clawback"] | None = None


class SolveRule(Struct, frozen=True, eq=False):
    """A parameter that is defined by its outcome: the value of `digits` digits nearest to it."""

    parameter: Path
    left: Formula
    right: Formula
    low: Fraction
    high: Fraction
    digits: int


class CheckRule(Struct, frozen=True, eq=False):
    """A statement that the outcome is held against; it changes no amount.

    Parameters
    ----------
    applies : Formula, optional
        None where it always applies.
    level : "hard" or "warn"
        Of a hard rule that does not hold the answer of a run is no.
    """

    name: str
    that: Formula
    applies: Formula | None
    level: Literal["hard", "warn"]
    path: Path
    title: str = ""
    source: str | None = None
    note: str | None = None

    @property
    def per_district(self) -> bool:
        """Whether each district is held against it by itself."""
        formulas = (self.that, self.applies)
        return any(f is not None and f.node.type.per_district for f in formulas)


class MeasureRule(Struct, frozen=True, eq=False):
    """One figure of an allocation that a study asks for; no column, and nothing reads it."""

    name: str
    formula: Formula
    title: str
    unit: Unit
    path: Path


Statement = (
    QuantityRule | DivisionRule | ReserveRule | BudgetRule | SettlementRule | OutputRule | CheckRule
)


def formulas_of(statement: Statement) -> tuple[Formula | None, ...]:
    """Return the formulas of a rule, in the order in which they are read."""
    match statement:
        case QuantityRule() | OutputRule():
            return (statement.formula,)
        case DivisionRule():
            return statement.formulas
        case BudgetRule():
            return (statement.amount,)
        case ReserveRule():
            return (statement.opening, statement.inflow, statement.limit)
        case CheckRule():
            return (statement.that, statement.applies)
    return ()
