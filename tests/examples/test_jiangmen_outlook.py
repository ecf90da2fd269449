"""The Jiangmen reform over five years: its waves, its fund, what it guarantees."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import scenarios
from scenarios import Outlook

FOLDER = Path(__file__).parents[2] / "examples" / "jiangmen_reform"
VARIANTS = ["baseline", "early", "tight", "one_wave"]


@pytest.fixture(scope="module")
def found() -> Outlook:
    return scenarios.look_ahead(scenarios.load_study(FOLDER / "outlook.yaml"))


def test_all_years_of_all_variants_are_reached(found: Outlook) -> None:
    assert [each.id for each in found.variants] == VARIANTS
    assert all(each.ended is None for each in found.variants)
    assert found.years == (2026, 2027, 2028, 2029, 2030)
    assert found.keeps_hard_rules


@pytest.mark.parametrize("variant", VARIANTS)
def test_money_is_kept_from_year_to_year(found: Outlook, variant: str) -> None:
    for year in found[variant].years:
        (fund,) = year.accounts
        assert year.paid is not None and year.budget is not None
        assert year.budget.denominator == 1 or year.allocation.budget_left == 0
        residue = year.budget - int(year.budget)
        assert fund.opening + fund.inflow + year.budget - residue == year.paid + fund.closing
    for before, after in pairwise(found[variant].years):
        assert before.accounts[0].closing == after.accounts[0].opening
        amounts = before.allocation.amounts["equalisation"].tolist()
        assert after.allocation.column("last_year") == amounts
        assert after.allocation.column("last_total") == before.allocation.total.tolist()


def test_the_second_wave_begins_in_its_year(found: Outlook) -> None:
    begins = {
        each.id: [year.year for year in each.years if "second_wave" in year.allocation.amounts]
        for each in found.variants
    }
    assert begins == {
        "baseline": [2028, 2029, 2030],
        "early": [2027, 2028, 2029, 2030],
        "tight": [2028, 2029, 2030],
        "one_wave": [],
    }


def test_what_the_second_wave_costs_is_worked_out_by_hand(found: Outlook) -> None:
    """Public health in 蓬江, 2027: 84 to 86.52 yuan, 853,000 people and 1% more."""
    year = found["early"][2027].allocation
    cost, last = year.items("cost")["gongwei"][0], year.items("cost_last")["gongwei"][0]
    people = Fraction(853_000)
    assert last == 84 * people / 10_000
    assert cost == Fraction("86.52") * people * Fraction(101, 100) / 10_000
    waves = [
        year.items("cost")[item][0] - year.items("cost_last")[item][0]
        for item in ("gongwei", "wenhua", "peixun", "xueliang", "baojie")
    ]
    claim = Fraction(15, 100) * sum(waves)
    amount = int(year.amounts["second_wave"][0])
    assert abs(amount - claim) < 1


def test_the_budget_comes_from_new_resources(found: Outlook) -> None:
    budgets = [year.budget for year in found.baseline.years]
    resources = [12_000 * Fraction(106, 100) ** n for n in range(5)]
    assert budgets[0] == 9400
    for n in range(4):
        after, before = budgets[n + 1], budgets[n]
        assert after is not None and before is not None
        assert after - before == resources[n] / 20
    assert {year.budget for year in found["tight"].years} == {9400}


def test_services_grow_faster_than_revenue_in_every_year(found: Outlook) -> None:
    for each in found.variants:
        services, revenue = each.growth("services_spent"), each.growth("own_revenue")
        assert set(services[1:]) == {Fraction(8, 100)}
        assert set(revenue[1:]) == {Fraction(4, 100)}
        for year in each.years:
            held = {rule.id: rule.status for rule in year.rules}
            assert held["county_services_grow"] == held["share_rises"] == "holds"
