"""The recipe of a budget from new resources: its arithmetic, year by year."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import scenarios

STUDY = Path(__file__).resolve().parents[2] / "examples" / "studies" / "resources.yaml"


def test_a_budget_is_last_years_and_half_of_what_is_new() -> None:
    found = scenarios.look_ahead(scenarios.load_study(STUDY))
    new, budgets = Fraction(160), [Fraction(1750)]
    for _ in range(5):
        budgets.append(budgets[-1] + new / 2)
        new *= Fraction(108, 100)
    assert [year.budget for year in found.baseline.years] == budgets[1:]


def test_money_is_neither_made_nor_lost_between_budget_fund_and_counties() -> None:
    for each in scenarios.look_ahead(scenarios.load_study(STUDY)).variants:
        for year in each.years:
            (fund,) = year.accounts
            assert year.budget is not None and year.paid is not None
            # The budget's part below one unit of money is the residue that a balance tells.
            assert int(year.budget) + fund.opening == year.paid + fund.closing
        for before, after in pairwise(each.years):
            assert before.accounts[0].closing == after.accounts[0].opening


def test_the_guarantee_tapers_and_the_wave_begins_in_its_year() -> None:
    found = scenarios.look_ahead(scenarios.load_study(STUDY))
    assert found.baseline.measure("kept_part") == (100, 75, 50, 25, 0)
    assert ["care" in year.allocation.amounts for year in found.baseline.years] == [
        *(False, False, True, True, True),
    ]
    closing = [year.accounts[0].closing for year in found["no_growth"].years]
    assert closing == [64, 114, 32, 0, 0]
