"""Sentence 28: rules about the outcome hold, are broken by how much, do not apply, or are unknown.

The rules are those that a bureau checks; their figures come from published texts where there are
any.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from tests.method.tiny import AllocateText, fault_codes, loaded, paid, written
from transfers import Allocation, RuleResult

TABLE = "key,name,need,last,ask\n a,甲,1,10,30\n b,乙,2,30,20\n c,丙,3,50,51\n"
HEAD = """
inputs:
  need: {unit: 万元}
  last: {unit: 万元}
  ask: {unit: 万元}
"""
AID = "grants: {aid: {pool: 120, share: need}}\n"


def ruled(allocate_text: AllocateText, rule: str, *, grants: str = AID) -> RuleResult:
    """Return what one rule comes to where 120 are shared by need: 20, 40, 60."""
    allocation = allocate_text(f"{HEAD}{grants}rules:\n  r: {rule}\n", TABLE)
    (result,) = allocation.rules
    assert allocation.rule("r") == result
    compared = allocation.worst_margin("r")
    assert (None if compared is None else compared.margin) == result.margin
    return result


def city(allocate_text: AllocateText, rules: str, **figures: str) -> Allocation:
    """Return the rules of one city, held against figures of the budget."""
    inputs = "".join(f"  {name}: {{unit: 亿元}}\n" for name in figures)
    table = f"key,{','.join(figures)}\n440700,{','.join(figures.values())}\n"
    grants = "grants: {aid: {pool: 0, share: '1'}}\n"
    return allocate_text(f"inputs:\n{inputs}{grants}rules:\n{rules}", table)


def only(allocation: Allocation) -> RuleResult:
    (result,) = allocation.rules
    return result


# -- one rule --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("that", "status", "left", "right", "margin"),
    [
        ("sum(aid) >= 110", "holds", 120, 110, 10),
        ("sum(aid) >= 120", "holds", 120, 120, 0),
        ("sum(aid) > 120", "broken", 120, 120, 0),
        ("sum(aid) <= 100", "broken", 120, 100, -20),
        ("sum(aid) < 121", "holds", 120, 121, 1),
        ("sum(aid) == 120.5", "broken", 120, Fraction(241, 2), Fraction(-1, 2)),
        ("sum(aid) != 120", "broken", 120, 120, 0),
        ("sum(aid) / 36 >= 10 / 3", "holds", Fraction(10, 3), Fraction(10, 3), 0),
        ("0.1 + 0.2 == 0.3", "holds", Fraction(3, 10), Fraction(3, 10), 0),
    ],
)
def test_a_comparison_holds_or_is_broken_by_an_exact_margin(
    allocate_text: AllocateText, that: str, status: str, left: int, right: int, margin: int
) -> None:
    """Sentence 28: equal is enough for >=, and breaks > with a margin of nothing."""
    result = ruled(allocate_text, f"'{that}'")
    assert (result.status, result.left, result.right, result.margin) == (
        status,
        left,
        right,
        margin,
    )
    assert result.level == "warn"


def test_of_comparisons_joined_by_and_the_broken_one_is_told(allocate_text: AllocateText) -> None:
    """Sentence 28: each of them has its margin; of those that hold the nearest is told."""
    broken = ruled(allocate_text, "sum(aid) >= 100 and sum(last) >= 100")
    assert (broken.left, broken.margin) == (90, -10)
    held = ruled(allocate_text, "sum(aid) >= 100 and sum(last) >= 85")
    assert (held.left, held.margin) == (90, 5)
    for other in ("sum(aid) > 1 or sum(last) > 1", "not (sum(aid) < 1)", '"a" == "a"'):
        assert (
            ruled(allocate_text, f"'{other}'").status,
            ruled(allocate_text, f"'{other}'").margin,
        ) == (
            "holds",
            None,
        )
    named = ruled(allocate_text, "enough", grants=AID + "outputs: {enough: sum(aid) >= 100}\n")
    assert named.margin == 20


def test_margins_are_in_the_unit_of_the_left_side(allocate_text: AllocateText) -> None:
    """Sentence 28: 1 亿元 against 9,000 万元 is 0.1 亿元 more; ratios beside 5% are percentages."""
    allocation = city(
        allocate_text,
        "  money: own >= other\n  ratio: own / other - 1 >= 15%\n  plain: own / other >= 1.2\n",
        own="1",
        other="0.9",
    )
    money, ratio, plain = allocation.rules
    assert (money.margin, money.unit) == (Fraction(1, 10), "亿元")
    assert ratio.compared is not None and plain.compared is not None
    assert ratio.compared.side(ratio.left) == "11.11%"
    assert plain.compared.side(plain.left) == "1.1111"
    assert (ratio.margin, plain.margin) == (Fraction(1, 9) - Fraction(15, 100), Fraction(-4, 45))


def test_per_district_the_worst_comes_first(allocate_text: AllocateText) -> None:
    """Sentence 28: C8, not below last year: 20, 40, 60 against 30, 20, 51."""
    result = ruled(allocate_text, "{that: aid >= 2 * ask - 30, title: 底线, source: 第三条}")
    assert (result.status, result.title, result.source) == ("broken", "底线", "第三条")
    assert [(b.key, b.margin and b.margin.margin) for b in result.broken] == [
        ("c", -12),
        ("a", -10),
    ]
    assert (result.margin, result.district) == (-12, "c")
    assert dict(result.counts) == {"broken": 2, "unknown": 0, "holds": 1, "not_applicable": 0}
    held = ruled(allocate_text, "aid >= last")
    assert (held.status, held.margin, held.district) == ("holds", 10, "a")
    assert not held.broken


def test_where_it_does_not_apply_nobody_is_held_against_it(allocate_text: AllocateText) -> None:
    """Sentence 28: applies may be per district; a rule that applies to nobody is not applicable."""
    some = ruled(allocate_text, "{that: aid > 1000, applies: need > 2}")
    assert (some.status, [b.key for b in some.broken]) == ("broken", ["c"])
    assert some.counts["not_applicable"] == 2
    nobody = ruled(allocate_text, "{that: aid > 1000, applies: need > 9}")
    assert (nobody.status, nobody.margin) == ("not_applicable", None)
    never = ruled(allocate_text, "{that: sum(aid) > 1000, applies: sum(need) > 99}")
    assert never.status == "not_applicable"


# -- what is missing -------------------------------------------------------------------------------

GAPS = "key,need,last\n a,1,10\n b,2,\n c,3,50\n"


def gapped(allocate_text: AllocateText, rule: str) -> RuleResult:
    inputs = HEAD.replace("  ask: {unit: 万元}\n", "")
    return only(allocate_text(f"{inputs}{AID}rules:\n  r: {rule}\n", GAPS))


@pytest.mark.parametrize(
    ("rule", "cause"),
    [
        ("{that: sum(aid) >= sum(last), level: hard}", "districts.csv:3:3 last"),
        ("aid >= last", "districts.csv:3:3 last"),
        ("sum(aid) / (sum(need) - 6) >= 50%", "÷ 0"),
        ("{that: sum(aid) > 1, applies: sum(last) > 1}", "districts.csv:3:3 last"),
        ("aid > mean(last)", "districts.csv:3:3 last"),
    ],
)
def test_what_lacks_a_figure_is_unknown_and_says_which(
    allocate_text: AllocateText, rule: str, cause: str
) -> None:
    """Sentence 28: it never counts as holding, and the amounts stand."""
    inputs = HEAD.replace("  ask: {unit: 万元}\n", "")
    allocation = allocate_text(f"{inputs}{AID}rules:\n  r: {rule}\n", GAPS)
    result = only(allocation)
    assert (result.status, result.kept) == ("unknown", False)
    (finding,) = allocation.findings
    assert finding.code == "rules.unknown"
    assert cause in finding.message("zh")
    assert cause in finding.message("en")
    assert finding.severity == ("error" if result.level == "hard" else "warning")
    assert paid(allocation) == [20, 40, 60]


def test_what_is_unknown_shows_no_margin_of_a_side_that_is_known(
    allocate_text: AllocateText,
) -> None:
    """Sentence 28: of `and`, the comparison is told that lacks a figure, not one that holds."""
    result = gapped(allocate_text, "aid > 0 and aid >= last")
    assert (result.status, result.left, result.right, result.margin) == ("unknown", 40, None, None)
    result = gapped(allocate_text, "aid > 0 and (need > 9 or aid >= last)")
    assert (result.status, result.margin, result.district) == ("unknown", None, "")


def test_a_broken_district_counts_though_another_is_unknown(allocate_text: AllocateText) -> None:
    """Sentence 28: one district below last year breaks the rule whatever the others are."""
    result = gapped(allocate_text, "aid >= 2 * last")
    assert (result.status, result.counts["unknown"]) == ("broken", 1)
    assert [breach.key for breach in result.broken] == ["c"]
    settled = gapped(allocate_text, "aid >= 2 * last or need < 3")
    assert settled.counts == {"broken": 1, "unknown": 0, "holds": 2, "not_applicable": 0}


def test_what_is_missing_does_not_matter_where_the_rule_does_not_apply(
    allocate_text: AllocateText,
) -> None:
    """Sentence 28: not applicable comes before unknown."""
    assert gapped(allocate_text, "{that: sum(last) > 1, applies: sum(aid) > 999}").status == (
        "not_applicable"
    )
    assert gapped(allocate_text, "{that: aid > last, applies: not missing(last)}").status == "holds"


# -- what a rule does, and does not ----------------------------------------------------------------


def test_no_rule_changes_an_amount(allocate_text: AllocateText) -> None:
    """Sentence 28: the same amounts with and without; status done; findings by level."""
    rules = """
