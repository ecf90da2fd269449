"""What formulas yield at their edges; the figures are those of exact arithmetic, done by hand."""

from __future__ import annotations

import pytest

from tests.formula.tiny_policy import Columns, computed, contradictions, document, run, table
from tests.good_time import within
from transfers import TableError

TABLE: Columns = {
    "x": ["1", "2", "3"],
    "y": ["4", "5", "6"],
    "tier": ["A", "B", "A"],
    "u": ["10", "", "30"],
    "poor": ["是", "否", ""],
}


def column(formula: str) -> str:
    """Return the values for the three districts, and make sure that both readers agree."""
    (allocation,) = run(document(formula, TABLE), table(TABLE))
    assert contradictions(allocation) == []
    return " ".join(computed(formula, TABLE))


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("9 ^ (9 ^ 9)", "missing missing missing"),
        ("(9 ^ 9) ^ 2", "150094635296999121 150094635296999121 150094635296999121"),
        ("x ^ 9999999", "1 missing missing"),
        ("x ^ -9999999", "1 0 0"),
        ("0 ^ 0", "1 1 1"),
        ("(x - 1) ^ 0", "1 1 1"),
        ("0 ^ -1", "missing missing missing"),
        ("(x - 1) ^ -1", "missing 1 0.5"),
        ("-x ^ 2", "-1 -4 -9"),
        ("2 ^ -x", "0.5 0.25 0.125"),
        ("(1 - x) ^ 3", "0 -1 -8"),
        ("(0 - x) ^ 0.5", "missing missing missing"),
        ("x ^ 0.5 == sqrt(x)", "true true true"),
        ("4 ^ 0.5", "2 2 2"),
        ("8 ^ (2 / 3)", "4 4 4"),
        ("1 / 0", "missing missing missing"),
        ("1 / (x - 2)", "-1 missing 1"),
        ("0 / x", "0 0 0"),
        ("sqrt(0 - 1)", "missing missing missing"),
        ("sqrt(x - 1)", "0 1 " + "1.4142135623730950488016887242096980785696718753769"),
        ("log(0)", "missing missing missing"),
        ("log(1)", "0 0 0"),
        ("exp(0)", "1 1 1"),
        ("exp(1000)", "missing missing missing"),
        ("exp(log(2)) == 2", "true true true"),
        ("0.1 + 0.2 == 0.3", "true true true"),
        ("x / 3 * 3 == x", "true true true"),
        ("1e99 * 1e99 / 1e99 / 1e99", "1 1 1"),
        ("x * 1e-99 * 1e-99 > 0", "true true true"),
    ],
)
def test_powers_divisions_and_roots_have_exact_values_or_none(formula: str, values: str) -> None:
    assert column(formula) == values


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("round(2.5)", "3 3 3"),
        ("round(-0.5)", "-1 -1 -1"),
        ("round(0.5 - x)", "-1 -2 -3"),
        ("round(1.005, 2)", "1.01 1.01 1.01"),
        ("round(x / 3, 2)", "0.33 0.67 1"),
        ("round(x / 3 * 3)", "1 2 3"),
        ("round(x * 0.033, to=0.05)", "0.05 0.05 0.1"),
        ("round(x * 0.025, to=0.05)", "0.05 0.05 0.1"),
        ("round(x * 50, digits=-2)", "100 100 200"),
        ("round(x * 449, digits=-2)", "400 900 1300"),
        ("round(x, digits=20)", "1 2 3"),
        ("round_up(2.00000000000000000001)", "3 3 3"),
        ("round_up(x / 3)", "1 1 1"),
        ("round_up(0 - x / 3)", "0 0 -1"),
        ("round_down(0 - x / 3)", "-1 -1 -1"),
        ("round_down(1e18 + 0.5)", "1000000000000000000 " * 2 + "1000000000000000000"),
        ("round(u)", "10 missing 30"),
        ("round(x * 7, to=30%)", "6.9 14.1 21"),
    ],
)
def test_roundings_are_decided_on_exact_figures_half_away_from_zero(
    formula: str, values: str
) -> None:
    assert column(formula) == values


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("if(missing(u), 0, u)", "10 0 30"),
        ("if(u > 15, 1, 0)", "0 missing 1"),
        ("if(x > 1, u, 7)", "7 missing 30"),
        ("if(x == 2, 7, u)", "10 7 30"),
        ("if(poor, 1, 0)", "1 0 missing"),
        ("missing(u / 0)", "true true true"),
        ("missing(poor)", "false false true"),
        ("missing(tier)", "false false false"),
        ("x > 1 and u > 1", "false missing true"),
        ("x > 5 or u > 1", "true missing true"),
        ("u > 1 or x == 2", "true true true"),
        ("u > 1 and x != 2", "true false true"),
        ("not poor", "false true missing"),
        ("poor == true", "true false missing"),
        ("min(x, u)", "1 missing 3"),
        ("max(u, x, y)", "10 missing 30"),
        ("abs(u - 20)", "10 missing 10"),
        ("-u", "-10 missing -30"),
        ("if(missing(u), true, u > 15)", "false true true"),
        ('if(missing(u), "none at all", tier)', "A none at all A"),
        ("clip(x, 3, 1)", "3 3 3"),
    ],
)
def test_missing_travels_and_the_branch_not_taken_does_no_harm(formula: str, values: str) -> None:
    assert column(formula) == values


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ('tier == "A"', "true false true"),
        ('tier <> "A"', "false true false"),
        ('"A" == "A"', "true true true"),
        ('key == "d2"', "false true false"),
        ("(x > 1) == (y > 5)", "true false true"),
        ("(x > 1) != true", "true false false"),
        ("true and not false", "true true true"),
        ("not (x > 5 or y > 99)", "true true true"),
        ("(x > 5 or y > 99) == false", "true true true"),
        ("if(not (x > 1 or y > 15), 1, 2)", "1 2 2"),
    ],
)
def test_texts_and_statements_are_compared_for_equality(formula: str, values: str) -> None:
    assert column(formula) == values


