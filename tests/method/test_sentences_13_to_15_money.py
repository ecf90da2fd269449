"""Sentences 13 to 15: the order of grants, shortage, groups."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.method.tiny import AllocateText, exact, fault_codes, found, loaded, paid, written
from transfers import DocumentError, TableError, allocate, allocate_scenarios

TWO = "key,need\n a,1\n b,1\n"


# -- sentence 13 -------------------------------------------------------------------------------


def test_grants_are_served_in_document_order_and_getting_less_is_a_finding(
    allocate_text: AllocateText,
) -> None:
    """Sentence 13: budget 100; the first takes 70 of 70, the second 30 of 50, the third 0 of 10."""
    allocation = allocate_text(
        """
inputs: {need: {}}
budget: 100
grants:
  first: {pool: 70, share: 1}
  second: {pool: 50, share: 1}
  third: {pool: 10, share: 1}
""",
        TWO,
    )
    assert [sum(paid(allocation, name)) for name in ("first", "second", "third")] == [70, 30, 0]
    reduced = [(f.code, f.grant, f.value, f.limit, f.margin) for f in allocation.findings]
    assert reduced == [
        ("allocation.pool_reduced", "second", "50", "30", "20"),
        ("allocation.pool_reduced", "third", "10", "0", "10"),
    ]
    assert allocation.budget_left == 0


def test_remainder_asks_for_all_that_is_left(allocate_text: AllocateText) -> None:
    """Sentence 13: 100 less 70 is 30; a remainder of 0 is no finding, for 0 was asked."""
    allocation = allocate_text(
        """
inputs: {need: {}}
budget: 100
grants:
  first: {pool: 70, share: 1}
  rest: {pool: remainder, share: 1}
  nothing: {pool: remainder, share: 1}
""",
        TWO,
    )
    assert paid(allocation, "rest") == [15, 15]
    assert paid(allocation, "nothing") == [0, 0]
    assert allocation.findings == ()


def test_money_is_asked_for_in_whole_quanta_rounded_down(allocate_text: AllocateText) -> None:
    """Sentence 13: of 10.9 in quanta of 1, 10 are asked for; 0.9 cannot be paid to anybody."""
    allocation = allocate_text(
        "inputs: {need: {}}\nbudget: 15.9\n"
        "grants: {aid: {pool: 10.9, share: 1}, rest: {pool: remainder, share: 1}}\n",
        TWO,
    )
    assert paid(allocation) == [5, 5]
    assert paid(allocation, "rest") == [3, 2]  # 15 - 10
    assert allocation.findings == ()


def test_money_that_nobody_may_take_is_a_named_line_and_stays_in_the_budget(
    allocate_text: AllocateText,
) -> None:
    """Sentence 13: caps take 20 of a pool of 50; the other 30 are reported and left to the rest."""
    allocation = allocate_text(
        """
inputs: {need: {}}
budget: 100
grants:
  aid: {pool: 50, share: 1, cap: 10}
  rest: {pool: remainder, share: 1}
""",
        TWO,
    )
    assert paid(allocation) == [10, 10]
    assert allocation.unspent == {"aid": 30, "rest": 0}
    assert allocation.undivided == {"aid": 0, "rest": 0}
    finding = found(allocation)["left_in_budget"]
    assert (finding.value, finding.severity, allocation.status) == ("30", "note", "done")
    assert paid(allocation, "rest") == [40, 40]


def test_floors_are_protected_before_increments(allocate_text: AllocateText) -> None:
    """Sentence 13: 100 less 60 for the first grant leaves 40: floors 30 and 5 first.

    a (weight 1, floor 30) and b (weight 3): lambda 10/3: a 30, b 10; not 10 and 30.
    """
    allocation = allocate_text(
        """
inputs: {need: {}}
budget: 100
grants:
  bottom: {pool: 60, share: 1}
  aid: {pool: 80, share: need, floor: 'if(key == "a", 30, 5)'}
""",
        "key,need\n a,1\n b,3\n",
    )
    assert paid(allocation) == [30, 10]
    assert set(found(allocation)) == {"pool_reduced"}


def test_floors_that_do_not_fit_into_what_is_left_are_a_shortage(
    allocate_text: AllocateText,
) -> None:
    """Sentence 13: floors of 60 fit the pool of 80 that was asked for, not the 40 that are left."""
    text = """
inputs: {need: {}}
budget: 100
grants:
  bottom: {pool: 60, share: 1}
  aid: {pool: 80, share: 1, floor: 30}
