"""Where samples lie: strata met once, Sobol's points, and nothing that depends on how it is cut."""

from __future__ import annotations

import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import qmc

from scenarios.sweeping.units import GivenPoints, LatinHypercube, SobolPoints


@given(size=st.integers(1, 300), dimensions=st.integers(1, 6), key=st.integers(0, 2**63 - 1))
def test_each_stratum_of_each_column_is_met_once(size: int, dimensions: int, key: int) -> None:
    rows = LatinHypercube(size, dimensions, key).rows(0, size)
    strata = np.floor(rows * size).astype(int)
    for column in range(dimensions):
        assert sorted(strata[:, column]) == list(range(size))


def test_columns_are_in_orders_of_their_own() -> None:
    rows = LatinHypercube.drawn(1000, 40, np.random.default_rng(1)).rows(0, 1000)
    correlations = np.corrcoef(rows.T) - np.eye(40)
    assert np.abs(correlations).max() < 4.5 / 1000**0.5


def test_places_inside_the_strata_are_spread_evenly() -> None:
    rows = LatinHypercube(5000, 3, 7).rows(0, 5000)
    inside = rows * 5000 % 1
    for column in range(3):
        counts, _ = np.histogram(inside[:, column], bins=10, range=(0, 1))
        assert abs(counts - 500).max() < 5 * 500**0.5


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_range_is_the_same_however_it_is_cut(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 200))
    latin, sobol = LatinHypercube(size, 4, 11), SobolPoints(4, 11)
    cuts = sorted(data.draw(st.sets(st.integers(0, size), max_size=5)) | {0, size})
    for units in (latin, sobol):
        whole = units.rows(0, size)
        parts = [units.rows(a, b) for a, b in pairwise(cuts)]
        assert np.array_equal(np.concatenate(parts), whole)
        backwards = pickle.loads(pickle.dumps(units))
        assert np.array_equal(backwards.rows(size // 2, size), whole[size // 2 :])
        assert np.array_equal(backwards.rows(0, size // 2), whole[: size // 2])


@pytest.mark.parametrize("dimensions", [1, 5, 300])
def test_points_of_sobol_are_those_of_scipy(dimensions: int) -> None:
    ours = SobolPoints(dimensions, 20260101).rows(0, 64)
    theirs = qmc.Sobol(dimensions, rng=np.random.default_rng(20260101)).random(64)
    assert np.array_equal(ours, theirs)


def test_the_same_generator_gives_the_same_sample_and_another_seed_another() -> None:
    for drawn in (
        lambda rng: LatinHypercube.drawn(32, 3, rng),
        lambda rng: SobolPoints.drawn(3, rng),
    ):
        first, same, other = (drawn(np.random.default_rng(s)).rows(0, 32) for s in (1, 1, 2))
        assert np.array_equal(first, same)
        assert not np.array_equal(first, other)


def test_a_point_given_for_many_figures_is_the_seed_of_theirs() -> None:
    points = np.array([[0.25, 0.1], [0.25, 0.2], [0.75, 0.1]])
    rows = GivenPoints(points, (3, 1)).rows(0, 3)
    assert rows.shape == (3, 4)
    assert np.array_equal(rows[:, 3], points[:, 1])
    assert np.array_equal(rows[0, :3], rows[1, :3])
    assert len(set(rows[[0, 2], :3].ravel().tolist())) == 6
    assert ((rows >= 0) & (rows < 1)).all()
