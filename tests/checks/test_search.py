"""The search: where tables come from, in which order, and that they pay."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path

import pytest

from checks.checking import check_policy
from checks.runs import Case
from checks.search.chance import chance
from checks.search.edges import edges
from checks.search.ground import Ground, keys_of
from checks.search.steering import Steering
from checks.search.tiny import tiny
from checks.search.work import work_of
from checks.subject import Subject
from checks.table import Table
from tests.checks.made_policies import PLANTED, made
from transfers import load_districts, load_policy

ALABAMA = """
policy: alabama
districts: {file: table.csv, key: code}
inputs:
  people: {role: population, min: 0}
  need: {role: need, min: 0}
grants:
  aid:
    pool: 100
    share: {factors: {people: 0.5, need: 0.5}}
"""

FLOORED = """
policy: floored
districts: {file: table.csv, key: code}
inputs:
  last: {role: prior, min: 0, unit: 万元}
  need: {role: need, min: 0, unit: 万元}
budget: {amount: 1}
grants:
  aid:
    pool: remainder
    share: need
    floor: max(500, last)
"""


def ground_of(name: str) -> Ground:
    policy = load_policy(PLANTED / f"{name}.yaml")
    return Ground(Subject(policy, Table.of(load_districts(None, policy))))


# -- every tiny table ----------------------------------------------------------------------------


def test_tiny_tables_come_by_size_and_none_comes_twice(tmp_path: Path) -> None:
    ground = Ground(Subject(made(tmp_path, ALABAMA)))
    cases = [case for round_ in islice(tiny(ground), 12) for case in round_]
    seen = [
        (
            tuple(sorted(case.table.row(row) for row in range(len(case.table)))),
            tuple(sorted(case.numbers.items())),
        )
        for case in cases
    ]
    assert len(set(seen)) == len(seen)
    assert {len(case.table) for case in cases} == {1, 2, 3, 4}
    largest = [max(cell for c in case.table.columns.values() for cell in c) for case in cases]
    assert max(largest[:48]) < max(largest[-48:])  # type: ignore[type-var]


def test_the_table_of_alabama_is_among_the_first_tiny_ones(tmp_path: Path) -> None:
    ground = Ground(Subject(made(tmp_path, ALABAMA)))
    rows = sorted(
        [(Fraction(1), Fraction(0)), (Fraction(1), Fraction(1)), (Fraction(1), Fraction(1))]
    )
    for number, case in enumerate(case for round_ in tiny(ground) for case in round_):
        money = set(case.numbers.values())
        if sorted(map(case.table.row, range(len(case.table)))) == rows and money == {Fraction(8)}:
            break
        assert number < 500
    assert number < 500


def test_keys_are_sometimes_the_other_way_round(tmp_path: Path) -> None:
    ground = Ground(Subject(made(tmp_path, ALABAMA)))
    keys = {case.table.keys for round_ in islice(tiny(ground), 6) for case in round_}
    assert keys_of(2) in keys
    assert keys_of(2)[::-1] in keys


def test_an_input_that_no_rule_reads_stays_as_it_is(tmp_path: Path) -> None:
    text = ALABAMA.replace("inputs:\n", "inputs:\n  idle: {}\n")
    ground = Ground(Subject(made(tmp_path, text)))
    cells = {c for r in islice(tiny(ground), 6) for case in r for c in case.table.columns["idle"]}
    assert len(cells) == 1


def test_tables_respect_ranges_allowed_texts_and_sums(tmp_path: Path) -> None:
    text = """
policy: ranges
districts: {file: table.csv, key: code}
inputs:
  urban: {min: 2, max: 9}
  rural: {min: 1}
  people: {sum_of: [urban, rural]}
  kind: {type: text, one_of: [city, county]}
  rate: {min: 0, max: 1}
grants:
  aid: {pool: 100, share: "people * if(kind == 'city', 2, 1) + rate"}
"""
    ground = Ground(Subject(made(tmp_path, text)))
    rounds = [*islice(tiny(ground), 6), *islice(chance(ground), 2)]
    for case in (case for round_ in rounds for case in round_):
        columns = case.table.columns
        assert all(2 <= x <= 9 for x in columns["urban"])  # type: ignore[operator]
        assert all(x >= 1 for x in columns["rural"])  # type: ignore[operator]
        assert all(0 <= x <= 1 for x in columns["rate"])  # type: ignore[operator]
        assert set(columns["kind"]) <= {"city", "county"}
        both = zip(columns["urban"], columns["rural"], strict=True)
        assert columns["people"] == tuple(a + b for a, b in both)  # type: ignore[operator]


# -- edges -----------------------------------------------------------------------------------------


def test_a_district_is_put_below_at_and_above_an_edge() -> None:
    ground = ground_of("step_tier_on_revenue")
    rounds = edges(ground, Steering(ground))
    seen = {c for r in islice(rounds, 2) for case in r for c in case.table.columns["revenue"]}
    assert {Fraction(4999), Fraction(5000), Fraction(5001)} <= seen


def test_an_edge_of_a_quantity_is_found_from_its_inputs(tmp_path: Path) -> None:
    text = """
