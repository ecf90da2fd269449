"""What people read of an outlook: figures add up, nothing is blank without a word."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from scenarios import Outlook
from scenarios.figures_in_text import Shown
from scenarios.outlook.json_file import json_bytes
from scenarios.outlook.pages.growth import growth_table
from scenarios.outlook.pages.markdown import markdown_bytes
from scenarios.outlook.pages.report import Report, report_of
from scenarios.outlook.pages.side_by_side import by_year, side_by_side
from scenarios.outlook.pages.table import Cell, Row, Table, cell_text
from scenarios.outlook.pages.tables import Tables
from scenarios.outlook.pages.terminal import outlook_view
from scenarios.outlook.pages.workbook import workbook_bytes
from tests.outlook.conftest import Look
from transfers.errors import DocumentError
from transfers.output.terminal import width

STUDY = """\
title: 五年展望
measures:
  spending: {title: 服务支出, formula: sum(need), unit: 万元, digits: 1}
  income: {title: 收入, formula: sum(revenue), unit: 万元, digits: 0}
  share: {title: 支出占比, formula: sum(need) / sum(revenue), unit: "%", digits: 1}
constraints:
  fund_kept: {title: 资金不低于四百, that: fund.closing >= 400, level: hard}
  nobody_loses: {title: 各地不低于上年, that: total >= last_year}
years:
  from: 2026
  until: 2030
  next: {revenue: +8%, services.standard: +19%, new_money: +6%}
  changes:
    2028:
      title: 第二波
      set: {budget.amount: 1300}
      add: {grants.second: {title: 第二波补助, pool: 50, share: population}}
  members:
    2029: {merge: {c12: {name: 新县, of: [东县, 西县], with: {tier: A, degree: 0.7}}}}
variants:
  plain: {title: 照旧}
  strict:
    title: 不许压缩
    set: {grants.services_cost.if_short: reject}
    years: {set: {budget.amount: {2028: 900}}}
  renamed:
    title: 改代码
    years: {members: {2027: {rename: {南县: c33}}}}