@pytest.mark.parametrize("text", ["县（市）", "甲，乙", "１号", "a、b", "《x》", "it’s", "1,000"])
def test_a_text_is_compared_as_it_is_written(text: str) -> None:
    assert computed(f'kind == "{text}"', {"kind": [text, "other"]}) == ["true", "false"]
    entry = f"t: {{'{text}': 5, other: 6}}"
    assert computed("t[kind]", {"kind": [text, "other"]}, parameters=entry) == ["5", "6"]


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("amount[x]", "10 20 missing"),
        ("amount[x + 1]", "20 missing missing"),
        ("amount[x / 2]", "missing 10 25"),
        ("amount[2]", "20 20 20"),
        ('amount["2"]', "20 20 20"),
        ("amount[u]", "missing missing missing"),
        ("two[tier][x]", "1 5 missing"),
        ("missing(amount[x])", "false false true"),
    ],
)
def test_a_table_is_read_by_categories_that_may_be_figures(formula: str, values: str) -> None:
    parameters = "amount: {1: 10, 2: 20, 1.5: 25}\ntwo: {A: {1: 1, 2: 2}, B: {1: 4, 2: 5}}"
    assert " ".join(computed(formula, TABLE, parameters=parameters)) == values


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("step(x, up)", "10 20 20"),
        ("step(x, below)", "20 30 30"),
        ("step(-5, up)", "10 10 10"),
        ("step(x, closed)", "10 missing missing"),
        ("step(u, up)", "20 missing 20"),
        ("marginal(x, rates)", "0.1 0.3 0.5"),
        ("marginal(-x, rates)", "0 0 0"),
        ("marginal(x, capped)", "0.1 0.1 0.1"),
        ("interpolate(x, line)", "10 15 20"),
        ("interpolate(x - 1, line)", "10 10 15"),
        ("interpolate(x + 9, line)", "20 20 20"),
        ("step(1 / 3 * 3, up)", "10 10 10"),
        ("step(0.1 * 3 / 0.3, below)", "20 20 20"),
    ],
)
def test_edges_of_brackets_count_where_the_table_says(formula: str, values: str) -> None:
    parameters = (
        "up: [{up_to: 1, value: 10}, {value: 20}]\n"
        "below: [{below: 1, value: 10}, {below: 2, value: 20}, {value: 30}]\n"
        "closed: [{up_to: 1, value: 10}]\n"
        "rates: [{up_to: 1, value: 10%}, {value: 20%}]\n"
        "capped: [{up_to: 1, value: 10%}]\n"
        "line: [{at: 1, value: 10}, {at: 3, value: 20}]"
    )
    assert " ".join(computed(formula, TABLE, parameters=parameters)) == values


UNITS = {"gdp": "亿元", "aid": "万元", "people": "万人", "growth": "%", "mu": "亩", "ha": "公顷"}
FIGURES: Columns = {
    "gdp": ["1", "2"],
    "aid": ["100", "300"],
    "people": ["2", "3"],
    "growth": ["5", "10"],
    "mu": ["1500", "15"],
    "ha": ["100", "3"],
    "km": ["1", "2"],
    "dense": ["1", "3"],
}


