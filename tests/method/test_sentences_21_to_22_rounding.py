"""Sentences 21 and 22: ties, and what each rounding rule does to districts."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from tests.method.tiny import AllocateText, exact, fault_codes, found, loaded, paid, written
from transfers import DocumentError, allocate_scenarios

ALIKE = "inputs: {need: {}}\ngrants: {aid: {pool: 100, share: need}}\n"


# -- sentence 21 -------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", ["abc", "acb", "bac", "bca", "cab", "cba"])
def test_ties_go_by_key_and_never_by_row(allocate_text: AllocateText, rows: str) -> None:
    """Sentence 21: 33 1/3 each: a gets the 34th unit wherever its row stands; order is kept."""
    allocation = allocate_text(ALIKE, "key,need\n" + "".join(f"{key},1\n" for key in rows))
    assert allocation.keys == tuple(rows)
    assert paid(allocation) == [34 if key == "a" else 33 for key in rows]


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        (("9", "10"), "10"),  # texts, not numbers: "1" comes before "9"
        (("a", "B"), "B"),  # capitals come before small letters
        (("0101", "101"), "0101"),
        (("蓬江", "江海"), "江海"),  # U+6C5F before U+84EC
    ],
)
def test_keys_are_compared_by_code_point(
    allocate_text: AllocateText, keys: tuple[str, str], first: str
) -> None:
    """Sentence 21: 1 unit for two alike districts goes to the key that comes first."""
    text = ALIKE.replace("pool: 100", "pool: 1")
    allocation = allocate_text(text, "key,need\n" + "".join(f"{key},1\n" for key in keys))
    assert dict(zip(allocation.keys, paid(allocation), strict=True)) == {
        key: int(key == first) for key in keys
    }


@pytest.mark.parametrize("rule", ["largest_remainder", "webster", "{to_most: need}"])
@pytest.mark.parametrize("rows", ["ab", "ba"])
def test_every_rule_breaks_ties_by_key(allocate_text: AllocateText, rule: str, rows: str) -> None:
    """Sentence 21: 1 unit, two alike: a, by largest remainder, by webster, and by to_most.

    (to_most rounds 0.5 and 0.5 to 1 and 1, and takes the unit too many from the first as well.)
    """
    text = f"inputs: {{need: {{}}}}\ngrants: {{aid: {{pool: 1, share: need, rounding: {rule}}}}}\n"
    allocation = allocate_text(text, "key,need\n" + "".join(f"{key},1\n" for key in rows))
    first = 0 if "to_most" in rule else 1
    assert dict(zip(allocation.keys, paid(allocation), strict=True)) == {"a": first, "b": 1 - first}


def test_a_tie_of_exact_figures_is_not_broken_by_floats(allocate_text: AllocateText) -> None:
    """Sentence 21: weights 0.1 + 0.2 and 0.3 are equal: 1 unit goes to a either way."""
    text = "inputs: {x: {}, y: {}}\ngrants: {aid: {pool: 1, share: x + y}}\n"
    assert paid(allocate_text(text, "key,x,y\n a,0.3,0\n b,0.1,0.2\n")) == [1, 0]
    assert paid(allocate_text(text, "key,x,y\n a,0.1,0.2\n b,0.3,0\n")) == [1, 0]


def test_the_key_is_a_name_of_formulas(allocate_text: AllocateText) -> None:
    """Sentence 21: `key` is the district's key, a text; codes keep their leading zero."""
    allocation = allocate_text(
        'inputs: {need: {}}\ngrants: {aid: {eligible: key == "0101", pool: 9, share: need}}\n',
        "key,need\n 0101,1\n 101,1\n",
    )
    assert paid(allocation) == [9, 0]


# -- sentence 22 and the rules of rounding ------------------------------------------------------


