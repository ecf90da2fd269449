"""The values that are tried: the points of a grid, by their numbers from 0."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

from msgspec import Struct

from scenarios.study.rules_seek import value_text
from transfers.documents.yaml_tree import Path
from transfers.messages import Phrase, said
from transfers.units import with_unit


class Axis(Struct, frozen=True):
    """The values of one number: from the first on, a step apart.

    Parameters
    ----------
    name : str
        The path, as the study has it.
    path : Path
        Of the number that is moved.
    count : int
        How many values there are.
    percent : bool
        Whether people read them as percentages.
    title, unit : str or Phrase
        What people call the number, and what it is counted in.
    """

    name: str
    path: Path
    first: Fraction
    step: Fraction
    count: int
    percent: bool = False
    title: str | Phrase = ""
    unit: str | Phrase = ""

    @property
    def last(self) -> Fraction:
        """The largest value."""
        return self.value(self.count - 1)

    def value(self, number: int) -> Fraction:
        """Return a value by its number."""
        return self.first + number * self.step

    def text(self, value: Fraction) -> str:
        """Write a value as the document would."""
        return value_text(value, percent=self.percent)

    def told(self, value: Fraction, language: str) -> str:
        """Write a value with its unit, for people."""
        return said(with_unit(self.text(value), self.unit), language)


Point = tuple[int, ...]
"""The number of a value on each axis."""


class Grid(Struct, frozen=True):
    """All combinations of the values of some axes."""

    axes: tuple[Axis, ...]

    def __len__(self) -> int:
        return prod(axis.count for axis in self.axes)

    def values(self, point: Point) -> tuple[Fraction, ...]:
        """Return the values of a point."""
        return tuple(axis.value(at) for axis, at in zip(self.axes, point, strict=True))

    def point(self, number: int) -> Point:
        """Return a point by its number: the last axis moves first."""
        found = []
        for axis in reversed(self.axes):
            number, at = divmod(number, axis.count)
            found.append(at)
        return tuple(reversed(found))

    def texts(self, point: Point) -> tuple[str, ...]:
        """Write the values of a point as the document would."""
        values: Sequence[Fraction] = self.values(point)
        return tuple(axis.text(value) for axis, value in zip(self.axes, values, strict=True))
