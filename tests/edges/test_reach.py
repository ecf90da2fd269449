"""Each number moved by a tenth changes an amount, or it is said why not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import scenarios
import transfers
from scenarios.edges.reach import Reaches, reaches_of
from scenarios.settings import Setting
from tests.edges.small import setting_of
from transfers import FaultsError, messages

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(
    path
    for path in (ROOT / "examples").rglob("*.yaml")
    if "grants:" in path.read_text("utf-8") and path.name != "short.yaml"
)


def reached(folder: Path, text: str, rows: list[dict[str, object]]) -> dict[str, str]:
    """Return why each number changes nothing; "" of those that change an amount."""
    found = reaches_of(setting_of(folder, text, rows))
    return {reach.name: reach.reason.code if reach.reason else "" for reach in found.numbers}


def of_example(path: Path) -> Reaches:
    policy = transfers.load_policy(path)
    return reaches_of(Setting(policy, transfers.load_districts(None, policy)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_number_of_every_example_changes_an_amount_or_says_why_not(path: Path) -> None:
    found = of_example(path)
    if not found.done:
        return
    assert {reach.path for reach in found.numbers} == set(found.setting.policy.numbers)
    for reach in found.numbers:
        assert (reach.changed > 0) != (reach.reason is not None), reach.name
        for language in messages.LANGUAGES:
            assert reach.reason is None or reach.reason.text(language)


@pytest.mark.parametrize("path", EXAMPLES[::7], ids=lambda path: path.stem)
def test_what_is_said_to_change_something_does_in_an_ordinary_run(path: Path) -> None:
    found = of_example(path)
    table = found.setting.districts
    for reach in found.numbers:
        if reach.reason is not None or reach.others or reach.path[0] in ("lists", "upstream"):
            continue
        differing = 0
        for value in reach.values:
            try:
                moved = transfers.allocate(found.setting.policy, table, {reach.name: value})
            except FaultsError:
                continue
            change = [int(x) for x in moved.total - found.allocation.total] if moved.amounts else []
            differing = max([differing, *(abs(x) for x in change)])
        assert differing == abs(reach.most), reach.name


def test_jiangmen_moves_with_each_of_its_numbers() -> None:
    found = of_example(ROOT / "examples/jiangmen/policy.yaml")
    assert [reach.name for reach in found.numbers if reach.reason] == []
    budget = next(reach for reach in found.numbers if reach.name == "budget.amount")
    # 4,400 of money: 台山 leaves its floor of 1,080 and gets 1,251.
    assert (budget.values, budget.district) == ((3600, 4400), "440781")
    assert budget.most == 171
    area = next(reach for reach in found.numbers if reach.name.endswith(".area"))
    assert {name.rpartition(".")[2] for name in area.others} == {
        *("population", "towns", "inverse_capacity"),
    }


def test_all_at_their_floors(tmp_path: Path) -> None:
    text = (
        "inputs: {people: {}, last: {unit: 万元}}\n"
        "parameters: {rate: 2}\n"
        "grants: {aid: {title: 补助, pool: 100, share: people * rate, floor: last}}\n"
    )
    rows: list[dict[str, object]] = [
        {"code": "a", "people": "3", "last": "60"},
        {"code": "b", "people": "9", "last": "40"},
    ]
    found = reached(tmp_path, text, rows)
    assert found["parameters.rate"] == "all_floor"
    assert found["grants.aid.pool"] == ""  # 110 leave the floors


@pytest.mark.parametrize(
    ("grant", "number", "reason"),
    [
        ("{claim: score, cap: 500}", "grants.aid.cap", "cap_for_nobody"),
        ("{claim: score, floor: 5}", "grants.aid.floor", "floor_for_nobody"),
        ("{pool: 900, claim: score}", "grants.aid.pool", "pool_not_used_up"),
        ("{pool: 90, share: score * rate}", "parameters.rate", "alike"),
        ("{claim: 'score * by_tier[tier]'}", "parameters.by_tier.B", "category"),
        ("{claim: 'if(score > mark, 5, 7)'}", "parameters.mark", "no_crossing"),
        ("{claim: 'if(tier == \"B\", rate, 1) * score'}", "parameters.rate", "not_taken"),
        (
            "{claim: score, eligible: score > 99999, cap: rate * 3}",
            "parameters.rate",
            "nobody_eligible",
        ),
        ("{claim: score / 1000 * rate}", "parameters.rate", "below_rounding"),
        ("{claim: score}", "parameters.rate", "nowhere"),
        ("{claim: score, cap: 2}", "parameters.rate", "nowhere"),
    ],
)
def test_why_a_number_changes_nothing(tmp_path: Path, grant: str, number: str, reason: str) -> None:
    text = (
        "inputs: {score: {unit: 万元}, tier: {one_of: [A, B]}}\n"
        "parameters: {rate: 2, mark: 10, by_tier: {A: 1, B: 3}}\n"
        f"grants: {{aid: {grant[:-1]}, title: 补助}}}}\n"
    )
    rows: list[dict[str, object]] = [
        {"code": "a", "score": "60", "tier": "A"},
        {"code": "b", "score": "40", "tier": "A"},
    ]
    assert reached(tmp_path, text, rows)[number] == reason


def test_numbers_that_only_columns_and_rules_use_say_so(tmp_path: Path) -> None:
    text = (
        "inputs: {score: {unit: 万元}}\n"
        "parameters: {part: 2, mark: 10}\n"
        "quantities: {more: score * part}\n"
        "grants: {aid: {title: 补助, claim: score}}\n"
        "outputs: {later: more - aid}\n"
        "rules: {enough: aid >= mark}\n"
    )
    found = reached(tmp_path, text, [{"code": "a", "score": "60"}])
    assert found == {"parameters.part": "outputs_only", "parameters.mark": "rules_only"}


def test_weights_move_with_their_group_and_a_single_one_cannot(tmp_path: Path) -> None:
    text = (
        "inputs: {people: {}, area: {}}\n"
        "grants:\n"
        "  two: {title: 二, pool: 900, share: {factors: {people: 30%, area: 70%}}}\n"
        "  one: {title: 一, pool: 900, share: {factors: {people: 100%}}}\n"
    )
    rows: list[dict[str, object]] = [
        {"code": "a", "people": "3", "area": "60"},
        {"code": "b", "people": "9", "area": "40"},
    ]
    setting = setting_of(tmp_path, text, rows)
    found = {reach.name: reach for reach in reaches_of(setting).numbers}
    people = found["grants.two.share.factors.people"]
    assert people.values == (Fraction(27, 100), Fraction(33, 100))
    assert people.others == ("grants.two.share.factors.area",)
    assert people.changed == 2
    alone = found["grants.one.share.factors.people"].reason
    assert alone is not None and alone.code == "only_weight"


def test_a_year_moves_by_one_and_what_decides_the_reading_cannot() -> None:
    found = of_example(ROOT / "examples/patterns/year_columns.yaml")
    year = next(reach for reach in found.numbers if reach.path == ("year",))
    assert year.values == (2024, 2026)
    assert year.reason is not None and year.reason.code == "refused"


def test_some_numbers_may_be_chosen_and_moved_by_another_part() -> None:
    policy = transfers.load_policy(ROOT / "examples/jiangmen/policy.yaml")
    setting = Setting(policy, transfers.load_districts(None, policy))
    found = scenarios.reaches(setting, by=Fraction(1, 2), only=("budget.amount",))
    assert [(r.name, r.values, r.changed) for r in found.numbers] == [
        ("budget.amount", (2000, 6000), 5)
    ]
    assert found.numbers[0].unpaid == (2000,)  # the floors come to 3,600
