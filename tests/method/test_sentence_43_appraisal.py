"""Sentence 43: an appraisal defines scores, degrees, ranks, grades and what falls short."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transfers
from tests.method.tiny import exact, fault_codes, loaded, written
from transfers import Allocation, DocumentError, TableError, reference
from transfers.output.appraisal_answer import AppraisalAnswer

PAGES = Path(__file__).parents[2] / "docs" / "method"

LISTS = """lists:
  fields:
    items: {edu: {of: 60}, health: {of: 40}}
    columns: {of: {unit: "%"}}
  marks:
    items:
      enrolment: {field: edu, of: 100, sort: 正向, aim: 96, agency: 教育局}
      doctors: {field: health, of: 50, sort: 正向, aim: 4, agency: 卫健局}
      waiting: {field: health, of: 50, sort: 逆向, aim: 20, agency: 卫健局}
    columns:
      field: {type: text}
      of: {unit: "%"}
      sort: {one_of: [正向, 逆向]}
      aim:
      agency: {type: text}
inputs:
  people: {unit: 万人}
  seen: {columns: "o_{item}", over: marks}
"""
ENTRY = """appraisals:
  a:
    indicators: marks
    parent: field
    first: fields
    first_weight: of
    weight: of
    observed: seen
    direction: sort
    target: aim
    missing: left_out
    agency: agency
    weights: people
    grades: {优: 95%, 良: 80%, 合格: 60%, 不合格: 0%}
    advanced: {at_least: 95%}
