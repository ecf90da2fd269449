"""The Jiangmen table as a bureau keeps it: 测算表, with titles, merged headers, units, totals."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "jiangmen"
POLICY = EXAMPLE / "policy.yaml"

HEADINGS = (
    ("A5:A6", "地区代码"),
    ("B5:B6", "地区"),
    ("C5:D5", "人口"),
    ("E5:F5", "区域"),
    ("G5:G6", "一般公共预算收入（万元）"),
    ("H5:H6", "档次"),
    ("I5:I6", "上年补助"),
    ("J5:J6", "备注"),
)
INNER = {"C6": "常住人口", "D6": "户籍人口", "E6": "面积", "F6": "镇街数"}
UNITS = {"A7": "单位", "C7": "人", "D7": "人", "E7": "平方公里", "F7": "个"}
CITY = ("440703", "440704", "440705")


def rows() -> list[dict[str, str]]:
    """Return the example's own table."""
    with (EXAMPLE / "districts.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def make_workbook(path: Path) -> None:
    """Write the table as staff would, in a workbook with a page of notes before it."""
    book = openpyxl.Workbook()
    notes = book.active
    assert isinstance(notes, Worksheet)
    notes.title = "说明"
    notes["A1"] = "本表由各县（市、区）财政局填报"
    sheet = book.create_sheet("测算表")
    sheet["A1"] = "附件 2"
    sheet["A2"] = "江门市因素法均衡性补助测算表"
    sheet.merge_cells("A2:J2")
    sheet["J4"] = "金额单位：万元"
    for cells, text in HEADINGS:
        sheet[cells.split(":")[0]] = text
        sheet.merge_cells(cells)
    for cell, text in {**INNER, **UNITS}.items():
        sheet[cell] = text
        sheet[cell].alignment = Alignment(horizontal="center")
    line = 8
    city = [row for row in rows() if row["code"] in CITY]
    counties = [row for row in rows() if row["code"] not in CITY]
    sheet.cell(line, 2, "合 计")
    fill_total(sheet, line, [*city, *counties])
    for label, group in (("市区小计", city), ("县（市）小计", counties)):
        line += 1
        sheet.cell(line, 2, label)
        fill_total(sheet, line, group)
        for row in group:
            line += 1
            fill(sheet, line, row)
    sheet.cell(line + 1, 1, "注：常住人口为年末数。")
    sheet.cell(line + 2, 1, "填表人：")
    sheet.cell(line + 2, 5, "审核人：")
    book.save(path)


def fill(sheet: Worksheet, line: int, row: dict[str, str]) -> None:
    """Write one district: keys as text, people in persons, revenue in 万元."""
    sheet.cell(line, 1, row["code"])
    sheet.cell(line, 2, row["name"])
    sheet.cell(line, 3, round(float(row["resident_population_wan"]) * 10_000))
    sheet.cell(line, 5, float(row["area_km2"]))
    sheet.cell(line, 6, int(row["towns"]))
    sheet.cell(line, 7, round(float(row["revenue_yi"]) * 10_000))
    sheet.cell(line, 8, row["tier"])
    sheet.cell(line, 9, float(row["last_year_wan"]))


def fill_total(sheet: Worksheet, line: int, group: list[dict[str, str]]) -> None:
    """Write a row of totals; revenue is left out, as happens."""
    for column, name, scale in (
        (3, "resident_population_wan", 10_000),
        (5, "area_km2", 1),
        (6, "towns", 1),
        (9, "last_year_wan", 1),
    ):
        sheet.cell(line, column, round(sum(float(row[name]) for row in group) * scale))


def converted(workbook: Path, ending: str) -> Path:
    """Return the workbook as LibreOffice saves it under another format."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (soffice) to save real xls and ods files")
    profile = (workbook.parent / "profile").as_uri()
    subprocess.run(
        [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending,
         "--outdir", str(workbook.parent), str(workbook)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return workbook.with_suffix(f".{ending.partition(':')[0]}")
