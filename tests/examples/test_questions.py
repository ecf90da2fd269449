"""The twelve questions of a bureau: what their documents answer is what the engine computes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import scenarios
from scenarios import Answer, Run

QUESTIONS = Path(__file__).resolve().parents[2] / "examples" / "questions"
NAMES = ("蓬江", "江海", "新会", "台山", "开平", "鹤山", "恩平")


def asked(number: str) -> scenarios.Study:
    (folder,) = QUESTIONS.glob(f"{number}-*")
    return scenarios.load_study(folder / "study.yaml")


def answered(number: str) -> Run:
    return scenarios.run(asked(number))


def changes(run: Run, variant: str, grant: str = "") -> dict[str, int]:
    """Return who gains or loses how much against the baseline."""
    before, after = amounts(run.baseline, grant), amounts(run[variant], grant)
    moved = {name: b - a for name, a, b in zip(NAMES, before, after, strict=True)}
    return {name: change for name, change in moved.items() if change}


def amounts(answer: Answer, grant: str) -> list[int]:
    allocation = answer.allocation
    found: list[int] = (allocation.amounts[grant] if grant else allocation.total).tolist()
    return found


def test_every_question_has_a_study_and_an_answer_in_both_languages() -> None:
    folders = sorted(path for path in QUESTIONS.iterdir() if path.is_dir())
    assert [folder.name[:2] for folder in folders] == [f"{n:02}" for n in range(1, 13)]
    for folder in folders:
        for name, heading in (("README.md", "## Answer"), ("README.zh-CN.md", "## 答")):
            text = (folder / name).read_text(encoding="utf-8")
            assert heading in text and "<!-- run" in text, folder


def test_01_a_higher_weight_of_area() -> None:
    run = answered("01")
    assert changes(run, "area_25") == {"恩平": 8, "开平": 5, "鹤山": 1, "蓬江": -12, "新会": -2}
    factors = run["area_25"].setting.policy.grants[0].share
    assert factors is not None
    weights = [factor.weight.value for factor in factors.factors]
    assert weights == [Fraction(3, 8), Fraction(1, 4), Fraction(3, 32), Fraction(9, 32)]


def test_02_a_pool_that_is_just_enough_and_one_that_is_200_short() -> None:
    run = answered("02")
    allocation = run["cut_10"].allocation
    assert allocation.total.tolist() == [260, 120, 470, 1080, 700, 330, 640]
    assert run["cut_10"].keeps_hard_rules
    assert run["cut_15"].status == "rejected" and not run["cut_15"].keeps_hard_rules
    (finding,) = (f for f in run["cut_15"].findings if f.severity == "error")
    assert finding.margin == "200"


def test_03_a_district_a_tier_higher() -> None:
    run = answered("03")
    assert changes(run, "heshan_a") == {"鹤山": 10, "开平": -4, "新会": -3, "恩平": -3}


def test_04_more_incentive_money_widens_the_gap() -> None:
    run = answered("04")
    before, after = (answer.measures["cv"] for answer in (run.baseline, run["incentive_30"]))
    assert before is not None and after is not None
    assert (round(float(before), 4), round(float(after), 4)) == (0.2907, 0.2909)
    (rule,) = (r for r in run["incentive_30"].rules if r.id == "not_wider")
    assert rule.status == "broken"
    gains = changes(run, "incentive_30")
    assert {name for name, change in gains.items() if change > 0} == {
        "蓬江",
        "江海",
        "新会",
        "鹤山",
    }


def test_05_a_higher_standard_of_dibao() -> None:
    run = answered("05")
    paid = changes(run, "dibao_30", "bottom_line")
    assert paid == {
        **{"台山": 43, "开平": 32, "恩平": 26, "新会": 19, "鹤山": 12, "蓬江": 6, "江海": 3}
    }
    assert sum(paid.values()) == 141
    margins = []
    for answer in (run.baseline, run["dibao_30"]):
        (rule,) = (r for r in answer.rules if r.id == "county_livelihood")
        assert rule.status == "holds" and rule.margin is not None
        margins.append((round(float(rule.margin * 100), 2), rule.district))
    assert margins == [(1.74, "开平市"), (2.69, "开平市")]


def test_06_a_lower_cap() -> None:
    run = answered("06")
    freed = {"蓬江": -26, "鹤山": -23, "江海": -12, "新会": -12}
    assert changes(run, "cap_15") == {**freed, "开平": 50, "台山": 23}
    assert -sum(freed.values()) == 73


def test_07_resident_in_place_of_registered_population() -> None:
    run = answered("07")
    moved = changes(run, "resident")
    assert (moved["恩平"], moved["蓬江"]) == (-34, 42)


def test_08_the_least_weight_of_hardship() -> None:
    sought = scenarios.seek(asked("08"))
    assert sought.value == Fraction(236, 1000)
    # 23.5% gives 711, which is 11.09% more than 640; the average is 4000 / 3600.
    assert Fraction(711, 640) < Fraction(4000, 3600) <= Fraction(712, 640)


def test_09_compressed_bonuses() -> None:
    run = answered("09")
    paid = run["kaiping_800"].allocation.amounts["attainment"].tolist()
    assert dict(zip(NAMES, paid, strict=True)) == {
        **{"蓬江": 67, "江海": 67, "新会": 200, "台山": 66, "开平": 200, "鹤山": 0, "恩平": 200}
    }


def test_10_who_pays_back_after_the_advance() -> None:
    run = answered("10")
    assert run.baseline.measures["clawed_back"] == 0
    less = run["less"]
    assert (less.measures["paid_ahead"], less.measures["clawed_back"]) == (7784, 6)
    owed = dict(zip(NAMES, less.allocation.outputs["instalment"], strict=True))
    assert owed == {
        **{"蓬江": -62, "江海": 2, "新会": -153, "台山": -287},
        **{"开平": -150, "鹤山": -99, "恩平": -138},
    }


def test_11_the_red_line_and_what_is_missing() -> None:
    run = answered("11")
    broken = [rule.id for rule in run.baseline.rules if not rule.kept and rule.level == "hard"]
    assert broken == ["city_services_grow"]
    assert scenarios.seek(asked("11")).value == 92401 == 91520 + 881


def test_12_data_and_policy() -> None:
    run = answered("12")
    assert changes(run, "old_rule")["恩平"] == -8
    assert changes(run, "new_rule")["恩平"] == 140


@pytest.mark.parametrize("number", [f"{n:02}" for n in range(1, 13) if n not in (8, 11)])
def test_a_variant_without_changes_differs_nowhere(number: str) -> None:
    run = answered(number)
    assert changes(run, "baseline") == {}
