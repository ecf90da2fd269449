"""How people write numbers, and what to tell them about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import category, normalize

from transfers.arithmetic.decimals import parse_decimal, written_as_number

MOST_WORDS = 5
_WIDE: Final = {code: normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFFEF)}
"""Full-width letters: the only ones that stand for what they are made of. ² and ① do not."""


def plain_spelling(text: str) -> str | None:
    """Return the plain spelling of a number written for people; None where it is not clear.

    Full-width digits, separators of thousands, a currency sign, a long minus, letters that take
    no room. A mark of a footnote is no digit.

    Examples
    --------
    >>> plain_spelling("¥1,234.5"), plain_spelling("１２３４"), plain_spelling("12,5")
    ('1234.5', '1234', None)
    >>> plain_spelling("123①"), plain_spelling("30²")
    (None, None)
    """
    narrow = "".join(letter for letter in text.translate(_WIDE) if category(letter) != "Cf")
    narrow = re.sub(r"\s+", " ", narrow).strip().replace("−", "-")
    narrow = re.sub(r"^([+-]?) ?[¥$€] ?", r"\1", narrow)
    if re.fullmatch(r"[+-]?[0-9]{1,3}([,' ])[0-9]{3}(\1[0-9]{3})*(\.[0-9]+)? ?%?", narrow):
        narrow = re.sub("[,' ]", "", narrow)
    return narrow if parse_decimal(narrow) is not None else None


def unread_code(text: str) -> str:
    """Return the message for a cell that was not read as a number."""
    if written_as_number(text):
        return "percent_unexpected" if parse_decimal(text) is not None else "too_many_digits"
    if text.startswith(("=", "＝")):
        return "no_result"
    return "percent_unexpected" if plain_spelling(text) else "not_a_number"


def words_instead(texts: Sequence[str], rows: Sequence[int]) -> tuple[str, ...]:
    """Return the first words of a column of numbers that holds words; () where it does not.

    It does where most of its cells are words: two at least, without a figure however written.
    """
    words = [texts[row] for row in rows]
    if len(words) < 2 or 2 * len(words) <= len(texts):
        return ()
    for text in words:
        if not any(c.isalpha() for c in text) or any(c.isnumeric() for c in text):
            return ()
    shown = tuple(dict.fromkeys(words))
    return (*shown[:MOST_WORDS], *["…"] * (len(shown) > MOST_WORDS))
