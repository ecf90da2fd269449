"""Totals that a table states are held against their parts, and never taken for districts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import transfers
from tests.tables.bureau_table import POLICY, make_workbook
from transfers.findings import Finding

HEAD = """\
policy: p
districts: {file: d.csv, key: 代码, name: 地区}
inputs:
"""
TAIL = "grants:\n  g: {pool: 100, share: need}\n"


def findings(folder: Path, inputs: str, table: str) -> list[Finding]:
    (folder / "policy.yaml").write_text(HEAD + inputs + TAIL, encoding="utf-8")
    (folder / "d.csv").write_text(table, encoding="utf-8")
    policy = transfers.load_policy(folder / "policy.yaml")
    return list(transfers.load_districts(None, policy).findings)


def test_a_total_off_by_one_names_the_cell_the_sum_and_the_difference(tmp_path: Path) -> None:
    path = tmp_path / "测算表.xlsx"
    make_workbook(path)
    book = openpyxl.load_workbook(path)
    book["测算表"]["I8"] = 3601
    book.save(path)
    policy = transfers.load_policy(POLICY)
    districts = transfers.load_districts(path, policy)
    wrong = [f for f in districts.findings if f.code == "table.total_differs"]
    assert [str(f.where) for f in wrong] == [f"{path}:测算表!I8"]
    assert (wrong[0].value, wrong[0].limit, wrong[0].margin) == ("3601", "3600", "1")
    assert "“上年补助”为 3601，而 7 个地区相加为 3600，相差 1" in wrong[0].message("zh")
    assert len(districts) == 7
    assert transfers.allocate(policy, districts).findings[: len(districts.findings)] == (
        districts.findings
    )


NEED = "  need: {title: 需求, unit: 万元}\n"


@pytest.mark.parametrize(
    "rows",
    [
        "1,甲,1\n2,乙,2\n,合计,3\n",
        ",合计,3\n1,甲,1\n2,乙,2\n",
        ",合计,6\n,小计,3\n1,甲,1\n2,乙,2\n,小计,3\n3,丙,3\n",
        "1,甲,1\n2,乙,2\n,小计,3\n3,丙,3\n,小计,3\n,合计,6\n",
        ",一、市区,3\n1,甲,1\n2,乙,2\n,二、县,3\n3,丙,3\n",
        "1,甲,1\n2,乙,2\n,其中：乙,2\n,Total,3\n",
        "440700,全市合计（2 个）,3\n1,甲,1\n2,乙,2\n",
    ],
)
def test_totals_are_found_wherever_they_stand(tmp_path: Path, rows: str) -> None:
    (said,) = findings(tmp_path, NEED, "代码,地区,需求\n" + rows)
    assert said.code == "table.asides_checked"
    assert "相加一致：需求" in said.message("zh")


def test_a_subtotal_is_held_against_its_own_group(tmp_path: Path) -> None:
    rows = "1,甲,1\n2,乙,2\n,小计,4\n3,丙,3\n,小计,3\n,合计,6\n"
    wrong, left_out = findings(tmp_path, NEED, "代码,地区,需求\n" + rows)
    assert (wrong.code, wrong.where.line) == ("table.total_differs", 4)
    assert wrong.limit == "3"
    assert left_out.code == "table.asides"


def test_a_total_is_compared_in_the_unit_of_the_table(tmp_path: Path) -> None:
    rows = "代码,地区,需求（亿元）\n1,甲,0.1\n2,乙,0.2\n,合计,0.4\n"
    converted, wrong, _ = findings(tmp_path, NEED, rows)
    assert converted.code == "table.unit_converted"
    assert (wrong.value, wrong.limit, wrong.margin) == ("0.4", "0.3", "0.1")


def test_averages_and_ratios_in_a_row_of_totals_are_no_sums(tmp_path: Path) -> None:
    inputs = NEED + "  score: {title: 得分}\n  rate: {title: 率, unit: '%'}\n"
    table = "代码,地区,需求,得分,率\n1,甲,1,80,5\n2,乙,2,90,6\n,合计,3,85,5.5\n"
    (said,) = findings(tmp_path, inputs, table)
    assert said.values["columns"] == ("需求",)


def test_a_figure_without_a_unit_that_is_no_average_is_held_to_be_a_sum(tmp_path: Path) -> None:
    inputs = NEED + "  n: {title: 个数}\n"
    table = "代码,地区,需求,个数\n1,甲,1,80\n2,乙,2,90\n,合计,3,171\n"
    wrong, _ = findings(tmp_path, inputs, table)
    assert (wrong.code, wrong.margin) == ("table.total_differs", "1")


def test_notes_below_the_table_are_not_read(tmp_path: Path) -> None:
    rows = "1,甲,1\n2,乙,2\n注：需求为上年数,,\n填表人：王某,,审核人：李某\n"
    (said,) = findings(tmp_path, NEED, "代码,地区,需求\n" + rows)
    assert said.values["count"] == 2


def test_who_filled_the_table_in_and_when_is_not_read(tmp_path: Path) -> None:
    rows = "代码,地区,需求\n1,甲,1\n2,乙,2\n填表人：张三,日期：,2026-01-05\n联系电话：,,\n"
    (said,) = findings(tmp_path, NEED, rows)
    assert (said.code, said.values["count"]) == ("table.asides", 2)


def test_a_district_whose_name_has_the_sign_for_to_count_is_a_district(tmp_path: Path) -> None:
    assert findings(tmp_path, NEED, "代码,地区,需求\n1,会计区,1\n2,计划乡,2\n") == []


# A notice that was published: its parts make 60,825.
NOTICE = "代码,地区,需求,人员,运转,其他\n44,广东,59650,37013,2498,21314\n45,广西,6,1,2,3\n"
PARTS = (
    "  need: {title: 需求, unit: 万元, sum_of: [staff, offices, other]}\n"
    "  staff: {title: 人员, unit: 万元}\n  offices: {title: 运转, unit: 万元}\n"
    "  other: {title: 其他, unit: 万元}\n"
)


def test_a_published_notice_whose_parts_do_not_add_up_is_found(tmp_path: Path) -> None:
    (said,) = findings(tmp_path, PARTS, NOTICE)
    assert (said.code, said.district, said.where.line, said.where.column) == (
        "table.parts_differ", "44", 2, 3,
    )  # fmt: skip
    assert said.message("zh") == (
        "44 广东的“需求”为 59650，而人员、运转、其他相加为 60825，相差 -1175；请核对。"
    )


def test_parts_in_another_unit_are_converted_first(tmp_path: Path) -> None:
    table = "代码,地区,需求,人员（亿元）,运转,其他\n44,甲,10003,1,1,2\n"
    codes = [finding.code for finding in findings(tmp_path, PARTS, table)]
    assert codes == ["table.unit_converted"]


def test_a_merged_heading_with_a_total_is_held_against_its_neighbours(tmp_path: Path) -> None:
    table = "代码,地区,需求,,,\n,,合计,人员,运转,其他\n" + NOTICE.partition("\n")[2]
    inputs = "  need: {title: 需求/合计, unit: 万元}\n"
    (said,) = findings(tmp_path, inputs, table)
    assert (said.code, said.margin) == ("table.parts_differ", "-1175")
    assert "需求/人员、需求/运转、需求/其他" in said.message("zh")


def test_of_many_districts_ten_are_named_and_the_others_counted(tmp_path: Path) -> None:
    rows = "".join(f"{n},区{n},9,1,2,3\n" for n in range(13))
    found = findings(tmp_path, PARTS, "代码,地区,需求,人员,运转,其他\n" + rows)
    assert [f.code for f in found] == [*["table.parts_differ"] * 10, "table.more_parts_differ"]
    assert found[-1].values["count"] == 3


def test_parts_of_another_kind_are_refused_in_the_policy(tmp_path: Path) -> None:
    inputs = "  need: {unit: 万元, sum_of: [people]}\n  people: {unit: 万人}\n"
    with pytest.raises(transfers.DocumentError) as caught:
        findings(tmp_path, inputs, "代码,地区\n")
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.line) == ("formula.sum_of_kind", 4)
    assert "“people” (万人) is not of the kind of “need” (万元)" in fault.text("en")


def test_a_city_above_its_own_districts_is_pointed_out(tmp_path: Path) -> None:
    inputs = NEED + "  people: {title: 人口, unit: 万人}\n  tier: {title: 档, one_of: [A, B]}\n"
    rows = "4407,江门市,6,60,A\n1,甲,1,10,A\n2,乙,2,20,A\n3,丙,3,30,B\n"
    (said,) = findings(tmp_path, inputs, "代码,地区,需求,人口,档\n" + rows)
    assert (said.code, said.district, said.where.line) == ("table.perhaps_total", "4407", 2)
    rows = rows.replace("3,30", "3,31")
    assert findings(tmp_path, inputs, "代码,地区,需求,人口,档\n" + rows) == []


@pytest.mark.parametrize("slip", ["6,60,600", "7,60,600", "6,61,600", "6,60,601"])
def test_a_total_without_a_word_is_pointed_out_with_a_slip_in_any_column(
    tmp_path: Path, slip: str
) -> None:
    inputs = NEED + "  people: {title: 人口, unit: 万人}\n  poor: {title: 低保, unit: 万人}\n"
    rows = f"1,甲,1,10,100\n2,乙,2,20,200\n3,丙,3,30,300\n4407,江门市,{slip}\n"
    (said,) = findings(tmp_path, inputs, "代码,地区,需求,人口,低保\n" + rows)
    off = {"7": ("需求", "1"), "61": ("人口", "1"), "601": ("低保", "1")}
    named = next((off[word] for word in slip.split(",") if word in off), None)
    assert said.code == ("table.perhaps_total_but_one" if named else "table.perhaps_total")
    assert (said.values.get("column"), said.values.get("difference")) == (named or (None, None))
    assert (said.district, said.where.line) == ("4407", 5)


@pytest.mark.parametrize(
    "label", ["合计数", "汇总", "全市", "总数", "全省累计", "全市平均", "平均值", "Average", "计"]
)
@pytest.mark.parametrize("column", [0, 1])
def test_rows_about_all_districts_are_none(tmp_path: Path, label: str, column: int) -> None:
    key, name = (label, "") if column == 0 else ("9", label)
    rows = f"代码,地区,需求\n1,甲,1\n2,乙,2\n{key},{name},{1.5 if '均' in label else 3}\n"
    codes = {finding.code for finding in findings(tmp_path, NEED, rows)}
    assert codes <= {"table.asides", "table.asides_checked"} and codes


@pytest.mark.parametrize("name", ["全州", "全椒县", "南平", "永平县", "总铺镇", "会计区"])
def test_names_that_sound_like_totals_are_districts(tmp_path: Path, name: str) -> None:
    assert findings(tmp_path, NEED, f"代码,地区,需求\n{name},{name},1\n2,乙,2\n") == []


def test_a_part_that_has_a_key_is_pointed_out(tmp_path: Path) -> None:
    rows = "代码,地区,需求\n1,甲市,3\n101,其中：市本级,1\n2,乙,2\n"
    (said,) = findings(tmp_path, NEED, rows)
    assert (said.code, said.district) == ("table.part_with_key", "101")
