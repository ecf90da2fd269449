"""Functions over districts in exact rationals.

Method: sections 17 (aggregates), 20 (ranks).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.rationals import Rationals
from transfers.formula.exact_numbers import ExactNumbers
from transfers.formula.nodes import Call

if TYPE_CHECKING:
    from transfers.formula.exact import ExactReader

Members = NDArray[np.intp]


def over_districts(reader: ExactReader, node: Call) -> ExactNumbers:
    """Return an aggregate for every district: the value of its group, or its rank."""
    count = reader.figures.district_count
    everyone = np.arange(count, dtype=np.intp)
    inside = np.ones(count, dtype=bool)
    if "where" in node.options:
        inside = reader.truth(node.options["where"], everyone) == 1
    covered = everyone[inside]
    operand = reader.numbers(node.arguments[0], covered)
    weights = Rationals.repeated(1, len(covered))
    if "weights" in node.options:
        weights = reader.numbers(node.options["weights"], covered).figures
    groups = _groups(reader, node, covered, everyone)
    results: list[Fraction | None] = [None] * count
    missing = np.ones(count, dtype=bool)
    for places, members in groups:
        figures = operand.figures.take(places)
        if node.function == "rank":
            for member, rank in zip(covered[places].tolist(), _ranks(figures), strict=True):
                results[member] = Fraction(rank)
        else:
            result = _reduced(reader, node, figures, weights.take(places))
            for member in members.tolist():
                results[member] = result
    missing = np.array([result is None for result in results], dtype=bool)
    filled = [Fraction(0) if result is None else result for result in results]
    return ExactNumbers(Rationals.from_fractions(filled), missing)


def _groups(
    reader: ExactReader, node: Call, covered: Members, everyone: Members
) -> list[tuple[Members, Members]]:
    """Return, group by group, places among the covered and the districts that get the value."""
    if "by" not in node.options:
        return [(np.arange(len(covered), dtype=np.intp), everyone)]
    texts = reader.texts(node.options["by"], everyone)
    by_text: dict[str, tuple[list[int], list[int]]] = {}
    for member, text in enumerate(texts):
        if text is not None:
            by_text.setdefault(text, ([], []))[1].append(member)
    for place, member in enumerate(covered.tolist()):
        text = texts[member]
        if text is not None:
            by_text[text][0].append(place)
    return [
        (np.array(places, dtype=np.intp), np.array(members, dtype=np.intp))
        for places, members in by_text.values()
    ]


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
