"""Bounded floats: wherever the exact figures lie within their bounds, so does the result."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.arithmetic import bounded, roots
from transfers.arithmetic.bounded import Bounded

FLOATS = st.one_of(
    st.floats(-1e12, 1e12, allow_subnormal=False),
    st.integers(-20, 20).map(float),
    st.sampled_from([0.1, 1 / 3, 1e-9, -1e-9, 1e30, 2.0**53 + 2, -0.3]),
)
# How wide the bound is, relative to the figure, and where in it the exact figure lies.
WIDTHS = st.sampled_from([0.0, 1e-17, 1e-16, 1e-9, 1e-3, 0.4])
PLACES = st.fractions(-1, 1, max_denominator=16)


@st.composite
def figures(draw: st.DrawFn) -> tuple[Bounded, Fraction]:
    """Return a figure that is not held as a decimal, and an exact one within its bound."""
    value = draw(FLOATS)
    error = abs(value) * draw(WIDTHS)
    exact = Fraction(value) + Fraction(error) * draw(PLACES)
    return Bounded(np.array([[value]]), np.array([[error]])), exact


def holds(found: Bounded, exact: Fraction) -> bool:
    """Tell whether the exact figure is within the bound; a missing figure says nothing."""
    value, error = float(found.value[0, 0]), float(np.broadcast_to(found.error, (1, 1))[0, 0])
    return np.isnan(value) or abs(Fraction(value) - exact) <= Fraction(error)


@pytest.mark.parametrize(
    ("operation", "exactly"),
    [
        (bounded.add, lambda a, b: a + b),
        (bounded.subtract, lambda a, b: a - b),
        (bounded.multiply, lambda a, b: a * b),
        (bounded.divide, lambda a, b: a / b if b else None),
    ],
    ids=["add", "subtract", "multiply", "divide"],
)
@given(left=figures(), right=figures())
def test_arithmetic_keeps_the_exact_figure_within_the_bound(
    operation: Callable[[Bounded, Bounded], Bounded],
    exactly: Callable[[Fraction, Fraction], Fraction | None],
    left: tuple[Bounded, Fraction],
    right: tuple[Bounded, Fraction],
) -> None:
    exact = exactly(left[1], right[1])
    found = operation(left[0], right[0])
    assert exact is None or holds(found, exact)


@pytest.mark.parametrize(
    ("operation", "exactly"),
    [
        (bounded.square_root, roots.square_root),
        (bounded.exponential, roots.exponential),
        (bounded.logarithm, roots.logarithm),
    ],
    ids=["sqrt", "exp", "log"],
)
@given(figure=figures())
def test_roots_and_logarithms_keep_the_exact_figure_within_the_bound(
    operation: Callable[[Bounded], Bounded],
    exactly: Callable[[Fraction], Fraction | None],
    figure: tuple[Bounded, Fraction],
) -> None:
    exact = exactly(figure[1])
    found = operation(figure[0])
    assert exact is None or holds(found, exact)


@given(figures(), st.integers(-8, 8))
def test_whole_powers_keep_the_exact_figure_within_the_bound(
    figure: tuple[Bounded, Fraction], exponent: int
) -> None:
    found = bounded.whole_power(figure[0], exponent)
    if figure[1] or exponent >= 0:
        assert holds(found, figure[1] ** exponent)


@given(figures(), figures())
def test_a_comparison_that_is_decided_is_that_of_the_exact_figures(
    left: tuple[Bounded, Fraction], right: tuple[Bounded, Fraction]
) -> None:
    sign, undecided = bounded.sign_of_difference(left[0], right[0])
    if not undecided[0, 0]:
        assert sign[0, 0] == (left[1] > right[1]) - (left[1] < right[1])


def test_what_overflows_is_missing_and_nothing_is_infinite() -> None:
    huge = Bounded(np.array([[1e300]]), np.array([[0.0]]))
    assert bounded.multiply(huge, huge).missing.all()
    assert bounded.exponential(Bounded(np.array([[1000.0]]), np.array([[0.0]]))).missing.all()