rules:
  h: {that: aid > 99, level: hard}
  w: aid > 98
  n: {that: aid > 1, applies: aid > 99}
"""
    with_rules = allocate_text(HEAD + AID + rules, TABLE)
    without = allocate_text(HEAD + AID, TABLE)
    assert paid(with_rules) == paid(without)
    assert (with_rules.status, with_rules.keeps_hard_rules) == ("done", False)
    assert without.keeps_hard_rules
    told = [(f.code, f.severity, f.status) for f in with_rules.findings]
    assert told == [
        ("rules.broken_in_districts", "error", "broken"),
        ("rules.broken_in_districts", "warning", "broken"),
        ("rules.not_applicable", "note", "not_applicable"),
    ]


def test_a_rejected_scenario_is_not_judged(allocate_text: AllocateText) -> None:
    """Sentence 28: nobody is paid, so there is no outcome to hold against anything."""
    grants = "grants: {aid: {pool: 10, share: need, floor: last}}\n"
    allocation = allocate_text(
        f"{HEAD}{grants}rules: {{r: {{that: aid > 0, level: hard}}}}\n", TABLE
    )
    assert (allocation.status, allocation.rules) == ("rejected", ())
    assert all(not finding.code.startswith("rules.") for finding in allocation.findings)


def test_rules_use_names_above_them_and_none_uses_theirs(allocate_text: AllocateText) -> None:
    """Sentence 28: rules stand where they are read; the name of a rule is no figure."""
    early = f"{HEAD}rules: {{r: sum(aid) > 1}}\n{AID}"
    with pytest.raises(transfers.DocumentError) as caught:
        allocate_text(early, TABLE)
    assert fault_codes(caught.value) == ["formula.name_below"]
    for use in ("outputs: {o: 'if(r, 1, 0)'}\n", "outputs: {o: r}\n"):
        with pytest.raises(transfers.DocumentError) as caught:
            allocate_text(f"{HEAD}{AID}rules: {{r: sum(aid) > 1}}\n{use}", TABLE)
        assert fault_codes(caught.value) == ["formula.unknown_name"]
    with pytest.raises(transfers.DocumentError) as caught:
        allocate_text(f"{HEAD}{AID}rules: {{r: sum(aid)}}\n", TABLE)
    assert fault_codes(caught.value) == ["formula.boolean_wanted"]


def test_a_rule_of_moved_numbers_is_the_same_alone_and_in_company(tmp_path: Path) -> None:
    """Sentence 28: every scenario of a batch is held against the rules by itself."""
    text = (
        HEAD
        + "parameters: {k: 1, least: 50%}\n"
        + "grants: {aid: {pool: 120, share: need + k}}\n"
        + "rules:\n  r: aid >= least * last\n  s: {that: sum(aid) / k >= 40, applies: k < 5}\n"
    )
    policy, districts = loaded(written(tmp_path, text, TABLE))
    moves = [
        {"parameters.k": k, "parameters.least": p} for k in ("0", "2", "9") for p in ("1", "1.2")
    ]
    together = transfers.allocate_scenarios(policy, districts, moves)
    assert [[r.status for r in a.rules] for a in together] == [
        ["holds", "unknown"],
        ["holds", "unknown"],
        ["holds", "holds"],
        ["broken", "holds"],
        ["broken", "not_applicable"],
        ["broken", "not_applicable"],
    ]
    for move, allocation in zip(moves, together, strict=True):
        (alone,) = transfers.allocate_scenarios(policy, districts, [move])
        assert alone.rules == allocation.rules


# -- the rules a bureau checks ---------------------------------------------------------------------


def test_c1_the_exact_total(allocate_text: AllocateText) -> None:
    """Sentence 28: C1, amounts and reserve come to the budget."""
    text = (
        HEAD
        + "budget: 200\n"
        + AID
        + "rules: {c1: {that: sum(total) + 80 == budget, level: hard}}\n"
    )
    assert only(allocate_text(text, TABLE)).status == "holds"
    text = text.replace("+ 80", "+ 79")
    assert only(allocate_text(text, TABLE)).margin == -1


@pytest.mark.parametrize(
    ("livelihood", "new", "status", "margin"),
    [
        ("5.2", "10", "holds", Fraction(2, 100)),
        ("5", "10", "holds", Fraction(0)),
        ("4.9", "10", "broken", Fraction(-1, 100)),
        ("1", "0", "not_applicable", None),
        ("1", "-3", "not_applicable", None),
        ("1", "", "unknown", None),
    ],
)
def test_c2_half_of_new_resources_for_livelihood(
    allocate_text: AllocateText, livelihood: str, new: str, status: str, margin: Fraction | None
) -> None:
    """Sentence 28: C2, with no new resources the rule does not apply; it is not passed."""
    rule = "{that: sum(livelihood) / sum(new) >= 50%, applies: sum(new) > 0, level: hard}"
    result = only(city(allocate_text, f"  city: {rule}\n", livelihood=livelihood, new=new))
    assert (result.status, result.margin) == (status, margin)
    per_county = rule.replace("sum(livelihood) / sum(new) >= 50%", "livelihood / new >= 60%")
    per_county = per_county.replace("sum(new)", "new")
    county = only(city(allocate_text, f"  county: {per_county}\n", livelihood=livelihood, new=new))
    assert county.status == ("broken" if status == "holds" else status)


def test_c3_and_c4_with_the_figures_of_jiangmen(allocate_text: AllocateText) -> None:
    """Sentence 28: spending grew 26.3 % a year, all spending 16.6 %; revenue is not given."""
    columns = ("services", "services_2010", "spending", "spending_2010", "revenue")
    text = f"""
