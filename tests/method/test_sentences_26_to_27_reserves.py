"""Sentences 26 and 27: reserves, what is drawn from them, what goes into them, the balance."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.method.tiny import AllocateText, fault_codes, found, loaded, paid, written
from transfers import Allocation, TableError, allocate_scenarios

TWO = "key,need\n a,1\n b,1\n"
JIANGMEN = "key,need,last\n a,1,260\n b,1,120\n c,1,470\n d,1,1080\n e,1,700\n f,1,330\n g,1,640\n"
FLOORS = [260, 120, 470, 1080, 700, 330, 640]
SCALED = [246, 113, 444, 1020, 661, 312, 604]


def account(allocation: Allocation, name: str = "fund") -> dict[str, int]:
    """Return what came of a reserve, in quanta."""
    (found_account,) = (each for each in allocation.accounts if each.name == name)
    parts = ("opening", "inflow", "drawn", "returned", "closing")
    return {part: getattr(found_account, part) for part in parts}


def lines(allocation: Allocation, side: str) -> dict[str, Fraction]:
    """Return the lines of one side of the balance, by code and name."""
    return {
        " ".join(filter(None, (line.code, line.name))): line.amount
        for line in allocation.balance.lines
        if line.side == side
    }


def short(allocate_text: AllocateText, if_short: str, fund: str = "0") -> Allocation:
    """Run floors of 3,600 on 3,400."""
    return allocate_text(
        f"""
inputs: {{need: {{}}, last: {{unit: 万元}}}}
reserves: {{fund: {fund}}}
budget: 3400
grants:
  aid: {{pool: remainder, share: need, floor: last, if_short: {if_short}}}
""",
        JIANGMEN,
    )


# -- sentence 26: what is drawn ----------------------------------------------------------------


def test_floors_of_3600_and_3400_reject_scale_or_draw(allocate_text: AllocateText) -> None:
    """Sentence 26: reject; scale; a fund of 300 pays 200; one of 120 pays all, then scale."""
    rejected = short(allocate_text, "reject")
    assert rejected.status == "rejected" and rejected.accounts == ()
    assert found(rejected)["floors_exceed_pool_rejected"].margin == "200"
    assert paid(short(allocate_text, "scale")) == SCALED
    helped = short(allocate_text, "[fund, reject]", "300")
    assert paid(helped) == FLOORS
    assert account(helped) == {
        "opening": 300, "inflow": 0, "drawn": 200, "returned": 0, "closing": 100,
    }  # fmt: skip
    drawn = found(helped)["drawn_if_short"]
    assert (drawn.severity, drawn.status, drawn.grant) == ("warning", "adjusted", "aid")
    assert (drawn.value, drawn.limit, drawn.margin) == ("200", "300", "100")
    partly = short(allocate_text, "[fund, scale]", "120")
    assert sum(paid(partly)) == 3520 and paid(partly) == [254, 117, 460, 1056, 684, 323, 626]
    assert set(found(partly)) == {
        "drawn_if_short",
        "reserve_exhausted",
        "floors_exceed_pool_scaled",
    }
    assert found(partly)["floors_exceed_pool_scaled"].margin == "80"


def test_a_rejected_scenario_names_the_reserve_and_what_it_had(
    allocate_text: AllocateText,
) -> None:
    """Sentence 26: 200 are missing, the fund has 120: nobody is paid, nothing is drawn."""
    allocation = short(allocate_text, "fund", "120")
    assert allocation.status == "rejected" and allocation.amounts == {}
    told = found(allocation)["reserve_did_not_suffice"]
    assert (told.severity, told.value, told.limit, told.margin) == ("error", "200", "120", "80")
    assert "fund" in told.message("en") and "fund" in told.message("zh")


def test_reserves_are_drawn_in_the_order_they_are_named_each_up_to_its_limit(
    allocate_text: AllocateText,
) -> None:
    """Sentence 26: of 200, the first gives its limit of 50, the second the rest."""
    allocation = allocate_text(
        """
inputs: {need: {}, last: {unit: 万元}}
reserves:
  first: {opening: 300, limit: 50}
  second: {inflow: 500}
budget: 3400
grants:
  aid: {pool: remainder, share: need, floor: last, if_short: [first, second]}
outputs:
  left: first.closing + second.closing
""",
        JIANGMEN,
    )
    assert paid(allocation) == FLOORS
    assert account(allocation, "first")["drawn"] == 50
    assert account(allocation, "second")["drawn"] == 150
    assert allocation.outputs["left"] == [600] * 7


def test_what_is_named_first_is_drawn_first_and_bonuses_shrink_before_floors(
    allocate_text: AllocateText,
) -> None:
    """Sentence 26: the waterfall of 3,700 by document order, and the bonus is cut first."""
    rules = """
