"""What could be read wrongly without a word is read rightly, refused, or pointed out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

import transfers
from tests.tables.bureau_table import converted
from transfers.districts import Districts, NumberColumn
from transfers.errors import Fault

POLICY = (
    "policy: p\nmoney: {unit: 万元}\ndistricts: {file: d.csv, key: 代码, name: [名称]}\n"
    "inputs:\n  people: {title: 人口, unit: 万人}\n  before: {title: 上年, unit: 万元}\n"
    "grants:\n  g: {pool: 9, share: people}\n"
)
ROWS = "01,甲县,30,200\n02,乙县,20,300\n03,丙区,50,400\n"


def read(folder: Path, table: str | Path, policy: str = POLICY) -> Districts:
    """Read a csv text or a file."""
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    if isinstance(table, str):
        (folder / "d.csv").write_text(table, encoding="utf-8")
        table = folder / "d.csv"
    return transfers.load_districts(table, transfers.load_policy(folder / "policy.yaml"))


def faults(folder: Path, table: str | Path, policy: str = POLICY) -> list[Fault]:
    with pytest.raises(transfers.TableError) as caught:
        read(folder, table, policy)
    for language in ("zh", "en"):
        assert not any("{" in line for line in caught.value.lines(language))
    return list(caught.value.faults)


def figures(districts: Districts, name: str) -> list[Fraction | None]:
    column = districts.columns[name]
    assert isinstance(column, NumberColumn)
    return column.fractions()


# -- how figures are written ---------------------------------------------------------------------


@pytest.mark.parametrize("text", ["30①", "30²", "3₀", "30⑴", "𝟑𝟎", "30Ⅰ"])
def test_the_mark_of_a_footnote_is_no_digit(tmp_path: Path, text: str) -> None:
    (fault,) = faults(tmp_path, f"代码,名称,人口,上年\n01,甲县,{text},200\n")
    assert (fault.code, fault.place.line, fault.place.column) == ("table.not_a_number", 2, 3)


@pytest.mark.parametrize("text", ["30\u200b", "\ufeff30", "\u200e30"])
def test_letters_that_nobody_sees_are_left_out_and_said(tmp_path: Path, text: str) -> None:
    districts = read(tmp_path, f"代码,名称,人口,上年\n01,甲县,{text},200\n")
    assert figures(districts, "people") == [30]
    (said,) = districts.findings
    assert said.code == "table.respelt"


# -- units stated above --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "above",
    [
        "单位：人",
        "单位人",
        "单位 人",
        "（人）",
        "测算表（人）",
        "金额单位：万元 人口单位：人",
        "人口单位：人；金额单位：人民币万元",
        "计量单位：【人】",
        "Unit persons",
    ],
)
def test_a_unit_above_is_understood_however_it_is_written(tmp_path: Path, above: str) -> None:
    districts = read(tmp_path, f"{above}\n代码,名称,人口,上年\n01,甲县,300000,200\n")
    assert figures(districts, "people") == [30]
    assert figures(districts, "before") == [200]


@pytest.mark.parametrize("above", ["单位：人民币亿元", "单位：亿元（人民币）", "单位：RMB亿元"])
def test_the_name_of_the_currency_does_not_hide_a_unit(tmp_path: Path, above: str) -> None:
    districts = read(tmp_path, f"{above}\n代码,名称,人口,上年\n01,甲县,30,2\n")
    assert figures(districts, "before") == [20_000]


@pytest.mark.parametrize(
    "above", ["填报单位：江门市财政局", "预算单位名称：元山镇", "测算表（一）"]
)
def test_an_institution_above_is_no_unit(tmp_path: Path, above: str) -> None:
    districts = read(tmp_path, f"{above}\n代码,名称,人口,上年\n01,甲县,30,2\n")
    assert figures(districts, "before") == [2] and districts.findings == ()


@pytest.mark.parametrize("above", ["单位：元、万元", "单位：元,,,单位：万元"])
def test_two_units_above_that_a_column_may_have_are_refused(tmp_path: Path, above: str) -> None:
    (fault,) = faults(tmp_path, f"{above}\n代码,名称,人口,上年\n01,甲县,30,2\n")
    assert (fault.code, fault.values["column"]) == ("table.units_differ", "上年")
    districts = read(tmp_path, f"{above}\n代码,名称,人口,上年（元）\n01,甲县,30,20000\n")
    assert figures(districts, "before") == [2]


# -- where the districts begin -------------------------------------------------------------------


@pytest.mark.parametrize("keys", ["甲乙丙", "123"])
def test_districts_that_count_like_columns_are_districts(tmp_path: Path, keys: str) -> None:
    policy = POLICY.replace(", name: [名称]", "")
    rows = "".join(f"{key},{n + 2},{n + 3},{n + 4}\n" for n, key in enumerate(keys))
    districts = read(
        tmp_path, f"代码,人口,上年,户数\n{rows.replace('甲,2,3,4', '甲,1,2,3')}", policy
    )
    assert districts.keys == tuple(keys)


@pytest.mark.parametrize("row", ["甲,乙,1,2", "栏次,,1,2", "1,2,3,4", "甲,乙,1,2=1×3"])
def test_a_row_that_numbers_the_columns_is_no_district(tmp_path: Path, row: str) -> None:
    assert read(tmp_path, f"代码,名称,人口,上年\n{row}\n{ROWS}").keys == ("01", "02", "03")


def test_a_header_that_the_policy_names_and_that_is_not_there_is_refused(tmp_path: Path) -> None:
    table = "代码,名称,人口,上年\n" + ROWS
    for rows, line in (("90", 90), ("[90, 91]", 90)):
        policy = POLICY.replace("key: 代码", f"key: 代码, header: {rows}")
        (fault,) = faults(tmp_path, table, policy)
        assert (fault.code, fault.place.line) == ("table.no_header", line)


def test_a_header_that_the_policy_names_may_be_far_down(tmp_path: Path) -> None:
    table = "".join(f"说明 {n}\n" for n in range(1, 80)) + "代码,名称,人口,上年\n" + ROWS
    policy = POLICY.replace("key: 代码", "key: 代码, header: 80")
    assert read(tmp_path, table, policy).keys == ("01", "02", "03")


def test_a_table_farther_up_that_was_passed_over_is_named(tmp_path: Path) -> None:
    table = "代码,名称,人口\n01,甲县,31\n02,乙县,21\n\n代码,名称,人口,上年\n" + ROWS
    (said,) = read(tmp_path, table).findings
    assert (said.code, said.severity, said.where.line) == ("table.earlier_header", "warning", 1)
    assert said.values["header"] == 5


def test_the_header_printed_again_on_every_page_is_no_district(tmp_path: Path) -> None:
    header = "代码,名称,人口（万人）,上年\n"
    districts = read(tmp_path, header + ROWS + header + "04,丁市,1,2\n")
    assert districts.keys == ("01", "02", "03", "04")
    (said,) = districts.findings
    assert said.code == "table.asides"


def test_a_second_table_below_the_first_is_refused(tmp_path: Path) -> None:
    table = f"代码,名称,人口,上年\n{ROWS}\n代码,名称,上年,人口\n04,丁市,2,1\n"
    (fault,) = faults(tmp_path, table)
    assert (fault.code, fault.place.line) == ("table.second_table", 6)


# -- what a workbook shows and what it holds ------------------------------------------------------

Change = Callable[[Any, Any], None]


def workbook(path: Path, change: Change = lambda book, sheet: None) -> Path:
    """Make a workbook of the table, and change it."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("表")
    for line, row in enumerate(["代码,名称,人口,上年", *ROWS.splitlines()]):
        cells = row.split(",")
        sheet.write_row(line, 0, [int(c) if c[:1] in "2345" and line else c for c in cells])
    change(book, sheet)
    book.close()
    return path


