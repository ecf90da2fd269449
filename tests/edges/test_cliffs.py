"""Jumps, slopes and clawback, worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import scenarios
import transfers
from scenarios.edges.asking import asked_of
from scenarios.edges.findings import findings
from scenarios.edges.survey import Asked, survey
from scenarios.settings import Setting
from tests.edges.small import cliffs_of, figure, run_with, setting_of, surveyed
from transfers import DocumentError
from transfers.arithmetic.decimals import format_decimal

ROOT = Path(__file__).resolve().parents[2]

# Below 10 亿元 500, below 15 亿元 300, else none; and a fifth of what is missing to 20 亿元.
TIERS = """
inputs:
  revenue: {title: 收入, unit: 亿元, min: 0, role: own_revenue}
parameters:
  by_revenue: {value: [{below: 10, value: 500}, {below: 15, value: 300}, {value: 0}], unit: 万元}
  rate: 20%
  target: {value: 200000, unit: 万元}
grants:
  tier: {title: 分档补助, claim: "step(revenue, by_revenue)"}
  gap: {title: 缺口补助, claim: "rate * max(0, target - revenue)"}
"""
ROWS = [
    {"code": "a", "revenue": "9.5"},
    {"code": "b", "revenue": "10"},
    {"code": "c", "revenue": "30"},
]


def test_a_step_of_own_revenue_is_a_cliff_either_way(tmp_path: Path) -> None:
    found = surveyed(tmp_path, TIERS, ROWS)
    (up,) = cliffs_of(found, "a", "revenue")
    assert (up.side, up.value, up.far) == ("up", 10, 10)
    # 200,000 less nearly 100,000 by a fifth is 20,000; with the tier 20,500 and 20,300.
    assert (up.before.amount, up.after.amount, up.jump) == (20500, 20300, -200)
    (down,) = cliffs_of(found, "b", "revenue")
    assert (down.side, down.value, down.near) == ("down", 10, 10)
    assert (down.before.amount, down.after.amount, down.jump) == (20300, 20500, 200)


def test_the_clawback_of_own_revenue_is_what_is_lost_of_each_unit_more(tmp_path: Path) -> None:
    found = surveyed(tmp_path, TIERS, ROWS)
    assert figure(found, "a", "revenue").clawback == pytest.approx(0.2)
    slope = figure(found, "a", "revenue").up
    assert slope is not None and slope.own == pytest.approx(-2000)  # 万元 for each 亿元
    assert figure(found, "c", "revenue").clawback == 0


def test_beside_an_edge_the_slope_is_that_of_one_side(tmp_path: Path) -> None:
    at_edge = figure(surveyed(tmp_path, TIERS, ROWS), "b", "revenue")
    assert at_edge.down is None
    assert at_edge.up is not None and at_edge.up.own == pytest.approx(-2000)


def test_who_gets_poorer_by_earning_more_is_told(tmp_path: Path) -> None:
    told = findings(surveyed(tmp_path, TIERS, ROWS), "en")
    assert [(finding.code, finding.district, finding.value) for finding in told] == [
        ("cliffs.revenue_edge", "a", "200")
    ]
    assert "past 10 亿元" in told[0].message("en")
    steep = surveyed(tmp_path, TIERS.replace("rate: 20%", "rate: 120%"), ROWS)
    clawed = [f for f in findings(steep, "zh") if f.code == "cliffs.clawback"]
    assert [(f.district, f.value) for f in clawed] == [("a", "120%"), ("b", "120%")]
    assert "每多收 1 万元，补助减少 1.2 万元" in clawed[0].message("zh")


def test_a_full_clawback_alone_is_no_finding(tmp_path: Path) -> None:
    rows = [{"code": "c", "revenue": "16"}]
    found = surveyed(tmp_path, TIERS.replace("rate: 20%", "rate: 100%"), rows)
    assert figure(found, "c", "revenue").clawback == 1
    assert findings(found, "en") == ()


def test_bends_are_no_cliffs(tmp_path: Path) -> None:
    rows = [{"code": "a", "revenue": "19.5"}]  # past 20 亿元 nothing is missing any more
    bent = figure(surveyed(tmp_path, TIERS, rows), "a", "revenue")
    assert bent.cliffs == ()
    assert bent.up is not None and bent.up.own == pytest.approx(-2000)


def test_what_is_out_of_reach_is_not_told(tmp_path: Path) -> None:
    assert cliffs_of(surveyed(tmp_path, TIERS, ROWS, within=Fraction(4, 100)), "a", "revenue") == []
    assert len(cliffs_of(surveyed(tmp_path, TIERS, ROWS, least=200), "a", "revenue")) == 1
    assert cliffs_of(surveyed(tmp_path, TIERS, ROWS, least=201), "a", "revenue") == []


@pytest.mark.parametrize(
    ("claim", "where", "side", "jump"),
    [
        ("if(score >= mean(score), 40, 0)", Fraction(65), "up", 40),
        ("if(score / mean(score) >= 1.1, 40, 0)", Fraction("75.2632"), "up", 40),
        ("if(rank(score) == 1, 70, 0)", Fraction(70), "up", 70),
        ("round(score, to=50)", Fraction(75), "up", 50),
        ("if(score == 55, 30, 0)", Fraction(55), "up", 30),
    ],
)
def test_thresholds_that_no_number_names_are_found_by_halving(
    tmp_path: Path, claim: str, where: Fraction, side: str, jump: int
) -> None:
    text = f"inputs: {{score: {{unit: 万元}}}}\ngrants: {{aid: {{claim: '{claim}'}}}}\n"
    rows = [
        {"code": "a", "score": "52"},
        {"code": "b", "score": "60"},
        {"code": "c", "score": "70"},
    ]
    found = surveyed(tmp_path, text, rows, within=Fraction(1, 2))
    cliffs = [c for c in cliffs_of(found, "a", "score") if c.side == side]
    assert (cliffs[0].value, cliffs[0].jump) == (where, jump)


def test_a_figure_of_nothing_is_moved_by_a_part_of_the_greatest(tmp_path: Path) -> None:
    text = "inputs: {score: {min: 0}}\ngrants: {aid: {claim: 'if(score >= 10, 40, 0)'}}\n"
    rows = [{"code": "a", "score": "0"}, {"code": "b", "score": "60"}]
    found = surveyed(tmp_path, text, rows)
    assert [(c.side, c.value, c.jump) for c in cliffs_of(found, "a", "score")] == [("up", 10, 40)]
    assert figure(found, "a", "score").down is None


def test_past_where_money_is_short_nobody_is_paid(tmp_path: Path) -> None:
    text = (
        "inputs: {last: {unit: 万元}, people: {}}\n"
        "grants: {aid: {pool: 100, share: people, floor: last}}\n"
    )
    rows = [
        {"code": "a", "last": "50", "people": "3"},
        {"code": "b", "last": "45", "people": "3"},
    ]
    (cliff,) = cliffs_of(surveyed(tmp_path, text, rows), "a", "last")
    assert (cliff.side, cliff.near, cliff.after.status, cliff.jump) == ("up", 55, "rejected", None)
    assert 55 < cliff.far < Fraction(55001, 1000)


def test_texts_are_tried_one_after_the_other(tmp_path: Path) -> None:
    text = (
        "inputs: {tier: {one_of: [A, B, C]}, poor: {type: yes_no}}\n"
        "parameters: {by_tier: {value: {A: 30, B: 20, C: 10}, unit: 万元}}\n"
        "grants: {aid: {claim: 'by_tier[tier] + if(poor, 5, 0)'}}\n"
    )
    found = surveyed(tmp_path, text, [{"code": "a", "tier": "B", "poor": "否"}])
    assert [(c.value, c.jump) for c in cliffs_of(found, "a", "tier")] == [("A", 10), ("C", -10)]
    assert [(c.value, c.jump) for c in cliffs_of(found, "a", "poor")] == [(True, 5)]


def test_names_of_places_are_not_tried_as_texts(tmp_path: Path) -> None:
    text = "inputs: {city: {type: text}}\ngrants: {aid: {claim: 'if(city == \"x\", 5, 1)'}}\n"
    rows = [{"code": f"k{n}", "city": f"city {n}"} for n in range(13)]
    found = surveyed(tmp_path, text, rows)
    assert found.watched == ()
    assert [finding.code for finding in findings(found, "en")] == ["cliffs.many_texts"]


# -- the Jiangmen example, by hand ----------------------------------------------------------------

WEIGHTS = (Fraction(40, 100), Fraction(20, 100), Fraction(10, 100), Fraction(30, 100))
TABLE = {
    "440703": ("85.3", "324", "6", "6.73", "0.6"),
    "440704": ("36.5", "109", "3", "4.13", "0.6"),
    "440705": ("90.9", "1355", "11", "15.29", "1"),
    "440781": ("90.7", "3286", "17", "10.07", "1.3"),
    "440783": ("74.9", "1659", "15", "9.53", "1.3"),
    "440784": ("53.1", "1083", "10", "9.47", "1"),
    "440785": ("48.4", "1698", "11", "3.83", "1.3"),
}
FREE = ("440705", "440783", "440784", "440785")
LEFT = 4000 - 325 - 150 - 1080
"""What two districts at their caps and one at its floor leave."""


def due_by_hand(population: Fraction) -> Fraction:
    """Return what 恩平 is due with another population, as long as nobody leaves its bound."""
    table = {key: [Fraction(cell) for cell in row] for key, row in TABLE.items()}
    table["440785"][0] = population
    people, revenue = (sum(row[n] for row in table.values()) for n in (0, 3))
    for row in table.values():
        row[3] = revenue / people / (row[3] / row[0])
    totals = [sum(row[n] for row in table.values()) for n in range(4)]
    weight = {
        key: row[4] * sum(w * row[n] / totals[n] for n, w in enumerate(WEIGHTS))
        for key, row in table.items()
    }
    return LEFT * weight["440785"] / sum(weight[key] for key in FREE)


def test_enping_gains_by_its_people_what_is_worked_out_by_hand() -> None:
    policy = transfers.load_policy(ROOT / "examples/jiangmen/policy.yaml")
    table = transfers.load_districts(None, policy)
    found = scenarios.cliffs(Setting(policy, table), inputs=("population",), districts=("440785",))
    (enping,) = found.watched
    now, more = Fraction("48.4"), Fraction("48.4") * Fraction(1001, 1000)
    by_hand = (due_by_hand(more) - due_by_hand(now)) / (more - now)
    assert enping.now.amount == round(due_by_hand(now)) == 736
    assert enping.up is not None and enping.up.own == pytest.approx(float(by_hand), rel=1e-9)
    assert enping.up.own == pytest.approx(6.8906, abs=1e-4)
    assert enping.up.others == pytest.approx(-enping.up.own)
    assert enping.cliffs == () and enping.held == ()


def test_who_is_at_a_bound_is_told_which() -> None:
    policy = transfers.load_policy(ROOT / "examples/jiangmen/policy.yaml")
    found = scenarios.cliffs(Setting(policy, transfers.load_districts(None, policy)))
    held = {w.lever.key: w.held for w in found.watched if w.lever.input == "area"}
    assert held["440703"] == (("equalisation", "cap"),)
    assert held["440781"] == (("equalisation", "floor"),)
    assert held["440785"] == ()


def test_what_another_tier_is_worth_is_what_an_ordinary_run_says() -> None:
    policy = transfers.load_policy(ROOT / "examples/jiangmen/policy.yaml")
    found = scenarios.cliffs(Setting(policy, transfers.load_districts(None, policy)))
    (moved,) = [c for c in cliffs_of(found, "440784", "tier") if c.value == "A"]
    assert (moved.before.amount, moved.after.amount, moved.jump_of_others) == (402, 412, -10)


# -- what is asked -----------------------------------------------------------------------------


def test_inputs_and_districts_may_be_chosen_by_key_or_name(tmp_path: Path) -> None:
    setting = setting_of(tmp_path, TIERS, ROWS)
    asked = asked_of(setting, Asked(), ["revenue"], ["b"])
    found = survey(setting, asked)
    assert [watched.lever.key for watched in found.watched] == ["b"]


def test_every_name_that_is_not_there_is_told(tmp_path: Path) -> None:
    setting = setting_of(tmp_path, TIERS, ROWS)
    with pytest.raises(DocumentError) as caught:
        asked_of(setting, Asked(), ["revenues"], ["zzz"])
    assert [fault.code for fault in caught.value.faults] == [
        "cliffs.unknown_input_near",
        "cliffs.unknown_district",
    ]


def test_what_would_take_too_long_is_refused_with_its_size(tmp_path: Path) -> None:
    setting = setting_of(tmp_path, TIERS, ROWS)
    with pytest.raises(DocumentError) as caught:
        survey(setting, Asked(most=10))
    (fault,) = caught.value.faults
    assert fault.code == "cliffs.too_many"
    assert fault.values["scenarios"] == "30"


def test_of_a_policy_that_pays_nobody_nothing_is_moved(tmp_path: Path) -> None:
    text = "inputs: {last: {unit: 万元}}\ngrants: {aid: {pool: 10, share: last, floor: last}}\n"
    found = surveyed(tmp_path, text, [{"code": "a", "last": "50"}])
    assert not found.done and found.watched == ()


def test_numbers_moved_beside_are_kept(tmp_path: Path) -> None:
    setting = setting_of(tmp_path, TIERS, ROWS)
    path = next(path for path in setting.policy.numbers if path[1] == "rate")
    moved = Setting(setting.policy, setting.districts, moves={path: Fraction(1, 2)})
    assert figure(survey(moved), "a", "revenue").clawback == pytest.approx(0.5)


def test_two_ordinary_runs_say_the_same(tmp_path: Path) -> None:
    (cliff,) = cliffs_of(surveyed(tmp_path, TIERS, ROWS), "a", "revenue")
    before = run_with(tmp_path, ROWS, "a", "revenue", cliff.near)
    after = run_with(tmp_path, ROWS, "a", "revenue", cliff.far)
    assert (before.total[0], after.total[0]) == (cliff.before.amount, cliff.after.amount)


@pytest.mark.parametrize(
    "name",
    [
        *("bonuses/attained_rank", "bonuses/attained_threshold", "patterns/brackets_by_class"),
        *("patterns/minimum_once", "patterns/law", "haiyan_transfer/policy"),
    ],
)
def test_cliffs_of_examples_are_what_set_figures_give(name: str) -> None:
    policy = transfers.load_policy(ROOT / f"examples/{name}.yaml")
    table = transfers.load_districts(None, policy)
    found = scenarios.cliffs(Setting(policy, table))
    cliffs = [cliff for watched in found.watched for cliff in watched.cliffs if cliff.thresholds]
    assert cliffs
    for cliff in cliffs:
        for value, seen in ((cliff.near, cliff.before), (cliff.far, cliff.after)):
            assert isinstance(value, Fraction)
            changed = policy.with_overrides({".".join(cliff.lever.path): format_decimal(value)})
            plain = transfers.allocate(changed, changed.with_set_figures(table))
            assert plain.total[cliff.lever.district] == seen.amount
