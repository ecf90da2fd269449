"""Exactness: the amounts are those of exact arithmetic on the document and table as written."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from tests.method.tiny import AllocateText, exact, fault_codes, found, loaded, paid, written
from transfers import TableError, allocate, allocate_scenarios

SHARE = "inputs: {need: {}}\ngrants: {aid: {pool: %s, share: need}}\n"


def test_a_pool_of_three_times_ten_to_the_fifteen_closes_to_the_quantum(
    allocate_text: AllocateText,
) -> None:
    """Exactness: 3 x 10^15 + 1 over weights 1, 1, 1: 10^15 each and one more for a."""
    allocation = allocate_text(SHARE % "3000000000000001", "key,need\n a,1\n b,1\n c,1\n")
    assert paid(allocation) == [10**15 + 1, 10**15, 10**15]


def test_amounts_beyond_float64_are_exact(allocate_text: AllocateText) -> None:
    """Exactness: 10^17 + 7 over weights 1 and 3 (floats are whole only up to 9 x 10^15)."""
    pool = 10**17 + 7
    allocation = allocate_text(SHARE % pool, "key,need\n a,1\n b,3\n")
    # (10^17 + 7) / 4 = 25000000000000001.75: the larger rest is a's
    assert paid(allocation) == [25000000000000002, pool - 25000000000000002]


def test_an_amount_that_cannot_be_held_is_an_error_and_not_an_overflow(
    allocate_text: AllocateText,
) -> None:
    """Exactness: 2.9e15 x 345678 is 10^21 quanta: refused; int64 would wrap around silently."""
    with pytest.raises(TableError) as raised:
        allocate_text(SHARE % "2900000000000000 * 345678", "key,need\n a,1\n")
    assert fault_codes(raised.value) == ["allocation.too_much"]


def test_a_remainder_exactly_at_the_cut_is_a_tie(allocate_text: AllocateText) -> None:
    """Exactness: weights 0.7, 0.2, 0.1 of 15: 10.5, 3, 1.5: the two halves tie, a is first.

    In floats 0.7 x 15 and 0.1 x 15 lie a bit above or below their halves.
    """
    allocation = allocate_text(SHARE % 15, "key,need\n c,0.1\n b,0.2\n a,0.7\n")
    assert paid(allocation) == [1, 3, 11]


def test_a_pool_equal_to_the_floors_is_no_shortage(allocate_text: AllocateText) -> None:
    """Exactness: floors 0.1 + 0.2 and a pool of 0.3 (quantum 0.1): they fit, to the last digit."""
    allocation = allocate_text(
        "money: {currency: CNY, unit: 万元, quantum: 0.1}\n"
        "inputs: {least: {unit: 万元}}\n"
        "grants: {aid: {pool: 0.3, share: 1, floor: least}}\n",
        "key,least\n a,0.1\n b,0.2\n",
    )
    assert allocation.status == "done"
    assert paid(allocation) == [1, 2]


def test_a_pool_one_quantum_below_the_floors_is_a_shortage(allocate_text: AllocateText) -> None:
    """Exactness: floors of 1.25 x 260 and 0.8 x 100 and a pool of 404: short by exactly 1."""
    allocation = allocate_text(
        "inputs: {last: {unit: 万元}}\n"
        "grants: {aid: {pool: 404, share: 1, floor: 'if(last == 260, 1.25, 0.8) * last'}}\n",
        "key,last\n a,260\n b,100\n",
    )
    assert found(allocation)["floors_exceed_pool_rejected"].margin == "1"


def test_a_share_exactly_at_its_cap_is_at_the_cap(allocate_text: AllocateText) -> None:
    """Exactness: weights 0.1, 0.2, 0.3 of 6: b's share is 2, just its cap: at_cap."""
    allocation = allocate_text(
        "inputs: {need: {}}\n"
        "grants: {aid: {pool: 6, share: need, cap: 'if(key == \"b\", 2, none)'}}\n"
        "outputs: {held: aid.at_cap, rate: aid.rate}\n",
        "key,need\n a,0.1\n b,0.2\n c,0.3\n",
    )
    assert paid(allocation) == [1, 2, 3]
    assert allocation.outputs["held"] == [False, True, False]
    assert exact(allocation, "rate") == [10, 10, 10]


