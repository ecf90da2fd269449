"""Where formulas decide, and at which value of one name they do."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import transfers
from transfers import Policy
from transfers.policy.thresholds import Threshold, thresholds
from transfers.standing import due, sides, standings

ROOT = Path(__file__).resolve().parents[2]

POLICY = """
policy: p
money: {{currency: CNY, unit: 万元, quantum: 1}}
districts: {{file: t.csv, key: code}}
inputs: {{score: {{}}, people: {{unit: 万人}}, tax: {{unit: 万元}}}}
parameters:
  {parameter}
  bonus: [{{below: 60, value: 0}}, {{below: 90, value: 10}}, {{value: 25}}]
quantities:
  q: {quantity}
grants:
  aid: {{title: 补助, claim: {claim}}}
"""

TABLE = "code,score,people,tax\na,79,10,300\nb,80,20,500\nc,95,40,900\n"


def policy_of(
    folder: Path, claim: str, quantity: str = "score", parameter: str = "pass_mark: 80"
) -> Policy:
    (folder / "t.csv").write_text(TABLE, encoding="utf-8")
    file = folder / "p.yaml"
    text = POLICY.format(claim=f'"{claim}"', quantity=f'"{quantity}"', parameter=parameter)
    file.write_text(text, encoding="utf-8")
    return transfers.load_policy(file)


def only(policy: Policy) -> Threshold:
    (found,) = thresholds(policy)
    return found


@pytest.mark.parametrize(
    ("statement", "operator", "value", "above"),
    [
        ("score >= pass_mark", ">=", Fraction(80), True),
        ("score > 80", ">", Fraction(80), False),
        ("80 <= score", ">=", Fraction(80), True),
        ("3 * score - 10 < 200", "<", Fraction(70), True),
        ("100 - score > 25", "<", Fraction(75), True),
        ("10 / 4 + score / 3 <= 7", "<=", Fraction(27, 2), False),
        ("-score > -66", "<", Fraction(66), True),
    ],
)
def test_a_name_beside_a_number_turns_at_one_value(
    tmp_path: Path, statement: str, operator: str, value: Fraction, above: bool
) -> None:
    crossing = only(policy_of(tmp_path, f"if({statement}, 50, 0)")).crossing()
    assert crossing is not None
    assert (crossing.name, crossing.operator, crossing.value) == ("score", operator, value)
    assert crossing.belongs_above is above


def test_units_are_converted_where_a_value_is_told(tmp_path: Path) -> None:
    half = "half: {value: 0.05, unit: 亿元}"
    crossing = only(policy_of(tmp_path, "if(tax > half, 5, 0)", parameter=half)).crossing()
    assert crossing is not None and crossing.value == 500


def test_a_moved_number_moves_the_value(tmp_path: Path) -> None:
    found = only(policy_of(tmp_path, "if(score >= pass_mark, 50, 0)"))
    crossing = found.crossing({("parameters", "pass_mark"): Fraction(85)})
    assert crossing is not None and crossing.value == 85


@pytest.mark.parametrize(
    "statement", ["score >= mean(score)", "score ^ 2 > 900", "tax / people > 20", "q > score"]
)
def test_no_single_value_is_claimed_where_a_part_varies(tmp_path: Path, statement: str) -> None:
    assert only(policy_of(tmp_path, f"if({statement}, 50, 0)")).crossing() is None


def test_brackets_have_a_threshold_for_each_edge(tmp_path: Path) -> None:
    found = thresholds(policy_of(tmp_path, "step(score, bonus)"))
    assert sorted(t.edge.value for t in found if t.edge is not None) == [60, 90]
    assert {t.text for t in found} == {"step(score, bonus)"}
    assert {t.path for t in found} == {("grants", "aid", "claim")}


def test_roundings_and_ranks_are_thresholds_and_bends_are_none(tmp_path: Path) -> None:
    found = thresholds(policy_of(tmp_path, "round(max(q, 3), to=10) * rank(score)"))
    assert [t.kind for t in found] == ["rounding", "rank"]


def test_outputs_and_rules_about_the_outcome_have_no_threshold(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "score")
    text = policy.document.source.text + (
        "outputs: {late: 'if(score > 3, 1, 0)'}\nrules: {enough: aid > 5}\n"
    )
    Path(policy.document.source.file).write_text(text, encoding="utf-8")
    assert thresholds(transfers.load_policy(policy.document.source.file)) == ()


def test_sides_are_those_of_the_district_asked_for_in_each_scenario(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "if(score >= pass_mark, tax, 0) * rank(score)")
    table = transfers.load_districts(None, policy)
    mark = ("parameters", "pass_mark")
    batch = transfers.run_batch(policy, table, [{}, {}, {}, {mark: Fraction(75)}])
    passed, rank = sides(batch, thresholds(policy), [0, 1, 2, 0])
    assert passed[:, 0].tolist() == [0, 1, 1, 1]
    assert rank[:, 0].tolist() == [3, 2, 1, 3]


def test_what_is_due_is_known_before_rounding_and_not_where_nobody_is_paid(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "score / 3")
    table = transfers.load_districts(None, policy)
    batch = transfers.run_batch(policy, table, [{}])
    assert np.allclose(due(batch), [[79 / 3, 80 / 3, 95 / 3]])
    text = policy.document.source.text.replace("claim: ", "pool: 10, floor: score, share: ")
    Path(policy.document.source.file).write_text(text, encoding="utf-8")
    short = transfers.load_policy(policy.document.source.file)
    assert np.isnan(due(transfers.run_batch(short, table, [{}]))).all()


def test_standings_say_which_bound_holds() -> None:
    jiangmen = transfers.load_policy(ROOT / "examples/jiangmen/policy.yaml")
    allocation = transfers.allocate(jiangmen, transfers.load_districts(None, jiangmen))
    assert standings(allocation)["equalisation"] == (
        *("cap", "cap", "shared", "floor"),
        *("shared", "shared", "shared"),
    )
