"""Sobol indices: how much of what a figure varies each path accounts for.

First order: the share of the variance that goes if the path alone were known. Total order: the
share that stays if everything but the path were known; interplay with others is in it.

Method: section 36.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from scenarios.running.chunk import Asked
from scenarios.running.job import Workplace
from scenarios.running.runner import run_many
from scenarios.study.rules_sweep import LARGEST_SEED
from scenarios.sweeping.designs import Drawn
from scenarios.sweeping.figures import Figure, Figures
from scenarios.sweeping.source import SweepSource
from scenarios.sweeping.units import GivenPoints

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RESAMPLES: Final = 999


class Index(Struct, frozen=True):
    """The indices of one path for one figure, each with its interval."""

    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


class Indices(Struct, frozen=True, eq=False):
    """Sobol indices.

    Parameters
    ----------
    size : int
        Of the base sample.
    scenarios : int
        How many were run.
    missing : int
        In how many a figure is missing; with any, there are no indices.
    confidence : float
        Level of the intervals.
    figures : tuple of Figure
    rows : list of list of Index
        For each figure an index for each path.
    """

    size: int
    scenarios: int
    missing: int
    confidence: float
    figures: tuple[Figure, ...]
    rows: list[list[Index]]


class _MissingError(Exception):
    """A figure is missing in some scenarios."""

    def __init__(self, missing: int, scenarios: int) -> None:
        super().__init__(missing, scenarios)
        self.missing, self.scenarios = missing, scenarios


class Model(Struct, eq=False):
    """Figures as a function of points between 0 and 1, as scipy asks for them.

    Parameters
    ----------
    source : SweepSource
        Of a sample.
    figures : tuple of Figure
    compared : (N,) int64 or None
    asked : Asked
    place : Workplace or None
        Where scenarios are run.
    """

    source: SweepSource
    figures: tuple[Figure, ...]
    compared: Ints | None
    asked: Asked
    place: Workplace | None
    scenarios: int = 0

    def __call__(self, points: Floats) -> Floats:
        """Return the figures of some points: (paths, n) -> (figures, n) float64."""
        rows = np.ascontiguousarray(points.T)
        design = self.source.design
        assert isinstance(design, Drawn)
        told = hashlib.sha256(rows.tobytes()).hexdigest()
        given = GivenPoints(rows, design.widths)
        drawn = replace(design, units=given, size=len(rows), told=told)
        taken = Figures(self.figures, self.compared)
        source = self.source.with_design(drawn)
        run_many(self.source.setting, source, [taken], asked=self.asked, place=self.place)
        self.scenarios += len(rows)
        missing = sum(any(f is None for f in row) for row in zip(*taken.columns, strict=True))
        if missing:
            raise _MissingError(missing, self.scenarios)
        return np.array([[float(f or 0) for f in column] for column in taken.columns])


def sobol(model: Model, size: int, confidence: float, rng: np.random.Generator) -> Indices:
    """Return the indices of all paths.

    Parameters
    ----------
    size : int
        Of the base sample, a power of two.
    rng : numpy.random.Generator
        Draws the sample, and the samples of the bootstrap.
    """
    from scipy import stats  # type: ignore[import-untyped]

    paths = len(model.source.bound)
    seed, again = rng.integers(LARGEST_SEED, size=2)
    kept: list[Floats] = []

    def figures(points: Floats) -> Floats:
        kept.append(model(points))
        # Twice: scipy fails on one figure of one path. It takes the mean off in place.
        return np.concatenate([kept[-1], kept[-1]])

    try:
        result = stats.sobol_indices(
            func=figures, n=size, dists=[stats.uniform()] * paths, rng=np.random.default_rng(seed)
        )
    except _MissingError as error:
        told = model.figures
        return Indices(size, error.scenarios, error.missing, confidence, told, [])
    count = len(model.figures)
    first, total = (
        np.reshape(orders, (2 * count, paths))[:count]
        for orders in (result.first_order, result.total_order)
    )
    # scipy asks for A, for B, and for A with each path of B, path after path within a point.
    a, b, mixed = kept
    mixed = np.moveaxis(mixed.reshape(len(a), size, paths), -1, 0)
    low, high = _intervals((a, b, mixed), confidence, np.random.default_rng(again))
    rows = [
        [
            Index(
                *map(float, (first[f, p], low[0, f, p], high[0, f, p])),
                *map(float, (total[f, p], low[1, f, p], high[1, f, p])),
            )
            for p in range(paths)
        ]
        for f in range(count)
    ]
    return Indices(size, model.scenarios, 0, confidence, model.figures, rows)


def indices_of(a: Floats, b: Floats, mixed: Floats) -> Floats:
    """Return first and total orders: (2, figures, paths).

    The estimators of Saltelli and others (2010), as ``scipy.stats.sobol_indices`` has them.
    """
    mean = np.mean([a, b], axis=(0, -1))[:, None]
    a, b, mixed = a - mean, b - mean, mixed - mean
    variance = np.var([a, b], axis=(0, -1))
    first = np.mean(b * (mixed - a), axis=-1)
    total = 0.5 * np.mean((a - mixed) ** 2, axis=-1)
    still = variance == 0
    both = np.stack([first, total]) / np.where(still, 1.0, variance)
    both[..., still] = 0.0
    return np.moveaxis(both, 1, 2)


def _intervals(
    figures: tuple[Floats, Floats, Floats], confidence: float, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return the ends of the intervals: quantiles of indices of samples drawn from the sample."""
    a, b, mixed = figures
    found = []
    for _ in range(RESAMPLES):
        chosen = rng.integers(a.shape[1], size=a.shape[1])
        found.append(indices_of(a[:, chosen], b[:, chosen], mixed[..., chosen]))
    outside = (1 - confidence) / 2
    low, high = np.quantile(np.stack(found), [outside, 1 - outside], axis=0)
    return low, high
