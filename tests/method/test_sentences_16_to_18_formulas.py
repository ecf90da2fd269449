"""Sentences 16 to 18: missing figures, aggregates, and what formulas decide exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.method.tiny import AllocateText, exact, fault_codes, paid
from transfers import DocumentError, TableError

FORMULA = """
inputs: {{x: {{}}, y: {{}}, t: {{type: text}}}}
parameters:
  rate: {{A: 1, B: 2}}
  tiers: [{{up_to: 10, value: 1}}, {{up_to: 20, value: 2}}, {{value: 3}}]
  classes: [{{below: 10, value: 1}}, {{below: 20, value: 2}}, {{value: 3}}]
quantities: {{q: '{formula}'}}
grants: {{aid: {{pool: 8, share: 1}}}}
"""


def column(
    allocate_text: AllocateText, formula: str, rows: str
) -> list[Fraction | str | bool | None]:
    """Return what a formula yields in a table of key, x, y and t."""
    allocation = allocate_text(FORMULA.format(formula=formula), "key,x,y,t\n" + rows)
    return allocation.column("q")


# -- sentence 16 -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "formula",
    [
        "x + y",
        "0 * x",
        "x / (y - y)",
        "rate[t]",
        "max(x, 5)",
        "x > 3",
        "-x",
        "sqrt(-y)",
        "log(0 * y)",
        "if(x > 3, 1, 2)",
        "not (x > 3)",
        "x > 3 and y == 2",
        "x > 3 or y == 1",
    ],
)
def test_missing_travels(allocate_text: AllocateText, formula: str) -> None:
    """Sentence 16: a has no x and no t, y is 2: whatever needs them is missing, never 0."""
    assert column(allocate_text, formula, "a,,2,\n") == [None]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("missing(x)", True),
        ("missing(y)", False),
        ("if(y == 2, 7, x)", 7),
        ("if(missing(x), y, x)", 2),
        ("x > 3 and y == 1", False),  # whatever x is, the statement is false
        ("x > 3 or y == 2", True),  # whatever x is, it is true
    ],
)
def test_what_does_not_depend_on_the_missing_figure_is_known(
    allocate_text: AllocateText, formula: str, value: object
) -> None:
    """Sentence 16: `if` ignores the branch not taken; false and ... is false, true or ... true."""
    assert column(allocate_text, formula, "a,,2,\n") == [value]


def test_division_by_zero_is_missing_for_that_district_alone(allocate_text: AllocateText) -> None:
    """Sentence 16: 1/0 of a stops nobody else: b's 6/2 is 3."""
    assert column(allocate_text, "x / y", "a,1,0,\n b,6,2,\n") == [None, 3]


def test_a_missing_figure_is_an_error_on_reaching_an_aggregate(
    allocate_text: AllocateText,
) -> None:
    """Sentence 16: sum(x) without x of b would be a wrong sum; the error names b and the cell."""
    with pytest.raises(TableError) as raised:
        column(allocate_text, "sum(x)", "a,1,1,A\n b,,1,A\n")
    (fault,) = raised.value.faults
    assert fault.code == "allocation.missing_in_aggregate"
    assert fault.values["districts"] == ("b",)
    assert "districts.csv:3" in str(fault.values["cause"])


def test_where_leaves_a_missing_figure_out_of_an_aggregate(allocate_text: AllocateText) -> None:
    """Sentence 16: sum(x, where=not missing(x)) says what is meant: 1 + 5."""
    rows = "a,1,1,A\n b,,1,A\n c,5,1,A\n"
    assert column(allocate_text, "sum(x, where=not missing(x))", rows) == [6, 6, 6]


def test_a_missing_figure_of_an_eligible_district_is_an_error_naming_it(
    allocate_text: AllocateText,
) -> None:
    """Sentence 16: on reaching a division: the district, the formula, the first cause."""
    with pytest.raises(TableError) as raised:
        allocate_text(
            "inputs: {need: {}, heads: {}}\nquantities: {ratio: need / heads}\n"
            "grants: {aid: {pool: 8, share: ratio}}\n",
            "key,need,heads\n a,1,1\n b,1,0\n",
        )
    (fault,) = raised.value.faults
    assert (fault.code, fault.values["districts"]) == ("allocation.figure_missing", ("b",))
    assert (fault.values["formula"], fault.place.line) == ("ratio", 5)
    assert "line 4, quantities.ratio: ÷ 0: heads is zero" in fault.text("en")


