"""The numbers of a policy for people: paths, titles, units; and what moves them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from transfers import DocumentError, Place, Policy, messages

DOCUMENT = """\
policy: p
year: 2025
districts: {file: "d.csv", key: code, rows: "period == base and area > least"}
inputs:
  population: {unit: 万人, title: 常住人口}
  area:
parameters:
  base: 2024
  least: 1
  rate: {value: 5, unit: 元/人, title: 定额, min: 0, max: 9}
  cap: 25%
  tier: {title: 档次系数, value: {A: 1.5, B: 1}}
  steps: [{below: 10%, value: 1}, {value: 2}]
grants:
  equalisation:
    title: 均衡补助
    pool: 600
    share:
      factors: {population: 60%, area: 40%}
  rest:
    pool: 400
    share: area
"""


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    (tmp_path / "p.yaml").write_text(DOCUMENT, encoding="utf-8")
    return transfers.load_policy(tmp_path / "p.yaml")


@pytest.mark.parametrize(
    ("path", "chinese", "english", "figure"),
    [
        ("parameters.rate", "定额", "定额", "5 元/人"),
        ("parameters.cap", "cap", "cap", "25%"),
        ("parameters.tier.A", "档次系数[A]", "档次系数[A]", "1.5"),
        ("parameters.steps.0.below", "steps：第 1 档的界限", "steps: edge of step 1", "10%"),
        ("parameters.steps.1.value", "steps：第 2 档的值", "steps: value of step 2", "2"),
        ("grants.equalisation.pool", "均衡补助：pool", "均衡补助: pool", "600 万元"),
        (
            "grants.equalisation.share.factors.population",
            "均衡补助：“常住人口”的权重",
            "均衡补助: weight of 常住人口",
            "60%",
        ),
        ("year", "year", "year", "2,025"),
    ],
)
def test_a_number_has_a_path_a_title_and_a_unit(
    policy: Policy, path: str, chinese: str, english: str, figure: str
) -> None:
    number = policy.named_numbers[path]
    assert messages.said(number.title, "zh") == chinese
    assert messages.said(number.title, "en") == english
    assert messages.said(number.figure(), "zh") == figure
    assert policy.numbers[number.path].value == number.value


def test_every_number_can_be_moved_by_the_path_it_is_listed_under(policy: Policy) -> None:
    numbers = policy.named_numbers
    assert len(numbers) == len(policy.numbers)
    for path, number in numbers.items():
        assert policy.moves({path: number.value}) == {number.path: number.value}


def test_what_decides_reading_is_said(policy: Policy) -> None:
    deciding = {path for path, number in policy.named_numbers.items() if number.decides_reading}
    assert deciding == {"parameters.base", "parameters.least"}


def test_values_are_read_as_changed_reads_them(policy: Policy) -> None:
    asked = {"parameters.cap": " 30% ", "parameters.rate": Decimal("4.5"), "parameters.tier.B": 2}
    moves = policy.moves(asked)
    changed = policy.changed(set=asked)
    assert {path: changed.numbers[path].value for path in moves} == moves
    assert policy.moves({"parameters.cap": Fraction(1, 3)}) == {
        ("parameters", "cap"): Fraction(1, 3)
    }


def test_all_faults_of_moves_come_at_once_where_they_were_asked_for(policy: Policy) -> None:
    asked = {
        "parameters.cpa": "1",
        "zzz": "1",
        "parameters.rate": "12",
        "parameters.cap": "30",
        "grants.rest.pool": "many",
    }
    places = {path: Place("study.yaml", line, 7) for line, path in enumerate(asked, 3)}
    with pytest.raises(DocumentError) as caught:
        policy.moves(asked, places)
    lines = caught.value.lines("en")
    assert [line.partition(" ")[0] for line in lines] == [f"study.yaml:{n}:7" for n in range(3, 8)]
    assert "did you mean `parameters.cap`?" in lines[0]
    assert "no number `zzz` that could be moved" in lines[1]
    assert "30% or 3000%" in lines[3]
    chinese = caught.value.lines("zh")
    assert "没有可调的数“parameters.cpa”；是否应为“parameters.cap”？" in chinese[0]
    assert chinese[1].endswith("没有可调的数“zzz”")


def test_what_is_set_is_parted_into_numbers_and_all_else(policy: Policy) -> None:
    numbers, others = policy.parted(
        {
            "parameters.cap": "30%",
            "parameters.rate": Fraction(1, 3),
            "parameters.base": "2023",
            "grants.rest.pool": "total / 2",
            "grants.rest.share": "population",
            "grants.equalisation.share.factors": {"area": "100%"},
            "parameters.nothing": "1",
        }
    )
    assert list(numbers) == ["parameters.cap", "parameters.rate"]
    assert list(others) == [
        *("parameters.base", "grants.rest.pool", "grants.rest.share"),
        *("grants.equalisation.share.factors", "parameters.nothing"),
    ]
