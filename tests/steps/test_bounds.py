"""Bounds of districts, one by one: what counts where several are declared."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.figure import Figure
from transfers.arithmetic.rationals import Rationals
from transfers.steps.bounds import Bounds, Declared, bounds, clipped, declared

NONE, MISSING = np.inf, np.nan


def told(*rows: list[float], error: float = 0.0) -> Figure:
    """Return figures as a formula yields them: +inf is `none`, NaN is missing."""
    value = np.array(rows, dtype=float)

    def exact(scenario: int, members: NDArray[np.intp]) -> Rationals:
        row = rows[min(scenario, len(rows) - 1)]
        return Rationals.from_fractions([Fraction(row[i]) for i in members.tolist()])

    blur = np.where(np.isfinite(value), error, 0.0)
    return Figure(Bounded(value, np.broadcast_to(blur, value.shape).copy()), exact)


def says(*row: float) -> Declared:
    return declared(told(list(row)))


def made(
    floor: Declared | None = None,
    cap: Declared | None = None,
    fixed: Declared | None = None,
    eligible: tuple[int, ...] = (1, 1, 1, 1),
    most: float = 100.0,
) -> Bounds:
    money = told([most] * len(eligible))
    return bounds(floor, cap, fixed, np.array([eligible], dtype=bool), money)


def values(figure: Figure) -> list[float]:
    row: list[float] = figure.value[0].tolist()
    members = np.arange(len(row), dtype=np.intp)
    assert figure.exact(0, members).fractions() == [Fraction(x) for x in row]
    return row


def marks(mask: NDArray[np.bool_]) -> list[int]:
    return [int(x) for x in np.broadcast_to(mask, (1, 4))[0].tolist()]


def test_what_a_formula_says_is_a_figure_or_none_or_nothing() -> None:
    found = says(3, NONE, MISSING, 0)
    assert found.present.tolist() == [[True, False, False, True]]
    assert found.missing.tolist() == [[False, False, True, False]]
    assert found.figure.value.tolist() == [[3, 0, 0, 0]]
    assert values(found.figure) == [3, 0, 0, 0]
    everywhere = declared(Figure.constant(Fraction(5)))
    assert everywhere.present.all() and not everywhere.missing.any()
    all_there = says(1, -1, 2, 0)
    assert all_there.present.all() and not all_there.missing.any()
    assert values(all_there.figure) == [1, -1, 2, 0]


def test_errors_of_figures_that_are_there_are_kept_and_others_have_none() -> None:
    found = declared(told([3.0, np.inf, np.nan], error=0.5))
    assert found.figure.bounded.error.tolist() == [[0.5, 0, 0]]


def test_without_bounds_the_least_is_0_and_the_most_is_the_money() -> None:
    found = made(eligible=(1, 0, 1, 1))
    assert found.floor.value.tolist() == [[0] * 4]
    assert values(found.cap) == [100, 0, 100, 100]
    for mask in (found.floored, found.capped, found.fixed, found.crossed):
        assert marks(mask) == [0] * 4


def test_floors_and_caps_count_where_they_are_and_for_the_eligible() -> None:
    found = made(says(3, NONE, 7, -2), says(9, 8, NONE, 6), eligible=(1, 1, 1, 1))
    assert values(found.floor) == [3, 0, 7, 0]
    assert values(found.cap) == [9, 8, 100, 6]
    assert marks(found.floored) == [1, 0, 1, 1]
    assert marks(found.capped) == [1, 1, 0, 1]
    assert marks(found.crossed) == [0] * 4
    outside = made(says(3, 3, 3, 3), says(9, 9, 9, 9), eligible=(0, 1, 0, 1))
    assert values(outside.floor) == [0, 3, 0, 3]
    assert values(outside.cap) == [0, 9, 0, 9]
    assert marks(outside.floored) == marks(outside.capped) == [0, 1, 0, 1]


def test_of_a_floor_above_its_cap_the_floor_counts_and_it_is_told() -> None:
    found = made(says(5, 5, 5, NONE), says(4, 5, 6, -3))
    assert values(found.floor) == [5, 5, 5, 0]
    assert values(found.cap) == [5, 5, 6, 0]
    assert marks(found.crossed) == [1, 0, 0, 0]


def test_a_floor_above_the_money_is_no_crossing() -> None:
    found = made(says(150, 3, NONE, 3), None)
    assert values(found.floor) == [150, 3, 0, 3]
    assert values(found.cap) == [150, 100, 100, 100]
    assert marks(found.crossed) == [0] * 4
    found = made(says(150, 3, NONE, 3), says(NONE, 2, 120, NONE))
    assert values(found.cap) == [150, 3, 120, 100]
    assert marks(found.crossed) == [0, 1, 0, 0]


def test_a_cap_below_zero_is_a_cap_of_zero() -> None:
    found = made(None, says(-4, 4, NONE, 0))
    assert values(found.cap) == [0, 4, 100, 0]
    assert marks(found.capped) == [1, 1, 0, 1]


def test_a_floor_of_zero_is_not_above_a_cap_below_zero() -> None:
    found = made(says(0, -1, 1, NONE), says(-4, -4, -4, -4))
    assert values(found.cap) == [0, 0, 1, 0]
    assert marks(found.crossed) == [0, 0, 1, 0]


def test_a_fixed_value_is_both_bounds_whatever_they_are_even_below_zero() -> None:
    found = made(says(5, 5, 5, 5), says(9, 2, 9, 9), says(-7, 30, NONE, 3), (1, 1, 1, 0))
    assert values(found.floor) == [-7, 30, 5, 0]
    assert values(found.cap) == [-7, 30, 9, 0]
    assert marks(found.fixed) == [1, 1, 0, 0]
    assert marks(found.floored) == marks(found.capped) == [0, 0, 1, 0]
    assert marks(found.crossed) == [0] * 4


def test_bounds_have_a_column_for_every_district() -> None:
    found = made(declared(Figure.constant(Fraction(2))), declared(Figure.constant(Fraction(3))))
    assert found.floor.value.tolist() == [[2] * 4]
    assert found.cap.value.tolist() == [[3] * 4]


def test_bounds_of_several_scenarios_keep_to_their_rows() -> None:
    floor = declared(told([1.0, NONE], [5.0, 2.0]))
    cap = declared(told([4.0, 4.0], [4.0, NONE]))
    found = bounds(floor, cap, None, np.array([[True, True]]), told([9.0, 9.0], [8.0, 8.0]))
    assert found.floor.value.tolist() == [[1, 0], [5, 2]]
    assert found.cap.value.tolist() == [[4, 4], [5, 8]]
    assert found.crossed.tolist() == [[False, False], [True, False]]


@pytest.mark.parametrize("error", [0.0, 0.5])
def test_claims_are_brought_inside_their_bounds_decided_exactly(error: float) -> None:
    claim = told([2.0, 5.0, 9.0, 5.0], error=error)
    found = clipped(claim, says(3, NONE, 1, 5), says(8, 4, 7, 5))
    assert values(found) == [3, 4, 7, 5]
    assert values(clipped(claim, None, says(NONE, NONE, 8, 5))) == [2, 5, 8, 5]
    assert values(clipped(claim, says(NONE, 6, 8, 5), None)) == [2, 6, 9, 5]
    assert values(clipped(claim, None, None)) == [2, 5, 9, 5]


def test_of_a_claims_floor_above_its_cap_the_floor_counts() -> None:
    claim = told([2.0, 5.0, 9.0, 5.0])
    assert values(clipped(claim, says(6, 6, 6, NONE), says(4, 4, 4, 4))) == [6, 6, 6, 4]


def test_a_bound_that_is_not_there_does_not_clip_as_its_zero() -> None:
    claim = told([-2.0, 5.0, -9.0, 5.0])
    assert values(clipped(claim, says(NONE, MISSING, -3, NONE), says(NONE, MISSING, NONE, 4))) == [
        *(-2, 5, -3, 4)
    ]
