"""`transfers template`: a workbook that a person fills in and a run finds its way through."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.command.conftest import Run

TITLE, HOW_TO, HEADER, UNIT, FIRST = 1, 2, 3, 4, 5
MIXED = """\
policy: mixed
title: 考核奖励
districts: {file: d.csv, key: 代码, name: 名称}
inputs:
  growth: {title: 增长率, column: [增速, growth_rate], unit: "%", source: 统计年鉴, note: 不变价}
  poor: {title: 原贫困县, type: yes_no}
  city: {title: 所属市, type: text}
  class: {title: 类别, one_of: [一类, 二类]}
  trade: {title: 行业, one_of: ["批发, 零售", 住宿]}
  debt: {title: 债务, unit: 万元, nil: zero, min: 0, max: 1000}
  score: {title: 得分, max: 100, default: 60}
parameters: {k: {value: 1, unit: 万元}}
grants: {g: {claim: 'if(poor, k, k * growth) + debt'}}
"""
TABLE = """\
代码,名称,增速,poor,city,class,trade,debt,score
0101,甲,14%,是,大市,一类,"批发, 零售",—,90
0102,乙,-1.5,否,小市,二类,住宿,12345678.123456789,
"""


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    (tmp_path / "policy.yaml").write_text(MIXED, "utf-8")
    (tmp_path / "d.csv").write_text(TABLE.replace("12345678.123456789", "7.5"), "utf-8")
    return tmp_path / "policy.yaml"


def made(transfers: Run, policy: Path, *arguments: str | Path) -> Any:
    """Return the workbook made for a policy."""
    out = policy.parent / "made.xlsx"
    out.unlink(missing_ok=True)
    done = transfers("template", policy, "--out", out, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return openpyxl.load_workbook(out)


def cells(sheet: Any, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def column_of(sheet: Any, header: str) -> int:
    return cells(sheet, HEADER).index(header) + 1


def rule_of(sheet: Any, header: str) -> Any:
    """Return the rule of the first cell of a column."""
    cell = f"{get_column_letter(column_of(sheet, header))}{FIRST}"
    (rule,) = (r for r in sheet.data_validations.dataValidation if cell in r.sqref)
    return rule


def as_csv(sheet: Any, header: int = HEADER) -> str:
    """Return the headings and districts of a sheet as a person would save them."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(cells(sheet, header))
    writer.writerows(cells(sheet, row) for row in range(FIRST, sheet.max_row + 1))
    return stream.getvalue()


