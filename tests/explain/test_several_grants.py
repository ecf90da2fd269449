"""The story over several grants: headings, what rests on what, cuts and bounds in words."""

from __future__ import annotations

from pathlib import Path

import transfers
from transfers.explain import Explanation

POLICY = """
policy: p
districts: {file: d.csv, key: key}
inputs: {need: , last: {role: prior}, score: {unit: "%"}}
parameters:
  part: {title: 分担, value: 50%}
  steps: [{below: 80%, value: 0}, {up_to: 90%, value: 10}, {value: 30}]
quantities:
  idle: need * 7
  only_ruled: need * 3
  cost: need * part
  nobody: score / 0%
budget: BUDGET
grants:
  first: {title: 一, claim: cost, cap: 40, if_short: scale}
  second: {title: 二, pool: 60, share: need, floor: last, cap: 100, if_short: scale}
  third: {title: 三, claim: "step(score, steps)", if_short: scale}
outputs: {more: total - last}
rules: {enough: only_ruled <= total}
"""
TABLE = "key,need,last,score\na,100,10,85\nb,20,5,95\nc,0,0,70\n"


def story(folder: Path, key: str, budget: int = 1000, policy: str = POLICY) -> Explanation:
    (folder / "d.csv").write_text(TABLE, "utf-8")
    (folder / "p.yaml").write_text(policy.replace("BUDGET", str(budget)), "utf-8")
    read = transfers.load_policy(folder / "p.yaml")
    return transfers.allocate(read, transfers.load_districts(None, read)).explain(key)


def codes(told: Explanation) -> list[str]:
    return [line.code.removeprefix("explain.") for line in told.lines]


def test_each_grant_has_a_heading_with_what_it_comes_to(tmp_path: Path) -> None:
    text = story(tmp_path, "a").text("zh")
    headings = [line for line in text.splitlines() if line.startswith("【")]
    assert headings == [
        "【一：40 万元】",
        "【二：50 万元】",
        "【三：10 万元】",
        "【合计】",
        "【其他】",
    ]
    assert "各项合计：40 + 50 + 10 = 100 万元" in text


def test_a_quantity_stands_in_the_grant_that_rests_on_it(tmp_path: Path) -> None:
    told = story(tmp_path, "a")
    names = [line.values.get("name") for line in told.lines]
    assert names.index("cost") < codes(told).index("pool_claims") < codes(told).index("pool")
    assert "idle" in names  # nothing rests on it: told at its own place


def test_parameters_are_told_with_their_values_and_brackets(tmp_path: Path) -> None:
    text = story(tmp_path, "a").text("zh")
    assert "分担 part = 50%" in text
    assert "steps：< 80% 的 0、≤ 90% 的 10、以上 30" in text


def test_bounds_that_are_not_met_are_told(tmp_path: Path) -> None:
    assert "下限 10 万元、上限 100 万元，均未触及" in story(tmp_path, "a").text("zh")


def test_a_cut_is_told_with_all_claims_and_the_money_for_them(tmp_path: Path) -> None:
    text = story(tmp_path, "a", budget=25).text("zh")
    assert "不设资金规模，应得共 50 万元，可用 25 万元" in text
    assert "应得合计 50 万元，可分配 25 万元（50%），压减 -20 万元" in text
    assert "一应得 50 万元，封顶 40 万元；资金不足同比例压减，核定 20 万元" in text


def test_who_claims_nothing_is_not_said_to_be_cut(tmp_path: Path) -> None:
    said = story(tmp_path, "c", budget=25).said("zh")
    assert said[0] == "c：一应得 0 万元，核定 0 万元。"


def test_money_for_floors_alone_is_told_as_such(tmp_path: Path) -> None:
    said = story(tmp_path, "a", budget=65).said("zh")
    assert said[1] == "a：二资金只够各地保上年，按上年 10 万元执行。"


def test_what_only_a_rule_reads_is_told_where_the_rule_is_broken(tmp_path: Path) -> None:
    broken, kept = story(tmp_path, "a"), story(tmp_path, "c")
    assert codes(broken)[-2:] == ["quantity", "rule_broken_by"]
    assert broken.lines[-2].values["name"] == "only_ruled"
    assert "only_ruled" not in [line.values.get("name") for line in kept.lines]


def test_two_rules_on_one_quantity_tell_it_once_and_above_the_broken_one(tmp_path: Path) -> None:
    kept = "rules: {kept: only_ruled >= 0, enough: only_ruled <= total, again: only_ruled < total}"
    policy = POLICY.replace("rules: {enough: only_ruled <= total}", kept)
    told = codes(story(tmp_path, "a", policy=policy))
    assert told[-3:] == ["quantity", "rule_broken_by", "rule_broken_by"]


def test_a_word_in_quotes_or_behind_a_dot_is_no_parameter(tmp_path: Path) -> None:
    lists = "lists: {items: {items: {x: {part: 2}, steps: {part: 0}}, columns: {part: }}}\n"
    formula = "cost: 'sum(items.part, over=items, where=items.key != \"steps\") * need'"
    policy = POLICY.replace("inputs:", lists + "inputs:").replace("cost: need * part", formula)
    policy = policy.replace('"step(score, steps)"', "need * 0")
    text = story(tmp_path, "a", policy=policy).text("zh")
    assert "分担 part" not in text and "steps：" not in text
