"""Tables at the edges of the rules: a district just below a threshold, at it, just above; ties.

An edge that a single input meets is read off the policy. Any other is found: a figure of one
district is moved over its range, and where a rule decides otherwise between two places, the way
between them is parted until both lie a step apart. Where districts are ranked, tables in which
they tie or just differ come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np
from msgspec import Struct

from checks.runs import Case, Paid
from checks.search.ground import SMALL, Ground, Slot
from checks.search.ranks import rank_edges, wide
from checks.search.steering import Steering
from transfers.policy.thresholds import Threshold
from transfers.standing import sides

_TURNS: Final = 6
"""Tables that edges are looked for in."""

_MONEY: Final = (Fraction(1), Fraction(1, 100), Fraction(1, 10), Fraction(1, 1000))
_GRID: Final = 10
_PARTS: Final = 8
_PARTINGS: Final = 14
_MOST: Final = 64
"""Edges that are located at one time."""

Moves = Mapping[tuple[str, int, int], Fraction]

Side = tuple[tuple[float, ...], ...]
"""Per threshold what it comes to; of several items each."""


class Line(Struct, frozen=True, eq=False):
    """A figure of one district that is moved, all else as in a case."""

    base: Case
    slot: Slot
    row: int


class Between(Struct, eq=False):
    """Two places of a figure, in steps, between which a rule decides otherwise."""

    line: Line
    low: int
    high: int
    below: Side | None


def edges(ground: Ground, steering: Steering) -> Iterator[list[Case]]:
    """Yield rounds of cases."""
    for turn in range(_TURNS):
        bases = steering.steered(_bases(ground, turn))
        first = steering.steered(wide(ground)) if turn == 0 else []
        ranks = [case for base in (*bases, *first) for case in rank_edges(ground, base)]
        if ranks:
            yield ranks
        near = [case for base in bases for case in (*_direct(ground, base), *_ties(ground, base))]
        if near:
            yield near
        if ground.subject.thresholds:
            found = _located(ground, bases)
            if found:
                yield found


def _bases(ground: Ground, turn: int) -> list[Case]:
    """Return cases to move figures in: real districts with their part of the money, made ones."""
    count = (3, 2, SMALL)[turn % 3]
    found = [ground.sampled(count, turn + shift) for shift in (0, 1)]
    choices = [ground.figures(slot.name, ground.scale(slot.name)) for slot in ground.slots]
    rows = [
        [cells[(row * (turn + 1) + at) % len(cells)] for at, cells in enumerate(choices)]
        for row in range(count)
    ]
    made = Case(ground.table(rows))
    if not ground.levers or ground.real is None:
        return [*(Case(table) for table in found if table is not None), made]
    part = Fraction(count, len(ground.real))
    real = [ground.with_money(Case(table), part) for table in found if table is not None]
    return [*real, ground.with_money(made, _MONEY[turn % len(_MONEY)])]


def _direct(ground: Ground, base: Case) -> list[Case]:
    """Put one district, then another beside it, at each edge that an input meets by itself."""
    table, found = base.table, []
    for name in ground.read:
        domain = ground.domain(name)
        for edge in domain.edges:
            near = domain.within([edge - domain.step, edge, edge + domain.step])
            for at, figure in enumerate(near):
                row = at % len(table)
                found.append({(name, row, 0): figure})
            if len(table) > 1 and len(near) > 1:
                found.append({(name, 0, 0): near[0], (name, 1, 0): near[-1]})
    return [_with(ground, base, cells) for cells in found]


def _ties(ground: Ground, base: Case) -> list[Case]:
    """Make a figure of one district that of another, and just not."""
    table, found = base.table, []
    for number, slot in enumerate(ground.slots):
        domain = ground.domain(slot.name)
        if domain.kind != "number" or len(table) < 2:
            continue
        row, other = number % len(table), (number + 1) % len(table)
        figure = table.number(slot.name, other, slot.first)
        if figure is not None:
            near = domain.within([figure, figure + domain.step, figure - domain.step])
            found += [{(slot.name, row, slot.first): each} for each in near]
    return [_with(ground, base, cells) for cells in found]


def _with(ground: Ground, case: Case, cells: Moves) -> Case:
    return case.with_table(ground.summed(case.table.with_cells(cells)))


# -- edges that have to be found -------------------------------------------------------------------


def _located(ground: Ground, bases: Sequence[Case]) -> list[Case]:
    """Return cases a step apart between which a rule decides otherwise for a district."""
    found = _narrowed(ground, _crossed(ground, bases))
    return [
        _at(ground, between.line, place)
        for between in found
        for place in (between.low, between.high)
    ]


def _at(ground: Ground, line: Line, place: int) -> Case:
    slot, step = line.slot, ground.domain(line.slot.name).step
    return _with(ground, line.base, {(slot.name, line.row, slot.first): place * step})


def _crossed(ground: Ground, bases: Sequence[Case]) -> list[Between]:
    """Return neighbouring places of grids between which some rule decides otherwise."""
    lines = [
        Line(base, slot, number % len(base.table))
        for base in bases
        for number, slot in enumerate(ground.slots)
        if ground.domain(slot.name).kind == "number"
    ]
    grid = [(line, place) for line in lines for place in _grid(ground, line)]
    told = _told(ground, grid)
    found = []
    for (at, side), (next_, other) in pairwise(zip(grid, told, strict=True)):
        if at[0] is next_[0] and None not in (side, other) and side != other:
            found.append(Between(at[0], at[1], next_[1], side))
    return found[:_MOST]


def _told(ground: Ground, points: Sequence[tuple[Line, int]]) -> list[Side | None]:
    """Return on which sides of thresholds districts are, with figures at some places."""
    paid = ground.run([_at(ground, line, place) for line, place in points])
    return sides_of(ground.subject.thresholds, paid, [line.row for line, _ in points])


def _grid(ground: Ground, line: Line) -> list[int]:
    """Return places over the range of an input, in steps: near what is there, then wider."""
    slot, domain = line.slot, ground.domain(line.slot.name)
    here = line.base.table.number(slot.name, line.row, slot.first) or Fraction(0)
    scale = max(abs(here), ground.scale(slot.name), domain.step)
    moves = [scale * Fraction(2) ** power for power in range(-_GRID // 2, _GRID // 2)]
    figures = [here, *(here + move for move in moves), *(here - move for move in moves)]
    figures += [end for end in (domain.least, domain.most) if end is not None]
    return sorted({round(figure / domain.step) for figure in domain.within(figures)})


def _narrowed(ground: Ground, found: list[Between]) -> list[Between]:
    """Part the way between two places until they lie a step apart: the first edge on it."""
    for _ in range(_PARTINGS):
        wide = [between for between in found if between.high - between.low > 1]
        if not wide:
            break
        points = [(between, place) for between in wide for place in _between(between)]
        told = _told(ground, [(between.line, place) for between, place in points])
        done: set[int] = set()
        for (between, place), side in zip(points, told, strict=True):
            if id(between) in done:
                continue
            if side == between.below:
                between.low = place
            else:
                between.high = place
                done.add(id(between))
    return found


def _between(between: Between) -> list[int]:
    """Return places between two, ascending."""
    width = between.high - between.low
    return sorted(
        {between.low + width * part // _PARTS for part in range(1, _PARTS)} - {between.low}
    )


def sides_of(
    thresholds: Sequence[Threshold], paid: Sequence[Paid], rows: Sequence[int]
) -> list[Side | None]:
    """Return on which side of all thresholds a district is, in each case; None where unpaid."""
    found: list[Side | None] = [None] * len(paid)
    alike: dict[int, list[int]] = {}
    for place, one in enumerate(paid):
        if one.done and one.batch is not None:
            alike.setdefault(id(one.batch), []).append(place)
    for places in alike.values():
        batch = paid[places[0]].batch
        assert batch is not None
        wanted = [0] * len(batch)
        for place in places:
            wanted[paid[place].place] = rows[place]
        told = sides(batch, thresholds, wanted)
        for place in places:
            figures = [np.nan_to_num(side[paid[place].place], nan=-1.0) for side in told]
            found[place] = tuple(tuple(each.tolist()) for each in figures)
    return found
