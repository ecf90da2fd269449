"""Sentence 38: one figure moves, all else stays; two ordinary runs say the same."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import scenarios
import transfers
from scenarios.edges.findings import findings
from scenarios.edges.reach import reaches_of
from scenarios.edges.survey import Survey, Watched
from scenarios.settings import Setting
from tests.method.tiny import loaded, written

ROOT = Path(__file__).resolve().parents[2]

TIERS = (
    "inputs: {revenue: {unit: 亿元, role: own_revenue}}\n"
    "parameters:\n"
    "  by_revenue:\n"
    "    value: [{below: 10, value: 500}, {below: 15, value: 300}, {value: 0}]\n"
    "    unit: 万元\n"
    "  target: {value: 20, unit: 亿元}\n"
    "grants:\n"
    '  tier: {claim: "step(revenue, by_revenue)"}\n'
    '  gap: {claim: "20% * max(0, target - revenue)"}\n'
)


def found_in(folder: Path, text: str, table: str, **asked: Fraction) -> Survey:
    policy, districts = loaded(written(folder, text, table))
    return scenarios.cliffs(Setting(policy, districts), **asked)  # type: ignore[arg-type]


def only(found: Survey) -> Watched:
    (watched,) = found.watched
    return watched


def jiangmen() -> Survey:
    policy = transfers.load_policy(ROOT / "examples/jiangmen/policy.yaml")
    return scenarios.cliffs(Setting(policy, transfers.load_districts(None, policy)))


def of(found: Survey, key: str, name: str) -> Watched:
    return next(w for w in found.watched if (w.lever.key, w.lever.column) == (key, name))


def test_the_tiers_of_the_page(tmp_path: Path) -> None:
    """Sentence 38: 20,500 falls to 20,300 past 10 亿元, and a fifth of what is earned is lost."""
    watched = only(found_in(tmp_path, TIERS, "key,revenue\n a,9.5\n"))
    assert watched.up is not None and watched.up.own == pytest.approx(-2000)
    assert watched.clawback == pytest.approx(0.2)
    (cliff,) = watched.cliffs
    assert (cliff.value, cliff.before.amount, cliff.after.amount) == (10, 20500, 20300)


def test_jiangmen_as_the_page_has_it() -> None:
    """Sentence 38: 恩平 gains by its people and loses by its revenue; 台山 is at its floor."""
    found = jiangmen()
    people = of(found, "440785", "population").up
    assert people is not None and round(people.own, 2) == 6.89
    clawback = of(found, "440785", "revenue").clawback
    assert clawback is not None and round(clawback, 4) == 0.0049
    for name in ("population", "revenue"):
        assert of(found, "440781", name).held == (("equalisation", "floor"),)


def test_slopes_come_from_what_is_due_and_stop_before_an_edge(tmp_path: Path) -> None:
    """Sentence 38: a slope of less than a quantum is seen; at an edge one side has none."""
    claim = "if(score >= 80, 5, 0) + score / 9"
    text = f"inputs: {{score: {{unit: 万元}}}}\ngrants: {{aid: {{claim: '{claim}'}}}}\n"
    watched = only(found_in(tmp_path, text, "key,score\n a,80\n"))
    assert watched.down is None
    assert watched.up is not None and watched.up.own == pytest.approx(1 / 9)


def test_one_input_against_a_number_turns_exactly_there(tmp_path: Path) -> None:
    """Sentence 38: the edge of 2 * score - 10 >= 150 is 80."""
    text = "inputs: {score: {}}\ngrants: {aid: {claim: 'if(2 * score - 10 >= 150, 9, 2)'}}\n"
    (cliff,) = only(found_in(tmp_path, text, "key,score\n a,79\n")).cliffs
    assert (cliff.side, cliff.value, cliff.far, cliff.jump) == ("up", 80, 80, 7)


def test_other_thresholds_are_halved_down_to_neighbouring_decimals(tmp_path: Path) -> None:
    """Sentence 38: past the mean of all three, 65, which no number of the document names."""
    text = "inputs: {score: {}}\ngrants: {aid: {claim: 'if(score > mean(score), 9, 2)'}}\n"
    found = found_in(tmp_path, text, "key,score\n a,60\n b,60\n c,70\n")
    (cliff,) = of(found, "a", "score").cliffs
    assert (cliff.near, cliff.far) == (65, Fraction("65.0001"))


def test_a_bend_is_no_cliff_and_a_small_jump_may_be_left_out(tmp_path: Path) -> None:
    """Sentence 38: max(0, ...) only bends; a jump of 7 quanta is none of 8."""
    claim = "max(0, 100 - score) + if(score > 95, 7, 0)"
    text = f"inputs: {{score: {{}}}}\ngrants: {{aid: {{claim: '{claim}'}}}}\n"
    table = "key,score\n a,94\n"
    assert [c.value for c in only(found_in(tmp_path, text, table)).cliffs] == [95]
    assert only(found_in(tmp_path, text, table, least=Fraction(8))).cliffs == ()


def test_texts_take_the_other_values_that_are_allowed(tmp_path: Path) -> None:
    """Sentence 38: C is worth 3 less than B, A is worth 4 more."""
    text = (
        "inputs: {tier: {one_of: [A, B, C]}}\n"
        "parameters: {by_tier: {value: {A: 9, B: 5, C: 2}, unit: 万元}}\n"
        "grants: {aid: {claim: 'by_tier[tier]'}}\n"
    )
    watched = only(found_in(tmp_path, text, "key,tier\n a,B\n"))
    assert [(cliff.value, cliff.jump) for cliff in watched.cliffs] == [("A", 4), ("C", -3)]


def test_who_gets_poorer_by_earning_more_is_a_finding(tmp_path: Path) -> None:
    """Sentence 38: past 10 亿元 a little more revenue costs 200 万元."""
    told = findings(found_in(tmp_path, TIERS, "key,revenue\n a,9.5\n"), "en")
    assert [(finding.code, finding.value) for finding in told] == [("cliffs.revenue_edge", "200")]


def test_numbers_of_the_document_change_amounts_or_say_why_not(tmp_path: Path) -> None:
    """Sentence 38: the pool counts, a cap above everybody does not."""
    text = "inputs: {people: {}}\ngrants: {aid: {pool: 90, share: people, cap: 80}}\n"
    policy, districts = loaded(written(tmp_path, text, "key,people\n a,1\n b,2\n"))
    numbers = reaches_of(Setting(policy, districts)).numbers
    assert {reach.name: reach.reason and reach.reason.code for reach in numbers} == {
        "grants.aid.pool": None,
        "grants.aid.cap": "cap_for_nobody",
    }
