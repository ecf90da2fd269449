"""`transfers cliffs` as a person calls it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.command.conftest import ROOT, Run

BONUS = ROOT / "examples" / "patterns" / "bonus.yaml"
HEADERS = [
    *("key", "name", "input", "value", "text", "amount"),
    *("slope_down", "slope_up", "others_down", "others_up", "held"),
    *("side", "edge", "edge_value", "value_before", "value_after"),
    *("before", "after", "jump", "jump_pct", "clawback"),
]


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def test_the_greatest_jumps_come_first(transfers: Run) -> None:
    done = transfers("cliffs", BONUS)
    assert done.returncode == 0, done.stderr
    body = done.stdout
    assert body.startswith("得分奖励（虚构数据）\n临界点与边际影响")
    assert "单位：万元" in body
    jumps = [line for line in body.splitlines() if "step(score, by_score)" in line]
    assert jumps[0].split() == [
        *("庚市", "考核得分", "95", "降过", "90", "step(score,", "by_score)"),
        *("306", "288", "-18", "-5.88%", "+18"),
    ]


def test_english_has_no_chinese_but_names(transfers: Run) -> None:
    body = transfers("cliffs", BONUS, "--lang", "en").stdout
    assert "Jumps (within 20% either way, the greatest first)" in body
    assert "跳变" not in body


def test_the_data_file_has_a_row_for_each_jump(transfers: Run, tmp_path: Path) -> None:
    out = tmp_path / "cliffs.csv"
    assert transfers("cliffs", BONUS, "-q", "--out", out).stdout == ""
    rows = rows_of(out)
    assert list(rows[0]) == HEADERS
    first = rows[0]
    assert (first["key"], first["side"], first["edge_value"]) == ("A", "up", "90")
    assert (first["value_before"], first["value_after"]) == ("89.9999", "90")
    assert (first["before"], first["after"], first["jump"]) == ("137", "145", "8")
    held = next(row for row in rows if row["key"] == "B" and row["input"] == "score")
    assert held["held"] == "points:cap;aid:shared"
    assert {row["input"] for row in rows} == {"score", "population"}


def test_json_has_the_same_rows_and_the_findings(transfers: Run, tmp_path: Path) -> None:
    out = tmp_path / "cliffs.json"
    transfers("cliffs", BONUS, "-q", "--out", out)
    data = json.loads(out.read_text("utf-8"))
    assert (data["policy"], data["within"], data["least"]) == ("pattern-bonus", 0.2, 1)
    assert list(data["rows"][0]) == HEADERS
    assert data["rows"][0]["jump"] == 8


def test_parquet_holds_numbers_and_nothing_where_there_is_none(
    transfers: Run, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "cliffs.parquet"
    transfers("cliffs", BONUS, "-q", "--out", out)
    table = parquet.read_table(out)
    assert table.column_names == HEADERS
    assert table["jump"][0].as_py() == 8 and table["clawback"][0].as_py() is None


def test_the_workbook_begins_with_the_worst(transfers: Run, tmp_path: Path) -> None:
    out = tmp_path / "cliffs.xlsx"
    done = transfers("cliffs", ROOT / "examples/jiangmen/policy.yaml", "--out", out)
    assert done.returncode == 0 and str(out) in done.stdout
    book = CalamineWorkbook.from_path(str(out))
    assert book.sheet_names == ["跳变", "改换类别", "边际影响"]
    classes = book.get_sheet_by_name("改换类别").to_python()
    assert classes[0][0] == "江门市因素法均衡性补助（示例） · 改换类别"
    assert classes[1][-1] == "单位：万元"
    assert classes[3][:7] == ["恩平市", "档次", "A", "B", 736, 640, -96]


def test_a_study_is_asked_about_a_variant(transfers: Run, jiangmen: Path, tmp_path: Path) -> None:
    study = jiangmen / "study.yaml"
    out = tmp_path / "v.csv"
    call = ("cliffs", study, "-q", "--input", "tier", "--district", "恩平市", "--out", out)
    assert transfers(*call, "--variant", "area").returncode == 0
    assert {row["before"] for row in rows_of(out)} == {"744"}
    text = study.read_text("utf-8")
    text += "cliffs: {variant: area, inputs: tier, districts: [恩平市, '440784']}\n"
    study.write_text(text, encoding="utf-8")
    assert transfers("cliffs", study, "-q", "--out", out).returncode == 0
    assert [row["key"] for row in rows_of(out)] == ["440784", "440784", "440785", "440785"]


def test_a_section_of_a_study_that_names_what_is_not_there_is_pointed_at(
    transfers: Run, jiangmen: Path
) -> None:
    study = jiangmen / "study.yaml"
    text = study.read_text("utf-8") + "cliffs: {variant: areas, inputs: tiers}\n"
    study.write_text(text, encoding="utf-8")
    done = transfers("cliffs", study)
    assert done.returncode == 2
    assert ":19 cliffs.variant: 没有方案“areas”" in done.stderr
    study.write_text(text.replace("variant: areas, ", ""), encoding="utf-8")
    done = transfers("cliffs", study)
    assert done.returncode == 2 and "是不是“tier”" in done.stderr
    assert "cliffs.inputs" in done.stderr


def test_numbers_of_the_document_are_moved_instead(transfers: Run, tmp_path: Path) -> None:
    out = tmp_path / "numbers.csv"
    policy = ROOT / "examples/bonuses/to_reserve.yaml"
    done = transfers("cliffs", policy, "--parameters", "--out", out)
    assert done.returncode == 0
    assert "“先进奖励”的应得额已全部满足，资金还有余" in done.stdout
    rows = {row["path"]: row for row in rows_of(out)}
    assert rows["grants.award.pool"]["reason"] == "pool_not_used_up"
    assert list(rows["grants.award.pool"]) == [
        *("path", "value", "less", "more", "nobody_paid", "districts", "key", "change", "reason"),
    ]


def test_who_gets_poorer_is_said_beside_the_answer(transfers: Run, jiangmen: Path) -> None:
    policy = jiangmen / "policy.yaml"
    text = policy.read_text("utf-8")
    help_ = '  help: {title: 困难补助, claim: "if(revenue < 10, 300, 0)"}'
    text = text.replace("    if_short: reject", help_)
    text = text.replace("budget: {amount: 4000}", "budget: {amount: 9000}")
    text = text.replace("pool: remainder", "pool: 4000")
    policy.write_text(text, encoding="utf-8")
    done = transfers("cliffs", policy, "--input", "revenue")
    assert done.returncode == 0, done.stderr
    assert "开平市的一般公共预算收入由 9.99999 亿元 增至 10 亿元" in done.stderr
    assert "补助减少 300 万元：多收反而更穷" in done.stderr
    assert "台山市" in done.stdout and "台山市的一般" not in done.stderr  # it is above already


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--within", "0"], 2, "--within 应是大于 0、不超过 1000% 的数"),
        (["--step", "x"], 2, "--step 应是大于 0、不超过 100% 的数"),
        (["--variant", "area"], 2, "没有方案"),
        (["--input", "populaton"], 2, "是不是“population”"),
        (["--district", "nowhere"], 2, "没有代码或名称为“nowhere”的地区"),
        (["--out", "x.md"], 2, ".xlsx"),
        (["--set", "budget.amount=3000"], 1, "3000"),
    ],
)
def test_calls_that_cannot_be_answered(
    transfers: Run, jiangmen: Path, options: list[str], code: int, said: str
) -> None:
    done = transfers("cliffs", jiangmen / "policy.yaml", *options)
    assert done.returncode == code
    assert said in done.stderr.replace(",", "")
    assert done.stdout == ""


def test_a_file_that_was_read_is_not_written_over(transfers: Run, jiangmen: Path) -> None:
    table = jiangmen / "districts.csv"
    before = table.read_bytes()
    done = transfers("cliffs", jiangmen / "policy.yaml", "--out", table)
    assert done.returncode == 2 and table.read_bytes() == before


def test_figures_that_are_set_are_where_moves_begin(transfers: Run, jiangmen: Path) -> None:
    call = ("cliffs", jiangmen / "policy.yaml", "--district", "鹤山市", "--input", "tier")
    plain = transfers(*call).stdout
    moved = transfers(*call, "--set", "inputs.tier.440784=A").stdout
    assert "402" in plain and "412" in moved.splitlines()[-1]