def in_format(cell: str, figure: float, code: str) -> Change:
    def change(book: Any, sheet: Any) -> None:
        sheet.write_number(cell, figure, book.add_format({"num_format": code}))

    return change


def merged(cells: str) -> Change:
    """Merge cells and leave only the first of them its text."""

    def change(book: Any, sheet: Any) -> None:
        sheet.merge_range(cells, "30", book.add_format())

    return change


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("cells", ["C2:C3", "C3:D3"])
def test_a_figure_merged_over_several_cells_is_refused(
    tmp_path: Path, ending: str, cells: str
) -> None:
    path = workbook(tmp_path / "t.xlsx", merged(cells))
    path = path if ending == "xlsx" else converted(path, ending)
    first, last = cells.split(":")
    (fault,) = faults(tmp_path, path)
    assert (fault.code, fault.place.cell) == ("table.merged", last)
    assert fault.values["cell"] == first


def test_a_key_merged_over_several_rows_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, workbook(tmp_path / "t.xlsx", merged("A3:A4")))
    assert (fault.code, fault.place.cell, fault.values["cell"]) == ("table.key_merged", "A4", "A3")


def test_merged_cells_that_say_nothing_are_missing(tmp_path: Path) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.merge_range("C3:D3", "—", book.add_format())
        sheet.merge_range("A6:D6", "注：见说明", book.add_format())

    districts = read(tmp_path, workbook(tmp_path / "t.xlsx", change))
    assert figures(districts, "people") == [30, None, 50]
    assert figures(districts, "before") == [200, None, 400]


