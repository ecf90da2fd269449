"""Optimise: the best values under the constraints, and the front of two measures (section 37)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import transfers
from scenarios import Optimum, optimise, seek
from scenarios.seeking.front import front
from scenarios.seeking.grid import Axis, Grid, Point
from scenarios.seeking.search import search
from scenarios.seeking.told_optimum import OptimumTold
from tests.seeking.studies import study_in
from transfers import DocumentError

POLICY = """grants: {g: {claim: "max(0, 20 * x + (p - 3) * (q - 4) * x - p)"}}
rules:
  enough: {that: sum(g) >= 180, level: hard}
  nice: {that: g >= 1000, level: warn}
"""

ASKED = """optimise:
  minimise: sum(g)
  vary:
    parameters.p: {within: [0, 6], step: 1}
    parameters.q: {within: [0, 8], step: 1}
  rescale: none
  subject_to: {first: {title: 甲不少于 19, that: 'sum(g, where=key == "a") >= 19'}}
"""


def amounts(p: int, q: int) -> list[int]:
    return [max(0, 20 * x + (p - 3) * (q - 4) * x - p) for x in (1, 3, 6)]


def feasible(p: int, q: int) -> bool:
    given_out = amounts(p, q)
    return sum(given_out) >= 180 and given_out[0] >= 19


GRID = list(product(range(7), range(9)))


def said(optimum: Optimum, language: str = "en") -> str:
    return "\n".join(OptimumTold(optimum).page(language).lines)


@pytest.mark.parametrize("goal", ["minimise", "maximise"])
def test_the_best_is_what_every_point_of_the_grid_says(tmp_path: Path, goal: str) -> None:
    optimum = optimise(study_in(tmp_path, POLICY, ASKED.replace("minimise", goal)))
    sign = 1 if goal == "minimise" else -1
    best = min((sign * sum(amounts(*at)), at) for at in GRID if feasible(*at))
    assert (optimum.best, len(optimum.trials)) == (best[1], 63)
    assert [optimum.feasible(point) for point in GRID] == [feasible(*at) for at in GRID]
    assert optimum.at is not None
    assert optimum.at.allocation.total.tolist() == amounts(*best[1])
    assert "All 63 points of the grid were computed" in said(optimum)


def test_of_equally_good_points_the_one_with_the_smallest_values_is_told(tmp_path: Path) -> None:
    asked = ASKED.replace("minimise: sum(g)", "minimise: sum(x)")
    optimum = optimise(study_in(tmp_path, POLICY, asked))
    able = [at for at in GRID if feasible(*at)]
    assert (optimum.best, optimum.equally_good) == (able[0], len(able))
    assert f"{len(able)} points are equally good" in said(optimum)


def test_rules_that_keep_it_from_being_better_are_named(tmp_path: Path) -> None:
    optimum = optimise(study_in(tmp_path, POLICY, ASKED))
    assert set(optimum.in_the_way) <= {"enough", "first"} and optimum.in_the_way
    assert "One step on it would be better, but this would be broken:" in said(optimum)


def test_a_hard_rule_that_nothing_keeps_leaves_no_answer(tmp_path: Path) -> None:
    asked = ASKED.replace(">= 19", ">= 1900")
    optimum = optimise(study_in(tmp_path, POLICY, asked))
    assert (optimum.best, optimum.at, optimum.front) == (None, None, [])
    assert "Of the 63 points that were computed none is feasible." in said(optimum)
    assert "甲不少于 19: 63" in said(optimum)


def test_hard_constraints_of_the_study_count_and_may_read_the_baseline(tmp_path: Path) -> None:
    rest = "constraints: {less: {that: total <= baseline.total + 2, level: hard}}\n"
    optimum = optimise(study_in(tmp_path, POLICY, ASKED.replace("minimise", "maximise") + rest))
    today = amounts(2, 0)
    able = [
        at
        for at in GRID
        if feasible(*at) and all(a <= b + 2 for a, b in zip(amounts(*at), today, strict=True))
    ]
    assert optimum.best == min(able, key=lambda at: (-sum(amounts(*at)), at))


def test_scenarios_that_do_not_pay_are_counted(tmp_path: Path) -> None:
    policy = "grants: {g: {pool: pool, share: x, floor: 10 * p + q / (q - 2)}}\n"
    asked = ASKED.replace("sum(g)", "p + q").split("  subject_to")[0]
    optimum = optimise(study_in(tmp_path, policy, asked))
    statuses = [optimum.trials[at].status for at in GRID]
    assert statuses.count("invalid") == 7
    assert statuses.count("rejected") > 0
    assert "for " in said(optimum) and "7 cannot be computed" in said(optimum)


def test_measures_of_the_study_are_asked_for_by_their_ids(tmp_path: Path) -> None:
    asked = ASKED.replace("minimise: sum(g)", "minimise: spread")
    rest = "measures: {spread: {title: 差距, formula: std(g)}}\n"
    rest += "constraints: {even: {that: std(g) <= 100, level: warn}}\n"
    optimum = optimise(study_in(tmp_path, POLICY, asked + rest))
    assert optimum.figures[0].id == "spread"
    assert optimum.at is not None and optimum.best is not None
    assert optimum.at.measures["spread"] == optimum.value(optimum.best)
    assert "差距 is smallest at" in said(optimum)


# -- the front ------------------------------------------------------------------------------------

PAIRS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=40)


def brute_front(pairs: Sequence[tuple[int, int]]) -> set[int]:
    def betters(a: tuple[int, int], b: tuple[int, int]) -> bool:
        return a[0] <= b[0] and a[1] <= b[1] and a != b

    return {n for n, pair in enumerate(pairs) if not any(betters(other, pair) for other in pairs)}


@given(PAIRS)
def test_the_front_is_what_no_other_pair_betters(pairs: list[tuple[int, int]]) -> None:
    exact = {n: (Fraction(a, 3), Fraction(b, 7)) for n, (a, b) in enumerate(pairs)}
    found = front(exact)
    assert set(found) == brute_front(pairs)
    assert [pairs[n][0] for n in found] == sorted(pairs[n][0] for n in found)


def test_the_front_of_a_study_is_that_of_all_its_feasible_points(tmp_path: Path) -> None:
    rest = "  pareto: {cost: sum(g), left_out: {title: 缺口, formula: 300 - 2 * sum(g) + p}}\n"
    optimum = optimise(study_in(tmp_path, POLICY, ASKED + rest))
    able = [at for at in GRID if feasible(*at)]
    pairs = [(sum(amounts(*at)), 300 - 2 * sum(amounts(*at)) + at[0]) for at in able]
    assert set(optimum.front) == {able[n] for n in brute_front(pairs)}
    assert "against 缺口" in said(optimum)


# -- searching a large grid -----------------------------------------------------------------------


@given(
    counts=st.lists(st.integers(2, 60), min_size=1, max_size=3),
    data=st.data(),
)
@settings(max_examples=60, deadline=None)
def test_a_search_finds_the_bottom_of_a_bowl_within_its_budget(
    counts: list[int], data: st.DataObject
) -> None:
    axes = tuple(Axis(str(n), (str(n),), Fraction(0), Fraction(1), c) for n, c in enumerate(counts))
    grid = Grid(axes)
    bottom = tuple(data.draw(st.integers(0, count - 1)) for count in counts)
    weights = tuple(data.draw(st.integers(1, 9)) for _ in counts)
    seen: dict[Point, int] = {}

    def attempt(points: Sequence[Point]) -> None:
        assert not set(points) & set(seen), "a point is computed once"
        for point in points:
            gaps = zip(point, bottom, weights, strict=True)
            seen[point] = sum(w * (a - b) ** 2 for a, b, w in gaps)

    def lead() -> list[Point]:
        return sorted(seen, key=lambda point: (seen[point], point))[:4]

    searched = search(grid, 1500, attempt, lead)
    assert len(seen) <= 1500 and searched.settled
    assert min(seen, key=lambda point: seen[point]) == bottom
    assert searched.whole == (len(grid) <= 1500)


def test_a_budget_that_ends_is_told(tmp_path: Path) -> None:
    small = optimise(study_in(tmp_path, POLICY, ASKED + "  budget: 8\n"))
    assert not small.searched.settled and "the budget ended after" in said(small)
    larger = optimise(study_in(tmp_path, POLICY, ASKED + "  budget: 60\n"))
    assert larger.searched.settled and "no proof that nothing is better" in said(larger)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(bar=st.integers(100, 300), ask=st.integers(0, 40), budget=st.sampled_from([0, 30]))
def test_an_optimum_is_what_single_runs_over_the_grid_say(
    tmp_path: Path, bar: int, ask: int, budget: int
) -> None:
    policy = POLICY.replace("180", str(bar))
    asked = ASKED.replace(">= 19", f">= {ask}")
    optimum = optimise(
        study_in(tmp_path, policy, asked + (f"  budget: {budget}\n" if budget else ""))
    )
    read = transfers.load_policy(tmp_path / "p.yaml")
    table = transfers.load_districts(None, read)
    able: dict[Point, int] = {}
    for point in GRID if not budget else optimum.trials:
        moved = {"parameters.p": point[0], "parameters.q": point[1]}
        alone = transfers.allocate(read, table, moved)
        paid = alone.amounts["g"].tolist()
        if sum(paid) >= bar and paid[0] >= ask:
            able[point] = sum(paid)
    best = min(able, key=lambda point: (able[point], point)) if able else None
    assert optimum.best == best
    if best is not None:
        assert optimum.value(best) == able[best]


# -- what is wrong with a question ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("had", "has", "code"),
    [
        ("  minimise: sum(g)\n", "", "seek.minimise_or_maximise"),
        ("  minimise: sum(g)\n", "  minimise: p\n  maximise: q\n", "seek.minimise_or_maximise"),
        ("  rescale: none\n", "", "document.missing_key"),
        ("step: 1}\n    parameters.q", "step: 4}\n    parameters.q", "seek.step_does_not_fit"),
        ("parameters.q:", "parameters.qq:", "number.unknown_near"),
        (
            "parameters.p: {within: [0, 6], step: 1}\n    parameters.q:",
            "parameters.pool: {within: [0, 6], step: 1}\n    parameters.pool.value:",
            "seek.varied_twice",
        ),
        ("minimise: sum(g)", "minimise: g", None),
        ("minimise: sum(g)", "minimise: sum(gg)", "formula.misspelt_name"),
        (">= 19", ">= ninety", "formula.unknown_name"),
        ("  rescale: none\n", "  rescale: none\n  pareto: {a: p}\n", "seek.pareto_of_two"),
        ("  rescale: none\n", "  rescale: none\n  variant: w\n", "study.unknown_variant"),
    ],
)
def test_every_mistake_is_told_at_its_place(
    tmp_path: Path, had: str, has: str, code: str | None
) -> None:
    with pytest.raises(DocumentError) as caught:
        optimise(study_in(tmp_path, POLICY, ASKED.replace(had, has)))
    fault = caught.value.faults[0]
    assert code in (None, fault.code), caught.value
    assert str(fault.place.file).endswith("s.yaml") and fault.place.line


def test_at_most_four_numbers_are_varied(tmp_path: Path) -> None:
    more = "".join(f"    parameters.z{n}: {{within: [0, 1], step: 1}}\n" for n in range(3))
    asked = ASKED.replace("  rescale", f"{more}  rescale")
    with pytest.raises(DocumentError) as caught:
        study_in(tmp_path, POLICY, asked)
    assert caught.value.faults[0].code == "seek.too_many_varied"


def test_whatever_is_written_is_a_question_or_told_as_a_mistake(tmp_path: Path) -> None:
    odd = ("[]", "{}", "''", "[1, 2, 3]", "{a: b}", "-1", "1e9", "none", "x y", "[a, b]", "~", "9%")
    for key in ("within", "step", "rescale", "vary", "so_that", "district", "goal", "variant"):
        for value in odd:
            asked = {"vary": "parameters.p", "within": "[0, 6]", "step": "1", "rescale": "none"}
            asked |= {"so_that": "sum(g) >= 100", key: value}
            text = "seek:\n" + "".join(f"  {k}: {v}\n" for k, v in asked.items())
            faults = _faults_of(lambda text=text: seek(study_in(tmp_path, POLICY, text)))
            assert all(fault.place.file and fault.text("zh") for fault in faults)
    for key in ("minimise", "vary", "rescale", "subject_to", "pareto", "budget"):
        for value in odd:
            asked = {"minimise": "sum(g)", "rescale": "none", "budget": "30"}
            asked |= {"vary": "{parameters.p: {within: [0, 6], step: 1}}", key: value}
            text = "optimise:\n" + "".join(f"  {k}: {v}\n" for k, v in asked.items())
            faults = _faults_of(lambda text=text: optimise(study_in(tmp_path, POLICY, text)))
            assert all(fault.place.file and fault.text("zh") for fault in faults)


def _faults_of(ask: Callable[[], object]) -> tuple[transfers.Fault, ...]:
    try:
        ask()
    except transfers.FaultsError as error:
        return error.faults
    return ()