def test_a_missing_figure_of_an_ineligible_district_stops_nothing(
    allocate_text: AllocateText,
) -> None:
    """Sentence 16: b takes no part, so nobody asks for its ratio."""
    allocation = allocate_text(
        "inputs: {need: {}, heads: {}}\nquantities: {ratio: need / heads}\n"
        "grants: {aid: {eligible: heads > 0, pool: 8, share: ratio}}\n",
        "key,need,heads\n a,1,1\n b,1,0\n",
    )
    assert paid(allocation) == [8, 0]


def test_whether_a_district_is_eligible_must_be_known(allocate_text: AllocateText) -> None:
    """Sentence 16: a missing statement is neither yes nor no."""
    with pytest.raises(TableError) as raised:
        allocate_text(
            "inputs: {need: {}}\ngrants: {aid: {eligible: need > 0, pool: 8, share: 1}}\n",
            "key,need\n a,1\n b,\n",
        )
    assert fault_codes(raised.value) == ["allocation.eligible_missing"]


def test_a_dash_is_missing_unless_the_input_says_it_is_nil(allocate_text: AllocateText) -> None:
    """Sentence 16: missing is never silently zero: `nil: zero` or `default: 0` say so."""
    table = "key,need\n a,4\n b,—\n"
    text = "inputs: {need: {}}\ngrants: {aid: {pool: 8, share: need}}\n"
    with pytest.raises(TableError):
        allocate_text(text, table)
    assert paid(allocate_text(text.replace("need: {}", "need: {nil: zero}"), table)) == [8, 0]
    assert paid(allocate_text(text.replace("need: {}", "need: {default: 4}"), table)) == [4, 4]


# -- sentence 17 -------------------------------------------------------------------------------


def test_aggregates_cover_all_districts_ineligible_too(allocate_text: AllocateText) -> None:
    """Sentence 17: the mean is that of a, b and c, (1 + 3 + 5) / 3 = 3, though a gets nothing."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants:
  aid: {eligible: 'need >= mean(need)', pool: 80, share: need}
""",
        "key,need\n a,1\n b,3\n c,5\n",
    )
    assert paid(allocation) == [0, 30, 50]


def test_where_limits_an_aggregate(allocate_text: AllocateText) -> None:
    """Sentence 17: the mean of those with t = B alone: (3 + 5) / 2."""
    rows = "a,1,0,A\n b,3,0,B\n c,5,0,B\n"
    assert column(allocate_text, 'mean(x, where=t == "B")', rows) == [4, 4, 4]


def test_by_repeats_the_value_of_the_group(allocate_text: AllocateText) -> None:
    """Sentence 17: sums per t: A 1 + 5, B 3; everybody reads the sum of its own group."""
    assert column(allocate_text, "sum(x, by=t)", "a,1,0,A\n b,3,0,B\n c,5,0,A\n") == [6, 3, 6]


def test_a_share_counts_nobody_outside_where(allocate_text: AllocateText) -> None:
    """Sentence 17: share(x, where=...): a is outside and has 0, b and c share 3 : 5."""
    rows = "a,1,0,A\n b,3,0,B\n c,5,0,B\n"
    found = column(allocate_text, 'share(x, where=t == "B")', rows)
    assert found == [0, Fraction(3, 8), Fraction(5, 8)]


def test_a_rank_outside_where_is_missing(allocate_text: AllocateText) -> None:
    """Sentence 17: a place among those it does not belong to has no meaning."""
    rows = "a,9,0,A\n b,3,0,B\n c,5,0,B\n"
    assert column(allocate_text, 'rank(x, where=t == "B")', rows) == [None, 2, 1]


def test_a_weighted_mean_counts_heads_and_not_districts(allocate_text: AllocateText) -> None:
    """Sentence 17: (10 x 1 + 20 x 3) / 4 = 17.5, against 15 unweighted."""
    rows = "a,10,1,A\n b,20,3,A\n"
    assert column(allocate_text, "mean(x, weights=y)", rows) == [Fraction(35, 2)] * 2
    assert column(allocate_text, "mean(x)", rows) == [15, 15]


# -- sentence 18 -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(0.5)", "1"),
        ("round(1.005, 2)", "1.01"),  # in binary 1.005 lies below the half
        ("round(2.675, digits=2)", "2.68"),
        ("round(15, to=10)", "20"),
        ("round(-15, to=10)", "-20"),
        ("round(1250, digits=-2)", "1300"),
        ("round_up(2.1)", "3"),
        ("round_down(2.9)", "2"),
    ],
)
def test_round_is_half_away_from_zero_on_the_decimal_as_written(
    allocate_text: AllocateText, formula: str, value: str
) -> None:
    """Sentence 18: 2.5 -> 3, -2.5 -> -3, 1.005 -> 1.01: never to even, never by binary accident."""
    assert column(allocate_text, formula, "a,0,0,A\n") == [Fraction(value)]


