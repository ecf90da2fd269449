"""Sentence 33: what districts pay in goes to the purse that the document names."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.method.tiny import AllocateText, exact, fault_codes, found, paid
from transfers import Allocation, DocumentError

THREE = "key,due,w,cap,city\n a,10.5,1,20,X\n b,-5.25,1,50,X\n c,-5.25,1,50,Y\n"
INPUTS = "inputs: {due: {unit: 万元}, w: {}, cap: {unit: 万元}, city: {type: text}}\n"


def lines(allocation: Allocation, side: str) -> dict[str, Fraction]:
    """Return the lines of one side of the balance, by code and name, but for those of 0."""
    return {
        " ".join(filter(None, (line.code, line.name))): line.amount
        for line in allocation.balance.lines
        if line.side == side and line.amount
    }


def test_a_line_of_plus_and_minus_adds_up_to_nothing_and_leaves_the_budget_alone(
    allocate_text: AllocateText,
) -> None:
    """Sentence 33: 10.5, -5.25, -5.25 are 10, -5, -5; all 40 of the budget are for the next."""
    allocation = allocate_text(
        INPUTS
        + """
budget: 40
grants:
  even: {claim: due, contributions: pool, rounding: largest_remainder}
  aid: {pool: remainder, share: w}
""",
        THREE,
    )
    assert paid(allocation, "even") == [10, -5, -5]
    assert sum(paid(allocation, "aid")) == 40
    assert allocation.budget_left == 0
    assert lines(allocation, "in") == {"budget": 40, "contributions even": 10}
    assert lines(allocation, "out") == {"paid even": 10, "amounts aid": 40}
    told = found(allocation)["contributions"]
    assert (told.severity, told.value, told.grant) == ("note", "10", "even")
    assert "并入本项资金" in told.message("zh") and "pays the others" in told.message("en")


def test_without_a_pool_a_grant_asks_for_the_net_only(allocate_text: AllocateText) -> None:
    """Sentence 33: claims of 30 and -12 and a budget of 10 that lacks 8: 22 are there for 30."""
    text = """
inputs: {due: {unit: 万元}}
budget: 10
grants: {even: {claim: due, contributions: pool, if_short: scale}}
"""
    allocation = allocate_text(text, "key,due\n a,20\n b,10\n c,-12\n")
    assert paid(allocation, "even") == [15, 7, -12]
    assert allocation.outcome("even").asked is not None
    assert found(allocation)["claims_exceed_pool_scaled"].limit == "22"
    assert lines(allocation, "in") == {"budget": 10, "contributions even": 12}
    enough = allocate_text(text.replace("budget: 10", "budget: 25"), "key,due\n a,30\n b,-12\n")
    assert paid(enough, "even") == [30, -12] and enough.budget_left == 7


def test_a_pool_is_enlarged_by_what_is_paid_in(allocate_text: AllocateText) -> None:
    """Sentence 33: claims 60, 50, -30 and a pool of 70, scaled: 100 for 110: 55, 45, -30."""
    allocation = allocate_text(
        """
inputs: {due: {unit: 万元}}
budget: 70
grants: {aid: {pool: 70, claim: due, contributions: pool, if_short: scale}}
""",
        "key,due\n a,60\n b,50\n c,-30\n",
    )
    assert paid(allocation) == [55, 45, -30]
    assert allocation.budget_left == 0 and allocation.unspent == {"aid": 0}
    assert lines(allocation, "out") == {"paid aid": 100}


def test_what_is_paid_in_and_nobody_takes_stays_in_the_budget_or_goes_where_unspent_says(
    allocate_text: AllocateText,
) -> None:
    """Sentence 33: 12 are paid in and 5 taken: 7 are left, in the budget, a line, or a fund."""
    policy = """
