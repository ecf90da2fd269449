"""The example of the Jiangmen reform: by hand where it can be, balanced in every budget."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from transfers import Allocation, Districts, Policy

FOLDER = Path(__file__).parents[2] / "examples" / "jiangmen_reform"
ENPING = "440785"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return transfers.load_policy(FOLDER / "policy.yaml")


@pytest.fixture(scope="module")
def districts(policy: Policy) -> Districts:
    return transfers.load_districts(None, policy)


def with_budget(policy: Policy, districts: Districts, amount: int) -> Allocation:
    return transfers.allocate(policy, districts, {"budget.amount": amount})


def paid(allocation: Allocation) -> dict[str, int]:
    return {grant: int(amounts.sum()) for grant, amounts in allocation.amounts.items()}


def rows(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_bottom_line_and_key_items_are_those_of_a_loop_over_the_files(
    policy: Policy, districts: Districts
) -> None:
    items = {row["item"]: row for row in rows("services.csv")}
    share = {"A": Fraction(6, 10), "B": Fraction(4, 10), "C": Fraction(2, 10)}
    tiers = {row["code"]: row["tier"] for row in rows("districts.csv")}
    bottom, key = dict.fromkeys(tiers, Fraction(0)), dict.fromkeys(tiers, Fraction(0))
    for row in rows("recipients.csv"):
        item, code = items[row["item"]], row["code"]
        now = Fraction(item["standard"]) * int(row["recipients"]) / 10_000
        before = Fraction(item["standard_last"]) * int(row["last_year"]) / 10_000
        if item["kind"] == "底线":
            bottom[code] += now * share[tiers[code]]
        elif item["kind"] == "关键":
            key[code] += max(Fraction(0), now - before) * Fraction(item["led_by_city"]) / 100
    allocation = transfers.allocate(policy, districts)
    for name, expected in (("bottom_line", bottom), ("key_items", key)):
        entitled = allocation.column(f"{name}.entitlement")
        assert dict(zip(allocation.keys, entitled, strict=True)) == expected
        rounded = [int(figure + Fraction(1, 2)) for figure in expected.values()]
        assert allocation.amounts[name].tolist() == rounded


def test_the_factor_pool_is_the_one_of_the_worked_example(
    policy: Policy, districts: Districts
) -> None:
    allocation = transfers.allocate(policy, districts)
    golden = [325, 150, 552, 1080, 755, 402, 736]
    assert allocation.amounts["equalisation"].tolist() == golden


# budget -> what the five grants come to, drawn from the fund, its closing
BUDGETS = {
    9400: ([3056, 641, 4000, 1000, 630], 0, 973),
    9000: ([3056, 641, 4000, 1000, 303], 0, 900),
    8000: ([3056, 641, 4000, 303, 0], 0, 900),
    7000: ([3056, 641, 3600, 0, 0], 297, 603),
    5500: ([3056, 641, 2703, 0, 0], 900, 0),
    2000: ([2900, 0, 0, 0, 0], 900, 0),
}


@pytest.mark.parametrize("budget", BUDGETS)
def test_a_shorter_budget_cuts_from_the_end_of_the_document_and_balances_to_the_quantum(
    policy: Policy, districts: Districts, budget: int
) -> None:
    allocation = with_budget(policy, districts, budget)
    amounts, drawn, closing = BUDGETS[budget]
    assert list(paid(allocation).values()) == amounts
    (fund,) = allocation.accounts
    assert (fund.opening, fund.inflow, fund.drawn, fund.closing) == (300, 600, drawn, closing)
    assert fund.opening + budget + fund.inflow == sum(amounts) + closing
    assert int(allocation.total.sum()) == sum(amounts)


def test_floors_hold_while_the_fund_lasts_and_shrink_alike_when_it_does_not(
    policy: Policy, districts: Districts
) -> None:
    last = [
        int(figure or 0) for figure in transfers.allocate(policy, districts).column("last_year")
    ]
    helped = with_budget(policy, districts, 7000).amounts["equalisation"].tolist()
    assert helped == last
    scaled = with_budget(policy, districts, 5500).amounts["equalisation"].tolist()
    assert all(abs(x - y * Fraction(2703, 3600)) < 1 for x, y in zip(scaled, last, strict=True))


def test_every_cut_is_told_with_its_grant_in_the_order_of_the_document(
    policy: Policy, districts: Districts
) -> None:
    allocation = with_budget(policy, districts, 2000)
    told = [finding.grant for finding in allocation.findings if finding.status == "adjusted"]
    assert list(dict.fromkeys(told)) == list(paid(allocation))


def test_rules_tell_what_a_shortage_breaks(policy: Policy, districts: Districts) -> None:
    status = {rule.id: rule.status for rule in with_budget(policy, districts, 2000).rules}
    assert status["not_below_last_year"] == status["three_guarantees_covered"] == "broken"
    ample = {rule.id: rule for rule in with_budget(policy, districts, 9400).rules}
    assert {rule.status for rule in ample.values()} == {"holds"}
    counts = ample["county_livelihood"].counts
    assert (counts["holds"], counts["not_applicable"]) == (6, 1)  # 恩平 has no new resources


def test_the_advance_adds_up_and_a_short_year_takes_some_of_it_back(
    policy: Policy, districts: Districts
) -> None:
    allocation = with_budget(policy, districts, 9400)
    advance = [int(figure) for figure in allocation.column("advance")]  # type: ignore[arg-type]
    assert sum(advance) == 7784  # nine tenths of 8,648, rounded up
    short = with_budget(policy, districts, 7000)
    returned = next(f for f in short.findings if f.code == "allocation.clawback")
    negative = [figure for figure in short.column("instalment") if figure < 0]  # type: ignore[operator]
    assert returned.values["count"] == len(negative) > 0


def test_the_story_of_enping_names_every_item_once_and_adds_up(
    policy: Policy, districts: Districts
) -> None:
    allocation = transfers.allocate(policy, districts)
    story = allocation.explain(ENPING)
    text = story.text("zh")
    for heading in (
        "【底线民生补助：546 万元】",
        "【关键项目新增支出：97 万元】",
        "【激励性奖励：272 万元】",
    ):
        assert text.count(heading) == 1
    for item in ("特困人员供养", "平安通养老助残服务", "村居公共服务站达标率"):
        assert item in text
    assert "各项合计：546 + 97 + 736 + 272 + 50 = 1,701 万元" in text
    bottom = [line for line in story.lines if line.code == "explain.item"][:5]
    cost = sum((line.figure for line in bottom), Fraction(0))  # type: ignore[misc]
    assert cost * Fraction(6, 10) == Fraction("546.216")
    assert "1/100" not in text


def test_a_standard_raised_moves_its_item_and_nothing_else_above_the_factor_pool(
    policy: Policy, districts: Districts
) -> None:
    before = transfers.allocate(policy, districts)
    after = transfers.allocate(policy, districts, {"lists.services.dibao.standard": 3480})
    number = districts.keys.index(ENPING)
    gained = (after.column("bottom_line.entitlement")[number], 546 + Fraction("0.216"))
    assert gained[0] - gained[1] == Fraction(1180 * 360, 10_000) * Fraction(6, 10)  # type: ignore[operator]
    for grant in ("key_items", "equalisation", "attainment"):
        assert after.amounts[grant].tolist() == before.amounts[grant].tolist()
