"""`transfers outlook` as a person calls it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.command.conftest import Run
from tests.outlook.conftest import POLICY, TABLE

STUDY = """\
study: s
title: 展望
policy: p.yaml
years: {until: 2028, next: {population: +1%}}
variants:
  more:
    title: 多一百
    years: {changes: {2027: {add: {grants.second: {pool: 100, share: population}}}}}
measures: {heads: {title: 人口, formula: sum(population)}}
constraints: {enough: {that: sum(total) >= 700, level: hard}}
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "p.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "s.yaml").write_text(STUDY, encoding="utf-8")
    return tmp_path / "s.yaml"


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def test_every_variant_has_a_table_of_its_years(transfers: Run, study: Path) -> None:
    done = transfers("outlook", study)
    assert done.returncode == 0, done.stderr
    body = done.stdout
    assert body.startswith("展望\n2026 至 2028 年")
    assert "单位：万元" in body and "more：多一百" in body
    paid = [line.split()[1:4] for line in body.splitlines() if line.startswith("补助合计 ")]
    assert paid[0] == ["780", "780", "900"] and paid[2] == ["780", "880", "1,000"]
    growth = next(line for line in body.splitlines() if line.startswith("人口 "))
    assert growth.split() == ["人口", "+1.0%", "+1.0%", "+1.0%"]


def test_english_has_no_chinese_but_names(transfers: Run, study: Path) -> None:
    body = transfers("outlook", study, "--lang", "en").stdout
    assert "2026 to 2028" in body and "hard rules not kept" in body and "比上年" not in body