def amounts(transfers: Run, policy: Path, *arguments: str | Path) -> list[str]:
    out = policy.parent / "amounts.csv"
    done = transfers("run", policy, "-q", "--out", out, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return out.read_text("utf-8-sig").splitlines()


# -- what stands where -----------------------------------------------------------------------------


def test_titles_are_headings_and_units_stand_below_them(transfers: Run, jiangmen: Path) -> None:
    sheet = made(transfers, jiangmen / "policy.yaml").worksheets[0]
    assert cells(sheet, TITLE)[0] == "江门市因素法均衡性补助（示例）：地区数据"
    assert cells(sheet, HEADER) == [
        *("地区代码", "地区", "常住人口", "面积", "镇街数", "一般公共预算收入", "档次", "上年补助"),
    ]
    assert cells(sheet, UNIT) == ["单位", *("", "万人", "km2", "个", "亿元", "", "万元")]


def test_the_key_cell_of_a_row_that_is_no_district_tells_it(transfers: Run, mixed: Path) -> None:
    sheet = made(transfers, mixed, "--lang", "en").worksheets[0]
    assert cells(sheet, HOW_TO)[0] is None
    assert cells(sheet, HOW_TO)[1].startswith("One row per district")
    assert cells(sheet, UNIT)[0] == "Unit"


def test_known_districts_are_listed_with_keys_as_text_and_figures_left_blank(
    transfers: Run, mixed: Path
) -> None:
    sheet = made(transfers, mixed).worksheets[0]
    assert cells(sheet, FIRST)[:2] == ["0101", "甲"] and cells(sheet, FIRST + 1)[:2] == [
        "0102",
        "乙",
    ]
    assert sheet.cell(FIRST, 1).number_format == "@"
    assert {value for row in (FIRST, FIRST + 1) for value in cells(sheet, row)[2:]} == {None}
    assert sheet.max_row == FIRST + 1


def test_the_districts_of_another_table_are_listed_when_it_is_named(
    transfers: Run, mixed: Path
) -> None:
    other = mixed.parent / "other.csv"
    other.write_text("代码,名称\n0201,丙\n0202,丁\n0203,戊\n", "utf-8")
    sheet = made(transfers, mixed, "--districts", other).worksheets[0]
    assert [sheet.cell(row, 1).value for row in range(FIRST, sheet.max_row + 1)] == [
        *("0201", "0202", "0203"),
    ]


def test_without_a_table_there_are_rows_to_fill_with_keys_as_text(
    transfers: Run, mixed: Path
) -> None:
    (mixed.parent / "d.csv").unlink()
    sheet = made(transfers, mixed).worksheets[0]
    assert sheet.max_row - FIRST + 1 == 50
    assert {cell.value for row in sheet.iter_rows(min_row=FIRST) for cell in row} == {None}
    assert sheet.cell(FIRST + 49, 1).number_format == "@"


def test_filled_puts_in_the_figures_in_the_units_of_the_row(transfers: Run, mixed: Path) -> None:
    sheet = made(transfers, mixed, "--filled").worksheets[0]
    assert cells(sheet, FIRST)[2:] == [14, "是", "大市", "一类", "批发, 零售", 0, 90]
    assert cells(sheet, FIRST + 1)[2:] == [-1.5, "否", "小市", "二类", "住宿", 7.5, 60]


def test_a_figure_with_more_digits_than_a_spreadsheet_keeps_is_a_text(
    transfers: Run, mixed: Path
) -> None:
    long = "123456.78901234567"
    (mixed.parent / "d.csv").write_text(TABLE.replace("12345678.123456789", long), "utf-8")
    mixed.write_text(MIXED.replace("max: 1000}", "max: 1000000}"), "utf-8")
    sheet = made(transfers, mixed, "--filled").worksheets[0]
    assert sheet.cell(FIRST + 1, column_of(sheet, "债务")).value == long


def test_headings_and_the_first_columns_stay_in_sight_and_print_on_a4_across(
    transfers: Run, mixed: Path
) -> None:
    sheet = made(transfers, mixed).worksheets[0]
    assert sheet.freeze_panes == f"C{FIRST}"
    setup = sheet.page_setup
    assert (int(setup.paperSize), setup.orientation, setup.fitToHeight) == (9, "landscape", 0)
    assert sheet.print_title_rows == f"${TITLE}:${UNIT}"
    assert not sheet.protection.sheet


# -- what a cell takes -----------------------------------------------------------------------------


def test_a_cell_takes_what_a_run_takes(transfers: Run, mixed: Path) -> None:
    book = made(transfers, mixed)
    sheet = book.worksheets[0]
    growth, score = rule_of(sheet, "增长率"), rule_of(sheet, "得分")
    assert growth.type == "decimal"
    assert (score.type, score.operator, float(score.formula1)) == (
        "decimal",
        "lessThanOrEqual",
        100,
    )
    assert rule_of(sheet, "原贫困县").formula1 == '"是,否"'
    assert rule_of(sheet, "类别").formula1 == '"一类,二类"'
    debt = rule_of(sheet, "债务")
    column = get_column_letter(column_of(sheet, "债务"))
    assert debt.type == "custom"
    assert f'{column}{FIRST}="—"' in debt.formula1 and f"{column}{FIRST}<=1000" in debt.formula1


def test_texts_that_a_rule_cannot_hold_are_listed_on_the_second_sheet(
    transfers: Run, mixed: Path
) -> None:
    book = made(transfers, mixed)
    name, _, cells_of_list = rule_of(book.worksheets[0], "行业").formula1.partition("!")
    assert name.strip("'") == book.sheetnames[1] == "说明"
    listed = [cell.value for (cell,) in book.worksheets[1][cells_of_list.replace("$", "")]]
    assert listed == ["批发, 零售", "住宿"]


def test_every_rule_covers_the_districts_and_no_other_row(transfers: Run, mixed: Path) -> None:
    sheet = made(transfers, mixed).worksheets[0]
    ranges = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert ranges == {f"{c}{FIRST}:{c}{FIRST + 1}" for c in "CDEFGHI"}


def test_a_cell_says_what_belongs_there_before_it_is_filled(transfers: Run, mixed: Path) -> None:
    sheet = made(transfers, mixed).worksheets[0]
    rule = rule_of(sheet, "增长率")
    assert rule.prompt == "数；百分之十四填 14，不打百分号，单位：%"
    assert rule_of(sheet, "债务").prompt == "0 至 1000 的数，单位：万元"


def test_a_heading_has_a_note_with_source_and_remark(transfers: Run, mixed: Path) -> None:
    sheet = made(transfers, mixed).worksheets[0]
    notes = {cell.value: cell.comment.text for cell in sheet[HEADER] if cell.comment}
    assert notes == {"增长率": "依据：统计年鉴\n备注：不变价"}


# -- the second sheet ------------------------------------------------------------------------------


def test_the_second_sheet_explains_every_column(transfers: Run, mixed: Path) -> None:
    sheet = made(transfers, mixed).worksheets[1]
    rows = [[cell.value or "" for cell in row[:9]] for row in sheet.iter_rows(min_row=3)]
    assert rows[0] == [
        *("列名", "政策文件中的名称", "含义", "单位", "填什么"),
        *("留空表示", "“—”表示", "依据", "备注"),
    ]
    told = {row[0]: row[1:] for row in rows[1:] if row[0]}
    assert list(told) == cells(sheet.parent.worksheets[0], HEADER)
    assert told["债务"] == ["debt", "债务", "万元", "0 至 1000 的数", "缺失", "零", "", ""]
    assert told["得分"][3:6] == ["不大于 100 的数", "60", "60"]
    assert told["行业"][3] == "只能填：批发, 零售、住宿"
    assert told["增长率"][-2:] == ["统计年鉴", "不变价"]


# -- headings that a run finds ---------------------------------------------------------------------


def test_a_title_that_could_be_taken_for_another_column_is_no_heading(
    transfers: Run, tmp_path: Path
) -> None:
    """`a` looks for 人口 before its title; headed by its title, b's column would become a's."""
    policy = tmp_path / "p.yaml"
    policy.write_text(
        "policy: p\ndistricts: {file: d.csv, key: code}\n"
        "inputs:\n  a: {column: [人口, x], title: 常住人口}\n  b: {column: y, title: 人口}\n"
        "  c: {title: code}\ngrants: {g: {claim: a + 10 * b + 100 * c}}\n",
        "utf-8",
    )
    sheet = made(transfers, policy).worksheets[0]
    assert cells(sheet, HEADER) == ["code", "常住人口", "y", "c"]
    for number, value in enumerate(("01", 1, 2, 3), start=1):
        sheet.cell(FIRST, number).value = value
    (tmp_path / "d.csv").write_text(as_csv(sheet).splitlines()[0] + "\n01,1,2,3\n", "utf-8")
    assert amounts(transfers, policy)[1] == "01,01,321,321"


def test_with_joined_files_headings_are_the_names_looked_for_first(
    transfers: Run, tmp_path: Path
) -> None:
    policy = tmp_path / "p.yaml"
    policy.write_text(
        "policy: p\ndistricts: {file: d.csv, key: code, join: {file: e.csv, key: code}}\n"
        "inputs: {a: {column: pop, title: 人口}, b: {title: 面积}}\ngrants: {g: {claim: a + b}}\n",
        "utf-8",
    )
    (tmp_path / "d.csv").write_text("code,pop\n1,2\n", "utf-8")
    (tmp_path / "e.csv").write_text("code,b\n1,3\n", "utf-8")
    done = transfers("template", policy, "--filled", "--out", tmp_path / "made.xlsx")
    assert "--set districts.join=[]" in done.stdout
    sheet = openpyxl.load_workbook(tmp_path / "made.xlsx").worksheets[0]
    assert (cells(sheet, HEADER), cells(sheet, FIRST)) == (["code", "pop", "b"], ["1", 2, 3])
    (tmp_path / "all.csv").write_text(as_csv(sheet), "utf-8")
    table = ["--districts", tmp_path / "all.csv", "--set", "districts.join=[]"]
    assert amounts(transfers, policy, *table) == amounts(transfers, policy)


# -- the way back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["jiangmen", "mixed"])
def test_saved_as_csv_a_filled_workbook_gives_the_same_amounts(
    transfers: Run, request: pytest.FixtureRequest, name: str
) -> None:
    found = request.getfixturevalue(name)
    policy = found if found.suffix else found / "policy.yaml"
    sheet = made(transfers, policy, "--filled").worksheets[0]
    saved = policy.parent / "saved.csv"
    saved.write_text(as_csv(sheet), "utf-8")
    assert amounts(transfers, policy, "--districts", saved) == amounts(transfers, policy)


@pytest.mark.parametrize("filled_by", ["the command", "a person"])
@pytest.mark.parametrize("name", ["jiangmen", "mixed"])
def test_a_filled_workbook_gives_the_same_amounts(
    transfers: Run, request: pytest.FixtureRequest, name: str, filled_by: str
) -> None:
    found = request.getfixturevalue(name)
    policy = found if found.suffix else found / "policy.yaml"
    book = made(transfers, policy, *(["--filled"] if filled_by == "the command" else []))
    if filled_by == "a person":
        filled = made(transfers, policy, "--filled").worksheets[0]
        for row in range(FIRST, filled.max_row + 1):
            for column in range(3, filled.max_column + 1):
                book.worksheets[0].cell(row, column).value = filled.cell(row, column).value
    book.save(policy.parent / "typed.xlsx")
    typed = ["--districts", policy.parent / "typed.xlsx"]
    assert amounts(transfers, policy, *typed) == amounts(transfers, policy)


def test_the_same_policy_gives_the_same_bytes(transfers: Run, mixed: Path) -> None:
    made(transfers, mixed)
    first = (mixed.parent / "made.xlsx").read_bytes()
    made(transfers, mixed)
    assert (mixed.parent / "made.xlsx").read_bytes() == first


# -- calls that make no sense ----------------------------------------------------------------------


def test_a_workbook_that_is_there_is_not_written_over(transfers: Run, mixed: Path) -> None:
    filled = mixed.parent / "filled.xlsx"
    filled.write_bytes(b"the work of a week")
    done = transfers("template", mixed, "--out", filled)
    assert done.returncode == 2 and "filled.xlsx 已经存在" in done.stderr
    assert filled.read_bytes() == b"the work of a week"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", "t.csv"], ".xlsx"),
        ([], "缺少 --out"),
        (["--out", "t.xlsx", "--districts", "none.csv"], "none.csv"),
        (["--out", "t.xlsx", "--set", "title"], "--set"),
        (["--out", "no/such/folder/t.xlsx"], "t.xlsx"),
    ],
)
def test_a_wrong_call_is_told_and_writes_nothing(
    transfers: Run, mixed: Path, arguments: list[str], words: str
) -> None:
    before = set(mixed.parent.rglob("*"))
    done = transfers("template", mixed, *arguments)
    assert done.returncode == 2 and words in done.stderr
    assert set(mixed.parent.rglob("*")) == before


