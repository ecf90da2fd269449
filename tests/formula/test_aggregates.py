"""Functions over districts: who is counted, what a group gets, what is missing where."""

from __future__ import annotations

import pytest

from tests.formula.tiny_policy import Columns, computed, contradictions, document, run, table
from transfers import TableError

TABLE: Columns = {
    "x": ["10", "20", "30", "20"],
    "w": ["1", "2", "0", "1"],
    "city": ["E", "W", "E", ""],
    "u": ["5", "", "7", "9"],
    "poor": ["是", "否", "是", "是"],
}


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("sum(x)", "80 80 80 80"),
        ("sum(1)", "4 4 4 4"),
        ("count()", "4 4 4 4"),
        ("count(x > 10)", "3 3 3 3"),
        ("count(x > 10, where=poor)", "2 2 2 2"),
        ("mean(x)", "20 20 20 20"),
        ("mean(x, weights=w)", "17.5 17.5 17.5 17.5"),
        ("mean(x, weights=w * 0)", "missing missing missing missing"),
        ("share(x)", "0.125 0.25 0.375 0.25"),
        ("share(x, where=poor and x < 30)", "1/3 0 0 2/3"),
        ("share(x * 0)", "missing missing missing missing"),
        ("rank(x)", "4 2 1 2"),
        ("rank(-x)", "1 2 4 2"),
        ("rank(x, where=poor)", "3 missing 1 2"),
        ("lowest(x, where=x > 10)", "20 20 20 20"),
        ("highest(x, where=poor)", "30 30 30 30"),
        ("quantile(x, 50%)", "20 20 20 20"),
        ("quantile(x, 0.1)", "13 13 13 13"),
        ("quantile(x, 0)", "10 10 10 10"),
        ("quantile(x, 1)", "30 30 30 30"),
        ("quantile(x, 1.5)", "missing missing missing missing"),
        ("quantile(x, 25%, where=poor)", "15 15 15 15"),
        ("std(x) ^ 2 > 49.999 and std(x) ^ 2 < 50.001", "true true true true"),
        ("std(w - w)", "0 0 0 0"),
        ("cv(x - x)", "missing missing missing missing"),
        ("zscore(x * 0 + 0.1)", "0 0 0 0"),
        ("minmax(x)", "0 0.5 1 0.5"),
        ("minmax(x * 0)", "0 0 0 0"),
    ],
)
def test_all_districts_count_unless_where_leaves_them_out(formula: str, values: str) -> None:
    assert " ".join(computed(formula, TABLE)) == values


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("sum(x, where=x > 99)", "0"),
        ("count(where=x > 99)", "0"),
        ("mean(x, where=x > 99)", "missing"),
        ("share(x, where=x > 99)", "missing"),
        ("rank(x, where=x > 99)", "missing"),
        ("lowest(x, where=x > 99)", "missing"),
        ("highest(x, where=x > 99)", "missing"),
        ("quantile(x, 0.5, where=x > 99)", "missing"),
        ("std(x, where=x > 99)", "missing"),
        ("zscore(x, where=x > 99)", "missing"),
        ("minmax(x, where=x > 99)", "missing"),
    ],
)
def test_where_nobody_is_counted_only_sums_and_counts_have_a_value(
    formula: str, value: str
) -> None:
    assert computed(formula, TABLE) == [value] * 4


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ('sum(x, by=city, where=city != "")', None),
        ("sum(x, by=city, where=not missing(city))", "40 20 40 missing"),
        ("mean(x, by=city, where=not missing(city))", "20 20 20 missing"),
        ("lowest(x, by=city, where=not missing(city))", "10 20 10 missing"),
        ("rank(x, by=city, where=not missing(city))", "2 1 1 missing"),
        ("sum(x, by=poor)", "60 20 60 60"),
        ("rank(x, by=poor)", "3 1 1 2"),
        ("sum(1, by=x)", "1 2 1 2"),
        ("sum(1, by=x / 3)", "1 2 1 2"),
        ("sum(x, by=key)", "10 20 30 20"),
        ("count(poor, by=x)", "1 1 1 1"),
        ("share(x, by=poor)", "1/6 1 0.5 1/3"),
        ("minmax(x, by=poor)", "0 0 1 0.5"),
    ],
)
def test_a_group_gets_the_value_of_its_members(formula: str, values: str | None) -> None:
    if values is None:
        with pytest.raises(TableError):
            computed(formula, TABLE)
        return
    (allocation,) = run(document(formula, TABLE), table(TABLE))
    assert contradictions(allocation) == []
    assert " ".join(computed(formula, TABLE)) == values


