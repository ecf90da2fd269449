"""Groups of districts: sums that do not depend on who stands beside whom."""

from __future__ import annotations

from fractions import Fraction
from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.axes import Groups, pairwise_error_factor


def groups_of(numbers: list[int], count: int) -> Groups:
    return Groups(np.array(numbers, dtype=np.intp), tuple(str(g) for g in range(count)))


def test_members_are_found_in_ascending_order() -> None:
    states = groups_of([2, 0, 2, 0, 2], 4)
    assert [states.members(g).tolist() for g in range(4)] == [[1, 3], [], [0, 2, 4], []]


def test_a_single_group_has_no_name_and_everybody() -> None:
    everybody = Groups.one(3)
    assert (everybody.count, everybody.names) == (1, ("",))
    assert everybody.members(0).tolist() == [0, 1, 2]


def test_a_group_without_members_adds_up_to_nothing() -> None:
    states = groups_of([2, 0, 2], 4)
    assert states.sum(np.array([[1.0, 2.0, 4.0]])).tolist() == [[2.0, 0.0, 5.0, 0.0]]
    assert Groups.one(0).sum(np.zeros((2, 0))).tolist() == [[0.0], [0.0]]
    assert groups_of([], 2).sum(np.zeros((1, 0))).tolist() == [[0.0, 0.0]]


def test_whole_numbers_add_up_beyond_what_float64_holds() -> None:
    states = groups_of([1, 0, 1], 2)
    assert states.sum_int(np.array([[2**53, 5, 1]])).tolist() == [[5, 2**53 + 1]]


@pytest.mark.parametrize("count", [1, 27, 5000])
def test_a_sum_is_the_same_bits_alone_and_among_others(count: int) -> None:
    rng = np.random.default_rng(1)
    states = groups_of(rng.integers(0, count, 9001).tolist(), count)
    rows = rng.lognormal(0, 3, (40, 9001))
    together = states.sum(rows)
    for s in (0, 17, 39):
        assert states.sum(rows[s : s + 1]).tobytes() == together[s : s + 1].tobytes()
    assert states.sum(np.asfortranarray(rows)).tobytes() == together.tobytes()


@pytest.mark.parametrize("count", [1, 3, 27])
def test_the_error_of_a_sum_is_within_its_bound(count: int) -> None:
    rng = np.random.default_rng(2)
    states = groups_of(rng.integers(0, count, 50_000).tolist(), count)
    values = rng.lognormal(0, 8, (1, 50_000)) * rng.choice([-1.0, 1.0], 50_000)
    sums = states.sum(values)
    for g in range(count):
        members = values[0, states.members(g)]
        bound = states.sum_error_factor * fsum(np.abs(members))
        assert abs(sums[0, g] - fsum(members)) <= bound


def test_numpy_still_adds_in_pairs() -> None:
    # 0.1 a million times: one after the other misses by 1e-11 of the sum, pairwise does not.
    # The bound on the error of sums rests on it, for whole rows and for segments.
    n = 1_000_000
    exact = float(n * Fraction(0.1))
    for states in (Groups.one(n), groups_of([0] * (n - 1) + [1], 2)):
        total = float(states.sum(np.full((1, n), 0.1)).sum())
        assert abs(total - exact) <= (pairwise_error_factor(n) + 2**-52) * exact


@given(st.lists(st.integers(0, 3), max_size=12))
def test_what_is_spread_over_the_members_counts_them(numbers: list[int]) -> None:
    states = groups_of(numbers, 4)
    ones = states.spread(np.ones((2, 4)))
    assert ones.shape == (2, len(numbers))
    assert states.sum(ones).tolist() == [states.sizes.tolist()] * 2
    ranks = states.spread(np.array([[10, 20, 30, 40]]))
    assert ranks.tolist() == [[10 * (g + 1) for g in numbers]]
