"""The option --upstream: another policy above, named as seen from the working folder."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.command.conftest import Run

ABOVE = """policy: city
title: 市对县
districts: {file: t.csv, key: code, name: name}
inputs: {need: {}}
grants: {aid: {pool: POOL, share: need, floor: 1}}
"""
COUNTY = """policy: county
districts: {file: t.csv, key: code, name: name}
inputs: {need: {}}
upstream: {policy: ../city/policy.yaml, key: "330424"}
budget: upstream.total
grants: {aid: {pool: remainder, share: need}}
"""


@pytest.fixture
def folder(tmp_path: Path, transfers: Run) -> Path:
    """Return the working folder, with a county and three documents to stand above it."""
    here = tmp_path / "here"
    for name, pool in (("city", "300"), ("poor", "1"), ("rich", "900")):
        write(here / name, ABOVE.replace("POOL", pool), "330424,海盐,1\n330482,平湖,2\n")
    write(here / "county", COUNTY, "01,武原,1\n02,百步,2\n")
    return here


def write(folder: Path, policy: str, rows: str) -> None:
    folder.mkdir()
    (folder / "policy.yaml").write_text(policy, "utf-8")
    (folder / "t.csv").write_text("code,name,need\n" + rows, "utf-8")


def test_the_option_takes_the_place_of_the_document_above(folder: Path, transfers: Run) -> None:
    shown = transfers("run", "county/policy.yaml", "--lang", "zh")
    assert "给海盐（330424）合计 100 万元（city/policy.yaml" in shown.stderr
    assert shown.stdout.split()[-2:] == ["合计", "100"]
    shown = transfers("run", "county/policy.yaml", "--upstream", "rich/policy.yaml", "--lang", "zh")
    assert "合计 300 万元（rich/policy.yaml" in shown.stderr
    assert shown.stdout.split()[-2:] == ["合计", "300"]


def test_a_level_above_that_is_short_is_an_answer_of_no(folder: Path, transfers: Run) -> None:
    shown = transfers(
        *("run", "county/policy.yaml", "--upstream", "poor/policy.yaml", "--out", "x.csv")
    )
    assert shown.returncode == 1
    assert "poor/policy.yaml:5" in shown.stderr
    assert not (folder / "x.csv").exists()


def test_a_document_without_the_section_is_told_what_to_add(folder: Path, transfers: Run) -> None:
    shown = transfers("run", "city/policy.yaml", "--upstream", "rich/policy.yaml", "--lang", "en")
    assert shown.returncode == 2
    assert shown.stderr.startswith("city/policy.yaml: --upstream is given, but")


def test_the_option_and_a_change_of_the_same_are_refused(folder: Path, transfers: Run) -> None:
    shown = transfers(
        *("run", "county/policy.yaml", "--upstream", "rich/policy.yaml"),
        *("--set", "upstream.policy=../poor/policy.yaml", "--lang", "zh"),
    )
    assert (shown.returncode, shown.stderr.strip()) == (2, "--set 两次改动了 upstream.policy。")


def test_what_was_read_above_is_not_written_over(folder: Path, transfers: Run) -> None:
    shown = transfers("run", "county/policy.yaml", "--out", "city/t.csv")
    assert shown.returncode == 2
    assert (folder / "city" / "t.csv").read_text("utf-8").startswith("code,name,need")


def test_the_story_begins_with_what_the_level_above_gives(folder: Path, transfers: Run) -> None:
    shown = transfers(
        *("explain", "county/policy.yaml", "百步", "--upstream", "rich/policy.yaml"),
        *("--lang", "zh"),
    )
    assert "1. 上级“市对县”给海盐合计：300 万元" in shown.stdout


def test_files_name_the_documents_above(folder: Path, transfers: Run) -> None:
    assert transfers("run", "county/policy.yaml", "--out", "x.json", "-q").returncode == 0
    above = json.loads((folder / "x.json").read_text("utf-8"))["upstream"]
    assert (above["file"], above["table"]) == ("city/policy.yaml", "city/t.csv")
    assert above["figures"] == {"total": 100, "aid": 100}
    assert transfers("run", "county/policy.yaml", "--out", "x.xlsx", "-q").returncode == 0
    cells = [
        cell.value
        for row in openpyxl.load_workbook(folder / "x.xlsx").worksheets[2].iter_rows()
        for cell in row
    ]
    assert above["sha256"] in cells and above["table_sha256"] in cells
