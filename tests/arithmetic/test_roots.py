"""Roots and powers of fractions: exact where they can be, else to fifty digits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.arithmetic.roots import (
    DIGITS,
    exponential,
    logarithm,
    power,
    round_to_digits,
    square_root,
)

positive = st.fractions(min_value=Fraction(1, 10**12), max_value=10**12)
HALF_A_DIGIT = Fraction(1, 2 * 10 ** (DIGITS - 1))

# From published tables of constants, to fifty significant digits.
ROOT_OF_TWO = "1.4142135623730950488016887242096980785696718753769"
E = "2.7182818284590452353602874713526624977572470937000"
LOGARITHM_OF_TWO = "0.69314718055994530941723212145817656807550013436026"
CUBE_ROOT_OF_TWO = "1.2599210498948731647672106072782283505702514647015"


def test_known_constants_come_out_to_fifty_digits() -> None:
    assert square_root(Fraction(2)) == Fraction(ROOT_OF_TWO)
    assert exponential(Fraction(1)) == Fraction(E)
    assert logarithm(Fraction(2)) == Fraction(LOGARITHM_OF_TWO)
    assert power(Fraction(2), Fraction(1, 3)) == Fraction(CUBE_ROOT_OF_TWO)


def test_the_root_of_a_square_is_exact() -> None:
    assert square_root(Fraction(49, 10**6)) == Fraction(7, 1000)
    assert square_root(Fraction(0)) == 0


def test_whole_powers_are_multiplied_out() -> None:
    assert power(Fraction(21, 20), Fraction(5)) == Fraction(4084101, 3200000)
    assert power(Fraction(-3), Fraction(3)) == -27
    assert power(Fraction(2), Fraction(-10)) == Fraction(1, 1024)


def test_a_fractional_power_that_is_a_fraction_is_exact() -> None:
    assert power(Fraction(32, 243), Fraction(3, 5)) == Fraction(8, 27)
    assert power(Fraction(4, 9), Fraction(-1, 2)) == Fraction(3, 2)


def test_a_long_whole_power_agrees_with_multiplying_out() -> None:
    base = Fraction(10001, 10000)
    assert power(base, Fraction(5000)) == round_to_digits(base**5000)
    assert power(-base, Fraction(5001)) == -round_to_digits(base**5001)


@pytest.mark.parametrize(
    "undefined",
    [
        square_root(Fraction(-1)),
        logarithm(Fraction(0)),
        logarithm(Fraction(-2)),
        power(Fraction(0), Fraction(-1)),
        power(Fraction(-8), Fraction(1, 3)),
    ],
)
def test_what_has_no_answer_is_undefined(undefined: Fraction | None) -> None:
    assert undefined is None


@pytest.mark.parametrize(
    "too_large",
    [
        exponential(Fraction(922)),
        exponential(Fraction(10**90)),
        power(Fraction(10), Fraction(301)),
        power(Fraction(7), Fraction(10**99)),
        power(Fraction(10**18 + 1, 10**18), Fraction(10**60)),
        power(Fraction(3), Fraction(10**301)),
    ],
)
def test_what_is_too_large_is_undefined(too_large: Fraction | None) -> None:
    assert too_large is None


def test_a_power_too_small_to_be_told_from_nothing_is_nothing() -> None:
    assert exponential(Fraction(-922)) == 0
    assert power(Fraction(10), Fraction(-301)) == 0
    assert power(Fraction(7), Fraction(-(10**99))) == 0


def test_the_largest_answers_are_still_given() -> None:
    assert power(Fraction(10), Fraction(300)) == 10**300
    assert exponential(Fraction(690)) is not None


def test_zero_to_the_power_zero_is_one() -> None:
    assert power(Fraction(0), Fraction(0)) == 1
    assert power(Fraction(0), Fraction(5)) == 0


def test_a_logarithm_very_near_one_keeps_its_fifty_digits() -> None:
    tiny = Fraction(1, 10**60)
    # ln(1 + t) = t - t**2 / 2 + ..., and t**2 / 2 lies beyond the fiftieth digit.
    assert logarithm(1 + tiny) == tiny


def test_rounding_goes_half_to_even() -> None:
    assert round_to_digits(Fraction(125), 2) == 120
    assert round_to_digits(Fraction(135), 2) == 140
    assert round_to_digits(Fraction(-125), 2) == -120
    assert round_to_digits(Fraction(999, 1000), 2) == 1


@given(positive)
def test_a_root_squared_comes_back_within_the_last_digit(value: Fraction) -> None:
    root = square_root(value)
    assert root is not None
    assert (root * (1 - HALF_A_DIGIT)) ** 2 <= value <= (root * (1 + HALF_A_DIGIT)) ** 2
    assert root * root == value or root == round_to_digits(root)


@given(positive)
def test_a_root_is_the_power_of_one_half(value: Fraction) -> None:
    root = square_root(value)
    assert root is not None
    assert root == power(value, Fraction(1, 2))


@given(positive)
def test_exponential_undoes_logarithm(value: Fraction) -> None:
    exponent = logarithm(value)
    assert exponent is not None
    back = exponential(exponent)
    assert back is not None
    assert abs(back - value) <= value * Fraction(1, 10**47)


@given(positive, st.integers(-30, 30))
def test_whole_powers_are_those_of_fractions(base: Fraction, exponent: int) -> None:
    expected = base**exponent
    if expected > 10**300:
        assert power(base, Fraction(exponent)) is None
    elif expected < Fraction(1, 10**300):
        assert power(base, Fraction(exponent)) == 0
    else:
        assert power(base, Fraction(exponent)) == expected
