"""Columns of fractions: the same answers as Python's fractions, one by one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.rationals import Rationals

fraction = st.fractions(min_value=-(10**18), max_value=10**18, max_denominator=10**9)
whole = st.integers(-(10**18), 10**18).map(Fraction)
column = st.lists(fraction, max_size=8) | st.lists(whole, max_size=8)
pairs = st.lists(st.tuples(fraction, fraction), min_size=1, max_size=8)


def columns(pairs: list[tuple[Fraction, Fraction]]) -> tuple[Rationals, Rationals]:
    left, right = zip(*pairs, strict=True)
    return Rationals.from_fractions(left), Rationals.from_fractions(right)


@given(column)
def test_fractions_come_back_as_they_went_in(values: list[Fraction]) -> None:
    assert Rationals.from_fractions(values).fractions() == values


@given(column)
def test_a_common_denominator_changes_no_figure(values: list[Fraction]) -> None:
    shared = Rationals.sharing(values)
    assert isinstance(shared.denominators, int)
    assert shared.fractions() == values


def test_a_common_denominator_that_would_be_long_is_not_made() -> None:
    values = [Fraction(1, 3**400 + number) for number in range(20)]
    assert not isinstance(Rationals.sharing(values).denominators, int)
    assert Rationals.sharing(values).fractions() == values


@given(column)
def test_floats_are_as_near_as_they_say(values: list[Fraction]) -> None:
    for held in (Rationals.from_fractions(values), Rationals.sharing(values)):
        figures = zip(held.floats(), held.float_error(), values, strict=True)
        for near, error, figure in figures:
            assert near == float(figure)
            assert abs(Fraction(near) - figure) <= Fraction(error)


def test_a_float_that_is_the_figure_has_no_error() -> None:
    held = Rationals.sharing([Fraction("2583560970.25"), Fraction(10**30, 7), Fraction(-3)])
    assert (held.float_error() > 0).tolist() == [False, True, False]
    tenths = Rationals.sharing([Fraction("214212.5"), Fraction("0.1"), Fraction(2**60 + 1)])
    assert (tenths.float_error() > 0).tolist() == [False, True, True]


@given(pairs)
def test_arithmetic_is_that_of_fractions(pairs: list[tuple[Fraction, Fraction]]) -> None:
    left, right = columns(pairs)
    assert (left + right).fractions() == [a + b for a, b in pairs]
    assert (left - right).fractions() == [a - b for a, b in pairs]
    assert (left * right).fractions() == [a * b for a, b in pairs]
    assert (-left).fractions() == [-a for a, _ in pairs]


@given(pairs)
def test_division_keeps_denominators_positive(pairs: list[tuple[Fraction, Fraction]]) -> None:
    pairs = [(a, b) for a, b in pairs if b] or [(Fraction(1), Fraction(-3))]
    left, right = columns(pairs)
    quotient = left / right
    assert quotient.fractions() == [a / b for a, b in pairs]
    assert np.all(np.asarray(quotient.denominators) > 0)


@given(column, fraction)
def test_a_single_number_meets_every_element(values: list[Fraction], other: Fraction) -> None:
    held = Rationals.from_fractions(values)
    assert (held + other).fractions() == [value + other for value in values]
    assert (other - held).fractions() == [other - value for value in values]
    assert (3 * held).fractions() == [3 * value for value in values]
    if other:
        assert (held / other).fractions() == [value / other for value in values]


@given(pairs)
def test_comparison_is_exact(pairs: list[tuple[Fraction, Fraction]]) -> None:
    left, right = columns([*pairs, (pairs[0][0], pairs[0][0])])
    expected = [(a > b) - (a < b) for a, b in pairs] + [0]
    assert left.sign_of_difference(right).tolist() == expected


def test_comparison_sees_what_float64_does_not() -> None:
    left = Rationals.from_fractions([Fraction(10**18 + 1, 3)])
    assert left.sign_of_difference(Fraction(10**18, 3)).tolist() == [1]


@given(column)
def test_the_sum_is_that_of_fractions(values: list[Fraction]) -> None:
    assert Rationals.from_fractions(values).sum() == sum(values, Fraction(0))


@given(column)
def test_the_floor_is_the_whole_number_below(values: list[Fraction]) -> None:
    floors = Rationals.from_fractions(values).floor().tolist()
    assert floors == [value.numerator // value.denominator for value in values]


@given(st.lists(fraction, min_size=1, max_size=9))
def test_greatest_and_least_are_found(values: list[Fraction]) -> None:
    held = Rationals.from_fractions(values)
    assert (held.greatest(), held.least()) == (max(values), min(values))


@given(column)
def test_floats_are_the_nearest(values: list[Fraction]) -> None:
    assert Rationals.from_fractions(values).floats().tolist() == [float(v) for v in values]


@given(st.lists(fraction, min_size=1, max_size=9), st.data())
def test_elements_can_be_taken_and_put_back(values: list[Fraction], data: st.DataObject) -> None:
    held = Rationals.from_fractions(values)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))))
    parts = [
        (places, held.take(places)) for places in (np.flatnonzero(mask), np.flatnonzero(~mask))
    ]
    assert Rationals.assembled(len(values), parts).fractions() == values


def test_places_that_no_part_fills_are_zero() -> None:
    part = Rationals.repeated(Fraction(2, 3), 1)
    assert Rationals.assembled(2, [(np.array([1]), part)]).fractions() == [0, Fraction(2, 3)]
    assert Rationals.assembled(1, []).fractions() == [0]


def test_decimals_become_fractions() -> None:
    held = Rationals.from_decimals(Decimals(np.array([125, -3], dtype=np.int64), 2))
    assert held.fractions() == [Fraction(5, 4), Fraction(-3, 100)]


def test_an_empty_column_adds_up_to_nothing() -> None:
    empty = Rationals.from_fractions([])
    assert len(empty) == 0
    assert empty.sum() == 0
    assert (empty / Fraction(3) + 1).fractions() == []


def test_long_numbers_are_reduced() -> None:
    held = Rationals.from_fractions([Fraction(10**400 + 1, 10**400), Fraction(1, 3)])
    product = held
    for _ in range(6):
        product = product * held / held
    assert product.fractions() == held.fractions()
    assert max(d.bit_length() for d in np.asarray(product.denominators).tolist()) < 4100


def test_a_long_sum_of_ratios_is_right_to_190_digits_in_any_order() -> None:
    ratios = [Fraction(n + 1, 10**9 + 7 * n) for n in range(400)]
    total = Rationals.from_fractions(ratios).sum()
    exact = sum(ratios)
    assert abs(total - exact) < exact / 10**185
    assert total.denominator.bit_length() <= 700
    assert Rationals.from_fractions(ratios[::-1]).sum() == total
    short = Rationals.from_fractions(ratios[:100])
    assert short.sum() == sum(ratios[:100])
