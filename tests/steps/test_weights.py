"""Weights of districts: factors as shares of the eligible, weighted, times a coefficient."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.figure import Figure
from transfers.arithmetic.rationals import Rationals
from transfers.steps.weights import factor_share, factor_weights, formula_weights

F = Fraction
ALL = np.array([[True, True, True]])
SOME = np.array([[True, False, True]])


def told(*rows: list[int | str], error: float = 0.0) -> Figure:
    exact = [[F(x) for x in row] for row in rows]
    value = np.array([[float(x) for x in row] for row in exact])

    def of(scenario: int, members: NDArray[np.intp]) -> Rationals:
        row = exact[min(scenario, len(exact) - 1)]
        return Rationals.from_fractions([row[i] for i in members.tolist()])

    return Figure(Bounded(value, np.full(value.shape, error) + np.abs(value) * 2.0**-52), of)


def exactly(figure: Figure, scenario: int = 0) -> list[Fraction]:
    found = figure.exact(scenario, np.arange(3, dtype=np.intp)).fractions()
    row = figure.value[min(scenario, len(figure.value) - 1)]
    assert np.allclose(np.broadcast_to(row, (3,)), [float(x) for x in found], rtol=1e-12)
    return list(found)


def test_a_factor_is_a_share_of_all_eligible_together() -> None:
    found = factor_share(told([1, 5, 3], [2, 9, "1/2"]), SOME)
    assert exactly(found.share) == [F(1, 4), 0, F(3, 4)]
    assert exactly(found.share, 1) == [F(4, 5), 0, F(1, 5)]
    assert not found.negative.any() and found.nobody.tolist() == [[False], [False]]


def test_a_share_of_one_district_asked_alone_is_that_of_the_whole() -> None:
    share = factor_share(told([1, 5, 3], [2, 9, 4]), ALL).share
    assert share.exact(1, np.array([2], dtype=np.intp)).fractions() == [F(4, 15)]
    assert share.exact(0, np.array([1, 1, 0], dtype=np.intp)).fractions() == [
        *(F(5, 9), F(5, 9), F(1, 9))
    ]


def test_a_factor_of_nobody_is_marked_and_divides_nothing() -> None:
    found = factor_share(told([0, 7, 0], [0, 7, 2]), SOME)
    assert found.nobody.tolist() == [[True], [False]]
    assert exactly(found.share) == [0, 0, 0]
    assert exactly(found.share, 1) == [0, 0, 1]


def test_a_factor_below_zero_is_marked_where_it_counts_and_adds_up_to_no_share() -> None:
    found = factor_share(told([-1, -5, 3], [-1, 5, 1]), SOME)
    assert found.negative.tolist() == [[True, False, False], [True, False, False]]
    # Its figures stand as they are: what they would be a share of may be 0, as in the second row.
    assert exactly(found.share) == [-1, 0, 3]
    assert exactly(found.share, 1) == [-1, 0, 1]
    below = factor_share(told([-1, -5, -3]), ALL)
    assert below.nobody.tolist() == [[True]] and below.negative.tolist() == [[True] * 3]


def test_a_factor_that_seems_below_zero_and_is_not_is_not_marked() -> None:
    found = factor_share(told([0, 5, 3], error=0.25), ALL)
    assert not found.negative.any()
    assert exactly(found.share) == [0, F(5, 8), F(3, 8)]


def test_weighted_factors_are_added_and_told_apart() -> None:
    first, second = (factor_share(told(row), ALL) for row in ([1, 1, 2], [0, 3, 1]))
    weighted = [first.share.scaled(F(3, 4)), second.share.scaled(F(1, 4))]
    found = factor_weights([first, second], weighted, None, ALL)
    assert exactly(found.figure) == [F(3, 16), F(3, 8), F(7, 16)]
    assert [exactly(share) for share in found.factor_shares] == [
        [F(1, 4), F(1, 4), F(1, 2)],
        [0, F(3, 4), F(1, 4)],
    ]
    assert found.coefficient is None and found.negative == () and found.all_zero == ()


def test_factors_that_fail_are_named_by_their_number() -> None:
    good, below, nobody = (
        factor_share(told(row), ALL) for row in ([1, 1, 2], [-1, 3, 1], [0, 0, 0])
    )
    shares = [good, nobody, below]
    found = factor_weights(shares, [s.share for s in shares], None, ALL)
    assert [number for number, _ in found.all_zero] == [1]
    assert [number for number, _ in found.negative] == [2, -1]
    assert found.negative[0][1].tolist() == [[True, False, False]]
    assert found.negative[1][1].tolist() == [[True, False, False]]  # 1/4 - 1 in all


def test_a_factor_that_fails_in_one_scenario_is_named() -> None:
    zero = factor_share(told([0, 0, 0], [1, 1, 2]), ALL)
    below = factor_share(told([1, 1, 2], [1, -1, 2]), ALL)
    found = factor_weights([zero, below], [zero.share, below.share], None, ALL)
    assert [number for number, _ in found.all_zero] == [0]
    assert found.all_zero[0][1].tolist() == [[True], [False]]
    assert found.negative[0][0] == 1


def test_a_coefficient_multiplies_whom_it_is_for_and_may_turn_a_weight_below_zero() -> None:
    weight, coefficient = told([2, 3, 4]), told(["3/2", 5, -1])
    found = formula_weights(weight, coefficient, SOME)
    assert exactly(found.figure) == [3, 0, -4]
    assert found.coefficient is not None and exactly(found.coefficient) == [F(3, 2), 0, -1]
    assert [number for number, _ in found.negative] == [-1]
    assert found.negative[0][1].tolist() == [[False, False, True]]
    plain = formula_weights(weight, None, SOME)
    assert exactly(plain.figure) == [2, 0, 4]
    assert plain.negative == () and plain.factor_shares == () and plain.coefficient is None


def test_one_formula_for_all_is_a_weight_for_each() -> None:
    found = formula_weights(Figure.constant(F(7)), None, ALL)
    assert found.figure.value.tolist() == [[7, 7, 7]]
    assert exactly(found.figure) == [7, 7, 7]
