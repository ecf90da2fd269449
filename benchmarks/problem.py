"""Tables of districts to divide money among: a third at the floor, a third at the cap."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import from_decimals
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.figure import Figure
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.kernel.division import Division
from transfers.kernel.figures import DivisionFigures

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Kind = Literal["whole", "decimal"]

KINDS: tuple[Kind, ...] = ("whole", "decimal")

SPREAD = 0.26
"""How far shares by weight and last year's amounts lie apart (deviation of the logarithm)."""

PER_HEAD = 6.0 + np.sqrt(2.0) / 10
"""Money per inhabitant; no round number, lest many a bound be met exactly."""

LOWEST, HIGHEST = 0.89, 1.12
"""Floor and cap, as parts of last year's amount: each binds for a third of the districts."""


@dataclass(frozen=True)
class Problem:
    """Money, weights and bounds: plain arrays for others, a division for the engine.

    Parameters
    ----------
    weight, floor, cap : (N,) float64
    total : int, quanta
    division : Division
        The same figures as the engine takes them.
    key_order : (N,) intp
        The rank of each district's key.
    """

    weight: Floats
    floor: Floats
    cap: Floats
    total: int
    division: Division
    key_order: Indices

    @property
    def size(self) -> int:
        """The number of districts."""
        return len(self.weight)


def problem(size: int, kind: Kind, generator: np.random.Generator) -> Problem:
    """Return a division among `size` districts.

    Parameters
    ----------
    size : int
    kind : str
        ``whole``: weights, floors and caps are whole numbers. ``decimal``: as a policy gives them.
        The weight is made of two factors, each a district's part of the whole, which float64
        holds within an error; floor and cap are percentages of last year's amount, which has two
        decimals.
    generator : numpy.random.Generator
    """
    population = _column(generator.lognormal(12.5, 0.9, size), 0)
    area = _column(generator.lognormal(7.0, 0.7, size), 2)
    parts = _weighted_part(population, 70).plus(_weighted_part(area, 30))
    weight = population if kind == "whole" else parts
    money = weight.value[0] * (PER_HEAD * population.value.sum() / weight.value.sum())
    last_year = _column(money * generator.lognormal(0.0, SPREAD, size), 2)
    floor, cap = (last_year.times(_constant(round(100 * part))) for part in (LOWEST, HIGHEST))
    if kind == "whole":
        floor, cap = _column(np.floor(floor.value[0]), 0), _column(np.ceil(cap.value[0]), 0)
    total = int(np.clip(money, floor.value[0], cap.value[0]).sum())
    totals = Figure.whole(np.array([[total]], dtype=np.int64))
    figures = DivisionFigures(weight, None, floor, cap, totals, Groups.one(size))
    columns = (figure.value[0] for figure in (weight, floor, cap))
    plain_weight, plain_floor, plain_cap = map(np.ascontiguousarray, columns)
    return Problem(
        weight=plain_weight,
        floor=plain_floor,
        cap=plain_cap,
        total=total,
        division=figures.division(),
        key_order=generator.permutation(size).astype(np.intp),
    )


def _column(values: Floats, places: int) -> Figure:
    """Return `values`, written with so many decimals, as one row of exact figures."""
    mantissas = np.rint(values * 10**places).astype(np.int64)[None, :]
    return Figure(
        from_decimals(Decimals(mantissas, places)),
        lambda scenario, members: Rationals(mantissas[0, members].astype(object), 10**places),
    )


def _weighted_part(column: Figure, percent: int) -> Figure:
    """Return every district's part of the whole column, weighted."""
    assert column.bounded.decimals is not None
    whole = column.bounded.decimals.sum(keepdims=True)
    assert whole is not None
    part = column.over(Figure.constant(whole.fractions()[0]))
    return part.times(_constant(percent))


def _constant(percent: int) -> Figure:
    return Figure.constant(Fraction(percent, 100))
