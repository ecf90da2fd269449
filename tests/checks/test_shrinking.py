"""Counter-examples are made small, and the line that is responsible is found."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from checks.asking import asked_promises
from checks.promises import PROMISES
from checks.report import CounterExample
from checks.runs import Case
from checks.search.clock import Clock
from checks.search.ground import Ground
from checks.search.responsible import line_responsible
from checks.search.rounds import Wanted, held
from checks.search.shrinking import plainness, shrunk
from checks.subject import Subject
from checks.table import Table
from tests.checks.made_policies import PLANTED, made
from transfers import Policy, load_districts, load_policy


def small(
    policy: Policy, promise: str, case: Case | None = None, work: int = 6000
) -> CounterExample:
    """Return what the policy's own table, which breaks a promise, is made to."""
    table = Table.of(load_districts(None, policy)) if case is None else case.table
    ground = Ground(Subject(policy, table))
    wanted = Wanted(PROMISES[promise], PROMISES[promise].tolerance)
    found, spent = shrunk(ground, wanted, "real", [case or Case(table)], 0, work, Clock(60))
    assert found is not None
    assert spent < max(100, 2 * work)
    return found


def test_six_districts_become_two_with_small_figures() -> None:
    found = small(load_policy(PLANTED / "half_up.yaml"), "balance")
    assert found.first_size == 6
    assert len(found.case.table) <= 3
    assert set(found.case.table.columns["need"]) == {Fraction(1)}
    assert found.case.table.keys == ("d1", "d2")


@pytest.mark.parametrize("count", [80, 2500])
def test_a_large_table_becomes_small(count: int, tmp_path: Path) -> None:
    rows = "".join(f"c{n},{min(n, 1) * (1000 + 61 * n % 977)},{97 * n}\n" for n in range(count))
    text = """
policy: large
districts: {file: table.csv, key: code}
inputs:
  need: {role: need, min: 0, unit: 万元}
  revenue: {role: own_revenue, min: 0, unit: 万元}
grants:
  aid: {pool: 50000, share: minmax(need)}
"""
    found = small(made(tmp_path, text, "code,need,revenue\n" + rows), "entry")
    assert len(found.case.table) <= 3
    assert found.broken.excess > 0


def test_numbers_of_the_document_are_put_back(tmp_path: Path) -> None:
    policy = load_policy(PLANTED / "min_max_factor.yaml")
    table = Table.of(load_districts(None, policy))
    case = Case(table, {("grants", "aid", "pool"): Fraction(98_765)})
    assert small(policy, "entry", case).case.numbers == {}


def test_the_result_breaks_the_promise_by_itself() -> None:
    policy = load_policy(PLANTED / "min_max_factor.yaml")
    found = small(policy, "others_need")
    again = small(policy, "others_need", found.case)
    assert again.broken.excess == found.broken.excess
    ground = Ground(Subject(policy))
    assert plainness(ground, again.case) <= plainness(ground, found.case)


def test_nothing_is_changed_without_work_left() -> None:
    policy = load_policy(PLANTED / "min_max_factor.yaml")
    found = small(policy, "entry", work=0)
    assert len(found.case.table) == 6


@pytest.mark.parametrize(
    ("name", "promise", "path", "text"),
    [
        ("half_up", "balance", "grants.aid", ""),
        ("gap_on_actual_revenue", "effort_neutrality", "grants.aid.claim", ""),
        ("nominal_threshold", "effort_neutrality", "grants.aid.share", "revenue < 5000"),
        ("step_tier_on_revenue", "no_full_clawback", "grants.aid.claim", "revenue <= poor_until"),
        ("lump_sum", "merge_split", "grants.aid", ""),
    ],
)
def test_the_line_that_is_responsible_is_told(
    name: str, promise: str, path: str, text: str
) -> None:
    policy = load_policy(PLANTED / f"{name}.yaml")
    table = Table.of(load_districts(None, policy))
    if promise == "no_full_clawback":
        table = table.with_cell("revenue", 0, Fraction(5000))
    place = small(policy, promise, Case(table)).place
    assert place.path.startswith(path)
    assert place.line is not None
    written = policy.document.source.text.splitlines()[place.line - 1]
    if text:
        assert place.column is not None
        assert written[place.column - 1 :].startswith(text)


def test_a_bound_that_holds_an_amount_is_the_line(tmp_path: Path) -> None:
    text = """
policy: floored
districts: {file: table.csv, key: code}
inputs:
  need: {role: need, min: 0, unit: 万元}
  last: {role: prior, min: 0, unit: 万元}
grants:
  aid:
    pool: 1000
    share: need
    cap: 0.9 * last
"""
    policy = made(tmp_path, text, "code,need,last\na,5,700\nb,6,800\n")
    assert small(policy, "hold_harmless").place.path == "grants.aid.cap"


THREE = """
policy: three
districts: {file: table.csv, key: code}
money: {unit: 万元, quantum: 1}
inputs:
  score: {role: score, min: 0, max: 100}
  need: {role: need, min: 0, unit: 万元}
  own: {role: own_revenue, min: 0, unit: 万元}
  people: {role: population, min: 1}
  last: {role: prior, min: 0, unit: 万元}
budget: {amount: 96}
grants:
  award:
    pool: 40
    claim: if(rank(score) <= 1, 40, 0)
  gap:
    pool: 10
    claim: max(0, need - own)
  equalisation:
    pool: remainder
    share: need
    floor: last
    if_short: scale
promises:
  hold_harmless:
  growth_cap: {at_most: 10%}
  kept: {that: equalisation >= last, title: 均衡性补助不低于上年}
  ample: {that: total >= 2 * last}
  plain: {that: need >= people * last}
"""
SHORT = "code,score,need,own,people,last\na,80,10,8,1,50\nb,70,10,9,1,50\n"


@pytest.mark.parametrize(
    ("promise", "path"),
    [
        ("hold_harmless", "grants.equalisation.if_short"),
        ("kept", "grants.equalisation.if_short"),
        ("ample", "grants.equalisation.if_short"),
        ("plain", "promises.plain"),
    ],
)
def test_floors_that_were_cut_are_responsible_and_not_a_rank_elsewhere(
    tmp_path: Path, promise: str, path: str
) -> None:
    assert _line_of(made(tmp_path, THREE, SHORT), promise) == path


def test_too_much_is_the_grant_that_pays_it(tmp_path: Path) -> None:
    assert _line_of(made(tmp_path, THREE, SHORT), "growth_cap") == "grants.award.claim"
    roomy = THREE.replace("floor: last", "floor: 2 * last").replace("amount: 96", "amount: 999")
    assert _line_of(made(tmp_path, roomy, SHORT), "growth_cap") == "grants.equalisation.share"
    tight = roomy.replace("amount: 999", "amount: 250").replace(",10,9,1", ",0,9,1")
    floored = made(tmp_path, tight, SHORT.replace("70,10", "70,0").replace("80,10", "80,0"))
    assert _line_of(floored, "growth_cap") == "grants.equalisation.floor"


def _line_of(policy: Policy, promise: str) -> str:
    """Return the line that is responsible on the policy's own table, as it is."""
    subject = Subject(policy, table := Table.of(load_districts(None, policy)))
    (asked,) = asked_promises(subject, [promise])
    case = Case(table)
    ((judged, _),) = held(subject, [(asked.hunted.wanted, case)])
    assert judged.broken is not None
    return line_responsible(subject, case, judged.broken).path
