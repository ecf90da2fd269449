"""What is probably not meant is pointed out, and used as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers
from transfers.findings import Finding


def findings(folder: Path, inputs: str, table: str, lists: str = "") -> list[Finding]:
    text = (
        f"policy: p\ndistricts: {{file: d.csv, key: 代码, name: 名称}}\n{lists}"
        f"inputs:\n{inputs}\ngrants:\n  g: {{pool: 9, share: 1}}\n"
    )
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    (folder / "d.csv").write_text(table, encoding="utf-8")
    policy = transfers.load_policy(folder / "policy.yaml")
    return list(transfers.load_districts(None, policy).findings)


def column(folder: Path, unit: str, figures: str, head: str = "数") -> list[Finding]:
    rows = "".join(f"{n},区{n},{figure}\n" for n, figure in enumerate(figures.split(), start=1))
    inputs = f"  x: {{title: 数{unit and f', unit: {unit!r}'}}}"
    return findings(folder, inputs, f"代码,名称,{head}\n{rows}")


@pytest.mark.parametrize("figures", ["3.1 2.5 48210 4.4 6.0", "31000 25000 2.5 44000 60000"])
def test_one_figure_of_another_unit_is_pointed_out(tmp_path: Path, figures: str) -> None:
    (said,) = column(tmp_path, "万人", figures)
    odd = figures.split()[2]
    assert (said.code, said.severity, said.where.line) == ("table.far_apart", "warning", 4)
    assert f"4:3 “{odd}”" in said.message("zh")


@pytest.mark.parametrize(
    "figures",
    ["1 10 100 1000 10000 100000", "0 0 0 5000", "1 2 3", "1 1 1 5000 5000 5000", "-5 5 7 9"],
)
def test_figures_that_spread_or_come_in_two_kinds_are_left_alone(
    tmp_path: Path, figures: str
) -> None:
    assert column(tmp_path, "万元", figures) == []


def test_a_ratio_among_percentages_is_pointed_out(tmp_path: Path) -> None:
    (said,) = column(tmp_path, "%", "14% 12.5% 0.115 9% 11%")
    assert (said.code, said.where.line) == ("table.perhaps_ratios", 4)
    assert "4:3 “0.115”" in said.message("zh")
    assert column(tmp_path, "%", "14% 12.5% 11.5 9% 11%") == []


def test_a_column_of_ratios_in_per_cent_is_pointed_out(tmp_path: Path) -> None:
    (said,) = column(tmp_path, "%", "0.14 0.125 0.115 0.9")
    assert said.code == "table.perhaps_all_ratios"
    assert column(tmp_path, "%", "0.14% 0.125% 0.115% 0.9%") == []
    assert column(tmp_path, "1", "0.14 0.125 0.115 0.9") == []


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("1 2.5 -1", []),
        ("0.5 -1 1", ["table.perhaps_all_ratios"] * 2),
        ("1% 2.5% 3%", ["table.perhaps_all_ratios"]),
    ],
)
def test_small_percentages_of_one_item_are_no_ratios_if_those_of_another_are_large(
    tmp_path: Path, second: str, said: list[str]
) -> None:
    rows = zip("123", ("-1", "1", "0.5"), second.split(), strict=True)
    inputs = "  x: {unit: '%', over: classes, columns: 'x_{item}'}"
    lists = "lists:\n  classes: {items: {a: {n: 1}, b: {n: 2}}, columns: {n: }}\n"
    table = "代码,名称,x_a,x_b\n" + "".join(f"{n},区{n},{a},{b}\n" for n, a, b in rows)
    assert [f.code for f in findings(tmp_path, inputs, table, lists)] == said


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("数（元）", True),
        ("数（万人）", True),
        ("数（%）", True),
        ("数（个）", False),
        ("数（人）", False),
    ],
)
def test_a_unit_of_the_table_that_the_policy_leaves_out_is_said(
    tmp_path: Path, head: str, said: bool
) -> None:
    found = [f.code for f in column(tmp_path, "", "14 12.5 11.5 9", head)]
    assert found == (["table.unit_ignored"] if said else [])


def test_totals_that_cannot_be_checked_are_said_to_be_so(tmp_path: Path) -> None:
    table = "代码,名称,数\n1,甲,1\n2,乙,2\n,小计,3\n,合计,\n"
    found = findings(tmp_path, "  x: {title: 数, unit: 万元}", table)
    assert [f.code for f in found] == ["table.asides_checked", "table.totals_unchecked"]
    assert "合计 (5)没有可以核对的合计数" in found[1].message("zh")


def faults(folder: Path, policy: str, **tables: str) -> list[str]:
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(transfers.TableError) as caught:
        transfers.load_districts(None, transfers.load_policy(folder / "policy.yaml"))
    return [fault.text("zh") for fault in caught.value.faults]


JOINED = """policy: p
districts: {file: d.csv, key: 代码, name: 名称, join: {file: e.csv, key: 单位}}
inputs: {x: {title: 数}, y: {title: 得分}}
grants: {g: {pool: 9, share: y}}
"""


def test_names_in_place_of_keys_are_told_once_with_what_to_do(tmp_path: Path) -> None:
    table = "代码,名称,数\n1,甲,1\n2,乙,2\n"
    (said,) = faults(tmp_path, JOINED, d=table, e="单位,得分\n甲,5\n乙,6\n丁,7\n")
    assert "e.csv:2:1: 这一列填的是地区名称（“甲”），而" in said
    assert "请在 key 中写明代码列" in said


def test_a_missing_column_of_keys_hides_no_column_of_a_joined_table(tmp_path: Path) -> None:
    (said,) = faults(tmp_path, JOINED, d="编码,名称,数\n1,甲,1\n", e="单位,得分\n1,5\n")
    assert "没有“代码”列" in said


def test_a_row_without_key_and_name_is_called_by_its_number(tmp_path: Path) -> None:
    said = faults(tmp_path, JOINED, d="代码,名称,数\n1,甲,1\n,,x\n", e="单位,得分\n1,5\n")
    assert any("第 3 行的“数”读到“x”" in line for line in said)
