"""Districts that become one, are renamed or leave, in the course of years."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from tests.outlook.conftest import POLICY, Look
from transfers import Districts, Policy, TableError
from transfers.errors import Place
from transfers.figures.membership import Members, Merge, with_members

GIVEN = {"tier": "A", "degree": "0.75"}


@pytest.fixture
def policy(folder: Path) -> Policy:
    return transfers.load_policy(folder / "p.yaml")


@pytest.fixture
def table(policy: Policy) -> Districts:
    return transfers.load_districts(None, policy)


def joined(policy: Policy, table: Districts, **asked: object) -> Districts:
    merge = Merge(("c1", "西县"), "新县", **{"given": GIVEN, **asked})  # type: ignore[arg-type]
    return with_members(policy, table, Members({"c2": merge}))


def figures(table: Districts, name: str) -> list[Fraction | None]:
    return table.columns[name].fractions()  # type: ignore[union-attr]


# -- one table -------------------------------------------------------------------------------------


def test_amounts_and_counts_are_added_and_the_rest_is_said(
    policy: Policy, table: Districts
) -> None:
    made = joined(policy, table)
    assert (made.keys, made.names) == (("c2", "c3"), ("新县", "南县"))
    assert figures(made, "population") == [30, 30]
    assert figures(made, "revenue") == [2500, 900]
    assert figures(made, "last_year") == [450, 100]
    assert figures(made, "degree") == [Fraction(3, 4), Fraction(9, 10)]
    assert made.columns["tier"].texts() == ["A", "B"]  # type: ignore[union-attr]
    assert figures(made, "people") == [500, 100, 200, 400], "item after item"


def test_a_mean_is_weighed_by_another_input_exactly(policy: Policy, table: Districts) -> None:
    made = joined(policy, table, given={"tier": "A"}, by={"degree": "population"})
    assert figures(made, "degree")[0] == Fraction(10 * Fraction(8, 10) + 20 * Fraction(6, 10), 30)


def test_what_is_alike_need_not_be_said(policy: Policy, table: Districts) -> None:
    merge = Merge(("c2", "c3"), by={"degree": "population"})
    made = with_members(policy, table, Members({"c3": merge}))
    assert made.columns["tier"].texts() == ["A", "B"]  # type: ignore[union-attr]
    assert made.names == ("东县", "南县")


def test_a_figure_that_one_of_them_lacks_is_missing(folder: Path, policy: Policy) -> None:
    text = (folder / "t.csv").read_text(encoding="utf-8").replace("20,1500", ",1500")
    (folder / "t.csv").write_text(text, encoding="utf-8")
    assert figures(joined(policy, transfers.load_districts(None, policy)), "population")[0] is None


def test_keys_change_names_stay_and_who_leaves_is_gone(policy: Policy, table: Districts) -> None:
    made = with_members(policy, table, Members(rename={"c1": "d9"}, leave=("西县",)))
    assert (made.keys, made.names) == (("d9", "c3"), ("东县", "南县"))
    assert made.key_order.tolist() == [1, 0]
    assert figures(made, "people") == [300, 100, 100, 400]


def test_places_are_those_of_the_rows_and_of_the_merge(policy: Policy, table: Districts) -> None:
    merge = Merge(("c1", "c2"), given=GIVEN)
    asked = {"merge.c1": Place("s.yaml", 7, 5)}
    made = with_members(policy, table, Members({"c1": merge}), asked)
    assert str(made.place("population", 0)) == "s.yaml:7:5"
    assert str(made.place("population", 1)) == "t.csv:4:3".replace("t.csv", made.sources[0].file)
    run = transfers.allocate(policy, made)
    assert run.total.sum() > 0
    assert run.explain("c1").said("zh")


@pytest.mark.parametrize(
    ("members", "code"),
    [
        (Members({"c1": Merge(("c1", "c2"))}), "members.differ"),
        (
            Members({"c1": Merge(("c1", "c2"), given=GIVEN, by={"tier": "population"})}),
            "members.with_and_by",
        ),
        (
            Members({"c1": Merge(("c1", "c2"), given={"degree": "1"}, by={"tier": "revenue"})}),
            "members.no_mean",
        ),
        (
            Members({"c1": Merge(("c1", "c2"), given={"tier": "A"}, by={"degree": "tier"})}),
            "members.no_weight",
        ),
        (
            Members({"c1": Merge(("c1", "c2"), given={**GIVEN, "nope": "1"})}),
            "members.unknown_input",
        ),
        (
            Members({"c1": Merge(("c1", "c2"), given={**GIVEN, "tier": "Z"})}),
            "members.not_a_figure",
        ),
        (
            Members({"c1": Merge(("c1", "c2"), given={**GIVEN, "people": {"x": "1"}})}),
            "members.unknown_item",
        ),
        (Members({"c1": Merge(("c1", "c22"))}), "members.unknown_district_near"),
        (Members({"c1": Merge(("c1", "zzzzzz"))}), "members.unknown_district"),
        (Members({"c1": Merge(("c1",))}), "members.one"),
        (Members({"c3": Merge(("c1", "c2"), given=GIVEN)}), "members.key_taken"),
        (Members(rename={"c1": "c2"}), "members.key_taken"),
        (Members({"c1": Merge(("c1", "c2"), given=GIVEN)}, leave=("c2",)), "members.twice"),
        (Members(rename={"c1": ""}), "members.key_missing"),
        (Members({"": Merge(("c1", "c2"), given=GIVEN)}), "members.key_missing"),
        (Members(rename={"c1": "合计"}), "members.key_total"),
        (Members(rename={"c1": "全市平均"}), "members.key_total"),
        (Members({" q ": Merge(("c1", "c2"), given=GIVEN)}), "members.key_spaces"),
        (Members(rename={"c1": "c2 "}), "members.key_spaces"),
        (Members(rename={"c1": "с2"}), "members.key_lookalike"),  # the first letter is Cyrillic
        (Members(rename={"c1": "d 1", "c2": "d1"}), "members.key_lookalike"),
        (Members(rename={"c1": "4.4E+11"}), "members.key_rounded"),
        (Members(rename={"c1": "2026-10-1"}), "members.key_date"),
        (Members(leave=("c1", "c2", "c3")), "members.nobody_left"),
    ],
)
def test_what_cannot_be_merged_is_told(
    policy: Policy, table: Districts, members: Members, code: str
) -> None:
    with pytest.raises(TableError) as caught:
        with_members(policy, table, members)
    assert code in {fault.code for fault in caught.value.faults}


def test_a_fault_says_which_input_differs_and_what_to_write(
    policy: Policy, table: Districts
) -> None:
    with pytest.raises(TableError) as caught:
        with_members(policy, table, Members({"c1": Merge(("c1", "c2"))}))
    first, second = sorted(fault.text("zh") for fault in caught.value.faults)
    assert "degree" in first and "东县 0.8、西县 0.6" in first and "with: {degree: …}" in first
    assert "by: {degree: 列名}" in first
    assert "with: {tier: …}" in second and "by" not in second  # a text has no mean
    english = " ".join(fault.text("en") for fault in caught.value.faults)
    assert "(by: {degree: an input})" in english and "by: {tier" not in english


# -- over the years --------------------------------------------------------------------------------

MERGING = """\
years:
  until: 2029
  next: {population: +10%}
  members:
    2028: {merge: {c1: {name: 新县, of: [c1, c2], with: {tier: A}, by: {degree: population}}}}
