"""Small published schemes with their published outcomes, as policies run end to end.

Every example stands once: here, or where a sentence of the method is proved by it. ``WHERE`` lists
them all; the numbers are those of the collection of worked examples, the letters those of schemes.
Each policy here is also held against the reference.
"""

from __future__ import annotations

import ast
import statistics
from fractions import Fraction
from pathlib import Path

import pytest

from tests.method.tiny import AllocateText, exact, found, paid
from transfers import Allocation, reference

HERE = "test_worked_examples.py"
WHERE = {
    "1, I4: rank bonus of Fujian, part of it in advance": (
        HERE,
        "test_fujian_rewards_ten_of_23_counties_more_and_pays_1500_each_in_advance",
    ),
    "2, I1: bonus per point of Guangdong": (
        "test_sentences_11_to_12_claims.py",
        "test_a_bonus_per_point_with_threshold_cap_and_penalty",
    ),
    "3, I2: two slopes of Zhejiang": (HERE, "test_zhejiang_pays_the_part_beyond_the_mean_more"),
    "4: fixed grant by tier": (HERE, "test_old_areas_get_a_fixed_sum_by_tier"),
    "5: class coefficient in half a pool": (
        HERE,
        "test_half_the_pool_goes_by_need_and_class_half_by_result",
    ),
    "6: hardship coefficient": (HERE, "test_the_hardship_formula_does_not_close_by_itself"),
    "6: three ways to close it": (HERE, "test_the_hardship_formula_closes_in_three_ways"),
    "7: taper": (HERE, "test_a_graduated_district_keeps_less_of_its_base_every_year"),
    "8: advance and instalment": (
        "test_sentence_30_outputs.py",
        "test_instalments_and_settlement_add_up_to_the_entitlement",
    ),
    "9: variation between schools": (
        "test_sentence_29_disparity.py",
        "test_the_sheet_of_the_schools_is_weighted_by_pupils",
    ),
    "10: share of public services": (
        "test_sentence_28_rules.py",
        "test_c3_and_c4_with_the_figures_of_jiangmen",
    ),
    "11: half of new resources": (
        "test_sentence_28_rules.py",
        "test_c2_half_of_new_resources_for_livelihood",
    ),
    "12: a notice that does not add up": (
        "test_sentence_28_rules.py",
        "test_parts_that_do_not_add_up_are_found_by_a_rule_as_well",
    ),
    "I3: water of Kaihua": (HERE, "test_kaihua_pays_by_class_of_water"),
    "floors of 3,600 and 3,400": (
        "test_jiangmen.py",
        "test_a_pool_of_3400_is_short_by_200_and_nobody_is_paid",
    ),
}


def as_in_the_reference(allocation: Allocation) -> Allocation:
    """Return an allocation that the slow method in plain fractions confirms."""
    expected = reference.allocate(allocation.policy, allocation.districts)
    assert allocation.total.tolist() == expected.total
    assert allocation.outputs == expected.outputs
    for name, figures in expected.entitlements.items():
        assert exact(allocation, f"{name}.entitlement") == figures
    return allocation


def definitions(path: Path) -> set[str]:
    """Return the names of the functions and classes of a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("example", WHERE)
def test_every_worked_example_has_its_test(example: str) -> None:
    """Sentence 1: the list above names tests that exist."""
    file, name = WHERE[example]
    assert name in definitions(Path(__file__).with_name(file))


def test_fujian_rewards_ten_of_23_counties_more_and_pays_1500_each_in_advance(
    allocate_text: AllocateText,
) -> None:
    """Sentence 30: 10 x 2,950 + 13 x 1,500 = 49,000; 34,500 of it in advance, 14,500 after."""
    rows = "".join(f"c{place:02d},{100 - place}\n" for place in range(1, 24))
    allocation = as_in_the_reference(
        allocate_text(
            """
inputs: {score: {}}
parameters:
  by_place: {unit: 万元, value: [{up_to: 10, value: 2950}, {value: 1500}]}
  before: {value: 34500, unit: 万元}
grants: {aid: {claim: 'step(rank(score), by_place)'}}
outputs:
  advance: {pool: before, share: 1, cap: aid}
  instalment: {formula: aid - advance, negative: clawback}
""",
            f"key,score\n{rows}",
        )
    )
    assert paid(allocation) == [2950] * 10 + [1500] * 13
    assert sum(paid(allocation)) == 49_000
    assert allocation.outputs["advance"] == [1500] * 23
    assert allocation.outputs["instalment"] == [1450] * 10 + [0] * 13
    assert sum(exact(allocation, "instalment")) == 14_500
    assert found(allocation) == {}


def test_two_equal_scores_at_the_last_good_place_cost_more(allocate_text: AllocateText) -> None:
    """Sentence 20: equal scores share the better place; with a pool the total stands."""
    policy = """
