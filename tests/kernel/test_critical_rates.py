"""Critical rates of Webster's method: what floats say of them holds at the ends of all errors."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import floor
from typing import Any

import numpy as np
import pytest

from tests.kernel.by_hand import Case, ExactFit, rounded_by_hand
from transfers.kernel.rounding import round_to_total
from transfers.kernel.webster import _Claims, _exact_order, _following, _order_by_critical_rate

F = Fraction
LARGEST = float(np.finfo(np.float64).max)


def claims(
    weight: float,
    weight_error: float,
    offset: float,
    offset_error: float,
    lower: int = -(10**9),
    upper: int = 10**9,
) -> _Claims:
    floats = [np.array([[x]]) for x in (weight, weight_error, offset, offset_error)]
    return _Claims(*floats, np.array([[lower]]), np.array([[upper]]))


def ends(value: float, error: float) -> list[Fraction]:
    return [F(value) - F(error), F(value), F(value) + F(error)]


def passed(rate: Fraction, weight: Fraction, offset: Fraction) -> int:
    """Units y whose critical rates (y - 1/2 + offset) / weight are not above the rate."""
    return floor(rate * weight - offset + F(1, 2))


@pytest.mark.parametrize(("weight_error", "offset_error"), [(0.0, 0.0), (0.01, 0.0), (0.0, 0.2)])
def test_units_passed_are_bounded_from_both_sides_at_the_ends_of_errors(
    weight_error: float, offset_error: float
) -> None:
    draw = np.random.default_rng(4)
    for _ in range(300):
        weight, offset = draw.uniform(0.5, 9), float(draw.choice([0.0, draw.uniform(-9, 9)]))
        rate = draw.uniform(-40, 40)
        if draw.random() < 0.5:  # at a critical rate, as floats have it
            rate = (round(rate) + 0.5 + offset) / weight
        ours = claims(weight, weight_error, offset, offset_error)
        rates = np.array([[rate]])
        most, least = int(ours.at_rate(rates, 1)[0, 0]), int(ours.at_rate(rates, -1)[0, 0])
        exact = [
            passed(F(rate), *pair)
            for pair in product(ends(weight, weight_error), ends(offset, offset_error))
        ]
        assert least <= min(exact) <= max(exact) <= most
        # And no further apart than the errors are: a unit of error for each, and their size.
        reach = abs(rate) * weight_error + offset_error
        assert most <= floor(rate * weight - offset + 0.5 + 1.001 * reach + 1e-9)
        assert least >= floor(rate * weight - offset + 0.5 - 1.001 * reach - 1e-9)


def test_units_passed_stay_inside_their_bounds_and_inside_what_can_be_counted() -> None:
    ours = claims(2.0, 0.0, 1.0, 0.0, lower=3, upper=7)
    assert [int(ours.at_rate(np.array([[r]]), 1)[0, 0]) for r in (0.0, 3.0, 99.0)] == [3, 5, 7]
    wide = claims(1e200, 0.0, 0.0, 0.0, lower=-(2**62), upper=2**62)
    assert int(wide.at_rate(np.array([[1e9]]), 1)[0, 0]) == 2**62
    assert int(wide.at_rate(np.array([[-1e9]]), 1)[0, 0]) == -(2**62)


@pytest.mark.parametrize("weight_error", [0.0, 0.01])
@pytest.mark.parametrize("offset_error", [0.0, 0.2])
def test_critical_rates_are_enclosed_at_the_ends_of_errors(
    weight_error: float, offset_error: float
) -> None:
    draw = np.random.default_rng(6)
    for _ in range(200):
        weight, offset = draw.uniform(0.5, 9), float(draw.choice([0.0, draw.uniform(-9, 9)]))
        units = int(draw.integers(-20, 20))
        ours = claims(weight, weight_error, offset, offset_error)
        low, high = (float(x[0, 0]) for x in ours.critical_rates(np.array([[units]])))
        exact = [
            (units + F(1, 2) + b) / a
            for a, b in product(ends(weight, weight_error), ends(offset, offset_error))
        ]
        assert F(low) <= min(exact) <= max(exact) <= F(high)
        rate = (units + 0.5 + offset) / weight
        width = (offset_error + abs(rate) * weight_error) / (weight - weight_error)
        assert high - low <= 2.001 * width + 1e-12


@pytest.mark.parametrize(
    ("weight", "weight_error", "offset", "offset_error", "found"),
    [
        (0.0, 0.0, 3.0, 0.0, (LARGEST, np.inf)),  # needs money, has no weight: after everybody
        (0.0, 0.0, -3.0, 0.0, (-np.inf, -LARGEST)),  # an offset gives it: before everybody
        (0.0, 0.0, -0.5, 0.0, (-np.inf, np.inf)),  # needs exactly nothing: not for floats
        (0.0, 0.0, 3.0, 4.0, (-np.inf, np.inf)),
        (0.0, 0.0, -3.0, 4.0, (-np.inf, np.inf)),
        (1.0, 1.0, 3.0, 0.0, (-np.inf, np.inf)),  # whose weight may be 0
        (0.0, 0.5, 3.0, 0.0, (-np.inf, np.inf)),
        (1.0, 2.0, 3.0, 0.0, (-np.inf, np.inf)),
    ],
)
def test_of_a_weight_that_is_or_may_be_zero_only_the_sure_is_said(
    weight: float,
    weight_error: float,
    offset: float,
    offset_error: float,
    found: tuple[float, float],
) -> None:
    ours = claims(weight, weight_error, offset, offset_error)
    low, high = ours.critical_rates(np.array([[0]]))
    assert (low[0, 0], high[0, 0]) == found


def test_a_search_goes_by_newton_inside_and_halves_or_strides_outside() -> None:
    def following(rate: float, aim: float, slope: float, low: float, high: float, n: int) -> float:
        parts = [np.array([[x]]) for x in (rate, aim, slope, low, high)]
        return float(_following(*parts, n)[0, 0])

    assert following(2.0, 6.0, 3.0, 1.0, 9.0, 0) == 4.0
    assert following(2.0, 6.0, 3.0, 1.0, 9.0, 3) == 5.0  # every fourth time by halving
    assert following(2.0, 60.0, 3.0, 1.0, 9.0, 0) == 5.0
    assert following(2.0, 6.0, 0.0, 1.0, np.inf, 0) > 9.0
    assert following(2.0, -6.0, 0.0, -np.inf, 9.0, 0) < -5.0
    assert following(0.0, 1.0, 0.0, 0.0, np.inf, 0) > 0.0


def order_of(case: Case, members: list[int], before: list[int], multiple: int = 1) -> list[int]:
    task: Any = type("Task", (), {})()
    task.fit = ExactFit([case], 0.0, np.random.default_rng(0))
    task.multiple = multiple
    places = np.array(members, dtype=np.intp)
    found = _order_by_critical_rate(task, 0, places, np.array(before))
    return [int(x) for x in found]


def test_the_exact_order_of_critical_rates_is_that_of_fractions() -> None:
    """(y + 1/2) / a: 1/2 / 1, 3/2 / 3, 1/2 / 3, 5/2 / 1; equal ones have one place."""
    case = Case([F(1), F(3)], None, [F(0)] * 2, [F(99)] * 2, [9], [0] * 2)
    assert order_of(case, [0, 1, 1, 0], [0, 1, 0, 2]) == [1, 1, 0, 2]
    offsets = Case([F(1), F(3)], [F(4), F(0)], [F(0)] * 2, [F(99)] * 2, [9], [0] * 2)
    # (1/2 + 4) / 1 = 9/2 and (27/2) / 3 = 9/2; in fives (5/2 + 4) / 1 and (135/2) / 3.
    assert order_of(offsets, [0, 1], [0, 13]) == [0, 0]
    assert order_of(offsets, [0, 1], [0, 13], 5) == [0, 1]
    assert order_of(offsets, [0, 1], [0, 1], 5) == [1, 0]  # 13/2 and 5/2


def test_those_without_weight_come_first_for_what_they_are_owed_and_last_for_more() -> None:
    case = Case([F(0), F(2), F(0)], [F(-3), F(0), F(-3)], [F(0)] * 3, [F(99)] * 3, [9], [0] * 3)
    # Units 1 to 3 of the first are owed, the fourth is not; 5/2 - 3 comes before 1/2 ... in order.
    assert order_of(case, [0, 1, 0, 2, 0], [2, 0, 3, 0, 4]) == [1, 2, 3, 0, 4]
    half = Case([F(0), F(1)], [F(-1, 2), F(0)], [F(0)] * 2, [F(9)] * 2, [9], [0] * 2)
    assert order_of(half, [0, 1], [0, 0]) == [0, 1]  # owed exactly: first


def test_all_alike_have_no_order() -> None:
    case = Case([F(2)] * 3, None, [F(0)] * 3, [F(99)] * 3, [9], [0] * 3)
    task: Any = type("Task", (), {})()
    task.fit, task.multiple = ExactFit([case], 0.0, np.random.default_rng(0)), 1
    three = np.arange(3, dtype=np.intp)
    assert _exact_order(task, 0, three, np.array([4, 4, 4])) is None
    found = _exact_order(task, 0, three, np.array([4, 2, 4]))
    assert found is not None and found.tolist() == [1, 0, 1]


@pytest.mark.parametrize("blur", [0.0, 1e-9, 0.3])
@pytest.mark.parametrize("multiple", [1, 7])
def test_several_groups_and_scenarios_get_what_unit_by_unit_gives(
    blur: float, multiple: int
) -> None:
    draw = np.random.default_rng(31)
    n, of = 14, [0, 1] * 7
    cases = []
    for _ in range(3):
        weights = [F(int(x), 3) for x in draw.integers(0, 40, n)]
        offsets = [F(int(x), 2) for x in draw.integers(-20, 30, n)]
        floors = [F(int(x), 2) for x in draw.integers(0, 30, n)]
        caps = [x + F(int(y), 2) for x, y in zip(floors, draw.integers(0, 600, n), strict=True)]
        totals = [
            int(sum((floors[i] for i in range(g, n, 2)), F(0))) + int(draw.integers(100, 400))
            for g in (0, 1)
        ]
        cases.append(Case(weights, offsets, floors, caps, totals, of))
    keys = [int(k) for k in draw.permutation(n)]
    by_hand = ExactFit(cases, blur, draw)
    paid = round_to_total(
        by_hand.as_fit,
        np.array([case.totals for case in cases], dtype=np.int64),
        "webster",
        key_order=np.array(keys, dtype=np.intp),
        multiple=multiple,
    )
    for s in range(3):
        wanted = rounded_by_hand(by_hand, s, "webster", multiple, keys, [F(0)] * n)
        assert paid.amounts[s].tolist() == wanted.amounts
        assert paid.unplaced[s].tolist() == wanted.unplaced