inputs: {need: {}, last: {unit: 万元}}
reserves: {fund: 50}
budget: {amount: 3700, draw: fund}
grants:
  bottom_line: {claim: last, if_short: reject}
  increment: {pool: 100, share: need}
  bonus: {pool: 200, share: need}
"""
    allocation = allocate_text(rules, JIANGMEN)
    assert [sum(paid(allocation, name)) for name in allocation.amounts] == [3600, 100, 50]
    assert account(allocation) == {
        "opening": 50, "inflow": 0, "drawn": 50, "returned": 0, "closing": 0,
    }  # fmt: skip
    assert set(found(allocation)) == {
        *("drawn_budget", "reserve_exhausted", "pool_reduced_with_reserve")
    }
    # `bonus` has no if_short: it is the budget that draws.
    assert found(allocation)["reserve_exhausted"].where.path == "budget.draw"


def test_a_rejected_scenario_names_the_reserve_that_the_budget_would_draw(
    allocate_text: AllocateText,
) -> None:
    """Sentence 26: floors of 36, a budget of 20, 10 in the fund: 30 do not suffice."""
    rules = """
inputs: {need: {}}
reserves: {fund: 10}
budget: {amount: 20, draw: fund}
grants: {aid: {pool: 40, share: need, floor: 18, if_short: %s}}
"""
    for if_short in ("reject", "[fund, reject]"):
        allocation = allocate_text(rules % if_short, TWO)
        assert allocation.status == "rejected"
        told = found(allocation)["reserve_counted_in"]
        assert (told.value, told.limit, told.margin) == ("20", "10", "10")
        assert told.where.path == "budget.draw" and told.severity == "error"
        assert "10 万元已计入上面的资金" in told.message("zh")
        assert "10 万元 of it are in the money above" in told.message("en")


def test_a_budget_draws_the_difference_and_a_remainder_draws_nothing(
    allocate_text: AllocateText,
) -> None:
    """Sentence 26: 100; 70 and 50 are asked: 20 are drawn; the remainder is 0."""
    allocation = allocate_text(
        """
inputs: {need: {}}
reserves: {fund: 30}
budget: {amount: 100, draw: fund}
grants:
  first: {pool: 70, share: need}
  second: {pool: 50, share: need}
  rest: {pool: remainder, share: need}
""",
        TWO,
    )
    assert [sum(paid(allocation, name)) for name in allocation.amounts] == [70, 50, 0]
    assert account(allocation)["drawn"] == 20 and allocation.budget_left == 0
    assert set(found(allocation)) == {"drawn_budget"}


def test_a_reserve_gives_only_what_is_paid_out(allocate_text: AllocateText) -> None:
    """Sentence 26: 50 are asked, 20 left, caps of 15 + 15: the fund gives 10, not 30."""
    allocation = allocate_text(
        """
inputs: {need: {}}
reserves: {fund: 100}
budget: {amount: 20, draw: fund}
grants:
  aid: {pool: 50, share: need, cap: 15}
""",
        TWO,
    )
    assert paid(allocation) == [15, 15]
    assert account(allocation)["drawn"] == 10 and allocation.unspent == {"aid": 0}


def test_claims_draw_what_they_exceed_the_money_by(allocate_text: AllocateText) -> None:
    """Sentence 26: claims of 60 and 30 and a pool of 70: a fund of 12 leaves 82 of 90."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
reserves: {fund: 12}
grants:
  aid: {claim: need, pool: 70, if_short: [fund, scale]}
""",
        "key,need\n a,60\n b,30\n",
    )
    assert paid(allocation) == [55, 27] and account(allocation)["closing"] == 0
    assert found(allocation)["claims_exceed_pool_scaled"].margin == "8"


def test_no_cap_means_all_the_money_there_is_with_what_was_drawn(
    allocate_text: AllocateText,
) -> None:
    """Sentence 26: a floor of 100 in a pool of 80 is paid in full, though no cap is declared."""
    allocation = allocate_text(
        """
inputs: {need: {}, least: {unit: 万元}}
reserves: {fund: 20}
grants:
  aid: {pool: 80, share: need, floor: least, if_short: fund}
""",
        "key,need,least\n a,1,100\n b,1,0\n",
    )
    assert paid(allocation) == [100, 0]


def test_groups_that_are_short_share_a_reserve_by_what_they_lack(
    allocate_text: AllocateText,
) -> None:
    """Sentence 26: X lacks 10, Y 20, Z nothing; a fund of 8 gives 3 and 5."""
    allocation = allocate_text(
        """
inputs: {city: {type: text}, least: {unit: 万元}}
reserves: {fund: 8}
grants:
  aid:
    pool: 90
    within: {by: city, share: 1}
    share: 1
    floor: least
    if_short: [fund, scale]