inputs: {{{", ".join(f"{name}: {{unit: 亿元}}" for name in columns)}}}
quantities:
  growth: {{formula: (services / services_2010) ^ (1 / 3) - 1, unit: "%"}}
  of_spending: {{formula: (spending / spending_2010) ^ (1 / 3) - 1, unit: "%"}}
  of_revenue: {{formula: (revenue / services_2010) ^ (1 / 3) - 1, unit: "%"}}
  share_now: {{formula: services / spending, unit: "%"}}
  share_2010: {{formula: services_2010 / spending_2010, unit: "%"}}
grants: {{aid: {{pool: 0, share: '1'}}}}
rules:
  c3: growth > of_revenue
  c3b: growth > of_spending
  c4: share_now >= share_2010
"""
    table = f"key,{','.join(columns)}\n440700,73.01,36.22,210.77,132.97,\n"
    allocation = allocate_text(text, table)
    c3, c3b, c4 = allocation.rules
    assert [r.status for r in allocation.rules] == ["unknown", "holds", "holds"]
    assert c3.cause is not None and "revenue" in str(c3.cause.values["cause"])
    assert c3.compared is not None and c4.compared is not None
    assert (c3.compared.side(c3.left), c3.right) == ("26.32%", None)
    assert c3b.left is not None and c3b.right is not None
    assert (round(float(c3b.left), 1), round(float(c3b.right), 1)) == (26.3, 16.6)
    assert (c4.compared.side(c4.left), c4.compared.side(c4.right)) == ("34.64%", "27.24%")
    assert c4.margin is not None
    assert round(float(c4.margin), 2) == 7.40
    assert c4.unit == "%"


def test_c5_special_grants_grow_less_than_general_ones(allocate_text: AllocateText) -> None:
    """Sentence 28: C5, total.general and total.special are what the grants of each kind come to."""
    grants = """
