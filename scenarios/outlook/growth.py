"""Growth of a figure over the years: from one to the next exactly, on average by a root."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from transfers.arithmetic.roots import power


def growths(figures: Sequence[Fraction | None]) -> tuple[Fraction | None, ...]:
    """Return by what part each figure exceeds the one before; None of the first.

    None also where one of the two is missing, or where the one before is not above 0: growth from
    nothing, or from a debt, is no part of it.

    >>> growths([Fraction(4), Fraction(5), None, Fraction(0), Fraction(1)])
    (None, Fraction(1, 4), None, None, None)
    """
    pairs = zip((None, *figures), figures, strict=False)
    return tuple(_growth(before, now) for before, now in pairs)


def _growth(before: Fraction | None, now: Fraction | None) -> Fraction | None:
    if before is None or now is None or before <= 0:
        return None
    return now / before - 1


def average_growth(figures: Sequence[Fraction | None]) -> Fraction | None:
    """Return by what part a figure grew in a year on average: so many times the same factor.

    From the first figure there is to the last. Exact where that root is a fraction, else with
    50 significant digits.

    >>> average_growth([Fraction(4), None, Fraction(9)])
    Fraction(1, 2)
    """
    there = [(year, figure) for year, figure in enumerate(figures) if figure is not None]
    if len(there) < 2:
        return None
    (first, start), (last, end) = there[0], there[-1]
    if start <= 0 or end < 0:
        return None
    root = power(end / start, Fraction(1, last - first))
    return None if root is None else root - 1