""",
        "key,city,least\n a,X,40\n b,Y,50\n c,Z,10\n",
    )
    assert paid(allocation) == [33, 35, 30]
    assert account(allocation)["drawn"] == 8


def test_what_whole_quanta_leave_of_a_reserve_goes_to_the_first_name(
    allocate_text: AllocateText,
) -> None:
    """Sentence 26: X and Y lack 10 each, a fund of 3 gives X 2, wherever X stands in the table."""
    rules = """
inputs: {city: {type: text}, least: {unit: 万元}}
reserves: {fund: 3}
grants:
  aid: {pool: 60, within: {by: city, share: 1}, share: 1, floor: least, if_short: [fund, scale]}
"""
    allocation = allocate_text(rules, "key,city,least\n a,Y,40\n b,X,40\n")
    assert paid(allocation) == [31, 32]


def test_levels_of_groups_are_judged_on_the_whole_pool(allocate_text: AllocateText) -> None:
    """Sentence 26: floors of 60 in all, a pool of 50: the fund gives 10."""
    allocation = allocate_text(
        """
inputs: {city: {type: text}, own: {unit: 万元}, least: {unit: 万元}}
reserves: {fund: 100}
grants:
  aid: {pool: 50, level: {own: own, per: 1, by: city}, floor: least, if_short: fund}
""",
        "key,city,own,least\n a,X,10,40\n b,X,10,0\n c,Y,20,20\n",
    )
    assert sum(paid(allocation)) == 60 and account(allocation)["drawn"] == 10


@pytest.mark.parametrize(
    ("text", "code"),
    [("opening: need_of_a", "missing"), ("inflow: 0 - 5", "negative"), ("limit: 0-1", "negative")],
)
def test_a_reserve_that_is_missing_or_negative_is_an_error_naming_it(
    tmp_path: Path, text: str, code: str
) -> None:
    """Sentence 26: what is in a reserve is known, and not below 0."""
    policy, districts = loaded(
        written(
            tmp_path,
            f"""
inputs: {{need: {{nil: missing}}}}
quantities: {{need_of_a: 'highest(need) / 0'}}
reserves: {{fund: {{title: 统筹资金, {text}}}}}
grants: {{aid: {{pool: 3, share: 1}}}}
""",
            TWO,
        )
    )
    with pytest.raises(TableError) as caught:
        allocate_scenarios(policy, districts, [{}])
    assert f"allocation.reserve_{code}" in fault_codes(caught.value)
    assert "统筹资金" in caught.value.faults[0].text("en")


# -- sentence 27: what goes into a reserve, and the balance ------------------------------------


def test_money_nobody_may_take_goes_into_a_reserve_and_may_be_drawn_again(
    allocate_text: AllocateText,
) -> None:
    """Sentence 27: 30 of 50 are left over; a later grant draws 10 of them."""
    allocation = allocate_text(
        """
inputs: {need: {}}
reserves: {fund: {}}
budget: {amount: 100, draw: fund}
grants:
  capped: {pool: 50, share: need, cap: 10, unspent: fund}
  later: {pool: 60, share: need}
""",
        TWO,
    )
    assert paid(allocation, "later") == [30, 30]
    assert account(allocation) == {
        "opening": 0, "inflow": 0, "drawn": 10, "returned": 30, "closing": 20,
    }  # fmt: skip
    assert allocation.unspent == {"capped": 30, "later": 0}
    assert allocation.undivided == {"capped": 0, "later": 0}
    assert found(allocation)["returned"].value == "30"


def test_what_is_left_of_the_budget_goes_into_a_reserve(allocate_text: AllocateText) -> None:
    """Sentence 27: 100 less 70 is 30, and so the fund closes at 35.5 less half a quantum."""
    allocation = allocate_text(
        """
inputs: {need: {}}
reserves: {fund: {opening: 5.5}}
budget: {amount: 100, remainder: fund}
grants:
  aid: {pool: 70, share: need}
outputs: {end: fund.closing}
""",
        TWO,
    )
    assert allocation.budget_left == 0 and allocation.outputs["end"] == [35, 35]
    assert found(allocation)["budget_remainder"].value == "30"
    assert lines(allocation, "out")["residue fund"] == Fraction(1, 2)
    assert allocation.balance.difference == 0


def test_penalties_are_a_line_and_put_nothing_into_a_reserve(allocate_text: AllocateText) -> None:
    """Sentence 27: claims 50 and -30 of a budget of 60: the payer keeps 30, the fund gets 10."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
reserves: {fund: 5}
budget: {amount: 60, remainder: fund}
grants:
  aid: {claim: need}
