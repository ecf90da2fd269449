"""Sobol indices: scipy's, with intervals that the seed decides."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from scenarios.sweeping.indices import indices_of
from scenarios.sweeping.swept import sweep
from tests.sweeping.conftest import Studied


def test_the_estimators_are_those_of_scipy() -> None:
    rng = np.random.default_rng(3)
    weights = np.array([3.0, 2.0, 0.5])

    def model(points: np.ndarray) -> np.ndarray:
        first = weights @ points + points[0] * points[1]
        return np.stack([first, points[2] ** 2])

    kept: list[np.ndarray] = []

    def figures(points: np.ndarray) -> np.ndarray:
        kept.append(model(points))
        return kept[-1].copy()

    theirs = stats.sobol_indices(func=figures, n=64, dists=[stats.uniform()] * 3, rng=rng)
    a, b, mixed = kept
    first, total = indices_of(a, b, np.moveaxis(mixed.reshape(2, 64, 3), -1, 0))
    assert np.allclose(first, theirs.first_order, rtol=1e-12, atol=1e-14)
    assert np.allclose(total, theirs.total_order, rtol=1e-12, atol=1e-14)


def test_indices_of_a_sum_are_the_shares_of_its_variances(studied: Studied) -> None:
    """The total is what the budget is, and nothing else moves it."""
    study = studied(
        "vary:\n  budget.amount: {from: 3700, to: 4300}\n"
        "  grants.equalisation.share.factors.area: {from: 19%, to: 21%}\n"
        "rescale: grants.equalisation.share.factors\n"
        "sample: {size: 8, seed: 3}\nindices: {of: [total, 蓬江区], size: 64}\n"
    )
    indices = sweep(study).indices
    assert indices is not None
    assert (indices.size, indices.scenarios, indices.missing) == (64, 256, 0)
    budget, area = indices.rows[0]
    assert budget.first == pytest.approx(1, abs=0.05)
    assert budget.total == pytest.approx(1, abs=0.1)
    assert (area.first, area.total) == (0, 0)
    assert budget.first_low <= budget.first <= budget.first_high
    again = sweep(study).indices
    assert again is not None
    assert again.rows == indices.rows


def test_figures_that_move_by_themselves_count_as_one(studied: Studied) -> None:
    study = studied(
        "vary:\n  inputs.population: {each: 5%}\n  parameters.growth_cap: [25%, 25.01%]\n"
        "sample: {size: 8, seed: 3}\nindices: {of: 恩平市, size: 128}\n"
    )
    indices = sweep(study).indices
    assert indices is not None
    assert indices.scenarios == 128 * 4
    (people, cap) = indices.rows[0]
    assert people.total > 0.9
    assert abs(cap.first) < 0.1


def test_a_figure_that_never_moves_has_indices_of_zero(studied: Studied) -> None:
    study = studied(
        "vary: {inputs.revenue: {together: 5%}}\nsample: {size: 8}\nindices: {of: losers, size: 8}"
    )
    indices = sweep(study).indices
    assert indices is not None
    (index,) = indices.rows[0]
    assert (index.first, index.total, index.first_low, index.total_high) == (0, 0, 0, 0)


def test_where_a_scenario_does_not_pay_there_are_no_indices(studied: Studied) -> None:
    study = studied(
        "vary: {budget.amount: {from: 3500, to: 4000}}\n"
        "sample: {size: 8}\nindices: {of: total, size: 16}"
    )
    indices = sweep(study).indices
    assert indices is not None
    assert indices.rows == []
    assert 0 < indices.missing <= indices.scenarios
