"""What a service list and an appraisal define is told as staff would tell it."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers
from transfers import Allocation
from transfers.output.story_file import story_text

ROOT = Path(__file__).parents[2]
HAIYAN = ROOT / "examples/haiyan/policy.yaml"

_ITEMS = "\n".join(
    f"    i{n}: {{price: {n}, part: 50%, weight: 10%, target: 100}}" for n in range(1, 11)
)
POLICY = f"""
policy: p
money: {{unit: 元}}
districts: {{file: d.csv, key: code}}
lists:
  s:
    items:
{_ITEMS.replace("    i", "      i")}
    columns:
      price: {{unit: 元/人}}
      part: {{unit: "%"}}
      weight: {{unit: "%"}}
      target:
inputs:
  n: {{columns: "n_{{item}}", over: s, unit: 人}}
  seen: {{columns: "o_{{item}}", over: s}}
service_lists:
  c:
    {{title: List, list: s, price: s.price, recipients: n,
     responsibility: {{up: s.part, own: rest}}}}
appraisals:
  a: {{title: Reached, indicators: s, weight: weight, observed: seen, target: target}}
grants:
  aid: {{claim: c.total.up}}
  bonus: {{claim: "a.degree * sum(c.cost * c.share.up, over=s)"}}
"""


def allocated(folder: Path, **settings: str) -> Allocation:
    (folder / "p.yaml").write_text(POLICY, encoding="utf-8")
    names = [f"{kind}_i{n}" for kind in "no" for n in range(1, 11)]
    figures = [*["10"] * 10, *(str(90 + n) for n in range(1, 11))]
    table = f"code,{','.join(names)}\nx,{','.join(figures)}\n"
    (folder / "d.csv").write_text(table, encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml", settings)
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def told(folder: Path, **settings: str) -> list[str]:
    explanation = allocated(folder, **settings).explain("x")
    return [line.text("en").split("  [")[0] for line in explanation.told]


def test_a_level_is_told_by_its_largest_items_and_the_rest_in_one_line(tmp_path: Path) -> None:
    lines = told(tmp_path)
    start = lines.index("List: all borne by up: 275 元")
    assert lines[start + 1] == "i10: 10 元/人 x 10 人 = 100 元, up 50% -> 50 元"
    assert lines[start + 8] == "i3: 3 元/人 x 10 人 = 30 元, up 50% -> 15 元"
    assert lines[start + 9] == ("the other 2 items (those above are the largest) together 15 元")


def test_the_item_of_a_changed_figure_is_told_however_small(tmp_path: Path) -> None:
    lines = told(tmp_path, **{"inputs.n.i1.x": "12"})
    assert "i1: 1 元/人 x 12 人 = 12 元, up 50% -> 6 元" in lines
    lines = told(tmp_path, **{"lists.s.items.i2.price": "0"})
    assert "i2: 0 元/人 x 10 人 = 0 元, up 50% -> 0 元" in lines
    assert not any(line.startswith("i1: 1 ") for line in lines)


def test_an_appraisal_is_told_by_its_degree_and_its_shortfalls(tmp_path: Path) -> None:
    lines = told(tmp_path)
    start = lines.index("Reached: 95.5%")
    assert lines[start + 1].startswith(
        "of 10 indicators 1 reach 100%; the others, lowest first: i1"
    )
    assert lines[start + 2] == "9 below what should be reached"
    assert lines[start + 3] == "i1: observed 91, should be 100, score 91%"
    assert lines[start + 11] == "and 1 more items"
    changed = told(tmp_path, **{"inputs.seen.i10.x": "250"})
    assert "i10: observed 250, should be 100, score 100%" in changed


def test_a_share_in_a_formula_of_ones_own_is_told_in_per_cent(tmp_path: Path) -> None:
    assert "i10: List: cost 100 元, List: share of up 50% -> 50 元" in told(tmp_path)


@pytest.mark.parametrize("ending", ["x.json", "x.md"])
def test_files_keep_every_line(tmp_path: Path, ending: str) -> None:
    explanation = allocated(tmp_path).explain("x")
    assert len(explanation.lines) > len(explanation.told)
    text = story_text(explanation, ending, "en")
    assert "c.cost = s.price * n" in text.replace("\\", "")
    assert "c.cost = s.price * n" not in explanation.text("en")


def test_a_town_of_haiyan_is_told_in_less_than_120_lines() -> None:
    policy = transfers.load_policy(HAIYAN, {"inputs.recipients.困难群众探访关爱.武原街道": "1200"})
    allocation = transfers.allocate(policy, transfers.load_districts(None, policy))
    text = allocation.explain("武原").text("zh")
    assert len(text.splitlines()) < 120
    assert "困难群众探访关爱：680 元/人 × 1,200 人，不在执行期，不计" in text
    for raw in ("if(missing", "costs.cost", "realisation.observed", "→ 0.1"):
        assert raw not in text
