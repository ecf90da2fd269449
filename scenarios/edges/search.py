"""Find the values of a figure past which a rule decides otherwise.

A comparison of one input with one number turns at that number. Any other threshold is looked for:
the figure is moved in quarters of its reach either way, and where the district has come to the
other side, the way there is halved until two values remain that are one grain apart. Both are
values a table can hold: what is claimed about them can be checked by two ordinary runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct

from scenarios.edges.levers import Lever
from scenarios.edges.probe import Probe
from transfers import progress
from transfers.policy.thresholds import Threshold

Side = Literal["down", "up"]

SIDES: Final[tuple[Side, ...]] = ("down", "up")
QUARTERS: Final = 4

NOBODY_PAID = -1
"""In place of a threshold's number: past here nobody is paid, or nothing can be computed."""


class Edge(Struct, frozen=True, eq=False):
    """Where a district comes to the other side of thresholds when one of its figures moves.

    Parameters
    ----------
    side : "down" or "up"
        Which way the figure moves.
    near, far : Fraction
        The last value on the side where the district is, the first beyond.
    value : Fraction
        Where it turns: the number of the document where there is one, else the rounder of both.
    thresholds : tuple of Threshold
    """

    lever: Lever
    side: Side
    near: Fraction
    far: Fraction
    value: Fraction
    thresholds: tuple[Threshold, ...]


class _Way(Struct, eq=False):
    """A stretch on which a threshold is crossed: from `here`, where it is not yet, to `there`."""

    lever: Lever
    side: Side
    place: int
    here: int
    there: int


def edges(probe: Probe, levers: Sequence[Lever]) -> dict[Lever, list[Edge]]:
    """Return the edges of each figure within its reach, the nearest first."""
    found: dict[tuple[tuple[str, ...], Fraction, Fraction], Edge] = {}
    numbers = [lever for lever in levers if lever.reach]
    for edge in (*_told(probe, numbers), *_searched(probe, numbers)):
        key = (edge.lever.path, edge.near, edge.far)
        known = found.get(key)
        thresholds = edge.thresholds if known is None else (*known.thresholds, *edge.thresholds)
        value = edge.value if known is None else known.value
        found[key] = Edge(edge.lever, edge.side, edge.near, edge.far, value, thresholds)
    each: dict[Lever, list[Edge]] = {lever: [] for lever in numbers}
    for edge in found.values():
        each[edge.lever].append(edge)
    for lever, listed in each.items():
        listed.sort(key=lambda edge: (abs(edge.far - lever.number), edge.far))
    return each


# -- thresholds that say themselves where they turn ------------------------------------------------


def _told(probe: Probe, levers: Sequence[Lever]) -> Iterator[Edge]:
    for threshold in probe.thresholds:
        crossing = threshold.crossing(probe.setting.moves)
        if crossing is None:
            continue
        for lever in levers:
            if lever.input == crossing.name and abs(crossing.value - lever.number) <= lever.reach:
                single = crossing.operator in ("==", "!=")
                for side in SIDES:
                    ends = _ends(lever, side, crossing.value, crossing.belongs_above, single)
                    if ends is not None and all(map(lever.allows, ends)):
                        yield Edge(lever, side, *ends, crossing.value, (threshold,))


def _ends(
    lever: Lever, side: Side, value: Fraction, above: bool, single: bool
) -> tuple[Fraction, Fraction] | None:
    """Return the last value before a crossing and the first beyond; None the other way."""
    now, grain = lever.number, lever.grain
    step = grain if side == "up" else -grain
    ahead = (value - now) * step > 0
    if single:
        near, far = (value - step, value) if ahead else (value, value + step)
        there = ahead or value == now
    elif above == (side == "up"):  # the very value lies beyond
        near, far = value - step, value
        there = ahead
    else:
        near, far = value, value + step
        there = ahead or value == now
    if not there:
        return None
    passed = (near - now) * step < 0
    return (now if passed else near), far


# -- thresholds that are looked for ----------------------------------------------------------------


def _searched(probe: Probe, levers: Sequence[Lever]) -> Iterator[Edge]:
    told = [threshold.crossing(probe.setting.moves) for threshold in probe.thresholds]
    inputs = probe.setting.policy.inputs
    places = [
        n for n, crossing in enumerate(told) if crossing is None or crossing.name not in inputs
    ]
    ways = _ways(probe, levers, places)
    with progress.stage("search"):
        _halve(probe, ways)
    for way in ways:
        near, far = (Fraction(m) * way.lever.grain for m in (way.here, way.there))
        value = min(near, far, key=lambda x: (_digits(x), -abs(x)))
        crossed = () if way.place == NOBODY_PAID else (probe.thresholds[way.place],)
        yield Edge(way.lever, way.side, near, far, value, crossed)


def _digits(value: Fraction) -> int:
    """Return how many decimals a value is written with: fewer are rounder."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return places


def _ways(probe: Probe, levers: Sequence[Lever], places: Sequence[int]) -> list[_Way]:
    """Move each figure in quarters of its reach; return where thresholds are crossed first."""
    sampled = {(lever, side): samples(lever, side) for lever in levers for side in SIDES}
    points = [(lever, m * lever.grain) for (lever, _), found in sampled.items() for m in found[1:]]
    probe.see(points)
    ways: list[_Way] = []
    for (lever, side), stops in sampled.items():
        left = set(places)
        for here, there in pairwise(stops):
            seen = probe.at(lever, there * lever.grain)
            if not seen.done:
                ways.append(_Way(lever, side, NOBODY_PAID, here, there))
                break
            crossed = {place for place in left if not seen.same[place]}
            ways += (_Way(lever, side, place, here, there) for place in sorted(crossed))
            left -= crossed
    return ways


def samples(lever: Lever, side: Side) -> list[int]:
    """Return where a figure is moved to, in grains, the figure itself first."""
    sign = 1 if side == "up" else -1
    start = int(lever.number / lever.grain)
    found = [start]
    for part in range(1, QUARTERS + 1):
        value = lever.number + sign * lever.reach * part / QUARTERS
        bound = lever.most if side == "up" else lever.least
        if bound is not None:
            value = min(value, bound) if side == "up" else max(value, bound)
        grains = value / lever.grain
        whole = grains.__floor__() if side == "up" else grains.__ceil__()
        if whole != found[-1] and (whole - found[-1]) * sign > 0:
            found.append(whole)
    return found


def _halve(probe: Probe, ways: Sequence[_Way]) -> None:
    """Halve all stretches at once until both ends are one grain apart."""
    open_ways = [way for way in ways if abs(way.there - way.here) > 1]
    while open_ways:
        middles = [(way.here + way.there) // 2 for way in open_ways]
        seen = probe.see(
            [(way.lever, m * way.lever.grain) for way, m in zip(open_ways, middles, strict=True)]
        )
        for way, middle, found in zip(open_ways, middles, seen, strict=True):
            if found.done and (way.place == NOBODY_PAID or found.same[way.place]):
                way.here = middle
            else:
                way.there = middle
        open_ways = [way for way in open_ways if abs(way.there - way.here) > 1]