"""
    rejected = allocate_text(text, TWO)
    assert rejected.status == "rejected"
    assert found(rejected)["floors_exceed_pool_rejected"].margin == "20"
    scaled = allocate_text(text.replace("floor: 30", "floor: 30, if_short: [scale]"), TWO)
    assert paid(scaled) == [20, 20]


def test_without_a_budget_every_grant_gets_what_it_asks_for(allocate_text: AllocateText) -> None:
    """Sentence 13: pools of 70 and 50 stand side by side; `remainder` needs a budget."""
    text = "inputs: {need: {}}\ngrants: {one: {pool: 70, share: 1}, two: {pool: 50, share: 1}}\n"
    allocation = allocate_text(text, TWO)
    assert allocation.total.tolist() == [60, 60]
    with pytest.raises(DocumentError) as raised:
        allocate_text(text.replace("pool: 50", "pool: remainder"), TWO)
    assert fault_codes(raised.value) == ["formula.remainder_without_budget"]


def test_a_grant_that_replaces_another_gives_its_money_back_first(
    allocate_text: AllocateText,
) -> None:
    """Sentence 13: budget 100, an old grant of 60, a new one that replaces it: 100 are left for it.

    The new rule asks for 80 and gets them; the old amounts are still shown, but not in the total.
    """
    allocation = allocate_text(
        """
inputs: {need: {}}
budget: 100
grants:
  old: {pool: 60, share: 1}
  new: {pool: 80, share: need, floor: old, replaces: old}
  rest: {pool: remainder, share: 1}
""",
        "key,need\n a,1\n b,9\n",
    )
    assert paid(allocation, "old") == [30, 30]
    assert paid(allocation, "new") == [30, 50]
    assert paid(allocation, "rest") == [10, 10]
    assert allocation.total.tolist() == [40, 60]
    assert allocation.findings == ()


def test_only_an_earlier_grant_can_be_replaced(allocate_text: AllocateText) -> None:
    """Sentence 13: what comes later has not been paid yet."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(
            "inputs: {need: {}}\n"
            "grants: {new: {pool: 8, share: 1, replaces: old}, old: {pool: 6, share: 1}}\n",
            TWO,
        )
    assert fault_codes(raised.value) == ["document.replaces_unknown"]


# -- sentence 14 -------------------------------------------------------------------------------

SHORT = """
inputs: {least: {unit: 万元}}
parameters: {money: {value: 450, unit: 万元}}
grants: {aid: {pool: money, share: 1, floor: least, if_short: [scale]}}
outputs: {share_of_floor: aid / least}
"""
FLOORS = "key,least\n a,100\n b,200\n c,300\n"


def test_scaled_floors_replace_the_floors(allocate_text: AllocateText) -> None:
    """Sentence 14: floors 100, 200, 300 and 450: three quarters of each, and nothing by weight."""
    allocation = allocate_text(SHORT, FLOORS)
    assert paid(allocation) == [75, 150, 225]
    finding = found(allocation)["floors_exceed_pool_scaled"]
    assert (finding.value, finding.limit, finding.margin) == ("600", "450", "150")
    assert (finding.severity, finding.values["share"]) == ("warning", "75.00%")


def test_rounding_keeps_to_the_scaled_floors_and_not_to_the_old_ones(
    allocate_text: AllocateText,
) -> None:
    """Sentence 14: 100 for floors 50, 50, 50: 33 1/3 each; 34, 33, 33, with no word of rounding."""
    allocation = allocate_text(
        SHORT, "key,least\n a,50\n b,50\n c,50\n", {"parameters.money": "100"}
    )
    assert paid(allocation) == [34, 33, 33]
    assert set(found(allocation)) == {"floors_exceed_pool_scaled"}


def test_rounding_scaled_floors_by_largest_remainder(allocate_text: AllocateText) -> None:
    """Sentence 14: 11 for floors 10, 20, 30: 1.83, 3.67, 5.5 -> 2, 4, 5."""
    allocation = allocate_text(
        SHORT, "key,least\n a,10\n b,20\n c,30\n", {"parameters.money": "11"}
    )
    assert paid(allocation) == [2, 4, 5]


def test_reject_pays_nobody_and_tells_the_shortfall_and_who_binds(
    allocate_text: AllocateText,
) -> None:
    """Sentence 14: absent, not 0: no amounts, no total, no outputs; 150 short, c binds most."""
    allocation = allocate_text(SHORT.replace("if_short: [scale]", "if_short: reject"), FLOORS)
    assert allocation.status == "rejected"
    assert allocation.amounts == {}
    assert allocation.outputs == {}
    assert allocation.total.tolist() == []
    assert allocation.unspent == {}
    finding = found(allocation)["floors_exceed_pool_rejected"]
    assert (finding.severity, finding.status) == ("error", "broken")
    assert (finding.value, finding.limit, finding.margin) == ("600", "450", "150")
    assert finding.values["districts"] == ("c", "b", "a")


