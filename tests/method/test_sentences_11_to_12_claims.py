"""Sentences 11 and 12: claims, penalties, and claims that nobody limits."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.method.tiny import AllocateText, exact, found, paid

CLAIMS = """
inputs: {need: {unit: 万元}}
grants: {aid: {pool: 65, claim: need, cap: 80, if_short: [scale]}}
"""


# -- sentence 11 -------------------------------------------------------------------------------


def test_claims_are_clipped_to_their_bounds_before_they_meet_the_pool(
    allocate_text: AllocateText,
) -> None:
    """Sentence 11: claims 130 and 50, cap 80: 80 + 50 = 130 meet 65: one half each, 40 and 25.

    Compressed first and clipped then it would have been 46.9 and 18.1.
    """
    allocation = allocate_text(CLAIMS, "key,need\n a,130\n b,50\n")
    assert paid(allocation) == [40, 25]
    finding = found(allocation)["claims_exceed_pool_scaled"]
    assert (finding.value, finding.limit, finding.margin) == ("130", "65", "65")


def test_the_floor_of_a_claim_holds_while_others_are_compressed(
    allocate_text: AllocateText,
) -> None:
    """Sentence 11: claims 100 and 100, floor 80 for a, pool 120: 80 + r x 100, r = 0.4."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
grants:
  aid: {pool: 120, claim: need, floor: 'if(key == "a", 80, none)', if_short: [scale]}
outputs: {rate: aid.rate}
""",
        "key,need\n a,100\n b,100\n",
    )
    assert paid(allocation) == [80, 40]
    assert exact(allocation, "rate") == [Fraction(2, 5)] * 2


def test_a_claim_below_its_floor_is_lifted_and_a_floor_above_the_cap_wins(
    allocate_text: AllocateText,
) -> None:
    """Sentence 11: claims 5 and 100, floor 30, cap 20: both get 30."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
grants: {aid: {claim: need, floor: 30, cap: 20}}
""",
        "key,need\n a,5\n b,100\n",
    )
    assert paid(allocation) == [30, 30]


def test_floors_of_claims_that_exceed_the_money_are_scaled(allocate_text: AllocateText) -> None:
    """Sentence 11: floors 60 + 40 of 50: half of each; the claims above them get nothing more."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}, least: {unit: 万元}}
grants: {aid: {pool: 50, claim: need, floor: least, if_short: [scale]}}
""",
        "key,need,least\n a,100,60\n b,100,40\n",
    )
    assert paid(allocation) == [30, 20]
    assert set(found(allocation)) == {"floors_exceed_pool_scaled"}


def test_penalties_are_never_compressed_and_never_enlarge_the_pool(
    allocate_text: AllocateText,
) -> None:
    """Sentence 11: claims 100, 30, -30, pool 65: 130 meet 65, not 95; the penalty stays whole.

    50 + 15 = 65 are paid, 30 come back beside the pool, and the total is 35.
    """
    allocation = allocate_text(CLAIMS.replace(", cap: 80", ""), "key,need\n a,100\n b,30\n c,-30\n")
    assert paid(allocation) == [50, 15, -30]
    assert allocation.unspent == {"aid": 0}
    penalties = found(allocation)["penalties"]
    assert (penalties.value, penalties.values["districts"]) == ("30", ("c",))


def test_a_penalty_gives_nothing_to_a_later_grant(allocate_text: AllocateText) -> None:
    """Sentence 11: budget 100, bonus 40 and penalty -30: the remainder is 60, not 90."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
budget: 100
grants:
  bonus: {claim: need}
  rest: {pool: remainder, share: 1}
