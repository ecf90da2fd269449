"""Items beside districts: one axis holds both, item after item, district after district.

What has one value for each item k of a list of K and each district i of N stands at ``k * N + i``
of the last axis. Figures of items alone (K of them), of districts alone (N) and single ones (1)
are repeated to stand beside them. So every function that works figure by figure works on items
as well, and a sum along a list is a sum over groups.

Method: section 25.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.axes import Groups
from transfers.formula.nodes import Pick, Spread, Type
from transfers.formula.values import Labels, Truth, Value

if TYPE_CHECKING:
    from transfers.formula.approximate import ApproximateReader

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


def picked(reader: ApproximateReader, node: Pick) -> Value:
    """Return the figures of the items that an index names; missing for keys of no item."""
    value, labels = reader.value(node.operand), reader.labels(node.index)
    districts, place_of = reader.figures.district_count, reader.figures.item_places(node.of)
    found = np.array([*(place_of.get(c, -1) for c in labels.categories), -1], dtype=np.intp)
    items = found[labels.codes]
    if node.operand.type.per_district:
        count = figure_count(node.type, reader.figures.item_count(node.type.over), districts)
        inside = np.arange(count, dtype=np.intp) % districts
        places = np.where(items < 0, -1, items * districts + inside)
    else:
        places = items
    columns = (value.codes if isinstance(value, Labels) else value.value).shape[1]
    absent, places = places < 0, places if columns > 1 else np.minimum(places, 0)
    if isinstance(value, Labels):
        return Labels(np.where(absent, -1, taken(value.codes, places)), value.categories)
    figures = np.where(absent, np.nan, taken(value.value, places))
    if isinstance(value, Truth):
        return Truth(figures)
    decimals = value.decimals
    if decimals is not None:
        decimals = Decimals(taken(decimals.mantissas, places), decimals.places)
    error = np.broadcast_to(value.error, value.value.shape)
    return Bounded(figures, taken(error, places), decimals)


def taken(entries: NDArray[Kind], codes: Members) -> NDArray[Kind]:
    """Return (S, N) entries of an (S, K) table."""
    if len(codes) == 1:
        return np.asarray(entries.take(codes[0], axis=1))
    if len(entries) == 1:
        return np.asarray(entries[0][codes])
    return np.asarray(np.take_along_axis(entries, np.maximum(codes, 0), axis=1))


def below_pick(node: Pick, items: Members, members: Members, districts: int) -> Members:
    """Return which figures of `items` stand below a pick at some of its places."""
    if not node.operand.type.per_district:
        return items
    return items * districts + members % districts


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
