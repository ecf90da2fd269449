"""What is said twice of one year: what a variant says counts, before what is said of all."""

from __future__ import annotations

import pytest

from tests.outlook.conftest import Look

OF_ALL = "years: {until: 2028, set: {%s}}\n"


@pytest.mark.parametrize("path", ["budget.amount", "budget"])
@pytest.mark.parametrize(
    "said",
    [
        "changes: {2027: {set: {budget.amount: 1200}}}",
        "changes: {2027: {set: {budget: 1200}}}",
        "changes: {2027: {set: {budget: {amount: 1200, remainder: fund}}}}",
        "set: {budget.amount: {2027: 1200}}",
    ],
)
def test_a_variant_counts_before_what_is_set_for_all(look: Look, path: str, said: str) -> None:
    text = OF_ALL % f"{path}: {{2027: 1100}}" + f"variants: {{a: {{years: {{{said}}}}}, b: {{}}}}\n"
    found = look(text)
    assert [year.budget for year in found["a"].years] == [1000, 1200, 1200]
    assert [year.budget for year in found["b"].years] == [1000, 1100, 1100]


def test_so_do_formulas(look: Look) -> None:
    text = OF_ALL % "quantities.until: {2027: services.from_year + 6}"
    text += (
        "variants: {a: {years: {changes: {2027: {set: {quantities.until: services.from_year}}}}}}\n"
    )
    found = look(text)
    assert found.baseline[2027].allocation.items("until")["care"][0] == 2032
    assert found["a"][2027].allocation.items("until")["care"][0] == 2026


def test_a_variant_counts_before_the_one_it_extends(look: Look) -> None:
    text = (
        "years: {until: 2028}\nvariants:\n"
        "  a: {years: {set: {budget.amount: {2027: 1100}, grants.base.pool: {2027: 500}}}}\n"
        "  b: {extends: a, years: {changes: {2027: {set: {budget.amount: 1200}}}}}\n"
        "  c: {extends: b, years: {set: {budget.amount: {2027: 1300}}}}\n"
    )
    found = look(text)
    assert [year.budget for year in found["b"].years] == [1000, 1200, 1200]
    assert [year.budget for year in found["c"].years] == [1000, 1300, 1300]
    assert found["b"][2027].allocation.amounts["base"].sum() == 500


def test_a_change_of_a_part_goes_into_what_is_set_for_all(look: Look) -> None:
    text = OF_ALL % "grants.base: {2027: {pool: 400, share: revenue}}"
    text += "variants: {a: {years: {changes: {2027: {set: {grants.base.pool: 300}}}}}}\n"
    found = look(text)
    base = found["a"][2027].allocation.amounts["base"]
    assert base.sum() == 300 and base[0] > base[2], "by revenue, as all"
    assert found.baseline[2027].allocation.amounts["base"].sum() == 400


def test_what_the_change_does_not_speak_of_is_set_as_for_all(look: Look) -> None:
    text = OF_ALL % "budget.amount: {2027: 1100}"
    text += "variants: {a: {years: {changes: {2027: {set: {grants.base.pool: 500}}}}}}\n"
    year = look(text)["a"][2027]
    assert (year.budget, year.allocation.amounts["base"].sum()) == (1100, 500)