def test_reject_is_what_happens_when_nothing_is_said(allocate_text: AllocateText) -> None:
    """Sentence 14: floors are never scaled silently."""
    assert allocate_text(SHORT.replace(", if_short: [scale]", ""), FLOORS).status == "rejected"


def test_one_grant_that_is_short_rejects_all_grants_of_the_scenario(
    allocate_text: AllocateText,
) -> None:
    """Sentence 14: the first grant would fit, but nobody is paid half a policy."""
    allocation = allocate_text(
        "inputs: {need: {}}\n"
        "grants: {fits: {pool: 10, share: 1}, short: {pool: 10, share: 1, floor: 30}}\n",
        TWO,
    )
    assert allocation.status == "rejected"
    assert allocation.amounts == {}
    assert {finding.grant for finding in allocation.findings} == {"short"}


def test_a_stage_that_is_short_rejects_as_well(allocate_text: AllocateText) -> None:
    """Sentence 14: a stage with floors of 60 and a pool of 10 has no figures to go on with."""
    allocation = allocate_text(
        "inputs: {need: {}}\nquantities: {first: {pool: 10, share: 1, floor: 30}}\n"
        "grants: {aid: {pool: 10, share: 1}}\n",
        TWO,
    )
    assert allocation.status == "rejected"
    assert allocation.findings[0].grant == "first"


def test_claims_that_exceed_the_pool_reject_too(allocate_text: AllocateText) -> None:
    """Sentence 14: claims 60 + 40 of 50: 50 short, unless the document says scale."""
    allocation = allocate_text(
        "inputs: {need: {unit: 万元}}\ngrants: {aid: {pool: 50, claim: need}}\n",
        "key,need\n a,40\n b,60\n",
    )
    finding = found(allocation)["claims_exceed_pool_rejected"]
    assert (finding.margin, finding.values["districts"]) == ("50", ("b", "a"))


def test_infeasibility_never_raises_out_of_a_batch(tmp_path: Path) -> None:
    """Sentence 14: of 600, 599 and 900 only the second is rejected, and the others are as alone."""
    text = SHORT.replace(", if_short: [scale]", "")
    policy, districts = loaded(written(tmp_path, text, FLOORS))
    moves = [{"parameters.money.value": money} for money in (600, 599, 900)]
    batch = allocate_scenarios(policy, districts, moves)
    assert [allocation.status for allocation in batch] == ["done", "rejected", "done"]
    assert paid(batch[0]) == [100, 200, 300]
    assert found(batch[1])["floors_exceed_pool_rejected"].margin == "1"
    assert paid(batch[2]) == [300, 300, 300]
    for allocation, move in zip(batch, moves, strict=True):
        alone = allocate(policy, districts, move)
        assert allocation.status == alone.status
        assert allocation.total.tolist() == alone.total.tolist()


def test_only_the_group_that_is_short_is_scaled(allocate_text: AllocateText) -> None:
    """Sentence 14: X has 30 for floors of 40, Y has 70 for floors of 40: only X is scaled."""
    allocation = allocate_text(
        """
inputs: {city: {type: text}}
parameters: {part: {X: 30%, Y: 70%}}
grants:
  aid:
    pool: 100
    within: {by: city, share: 'part[city]'}
    share: 1
    floor: if(key == "a" or key == "c", 10, 30)
    if_short: [scale]
""",
        "key,city\n a,X\n b,X\n c,Y\n d,Y\n",
    )
    # X: 10, 30 x 30/40 = 7.5, 22.5 -> equal rests: 8, 22.   Y: 35, 35
    assert paid(allocation) == [8, 22, 35, 35]
    assert found(allocation)["floors_exceed_pool_scaled"].values["group"] == "[X]"


# -- sentence 15 -------------------------------------------------------------------------------


def test_group_pools_close_to_the_total_first_and_ties_go_by_group_name(
    allocate_text: AllocateText,
) -> None:
    """Sentence 15: three cities with equal shares of 100: X 34, Y 33, Z 33, in any row order.

    Inside X 34 are 17 and 17; Y and Z have one district each. Without groups, 100 over four
    districts would be 25 each.
    """
    allocation = allocate_text(
        """
inputs: {city: {type: text}}
grants: {aid: {pool: 100, within: {by: city, share: '1'}, share: 1}}
""",
        "key,city\n a,Z\n b,Y\n c,X\n d,X\n",
    )
    assert paid(allocation) == [33, 33, 17, 17]