inputs: {due: {unit: 万元}}
reserves: {fund: 1}
HEAD
grants: {even: {claim: due, contributions: pool, UNSPENT}}
"""
    table = "key,due\n a,5\n b,-12\n"
    without = allocate_text(policy.replace("HEAD", "").replace("UNSPENT", "kind: special"), table)
    assert without.unspent == {"even": 7}
    assert lines(without, "out") == {"paid even": 5, "unspent even": 7, "closing fund": 1}
    budget = policy.replace("HEAD", "budget: 3")
    in_budget = allocate_text(budget.replace("UNSPENT", "kind: special"), table)
    assert in_budget.budget_left == 10
    in_fund = allocate_text(budget.replace("UNSPENT", "unspent: fund"), table)
    assert in_fund.budget_left == 3 and in_fund.accounts[0].returned == 7


def test_contributions_to_the_budget_are_for_later_grants(allocate_text: AllocateText) -> None:
    """Sentence 33: a recapture of 30 makes 100 of a budget of 70."""
    allocation = allocate_text(
        """
inputs: {due: {unit: 万元}}
budget: 70
grants:
  recapture: {claim: "min(0, due)", contributions: budget}
  aid: {pool: remainder, eligible: due > 0, claim: due, if_short: scale}
""",
        "key,due\n a,60\n b,50\n c,-30\n",
    )
    assert paid(allocation, "aid") == [55, 45, 0]
    assert lines(allocation, "in") == {"budget": 70, "contributions recapture": 30}
    assert lines(allocation, "out") == {"amounts aid": 100}


def test_what_is_paid_in_is_never_compressed_and_counts_as_it_is_rounded(
    allocate_text: AllocateText,
) -> None:
    """Sentence 33: -5.5 and -0.4 are 6 and 0; with a pool of 3 there are 9 for claims of 20."""
    allocation = allocate_text(
        """
inputs: {due: {unit: 万元}}
grants: {aid: {pool: 3, claim: due, contributions: pool, if_short: scale}}
""",
        "key,due\n a,15\n b,5\n c,-5.5\n d,-0.4\n",
    )
    assert paid(allocation) == [7, 2, -6, 0]
    assert exact(allocation, "aid.entitlement")[2] == Fraction(-11, 2)


def test_reserves_come_after_what_is_paid_in(allocate_text: AllocateText) -> None:
    """Sentence 33: claims of 30, a pool of 10 and 12 paid in: the fund gives the 8 that lack."""
    allocation = allocate_text(
        """
inputs: {due: {unit: 万元}}
reserves: {fund: 50}
grants: {aid: {pool: 10, claim: due, contributions: pool, if_short: fund}}
""",
        "key,due\n a,20\n b,10\n c,-12\n",
    )
    assert paid(allocation) == [20, 10, -12]
    assert allocation.accounts[0].drawn == 8


def test_what_is_paid_in_stays_in_the_group_that_pays_it(allocate_text: AllocateText) -> None:
    """Sentence 33: X has 10 and the 6 that b pays, Y has 10: 16 and 10 are paid."""
    allocation = allocate_text(
        """
inputs: {due: {unit: 万元}, city: {type: text}}
grants:
  aid: {pool: 20, within: {by: city, share: 1}, claim: due, contributions: pool, if_short: scale}
""",
        "key,due,city\n a,40,X\n b,-6,X\n c,40,Y\n",
    )
    assert paid(allocation) == [16, -6, 10]


def test_a_levy_divides_a_sum_by_share_within_caps_and_fills_a_fund(
    allocate_text: AllocateText,
) -> None:
    """Sentence 33: 100 from three alike, the first at most 20: -20, -40, -40; then 105 by three."""
    allocation = allocate_text(
        INPUTS
        + """
reserves: {fund: 5}
budget: 9
grants:
  levy: {collect: 100.9, share: w, cap: cap, contributions: fund}
  back: {draw: fund, pool: remainder, share: w}
