"""Who comes first: the smallest, of equals by key; of many groups at once as of each alone."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from transfers.arithmetic.rationals import Rationals
from transfers.kernel.order import (
    ExactOrder,
    classes_of,
    dense_order,
    first_by_key,
    first_in_order,
    first_of_each,
    kth_largest,
)

tenths = st.integers(0, 20).map(lambda number: number / 10)
figure = st.tuples(tenths, st.sampled_from([0.0, 0.05, 0.15]))
group = st.lists(figure, min_size=1, max_size=7).flatmap(
    lambda figures: st.tuples(st.just(figures), st.integers(1, len(figures)))
)


class AskedError(Exception):
    """The bounds alone did not settle it."""


def refuse(places: NDArray[np.intp]) -> NDArray[np.int64]:
    raise AskedError


@given(st.lists(group, min_size=1, max_size=5))
def test_groups_the_bounds_settle_are_settled_as_one_by_one(
    groups: list[tuple[list[tuple[float, float]], int]],
) -> None:
    figures = np.array([pair for members, _ in groups for pair in members])
    low, high = figures[:, 0] - figures[:, 1], figures[:, 0] + figures[:, 1]
    sizes = np.array([len(members) for members, _ in groups])
    counts = np.array([count for _, count in groups])
    settled, chosen = first_of_each(low, high, sizes, counts)
    for number, stop in enumerate(np.cumsum(sizes).tolist()):
        members = slice(stop - int(sizes[number]), stop)
        if not settled[number]:
            assert not chosen[members].any()
            reach = np.sort(high[members])[counts[number] - 1]
            assert np.count_nonzero(low[members] <= reach) > counts[number]
            continue
        alone = first_in_order(
            low=low[members],
            high=high[members],
            count=int(counts[number]),
            key_order=np.arange(int(sizes[number])),
            exact_order=refuse,
        )
        assert chosen[members].tolist() == alone.tolist()


def exactly(*figures: int) -> ExactOrder:
    """Return who tells the exact order of some figures, given as whole numbers."""

    def order(places: NDArray[np.intp]) -> NDArray[np.int64]:
        return np.array(figures, dtype=np.int64)[places]

    return order


def first(low: list[float], high: list[float], count: int, order: ExactOrder = refuse) -> list[int]:
    keys = np.arange(len(low))[::-1].copy()  # of equals the last district comes first
    marked = first_in_order(
        low=np.array(low), high=np.array(high), count=count, key_order=keys, exact_order=order
    )
    return [int(x) for x in np.flatnonzero(marked)]


def test_nobody_and_everybody_need_no_order() -> None:
    assert first([0, 0], [9, 9], 0) == []
    assert first([0, 0], [9, 9], -1) == []
    assert first([0, 0], [9, 9], 2) == [0, 1]
    assert first([0, 0], [9, 9], 3) == [0, 1]


def test_figures_without_error_that_tie_go_by_key() -> None:
    assert first([1, 1, 1], [1, 1, 1], 2) == [1, 2]
    assert first([1, 2, 2, 2, 3], [1, 2, 2, 2, 3], 3) == [0, 2, 3]
    assert first([2, 1, 2, 0], [2, 1, 2, 0], 3) == [1, 2, 3]


def test_only_those_whose_bounds_overlap_the_cut_are_asked_for() -> None:
    asked: list[list[int]] = []

    def order(places: NDArray[np.intp]) -> NDArray[np.int64]:
        asked.append(places.tolist())
        return np.array([5, 3, 4, 9, 1], dtype=np.int64)[places]

    # 0 to 1 is surely among the first two, 5 to 6 surely is not; three overlap.
    found = first([2.0, 2.1, 2.2, 5.0, 0.0], [3.0, 3.1, 3.2, 6.0, 1.0], 2, order)
    assert found == [1, 4]
    assert asked == [[0, 1, 2]]
    # As many as can be: nobody need be asked.
    assert first([2.0, 2.1, 5.0, 0.0], [3.0, 3.1, 6.0, 1.0], 3) == [0, 1, 3]


def test_bounds_that_touch_are_not_told_apart_by_floats() -> None:
    """0 to 1 and 1 to 2 may be equal, at 1: then the key decides."""
    assert first([0.0, 1.0], [1.0, 2.0], 1, exactly(7, 7)) == [1]
    assert first([0.0, 1.0], [1.0, 2.0], 1, exactly(6, 7)) == [0]
    assert first([0.0, 1.0], [0.9, 2.0], 1) == [0]


def test_those_that_are_all_equal_as_fractions_go_by_key() -> None:
    def equal(places: NDArray[np.intp]) -> None:
        return None

    assert first([0.0, 0.1, 0.2, 9.0], [1.0, 1.1, 1.2, 9.5], 2, equal) == [1, 2]


@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3)), min_size=1, max_size=9),
    st.integers(0, 9),
)
def test_first_in_order_is_first_in_the_sorted_list(
    figures: list[tuple[int, int]], count: int
) -> None:
    exact = [value for value, _ in figures]
    low = [value - blur / 2 for value, blur in figures]
    high = [value + blur / 2 for value, blur in figures]
    ranked = sorted(range(len(exact)), key=lambda i: (exact[i], -i))
    assert first(low, high, count, exactly(*exact)) == sorted(ranked[:count])


@pytest.mark.parametrize("blur", [0.0, 0.001, 0.05])
def test_of_many_the_first_are_those_of_the_sorted_list(blur: float) -> None:
    draw = np.random.default_rng(9)
    n = 400
    for _ in range(12):
        exact = draw.integers(0, 300, n)
        ranks = draw.permutation(n)
        low, high = (exact / 300 + sign * blur * draw.random(n) for sign in (-1, 1))
        order = exactly(*exact.tolist())
        ranked = sorted(range(n), key=lambda i: (exact[i], ranks[i]))
        for count in (1, 2, 7, n // 2, n - 2, n - 1):
            marked = first_in_order(
                low=low, high=high, count=count, key_order=ranks, exact_order=order
            )
            assert np.flatnonzero(marked).tolist() == sorted(ranked[:count])


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("skewed", [False, True])
def test_the_kth_largest_of_many_is_that_of_the_sorted_list(ties: bool, skewed: bool) -> None:
    draw = np.random.default_rng(3)
    n = 3 * 2**14
    values = draw.random(n)
    if ties:
        values = np.floor(values * 50) / 50
    if skewed:  # every place of the sample is small: it says nothing of the others
        values[:: n // 1024] = 0.0
    ordered = np.sort(values)[::-1]
    for k in (1, 2, 97, n // 3, n // 2, n - 40, n - 1, n):
        assert kth_largest(values, k) == ordered[k - 1]
    for some in (values[:500], values[: 2**14], values[: 2**14 + 1]):
        for k in (1, 77, len(some)):
            assert kth_largest(some, k) == np.sort(some)[::-1][k - 1]
    few = values[:9]
    assert [kth_largest(few, k) for k in range(1, 10)] == np.sort(few)[::-1].tolist()


def test_fractions_next_to_each_other_are_in_order() -> None:
    """Of k / (k + 1) and the next the difference is one over both denominators: the least."""
    for k in (1, 6, 7, 8, 11, 2**20, 2**20 - 5, 2**31 - 5, 2**40 - 5):
        figures = [Fraction(i, i + 1) for i in (k + 3, k, k + 2, k + 1, k + 2)]
        mixed = Rationals.from_fractions(figures)
        assert dense_order(mixed).tolist() == [3, 0, 2, 1, 2]
        assert dense_order(-mixed).tolist() == [0, 3, 1, 2, 1]
    whole = Rationals.from_fractions([Fraction(4), Fraction(-1), Fraction(4)])
    assert dense_order(whole).tolist() == [1, 0, 1]
    assert dense_order(Rationals.from_fractions([])).tolist() == []


def test_classes_are_alike_in_every_column() -> None:
    columns = [np.array([1.0, 1.0, 2.0, 2.0, 1.0]), np.array([3, 3, 3, 4, 4])]
    one, class_of = classes_of(columns)
    assert len(one) == 4
    assert [class_of[i] for i in one] == [0, 1, 2, 3]
    same = [[int(a == b) for b in class_of] for a in class_of]
    assert same == [
        [int((columns[0][i], columns[1][i]) == (columns[0][j], columns[1][j])) for j in range(5)]
        for i in range(5)
    ]


def test_keys_mark_the_first_of_each_group_asked_for() -> None:
    ranks, sizes = np.array([2, 0, 1, 1, 0, 5, 3, 4]), np.array([3, 2, 3])
    counts = np.array([1, 1, 2])
    marked = first_by_key(ranks, sizes, counts, np.array([True, False, True]))
    assert np.flatnonzero(marked).tolist() == [1, 6, 7]
    everybody = first_by_key(ranks, sizes, np.array([3, 2, 3]), np.array([True, True, False]))
    assert np.flatnonzero(everybody).tolist() == [0, 1, 2, 3, 4]
