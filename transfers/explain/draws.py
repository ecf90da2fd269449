"""The lines of a story about reserves: what a grant drew, and what would have been without."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from transfers.block import Block
from transfers.explain.line import Line
from transfers.explain.parts import Portion


def draw_lines(block: Block, scenario: int, portion: Portion, where: str) -> Iterator[Line]:
    """Yield a line per reserve that helped to pay one district."""
    outcome, money = portion.outcome, block.policy.money
    if outcome.rule.contributions == "pool":
        yield from _contributed(block, scenario, portion, where)
    if portion.pool is None or not portion.amount or portion.amount < 0:
        return
    group = int(outcome.groups.of[portion.district])
    left = portion.pool
    for draw in reversed(outcome.draws):
        # Before this reserve the group had that much less; a draw for the budget is for all.
        alone = draw.offered.shape[1] == 1
        at = 0 if alone else group
        row = min(scenario, len(draw.drawn) - 1)
        drawn, offered = int(draw.drawn[row, at]), int(draw.offered[row, at])
        whole = alone and outcome.groups.count > 1
        left -= 0 if whole else offered
        if drawn:
            without = _pool(portion, scenario) - drawn if whole else left
            words: dict[str, object] = {
                "title": block.accounts[draw.reserve].rule.title,
                "without": money.format_for_people(without),
            }
            amount = Fraction(drawn) * money.quantum
            yield Line(f"explain.drawn_{draw.purpose}", amount, money.unit, "", "", where, words)


def _contributed(block: Block, scenario: int, portion: Portion, where: str) -> Iterator[Line]:
    """Yield what the districts of a group pay into the pool of their own grant."""
    outcome, money = portion.outcome, block.policy.money
    assert outcome.amounts is not None
    members = outcome.groups.members(int(outcome.groups.of[portion.district]))
    row = outcome.amounts[min(scenario, len(outcome.amounts) - 1)][members]
    amount = Fraction(-int(row[row < 0].sum())) * money.quantum
    if amount:
        words: dict[str, object] = {"count": int((row < 0).sum())}
        yield Line("explain.contributed", amount, money.unit, "", "", where, words)


def _pool(portion: Portion, scenario: int) -> int:
    pool = portion.outcome.pool
    assert pool is not None
    return int(pool[min(scenario, len(pool) - 1), 0])
