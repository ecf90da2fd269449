"""Numbers as documents and cells of tables write them, read and written exactly."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Final

MAX_DIGITS: Final = 60
MAX_EXPONENT: Final = 99


@cache
def _places_of(denominator: int) -> int | None:
    rest = denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?(%?)")


def written_as_number(text: str) -> bool:
    """Tell whether `text` has the form of a number, however long it is."""
    match = _number().fullmatch(text)
    return match is not None and bool(match[2] or match[3])


def parse_decimal(text: str) -> Fraction | None:
    """Read a number as a document or a cell of a table writes it.

    An optional sign, ASCII digits with an optional fraction, an optional exponent, an optional
    percent sign. No separators of thousands, no infinity, no surrounding space.

    Parameters
    ----------
    text : str

    Returns
    -------
    Fraction or None
        None where `text` is not a number, has more than 60 digits or an exponent beyond 99:
        refused before any conversion that could hang.

    Examples
    --------
    >>> parse_decimal("12.50%")
    Fraction(1, 8)
    >>> parse_decimal("1,234") is None
    True
    """
    match = _number().fullmatch(text)
    if match is None:
        return None
    sign, whole, fraction, exponent, percent = match.groups(default="")
    if not 0 < len(whole) + len(fraction) <= MAX_DIGITS or len(exponent.lstrip("+-")) > 3:
        return None
    power = int(exponent or 0)
    if abs(power) > MAX_EXPONENT:
        return None
    power -= len(fraction) + (2 if percent else 0)
    mantissa = int(sign + whole + fraction)
    return Fraction(mantissa * 10**power) if power >= 0 else Fraction(mantissa, 10**-power)


def decimal_places(value: Fraction) -> int | None:
    """Return the fewest decimals that write `value` exactly; None where it never ends.

    Examples
    --------
    >>> decimal_places(Fraction(3, 8)), decimal_places(Fraction(1, 3))
    (3, None)
    """
    return _places_of(value.denominator)


def format_decimal(value: Fraction) -> str:
    """Write `value` exactly, as a document would: ``1.25``; a fraction where it never ends.

    Examples
    --------
    >>> format_decimal(Fraction(-5, 4)), format_decimal(Fraction(3)), format_decimal(Fraction(1, 3))
    ('-1.25', '3', '1/3')
    """
    places = decimal_places(value)
    if not places:
        return str(value)
    whole, fraction = divmod(int(abs(value) * 10**places), 10**places)
    return f"{'-' if value < 0 else ''}{whole}.{fraction:0{places}d}"


def fixed_decimal(figure: Fraction, places: int, separator: str = "") -> str:
    """Write `figure` with `places` decimals, rounded half away from zero; never "-0".

    Examples
    --------
    >>> fixed_decimal(Fraction(12345, 10), 2, ","), fixed_decimal(Fraction(-1, 3), 0)
    ('1,234.50', '0')
    """
    mantissa, rest = divmod(abs(figure.numerator) * 10**places, figure.denominator)
    if 2 * rest >= figure.denominator:
        mantissa += 1
    whole, fraction = divmod(mantissa, 10**places)
    sign = "-" if figure < 0 and mantissa else ""
    text = f"{sign}{whole:,}" if separator else f"{sign}{whole}"
    return f"{text}.{fraction:0{places}d}" if places else text
