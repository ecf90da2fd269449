"""A table as a study changes it: by district, by ratio, by formula; every fault at its place."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

import transfers
from tests.method.tiny import exact, loaded, written
from transfers import DocumentError, Place, Policy, TableError, change_figures, reference
from transfers.districts import BooleanColumn, Districts, NumberColumn, TextColumn
from transfers.figures import Change

POLICY = """\
policy: p
money: {unit: 万元}
districts: {file: d.csv, key: code, name: name}
lists: {years: {items: {y1: {weight: 2}, y2: {weight: 3}}, columns: {weight: }}}
inputs:
  people: {title: 常住人口, unit: 万人, min: 0, max: 500}
  area: {unit: km2}
  tier: {one_of: [A, B, C]}
  city: {type: yes_no}
  rate: {unit: "%"}
  part: {max: 100%}
  gap:
  n: {over: years, columns: "n_{item}", min: 0}
parameters: {growth: 3%, more: {A: 2, B: 1, C: 0}}
quantities: {density: people / area}
grants: {aid: {pool: 100, share: people}}
"""
TABLE = """\
code,name,people,area,tier,city,rate,part,gap,n_y1,n_y2
01,东县,10.5,7,A,是,5,10%,4,1,2
02,西县,20,3,B,否,6,20%,,3,4
03,南县,30,0,B,否,7,30%,0,5,6
04,双县,1,1,C,否,8,40%,1,7,8
05,双县,2,2,C,是,9,50%,1,9,10
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Policy, Districts]:
    folder = tmp_path_factory.mktemp("table")
    (folder / "p.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "d.csv").write_text(TABLE, encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    return policy, transfers.load_districts(None, policy)


def cells(districts: Districts, name: str) -> list[Any]:
    column = districts.columns[name]
    if isinstance(column, NumberColumn):
        return column.fractions()
    if isinstance(column, TextColumn):
        return column.texts()
    assert isinstance(column, BooleanColumn)
    return column.values.tolist()


def refused(read: tuple[Policy, Districts], changes: Mapping[str, Any]) -> list[str]:
    places = {name: Place("study.yaml", 7, 3, name) for name in changes}
    with pytest.raises(TableError) as raised:
        change_figures(*read, changes, places)
    lines = raised.value.lines("en")
    assert all(line.startswith("study.yaml:7:3 ") for line in lines), lines
    assert len(raised.value.lines("zh")) == len(lines)
    return [line.partition(": ")[2] for line in lines]


def refusal(read: tuple[Policy, Districts], changes: Mapping[str, Any]) -> str:
    (line,) = refused(read, changes)
    return line


# -- what figures become -------------------------------------------------------------------------


def test_a_district_goes_by_its_key_or_a_name_that_only_one_has(
    read: tuple[Policy, Districts],
) -> None:
    changed = change_figures(*read, {"people": {"01": "11", "西县": "19.5"}, "city": {"02": "是"}})
    assert cells(changed, "people") == [11, Fraction(39, 2), 30, 1, 2]
    assert cells(changed, "city") == [True, True, False, False, True]


def test_a_figure_may_be_left_blank(read: tuple[Policy, Districts]) -> None:
    changed = change_figures(*read, {"gap": {"01": ""}, "people": {"01": "—"}})
    assert cells(changed, "gap") == [None, None, 0, 1, 1]
    assert cells(changed, "people")[0] is None


@pytest.mark.parametrize(
    "text", ["+3%", "＋３％", " + 3 % ", "*1.03", "×1.03", "*103%", "people * (1 + growth)"]
)
def test_a_ratio_counts_for_every_figure_exactly(read: tuple[Policy, Districts], text: str) -> None:
    changed = change_figures(*read, {"people": text})
    ratio = Fraction(103, 100)
    assert cells(changed, "people") == [
        Fraction(21, 2) * ratio,
        20 * ratio,
        30 * ratio,
        ratio,
        2 * ratio,
    ]


def test_a_figure_that_is_missing_stays_missing_under_a_ratio_and_a_formula_may_fill_it(
    read: tuple[Policy, Districts],
) -> None:
    assert cells(change_figures(*read, {"gap": "*2"}), "gap") == [8, None, 0, 2, 2]
    filled = change_figures(*read, {"gap": "if(missing(gap), 9, gap)"})
    assert cells(filled, "gap") == [4, 9, 0, 1, 1]


def test_a_statement_says_for_whom(read: tuple[Policy, Districts]) -> None:
    changes = {"people": Change("+10%", 'tier == "B"'), "gap": {"formula": "0", "where": "city"}}
    changed = change_figures(*read, changes)
    assert cells(changed, "people") == [Fraction(21, 2), 22, 33, 1, 2]
    assert cells(changed, "gap") == [0, None, 0, 1, 0]


def test_formulas_give_texts_truths_and_figures_of_tables(read: tuple[Policy, Districts]) -> None:
    changes = {
        "tier": 'if(tier == "A", "B", tier)',
        "city": "people > 15 or city",
        "area": "area + more[tier] * 0.1",
    }
    changed = change_figures(*read, changes)
    assert cells(changed, "tier") == ["B", "B", "B", "C", "C"]
    assert cells(changed, "city") == [True, True, True, False, True]
    tenths = [Fraction(tenth, 10) for tenth in (72, 31, 1, 10, 20)]
    assert cells(changed, "area") == tenths


def test_figures_that_are_no_decimals_stay_exact(read: tuple[Policy, Districts]) -> None:
    changed = change_figures(*read, {"gap": "sum(people) / 7"})
    assert cells(changed, "gap") == [Fraction(127, 14)] * 5


def test_an_input_over_a_list_changes_by_item_and_district(
    read: tuple[Policy, Districts],
) -> None:
    assert cells(change_figures(*read, {"n": {"y2.东县": "7"}}), "n")[5:7] == [7, 4]
    doubled = [2 * figure for figure in (1, 3, 5, 7, 9, 2, 4, 6, 8, 10)]
    assert cells(change_figures(*read, {"n": "*2"}), "n") == doubled
    weighed = change_figures(*read, {"n": "n * years.weight"})
    assert cells(weighed, "n") == [2, 6, 10, 14, 18, 6, 12, 18, 24, 30]
    same = change_figures(*read, {"n": Change("gap", "not missing(gap)")})
    assert cells(same, "n") == [4, 3, 0, 1, 1, 4, 4, 0, 1, 1]


def test_every_change_is_computed_from_the_figures_of_the_table(
    read: tuple[Policy, Districts],
) -> None:
    one = change_figures(
        *read, {"people": "people + 1 * area / area", "gap": "people"} | {"people": "*2"}
    )
    other = change_figures(*read, {"people": "*2", "gap": "people"})
    assert cells(one, "gap") == cells(other, "gap") == [Fraction(21, 2), 20, 30, 1, 2]


def test_the_order_of_changes_does_not_matter(read: tuple[Policy, Districts]) -> None:
    changes = {
        "people": "people + people * area / sum(area)",
        "area": "*2",
        "tier": {"01": "C"},
        "gap": 'if(tier == "A", area, 1)',
    }
    expected = change_figures(*read, changes)
    for order in permutations(changes):
        found = change_figures(*read, {name: changes[name] for name in order})
        assert [cells(found, n) for n in changes] == [cells(expected, n) for n in changes]


def test_several_changes_of_one_input_take_turns(read: tuple[Policy, Districts]) -> None:
    changes = [
        Change("+10%", 'tier == "B"'),
        {"formula": "*3", "where": 'tier == "C"'},
        {"01": "5"},
    ]
    changed = change_figures(*read, {"people": changes})
    assert cells(changed, "people") == [5, 22, 33, 3, 6]


# -- what the table remembers --------------------------------------------------------------------


def test_a_changed_table_knows_where_a_figure_was_set_and_what_the_file_has(
    read: tuple[Policy, Districts],
) -> None:
    place = Place("study.yaml", 9, 5, "people.01")
    changed = change_figures(*read, {"people": {"东县": "11"}}, {"people.东县": place})
    assert changed.place("people", 0) == place
    assert changed.place("people", 1) == read[1].place("people", 1)
    assert changed.place_in_table("people", 0).line == 2
    assert changed.as_read["people"] is read[1].columns["people"]
    assert changed.sha256 == read[1].sha256


def test_a_finding_says_how_many_districts_have_other_figures(
    read: tuple[Policy, Districts],
) -> None:
    changed = change_figures(*read, {"people": Change("+3%", 'tier == "B"'), "n": "*2"})
    said = [f.message("en") for f in changed.findings if f.code == "figures.changed"]
    assert [text.partition(": ")[2] for text in said] == [
        "常住人口 (districts: 2).",
        "n (districts: 5).",
    ]


def test_changes_go_on_from_a_changed_table_which_keeps_what_the_file_has(
    read: tuple[Policy, Districts],
) -> None:
    policy, districts = read
    once = change_figures(policy, districts, {"people": "*2"})
    twice = change_figures(policy, once, {"people": {"01": "1"}})
    assert cells(twice, "people") == [1, 40, 60, 2, 4]
    assert twice.as_read["people"] is districts.columns["people"]


def test_a_changed_table_is_divided_as_one_in_which_the_figures_stand(
    read: tuple[Policy, Districts], tmp_path: Path
) -> None:
    policy, districts = read
    changed = change_figures(policy, districts, {"people": {"01": "11.25"}, "tier": {"02": "A"}})
    table = tmp_path / "d.csv"
    table.write_text(TABLE.replace("10.5", "11.25").replace("20,3,B", "20,3,A"), encoding="utf-8")
    written = transfers.allocate(policy, transfers.load_districts(table, policy))
    found = transfers.allocate(policy, changed)
    assert found.total.tolist() == written.total.tolist()
    for key in found.keys:
        mine, theirs = (a.explain(key).portions[0].parts for a in (found, written))
        assert mine == theirs
    assert exact(found, "people") == exact(written, "people")


# -- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"peple": "+3%"}, "There is no input 'peple'; did you mean 'people'?"),
        ({"x": "+3%"}, "There is no input 'x'; `inputs` has: people, area, tier,"),
        ({"people": {"东": "1"}}, "has no district '东'; did you mean '东县'?"),
        ({"people": {"双县": "1"}}, "Several districts are called '双县'; write the key: 04, 05."),
        ({"people": {"zz": "1"}}, "has no district 'zz'; write its key, or a name that only one"),
        ({"n": {"y3.01": "1"}}, "there is no item 'y3' among y1, y2."),
        ({"n": {"01": "1"}}, "write the item, then the district; there is no item '01'"),
        ({"n": {"y1.zz": "1"}}, "has no district 'zz'"),
        ({"people": {"01": "many"}}, "“people” reads “many”, which is not a number"),
        ({"people": {"01": "-1"}}, "01 东县: “people” is -1, below its minimum 0"),
        ({"people": {"01": "501"}}, "above its maximum 500"),
        ({"people": {"01": "+3%"}}, "“+3%” says how a figure changes, not what it is"),
        ({"people": {"01": "+3"}}, "“+3” says how a figure changes, not what it is"),
        ({"tier": {"01": "D"}}, "“tier” reads “D”, which must be one of: A, B, C"),
        ({"city": {"01": "perhaps"}}, "“city” reads “perhaps”; write yes or no"),
        ({"people": {"01": "1", "东县": "1"}}, "'people' of 01 东县 is changed twice"),
        ({"people": ["*2", {"01": "3"}]}, "'people' of 01 东县 is changed twice"),
        ({"people": "+3"}, "may be meant in two ways; a sum is added by a formula, such as people"),
        ({"people": "- 3"}, "may be meant in two ways"),
        ({"people": "3%"}, "may be meant in two ways"),
        ({"rate": "+3%"}, "'rate' is a percentage, so '+3%' may mean percentage points or a ratio"),
        ({"part": "-3%"}, "'part' is a percentage"),
        ({"tier": "+3%"}, "'tier' is no number and has no '+3%'"),
        ({"people": "+1.2.3%"}, "'+1.2.3%' cannot be read; write +3%, -2% or *1.03."),
        ({"people": "-120%"}, "'-120%' takes more from 'people' than there is"),
        (
            {"people": "density"},
            "'density' is computed by the policy; a change of figures can only",
        ),
        ({"people": "aid"}, "'aid' is computed by the policy"),
        ({"people": "peeple * 2"}, "There is no 'peeple' here; did you mean 'people'?"),
        ({"people": "area"}, "The declared unit is 万人, but the formula yields 'km2'."),
        ({"people": '"A"'}, "number"),
        ({"tier": "1"}, "a formula that yields texts is needed"),
        ({"people": "(people"}, "')' is missing where the formula ends"),
        ({"people": "n"}, "The formula has a figure for each item of 'years'"),
        ({"people": Change("*2", "area")}, "A statement is needed here"),
        (
            {"gap": "gap / area"},
            "'gap / area' gives no 'gap' for 南县 (1 in all) (÷ 0: area is zero",
        ),
        ({"people": Change("*2", "gap > 1")}, "Whether 'gap > 1' holds is unknown for 西县"),
        ({"people": "people * sum(gap)"}, "西县"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    read: tuple[Policy, Districts], changes: dict[str, Any], said: str
) -> None:
    assert said in refusal(read, changes)


def test_a_percentage_changes_by_a_factor(read: tuple[Policy, Districts]) -> None:
    changed = change_figures(*read, {"rate": "*1.1", "part": "*50%"})
    assert cells(changed, "rate")[0] == Fraction(11, 2)
    assert cells(changed, "part")[0] == Fraction(1, 20)


def test_all_faults_are_told_at_once(read: tuple[Policy, Districts]) -> None:
    changes = {"people": {"01": "x", "zz": "1", "02": "-1"}, "area": "peple", "none": "*2"}
    lines = refused(read, changes)
    assert len(lines) == 5


def test_figures_beyond_the_range_are_told_for_each_district(
    read: tuple[Policy, Districts],
) -> None:
    lines = refused(read, {"people": "people * 20"})
    assert [line.partition(":")[0] for line in lines] == ["03 南县"]
    lines = refused(read, {"people": "0 - people", "tier": '"D"'})
    assert len(lines) == 10


def test_a_solved_parameter_has_no_value_yet(tmp_path: Path) -> None:
    text = (
        "inputs: {x: }\nparameters: {r: 1}\n"
        "budget: 9\ngrants: {g: {claim: x * r}}\n"
        "solve: {parameter: r, so_that: sum(x * r) == 9, within: [0, 9]}\n"
    )
    policy, districts = loaded(written(tmp_path, text, "key,x\nA,1\nB,2\n"))
    with pytest.raises(TableError, match=r"is solved for|求得"):
        change_figures(policy, districts, {"x": "x * r"})
    doubled = change_figures(policy, districts, {"x": "*2"})
    (finding,) = (
        f for f in transfers.allocate(policy, doubled).findings if f.code == "allocation.solved"
    )
    assert finding.value == "1.5"


def test_a_formula_whose_parameters_are_changed_uses_the_changed_ones(
    read: tuple[Policy, Districts],
) -> None:
    policy = read[0].with_overrides({"parameters.growth": "10%"})
    changed = change_figures(policy, read[1], {"people": "people * (1 + growth)"})
    assert cells(changed, "people")[1] == 22
    with pytest.raises(DocumentError):
        read[0].with_overrides({"parameters.growht": "10%"})


def test_the_reference_divides_a_changed_table_as_the_engine_does(
    read: tuple[Policy, Districts],
) -> None:
    changes = {"people": "people + people * gini(area) / 7", "n": "*1.0137", "tier": {"01": "C"}}
    changed = change_figures(*read, changes)
    expected = reference.allocate(read[0], changed)
    assert transfers.allocate(read[0], changed).total.tolist() == expected.total


def test_of_figures_set_twice_in_a_row_the_last_is_told(read: tuple[Policy, Districts]) -> None:
    policy, districts = read
    for figure in ("11", "12"):
        policy = policy.with_overrides({"inputs.people.01": figure})
        districts = policy.with_set_figures(districts)
    said = transfers.allocate(policy, districts).explain("01").text("en")
    assert said.count("inputs.people.01 = ") == 1
    assert "inputs.people.01 = 12 (was 10.5)" in said


def test_figures_are_set_once_however_often_the_table_is_used(
    read: tuple[Policy, Districts],
) -> None:
    policy = read[0].with_overrides({"inputs.people.01": "11"})
    districts = policy.with_set_figures(read[1])
    assert policy.with_set_figures(districts) is districts
    doubled = change_figures(policy, districts, {"people": "*2"})
    assert exact(transfers.allocate(policy, doubled), "people")[0] == 22


def test_many_figures_of_a_study_are_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(
        "policy: p\ndistricts: {file: d.csv, key: k}\ninputs: {x: }\n"
        "grants: {g: {pool: 90, share: x}}\n",
        encoding="utf-8",
    )
    rows = "".join(f"k{number},1\n" for number in range(30))
    (tmp_path / "d.csv").write_text("k,x\n" + rows, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    districts = transfers.load_districts(None, policy)
    changes = {"x": {f"k{number}": "2" for number in range(25)}}
    changed = transfers.allocate(policy, change_figures(policy, districts, changes))
    assert "Changed for this run: x (districts: 25)" in changed.explain("k29").text("en")
    column = change_figures(policy, districts, changes).columns["x"]
    (moved,) = transfers.allocate_scenarios(policy, districts, [{"inputs.x": column}])
    assert "Moved by this scenario: x (districts: 25)" in moved.explain("k29").text("en")
    assert moved.total.tolist() == changed.total.tolist()
