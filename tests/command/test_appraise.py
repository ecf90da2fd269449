"""`transfers appraise`: what it shows, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.command.conftest import Run
from transfers.output.terminal import width

ROOT = Path(__file__).resolve().parents[2]
HAIYAN = ROOT / "examples" / "haiyan" / "policy.yaml"
PATTERN = ROOT / "examples" / "patterns" / "appraisal.yaml"


def with_more(folder: Path, *lines: str, cut: str = "") -> Path:
    """Return a copy of the pattern with more keys of its appraisal."""
    for name in ("districts.csv", "observed.csv"):
        (folder / name).write_text((PATTERN.parent / name).read_text("utf-8"), "utf-8")
    text = PATTERN.read_text("utf-8")
    text = text.replace("    missing: left_out\n", "".join(f"    {line}\n" for line in lines))
    (folder / "policy.yaml").write_text(text.replace(cut, "") if cut else text, "utf-8")
    return folder / "policy.yaml"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_staff_read_degree_rank_grade_and_what_falls_short(transfers: Run) -> None:
    done = transfers("appraise", PATTERN, "--lang", "zh")
    assert (done.returncode, done.stderr) == (0, "")
    assert "8 个地区，3 项指标，全域 87.93%，短板 14 处，没有观测值 1 处" in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("E ")]
    assert line.split() == ["E", "戊县", "79.36%", "6", "合格", "2", "1"]
    assert any(
        line.split() == ["丙县", "候诊分钟数", "40", "20", "20"]
        for line in done.stdout.splitlines()
    )
    assert all(width(line) <= 80 for line in done.stdout.splitlines())


def test_it_speaks_english_and_shows_one_table_or_one_district(transfers: Run) -> None:
    one = transfers("appraise", PATTERN, "--by", "indicator", "--lang", "en").stdout
    assert "均等化实现度: indicators" in one
    assert "Falls short" not in one and "shortfalls" in one
    own = transfers("appraise", PATTERN, "--district", "戊县", "--lang", "en").stdout
    assert "indicators of 戊县" in own
    (line,) = [line for line in own.splitlines() if line.startswith("候诊分钟数")]
    assert line.split() == ["候诊分钟数", "—", "20", "—", "30.00%", "—", "no"]


def test_what_lies_between_degrees_is_in_percentage_points(transfers: Run, tmp_path: Path) -> None:
    zh = transfers("appraise", HAIYAN, "--by", "district", "--lang", "zh").stdout
    assert "相差 1.62 个百分点" in zh and "百分点" in zh.split("各地区")[1]
    (line,) = [line for line in zh.splitlines() if line.startswith("05")]
    assert line.split()[7:] == ["1", "89.43%", "0.86", "8", "96.73%", "93.90%", "2.83"]
    en = transfers("appraise", HAIYAN, "--lang", "en").stdout
    assert "1.62 pp apart" in en and "(pp)" in en
    assert not [line for line in (zh + en).splitlines() if line != line.rstrip()]
    out = tmp_path / "a.xlsx"
    assert transfers("appraise", HAIYAN, "--out", out, "-q").returncode == 0
    values = [cell.value for row in openpyxl.load_workbook(out).worksheets[0] for cell in row]
    assert any(isinstance(cell, float) and abs(cell - 0.86) < 0.01 for cell in values)


def test_a_district_is_not_shown_what_does_not_count_for_it(transfers: Run) -> None:
    shown = transfers("appraise", HAIYAN, "--district", "武原", "--lang", "zh").stdout
    assert "12 项不考核各地区的未列" in shown
    assert "标准化学校达标率" in shown and "九年义务教育巩固率" not in shown


def test_files_for_programs_have_exact_figures(transfers: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    assert transfers("appraise", PATTERN, "--out", out, "-q").returncode == 0
    first = rows(out.read_text("utf-8"))[0]
    assert (first["key"], first["degree"], first["rank"], first["grade"]) == (
        "A",
        "0.88",
        "5",
        "良",
    )
    assert transfers("appraise", PATTERN, "--by", "shortfall", "--out", out, "-q").returncode == 0
    falls = rows(out.read_text("utf-8"))
    assert len(falls) == 14
    assert falls[0] | {"distance": "0.6", "goal": "3"} == falls[0]
    data = tmp_path / "a.json"
    assert transfers("appraise", PATTERN, "--out", data, "-q").returncode == 0
    (told,) = json.loads(data.read_text("utf-8"))["appraisals"]
    assert len(told["indicator"]) == 24
    assert [row["unobserved"] for row in told["district"]] == [0, 0, 0, 0, 1, 0, 0, 0]


def test_files_for_people_have_a_sheet_for_each_table(transfers: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    assert transfers("appraise", PATTERN, "--out", out, "-q").returncode == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["各地区", "各指标", "短板", "实际权重", "说明"]
    cells = [[cell.value for cell in row] for row in book["各地区"].iter_rows()]
    assert any(row[:2] == ["E", "戊县"] and row[3] == 6 for row in cells)
    page = tmp_path / "a.md"
    assert transfers("appraise", PATTERN, "--out", page, "-q", "--lang", "en").returncode == 0
    assert "| E | 戊县 | 79.36% | 6 | 合格 | 2 | 1 |" in page.read_text("utf-8")


def test_a_missing_observation_is_refused_by_name_unless_the_policy_says_otherwise(
    transfers: Run, tmp_path: Path
) -> None:
    policy = with_more(tmp_path, "missing: refuse", cut="by_grade[realisation.grade]")
    text = policy.read_text("utf-8").replace("share: population * ", "share: population")
    policy.write_text(text[: text.index("outputs:")], "utf-8")
    assert transfers("run", policy).returncode == 0  # no amount rests on it
    done = transfers("appraise", policy)
    assert done.returncode == 2
    assert "戊县 候诊分钟数" in done.stderr


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--by", "level"), 2, "district, agency, indicator"),
        (("--by", "agency"), 2, "均等化实现度"),
        (("--appraisal", "other"), 2, "realisation"),
        (("--district", "Z"), 2, "Z"),
        (("--out", "a.doc"), 2, ".doc"),
    ],
)
def test_what_it_cannot_show_is_refused(
    transfers: Run, options: tuple[str, ...], code: int, said: str
) -> None:
    done = transfers("appraise", PATTERN, *options)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_a_policy_without_an_appraisal_has_nothing_to_show(transfers: Run) -> None:
    done = transfers("appraise", ROOT / "examples" / "jiangmen" / "policy.yaml")
    assert (done.returncode, done.stdout) == (5, "")


def test_agencies_town_and_country_and_the_year_before_stand_in_the_tables(
    transfers: Run, tmp_path: Path
) -> None:
    policy = with_more(
        tmp_path,
        "missing: left_out",
        "agency: agency",
        "last: observed",
        "urban: observed",
        "rural: observed / 2",
        "advanced: {top: 1}",
        "weights: population",
    )
    text = policy.read_text("utf-8").replace("{title: 入学率,", "{title: 入学率, agency: 教育局,")
    text = text.replace("      target: {", "      agency: {type: text}\n      target: {")
    policy.write_text(text, "utf-8")
    done = transfers("appraise", policy, "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert "先进：乙市、庚市" in done.stdout
    assert any(line.startswith("教育局") for line in done.stdout.splitlines())
    assert "城乡差距" in done.stdout
    assert "比上年" in done.stdout


def test_what_was_changed_and_what_it_rests_on_is_told(transfers: Run, tmp_path: Path) -> None:
    change = ("--set", "inputs.observed.enrolment.A=50", "--set", "appraisals.realisation.cap=90%")
    done = transfers("appraise", PATTERN, *change, "--lang", "en")
    assert done.returncode == 0, done.stderr
    first, second, blank, title, *_ = done.stdout.splitlines()
    assert first.startswith("Changed") and second.startswith("Changed")
    assert (blank, title) == ("", "均等化实现度")
    out = tmp_path / "a.xlsx"
    assert transfers("appraise", PATTERN, *change, "--out", out, "-q").returncode == 0
    rows_of_about = [[cell.value for cell in row] for row in openpyxl.load_workbook(out)["说明"]]
    assert ["本次改动", "appraisals.realisation.cap = 90%"] in rows_of_about
    assert ["数据表", "observed.csv"] in rows_of_about
    data = tmp_path / "a.json"
    assert transfers("appraise", PATTERN, *change, "--out", data, "-q").returncode == 0
    told = json.loads(data.read_text("utf-8"))
    assert len(told["document_changed"]) == 1 and len(told["figures_changed"]) == 1
    assert "observed.csv" in [each["file"] for each in told["files"]]


def test_agencies_that_nobody_knows_are_pointed_out(transfers: Run, tmp_path: Path) -> None:
    policy = with_more(tmp_path, "missing: left_out", "agency: agency", "agencies: known")
    text = policy.read_text("utf-8").replace("{title: 入学率,", "{title: 入学率, agency: 教育居,")
    text = text.replace("      target: {", "      agency: {type: text}\n      target: {")
    known = "  known: {items: {jy: {title: 教育局}}, name: title}\n"
    policy.write_text(text.replace("lists:\n", f"lists:\n{known}"), "utf-8")
    for language, told in (("zh", "是否为“教育局”"), ("en", "“教育局” meant")):
        page = tmp_path / "a.md"
        done = transfers("appraise", policy, "--lang", language, "--out", page)
        assert done.returncode == 0 and told in done.stderr
        assert told in page.read_text("utf-8")
    book, data = tmp_path / "a.xlsx", tmp_path / "a.json"
    assert transfers("appraise", policy, "-q", "--out", book).returncode == 0
    assert openpyxl.load_workbook(book).sheetnames[-2:] == ["需要补正", "说明"]
    assert transfers("appraise", policy, "-q", "--out", data).returncode == 0
    (one,) = json.loads(data.read_text("utf-8"))["appraisals"]
    assert one["agencies_unknown"] == [
        {"agency": "教育居", "indicator": "入学率", "near": "教育局"}
    ]


def test_the_weights_of_what_is_left_out_are_shown_where_they_went(
    transfers: Run, tmp_path: Path
) -> None:
    zh = transfers("appraise", PATTERN, "--lang", "zh").stdout
    assert "注：1 个地区有指标没有观测值，不计，其权重归其他指标：戊县。" in zh
    assert "--by weight" in zh
    en = transfers("appraise", PATTERN, "--by", "weight", "--lang", "en").stdout
    (doctors,) = [line.split() for line in en.splitlines() if line.startswith("每千人医生数")]
    assert doctors[1:3] == ["30.00%", "30.00%"] and doctors[6] == "42.86%"
    (waiting,) = [line.split() for line in en.splitlines() if line.startswith("候诊分钟数")]
    assert waiting[6] == "—"
    assert "100.00%" in en.splitlines()[-1]
    own = transfers("appraise", PATTERN, "--district", "戊县", "--lang", "zh").stdout
    assert "实际权重" in own and "42.86%" in own
    other = transfers("appraise", PATTERN, "--district", "甲县", "--lang", "zh").stdout
    assert "实际权重" not in other
    out = tmp_path / "a.csv"
    assert transfers("appraise", PATTERN, "--by", "weight", "--out", out, "-q").returncode == 0
    told = {(r["indicator"], r["key"]): r["effective_weight"] for r in rows(out.read_text("utf-8"))}
    assert told["enrolment", "A"] == "0.4" and told["waiting", "E"] == ""
    assert told["doctors", "E"] == "0.428571428571"
    data = tmp_path / "a.json"
    assert transfers("appraise", PATTERN, "--out", data, "-q").returncode == 0
    (one,) = json.loads(data.read_text("utf-8"))["appraisals"]
    assert one["indicator"][12]["effective_weight"] == 0.428571428571


def test_weights_that_count_as_written_are_not_told(transfers: Run, tmp_path: Path) -> None:
    policy = with_more(tmp_path, "missing: zero")
    done = transfers("appraise", policy, "--lang", "zh")
    assert done.returncode == 0 and "实际权重" not in done.stdout and "注：" not in done.stdout
    out = tmp_path / "a.xlsx"
    assert transfers("appraise", policy, "--out", out, "-q", "--lang", "zh").returncode == 0
    assert "实际权重" not in openpyxl.load_workbook(out).sheetnames


def copied(transfers_folder: Path) -> Path:
    """Return the policy of a county, copied: its lists can be written anew."""
    shutil.copytree(HAIYAN.parent, transfers_folder / "h")
    return transfers_folder / "h" / "policy.yaml"


def test_an_indicator_of_several_agencies_counts_for_none_and_that_is_told(
    transfers: Run, tmp_path: Path
) -> None:
    policy = copied(tmp_path)
    whole = transfers("appraise", policy, "--by", "agency", "--lang", "zh")
    assert "写了几家" not in whole.stdout + whole.stderr
    file = policy.parent / "second_level.csv"
    text = file.read_text("utf-8").replace(",教育局,", ",教育局、民政局,", 1)
    file.write_text(text, "utf-8")
    zh = transfers("appraise", policy, "--by", "agency", "--lang", "zh")
    (line,) = [line for line in zh.stdout.splitlines() if line.startswith("教育局、民政局")]
    assert line.split()[1] == "1"
    told = "单列为一行，不计入其中任何一家：“学前三年毛入园率”（教育局、民政局）"
    assert told in zh.stdout.replace("\n", "")
    assert "实际权重用 --by weight" not in zh.stdout
    en = transfers("appraise", policy, "--by", "agency", "--lang", "en").stdout
    assert "counts for none of them: “学前三年毛入园率” (教育局, 民政局)" in " ".join(en.split())
    run = transfers("run", policy, "--lang", "zh").stderr
    assert "1 项指标的责任部门写了几家：“学前三年毛入园率”（教育局、民政局）" in run
    assert "counts for none of these" in transfers("run", policy, "--lang", "en").stderr
    page = tmp_path / "a.md"
    assert transfers("appraise", policy, "-q", "--out", page, "--lang", "zh").returncode == 0
    assert told in page.read_text("utf-8")


def test_indicators_without_a_target_are_named_below_the_shortfalls(
    transfers: Run, tmp_path: Path
) -> None:
    policy = copied(tmp_path)
    file = policy.parent / "second_level.csv"
    written = file.read_text("utf-8")
    first = "普惠性幼儿园在园幼儿占比,F01,40%,正向,90,%,目标值"
    assert first in written
    without = written.replace(first, first.replace(",90,%,目标值", ",,%,极差"))
    aimed = written.replace(first, first.replace("目标值", "极差"))
    name = "普惠性幼儿园在园幼儿占比"
    for text, note in (
        (aimed, ""),
        (without, f"{name}按极差法或 z 得分计分，没有目标，不计短板。"),
    ):
        file.write_text(text, "utf-8")
        zh = transfers("appraise", policy, "--by", "shortfall", "--lang", "zh").stdout
        table, _, told = zh.replace("\n", "").partition("注：")
        assert told == note and (name in table) != (name in told)
    en = transfers("appraise", policy, "--by", "shortfall", "--lang", "en").stdout
    assert f"no target and no shortfall: {name}".replace(" ", "") in "".join(en.split())
    none = transfers("appraise", PATTERN, "--by", "shortfall", "--lang", "zh").stdout
    assert "没有目标" not in none