inputs: {{score: {{}}}}
parameters:
  by_place: {{unit: 万元, value: [{{up_to: 2, value: 2950}}, {{value: 1500}}]}}
grants: {{aid: {{claim: 'step(rank(score), by_place)'{0}}}}}
"""
    table = "key,score\na,90\nb,80\nc,80\nd,70\n"
    free = as_in_the_reference(allocate_text(policy.format(""), table))
    assert paid(free) == [2950, 2950, 2950, 1500]
    held = allocate_text(policy.format(", pool: 8900, if_short: scale"), table)
    assert sum(paid(as_in_the_reference(held))) == 8900
    assert paid(held)[1] == pytest.approx(paid(held)[2], abs=1)


def test_zhejiang_pays_the_part_beyond_the_mean_more(allocate_text: AllocateText) -> None:
    """Sentence 11: mean fall 3: 4 earns 4 x 50 + 1 x 100, a rise of 2 costs 2 x 100."""
    allocation = as_in_the_reference(
        allocate_text(
            """
inputs: {fall: {unit: "%"}}
parameters:
  each: {value: 50, unit: 万元/百分点}
  beyond: {value: 100, unit: 万元/百分点}
quantities: {mean_fall: mean(fall)}
grants:
  aid: {claim: 'each * max(0, fall) + beyond * max(0, fall - mean_fall) - beyond * max(0, -fall)'}
""",
            "key,fall\n a,4\n b,-2\n c,7\n d,3\n",
        )
    )
    assert paid(allocation) == [300, -200, 750, 150]


def test_kaihua_pays_by_class_of_water(allocate_text: AllocateText) -> None:
    """Sentence 25: a point more of class I, II, III: 180, 90, 45; of class IV, V: -90, -180."""
    one_point_each = [[int(row == column) for column in range(5)] for row in range(5)]
    rows = [*one_point_each, [1, 2, -2, -1, 0]]
    table = "".join(f"{'abcdef'[n]},{','.join(map(str, row))}\n" for n, row in enumerate(rows))
    allocation = as_in_the_reference(
        allocate_text(
            """
lists:
  classes:
    items: {1: {reward: 180}, 2: {reward: 90}, 3: {reward: 45}, 4: {reward: -90}, 5: {reward: -180}}
    columns: {reward: {unit: 万元/百分点}}
inputs: {change: {unit: "%", over: classes, columns: "class_{item}"}}
grants: {aid: {claim: 'sum(classes.reward * change, over=classes)'}}
""",
            f"key,class_1,class_2,class_3,class_4,class_5\n{table}",
        )
    )
    assert paid(allocation) == [180, 90, 45, -90, -180, 180 + 180 - 90 + 90]


def test_old_areas_get_a_fixed_sum_by_tier(allocate_text: AllocateText) -> None:
    """Sentence 12: 24 x 4,000 + 44 x 1,000 = 140,000; a county on no list gets nothing."""
    rows = "".join(f"a{n},一类\n" for n in range(24)) + "".join(f"b{n},二类\n" for n in range(44))
    allocation = as_in_the_reference(
        allocate_text(
            """
inputs: {tier: {one_of: [一类, 二类]}}
parameters: {amount: {unit: 万元, value: {一类: 4000, 二类: 1000}}}
grants: {aid: {eligible: not missing(tier), claim: 'amount[tier]'}}
""",
            f"key,tier\n{rows}other,—\n",
        )
    )
    assert sum(paid(allocation)) == 140_000
    assert [paid(allocation).count(sum_) for sum_ in (4000, 1000, 0)] == [24, 44, 1]


def test_half_the_pool_goes_by_need_and_class_half_by_result(allocate_text: AllocateText) -> None:
    """Sentence 9: need x 1.3 or 1.0 x adjustment over their sum, times half the pool.

    Weights 100 x 1.3, 200, 100 x 1.1: 440. The other half by points above 60: 10, 30, 0.
    """
    allocation = as_in_the_reference(
        allocate_text(
            """
inputs: {need: {unit: 万元}, class: {one_of: [一类, 二类]}, adjustment: {}, score: {}}
parameters: {coefficient: {一类: 1.3, 二类: 1.0}, whole: {value: 880, unit: 万元}}
budget: whole
grants:
  basic: {pool: 50% * whole, share: 'need * coefficient[class] * adjustment'}
  incentive: {pool: remainder, share: 'max(0, score - 60)'}
""",
            "key,need,class,adjustment,score\n a,100,一类,1,70\n b,200,二类,1,90\n"
            " c,100,二类,1.1,55\n",
        )
    )
    assert paid(allocation, "basic") == [130, 200, 110]
    assert paid(allocation, "incentive") == [110, 330, 0]
    assert allocation.budget_left == 0


def test_a_graduated_district_keeps_less_of_its_base_every_year(
    allocate_text: AllocateText,
) -> None:
    """Sentence 12: of a base of 1,000, 75, 50 and 25 % over three years, then nothing."""
    allocation = as_in_the_reference(
        allocate_text(
            """
