"""A district that keeps its key and gets another name: every page says who had which figures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from scenarios.outlook.pages.markdown import markdown_bytes
from scenarios.outlook.pages.report import report_of
from scenarios.outlook.pages.tables import Tables
from scenarios.outlook.pages.terminal import outlook_view
from scenarios.outlook.pages.workbook import workbook_bytes
from tests.outlook.conftest import Look

MERGE = "{c1: {name: 新县, of: [%s], with: {tier: A, degree: 0.7}}}"


@pytest.mark.parametrize("of", ["c1, c2", "东县, 西县"])
@pytest.mark.parametrize(
    ("language", "label", "begins"),
    [
        ("zh", "新县（2027年及以前为东县）", "2028：东县、西县合并为新县"),
        ("en", "新县 (until 2027 东县)", "2028: 东县, 西县 become 新县"),
    ],
)
def test_a_merged_district_is_shown_with_the_name_it_had(
    look: Look, of: str, language: str, label: str, begins: str
) -> None:
    years = f"years: {{from: 2026, until: 2029, members: {{2028: {{merge: {MERGE % of}}}}}}}\n"
    report = report_of(look(years))
    tables = Tables(report, language)
    table = tables.districts(report.outlook.baseline)
    assert table is not None
    assert [row.cells[0] for row in table.rows[:-1]] == [label, "西县", "南县"]
    assert tables.begins(report.outlook.baseline) == [begins]
    assert f"| {label} |" in markdown_bytes(report, language).decode()
    assert label in outlook_view(report, language, 160)


def test_every_name_is_told_with_its_years(look: Look, folder: Path) -> None:
    text = (folder / "t.csv").read_text("utf-8")
    for number, name in enumerate("甲甲乙丙丙丁"):
        (folder / f"t_{2026 + number}.csv").write_text(text.replace("东县", name), "utf-8")
    policy = (folder / "p.yaml").read_text("utf-8")
    (folder / "p.yaml").write_text(policy.replace("file: t.csv", "file: 't_{year}.csv'"), "utf-8")
    report = report_of(look("years: {from: 2026, until: 2031}\n"))
    table = Tables(report, "zh").districts(report.outlook.baseline)
    assert table is not None
    label = "丁（2027年及以前为甲、2028年为乙、2029至2030年为丙）"
    assert table.rows[0].cells[0] == label


@pytest.mark.parametrize(
    ("language", "told", "counts"),
    [
        ("zh", "合并：tier = A（东县 + 西县 合并后）", "共 3（2028年起 2） 个地区。"),
        ("en", "Merged: tier = A (of 东县 + 西县, now one)", "3 (2 from 2028 on) districts."),
    ],
)
def test_notes_tell_a_merger_as_one_and_how_many_districts_there_are_when(
    look: Look, language: str, told: str, counts: str
) -> None:
    members = MERGE % "c1, c2"
    report = report_of(
        look(f"years: {{from: 2026, until: 2029, members: {{2028: {{merge: {members}}}}}}}\n")
    )
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(report, language)))
    lines = [str(row[3]) for row in book.worksheets[-1].iter_rows(values_only=True)]
    assert lines.count(told) == 1
    assert any(line.endswith(counts) for line in lines)
    sums = [line for line in lines if "population" in line and "东县 + 西县" in line]
    assert len(sums) == 1 and "=" not in sums[0], "what is added goes on to change"
