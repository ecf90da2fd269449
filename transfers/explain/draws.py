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


def _pool(portion: Portion, scenario: int) -> int:
    pool = portion.outcome.pool
    assert pool is not None
    return int(pool[min(scenario, len(pool) - 1), 0])
