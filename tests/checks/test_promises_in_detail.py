"""What promises of policy compare, and what they leave alone."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from checks.domains import Domain
from checks.nominal import Nominal
from checks.promises import PROMISES, check_promise
from checks.promises.kinds import together
from checks.promises.moving import few
from checks.promises.results import gaps
from checks.runs import Case
from checks.subject import Subject
from checks.trial import Asked, Judged, judge
from tests.checks.test_policy_promises import BROKEN, policy, table
from transfers import Policy, load_policy
from transfers.messages import LANGUAGES, said


def of_text(folder: Path, text: str) -> Policy:
    """Return a policy of districts with keys; `text` follows the districts."""
    file = folder / "policy.yaml"
    file.write_text(f"policy: p\ndistricts: {{file: d.csv, key: code}}\n{text}", encoding="utf-8")
    return load_policy(file)


def unbroken(found: Judged) -> int:
    """Return how many comparisons a promise stood."""
    assert found.broken is None
    return found.count


# -- money -----------------------------------------------------------------------------------------

ALABAMA = {"population": (1, 1, 1), "need": (0, 1, 1)}


def test_largest_remainder_takes_a_quantum_when_the_pool_grows_from_8_to_9() -> None:
    found = check_promise("budget_monotonicity", policy("two_factors"), table(**ALABAMA), 0)
    broken = found.broken
    assert broken is not None and broken.row == 0
    assert broken.after is not None
    assert (broken.before.total, broken.after.total) == ((2, 3, 3), (1, 4, 4))
    assert broken.changed is not None
    assert (broken.changed.values["old"], broken.changed.values["new"]) == (8, 9)


def test_a_quantum_is_what_rounding_may_take_and_webster_takes_none() -> None:
    given = table(**ALABAMA)
    assert unbroken(check_promise("budget_monotonicity", policy("two_factors"), given)) == 4
    webster = policy("two_factors_webster")
    assert unbroken(check_promise("budget_monotonicity", webster, table(**ALABAMA), 0)) == 4


def test_a_budget_in_so_many_words_is_how_much_money_there_is(tmp_path: Path) -> None:
    text = "inputs: {need: {role: need}}\nbudget: 9\ngrants: {aid: {pool: remainder, share: need}}"
    assert Subject(of_text(tmp_path, text)).levers == {("budget",): 9}


def test_what_is_collected_is_no_money_that_districts_get(tmp_path: Path) -> None:
    text = (
        "inputs: {wealth: {role: own_revenue}}\nreserves: {fund: 0}\n"
        "grants:\n  levy: {collect: 10, share: wealth, contributions: fund}\n"
        "  aid: {draw: fund, pool: remainder, share: wealth}\n"
    )
    assert Subject(of_text(tmp_path, text)).levers == {}


def test_tolerance_counts_a_payable_sum_for_each_grant(tmp_path: Path) -> None:
    text = (
        "inputs: {need: {role: need}}\ngrants:\n  one: {pool: 100, share: need}\n"
        "  other: {pool: 100, share: need, rounding: {rule: webster, quantum: 10}}\n"
    )
    assert PROMISES["others_need"].tolerated(Subject(of_text(tmp_path, text))) == 11


# -- currency --------------------------------------------------------------------------------------


def test_a_number_that_is_not_indexed_is_named_with_its_line() -> None:
    threshold = policy("nominal_threshold")
    found = check_promise("currency", threshold, table(need=(1, 1), revenue=(4000, 6000))).broken
    assert found is not None and found.how is not None
    assert found.how.values["number"] == "5000"
    assert found.path == ("grants", "aid", "share")


NOMINAL = [
    # a threshold that a column of money is held against, and sums that are paid
    ("parameters: {line: 50, most: 7}", "if(own < line, most, 0)", {"own"}, 2, 0),
    ("parameters: {rate: 50%}", "rate * own", {"own"}, 0, 0),
    ("parameters: {t: {A: 3, B: 4}}", "t[kind]", {"own"}, 2, 0),
    ("parameters: {t: [{up_to: 9, value: 3}, {value: 4}]}", "step(own, t)", {"own"}, 3, 0),
    ("parameters: {least: 1}", "max(cost - own, least)", {"own", "cost"}, 1, 0),
    ("", "if(own < 50, 7, 0)", {"own"}, 0, 2),
    ("", "max(own, 2 * cost)", {"own", "cost"}, 0, 0),
    ("", "own + 100", {"own"}, 0, 1),
    ("", "20 * points", {"own"}, 0, 1),
]


@pytest.mark.parametrize(("parameters", "claim", "inputs", "numbers", "buried"), NOMINAL)
def test_what_meets_money_without_a_unit_is_money(
    tmp_path: Path, parameters: str, claim: str, inputs: set[str], numbers: int, buried: int
) -> None:
    text = (
        "inputs:\n  own: {role: own_revenue, unit: 万元}\n  cost:\n  heads: {unit: 人}\n"
        f"  points: {{role: score}}\n  kind: {{one_of: [A, B]}}\n{parameters}\n"
        f"grants: {{aid: {{claim: '{claim}'}}}}\n"
    )
    found = Nominal.of(of_text(tmp_path, text))
    assert set(found.inputs) == inputs
    assert len(found.numbers) == numbers
    assert len(found.buried) == buried


def test_money_per_something_and_things_per_money_are_scaled_by_their_power(tmp_path: Path) -> None:
    text = (
        "inputs:\n  wage: {unit: 元/人}\n  density: {unit: 人/元}\n  heads: {unit: 人}\n"
        "grants: {aid: {pool: 10, share: wage * heads * density}}\n"
    )
    found = Nominal.of(of_text(tmp_path, text))
    assert found.inputs == {"wage": 1, "density": -1}
    assert found.numbers == {("grants", "aid", "pool"): 1}


# -- company ---------------------------------------------------------------------------------------


def test_entry_compares_nothing_where_the_money_leaves_with_the_district() -> None:
    band = policy("growth_band")
    assert unbroken(check_promise("entry", band, table(need=(1, 2, 3), prior=(10, 20, 30)))) == 0
    assert check_promise("entry", band, table(need=(1, 2, 3), prior=(10, 20, 0))).count == 1


def test_replication_compares_nothing_where_money_does_not_double() -> None:
    fixed = policy("plain_share").changed(set={"grants.aid.pool": "1000 + sum(need)"})
    assert unbroken(check_promise("replication", fixed, table(need=(1, 2)))) == 0


def test_a_district_alone_has_nobody_to_leave() -> None:
    assert unbroken(check_promise("entry", policy("plain_share"), table(need=(1,)))) == 0


def test_what_is_counted_adds_up_when_districts_merge(tmp_path: Path) -> None:
    text = (
        "inputs:\n  people: {unit: 万人}\n  beds: {unit: bed}\n  area: {unit: km2}\n"
        "  cost: {unit: 元/人}\n  rate: {unit: '%'}\n  towns:\n  score: {role: score}\n"
        "  need: {role: need}\n  index: {min: 0, max: 1}\n  kind: {one_of: [A]}\n"
        "grants: {aid: {pool: 1, share: people}}\n"
    )
    assert together(Subject(of_text(tmp_path, text))) == {
        **dict.fromkeys(("people", "beds", "area", "need"), "adds"),
        **dict.fromkeys(("cost", "rate", "score", "index", "kind"), "same"),
        "towns": "unknown",
    }


def test_districts_with_other_scores_do_not_merge() -> None:
    bonus = policy("per_point")
    same = check_promise("merge_split", bonus, table(score=(5, 5), prior=(1, 1)))
    other = check_promise("merge_split", bonus, table(score=(5, 6), prior=(1, 1)))
    assert (same.count, other.count) == (3, 2)  # both halves, and the two as one


def test_gaps_that_fill_each_other_when_districts_merge_are_no_gain() -> None:
    gap = policy("gap_on_actual_revenue")
    found = check_promise("merge_split", gap, table(need=(10, 10), revenue=(0, 20)))
    assert (found.count, found.broken) == (3, None)


# -- cliffs ----------------------------------------------------------------------------------------


def continuity(folder: Path, inputs: str, claim: str, money: str = "", **columns: object) -> Judged:
    """Hold the promise of continuity against a claim."""
    text = f"{money}\ninputs: {inputs}\ngrants: {{aid: {{claim: '{claim}'}}}}\n"
    return check_promise("continuity", of_text(folder, text), table(**columns))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claim", "figure"),
    [
        ("1000000 * x", 7),  # steep
        ("max(0, 1000 * (x - 7))", 7),  # a bend at the figure
        ("max(0, 1000 * (x - 7.9))", 7),  # and one between two steps
        ("1000 * sqrt(x)", 0),
        ("1000 * x ^ 2", 30),
        ("min(9000, 1000 * x)", 9),
        ("1000 / (x + 1)", 0),
    ],
)
def test_slopes_bends_and_roots_are_no_cliffs(tmp_path: Path, claim: str, figure: int) -> None:
    found = continuity(tmp_path, "{x: {min: 0}}", claim, x=(figure,))
    assert found.count and found.broken is None


@pytest.mark.parametrize(
    ("claim", "figure", "excess"),
    [
        ("if(x < 7, 0, 50)", 7, 50),
        ("if(x <= 7, 50, 0)", 7, 50),
        ("if(x > 7, 1000 * x + 50, 1000 * x)", 7, 50),  # on a slope that is steeper
        ("if(3 * x > 22, 50, 0)", 7, 50),  # between two steps
        ("round(x / 5 * 100, to=100)", 7, 100),
    ],
)
def test_a_jump_is_a_cliff_on_any_slope(
    tmp_path: Path, claim: str, figure: int, excess: int
) -> None:
    broken = continuity(tmp_path, "{x: {min: 0}}", claim, x=(figure,)).broken
    assert broken is not None
    assert abs(broken.excess - excess) <= excess // 5


def test_a_step_of_much_money_is_no_cliff(tmp_path: Path) -> None:
    money = "money: {unit: 元, quantum: 0.01}"
    found = continuity(tmp_path, "{x: {unit: 亿元}}", "max(0, 3 * x)", money, x=(7,))
    assert found.count and found.broken is None


def test_numbers_that_stand_for_categories_are_not_moved(tmp_path: Path) -> None:
    found = continuity(tmp_path, "{x: {min: 0}}", "if(x == 1, 50, 20)", x=(1,))
    assert unbroken(found) == 0


def test_the_line_with_the_edge_is_responsible() -> None:
    broken = check_promise("continuity", policy("step_tier_on_revenue"), table(revenue=(5000,)))
    assert broken.broken is not None
    assert broken.broken.path == ("grants", "aid", "claim")


# -- revenue, last year ----------------------------------------------------------------------------


def test_revenue_in_another_unit_than_amounts_is_converted(tmp_path: Path) -> None:
    """Of each 亿元 more, which are 10,000 万元, a district loses 12,000 or 9,000 万元."""
    for loss, broken in ((12000, True), (9000, False)):
        text = (
            "inputs: {own: {unit: 亿元, min: 0, role: own_revenue}}\nparameters:\n"
            "  most: {value: 90000, unit: 万元}\n  each: {value: "
            f"{loss}, unit: 万元/亿元}}\ngrants: {{aid: {{claim: 'max(0, most - each * own)'}}}}\n"
        )
        found = check_promise("no_full_clawback", of_text(tmp_path, text), table(own=(2,)))
        assert found.count and (found.broken is not None) is broken


def test_the_part_of_last_year_that_is_guaranteed_can_be_said() -> None:
    share = policy("share_beside_last_year")
    given = table(need=(1, 1), prior=(700, 300))
    found = [
        check_promise("hold_harmless", share, given, share=Fraction(part, 100)).broken
        for part in (100, 72, 71)
    ]
    assert [each is not None for each in found] == [True, True, False]


def test_what_is_guaranteed_and_allowed_stands_in_the_document() -> None:
    listed = policy("share_beside_last_year").changed(
        set={"promises": "{hold_harmless: {at_least: 70%}, growth_cap: {at_most: 50%}}"}
    )
    given = table(need=(1, 1), prior=(700, 320))
    held = check_promise("hold_harmless", listed, given)
    assert unbroken(held) == 1
    grown = check_promise("growth_cap", listed, given).broken
    assert grown is not None and (grown.row, grown.limit, grown.excess) == (1, 480, 20)
    assert PROMISES["growth_cap"].idle(Subject(listed)) is None
    assert PROMISES["growth_cap"].idle(Subject(policy("share_beside_last_year"))) is not None


def test_growth_is_held_against_nothing_where_no_cap_is_said() -> None:
    share = policy("share_beside_last_year")
    assert unbroken(check_promise("growth_cap", share, table(need=(1, 1), prior=(1, 1)))) == 0


def test_who_got_nothing_last_year_is_guaranteed_nothing_and_does_not_grow() -> None:
    share = policy("share_beside_last_year")
    given = table(need=(1, 1), prior=(0, 500))
    assert unbroken(check_promise("hold_harmless", share, given)) == 1
    grown = check_promise("growth_cap", share, given, share=Fraction(1, 4)).broken
    assert grown is not None and (grown.row, grown.limit) == (0, 0)


# -- scores ----------------------------------------------------------------------------------------


def test_a_bad_year_before_a_good_one_is_seen_by_the_second_year() -> None:
    """A bonus for what a score has risen by is lower in the bad year and higher in the next."""
    bonus = policy("improvement_of_score")
    given = table(score=(50,), last_score=(50,))
    found = check_promise("no_reward_for_decline", bonus, given).broken
    assert found is not None and found.how is not None
    assert found.excess == 1250  # half the score, then 25 more points at 50
    assert found.how.values == {
        "first": "0 万元",
        "second": "1,250 万元",
        "first_else": "0 万元",
        "second_else": "0 万元",
    }


# -- results ---------------------------------------------------------------------------------------


def test_districts_of_other_need_may_overtake() -> None:
    bonus = policy("rank_bonus")
    given = {"revenue": (10, 11), "population": (1, 1), "score": (2, 1)}
    assert unbroken(check_promise("no_re_ranking", bonus, table(need=(50, 60), **given))) == 0


def test_need_that_is_counted_is_equal_per_head() -> None:
    bonus = policy("rank_bonus")
    given = table(need=(50, 100), revenue=(10, 22), population=(1, 2), score=(2, 1))
    assert check_promise("no_re_ranking", bonus, given).broken is not None


def test_overtaking_by_the_last_quantum_does_not_matter() -> None:
    bonus = policy("rank_bonus").changed(
        set={"parameters.reward.value.0.value": "3", "parameters.reward.value.1.value": "0"}
    )
    given = {"need": (5, 5), "population": (1, 1), "score": (2, 1)}
    found = [
        check_promise("no_re_ranking", bonus, table(revenue=(10, 10 + ahead), **given)).broken
        for ahead in (1, 2)
    ]
    assert [each is not None for each in found] == [False, False]
    strict = check_promise("no_re_ranking", bonus, table(revenue=(10, 12), **given), 0).broken
    assert strict is not None and strict.excess == 1


def test_gaps_are_those_between_all_pairs() -> None:
    random = Random(7)
    for _ in range(100):
        count = random.randint(1, 6)
        money = [Fraction(random.randint(0, 9)) for _ in range(count)]
        heads = [Fraction(random.randint(1, 5)) for _ in range(count)]
        pairs = combinations(range(count), 2)
        assert gaps(money, heads) == sum(
            heads[i] * heads[j] * abs(money[i] / heads[i] - money[j] / heads[j]) for i, j in pairs
        )


# -- all -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_break_can_be_told_in_both_languages(name: str) -> None:
    planted = BROKEN[name]
    broken = check_promise(
        *(name, policy(planted.policy), table(**planted.table), planted.tolerance, planted.share)
    ).broken
    assert broken is not None
    for phrase in (broken.changed, broken.how):
        for language in LANGUAGES:
            assert phrase is None or said(phrase, language)
    if broken.row is not None:
        assert broken.row < len(broken.before.case.table)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_trial_on_three_districts_takes_few_runs(name: str) -> None:
    planted = policy(BROKEN[name].policy)
    columns = dict.fromkeys(planted.inputs, (3, 5, 8))
    subject = Subject(planted)
    asked = Asked(subject, Case(table(**columns)), Fraction(1), share=Fraction(1))
    judge(subject, [PROMISES[name].trial(asked)])
    assert subject.runs.count <= 110


def test_roles_that_are_lacking_are_named() -> None:
    subject = Subject(policy("step_tier_on_revenue"))
    assert PROMISES["no_re_ranking"].lacking(subject) == ("population",)
    assert PROMISES["no_full_clawback"].lacking(subject) == ()


def test_of_many_moves_the_same_few_are_tried() -> None:
    assert few(range(1000), 5) == few(range(1000), 5)
    assert len(few(range(1000), 5)) == 5
    assert few(range(3), 5) == [0, 1, 2]


def test_raised_figures_stay_within_the_range_of_the_input() -> None:
    domain = Domain("x", "number", most=Fraction(10), edges=(Fraction(8),))
    assert domain.raised(Fraction(7)) == [8, 9]