policy: derived
districts: {file: table.csv, key: code}
inputs:
  revenue: {role: own_revenue, min: 0}
  people: {role: population, min: 1}
quantities:
  per_head: revenue / people
grants:
  aid: {claim: "if(per_head * per_head < 333, 10, 20)"}
"""
    table = "code,revenue,people\na,1000,100\nb,3000,90\n"
    policy = made(tmp_path, text, table)
    ground = Ground(Subject(policy, Table.of(load_districts(None, policy))))
    sides = set()
    for case in (case for round_ in edges(ground, Steering(ground)) for case in round_):
        for row in range(len(case.table)):
            revenue, people = case.table.number("revenue", row), case.table.number("people", row)
            assert revenue is not None
            assert people is not None
            # The edge is at 18.2482... a head: within one unit of revenue of it.
            if abs(revenue**2 - 333 * people**2) <= 2 * revenue + 1:
                sides.add(revenue**2 < 333 * people**2)
    assert sides == {True, False}


def test_figures_are_made_to_tie_and_just_not() -> None:
    ground = ground_of("rank_bonus")
    cases = next(iter(edges(ground, Steering(ground))))
    gaps = set()
    for case in cases:
        scores = case.table.columns["score"]
        gaps |= {a - b for a, b in pairwise(scores)}  # type: ignore[operator]
    assert {Fraction(0), Fraction(1), Fraction(-1)} & gaps >= {Fraction(0)}
    assert gaps & {Fraction(1), Fraction(-1)}


# -- chance ----------------------------------------------------------------------------------------


def test_tables_by_chance_are_the_same_for_a_seed_and_others_for_another() -> None:
    subject = ground_of("rank_bonus").subject

    def drawn(seed: int) -> list[object]:
        return [c.table.columns for r in islice(chance(Ground(subject, seed)), 2) for c in r]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_nothing_is_left_in_the_folder_of_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    next(iter(chance(ground_of("rank_bonus"))))
    assert list(tmp_path.iterdir()) == []


# -- steering --------------------------------------------------------------------------------------


def test_money_is_raised_until_floors_can_be_paid(tmp_path: Path) -> None:
    ground = Ground(Subject(made(tmp_path, FLOORED)))
    steering = Steering(ground)
    cases = [case for round_ in islice(tiny(ground), 2) for case in round_]
    before = [paid.done for paid in ground.run(cases)]
    steered = steering.steered(cases)
    assert not any(before)
    assert len(steered) == len(cases)
    assert all(paid.done for paid in ground.run(steered))
    money = [case.numbers["budget", "amount"] for case in steered]
    assert max(money) < 100_000


def test_what_divides_by_zero_is_steered_away_from_it(tmp_path: Path) -> None:
    text = """
policy: divides
districts: {file: table.csv, key: code}
inputs:
  people: {min: 0}
  money: {min: 0}
grants:
  aid: {pool: 10, share: money / people}
"""
    ground = Ground(Subject(made(tmp_path, text)))
    bad = ground.table([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(1)]])
    assert not ground.run([Case(bad)])[0].done
    (case,) = Steering(ground).steered([Case(bad)])
    assert ground.run([case])[0].done


# -- how much --------------------------------------------------------------------------------------


def test_more_is_planned_of_a_plain_policy_than_of_one_with_much_to_compute() -> None:
    plain = load_policy(PLANTED / "half_up.yaml")
    rich = load_policy("examples/jiangmen_reform/policy.yaml")
    assert work_of(plain, 30) > 5 * work_of(rich, 30)
    assert work_of(plain, 60) > 1.9 * work_of(plain, 30)


def test_a_figure_far_beyond_those_of_the_table_is_tried(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("code,last\n1,8\n2,9\n3,10\n", encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(
        "policy: flat\n"
        "districts: {file: d.csv, key: code}\n"
        "inputs: {last: {unit: 万元, min: 0, role: prior}}\n"
        "grants: {aid: {claim: '10 + 0 * last'}}\n"
        "promises: [hold_harmless]\n",
        encoding="utf-8",
    )
    report = check_policy(tmp_path / "policy.yaml", seconds=5)
    assert next(v for v in report.verdicts if v.promise == "hold_harmless").status == "broken"