"""
GRANTS = "grants:\n  aid: {pool: 100, share: people * a.degree}\n"
TABLE = "key,people,o_enrolment,o_doctors,o_waiting\n武原,6,96,5,25\n沈荡,2,72,3,\n"


def ran(
    folder: Path, entry: str = ENTRY, table: str = TABLE, lists: str = LISTS, grants: str = GRANTS
) -> Allocation:
    return transfers.allocate(*loaded(written(folder, lists + entry + grants, table)))


def faults(folder: Path, entry: str = ENTRY, lists: str = LISTS) -> list[str]:
    with pytest.raises(DocumentError) as wrong:
        ran(folder, entry, lists=lists)
    return fault_codes(wrong.value)


def ratios(allocation: Allocation, part: str) -> list[Fraction]:
    return [figure / 100 for figure in exact(allocation, f"a.{part}")]


def scores(allocation: Allocation, part: str = "score") -> dict[str, list[Fraction | None]]:
    return {
        key: [figure / 100 if isinstance(figure, Fraction) else None for figure in row]
        for key, row in allocation.items(f"a.{part}").items()
    }


def one(
    folder: Path, method: str, observed: list[str], sort: str = "正向", more: str = ""
) -> list[Fraction | None]:
    """Return the scores of one indicator, its target 80, by a method."""
    lists = (
        f"lists: {{m: {{items: {{i: {{w: 1, sort: {sort}, aim: 80, low: 20, high: 100}}}},"
        " columns: {w: , sort: {type: text}, aim: , low: , high: }}}\n"
        'inputs: {seen: {columns: "o_{item}", over: m}}\n'
    )
    entry = (
        "appraisals:\n  a:\n    indicators: m\n    weight: w\n    observed: seen\n"
        f"    direction: sort\n    method: {method}\n    target: aim\n    missing: left_out\n"
        f"    satisfactory: high\n    unacceptable: low\n{more}"
    )
    table = "key,o_i\n" + "".join(f"d{n},{text}\n" for n, text in enumerate(observed))
    unit = 1 if method == "zscore" else 100
    allocation = ran(folder, entry, table, lists, "grants: {aid: {pool: 1, share: 1}}\n")
    row = allocation.items("a.score")["i"]
    return [figure / unit if isinstance(figure, Fraction) else None for figure in row]


def test_the_two_towns_of_the_page_come_to_what_is_worked_there_by_hand(tmp_path: Path) -> None:
    """Sentence 43: scores, first level, degree, whole and agency as on the page."""
    allocation = ran(tmp_path)
    assert scores(allocation) == {
        "enrolment": [1, Fraction("0.75")],
        "doctors": [1, Fraction("0.75")],
        "waiting": [Fraction("0.8"), None],
    }
    first = scores(allocation, "first")
    assert first["enrolment"] == [1, Fraction("0.75")]
    assert first["doctors"] == first["waiting"] == [Fraction("0.9"), Fraction("0.75")]
    assert ratios(allocation, "degree") == [Fraction("0.96"), Fraction("0.75")]
    assert ratios(allocation, "whole.degree")[0] == Fraction("0.91")
    assert [row[0] for row in scores(allocation, "whole.score").values()] == [
        Fraction("0.9375"),
        Fraction("0.9375"),
        Fraction("0.8"),
    ]
    assert scores(allocation, "agency")["doctors"][0] == Fraction("0.86875")
    assert exact(allocation, "a.shortfalls") == [1, 2]
    assert exact(allocation, "a.unobserved") == [0, 1]
    assert allocation.column("a.grade") == ["优", "合格"]
    assert allocation.column("a.advanced") == [True, False]
    zero = ran(tmp_path, ENTRY.replace("left_out", "zero"))
    assert ratios(zero, "degree")[1] == Fraction("0.6")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_says_these_figures(language: str) -> None:
    """Sentence 43: every figure that the test above holds stands on the page."""
    page = (PAGES / language / "appraisal.md").read_text("utf-8")
    for figure in ("0.9375", "0.86875", "0.96", "0.75", "0.91", "0.375", "0.6", "85%", "80%"):
        assert re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", page), figure


def test_a_score_by_target_is_capped_and_turned_round_where_less_is_better(tmp_path: Path) -> None:
    """Sentence 43: 43a, by hand."""
    assert one(tmp_path, "target", ["40", "100", "-8"]) == [Fraction(1, 2), 1, Fraction(-1, 10)]
    assert one(tmp_path, "目标值", ["100"], more="    cap: 120%\n") == [Fraction(6, 5)]
    assert one(tmp_path, "target", ["160"], more="    cap: none\n") == [2]
    inverse = one(tmp_path, "target", ["100", "40", "0", "-3"], "逆向")
    assert inverse == [Fraction(4, 5), 1, 1, 1]
    free = one(tmp_path, "target", ["100", "40", "0"], "逆向", "    cap: none\n")
    assert free == [Fraction(4, 5), 2, None]


def test_scores_by_the_other_methods(tmp_path: Path) -> None:
    """Sentence 43: 43b, each formula by hand; all equal is 1 by range."""
    efficacy = one(tmp_path, "efficacy", ["20", "60", "100", "140", "-100"])
    assert efficacy == [Fraction(3, 5), Fraction(4, 5), 1, 1, 0]
    assert one(tmp_path, "range", ["3", "9", "12", ""]) == [0, Fraction(2, 3), 1, None]
    assert one(tmp_path, "range", ["3", "9", "12"], "逆向") == [1, Fraction(1, 3), 0]
    assert one(tmp_path, "range", ["7", "7"]) == [1, 1]
    assert one(tmp_path, "range", ["7"], "逆向") == [1]
    assert one(tmp_path, "attainment", ["79.9", "80", "81"]) == [0, 1, 1]
    assert one(tmp_path, "达标率", ["79.9", "80", "81"], "逆向") == [1, 1, 0]
    z = one(tmp_path, "zscore", ["2", "4", "4", "4", "5", "5", "7", "9"])
    assert z == [Fraction(x - 5, 2) for x in (2, 4, 4, 4, 5, 5, 7, 9)]
    assert one(tmp_path, "zscore", ["2", "4"], "逆向") == [1, -1]


def test_a_score_that_is_no_ratio_is_refused_also_without_a_cap(tmp_path: Path) -> None:
    """Sentence 43: 43b, people by a target without a unit are no part of anything."""
    lists = LISTS.replace('"o_{item}", over', '"o_{item}", unit: 人, over')
    lists = lists.replace("sort: 逆向", "sort: 正向")
    for cap in ("100%", "none"):
        entry = f"{ENTRY}    cap: {cap}\n"
        assert faults(tmp_path, entry, lists) == ["appraisals.figures_differ"]


def test_a_formula_of_the_document_that_reads_as_a_score_does_keeps_its_own_unit(
    tmp_path: Path,
) -> None:
    """Sentence 43: the score is a ratio; the same text elsewhere is a number that adopts a unit."""
    entry = ENTRY.replace("    missing", "    method: zscore\n    missing")
    text = "zscore(a.observed, where=not missing(a.observed))"
    above = "parameters: {rate: {value: 5, unit: 元/人}}\n"
    below = f"quantities:\n  own: {text}\n  more: own + rate\n"
    lists = LISTS.replace("sort: 逆向", "sort: 正向")
    grants = "grants: {aid: {pool: 100, share: people}}\n"
    allocation = ran(tmp_path, entry, TABLE, above + lists, below + grants)
    assert allocation.policy.scope.symbols["more"].type.unit.label == "元/人"


def test_efficacy_of_what_should_be_small(tmp_path: Path) -> None:
    """Sentence 43: 43b, the satisfactory value is the smaller one; 25 between 50 and 10 is 85 %."""
    entry = ENTRY.replace("    target: aim\n", "    satisfactory: '10'\n    unacceptable: '50'\n")
    entry = entry.replace("    missing", "    method: efficacy\n    missing")
    assert scores(ran(tmp_path, entry))["waiting"] == [Fraction("0.85"), None]


def test_weights_must_make_a_hundred_per_cent_exactly(tmp_path: Path) -> None:
    """Sentence 43: 43c, within each first-level indicator and at the first level."""
    inside = LISTS.replace("of: 50, sort: 逆向", "of: 49.99999999999, sort: 逆向")
    with pytest.raises(DocumentError) as wrong:
        ran(tmp_path, lists=inside)
    assert fault_codes(wrong.value) == ["appraisals.weights_sum_of"]
    assert "health" in str(wrong.value)
    assert "99.99999999999%" in str(wrong.value)
    above = LISTS.replace("edu: {of: 60}", "edu: {of: 61}")
    assert faults(tmp_path, lists=above) == ["appraisals.weights_sum"]
    strange = LISTS.replace("field: edu", "field: edo")
    assert faults(tmp_path, lists=strange) == ["appraisals.parent_unknown", "appraisals.childless"]


def test_a_moved_weight_counts_in_proportion(tmp_path: Path) -> None:
    """Sentence 43: 43c, in scenarios."""
    policy, districts = loaded(written(tmp_path, LISTS + ENTRY + GRANTS, TABLE))
    move = policy.moves({"lists.marks.items.waiting.of": "150"})
    (moved,) = transfers.allocate_scenarios(policy, districts, [move])
    health = Fraction(1, 4) * 1 + Fraction(3, 4) * Fraction("0.8")
    assert ratios(moved, "degree")[0] == Fraction("0.6") + Fraction("0.4") * health


def test_what_is_not_observed_is_refused_left_out_zero_or_the_mean(tmp_path: Path) -> None:
    """Sentence 43: 43d, refused by default; a word for each indicator in a column."""
    with pytest.raises(TableError) as refused:
        ran(tmp_path, ENTRY.replace("    missing: left_out\n", ""))
    assert [fault.code for fault in refused.value.faults] == ["appraisals.refused"]
    assert "沈荡 waiting" in str(refused.value)
    assert "left_out" in str(refused.value) and "where=" not in str(refused.value)
    with pytest.raises(TableError) as refused:
        ran(tmp_path, ENTRY.replace("left_out", "refuse    # by law"))
    (fault,) = refused.value.faults
    assert fault.place.path == "appraisals.a.missing"
    mean = ran(tmp_path, ENTRY.replace("left_out", "mean"))
    assert scores(mean)["waiting"] == [Fraction("0.8"), Fraction("0.8")]
    column = LISTS.replace("agency: 卫健局}", "agency: 卫健局, gone: 计零分}")
    column = column.replace("agency: 教育局}", "agency: 教育局, gone: left_out}")
    column = column.replace(
        "      agency: {type: text}", "      agency: {type: text}\n      gone: {type: text}"
    )
    mixed = ran(tmp_path, ENTRY.replace("left_out", "gone"), TABLE.replace("72", ""), column)
    assert ratios(mixed, "degree")[1] == (Fraction("0.75") + 0) / 2  # education is left out
    assert exact(mixed, "a.unobserved") == [0, 2]


def test_a_district_that_nobody_observed_has_no_degree_and_no_rank(tmp_path: Path) -> None:
    """Sentence 43: 43d and 43e, what is left out leaves nothing there."""
    table = TABLE + "西塘桥,3,,,\n"
    allocation = ran(tmp_path, table=table, grants="grants: {aid: {pool: 1, share: people}}\n")
    assert allocation.column("a.degree")[2] is None
    assert allocation.column("a.rank") == [1, 2, None]
    assert ratios(allocation, "whole.degree")[0] == Fraction("0.91")


def test_equal_degrees_share_a_rank_and_grades_begin_at_their_edges(tmp_path: Path) -> None:
    """Sentence 43: 43e, 2/3 against 66.66...% is decided exactly."""
    entry = ENTRY.replace("{at_least: 95%}", "{top: 1}").replace("优: 95%", "优: 96%")
    same = "key,people,o_enrolment,o_doctors,o_waiting\na,1,96,5,25\nb,2,96,4,25\nc,1,72,3,20\n"
    allocation = ran(tmp_path, entry, same)
    assert exact(allocation, "a.rank") == [1, 1, 3]
    assert allocation.column("a.advanced") == [True, True, False]
    assert allocation.column("a.grade") == ["优", "优", "良"]
    assert ratios(allocation, "degree")[2] == Fraction("0.8")


def test_the_whole_by_its_own_observation_and_what_counts_for_it_alone(tmp_path: Path) -> None:
    """Sentence 43: 43g, `whole` where there is one; `for_districts` leaves the others out."""
    lists = LISTS.replace("aim: 20,", "aim: 20, county: 40,").replace(
        "      aim:\n", "      aim:\n      county:\n"
    )
    more = "    whole: county\n    for_districts: marks.key != 'waiting'\n"
    allocation = ran(tmp_path, ENTRY + more, lists=lists)
    assert [row[0] for row in scores(allocation, "whole.score").values()] == [
        Fraction("0.9375"),
        Fraction("0.9375"),
        Fraction("0.5"),
    ]
    assert ratios(allocation, "degree") == [1, Fraction("0.75")]
    assert exact(allocation, "a.unobserved") == [0, 0]
    assert exact(allocation, "a.shortfalls") == [0, 2]


def test_the_rate_of_attainment_is_the_part_of_districts_whatever_they_weigh(
    tmp_path: Path,
) -> None:
    """Sentence 43: 43g, units at standard by units."""
    entry = ENTRY.replace("    missing", "    method: attainment\n    missing")
    whole = [row[0] for row in scores(ran(tmp_path, entry), "whole.score").values()]
    assert whole == [Fraction(1, 2), Fraction(1, 2), 0]


def test_town_and_country_and_the_year_before(tmp_path: Path) -> None:
    """Sentence 43: 43h, over what was observed in both; last year against this year's targets."""
    lists = LISTS + "".join(
        f'  {name}: {{columns: "{name}_{{item}}", over: marks}}\n'
        for name in ("urban", "rural", "last")
    )
    heads = [
        f"{n}_{i}" for n in ("urban", "rural", "last") for i in ("enrolment", "doctors", "waiting")
    ]
    first, second = "96,2,,48,1,20,48,5,25", ",,,,,,72,3,"
    lines = TABLE.strip().splitlines()
    table = "\n".join(
        f"{line},{more}" for line, more in zip(lines, [",".join(heads), first, second], strict=True)
    )
    more = "    urban: urban\n    rural: rural\n    last: last\n"
    grants = "grants: {aid: {pool: 1, share: people}}\n"
    allocation = ran(tmp_path, ENTRY + more, table + "\n", lists, grants)
    # enrolment weighs 60 %, doctors 20 %: waiting was not observed in town
    urban = (Fraction("0.6") * 1 + Fraction("0.2") * Fraction(1, 2)) / Fraction("0.8")
    rural = (Fraction("0.6") * Fraction(1, 2) + Fraction("0.2") * Fraction(1, 4)) / Fraction("0.8")
    gap = allocation.column("a.gap")
    assert allocation.column("a.urban") == [urban * 100, None]
    assert gap == [(urban - rural) * 100, None]
    assert ratios(allocation, "degree_last") == [Fraction("0.66"), Fraction("0.75")]
    assert ratios(allocation, "change") == [Fraction("0.3"), 0]
    assert exact(allocation, "a.rank_last") == [2, 1]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(*(st.sampled_from(["", "0", "7", "40", "96", "200"]) for _ in range(3))),
        min_size=1,
        max_size=4,
    )
)
def test_a_degree_lies_between_the_lowest_and_the_highest_score(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    """Sentence 43: 43d and 43e, whatever is left out; and the reference pays the same.

    Scores by the weights that are shown make the degree, exactly.
    """
    table = "key,people,o_enrolment,o_doctors,o_waiting\n" + "".join(
        f"d{n},1,{','.join(row)}\n" for n, row in enumerate(rows)
    )
    grants = 'grants: {aid: {pool: 100, share: "1 + if(missing(a.degree), 0, a.degree / 100%)"}}\n'
    folder = tmp_path_factory.mktemp("degree")
    policy, districts = loaded(written(folder, LISTS + ENTRY + grants, table))
    allocation = transfers.allocate(policy, districts)
    found = scores(allocation)
    for at, degree in enumerate(allocation.column("a.degree")):
        seen = [row[at] for row in found.values() if row[at] is not None]
        assert (degree is None) == (not seen)
        if isinstance(degree, Fraction):
            assert min(s for s in seen if s is not None) <= degree / 100
            assert degree / 100 <= max(s for s in seen if s is not None)
    answer = AppraisalAnswer(allocation, policy.appraisals[0])
    weights = answer.effective()
    for at, degree in enumerate(allocation.column("a.degree")):
        of_district = [row[at] for row in weights]
        pairs = zip(of_district, found.values(), strict=True)
        parts = [w * (row[at] or 0) for w, row in pairs if w is not None]
        assert sum(parts) == (degree / 100 if isinstance(degree, Fraction) else 0)
        assert sum(w for w in of_district if w is not None) == (0 if degree is None else 1)
        assert [w is None for w in of_district] == [row[at] is None for row in found.values()]
    expected = reference.allocate(policy, districts)
    assert list(map(int, allocation.amounts["aid"])) == list(map(int, expected.amounts["aid"]))


def test_a_name_used_above_the_section_stands_below(tmp_path: Path) -> None:
    """Sentence 43: and 1, a document is read in order."""
    entry = "quantities: {early: a.degree}\n" + ENTRY
    with pytest.raises(DocumentError) as wrong:
        ran(tmp_path, entry)
    assert "formula.name_below" in fault_codes(wrong.value)


def test_attainment_of_the_whole_is_its_own_or_the_part_of_districts(tmp_path: Path) -> None:
    """Sentence 43: 43g, an own observation goes first; the part of districts is not weighted."""
    lists = LISTS.replace("aim: 20,", "aim: 20, county: 30,").replace(
        "aim: 4,", "aim: 4, county: 9,"
    )
    lists = lists.replace("      aim:\n", "      aim:\n      county:\n")
    entry = ENTRY + "    whole: county\n    method: attainment\n"
    whole = scores(ran(tmp_path, entry, lists=lists), "whole.score")
    first = {key: row[0] for key, row in whole.items()}
    assert first == {"enrolment": Fraction(1, 2), "doctors": 1, "waiting": 0}


KNOWN = LISTS.replace(
    "lists:\n",
    "lists:\n  known: {items: {jy: {title: 教育局}, wj: {title: 卫健局}}, name: title}\n",
)


def strangers(allocation: Allocation, language: str) -> list[str]:
    found = [f for f in allocation.findings if f.code == "appraisals.strangers"]
    return [finding.message(language) for finding in found]


def test_agencies_are_held_against_a_list_of_agencies(tmp_path: Path) -> None:
    """Sentence 43: 43i, by key or name, several in a cell one by one; no figure changes."""
    entry = ENTRY + "    agencies: known\n"
    sound = ran(tmp_path, entry, lists=KNOWN)
    assert not strangers(sound, "zh")
    by_key = KNOWN.replace("agency: 教育局", "agency: jy").replace(
        "20, agency: 卫健局", "20, agency: wj、教育局"
    )
    assert not strangers(ran(tmp_path, entry, lists=by_key), "zh")
    slip = KNOWN.replace("agency: 教育局", "agency: 教育居").replace(
        "20, agency: 卫健局", "20, agency: 卫健局；气象台"
    )
    other = ran(tmp_path, entry, lists=slip)
    (zh,), (en,) = (strangers(other, language) for language in ("zh", "en"))
    assert "2 处" in zh and "“enrolment”的“教育居”" in zh and "是否为“教育局”" in zh
    assert "“waiting”的“气象台”不在单位名册中" in zh
    assert "2 agencies" in en and "“教育局” meant" in en
    assert ratios(other, "degree") == ratios(sound, "degree")
    assert other.amounts["aid"].tolist() == sound.amounts["aid"].tolist()


@pytest.mark.parametrize("entry", [ENTRY.replace("    agency: agency\n", ""), ENTRY])
def test_a_list_of_agencies_is_one_there_is_and_goes_with_agency(
    tmp_path: Path, entry: str
) -> None:
    """Sentence 43: 43i, what is wrong with the key is a fault at it."""
    if "agency" in entry:
        assert faults(tmp_path, entry + "    agencies: knwon\n", KNOWN) == ["document.over_unknown"]
    else:
        code = ["appraisals.keys_together"]
        assert faults(tmp_path, entry + "    agencies: known\n", KNOWN) == code