def test_cells_that_only_look_merged_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", lambda book, sheet: sheet.merge_range("C2:C3", 30))
    assert figures(read(tmp_path, path), "people") == [30, 20, 50]


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_hidden_rows_and_columns_are_read_and_named(tmp_path: Path, ending: str) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("D:D", None, None, {"hidden": True})
        sheet.set_column("F:H", None, None, {"hidden": True})

    path = workbook(tmp_path / "t.xlsx", change)
    districts = read(tmp_path, path if ending == "xlsx" else converted(path, ending))
    assert districts.keys == ("01", "02", "03")
    rows, column = districts.findings
    assert (rows.code, rows.severity, rows.where.line) == ("table.hidden_rows", "warning", 3)
    assert rows.values["districts"] == ("乙县 (3)",)
    assert (column.code, column.where.cell) == ("table.hidden_column", "D1")


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("code", ['0!.0,"万"', "#,##0,", '0.0"万"', '[>=10000]0\\.0,"万";0'])
def test_a_figure_shown_scaled_is_named(tmp_path: Path, ending: str, code: str) -> None:
    path = workbook(tmp_path / "t.xlsx", in_format("C2", 300_000, code))
    districts = read(tmp_path, path if ending == "xlsx" else converted(path, ending))
    assert figures(districts, "people") == [300_000, 20, 50]
    (said,) = districts.findings
    assert (said.code, said.severity, said.where.cell) == ("table.shown_otherwise", "warning", "C2")


def test_a_blank_cell_shows_nothing_otherwise(tmp_path: Path) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.write_blank("C2", None, book.add_format({"num_format": "#,##0,"}))

    assert read(tmp_path, workbook(tmp_path / "t.xlsx", change)).findings == ()


@pytest.mark.parametrize("code", ['0.0"万人"', "#,##0.00_ ;[Red](0.00)", "[DBNum2]General", "0.0"])
def test_a_figure_shown_with_its_unit_needs_no_word(tmp_path: Path, code: str) -> None:
    path = workbook(tmp_path / "t.xlsx", in_format("C2", 30, code))
    assert read(tmp_path, path).findings == ()


@pytest.mark.parametrize(
    ("code", "key"),
    [("0000", "0703"), ("0000_ ", "0703"), ('"44"0000', "440703"), ("00-00", "07-03")],
)
def test_a_code_is_read_as_its_format_shows_it(tmp_path: Path, code: str, key: str) -> None:
    path = workbook(tmp_path / "t.xlsx", in_format("A2", 703, code))
    assert read(tmp_path, path).keys[0] == key


@pytest.mark.parametrize("shared", [True, False])
def test_a_raised_mark_behind_a_figure_is_refused(tmp_path: Path, shared: bool) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"), {"constant_memory": not shared})
    sheet = book.add_worksheet("表")
    raised = book.add_format({"font_script": 1})
    sheet.write_row(0, 0, ["代码", "名称", "人口", "上年"])
    sheet.write_string(1, 0, "01")
    sheet.write_rich_string(1, 1, "甲县", raised, "1")
    sheet.write_rich_string(1, 2, "30", raised, "1")
    sheet.write_number(1, 3, 5)
    book.close()
    (fault,) = faults(tmp_path, tmp_path / "t.xlsx")
    assert (fault.code, fault.place.cell) == ("table.raised", "C2")


def test_a_formula_that_was_never_computed_is_not_zero(tmp_path: Path) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.write_formula("C2", "=10+20")
        sheet.write_formula("C3", "=10+20", None, 30)

    (fault,) = faults(tmp_path, workbook(tmp_path / "t.xlsx", change))
    assert (fault.code, fault.place.cell) == ("table.no_result", "C2")


# -- sheets, keys, ratios ------------------------------------------------------------------------


