"""Where on a line of values a statement changes between holding and not holding.

A short line is looked at value by value. Of a long one every so many values are; then the places
where the statement flips are narrowed down to neighbours, and so are the places where it comes
nearest to flipping. What flips and flips back between two values looked at, without coming
nearer at them, is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from msgspec import Struct

MOST_TURNS: Final = 32
"""Places that come nearest to flipping, narrowed down at the same time."""


class Sign(Struct, frozen=True):
    """What a statement says at one value.

    Parameters
    ----------
    margin : Fraction or None
        How far it holds (above 0) or is missed (below 0).
    unit : str
        Of the margin: only those in the same unit are compared.
    """

    holds: bool
    margin: Fraction | None = None
    unit: str = ""


Look = Callable[[Sequence[int]], Sequence[Sign]]


class Seen(Struct, frozen=True):
    """What was looked at.

    Parameters
    ----------
    signs : dict of int to Sign
        By number of the value, rising.
    stride : int
        How far apart values were looked at first; 1 where all were.
    """

    signs: dict[int, Sign]
    stride: int


def look(count: int, at: Look, most: int) -> Seen:
    """Look for all flips among the values 0 to count - 1.

    Parameters
    ----------
    at : callable
        Numbers of values -> what the statement says there.
    most : int
        Values to look at, at least 2; what is narrowed down afterwards comes on top.
    """
    stride = max(1, -(-(count - 1) // (most - 1)))
    asked = sorted({*range(0, count, stride), count - 1})
    signs: dict[int, Sign] = {}
    while asked:
        signs |= zip(asked, at(asked), strict=True)
        known = sorted(signs)
        asked = sorted({*_between_flips(known, signs), *_beside_turns(known, signs)})
    return Seen({number: signs[number] for number in sorted(signs)}, stride)


def _between_flips(known: list[int], signs: dict[int, Sign]) -> set[int]:
    """Return a value halfway between those that differ and are no neighbours."""
    return {
        (a + b) // 2 for a, b in pairwise(known) if b - a > 1 and signs[a].holds != signs[b].holds
    }


def _beside_turns(known: list[int], signs: dict[int, Sign]) -> set[int]:
    """Return values on both sides of where the statement comes nearest to flipping."""
    found: list[tuple[Fraction, set[int]]] = []
    for place, middle in enumerate(known):
        sign = signs[middle]
        beside = [known[p] for p in (place - 1, place + 1) if 0 <= p < len(known)]
        others = [signs[number] for number in beside]
        gaps = {(middle + number) // 2 for number in beside if abs(number - middle) > 1}
        if sign.margin is None or not _comparable(sign, others):
            continue
        size = abs(sign.margin)
        sizes = [abs(other.margin or Fraction(0)) for other in others]
        if all(size <= other for other in sizes) and any(size < other for other in sizes):
            found.append((size, gaps))
    nearest = sorted(found, key=lambda entry: entry[0])[:MOST_TURNS]
    return {number for _, gaps in nearest for number in gaps}


def _comparable(sign: Sign, others: list[Sign]) -> bool:
    """Whether neighbours agree with a value, and their margins can be held against its own."""
    return all(
        other.holds == sign.holds and other.margin is not None and other.unit == sign.unit
        for other in others
    )


def stretches(signs: dict[int, Sign]) -> list[tuple[int, int]]:
    """Return the first and last number of each stretch of values looked at where it holds."""
    found: list[tuple[int, int]] = []
    before = False
    for number, sign in signs.items():
        if sign.holds:
            found[-1:] = [(found[-1][0], number)] if before else [*found[-1:], (number, number)]
        before = sign.holds
    return found


def nearest_miss(signs: dict[int, Sign]) -> int | None:
    """Return where a statement is missed by least; the first of several, None without margins.

    Margins in the unit of the first are compared.
    """
    missed = [(n, s) for n, s in signs.items() if not s.holds and s.margin is not None]
    if not missed:
        return None
    unit = missed[0][1].unit
    return max(
        (n for n, sign in missed if sign.unit == unit),
        key=lambda n: (signs[n].margin or Fraction(0), -n),
    )
