"""A break that was found once is told, whether it comes again or not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import checks.checking as checking
from checks.answer import Answer, Checked
from checks.checking import check_policy
from checks.report import Report
from checks.reports.json_file import json_bytes
from checks.reports.sarif import sarif_bytes
from checks.reports.text import checked_view
from checks.runs import Case
from checks.search.rounds import Outcome, Try, Wanted, tried
from checks.subject import Subject
from tests.checks.made_policies import made

_KEPT = """
policy: kept
districts: {file: table.csv, key: code}
inputs:
  need: {min: 0, unit: 万元, role: need}
grants:
  aid: {pool: 100, share: need}
"""


def checked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    promise: str,
    rules: str = "",
    alone: bool = True,
) -> Report:
    """Check a policy by an engine that once finds a case broken that is not."""
    seen: list[Case] = []

    def once(
        subject: Subject, wanted: Sequence[Wanted], cases: Sequence[Case], tries: Sequence[Try]
    ) -> list[Outcome]:
        found = tried(subject, wanted, cases, tries)
        sound = [place for place, outcome in enumerate(found) if not outcome.broken]
        if not seen and sound[:1] == [0] and (alone or len(sound) < len(found)):
            seen.append(cases[tries[sound[0]][1]])
            one = found[sound[0]]
            found[sound[0]] = Outcome(one.count, True, one.runs, one.cost)
        return found

    monkeypatch.setattr(checking, "tried", once)
    policy = made(tmp_path, _KEPT + rules, "code,need\nA,1\nB,2\n")
    report = check_policy(policy, seconds=1, only=[promise])
    assert seen
    return report


@pytest.mark.parametrize("promise", ["relabelling", "equal_treatment"])
def test_a_break_that_does_not_come_again_is_told_as_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, promise: str
) -> None:
    """One gates and is made small at once, the other waits until the end."""
    report = checked(tmp_path, monkeypatch, promise)
    (verdict,) = [each for each in report.verdicts if each.promise == promise]
    assert verdict.status == "broken"
    assert verdict.example is not None
    assert verdict.example.broken.how is not None
    assert verdict.example.broken.how.code == "search.broke_once"
    assert report.failed == (promise == "relabelling")
    checked_ = Checked(report.file, report)
    for language, said in (("zh", "没有再出现"), ("en", "tried again")):
        assert said in " ".join(checked_view(checked_, language, 400).split())
    assert json_bytes(Answer((checked_,)), "en")
    assert sarif_bytes(Answer((checked_,)), "en")


def test_another_break_of_the_round_that_comes_again_is_told_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = checked(
        *(tmp_path, monkeypatch, "enough"),
        "promises: {enough: {that: aid != 1}}\n",
        alone=False,
    )
    (verdict,) = [each for each in report.verdicts if each.promise == "enough"]
    assert verdict.example is not None
    assert verdict.example.broken.how is None or (
        verdict.example.broken.how.code != "search.broke_once"
    )