def test_the_shares_of_groups_are_relative(allocate_text: AllocateText) -> None:
    """Sentence 15: 3 and 1 mean 75 % and 25 %; they need not add up to anything."""
    allocation = allocate_text(
        """
inputs: {city: {type: text}}
parameters: {part: {X: 3, Y: 1}}
grants: {aid: {pool: 100, within: {by: city, share: 'part[city]'}, share: 1}}
""",
        "key,city\n a,X\n b,Y\n",
    )
    assert paid(allocation) == [75, 25]


def test_a_pool_with_one_value_per_group_asks_for_their_sum_rounded_down(
    allocate_text: AllocateText,
) -> None:
    """Sentence 15: 10.4 + 20.4 + 30.4 = 61.2: 61 are asked, and close to X 11, Y 20, Z 30.

    61/61.2 of each is 10.366, 20.333, 30.301: the one unit over goes to the largest rest, X.
    """
    allocation = allocate_text(
        """
inputs: {city: {type: text}}
parameters: {money: {value: {X: 10.4, Y: 20.4, Z: 30.4}, unit: 万元}}
grants: {aid: {pool: 'money[city]', within: city, share: 1}}
""",
        "key,city\n a,X\n b,Y\n c,Z\n",
    )
    assert paid(allocation) == [11, 20, 30]


def test_group_pools_shrink_together_when_the_budget_is_short(allocate_text: AllocateText) -> None:
    """Sentence 15: 30 + 60 asked, 45 left: 15 and 30."""
    allocation = allocate_text(
        """
inputs: {city: {type: text}}
parameters: {money: {value: {X: 30, Y: 60}, unit: 万元}}
budget: 45
grants: {aid: {pool: 'money[city]', within: city, share: 1}}
""",
        "key,city\n a,X\n b,Y\n",
    )
    assert paid(allocation) == [15, 30]
    assert found(allocation)["pool_reduced"].margin == "45"


def test_a_group_value_that_differs_inside_the_group_is_an_error(
    allocate_text: AllocateText,
) -> None:
    """Sentence 15: a and b are both of X but name different shares."""
    with pytest.raises(TableError) as raised:
        allocate_text(
            """
inputs: {city: {type: text}, part: {}}
grants: {aid: {pool: 100, within: {by: city, share: part}, share: 1}}
""",
            "key,city,part\n a,X,1\n b,X,2\n c,Y,1\n",
        )
    assert fault_codes(raised.value) == ["allocation.group_value_differs"]


def test_a_district_without_a_group_is_an_error(allocate_text: AllocateText) -> None:
    """Sentence 15: money must belong to one group."""
    with pytest.raises(TableError) as raised:
        allocate_text(
            "inputs: {city: {type: text}}\n"
            "grants: {aid: {pool: 100, within: {by: city, share: '1'}, share: 1}}\n",
            "key,city\n a,X\n b,\n",
        )
    assert "allocation.group_missing" in fault_codes(raised.value)


def test_money_of_a_group_that_its_caps_leave_does_not_go_to_other_groups(
    allocate_text: AllocateText,
) -> None:
    """Sentence 15: X's 50 stop at its cap of 10; the 40 are unspent, not Y's."""
    allocation = allocate_text(
        """
inputs: {city: {type: text}}
grants:
  aid: {pool: 100, within: {by: city, share: '1'}, share: 1, cap: 'if(city == "X", 10, none)'}
""",
        "key,city\n a,X\n b,Y\n",
    )
    assert paid(allocation) == [10, 50]
    assert found(allocation)["unspent"].value == "40"


def test_a_stage_divides_among_groups_without_rounding(allocate_text: AllocateText) -> None:
    """Sentence 15: groups of a stage get 33 1/3 each; only money that is paid closes in quanta."""
    allocation = allocate_text(
        """
inputs: {city: {type: text}}
quantities: {first: {pool: 100, within: {by: city, share: '1'}, share: 1}}
grants: {aid: {pool: 100, share: first}}
""",
        "key,city\n a,X\n b,Y\n c,Z\n",
    )
    assert exact(allocation, "first") == [Fraction(100, 3)] * 3


INELIGIBLE = """
inputs: {city: {type: text}, ok: {type: yes_no}, part: {}}
grants: {aid: {eligible: ok, pool: 900, within: WITHIN, share: 1}}
"""
THREE = "key,city,ok,part\n a,X,是,1\n b,Y,否,1\n c,Z,是,2\n d,Z,否,\n e,,否,7\n"


