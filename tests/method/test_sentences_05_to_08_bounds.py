"""Sentences 5 to 8: floors above caps, fixed values, stages and grants, the rate."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.method.tiny import AllocateText, exact, found, paid
from transfers import DocumentError, TableError

TWO = "key,need\n a,1\n b,1\n"


# -- sentence 5 --------------------------------------------------------------------------------


def test_a_floor_above_its_cap_wins_with_a_finding(allocate_text: AllocateText) -> None:
    """Sentence 5: a has floor 30 and cap 10: it gets 30, and the finding names it."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants:
  aid: {pool: 50, share: 1, floor: 'if(key == "a", 30, none)', cap: 'if(key == "a", 10, none)'}
""",
        TWO,
    )
    assert paid(allocation) == [30, 20]
    assert found(allocation)["floor_above_cap"].values["districts"] == ("a",)


def test_a_negative_floor_is_no_floor_and_a_negative_cap_is_nothing(
    allocate_text: AllocateText,
) -> None:
    """Sentence 5: floor -5 counts as 0, cap -5 as 0: a gets 0, never less; b gets all 50."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants: {aid: {pool: 50, share: need, floor: 0 - 5, cap: 'if(key == "a", 0 - 5, none)'}}
""",
        TWO,
    )
    assert paid(allocation) == [0, 50]


def test_none_is_no_bound(allocate_text: AllocateText) -> None:
    """Sentence 5: b is new and has no last year: `none`, so only a is capped, at 12."""
    allocation = allocate_text(
        """
inputs: {last: {unit: 万元}}
grants: {aid: {pool: 50, share: 1, cap: 'if(missing(last), none, 120% * last)'}}
""",
        "key,last\n a,10\n b,\n",
    )
    assert paid(allocation) == [12, 38]


def test_none_stands_only_where_a_bound_is_asked_for(allocate_text: AllocateText) -> None:
    """Sentence 5: `none` has no meaning in a weight, nor inside a sum of two bounds."""
    for rule in ("share: 'if(need > 0, none, 1)'", "share: 1, floor: 'need + none'"):
        with pytest.raises(DocumentError) as raised:
            allocate_text(f"inputs: {{need: {{}}}}\ngrants: {{aid: {{pool: 5, {rule}}}}}\n", TWO)
        assert "formula.none_misplaced" in [fault.code for fault in raised.value.faults]


def test_at_floor_and_at_cap_tell_who_is_held_by_a_declared_bound(
    allocate_text: AllocateText,
) -> None:
    """Sentence 5: 100 for four; a is held at its floor 40, d at its cap 10, c is fixed at 20.

    b takes the remaining 30. A fixed value is no bound, and the floor 0 that nobody wrote is none.
    """
    allocation = allocate_text(
        """
inputs: {need: {}}
grants:
  aid:
    pool: 100
    share: 1
    floor: if(key == "a", 40, none)
    cap: if(key == "d", 10, none)
    fixed: if(key == "c", 20, none)
outputs: {low: aid.at_floor, high: aid.at_cap}
""",
        "key,need\n a,1\n b,1\n c,1\n d,1\n",
    )
    assert paid(allocation) == [40, 30, 20, 10]
    assert allocation.outputs["low"] == [True, False, False, False]
    assert allocation.outputs["high"] == [False, False, False, True]


def test_a_claim_below_its_cap_is_not_at_the_cap(allocate_text: AllocateText) -> None:
    """Sentence 5: cap 100: a claim of 1, though met in full, is not held by it; one of 300 is."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
grants: {aid: {claim: need, cap: 100}}
outputs: {high: aid.at_cap}
""",
        "key,need\n a,1\n b,300\n",
    )
    assert paid(allocation) == [1, 100]
    assert allocation.outputs["high"] == [False, True]


def test_a_floor_that_equals_its_cap_counts_as_floor(allocate_text: AllocateText) -> None:
    """Sentence 5: floor = cap = 10 for a: at_floor, not at_cap."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants:
  aid: {pool: 30, share: 1, floor: 'if(key == "a", 10, none)', cap: 'if(key == "a", 10, none)'}
outputs: {low: aid.at_floor, high: aid.at_cap}
""",
        TWO,
    )
    assert paid(allocation) == [10, 20]
    assert allocation.outputs["low"] == [True, False]
    assert allocation.outputs["high"] == [False, False]


# -- sentence 6 --------------------------------------------------------------------------------


def test_a_fixed_district_gets_its_value_whatever_its_weight_and_bounds(
    allocate_text: AllocateText,
) -> None:
    """Sentence 6: a is fixed at 25 in spite of a cap of 10; b and c share the other 75."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants:
  aid: {pool: 100, share: need, cap: 'if(key == "a", 10, none)', fixed: 'if(key == "a", 25, none)'}
""",
        "key,need\n a,9\n b,1\n c,2\n",
    )
    assert paid(allocation) == [25, 25, 50]
    assert allocation.findings == ()


def test_fixed_values_are_scaled_with_the_floors_when_money_is_short(
    allocate_text: AllocateText,
) -> None:
    """Sentence 6: fixed 80 and floor 40 exceed 90: both are scaled to 90/120 = 75 %: 60, 30."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants:
  aid:
    pool: 90
    share: need
    floor: if(key == "b", 40, none)
    fixed: if(key == "a", 80, none)
    if_short: [scale]
