"""A district that keeps its key and gets another name: every page says who had which figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.outlook.pages.markdown import markdown_bytes
from scenarios.outlook.pages.report import report_of
from scenarios.outlook.pages.tables import Tables
from scenarios.outlook.pages.terminal import outlook_view
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
