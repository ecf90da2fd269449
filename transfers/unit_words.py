"""The words for units that are known: kinds of things, multiples, currencies and their signs.

What the page about the policy document lists of units is made of these tables.

Method: section 24 (units).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Final

PERSON, AREA, LENGTH, COUNT, RATIO = "person", "area", "length", "count", ""

ONE: Final = Fraction(1)
WORDS: Final[tuple[tuple[str, Fraction, tuple[str, ...]], ...]] = (
    (
        PERSON,
        ONE,
        (
            *("人", "person", "persons", "people", "head", "heads", "capita"),
            *("inhabitant", "inhabitants", "resident", "residents"),
        ),
    ),
    (AREA, ONE, ("km2", "km²", "km^2", "sqkm", "平方公里", "平方千米")),
    (AREA, Fraction(1, 100), ("公顷", "ha", "hectare", "hectares")),
    (AREA, Fraction(1, 1500), ("亩",)),
    (AREA, Fraction(1, 10**6), ("m2", "m²", "㎡", "平方米")),
    (LENGTH, ONE, ("km", "公里", "千米")),
    (LENGTH, Fraction(1, 1000), ("m", "米")),
    (COUNT, ONE, ("count", "个", "项")),
    (
        RATIO,
        Fraction(1, 100),
        ("%", "％", "百分比", "百分率", "percent", "pct", "百分点", "个百分点", "pp"),
    ),
    (RATIO, Fraction(1, 1000), ("‰", "千分比", "千分率", "permille")),
    (RATIO, ONE, ("1", "ratio", "share", "比例", "系数", "coefficient")),
)
"""Kind, scale in the kind's base unit, and the words for it."""

BASES: Final = {word: (kind, scale) for kind, scale, words in WORDS for word in words}

CURRENCIES: Final[dict[str, tuple[str, ...]]] = {
    "CNY": ("元", "yuan", "RMB", "¥"),
    "AUD": ("A$", "$", "dollars", "dollar"),
    "BRL": ("R$", "reais", "real"),
    "CAD": ("C$", "CA$", "$", "dollars", "dollar"),
    "CHF": ("Fr.", "Fr", "SFr.", "francs", "Franken"),
    "CLP": ("$", "pesos"),
    "COP": ("$", "COL$", "pesos"),
    "CZK": ("Kč", "korun"),
    "DKK": ("kr", "kr.", "kroner"),
    "EUR": ("€", "euro", "euros"),
    "GBP": ("£", "pounds", "pound"),
    "IDR": ("Rp", "Rp.", "rupiah"),
    "INR": ("₹", "Rs", "Rs.", "rupees"),
    "JPY": ("円", "¥", "yen"),
    "KES": ("Ksh", "KSh", "KShs", "Kshs", "shillings"),
    "KRW": ("원", "₩", "won"),
    "MXN": ("$", "MX$", "pesos"),
    "NGN": ("₦", "naira"),
    "NOK": ("kr", "kr.", "kroner"),
    "NZD": ("NZ$", "$", "dollars", "dollar"),
    "PHP": ("₱", "pesos"),
    "PKR": ("Rs", "Rs.", "rupees"),
    "PLN": ("zł", "złotych"),
    "SEK": ("kr", "kr.", "kronor"),
    "TZS": ("TSh", "shillings"),
    "UGX": ("USh", "shillings"),
    "USD": ("US$", "$", "dollars", "dollar"),
    "VND": ("₫", "đ", "đồng"),
    "ZAR": ("R", "rand"),
}
"""Signs and names of currencies; one that several have is that of the document, if it fits."""

_MEANT: Final = {
    sign: [code for code, signs in CURRENCIES.items() if sign in signs]
    for sign in {sign for signs in CURRENCIES.values() for sign in signs}
}
"""The currencies that a sign or a name may mean."""

