"""Parameters that a law defines by their outcome: the value nearest to a target.

``solve: {parameter: rate, so_that: sum(aid) == target, within: [0, 1], digits: 9}`` returns, of
all values with 9 digits, the one whose sides are nearest to each other. The document is run again
for every value tried; tries go in batches, each narrowing the interval.

Method: section 19.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from transfers import progress
from transfers.block import Block
from transfers.errors import Fault, TableError
from transfers.findings import Finding
from transfers.policy.moves import Moves
from transfers.policy.rules import SolveRule
from transfers.units import describe
from transfers.written import decimal_text

if TYPE_CHECKING:
    from transfers.plan import Plan

TRIES = 33
EVERY_ONE = 2000


class Try(Struct, frozen=True):
    """A value tried, as a whole number of its last digit, and left side less right side.

    `gap` is None where the value leaves nobody paid.
    """

    steps: int
    gap: Fraction | None


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
    with progress.stage("solve", len(moves)) as stage:
        for scenario in stage.each(moves):
            value = _Search(plan, rule, scenario).nearest()
            found.append({**scenario, rule.parameter: value})
    return found


def solved_finding(block: Block, scenario: int) -> Iterator[Finding]:
    """Yield the value that was found for a solved parameter."""
    rule = block.policy.solve
    if rule is None:
        return
    found = block.moves[scenario][rule.parameter]
    assert isinstance(found, Fraction)
    value = decimal_text(found, rule.digits)
    name = ".".join(map(str, rule.parameter))
    words: dict[str, object] = {"name": name, "value": value}
    where = block.place(("solve",))
    yield Finding("allocation.solved", "note", "noted", value=value, where=where, values=words)
    sides = [block.exact(scenario).number(side.node) for side in (rule.left, rule.right)]
    if scenario in block.rejected or None in sides:
        return
    left, right = (side or Fraction(0) for side in sides)
    unit, policy = rule.left.node.type.unit, block.policy
    least = max(abs(left), abs(right)) / 10**6
    if unit.same_kind(policy.money_unit):
        least = policy.money.quantum * policy.money_unit.scale / unit.scale / 100
    if abs(left - right) > least:
        money = describe(unit, policy.money_unit)
        words |= {
            "gap": _short(abs(left - right)),
            "left": _short(left),
            "right": _short(right),
            "unit": money,
            "digits": str(rule.digits),
        }
        code = "solved_above" if left > right else "solved_below"
        yield Finding(
            f"allocation.{code}",
            "note",
            "noted",
            margin=_short(left - right),
            where=where,
            values=words,
        )


def _short(figure: Fraction) -> str:
    """Write a figure with as many decimals as tell how large it is."""
    places = 2 if abs(figure) >= 1 else 9
    return decimal_text(figure, places)


class _Search:
    """Looks for the value of one scenario."""

    def __init__(self, plan: Plan, rule: SolveRule, moves: Moves) -> None:
        self.plan, self.rule, self.moves = plan, rule, moves
        self.step = Fraction(1, 10**rule.digits)
        self.seen: dict[int, Try] = {}

    def nearest(self) -> Fraction:
        """Return the value nearest to a solution; of two equally near, the smaller."""
        low, high = self._interval()
        if low > high:
            raise self._fault("allocation.solve_none", value="—", gap="—")
        crossed = False
        while True:
            tries = self._tried(low, high)
            crossing = self._crossing(tries)
            crossed = crossed or crossing is not None
            low, high = crossing or self._beside_rejected(tries)
            if high - low <= 1:
                break
        ends = [self.seen[s] for s in (low, high) if s in self.seen] if crossed else []
        usable = [t for t in ends or self.seen.values() if t.gap is not None]
        best = min(usable, key=_nearness, default=None)
        if best is None or (best.gap != 0 and not crossed):
            value = "—" if best is None else _text(best.steps * self.step)
            gap = "—" if best is None or best.gap is None else _text(best.gap)
            raise self._fault("allocation.solve_none", value=value, gap=gap)
        return best.steps * self.step

    def _interval(self) -> tuple[int, int]:
        """Return the first and the last step: inside the interval and the parameter's range."""
        entry = self.plan.policy.document.model.parameters[str(self.rule.parameter[1])]
        low = max(self.rule.low, self.rule.low if entry.min is None else entry.min)
        high = min(self.rule.high, self.rule.high if entry.max is None else entry.max)
        return -((-low / self.step).__floor__()), (high / self.step).__floor__()

    def _tried(self, low: int, high: int) -> list[Try]:
        """Try values evenly from `low` to `high`, all in one batch."""
        # Few values are all tried: rounding makes steps that a search may jump over.
        count = high - low + 1 if high - low < EVERY_ONE else TRIES
        steps = sorted({low + (high - low) * i // max(count - 1, 1) for i in range(count)})
        new = [s for s in steps if s not in self.seen]
        scenarios = [{**self.moves, self.rule.parameter: s * self.step} for s in new]
        gaps: list[Fraction | None] = []
        for block in self.plan.run_solved(scenarios) if scenarios else ():
            gaps += [self._gap(block, scenario) for scenario in range(block.size)]
        self.seen.update((s, Try(s, gap)) for s, gap in zip(new, gaps, strict=True))
        return [self.seen[s] for s in steps]

    def _gap(self, block: Block, scenario: int) -> Fraction | None:
        """Return left side less right side, exactly; None where nobody would be paid."""
        if scenario in block.invalid:
            raise TableError(block.invalid[scenario])
        if scenario in block.rejected:
            return None
        sides = [
            block.exact(scenario).number(formula.node)
            for formula in (self.rule.left, self.rule.right)
        ]
        if sides[0] is None or sides[1] is None:
            raise self._fault("allocation.solve_missing")
        return sides[0] - sides[1]

    def _crossing(self, tries: list[Try]) -> tuple[int, int] | None:
        """Return the two neighbours between which the gap first leaves its sign.

        Of a stretch where the sides are equal, the search so ends at its smallest value.
        """
        usable = [t for t in tries if t.gap is not None]
        signs = [_sign(t.gap) for t in usable]
        first = next((i for i, sign in enumerate(signs) if sign != signs[0]), None)
        if signs and signs[0] == 0:
            return usable[0].steps, usable[0].steps
        if first is None:
            return None
        if signs[0] in signs[first:] and 0 not in signs:
            raise self._fault("allocation.solve_several")
        return usable[first - 1].steps, usable[first].steps

    def _beside_rejected(self, tries: list[Try]) -> tuple[int, int]:
        """Return where to look on: from the nearest value towards one at which nobody is paid."""
        usable = [t for t in tries if t.gap is not None]
        if not usable:
            return 0, 0
        best = min(usable, key=_nearness)
        place = tries.index(best)
        for neighbour in (place + 1, place - 1):
            if 0 <= neighbour < len(tries) and tries[neighbour].gap is None:
                low, high = sorted((best.steps, tries[neighbour].steps))
                return low, high
        return best.steps, best.steps

    def _fault(self, code: str, **values: object) -> TableError:
        place = self.plan.policy.document.value_place(self.rule.left.path)
        low, high = _text(self.rule.low), _text(self.rule.high)
        name = ".".join(map(str, self.rule.parameter))
        return TableError([Fault(code, place, {"name": name, "low": low, "high": high, **values})])


def _sign(gap: Fraction | None) -> int:
    return 0 if gap is None else (gap > 0) - (gap < 0)


def _nearness(tried: Try) -> tuple[Fraction, int]:
    return abs(tried.gap or Fraction(0)), tried.steps


def _text(number: Fraction) -> str:
    return decimal_text(number, 9)
