"""Sentence 29: measures of disparity, in formulas and before and after the transfer."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from tests.method.tiny import AllocateText, exact
from transfers import Allocation, Inequality, messages

ROOT = Path(__file__).parents[2]
SCHOOLS = "key,pupils,books\n 1,45,279\n 2,37,137\n 3,89,935\n 4,76,160\n 5,55,402\n"


def figure(allocate_text: AllocateText, formula: str, table: str) -> Fraction | None:
    """Return what a formula yields, the same for every district."""
    columns = table.splitlines()[0].split(",")[1:]
    inputs = ", ".join(f"{c}: {{type: text}}" if c == "tier" else f"{c}: {{}}" for c in columns)
    text = f"inputs: {{{inputs}}}\ngrants: {{aid: {{pool: 0, share: '1'}}}}\n"
    found = allocate_text(f"{text}outputs: {{o: '{formula}'}}\n", table).column("o")
    assert len({*found}) == 1
    assert found[0] is None or isinstance(found[0], Fraction)
    return found[0]


def jiangmen(by: str | None = None) -> Inequality:
    policy = transfers.load_policy(ROOT / "examples" / "jiangmen" / "policy.yaml")
    found = transfers.allocate(policy, transfers.load_districts(None, policy)).inequality(by)
    assert found is not None
    return found


# -- in formulas --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("cv(books / pupils, weights=pupils)", 0.515),
        ("cv(books / pupils)", 0.489),
        ("cv_sample(books / pupils)", 0.546),
        ("mean(books / pupils, weights=pupils)", 6.334),
    ],
)
def test_the_sheet_of_the_schools_is_weighted_by_pupils(
    allocate_text: AllocateText, formula: str, wanted: float
) -> None:
    """Sentence 29: the official 0.515 weighs by pupils; 0.489 and 0.546 are other definitions."""
    found = figure(allocate_text, formula, SCHOOLS)
    assert found is not None
    assert round(float(found), 3) == wanted


def test_gini_and_theil_of_two_districts_by_hand(allocate_text: AllocateText) -> None:
    """Sentence 29: 1 and 3: mean difference of all pairs 1, twice the mean 4: 1/4."""
    table = "key,x,w\n a,1,1\n b,3,1\n"
    assert figure(allocate_text, "gini(x)", table) == Fraction(1, 4)
    theil = figure(allocate_text, "theil(x)", table)
    assert theil is not None
    by_hand = (0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2
    assert float(theil) == pytest.approx(by_hand, abs=1e-15)
    nine = table.replace("a,1,1", "a,1,9")
    assert figure(allocate_text, "gini(x, weights=w)", nine) == Fraction(3, 20)


def test_a_figure_of_zero_contributes_nothing_to_theil(allocate_text: AllocateText) -> None:
    """Sentence 29: 0 and 4: all is in one hand, log 2."""
    table = "key,x\n a,0\n b,4\n"
    theil = figure(allocate_text, "theil(x)", table)
    assert theil is not None
    assert float(theil) == pytest.approx(math.log(2), abs=1e-15)


@pytest.mark.parametrize("measure", ["gini(x)", "theil(x)", "gini(x, weights=w)"])
def test_negative_figures_and_nothing_to_share_have_no_measure(
    allocate_text: AllocateText, measure: str
) -> None:
    """Sentence 29: shares of a whole mean nothing then; the result is missing, no error."""
    for rows in (" a,-1,1\n b,3,1\n", " a,0,1\n b,0,1\n"):
        assert figure(allocate_text, measure, f"key,x,w\n{rows}") is None


def test_all_equal_is_nothing_and_a_factor_changes_nothing(allocate_text: AllocateText) -> None:
    """Sentence 29: both are 0 where all are equal and do not depend on the unit."""
    for measure in ("gini(x)", "theil(x)", "cv(x)", "cv_sample(x)"):
        assert figure(allocate_text, measure, "key,x\n a,7\n b,7\n c,7\n") == 0
    one, other = (
        figure(allocate_text, "gini(x)", f"key,x\n a,{k}\n b,{3 * k}\n c,{8 * k}\n")
        for k in (1, 70)
    )
    assert one == other


def test_theil_is_the_sum_of_between_and_within(allocate_text: AllocateText) -> None:
    """Sentence 29: the index of group means is the part between groups, the rest is within."""
    table = "key,x,w,tier\n a,1,1,A\n b,2,3,A\n c,3,2,B\n d,6,2,B\n"
    total = figure(allocate_text, "theil(x, weights=w)", table)
    between = figure(allocate_text, "theil(mean(x, by=tier, weights=w), weights=w)", table)
    within = figure(
        allocate_text,
        "sum(w * x / sum(w * x) * theil(x, weights=w, by=tier))",
        table,
    )
    assert total is not None and between is not None and within is not None
    assert [round(float(x), 4) for x in (total, between, within)] == [0.1506, 0.1002, 0.0504]
    assert abs(total - between - within) < Fraction(1, 10**45)


# -- before and after ---------------------------------------------------------------------------


def test_the_measures_of_jiangmen_are_weighted_by_population() -> None:
    """Sentence 29: cv 0.2933 to 0.2909, Theil 0.04299 to 0.04230, Gini 0.1631 to 0.1619."""
    found = jiangmen()
    pairs = {m.code: (m.before, m.after) for m in found.measures}
    rounded = {
        code: tuple(round(x, 5 if code == "theil" else 4) for x in pair if x is not None)
        for code, pair in pairs.items()
    }
    assert rounded == {
        "cv_weighted": (0.2933, 0.2909),
        "cv": (0.2970, 0.2942),
        "cv_sample": (0.3208, 0.3178),
        "gini": (0.1631, 0.1619),
        "theil": (0.04299, 0.04230),
        "max_min": (2.2604, 2.2591),
    }
    assert messages.said(found.unit, "zh") == "元/人"
    assert messages.said(found.unit, "en") == "元/person"
    assert (found.districts, found.left_out) == (7, ())
    assert found["gini"].change == pytest.approx(-0.00121979, abs=1e-8)


def test_theil_of_jiangmen_lies_mostly_between_the_tiers() -> None:
    """Sentence 29: by=tier adds the parts between and within, which make the whole."""
    found = jiangmen("tier")
    for moment in ("before", "after"):
        whole, between, within = (
            getattr(found[code], moment) for code in ("theil", "theil_between", "theil_within")
        )
        assert whole == pytest.approx(between + within, abs=1e-15)
        assert between > within
    assert found.by == "档次"


def test_the_measures_are_those_of_the_formulas(allocate_text: AllocateText) -> None:
    """Sentence 29: what reports show is what a rule would be decided by."""
    text = """