inputs: {base: {unit: 万元}, age: {}}
parameters:
  kept: [{up_to: 0, value: 100%}, {up_to: 1, value: 75%}, {up_to: 2, value: 50%},
    {up_to: 3, value: 25%}, {value: 0}]
grants: {aid: {claim: 'step(age, kept) * base'}}
""",
            "key,base,age\n" + "".join(f"y{age},1000,{age}\n" for age in range(6)),
        )
    )
    assert paid(allocation) == [1000, 750, 500, 250, 0, 0]


HARDSHIP = """money: {unit: 亿元, quantum: 0.001}
inputs: {need: {unit: 亿元}, revenue: {unit: 亿元}, must_pay: {unit: 亿元}}
parameters: {whole: {value: 60, unit: 亿元}}
EXTRA
quantities:
  gap: max(0, need - revenue)
  hardship: 0.55 * zscore(must_pay / revenue) + 0.45 * zscore(gap / need)
  coefficient: 0.9 * whole / sum(gap) + 0.1 * hardship
"""
PROVINCES = "key,need,revenue,must_pay\n a,90,30,60\n b,80,40,55\n c,70,50,50\n"


def by_formula() -> list[float]:
    """Return the three sums worked out anew, in floats."""
    need, revenue, must_pay = (90, 80, 70), (30, 40, 50), (60, 55, 50)
    gaps = [n - r for n, r in zip(need, revenue, strict=True)]

    def standardised(figures: list[float]) -> list[float]:
        mean, deviation = statistics.fmean(figures), statistics.pstdev(figures)
        return [(figure - mean) / deviation for figure in figures]

    pay = standardised([m / r for m, r in zip(must_pay, revenue, strict=True)])
    lack = standardised([g / n for g, n in zip(gaps, need, strict=True)])
    rates = [0.9 * 60 / sum(gaps) + 0.055 * p + 0.045 * q for p, q in zip(pay, lack, strict=True)]
    return [gap * rate for gap, rate in zip(gaps, rates, strict=True)]


def hardship(allocate_text: AllocateText, grants: str, extra: str = "") -> Allocation:
    return as_in_the_reference(
        allocate_text(HARDSHIP.replace("EXTRA\n", extra) + grants, PROVINCES)
    )


def test_the_hardship_formula_does_not_close_by_itself(allocate_text: AllocateText) -> None:
    """Sentence 12: 34.494 + 17.739 + 6.632, unrounded 58.866 of 60; population deviation."""
    allocation = hardship(allocate_text, "grants: {aid: {claim: gap * coefficient}}\n")
    assert paid(allocation) == [34_494, 17_739, 6_632]
    due = exact(allocation, "aid.entitlement")
    assert [float(figure) for figure in due] == pytest.approx(by_formula())
    assert round(float(sum(due)), 3) == 58.866


def test_the_hardship_formula_closes_in_three_ways(allocate_text: AllocateText) -> None:
    """Sentence 27: everybody is scaled to 60, or the rest goes to a reserve, or it is told."""
    scaled = hardship(allocate_text, "grants: {aid: {pool: whole, share: gap * coefficient}}\n")
    assert sum(paid(scaled)) == 60_000
    factor = 60 / sum(by_formula())
    assert [amount / 1000 for amount in paid(scaled)] == pytest.approx(
        [figure * factor for figure in by_formula()], abs=0.001
    )

    claims = "grants: {aid: {claim: gap * coefficient}}\n"
    kept = hardship(
        allocate_text,
        claims,
        "reserves: {fund: 0}\nbudget: {amount: whole, remainder: fund}\n",
    )
    assert paid(kept) == [34_494, 17_739, 6_632]
    (account,) = kept.accounts
    assert (account.returned, account.closing) == (1_135, 1_135)

    rule = "rules: {closes: sum(aid) == whole}\n"
    told = hardship(allocate_text, claims + rule)
    (closes,) = told.rules
    assert (closes.status, closes.margin) == ("broken", Fraction("-1.135"))


def test_the_hardship_formula_closes_by_a_larger_common_part(allocate_text: AllocateText) -> None:
    """Sentence 19: with 0.9189 in place of 0.9 for the common part it comes to 60."""
    extra = (
        "solve: {parameter: common, so_that: sum(aid.entitlement) == 60, within: [0, 2], digits: 4}"
    )
    text = HARDSHIP.replace("EXTRA\n", "").replace("0.9 * whole", "common * whole")
    text = text.replace("parameters: {", "parameters: {common: 0.9, ")
    solved = allocate_text(
        f"{text}grants: {{aid: {{claim: gap * coefficient}}}}\n{extra}\n", PROVINCES
    )
    assert float(sum(exact(solved, "aid.entitlement"))) == pytest.approx(60, abs=0.005)
    assert found(solved)["solved"].values["value"] == "0.9189"