""",
        "key,need\n a,40\n b,-30\n",
    )
    assert paid(allocation, "bonus") == [40, -30]
    assert paid(allocation, "rest") == [30, 30]
    assert allocation.total.tolist() == [70, 0]


def test_a_floor_of_zero_forgives_a_penalty(allocate_text: AllocateText) -> None:
    """Sentence 11: clipped comes first: with floor 0 a claim of -30 is a claim of 0."""
    allocation = allocate_text(
        "inputs: {need: {unit: 万元}}\ngrants: {aid: {claim: need, floor: 0}}\n",
        "key,need\n a,40\n b,-30\n",
    )
    assert paid(allocation) == [40, 0]


def test_a_negative_floor_limits_a_penalty(allocate_text: AllocateText) -> None:
    """Sentence 11: a floor of -10 limits the penalty of b to 10."""
    allocation = allocate_text(
        "inputs: {need: {unit: 万元}}\ngrants: {aid: {claim: need, floor: 0 - 10}}\n",
        "key,need\n a,40\n b,-30\n",
    )
    assert paid(allocation) == [40, -10]


def test_a_fixed_value_counts_as_a_claim_that_cannot_be_compressed(
    allocate_text: AllocateText,
) -> None:
    """Sentence 11: a fixed at 40, claims 60 + 60 of the other 60: 30 each."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
grants: {aid: {pool: 100, claim: need, fixed: 'if(key == "a", 40, none)', if_short: [scale]}}
""",
        "key,need\n a,60\n b,60\n c,60\n",
    )
    assert paid(allocation) == [40, 30, 30]


def test_a_bonus_per_point_with_threshold_cap_and_penalty(allocate_text: AllocateText) -> None:
    """Sentence 11: Guangdong's coordinated-development award of 2013, threshold 12.

    +500 a point above it, at most 10,000; -200 a point below zero; nothing between.
    Growth 14: 2 x 500 = 1,000. 35: 23 x 500 = 11,500, capped. -1.5: -300. 10: 0.
    """
    allocation = allocate_text(
        """
inputs: {growth: {}}
parameters:
  above: {value: 500, unit: 万元}
  below: {value: 200, unit: 万元}
  most: {value: 10000, unit: 万元}
grants:
  aid:
    claim: if(growth < 0, below * growth, above * max(0, growth - 12))
    cap: most