ITEMS = """\
policy: items
title: 项目补助
districts: {file: d.csv, key: 代码, name: 名称}
lists:
  services:
    title: 服务/清单
    items: {db: {title: 低保}, tk: {title: 特困}, jz: {title: 救助}}
    name: title
    columns: {title: {type: text}}
inputs:
  need: {title: 需求}
  people: {file: r.csv, district: 代码, item: 项目, value: 人数, over: services, unit: 人, min: 0}
  grade: {file: r.csv, district: 代码, item: 项目, over: services, one_of: [甲, 乙], title: 等级}
  staff: {columns: "{name}人员", over: services, unit: 人}
  open:
    columns: {db: 低保开办, tk: 特困开办, jz: [rescue, 救助开办]}
    over: services
    type: yes_no
grants: {g: {pool: 100, share: need}}
"""
ITEM_TABLE = """\
代码,名称,需求,低保人员,特困人员,救助人员,低保开办,特困开办,救助开办
0101,甲,1,1,2,3,是,否,是
0102,乙,2,4,,6.5,否,,是
"""
ITEM_ROWS = "项目,代码,人数,等级\ntk,0102,7,乙\ndb,0101,12,甲\njz,0102,0.5,\n"


@pytest.fixture
def items(tmp_path: Path) -> Path:
    for name, text in (("policy.yaml", ITEMS), ("d.csv", ITEM_TABLE), ("r.csv", ITEM_ROWS)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / "policy.yaml"


def test_a_table_by_district_and_item_has_a_sheet_with_every_pair(
    transfers: Run, items: Path
) -> None:
    book = made(transfers, items)
    assert book.sheetnames == ["数据", "服务_清单", "说明"]
    sheet = book["服务_清单"]
    assert cells(sheet, HEADER) == ["代码", "地区名称", "项目", "项目名称", "人数", "等级"]
    assert cells(sheet, UNIT)[0] == "单位" and cells(sheet, UNIT)[4] == "人"
    rows = [cells(sheet, row) for row in range(FIRST, sheet.max_row + 1)]
    assert rows[:4] == [
        ["0101", "甲", "db", "低保", None, None],
        ["0101", "甲", "tk", "特困", None, None],
        ["0101", "甲", "jz", "救助", None, None],
        ["0102", "乙", "db", "低保", None, None],
    ]
    assert len(rows) == 6
    assert rule_of(sheet, "等级").formula1 == '"甲,乙"'


def test_items_with_columns_of_their_own_are_columns_of_the_first_sheet(
    transfers: Run, items: Path
) -> None:
    sheet = made(transfers, items)["数据"]
    assert cells(sheet, HEADER) == [
        *("代码", "名称", "需求", "低保人员", "特困人员", "救助人员"),
        *("低保开办", "特困开办", "rescue"),
    ]


def test_a_workbook_with_items_says_how_it_is_run(transfers: Run, items: Path) -> None:
    out = items.parent / "t.xlsx"
    done = transfers("template", items, "--out", out)
    settings = "--set inputs.people.file=null --set inputs.grade.file=null"
    assert done.stdout.rstrip().endswith(f"--districts {out} {settings}")
    notes = openpyxl.load_workbook(out)["说明"]
    said = [text for row in notes.iter_rows(values_only=True) for text in row if text]
    assert any(settings in text for text in said)
    assert {"staff.db", "open.jz", "people"} <= set(said)


def test_a_filled_workbook_with_items_gives_the_same_figures(transfers: Run, items: Path) -> None:
    from transfers import load_districts, load_policy
    from transfers.districts import NumberColumn

    out = items.parent / "t.xlsx"
    assert transfers("template", items, "--filled", "--out", out).returncode == 0
    changes = {"inputs.people.file": "null", "inputs.grade.file": "null"}
    before = load_districts(None, load_policy(items))
    after = load_districts(out, load_policy(items, changes))
    assert before.columns.keys() == after.columns.keys()
    for name, column in before.columns.items():
        again: Any = after.columns[name]
        if isinstance(column, NumberColumn):
            assert column.fractions() == again.fractions()
        else:
            assert column.missing.tolist() == again.missing.tolist()
            values = [c.texts() if name == "grade" else c.values.tolist() for c in (column, again)]
            assert values[0] == values[1]
    settings = [word for path in changes for word in ("--set", f"{path}=null")]
    again = amounts(transfers, items, "--districts", out, *settings)
    assert again == amounts(transfers, items)


def test_a_row_of_units_below_the_header_is_no_district(transfers: Run, tmp_path: Path) -> None:
    policy = "policy: p\ndistricts: {file: d.xlsx, key: 代码, name: 名称}\n"
    policy += "inputs: {人口: {unit: 人}}\ngrants: {g: {pool: 10, share: 人口}}\n"
    (tmp_path / "policy.yaml").write_text(policy, "utf-8")
    book = openpyxl.Workbook()
    for row in (("代码", "名称", "人口"), (None, None, "人"), ("01", "甲", 3), ("02", "乙", 4)):
        book.active.append(row)
    book.save(tmp_path / "d.xlsx")
    sheet = made(transfers, tmp_path / "policy.yaml").worksheets[0]
    cells = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=FIRST, max_row=6)]
    assert cells == [["01", "甲", None], ["02", "乙", None]]
