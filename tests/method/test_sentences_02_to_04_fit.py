"""Sentences 2 to 4: one lambda per pool, the order inside a grant, rounding inside the bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.method.tiny import AllocateText, exact, found, paid
from transfers import DocumentError, TableError

THREE = "key,need\n a,1\n b,1\n c,2\n"


# -- sentence 2 --------------------------------------------------------------------------------


def test_a_share_is_weight_times_one_rate_inside_the_bounds(allocate_text: AllocateText) -> None:
    """Sentence 2: 100 for weights 1, 1, 2; a has a floor of 30, c a cap of 40.

    At lambda 25 the shares are 25, 25, 50. Clipped: 30, 25, 40 = 95. Only b can still move, so
    lambda is 30: max(30, 30), 30, min(40, 60) = 100.
    """
    allocation = allocate_text(
        """
inputs: {need: {}}
grants:
  aid: {pool: 100, share: need, floor: 'if(key == "a", 30, none)', cap: 'if(key == "c", 40, none)'}
outputs: {lambda: aid.rate}
""",
        THREE,
    )
    assert paid(allocation) == [30, 30, 40]
    assert exact(allocation, "lambda") == [30, 30, 30]


def test_a_level_lifts_the_poorest_to_one_level_and_takes_from_nobody(
    allocate_text: AllocateText,
) -> None:
    """Sentence 2: own 10, 20, 90; 30 lifts a and b to 30: 2L - 30 = 30. c, at 90, gives nothing."""
    allocation = allocate_text(
        """
inputs: {own: {unit: 万元}, heads: {unit: 万人}}
grants:
  aid: {pool: 30, level: {own: own, per: heads}}
outputs: {level: aid.rate}
""",
        "key,own,heads\n a,10,1\n b,20,1\n c,90,1\n",
    )
    assert paid(allocation) == [20, 10, 0]
    assert exact(allocation, "level") == [30, 30, 30]  # 万元 per 万人


def test_a_level_counts_per_head(allocate_text: AllocateText) -> None:
    """Sentence 2: own 10 for 1 head and 10 for 2: L - 10 + 2L - 10 = 40, so L = 20 per head."""
    allocation = allocate_text(
        """
inputs: {own: {unit: 万元}, heads: {unit: 万人}}
grants: {aid: {pool: 40, level: {own: own, per: heads}}}
""",
        "key,own,heads\n a,10,1\n b,10,2\n",
    )
    assert paid(allocation) == [10, 30]  # 20 per head each: 20 - 10 and 40 - 10


LEVEL_TABLE = "key,city,own,heads\n a,X,10,1\n b,X,50,1\n c,Y,20,1\n d,Y,20,1\n"


def test_levelling_districts_helps_the_poorest_districts(allocate_text: AllocateText) -> None:
    """Sentence 2: without `by`: (L - 10) + 2 (L - 20) = 20, L = 70/3: 13 1/3, 0, 3 1/3, 3 1/3.

    Whole: 13, 0, 3, 3 = 19; the rests are equal, so the last unit goes to the smallest key, a.
    """
    allocation = allocate_text(
        """
inputs: {city: {type: text}, own: {unit: 万元}, heads: {unit: 万人}}
grants: {aid: {pool: 20, level: {own: own, per: heads}}}
""",
        LEVEL_TABLE,
    )
    third = Fraction(10, 3)
    assert exact(allocation, "aid.entitlement") == [4 * third, 0, third, third]
    assert paid(allocation) == [14, 0, 3, 3]


def test_levelling_groups_helps_the_poorest_group_and_follows_per_inside(
    allocate_text: AllocateText,
) -> None:
    """Sentence 2: with `by`, X has 60 for 2 heads (30), Y 40 for 2 (20): 20 lifts Y to 30.

    All goes to Y, one half per head to c and d; poor a gets nothing, for its city X is not poor.
    """
    allocation = allocate_text(
        """
inputs: {city: {type: text}, own: {unit: 万元}, heads: {unit: 万人}}
grants: {aid: {pool: 20, level: {own: own, per: heads, by: city}}}
""",
        LEVEL_TABLE,
    )
    assert paid(allocation) == [0, 0, 10, 10]


def test_a_claim_is_met_up_to_itself(allocate_text: AllocateText) -> None:
    """Sentence 2: a = cap = claim and lambda at most 1: claims 30 and 60 of a pool of 120."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
grants: {aid: {pool: 120, claim: need}}
""",
        "key,need\n a,30\n b,60\n",
    )
    assert paid(allocation) == [30, 60]
    assert allocation.unspent == {"aid": 30}


def test_the_rate_of_an_interval_is_its_lowest_point(allocate_text: AllocateText) -> None:
    """Sentence 2: floors 40 and 60 use up the pool of 100 at any lambda from 0 to 40: it is 0."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
