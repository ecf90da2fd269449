"""Tables that have merged, renamed or swapped districts already, and keys that go in a circle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.outlook.conftest import Look
from transfers import TableError

RULES = """\
policy: p
year: 2026
money: {unit: 万元, quantum: 1}
districts: {file: "t_{year}.csv", key: code, name: name}
inputs: {people: {unit: 万人}, base: {unit: 万元}, tier: {one_of: [x, y]}, rate: {}}
grants: {g: {claim: base}}
"""
HEAD = "code,name,people,base,tier,rate\n"
BEFORE = HEAD + "a,东县,10,200,x,0.1\nb,西县,20,250,y,0.2\nc,南县,5,100,x,0.1\n"
AFTER = HEAD + "a,%s,31,999,x,0.3\nc,南县,6,100,x,0.1\n"
MERGE = "members: {2028: {merge: {a: {%s}}}}"

Tables = Callable[..., None]


@pytest.fixture
def tables(folder: Path) -> Tables:
    """Write the tables of 2026 and 2027, and those of 2028 and 2029."""

    def write(after: str, before: str = BEFORE) -> None:
        (folder / "p.yaml").write_text(RULES, encoding="utf-8")
        for year in range(2026, 2030):
            text = before if year < 2028 else after
            (folder / f"t_{year}.csv").write_text(text, encoding="utf-8")

    return write


def years(members: str, more: str = "") -> str:
    return f"years: {{until: 2029, next: {{base: base + 1}}, {members}{more}}}\n"


def test_only_what_is_carried_is_merged_where_the_table_has_the_rest(
    look: Look, tables: Tables
) -> None:
    tables(AFTER % "大县")
    found = look(years(MERGE % "of: [a, b]")).baseline
    for year, base in ((2028, 454), (2029, 455)):
        allocation = found[year].allocation
        assert allocation.column("base") == [base, 100 + year - 2026]
        assert allocation.column("people") == [31, 6]
        assert allocation.column("tier") == ["x", "x"]
    text = years(MERGE % "of: [a, b]").replace("base + 1", "base + 1, rate: rate")
    with pytest.raises(TableError) as caught:
        look(text)
    assert {fault.values["input"] for fault in caught.value.faults} == {"rate"}


@pytest.mark.parametrize("name", ["东县", "大县"])
def test_names_do_for_districts_that_merge_also_into_one_of_that_name(
    look: Look, tables: Tables, name: str
) -> None:
    tables(AFTER % name)
    found = look(years(MERGE % f"of: [东县, 西县], name: {name}")).baseline
    assert found[2029].allocation.column("base") == [455, 103]
    tables(BEFORE)
    given = f"of: [东县, 西县], name: {name}, with: {{tier: x, rate: 1}}"
    found = look(years(MERGE % given)).baseline
    assert found[2029].allocation.keys == ("a", "c")
    assert found[2029].allocation.column("people") == [30, 5]


@pytest.mark.parametrize("said", ["b", "西县", "a", "东县"])
def test_data_before_a_merge_speaks_of_the_districts_of_its_own_year(
    look: Look, tables: Tables, said: str
) -> None:
    tables(AFTER % "大县")
    data = f", changes: {{2027: {{data: {{people: {{{said}: 50, c: 7}}}}}}}}"
    found = look(years(MERGE % "of: [a, b]", data)).baseline
    people = [year.allocation.column("people") for year in found.years]
    first = [50, 20, 7] if said in ("a", "东县") else [10, 50, 7]
    assert people == [[10, 20, 5], first, [31, 7], [31, 7]]
    tables(BEFORE)
    given = "of: [a, b], with: {tier: x, rate: 1}"
    found = look(years(MERGE % given, data)).baseline
    assert found[2029].allocation.column("people") == [sum(first[:2]), 7]


def test_data_follows_a_district_that_is_renamed(look: Look, tables: Tables) -> None:
    tables(BEFORE.replace("\nb,", "\nd,"))
    data = (
        ", changes: {2027: {data: {people: [{b: 50}, {formula: people + 1, where: people < 8}]}}}"
    )
    found = look(years("members: {2028: {rename: {b: d}}}", data)).baseline
    assert found[2029].allocation.keys == ("a", "d", "c")
    assert found[2029].allocation.column("people") == [10, 50, 6]
    assert found[2029].allocation.column("base") == [203, 253, 103]


def test_data_of_all_years_speaks_of_the_districts_of_the_first(look: Look, tables: Tables) -> None:
    tables(AFTER % "大县")
    text = years(MERGE % "of: [a, b]") + "baseline: {data: {people: {b: 50, c: 7}}}\n"
    found = look(text).baseline
    assert found[2027].allocation.column("people") == [10, 50, 7]
    assert found[2028].allocation.column("people") == [31, 7]
    text = text.replace("until: 2029", "from: 2028, until: 2029")
    with pytest.raises(TableError):
        look(text)


SWAP = "members: {2027: {rename: {a: b, b: a}}}"


def test_keys_that_are_swapped_go_with_their_districts(look: Look, tables: Tables) -> None:
    tables(BEFORE)
    found = look(years(SWAP)).baseline
    for year in (2027, 2028, 2029):
        allocation = found[year].allocation
        rows = dict(zip(allocation.keys, allocation.districts.names, strict=True))
        assert rows == {"b": "东县", "a": "西县", "c": "南县"}
        base = dict(zip(allocation.keys, allocation.column("base"), strict=True))
        assert base == {"b": 174 + year - 2000, "a": 224 + year - 2000, "c": 74 + year - 2000}
        people = dict(zip(allocation.keys, allocation.column("people"), strict=True))
        assert people == {"b": 10, "a": 20, "c": 5}


def test_a_table_whose_names_tell_that_keys_were_swapped_is_taken_as_it_is(
    look: Look, tables: Tables
) -> None:
    swapped = HEAD + "a,西县,21,1,y,0.2\nb,东县,11,1,x,0.1\nc,南县,5,100,x,0.1\n"
    tables(swapped)
    found = look(years(SWAP.replace("2027", "2028"))).baseline
    for year in (2028, 2029):
        allocation = found[year].allocation
        assert allocation.districts.names == ("西县", "东县", "南县")
        assert allocation.column("base")[:2] == [224 + year - 2000, 174 + year - 2000]
        assert allocation.column("people") == [21, 11, 5]


def test_three_keys_go_round(look: Look, tables: Tables) -> None:
    tables(BEFORE)
    found = look(years("members: {2027: {rename: {a: b, b: c, c: a}}}")).baseline
    allocation = found[2028].allocation
    rows = dict(zip(allocation.districts.names, allocation.keys, strict=True))
    assert rows == {"东县": "b", "西县": "c", "南县": "a"}
    base = dict(zip(allocation.keys, allocation.column("base"), strict=True))
    assert base == {"b": 202, "c": 252, "a": 102}


# -- what names districts by keys that they no longer have ---------------------------------------

RENAMED = BEFORE.replace("b,西县", "b2,西县")
RENAME = "members: {2028: {rename: {b: b2}}}"


@pytest.mark.parametrize("spelt", ["b", "西县"])
def test_figures_that_are_set_follow_a_district_to_its_new_key(
    look: Look, tables: Tables, spelt: str
) -> None:
    tables(RENAMED)
    said = f"inputs.people.{spelt}"
    own = look(years(RENAME), changes={said: "7"}).baseline
    of_variant = look(years(RENAME) + f"variants: {{a: {{set: {{{said}: 7}}}}}}\n")["a"]
    by_year = look(years(RENAME, f", set: {{{said}: {{2026: 7}}}}")).baseline
    for found in (own, of_variant, by_year):
        assert [y.allocation.column("people")[1] for y in found.years] == [7, 7, 7, 7]


def test_figures_set_for_those_who_have_merged_give_way_to_the_table(
    look: Look, tables: Tables
) -> None:
    tables(AFTER % "大县")
    found = look(years(MERGE % "of: [a, b]"), changes={"inputs.people.b": "7"}).baseline
    people = [year.allocation.column("people") for year in found.years]
    assert people == [[10, 7, 5], [10, 7, 5], [31, 6], [31, 6]]


def test_who_is_new_can_be_given_figures_from_his_first_year_on(look: Look) -> None:
    merge = "{2027: {merge: {c9: {of: [c1, c2], with: {tier: A, degree: 0.7}}}}}"
    text = (
        f"years: {{until: 2029, members: {merge}, set: {{inputs.population.c9: {{2028: 12}}}}}}\n"
    )
    found = look(text).baseline
    people = [year.allocation.column("population")[0] for year in found.years]
    assert people == [10, 30, 12, 12]


def test_a_figure_set_in_a_year_comes_after_what_data_changed_before(look: Look) -> None:
    text = (
        "years: {until: 2029, changes: {2027: {data: {population: '*2'}},\n"
        "    2029: {data: {population: +50%}}},\n"
        "  set: {inputs.population.c1: {2026: 12, 2028: 12}}}\n"
    )
    people = [year.allocation.column("population") for year in look(text).baseline.years]
    assert people == [[12, 20, 30], [24, 40, 60], [12, 40, 60], [18, 60, 90]]


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("""'key == "b"'""", True),
        ("""'tier == "y" and key == "b"'""", True),
        ("""'key == "b" or key == "b2"'""", False),
        ("""'tier == "y"'""", False),
    ],
)
def test_a_formula_that_names_a_key_of_before_is_refused_where_it_would_find_nobody(
    look: Look, tables: Tables, where: str, told: bool
) -> None:
    tables(RENAMED)
    text = years(RENAME) + (
        f"variants: {{a: {{data: {{people: {{formula: people * 2, where: {where}}}}}}}}}\n"
    )
    if not told:
        people = [year.allocation.column("people") for year in look(text)["a"].years]
        assert people == [[10, 40, 5]] * 4
        return
    with pytest.raises(TableError) as caught:
        look(text)
    (fault,) = caught.value.faults
    assert fault.code == "outlook.key_of_formula"
    assert fault.place.path == "variants.a.data.people"
    assert (fault.values["old"], fault.values["new"], fault.values["year"]) == ("b", "b2", 2028)


def test_a_formula_speaks_of_the_districts_of_its_year_where_the_table_stays(look: Look) -> None:
    text = (
        "years: {until: 2028, members: {2027: {rename: {c1: c7}}}}\n"
        "variants: {a: {data: {population: {formula: population * 2, where: 'key == \"c1\"'}}}}\n"
    )
    people = [year.allocation.column("population") for year in look(text)["a"].years]
    assert people == [[20, 20, 30]] * 3
