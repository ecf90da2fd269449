"""Sentences 19 and 20: parameters defined by their outcome; ranks and z-scores."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.method.tiny import AllocateText, exact, fault_codes, found, loaded, paid, written
from transfers import TableError, allocate_scenarios

SOLVE = """
inputs: {{gap: {{unit: 万元}}}}
parameters: {{rate: 0, target: {{value: 100, unit: 万元}}}}
grants:
  aid: {{claim: {claim}}}
outputs: {{found: rate}}
solve: {{parameter: rate, so_that: {so_that}, within: [0, 1], digits: {digits}}}
"""
TABLE = "key,gap\n a,60\n b,140\n"


def solve(claim: str, so_that: str, digits: int = 9) -> str:
    """Return the document with a rate to be found."""
    return SOLVE.format(claim=claim, so_that=so_that, digits=digits)


# -- sentence 19 -------------------------------------------------------------------------------


def test_solve_finds_the_rate_that_meets_the_target(allocate_text: AllocateText) -> None:
    """Sentence 19: rate x (60 + 140) == 100 at rate 0.5: 30 and 70."""
    allocation = allocate_text(solve("rate * gap", "sum(aid.entitlement) == target"), TABLE)
    assert exact(allocation, "found") == [Fraction(1, 2)] * 2
    assert paid(allocation) == [30, 70]


def test_a_target_that_the_digits_cannot_reach_is_told_with_the_distance(
    allocate_text: AllocateText,
) -> None:
    """Sentence 19: 0.333 gives 99.9 of 100; with a rate that fits nothing is told."""
    table = "key,gap\n a,60\n b,240\n"
    text = solve("rate * gap", "sum(aid.entitlement) == target", 3)
    told = found(allocate_text(text, table))["solved_below"]
    assert told.margin == "-0.1"
    assert "99.9 on the left" in told.message("en") and "0.1 万元" in told.message("zh")
    text = solve("rate * gap", "target == sum(aid.entitlement)", 3)
    assert found(allocate_text(text, table))["solved_above"].margin == "0.1"
    near = solve("rate * gap", "sum(aid.entitlement) == target", 7)  # 99.99999 of 100
    assert "solved_below" not in found(allocate_text(near, table))
    assert {"solved"} == {*found(allocate_text(text, TABLE))} - {"unspent"}


def test_the_story_says_that_a_parameter_is_solved(allocate_text: AllocateText) -> None:
    """Sentence 19: with the value that was found, not the one in the document."""
    story = allocate_text(solve("rate * gap", "sum(aid) == target"), TABLE).explain("a")
    told = [line.text("en") for line in story.lines if line.code == "explain.parameter_solved"]
    assert len(told) == 1 and "rate = 0.496428572 (solved)" in told[0]


def test_solve_returns_the_nearest_value_of_the_given_digits(allocate_text: AllocateText) -> None:
    """Sentence 19: rate x 300 == 100: a third is 0.333 with 3 digits (99.9), not 0.334 (100.2)."""
    allocation = allocate_text(
        solve("rate * gap", "sum(aid.entitlement) == target", 3), "key,gap\n a,60\n b,240\n"
    )
    assert exact(allocation, "found") == [Fraction("0.333")] * 2
    assert exact(allocation, "aid.entitlement") == [Fraction("19.98"), Fraction("79.92")]


def test_of_two_values_equally_near_the_smaller_is_taken(allocate_text: AllocateText) -> None:
    """Sentence 19: rate x 400 == 100 with one digit: 0.2 gives 80 and 0.3 gives 120: 0.2."""
    allocation = allocate_text(
        solve("rate * gap", "sum(aid.entitlement) == target", 1), "key,gap\n a,150\n b,250\n"
    )
    assert exact(allocation, "found") == [Fraction("0.2")] * 2


def test_of_a_stretch_that_meets_the_target_the_lowest_value_is_taken(
    allocate_text: AllocateText,
) -> None:
    """Sentence 19: paid amounts are whole: 30 + 70 = 100 for rates around 0.5; the lowest counts.

    a rounds to 30 from 29.5/60 = 0.491666..., b to 70 from 69.5/140 = 0.496428571...: the sum is
    100 from the greater of the two on: 0.4965 with 4 digits.
    """
    allocation = allocate_text(solve("rate * gap", "sum(aid) == target", 4), TABLE)
    assert exact(allocation, "found") == [Fraction("0.4965")] * 2
    assert paid(allocation) == [30, 70]


def test_a_target_out_of_reach_is_an_error_that_tells_the_nearest(
    allocate_text: AllocateText,
) -> None:
    """Sentence 19: even at rate 1 only 40 of 100 come together: 60 short."""
    with pytest.raises(TableError) as raised:
        allocate_text(
            solve("rate * gap", "sum(aid.entitlement) == target"), "key,gap\n a,15\n b,25\n"
        )
    (fault,) = raised.value.faults
    assert fault.code == "allocation.solve_none"
    assert (fault.values["value"], fault.values["gap"]) == ("1", "-60")


def test_two_solutions_in_the_interval_are_an_error(allocate_text: AllocateText) -> None:
    """Sentence 19: 1600 x rate x (1 - rate) == 256 at 0.2 and 0.8: the law must say which."""
    with pytest.raises(TableError) as raised:
        allocate_text(solve("8 * rate * (1 - rate) * gap", "sum(aid.entitlement) == 256"), TABLE)
    assert fault_codes(raised.value) == ["allocation.solve_several"]


def test_every_scenario_is_solved_by_itself(tmp_path: Path) -> None:
    """Sentence 19: targets 50, 100 and 150 of 200 need rates of 0.25, 0.5 and 0.75."""
    text = solve("rate * gap", "sum(aid.entitlement) == target")
    policy, districts = loaded(written(tmp_path, text, TABLE))
    moves = [{"parameters.target.value": target} for target in (50, 100, 150)]
    rates = [exact(each, "found")[0] for each in allocate_scenarios(policy, districts, moves)]
    assert rates == [Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)]


def test_a_published_rate_is_entered_as_a_parameter(allocate_text: AllocateText) -> None:
    """Sentence 19: without `solve` the printed 0.4999 is used as printed: 29.994, 69.986."""
    text = solve("rate * gap", "sum(aid.entitlement) == target").split("solve:")[0]
    allocation = allocate_text(text, TABLE, {"parameters.rate": "0.4999"})
    assert exact(allocation, "aid.entitlement") == [Fraction("29.994"), Fraction("69.986")]


# -- sentence 20 -------------------------------------------------------------------------------


def columns(allocate_text: AllocateText, formula: str, figures: str) -> list[object]:
    """Return what a formula yields for figures of x."""
    rows = "".join(f"d{n},{x}\n" for n, x in enumerate(figures.split()))
    text = f"inputs: {{x: {{}}}}\nquantities: {{q: '{formula}'}}\n"
    text += "grants: {aid: {pool: 8, share: 1}}\n"
    return list(allocate_text(text, "key,x\n" + rows).column("q"))


def test_rank_one_is_highest_and_ties_share_the_better_rank(allocate_text: AllocateText) -> None:
    """Sentence 20: 50, 80, 80, 20: 3, 1, 1, 4; there is no rank 2."""
    assert columns(allocate_text, "rank(x)", "50 80 80 20") == [3, 1, 1, 4]


def test_the_lowest_comes_first_with_a_minus(allocate_text: AllocateText) -> None:
    """Sentence 20: rank(-x): 20 is first."""
    assert columns(allocate_text, "rank(-x)", "50 80 80 20") == [2, 3, 3, 1]


def test_zscores_use_the_population_deviation(allocate_text: AllocateText) -> None:
    """Sentence 20: 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 32 / 8 = 4, deviation 2 (not 2.138)."""
    figures = "2 4 4 4 5 5 7 9"
    half = Fraction(1, 2)
    assert columns(allocate_text, "std(x)", figures) == [2] * 8
    assert columns(allocate_text, "zscore(x)", figures) == [
        *(-3 * half, -half, -half, -half),
        *(0, 0, 1, 2),
    ]


def test_a_deviation_of_zero_gives_zscores_of_zero(allocate_text: AllocateText) -> None:
    """Sentence 20: where all are alike nobody stands out: 0, not a division by zero."""
    assert columns(allocate_text, "zscore(x)", "0.1 0.1 0.1") == [0, 0, 0]
    assert columns(allocate_text, "minmax(x)", "0.1 0.1 0.1") == [0, 0, 0]


def test_a_rank_bonus_pays_ties_alike(allocate_text: AllocateText) -> None:
    """Sentence 20: 2,950 for the first two places, 1,500 for the rest; two share place 2."""
    allocation = allocate_text(
        """
inputs: {score: {}}
parameters: {best: {value: 2950, unit: 万元}, other: {value: 1500, unit: 万元}}
grants: {aid: {claim: 'if(rank(score) <= 2, best, other)'}}
""",
        "key,score\n a,90\n b,80\n c,80\n d,70\n",
    )
    assert paid(allocation) == [2950, 2950, 2950, 1500]


@pytest.mark.parametrize("function", ["zscore", "minmax"])
def test_a_figure_that_is_missing_has_no_place_among_equals(
    allocate_text: AllocateText, function: str
) -> None:
    """Sentence 20: deviation 0 gives 0 to those who have a figure."""
    document = """
inputs: {x: {}}
quantities: {placed: "zscore(x, where=not missing(x))"}
grants: {aid: {pool: 10, share: "if(missing(placed), 1, 2)"}}
"""
    allocation = allocate_text(document.replace("zscore", function), "key,x\nA,5\nB,5\nC,\n")
    assert allocation.column("placed") == [0, 0, None]
    assert paid(allocation) == [4, 4, 2]
