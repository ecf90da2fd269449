"""Figures that are carried keep what they are worth where a year counts in another unit."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.outlook.conftest import POLICY, Look
from transfers import DocumentError

NEXT = (
    "years:\n  from: 2026\n  until: 2028\n"
    "  next: {population: population, new_money: new_money, services.standard: services.standard}\n"
)


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("inputs.population.unit", "人"),
        ("inputs.last_year.unit", "元"),
        ("parameters.new_money.unit", "亿元"),
        ("lists.services.columns.standard.unit", "万元/人"),
    ],
)
def test_what_is_carried_is_counted_in_the_unit_it_has_then(
    look: Look, path: str, unit: str
) -> None:
    text = (
        NEXT + f"variants: {{a: {{years: {{changes: {{2027: {{set: {{{path}: {unit}}}}}}}}}}}}}\n"
    )
    found = look(text)
    for plain, other in zip(found.baseline.years, found["a"].years, strict=True):
        assert plain.allocation.total.tolist() == other.allocation.total.tolist()
        assert plain.accounts == other.accounts
        assert plain.allocation.column("need") == other.allocation.column("need")


def test_a_change_of_policy_is_a_change_of_units_as_well(look: Look, folder: Path) -> None:
    other = POLICY.replace("population: {unit: 万人", "population: {unit: 千人")
    other = other.replace("new_money: {unit: 万元, value: 200", "new_money: {unit: 元, value: 1")
    (folder / "q.yaml").write_text(other, encoding="utf-8")
    found = look(NEXT + "variants: {a: {years: {changes: {2027: {policy: q.yaml}}}}}\n")["a"]
    assert found[2028].allocation.column("population") == [100, 200, 300]
    assert found[2028].allocation.block.moves[0]["parameters", "new_money", "value"] == 2_000_000


def test_what_the_year_says_itself_is_not_converted(look: Look) -> None:
    change = "{parameters.new_money: {unit: 亿元, value: 1, min: 0}}"
    text = NEXT + f"variants: {{a: {{years: {{changes: {{2027: {{set: {change}}}}}}}}}}}\n"
    years = look(text)["a"]
    assert years[2027].allocation.block.accounts["fund"].inflow.of(0) == Fraction(1000)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("set: {inputs.population.unit: 户}", "inputs.population.unit"),
        ("remove: inputs.population.unit", "inputs.population"),
        ("set: {parameters.new_money.unit: 万人}", "parameters.new_money.unit"),
    ],
)
def test_another_kind_of_unit_ends_the_variant_where_it_stands(
    look: Look, change: str, place: str
) -> None:
    plain = "reserves.fund.inflow: 20, grants.base.share: revenue"
    text = NEXT + f"variants: {{a: {{years: {{changes: {{2027: {{{change}}}}}}}}}}}\n"
    text += f"baseline: {{remove: outputs.per_head, set: {{{plain}}}}}\n"
    found = look(text)
    assert found.baseline[2028].done
    ended = found["a"].ended
    assert ended is not None and ended.year == 2027
    (fault,) = ended.faults
    assert (fault.code, fault.place.path) == ("outlook.unit_unlike", place)
    assert fault.text("zh") and fault.text("en")


@pytest.mark.parametrize("where", ["years: {changes: {2027: {%s}}}", "%s"])
def test_the_years_of_an_outlook_have_one_unit_of_money(look: Look, where: str) -> None:
    change = where % "set: {money.unit: 元}"
    with pytest.raises(DocumentError) as caught:
        look(NEXT + f"variants: {{a: {{{change}}}}}\n")
    (fault,) = caught.value.faults
    assert fault.code == "outlook.money_unit"
    assert fault.place.path.endswith("set.money.unit")
    assert fault.place.file is not None and fault.place.file.endswith("s.yaml")
