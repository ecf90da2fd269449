"""What scripts see of the package: names, refusals, short words for large things."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import scenarios
import transfers

STUDY = Path(__file__).resolve().parents[2] / "examples" / "studies" / "three.yaml"


@pytest.fixture(scope="module")
def run() -> scenarios.Run:
    return scenarios.run(scenarios.load_study(STUDY))


def test_public_names_are_listed_before_they_are_used() -> None:
    assert set(scenarios.__all__) <= set(dir(scenarios))
    assert set(transfers.__all__) <= set(dir(transfers))


def test_a_variant_that_is_not_there_is_named_with_those_that_are(run: scenarios.Run) -> None:
    with pytest.raises(KeyError, match=r"nope: baseline, .*west_up"):
        run["nope"]
    with pytest.raises(KeyError, match="west_up"):
        scenarios.compare(run)["nope"]


def test_a_variant_that_is_not_there_is_not_passed_over() -> None:
    with pytest.raises(transfers.DocumentError) as told:
        scenarios.run(scenarios.load_study(STUDY), only=["west_up", "nope"])
    assert [fault.code for fault in told.value.faults] == ["study.unknown_variant"]


def test_changes_may_be_numbers() -> None:
    study = scenarios.load_study(STUDY)
    path = "grants.general.share.factors"
    by_text = scenarios.run(study, {f"{path}.area": "30%", f"{path}.population": "70%"}, only=[])
    by_number = scenarios.run(study, {f"{path}.area": 0.3, f"{path}.population": 0.7}, only=[])
    assert (
        by_text.baseline.allocation.total.tolist() == by_number.baseline.allocation.total.tolist()
    )


@pytest.mark.parametrize(
    ("ask", "file"),
    [
        (scenarios.seek, "seek.yaml"),
        (scenarios.optimise, "optimise.yaml"),
        (scenarios.reaches, "weight.yaml"),
    ],
)
def test_every_question_takes_changes_that_are_numbers(ask: Any, file: str) -> None:
    study = scenarios.load_study(STUDY.with_name(file))
    assert type(ask(study, {"budget.amount": 1950})) is type(ask(study, {"budget.amount": "1950"}))
    with pytest.raises(transfers.DocumentError, match=r"budget\.amuont"):
        ask(study, {"budget.amuont": 1950})


def test_numbers_inside_what_is_added_are_numbers() -> None:
    policy = transfers.load_policy(STUDY.parent / "policy.yaml")
    number = policy.changed(add={"grants.extra": {"pool": 20, "share": "population"}})
    text = policy.changed(add={"grants.extra": {"pool": "20", "share": "population"}})
    tables = [transfers.load_districts(None, each) for each in (number, text)]
    amounts = [
        transfers.allocate(each, table).total.tolist()
        for each, table in zip((number, text), tables, strict=True)
    ]
    assert amounts[0] == amounts[1]
    assert policy.changed(remove="grants.general.floor").grants[0].floor is None


def test_a_comparison_is_a_table(run: scenarios.Run) -> None:
    comparison = scenarios.compare(run)
    table = comparison.table()
    assert list(table)[:4] == ["key", "name", "variant", "baseline"]
    assert sum(figure for figure in table["change"] if isinstance(figure, Fraction)) == sum(
        sum(change for change in variant.change if change is not None)
        for variant in comparison.variants
    )
    pytest.importorskip("pandas")
    assert len(comparison.to_frame()) == len(table["key"])


def test_large_things_are_said_in_few_words(run: scenarios.Run) -> None:
    answer = run.baseline
    for each in (answer.allocation, answer.setting.policy, answer.setting.districts, answer.batch):
        assert len(repr(each)) < 120
