"""transfers sweep, as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command.conftest import Run


@pytest.fixture
def study(jiangmen: Path) -> Path:
    file = jiangmen / "sweep.yaml"
    file.write_text(
        "study: caps\ntitle: 增幅上限与盘子\npolicy: policy.yaml\n"
        "constraints: {near: {that: total >= baseline.total - 20, level: hard}}\n"
        "sweep:\n  vary:\n    budget.amount: [3500, 4000]\n    parameters.growth_cap: [20%, 25%]\n",
        encoding="utf-8",
    )
    return file


def test_a_sweep_shows_its_table_and_its_one_finding(transfers: Run, study: Path) -> None:
    done = transfers("sweep", study)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("增幅上限与盘子\n方案：基准\n变动（网格，共 4 个情景）：\n")
    assert "可执行 2 个，资金不足 2 个，无法计算 0 个" in done.stdout
    assert "第一个是第 1 个：budget.amount = 3500、parameters.growth_cap = 20%" in done.stdout
    assert "各地区金额的最小和最大（2 个可执行情景）" in done.stdout
    assert "概率" not in done.stdout
    assert done.stderr == ""


def test_with_gate_the_answer_is_no_where_a_scenario_is_infeasible(
    transfers: Run, study: Path
) -> None:
    assert transfers("sweep", study, "-q").returncode == 0
    assert transfers("sweep", study, "--gate", "-q").returncode == 1


def test_with_gate_the_answer_is_no_where_a_hard_constraint_is_broken(
    transfers: Run, study: Path
) -> None:
    text = study.read_text(encoding="utf-8").replace("3500", "3900")
    study.write_text(text, encoding="utf-8")
    done = transfers("sweep", study, "--gate", "-q")
    assert done.returncode == 1
    assert "约束“near”：2 个情景违反" in done.stderr
    study.write_text(text.replace("level: hard", "level: warn"), encoding="utf-8")
    assert transfers("sweep", study, "--gate", "-q").returncode == 0


def test_files_are_written_by_their_endings(transfers: Run, study: Path, tmp_path: Path) -> None:
    for out in ("a.csv", "a.json", "a.xlsx", "a.md", "folder/"):
        done = transfers(
            "sweep", study, "--out", tmp_path / out if out[-1] != "/" else f"{tmp_path}/{out}"
        )
        assert done.returncode == 0, done.stderr
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    names = {path.name for path in files if not path.name.endswith(".manifest.json")}
    assert names == {"a.csv", "a.scenarios.csv", "a.json", "a.xlsx", "a.md"}
    assert (tmp_path / "folder" / "caps.xlsx").exists()
    assert not list(study.parent.glob("*.runs"))


def test_quiet_shows_only_what_did_not_go_well(transfers: Run, study: Path) -> None:
    done = transfers("sweep", study, "-q")
    assert done.stdout == ""
    assert "资金不足 2 个" in done.stderr


def test_where_no_scenario_pays_the_answer_is_no(transfers: Run, study: Path) -> None:
    done = transfers("sweep", study, "--set", "grants.equalisation.floor=2*last_year")
    assert done.returncode == 1
    assert "没有一个情景可执行" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--out", "a.txt"), "a.txt"),
        (("--workers", "none"), "none"),
        (("--set", "parameters.cap=1"), "parameters"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(
    transfers: Run, study: Path, arguments: tuple[str, str], told: str
) -> None:
    done = transfers("sweep", study, *arguments)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_study_that_was_read_is_not_written_over(transfers: Run, study: Path) -> None:
    rows = study.parent / "rows.csv"
    rows.write_text("budget.amount\n4000\n", encoding="utf-8")
    study.write_text("study: a\npolicy: policy.yaml\nsweep: {rows: rows.csv}\n", encoding="utf-8")
    assert transfers("sweep", study, "--out", rows).returncode == 2
    assert rows.read_text(encoding="utf-8") == "budget.amount\n4000\n"
