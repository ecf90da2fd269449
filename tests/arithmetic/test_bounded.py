"""Figures with a bound on their error: whatever is done with them, the bound holds."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import Bounded, Span
from transfers.arithmetic.decimals import Decimals

Row = list[Fraction]
Exactly = tuple[Bounded, Row]

OPERATIONS: dict[str, tuple[Callable[[Bounded, Bounded], Bounded], Callable[..., Fraction]]] = {
    "+": (bounded.add, lambda a, b: a + b),
    "-": (bounded.subtract, lambda a, b: a - b),
    "*": (bounded.multiply, lambda a, b: a * b),
    "/": (bounded.divide, lambda a, b: a / b),
}


def by_size(row: Row) -> Bounded:
    """Return figures whose floats are the nearest, which err by a part of their size."""
    value = np.array([[float(figure) for figure in row]])
    size = np.abs(value)
    span = Span(
        float(size[size > 0].min(initial=1.0)),
        float(size.max()),
        bool((value < 0).any()),
        bool((value == 0).any()),
    )
    return Bounded.of_ratio(value, 2.0**-53, span)


def decimal(row: Row) -> Bounded:
    decimals = Decimals.from_fractions(row)
    assert decimals is not None
    return Bounded.of_decimals(Decimals(decimals.mantissas[None], decimals.places))


numbers = st.integers(-(10**6), 10**6) | st.integers(0, 3)


@st.composite
def figures(draw: st.DrawFn, size: int = 5) -> Exactly:
    drawn = draw(st.lists(numbers, min_size=size, max_size=size))
    if draw(st.booleans()):
        row = [Fraction(number, 100) for number in drawn]
        return decimal(row), row
    row = [Fraction(number, draw(st.sampled_from([1, 3, 7, 10**9]))) for number in drawn]
    if draw(st.booleans()):
        row = [abs(figure) for figure in row]
    return by_size(row), row


def assert_bounds(found: Bounded, exact: Row) -> None:
    value = np.broadcast_to(found.value, (1, len(exact)))[0].tolist()
    error = np.broadcast_to(found.error, (1, len(exact)))[0].tolist()
    for figure, bound, expected in zip(value, error, exact, strict=True):
        if np.isnan(figure):
            continue
        assert abs(Fraction(figure) - expected) <= Fraction(bound)
        if found.ratio is not None:
            assert abs(Fraction(figure) - expected) <= Fraction(found.ratio) * abs(Fraction(figure))
        span = found.span
        if span is not None:
            assert expected == 0 or Fraction(span.least) <= abs(expected) * (1 + Fraction(1, 10**9))
            assert abs(expected) <= Fraction(span.most) * (1 + Fraction(1, 10**9))
            assert span.below or expected >= 0
            assert span.zero or expected != 0


@pytest.mark.parametrize("operation", OPERATIONS)
@given(figures(), figures(), figures())
def test_bounds_hold_through_two_operations(
    operation: str, one: Exactly, other: Exactly, third: Exactly
) -> None:
    run, exactly = OPERATIONS[operation]
    if operation == "/" and (0 in other[1] or 0 in third[1]):
        return
    first, second = run(one[0], other[0]), list(map(exactly, one[1], other[1]))
    assert_bounds(first, second)
    assert_bounds(run(first, third[0]), list(map(exactly, second, third[1])))


@given(st.lists(figures(), min_size=1, max_size=12))
def test_a_long_sum_is_bounded_and_leaves_its_parts_alone(parts: list[Exactly]) -> None:
    before = [part.value.tobytes() for part, _ in parts]
    total = bounded.add_all([part for part, _ in parts])
    assert_bounds(
        total, [sum(column, Fraction(0)) for column in zip(*(r for _, r in parts), strict=True)]
    )
    assert [part.value.tobytes() for part, _ in parts] == before


@given(figures(), figures(), st.lists(st.booleans(), min_size=5, max_size=5))
def test_what_is_chosen_keeps_its_bound(one: Exactly, other: Exactly, mask: list[bool]) -> None:
    chosen = bounded.chosen_from(np.array([mask]), one[0], other[0])
    assert_bounds(
        chosen, [a if yes else b for yes, a, b in zip(mask, one[1], other[1], strict=True)]
    )


def test_a_missing_figure_takes_away_what_was_known_of_sizes() -> None:
    gap = bounded.from_decimals(Decimals(np.array([[1, 2]])), np.array([[False, True]]))
    assert not gap.whole and gap.span is None and gap.missing.tolist() == [[False, True]]
    total = bounded.add(gap, bounded.constant(Fraction(1)))
    assert total.value[0, 0] == 2 and np.isnan(total.value[0, 1])


def test_products_too_small_for_float64_are_not_said_to_err_by_a_part_of_their_size() -> None:
    tiny = Bounded.of_ratio(np.array([[1e-200]]), 2.0**-53, Span(1e-200, 1e-200, False, False))
    product = bounded.multiply(tiny, tiny)
    assert product.ratio is None and product.error[0, 0] > 0


@given(st.lists(numbers, min_size=1, max_size=6), st.lists(numbers, min_size=1, max_size=6))
def test_limits_of_decimals_hold_whatever_was_done(left: list[int], right: list[int]) -> None:
    one = Decimals(np.array(left, dtype=np.int64)[:, None], 1)
    other = Decimals(np.array(right, dtype=np.int64)[None], 2)
    for found in (
        *(one.add(other), one.subtract(other), one.multiply(other), one.negate()),
        one.extreme(other, smallest=True),
        one.extreme(other, smallest=False),
    ):
        assert found is not None
        low, high = found.limits
        assert low <= found.mantissas.min() and found.mantissas.max() <= high
    above = [[Fraction(a, 10) > Fraction(b, 100) for b in right] for a in left]
    assert one.exceeds(other).tolist() == above


def test_limits_that_are_too_wide_do_not_keep_decimals_from_fitting() -> None:
    wide = Decimals.within(np.array([3]), 0, (0, 2**62))
    product = wide.multiply(Decimals(np.array([5])))
    assert product is not None and product.mantissas.tolist() == [15]
    assert wide.float_ratio == 0.0
