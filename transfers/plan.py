"""A plan: one policy on one table, ready to run any number of scenarios.

The rules run in reading order on a block of scenarios. A scenario that only moves numbers shares
everything that does not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
from msgspec import Struct

from transfers import progress
from transfers.block import Block, Moves
from transfers.districts import Districts
from transfers.dividing import divide
from transfers.dividing.groups import GroupsDifferError
from transfers.dividing.pools import budgeted
from transfers.dividing.reserves import book, open_account, settle
from transfers.documents.fields import written
from transfers.errors import Fault, TableError, TooLongError
from transfers.notices import shortage_findings
from transfers.policy.policy import Policy
from transfers.policy.rules import (
    GRANT_KINDS,
    BudgetRule,
    CheckRule,
    DivisionRule,
    OutputRule,
    Path,
    QuantityRule,
    ReserveRule,
    SettlementRule,
    Statement,
)


class Plan(Struct, frozen=True, eq=False):
    """One policy on one table."""

    policy: Policy
    districts: Districts

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
        block = Block(self.policy, self.districts, moves)
        check_moves(block)
        with progress.stage("divide", len(self.policy.statements)) as stage:
            for statement in stage.each(self.policy.statements):
                try:
                    step(block, statement)
                except TooLongError:
                    place = block.place(_path_of(statement))
                    raise TableError([Fault("allocation.too_long", place)]) from None
        return block


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
    for kind in ("", *GRANT_KINDS):
        total = np.zeros((block.size, block.district_count), dtype=np.int64)
        for rule in block.policy.grants:
            amounts = block.outcomes[rule.name].amounts
            assert amounts is not None
            if rule.name not in replaced and kind in ("", rule.kind):
                total = total + amounts
        block.totals[kind] = total


def check_moves(block: Block) -> None:
    """Find scenarios whose moved numbers a document could not have: weights, edges of steps."""
    for scenario, moves in enumerate(block.moves):
        faults = [*_moved_weights(block, moves), *_moved_edges(block, moves)] if moves else []
        if faults:
            block.invalid.setdefault(scenario, []).extend(faults)


def _moved_weights(block: Block, moves: Moves) -> Iterator[Fault]:
    """Yield what is wrong with factor weights (method, section 10)."""
    for rule in block.policy.statements:
        if not isinstance(rule, DivisionRule) or rule.share is None or not rule.share.factors:
            continue
        path = (*rule.path, "share", "factors")
        for factor in rule.share.factors:
            if factor.weight.among(moves) < 0:
                yield Fault("document.weight_negative", block.place((*path, factor.name)))
        total = _weights_total(rule, moves)
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


def _weights_total(rule: DivisionRule, moves: Moves) -> Fraction:
    assert rule.share is not None
    return sum((factor.weight.among(moves) for factor in rule.share.factors), Fraction(0))
