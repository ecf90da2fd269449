"""Exact figures of some districts: what is missing, what is out of range, what is rounded."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from transfers.arithmetic.rationals import Rationals
from transfers.errors import TooLongError
from transfers.formula.exact import ExactReader
from transfers.formula.exact_aggregates import gini, quantile
from transfers.formula.exact_numbers import (
    ExactNumbers,
    absent,
    chosen_where,
    from_optional,
    holds_by_sign,
    in_range,
    one_by_one,
    repeated,
    round_to_multiple,
    without_missing,
)
from transfers.formula.nodes import Binary, Name, Number, Type

F = Fraction


def rationals(*figures: Any) -> Rationals:
    return Rationals.from_fractions([F(figure) for figure in figures])


def numbers(*figures: Any) -> ExactNumbers:
    """Return exact figures; None is missing."""
    return from_optional([None if figure is None else F(figure) for figure in figures])


def told(found: ExactNumbers) -> list[Fraction | None]:
    figures = found.figures.fractions()
    return [None if gone else x for x, gone in zip(figures, found.missing.tolist(), strict=True)]


def test_figures_that_may_be_missing_are_taken_and_written_as_floats() -> None:
    found = numbers("1/2", None, 3)
    assert told(found) == [F(1, 2), None, 3]
    assert told(found.take(np.array([2, 1, 2]))) == [3, None, 3]
    floats = found.floats().tolist()
    assert floats[::2] == [0.5, 3.0] and np.isnan(floats[1])
    assert told(repeated(F(2, 3), 3)) == [F(2, 3)] * 3
    assert told(absent(2)) == [None, None]


def test_a_difference_has_a_sign_only_where_neither_side_is_missing() -> None:
    left, right = numbers(1, 2, 3, None, 5, None), numbers(2, 2, 1, 4, None, None)
    sign = left.sign_of_difference(right)
    assert sign[:3].tolist() == [-1, 0, 1]
    assert np.isnan(sign[3:]).all()


@pytest.mark.parametrize(
    ("operator", "holds"),
    [
        ("==", [0, 1, 0, -1]),
        ("!=", [1, 0, 1, -1]),
        ("<", [1, 0, 0, -1]),
        ("<=", [1, 1, 0, -1]),
        (">", [0, 0, 1, -1]),
        (">=", [0, 1, 1, -1]),
    ],
)
def test_a_comparison_holds_by_the_sign_of_the_difference(operator: str, holds: list[int]) -> None:
    found = holds_by_sign(operator, np.array([-1.0, 0.0, 1.0, np.nan]))
    assert found.tolist() == holds


def test_figures_are_in_range_up_to_ten_to_the_three_hundred_in_size() -> None:
    edge = F(10**300)
    nothing = np.array([True, False, False, False, False, False])
    found = in_range(rationals(1, edge, -edge, edge + 1, -edge - F(1, 3), -(10**301)), nothing)
    assert found.missing.tolist() == [True, False, False, True, True, True]
    small = np.zeros(2, dtype=bool)
    assert not in_range(rationals(edge, -edge), small).missing.any()
    assert not in_range(rationals(F(10**301, 7 * 10**5), 1), small).missing.any()
    assert in_range(rationals(-(10**301), 1), small).missing.tolist() == [True, False]
    assert not in_range(rationals(), np.zeros(0, dtype=bool)).missing.any()


def test_figures_longer_than_can_be_computed_with_are_refused() -> None:
    there = np.zeros(1, dtype=bool)
    for figure in (F(2) ** 400_000, -(F(2) ** 400_000)):
        with pytest.raises(TooLongError):
            in_range(rationals(figure), there)
    assert in_range(rationals(F(2) ** 399_999), there).missing.all()
    assert not in_range(rationals(F(2**399_999, 3**252_000)), there).missing.any()


def test_figures_are_chosen_place_by_place() -> None:
    yes, no = rationals(1, 2, 3), rationals(7, 8, 9)
    assert chosen_where(np.array([True, False, True]), yes, no).fractions() == [1, 8, 3]
    assert chosen_where(np.array([True] * 3), yes, no).fractions() == [1, 2, 3]
    assert chosen_where(np.array([False] * 3), yes, no).fractions() == [7, 8, 9]
    gone = np.array([False, True, False])
    assert without_missing(no, gone).fractions() == [7, 1, 9]
    assert without_missing(no, np.zeros(3, dtype=bool)).fractions() == [7, 8, 9]


def test_a_function_is_asked_only_where_there_are_figures_and_may_have_none_to_give() -> None:
    asked: list[tuple[Fraction, Fraction]] = []

    def over(a: Fraction, b: Fraction) -> Fraction | None:
        asked.append((a, b))
        return None if b == 0 else a / b

    found = one_by_one(
        over, [numbers(1, 2, 3), numbers(4, 0, None)], np.array([False, False, True])
    )
    assert told(found) == [F(1, 4), None, None]
    assert asked == [(1, 4), (2, 0)]


@pytest.mark.parametrize(
    ("number", "multiple", "nearest", "up", "down"),
    [
        ("5/2", 1, 3, 3, 2),
        ("-5/2", 1, -3, -2, -3),
        ("7/3", 1, 2, 3, 2),
        ("-7/3", 1, -2, -2, -3),
        ("8/3", 1, 3, 3, 2),
        (0, 1, 0, 0, 0),
        ("1/2", 1, 1, 1, 0),
        ("-1/2", 1, -1, 0, -1),
        ("3/8", "1/4", "1/2", "1/2", "1/4"),
        (25, 10, 30, 30, 20),
        (24, 10, 20, 30, 20),
        (-25, 10, -30, -20, -30),
        (30, 10, 30, 30, 30),
    ],
)
def test_a_figure_is_rounded_to_a_multiple_half_away_from_zero(
    number: Any, multiple: Any, nearest: Any, up: Any, down: Any
) -> None:
    found = [
        round_to_multiple(F(number), F(multiple), function)
        for function in ("round", "round_up", "round_down")
    ]
    assert found == [F(nearest), F(up), F(down)]


@pytest.mark.parametrize(
    ("at", "wanted"),
    [("0", 1), ("1/4", 3), ("1/3", "11/3"), ("1/2", 5), ("1", 100), ("-1/9", None), ("10/9", None)],
)
def test_a_quantile_lies_on_the_line_between_the_two_figures_beside_it(
    at: str, wanted: Any
) -> None:
    found = quantile([F(5), F(100), F(1), F(3), F(9)], F(at))
    assert found == (None if wanted is None else F(wanted))
    assert quantile([F(7)], F(1, 2)) == 7


def test_a_gini_coefficient_in_fractions_is_that_of_all_pairs() -> None:
    x, w = [F(5), F(1), F(2), F(9)], [F(1), F(2), F(0), F(3)]
    pairs = sum(
        (v * u * abs(a - b) for a, v in zip(x, w, strict=True) for b, u in zip(x, w, strict=True)),
        F(0),
    )
    money = sum((a * v for a, v in zip(x, w, strict=True)), F(0))
    assert gini(rationals(*x), rationals(*w)) == pairs / (2 * sum(w) * money)
    assert gini(rationals(0, 4), rationals(1, 1)) == F(1, 2)
    for figures, weights in (
        ((-1, 4), (1, 1)),
        ((1, 4), (1, -1)),
        ((0, 0), (1, 1)),
        ((1, 4), (0, 0)),
        ((), ()),
    ):
        assert gini(rationals(*figures), rationals(*weights)) is None


def test_what_was_read_for_a_formula_is_let_go_when_it_is_read() -> None:
    known: Any = SimpleNamespace(number=lambda node: node.value, district_count=2)
    reader = ExactReader(known)
    per_district = Type(per_district=True)
    three = Number(F(3))
    product = Binary("*", three, three)
    three.type = product.type = per_district
    assert told(reader.numbers(product, reader.everyone(2))) == [9, 9]
    assert not reader._kept and not reader._projected


def test_statements_are_written_as_text_and_missing_ones_are_not() -> None:
    marks = np.array([-1, 0, 1], dtype=np.int8)
    known: Any = SimpleNamespace(
        definition=lambda name: None, marks=lambda name, members: marks[members]
    )
    reader = ExactReader(known)
    node = Name("poor")
    node.type = Type(kind="boolean", per_district=True)
    assert reader.texts(node, np.array([2, 0, 1])) == ["true", None, "false"]
