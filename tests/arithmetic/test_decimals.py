"""Decimals are exact, and say None where int64 could not hold the answer."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.arithmetic.decimals import (
    MAX_PLACES,
    Decimals,
    decimal_places,
    format_decimal,
    parse_decimal,
    written_as_number,
)

LARGEST = 2**63 - 1
mantissas = st.one_of(
    st.integers(-1000, 1000),
    st.integers(-LARGEST - 1, LARGEST),
    st.sampled_from([0, 2**53, 2**53 + 1, -(2**53) - 1, LARGEST, -LARGEST, -LARGEST - 1]),
)
places = st.integers(0, MAX_PLACES)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Decimals, Decimals]:
    """Two arrays of the same length, of any size and any places."""
    n = draw(st.integers(0, 6))
    rows = [draw(st.lists(mantissas, min_size=n, max_size=n)) for _ in range(2)]
    left, right = (Decimals(np.array(row, dtype=np.int64), draw(places)) for row in rows)
    return left, right


def exact(decimals: Decimals) -> list[Fraction]:
    return [Fraction(m, 10**decimals.places) for m in decimals.mantissas.ravel().tolist()]


class TestParse:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("0", Fraction(0)),
            ("-12.50", Fraction(-25, 2)),
            ("+3", Fraction(3)),
            (".5", Fraction(1, 2)),
            ("12.5%", Fraction(1, 8)),
            ("1e3", Fraction(1000)),
            ("2.5E-1", Fraction(1, 4)),
            ("1e2%", Fraction(1)),
            ("0.1", Fraction(1, 10)),
            ("9" * 60, Fraction(10**60 - 1)),
            ("1e-99", Fraction(1, 10**99)),
            ("-0", Fraction(0)),
        ],
    )
    def test_a_number_is_read_exactly(self, text: str, value: Fraction) -> None:
        assert parse_decimal(text) == value

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "-",
            ".",
            "%",
            "5.",
            "1,234",
            " 1",
            "1 ",
            "1\n",
            "nan",
            "inf",
            "0x10",
            "1_000",
            "１２",
            "٣",
        ],
    )
    def test_what_is_not_a_number_is_refused(self, text: str) -> None:
        assert parse_decimal(text) is None
        assert not written_as_number(text)

    @pytest.mark.parametrize(
        "text", ["1e", "e5", "--1", "1.2.3", "1%%", "一", "1/2", "−1", "1e+-5"]
    )
    def test_what_only_looks_like_a_number_is_refused(self, text: str) -> None:
        assert parse_decimal(text) is None
        assert not written_as_number(text)

    @pytest.mark.parametrize(
        "text", ["9" * 61, "0." + "1" * 60, "1e100", "1e-100", "1e99999999", "1e0000"]
    )
    def test_a_number_too_long_to_hold_is_refused_though_it_is_a_number(self, text: str) -> None:
        assert parse_decimal(text) is None
        assert written_as_number(text)

    def test_a_very_long_number_is_refused_without_converting_it(self) -> None:
        assert parse_decimal("9" * 10_000_000) is None

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
    def test_every_plain_decimal_is_read_back(self, value: object) -> None:
        assert parse_decimal(f"{value:f}") == Fraction(f"{value:f}")


@given(st.fractions(max_denominator=10**6))
def test_decimal_places_is_the_fewest_that_write_the_value(value: Fraction) -> None:
    needed = decimal_places(value)
    ends = [p for p in range(21) if (value * 10**p).denominator == 1]
    assert needed == (ends[0] if ends else None)


@given(st.integers(-(10**20), 10**20), st.integers(0, 30))
def test_a_written_decimal_reads_back_as_the_same(mantissa: int, scale: int) -> None:
    value = Fraction(mantissa, 10**scale)
    assert parse_decimal(format_decimal(value)) == value


class TestFractions:
    @given(st.lists(st.tuples(st.integers(-(10**12), 10**12), st.integers(0, 6)), max_size=8))
    def test_from_fractions_and_back_is_the_same(self, parts: list[tuple[int, int]]) -> None:
        values = [Fraction(m, 10**p) for m, p in parts]
        decimals = Decimals.from_fractions(values)
        assert decimals is not None
        assert decimals.fractions() == values

    @pytest.mark.parametrize(
        "values",
        [
            [Fraction(1, 3)],
            [Fraction(2**63)],
            [Fraction(1, 10**23)],
            [Fraction(10**18), Fraction(1, 100)],
        ],
    )
    def test_what_does_not_fit_is_none(self, values: list[Fraction]) -> None:
        assert Decimals.from_fractions(values) is None

    def test_indices_choose_from_the_flattened_array(self) -> None:
        decimals = Decimals(np.array([[10, 25], [30, 5]]), 1)
        assert decimals.fractions([1, 3]) == [Fraction(5, 2), Fraction(1, 2)]
        assert decimals.take([1]).mantissas.tolist() == [[25], [5]]

    def test_a_float_array_or_too_many_places_are_not_decimals(self) -> None:
        with pytest.raises(ValueError, match="float64"):
            Decimals(np.array([1.5]), 0)
        with pytest.raises(ValueError, match="23 places"):
            Decimals(np.array([1]), 23)


class TestFloats:
    @given(pairs())
    def test_floats_are_the_nearest_and_the_error_bounds_them(
        self, pair: tuple[Decimals, Decimals]
    ) -> None:
        decimals = pair[0]
        floats, errors, figures = decimals.floats(), decimals.float_error(), exact(decimals)
        assert floats.tolist() == [float(figure) for figure in figures]
        for value, error, figure in zip(floats.tolist(), errors.tolist(), figures, strict=True):
            assert abs(Fraction(value) - figure) <= Fraction(error)

    def test_whole_numbers_and_halves_have_no_error(self) -> None:
        assert not Decimals(np.array([0, 7, -(2**53)]), 0).float_error().any()
        assert not Decimals(np.array([50, -125, 1200]), 2).float_error().any()
        assert Decimals(np.array([10]), 2).float_error().all()


class TestArithmetic:
    """Either the exact answer or None."""

    @given(pairs())
    def test_add_subtract_and_multiply_are_exact_or_none(
        self, pair: tuple[Decimals, Decimals]
    ) -> None:
        left, right = pair
        both = list(zip(exact(left), exact(right), strict=True))
        added, subtracted, multiplied = left.add(right), left.subtract(right), left.multiply(right)
        assert added is None or exact(added) == [a + b for a, b in both]
        assert subtracted is None or exact(subtracted) == [a - b for a, b in both]
        assert multiplied is None or exact(multiplied) == [a * b for a, b in both]

    @given(pairs())
    def test_negate_and_sum_are_exact_or_none(self, pair: tuple[Decimals, Decimals]) -> None:
        figures = exact(pair[0])
        negated, total = pair[0].negate(), pair[0].sum()
        assert negated is None or exact(negated) == [-figure for figure in figures]
        assert total is None or exact(total) == [sum(figures, Fraction(0))]

    @given(pairs(), st.integers(0, 30))
    def test_rescale_floor_and_ceil_are_exact_or_none(
        self, pair: tuple[Decimals, Decimals], to: int
    ) -> None:
        decimals, figures = pair[0], [figure * 10**to for figure in exact(pair[0])]
        floors, ceils, rescaled = decimals.floor_at(to), decimals.ceil_at(to), decimals.rescale(to)
        assert floors is None or floors.tolist() == [floor(figure) for figure in figures]
        assert ceils is None or ceils.tolist() == [ceil(figure) for figure in figures]
        assert rescaled is None or (rescaled.places, exact(rescaled)) == (to, exact(decimals))

    @given(pairs())
    def test_compare_is_always_decided(self, pair: tuple[Decimals, Decimals]) -> None:
        left, right = pair
        both = zip(exact(left), exact(right), strict=True)
        assert left.compare(right).tolist() == [(a > b) - (a < b) for a, b in both]
        assert left.compare(right).dtype == np.int8

    @given(mantissas, mantissas, places, places)
    def test_compare_tells_neighbours_apart(self, m: int, step: int, p: int, q: int) -> None:
        near = Fraction(m, 10**p) * 10**q
        for other in {floor(near), ceil(near)}:
            if abs(other) <= LARGEST:
                left = Decimals(np.array([m]), p)
                right = Decimals(np.array([other], dtype=np.int64), q)
                assert left.compare(right).tolist() == [(near > other) - (near < other)]

    def test_what_fits_is_answered_and_what_might_not_is_none(self) -> None:
        large = Decimals(np.array([LARGEST]), 0)
        one = Decimals(np.array([1]), 0)
        assert large.add(one) is None
        assert large.subtract(one) is None
        assert large.multiply(Decimals(np.array([2]), 0)) is None
        assert large.rescale(1) is None
        assert large.floor_at(1) is None
        assert Decimals(np.array([-LARGEST - 1]), 0).negate() is None
        assert Decimals(np.full(4, 2**61 + 1), 0).sum() is None
        assert Decimals(np.array([2**61, 0, 0, 0]), 0).sum() is not None
        assert large.multiply(one) is not None
        assert Decimals(np.array([150]), 2).rescale(1) is not None
        assert Decimals(np.array([155]), 2).rescale(1) is None

    def test_scenarios_and_districts_broadcast(self) -> None:
        scenarios = Decimals(np.array([[1], [2]]), 0)
        districts = Decimals(np.array([15, 25, 35]), 1)
        product = scenarios.multiply(districts)
        assert product is not None
        assert product.mantissas.tolist() == [[15, 25, 35], [30, 50, 70]]
        total = product.sum(axis=-1, keepdims=True)
        assert total is not None
        assert total.mantissas.tolist() == [[75], [150]]