grants:
  old: {pool: 50, share: need}
  new: {pool: 60, share: need, replaces: old}
  earmarked: {kind: special, pool: 33, share: need}
"""
    rule = "sum(total.special) / (sum(last) / 3) - 1 < sum(total.general) / (sum(last) - 40) - 1"
    result = ruled(allocate_text, f"'{rule}'", grants=grants)
    assert (result.status, result.left, result.right) == (
        "holds",
        Fraction(1, 10),
        Fraction(1, 5),
    )
    parts = ruled(allocate_text, "total.general + total.special == total", grants=grants)
    assert parts.status == "holds"


def test_c7_disparity_after_the_transfer_is_no_larger(allocate_text: AllocateText) -> None:
    """Sentence 28: C7, the coefficient of variation per head, weighted by population."""
    head = "inputs: {heads: {unit: 万人}, own: {unit: 万元}}\n"
    table = "key,heads,own\n a,1,10\n b,2,40\n c,1,40\n"
    rules = (
        "rules:\n  c7: cv((own + total) / heads, weights=heads) <= cv(own / heads, weights=heads)\n"
    )
    poor = "grants: {aid: {pool: 30, level: {own: own, per: heads}}}\n"
    rich = "grants: {aid: {pool: 30, share: own ^ 2}}\n"
    equal, unequal = (only(allocate_text(head + g + rules, table)) for g in (poor, rich))
    assert (equal.status, unequal.status) == ("holds", "broken")
    assert unequal.margin is not None and unequal.margin < 0


def test_c8_to_c11_floors_caps_needs_and_advances(allocate_text: AllocateText) -> None:
    """Sentence 28: C8 not below last year, C9 growth cap, C10 guarantees, C11 advances."""
    rules = """