def test_half_up_does_not_close_and_the_residue_is_a_named_line(
    allocate_text: AllocateText,
) -> None:
    """Sentence 22: 100 over three, each rounded by itself: 33 x 3 = 99, and 1 stands alone."""
    allocation = allocate_text(ALIKE.replace("need}", "need, rounding: half_up}"), THREE_ALIKE)
    assert paid(allocation) == [33, 33, 33]
    assert allocation.unspent == {"aid": 1}
    residue = found(allocation)["half_up_residue"]
    assert (residue.value, residue.severity, allocation.status) == ("1", "note", "done")


def test_half_up_may_pay_more_than_the_pool(allocate_text: AllocateText) -> None:
    """Sentence 22: 3 over two is 1.5 and 1.5, paid as 2 and 2: the residue is -1."""
    allocation = allocate_text(
        ALIKE.replace("need}", "need, rounding: half_up}").replace("100", "3"),
        "key,need\n a,1\n b,1\n",
    )
    assert paid(allocation) == [2, 2]
    excess = found(allocation)["half_up_excess"]
    assert (excess.value, excess.severity) == ("1", "warning")
    assert allocation.unspent == {"aid": -1}


def test_half_up_stays_inside_floors_and_caps(allocate_text: AllocateText) -> None:
    """Sentence 22: with a cap of 33.6 and a share of 33.6, 33 is paid and not 34."""
    allocation = allocate_text(
        "inputs: {need: {}}\n"
        "grants: {aid: {pool: 100, share: need, rounding: half_up,"
        " cap: 'if(key == \"a\", 33.6, none)'}}\n",
        THREE_ALIKE.replace("a,1", "a,9"),
    )
    assert paid(allocation) == [33, 33, 33]  # 33.6, 33.2, 33.2


def test_formula_lines_do_not_close_but_a_stage_does(allocate_text: AllocateText) -> None:
    """Sentence 22: a third of 100 rounded by formula: 33 x 3 = 99; as a division it is 100."""
    allocation = allocate_text(
        """
inputs: {need: {}}
quantities:
  line: round(100 / 3)
  stage: {pool: 100, share: need}
grants: {aid: {pool: 100, share: need}}
""",
        THREE_ALIKE,
    )
    assert sum(exact(allocation, "line")) == 99
    assert sum(exact(allocation, "stage")) == 100
    assert sum(paid(allocation)) == 100


THREE_ALIKE = "key,need\n a,1\n b,1\n c,1\n"
PARADOX = "key,need\n a,6\n b,6\n c,2\n"


def test_largest_remainder_stays_within_one_unit_of_everybodys_share(
    allocate_text: AllocateText,
) -> None:
    """Sentence 22: 10 for 6, 6, 2: 4.286, 4.286, 1.429: 4, 4, 1 and one more for c."""
    assert paid(allocate_text(ALIKE.replace("100", "10"), PARADOX)) == [4, 4, 2]


def test_under_largest_remainder_a_district_may_lose_a_unit_when_the_pool_grows(
    tmp_path: Path,
) -> None:
    """Sentence 22: the Alabama paradox: 11 are 4.714, 4.714, 1.571: 5, 5, 1: c loses one."""
    text = "inputs: {need: {}}\nparameters: {money: {value: 10, unit: 万元}}\n" + (
        "grants: {aid: {pool: money, share: need}}\n"
    )
    policy, districts = loaded(written(tmp_path, text, PARADOX))
    moves = [{"parameters.money.value": money} for money in (10, 11)]
    ten, eleven = allocate_scenarios(policy, districts, moves)
    assert (paid(ten), paid(eleven)) == ([4, 4, 2], [5, 5, 1])


