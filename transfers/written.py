"""Figures and texts written for readers."""

from __future__ import annotations

from fractions import Fraction
from unicodedata import category, normalize

from transfers.arithmetic.decimals import fixed_decimal

PLACES = 4
MOST_PLACES = 16
LONGEST_FRACTION = 1000  # bits


def decimal_text(figure: Fraction, places: int = PLACES) -> str:
    """Write a figure with at most `places` decimals, thousands separated, no idle zeros.

    >>> decimal_text(Fraction(123456789, 1000)), decimal_text(Fraction(2, 3))
    ('123,456.789', '0.6667')
    """
    text = fixed_decimal(figure, places, ",")
    return text.rstrip("0").rstrip(".") if places else text


def figure_text(figure: Fraction, places: int = PLACES) -> str:
    """Write a figure as :func:`decimal_text`; a small one keeps four digits that say something.

    >>> figure_text(Fraction(3939, 10**7)), figure_text(Fraction(2, 3)), figure_text(Fraction(0))
    ('0.0003939', '0.6667', '0')
    """
    size = abs(figure)
    while size and size < Fraction(1, 10) and places < MOST_PLACES:
        size, places = size * 10, places + 1
    return decimal_text(figure, places)


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


def kept_text(text: str) -> str:
    """Return a text as it goes into a csv file: a spreadsheet must not take it for a formula.

    What begins like one, also after blanks or apostrophes and in full width, gets an apostrophe
    in front; :func:`read_back` takes it off again (docs/decisions/0016).

    >>> kept_text("=1+1"), kept_text("＠甲"), kept_text("台山市"), kept_text("'s-Gravenhage")
    ("'=1+1", "'＠甲", '台山市', "'s-Gravenhage")
    """
    return f"'{text}" if _begins_like_formula(text.lstrip("'")) else text


def read_back(text: str) -> str:
    """Return the text that :func:`kept_text` was given; any other text as it is.

    >>> read_back("'=1+1"), read_back("''=1+1"), read_back("'s-Gravenhage")
    ('=1+1', "'=1+1", "'s-Gravenhage")
    """
    return text[1:] if text[:1] == "'" and kept_text(text[1:]) == text else text


def _begins_like_formula(text: str) -> bool:
    for letter in text:
        if letter.isalnum():
            return False
        if letter in "\t\r\n":
            return True
        # A spreadsheet may skip what is not seen: blanks, control and format characters.
        if not letter.isspace() and category(letter) not in ("Cc", "Cf"):
            return normalize("NFKC", letter)[:1] in ("=", "+", "-", "@")
    return False


def shown(value: object, longest: int = 80) -> str:
    """Return `value` on one line, cut where a message would become unreadable."""
    text = str(value)[: longest * 4]
    text = " ".join(text.split())
    if not text.isprintable():
        text = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
