"""Quantiles and the Gini coefficient, in fractions."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor


def quantile(figures: list[Fraction], at: Fraction | None) -> Fraction | None:
    """Return the quantile on the line between the two figures beside it (Excel's PERCENTILE.INC).

    >>> quantile([Fraction(1), Fraction(2), Fraction(4)], Fraction(3, 4))
    Fraction(3, 1)
    """
    if at is None or not 0 <= at <= 1:
        return None
    ordered = sorted(figures)
    place = at * (len(ordered) - 1)
    below, above = ordered[floor(place)], ordered[ceil(place)]
    return below + (place - floor(place)) * (above - below)


def gini(figures: list[Fraction], weights: list[Fraction]) -> Fraction | None:
    """Return the mean difference of all pairs over twice the mean (section 29).

    >>> gini([Fraction(1), Fraction(3)], [Fraction(1), Fraction(1)])
    Fraction(1, 4)
    """
    people = list(zip(figures, weights, strict=True))
    whole, money = sum(weights), sum(x * w for x, w in people)
    if min(figures) < 0 or min(weights) < 0 or money == 0:
        return None
    differences = sum(w * v * abs(x - y) for x, w in people for y, v in people)
    return differences / (2 * whole * money)