parameters: {growth_cap: 25%}
grants: {aid: {pool: 120, share: need}}
rules:
  c8: {that: aid >= last, applies: last > 0}
  c9: aid / last - 1 <= growth_cap
  c10: {that: last + aid >= ask, level: hard, title: 三保}
  c11: "sum(ask) >= 90% * sum(aid)"
  c11b: sum(ask) / sum(aid) >= 70%
"""
    c8, c9, c10, c11, c11b = allocate_text(HEAD + rules, TABLE).rules
    assert (c8.status, c8.margin) == ("holds", 10)
    assert (c9.status, [b.key for b in c9.broken], c9.margin) == (
        "broken",
        ["a", "b"],
        Fraction(1, 4) - 1,
    )
    assert c9.compared is not None
    assert c9.compared.side(c9.left) == "100%"
    assert (c10.status, c10.level, c10.margin, c10.district) == ("holds", "hard", 0, "a")
    assert (c11.status, c11.left, c11.right, c11.margin) == ("broken", 101, 108, -7)
    assert (c11b.status, c11b.margin) == ("holds", Fraction(101, 120) - Fraction(7, 10))


def test_between_schools_the_state_limit_is_broken_by_one_definition_only(
    allocate_text: AllocateText,
) -> None:
    """Sentence 28: 0.515 weighted by pupils is above 0.50; 0.489 without weights is not."""
    text = """
