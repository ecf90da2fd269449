"""The promise that there are no cliffs: a small change of a figure moves amounts by little."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from checks.promises.moving import Move, Worst, Wrong, chosen_rows, few, figure_moved, most_moves
from checks.promises.together import Place, moved_cells
from checks.runs import Case, Paid
from checks.subject import Subject
from checks.table import Table
from checks.trial import UNTRIED, Asked, Judged, Promise, Trial, pairs
from transfers.formula.nodes import Compare, Lookup, Name, Pick, walk
from transfers.policy.rules import Path
from transfers.policy.uses import every_use

_PARTS: Final = 5
_MOST_ROUNDS: Final = 16
_CANDIDATES: Final = 3
_KEEPS: Final = Fraction(3, 5)
_TIMES: Final = 3
"""A part that keeps three fifths of the change of the whole, three times one after the other, has
a cliff in it: a slope leaves a fifth each time, the root of a figure that begins at 0 not half."""


class _Span(Struct, frozen=True, eq=False):
    """A figure of one district between two values that were run.

    Parameters
    ----------
    origin : Move
        The step in which this lies.
    after : Paid
        What came of it.
    kept : int
        How often a part kept the change of the whole.
    """

    name: str
    row: int
    item: int
    low: Fraction
    high: Fraction
    below: Paid
    above: Paid
    origin: Move
    after: Paid
    kept: int = 0


def _continuity(asked: Asked) -> Trial:
    """Move a figure by a step, and look ever closer where amounts change: no change stays.

    The interval with the greatest change of an amount is parted in five, again and again. On a
    slope, however steep, a fifth of the change remains each time, until it is no more than
    rounding makes; on a cliff it stays. Figures that stand for categories (compared by ``==``,
    or read by a table) are not moved; where a district's weight in a pool begins or ends with a
    figure of 0, or nobody has any, there is nothing to compare.
    """
    figures = _figures(asked)
    if not figures:
        return UNTRIED
    cases = [_moved(asked, place, value) for place, values in figures for value in values]
    before, *afters = yield [asked.case, *cases]
    if not before.done:
        return UNTRIED
    spans, count = _spans(asked, figures, before, afters)
    worst = Worst(asked, count)
    for _ in range(_MOST_ROUNDS):
        for span in (each for each in spans if each.kept == _TIMES):
            worst.see(before, span.after, [_cliff(asked, before, span)], span.origin)
        spans = [s for s in spans if s.kept < _TIMES and asked.beyond(_change(asked, s)[1])]
        if not spans:
            break
        cuts = [_cuts(span) for span in spans]
        paid = iter(
            (
                yield [
                    _moved(asked, (span.name, span.row, span.item), value)
                    for span, values in zip(spans, cuts, strict=True)
                    for value in values
                ]
            )
        )
        closer = [
            _steepest(asked, span, values, [next(paid) for _ in values])
            for span, values in zip(spans, cuts, strict=True)
        ]
        spans = [span for span in closer if span is not None]
    return Judged(count, worst.broken, worst.judged().each)


def _figures(asked: Asked) -> list[tuple[Place, list[Fraction]]]:
    """Return figures with the ones beside them: a step below, a step above.

    Where there are too many, those where a rule holds the figure against a number, or where ranks
    change, come first.
    """
    table, domains = asked.case.table, asked.subject.domains
    found = []
    for name, rule in asked.subject.policy.inputs.items():
        if rule.kind != "number" or name in _categories(asked.subject):
            continue
        for item in range(table.items(name)):
            for row in chosen_rows(asked):
                old = table.number(name, row, item)
                if old is not None:
                    domain = domains[name]
                    place = (name, row, item)
                    beside = [
                        value
                        for value in domain.within([old - domain.step, old + domain.step])
                        if moved_cells(asked.subject, table, place, value) is not None
                    ]
                    if beside:
                        found.append((place, beside))
    most = most_moves(asked) // 2
    at_edge = [each for each in found if _at_edge(asked, each)][:most]
    others = [each for each in found if not _at_edge(asked, each)]
    return [*at_edge, *few(others, most - len(at_edge))]


def _at_edge(asked: Asked, figure: tuple[Place, list[Fraction]]) -> bool:
    (name, _, _), beside = figure
    edges = asked.subject.domains[name].edges
    if any(min(beside) <= edge <= max(beside) for edge in edges):
        return True
    return name in asked.subject.ranked and _next_to_another(asked.case.table, *figure)


def _next_to_another(table: Table, place: Place, beside: list[Fraction]) -> bool:
    """Tell whether another district has a figure within a step: the edge of a rank."""
    name, row, item = place
    others = (table.number(name, other, item) for other in range(len(table)) if other != row)
    return any(figure is not None and min(beside) <= figure <= max(beside) for figure in others)


def _categories(subject: Subject) -> frozenset[str]:
    """Return the inputs whose numbers are names: compared by ``==``, or read by a table."""
    found: set[str] = set()
    for use in every_use(subject.policy):
        for part in walk(use.formula.node) if use.formula is not None else ():
            if isinstance(part, Compare) and part.operator in ("==", "!="):
                found |= {side.name for side in (part.left, part.right) if isinstance(side, Name)}
            elif isinstance(part, Lookup):
                found |= {each.name for each in part.indices if isinstance(each, Name)}
            elif isinstance(part, Pick) and isinstance(part.index, Name):
                found.add(part.index.name)
    return frozenset(found)


def _moved(asked: Asked, place: Place, value: Fraction) -> Case:
    table = asked.case.table
    cells = moved_cells(asked.subject, table, place, value, within=False)
    assert cells is not None  # of what is not held to be within its range
    return asked.case.with_table(table.with_cells(cells))


def _spans(
    asked: Asked,
    figures: Sequence[tuple[Place, list[Fraction]]],
    before: Paid,
    afters: Sequence[Paid],
) -> tuple[list[_Span], int]:
    """Return where amounts change otherwise on one side of a figure than on the other, worst first.

    On both sides alike they change on a slope, and need no closer look.
    """
    found: list[tuple[int, _Span]] = []
    count, paid, takers = 0, iter(afters), _takers(before)
    for place, values in figures:
        old = asked.case.table.number(*place[:2], place[2])
        assert old is not None
        sides = []
        for value in values:
            after = next(paid)
            if after.done and not _ends(takers, _takers(after), at_zero=not (value and old)):
                name, row, _ = place
                changed = figure_moved(asked, name, row, old, value)
                path = _edge(asked, name, min(value, old), max(value, old))
                move = Move(after.case, changed, row, name, value - old, path)
                (low, below), (high, above) = sorted(
                    [(value, after), (old, before)], key=lambda end: end[0]
                )
                sides.append(_Span(*place, low, high, below, above, move, after))
        count += len(sides)
        bend = _bend(asked, sides)
        if asked.beyond(bend):
            found.append((bend, max(sides, key=lambda span: _change(asked, span)[1])))
    found.sort(key=lambda each: each[0], reverse=True)
    return [span for _, span in found[:_CANDIDATES]], count


_Takers = list[tuple[list[bool], list[bool]]]


def _takers(paid: Paid) -> _Takers:
    """Return of every pool that is shared who takes part, and in which groups anybody does."""
    found = []
    for rule in paid.allocation.divisions:
        outcome = paid.allocation.outcome(rule.name)
        if rule.method == "claim":
            continue
        part = outcome.entitlement if outcome.weights is None else outcome.weights.figure
        groups, parts = outcome.groups.of, part.value
        row = np.broadcast_to(parts[min(paid.allocation.scenario, len(parts) - 1)], groups.shape)
        found.append(((row > 0).tolist(), (np.bincount(groups, weights=row) > 0).tolist()))
    return found


def _ends(before: _Takers, after: _Takers, *, at_zero: bool) -> bool:
    """Tell whether somebody begins or ceases to share a pool, with a figure of 0.

    Also where nobody shares the money any more, by any figure: these are ends, and no cliffs.
    """
    kinds = (0, 1) if at_zero else (1,)
    return any(
        was[kind] != now[kind] for was, now in zip(before, after, strict=True) for kind in kinds
    )


def _edge(asked: Asked, name: str, low: Fraction, high: Fraction) -> Path | None:
    """Return the line that holds an input against a number between two values of it."""
    for threshold in asked.subject.thresholds:
        crossing = threshold.crossing()
        if crossing is not None and crossing.name == name and low <= crossing.value <= high:
            return threshold.path
    return None


def _bend(asked: Asked, sides: Sequence[_Span]) -> int:
    """Return by how much a step more changes amounts otherwise than a step less."""
    if len(sides) < 2:
        return max((_change(asked, span)[1] for span in sides), default=0)
    low, high = (
        [now - was for _, was, now in pairs(asked.total(s.below), asked.total(s.above))]
        for s in sides
    )
    return max(abs(more - less) for less, more in zip(low, high, strict=True))


def _change(asked: Asked, span: _Span) -> tuple[int, int]:
    """Return whose amount changes most in a span, and by how much."""
    ends = pairs(asked.total(span.below), asked.total(span.above))
    change, row = max((abs(now - was), -row) for row, was, now in ends)
    return -row, change


def _cuts(span: _Span) -> list[Fraction]:
    width = (span.high - span.low) / _PARTS
    return [span.low + width * place for place in range(1, _PARTS)]


def _steepest(
    asked: Asked, span: _Span, values: Sequence[Fraction], between: Sequence[Paid]
) -> _Span | None:
    """Return the part of a span in which an amount changes most; None where one is not paid."""
    if not all(paid.done for paid in between):
        return None
    ends, runs = [span.low, *values, span.high], [span.below, *between, span.above]
    parts = [
        replace(span, low=ends[i], high=ends[i + 1], below=runs[i], above=runs[i + 1])
        for i in range(_PARTS)
    ]
    part = max(parts, key=lambda each: _change(asked, each)[1])
    keeps = _change(asked, part)[1] >= _KEEPS * _change(asked, span)[1]
    return replace(part, kept=span.kept + 1 if keeps else 0)


def _cliff(asked: Asked, before: Paid, span: _Span) -> Wrong:
    """Say whose amount jumps, and by how much it does so within a small part of the step."""
    row, change = _change(asked, span)
    return Wrong(row, asked.total(span.after)[row], asked.total(before)[row], change)


CONTINUITY = Promise(
    *("continuity", "policy", _continuity, Fraction(2)),
    cost="a run for each figure",
    method="38, 41",
)
