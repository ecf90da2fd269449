"""What is said twice of one year: what a variant says counts, before what is said of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outlook.conftest import POLICY, Look
from transfers import DocumentError

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


# -- another document from a year on -------------------------------------------------------------

OTHER = "variants: {a: {years: {set: {%s}, changes: {2028: {policy: q.yaml%s}}}}}\n"


@pytest.mark.parametrize(
    ("said", "inflow", "revenue"),
    [
        ("reserves.fund.inflow: {2027: 30}", [20, 30, 30, 30], 1000),
        ("reserves.fund.inflow: {2027: 15% * new_money}", [20, 30, 30, 30], 1000),
        ("inputs.revenue.c1: {2027: 70}", [20] * 4, 70),
        ("inputs.revenue.东县: {2027: 70}", [20] * 4, 70),
    ],
)
def test_what_is_set_by_year_holds_under_another_document(
    look: Look, folder: Path, said: str, inflow: list[int], revenue: int
) -> None:
    (folder / "q.yaml").write_text(POLICY.replace("policy: small", "policy: q"), encoding="utf-8")
    years = look("years: {until: 2029}\n" + OTHER % (said, ""))["a"].years
    assert [year.allocation.policy.id for year in years] == ["small", "small", "q", "q"]
    assert [year.accounts[0].inflow for year in years] == inflow
    assert [year.allocation.column("revenue")[0] for year in years] == [1000, *[revenue] * 3]


def test_what_the_change_to_another_document_says_itself_counts(look: Look, folder: Path) -> None:
    (folder / "q.yaml").write_text(POLICY, encoding="utf-8")
    said = "reserves.fund.inflow: {2027: 15% * new_money}, parameters.gone: {2027: 1}"
    own = ", set: {reserves.fund.inflow: 7}"
    (folder / "p.yaml").write_text(
        POLICY.replace("  growth:", "  gone: {value: 0}\n  growth:"), encoding="utf-8"
    )
    years = look("years: {until: 2029}\n" + OTHER % (said, own))["a"].years
    assert [year.accounts[0].inflow for year in years] == [20, 30, 7, 7]


def test_a_table_held_under_a_document_with_another_unit_is_refused(
    look: Look, folder: Path
) -> None:
    rates = "growth: {unit: %s, value: {A: 10, B: 20}}"
    for name, unit in (("p.yaml", "元/人"), ("q.yaml", "万元/人")):
        text = POLICY.replace("growth: {value: {A: 10%, B: 5%}}", rates % unit)
        (folder / name).write_text(text, encoding="utf-8")
    said = "parameters.growth.value: {2027: {A: 3, B: 4}}"
    with pytest.raises(DocumentError) as caught:
        look("years: {until: 2029}\n" + OTHER % (said, ""))
    assert [fault.code for fault in caught.value.faults] == ["outlook.unit_of_number"]
    assert look("years: {until: 2029}\n" + OTHER % ("parameters.growth.A: {2027: 3}", ""))["a"]
