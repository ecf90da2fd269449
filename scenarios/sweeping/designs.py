"""Which values go together in one scenario: all of a grid, rows of a file, points of a sample."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from copy import copy
from fractions import Fraction
from math import ceil, floor, prod
from typing import Protocol

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from scenarios.study.ways import Value, Way
from scenarios.sweeping.units import Units

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Row = tuple[Value | Ints, ...]
"""A value for each way; of a way whose figures vary each by itself, last decimals of all."""


class Design(Protocol):
    """Scenarios as rows of values."""

    def __len__(self) -> int: ...

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return rows from `start` to before `stop`, however the range is cut."""

    def content(self) -> str:
        """Return all that decides the rows."""


class Grid(Struct, frozen=True):
    """Every value with every other; the last way goes through its values first."""

    ways: tuple[Way, ...]

    def __len__(self) -> int:
        return prod(len(way.values) for way in self.ways)

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return rows from `start` to before `stop`."""
        return [self._row(number) for number in range(start, stop)]

    def _row(self, number: int) -> Row:
        values: list[Value] = []
        for way in reversed(self.ways):
            number, at = divmod(number, len(way.values))
            values.append(way.values[at])
        return tuple(reversed(values))

    def content(self) -> str:
        """Return all that decides the rows."""
        return repr([(way.path, way.whole, [str(v) for v in way.values]) for way in self.ways])


class Given(Struct, frozen=True, eq=False):
    """Rows that stand somewhere; an empty text leaves a path as it is."""

    paths: tuple[str, ...]
    listed: Sequence[tuple[Value, ...]]

    def __len__(self) -> int:
        return len(self.listed)

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return rows from `start` to before `stop`."""
        return list(self.listed[start:stop])

    def content(self) -> str:
        """Return all that decides the rows."""
        hashed = hashlib.sha256(repr(self.paths).encode())
        for row in self.listed:
            hashed.update(repr([str(value) for value in row]).encode())
        return hashed.hexdigest()


class Drawn(Struct, frozen=True, eq=False):
    """Values drawn from ranges and lists, rounded so that a document could hold them.

    Parameters
    ----------
    ways : tuple of Way
    widths : tuple of int
        How many figures vary by themselves on each way: 1, or the length of a whole input.
    units : Units
        A row of numbers between 0 and 1 for each scenario: the widths one after the other.
    size : int
        How many scenarios.
    digits : int
        Decimals of what is drawn.
    told : str
        What the units are, for :meth:`content`.
    """

    ways: tuple[Way, ...]
    widths: tuple[int, ...]
    units: Units
    size: int
    digits: int
    told: str = ""

    def __len__(self) -> int:
        return self.size

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return rows from `start` to before `stop`."""
        units = self.units.rows(start, stop)
        columns, at = [], 0
        for way, width in zip(self.ways, self.widths, strict=True):
            columns.append(_values(way, units[:, at : at + width], self.digits))
            at += width
        return list(zip(*columns, strict=True))

    def content(self) -> str:
        """Return all that decides the rows."""
        ways = [
            (way.path, way.whole, str(way.low), str(way.high), [str(v) for v in way.values])
            for way in self.ways
        ]
        return repr((ways, self.size, self.digits, self.told))


def copied(design: Design) -> Design:
    """Return a design of its own: points that are told one after the other have one reader."""
    return replace(design, units=copy(design.units)) if isinstance(design, Drawn) else design


def _values(way: Way, units: Floats, digits: int) -> Sequence[Value | Ints]:
    """Return the values that units stand for."""
    if not way.drawn:
        count = len(way.values)
        places = np.minimum((units[:, 0] * count).astype(np.intp), count - 1)
        return [way.values[place] for place in places.tolist()]
    mantissas = rounded(units, way.low, way.high, digits)
    if way.whole == "each":
        return list(mantissas)
    scale = 10**digits
    return [Fraction(mantissa, scale) for mantissa in mantissas[:, 0].tolist()]


def rounded(units: Floats, low: Fraction, high: Fraction, digits: int) -> Ints:
    """Return the decimals nearest to places between two ends, as whole numbers of the last one.

    None is outside the ends.

    >>> rounded(np.array([0.0, 0.5, 0.9995]), Fraction(15, 100), Fraction(30, 100), 4).tolist()
    [1500, 2250, 2999]
    """
    least, most = ends(low, high, digits)
    wide = float((high - low) * 10**digits)
    found = np.rint(units * wide + float(low * 10**digits))
    return np.clip(found, least, most).astype(np.int64)


def ends(low: Fraction, high: Fraction, digits: int) -> tuple[int, int]:
    """Return the first and the last decimal of a range, as whole numbers of the last digit."""
    return ceil(low * 10**digits), floor(high * 10**digits)
