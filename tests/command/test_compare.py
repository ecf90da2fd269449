"""`transfers compare`: what it shows, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.command.conftest import Run
from transfers.output.terminal import width

ROOT = Path(__file__).resolve().parents[2]
STUDY = """study: variants
title: 几种方案的比较
policy: policy.yaml
variants:
  cap: {title: 增幅上限降为15%, set: {parameters.growth_cap: 15%}}
  both:
    title: 两项一起改
    set: {parameters.growth_cap: 15%, parameters.tier_coefficient.A: 1.2}
  cut: {title: 压减20%, set: {budget.amount: 3200}}
constraints:
  within: {that: "sum(total) <= 4000", title: 总额不超过4000万元, level: hard}
measures:
  growth: {formula: sum(total) / sum(last_year) - 1, title: 平均增幅, unit: "%", digits: 2}
"""


@pytest.fixture
def study(jiangmen: Path) -> Path:
    file = jiangmen / "variants.yaml"
    file.write_text(STUDY, "utf-8")
    return file


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def test_one_glance_tells_who_gains_and_who_loses(transfers: Run, study: Path) -> None:
    done = transfers("compare", study)
    assert done.returncode == 0
    assert done.stdout.startswith("几种方案的比较\n")
    assert "2 增 4 减 1 平" in done.stdout
    assert "方案 cut 不予分配" in done.stdout
    assert "单位：万元" in done.stdout
    assert any(line.startswith("合计") for line in done.stdout.splitlines())
    assert "平均增幅" in done.stdout
    assert all(width(line) <= 80 for line in done.stdout.splitlines())


def test_it_speaks_english_when_asked(transfers: Run, study: Path) -> None:
    done = transfers("compare", study, "--lang", "en", "--by", "tier", "--by-stage")
    assert "2+ 4- 1=" in done.stdout
    assert "Variant cut pays nobody" in done.stdout
    assert "Changes by stage of the method" in done.stdout


def test_data_files_have_decompositions_beside_them(transfers: Run, study: Path) -> None:
    out = study.parent / "o.csv"
    done = transfers("compare", study, "--by-change", "--by-stage", "--out", out, "-q")
    assert (done.returncode, done.stdout) == (0, "")
    head, *body = rows(out)
    assert ",".join(head) == (
        "key,name,variant,baseline,amount,change,change_pct,per_head,rank,rank_change"
    )
    assert len(body) == 21
    for section in ("by_change", "by_stage"):
        head, *parts = rows(study.parent / f"o.{section}.csv")
        assert head == ["key", "name", "variant", "part", "amount"]
        sums: dict[tuple[str, str], float] = {}
        for key, _, variant, _, amount in parts:
            sums[key, variant] = sums.get((key, variant), 0) + float(amount)
        told = {(row[0], row[2]): float(row[5]) for row in body if row[5]}
        assert {k: v for k, v in told.items() if v} == {
            k: pytest.approx(v) for k, v in sums.items() if abs(v) > 1e-9
        }


def test_the_gate_closes_on_variants_that_do_not_pay(transfers: Run, study: Path) -> None:
    assert transfers("compare", study, "--gate", "-q").returncode == 1
    text = STUDY.replace("budget.amount: 3200", "budget.amount: 3900")
    study.write_text(text, "utf-8")
    assert transfers("compare", study, "--gate", "-q").returncode == 0
    study.write_text(text.replace("budget.amount: 3900", "budget.amount: 4100"), "utf-8")
    assert transfers("compare", study, "-q").returncode == 0
    assert transfers("compare", study, "--gate", "-q").returncode == 1


def test_a_baseline_that_pays_nobody_is_no_baseline(transfers: Run, study: Path) -> None:
    done = transfers("compare", study, "--set", "budget.amount=3000")
    assert done.returncode == 1
    assert "基准不予分配" in done.stdout


def test_a_workbook_is_live_and_told_apart_in_black_and_white(transfers: Run, study: Path) -> None:
    out = study.parent / "o.xlsx"
    assert transfers("compare", study, "--out", out, "-q").returncode == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[:4] == ["总览", "指标", "各方案对比", "方案 cap"]
    sheet = book["方案 cap"]
    assert sheet["A1"].value == "方案 cap：增幅上限降为15%"
    assert [cell.value for cell in sheet[3]][:6] == [
        *("代码", "名称", "基准", "测算数", "增减额", "增减%"),
    ]
    assert sheet["E4"].value == "=D4-C4"
    assert sheet["E4"].number_format == "+#,##0;-#,##0;#,##0"
    assert sheet["C11"].value == "=SUM(C4:C10)"
    values = openpyxl.load_workbook(out, data_only=True)["方案 cap"]
    assert (values["E4"].value, values["E11"].value) == (-26, 0)


def test_every_other_format_is_written(transfers: Run, study: Path) -> None:
    for ending in ("md", "json", "parquet"):
        out = study.parent / f"o.{ending}"
        assert transfers("compare", study, "--by-change", "--out", out, "-q").returncode == 0
        assert out.stat().st_size > 100
    page = (study.parent / "o.md").read_text("utf-8")
    assert page.startswith("# 几种方案的比较")
    told = json.loads((study.parent / "o.json").read_text("utf-8"))
    assert [variant["status"] for variant in told["variants"]] == ["done", "done", "rejected"]
    assert told["variants"][0]["winners"] == 2
    assert sum(row["amount"] for row in told["by_change"]["rows"]) == pytest.approx(0)


def test_names_of_variants_become_names_of_sheets(transfers: Run, study: Path) -> None:
    long = "很长的方案编号" * 6
    study.write_text(
        STUDY.replace("  cap:", f"  {long}1: {{set: {{budget.amount: 3900}}}}\n  {long}2:"),
        "utf-8",
    )
    out = study.parent / "o.xlsx"
    assert transfers("compare", study, "--out", out, "-q").returncode == 0
    names = openpyxl.load_workbook(out).sheetnames
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 for name in names)


def test_what_was_read_is_not_written_over(transfers: Run, study: Path) -> None:
    table = study.parent / "districts.csv"
    before = table.read_bytes()
    done = transfers("compare", study, "--out", table)
    assert done.returncode == 2
    assert table.read_bytes() == before


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--grant", "equalization"), "equalisation"),
        (("--by", "revenue"), "tier"),
        (("--split", "thirds"), "data-policy"),
        (("--out", "o.doc"), ".xlsx"),
    ],
)
def test_what_makes_no_sense_is_refused(
    transfers: Run, study: Path, asked: tuple[str, str], told: str
) -> None:
    done = transfers("compare", study, *asked)
    assert done.returncode == 2
    assert told in done.stderr


def test_files_are_made_again_to_the_byte(transfers: Run, study: Path) -> None:
    for ending in ("xlsx", "csv", "json", "md"):
        out = study.parent / f"o.{ending}"
        assert transfers("compare", study, "--by-stage", "--out", out, "-q").returncode == 0
        again = transfers("rerun", f"{out}.manifest.json")
        assert again.returncode == 0, again.stdout + again.stderr


def test_quiet_still_tells_who_pays_nobody(transfers: Run, study: Path) -> None:
    done = transfers("compare", study, "-q")
    assert done.stdout == ""
    assert "方案 cut 不予分配" in done.stderr


def test_a_constraint_that_is_broken_is_named_as_the_study_names_it(transfers: Run) -> None:
    done = transfers("compare", ROOT / "examples/studies/budget_cut.yaml", "--gate", "-q")
    assert (done.returncode, done.stdout) == (1, "")
    assert "constraints.bottom: 硬性要求" in done.stderr


def test_what_is_wrong_with_variants_and_constraints_is_told_at_once(
    tmp_path: Path, transfers: Run
) -> None:
    study = tmp_path / "wrong.yaml"
    study.write_text(
        f"study: t\npolicy: {ROOT / 'examples/studies/policy.yaml'}\n"
        "variants:\n  a: {set: {parameters.growth_cpa: 15%}}\n  b: {data: {tier: {西镇: 一类}}}\n"
        "constraints: {c: total >= last_yaer}\n",
        encoding="utf-8",
    )
    done = transfers("compare", study)
    assert done.returncode == 2
    paths = ("constraints.c.that:", "parameters.growth_cpa:", "variants.b.data.tier:")
    assert [path for path in paths if path not in done.stderr] == []
    assert len(done.stderr.splitlines()) == 3


def test_a_policy_and_a_study_are_not_taken_for_each_other(transfers: Run) -> None:
    folder = ROOT / "examples/studies"
    done = transfers("compare", folder / "policy.yaml")
    assert done.returncode == 2 and "这是政策文件" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    done = transfers("run", folder / "weight.yaml")
    assert done.returncode == 2 and "这是研究文件" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_workbook_has_measures_and_margins_as_numbers_on_a4(
    transfers: Run, study: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.xlsx"
    assert transfers("compare", study, "--out", file, "-q").returncode == 0
    book = openpyxl.load_workbook(file)
    measure = book["指标"]["B4"]
    assert isinstance(measure.value, float) and measure.number_format == "#,##0.00"
    rules = book["规则核对"]
    assert [c.value for c in rules[4]][2:4] == ["结果", "差额"]
    assert rules["C5"].value == "符合"
    assert (rules["D5"].value, rules["D5"].number_format) == (0, '#,##0" 万元"')
    assert {book[name].page_setup.paperSize for name in ("总览", "各方案对比", "规则核对")} == {9}
    assert book["方案 cap"]["A3"].value == "代码"


def test_a_grant_goes_by_its_title_too(transfers: Run, study: Path) -> None:
    by_title = transfers("compare", study, "--grant", "因素法均衡性补助")
    assert by_title.returncode == 0
    assert by_title.stdout == transfers("compare", study, "--grant", "equalisation").stdout


def test_a_command_that_is_misspelt_is_told_the_nearest(transfers: Run) -> None:
    done = transfers("comapre", "x.yaml")
    assert done.returncode == 2 and "没有命令“comapre”，是不是“compare”？" in done.stderr
    assert 'Did you mean "compare"?' in transfers("comapre", "x.yaml", "--lang", "en").stderr


def test_a_manifest_that_is_not_there_is_said_to_be_missing(transfers: Run) -> None:
    assert "没有这个文件" in transfers("rerun", "nothing.json").stderr


@pytest.mark.parametrize("grant", ["total", "equalisation"])
def test_two_workers_take_changes_apart_as_one_process_does(
    transfers: Run, study: Path, grant: str
) -> None:
    alone = transfers("compare", study, "--by-change", "--grant", grant)
    together = transfers("compare", study, "--by-change", "--grant", grant, "--workers", 2)
    assert "方案 both" in alone.stdout
    assert (together.returncode, together.stdout) == (alone.returncode, alone.stdout)
