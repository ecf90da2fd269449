"""Functions over districts or along a list, in exact rationals.

Method: sections 17 (aggregates), 20 (ranks), 25 (lists).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.formula.exact_numbers import ExactNumbers
from transfers.formula.items import figure_count, folded
from transfers.formula.nodes import Call

if TYPE_CHECKING:
    from transfers.formula.exact import ExactReader

Members = NDArray[np.intp]


def over_many(reader: ExactReader, node: Call) -> ExactNumbers:
    """Return an aggregate: for each group its figure; for each place with ``by=``, for ranks."""
    items = reader.figures.item_count(node.domain.over)
    districts = reader.figures.district_count
    count = figure_count(node.domain, items, districts)
    everyone = covered = reader.everyone(count)
    base = folded(node.domain, node.over, items, districts)
    if "where" in node.options:
        covered = everyone[reader.truth(node.options["where"], everyone) == 1]
    operand = reader.numbers(node.arguments[0], covered)
    weights = Rationals.repeated(1, len(covered))
    if "weights" in node.options:
        weights = reader.numbers(node.options["weights"], covered).figures
    ranked = node.function == "rank"
    every_place = ranked or "by" in node.options
    results: list[Fraction | None] = [None] * (count if every_place else base.count)
    for places, members in _groups(reader, node, covered, base):
        figures = operand.figures.take(places)
        if ranked:
            for member, rank in zip(covered[places].tolist(), _ranks(figures), strict=True):
                results[member] = Fraction(rank)
            continue
        result = _reduced(reader, node, figures, weights.take(places))
        for place in members.tolist() if every_place else base.of[members[:1]].tolist():
            results[place] = result
    missing = np.array([result is None for result in results], dtype=bool)
    filled = [Fraction(0) if result is None else result for result in results]
    return ExactNumbers(Rationals.from_fractions(filled), missing)


def _groups(
    reader: ExactReader, node: Call, covered: Members, base: Groups
) -> Iterator[tuple[Members, Members]]:
    """Yield, group by group, places among the covered and all members that get the value."""
    everyone = np.arange(len(base.of), dtype=np.intp)
    texts: list[str | None] = [""] * len(everyone)
    if "by" in node.options:
        texts = reader.texts(node.options["by"], everyone)
    groups: dict[tuple[int, str], tuple[list[int], list[int]]] = {}
    for member, (number, text) in enumerate(zip(base.of.tolist(), texts, strict=True)):
        if text is not None:
            groups.setdefault((number, text), ([], []))[1].append(member)
    for place, member in enumerate(covered.tolist()):
        text = texts[member]
        if text is not None:
            groups[int(base.of[member]), text][0].append(place)
    for places, members in groups.values():
        yield np.array(places, dtype=np.intp), np.array(members, dtype=np.intp)


def _reduced(
    reader: ExactReader, node: Call, figures: Rationals, weights: Rationals
) -> Fraction | None:
    if node.function == "sum":
        return figures.sum()
    if node.function == "gini":
        return gini(figures, weights)
    numbers = figures.fractions()
    if not numbers:
        return None
    if node.function == "lowest":
        return min(numbers)
    if node.function == "highest":
        return max(numbers)
    at = reader.number(node.arguments[1])
    return None if at is None else quantile(numbers, at)


def quantile(numbers: list[Fraction], at: Fraction) -> Fraction | None:
    """Return the quantile, on the line between the two figures beside it; None outside 0 to 1."""
    if not 0 <= at <= 1:
        return None
    ordered = sorted(numbers)
    place = (len(ordered) - 1) * at
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def gini(figures: Rationals, weights: Rationals) -> Fraction | None:
    """Return the Gini coefficient; None of negative figures or weights, or nothing to share.

    >>> gini(Rationals.from_fractions([1, 3]), Rationals.from_fractions([1, 1]))
    Fraction(1, 4)
    """
    numbers, counted = figures.fractions(), weights.fractions()
    if not numbers or min(numbers) < 0 or min(counted) < 0:
        return None
    shared = weights.sum() * (figures * weights).sum()
    if shared == 0:
        return None
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    ahead, behind = Fraction(0), weights.sum()
    factors: list[Fraction] = []
    for place in order:
        behind -= counted[place]
        factors.append(counted[place] * (ahead - behind))
        ahead += counted[place]
    rising = figures.take(np.array(order, dtype=np.intp))
    return (rising * Rationals.from_fractions(factors)).sum() / shared


def _ranks(figures: Rationals) -> list[int]:
    numbers = figures.fractions()
    better: dict[Fraction, int] = {}
    for place, number in enumerate(sorted(numbers, reverse=True), start=1):
        better.setdefault(number, place)
    return [better[number] for number in numbers]
