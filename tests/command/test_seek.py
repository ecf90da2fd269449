"""`transfers seek` and `transfers optimise`: exit codes, files, words."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests.command.conftest import Run

SEEK = """study: enping
title: 恩平市增幅不低于全市平均
policy: policy.yaml
seek:
  title: 要让恩平市增幅不低于全市平均，财力因素权重至少要多大？
  vary: {path: grants.equalisation.share.factors.inverse_capacity, title: 财力困难程度的权重}
  within: [10%, 60%]
  step: 0.1%
  rescale: grants.equalisation.share.factors
  district: 恩平市
  so_that:
    title: 恩平市增幅不低于全市平均
    that: equalisation / last_year - 1 >= sum(total) / sum(last_year) - 100%
"""
OPTIMISE = """study: best
policy: policy.yaml
measures:
  disparity:
    title: 人均财力变异系数
    formula: cv(revenue / population + total / population, weights=population)
optimise:
  minimise: disparity
  vary:
    grants.equalisation.share.factors.area: {within: [10%, 30%], step: 10%}
    budget.amount: {within: [3800, 4000], step: 100}
  rescale: grants.equalisation.share.factors
  pareto: {cost: {title: 总额, formula: sum(total)}, inequality: disparity}
"""


@pytest.fixture
def folder(jiangmen: Path) -> Path:
    (jiangmen / "seek.yaml").write_text(SEEK, encoding="utf-8")
    (jiangmen / "best.yaml").write_text(OPTIMISE, encoding="utf-8")
    return jiangmen


def test_the_answer_is_one_sentence_in_both_languages(transfers: Run, folder: Path) -> None:
    done = transfers("seek", folder / "seek.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    flat = done.stdout.replace("\n", "")
    assert "要使“恩平市增幅不低于全市平均”成立，财力困难程度的权重至少为 23.6%" in flat
    assert "合计" in done.stdout and "单位：万元" in done.stdout
    english = transfers("seek", folder / "seek.yaml", "--lang", "en").stdout.replace("\n", " ")
    assert "must be at least 23.6% (the others of its group scaled)." in english


def test_the_data_file_has_the_columns_that_scripts_rely_on(transfers: Run, folder: Path) -> None:
    out = folder / "out.csv"
    done = transfers("seek", folder / "seek.yaml", "--out", out, "-q")
    assert (done.returncode, done.stdout) == (0, "")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["value", "holds", "miss"]
    assert (rows[0]["value"], rows[-1]["value"], len(rows)) == ("0.1", "0.6", 501)
    held = [row["value"] for row in rows if row["holds"] == "true"]
    assert held[0] == "0.236"
    assert all((row["miss"] == "0") == (row["holds"] == "true") for row in rows)


@pytest.mark.parametrize("ending", [".xlsx", ".md", ".parquet", ".json"])
def test_every_format_is_written(transfers: Run, folder: Path, ending: str) -> None:
    for study in ("seek", "best"):
        out = folder / f"out{ending}"
        command = "seek" if study == "seek" else "optimise"
        done = transfers(command, folder / f"{study}.yaml", "--out", out)
        assert done.returncode == 0, done.stderr
        assert out.stat().st_size > 100 and f"已写入 {out}" in done.stdout


def test_json_holds_the_answer(transfers: Run, folder: Path) -> None:
    out = folder / "out.json"
    transfers("seek", folder / "seek.yaml", "--out", out, "-q")
    answer = json.loads(out.read_text("utf-8"))
    assert answer["answer"] == 0.236
    assert answer["holds"] == [[0.236, 0.6]]
    assert answer["districts"] == ["440785"]


def test_without_an_answer_the_nearest_miss_is_told_and_the_exit_code_is_1(
    transfers: Run, folder: Path
) -> None:
    study = folder / "none.yaml"
    study.write_text(SEEK.replace("60%]", "20%]"), encoding="utf-8")
    done = transfers("seek", study, "--out", folder / "none.csv")
    assert done.returncode == 1
    assert "没有一个值能使“恩平市增幅不低于全市平均”成立" in done.stdout.replace("\n", "")
    assert "最接近的是 19.9%" in done.stdout
    assert "个百分点" in done.stdout
    assert "差额仍在缩小；放宽 within，可能有答案" in done.stdout.replace("\n", "")
    english = transfers("seek", study, "--lang", "en").stdout.replace("\n", " ")
    assert "a wider within may have an answer" in english
    assert (folder / "none.csv").exists()


def test_a_wrong_study_is_told_at_its_place(transfers: Run, folder: Path) -> None:
    study = folder / "wrong.yaml"
    study.write_text(SEEK.replace("  step: 0.1%\n", ""), encoding="utf-8")
    done = transfers("seek", study)
    assert done.returncode == 2
    assert "wrong.yaml:4:1 seek" in done.stderr and "step" in done.stderr
    study.write_text(SEEK.replace("恩平市\n", "恩平县\n"), encoding="utf-8")
    done = transfers("seek", study)
    assert done.returncode == 2
    assert "wrong.yaml:10:13 seek.district: 没有地区“恩平县”，是不是“恩平市”？" in done.stderr


def test_a_study_without_the_question_is_refused(transfers: Run, folder: Path) -> None:
    done = transfers("seek", folder / "best.yaml")
    assert (done.returncode, "没有 seek: 一节" in done.stderr) == (2, True)
    done = transfers("optimise", folder / "seek.yaml")
    assert (done.returncode, "没有 optimise: 一节" in done.stderr) == (2, True)


def test_files_that_were_read_are_not_written_over(transfers: Run, folder: Path) -> None:
    study = folder / "seek.yaml"
    for out in (folder / "districts.csv",):
        done = transfers("seek", study, "--out", out)
        assert done.returncode == 2 and "不能覆盖" in done.stderr


def test_set_moves_the_policy_before_everything(transfers: Run, folder: Path) -> None:
    done = transfers("seek", folder / "seek.yaml", "--set", "parameters.growth_cap=20%")
    assert done.returncode in (0, 1)
    assert done.stdout != transfers("seek", folder / "seek.yaml").stdout


def test_the_gate_refuses_an_answer_that_breaks_a_hard_constraint(
    transfers: Run, folder: Path
) -> None:
    hard = "constraints: {none_less: {that: total >= baseline.total, level: hard}}\n"
    study = folder / "gate.yaml"
    study.write_text(SEEK + hard, encoding="utf-8")
    assert transfers("seek", study).returncode == 0
    assert transfers("seek", study, "--gate").returncode == 1


def test_the_best_is_shown_with_its_front(transfers: Run, folder: Path) -> None:
    done = transfers("optimise", folder / "best.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "在约束之下，人均财力变异系数最小为" in done.stdout
    assert "网格上的 9 组取值全部试算" in done.stdout
    assert "总额与人均财力变异系数的前沿" in done.stdout
    out = folder / "best.csv"
    transfers("optimise", folder / "best.yaml", "--out", out, "-q")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        *("grants.equalisation.share.factors.area", "budget.amount", "status", "feasible"),
        *("broken", "disparity", "cost", "best", "front"),
    ]
    best = [row for row in rows if row["best"] == "true"]
    assert len(rows) == 9 and len(best) == 1
    assert min(float(row["disparity"]) for row in rows) == float(best[0]["disparity"])


def test_where_nothing_is_feasible_the_exit_code_is_1(transfers: Run, folder: Path) -> None:
    hard = "constraints: {most: {title: 总额不超, that: sum(total) <= 10, level: hard}}\n"
    study = folder / "hard.yaml"
    study.write_text(OPTIMISE + hard, encoding="utf-8")
    done = transfers("optimise", study, "--lang", "en")
    assert done.returncode == 1
    assert "Of the 9 points that were computed none is feasible." in done.stdout


def test_workers_give_the_same_bytes(transfers: Run, folder: Path) -> None:
    alone, together = folder / "a.csv", folder / "b.csv"
    transfers("seek", folder / "seek.yaml", "--out", alone, "-q")
    done = transfers("seek", folder / "seek.yaml", "--out", together, "-q", "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert alone.read_bytes() == together.read_bytes()


def test_a_workbook_has_the_values_around_the_answer_as_numbers(
    transfers: Run, folder: Path
) -> None:
    assert transfers("seek", folder / "seek.yaml", "--out", folder / "a.xlsx").returncode == 0
    sheet = openpyxl.load_workbook(folder / "a.xlsx")["答案前后"]
    assert [cell.value for cell in sheet[3]][-1] == "差额（个百分点）"
    assert (sheet["A5"].value, sheet["A5"].number_format) == (0.236, "#,##0.0%")
    assert all(isinstance(cell.value, float | int) for cell in sheet[5][2:])
