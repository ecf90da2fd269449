"""`transfers explain`: one district's story."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

from tests.command.conftest import Run


def test_the_story_ends_in_a_sentence_a_leader_can_read(transfers: Run, jiangmen: Path) -> None:
    done = transfers("explain", jiangmen / "policy.yaml", "440781")
    lines = done.stdout.splitlines()
    assert lines[0] == "台山市（440781）　江门市因素法均衡性补助（示例）"
    assert lines[-1] == "台山市：测算 1,030.97 万元，低于上年 1,080 万元，按不低于上年保底执行。"
    assert any("districts.csv:5:3" in line for line in lines)
    assert any("第五条" in line for line in lines)


def test_a_district_is_found_by_name_and_by_its_beginning(transfers: Run, jiangmen: Path) -> None:
    policy = jiangmen / "policy.yaml"
    by_key = transfers("explain", policy, "440785").stdout
    assert transfers("explain", policy, "恩平市").stdout == by_key
    assert transfers("explain", policy, "恩平").stdout == by_key


def test_an_unknown_district_is_told_with_what_there_is(transfers: Run, jiangmen: Path) -> None:
    done = transfers("explain", jiangmen / "policy.yaml", "北京")
    assert done.returncode == 2
    assert "440703 蓬江区" in done.stderr
    near = transfers("explain", jiangmen / "policy.yaml", "440784 ", "--lang", "en")
    assert "440784" in near.stderr


def test_the_parts_in_json_add_up_to_the_amount_exactly(transfers: Run, jiangmen: Path) -> None:
    for key, amount in (("440703", 325), ("440781", 1080), ("440785", 736)):
        done = transfers("explain", jiangmen / "policy.yaml", key, "--json")
        parts = json.loads(done.stdout)["parts"]["equalisation"]
        assert sum(Fraction(part["amount"]) for part in parts) == amount


def test_a_rejected_run_has_no_story(transfers: Run, jiangmen: Path) -> None:
    done = transfers("explain", jiangmen / "policy.yaml", "440781", "--set", "budget.amount=3000")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "缺口 600 万元" in done.stderr


def test_a_story_in_markdown_has_a_heading_and_a_list_and_escapes_names(
    transfers: Run, jiangmen: Path
) -> None:
    table = jiangmen / "districts.csv"
    table.write_text(table.read_text("utf-8").replace("台山市", "<b>台山*市*"), "utf-8")
    out = jiangmen / "story.md"
    assert transfers("explain", jiangmen / "policy.yaml", "440781", "--out", out).returncode == 0
    lines = out.read_text("utf-8").splitlines()
    assert lines[0].startswith("# &lt;b&gt;台山\\*市\\*（440781）")
    assert lines[2].startswith("1. 一般公共预算收入：10.07 亿元")
    assert lines[-1].startswith("&lt;b&gt;台山\\*市\\*：测算")


def test_the_help_of_explain_names_its_own_formats(transfers: Run) -> None:
    shown = transfers("explain", "--help").stdout
    assert ".txt、.md 或 .json" in shown
    assert ".xlsx" not in shown
