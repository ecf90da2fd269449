"""The patterns of the cookbook: each runs, stands on both pages, gives what they say of it.

That shown lines stand in their files, commands print what is shown and links resolve is checked for
all documents by ``test_documents.py``; tables are held against the examples here.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from scripts import patterns
from transfers import Allocation, reference

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples/patterns"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
PAGES = {"zh": ROOT / "docs/zh/cookbook.md", "en": ROOT / "docs/cookbook.md"}
WITHOUT_NUMBER = {"shape", "law"}
"""Examples of the introduction."""


def page(language: str) -> str:
    return PAGES[language].read_text("utf-8")


def sections(language: str) -> dict[str, str]:
    """Return the text below each heading of a pattern, by its number."""
    found = re.split(r"(?m)^### (\d+\.\d+) ", page(language))
    return dict(zip(found[1::2], (re.split(r"(?m)^## ", t)[0] for t in found[2::2]), strict=True))


def example_of(section: str) -> str:
    (name,) = set(re.findall(r"<!-- shows examples/patterns/(\w+)\.yaml -->", section))
    return name


@pytest.mark.parametrize("name", NAMES)
def test_every_pattern_is_as_the_reference_has_it(name: str) -> None:
    allocation = patterns.allocated(name)
    expected = reference.allocate(allocation.policy, allocation.districts)
    assert (allocation.status, allocation.total.tolist()) == ("done", expected.total)
    assert allocation.outputs == expected.outputs


@pytest.mark.parametrize("language", PAGES)
def test_every_pattern_shows_its_lines_and_its_result(language: str) -> None:
    for number, text in sections(language).items():
        name = example_of(text)
        shown = re.findall(r"<!-- table (\w+): ", text)
        run = re.findall(r"(?m)^\$ transfers run examples/patterns/(\w+)\.yaml", text)
        assert shown + run == [name], number
        assert ("*Mistake:*" in text or "*常见错误：*" in text) or name in {
            *("share", "minimum_once", "bonus"),  # the mistake is the pattern itself, or told there
        }, number


@pytest.mark.parametrize("language", PAGES)
def test_every_file_has_its_section(language: str) -> None:
    told = [example_of(text) for text in sections(language).values()]
    assert len(told) == len(set(told)) > 35
    assert sorted({*told, *WITHOUT_NUMBER}) == NAMES


def test_both_languages_have_the_same_patterns_in_the_same_order() -> None:
    zh, en = ({n: example_of(t) for n, t in sections(lang).items()} for lang in ("zh", "en"))
    assert list(zh.items()) == list(en.items())
    parts = [
        [number.partition(".")[0] for number in sections(language)] for language in ("zh", "en")
    ]
    assert parts[0] == sorted(parts[0])


@pytest.mark.parametrize("language", PAGES)
def test_the_index_leads_from_words_of_a_law_to_every_pattern(language: str) -> None:
    listed = re.findall(
        r"(?m)^\| [^|]+ \| [^|]+ \| \[(\d+\.\d+) [^\]]+\]\(#[^)]+\) \|$", page(language)
    )
    assert listed == list(sections(language))


@pytest.mark.parametrize("language", PAGES)
def test_tables_are_those_of_the_examples(language: str) -> None:
    text = page(language)
    assert patterns.with_tables(text, language) == text


@pytest.mark.parametrize("language", PAGES)
def test_every_case_is_named(language: str) -> None:
    cases = {path.parent.name for path in (ROOT / "cases").glob("*/case.yaml")}
    assert cases
    assert cases - set(re.findall(r"\]\([./]*cases/(\w+)/", page(language))) == set()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_invented_says_so_in_the_file_itself(name: str) -> None:
    assert "虚构" in (EXAMPLES / f"{name}.yaml").read_text("utf-8").splitlines()[1]


def test_every_file_is_listed_with_a_word_in_both_languages() -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    listed = re.findall(r"(?m)^\| \[(\w+)\.yaml\]\(\1\.yaml\) \| [^|]+ \| [^|]+ \|$", text)
    assert sorted(listed) == NAMES
    tables = {path.name for path in EXAMPLES.glob("*.csv")}
    assert tables <= set(re.findall(r"\((\w+\.csv)\)", text))


# -- a table is what it says ----------------------------------------------------------------------


def test_a_table_has_a_column_for_each_district_and_the_total_of_what_divides() -> None:
    assert patterns.table("share", ["population", "aid"], "en").splitlines() == [
        "|  | A | B | C | D | E | F | G | H | total |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| `population` | 10 | 20 | 5 | 15 | 8 | 12 | 25 | 5 |  |",
        "| `aid` | 100 | 200 | 50 | 150 | 80 | 120 | 250 | 50 | 1,000 |",
    ]


@pytest.mark.parametrize(
    ("figure", "percent", "said"),
    [
        (Fraction(1, 3), False, "0.33"),
        (Fraction(20), False, "20"),
        (Fraction(-12345, 10), False, "-1,234.5"),
        (Fraction(5, 1000), False, "0.005"),
        (Fraction(-1, 10**6), False, "0"),
        (Fraction(125, 1000), True, "12.5%"),
        (Fraction(1, 8) / 100, True, "0.1%"),
    ],
)
def test_figures_have_the_digits_a_reader_needs(figure: Fraction, percent: bool, said: str) -> None:
    assert patterns.shown(figure, percent) == said


# -- what the pages say of figures ----------------------------------------------------------------


def column(name: str, which: str) -> dict[str, Fraction]:
    allocation: Allocation = patterns.allocated(name)
    figures = allocation.column(which)
    assert all(isinstance(figure, Fraction) for figure in figures)
    return dict(zip(allocation.keys, figures, strict=True))  # type: ignore[arg-type]


def test_the_law_of_six_articles_comes_out_as_by_hand() -> None:
    weights = {"A": 3000, "C": 4800, "D": 2000, "E": 6000, "F": 3600, "H": 3600}
    assert sum(weights.values()) == 23_000
    last = column("law", "last_year")
    bound = {"C": 1.5 * last["C"], "E": 1.5 * last["E"], "H": 1.5 * last["H"], "D": last["D"]}
    left = 1000 - 20 - 2 * 30 - sum(bound.values())
    assert left == 290
    paid = column("law", "guarantee")
    assert {key: paid[key] for key in bound} == bound
    assert [paid["A"], paid["F"]] == [round(left * weights[k] / 6600) for k in "AF"] == [132, 158]
    assert [key for key, sum_ in column("law", "awards").items() if sum_] == ["B", "G"]


def test_a_bound_that_is_clipped_once_leaks_and_one_that_is_declared_holds() -> None:
    floor = {
        key: Fraction(9, 10) * sum_ for key, sum_ in column("hold_harmless", "last_year").items()
    }
    once, aid = column("hold_harmless", "once"), column("hold_harmless", "aid")
    assert once["B"] < floor["B"] == aid["B"] == 108
    assert all(aid[key] >= floor[key] for key in floor)
    clipped = column("bounded_share", "clipped")
    assert clipped["E"] / sum(clipped.values()) > Fraction(20, 100)
    bounded = column("bounded_share", "bounded")
    assert (max(bounded.values()), min(bounded.values())) == (Fraction(1, 5), Fraction(1, 20))


def test_a_minimum_that_is_decided_once_can_be_missed_by_others() -> None:
    least, aid = column("minimum_once", "least"), column("minimum_once", "aid")
    assert aid["G"] == least["G"] == 75
    assert aid["B"] == 58 < least["B"] == 60


def test_a_guaranteed_share_falls_when_the_larger_shares_are_normalised() -> None:
    before, paid, kept = (column("share_not_below", n) for n in ("before", "paid", "kept"))
    guaranteed = [
        key for key, share in column("share_not_below", "better").items() if share == before[key]
    ]
    assert guaranteed and all(paid[key] < before[key] for key in guaranteed)
    assert all(kept[key] >= Fraction(9, 10) * share for key, share in before.items())


def test_adjustments_add_up_to_zero_and_a_cut_per_head_is_the_same_for_all() -> None:
    assert sum(column("zero_sum", "adjustment").values()) == 0
    due, heads = column("same_per_head", "due"), column("same_per_head", "population")
    paid = patterns.allocated("same_per_head").column("aid")
    cuts = [(d - p) / h for d, p, h in zip(due.values(), paid, heads.values(), strict=True) if d]
    assert max(cuts) - min(cuts) < Fraction(1, 5)  # whole 万元 a district


def test_a_gap_less_a_rate_of_need_leaves_all_at_the_same_part_of_need() -> None:
    revenue, need = column("gap_less_need", "revenue"), column("gap_less_need", "need")
    aid = column("gap_less_need", "aid")
    assert {(revenue[key] + sum_) / need[key] for key, sum_ in aid.items() if sum_} == {
        Fraction(9, 10)
    }
    ((cut,),) = [{*column("gap_less_need", "cut").values()}]
    assert cut == 10


def test_the_composite_coefficient_of_schools_is_the_mean_of_seven_weighted_ones() -> None:
    allocation = patterns.allocated("schools")
    pupils = [float(n) for n in column("schools", "pupils").values()]
    for level, name in (("小学", "primary"), ("初中", "junior")):
        rows = [n for n, each in enumerate(allocation.column("level")) if each == level]
        found = []
        for figures in allocation.items("per_pupil").values():
            x = {n: float(figures[n] or 0) for n in rows}
            heads = sum(pupils[n] for n in rows)
            mean = sum(x[n] * pupils[n] for n in rows) / heads
            spread = sum(pupils[n] / heads * (x[n] - mean) ** 2 for n in rows) ** 0.5
            found.append(spread / mean)
        (composite,) = {*column("schools", name).values()}
        assert float(composite) == pytest.approx(sum(found) / 7, abs=1e-12)
    rules = {result.id: result.status for result in allocation.rules}
    assert rules == {"primary_balance": "holds", "junior_balance": "holds"}


def test_an_indicator_that_nobody_reported_leaves_its_weight_to_the_others() -> None:
    degree = column("appraisal", "realisation.degree")
    assert degree["E"] == 100 * (
        Fraction(4, 7) * Fraction(92, 98) + Fraction(3, 7) * Fraction(6, 10)
    )
    assert degree["A"] == 100 * (Fraction(4, 10) + Fraction(3, 10) * (Fraction(8, 10) * 2))


def test_a_different_year_is_one_value_away() -> None:
    policy = transfers.load_policy(
        EXAMPLES / "phase_in.yaml", {"parameters.year_of_transition": "3"}
    )
    allocation = transfers.allocate(policy, transfers.load_districts(None, policy))
    new = allocation.column("new")
    assert [sum_ > 0 for sum_ in allocation.total] == [share != 0 for share in new]
