"""Exact figures of some districts, and what can be done with them one by one.

Method: section 18 (rounding), and exactness.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.rationals import Rationals
from transfers.errors import TooLongError
from transfers.formula.nodes import Call, rounding_multiple

Members = NDArray[np.intp]
LARGEST = 10**300
RANGE_BITS = 996  # 10**300 has 997 bits: shorter numerators are in range
LONGEST_BITS = 400_000


class ExactNumbers(Struct, frozen=True, eq=False):
    """Exact figures of some districts.

    Parameters
    ----------
    figures : Rationals
        n of them; what stands where a figure is missing means nothing.
    missing : (n,) bool
    """

    figures: Rationals
    missing: NDArray[np.bool_]

    def take(self, places: Members) -> ExactNumbers:
        """Return the figures at some places."""
        return ExactNumbers(self.figures.take(places), self.missing[places])

    def floats(self) -> NDArray[np.float64]:
        """Return the nearest floats, NaN where missing."""
        return np.where(self.missing, np.nan, self.figures.floats())

    def sign_of_difference(self, other: ExactNumbers) -> NDArray[np.float64]:
        """Return -1, 0, 1, or NaN where a side is missing."""
        sign = self.figures.sign_of_difference(other.figures).astype(np.float64)
        sign[self.missing | other.missing] = np.nan
        return sign


def in_range(figures: Rationals, missing: NDArray[np.bool_]) -> ExactNumbers:
    """Return figures, missing where they are beyond the range of every reader.

    Raises
    ------
    TooLongError
        Where exact figures have grown past what can be computed with.
    """
    numerators = figures.numerators.tolist()
    longest = max(max(numerators, default=0), -min(numerators, default=0)).bit_length()
    if longest > RANGE_BITS:
        if longest > LONGEST_BITS:
            raise TooLongError
        beyond = np.array([abs(x) > LARGEST for x in figures.fractions()], dtype=bool)
        missing = missing | beyond
    return ExactNumbers(figures, missing)


def repeated(value: Fraction, count: int) -> ExactNumbers:
    """Return one figure for a number of districts."""
    return ExactNumbers(Rationals.repeated(value, count), np.zeros(count, dtype=bool))


def absent(count: int) -> ExactNumbers:
    """Return no figure for a number of districts."""
    return ExactNumbers(Rationals.repeated(0, count), np.ones(count, dtype=bool))


def from_optional(values: list[Fraction | None]) -> ExactNumbers:
    """Return figures of which some may be missing."""
    figures = Rationals.from_fractions([Fraction(0) if v is None else v for v in values])
    return ExactNumbers(figures, np.array([v is None for v in values], dtype=bool))


def chosen_where(mask: NDArray[np.bool_], yes: Rationals, no: Rationals) -> Rationals:
    """Return the figures of `yes` where `mask` is true, of `no` elsewhere."""
    first, second = np.flatnonzero(mask), np.flatnonzero(~mask)
    if not len(second):
        return yes
    if not len(first):
        return no
    parts = [(first, yes.take(first)), (second, no.take(second))]
    return Rationals.assembled(len(mask), parts)


def without_missing(figures: Rationals, missing: NDArray[np.bool_]) -> Rationals:
    """Put 1 where a figure is missing, so that arithmetic with it is harmless."""
    if not missing.any():
        return figures
    return chosen_where(missing, Rationals.repeated(1, len(missing)), figures)


def holds_by_sign(operator: str, sign: NDArray[np.float64]) -> NDArray[np.int8]:
    """Return whether comparisons hold whose sides differ by a sign: -1 where that is missing."""
    holds = {
        "==": sign == 0,
        "!=": sign != 0,
        "<": sign < 0,
        "<=": sign <= 0,
        ">": sign > 0,
        ">=": sign >= 0,
    }[operator]
    return np.where(np.isnan(sign), -1, holds).astype(np.int8)


def one_by_one(
    function: Callable[..., Fraction | None],
    operands: list[ExactNumbers],
    missing: NDArray[np.bool_],
) -> ExactNumbers:
    """Apply a function of fractions to each district."""
    columns = [operand.figures.fractions() for operand in operands]
    results = [
        None if gone else function(*figures)
        for gone, *figures in zip(missing.tolist(), *columns, strict=True)
    ]
    return from_optional(results)


def rounded(node: Call, operand: ExactNumbers) -> ExactNumbers:
    """Round to a multiple: half away from zero, up or down."""
    multiple = rounding_multiple(node)
    results: list[Fraction | None] = []
    for number, gone in zip(operand.figures.fractions(), operand.missing.tolist(), strict=True):
        results.append(None if gone else round_to_multiple(number, multiple, node.function))
    return from_optional(results)


def round_to_multiple(number: Fraction, multiple: Fraction, function: str) -> Fraction:
    """Return the multiple nearest to a number (half away from zero), above it or below it.

    >>> round_to_multiple(Fraction(-5, 2), Fraction(1), "round")
    Fraction(-3, 1)
    """
    steps = number / multiple
    if function == "round_down":
        return multiple * (steps.numerator // steps.denominator)
    if function == "round_up":
        return multiple * -((-steps.numerator) // steps.denominator)
    sign = -1 if steps < 0 else 1
    doubled = 2 * abs(steps) + 1
    return multiple * sign * (doubled.numerator // (2 * doubled.denominator))
