"""Functions inside functions take as long as they are many, not as their parts multiplied."""

from __future__ import annotations

import pytest

from tests.formula.tiny_policy import Columns, computed, document, run, table
from tests.good_time import within
from transfers import DocumentError, TransfersError

TABLE: Columns = {"x": ["1", "2", "4"]}
SECONDS = 5.0  # some milliseconds are needed; where parts doubled it was minutes


@pytest.mark.parametrize("function", ["zscore", "minmax", "share", "mean", "std", "abs"])
def test_a_function_in_itself_a_dozen_times_is_computed_at_once(function: str) -> None:
    with within(SECONDS):
        assert len(computed(f"{function}(" * 12 + "x" + ")" * 12, TABLE)) == 3


def test_a_gap_that_is_reached_by_many_ways_is_told_once() -> None:
    # The first cv is one figure for all, whose own cv is 0, and 0 / 0 has no figure.
    with within(SECONDS), pytest.raises(TransfersError) as caught:
        computed("cv(" * 18 + "x" + ")" * 18, TABLE)
    messages = str(caught.value).splitlines()
    assert len(messages) == len(set(messages)) < 100


def test_names_without_a_unit_below_many_functions_are_asked_after_at_once() -> None:
    with within(SECONDS), pytest.raises(DocumentError) as caught:
        computed(
            "zscore(" * 18 + "x" + ")" * 18 + " * m",
            {**TABLE, "m": ["1"] * 3},
            units={"m": "万人"},
            unit="万元",
        )
    assert "公式中的 x 没有写单位" in caught.value.faults[0].text("zh")


def test_a_rule_of_many_functions_and_of_quantities_joined_twice_is_judged_at_once() -> None:
    chain = "\n".join(f"q{i}: q{i - 1} and q{i - 1}" for i in range(1, 26))
    text = document("x", TABLE, quantities=f"q0: x > 0\n{chain}")
    rules = f"rules: {{deep: '{'abs(' * 28}x{')' * 28} >= 2', joined: q25}}\n"
    with within(SECONDS):
        (allocation,) = run(text + rules, table(TABLE))
        deep, joined = allocation.rules
    assert (deep.status, deep.margin, joined.status, joined.margin) == ("broken", -1, "holds", 1)
