"""Parameters that a law defines by their outcome: the value nearest to a target.

``solve: {parameter: rate, so_that: sum(aid) == target, within: [0, 1], digits: 9}`` returns, of
all values with 9 digits, the one whose sides are nearest to each other. The document is run again
for every value tried; tries go in batches, each narrowing the interval.

Method: section 19.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from transfers.block import Block, Moves
from transfers.errors import Fault, TableError
from transfers.policy.rules import SolveRule

if TYPE_CHECKING:
    from transfers.plan import Plan

TRIES = 33


class Try(Struct, frozen=True):
    """A value tried, as a whole number of its last digit, and left side less right side."""

    steps: int
    gap: Fraction


def solved(plan: Plan, moves: Sequence[Moves]) -> list[Moves]:
    """Return the scenarios with the solved parameter among their moves.

    Raises
    ------
    TableError
        Where an interval holds no solution, or more than one.
    """
    rule = plan.policy.solve
    assert rule is not None
    found: list[Moves] = []
    for scenario in moves:
        value = _Search(plan, rule, scenario).nearest()
        found.append({**scenario, rule.parameter: value})
    return found


class _Search:
    """Looks for the value of one scenario."""

    def __init__(self, plan: Plan, rule: SolveRule, moves: Moves) -> None:
        self.plan, self.rule, self.moves = plan, rule, moves
        self.step = Fraction(1, 10**rule.digits)

    def nearest(self) -> Fraction:
        """Return the value nearest to a solution; of two equally near, the smaller."""
        low = -((-self.rule.low / self.step).__floor__())
        high = (self.rule.high / self.step).__floor__()
        tries = self._tried(low, high)
        while True:
            bracket = self._bracket(tries)
            if bracket[1].steps - bracket[0].steps <= 1:
                best = min(bracket, key=lambda t: (abs(t.gap), t.steps))
                return best.steps * self.step
            tries = self._tried(bracket[0].steps, bracket[1].steps)

    def _tried(self, low: int, high: int) -> list[Try]:
        """Try values evenly from `low` to `high`, all in one batch."""
        count = min(TRIES, high - low + 1)
        steps = sorted({low + (high - low) * i // max(count - 1, 1) for i in range(count)})
        scenarios = [{**self.moves, self.rule.parameter: s * self.step} for s in steps]
        gaps: list[Fraction] = []
        for block in self.plan.run_solved(scenarios):
            gaps += [self._gap(block, scenario) for scenario in range(block.size)]
        return [Try(s, gap) for s, gap in zip(steps, gaps, strict=True)]

    def _gap(self, block: Block, scenario: int) -> Fraction:
        """Return left side less right side, exactly."""
        if scenario in block.invalid:
            raise TableError(block.invalid[scenario])
        sides = [
            block.exact(scenario).number(formula.node)
            for formula in (self.rule.left, self.rule.right)
        ]
        if sides[0] is None or sides[1] is None:
            raise self._fault("allocation.solve_missing")
        return sides[0] - sides[1]

    def _bracket(self, tries: list[Try]) -> tuple[Try, Try]:
        """Return the two neighbours between which the gap first leaves its sign.

        Of a stretch where the sides are equal, the search so ends at its smallest value.
        """
        signs = [(t.gap > 0) - (t.gap < 0) for t in tries]
        if signs[0] == 0:
            return tries[0], tries[0]
        first = next((i for i, sign in enumerate(signs) if sign != signs[0]), None)
        if first is not None and signs[0] in signs[first:]:
            raise self._fault("allocation.solve_several")
        if first is not None:
            return tries[first - 1], tries[first]
        best = min(tries, key=lambda t: (abs(t.gap), t.steps))
        raise self._fault(
            "allocation.solve_none",
            value=_text(best.steps * self.step),
            gap=_text(best.gap),
        )

    def _fault(self, code: str, **values: object) -> TableError:
        place = self.plan.policy.document.value_place(self.rule.left.path)
        low, high = _text(self.rule.low), _text(self.rule.high)
        name = ".".join(map(str, self.rule.parameter))
        return TableError([Fault(code, place, {"name": name, "low": low, "high": high, **values})])


def _text(number: Fraction) -> str:
    from transfers.written import decimal_text

    return decimal_text(number, 9)