""",
        TWO,
    )
    assert paid(allocation) == [60, 30]
    assert found(allocation)["floors_exceed_pool_scaled"].values["share"] == "75.00%"


def test_a_negative_fixed_value_is_an_error(allocate_text: AllocateText) -> None:
    """Sentence 6: nobody is paid less than nothing by a share; the error names the district."""
    with pytest.raises(TableError) as raised:
        allocate_text(
            "inputs: {need: {}}\n"
            "grants: {aid: {pool: 9, share: 1, fixed: 'if(key == \"b\", 0 - 1, none)'}}\n",
            TWO,
        )
    (fault,) = raised.value.faults
    assert (fault.code, fault.values["districts"]) == ("allocation.fixed_negative", ("b",))


def test_a_fixed_claim_is_paid_beside_the_claims(allocate_text: AllocateText) -> None:
    """Sentence 6: a's claim of 50 is replaced by its fixed 20; b's claim of 30 stands."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
grants: {aid: {claim: need, fixed: 'if(key == "a", 20, none)'}}
""",
        "key,need\n a,50\n b,30\n",
    )
    assert paid(allocation) == [20, 30]


# -- sentence 7 --------------------------------------------------------------------------------


def test_the_name_of_a_stage_means_figures_before_rounding(allocate_text: AllocateText) -> None:
    """Sentence 7: a stage of 100 over three is 33 1/3 each; half of it is 16 2/3."""
    allocation = allocate_text(
        """
inputs: {need: {}}
quantities:
  first: {pool: 100, share: need}
  half: first / 2
grants: {aid: {pool: 60, share: half}}
""",
        "key,need\n a,1\n b,1\n c,1\n",
    )
    assert exact(allocation, "first") == [Fraction(100, 3)] * 3
    assert exact(allocation, "half") == [Fraction(50, 3)] * 3


def test_the_name_of_a_grant_means_what_is_paid_and_entitlement_what_was_due(
    allocate_text: AllocateText,
) -> None:
    """Sentence 7: 100 over three pays 34, 33, 33; the entitlement is 33 1/3 each."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants: {aid: {pool: 100, share: need}}
outputs: {doubled: 2 * aid, due: aid.entitlement}
""",
        "key,need\n a,1\n b,1\n c,1\n",
    )
    assert exact(allocation, "doubled") == [68, 66, 66]
    assert exact(allocation, "due") == [Fraction(100, 3)] * 3


def test_a_stage_neither_draws_on_the_budget_nor_adds_to_the_total(
    allocate_text: AllocateText,
) -> None:
    """Sentence 7: a stage of 80 leaves all of the budget of 100 to the grant."""
    allocation = allocate_text(
        """
inputs: {need: {}}
budget: 100
quantities: {first: {pool: 80, share: need}}
grants: {aid: {pool: remainder, share: first}}
""",
        "key,need\n a,1\n b,3\n",
    )
    assert paid(allocation) == [25, 75]
    assert allocation.total.tolist() == [25, 75]
    assert set(allocation.amounts) == {"aid"}


def test_a_first_stage_can_be_limited_and_shared_again(allocate_text: AllocateText) -> None:
    """Sentence 7: a stage's at_cap decides who shares the rest: a is capped, b takes it all."""
    allocation = allocate_text(
        """
inputs: {need: {}}
quantities:
  first: {pool: 100, share: need, cap: 60}
  weight: if(first.at_cap, 0, 1)
grants:
  base: {pool: sum(first), share: first}
  rest: {pool: 10, share: weight}
""",
        "key,need\n a,9\n b,1\n",
    )
    assert exact(allocation, "first") == [60, 40]
    assert paid(allocation, "rest") == [0, 10]


# -- sentence 8 --------------------------------------------------------------------------------


def test_the_rate_is_money_per_unit_of_weight(allocate_text: AllocateText) -> None:
    """Sentence 8: 120 万元 over 2 + 4 万人: 20 元 per person; in formulas it carries its unit."""
    allocation = allocate_text(
        """
inputs: {heads: {unit: 万人}}
grants: {aid: {pool: 120, share: heads}}
outputs: {per_head: {formula: aid.rate, unit: 元/人}}
""",
        "key,heads\n a,2\n b,4\n",
    )
    assert exact(allocation, "per_head") == [20, 20]


def test_the_printed_adjustment_is_rate_over_pool_by_weights(allocate_text: AllocateText) -> None:
    """Sentence 8: 100 for weights 1, 1, 2, floor 40 for a: the rate falls from 25 to 20: 0.8."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants: {aid: {pool: 100, share: need, floor: 'if(key == "a", 40, none)'}}
outputs: {adjustment: aid.rate / (100 / sum(need))}
""",
        "key,need\n a,1\n b,1\n c,2\n",
    )
    assert paid(allocation) == [40, 20, 40]
    assert exact(allocation, "adjustment") == [Fraction(4, 5)] * 3


def test_under_within_every_group_has_its_own_rate(allocate_text: AllocateText) -> None:
    """Sentence 8: X has 60 over a weight of 2, Y 40 over a weight of 8: 30 and 5."""
    allocation = allocate_text(
        """
inputs: {city: {type: text}, need: {}}
parameters: {part: {X: 60%, Y: 40%}}
grants: {aid: {pool: 100, within: {by: city, share: 'part[city]'}, share: need}}
outputs: {rate: aid.rate}
""",
        "key,city,need\n a,X,2\n b,Y,4\n c,Y,4\n",
    )
    assert paid(allocation) == [60, 20, 20]
    assert exact(allocation, "rate") == [30, 5, 5]