""",
        "key,need\n a,50\n b,-30\n",
    )
    assert lines(allocation, "in") == {"budget": 60, "opening fund": 5}
    assert lines(allocation, "out") == {"amounts aid": 20, "penalties aid": 30, "closing fund": 15}


def test_without_a_budget_the_grants_own_money_is_the_source(allocate_text: AllocateText) -> None:
    """Sentence 27: pools of 80 and 9, one of them replaced, half up beyond the third."""
    allocation = allocate_text(
        """
inputs: {need: {}}
reserves: {fund: 7}
grants:
  old: {pool: 9, share: need}
  new: {pool: 80, share: need, cap: 30, replaces: old}
  odd: {pool: 3, share: need, rounding: half_up}
""",
        TWO,
    )
    assert lines(allocation, "in") == {
        "pool new": 80,
        "pool odd": 3,
        "opening fund": 7,
        "excess odd": 1,
    }
    assert lines(allocation, "out") == {
        "amounts new": 60, "amounts odd": 4, "unspent new": 20, "closing fund": 7,
    }  # fmt: skip


def test_scenarios_that_move_a_reserve_come_out_as_if_alone(tmp_path: Path) -> None:
    """Sentence 27: every scenario has balances of its own."""
    policy, districts = loaded(
        written(
            tmp_path,
            """
inputs: {need: {}, last: {unit: 万元}}
reserves: {fund: {opening: 300}}
budget: 3400
grants:
  aid: {pool: remainder, share: need, floor: last, if_short: [fund, scale]}
""",
            JIANGMEN,
        )
    )
    path = "reserves.fund.opening"
    moves = [{}, {path: 120}, {"reserves.fund": 0}, {"budget": 4000}]
    batch = allocate_scenarios(policy, districts, moves)
    assert [account(each)["drawn"] for each in batch] == [200, 120, 0, 0]
    assert [account(each)["closing"] for each in batch] == [100, 0, 0, 300]
    assert [paid(each) for each in batch[:3:2]] == [FLOORS, SCALED]


def test_solve_starts_every_try_with_fresh_reserves(allocate_text: AllocateText) -> None:
    """Sentence 27: what is tried draws nothing; the answer alone does."""
    allocation = allocate_text(
        """
inputs: {need: {unit: 万元}}
parameters: {rate: {value: 0, min: 0}}
reserves: {fund: 40}
grants:
  aid: {pool: 100, claim: rate * need, if_short: fund}
outputs: {left: fund.closing}
solve: {parameter: rate, so_that: fund.closing == 20, within: [0, 1], digits: 2}
""",
        "key,need\n a,100\n b,100\n",
    )
    assert paid(allocation) == [60, 60] and account(allocation)["closing"] == 20


def test_a_grant_is_paid_out_of_the_reserve_it_names_and_not_out_of_the_budget(
    allocate_text: AllocateText,
) -> None:
    """Sentence 26: a fund of 30 and 50 asked for by three alike: 10 each, a finding of 20."""
    text = """
inputs: {need: {}}
reserves: {fund: FUND}
budget: 100
grants: {aid: {draw: fund, pool: 50, share: need}}
"""
    table = "key,need\n a,1\n b,1\n c,1\n"
    allocation = allocate_text(text.replace("FUND", "30"), table)
    assert paid(allocation) == [10, 10, 10] and allocation.budget_left == 100
    told = found(allocation)
    assert set(told) == {"paid_from", "reserve_exhausted", "pool_reduced_in_reserve"}
    assert told["pool_reduced_in_reserve"].margin == "20"
    assert (told["paid_from"].severity, told["paid_from"].value) == ("note", "30")
    assert lines(allocation, "in") == {"budget": 100, "opening fund": 30}
    ample = allocate_text(text.replace("FUND", "80"), table)
    assert paid(ample) == [17, 17, 16] and account(ample)["closing"] == 30
    assert set(found(ample)) == {"paid_from"}


@pytest.mark.parametrize(
    ("money", "amounts", "closing"),
    [
        ("pool: remainder, share: need", [20, 20], 10),
        ("pool: remainder, claim: 15 * need", [15, 15], 20),
        ("claim: 15 * need", [15, 15], 20),
        ("claim: 30 * need, if_short: scale", [20, 20], 10),
        ("claim: 30 * need, if_short: [other, scale]", [22, 21], 10),
    ],
)
def test_a_reserve_that_pays_a_grant_gives_up_to_its_limit_and_then_there_is_a_shortage(
    allocate_text: AllocateText, money: str, amounts: list[int], closing: int
) -> None:
    """Sentence 26: 50 with a limit of 40, for shares, for claims, and with 3 more to help."""
    allocation = allocate_text(
        f"""
inputs: {{need: {{unit: 万元}}}}
reserves: {{fund: {{opening: 50, limit: 40}}, other: 3}}
grants: {{aid: {{draw: fund, {money}}}}}
""",
        TWO,
    )
    assert paid(allocation) == amounts
    assert account(allocation)["closing"] == closing
