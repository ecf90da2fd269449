"""A plan: one policy on one table, ready to run any number of scenarios.

The rules run in reading order on a block of scenarios. A scenario that only moves numbers shares
everything that does not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import lcm
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from transfers import progress
from transfers.block import Block
from transfers.districts import Districts
from transfers.dividing import divide
from transfers.dividing.groups import GroupsDifferError
from transfers.dividing.pools import budgeted
from transfers.dividing.reserves import book, open_account, settle
from transfers.documents.fields import written
from transfers.errors import Fault, TableError, TooLongError
from transfers.notices import shortage_findings
from transfers.policy.beside import with_figures_beside
from transfers.policy.moves import Moves
from transfers.policy.policy import Policy
from transfers.policy.rules import (
    GRANT_KINDS,
    BudgetRule,
    CheckRule,
    DivisionRule,
    Factor,
    OutputRule,
    Path,
    QuantityRule,
    ReserveRule,
    SettlementRule,
    Statement,
)

if TYPE_CHECKING:
    from transfers.recall import Recall
    from transfers.still import Still

FIGURES_OF_BLOCK = 262_144
"""Figures of one array of a block: few enough that several arrays stay in the cache of a core."""

MOST_OF_BLOCK = 1024

_COMES_AND_GOES = 2**25 - 2**16  # bytes; glibc takes no notice of 32 MiB and more


def scenarios_of_block(districts: int) -> int:
    """Return how many scenarios make a block that runs fast, for a number of districts.

    More at once take more memory and no less time; what a scenario comes to is the same.

    Examples
    --------
    >>> scenarios_of_block(3000), scenarios_of_block(7), scenarios_of_block(10**6)
    (87, 1024, 1)
    """
    return max(1, min(MOST_OF_BLOCK, FIGURES_OF_BLOCK // max(1, districts)))


@cache
def keep_freed_memory() -> None:
    """Let the C library keep what is freed, for the next block to use.

    A freed array of this size, whose memory is never touched, tells glibc that arrays up to it
    come and go; else it returns the memory of each block to the system, and asking for it anew
    takes half as long as dividing. Other libraries make nothing of it.
    """
    np.empty(_COMES_AND_GOES, dtype=np.uint8)


class Plan(Struct, frozen=True, eq=False):
    """One policy on one table."""

    policy: Policy
    districts: Districts
    recall: Recall | None = None
    _still: list[Still] = field(default_factory=list)
    _table: list[Districts] = field(default_factory=list)
    _ran: list[bool] = field(default_factory=list)

    @property
    def table(self) -> Districts:
        """The districts, with the figures of other runs that formulas read."""
        if not self._table:
            self._table.append(with_figures_beside(self.policy, self.districts))
        return self._table[0]

    def run(self, moves: Sequence[Moves]) -> list[Block]:
        """Run scenarios; each moves numbers of the document by their paths.

        Returns
        -------
        list of Block
            In the order of `moves`: one block, or, where the groups of a division depend on the
            scenario, one block per scenario.
        """
        if self.policy.solve is not None:
            from transfers.solve import solved

            moves = solved(self, moves)
        return self.run_solved(moves)

    def run_solved(self, moves: Sequence[Moves]) -> list[Block]:
        """Run scenarios whose solved parameter is among their moves."""
        try:
            return [self.block(moves)]
        except GroupsDifferError:
            return [self.block([move]) for move in moves]

    def block(self, moves: Sequence[Moves]) -> Block:
        """Run all rules on one block."""
        still = self._still_of(moves)
        block = Block(self.policy, self.table, moves, still=still, recall=self.recall)
        check_moves(block)
        with progress.stage("divide", len(self.policy.statements)) as stage:
            for statement in stage.each(self.policy.statements):
                try:
                    step(block, statement)
                except TooLongError:
                    place = block.place(_path_of(statement))
                    raise TableError([Fault("allocation.too_long", place)]) from None
        return block

    def _still_of(self, moves: Sequence[Moves]) -> Still | None:
        """Return what no scenario moves.

        Nothing for a run of the document as it stands, and for one scenario before any other:
        nobody may ever come who shares it.
        """
        alone = len(moves) == 1 and not self._ran
        self._ran[:] = [True]
        if alone or not any(moves):
            return None
        if not self._still:
            from transfers.still import Still  # only where something is moved

            keep_freed_memory()
            self._still.append(Still(Block(self.policy, self.table, [{}])))
        return self._still[0]


def _path_of(statement: Statement) -> Path:
    """Return where a rule stands in the document."""
    match statement:
        case DivisionRule() | ReserveRule() | SettlementRule():
            return statement.path
        case BudgetRule():
            return statement.amount.path
        case CheckRule():
            return statement.path
    return statement.formula.path


def step(block: Block, statement: Statement) -> None:
    """Run one rule."""
    match statement:
        case QuantityRule():
            block.define(statement.name, statement.formula)
        case BudgetRule():
            block.budget = budgeted(block, statement)
            block.left = block.budget.amount.whole
            block.define("budget", statement.amount)
        case ReserveRule():
            open_account(block, statement)
        case SettlementRule():
            settle(block, statement.remainder)
        case DivisionRule():
            if statement.role == "output":
                total_of_grants(block)
            _divide(block, statement)
        case OutputRule():
            block.define(statement.name, statement.formula)
        case CheckRule():
            from transfers.judging import judge  # most documents have no rules

            block.judgements[statement.name] = judge(block, statement)


def _divide(block: Block, rule: DivisionRule) -> None:
    """Divide, and pay a grant from the budget."""
    if rule.replaces is not None and block.left is not None:
        replaced = block.outcomes[rule.replaces].amounts
        assert replaced is not None
        block.left = block.left + np.maximum(replaced, 0).sum(axis=-1, keepdims=True)
    outcome = divide(block, rule)
    block.outcomes[rule.name] = outcome
    if not outcome.proved:
        for part in ("at_floor", "at_cap"):
            block.named(f"{rule.name}.{part}")  # what takes too long to decide is told of this rule
    for scenario, findings in shortage_findings(block, outcome).items():
        block.rejected.setdefault(scenario, []).extend(findings)
    book(block, outcome)
    if rule is block.policy.grants[-1]:
        total_of_grants(block)


def total_of_grants(block: Block) -> None:
    """Add up the grants, all and by kind, without those that a later grant replaces.

    Nothing before all have run.
    """
    if block.totals or any(rule.name not in block.outcomes for rule in block.policy.grants):
        return
    replaced = {rule.replaces for rule in block.policy.grants}
    counted = [rule for rule in block.policy.grants if rule.name not in replaced]
    for kind in ("", *GRANT_KINDS):
        these = [rule for rule in counted if kind in ("", rule.kind)]
        if kind and len(these) == len(counted):
            block.totals[kind] = block.totals[""]
            continue
        total = np.zeros((1, 1), dtype=np.int64)
        for number, rule in enumerate(these):
            amounts = block.outcomes[rule.name].amounts
            assert amounts is not None
            total = total + amounts if number else amounts
        block.totals[kind] = np.broadcast_to(total, (block.size, block.district_count))


def check_moves(block: Block) -> None:
    """Find scenarios whose moved numbers a document could not have: weights, edges of steps."""
    weighed = [
        (rule, {factor.weight.path: factor for factor in rule.share.factors})
        for rule in block.policy.statements
        if isinstance(rule, DivisionRule) and rule.share is not None
    ]
    for scenario, moves in enumerate(block.moves):
        faults = (
            [*_moved_weights(block, weighed, moves), *_moved_edges(block, moves)] if moves else []
        )
        if faults:
            block.invalid.setdefault(scenario, []).extend(faults)


def _moved_weights(
    block: Block, weighed: list[tuple[DivisionRule, dict[Path | None, Factor]]], moves: Moves
) -> Iterator[Fault]:
    """Yield what is wrong with factor weights (method, section 10)."""
    for rule, factors in weighed:
        if factors.keys().isdisjoint(moves):
            continue  # the document's own weights were checked with it
        moved = [factor for path, factor in factors.items() if path in moves]
        path = (*rule.path, "share", "factors")
        for factor in moved:
            if factor.weight.among(moves).numerator < 0:
                yield Fault("document.weight_negative", block.place((*path, factor.name)))
        total = _weights_total(moved, moves)
        if total != 1:
            figures = {"total": total, "one": Fraction(1), "gap": abs(1 - total)}
            words = {name: written(figure) for name, figure in figures.items()}
            yield Fault("document.weights_sum", block.place(path), words)


def _moved_edges(block: Block, moves: Moves) -> Iterator[Fault]:
    """Yield tables of steps whose edges no longer rise."""
    for name, steps in block.policy.every_steps():
        reach = [
            (edge.among(moves), bound == "up_to")
            for edge, bound in zip(steps.edges, steps.bounds, strict=True)
        ]
        if any(later <= earlier for earlier, later in pairwise(reach)):
            yield Fault("document.steps_not_ascending", block.place(("parameters", name)))


def _weights_total(moved: Sequence[Factor], moves: Moves) -> Fraction:
    """Return the sum of factor weights, which is 1 in the document, with some of them moved."""
    gaps = [(factor.weight.value, factor.weight.among(moves)) for factor in moved]
    common = lcm(*(number.denominator for gap in gaps for number in gap))
    scaled = [[n.numerator * (common // n.denominator) for n in gap] for gap in gaps]
    return Fraction(common + sum(after - before for before, after in scaled), common)
