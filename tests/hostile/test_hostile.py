"""Hostile files are answered in words, as written down beside them, and nothing is written."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest

import transfers
from tests.hostile.corpus import (
    FOLDERS,
    HERE,
    OLD,
    RESULT,
    Case,
    answer,
    cases,
    lay_out,
    listing,
)
from tests.hostile.table_rows import EVERYWHERE
from transfers.output.files import write_file

ROOT = HERE.parents[1]
ALL = [(folder, case) for folder in FOLDERS for case in cases(folder)]
SAMPLE = [pair for number, pair in enumerate(ALL) if number % 24 == 0]
Place = Callable[[str], Path]


def named(value: object) -> str | None:
    return value.name if isinstance(value, Case) else None


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return where a corpus is laid out."""
    places: dict[str, Path] = {}
    for folder in FOLDERS:
        places[folder] = tmp_path_factory.mktemp(folder)
        lay_out(folder, places[folder])
    return places.__getitem__


@pytest.mark.parametrize(("folder", "case"), ALL, ids=named)
def test_a_hostile_file_is_answered_as_written_beside_it(
    folder: str, case: Case, place: Place
) -> None:
    chinese = answer(case, folder, place(folder), "zh")
    english = answer(case, folder, place(folder), "en")
    assert (chinese.exit, chinese.codes, chinese.lines) == (case.exit, case.codes, case.zh)
    assert (english.exit, english.codes, english.lines) == (case.exit, case.codes, case.en)
    assert chinese.result == english.result == case.result
    assert {*chinese.left, *english.left} == ({RESULT} if case.exit == 0 or case.result else set())


@pytest.mark.parametrize(("folder", "case"), ALL, ids=named)
def test_what_is_written_down_is_short_and_told_in_words(folder: str, case: Case) -> None:
    assert case.exit in (0, 1, 2)
    assert case.exit == 0 or (case.zh and case.codes)
    assert len(case.zh) == len(case.en)
    for line in (*case.zh, *case.en):
        assert line.isprintable() and len(line) < 700
        assert "Traceback" not in line and "Error" not in line


@pytest.mark.parametrize(("folder", "case"), SAMPLE, ids=named)
def test_a_process_of_its_own_answers_the_same(
    folder: str, case: Case, place: Place, tmp_path: Path
) -> None:
    shutil.copytree(place(folder), tmp_path, dirs_exist_ok=True)
    before = listing(tmp_path)
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *case.arguments(folder)],
        cwd=tmp_path,
        env={**os.environ, "TRANSFERS_LANG": "zh", "PYTHONWARNINGS": "error"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr.splitlines()) == (case.exit, case.zh)
    if case.exit:
        assert done.stdout == ""
    if case.exit and not case.result:
        assert listing(tmp_path) == before
        assert (tmp_path / RESULT).read_text("utf-8") == OLD
    elif case.result:
        assert (tmp_path / RESULT).read_text("utf-8-sig").splitlines() == case.result


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_of_a_corpus_has_an_entry_and_every_entry_its_file(
    folder: str, place: Place
) -> None:
    entries = cases(folder)
    beside = {"expected.yaml", "policy.yaml", "districts.csv", "scores.csv"}
    beside |= {f"list-{what}.csv" for what in ("items", "broken", "empty", "rows")}
    beside |= {name for case in entries for name in (case.policy, case.beside)}
    files = {path.name for path in (HERE / folder).iterdir()} - beside
    assert {case.file for case in entries if not case.made} == files
    laid_out = {path.name for path in place(folder).iterdir()}
    assert {case.file for case in entries if case.made} - laid_out <= {
        "not-there.yaml",
        "not-there.csv",
    }
    made = laid_out - files - beside - {RESULT, *(case.join for case in entries)}
    assert made <= {case.file for case in entries}
    names = [case.name for case in entries]
    assert len(names) == len({*names})


def test_the_corpus_of_policies_is_large() -> None:
    entries = cases("policies")
    assert len({case.file for case in entries}) >= 110
    assert sum(1 for case in entries if case.set) >= 30
    assert len({code for case in entries for code in case.codes}) >= 90


def test_the_corpus_of_tables_is_large_and_in_every_format() -> None:
    entries = cases("tables")
    files = {case.file for case in entries}
    assert len(files) >= 200 and len(entries) + len(cases("policies")) >= 400
    endings = {"csv": 70, "xlsx": 80, "ods": 45, "parquet": 20, "xls": 10}
    for ending, least in endings.items():
        assert sum(name.endswith(f".{ending}") for name in files) >= least
    assert len({code for case in entries for code in case.codes}) >= 60


@pytest.mark.parametrize("folder", FOLDERS)
def test_files_made_by_a_script_are_the_same_every_time(folder: str, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        lay_out(folder, tmp_path / name)
        files = sorted(path for path in (tmp_path / name).iterdir() if path.is_file())
        made.append([(path.name, path.read_bytes()) for path in files])
    assert made[0] == made[1]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods", "parquet"])
@pytest.mark.parametrize("out", ["csv", "xlsx", "json", "parquet"])
def test_names_like_formulas_are_texts_from_every_format_into_every_format(
    ending: str, out: str, place: Place, tmp_path: Path
) -> None:
    policy = transfers.load_policy(place("tables") / "policy.yaml")
    table = place("tables") / f"formulas-as-names.{ending}"
    allocation = transfers.allocate(policy, transfers.load_districts(table, policy))
    path = tmp_path / f"result.{out}"
    write_file(allocation, str(path), "zh")
    names = [row[1] for row in EVERYWHERE["formulas-as-names"][1:]]
    if out == "xlsx":
        cells = list(openpyxl.load_workbook(path).worksheets[0]["B"])
        found = [cell.value for cell in cells if cell.value in names]
        assert {cell.data_type for cell in cells if cell.value in names} == {"s"}
    elif out == "parquet":
        found = pyarrow.parquet.read_table(path)["name"].to_pylist()
    elif out == "json":
        text = path.read_text("utf-8")
        found = [name for name in names if json.dumps(name, ensure_ascii=False) in text]
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = [row["name"] for row in csv.DictReader(file)]
        assert all(name.startswith("'") for name in found)
        found = [name.removeprefix("'") for name in found]
    assert found == names
