"""Columns are typed exactly; a blank is missing, never zero."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.arithmetic.decimals import parse_decimal
from transfers.districts.columns import (
    BooleanColumn,
    CellFault,
    InputSpec,
    NumberColumn,
    TextColumn,
    read_column,
)
from transfers.districts.numbers import plain_numbers

MANY = 100
"""Times a column is repeated so that it takes the fast way."""


def numbers(texts: list[str], **asked: Any) -> tuple[NumberColumn, list[CellFault]]:
    column, faults, _ = read_column(texts, InputSpec("x", ("x",), "number", **asked))
    assert isinstance(column, NumberColumn)
    return column, faults


def texts(cells: list[str], **asked: Any) -> tuple[TextColumn, list[CellFault]]:
    column, faults, _ = read_column(cells, InputSpec("x", ("x",), "text", **asked))
    assert isinstance(column, TextColumn)
    return column, faults


class TestNumbers:
    def test_decimals_of_different_length_become_exact_at_common_places(self) -> None:
        column, faults = numbers(["1", "2.50", "-0.125", "3e2", "12.5%", "+4"])
        assert not faults
        assert column.decimals is not None
        assert column.decimals.places == 3
        assert column.decimals.mantissas.tolist() == [1000, 2500, -125, 300_000, 125, 4000]
        assert column.floats().tolist() == [1.0, 2.5, -0.125, 300.0, 0.125, 4.0]

    @pytest.mark.parametrize("mark", ["", "-", "—", "–", "——", "…", "#N/A", "N/A", "NA"])
    def test_a_mark_for_missing_is_missing_never_zero(self, mark: str) -> None:
        column, faults = numbers(["1", mark])
        assert not faults
        assert column.missing.tolist() == [False, True]
        assert np.isnan(column.floats()).tolist() == [False, True]
        assert column.fractions() == [Fraction(1), None]
        assert column.float_error().tolist() == [0.0, 0.0]

    def test_nil_zero_makes_dashes_zero_but_not_blanks(self) -> None:
        column, _ = numbers(["-", "—", "", "…", "#N/A"], nil="zero")
        assert column.missing.tolist() == [False, False, True, True, True]
        assert column.fractions()[:2] == [Fraction(0), Fraction(0)]

    def test_a_default_stands_where_a_cell_is_missing(self) -> None:
        column, _ = numbers(["1", "", "-"], default=Fraction("0.5"))
        assert column.fractions() == [Fraction(1), Fraction(1, 2), Fraction(1, 2)]
        assert not column.missing.any()

    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("1,234.5", "1234.5"),
            ("１２３４", "1234"),
            ("１，２３４", "1234"),
            ("1 234 567", "1234567"),
            ("¥1,234.50", "1234.50"),
            ("−5", "-5"),
            ("12％", "12%"),
        ],
    )
    def test_a_figure_written_for_people_is_read_and_said_so(self, text: str, plain: str) -> None:
        for repeat in (1, MANY):
            column, faults, respelt = read_column(["1", text, "2"] * repeat, InputSpec("x", ("x",)))
            assert not faults
            assert isinstance(column, NumberColumn)
            assert column.fractions()[1] == parse_decimal(plain)
            assert respelt == dict.fromkeys(range(1, 3 * repeat, 3), plain)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("12,5", "not_a_number"),
            ("1,23,456", "not_a_number"),
            ("NaN", "not_a_number"),
            ("Infinity", "not_a_number"),
            ("#DIV/0!", "not_a_number"),
            ("12万", "not_a_number"),
            ("0x1F", "not_a_number"),
            ("一百", "not_a_number"),
            ("(5)", "not_a_number"),
            ("=A1+1", "no_result"),
            ("1e99999999", "too_many_digits"),
            ("9" * 61, "too_many_digits"),
        ],
    )
    def test_what_is_no_number_is_refused_with_advice(self, text: str, code: str) -> None:
        for repeat in (1, MANY):
            column, faults = numbers(["1", text, "2"] * repeat)
            assert (faults[0].code, faults[0].rows) == (code, (1,))
            assert sum(len(fault.rows) for fault in faults) == repeat
            assert column.missing.sum() == repeat

    def test_figures_outside_their_range_are_named_and_its_ends_are_inside(self) -> None:
        _, faults = numbers(
            ["0", "-0.001", "1", "1.0001", ""], minimum=Fraction(0), maximum=Fraction(1)
        )
        assert [(f.code, f.rows) for f in faults] == [
            ("below_minimum", (1,)),
            ("above_maximum", (3,)),
        ]
        assert faults[0].values == {"limit": "0"}

    def test_a_range_that_is_no_decimal_is_compared_exactly(self) -> None:
        _, faults = numbers(["0.33333333333333333", "0.33333333333333334"], maximum=Fraction(1, 3))
        assert [fault.rows for fault in faults] == [(1,)]

    @pytest.mark.parametrize(
        "cells",
        [["9" * 40, "0.1", ""], [str(10**18), "0.01", ""], ["1e-30", "2", ""], ["1e20", "5", ""]],
    )
    @pytest.mark.parametrize("repeat", [1, MANY])
    def test_what_does_not_fit_into_decimals_is_kept_as_fractions(
        self, cells: list[str], repeat: int
    ) -> None:
        column, faults = numbers(cells * repeat)
        exact = [parse_decimal(cell) for cell in cells]
        assert not faults
        assert column.decimals is None
        assert column.fractions() == exact * repeat
        assert column.fractions([1, 2]) == exact[1:]
        figures = zip(column.floats()[:2], column.float_error()[:2], exact[:2], strict=True)
        for value, error, figure in figures:
            assert figure is not None
            assert abs(Fraction(value) - figure) <= Fraction(error)
        assert np.isnan(column.floats()[2])

    @pytest.mark.parametrize("repeat", [1, MANY])
    def test_figures_of_sixteen_digits_keep_one_denominator(self, repeat: int) -> None:
        cells = ["2583560970.21002", "214212.49999999997", "", "12.5%", "7"] * repeat
        column, faults = numbers(cells, default=Fraction(1, 3), factor=Fraction(10_000, 7))
        assert not faults
        assert column.decimals is None and column.wide is not None
        assert isinstance(column.wide.denominators, int)
        expected = [parse_decimal(cells[row]) for row in (0, 1, 3, 4)]
        found = column.exact(np.array([0, 1, 3, 4])).fractions()
        assert found == [figure * Fraction(10_000, 7) for figure in expected if figure is not None]
        assert column.exact(np.array([2])).fractions() == [Fraction(1, 3)]

    @given(
        st.lists(
            st.one_of(
                st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
                st.integers(-(10**19), 10**19).map(str),
                st.from_regex(r"[+-]?[0-9]{0,20}\.?[0-9]{0,4}", fullmatch=True),
                st.text("0123456789.-+e,% —", max_size=22),
            ),
            min_size=1,
            max_size=40,
        )
    )
    def test_the_fast_way_and_the_careful_way_read_the_same(self, cells: list[str]) -> None:
        careful, careful_faults = numbers(cells)
        many = cells * (200 // len(cells) + 1)
        fast, fast_faults = numbers(many)
        n = len(cells)
        assert fast.fractions(range(n)) == careful.fractions()
        assert fast.missing[:n].tolist() == careful.missing.tolist()
        assert np.array_equal(fast.floats()[:n], careful.floats(), equal_nan=True)
        assert bool(fast_faults) == bool(careful_faults)

    @given(st.lists(st.text("0123456789.-+", max_size=21), min_size=200, max_size=220))
    def test_what_is_read_as_plain_is_what_the_grammar_reads(self, cells: list[str]) -> None:
        read = plain_numbers(cells)
        for cell, mantissa, places, plain in zip(
            cells, read.mantissas.tolist(), read.places.tolist(), read.plain.tolist(), strict=True
        ):
            if plain:
                assert parse_decimal(cell) == Fraction(mantissa, 10**places)
            else:
                assert (mantissa, places) == (0, 0)
            digits = sum(letter.isdigit() for letter in cell)
            assert plain == (
                parse_decimal(cell) is not None and digits <= 18 and not cell.startswith("+")
            )


class TestTexts:
    def test_categories_come_in_order_of_first_appearance(self) -> None:
        column, _ = texts(["B", "A", "", "B", "C"])
        assert column.categories == ("B", "A", "C")
        assert column.codes.tolist() == [0, 1, -1, 0, 2]
        assert column.codes.dtype == np.int32
        assert column.missing.tolist() == [False, False, True, False, False]
        assert column.texts() == ["B", "A", None, "B", "C"]

    def test_na_is_a_text_like_any_other_and_zeros_stay(self) -> None:
        column, _ = texts(["NA", "0101", "NO", "1:30"])
        assert column.categories == ("NA", "0101", "NO", "1:30")

    def test_texts_that_only_differ_in_form_are_one_category(self) -> None:
        column, _ = texts(["e\u0301", "\u00e9"])
        assert column.codes.tolist() == [0, 0]

    def test_a_default_stands_where_a_text_is_missing(self) -> None:
        column, faults = texts(["A", "", "—"], default="B", allowed=("A",))
        assert column.texts() == ["A", "B", "B"]
        assert not faults

    def test_a_value_that_is_not_allowed_is_named_with_those_that_are(self) -> None:
        _, faults = texts(["A", "a", "", "D", "a"], allowed=("A", "B"))
        assert [(f.code, f.rows, f.values) for f in faults] == [
            ("not_allowed", (1, 3, 4), {"allowed": "A, B"})
        ]


class TestBooleans:
    def test_yes_and_no_are_read_in_both_languages(self) -> None:
        cells = ["是", "否", "TRUE", "false", "1", "0", "Yes", "n", ""]
        column, faults, _ = read_column(cells, InputSpec("x", ("x",), "boolean"))
        assert isinstance(column, BooleanColumn)
        assert column.values.tolist() == [True, False, True, False, True, False, True, False, False]
        assert column.missing.tolist() == [False] * 8 + [True]
        assert not faults

    def test_another_word_is_refused_and_a_default_fills_blanks(self) -> None:
        asked = InputSpec("x", ("x",), "boolean", default=True)
        column, faults, _ = read_column(["maybe", "", "2"], asked)
        assert isinstance(column, BooleanColumn)
        assert [(f.code, f.rows) for f in faults] == [("not_boolean", (0, 2))]
        assert column.values.tolist() == [False, True, False]
