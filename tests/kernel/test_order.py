"""Who comes first in many groups at once is who comes first in each of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from transfers.kernel.order import first_in_order, first_of_each

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
