"""Replays: written whole, inside their folder, read again, run again."""

from __future__ import annotations

import csv
from copy import copy
from pathlib import Path

import pytest
from msgspec.structs import replace

import transfers
from checks.checking import check_policy
from checks.replay import folder_of, read_replay, saved_cases, write_replay, write_replays
from checks.replay_again import replay
from checks.report import Report
from tests.checks.made_policies import made, promising
from transfers import DocumentError, load_policy


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("policy")
    file = promising(folder, "step_tier_on_revenue", "promises: [no_full_clawback]\n")
    return check_policy(file, seconds=2, only=["no_full_clawback"])


def rows(file: Path) -> list[list[str]]:
    return list(csv.reader(file.read_text("utf-8-sig").splitlines()))


def test_a_replay_holds_the_policy_both_tables_and_what_is_expected(
    report: Report, tmp_path: Path
) -> None:
    (verdict,) = write_replays(str(tmp_path), report).verdicts
    assert verdict.example is not None
    folder = Path(verdict.example.replay)
    assert folder == folder_of(report.policy, str(tmp_path)) / "no_full_clawback"
    names = {"replay.yaml", "policy.yaml", "before.csv", "after.csv", "expected.csv"}
    assert {file.name for file in folder.iterdir()} == names
    assert (folder / "before.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows(folder / "before.csv") == [["code", "name", "revenue"], ["d1", "d1", "5000"]]
    assert rows(folder / "after.csv")[1] == ["d1", "d1", "5001"]
    header, amounts = rows(folder / "expected.csv")
    assert dict(zip(header, amounts, strict=True)) == {
        **{"key": "d1", "before.aid": "1000", "before.total": "1000"},
        **{"after.aid": "400", "after.total": "400"},
    }


def test_a_plain_run_of_the_replay_gives_what_is_expected(report: Report, tmp_path: Path) -> None:
    folder = Path(write_replay(str(tmp_path), report, report.verdicts[0]))
    policy = load_policy(folder / "policy.yaml")
    districts = transfers.load_districts(str(folder / "before.csv"), policy)
    assert transfers.allocate(policy, districts).total.tolist() == [1000]
    assert read_replay(str(folder)).run == "transfers run policy.yaml --districts before.csv"


def test_a_replay_shows_the_break_again(report: Report, tmp_path: Path) -> None:
    folder = write_replay(str(tmp_path), report, report.verdicts[0])
    found = replay(folder)
    assert (found.status, found.changed) == ("broken", False)
    assert found.example is not None
    before = report.verdicts[0].example
    assert before is not None
    assert found.example.broken.excess == before.broken.excess
    assert found.example.place.line == before.place.line


def test_a_replay_of_a_mended_policy_holds(report: Report, tmp_path: Path) -> None:
    folder = Path(write_replay(str(tmp_path), report, report.verdicts[0]))
    policy = folder / "policy.yaml"
    mended = policy.read_text("utf-8").replace(
        "if(revenue <= poor_until, poor, other)", "max(0, poor - 50% * revenue)"
    )
    policy.write_text(mended, "utf-8")
    found = replay(str(folder))
    assert (found.status, found.changed, found.example) == ("held", True, None)


def test_a_replay_says_that_amounts_are_others(report: Report, tmp_path: Path) -> None:
    folder = Path(write_replay(str(tmp_path), report, report.verdicts[0]))
    policy = folder / "policy.yaml"
    policy.write_text(policy.read_text("utf-8").replace("value: 1000", "value: 1200"), "utf-8")
    found = replay(str(folder))
    assert (found.status, found.changed) == ("broken", True)


def test_whatever_a_policy_is_called_its_replay_stays_in_the_folder(
    report: Report, tmp_path: Path
) -> None:
    document = report.policy.document
    model = copy(document.model)
    object.__setattr__(model, "policy", "../x")
    wild = replace(document, model=model)
    elsewhere = replace(report, policy=replace(report.policy, document=wild))
    out = tmp_path / "out"
    folder = Path(write_replay(str(out), elsewhere, report.verdicts[0]))
    assert out in folder.parents
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]
    assert replay(str(folder)).status == "broken"


