"""Measures of disparity: the definitions, redone by hand, and the laws they keep."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formula.tiny_policy import computed, contradictions, document, run, table
from transfers import TableError

FIGURES = st.lists(st.integers(0, 60), min_size=2, max_size=6)
WEIGHTED = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), min_size=2, max_size=6)

# pupils and books of five schools, from the official sheet of the method
SCHOOLS = {"pupils": ["45", "37", "89", "76", "55"], "books": ["279", "137", "935", "160", "402"]}


def one(formula: str, **columns: list[str]) -> Fraction | None:
    """Return what a formula yields for the first district, exactly."""
    (allocation,) = run(document(formula, columns), table(columns))
    figure = allocation.column("result")[0]
    assert figure is None or isinstance(figure, Fraction)
    return figure


def texts(numbers: list[int]) -> list[str]:
    return [str(number) for number in numbers]


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("cv(books / pupils, weights=pupils)", "0.515"),
        ("cv(books / pupils)", "0.489"),
        ("cv_sample(books / pupils)", "0.546"),
    ],
)
def test_one_sheet_of_schools_has_three_coefficients_of_variation(
    formula: str, wanted: str
) -> None:
    assert computed(f"round({formula}, 3)", SCHOOLS) == [wanted] * 5


@given(WEIGHTED)
@settings(max_examples=40, deadline=None)
def test_gini_is_the_mean_difference_of_all_pairs_over_twice_the_mean(
    rows: list[tuple[int, int]],
) -> None:
    x, w = ([row[n] for row in rows] for n in range(2))
    found = one("gini(x, weights=w)", x=texts(x), w=texts(w))
    money = sum(a * b for a, b in rows)
    if not money:
        assert found is None
        return
    differences = sum(v * u * abs(a - b) for a, v in rows for b, u in rows)
    assert found == Fraction(differences, 2 * sum(w) * money)
    assert 0 <= found < 1
    assert (found == 0) is (len(set(x)) == 1)


@given(FIGURES, st.integers(1, 10**6))
@settings(max_examples=30, deadline=None)
def test_measures_do_not_change_when_all_figures_grow_alike(x: list[int], factor: int) -> None:
    grown = texts([figure * factor for figure in x])
    for measure in ("gini", "cv_sample", "cv", "theil"):
        before, after = (one(f"{measure}(x)", x=column) for column in (texts(x), grown))
        assert (before is None) is (after is None)
        if before is not None and after is not None:
            assert abs(before - after) < Fraction(1, 10**45)


@given(WEIGHTED)
@settings(max_examples=30, deadline=None)
def test_theil_between_and_within_tiers_add_up(rows: list[tuple[int, int]]) -> None:
    x, w = (texts([row[n] for row in rows]) for n in range(2))
    tier = ["AB"[i % 2] for i in range(len(rows))]
    between = "theil(mean(x, by=t, weights=w), weights=w)"
    inside = "theil(x, by=t, weights=w) * mean(x, by=t, weights=w) / mean(x, weights=w)"
    # A tier that has nothing lies on one level, with nothing within.
    within = f"mean(if(mean(x, by=t, weights=w) == 0, 0, {inside}), weights=w)"
    gap = one(f"theil(x, weights=w) - {between} - {within}", x=x, w=w, t=tier)
    assert gap is None or abs(gap) < Fraction(1, 10**45)
    assert (gap is None) is not any(row[0] for row in rows)


@given(FIGURES)
@settings(max_examples=20, deadline=None)
def test_theil_is_the_mean_of_r_log_r(x: list[int]) -> None:
    found, mean = one("theil(x)", x=texts(x)), sum(x) / len(x)
    if found is None:
        assert mean == 0
        return
    terms = [figure / mean * math.log(figure / mean) for figure in x if figure]
    assert float(found) == pytest.approx(sum(terms) / len(x), abs=1e-12)


@pytest.mark.parametrize("measure", ["gini", "theil"])
@pytest.mark.parametrize(
    ("x", "w"), [("1 -1 3", "1 1 1"), ("1 1 3", "1 -1 1"), ("0 0 0", "1 2 3"), ("1 2 3", "0 0 0")]
)
def test_what_has_no_shares_has_no_measure(measure: str, x: str, w: str) -> None:
    assert one(f"{measure}(x, weights=w)", x=x.split(), w=w.split()) is None


@pytest.mark.parametrize("measure", ["gini", "theil"])
def test_a_missing_figure_or_weight_is_an_error_and_where_leaves_it_out(measure: str) -> None:
    for columns in ({"x": ["1", ""], "w": ["1", "1"]}, {"x": ["1", "2"], "w": ["1", ""]}):
        with pytest.raises(TableError) as refused:
            one(f"{measure}(x, weights=w)", **columns)
        assert {fault.code for fault in refused.value.faults} == {"allocation.missing_in_aggregate"}
    where = "where=not missing(x)"
    assert one(f"{measure}(x, {where})", x=["4", "", "4"]) == 0


def test_zero_is_told_from_nearly_zero_exactly() -> None:
    """Figures that differ by an error of arithmetic only are equal, and none is negative."""
    columns = {"x": ["1", "2", "7"]}
    assert computed("gini(x / 3 * 3 - x + 1)", columns) == ["0"] * 3
    assert computed("gini(x / 3 * 3 - x)", columns) == ["missing"] * 3
    assert computed("theil(x / 3 * 3 - x)", columns) == ["missing"] * 3


@given(WEIGHTED, st.sampled_from(["", ", by=t", ", where=x > 5", ", by=t, where=w > 2"]))
@settings(max_examples=60, deadline=None)
def test_floats_are_within_their_bound_of_the_exact_coefficient(
    rows: list[tuple[int, int]], options: str
) -> None:
    columns = {name: texts([row[n] for row in rows]) for n, name in enumerate("xw")}
    columns["t"] = ["AB"[i % 2] for i in range(len(rows))]
    for measure in ("gini", "theil"):
        text = document(f"{measure}(x / 7, weights=w / 3{options})", columns)
        (allocation,) = run(text, table(columns))
        assert contradictions(allocation) == []


def test_a_scenario_has_the_same_measure_alone_and_in_company() -> None:
    columns = {"x": ["3", "8", "1", "9"], "t": ["A", "B", "A", "B"]}
    text = document("gini(x + p, by=t, weights=x)", columns, parameters="p: 0")
    scenarios = [{"parameters.p": p} for p in ("0", "0.1", "5", "100")]
    together = run(text, table(columns), scenarios)
    for scenario, allocation in zip(scenarios, together, strict=True):
        (alone,) = run(text, table(columns), [scenario])
        assert alone.column("result") == allocation.column("result")
    assert len({tuple(map(str, a.column("result"))) for a in together}) == 4
