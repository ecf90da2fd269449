"""The Haiyan example: facts as published, money that closes on both levels, marked as invented."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from transfers import Allocation, reference

EXAMPLE = Path("examples/haiyan_transfer")
TOWNS = [
    "武原街道",
    "西塘桥街道",
    "秦山街道",
    "望海街道",
    "沈荡镇",
    "百步镇",
    "于城镇",
    "澉浦镇",
    "通元镇",
]


@pytest.fixture(scope="module")
def allocation() -> Allocation:
    policy = transfers.load_policy(EXAMPLE / "policy.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def test_there_are_nine_towns_and_they_make_up_the_county(allocation: Allocation) -> None:
    assert list(allocation.districts.names) == TOWNS
    assert sum(allocation.column("area")) == Fraction("584.96")  # type: ignore[arg-type]
    assert sum(allocation.column("population")) == 456_775  # type: ignore[arg-type]


def test_what_the_level_above_gives_and_the_county_adds_is_paid_to_the_last_unit(
    allocation: Allocation,
) -> None:
    above = allocation.policy.above
    assert above is not None and above.name == "海盐县"
    total = above.figures["total"].value + 800
    assert (allocation.total.sum(), allocation.budget_left) == (total, 0)


def test_the_instalments_add_up_and_only_wuyuan_returns_money(allocation: Allocation) -> None:
    pairs = zip(allocation.outputs["advance"], allocation.outputs["instalment"], strict=True)
    assert [a + b for a, b in pairs] == allocation.total.tolist()  # type: ignore[operator]
    (finding,) = (f for f in allocation.findings if f.code == "allocation.clawback")
    assert finding.values["districts"] == ("武原街道 28",)


def test_both_levels_are_as_the_reference_has_them(allocation: Allocation) -> None:
    for policy in (allocation.policy, transfers.load_policy(EXAMPLE / "upper/policy.yaml")):
        districts = transfers.load_districts(None, policy)
        expected = reference.allocate(policy, districts)
        found = transfers.allocate(policy, districts)
        assert found.total.tolist() == expected.total
        assert found.outputs == expected.outputs


@pytest.mark.parametrize("file", ["policy.yaml", "upper/policy.yaml", "upper/short.yaml"])
def test_what_is_invented_says_so_in_the_file_itself(file: str) -> None:
    assert "虚构" in (EXAMPLE / file).read_text("utf-8").splitlines()[1]


@pytest.mark.parametrize("file", ["towns.csv", "upper/counties.csv"])
def test_every_row_of_a_table_says_what_is_invented(file: str) -> None:
    rows = (EXAMPLE / file).read_text("utf-8").splitlines()[1:]
    assert all("虚构" in row for row in rows)
