"""Every policy of examples and cases passes `transfers check`; what it waives it needs."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from checks.calling import policies_below
from checks.checking import check_policy
from checks.policy_tests import find_tests, load_tests, run_tests
from scripts import promised
from transfers import load_policy
from transfers.documents.promises import PROMISES
from transfers.messages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
FILES = [file for folder in ("cases", "examples") for file in policies_below(str(ROOT / folder))]
PLANNED = 2
"""Seconds that are planned for: the same tables on any machine, in a small part of that."""

TODAY = datetime.date(2026, 11, 1)
NAMED = [Path(file).relative_to(ROOT).as_posix() for file in FILES]


@pytest.mark.parametrize("file", NAMED)
def test_a_policy_keeps_what_it_promises(file: str) -> None:
    report = check_policy(ROOT / file, seconds=PLANNED, today=TODAY)
    failing = [verdict.promise for verdict in report.verdicts if verdict.fails]
    assert (failing, report.exercised) == ([], True)
    # Arithmetic that no rule of the policy can break is not exercised; most of it always is.
    arithmetic = [v for v in report.verdicts if v.kind == "arithmetic" and v.status == "held"]
    assert len(arithmetic) >= 9


@pytest.mark.parametrize("file", [name for name in NAMED if find_tests(ROOT / name)])
def test_the_tests_beside_a_policy_pass(file: str) -> None:
    for test in find_tests(ROOT / file):
        assert all(result.passed for result in run_tests(load_tests(test)))


def test_cases_and_the_chief_examples_promise_something() -> None:
    promising = {file for file, policy in promised.promising() if policy.promises}
    cases = {name for name in NAMED if name.startswith("cases/")}
    chief = {"jiangmen", "jiangmen_reform", "haiyan", "haiyan_transfer", "rules"}
    assert cases and promising >= cases | {f"examples/{name}/policy.yaml" for name in chief}
    assert sum("examples/horizontal/" in name for name in promising) == 3


def test_arithmetic_is_waived_only_where_a_rule_names_districts_or_rounds_half_up() -> None:
    waived = {
        (file, waiver.promise)
        for file, policy in promised.promising()
        for waiver in policy.waivers
        if PROMISES[waiver.promise] == "arithmetic"
    }
    names = ("cases/australia_victoria_2024", "cases/china_tiers_2018")
    patterns = ("examples/patterns/by_name", "examples/patterns/fixed_amounts")
    assert waived == {
        *((f"{name}/policy.yaml", "relabelling") for name in names),
        *((f"{name}.yaml", "relabelling") for name in patterns),
        ("examples/patterns/rounding.yaml", "balance"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_every_promise_and_every_reason(language: str) -> None:
    page = (ROOT / promised.PAGES / f"examples_{language}.md").read_text("utf-8")
    assert page == promised.pages()[f"examples_{language}.md"]
    for _, policy in promised.promising():
        assert load_policy(policy.document.source.file).title in page
        assert all(waiver.reason.replace("|", "\\|") in page for waiver in policy.waivers)
