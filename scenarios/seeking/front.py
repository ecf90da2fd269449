"""The front of two measures that are both best when small: what no other point betters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Name = TypeVar("Name")


def front(measured: Mapping[Name, Sequence[Fraction]]) -> list[Name]:
    """Return which of some pairs no other pair betters: by the first measure, rising.

    A pair betters another if it is not above it in either measure, and below it in one. Pairs that
    are equal do not better each other.

    >>> front({"a": (1, 5), "b": (2, 3), "c": (2, 4), "d": (3, 3), "e": (1, 5)})
    ['a', 'e', 'b']
    """
    ordered = sorted(measured.items(), key=lambda entry: tuple(entry[1]))
    found: list[Name] = []
    least: Fraction | None = None
    at: tuple[Fraction, ...] | None = None
    for name, pair in ordered:
        first, second = pair
        if least is None or second < least:
            least, at = second, (first, second)
            found.append(name)
        elif at == (first, second):
            found.append(name)
    return found