"""


def test_merged_districts_begin_with_what_they_had_together(look: Look) -> None:
    years = look(MERGING).baseline
    assert [year.allocation.keys for year in years.years] == [("c1", "c2", "c3")] * 2 + [
        ("c1", "c3")
    ] * 2
    before, merged, after = (years[year].allocation for year in (2027, 2028, 2029))
    base = before.amounts["base"].tolist()
    assert merged.column("last_year") == [base[0] + base[1], base[2]]
    assert merged.column("population") == [Fraction(363, 10), Fraction(363, 10)]
    assert after.column("population") == [Fraction(3993, 100)] * 2
    assert after.column("last_year") == merged.amounts["base"].tolist()
    assert merged.districts.names == ("新县", "南县")
    # Of what nobody carries the files are read, and merged, in every year.
    assert after.column("revenue") == merged.column("revenue") == [2500, 900]
    # 10 and 20 have grown alike: the weights are those of the year in which they merge.
    assert merged.column("degree")[0] == Fraction(10 * Fraction(8, 10) + 20 * Fraction(6, 10), 30)


def test_a_table_that_has_merged_already_is_taken_as_it_is(look: Look, folder: Path) -> None:
    rules = POLICY.replace("file: t.csv", 'file: "t_{year}.csv"')
    (folder / "p.yaml").write_text(rules, encoding="utf-8")
    table = (folder / "t.csv").read_text(encoding="utf-8")
    for year in (2026, 2027):
        (folder / f"t_{year}.csv").write_text(table, encoding="utf-8")
    merged = table.splitlines()[0] + "\nc1,新县,31,2600,A,0.7,0,500,200\n" + table.splitlines()[3]
    for year in (2028, 2029):
        (folder / f"t_{year}.csv").write_text(merged + "\n", encoding="utf-8")
    years = look(MERGING).baseline
    base = years[2027].allocation.amounts["base"].tolist()
    assert years[2028].allocation.column("last_year") == [base[0] + base[1], base[2]]
    assert years[2028].allocation.column("revenue") == [2600, 900]
    assert years[2028].allocation.column("population")[0] == Fraction(363, 10)


def test_who_leaves_gets_nothing_more_and_who_is_renamed_keeps_his_base(look: Look) -> None:
    text = "years: {until: 2028, members: {2027: {leave: 西县, rename: {c1: d1}}}}\n"
    years = look(text).baseline
    first, second = (years[year].allocation for year in (2026, 2027))
    assert second.keys == ("d1", "c3")
    assert second.column("last_year") == [first.amounts["base"][0], first.amounts["base"][2]]


def test_figures_that_were_set_stay_with_those_who_merge(look: Look) -> None:
    text = "variants: {a: {set: {inputs.revenue.c1: 7}}}\n" + MERGING
    found = look(text)["a"]
    assert found[2027].allocation.column("revenue") == [7, 1500, 900]
    assert found[2029].allocation.column("revenue") == [1507, 900]


def test_what_differs_is_told_at_the_merge(look: Look) -> None:
    with pytest.raises(TableError) as caught:
        look(MERGING.replace(", by: {degree: population}", ""))
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.path) == ("members.differ", "years.members.2028.merge.c1")
    assert fault.place.line == 7


def test_a_district_that_becomes_several_has_a_table_per_year(folder: Path, look: Look) -> None:
    """Its base goes on where it is the same district; of the new ones the table has it."""
    text = POLICY.replace("file: t.csv", 'file: "t{year}.csv"')
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    body = (folder / "t.csv").read_text(encoding="utf-8")
    apart = body.replace(
        "c3,南县,30,900,B,0.9,100,100,400\n",
        "c4,南一县,10,300,B,0.9,40,40,100\nc5,南二县,20,600,B,0.9,60,60,300\n",
    )
    for year in range(2026, 2029):
        (folder / f"t{year}.csv").write_text(body if year < 2028 else apart, encoding="utf-8")
    years = look("years: {from: 2026, until: 2028}\n").baseline.years
    before, after = years[1].allocation, years[2].allocation
    assert after.keys == ("c1", "c2", "c4", "c5")
    assert after.column("last_year") == [*before.amounts["base"].tolist()[:2], 40, 60]