def test_data_files_have_every_district_and_every_account(
    transfers: Run, study: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    assert transfers("outlook", study, "-q", "--out", out).stdout == ""
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = rows_of(out)
    grants = ["base", "services_cost", "second"]
    assert list(rows[0]) == ["variant", "year", "key", "name", *grants, "total"]
    assert len(rows) == 2 * 3 * 3
    for row in rows:
        assert sum(int(row[grant] or 0) for grant in grants) == int(row["total"])
        assert (row["second"] == "") == (row["variant"] == "baseline" or row["year"] == "2026")
    accounts = rows_of(tmp_path / "out.accounts.csv")
    assert list(accounts[0]) == [
        *("variant", "year", "account", "opening", "inflow", "draw", "closing"),
    ]
    assert [row["account"] for row in accounts] == ["budget", "fund"] * 6
    closing = {}
    for row in accounts:
        opening, inflow, draw, left = (
            int(row[name]) for name in ("opening", "inflow", "draw", "closing")
        )
        assert opening + inflow - draw == left
        if row["account"] == "fund":
            assert opening == closing.get(row["variant"], 50)
            closing[row["variant"]] = left


def test_json_has_the_same_rows_and_what_came_of_each_year(
    transfers: Run, study: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    transfers("outlook", study, "-q", "--out", out)
    data = json.loads(out.read_text("utf-8"))
    assert (data["years"], len(data["rows"]), len(data["accounts"])) == ([2026, 2027, 2028], 18, 12)
    more = data["variants"][1]
    assert [year["status"] for year in more["years"]] == ["done"] * 3
    assert [year["paid"] for year in more["years"]] == [780, 880, 1000]
    assert more["years"][1]["growth"]["heads"] == more["average_growth"]["heads"] == 0.01
    assert more["growth_in"] == {"heads": "parts"}
    assert more["years"][1]["measures"]["heads"] == "303/5"
    assert more["years"][0]["rules"][0]["id"] == "enough"


def test_growth_of_percentages_is_in_points_also_in_json(
    transfers: Run, study: Path, tmp_path: Path
) -> None:
    degree = "measures: {met: {formula: 96.4% + 0.4% * (year - 2026), unit: '%'}, "
    text = study.read_text("utf-8").replace("measures: {", degree)
    study.write_text(text, "utf-8")
    out = tmp_path / "out.json"
    answer = transfers("outlook", study, "--lang", "en", "--out", out)
    assert "met (pp)" in answer.stdout and "+0.40" in answer.stdout
    first = json.loads(out.read_text("utf-8"))["variants"][0]
    assert first["growth_in"] == {"met": "percentage_points", "heads": "parts"}
    assert [year["growth"]["met"] for year in first["years"]] == [None, 0.4, 0.4]
    assert first["average_growth"]["met"] == 0.4


def test_parquet_has_nothing_where_a_grant_does_not_exist(
    transfers: Run, study: Path, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "out.parquet"
    transfers("outlook", study, "-q", "--out", out)
    table = parquet.read_table(out)
    assert table["second"][0].as_py() is None and table["total"][0].as_py() > 0
    assert parquet.read_table(tmp_path / "out.accounts.parquet").num_rows == 12


def test_files_are_made_again_from_their_manifest(
    transfers: Run, study: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    transfers("outlook", study, "--variant", "more", "--out", out)
    done = transfers("rerun", f"{out}.manifest.json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("逐字节相同") == 2


def test_files_are_made_again_also_where_the_study_was_given_by_its_whole_path(
    transfers: Run, study: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    short = ("--set", "budget.amount=600", "--set", "grants.base.pool=500")
    transfers("outlook", study.resolve(), *short, "--out", out)
    first = json.loads(out.read_text("utf-8"))["variants"][0]["years"][0]
    places = [told["where"] for told in (*first["rules"], *first["findings"])]
    assert places and not any(str(place).startswith(str(study.parent)) for place in places)
    done = transfers("rerun", f"{out}.manifest.json")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_gate_closes_where_a_year_breaks_a_hard_rule_or_is_not_reached(
    transfers: Run, study: Path
) -> None:
    assert transfers("outlook", study, "--gate").returncode == 0
    short = ("--set", "grants.base.pool=500")
    assert transfers("outlook", study, *short).returncode == 0
    done = transfers("outlook", study, "--gate", *short)
    assert done.returncode == 1 and "baseline 2026（还有 2027）" in done.stderr
    text = study.read_text(encoding="utf-8")
    wave = "2027: {set: {budget.amount: 10, grants.base.if_short: reject, budget.remainder: none}, "
    study.write_text(text.replace("2027: {", wave), encoding="utf-8")
    assert transfers("outlook", study).returncode == 0
    done = transfers("outlook", study, "--gate")
    assert done.returncode == 1 and "more 2027: " in done.stderr
    assert "没有算到" in done.stdout


def test_a_first_year_that_pays_nobody_is_no_answer(transfers: Run, study: Path) -> None:
    short = ("--set", "budget.amount=10", "--set", "grants.base.if_short=reject")
    assert transfers("outlook", study, *short).returncode == 1


def test_unknown_endings_and_files_that_were_read_are_refused(transfers: Run, study: Path) -> None:
    assert transfers("outlook", study, "--out", "x.pdf").returncode == 2
    table = study.parent / "t.csv"
    done = transfers("outlook", study, "--out", table)
    assert done.returncode == 2 and table.read_text(encoding="utf-8") == TABLE


CHANGED = [
    "本次改动：parameters.new_money = 300（原 200）",
    "本次改动：inputs.population.c1 = 12（原 10）",
]


@pytest.mark.parametrize("command", ["outlook", "compare"])
def test_what_set_changed_is_told_on_every_page_with_what_was_there(
    transfers: Run, study: Path, tmp_path: Path, command: str
) -> None:
    changes = ["--set", "parameters.new_money=300", "--set", "inputs.population.东县=12"]
    done = transfers(command, study, *changes, "--out", tmp_path / "o.md")
    assert done.stdout.splitlines()[1:3] == CHANGED
    page = (tmp_path / "o.md").read_text("utf-8").replace("\\_", "_")
    assert page.splitlines()[2:5:2] == CHANGED
    transfers(command, study, *changes, "-q", "--out", tmp_path / "o.json", "--lang", "en")
    data = json.loads((tmp_path / "o.json").read_text("utf-8"))
    assert data["document_changed"] == [
        "Changed for this run: parameters.new_money = 300 (was 200)"
    ]
    assert data["figures_changed"] == ["Changed for this run: inputs.population.c1 = 12 (was 10)"]
    transfers(command, study, *changes, "-q", "--out", tmp_path / "o.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets
    first = [str(row[0]) for row in sheets[0].iter_rows(values_only=True)]
    assert [text for text in first if text in CHANGED] == CHANGED
    if command == "outlook":
        assert first[1:3] == CHANGED, "right below the title"
        assert all("本次有改动" in sheet["A1"].value for sheet in sheets[1:-1])


@pytest.mark.parametrize("command", ["outlook", "compare"])
def test_nothing_is_told_where_set_changes_nothing(
    transfers: Run, study: Path, tmp_path: Path, command: str
) -> None:
    for given in ([], ["--set", "parameters.new_money=200"]):
        done = transfers(command, study, *given, "--out", tmp_path / "o.json")
        assert "本次" not in done.stdout
        assert "_changed" not in "".join(json.loads((tmp_path / "o.json").read_text("utf-8")))


def test_a_figure_of_a_district_that_later_years_do_not_have_is_told_too(
    transfers: Run, study: Path
) -> None:
    members = (
        "members: {2026: {merge: {c9: {name: 新县, of: [c1, c2], with: {tier: A, degree: 1}}}}}"
    )
    study.write_text(study.read_text("utf-8").replace("until: 2028,", f"until: 2028, {members},"))
    done = transfers("outlook", study, "--set", "inputs.population.c1=12")
    assert CHANGED[1] in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "baseline 2026（以下只是 2026 年的数；2027、2028 也有，数额不同"),
        ("en", "baseline 2026 (the figures of 2026 only; also 2027, 2028"),
    ],
)
def test_a_warning_whose_figures_differ_by_year_says_whose_they_are(
    transfers: Run, study: Path, language: str, said: str
) -> None:
    short = ["--set", "budget.amount=700", "--set", "reserves.fund.opening=60"]
    done = transfers("outlook", study, "-q", *short, "--lang", language)
    assert said in done.stderr, done.stderr
    alike = {"zh": "more 2027（还有 2028）", "en": "more 2027 (also 2028)"}[language]
    assert alike in done.stderr, "whose figures are those of both years"