@pytest.mark.parametrize(
    ("formula", "code", "district"),
    [
        ("sum(u)", "missing_in_aggregate", "d2"),
        ("rank(u)", "missing_in_aggregate", "d2"),
        ("mean(x, weights=u)", "missing_in_aggregate", "d2"),
        ("zscore(u)", "missing_in_aggregate", "d2"),
        ("quantile(u, 0.5)", "missing_in_aggregate", "d2"),
        ("count(u > 5)", "missing_in_aggregate", "d2"),
        ("sum(x, where=u > 5)", "missing_in_where", "d2"),
        ("sum(x, by=city)", "missing_in_by", "d4"),
        ("sum(x, by=u)", "missing_in_by", "d2"),
        ("1 + if(x > 20, sum(u), 0)", "missing_in_aggregate", "d2"),
        ("if(x > 20, 0, sum(u))", "missing_in_aggregate", "d2"),
        ("if(1 > 2, 1, rank(u))", "missing_in_aggregate", "d2"),
    ],
)
def test_a_missing_figure_that_reaches_an_aggregate_is_an_error_that_names_the_district(
    formula: str, code: str, district: str
) -> None:
    with pytest.raises(TableError) as caught:
        computed(formula, TABLE)
    for fault in caught.value.faults:
        assert fault.code == f"allocation.{code}"
        assert fault.values["districts"] == (district,)
        assert f"districts.csv:{int(district[1]) + 1}:" in str(fault.values["cause"])
        assert fault.text("zh") != fault.text("en")


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("sum(u, where=not missing(u))", "21 21 21 21"),
        ("sum(if(missing(u), 0, u))", "21 21 21 21"),
        ("zscore(u, where=not missing(u)) > 0", "false missing false true"),
        ("if(x > 99, sum(u), 1)", "1 1 1 1"),
        ("if(1 > 2, rank(u), 1)", "1 1 1 1"),
        ("if(1 < 2, 1, rank(u))", "1 1 1 1"),
    ],
)
def test_a_missing_figure_that_is_not_counted_does_no_harm(formula: str, values: str) -> None:
    assert " ".join(computed(formula, TABLE)) == values


def test_groups_of_figures_are_told_apart_to_the_last_digit() -> None:
    columns = {"x": ["1", "2"], "u": ["0.3333333333333333", "0.33333333333333331"]}
    assert computed("sum(x, by=u)", columns) == ["1", "2"]


def test_ties_are_ties_of_exact_figures() -> None:
    columns = {"x": ["0.1", "0.7", "3"], "y": ["0.3", "2.1", "9"]}  # floats tell them apart
    assert computed("rank(x / y)", columns) == ["1", "1", "1"]
    assert computed("zscore(x / y)", columns) == ["0", "0", "0"]
    assert computed("minmax(x / y)", columns) == ["0", "0", "0"]


def test_a_figure_that_errs_widely_is_ranked_among_all_it_may_lie_between() -> None:
    """The float of the first may miss 22/3 by 16, so it stands below 1 and may be above 4."""
    columns = {
        "a": ["300000000000000022", "3", "6", "9", "12"],
        "c": ["300000000000000000", "0", "0", "0", "0"],
    }
    assert computed("a / 3 - c / 3", columns) == ["22/3", "1", "2", "3", "4"]
    assert computed("rank(a / 3 - c / 3)", columns) == ["1", "5", "4", "3", "2"]
    assert computed("rank(c / 3 - a / 3)", columns) == ["5", "1", "2", "3", "4"]