""",
        "key,growth\n a,14\n b,35\n c,-1.5\n d,10\n",
    )
    assert paid(allocation) == [1000, 10000, -300, 0]


# -- sentence 12 -------------------------------------------------------------------------------


def test_a_claim_without_a_pool_is_rounded_half_away_from_zero(
    allocate_text: AllocateText,
) -> None:
    """Sentence 12: 10.5, 20.5, 0.4 and -0.5 become 11, 21, 0 and -1: each by itself."""
    allocation = allocate_text(
        "inputs: {need: {unit: 万元}}\ngrants: {aid: {claim: need}}\n",
        "key,need\n a,10.5\n b,20.5\n c,0.4\n d,-0.5\n",
    )
    assert paid(allocation) == [11, 21, 0, -1]


def test_a_claim_without_a_pool_asks_for_its_rounded_sum(allocate_text: AllocateText) -> None:
    """Sentence 12: 10.5 + 20.5 = 31, but 11 + 21 = 32 are asked of the budget of 40: 8 are left."""
    allocation = allocate_text(
        "inputs: {need: {unit: 万元}}\nbudget: 40\ngrants: {aid: {claim: need}}\n",
        "key,need\n a,10.5\n b,20.5\n",
    )
    assert paid(allocation) == [11, 21]
    assert allocation.budget_left == 8


def test_where_only_the_rounding_does_not_fit_the_grants_rounding_closes(
    allocate_text: AllocateText,
) -> None:
    """Sentence 12: 31 are left: the claims fit, their rounded sum of 32 does not.

    Largest remainder closes at 31: equal rests, so a gets 11 and b 20; nobody is compressed.
    """
    allocation = allocate_text(
        "inputs: {need: {unit: 万元}}\nbudget: 31\ngrants: {aid: {claim: need}}\n",
        "key,need\n a,10.5\n b,20.5\n",
    )
    assert paid(allocation) == [11, 20]
    assert set(found(allocation)) == {"pool_reduced"}


def test_small_claims_that_are_compressed_still_use_the_pool(allocate_text: AllocateText) -> None:
    """Sentence 11: three claims of 0.9 and a pool of 2: 2/3 each, paid as 1, 1, 0, not as nothing.

    The claim limits the entitlement; only a declared cap limits the rounding.
    """
    allocation = allocate_text(
        "inputs: {need: {unit: 万元}}\ngrants: {aid: {pool: 2, claim: need, if_short: [scale]}}\n",
        "key,need\n a,0.9\n b,0.9\n c,0.9\n",
    )
    assert paid(allocation) == [1, 1, 0]


def test_a_rounded_claim_stays_inside_its_declared_bounds(allocate_text: AllocateText) -> None:
    """Sentence 12: cap 1.5, floor 0.2: 1.5 is paid as 1, not 2; 0.1 as 1, for 0 is too little."""
    allocation = allocate_text(
        "inputs: {need: {unit: 万元}}\ngrants: {aid: {claim: need, floor: 0.2, cap: 1.5}}\n",
        "key,need\n a,1.5\n b,7\n c,0.1\n",
    )
    assert paid(allocation) == [1, 1, 1]


def test_a_claim_without_pool_and_budget_meets_no_limit(allocate_text: AllocateText) -> None:
    """Sentence 12: nothing to compare with, nothing left, nothing to say."""
    allocation = allocate_text(
        "inputs: {need: {unit: 万元}}\ngrants: {aid: {claim: need}}\n", "key,need\n a,7\n b,8\n"
    )
    assert paid(allocation) == [7, 8]
    assert allocation.budget_left is None
    assert allocation.findings == ()


def test_claims_are_rounded_to_the_grants_own_quantum(allocate_text: AllocateText) -> None:
    """Sentence 12: with a quantum of 10: 24.9 -> 20, 25 -> 30, 34 -> 30."""
    allocation = allocate_text(
        "inputs: {need: {unit: 万元}}\n"
        "grants: {aid: {claim: need, rounding: {rule: half_up, quantum: 10}}}\n",
        "key,need\n a,24.9\n b,25\n c,34\n",
    )
    assert paid(allocation) == [20, 30, 30]


def test_claims_beyond_the_budget_reject_unless_the_document_says_scale(
    allocate_text: AllocateText,
) -> None:
    """Sentence 12: claims of 60 and 40 and a budget of 50: rejected; with scale, one half."""
    text = "inputs: {need: {unit: 万元}}\nbudget: 50\ngrants: {aid: {claim: need}}\n"
    table = "key,need\n a,60\n b,40\n"
    assert allocate_text(text, table).status == "rejected"
    scaled = allocate_text(text.replace("need}}\n", "need, if_short: [scale]}}\n"), table)
    assert paid(scaled) == [30, 20]


TOGETHER = "grants: {aid: {claim: due, ROUNDING}}\n"


@pytest.mark.parametrize(
    ("rounding", "amounts"),
    [
        ("kind: general", [10, 20, 0, 0]),
        ("rounding: largest_remainder", [11, 20, 0, 0]),
        ("rounding: webster", [10, 20, 0, 0]),
        ("rounding: half_up", [10, 20, 0, 0]),
        ("rounding: {quantum: 1}", [10, 20, 0, 0]),
    ],
)
def test_claims_without_a_pool_are_rounded_together_where_the_document_says_so(
    allocate_text: AllocateText, rounding: str, amounts: list[int]
) -> None:
    """Sentence 12: 10.4, 20.4, 0.4, -0.2 come to 31; one by one they are paid as 30."""
    allocation = allocate_text(
        "inputs: {due: {unit: 万元}}\n" + TOGETHER.replace("ROUNDING", rounding),
        "key,due\n a,10.4\n b,20.4\n c,0.4\n d,-0.2\n",
    )
    assert paid(allocation) == amounts


def test_claims_rounded_together_stay_inside_their_bounds_and_multiples(
    allocate_text: AllocateText,
) -> None:
    """Sentence 12: of 7.5, 7.5 and 7.5 with a cap of 7.6 on the first, 23 are 7, 8, 8."""
    allocation = allocate_text(
        "inputs: {due: {unit: 万元}, cap: {unit: 万元}}\n"
        "grants: {aid: {claim: due, cap: cap, rounding: largest_remainder}}\n",
        "key,due,cap\n a,7.5,7.6\n b,7.5,90\n c,7.5,90\n",
    )
    assert paid(allocation) == [7, 8, 8]
    in_tens = allocate_text(
        "inputs: {due: {unit: 万元}}\n"
        "grants: {aid: {claim: due, rounding: {rule: largest_remainder, quantum: 10}}}\n",
        "key,due\n a,33\n b,33\n c,-66\n",
    )
    assert paid(in_tens) == [30, 30, -60]