grants: {aid: {pool: 100, share: 1, floor: need}}
outputs: {rate: aid.rate}
""",
        "key,need\n a,40\n b,60\n",
    )
    assert paid(allocation) == [40, 60]
    assert exact(allocation, "rate") == [0, 0]


def test_a_district_without_weight_gets_its_floor_and_no_more(allocate_text: AllocateText) -> None:
    """Sentence 2: c has weight 0 and a floor of 10: 90 go to a and b."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants: {aid: {pool: 100, share: need, floor: 'if(key == "c", 10, 0)'}}
""",
        "key,need\n a,1\n b,2\n c,0\n",
    )
    assert paid(allocation) == [30, 60, 10]


def test_a_pool_without_any_weight_is_unspent_not_spread(allocate_text: AllocateText) -> None:
    """Sentence 2: nobody has a weight: nobody is paid, 100 are a named line."""
    allocation = allocate_text(
        "inputs: {need: {}}\ngrants: {aid: {pool: 100, share: need}}\n", "key,need\n a,0\n b,0\n"
    )
    assert paid(allocation) == [0, 0]
    assert found(allocation)["unspent"].value == "100"


def test_a_division_is_made_by_exactly_one_method(allocate_text: AllocateText) -> None:
    """Sentence 2: share, claim and level exclude one another."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(
            "inputs: {need: {unit: 万元}}\ngrants: {aid: {pool: 9, share: 1, claim: need}}\n", THREE
        )
    assert [fault.code for fault in raised.value.faults] == ["document.method_several"]


# -- sentence 3 --------------------------------------------------------------------------------


def test_who_is_not_eligible_counts_neither_in_weights_nor_in_floors(
    allocate_text: AllocateText,
) -> None:
    """Sentence 3: eligible comes first: c has half the need and a floor, and is simply not there.

    Factor shares of a and b alone: 1/4 and 3/4 of 40.
    """
    allocation = allocate_text(
        """
inputs: {need: {}}
grants: {aid: {eligible: key != "c", pool: 40, share: {factors: {need: 1}}, floor: 5}}
""",
        "key,need\n a,1\n b,3\n c,4\n",
    )
    assert paid(allocation) == [10, 30, 0]


def test_the_coefficient_comes_after_the_factors_are_normalised(
    allocate_text: AllocateText,
) -> None:
    """Sentence 3: shares 1/2 and 1/2, times 1 and 3, make weights 0.5 and 1.5: 10 and 30."""
    allocation = allocate_text(
        """
inputs: {need: {}, hard: {}}
grants: {aid: {pool: 40, share: {factors: {need: 1}, coefficient: hard}}}
outputs: {rate: aid.rate}
""",
        "key,need,hard\n a,5,1\n b,5,3\n",
    )
    assert paid(allocation) == [10, 30]
    assert exact(allocation, "rate") == [20, 20]  # 40 / (0.5 + 1.5)


def test_the_fixed_are_taken_out_before_the_fit(allocate_text: AllocateText) -> None:
    """Sentence 3: fixed before fit: c is fixed at 10, so a and b share 30, not 40."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants: {aid: {pool: 40, share: need, fixed: 'if(key == "c", 10, none)'}}
""",
        "key,need\n a,1\n b,2\n c,100\n",
    )
    assert paid(allocation) == [10, 20, 10]


def test_floors_are_compared_with_the_pool_before_anything_is_rounded(
    allocate_text: AllocateText,
) -> None:
    """Sentence 3: shortage is a matter of the fit: floors 33.5 + 33.5 exceed 66, and are scaled."""
    allocation = allocate_text(
        "inputs: {need: {}}\ngrants: {aid: {pool: 66, share: 1, floor: 33.5, if_short: [scale]}}\n",
        "key,need\n a,1\n b,1\n",
    )
    assert found(allocation)["floors_exceed_pool_scaled"].margin == "1"
    assert paid(allocation) == [33, 33]


# -- sentence 4 --------------------------------------------------------------------------------


def test_a_floor_between_two_whole_sums_is_paid_as_the_higher(allocate_text: AllocateText) -> None:
    """Sentence 4: floor 10.5, entitlements 10.5, 9.75, 9.75: a gets 11, not 10; 19 are left."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants: {aid: {pool: 30, share: 1, floor: 'if(key == "a", 10.5, none)'}}
""",
        "key,need\n a,1\n b,1\n c,1\n",
    )
    assert paid(allocation) == [11, 10, 9]  # equal rests of b and c: the smaller key
    assert allocation.findings == ()


def test_a_cap_between_two_whole_sums_is_paid_as_the_lower(allocate_text: AllocateText) -> None:
    """Sentence 4: cap 9.6, entitlements 9.6 and 10.4: a gets 9, though its rest is the larger."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants: {aid: {pool: 20, share: 1, cap: 'if(key == "a", 9.6, none)'}}
""",
        "key,need\n a,1\n b,1\n",
    )
    assert exact(allocation, "aid.entitlement") == [Fraction("9.6"), Fraction("10.4")]
    assert paid(allocation) == [9, 11]