def test_a_group_none_of_whose_members_takes_part_has_no_share(allocate_text: AllocateText) -> None:
    """Sentence 15: 900 go to X and Z, for nobody of Y is there."""
    allocation = allocate_text(INELIGIBLE.replace("WITHIN", "{by: city, share: '1'}"), THREE)
    assert paid(allocation) == [450, 0, 450, 0, 0]
    assert "unspent" not in found(allocation)


def test_of_members_that_do_not_take_part_no_share_and_no_group_is_asked(
    allocate_text: AllocateText,
) -> None:
    """Sentence 15: d has no share and e no group; neither is there."""
    allocation = allocate_text(INELIGIBLE.replace("WITHIN", "{by: city, share: part}"), THREE)
    assert paid(allocation) == [300, 0, 600, 0, 0]


def test_a_pool_per_group_is_not_asked_for_a_group_without_members_that_take_part(
    allocate_text: AllocateText,
) -> None:
    """Sentence 15: 1 + 2 are asked, not 1 + 1 + 2."""
    text = INELIGIBLE.replace("WITHIN", "city").replace("pool: 900", "pool: part")
    assert paid(allocate_text(text, THREE)) == [1, 0, 2, 0, 0]


def test_where_nobody_takes_part_all_money_stays(allocate_text: AllocateText) -> None:
    """Sentence 15: no group has a share."""
    allocation = allocate_text(
        INELIGIBLE.replace("WITHIN", "{by: city, share: '1'}"), THREE.replace("是", "否")
    )
    assert paid(allocation) == [0] * 5
    assert found(allocation)["unspent"].value == "900"


def test_groups_that_take_part_in_some_scenarios_only(tmp_path: Path) -> None:
    """Sentence 15: each scenario by itself, in one batch."""
    text = """
inputs: {city: {type: text}, x: {}}
parameters: {from: 2}
grants: {aid: {eligible: x >= from, pool: 90, within: {by: city, share: '1'}, share: 1}}
"""
    path = written(tmp_path, text, "key,city,x\n a,X,1\n b,Y,2\n c,Z,3\n")
    policy, districts = loaded(path)
    moves = [{"parameters.from": number} for number in (1, 2, 3, 4)]
    batch = allocate_scenarios(policy, districts, moves)
    wanted = [[30, 30, 30], [0, 45, 45], [0, 0, 90], [0, 0, 0]]
    assert [paid(allocation) for allocation in batch] == wanted


def test_money_that_a_group_leaves_is_told_with_the_group(allocate_text: AllocateText) -> None:
    """Sentence 15: X leaves 40, Y 30; Z takes all of its money."""
    allocation = allocate_text(
        """
inputs: {city: {type: text}, top: {}}
grants: {aid: {pool: 150, within: {by: city, share: '1'}, share: 1, cap: top}}
""",
        "key,city,top\n a,X,10\n b,Y,20\n c,Z,90\n",
    )
    told = found(allocation)["unspent"]
    assert told.message("zh").endswith("其中：X 40、Y 30。")
    assert told.message("en").endswith("Of these: X 40, Y 30.")


@pytest.mark.parametrize(
    ("stage", "left"),
    [
        ("pool: 100, share: x, cap: 10", "80"),
        ("pool: 100, within: {by: city, share: '1'}, share: x, cap: 10", "80"),
        ("pool: 100, claim: x", "97"),
        ("pool: 0.5, share: x, cap: 0.125", "0.25"),
    ],
)
def test_a_stage_that_cannot_use_up_its_pool_says_so(
    allocate_text: AllocateText, stage: str, left: str
) -> None:
    """Sentence 15: a note with the money that nobody may take."""
    text = "inputs: {city: {type: text}, x: {}}\nquantities: {st: {%s}}\ngrants: {aid: {claim: 0}}"
    allocation = allocate_text(text % stage, "key,city,x\n a,X,1\n b,Y,2\n")
    assert found(allocation)["stage_unspent"].value == left


def test_a_stage_that_uses_up_its_pool_says_nothing(allocate_text: AllocateText) -> None:
    """Sentence 15: a third of 100 each, not rounded, is all of it."""
    text = "inputs: {x: {}}\nquantities: {st: {pool: 100, share: x}}\ngrants: {aid: {claim: 0}}"
    assert "stage_unspent" not in found(allocate_text(text, "key,x\n a,1\n b,1\n c,1\n"))