MULTIPLES: Final[dict[int, tuple[str, ...]]] = {
    10**2: ("hundred",),
    10**3: (
        *("thousand", "thousands", "'000", "000", "tsd", "tausend", "tusen", "tis", "ribu"),
        "duizend",
    ),
    10**5: ("lakh", "lakhs"),
    10**6: (
        *("million", "millions", "mn", "mln", "mio", "mill", "milhão", "milhões"),
        *("millón", "millones", "millionen", "millioner", "miljoner", "miljoen", "juta"),
    ),
    10**7: ("crore", "crores"),
    10**9: (
        *("billion", "billions", "bn", "mrd", "mld", "mia", "milliard", "milliards"),
        *("milliarden", "milliarder", "miljarder", "miljard", "miliar", "bilhão", "bilhões"),
    ),
    10**12: ("trillion", "trillions", "tn", "triliun", "trilhão", "trilhões"),
}
MULTIPLE_OF: Final = {word: scale for scale, words in MULTIPLES.items() for word in words}
CJK_MULTIPLES: Final = {
    **{"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8},
    **{"백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12},
}
MIL: Final = {
    **dict.fromkeys(("BRL", "MZN", "AOA", "MXN", "COP", "PEN", "CLP", "ARS", "UYU"), 10**3),
    **dict.fromkeys(("CZK", "RSD", "RON", "BAM"), 10**6),
}
"""What `mil` is where it is one thing: mil reais, mil. Kč."""

BEHIND: Final = {"k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6}
"""Letters that count only behind a currency: £m, EUR m."""
BEFORE: Final = {"k": 10**3, "T": 10**3, "M": 10**6}
"""Letters that count only close before a currency: kEUR, TEUR, M€."""
BEFORE_KR: Final = {"t": 10**3, "m": 10**6, "mn": 10**6, "md": 10**9}
"""The same before kr: tkr, mkr."""

_IRREGULAR: Final = {"children": "child", "women": "woman", "men": "man"}


def singular(word: str) -> str:
    """Return an English word in the singular, roughly: what tells pupils from pupil.

    >>> singular("Pupils"), singular("classes"), singular("facilities"), singular("bus")
    ('pupil', 'class', 'facility', 'bus')
    """
    if not word.replace(" ", "").replace("-", "").isalpha() or not word.isascii():
        return word
    if word.isupper():
        return word
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-1]


@lru_cache(maxsize=1024)
def currency_of(word: str, currency: str) -> str | None:
    """Return the currency that a word or sign means in a document of `currency`; None if unclear.

    >>> currency_of("$", "CAD"), currency_of("$", "KES"), currency_of("R$", "KES")
    ('CAD', None, 'BRL')
    """
    if word == currency or word in CURRENCIES:
        return word
    if word.upper() == currency:
        return currency
    if len(word) == 1 and word.isascii() and word.isalpha():
        return currency if word in CURRENCIES.get(currency, ()) else None
    spellings = (word, word.lower()) if len(word) > 3 else (word,)
    named = list(dict.fromkeys(code for each in spellings for code in _MEANT.get(each, ())))
    if currency in named:
        return currency
    return named[0] if len(named) == 1 else None


def money_words(currency: str) -> tuple[str, ...]:
    """Return words for money in a currency, to propose: ``million GBP``."""
    if currency == "CNY":
        return ("元", "万元", "亿元")
    if currency in ("INR", "PKR"):
        return (currency, f"lakh {currency}", f"crore {currency}")
    multiples = ("thousand", "million", "billion")
    return (currency, *(f"{multiple} {currency}" for multiple in multiples))


def split_multiple(text: str, currency: str) -> tuple[Fraction, str]:
    """Split multiples off before a word: 百万元 -> (10**6, 元), ``Mio. EUR`` -> (10**6, EUR)."""
    scale, rest = Fraction(1), text.strip()
    while rest:
        for multiple, left in _before(rest, currency):
            scale, rest = scale * multiple, left
            break
        else:
            return scale, rest
    return scale, rest


def _before(text: str, currency: str) -> Iterator[tuple[int, str]]:
    """Yield the first multiple of a text and what is left of it; nothing where there is none."""
    first, _, rest = text.partition(" ")
    multiple = word_multiple(first, currency)
    if multiple is not None:
        rest = rest.strip()
        for link in ("of ", "de "):
            rest = rest.removeprefix(link)
        yield multiple, rest
    elif text[0] in CJK_MULTIPLES:
        yield CJK_MULTIPLES[text[0]], text[1:].strip()
    elif (number := _round_number(text)) is not None:
        yield number


def word_multiple(word: str, currency: str) -> int | None:
    """Return what a word multiplies by: ``Mio.`` is 10**6; None where it is no such word."""
    word = word.lower().rstrip(".")
    if word == "mil":
        return MIL.get(currency)
    return MULTIPLE_OF.get(word)


def _round_number(text: str) -> tuple[int, str] | None:
    """Return a leading 1000, 1,000 or 1 000 and what is left."""
    for number in ("1 000 000", "1 000"):
        if text.startswith(number):
            return int(number.replace(" ", "")), text[len(number) :].strip()
    digits = len(text) - len(text.lstrip("0123456789,'"))
    number = "".join(c for c in text[:digits] if c.isdigit())
    if number[:1] == "1" and not number[1:].strip("0") and len(number) in range(2, 14):
        return int(number), text[digits:].strip()
    return None


def money_factor(text: str, currency: str) -> tuple[Fraction, str] | None:
    """Return how many of which currency a text is: ``EUR m`` is 10**6 of EUR; None if it is none.

    >>> money_factor("£m", "GBP"), money_factor("Ksh million", "KES"), money_factor("kEUR", "EUR")
    ((Fraction(1000000, 1), 'GBP'), (Fraction(1000000, 1), 'KES'), (Fraction(1000, 1), 'EUR'))
    """
    scale, rest = split_multiple(text, currency)
    code = currency_of(rest, currency)
    if code is not None:
        return scale, code
    word, _, last = rest.rpartition(" ")
    behind = word_multiple(last, currency) or BEHIND.get(last)
    code = currency_of(word.strip(), currency)
    if code is not None and behind is not None:
        return scale * behind, code
    for length in (1, 2, 3, 4):  # bn, '000
        code = currency_of(rest[:-length], currency)
        behind = word_multiple(rest[-length:], currency) or BEHIND.get(rest[-length:])
        if code is not None and behind is not None:
            return scale * behind, code
        before = BEFORE.get(rest[:length])
        code = currency_of(rest[length:], currency)
        if code is not None and rest[length:] in ("kr", "kr."):
            before = BEFORE_KR.get(rest[:length], before)
        if code is not None and before is not None:
            return scale * before, code
    return None


NOT_ADDED: Final = frozenset(
    {"分", "年", "月", "天", "日", "岁", "points", "score", "years", "days"}
)
"""Kinds of which two districts together have no more than each: marks and spans of time."""
