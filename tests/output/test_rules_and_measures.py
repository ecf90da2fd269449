"""Rules and measures in the terminal, workbooks, Markdown, json and the story of a district."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

import transfers
from transfers import Allocation
from transfers.output.json_file import json_bytes
from transfers.output.markdown_file import markdown_bytes
from transfers.output.terminal import width
from transfers.output.view_of_measures import measures_view
from transfers.output.view_of_rules import rules_lines
from transfers.output.views import allocation_view
from transfers.output.workbook import workbook_bytes

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ruled() -> Allocation:
    """Return the allocation of the example with rules."""
    policy = transfers.load_policy(ROOT / "examples" / "rules" / "policy.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def sheet(allocation: Allocation, name: str, language: str = "zh") -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(allocation, language)))
    return [list(row) for row in book[name].iter_rows(min_row=3, values_only=True)]


def test_the_small_table_stands_below_the_amounts(ruled: Allocation) -> None:
    lines = allocation_view(ruled, "zh").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("要求"))
    assert lines[start - 1] == ""
    below = [line.split() for line in lines[start + 2 :]]
    assert ["不低于上年", "硬性", "符合", "0", "万元（新会区）"] in below
    assert ["三保有保障", "硬性", "不符合（1", "个地区）", "-0.1034", "亿元（恩平市）"] in below
    assert max(width(line) for line in lines) <= 84


def test_long_titles_break_into_lines(ruled: Allocation) -> None:
    narrow = rules_lines(ruled, "zh", 60)
    assert len(narrow) > len(rules_lines(ruled, "zh", 200))
    titles = "".join(line.split("  ")[0].strip() for line in narrow)
    assert "差距不扩大（人口加权变异系数）" in titles


def test_without_rules_nothing_is_added(jiangmen: Allocation) -> None:
    assert rules_lines(jiangmen, "zh", 80) == []
    names = openpyxl.load_workbook(io.BytesIO(workbook_bytes(jiangmen, "zh"))).sheetnames
    assert "规则核对" not in names
    assert json.loads(json_bytes(jiangmen, "zh"))["rules"] == []


def test_the_sheet_lists_the_districts_that_break_a_rule(ruled: Allocation) -> None:
    header, *rows = sheet(ruled, "规则核对")
    assert header[:6] == ["要求", "级别", "结果", "左边", "右边", "差额"]
    titles = [row[0] for row in rows]
    at = titles.index("增幅不超过 25%")
    assert titles[at + 1 : at + 3] == ["　蓬江区", "　江海区"]
    assert rows[at][2] == "不符合（2 个地区）"
    assert rows[at + 1][3:6] == ["131.15%", "25%", "-106.15 个百分点"]
    applies = next(row for row in rows if row[0] == "新增财力 60% 以上投入民生")
    assert applies[6] == "livelihood / new_resources >= 60%（适用：new_resources > 0）"


def test_json_has_exact_sides_and_margins(ruled: Allocation) -> None:
    rules = {rule["id"]: rule for rule in json.loads(json_bytes(ruled, "en"))["rules"]}
    guarantees = rules["three_guarantees"]
    assert guarantees["status"] == "broken"
    assert guarantees["broken"] == [
        {
            "key": "440785",
            "name": "恩平市",
            "operator": ">=",
            "left": "19483/5000",
            "right": "4",
            "margin": "-517/5000",
            "unit": "亿元",
        }
    ]
    counts = {"broken": 1, "unknown": 0, "holds": 5, "not_applicable": 1}
    assert rules["livelihood_share"]["counts"] == counts
    assert rules["earmarked"]["counts"] is None
    assert rules["earmarked"]["cause"] is None


def test_json_and_the_sheet_have_the_measures(ruled: Allocation) -> None:
    measures = json.loads(json_bytes(ruled, "en"))["measures"]
    gini = next(m for m in measures["values"] if m["code"] == "gini")
    assert gini["change"] == gini["after"] - gini["before"]
    rows = {row[0]: row[1:4] for row in sheet(ruled, "均等化程度")}
    assert rows["基尼系数（人口加权）"] == pytest.approx(
        [gini["before"], gini["after"], gini["change"]], abs=1e-15
    )


def test_without_the_roles_there_is_no_sheet_of_measures(tmp_path: Path) -> None:
    text = "policy: p\ndistricts: {file: d.csv, key: k}\ninputs: {x: }\ngrants: {g: {claim: x}}\n"
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "d.csv").write_text("k,x\na,1\n", encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    allocation = transfers.allocate(policy, transfers.load_districts(None, policy))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(allocation, "zh")))
    assert book.sheetnames == ["分配表", "注意事项", "说明"]
    assert json.loads(json_bytes(allocation, "zh"))["measures"] is None
    assert "role: own_revenue" in measures_view(allocation, None, "zh", 80)


def test_markdown_has_a_table_of_rules(ruled: Allocation) -> None:
    text = markdown_bytes(ruled, "zh").decode()
    assert "| 要求 | 级别 | 结果 | 差额 |" in text
    assert "| 专项不超过合计的一成 | 提示 | 符合 | \\+2.08 个百分点 |" in text


def test_the_story_names_the_rules_a_district_breaks(ruled: Allocation) -> None:
    story = ruled.explain("恩平").text("zh")
    assert (
        "不符合要求“三保有保障”：3.8966 亿元 ≥ 4 亿元 不成立，差 0.1034 亿元  [policy.yaml:41]"
        in story
    )
    assert "不符合要求" not in ruled.explain("鹤山").text("zh")
    line = ruled.explain("恩平").to_dict("en")["lines"][-1]
    assert (line["code"], line["figure"], line["rule"]) == (
        "explain.rule_broken_by",
        "-517/5000",
        "revenue + total >= need",
    )


def test_measures_name_their_definitions(jiangmen: Allocation) -> None:
    text = measures_view(jiangmen, "tier", "zh", 80)
    for word in ("人口加权", "总体", "样本", "组间（档次）", "组内（档次）", "0.29334", "-0.00247"):
        assert word in text
    english = measures_view(jiangmen, None, "en", 80)
    assert "between groups" not in english
    assert max(width(line) for line in english.splitlines()) <= 80
