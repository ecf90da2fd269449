"""The examples of money between districts: amounts by hand, every sum accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers
from transfers import Allocation

FOLDER = Path(__file__).parents[2] / "examples" / "horizontal"


def allocated(name: str, **overrides: str) -> Allocation:
    policy = transfers.load_policy(FOLDER / f"{name}.yaml")
    districts = transfers.load_districts(None, policy)
    changes = {f"parameters.{key}": value for key, value in overrides.items()}
    return transfers.allocate(policy, districts, changes)


def test_the_equalisation_adds_up_to_zero_and_the_budget_goes_to_the_next() -> None:
    """Mean tax 26 a head of 10,000 people; one by one the claims would come to 1.

    60% of 26 x 1.015 - 40 = -13.61 and so on: -8.166, -4.644, 1.566, 11.244. 34% of what Elv lacks
    to 23.4 a head, 8.366, is 2.84444, or 0.284444 a head for all: claims of -8.4547, -5.2157,
    0.7169, 12.9535. Rounded down -9, -6, 0, 12; three more to the rests .9535, .7843, .7169.
    """
    allocation = allocated("zero_sum")
    assert allocation.amounts["equalisation"].tolist() == [-9, -5, 1, 13]
    # 30 by 1015, 2211, 2835.75, 4189.5 of 10251.25: 2.970, 6.470, 8.299, 12.260
    assert allocation.amounts["framework"].tolist() == [3, 7, 8, 12]
    assert allocation.budget_left == 0 and allocation.keeps_hard_rules


def test_the_levy_within_its_caps_fills_the_fund_that_is_divided_by_rank() -> None:
    """Weights (12 - 8.15625) x 100 and (10 - 8.15625) x 80: 72.3 and 27.7; a cap of 56 makes it 44.

    The fund: 5 + 100 - 10 for Clairval; 95 by 50 / 6 and 30 / 4, which is 10 : 9.
    """
    allocation = allocated("levy_and_fund")
    assert allocation.amounts["levy"].tolist() == [-56, -44, 0, 0, 0]
    assert allocation.amounts["guarantee"].tolist() == [0, 0, 10, 0, 0]
    assert allocation.amounts["attribution"].tolist() == [0, 0, 0, 50, 45]
    (fund,) = allocation.accounts
    assert (fund.opening, fund.contributed, fund.drawn, fund.closing) == (5, 100, 105, 0)
    assert allocation.balance.total("in") == allocation.balance.total("out") == 105


@pytest.mark.parametrize(("due", "collected", "rest"), [("105", 105, 0), ("120", 105, 15)])
def test_caps_of_56_and_49_yield_105_and_no_more(due: str, collected: int, rest: int) -> None:
    allocation = allocated("levy_and_fund", due=due)
    assert -sum(allocation.amounts["levy"].tolist()) == collected
    assert allocation.uncollected == {"levy": rest}
    assert sum(allocation.amounts["attribution"].tolist()) == 5 + collected - 10


def test_recapture_enlarges_the_aid() -> None:
    """200 - 230.4 and 300 - 310.3 are paid in as 30 and 10; 120 for 60 + 70, Cedar at least 55.8.

    A rate of 120 / 130 gives Cedar 55.38: it gets its floor, Dogwood 64.2.
    """
    allocation = allocated("recapture")
    assert allocation.amounts["aid"].tolist() == [-30, -10, 56, 64]
    assert allocation.budget_left == 0
    kept = allocated("recapture", state_money="130")
    assert kept.amounts["aid"].tolist() == [-30, -10, 60, 70]
    assert kept.budget_left == 40 and kept.balance.difference == 0


@pytest.mark.parametrize(
    ("name", "key", "language", "said"),
    [
        ("levy_and_fund", "A", "en", "held at the cap of 56 thousand EUR, pays in 56"),
        ("levy_and_fund", "B", "zh", "Levy上解 44 thousand EUR，存入Fund"),
        ("levy_and_fund", "E", "en", "paid out of Fund: 95 thousand EUR"),
        ("levy_and_fund", "E", "zh", "Levy：向各地收取 100 thousand EUR（collect: due）"),
        ("zero_sum", "01", "en", "pays in 9 million NOK; it pays the others in this grant"),
        ("zero_sum", "04", "zh", "其中 2 个地区上解 14 million NOK"),
        ("zero_sum", "04", "en", "rounding (largest remainder, ties by key)"),
        ("recapture", "4", "en", "of it paid in by 2 districts 40 thousand USD"),
    ],
)
def test_explanations_say_what_was_paid_in_and_where_it_goes(
    name: str, key: str, language: str, said: str
) -> None:
    story = allocated(name).explain(key)
    assert said in story.text(language)
    for portion in story.portions:
        if portion.parts:
            assert sum(part.amount for part in portion.parts) == portion.amount