def test_an_older_replay_is_written_over_whole(report: Report, tmp_path: Path) -> None:
    folder = Path(write_replay(str(tmp_path), report, report.verdicts[0]))
    assert report.verdicts[0].example is not None
    example = report.verdicts[0].example
    alone = replace(example, broken=replace(example.broken, after=None))
    write_replay(str(tmp_path), report, replace(report.verdicts[0], example=alone))
    assert not (folder / "after.csv").exists()
    assert not [file for file in folder.iterdir() if file.name.startswith(".transfers-")]


def test_numbers_that_were_moved_are_set_again(tmp_path: Path) -> None:
    text = """
policy: short
districts: {file: table.csv, key: code}
inputs: {need: {role: need, min: 1, max: 1, unit: 万元}}
budget: {amount: 1000000}
grants: {aid: {pool: remainder, share: need, rounding: half_up}}
promises: [balance]
"""
    policy = made(tmp_path, text)
    found = check_policy(policy, False, seconds=2, only=["balance"])
    assert found.verdicts[0].example is not None
    assert found.verdicts[0].example.case.numbers
    folder = write_replay(str(tmp_path / "out"), found, found.verdicts[0])
    saved = read_replay(folder)
    assert "--set budget.amount=" in saved.run
    assert saved.numbers.keys() == {"budget.amount"}
    assert replay(folder).status == "broken"


def test_items_of_lists_have_a_column_each(tmp_path: Path) -> None:
    text = """
policy: lists
districts: {file: table.csv, key: code}
lists:
  years:
    items: [y1, y2]
inputs: {need: {over: years, columns: "need {item}", min: 0}}
quantities: {most: "highest(need, over=years)"}
grants: {aid: {pool: 5, share: most, rounding: half_up}}
promises: [balance]
"""
    policy = made(tmp_path, text, "code,need y1,need y2\na,1,2\nb,3,1\nc,1,1\n")
    found = check_policy(policy, seconds=2, only=["balance"])
    folder = Path(write_replay(str(tmp_path / "out"), found, found.verdicts[0]))
    assert rows(folder / "before.csv")[0] == ["code", "need y1", "need y2"]
    assert replay(str(folder)).status == "broken"


def test_a_policy_that_reads_another_is_not_copied_but_named(tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("code,need\na,1\nb,1\n", "utf-8")
    text = """
policy: joined
districts: {file: table.csv, key: code, join: [{file: more.csv, key: code}]}
inputs: {need: {role: need, min: 0}}
grants: {aid: {pool: 5, share: need, rounding: half_up}}
promises: [balance]
"""
    policy = made(tmp_path, text, "code\na\nb\n")
    found = check_policy(policy, seconds=2, only=["balance"])
    folder = Path(write_replay(str(tmp_path / "out"), found, found.verdicts[0]))
    assert not (folder / "policy.yaml").exists()
    assert read_replay(str(folder)).policy == "../../../policy.yaml"
    assert replay(str(folder)).status == "broken"


def test_saved_counter_examples_are_tried_first(report: Report, tmp_path: Path) -> None:
    text = Path(report.file).read_text("utf-8")
    (tmp_path / "policy.yaml").write_text(text, "utf-8")
    write_replay(str(tmp_path / "counterexamples"), report, report.verdicts[0])
    again = check_policy(tmp_path / "policy.yaml", False, seconds=2, only=["no_full_clawback"])
    assert again.verdicts[0].example is not None
    assert again.verdicts[0].example.stage == "saved"
    assert again.searched[0].tables == 1


def test_what_does_not_fit_any_more_is_no_saved_case(report: Report, tmp_path: Path) -> None:
    folder = write_replay(str(tmp_path), report, report.verdicts[0])
    policy = report.policy.changed(add={"inputs.more": {"min": "0"}})
    assert saved_cases(policy, [str(tmp_path)]) == []
    assert len(saved_cases(report.policy, [str(tmp_path)])) == 1
    (Path(folder) / "replay.yaml").write_text("promise: [", "utf-8")
    assert saved_cases(report.policy, [str(tmp_path)]) == []


@pytest.mark.parametrize("text", ["", "promise: [", "promise: balance\n", "a: 1\n"])
def test_what_is_no_replay_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "replay.yaml").write_text(text, "utf-8")
    with pytest.raises(DocumentError):
        replay(str(tmp_path))
    with pytest.raises(DocumentError):
        replay(str(tmp_path / "nowhere"))
