"""The bonuses of the cookbook: money as its page says, as the reference has it, marked as invented.

What the pages show is run by ``test_documents.py``; that lines and table of effects are as they are
now is checked with all generated pages.
"""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import transfers
from scripts import cookbook
from transfers import Allocation, reference

EXAMPLES = Path("examples/bonuses")
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
PAGES = {"zh": Path("docs/zh/cookbook/bonuses.md"), "en": Path("docs/cookbook/bonuses.md")}
YARDSTICK = "by_head"


def allocated(name: str, **changes: str) -> Allocation:
    policy = transfers.load_policy(
        EXAMPLES / f"{name}.yaml", {f"parameters.{p}": v for p, v in changes.items()}
    )
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def table(folder: str) -> list[dict[str, str]]:
    with Path(f"examples/{folder}/districts.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", NAMES)
def test_every_bonus_is_as_the_reference_has_it(name: str) -> None:
    allocation = allocated(name)
    expected = reference.allocate(allocation.policy, allocation.districts)
    assert (allocation.status, allocation.total.tolist()) == ("done", expected.total)
    assert allocation.outputs == expected.outputs


@pytest.mark.parametrize("language", PAGES)
def test_every_bonus_has_its_section_and_every_section_its_question(language: str) -> None:
    text = PAGES[language].read_text("utf-8")
    told = re.findall(r"<!-- effect (\w+)", text)
    assert sorted([*told, YARDSTICK]) == NAMES
    numbers = re.findall(r"(?m)^## (\d+) ", text)
    assert numbers == re.findall(r"(?m)^\| (\d+) ", text) == [str(n + 1) for n in range(len(told))]


def test_each_of_the_same_bonus_in_both_languages_has_the_same_number() -> None:
    order = [
        re.findall(r"<!-- effect (.+) -->", path.read_text("utf-8")) for path in PAGES.values()
    ]
    assert order[0] == order[1]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_invented_says_so_in_the_file_itself(name: str) -> None:
    assert "虚构" in (EXAMPLES / f"{name}.yaml").read_text("utf-8").splitlines()[1]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_column_is_accounted_for(page: str) -> None:
    text = (EXAMPLES / page).read_text("utf-8")
    listed = set(re.findall(r"`([a-z_0-9]+)`", text))
    between = {f"water_{number}" for number in range(2, 5)}  # water_1 to water_5
    assert set(table("bonuses")[0]) == listed - {"source"} | between


def test_residents_and_revenue_are_those_of_the_jiangmen_example() -> None:
    pairs = zip(table("bonuses"), table("jiangmen"), strict=True)
    for ours, theirs in pairs:
        assert ours["code"] == theirs["code"]
        assert ours["population"] == theirs["resident_population_wan"]
        assert (ours["revenue"], ours["last_year"]) == (
            theirs["revenue_yi"],
            theirs["last_year_wan"],
        )


def by_hand(paid: list[int]) -> tuple[float, float]:
    """Return the two measures of resources per head, from their definitions."""
    rows = table("bonuses")
    heads = np.array([float(row["population"]) for row in rows])
    figures = (np.array([float(row["revenue"]) for row in rows]) * 10_000 + paid) / heads
    parts = heads / heads.sum()
    mean = float((parts * figures).sum())
    deviation = float((parts * (figures - mean) ** 2).sum()) ** 0.5
    pairs = np.abs(figures[:, None] - figures[None, :]) * parts[:, None] * parts[None, :]
    return deviation / mean, float(pairs.sum()) / (2 * mean)


@pytest.mark.parametrize("name", [name for name in NAMES if name != YARDSTICK])
def test_effects_follow_from_the_definitions(name: str) -> None:
    allocation = allocated(name)
    effect = cookbook.effect_of(name)
    assert effect.cost == allocation.total.sum()
    assert effect.before == pytest.approx(by_hand([0] * 7), abs=1e-12)
    assert effect.after == pytest.approx(by_hand(allocation.total.tolist()), abs=1e-12)
    heads = [Fraction(row["population"]) for row in table("bonuses")]
    spread = [effect.cost * part / sum(heads) for part in heads]
    assert effect.by_head == pytest.approx(
        by_hand([float(s) for s in spread]), abs=5e-6
    )  # whole 万元


def test_a_coefficient_in_a_fixed_pool_takes_from_those_it_does_not_touch() -> None:
    """And so it does where nobody is marked down."""
    grades = [row["grade"] for row in table("bonuses")]
    for changes in ({}, {"by_grade.中": "1.0", "by_grade.差": "1.0"}):
        moved = allocated("grade_coefficient", **changes).outputs["moved"]
        untouched = [figure for figure, grade in zip(moved, grades, strict=True) if grade == "良"]
        assert len(untouched) == 3
        assert all(figure < 0 for figure in untouched)  # type: ignore[operator]
    neutral = allocated("grade_coefficient", **{f"by_grade.{g}": "1" for g in "优良中差"})
    assert all(abs(figure) < 1 for figure in neutral.outputs["moved"])  # type: ignore[arg-type]


def test_in_a_queue_nobody_gets_anything_before_all_ahead_have_all() -> None:
    policy = transfers.load_policy(EXAMPLES / "queue.yaml")
    districts = transfers.load_districts(None, policy)
    pools = range(0, 1500, 37)
    due = allocated("attained_given").total
    order = np.argsort([-float(row["score"]) for row in table("bonuses")])
    for pool in pools:
        paid = transfers.allocate(policy, districts, {"grants.award.pool": str(pool)}).total[order]
        ahead = np.concatenate([[0], np.cumsum(due[order])[:-1]])
        assert paid.tolist() == np.clip(pool - ahead, 0, due[order]).tolist(), pool


def test_the_same_claims_come_to_the_pool_when_compressed_and_to_all_when_the_fund_helps() -> None:
    assert allocated("attained_given").total.sum() == 1300
    assert allocated("compressed").total.sum() == 1000
    kept = allocated("to_reserve")
    (fund,) = kept.accounts
    assert (kept.total.sum(), fund.returned, fund.closing) == (1300, 200, 600)


def test_only_what_is_said_enters_next_years_base() -> None:
    last_year = [int(row["last_year"]) for row in table("bonuses")]
    lapsed, kept = allocated("next_base"), allocated("next_base", into_base="100%")
    assert lapsed.outputs["base_next_year"] == last_year
    together = [base + award for base, award in zip(last_year, kept.total.tolist(), strict=True)]
    assert kept.outputs["base_next_year"] == together
    assert lapsed.total.tolist() == kept.total.tolist()