inputs: {pupils: {unit: 人}, books: {unit: 个}}
grants: {aid: {pool: 0, share: '1'}}
rules:
  primary: cv(books / pupils, weights=pupils) <= 0.50
  unweighted: cv(books / pupils) <= 0.50
  sample: cv_sample(books / pupils) <= 0.50
"""
    table = "key,pupils,books\n 1,45,279\n 2,37,137\n 3,89,935\n 4,76,160\n 5,55,402\n"
    results = allocate_text(text, table).rules
    assert [r.status for r in results] == ["broken", "holds", "broken"]
    assert [round(float(r.left or 0), 3) for r in results] == [0.515, 0.489, 0.546]


def test_parts_that_do_not_add_up_are_found_by_a_rule_as_well(allocate_text: AllocateText) -> None:
    """Sentence 28: a published need of 59,650 whose parts make 60,825; `sum_of` says it too."""
    parts = ("livelihood", "wages", "running")
    inputs = f"inputs: {{need: {{sum_of: [{', '.join(parts)}]}}, {': , '.join(parts)}: }}\n"
    rules = "rules:\n  adds_up: need == livelihood + wages + running\n"
    grants = "grants: {aid: {pool: 0, share: '1'}}\n"
    table = "key,need,livelihood,wages,running\n x,59650,37013,2498,21314\n"
    allocation = allocate_text(inputs + grants + rules, table)
    result = only(allocation)
    assert (result.status, result.left, result.right, result.margin) == (
        "broken",
        59650,
        60825,
        -1175,
    )
    assert {finding.code for finding in allocation.findings} > {"rules.broken_in_districts"}


def test_sides_have_the_digits_that_tell_them_apart(allocate_text: AllocateText) -> None:
    """Sentence 28: what is broken by a little is not told as nothing; equal is told as equal."""
    allocation = city(
        allocate_text,
        "  small: sum(own) / 3 < sum(other) / 3\n"
        "  equal: sum(own) < sum(own)\n"
        "  tiny: sum(own) / 3 < sum(own) / 3 - 0.000000000001\n"
        "  part: 1 - sum(other) / sum(own) / 100000 >= 100%\n",
        own="1.00001",
        other="1",
    )
    small, equal, tiny, part = (finding.message("zh") for finding in allocation.findings[-4:])
    assert "0.33334 亿元 < 0.33333 亿元 不成立，差 0.00000333 亿元" in small
    assert "1 亿元 < 1 亿元 不成立，两边相等" in equal
    assert "100001/300000 亿元 < 249999999999" not in tiny and "100001/300000 亿元 < " in tiny
    assert "99.999% ≥ 100% 不成立，差 0.001 个百分点" in part
    english = allocation.findings[-3].message("en")
    assert english.endswith("does not hold, both sides are equal.")
