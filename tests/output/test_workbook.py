"""The workbook: what a finance bureau opens, prints and passes on."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.output.conftest import HOSTILE, POLICY, Allocated
from transfers.allocation import Allocation
from transfers.errors import OutputError
from transfers.output import book
from transfers.output.workbook import workbook_bytes

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")

LONG = POLICY.replace("extra: {{title: 追加补助, pool: {pool} / 2, share: people}}", "")


def opened(content: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def amounts(content: bytes, *, values: bool = False) -> dict[str, list[Any]]:
    """Return the columns of the first sheet by their headers, totals included."""
    sheet = opened(content, values=values).worksheets[0]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    end = next(n for n, row in enumerate(rows) if row[0] in ("合计", "Total")) + 1
    return {str(column[0]): list(column[1:]) for column in zip(*rows[:end], strict=True)}


def texts(sheet: Any) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in sheet.iter_rows(min_row=4, values_only=True)]


# -- the first sheet ------------------------------------------------------------------------------


def test_the_table_of_the_terminal_stands_on_the_first_sheet(jiangmen: Allocation) -> None:
    content = workbook_bytes(jiangmen, "zh")
    sheet = opened(content, values=True).worksheets[0]
    assert sheet["A1"].value == "江门市因素法均衡性补助（示例）"
    assert sheet["F2"].value == "单位：万元"
    assert sheet["F2"].alignment.horizontal == "right"
    columns = amounts(content, values=True)
    assert list(columns) == ["代码", "名称", "因素法均衡性补助", "上年补助", "增减", "增减%"]
    assert columns["代码"] == [
        "440703",
        "440704",
        "440705",
        "440781",
        "440783",
        "440784",
        "440785",
        "合计",
    ]
    assert columns["因素法均衡性补助"] == [325, 150, 552, 1080, 755, 402, 736, 4000]
    assert columns["增减"] == [65, 30, 82, 0, 55, 72, 96, 400]
    assert columns["增减%"][-1] == pytest.approx(4000 / 3600 - 1, abs=1e-15)


def test_totals_and_comparisons_are_live(jiangmen: Allocation) -> None:
    columns = amounts(workbook_bytes(jiangmen, "zh"))
    assert columns["因素法均衡性补助"][-1] == "=SUM(C4:C10)"
    assert columns["上年补助"][-1] == "=SUM(D4:D10)"
    assert columns["增减"][0] == "=C4-D4"
    assert columns["增减"][-1] == "=SUM(E4:E10)"
    assert columns["增减%"][-1] == '=IF(D11>0,C11/D11-1,"—")'


def test_several_grants_have_a_live_column_of_their_total(allocated: Allocated) -> None:
    content = workbook_bytes(allocated(["甲", "乙", "丙"]), "zh")
    assert amounts(content)["合计"][:1] == ["=C4+D4"]
    assert amounts(content, values=True)["合计"] == [25.0, 50.0, 75.0, 150.0]


def test_a_grant_that_another_replaces_is_not_added_twice(allocated: Allocated) -> None:
    policy = POLICY.replace("pool: {pool} / 2,", "pool: {pool} / 2, replaces: base,")
    content = workbook_bytes(allocated(["甲", "乙", "丙"], policy=policy), "zh")
    assert amounts(content)["合计"][:1] == ["=D4"]
    assert amounts(content, values=True)["合计"][-1] == 50.0


def test_figures_show_the_decimals_of_the_quantum_and_thousands(allocated: Allocated) -> None:
    sheet = opened(workbook_bytes(allocated(["甲", "乙"]), "zh")).worksheets[0]
    formats = {cell.value: sheet.cell(4, cell.column).number_format for cell in sheet[3]}
    assert formats["基本补助"] == formats["合计"] == formats["上年"] == "#,##0.00"
    assert formats["人均 元/人"] == "#,##0.00"
    assert formats["三分之一 万人"] == "#,##0.0000"
    assert formats["增减"] == "+#,##0.00;-#,##0.00;0.00"
    assert formats["增减%"] == "+#,##0.00%;-#,##0.00%;0.00%"


def test_whole_amounts_show_no_decimals(jiangmen: Allocation) -> None:
    sheet = opened(workbook_bytes(jiangmen, "zh")).worksheets[0]
    assert sheet["C4"].number_format == sheet["C11"].number_format == "#,##0"


def test_keys_are_texts_with_their_zeros_and_all_their_digits(allocated: Allocated) -> None:
    keys = ["0101", "440781198001011234", "1e5"]
    sheet = opened(workbook_bytes(allocated(["甲", "乙", "丙"], keys=keys), "zh")).worksheets[0]
    cells = [sheet.cell(row, 1) for row in (4, 5, 6)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(key, "s") for key in keys]


def test_no_text_becomes_a_formula_a_link_or_a_number(allocated: Allocated) -> None:
    content = workbook_bytes(allocated(HOSTILE, keys=[f"={n}" for n in range(len(HOSTILE))]), "zh")
    sheet = opened(content).worksheets[0]
    for row, name in enumerate(HOSTILE, start=4):
        assert (sheet.cell(row, 2).value, sheet.cell(row, 2).data_type) == (name, "s")
        assert sheet.cell(row, 1).data_type == "s"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "rels/sheet" in name or "link" in name]


def test_a_missing_figure_is_a_dash_and_left_out_of_the_sum(allocated: Allocated) -> None:
    content = workbook_bytes(allocated(["甲", "乙"], priors=["—", "40"]), "zh")
    columns = amounts(content, values=True)
    assert columns["上年"] == ["—", 40, 40]
    assert columns["增减"][0] == columns["增减"][-1] == columns["增减%"][-1] == "—"


# -- figures a spreadsheet cannot hold ------------------------------------------------------------


def test_figures_of_sixteen_digits_are_exact_texts_and_say_so(allocated: Allocated) -> None:
    allocation = allocated(["甲", "乙", "丙"], pool="40071992547409931.01", policy=LONG)
    assert int(allocation.total.max()) > 2**53
    sheet = opened(workbook_bytes(allocation, "zh")).worksheets[0]
    shown = [sheet.cell(row, 3).value for row in (4, 5, 6, 7)]
    exact = [*allocation.total.tolist(), sum(allocation.total.tolist())]
    assert [Fraction(text.rstrip("*").replace(",", "")) * 100 for text in shown] == exact
    assert all(text.endswith("*") for text in shown)
    assert "15 位有效数字" in sheet.cell(9, 1).value
    assert not [
        c for row in sheet.iter_rows(min_col=3, max_col=3) for c in row if c.data_type == "f"
    ]


def test_comparisons_with_such_figures_are_exact_and_no_formulas(allocated: Allocated) -> None:
    allocation = allocated(["甲", "乙", "丙"], pool="40071992547409931.01", policy=LONG)
    columns = amounts(workbook_bytes(allocation, "zh"))
    assert columns["增减"][0] == "+6,678,665,424,568,311.84*"
    assert columns["增减%"][0] == "+66,786,654,245,683,118.40%*"


def test_fifteen_digits_are_numbers_and_their_float_is_exact(allocated: Allocated) -> None:
    allocation = allocated(["甲"], pool="9999999999999.99", policy=LONG)
    columns = amounts(workbook_bytes(allocation, "zh"), values=True)
    assert columns["基本补助"] == [9999999999999.99, 9999999999999.99]


def test_a_sum_whose_floats_could_be_off_by_a_cent_is_written_out(allocated: Allocated) -> None:
    names = [f"区{number}" for number in range(60)]
    allocation = allocated(names, pool="9999999999999.99", policy=LONG)
    assert int(allocation.total.max()) < 10**15
    total = amounts(workbook_bytes(allocation, "zh"))["基本补助"][-1]
    assert total == "9,999,999,999,999.99*"


# -- the other sheets -----------------------------------------------------------------------------


def test_findings_and_money_left_stand_on_the_second_sheet() -> None:
    import transfers

    policy = transfers.load_policy("examples/jiangmen/policy.yaml", {"budget.amount": "4600"})
    allocation = transfers.allocate(policy, transfers.load_districts(None, policy))
    rows = texts(opened(workbook_bytes(allocation, "zh")).worksheets[1])
    said = [finding.message("zh") for finding in allocation.findings]
    assert [row[2] for row in rows] == [*said, "未分配：因素法均衡性补助 101 万元"]
    assert rows[-1][0] == "未分配"
    assert rows[-1][1].endswith("policy.yaml:26:3 grants.equalisation")


def test_nothing_to_report_is_said(jiangmen: Allocation) -> None:
    assert (
        texts(opened(workbook_bytes(jiangmen, "zh")).worksheets[1])[0][2] == "没有需要注意的事项。"
    )


def test_the_last_sheet_says_what_it_was_computed_from() -> None:
    import transfers

    policy = transfers.load_policy(
        "examples/jiangmen/policy.yaml", {"parameters.growth_cap": "15%"}
    )
    districts = transfers.load_districts(None, policy)
    allocation = transfers.allocate(policy, districts)
    about = dict(texts(opened(workbook_bytes(allocation, "zh")).worksheets[-1]))
    assert about["政策编号"] == "jiangmen-equalisation-2026"
    assert about["金额单位"] == "万元"
    assert about["数据表"] == "districts.csv"
    assert about["数据表 SHA-256"] == districts.sha256
    assert about["本次改动"] == "parameters.growth_cap = 15%"
    assert about["测算程序"] == f"transfers {transfers.__version__}"
    assert about["依据"].startswith("江门市")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("zh", ["分配表", "注意事项", "均等化程度", "说明"]),
        ("en", ["Allocation", "Findings", "Inequality", "About"]),
    ],
)
def test_sheets_are_named_in_the_language(
    jiangmen: Allocation, language: str, names: list[str]
) -> None:
    assert opened(workbook_bytes(jiangmen, language)).sheetnames == names


# -- paper ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "page"), [("zh", "第 &P 页，共 &N 页"), ("en", "Page &P of &N")]
)
def test_every_sheet_is_set_up_for_a4(jiangmen: Allocation, language: str, page: str) -> None:
    for sheet in opened(workbook_bytes(jiangmen, language)).worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.oddFooter.center.text == page


def test_headers_and_names_stay_in_sight(jiangmen: Allocation) -> None:
    sheets = opened(workbook_bytes(jiangmen, "zh")).worksheets
    assert [sheet.freeze_panes for sheet in sheets] == ["C4", "A4", "B4", "B4"]


def test_columns_are_wide_enough_for_wide_characters(allocated: Allocated) -> None:
    names = ["黔西南布依族苗族自治州", "a"]
    sheet = opened(workbook_bytes(allocated(names), "zh")).worksheets[0]
    assert sheet.column_dimensions["B"].width >= 2 * len(names[0])


def test_more_districts_than_a_sheet_holds_are_refused(
    allocated: Allocated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MOST_ROWS", 8)
    with pytest.raises(OutputError) as caught:
        workbook_bytes(allocated(["甲", "乙", "丙"]), "zh")
    assert "最多容纳 2 个" in caught.value.faults[0].text("zh")


# -- in another program ---------------------------------------------------------------------------


def converted(path: Path, kind: str) -> Path:
    """Have LibreOffice open a file, compute it anew and save it."""
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", path.parent / "out"]
    subprocess.run(
        [*command, path],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(path.parent)},
    )
    return path.parent / "out" / f"{path.stem}.{kind.partition(':')[0]}"


@needs_office
def test_computed_anew_every_figure_is_the_same(allocated: Allocated, tmp_path: Path) -> None:
    allocation = allocated(HOSTILE, pool="123456.78", quantum="0.01")
    before = workbook_bytes(allocation, "zh")
    # Without the figures beside the formulas nothing but computing can give them.
    workbook = opened(before)
    workbook.save(tmp_path / "r.xlsx")
    assert amounts((tmp_path / "r.xlsx").read_bytes(), values=True)["合计"][-1] is None
    after = amounts(converted(tmp_path / "r.xlsx", "xlsx").read_bytes(), values=True)
    told = amounts(before, values=True)
    assert after.keys() == told.keys()
    for header, cells in told.items():
        for one, other in zip(cells, after[header], strict=True):
            same = pytest.approx(one, rel=1e-12) if isinstance(one, float) else one
            assert other == same, header
    assert sum(allocation.total.tolist()) == round(after["合计"][-1] * 100) == 18518517


@needs_office
def test_no_name_runs_where_a_spreadsheet_opens_the_csv_file(
    allocated: Allocated, tmp_path: Path
) -> None:
    from transfers.output.csv_file import csv_bytes

    (tmp_path / "r.csv").write_bytes(csv_bytes(allocated(HOSTILE), "zh"))
    sheet = openpyxl.load_workbook(converted(tmp_path / "r.csv", "xlsx")).worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "b"}


@needs_office
def test_a_wide_table_is_printed_one_page_wide(allocated: Allocated, tmp_path: Path) -> None:
    many = "".join(
        f"  g{n}: {{{{title: 第{n}项补助资金, pool: 10, share: people}}}}\n" for n in range(20)
    )
    policy = POLICY.replace("outputs:", f"{many}outputs:")
    names = [f"第{number}区" for number in range(120)]
    (tmp_path / "r.xlsx").write_bytes(workbook_bytes(allocated(names, policy=policy), "zh"))
    pages = converted(tmp_path / "r.xlsx", "pdf").read_bytes().count(b"/Type/Page/")
    # 120 rows of a narrow print fit on 2 or 3 pages; two pages abreast would be 6 and more.
    assert 3 <= pages <= 6
