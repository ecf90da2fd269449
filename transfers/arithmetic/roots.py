"""Roots, powers, exponentials and logarithms of exact fractions.

Exact where the answer is a fraction, else rounded half to even to 50 significant digits. None
stands for undefined: no such number, or one above 10**300. Below 10**-300 a power is 0.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt, log, log1p, log10
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from decimal import Context, Decimal

DIGITS: Final = 50
LARGEST: Final = 10**300
MAX_EXPONENT: Final = 4096
"""The largest whole exponent that is multiplied out exactly."""

MOST_BITS: Final = 200_000
"""The longest power, in bits, that is multiplied out exactly."""

_GUARD: Final = 15  # digits carried beyond the fifty before the last rounding
_WIDEST: Final = 1000  # digits at most to settle a rounding on the edge


def square_root(value: Fraction) -> Fraction | None:
    """Return the square root; None below 0.

    Examples
    --------
    >>> square_root(Fraction(9, 4))
    Fraction(3, 2)
    >>> float(square_root(Fraction(2)))
    1.4142135623730951
    """
    if value < 0 or not _in_range(value):
        return None
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    if top * top == value.numerator and bottom * bottom == value.denominator:
        return Fraction(top, bottom)
    # Enough digits that the whole part of the scaled root has at least fifty-two of them. The
    # root is irrational: an odd last digit stands for all digits cut off, so no tie is invented.
    size = (value.numerator.bit_length() - value.denominator.bit_length()) * 3 // 20
    places = DIGITS + 4 - size
    scale = Fraction(10) ** (2 * places)
    scaled = value * scale
    root = isqrt(scaled.numerator // scaled.denominator)
    return round_to_digits((10 * root + 1) / (10 * Fraction(10) ** places))


def power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """Return `base` to the power `exponent`.

    Exact for whole exponents up to 4096 in size, and where the root it takes is a fraction.
    None for 0 to a negative power and for a root of a negative number; 0 to the power 0 is 1.

    Examples
    --------
    >>> power(Fraction(3, 2), Fraction(-2))
    Fraction(4, 9)
    >>> power(Fraction(8), Fraction(2, 3))
    Fraction(4, 1)
    """
    if exponent == 0:
        return Fraction(1)
    if base == 0:
        return None if exponent < 0 else Fraction(0)
    if abs(base) == 1 and exponent.denominator == 1:
        return Fraction(1) if exponent.numerator % 2 == 0 else base
    if not _in_range(base) or (base < 0 and exponent.denominator != 1):
        return None
    if exponent == 2 and 2 * max(map(int.bit_length, base.as_integer_ratio())) <= MOST_BITS:
        return _if_in_range(base * base)  # of every spread; the way below comes to the same
    limit = Fraction(LARGEST)
    limited = max(min(exponent, limit), -limit)
    size = _rough_log10(abs(base)) * float(limited)
    if abs(size) > 302:
        return None if size > 0 else Fraction(0)
    exact = _exact_power(base, exponent)
    if exact is not None:
        return _if_in_range(exact)
    if base < 0:
        sized = power(-base, exponent)
        return sized if sized is None or exponent.numerator % 2 == 0 else -sized
    return _if_in_range(_rounded(lambda context: _power_of(context, base, exponent)))


def exponential(value: Fraction) -> Fraction | None:
    """Return e to the power `value`.

    Examples
    --------
    >>> exponential(Fraction(0)), exponential(Fraction(1000))
    (Fraction(1, 1), None)
    """
    if value == 0:
        return Fraction(1)
    if abs(value) > 692:  # 10**300 is e**690.77...
        return None if value > 0 else Fraction(0)
    return _if_in_range(_rounded(lambda context: context.exp(_decimal(context, value))))


def logarithm(value: Fraction) -> Fraction | None:
    """Return the natural logarithm; None at 0 and below.

    Examples
    --------
    >>> logarithm(Fraction(1)), logarithm(Fraction(-1))
    (Fraction(0, 1), None)
    """
    if value <= 0 or not _in_range(value):
        return None
    if value == 1:
        return Fraction(0)
    return _rounded(lambda context: _logarithm_of(context, value))


def round_to_digits(value: Fraction, digits: int = DIGITS) -> Fraction:
    """Round to `digits` significant digits, half to even.

    Examples
    --------
    >>> round_to_digits(Fraction(2, 3), 3)
    Fraction(667, 1000)
    """
    if value == 0:
        return value
    exponent = _exponent_of(abs(value))
    unit = Fraction(10) ** (exponent - digits + 1)
    return round(value / unit) * unit


def _in_range(value: Fraction) -> bool:
    return abs(value) <= LARGEST


def _if_in_range(value: Fraction) -> Fraction | None:
    if abs(value) < Fraction(1, LARGEST):
        return Fraction(0)
    return value if _in_range(value) else None


def _exponent_of(value: Fraction) -> int:
    """Return the power of ten of the first digit. Precondition: `value` > 0."""
    exponent = (value.numerator.bit_length() - value.denominator.bit_length()) * 3 // 10
    while Fraction(10) ** exponent > value:
        exponent -= 1
    while Fraction(10) ** (exponent + 1) <= value:
        exponent += 1
    return exponent


def _rough_log10(value: Fraction) -> float:
    """Return the decimal logarithm to float precision, also near 1."""
    if abs(value - 1) < Fraction(1, 2):
        return log1p(float(value - 1)) / log(10)
    return log10(value.numerator) - log10(value.denominator)


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """Return the power where it is a fraction and short enough to multiply out."""
    longest = max(abs(base.numerator), base.denominator).bit_length()
    if abs(exponent.numerator) > MAX_EXPONENT or abs(exponent.numerator) * longest > MOST_BITS:
        return None
    top = _whole_root(abs(base.numerator), exponent.denominator)
    bottom = _whole_root(base.denominator, exponent.denominator)
    if top is None or bottom is None:
        return None
    root = Fraction(top if base > 0 else -top, bottom)
    return root**exponent.numerator


def _whole_root(value: int, degree: int) -> int | None:
    """Return the root of a whole number above 0 where it is whole itself."""
    if degree == 1 or value == 1:
        return value
    if degree >= value.bit_length():
        return None
    root = 1 << -(-value.bit_length() // degree)
    while True:  # Newton's iteration from above falls until it has the whole part
        following = ((degree - 1) * root + value // root ** (degree - 1)) // degree
        if following >= root:
            break
        root = following
    return root if root**degree == value else None


def _rounded(compute: Callable[[Context], Decimal]) -> Fraction:
    """Round what `compute` finds, with more digits as long as the rounding is in doubt.

    `compute` may miss by 10**(5 - precision) of its answer.
    """
    from decimal import ROUND_HALF_EVEN, Context

    digits = DIGITS + _GUARD
    while True:
        context = Context(
            prec=digits, rounding=ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999, traps=[]
        )
        found = Fraction(compute(context))
        miss = abs(found) / 10 ** (digits - 5)
        below, above = round_to_digits(found - miss), round_to_digits(found + miss)
        if below == above or digits > _WIDEST:
            return round_to_digits(found)
        digits *= 2


def _decimal(context: Context, value: Fraction) -> Decimal:
    from decimal import Decimal

    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def _logarithm_of(context: Context, value: Fraction) -> Decimal:
    """Return the logarithm to the context's precision: near 1, its argument needs more digits."""
    wide = context.copy()
    wide.prec += 2 + max(0, -_exponent_of(abs(value - 1)))
    return wide.ln(_decimal(wide, value))


def _power_of(context: Context, base: Fraction, exponent: Fraction) -> Decimal:
    product = context.multiply(_decimal(context, exponent), _logarithm_of(context, base))
    return context.exp(product)
