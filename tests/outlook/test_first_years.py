"""What a year begins with where there is something to get wrong about it."""

from __future__ import annotations

import pytest

from tests.outlook.conftest import YEARS, Look


def test_a_study_may_begin_before_the_year_of_its_policy(look: Look) -> None:
    years = look("years: {from: 2024, until: 2028}\n").baseline.years
    costs = [year.allocation.column("need") for year in years]
    # The culture item is in force in 2028 alone of these years, care from 2026 on.
    assert [cost[0] for cost in costs] == [0, 0, 90, 90, 110]


@pytest.mark.parametrize(
    "change",
    [
        "changes: {2027: {set: {reserves.fund.opening: 3 * new_money}}}",
        "set: {reserves.fund.opening: {2027: 3 * new_money}}",
    ],
)
def test_an_opening_that_is_set_to_a_formula_is_what_the_formula_says(
    look: Look, change: str
) -> None:
    years = look(f"years: {{from: 2026, until: 2028, {change}}}\n").baseline.years
    fund = [year.accounts[0] for year in years]
    assert fund[1].opening == 600
    assert fund[2].opening == fund[1].closing


def test_a_reserve_that_is_new_opens_with_what_its_formula_says(look: Look) -> None:
    new = "{add: {reserves.new: {opening: new_money / 2}}}"
    years = look(f"years: {{from: 2026, until: 2028, changes: {{2027: {new}}}}}\n").baseline.years
    assert [year.accounts[-1].opening for year in years[1:]] == [100, 100]
    assert [year.accounts[-1].name for year in years[1:]] == ["new", "new"]


def test_a_number_that_comes_to_no_figure_ends_the_variant(look: Look) -> None:
    without = YEARS.rstrip().replace(
        "}", ", next: {new_money: new_money * new_money / (new_money - 200)}}\n"
    )
    ended = look(without).baseline
    assert [year.status for year in ended.years[:3]] == ["done", "invalid", "not_run"]
    (fault,) = ended.years[1].faults
    assert fault.code == "outlook.next_without_figure"
    assert fault.values["path"] == "parameters.new_money.value"
    assert fault.place.file.endswith("s.yaml")


def test_a_number_without_a_figure_does_no_harm_where_it_is_set(look: Look) -> None:
    asked = YEARS.rstrip().replace(
        "}",
        ", next: {new_money: new_money * new_money / (new_money - 200)},"
        " set: {parameters.new_money: {2027: 300, 2028: 400, 2029: 500, 2030: 600}}}\n",
    )
    years = look(asked).baseline.years
    assert all(year.done for year in years)
    assert [year.accounts[0].inflow for year in years] == [20, 30, 40, 50, 60]
