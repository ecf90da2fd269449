"""Which items of a list a story tells one by one: those that a figure is the sum of."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers

POLICY = """
policy: p
districts: {file: d.csv, key: code}
lists: {s: {items: {a: {w: 2}, b: {w: 3}}, columns: {w: }}}
inputs: {n: {columns: "n_{item}", over: s}}
quantities:
  q: 'FORMULA'
grants: {aid: {pool: 10, share: q + 1}}
"""


def told(folder: Path, formula: str) -> list[str]:
    (folder / "p.yaml").write_text(POLICY.replace("FORMULA", formula), encoding="utf-8")
    (folder / "d.csv").write_text("code,n_a,n_b\nx,1,2\ny,3,4\n", encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    story = transfers.allocate(policy, transfers.load_districts(None, policy)).explain("x")
    lines = [line for line in story.lines if line.code == "explain.item"]
    return [line.text("en").split("  [")[0] for line in lines]


@pytest.mark.parametrize("formula", ["sum(s.w * n, over=s)", "2 + mean(s.w * n, over=s)"])
def test_a_sum_and_a_mean_are_told_item_by_item(tmp_path: Path, formula: str) -> None:
    assert told(tmp_path, formula) == ["b: w 3, n 2 -> 6", "a: w 2, n 1 -> 2"]


@pytest.mark.parametrize(
    "formula",
    ["cv(n, over=s)", "theil(n, over=s)", "std(n, over=s, weights=s.w)", "std_sample(n, over=s)"],
)
def test_the_squares_and_logarithms_inside_a_measure_are_not(tmp_path: Path, formula: str) -> None:
    assert told(tmp_path, formula) == []
    assert told(tmp_path, f"{formula} + sum(n, over=s)") == ["b: n 2 -> 2", "a: n 1 -> 1"]


def test_an_item_that_is_picked_is_told_with_its_figure(tmp_path: Path) -> None:
    assert told(tmp_path, 'n["b"] * s.w["a"]') == ["b: n 2 -> 2", "a: w 2 -> 2"]


def test_what_the_item_before_has_is_told_with_the_figure_of_the_item_before(
    tmp_path: Path,
) -> None:
    formula = 'sum(previous(n) * s.w, over=s, where=s.key == "b")'
    assert told(tmp_path, formula) == ["b: n 1, w 3 -> 3"]