def test_a_sheet_that_was_passed_over_for_a_fuller_one_is_named(tmp_path: Path) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.write("D1", "上年数")
        older = book.add_worksheet("2024 年")
        older.write_row(0, 0, ["代码", "名称", "人口", "上年"])
        older.write_row(1, 0, ["01", "甲县", 1, 2])

    districts = read(tmp_path, workbook(tmp_path / "t.xlsx", change))
    assert districts.keys == ("01",)
    (said,) = districts.findings
    assert (said.code, said.values["others"]) == ("table.lesser_sheets", ("表",))


@pytest.mark.parametrize("text", ["2025-10-01", "2025/1/2", "1月2日", "2-Jan"])
def test_a_key_that_became_a_date_is_refused(tmp_path: Path, text: str) -> None:
    (fault,) = faults(tmp_path, f"代码,名称,人口,上年\n{text},甲县,30,200\n")
    assert fault.code == "table.key_date"
    assert read(tmp_path, "代码,名称,人口,上年\n10-1,甲县,30,200\n").keys == ("10-1",)


RATES = POLICY.replace("  before:", "  rate: {title: 增速, unit: '%'}\n  before:")


@pytest.mark.parametrize(
    ("rates", "code"),
    [
        (("14%", "0.15", "12%"), "table.perhaps_ratios"),
        (("0.14", "0.15", "-0.2"), "table.perhaps_all_ratios"),
        (("0.14%", "15%", "12%"), None),
        (("0.14", "15", "12"), None),
        (("0", "0", "0"), None),
    ],
)
def test_ratios_in_a_column_in_per_cent_are_pointed_out(
    tmp_path: Path, rates: tuple[str, ...], code: str | None
) -> None:
    rows = "".join(f"0{n},区{n},3,{rate},2\n" for n, rate in enumerate(rates))
    found = read(tmp_path, "代码,名称,人口,增速,上年\n" + rows, RATES).findings
    assert [said.code for said in found] == ([code] if code else [])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_refused_in_one_line(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(("代码,名称,人口,上年\n" + ROWS).encode(encoding))
    (fault,) = faults(tmp_path, path)
    assert fault.code == "table.encoding_unmarked"


def test_figures_of_a_narrow_column_are_the_decimals_they_were(tmp_path: Path) -> None:
    import numpy as np
    import pandas

    frame = pandas.DataFrame({"代码": ["01", "02"], "名称": [b"\xe7\x94\xb2", "乙"]})
    frame["人口"] = np.array([0.1, 20.5], dtype=np.float32)
    frame["上年"] = np.array([1, np.nan], dtype=np.float32)
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "policy.yaml")
    districts = transfers.load_districts(frame, policy)
    assert districts.names == ("甲", "乙")
    assert figures(districts, "people") == [Fraction(1, 10), Fraction(41, 2)]
    assert figures(districts, "before") == [1, None]


def test_a_header_beyond_the_rows_that_are_searched_is_named_once(tmp_path: Path) -> None:
    table = "".join(f"说明 {n}\n" for n in range(70)) + "代码,名称,人口,上年\n" + ROWS
    (fault,) = faults(tmp_path, table)
    assert (fault.code, fault.values["rows"]) == ("table.no_header_found", 60)


def test_utf_32_is_read_and_a_truth_in_an_ods_file_is_no_figure(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(("代码,名称,人口,上年\n" + ROWS).encode("utf-32"))
    assert read(tmp_path, path).keys == ("01", "02", "03")
    change: Change = lambda book, sheet: sheet.write_boolean("C2", True)  # noqa: E731
    (fault,) = faults(tmp_path, converted(workbook(tmp_path / "t.xlsx", change), "ods"))
    assert (fault.code, fault.place.cell) == ("table.not_a_number", "C2")


def test_a_sheet_with_a_header_alone_gives_way_to_one_with_rows(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"))
    for name, rows in (("模板", 0), ("数据", 2)):
        sheet = book.add_worksheet(name)
        for line, row in enumerate(
            [["代码", "名称", "人口", "上年"], ["01", "甲", 3, 2]][: rows or 1]
        ):
            sheet.write_row(line, 0, row)
    book.close()
    districts = read(tmp_path, tmp_path / "t.xlsx")
    assert districts.sources[0].sheet == "数据" and districts.findings == ()


def test_what_stands_beside_a_table_is_none_of_its_rows(tmp_path: Path) -> None:
    change: Change = lambda book, sheet: sheet.write("H9", "备注：初稿")  # noqa: E731
    assert len(read(tmp_path, workbook(tmp_path / "t.xlsx", change))) == 3
