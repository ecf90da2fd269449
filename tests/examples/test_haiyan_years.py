"""Five years of Haiyan in three variants: all money accounted for, each year from the last."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import scenarios
from scenarios import Outlook
from transfers import Allocation

FOLDER = Path(__file__).parents[2] / "examples" / "haiyan"
YEARS = (2026, 2027, 2028, 2029, 2030)


@pytest.fixture(scope="module")
def outlook() -> Outlook:
    return scenarios.look_ahead(scenarios.load_study(FOLDER / "outlook.yaml"))


def every_year(outlook: Outlook) -> Iterator[Allocation]:
    for variant in outlook.variants:
        for year in variant.years:
            assert year.status == "done"
            yield year.allocation


def test_there_are_three_variants_of_five_years_and_all_pay(outlook: Outlook) -> None:
    assert outlook.years == YEARS
    assert [each.id for each in outlook.variants] == ["baseline", "slower", "county_bears_more"]
    assert len(list(every_year(outlook))) == 15


def test_in_every_year_of_every_variant_all_money_is_accounted_for(outlook: Outlook) -> None:
    for variant in outlook.variants:
        for year in variant.years:
            (fund,) = year.accounts
            assert year.budget is not None and year.paid is not None
            assert fund.opening + fund.inflow + fund.returned - fund.drawn == fund.closing
            assert year.budget + fund.opening + fund.inflow == year.paid + fund.closing
            assert year.budget_left == 0 and fund.closing >= 0


def test_a_year_begins_with_what_the_one_before_ends_with(outlook: Outlook) -> None:
    for variant in outlook.variants:
        for before, after in pairwise(variant.years):
            a, b = before.allocation, after.allocation
            assert before.accounts[0].closing == after.accounts[0].opening
            assert list(b.column("last_gap")) == a.amounts["equalisation"].tolist()
            assert list(b.column("last_total")) == a.total.tolist()
            assert b.items("recipients_last") == a.items("recipients")


def test_what_the_list_costs_grows_by_about_19_per_cent_a_year(outlook: Outlook) -> None:
    growth = outlook.baseline.growth("list_cost")
    assert growth[0] is None
    assert all(Fraction(18, 100) < g < Fraction(20, 100) for g in growth[1:] if g is not None)
    average = outlook.baseline.average_growth("list_cost")
    assert average is not None and round(float(average), 2) == 0.19


def test_items_begin_in_the_year_they_are_to_begin(outlook: Outlook) -> None:
    served = {"CY12": 2027, "SH22": 2027, "WT16": 2028, "CJ10": 2028, "CJ12": 2027}
    for year in outlook.baseline.years:
        costs = year.allocation.items("costs.cost")
        for item, first in served.items():
            assert (sum(map(Fraction, costs[item])) > 0) == (year.year >= first)  # type: ignore[arg-type]
    last = outlook.baseline[2028].allocation.items("costs.cost")["ZF06"]
    gone = outlook.baseline[2029].allocation.items("costs.cost")["ZF06"]
    assert all(last) and not any(gone)


def test_from_2028_on_the_county_bears_half_of_what_towns_bore(outlook: Outlook) -> None:
    halved = outlook["county_bears_more"]
    for year in outlook.baseline.years:
        own = list(year.allocation.column("costs.total.镇级"))
        other = list(halved[year.year].allocation.column("costs.total.镇级"))
        part = 1 if year.year < 2028 else 2
        assert [part * figure for figure in other] == own  # type: ignore[operator]


def test_where_new_resources_stop_growing_the_fund_is_spent_and_gaps_stay(
    outlook: Outlook,
) -> None:
    closing = [year.accounts[0].closing for year in outlook["slower"].years]
    assert closing[2] > 0 and closing[3:] == [0, 0]
    assert all(not year.broken for year in outlook.baseline.years)
    assert [rule.id for rule in outlook["slower"][2030].broken] == ["gap_narrows"]


def test_spending_on_the_list_is_seen_beside_revenue(outlook: Outlook) -> None:
    """19.0% a year beside 9.0%: the list takes 49.3% of revenue in 2026 and 69.9% in 2030."""
    found = outlook.baseline
    spending, income = (found.average_growth(name) for name in ("list_cost", "income"))
    assert spending is not None and round(spending, 3) == Fraction("0.190")
    assert income == Fraction("0.09")
    shares = found.measure("list_share")
    assert [round(x, 1) for x in shares if x is not None] == [
        Fraction(text) for text in ("49.3", "54.0", "58.9", "64.2", "69.9")
    ]
    cost, revenue = found.measure("list_cost"), found.measure("income")
    for part, whole, share in zip(cost, revenue, shares, strict=True):
        assert part is not None and whole is not None and share == 100 * part / whole
