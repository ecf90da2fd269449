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


# -- what is not carried -----------------------------------------------------------------------

PLAIN = "years: {from: 2026, until: 2029}\n"
TABLED = POLICY.replace(
    "growth: {value: {A: 10%, B: 5%}}", "growth: {unit: 元/人, value: {A: 10, B: 20}}"
).replace("quantities:\n", "quantities:\n  extra: {formula: 5, unit: 万元}\n")
TABLED = TABLED.replace("claim: need,", 'claim: "need + extra + growth[tier] * population / 1000",')


@pytest.mark.parametrize(
    ("said", "unit", "value"),
    [
        ("parameters.new_money: {2027: 300}", "parameters.new_money.unit: 亿元", "0.03"),
        (
            "lists.services.items.care.standard: {2027: 1500}, "
            "lists.services.items.culture.standard: {2027: 2500}",
            "lists.services.columns.standard.unit: 万元/人",
            "0.15",
        ),
        (
            "parameters.growth.A: {2027: 30}, parameters.growth.B: {2027: 7}",
            "parameters.growth.unit: 万元/人",
            "0.003",
        ),
        ("quantities.extra.formula: {2027: 8}", "quantities.extra.unit: 元", "80000"),
    ],
)
def test_numbers_set_by_year_keep_what_they_are_worth(
    look: Look, folder: Path, said: str, unit: str, value: str
) -> None:
    """In 2028 they count in another unit; in 2029 as well."""
    (folder / "p.yaml").write_text(TABLED, encoding="utf-8")
    changed = f"{{set: {{{said}}}, changes: {{2028: {{set: {{{unit}}}}}}}}}"
    found = look(
        PLAIN + f"variants: {{plain: {{years: {{set: {{{said}}}}}}}, a: {{years: {changed}}}}}\n"
    )
    assert found["a"].ended is None
    for plain, other in zip(found["plain"].years, found["a"].years, strict=True):
        assert plain.allocation.total.tolist() == other.allocation.total.tolist()
        assert plain.accounts == other.accounts
    section, name, *_ = said.split(":")[0].split(".")
    for year in (2028, 2029):
        moves = found["a"][year].allocation.block.moves[0]
        first = next(figure for path, figure in moves.items() if path[:2] == (section, name))
        assert first == Fraction(value)


@pytest.mark.parametrize(
    ("said", "change", "code", "place"),
    [
        (
            "",
            "set: {parameters.new_money.unit: 亿元}",
            "outlook.unit_of_number",
            "variants.a.years.changes.2028.set.parameters.new_money.unit",
        ),
        (
            "set: {parameters.growth.value: {2027: {A: 3, B: 4}}}, ",
            "set: {parameters.growth.unit: 万元/人}",
            "outlook.unit_of_number",
            "variants.a.years.changes.2028.set.parameters.growth.unit",
        ),
        (
            "",
            "set: {lists.services.columns.standard.unit: 万元/人}",
            "outlook.unit_of_number",
            "variants.a.years.changes.2028.set.lists.services.columns.standard.unit",
        ),
        (
            "",
            "set: {quantities.extra.unit: 元}",
            "outlook.unit_of_number",
            "variants.a.years.changes.2028.set.quantities.extra.unit",
        ),
    ],
)
def test_a_number_that_would_count_otherwise_is_refused_before_any_year_is_run(
    look: Look, folder: Path, said: str, change: str, code: str, place: str
) -> None:
    (folder / "p.yaml").write_text(TABLED, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        look(PLAIN + f"variants: {{a: {{years: {{{said}changes: {{2028: {{{change}}}}}}}}}}}\n")
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.path) == (code, place)
    assert "2028" in fault.text("zh") and "2028" in fault.text("en")


def test_a_number_written_in_its_new_unit_in_the_same_year_is_taken_as_it_is(look: Look) -> None:
    change = "{parameters.new_money.unit: 亿元, parameters.new_money.value: 0.02}"
    found = look(PLAIN + f"variants: {{a: {{years: {{changes: {{2028: {{set: {change}}}}}}}}}}}\n")
    for plain, other in zip(found.baseline.years, found["a"].years, strict=True):
        assert plain.accounts == other.accounts


@pytest.mark.parametrize(
    ("before", "refused"),
    [
        ("data: {population: {c1: 12}}", True),
        ("data: {population: population + 1}", True),
        ("data: {population: [+3%, {c1: 12}]}", True),
        ("data: {revenue: {formula: revenue * 2, where: population > 20}}", True),
        ("set: {inputs.population.c1: 12}", True),
        ("data: {population: +3%}", False),
        ("data: {population: {formula: +3%, where: tier = 'A'}}", False),
        ("data: {revenue: {c1: 12}}", False),
    ],
)
def test_figures_given_in_the_unit_before_are_refused_where_it_changes(
    look: Look, folder: Path, before: str, refused: bool
) -> None:
    (folder / "p.yaml").write_text(POLICY.replace("t.csv", '"t{year}.csv"'), encoding="utf-8")
    table = (folder / "t.csv").read_text(encoding="utf-8")
    for year in range(2026, 2030):
        text = table
        if year > 2027:
            for figure in (10, 20, 30):
                text = text.replace(f"县,{figure},", f"县,{figure}0000,")
        (folder / f"t{year}.csv").write_text(text, encoding="utf-8")
    changes = f"{{2027: {{{before}}}, 2028: {{set: {{inputs.population.unit: 人}}}}}}"
    text = PLAIN + f"variants: {{a: {{years: {{changes: {changes}}}}}}}\n"
    if not refused:
        assert look(text)["a"].ended is None
        return
    with pytest.raises(DocumentError) as caught:
        look(text)
    (fault,) = caught.value.faults
    assert fault.code == "outlook.unit_of_data"
    assert fault.values["name"] == "population"


def test_a_table_that_stays_while_its_unit_changes_ends_the_variant(look: Look) -> None:
    change = "{2028: {set: {inputs.population.unit: 人}}}"
    found = look(PLAIN + f"variants: {{a: {{years: {{changes: {change}}}}}}}\n")
    assert found.baseline.ended is None
    ended = found["a"].ended
    assert ended is not None and ended.year == 2028
    (fault,) = ended.faults
    assert (fault.code, fault.values["district"]) == ("outlook.unit_of_table", "c1")


def test_data_of_the_year_may_give_all_figures_in_the_new_unit(look: Look) -> None:
    change = "{2028: {set: {inputs.population.unit: 人}, data: {population: '*10000'}}}"
    found = look(PLAIN + f"variants: {{a: {{years: {{changes: {change}}}}}}}\n")
    for plain, other in zip(found.baseline.years[:3], found["a"].years[:3], strict=True):
        assert plain.allocation.total.tolist() == other.allocation.total.tolist()


def test_a_measure_without_a_unit_cannot_change_its_own(look: Look) -> None:
    """Growth from 60 万人 to 600,000 人 is none."""
    text = (
        NEXT + "variants: {a: {years: {changes: {2027: {set: {inputs.population.unit: 人}}}}}}\n"
        "measures:\n  number: {formula: sum(population)%s}\n"
    )
    with pytest.raises(DocumentError) as caught:
        look(text % "")
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.path) == ("outlook.unit_of_measure", "measures.number")
    found = look(text % ", unit: 万人")
    assert found["a"].measure("number") == (60, 60, 60)
