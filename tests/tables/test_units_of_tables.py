"""A unit that a table states is understood: converted where it differs, refused where it cannot."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from transfers.districts import Districts, NumberColumn


def read(folder: Path, unit: str, table: str, more: str = "") -> Districts:
    text = (
        "policy: p\ndistricts: {file: d.csv, key: 代码}\n"
        f"inputs:\n  x: {{title: 数, unit: '{unit}'{more}}}\ngrants:\n  g: {{pool: 9, share: x}}\n"
    )
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    (folder / "d.csv").write_text(table, encoding="utf-8")
    return transfers.load_districts(None, transfers.load_policy(folder / "policy.yaml"))


def figures(districts: Districts) -> list[Fraction | None]:
    column = districts.columns["x"]
    assert isinstance(column, NumberColumn)
    return column.fractions()


@pytest.mark.parametrize(
    ("unit", "table", "expected"),
    [
        ("万元", "代码,数（亿元）\n1,1.5\n", Fraction(15_000)),
        ("万元", "代码,数\n单位,亿元\n1,1.5\n", Fraction(15_000)),
        ("万元", "表,\n,单位：亿元\n代码,数\n1,1.5\n", Fraction(15_000)),
        ("万元", "代码,数(元)\n1,5\n", Fraction(5, 10_000)),
        ("万人", "代码,数（万）\n1,5\n", Fraction(5)),
        ("人", "代码,数（万）\n1,5\n", Fraction(50_000)),
        ("km2", "代码,数（亩）\n1,3\n", Fraction(1, 500)),
        ("km2", "代码,数（公顷）\n1,3\n", Fraction(3, 100)),
        ("元/人", "代码,数（万元/万人）\n1,3\n", Fraction(3)),
        ("户", "代码,数（户）\n1,3\n", Fraction(3)),
        ("%", "代码,数（‰）\n1,3\n", Fraction(3, 10)),
        ("1", "代码,数（%）\n1,3\n2,3%\n", Fraction(3, 100)),
        ("%", "代码,数（%）\n1,3%\n", Fraction(3)),
    ],
)
def test_figures_are_in_the_declared_unit(
    tmp_path: Path, unit: str, table: str, expected: Fraction
) -> None:
    assert set(figures(read(tmp_path, unit, table))) == {expected}


def test_a_conversion_is_said_with_the_cell_that_states_the_unit(tmp_path: Path) -> None:
    (said,) = read(tmp_path, "万元", "代码,数\n单位,亿元\n1,1.5\n").findings
    assert said.message("zh") == "“数”由亿元换算为万元（乘以 10000）。"
    assert str(said.where).endswith("d.csv:1:2")
    assert read(tmp_path, "万元", "代码,数（万元）\n1,1.5\n").findings == ()


def test_a_unit_stated_above_counts_for_columns_of_its_kind_only(tmp_path: Path) -> None:
    assert figures(read(tmp_path, "万人", "表,\n,单位：亿元\n代码,数\n1,1.5\n")) == [Fraction(3, 2)]


def test_a_unit_at_the_column_is_stronger_than_one_above(tmp_path: Path) -> None:
    table = "表,\n,单位：亿元\n代码,数（元）\n1,20000\n"
    assert figures(read(tmp_path, "万元", table)) == [Fraction(2)]


def test_a_unit_of_another_kind_is_refused_at_its_column(tmp_path: Path) -> None:
    with pytest.raises(transfers.TableError) as caught:
        read(tmp_path, "万元", "代码,数（万人）\n1,1.5\n")
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.line, fault.place.column) == ("table.unit_kind", 1, 2)


def test_bounds_hold_in_the_declared_unit_and_a_default_is_in_it(tmp_path: Path) -> None:
    with pytest.raises(transfers.TableError) as caught:
        read(tmp_path, "万元", "代码,数（亿元）\n1,1.5\n", ", max: 14999")
    assert caught.value.faults[0].code == "table.above_maximum"
    districts = read(tmp_path, "万元", "代码,数（亿元）\n1,1.5\n2,\n", ", default: 7")
    assert figures(districts) == [Fraction(15_000), Fraction(7)]


def test_figures_written_for_people_are_named_cell_by_cell(tmp_path: Path) -> None:
    table = '代码,数\n1,１２３４\n2,"1,234.5"\n3,¥100　\n'
    districts = read(tmp_path, "万元", table)
    assert figures(districts) == [Fraction(1234), Fraction("1234.5"), Fraction(100)]
    (said,) = districts.findings
    assert said.message("zh") == (
        "“数”有 3 格数字不是通常写法，已这样读：2:2 “１２３４” → 1234、3:2 “1,234.5” → 1234.5、"
        "4:2 “¥100” → 100。"
    )
