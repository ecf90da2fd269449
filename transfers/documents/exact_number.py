"""Numbers that no decimal writes, beside those that a document writes."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from transfers.arithmetic.decimals import (
    decimal_places,
    fixed_decimal,
    format_decimal,
    parse_decimal,
)

_PLACES_SHOWN: Final = 6


class ExactNumber(str):
    """A text that stands for a number no decimal writes, such as two thirds.

    What is shown is rounded; what is read is exact. No document holds one, only weights that are
    scaled so that they keep their sum.

    >>> ExactNumber.of(Fraction(2, 3)), ExactNumber.of(Fraction(2, 3), percent=True).exact
    ('0.666667', Fraction(2, 3))
    """

    exact: Fraction

    @classmethod
    def of(cls, figure: Fraction, *, percent: bool = False) -> ExactNumber:
        """Return a text for people that is read as `figure`."""
        rounded = fixed_decimal(figure * 100 if percent else figure, _PLACES_SHOWN)
        text = cls(rounded.rstrip("0").rstrip(".") + "%" * percent)
        text.exact = figure
        return text


def parse_number(text: str) -> Fraction | None:
    """Read a number of a document; None where a text is none."""
    return text.exact if isinstance(text, ExactNumber) else parse_decimal(text)


def number_written(figure: Fraction, *, percent: bool = False) -> str:
    """Return the text that a number is read back from, exactly."""
    if decimal_places(figure) is None:
        return ExactNumber.of(figure, percent=percent)
    return format_decimal(figure * 100) + "%" if percent else format_decimal(figure)