def test_the_order_of_rows_changes_no_amount(tmp_path: Path) -> None:
    """Exactness: forty districts full of ties, in ten orders: every district keeps its amount."""
    numbers = random.Random(7)
    rows = [f"d{n:02},{numbers.randint(1, 5) / 10}\n" for n in range(40)]
    seen = set()
    for _ in range(10):
        numbers.shuffle(rows)
        table = "key,need\n" + "".join(rows)
        allocation = allocate(*loaded(written(tmp_path, SHARE % 1003, table)))
        seen.add(tuple(sorted(zip(allocation.keys, paid(allocation), strict=True))))
    assert len(seen) == 1


def test_amounts_are_those_of_fractions(tmp_path: Path) -> None:
    """Exactness: largest remainder in fractions, by hand, on 200 small tables full of ties."""
    numbers = random.Random(11)
    for _ in range(200):
        weights = [numbers.randint(0, 6) for _ in range(numbers.randint(1, 7))]
        weights[0] += 1
        pool = numbers.randint(0, 30)
        table = "key,need\n" + "".join(f"{n},{w / 10}\n" for n, w in enumerate(weights))
        shares = [Fraction(pool * w, sum(weights)) for w in weights]
        expected = [share.__floor__() for share in shares]
        order = sorted(range(len(weights)), key=lambda n: (expected[n] - shares[n], n))
        for n in order[: pool - sum(expected)]:
            expected[n] += 1
        assert paid(allocate(*loaded(written(tmp_path, SHARE % pool, table)))) == expected


def test_a_scenario_gets_the_same_alone_and_in_company(tmp_path: Path) -> None:
    """Exactness: amounts and rates of 50 pools in one batch equal those of 50 single runs."""
    text = (
        "inputs: {need: {}, last: {unit: 万元}}\n"
        "parameters: {money: {value: 0, unit: 万元}}\n"
        "grants: {aid: {pool: money, share: need, floor: 0.9 * last, cap: 1.1 * last,"
        " if_short: [scale]}}\n"
        "outputs: {rate: aid.rate}\n"
    )
    numbers = random.Random(13)
    rows = [f"d{n},{numbers.randint(1, 99) / 10},{numbers.randint(10, 99)}\n" for n in range(12)]
    policy, districts = loaded(written(tmp_path, text, "key,need,last\n" + "".join(rows)))
    moves = [{"parameters.money.value": money} for money in range(400, 900, 10)]
    together = allocate_scenarios(policy, districts, moves)
    for move, allocation in zip(moves, together, strict=True):
        alone = allocate_scenarios(policy, districts, [move])[0]
        assert paid(alone) == paid(allocation)
        assert alone.outputs == allocation.outputs


def test_every_output_has_its_own_figure(allocate_text: AllocateText) -> None:
    """Exactness: thirty outputs of one figure each, n/3 x rate: none is taken for another."""
    outputs = "".join(f"  o{n}: aid.rate * {n} / 3\n" for n in range(1, 31))
    allocation = allocate_text(SHARE % 10 + "outputs:\n" + outputs, "key,need\n a,1\n b,2\n")
    for n in range(1, 31):
        assert allocation.outputs[f"o{n}"] == [Fraction(10 * n, 9)] * 2


def test_roots_are_rounded_to_fifty_digits_and_squares_are_exact(
    allocate_text: AllocateText,
) -> None:
    """Exactness: sqrt(2) to 50 significant digits; sqrt(0.25) is 0.5 itself."""
    allocation = allocate_text(
        "inputs: {need: {}}\nquantities: {root: sqrt(need)}\ngrants: {aid: {pool: 1, share: 1}}\n",
        "key,need\n a,2\n b,0.25\n",
    )
    two, half = exact(allocation, "root")
    assert two == Fraction("1.4142135623730950488016887242096980785696718753769")
    assert half == Fraction(1, 2)