@pytest.mark.parametrize(
    ("formula", "truth"),
    [
        ("0.1 + 0.2 == 0.3", True),
        ("0.1 + 0.2 > 0.3", False),
        ("x + y == 0.3", True),
        ("x + y > 0.3", False),
        ("3 * x <= 0.3", True),
        ("1 / 3 + 1 / 3 + 1 / 3 == 1", True),
        ("1 - 0.9 == 0.1", True),
        ("sqrt(2) ^ 2 == 2", False),  # a root to 50 digits is not the root
        ("sqrt(x * x) == x", True),  # but the root of a square is exact
    ],
)
def test_comparisons_are_decided_exactly(
    allocate_text: AllocateText, formula: str, truth: bool
) -> None:
    """Sentence 18: x = 0.1 and y = 0.2 of the table; in binary x + y would exceed 0.3."""
    assert column(allocate_text, formula, "a,0.1,0.2,A\n") == [truth]


def test_step_edges_up_to_are_inside_and_below_outside(allocate_text: AllocateText) -> None:
    """Sentence 18: at 10: up_to 10 still has the first value, below 10 already the second."""
    rows = "a,9.99,0,A\n b,10,0,A\n c,10.01,0,A\n d,20,0,A\n e,21,0,A\n"
    assert column(allocate_text, "step(x, tiers)", rows) == [1, 1, 2, 2, 3]
    assert column(allocate_text, "step(x, classes)", rows) == [1, 2, 2, 3, 3]


def test_step_edges_are_decided_exactly_for_computed_figures(
    allocate_text: AllocateText,
) -> None:
    """Sentence 18: 0.1 x 3 + 9.7 is 10 exactly: the first tier; 10 + 1e-18 is the second."""
    rows = "a,0.1,0,A\n"
    assert column(allocate_text, "step(3 * x + 9.7, tiers)", rows) == [1]
    assert column(allocate_text, "step(10 + 1e-18, tiers)", rows) == [2]


def test_past_the_last_edge_there_is_no_value(allocate_text: AllocateText) -> None:
    """Sentence 18: a table of steps that ends at 20 says nothing of 21: missing, not the last."""
    allocation = allocate_text(
        """
inputs: {x: {}}
parameters: {ends: [{up_to: 10, value: 1}, {up_to: 20, value: 2}]}
quantities: {q: 'step(x, ends)'}
grants: {aid: {pool: 8, share: 1}}
""",
        "key,x\n a,20\n b,21\n",
    )
    assert allocation.column("q") == [2, None]


def test_marginal_and_interpolate(allocate_text: AllocateText) -> None:
    """Sentence 18: brackets by the piece: 10 x 1 + 10 x 2 + 5 x 3 = 45; a line from 0 to 100."""
    allocation = allocate_text(
        """
inputs: {x: {}}
parameters:
  rates: [{up_to: 10, value: 1}, {up_to: 20, value: 2}, {value: 3}]
  line: [{at: 10, value: 0}, {at: 20, value: 100}]
quantities: {m: 'marginal(x, rates)', l: 'interpolate(x, line)'}
grants: {aid: {pool: 8, share: 1}}
""",
        "key,x\n a,25\n b,12.5\n c,5\n",
    )
    assert exact(allocation, "m") == [45, 15, 5]
    assert exact(allocation, "l") == [100, 25, 0]  # flat before the first and after the last


def test_a_cap_of_a_product_is_met_exactly(allocate_text: AllocateText) -> None:
    """Sentence 18: 1.25 x 260 is 325: the cap is 325, a whole sum, and at_cap is true."""
    allocation = allocate_text(
        """
inputs: {last: {unit: 万元}}
parameters: {growth: 25%}
grants: {aid: {pool: 1000, share: last, cap: (1 + growth) * last}}
outputs: {held: aid.at_cap}
""",
        "key,last\n a,260\n b,120\n",
    )
    assert paid(allocation) == [325, 150]
    assert allocation.outputs["held"] == [True, True]


def test_a_tie_that_floats_would_break_is_a_tie(allocate_text: AllocateText) -> None:
    """Sentence 18: x + y of a is 0.3, of b 0.3 as well: one rank, though binary sums differ."""
    assert column(allocate_text, "rank(x + y)", "a,0.1,0.2,A\n b,0.15,0.15,A\n c,0,0.1,A\n") == [
        1,
        1,
        3,
    ]


def test_a_chain_of_comparisons_on_texts_knows_the_categories(
    allocate_text: AllocateText,
) -> None:
    """Sentence 18: a text compares with == and != only; `<` between texts is refused."""
    with pytest.raises(DocumentError) as raised:
        column(allocate_text, 't < "B"', "a,1,1,A\n")
    assert fault_codes(raised.value) == ["formula.not_comparable"]