def test_webster_never_takes_a_unit_from_anybody_when_the_pool_grows(tmp_path: Path) -> None:
    """Sentence 22: pools of 0 to 60 for 6, 6, 2: nobody's amount ever falls."""
    text = "inputs: {need: {}}\nparameters: {money: {value: 10, unit: 万元}}\n" + (
        "grants: {aid: {pool: money, share: need, rounding: webster}}\n"
    )
    policy, districts = loaded(written(tmp_path, text, PARADOX))
    moves = [{"parameters.money.value": money} for money in range(61)]
    amounts = [paid(each) for each in allocate_scenarios(policy, districts, moves)]
    assert amounts[10] == [5, 4, 1]  # (4 + 1/2)/6 = (1 + 1/2)/2: a tie of all three, by key
    assert amounts[11] == [5, 5, 1]
    for before, after in pairwise(amounts):
        assert all(new >= old for old, new in zip(before, after, strict=True))


def test_webster_may_leave_the_quota(allocate_text: AllocateText) -> None:
    """Sentence 22: the price: 100 for 970 and thirty of 1: a's share is 97.0, and it gets 100.

    Thirty districts with 0.1 each never reach the half at which a first unit is due:
    (0 + 1/2)/1 is more than (99 + 1/2)/970. Largest remainder pays 97 and three small ones.
    """
    table = "key,need\n a,970\n" + "".join(f"s{n:02},1\n" for n in range(30))
    text = ALIKE.replace("need}", "need, rounding: webster}")
    assert paid(allocate_text(text, table))[0] == 100
    assert paid(allocate_text(ALIKE, table))[:5] == [97, 1, 1, 1, 0]


def test_to_most_rounds_each_by_itself_and_one_district_bears_the_difference(
    allocate_text: AllocateText,
) -> None:
    """Sentence 22: 33, 33, 33 and one more for c, which has the most heads."""
    allocation = allocate_text(
        "inputs: {need: {}, heads: {}}\n"
        "grants: {aid: {pool: 100, share: need, rounding: {to_most: heads}}}\n",
        "key,need,heads\n a,1,5\n b,1,6\n c,1,7\n",
    )
    assert paid(allocation) == [33, 33, 34]


def test_to_most_respects_the_cap_and_goes_on_to_the_next(allocate_text: AllocateText) -> None:
    """Sentence 22: c is capped at 33 1/3 and can take no more: b, with the next most, does."""
    allocation = allocate_text(
        "inputs: {need: {}, heads: {}}\n"
        "grants: {aid: {pool: 100, share: need, cap: 'if(key == \"c\", 100 / 3, none)',"
        " rounding: {to_most: heads}}}\n",
        "key,need,heads\n a,1,5\n b,1,6\n c,1,7\n",
    )
    assert paid(allocation) == [33, 34, 33]


def test_a_grant_may_round_to_a_coarser_quantum(allocate_text: AllocateText) -> None:
    """Sentence 22: 105 in tens over three: 35 each: 40, 30, 30, and 5 cannot be paid in tens."""
    allocation = allocate_text(
        "inputs: {need: {}}\ngrants: {aid: {pool: 105, share: need, rounding: {quantum: 10}}}\n",
        THREE_ALIKE,
    )
    assert paid(allocation) == [40, 30, 30]
    assert found(allocation)["unspent"].value == "5"


def test_the_quantum_of_a_grant_is_a_multiple_of_moneys(allocate_text: AllocateText) -> None:
    """Sentence 22: amounts of half a quantum could not be paid out."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(
            "inputs: {need: {}}\ngrants: {aid: {pool: 9, share: need, rounding: {quantum: 1.5}}}\n",
            THREE_ALIKE,
        )
    assert fault_codes(raised.value) == ["document.quantum_not_multiple"]


def test_a_finer_quantum_pays_finer_sums(allocate_text: AllocateText) -> None:
    """Sentence 22: in 万元 with a quantum of 0.01: 33.34, 33.33, 33.33."""
    allocation = allocate_text(
        "money: {currency: CNY, unit: 万元, quantum: 0.01}\n" + ALIKE, THREE_ALIKE
    )
    assert paid(allocation) == [3334, 3333, 3333]
    assert allocation.table()["aid"] == [Fraction("33.34"), Fraction("33.33"), Fraction("33.33")]
