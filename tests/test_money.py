"""Money is written exactly: plain for programs, with separators for people."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.money import Money


def money(quantum: str) -> Money:
    return Money("CNY", "万元", Fraction(10000), Fraction(quantum))


@pytest.mark.parametrize(
    ("quantum", "quanta", "text"),
    [
        ("1", 1080, "1080"),
        ("0.01", 108025, "1080.25"),
        ("0.01", 5, "0.05"),
        ("0.01", -5, "-0.05"),
        ("100", 12, "1200"),
        ("0.25", 3, "0.75"),
        ("0.5", 2, "1.0"),
        ("1", 0, "0"),
        ("0.0001", 10**17, "10000000000000.0000"),
    ],
)
def test_a_data_file_gets_plain_figures_with_the_decimals_of_the_quantum(
    quantum: str, quanta: int, text: str
) -> None:
    assert money(quantum).format_quanta(quanta) == text


@pytest.mark.parametrize(
    ("quanta", "places", "text"),
    [
        (1030, None, "1,030"),
        (1234567, None, "1,234,567"),
        (-1234567, None, "-1,234,567"),
        (Fraction(206194, 200), 2, "1,030.97"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(1999999, 2000), 2, "1,000.00"),
        (999, 1, "999.0"),
    ],
)
def test_people_get_separators_and_rounding_half_away_from_zero(
    quanta: int | Fraction, places: int | None, text: str
) -> None:
    assert money("1").format_for_people(quanta, places) == text


def test_an_amount_in_units_becomes_exact_quanta() -> None:
    assert money("0.01").to_quanta(Fraction("10.005")) == Fraction(2001, 2)


@given(st.integers(-(10**18), 10**18), st.sampled_from(["1", "0.01", "0.25", "100", "0.0001"]))
def test_what_is_written_plainly_reads_back_as_the_same_quanta(quanta: int, quantum: str) -> None:
    unit = money(quantum)
    assert unit.to_quanta(Fraction(unit.format_quanta(quanta))) == quanta
    assert unit.format_for_people(quanta).replace(",", "") == unit.format_quanta(quanta)


@pytest.mark.parametrize("quantum", ["0", "-1", "1/3"])
def test_a_quantum_that_cannot_be_paid_is_refused(quantum: str) -> None:
    with pytest.raises(ValueError, match="quantum"):
        money(quantum)
