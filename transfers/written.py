"""Figures and texts written for readers."""

from __future__ import annotations

from fractions import Fraction

from transfers.arithmetic.decimals import fixed_decimal

PLACES = 4
LONGEST_FRACTION = 1000  # bits


def decimal_text(figure: Fraction, places: int = PLACES) -> str:
    """Write a figure with at most `places` decimals, thousands separated, no idle zeros.

    >>> decimal_text(Fraction(123456789, 1000)), decimal_text(Fraction(2, 3))
    ('123,456.789', '0.6667')
    """
    text = fixed_decimal(figure, places, ",")
    return text.rstrip("0").rstrip(".") if places else text


def exact_text(figure: Fraction) -> str:
    """Write a figure exactly, as a fraction; with 30 decimals where that would fill a page."""
    if figure.denominator.bit_length() > LONGEST_FRACTION:
        return fixed_decimal(figure, 30)
    return str(figure)


def plain_text(figure: object, language: str) -> str:
    """Write anything a cell may hold: a text, a truth, nothing."""
    if figure is None:
        return "—"
    if isinstance(figure, bool):
        words = {"zh": ("否", "是"), "en": ("no", "yes")}[language]
        return words[figure]
    return str(figure)


def shown(value: object, longest: int = 80) -> str:
    """Return `value` on one line, cut where a message would become unreadable."""
    text = str(value)[: longest * 4]
    text = " ".join(text.split())
    text = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
