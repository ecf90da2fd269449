"""What a story says of bounds, shortages, levels and earlier years is what happened."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers

POLICY = """
policy: p
money: {unit: 元}
districts: {file: d.csv, key: code}
inputs:
  a: {unit: 元}
  heads: {unit: 人}
  before: {PRIOR}
grants:
  aid: {GRANT}
outputs:
  ratio: {formula: aid / heads, unit: 元/百人, digits: 1}
"""
TABLE = "code,a,heads,before\nx,10,2,4\ny,20,2,30\nz,30,4,50\n"


def told(folder: Path, grant: str, key: str, prior: str = "unit: 元, role: prior") -> list[str]:
    """Return the story of a district and its closing sentence, a line each."""
    text = POLICY.replace("{GRANT}", f"{{{grant}}}").replace("{PRIOR}", f"{{{prior}}}")
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    (folder / "d.csv").write_text(TABLE, encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    story = transfers.allocate(policy, transfers.load_districts(None, policy)).explain(key)
    return [line.text("en").split("  [")[0] for line in story.lines] + story.said("en")


def test_a_shortage_tells_the_rate_that_was_applied_where_floors_keep_more_for_others(
    tmp_path: Path,
) -> None:
    # x keeps its 10, so that y and z share 20 of 50
    grant = "pool: 30, claim: a, floor: 'if(key == \"x\", 10, none)', if_short: scale"
    said = "money is short: claims of 60 元, 30 元 for them; but for floors and caps everybody gets"
    assert f"{said} 40%: -12 元" in told(tmp_path, grant, "y")


def test_a_shortage_without_bounds_tells_the_part_that_is_met(tmp_path: Path) -> None:
    lines = told(tmp_path, "pool: 30, claim: a, if_short: scale", "y")
    assert "money is short: claims of 60 元, 30 元 for them (50%): -10 元" in lines


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ("floor: 1", "floor 1 元: does not bind"),
        ("floor: 1, cap: 100", "floor 1 元, cap 100 元: do not bind"),
    ],
)
def test_a_bound_that_is_not_reached_does_not_bind(tmp_path: Path, bounds: str, said: str) -> None:
    assert said in told(tmp_path, f"pool: 60, share: a, {bounds}", "y")


def test_an_adjustment_by_a_cap_of_its_own_is_not_laid_on_others(tmp_path: Path) -> None:
    lines = told(tmp_path, "pool: 60, share: a, cap: 'if(key == \"z\", 15, none)'", "z")
    assert "one adjustment for all, because of floors and caps (x 1.5) -> 15 元" in lines


def test_without_an_adjustment_none_is_told_at_the_end(tmp_path: Path) -> None:
    *_, sentence = told(tmp_path, "pool: 60, share: a, floor: 'if(key == \"y\", a, 1)'", "y")
    assert sentence == "y: calculated 20 元, gets 20 元, 10 元 (33.33%) less than last year."


def test_a_level_is_told_with_what_it_is_multiplied_by(tmp_path: Path) -> None:
    # (20 + 60) / 8 = 10 a head
    lines = told(tmp_path, "pool: 20, level: {own: a, per: heads}", "z")
    assert "common level 10 元/person x heads (4 人) - own a (30 元) -> 10 元" in lines
    assert lines[-1].startswith("z: below the common level of 10 元/person, raised by 10 元")


def test_a_level_below_a_negative_own_is_a_cut(tmp_path: Path) -> None:
    # everybody asks for `a` and gives up 5 a head
    grant = "pool: 20, level: {own: -a, per: heads}"
    *_, last = told(tmp_path, grant, "y")
    assert last.startswith("y: by the common level of -5 元/person gets 10 元")
    *lines, last = told(tmp_path, grant, "x")
    assert last.startswith("x: the common level of -5 元/person leaves it nothing")
    *_, last = told(tmp_path, "pool: 1, level: {own: -a, per: heads}", "x")
    assert "leaves it nothing" in last
    lines = told(tmp_path, "pool: 1, level: {own: -a, per: heads}", "x")
    assert any(line.startswith("nobody gets less than nothing ->") for line in lines)


def test_an_earlier_year_is_called_by_its_title(tmp_path: Path) -> None:
    prior = "unit: 元, role: prior, title: Received in 2015"
    *_, last = told(tmp_path, "pool: 60, share: a", "x", prior)
    assert last.endswith("6 元 (150%) more than Received in 2015.")
    *_, last = told(tmp_path, "pool: 60, share: a", "x", "unit: 元, role: prior, title: Received")
    assert last.endswith("more than last year.")
    *_, last = told(tmp_path, "pool: 90, share: a, floor: before", "z", prior)
    assert "below the 50 元 of Received in 2015: kept at that amount" in last


def test_an_output_is_told_in_its_own_unit_with_its_own_digits(tmp_path: Path) -> None:
    lines = told(tmp_path, "pool: 55, share: a", "y")
    assert "ratio = aid / heads = 900.0 元/百人" in lines
