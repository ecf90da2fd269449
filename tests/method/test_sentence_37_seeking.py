"""Sentence 37: where a statement holds on a grid, and what is best under the constraints."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from scenarios import optimise, seek
from scenarios.seeking.told import SeekTold
from scenarios.seeking.told_optimum import OptimumTold
from tests.seeking.studies import study_in
from transfers import DocumentError

CUBIC = "grants: {g: {claim: 50 + (p - 1) * (p - 3) * (p - 5)}}\n"


def asked(so_that: str, within: str = "[0, 6]", step: str = "0.5", goal: str = "all") -> str:
    return (
        f"seek: {{vary: parameters.p, within: {within}, step: {step}, rescale: none, "
        f"goal: {goal}, so_that: {so_that}}}\n"
    )


def test_the_worked_number(tmp_path: Path) -> None:
    """Sentence 37: at least 50 from 1 to 3 and from 5 on; 250 together nowhere up to 4."""
    sought = seek(study_in(tmp_path, CUBIC, asked("g >= 50")))
    values = [sought.axis.value(n) for n in sought.trials if sought.signs[n].holds]
    assert values == [1, Fraction(3, 2), 2, Fraction(5, 2), 3, 5, Fraction(11, 2), 6]
    missed = seek(study_in(tmp_path, CUBIC, asked("sum(g) >= 250", "[0, 4]")))
    assert missed.nearest_number is not None
    assert (missed.axis.value(missed.nearest_number), missed.miss(missed.nearest_number)) == (
        Fraction(3, 2),
        91,
    )


def test_a_range_is_a_whole_number_of_steps(tmp_path: Path) -> None:
    """Sentence 37: 37a, from 0 in steps of 0.8 one does not reach 6 but 5.6."""
    with pytest.raises(DocumentError) as caught:
        study_in(tmp_path, CUBIC, asked("g >= 50", step="0.8"))
    (fault,) = caught.value.faults
    assert (fault.code, fault.values["last"]) == ("seek.step_does_not_fit", "5.6")


def test_only_what_holds_counts_as_holding(tmp_path: Path) -> None:
    """Sentence 37: 37b, neither rejected, nor invalid, nor unknown, nor not applicable does."""
    policy = "grants: {g: {pool: 100, share: x + 0 / (p - 3), floor: 8 * p}}\n"
    statement = "{that: g / (p - 1) >= 0, applies: p != 2}"
    sought = seek(study_in(tmp_path, policy, asked(statement, step="1")))
    verdicts = [sought.verdict(n) for n in sought.trials]
    assert verdicts[1:6] == ["unknown", "not_applicable", "invalid", "holds", "rejected"]
    assert [n for n in sought.trials if sought.signs[n].holds] == [4]


def test_a_long_line_is_narrowed_down_to_neighbours(tmp_path: Path) -> None:
    """Sentence 37: 37c, 60,001 values, and how far apart they were looked at first."""
    sought = seek(study_in(tmp_path, CUBIC, asked("g >= 52", step="0.0001", goal="smallest")))
    assert sought.value is not None and sought.stride == 30
    read = transfers.load_policy(tmp_path / "p.yaml")
    table = transfers.load_districts(None, read)
    here, before = (
        transfers.allocate(read, table, {"parameters.p": value}).amounts["g"][0]
        for value in (sought.value, sought.value - Fraction(1, 10000))
    )
    assert here >= 52 > before
    lines = " ".join(SeekTold(sought).page("en").lines)
    assert "computed every 0.003," in lines and len(sought.trials) < 2600


def test_goals_pick_from_the_stretches(tmp_path: Path) -> None:
    """Sentence 37: 37d, smallest, largest, and all with the first."""
    found = [
        seek(study_in(tmp_path, CUBIC, asked("g >= 50", goal=goal))).value
        for goal in ("smallest", "largest", "all")
    ]
    assert found == [1, 6, 1]


def test_a_statement_without_margins_has_no_nearest_miss(tmp_path: Path) -> None:
    """Sentence 37: 37e, as with or."""
    study = study_in(tmp_path, CUBIC, asked("g > 999 or g < 0", "[0, 4]"))
    sought = seek(study)
    assert (sought.number, sought.nearest_number, sought.at) == (None, None, None)
    assert "no value can be called the nearest" in " ".join(SeekTold(sought).page("en").lines)


def test_a_miss_is_in_the_unit_of_the_sides(tmp_path: Path) -> None:
    """Sentence 37: 37f, 0 where it holds."""
    sought = seek(study_in(tmp_path, CUBIC, asked("sum(g) >= 159", "[0, 4]", "1")))
    assert [sought.miss(n) for n in sought.trials] == [159 - 105, 9, 0, 9, 18]
    value, holds, miss = SeekTold(sought).columns()
    assert (value.name, holds.name, miss.name) == ("value", "holds", "miss")
    assert holds.cells == [False, False, True, False, False]


BEST = """optimise:
  minimise: sum(g)
  vary: {parameters.p: {within: [0, 6], step: 0.5}}
  rescale: none
  subject_to: {enough: 'sum(g) >= 149'}
"""


def test_the_best_is_the_best_feasible_point(tmp_path: Path) -> None:
    """Sentence 37: 37g, of equal ones that with the smallest value."""
    optimum = optimise(study_in(tmp_path, CUBIC, BEST))
    totals = {
        p: 3 * _rounded(50 + (p - 1) * (p - 3) * (p - 5))
        for p in (Fraction(n, 2) for n in range(13))
    }
    able = [p for p in totals if totals[p] >= 149]
    best = min(able, key=lambda p: (totals[p], p))
    assert optimum.best is not None
    assert optimum.grid.values(optimum.best) == (best,)
    assert optimum.equally_good == sum(totals[p] == totals[best] for p in able)


def _rounded(figure: Fraction) -> int:
    return int(figure + Fraction(1, 2))


def test_a_search_says_that_it_is_one(tmp_path: Path) -> None:
    """Sentence 37: 37h, a whole grid says that nothing on it is better."""
    whole = optimise(study_in(tmp_path, CUBIC, BEST))
    assert "nothing on it is better" in " ".join(OptimumTold(whole).page("en").lines)
    some = optimise(study_in(tmp_path, CUBIC, BEST + "  budget: 9\n"))
    lines = " ".join(OptimumTold(some).page("en").lines)
    assert "no proof" in lines or "the budget ended" in lines


def test_the_front_is_what_no_computed_point_betters(tmp_path: Path) -> None:
    """Sentence 37: 37i, little money against a low p."""
    rest = "  pareto: {money: sum(g), value: 0 - p}\n"
    optimum = optimise(study_in(tmp_path, CUBIC, BEST + rest))
    pairs = {
        p: (3 * _rounded(50 + (p - 1) * (p - 3) * (p - 5)), -p)
        for p in (Fraction(n, 2) for n in range(13))
    }
    pairs = {p: pair for p, pair in pairs.items() if pair[0] >= 149}
    front = [
        p
        for p, (a, b) in pairs.items()
        if not any(c <= a and d <= b and (c, d) != (a, b) for c, d in pairs.values())
    ]
    found = [optimum.grid.values(point)[0] for point in optimum.front]
    assert sorted(found) == sorted(front) and found