def test_caps_that_add_up_to_the_pool_but_not_in_whole_sums_leave_money(
    allocate_text: AllocateText,
) -> None:
    """Sentence 4: two caps of 10.5 and a pool of 21: 10 + 10, and 1 is unspent; never 11."""
    allocation = allocate_text(
        "inputs: {need: {}}\ngrants: {aid: {pool: 21, share: 1, cap: 10.5}}\n",
        "key,need\n a,1\n b,1\n",
    )
    assert paid(allocation) == [10, 10]
    assert found(allocation)["unspent"].value == "1"


def test_whole_floors_that_do_not_fit_are_rounded_down_with_a_finding(
    allocate_text: AllocateText,
) -> None:
    """Sentence 4: floors 10.5 + 10.5 = 21 fit exactly, 11 + 11 do not: 11 + 10, and b is named."""
    allocation = allocate_text(
        "inputs: {need: {}}\ngrants: {aid: {pool: 21, share: 1, floor: 10.5}}\n",
        "key,need\n a,1\n b,1\n",
    )
    assert paid(allocation) == [11, 10]
    assert found(allocation)["rounded_below_floor"].values["districts"] == ("b",)


def test_where_no_whole_sum_lies_between_the_bounds_the_nearest_is_paid(
    allocate_text: AllocateText,
) -> None:
    """Sentence 4: between 10.6 and 10.8 lies no whole sum: 11 is paid, and a is named."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants:
  aid: {pool: 30, share: 1, floor: 'if(key == "a", 10.6, none)', cap: 'if(key == "a", 10.8, none)'}
""",
        "key,need\n a,1\n b,1\n",
    )
    assert paid(allocation) == [11, 19]  # 10.8 and 19.2
    finding = found(allocation)["no_whole_quantum"]
    assert (finding.severity, finding.values["districts"]) == ("warning", ("a",))


def test_a_sum_that_is_no_whole_number_is_told_beside_a_group_that_is_short(
    allocate_text: AllocateText,
) -> None:
    """Sentence 4: group A is short and scaled; b of group B is still named."""
    allocation = allocate_text(
        """
inputs: {group: {one_of: [A, B]}}
parameters: {least: {A: 30, B: 10.6}, money: {A: 20, B: 30}}
grants:
  aid:
    within: group
    pool: money[group]
    share: 1
    floor: least[group]
    cap: 'if(key == "b", 10.8, none)'
    if_short: scale
""",
        "key,group\n a,A\n b,B\n c,B\n",
    )
    assert paid(allocation) == [20, 11, 19]
    assert found(allocation)["no_whole_quantum"].values["districts"] == ("b",)


def test_a_fixed_sum_that_is_no_whole_number_is_rounded_and_noted(
    allocate_text: AllocateText,
) -> None:
    """Sentence 4: a is fixed at 10.7: 11 is paid; a note names a."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants: {aid: {pool: 30, share: 1, fixed: 'if(key == "a", 10.7, none)'}}
""",
        "key,need\n a,1\n b,1\n",
    )
    assert paid(allocation) == [11, 19]  # 10.7 and 19.3
    finding = found(allocation)["fixed_rounded"]
    assert (finding.severity, finding.values["districts"]) == ("note", ("a",))


def test_rounding_starts_from_exact_bounds_not_from_rounded_ones(
    allocate_text: AllocateText,
) -> None:
    """Sentence 4: floors of 10.4 leave 79.2 for c, not 78 or 80: entitlements are exact."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants: {aid: {pool: 100, share: need, floor: 'if(key == "c", none, 10.4)'}}
""",
        "key,need\n a,0\n b,0\n c,1\n",
    )
    assert exact(allocation, "aid.entitlement")[2] == Fraction("79.2")
    assert paid(allocation) == [11, 11, 78]


def test_a_bound_nobody_can_know_stops_the_division(allocate_text: AllocateText) -> None:
    """Sentence 4: bounds are exact figures; a missing one is an error that offers `none`."""
    with pytest.raises(TableError) as raised:
        allocate_text(
            "inputs: {need: {unit: 万元}}\ngrants: {aid: {pool: 9, share: 1, floor: need}}\n",
            "key,need\n a,1\n b,\n",
        )
    (fault,) = raised.value.faults
    assert fault.code == "allocation.bound_missing"
    assert "none" in fault.text("en")


def test_districts_that_the_floors_of_others_leave_with_nothing_are_told(
    allocate_text: AllocateText,
) -> None:
    """Sentence 2: weight, but no money: the floors use up the pool."""
    grants = "grants: {aid: {pool: 30, share: need, floor: low}}\n"
    text = "inputs: {need: , low: }\n" + grants
    allocation = allocate_text(text, "key,need,low\n a,1,10\n b,1,20\n c,9,0\n")
    assert paid(allocation) == [10, 20, 0]
    assert found(allocation)["floors_take_all"].values["districts"] == ("c",)
    richer = allocate_text(text.replace("30", "31"), "key,need,low\n a,1,10\n b,1,20\n c,9,0\n")
    assert "floors_take_all" not in found(richer)
