"""Items beside districts: one axis holds both, item after item, district after district.

What has one value for each item k of a list of K and each district i of N stands at ``k * N + i``
of the last axis. Figures of items alone (K of them), of districts alone (N) and single ones (1)
are repeated to stand beside them. So every function that works figure by figure works on items
as well, and a sum along a list is a sum over groups.

Method: section 25.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.axes import Groups
from transfers.formula.nodes import Spread, Type
from transfers.formula.values import Labels, Truth, Value

Kind = TypeVar("Kind", bound=np.generic)
Members = NDArray[np.intp]


def spread_value(value: Value, *, of_items: bool, items: int, districts: int) -> Value:
    """Return figures of items, or of districts, repeated for each of both: (S, K * N)."""

    def spread(array: NDArray[Kind]) -> NDArray[Kind]:
        if array.shape[1] == 1:
            return array
        repeated = np.repeat(array, districts, axis=1) if of_items else np.tile(array, (1, items))
        return np.ascontiguousarray(repeated)

    if isinstance(value, Labels):
        return Labels(spread(value.codes), value.categories)
    if isinstance(value, Truth):
        return Truth(spread(value.value))
    decimals = value.decimals
    if decimals is not None:
        decimals = Decimals(spread(decimals.mantissas), decimals.places)
    return Bounded(spread(value.value), spread(value.error), decimals)


def figure_count(domain: Type, items: int, districts: int) -> int:
    """Return how many figures there are for each of what `domain` names."""
    return (items if domain.over else 1) * (districts if domain.per_district else 1)


def folded(domain: Type, over: str, items: int, districts: int) -> Groups:
    """Return what an aggregate adds up together.

    Along a list (`over`) all items of a district; else all districts, for each item by itself.
    """
    inside = districts if domain.per_district else 1
    if over:
        return Groups(np.tile(np.arange(inside, dtype=np.intp), items), ("",) * inside)
    if not domain.over:
        return Groups.one(districts)
    return Groups(np.repeat(np.arange(items, dtype=np.intp), districts), ("",) * items)


def split_further(base: Groups, by: Groups) -> Groups:
    """Return the groups of `base`, each divided by what the figures have in common in `by`."""
    if base.count == 1:
        return by
    return Groups(base.of * by.count + by.of, ("",) * (base.count * by.count))


def below(node: Spread, members: Members, districts: int) -> Members:
    """Return which figures below a spread stand at some of its places."""
    if node.operand.type.over:
        return members // districts
    return members % districts
