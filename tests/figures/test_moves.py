"""Scenarios that move figures of districts: one by one, or whole columns at once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transfers
from tests.method.tiny import exact, loaded, written
from transfers import DocumentError, TableError
from transfers.arithmetic.decimals import Decimals
from transfers.districts import NumberColumn, multiplied
from transfers.output.csv_file import csv_bytes

JIANGMEN = Path(__file__).resolve().parents[2] / "examples" / "jiangmen" / "policy.yaml"
POLICY = transfers.load_policy(JIANGMEN)
DISTRICTS = transfers.load_districts(None, POLICY)
TABLE = (JIANGMEN.parent / "districts.csv").read_text(encoding="utf-8-sig")


def moved(*scenarios: dict[Any, Any]) -> list[transfers.Allocation]:
    return transfers.allocate_scenarios(POLICY, DISTRICTS, scenarios)


def refusal(scenario: dict[Any, Any]) -> str:
    with pytest.raises((TableError, DocumentError)) as raised:
        moved(scenario)
    (line,) = raised.value.lines("en")
    return line


def people() -> NumberColumn:
    column = DISTRICTS.columns["population"]
    assert isinstance(column, NumberColumn)
    return column


# -- single figures ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["inputs.population.440784", "inputs.population.鹤山市", ("inputs", "population", "440784")],
)
@pytest.mark.parametrize("figure", ["63.5", 63.5, Fraction(127, 2), "63.50"])
def test_a_figure_of_one_district_is_moved_by_its_path(path: Any, figure: Any) -> None:
    stays, moves = moved({}, {path: figure})
    assert exact(stays, "population")[5] == Fraction(531, 10)
    assert exact(moves, "population")[5] == Fraction(127, 2)
    assert exact(moves, "population")[:5] == exact(stays, "population")[:5]
    assert moves.total.tolist() != stays.total.tolist()


def test_texts_move_as_well_as_figures() -> None:
    (found,) = moved({"inputs.tier.440784": "A"})
    assert found.column("tier")[5] == "A"
    assert found.total.tolist() != moved({})[0].total.tolist()


def test_a_figure_may_be_a_fraction_that_no_cell_could_hold() -> None:
    (found,) = moved({"inputs.population.440784": Fraction(160, 3)})
    assert exact(found, "population")[5] == Fraction(160, 3)


@pytest.mark.parametrize(
    ("path", "figure", "said"),
    [
        ("inputs.population.44078", "5", "has no district '44078'; did you mean '44078"),
        ("inputs.population.鹤山", "5", "has no district '鹤山'; did you mean '鹤山市'?"),
        ("inputs.populations.440784", "5", "There is no input 'populations'; did you mean"),
        ("inputs.population.440784", "-5", "“population” is -5, below its minimum 0"),
        ("inputs.population.440784", Fraction(-5), "“population” is -5, below its minimum 0"),
        ("inputs.population.440784", "5 to 6", "which is not a number"),
        ("inputs.tier.440784", "D", "must be one of: A, B, C"),
        ("inputs.population", "5", "name the district, inputs.population.KEY"),
    ],
)
def test_what_a_cell_could_not_hold_is_refused(path: str, figure: Any, said: str) -> None:
    line = refusal({path: figure})
    assert said in line
    assert line.startswith(path)


def test_a_figure_is_moved_once() -> None:
    twice = {"inputs.population.440784": "5", "inputs.population.鹤山市": "6"}
    assert "is changed twice" in refusal(twice)
    whole = {"inputs.population": people(), "inputs.population.440784": "5"}
    assert "is changed twice" in refusal(whole)


# -- whole columns -------------------------------------------------------------------------------


def test_a_column_of_decimals_is_moved_at_once() -> None:
    column = Decimals(np.array([853, 365, 909, 907, 749, 635, 484]), 1)
    (one,), (other,) = (
        moved({"inputs.population": column}),
        moved({"inputs.population.440784": 63.5}),
    )
    assert csv_bytes(one, "zh") == csv_bytes(other, "zh")


def test_factors_of_districts_are_multiplied_exactly_and_what_is_missing_stays_so() -> None:
    column = NumberColumn(Decimals(np.array([853, 365, 0]), 1), np.array([False, False, True]))
    found = multiplied(column, np.array([10137, 9999, 5]), 4)
    assert found.fractions() == [
        Fraction(853, 10) * Fraction(10137, 10000),
        Fraction(365, 10) * Fraction(9999, 10000),
        None,
    ]


def test_factors_of_figures_that_leave_64_bits_are_exact_too() -> None:
    large = [Fraction(10**40 + 1), Fraction(1, 7)]
    column = NumberColumn.of_fractions(large, np.zeros(2, dtype=bool))
    found = multiplied(column, np.array([10137, 9999]), 4)
    assert found.fractions() == [
        large[0] * Fraction(10137, 10**4),
        large[1] * Fraction(9999, 10**4),
    ]


@pytest.mark.parametrize("wrong", [Decimals(np.array([1, 2]), 0), DISTRICTS.columns["tier"]])
def test_a_column_of_another_length_or_kind_is_a_mistake_of_the_caller(wrong: Any) -> None:
    with pytest.raises(ValueError, match="population"):
        moved({"inputs.population": wrong})


def test_a_column_keeps_to_the_range_of_its_input() -> None:
    below = Decimals(np.array([853, 365, -9, 907, 749, 635, 484]), 1)
    assert "440705 新会区: “population” is -0.9, below its minimum 0" in refusal(
        {"inputs.population": below}
    )


# -- company -------------------------------------------------------------------------------------

FACTORS = st.lists(st.integers(9500, 10500), min_size=7, max_size=7)


@settings(max_examples=25, deadline=None)
@given(factors=st.lists(FACTORS, min_size=1, max_size=5), tier=st.sampled_from("ABC"))
def test_a_scenario_with_figures_is_the_same_alone_and_in_company(
    factors: list[list[int]], tier: str
) -> None:
    scenarios: list[dict[str, Any]] = [
        {
            "inputs.population": multiplied(people(), np.array(row), 4),
            "inputs.last_year.台山市": str(row[0]),
            "parameters.growth_cap": f"{row[1] % 40}%",
        }
        for row in factors
    ]
    scenarios += [{}, {"inputs.tier.440783": tier}]
    together = moved(*scenarios)
    for number, scenario in enumerate(scenarios):
        (alone,) = moved(scenario)
        assert alone.status == together[number].status
        assert alone.findings == together[number].findings
        if alone.status == "done":
            assert csv_bytes(alone, "zh") == csv_bytes(together[number], "zh")
            assert alone.explain("440784").text() == together[number].explain("440784").text()


@settings(max_examples=25, deadline=None)
@given(factors=FACTORS)
def test_moved_figures_are_divided_as_figures_that_stand_in_the_table(
    tmp_path_factory: pytest.TempPathFactory, factors: list[int]
) -> None:
    column = multiplied(people(), np.array(factors), 4)
    lines = TABLE.splitlines()
    for number, figure in enumerate(column.fractions(), start=1):
        cells = lines[number].split(",")
        assert figure is not None
        cells[2] = f"{float(figure):.5f}"
        lines[number] = ",".join(cells)
    table = tmp_path_factory.mktemp("written") / "districts.csv"
    table.write_text("\n".join(lines), encoding="utf-8")
    written = transfers.allocate(POLICY, transfers.load_districts(table, POLICY))
    (found,) = moved({"inputs.population": column})
    assert exact(found, "population") == exact(written, "population")
    assert found.status == written.status
    assert found.total.tolist() == written.total.tolist()
    assert [f.message("en") for f in found.findings] == [f.message("en") for f in written.findings]


def test_groups_that_figures_decide_are_those_of_each_scenario(tmp_path: Path) -> None:
    text = (
        "inputs: {x: , city: {type: text}}\n"
        "parameters: {part: {a: 2, b: 1}}\n"
        "grants: {g: {pool: 60, within: {by: city, share: 'part[city] / 3'}, share: x}}\n"
    )
    policy, districts = loaded(written(tmp_path, text, "key,x,city\nA,1,a\nB,1,a\nC,2,b\n"))
    found = transfers.allocate_scenarios(
        policy, districts, [{}, {"inputs.city.B": "b"}, {"inputs.x.A": "3"}]
    )
    assert [a.total.tolist() for a in found] == [[20, 20, 20], [40, 7, 13], [30, 10, 20]]


def test_what_is_missing_in_one_scenario_is_told_of_that_scenario(tmp_path: Path) -> None:
    text = "inputs: {x: , y: }\nquantities: {q: x / y}\ngrants: {g: {pool: 60, share: q}}\n"
    policy, districts = loaded(written(tmp_path, text, "key,x,y\nA,1,1\nB,1,2\n"))
    with pytest.raises(TableError, match=r"B|÷ 0") as raised:
        transfers.allocate_scenarios(policy, districts, [{}, {"inputs.y.B": "0"}])
    with pytest.raises(TableError) as alone:
        transfers.allocate_scenarios(policy, districts, [{"inputs.y.B": "0"}])
    assert raised.value.lines("en") == alone.value.lines("en")


def test_a_solved_parameter_is_solved_for_the_figures_of_its_scenario(tmp_path: Path) -> None:
    text = (
        "inputs: {x: }\nparameters: {r: 1}\n"
        "grants: {g: {claim: x * r}}\n"
        "solve: {parameter: r, so_that: sum(x * r) == 9, within: [0, 9], digits: 3}\n"
    )
    policy, districts = loaded(written(tmp_path, text, "key,x\nA,1\nB,2\n"))
    found = transfers.allocate_scenarios(policy, districts, [{}, {"inputs.x.B": "8"}])
    assert [a.total.tolist() for a in found] == [[3, 6], [1, 8]]


# -- what is told --------------------------------------------------------------------------------


def test_measures_are_those_of_the_scenario() -> None:
    stays, moves = moved({}, {"inputs.population.440784": "5"})
    (alone,) = moved({"inputs.population.440784": "5"})
    one, other = stays.inequality(), moves.inequality()
    assert one is not None
    assert other is not None
    assert one["gini"] != other["gini"]
    assert other == alone.inequality()


def test_a_story_says_that_a_figure_was_moved_and_what_the_table_has() -> None:
    (found,) = moved({"inputs.population.440784": "63.5"})
    story = found.explain("440784").text("en")
    assert "inputs.population.440784 = 63.5 (was 53.1)" in story
    assert "常住人口: 63.5 万人 (changed; the table has 53.1, districts.csv:7:3)" in story
    assert "changed" not in found.explain("440783").text("en")
