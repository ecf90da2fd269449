"""What the readme says of Jiangmen with reserves is what comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers

EXAMPLE = Path(__file__).parents[2] / "examples/jiangmen"
FLOORS = [260, 120, 470, 1080, 700, 330, 640]


@pytest.mark.parametrize(("fund", "drawn", "paid"), [(300, 200, 3600), (120, 120, 3520)])
def test_a_fund_stands_behind_the_floors(tmp_path: Path, fund: int, drawn: int, paid: int) -> None:
    text = (EXAMPLE / "policy.yaml").read_text("utf-8")
    text = text.replace("budget: {amount: 4000}", f"reserves: {{fund: {fund}}}\nbudget: 3400")
    text = text.replace("if_short: reject", "if_short: [fund, scale]")
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "policy.yaml")
    allocation = transfers.allocate(
        policy, transfers.load_districts(EXAMPLE / "districts.csv", policy)
    )
    (account,) = allocation.accounts
    assert (account.drawn, account.closing) == (drawn, fund - drawn)
    assert allocation.total.sum() == paid
    assert (sorted(allocation.total.tolist()) == sorted(FLOORS)) is (paid == 3600)


@pytest.mark.parametrize(
    ("reserve", "said"),
    [
        ("{opening: 120}", "reserve_exhausted"),
        ("{opening: 500, limit: 120}", "reserve_limit_reached"),
        ("{opening: 120, limit: 300}", "reserve_exhausted"),  # a limit, but not what ran out
    ],
)
def test_a_reserve_is_said_to_be_used_up_or_at_its_limit(
    tmp_path: Path, reserve: str, said: str
) -> None:
    text = (EXAMPLE / "policy.yaml").read_text("utf-8")
    text = text.replace("budget: {amount: 4000}", f"reserves: {{fund: {reserve}}}\nbudget: 3400")
    text = text.replace("if_short: reject", "if_short: [fund, scale]")
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "policy.yaml")
    districts = transfers.load_districts(EXAMPLE / "districts.csv", policy)
    codes = [finding.code for finding in transfers.allocate(policy, districts).findings]
    told = [code for code in codes if code.startswith("allocation.reserve_")]
    assert told == [f"allocation.{said}"]