@pytest.mark.parametrize(
    ("formula", "unit", "values"),
    [
        ("standard * people", "", "1300 1950"),
        ("standard * people", "万元", "1300 1950"),
        ("standard * people", "亿元", "0.13 0.195"),
        ("standard * people + aid", "万元", "1400 2250"),
        ("gdp + aid", "", "1.01 2.03"),
        ("aid + gdp", "", "10100 20300"),
        ("gdp + aid", "万元", "10100 20300"),
        ("aid + 10", "", "110 310"),
        ("10 + aid", "亿元", "0.011 0.031"),
        ("max(aid, 200)", "", "200 300"),
        ("gdp > aid", "", "true true"),
        ("aid / gdp", "", "0.01 0.015"),
        ("aid / gdp", "%", "1 1.5"),
        ("aid / people", "元/人", "50 100"),
        ("aid * growth", "万元", "5 30"),
        ("aid + aid * growth", "", "105 330"),
        ("(1 + growth) * aid", "万元", "105 330"),
        ("growth + 5%", "", "0.1 0.15"),
        ("5% + 2 * growth", "", "0.15 0.25"),
        ("2 * growth + 5%", "%", "15 25"),
        ("growth > 5%", "", "false true"),
        ("max(0, growth)", "%", "5 10"),
        ("growth", "比例", "0.05 0.1"),
        ("2 ^ (growth * 20)", "", "2 4"),
        ("round(exp(growth), 4)", "", "1.0513 1.1052"),
        ("mu == ha", "", "true false"),
        ("mu + ha", "公顷", "200 4"),
        ("ha + km2 * 0", "", "100 3"),
        ("km2 + ha", "", "2 1.03"),
        ("share(aid)", "", "0.25 0.75"),
        ("mean(gdp) + aid", "万元", "15100 15300"),
        ("std(gdp)", "万元", "5000 5000"),
        ("zscore(mu)", "", "1 -1"),
        ("zscore(dense)", "", "-1 1"),
        ("std(dense) + dense", "", "2 4"),
        ("sqrt(aid * aid) + aid", "", "200 600"),
        ("quantile(aid, half)", "", "200 200"),
        ("if(aid > 200, aid, gdp)", "万元", "10000 300"),
        ("round(gdp / 3, to=0.05)", "万元", "3500 6500"),
        ("step(aid, steps)", "", "1 2"),
        ("rank(aid) + 1", "", "3 2"),
    ],
)
def test_units_travel_through_a_formula(formula: str, unit: str, values: str) -> None:
    parameters = (
        "standard: {value: 650, unit: 元/人}\n"
        "km2: {value: 1, unit: km2}\n"
        "half: {value: 50, unit: '%'}\n"
        "steps: [{up_to: 200, value: 1}, {value: 2}]"
    )
    units = {**UNITS, "dense": "平方米/亿元"}
    found = computed(formula, FIGURES, units=units, parameters=parameters, unit=unit)
    assert " ".join(found) == values


def test_money_of_another_currency_is_another_kind() -> None:
    from transfers import DocumentError

    with pytest.raises(DocumentError) as caught:
        computed("aid + usd", {"aid": ["1"], "usd": ["1"]}, units={"aid": "万元", "usd": "USD"})
    assert [fault.code for fault in caught.value.faults] == ["formula.different_kinds"]


@pytest.mark.parametrize(
    ("formula", "start", "step", "values"),
    [
        ("abs(" * 40 + "x / 3" + ")" * 40, "", "", "1/3"),
        ("minmax(" * 20 + "x" + ")" * 20, "", "", "0"),
        ("q300", "x / 3", "@ + 1", "901/3"),
        ("round(q60)", "x / 3", "max(@, 1 - @)", "1"),
        ("q40 / 2 ^ 40", "x / 3", "@ + @", "1/3"),
        ("q200 > 0", "x / 3", "@ + sum(@)", "true"),
    ],
)
def test_long_chains_of_parts_that_are_used_twice_take_no_time(
    formula: str, start: str, step: str, values: str
) -> None:
    lines = [f"q0: {start}", *(f"q{i}: {step.replace('@', f'q{i - 1}')}" for i in range(1, 301))]
    with within(5):
        found = computed(formula, TABLE, quantities="\n".join(lines) if step else "")
    assert found[0] == values


def test_figures_that_grow_without_end_are_refused_rather_than_computed() -> None:
    lines = ["q0: x * 1.000001", *(f"q{i}: q{i - 1} * q{i - 1}" for i in range(1, 21))]
    with within(5), pytest.raises(TableError) as caught:
        computed("round(q20 - q20 + 0.5)", TABLE, quantities="\n".join(lines))
    assert len(caught.value.faults) == 1
