"""Until something differs the years of a variant are those of the baseline, and nobody sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

import scenarios
from scenarios import Outlook
from scenarios.outlook import looking
from scenarios.outlook.json_file import json_bytes
from scenarios.outlook.pages.report import report_of
from tests.outlook.conftest import Look

ROOT = Path(__file__).parents[2]
STUDIES = ("examples/haiyan/outlook.yaml", "examples/jiangmen_reform/outlook.yaml")

VARIANTS = """\
years: {from: 2026, until: 2030, set: {parameters.new_money: {2028: 300}}}
variants:
  same: {title: 一样}
  later: {years: {set: {parameters.new_money: {2029: 400}}}}
  rule: {years: {changes: {2028: {set: {grants.base.pool: 500}}}}}
  figures: {years: {changes: {2027: {data: {revenue: {c1: 1100}}}}}}
  merged: {years: {members: {2028: {leave: [c3]}}}}
  at_once: {set: {budget.amount: 990}}
  other_next: {years: {next: {population: +1%}}}
measures: {all: sum(total)}
"""


def shared(found: Outlook, variant: str) -> int:
    """Return how many years of a variant are the baseline's own."""
    pairs = zip(found[variant].years, found.baseline.years, strict=True)
    alike = [
        mine is theirs
        if mine.answer is None or theirs.answer is None
        else mine.answer.batch is theirs.answer.batch
        for mine, theirs in pairs
    ]
    assert alike == sorted(alike, reverse=True)  # once apart, apart for good
    return sum(alike)


@pytest.mark.parametrize(
    ("variant", "years"),
    [
        ("same", 5),
        ("later", 3),
        ("rule", 2),
        ("figures", 1),
        ("merged", 2),
        ("at_once", 0),
        ("other_next", 0),
    ],
)
def test_a_variant_parts_with_the_baseline_where_it_differs(
    look: Look, variant: str, years: int
) -> None:
    assert shared(look(VARIANTS), variant) == years


def test_every_year_is_called_by_its_own_variant(look: Look) -> None:
    found = look(VARIANTS)
    for each in found.variants:
        names = [(year.answer.id, year.answer.title) for year in each.years if year.answer]
        assert names == [(each.id, each.title)] * 5


def test_measures_that_compare_with_the_baseline_are_asked_of_every_year(look: Look) -> None:
    found = look(VARIANTS.replace("sum(total)", "sum(total - baseline.total)"))
    assert shared(found, "same") == 0
    assert found["same"].measure("all") == (0,) * 5


def test_a_year_that_cannot_pay_ends_both(look: Look) -> None:
    found = look(
        "years:\n  from: 2026\n  until: 2030\n  changes:\n"
        "    2028: {set: {grants.base.if_short: reject, budget.amount: 10}}\n"
        "variants: {same: {title: 一样}}\n"
    )
    assert [year.status for year in found["same"].years] == [
        *("done", "done", "rejected", "not_run", "not_run")
    ]
    assert shared(found, "same") == 5
    assert found["same"].years[3].after == 2028


@pytest.mark.parametrize("study", [*STUDIES, VARIANTS])
def test_nothing_of_it_shows(study: str, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> bytes:
        if study in STUDIES:
            found = scenarios.look_ahead(scenarios.load_study(ROOT / study))
        else:
            found = look(study)
        return json_bytes(report_of(found), "zh")

    together = told()
    monkeypatch.setattr(looking._Walk, "_goes_with", lambda *_: False)
    monkeypatch.setattr(looking, "Recall", _Nothing)
    assert told() == together


class _Nothing(looking.Recall):
    """Remembers nothing."""

    def value(self, block, formula):  # type: ignore[no-untyped-def]
        return block.read(formula)