"""


@pytest.fixture
def found(look: Look) -> Outlook:
    return look(STUDY)


@pytest.fixture
def tables(found: Outlook) -> Tables:
    return Tables(report_of(found), "zh")


def row_of(table: Table, label: str) -> Row:
    return next(row for row in table.rows if cell_text(row.cells[0]).strip() == label)


def texts(row: Row) -> list[str]:
    return [cell_text(cell) for cell in row.cells]


def figure(cell: Cell) -> Fraction:
    assert isinstance(cell, Shown), cell
    return cell.figure


# -- the years of a variant ------------------------------------------------------------------------


def test_what_is_paid_and_left_and_put_back_is_the_budget_of_every_year(tables: Tables) -> None:
    table = tables.years(tables.outlook.baseline, brief=False)
    named = {name: row_of(table, name) for name in ("预算", "补助合计", "预算余额", "动用", "转入")}
    for at in range(2, 8):  # five years and their sum
        budget, paid, left, drawn, back = (figure(row.cells[at]) for row in named.values())
        assert budget + drawn == paid + left + back


def test_grants_add_up_to_what_is_paid(tables: Tables) -> None:
    table = tables.years(tables.outlook.baseline, brief=False)
    parts = [row for row in table.rows if "其中" in cell_text(row.cells[0])]
    assert len(parts) == 3
    assert texts(parts[2])[2:4] == ["—", "—"], "there is no such grant before 2028"
    paid = row_of(table, "补助合计")
    for at in range(2, 8):
        there = [row.cells[at] for row in parts if isinstance(row.cells[at], Shown)]
        assert sum(map(figure, there)) == figure(paid.cells[at])


def test_a_reserve_opens_with_what_it_closed_with(tables: Tables) -> None:
    table = tables.years(tables.outlook.baseline, brief=True)
    opening, closing = texts(row_of(table, "年初"))[2:7], texts(row_of(table, "年末"))[2:7]
    assert opening[0] == "50" and opening[1:] == closing[:-1]


def test_growth_of_one_measure_stands_beside_that_of_another(tables: Tables) -> None:
    table = growth_table(tables, tables.outlook.baseline)
    assert table is not None
    assert texts(row_of(table, "收入"))[2:] == ["", *["+8.0%"] * 4, "", "+8.0%"]
    assert texts(row_of(table, "服务支出"))[3] == "+19.0%"
    points = row_of(table, "支出占比（百分点）")
    shares = tables.outlook.baseline.measure("share")
    assert shares[0] is not None and shares[1] is not None
    assert figure(points.cells[3]) == shares[1] - shares[0], "percentages differ by points"


def test_broken_rules_are_counted_and_named_with_the_year_and_by_how_much(tables: Tables) -> None:
    baseline = tables.outlook.baseline
    hard = row_of(tables.years(baseline, brief=True), "硬性要求未满足")
    assert texts(hard)[2:4] == ["1", "0"] and 2 in hard.marked and 3 not in hard.marked
    (line,) = tables.broken(baseline, "hard")
    assert line.startswith("2026（硬性）：资金不低于四百") and "差 110" in line


# -- years that are not reached --------------------------------------------------------------------


def test_a_year_that_is_not_reached_is_said_with_its_reason(tables: Tables) -> None:
    strict = tables.outlook["strict"]
    table = tables.years(strict, brief=True)
    assert texts(table.rows[0])[:7] == [
        *("结果", "", "已算", "已算", "资金不足", "未算到", "未算到"),
    ]
    assert texts(row_of(table, "补助合计"))[2:7] == ["780", "814", "—", "—", "—"]
    short, later = tables.why(strict)
    assert short.startswith("2028（资金不足）：") and "缺口" in short
    assert later == "2029、2030：没有算到：2028 年没有结果"
    assert "合计只含有结果的年度。" in table.notes
    assert [line for line in tables.remarks() if "strict" in line]


def test_a_variant_that_ends_early_has_no_sums_beside_the_others(tables: Tables) -> None:
    table = side_by_side(tables)
    at = table.headers.index("strict")
    assert texts(row_of(table, "2026至2030年补助累计"))[at] == "—"
    assert texts(row_of(table, "2030年末fund"))[at] == "—"
    assert texts(row_of(table, "硬性要求全部满足的年数"))[at] == "1/5"


def test_variants_are_held_against_the_baseline(tables: Tables) -> None:
    table = side_by_side(tables)
    at = table.headers.index("plain")
    for label in ("累计比基准", "累计比基准（%）"):
        assert figure(row_of(table, label).cells[at]) == 0
    paid = next(iter(by_year(tables)))
    whole = row_of(table, "2026至2030年补助累计")
    assert texts(paid.rows[0])[-1] == texts(whole)[1]


# -- districts -------------------------------------------------------------------------------------


def test_districts_add_up_to_the_total_in_every_year_and_over_all(tables: Tables) -> None:
    for each in tables.outlook.variants:
        table = tables.districts(each)
        assert table is not None
        *rows, total = table.rows
        for at, year in enumerate(each.years, start=2):
            paid = [row.cells[at] for row in rows if isinstance(row.cells[at], Shown)]
            assert sum(map(figure, paid)) == (year.paid or 0)
            assert year.paid is None or figure(total.cells[at]) == year.paid
        assert sum(figure(row.cells[7]) for row in rows) == figure(total.cells[7])


def test_merged_towns_are_blank_before_and_after_and_said_in_a_line(tables: Tables) -> None:
    baseline = tables.outlook.baseline
    table = tables.districts(baseline)
    assert table is not None and "空格：那一年没有这个地区。" in table.notes
    east, new = texts(row_of(table, "东县")), texts(row_of(table, "新县"))
    assert east[5:7] == ["", ""] and all(east[2:5]) and east[8:] == ["—", "—"]
    assert new[2:5] == ["", "", ""] and all(new[5:7])
    assert tables.begins(baseline) == [
        "2028：第二波（预算（budget.amount）改为 1300、新增“第二波补助”）",
        "2029：东县、西县合并为新县",
    ]


def test_a_district_that_others_become_part_of_is_not_compared_with_its_first_year(
    look: Look,
) -> None:
    merge = "{c1: {name: 东县, of: [东县, 西县], with: {tier: A, degree: 0.7}}}"
    years = f"years: {{from: 2026, until: 2028, members: {{2028: {{merge: {merge}}}}}}}\n"
    tables = Tables(report_of(look(years)), "zh")
    table = tables.districts(tables.outlook.baseline)
    assert table is not None and table.notes[1:] == ("其间由几个地区合并而成的，不与2026年比。",)
    east = texts(row_of(table, "东县"))
    assert all(east[2:6]) and east[6:] == ["—", "—"]


def test_who_gets_another_key_keeps_the_row(tables: Tables) -> None:
    renamed = tables.outlook["renamed"]
    table = tables.districts(renamed)
    assert table is not None
    south = texts(row_of(table, "南县"))
    assert south[1] == "c33" and all(south[2:])
    assert "2027：南县的代码由 c3 改为 c33" in tables.begins(renamed)


def test_a_variant_with_the_same_years_says_so(tables: Tables) -> None:
    assert tables.begins(tables.outlook["plain"]) == ["各年开始的与基准相同"]


def test_districts_that_only_another_table_has_are_named(look: Look, folder: Path) -> None:
    text = (folder / "t.csv").read_text("utf-8").replace("c3,南县", "c4,北县")
    (folder / "u.csv").write_text(text, "utf-8")
    years = "years: {from: 2026, until: 2028, changes: {2027: {districts: u.csv}}}\n"
    tables = Tables(report_of(look(years)), "zh")
    (line,) = tables.begins(tables.outlook.baseline)
    assert line == "2027：改用 u.csv；新增北县；不再有南县"


def test_one_grant_by_its_title(found: Outlook) -> None:
    tables = Tables(report_of(found, "第二波补助"), "zh")
    table = tables.districts(found.baseline)
    assert table is not None and "第二波补助" in table.title
    assert texts(table.rows[-1])[2:8] == ["0", "0", "50", "50", "50", "150"]
    with pytest.raises(DocumentError):
        report_of(found, "nothing")


# -- the terminal ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_tables_fit_the_terminal(found: Outlook, language: str, columns: int) -> None:
    view = outlook_view(report_of(found), language, columns)
    assert max(map(width, view.splitlines())) <= columns


def test_english_pages_have_chinese_in_names_only(found: Outlook) -> None:
    report = report_of(found)
    for text in (outlook_view(report, "en"), markdown_bytes(report, "en").decode()):
        assert "not reached" in text and "short of money" in text
        left = re.sub(
            r"[东西南新]县|五年展望|服务支出|收入|支出占比|资金不低于四百|各地不低于上年", "", text
        )
        left = re.sub(r"第二波(补助)?|照旧|不许压缩|改代码|万元|元/person", "", left)
        assert re.findall(r"[\u4e00-\u9fff]+", left) == []


# -- files -----------------------------------------------------------------------------------------


def book_of(report: Report, language: str = "zh") -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook_bytes(report, language)))


def column(sheet: Worksheet, at: int) -> list[object]:
    return [cell.value for cell in sheet[openpyxl.utils.get_column_letter(at)]]


def test_the_workbook_has_a_sheet_per_variant_between_overview_and_notes(found: Outlook) -> None:
    book = book_of(report_of(found))
    names = ["概览", "基准", "照旧", "不许压缩", "改代码", "账户", "规则", "口径与说明"]
    assert book.sheetnames == names
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "$1:$3" in book["基准"].print_title_rows, "the years are on every page"


def test_figures_of_the_workbook_are_numbers_with_live_sums(found: Outlook) -> None:
    sheet = book_of(report_of(found))["基准"]
    labels = column(sheet, 1)
    paid = sheet[labels.index("补助合计") + 1]
    assert [cell.value for cell in paid[2:7]] == [year.paid for year in found.baseline.years]
    assert paid[2].number_format == "#,##0" and paid[1].value == "万元"
    assert paid[7].value == f"=SUM(C{paid[0].row}:G{paid[0].row})"
    total = sheet[labels.index("合计") + 1]
    first = labels.index("地区") + 2
    assert total[2].value == f"=SUM(C{first}:C{total[0].row - 1})"
    grown = [row for row in sheet.iter_rows() if row[0].value == "收入"][-1]
    assert grown[3].value == pytest.approx(0.08) and grown[3].number_format.startswith("+#,##0.0%")


def test_accounts_of_the_workbook_close_by_formula(found: Outlook) -> None:
    sheet = book_of(report_of(found))["账户"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "基准")
    at = row[0].row
    assert row[8].value == f"=D{at}+E{at}+F{at}-G{at}+H{at}"
    headers = [cell.value for cell in sheet[3]]
    assert headers[:3] == ["方案", "账户", "年度"]


def test_every_rule_has_its_year_in_the_workbook(found: Outlook) -> None:
    sheet = book_of(report_of(found))["规则"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    hard = next(row for row in rows if row[:2] == ["基准", "资金不低于四百"])
    assert hard[2] == "硬性" and hard[3].startswith("不符合 -110") and hard[4].startswith("符合")
    assert hard[8] == 1
    strict = next(row for row in rows if row[:2] == ["strict", "资金不低于四百"])
    assert strict[5:8] == ["资金不足", "未算到", "未算到"]


def test_notes_say_what_is_carried_how_and_from_which_files(found: Outlook) -> None:
    sheet = book_of(report_of(found))["口径与说明"]
    told = {(row[2].value, row[3].value) for row in sheet.iter_rows(min_row=4)}
    assert ("下一年度的revenue", "revenue * 1.08") in told
    assert ("下一年度的last_year", "base") in told
    digests = [text for item, text in told if "SHA-256" in str(item)]
    assert len(digests) >= 3 and all(re.fullmatch(r"[0-9a-f]{64}", str(text)) for text in digests)


def test_titles_that_no_sheet_may_have_are_made_into_names(look: Look) -> None:
    long = "一" * 40
    text = f"variants: {{a: {{title: 'x/y:z'}}, b: {{title: {long}}}, c: {{title: {long}}}}}\n"
    names = book_of(report_of(look(f"years: {{from: 2026, count: 2}}\n{text}"))).sheetnames
    assert names[2] == "x_y_z" and len(set(names)) == len(names)
    assert all(len(name) <= 31 for name in names)


def test_amounts_too_long_for_a_spreadsheet_are_texts(look: Look, folder: Path) -> None:
    policy = (
        (folder / "p.yaml").read_text("utf-8").replace("amount: 1000", "amount: 12345678901234567")
    )
    (folder / "p.yaml").write_text(policy, "utf-8")
    sheet = book_of(report_of(look("years: {from: 2026, count: 2}\n")))["基准"]
    budget = next(row for row in sheet.iter_rows() if row[0].value == "预算")
    assert budget[2].value == "12,345,678,901,234,567"
    assert budget[4].value == "24,691,357,802,469,134", "no formula: it would be wrong"


def test_a_page_in_markdown_has_the_same_figures(found: Outlook) -> None:
    page = markdown_bytes(report_of(found), "zh").decode()
    lines = page.splitlines()
    assert lines[0] == "# 五年展望" and "## 基准" in lines and "## strict：不许压缩" in lines
    total = next(line for line in lines if line.startswith("| **合计**"))
    years = [f"**{year.paid:,}**" for year in found.baseline.years]
    assert total.split(" | ")[2:7] == years
    widths = {line.count(" | ") for line in lines if line.startswith("| 东县")}
    assert widths == {9}


def test_json_has_what_begins_and_why_a_year_has_no_result(found: Outlook) -> None:
    data = json.loads(json_bytes(report_of(found), "en"))
    variants = {each["id"]: each for each in data["variants"]}
    assert variants["baseline"]["begins"][0]["year"] == 2028
    strict = variants["strict"]["years"]
    assert [year["status"] for year in strict] == ["done", "done", "rejected", *["not_run"] * 2]
    assert strict[2]["why"] and "table_sha256" in strict[2] and "table_sha256" not in strict[3]
    for year in variants["baseline"]["years"]:
        assert sum(year["grants"].values()) == year["paid"]
        assert Fraction(year["measures"]["income"]) > 0


def test_an_outlook_of_one_year_without_rules_has_pages(look: Look) -> None:
    report = report_of(look("years: {from: 2026, count: 1}\n"))
    assert "各方案对比" not in outlook_view(report, "zh")
    assert book_of(report)["规则"]["A2"].value == "没有规则和约束。"
    assert markdown_bytes(report, "en").startswith(b"# s\n")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "逐年：下一年度的new_money为 new_money、下一年度的population为 population"),
        (
            "en",
            "from year to year: new_money becomes new_money, population becomes population",
        ),
    ],
)
def test_what_a_variant_goes_on_with_is_said(look: Look, language: str, line: str) -> None:
    study = STUDY + (
        "  level:\n    years: {next: {new_money: new_money, population: population}}\n"
    )
    view = outlook_view(report_of(look(study)), language, 120)
    assert view.count(line) == 1
