"""What could be read wrongly without a word is read rightly, refused, or pointed out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import transfers
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
