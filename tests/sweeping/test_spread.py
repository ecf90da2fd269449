"""Quantiles, means and chances: NumPy's, exactly, also out of a store."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hn

from scenarios.sweeping.spread import spread_of

LEVELS = [
    Fraction(0),
    Fraction(1, 20),
    Fraction(1, 3),
    Fraction(1, 2),
    Fraction(95, 100),
    Fraction(1),
]

figures = hn.arrays(
    np.int64,
    st.tuples(st.integers(1, 5), st.integers(1, 40)),
    elements=st.integers(-(10**9), 10**9),
)


@given(figures)
def test_quantiles_are_numpys_linear_ones(matrix: np.ndarray) -> None:
    found = spread_of([matrix.copy()], LEVELS, None)
    wanted = np.quantile(matrix, [float(level) for level in LEVELS], axis=1, method="linear").T
    assert np.allclose(np.array(found.quantiles, dtype=np.float64), wanted, rtol=1e-12, atol=1e-6)


def test_a_quantile_is_exact_where_floats_are_not() -> None:
    matrix = np.array([[2**62, 2**62 + 1]])
    assert spread_of([matrix], [Fraction(1, 2)], None).quantiles == [(2**62 + Fraction(1, 2),)]


@given(figures, st.data())
def test_means_ends_and_counts_are_those_of_all_scenarios(
    matrix: np.ndarray, data: st.DataObject
) -> None:
    rows, count = matrix.shape
    compared = [int(data.draw(st.sampled_from(matrix[row].tolist()))) for row in range(rows)]
    cut = data.draw(st.integers(0, rows))
    slices = [part.copy() for part in (matrix[:cut], matrix[cut:]) if len(part)]
    found = spread_of(slices, [Fraction(1, 2)], compared)
    assert found.count == count
    for row, figures_of in enumerate(matrix.tolist()):
        assert found.mean[row] == Fraction(sum(figures_of), count)
        assert (found.least[row], found.most[row]) == (min(figures_of), max(figures_of))
        losing = sum(figure < compared[row] for figure in figures_of)
        assert found.share_losing(row) == Fraction(losing, count)
        winning = sum(figure > compared[row] for figure in figures_of)
        assert found.share_winning(row) == Fraction(winning, count)


def test_sums_beyond_sixty_four_bits_do_not_wrap_around() -> None:
    matrix = np.full((1, 10), 2**62, dtype=np.int64)
    matrix[0, 0] = -(2**62)
    assert spread_of([matrix], [], None).mean == [Fraction(8 * 2**62, 10)]


def test_of_no_scenario_nothing_is_told() -> None:
    found = spread_of([np.zeros((3, 0), dtype=np.int64)], [Fraction(1, 2)], [1, 2, 3])
    assert (found.count, found.mean, found.share_losing) != (0, [], None)
    assert found.count == 0
    assert found.quantiles == []