inputs:
  heads: {unit: 万人, role: population}
  own: {unit: 亿元, role: own_revenue}
  tier: {type: text}
grants: {aid: {pool: 300, share: heads ^ 2}, more: {claim: 10}}
quantities: {before: own / heads, after: (own + total) / heads}
outputs:
  cv_weighted: cv(after, weights=heads)
  cv_: cv(after)
  cv_sample_: cv_sample(after)
  gini_: gini(after, weights=heads)
  theil_: theil(after, weights=heads)
  theil_between: theil(mean(after, by=tier, weights=heads), weights=heads)
  max_min: highest(after) / lowest(after)
"""
    table = "key,heads,own,tier\n a,1.5,0.3,A\n b,2,0.25,B\n c,7,2,A\n d,0.4,0.01,B\n"
    allocation = allocate_text(text, table)
    found = allocation.inequality("tier")
    assert found is not None
    for rule in allocation.policy.outputs:
        measure = found[rule.name.rstrip("_")]
        assert measure.after == pytest.approx(float(exact(allocation, rule.name)[0]), rel=1e-12)


def test_without_the_roles_there_are_no_measures(allocate_text: AllocateText) -> None:
    """Sentence 29: one input must be revenue and one population; money of another kind is none."""
    inputs = "inputs: {{heads: {{unit: 万人{0}}}, own: {{unit: {1}, role: own_revenue}}}}\n"
    grants = "grants: {aid: {pool: 30, share: heads}}\n"

    def measured(*words: str) -> Inequality | None:
        return allocate_text(
            inputs.format(*words) + grants, "key,heads,own\n a,1,2\n b,3,4\n"
        ).inequality()

    assert measured("", "万元") is None
    assert measured(", role: population", "km2") is None
    assert measured(", role: population", "万元") is not None


def test_districts_without_revenue_or_people_are_left_out_by_name(
    allocate_text: AllocateText,
) -> None:
    """Sentence 29: nobody is guessed, and the report says who is not in it."""
    text = """
inputs: {heads: {unit: 人, role: population}, own: {unit: 元, role: own_revenue}}
grants: {aid: {pool: 30, share: '1'}}
"""
    table = "key,heads,own\n a,1,2\n b,3,\n c,0,5\n d,2,4\n"
    found = allocate_text(text, table).inequality()
    assert found is not None
    assert (found.districts, found.left_out) == (2, ("b", "c"))
    assert found["gini"].before == 0


def test_a_rejected_scenario_and_an_unknown_group_have_no_measures(
    allocate_text: AllocateText,
) -> None:
    """Sentence 29: nobody is paid; a column that is no text cannot group."""
    text = """
inputs: {heads: {unit: 人, role: population}, own: {unit: 元, role: own_revenue}}
grants: {aid: {pool: 1, share: heads, floor: '9'}}
"""
    allocation: Allocation = allocate_text(text, "key,heads,own\n a,1,2\n b,3,5\n")
    assert allocation.status == "rejected"
    assert allocation.inequality() is None
    with pytest.raises(transfers.TableError) as caught:
        allocation.inequality("heads")
    assert [fault.code for fault in caught.value.faults] == ["measures.no_groups"]