outputs: {came: fund.contributed, end: fund.closing, held: levy.at_cap}
""",
        THREE,
    )
    assert paid(allocation, "levy") == [-20, -40, -40]
    assert paid(allocation, "back") == [35, 35, 35]
    assert allocation.outputs == {
        "came": [100] * 3, "end": [0] * 3, "held": [True, False, False],
    }  # fmt: skip
    assert exact(allocation, "levy.rate") == [40, 40, 40]
    assert exact(allocation, "levy.entitlement") == [-20, -40, -40]
    assert allocation.budget_left == 9 and allocation.uncollected == {"levy": 0}
    assert lines(allocation, "in") == {"budget": 9, "contributions levy": 100, "opening fund": 5}
    assert lines(allocation, "out") == {"amounts back": 105, "left": 9}


def test_a_levy_closes_where_negated_shares_rounded_one_by_one_do_not(
    allocate_text: AllocateText,
) -> None:
    """Sentence 33: 100 from three alike are 34, 33, 33 and not three times 33."""
    allocation = allocate_text(
        "inputs: {w: {}}\nreserves: {fund: 0}\n"
        "grants: {levy: {collect: 100, share: w, contributions: fund}}\n",
        "key,w\n a,1\n b,1\n c,1\n",
    )
    assert paid(allocation, "levy") == [-34, -33, -33]
    assert allocation.accounts[0].closing == 100


def test_what_caps_leave_of_a_levy_falls_on_nobody(allocate_text: AllocateText) -> None:
    """Sentence 33: 100, caps of 20, 30, 30: 80 are collected, 20 are a finding and a line."""
    allocation = allocate_text(
        "inputs: {w: {}, cap: {unit: 万元}}\nreserves: {fund: 0}\n"
        "grants: {levy: {collect: 100, share: w, cap: cap, contributions: fund}}\n",
        "key,w,cap\n a,1,20\n b,1,30\n c,1,30\n",
    )
    assert paid(allocation, "levy") == [-20, -30, -30]
    told = found(allocation)["uncollected"]
    assert (told.severity, told.value, told.limit, told.margin) == ("warning", "20", "100", "80")
    assert allocation.uncollected == {"levy": 20} and allocation.unspent == {"levy": 0}
    assert allocation.accounts[0].closing == 80


@pytest.mark.parametrize(("if_short", "amounts"), [("reject", None), ("scale", [-50, -25, -25])])
def test_floors_that_exceed_a_levy_are_a_shortage(
    allocate_text: AllocateText, if_short: str, amounts: list[int] | None
) -> None:
    """Sentence 33: floors of 80, 40, 40 and a levy of 100: nothing, or 50, 25, 25."""
    allocation = allocate_text(
        "inputs: {w: {}, least: {unit: 万元}}\n"
        f"grants: {{levy: {{collect: 100, share: w, floor: least, if_short: {if_short}}}}}\n",
        "key,w,least\n a,1,80\n b,1,40\n c,1,40\n",
    )
    assert (allocation.status == "rejected") is (amounts is None)
    told = found(allocation)
    if amounts is None:
        assert told["levy_floors_exceed_rejected"].margin == "60"
    else:
        assert paid(allocation, "levy") == amounts
        assert "levy_floors_exceed_scaled" in told


def test_a_levy_that_the_payer_keeps_comes_in_and_stays(allocate_text: AllocateText) -> None:
    """Sentence 33: 9 from one district, kept; the budget is untouched."""
    allocation = allocate_text(
        "inputs: {w: {}}\nbudget: 4\ngrants: {levy: {collect: 9, share: w}}\n", "key,w\n a,1\n"
    )
    assert paid(allocation, "levy") == [-9] and allocation.budget_left == 4
    assert lines(allocation, "in") == {"budget": 4, "contributions levy": 9}
    assert lines(allocation, "out") == {"kept levy": 9, "left": 4}


def test_groups_close_first_to_what_is_collected(allocate_text: AllocateText) -> None:
    """Sentence 33: 11 from X and Y alike are 6 and 5, and 3, 3 from the two in X."""
    allocation = allocate_text(
        INPUTS + "grants: {levy: {collect: 11, within: {by: city, share: 1}, share: w}}\n",
        THREE,
    )
    assert paid(allocation, "levy") == [-3, -3, -5]


def test_a_grant_whose_contributions_paid_others_is_not_replaced(
    allocate_text: AllocateText,
) -> None:
    """Sentence 33: the document is refused."""
    with pytest.raises(DocumentError) as refused:
        allocate_text(
            INPUTS + "grants:\n  old: {claim: due, contributions: pool}\n"
            "  new: {claim: due, replaces: old}\n",
            THREE,
        )
    assert fault_codes(refused.value) == ["document.replaces_contributions"]
