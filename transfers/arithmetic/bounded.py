"""Floats that know how far they may be from the truth.

Every operation returns a figure and a bound: ``|value - exact| <= error``. Where figures are
decimals that fit in int64 they are carried exactly beside the floats, so that the ordinary
formula of a cap, ``(1 + growth_cap) * last_year``, stays exact. NaN is *missing*; what overflows
or has no value (a root of a negative figure) is missing too.

The bound of each operation is its first-order error plus one rounding. ``U`` is a little above
2**-53, and sums of bounds get some slack, for the rounding of the bounds themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache, reduce

import numpy as np

from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.held import (
    LARGEST,
    SLACK,
    TINY,
    U_TRANSCENDENTAL,
    Bounded,
    Floats,
    Mask,
    Span,
    U,
    long_sum_of_ratios,
    product_of_ratios,
    quotient_of_ratios,
    ratios,
    sum_of_ratios,
)

__all__ = ["LARGEST", "SLACK", "TINY", "Bounded", "Floats", "Mask", "Span", "U"]


@lru_cache(maxsize=4096)
def constant(number: Fraction) -> Bounded:
    """Return one exact number as a (1, 1) figure: the same one each time, which nobody changes."""
    return column([number])


def column(numbers: list[Fraction]) -> Bounded:
    """Return one number per scenario as an (S, 1) figure."""
    exact = Decimals.from_fractions(numbers)
    if exact is not None:
        return from_decimals(Decimals(exact.mantissas[:, None], exact.places))
    value = np.array([[float(number)] for number in numbers])
    return Bounded(value, np.abs(value) * U)


def from_decimals(decimals: Decimals, missing: Mask | None = None) -> Bounded:
    """Return exact decimals as figures, NaN where `missing`."""
    if missing is None or not missing.any():
        return Bounded.of_decimals(decimals)
    value = np.where(missing, np.nan, decimals.floats())
    return Bounded(value, decimals.float_error(), decimals)


def _result(value: Floats, error: Floats, decimals: Decimals | None = None) -> Bounded:
    """Return a figure; what overflowed or is undefined becomes missing."""
    with np.errstate(all="ignore"):
        finite = (np.abs(value) <= LARGEST) & np.isfinite(error)
        if not finite.all():
            value = np.where(finite, value, np.nan)
            error = np.where(finite, error, 0.0)
    return Bounded(value, error, decimals)


def _from_exact(left: Bounded, right: Bounded, decimals: Decimals | None) -> Bounded | None:
    """Return the figure of exact decimals, missing where a side is; None without decimals."""
    if decimals is None:
        return None
    if left.whole and right.whole:
        return Bounded.of_decimals(decimals)
    missing = left.missing | right.missing
    return from_decimals(decimals, np.broadcast_to(missing, decimals.shape))


def _both(
    left: Bounded, right: Bounded, operation: Callable[[Decimals, Decimals], Decimals | None]
) -> Bounded | None:
    if left.decimals is None or right.decimals is None:
        return None
    return _from_exact(left, right, operation(left.decimals, right.decimals))


def add(left: Bounded, right: Bounded) -> Bounded:
    """Return ``left + right``."""
    exact = _both(left, right, Decimals.add)
    if exact is not None:
        return exact
    quick = sum_of_ratios(left, right)
    if quick is not None:
        return quick
    with np.errstate(all="ignore"):
        value = left.value + right.value
        return _result(value, (left.error + right.error) * SLACK + U * np.abs(value))


def add_all(figures: Sequence[Bounded]) -> Bounded:
    """Return the sum of some figures, added in an order that depends on their number alone."""
    if any(part.decimals is not None for part in figures):
        return reduce(add, figures)
    quick = long_sum_of_ratios(figures)
    return reduce(add, figures) if quick is None else quick


def subtract(left: Bounded, right: Bounded) -> Bounded:
    """Return ``left - right``."""
    exact = _both(left, right, Decimals.subtract)
    if exact is not None:
        return exact
    with np.errstate(all="ignore"):
        value = left.value - right.value
        return _result(value, (left.error + right.error) * SLACK + U * np.abs(value))


def multiply(left: Bounded, right: Bounded) -> Bounded:
    """Return ``left * right``."""
    exact = _both(left, right, Decimals.multiply)
    if exact is not None:
        return exact
    quick = product_of_ratios(left, right)
    if quick is not None:
        return quick
    with np.errstate(all="ignore"):
        value = left.value * right.value
        error = (
            np.abs(left.value) * right.error
            + np.abs(right.value) * left.error
            + left.error * right.error
        ) * SLACK
        error = error + U * np.abs(value) + TINY
        nothing = [(figure.value == 0) & (figure.error == 0) for figure in (left, right)]
        return _result(value, np.where(nothing[0] | nothing[1], 0.0, error))


def may_be_zero(divisor: Bounded) -> Mask:
    """Tell where float64 cannot say whether a divisor is zero."""
    return np.asarray((np.abs(divisor.value) <= divisor.error) & (divisor.error > 0))


def divide(left: Bounded, right: Bounded) -> Bounded:
    """Return ``left / right``, missing where `right` is 0.

    Where :func:`may_be_zero` the result is missing as well: the caller decides those exactly.
    """
    quick = quotient_of_ratios(left, right)
    if quick is not None:
        return quick
    with np.errstate(all="ignore"):
        value = left.value / right.value
        least = np.abs(right.value) - right.error
        error = (left.error + np.abs(value) * right.error) / least * SLACK
        error = error + U * np.abs(value) + TINY
        defined = (right.value != 0) & (least > 0)
        exact_zero = (left.value == 0) & (left.error == 0)
        error = np.where(exact_zero, 0.0, error)
        return _result(np.where(defined, value, np.nan), np.where(defined, error, 0.0))


def negate(figure: Bounded) -> Bounded:
    """Return ``-figure``."""
    decimals = None if figure.decimals is None else figure.decimals.negate()
    if decimals is not None and figure.whole:
        return Bounded.of_decimals(decimals)
    return Bounded(-figure.value, figure.error, decimals)


def select(condition: Floats, left: Bounded, right: Bounded) -> Bounded:
    """Return `left` where `condition` is 1, `right` where it is 0, missing where it is NaN."""
    unknown = np.isnan(condition)
    chosen = condition == 1
    if left.whole and right.whole and not unknown.any():
        return chosen_from(chosen, left, right)
    value = np.where(chosen, left.value, right.value)
    error = np.where(chosen, left.error, right.error)
    if unknown.any():
        value = np.where(unknown, np.nan, value)
    return Bounded(value, error, _select_decimals(chosen, left, right))


def chosen_from(mask: Mask, left: Bounded, right: Bounded) -> Bounded:
    """Return `left` where `mask` says so, `right` elsewhere."""
    decimals = _select_decimals(mask, left, right)
    if decimals is not None and left.whole and right.whole:
        return Bounded.of_decimals(decimals)
    value = np.where(mask, left.value, right.value)
    known = ratios(left, right)
    if known is not None:
        return Bounded.of_ratio(value, max(known[2:]), known[0].joined(known[1]))
    return Bounded(value, np.where(mask, left.error, right.error), decimals)


def _select_decimals(chosen: Mask, left: Bounded, right: Bounded) -> Decimals | None:
    if left.decimals is None or right.decimals is None:
        return None
    places = max(left.decimals.places, right.decimals.places)
    yes, no = left.decimals.rescale(places), right.decimals.rescale(places)
    if yes is None or no is None:
        return None
    limits = min(yes.limits[0], no.limits[0]), max(yes.limits[1], no.limits[1])
    return Decimals.within(np.where(chosen, yes.mantissas, no.mantissas), places, limits)


def square_root(figure: Bounded) -> Bounded:
    """Return the square root, missing below 0.

    With ``|r**2 - v| <= e`` the root is off by at most ``e / r`` and by at most ``sqrt(e)``.
    """
    with np.errstate(all="ignore"):
        # A figure a hair below zero that may be zero is taken as zero, within its bound.
        near_zero = (figure.value < 0) & (figure.value >= -figure.error)
        inside = np.where(near_zero, 0.0, figure.value)
        error = figure.error + np.where(near_zero, figure.error, 0.0)
        value = np.sqrt(inside)
        spread = np.where(error > 0, np.minimum(np.sqrt(error), error / value), 0.0)
        spread = np.where(np.isnan(spread), np.sqrt(error), spread)
        return _result(value, spread * SLACK + U * value)


def exponential(figure: Bounded) -> Bounded:
    """Return e to the power of the figure."""
    with np.errstate(all="ignore"):
        value = np.exp(figure.value)
        error = value * (1 + U_TRANSCENDENTAL) * np.expm1(figure.error) * (1 + U_TRANSCENDENTAL)
        # What is nearer to nothing than 1e-300 counts as nothing for the exact reader.
        nothing = np.where(value <= 2 / LARGEST, value, 0.0)
        return _result(value, error + U_TRANSCENDENTAL * value + TINY + nothing)


def logarithm(figure: Bounded) -> Bounded:
    """Return the natural logarithm, missing at 0 and below.

    Where the figure may be 0 or less within its bound the result is missing.
    """
    with np.errstate(all="ignore"):
        least = figure.value - figure.error
        value = np.where(least > 0, np.log(figure.value), np.nan)
        error = figure.error / least * SLACK + U_TRANSCENDENTAL * np.abs(value)
        return _result(value, error)


def whole_power(base: Bounded, exponent: int) -> Bounded:
    """Return a whole power by repeated multiplication; ``0 ^ 0`` is 1."""
    if exponent < 0:
        return divide(constant(Fraction(1)), whole_power(base, -exponent))
    result = from_decimals(Decimals(np.ones(base.value.shape, dtype=np.int64)), base.missing)
    square = base
    while exponent:
        if exponent & 1:
            result = multiply(result, square)
        exponent >>= 1
        if exponent:
            square = multiply(square, square)
    return result


def sign_of_difference(left: Bounded, right: Bounded) -> tuple[Floats, Mask]:
    """Compare two figures.

    Returns
    -------
    sign : (S, N) float64
        -1, 0 or 1; NaN where a side is missing.
    undecided : (S, N) bool
        Where float64 cannot tell; `sign` means nothing there.
    """
    whole = left.whole and right.whole
    missing = left.missing | right.missing if not whole else np.zeros((1, 1), dtype=bool)
    if left.decimals is not None and right.decimals is not None:
        sign = left.decimals.compare(right.decimals).astype(np.float64)
        sign = sign if whole else np.where(missing, np.nan, sign)
        return sign, np.zeros(sign.shape, dtype=bool)
    with np.errstate(all="ignore"):
        difference = left.value - right.value
        bound = (left.error + right.error) * SLACK + U * np.abs(difference)
        undecided = ~missing & (np.abs(difference) <= bound) & (bound > 0)
    sign = np.sign(difference)
    return sign if whole else np.where(missing, np.nan, sign), undecided
