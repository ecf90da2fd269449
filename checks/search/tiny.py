"""Every tiny table, the plainest first: up to four districts, small figures, little money.

A cell costs as many points as its figure's place among those worth trying; a table costs the sum,
and a point for each district beyond the first two. Tables come by what they cost. The order of
districts is immaterial, so rows come as multisets; now and then their keys are the other way
round, for ties that keys decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import zip_longest
from typing import Final

from checks.runs import Case
from checks.search.ground import SMALL, Ground, keys_of
from checks.table import Cell

_MONEY: Final = (6, 1, 2, 3, 5, 8, 4, 7, 9, 10, 11, 12)
"""Quanta that are tried as the money; each table has a few of them, others in its turn."""

_A_TIME: Final = 3
_ROUND: Final = 48
_TURNED: Final = 7
"""Every so many tables one has its keys the other way round."""

Row = tuple[int, ...]


def tiny(ground: Ground) -> Iterator[list[Case]]:
    """Yield rounds of cases."""
    plain = _tables(ground, {slot.name: Fraction(1) for slot in ground.slots})
    scales = {slot.name: ground.scale(slot.name) for slot in ground.slots}
    scaled = _tables(ground, scales) if any(scale != 1 for scale in scales.values()) else iter(())
    both = zip_longest(plain, scaled)
    cases = (case for pair in both for some in pair if some is not None for case in some)
    round_: list[Case] = []
    for case in cases:
        round_.append(case)
        if len(round_) == _ROUND:
            yield round_
            round_ = []
    if round_:
        yield round_


def _tables(ground: Ground, scales: dict[str, Fraction]) -> Iterator[list[Case]]:
    """Yield each table, with some of the money that it is tried with."""
    figures = [ground.figures(slot.name, scales[slot.name]) for slot in ground.slots]
    sizes = [len(cells) for cells in figures]
    for number, rows in enumerate(_by_cost(sizes)):
        cells: list[list[Cell]] = [
            [figures[at][place] for at, place in enumerate(row)] for row in rows
        ]
        keys = keys_of(len(rows))
        table = ground.table(cells, keys[::-1] if number % _TURNED == _TURNED - 1 else keys)
        if not ground.levers:
            yield [Case(table)]
            continue
        start = number * _A_TIME % len(_MONEY)
        money = (*_MONEY[start:], *_MONEY[:start])[:_A_TIME]
        some = [Case(table, ground.of_quanta(count)) for count in money]
        yield [Case(table), *some] if number % 2 == 0 else some


def _by_cost(sizes: list[int]) -> Iterator[tuple[Row, ...]]:
    """Yield multisets of rows by growing cost."""
    most = sum(size - 1 for size in sizes)
    for cost in range(SMALL * most + SMALL):
        for count in (2, 3, 1, 4):
            rest = cost - max(0, count - 2)
            if rest >= 0:
                yield from _multisets(sizes, count, rest, None)


def _multisets(
    sizes: list[int], count: int, cost: int, least: Row | None
) -> Iterator[tuple[Row, ...]]:
    """Yield ascending rows of a cost together."""
    if count == 0:
        if cost == 0:
            yield ()
        return
    for own in range(cost + 1):
        for row in _rows(sizes, own):
            key = (own, row)
            if least is not None and key < (sum(least), least):
                continue
            for others in _multisets(sizes, count - 1, cost - own, row):
                yield (row, *others)


def _rows(sizes: list[int], cost: int) -> Iterator[Row]:
    """Yield the rows that cost so much."""
    if not sizes:
        if cost == 0:
            yield ()
        return
    for place in range(min(cost, sizes[0] - 1) + 1):
        for rest in _rows(sizes[1:], cost - place):
            yield (place, *rest)
