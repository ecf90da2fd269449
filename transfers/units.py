"""Units of measurement: what kind of thing a figure counts, and by how many.

A unit is a product of powers of *kinds* (money, persons, area, ...) and a scale: 万元 is money
times 10,000, 元/人 is money per person. Two figures of one kind add up after conversion; figures
of different kinds never do. A figure without a unit is *bare*: it takes the unit of what it is
added to or compared with.

Method: section 24 (units).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from msgspec import Struct

from transfers.arithmetic.roots import power

PERSON, AREA, LENGTH, COUNT = "person", "area", "length", "count"

# Spelling -> (kind, scale in the kind's base unit). Money is added per policy, by its currency.
_BASES: dict[str, tuple[str, Fraction]] = {
    **dict.fromkeys(
        ("人", "person", "persons", "people", "head", "heads", "capita"), (PERSON, Fraction(1))
    ),
    **dict.fromkeys(("km2", "km²", "km^2", "sqkm", "平方公里", "平方千米"), (AREA, Fraction(1))),
    **dict.fromkeys(("公顷", "ha", "hectare", "hectares"), (AREA, Fraction(1, 100))),
    **dict.fromkeys(("m2", "m²", "㎡", "平方米"), (AREA, Fraction(1, 10**6))),
    "亩": (AREA, Fraction(1, 1500)),
    **dict.fromkeys(("km", "公里", "千米"), (LENGTH, Fraction(1))),
    **dict.fromkeys(("m", "米"), (LENGTH, Fraction(1, 1000))),
    **dict.fromkeys(("count", "个", "项"), (COUNT, Fraction(1))),
    **dict.fromkeys(
        ("%", "％", "百分比", "百分率", "percent", "pct", "百分点", "个百分点", "pp"),
        ("", Fraction(1, 100)),
    ),
    **dict.fromkeys(("‰", "千分比", "千分率", "permille"), ("", Fraction(1, 1000))),
    **dict.fromkeys(("1", "ratio", "share", "比例", "系数", "coefficient"), ("", Fraction(1))),
}
_CURRENCY_SIGNS: dict[str, tuple[str, ...]] = {
    "CNY": ("元", "yuan", "RMB", "¥"),
    "BRL": ("R$", "reais"),
    "AUD": ("A$",),
    "KES": ("Ksh", "KSh", "KShs"),
    "USD": ("US$", "dollars", "dollar"),
    "EUR": ("€", "euro", "euros"),
    "GBP": ("£", "pounds"),
    "JPY": ("円",),
    "INR": ("₹", "Rs"),
}
_CHINESE_MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_CHINESE_MULTIPLES |= {"萬": 10**4, "億": 10**8}
_ENGLISH_MULTIPLES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "'000": 10**3,
    "000": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "mn": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "bn": 10**9,
}


class Unit(Struct, frozen=True):
    """A unit: powers of kinds, a scale, and whether a bare number took part in it.

    Parameters
    ----------
    kinds : tuple of (kind, power)
        Sorted by kind; powers are not 0.
    scale : Fraction
        How many base units one of this unit is.
    open : bool
        A bare number took part: with no kind left, the figure takes the unit of the other side.
    label : str
        The unit as the document writes it; empty when it came out of a calculation.
    """

    kinds: tuple[tuple[str, Fraction], ...]
    scale: Fraction = Fraction(1)
    open: bool = False
    label: str = ""

    @property
    def plain(self) -> bool:
        """Whether this counts no kind of thing: a number, a ratio, a percentage."""
        return not self.kinds

    @property
    def percentage(self) -> bool:
        """Whether this counts in a fraction of one: %, 百分点, ‰."""
        return self.plain and self.scale != 1 and not self.open

    @property
    def takes_percent_sign(self) -> bool:
        """Whether 5% beside it is 0.05: a plain ratio, declared or not."""
        return self.plain and self.scale == 1

    @property
    def bare(self) -> bool:
        """Whether the figure takes the unit of whatever it meets."""
        return self.open and not self.kinds and self.scale == 1

    def times(self, other: Unit) -> Unit:
        """Return the unit of a product."""
        powers = dict(self.kinds)
        for kind, exponent in other.kinds:
            powers[kind] = powers.get(kind, Fraction(0)) + exponent
        return _product(powers, self.scale * other.scale, self.open or other.open)

    def power(self, exponent: Fraction) -> Unit:
        """Return the unit of a power.

        Where the scale has no rational root (the root of 亩), the result is a kind of its own: it
        can weigh and divide, but not be added to a root of another unit.
        """
        scale = power(self.scale, exponent) if self.scale != 1 else Fraction(1)
        if scale is not None and (
            exponent.denominator == 1
            or scale**exponent.denominator == self.scale**exponent.numerator
        ):
            return _product({k: p * exponent for k, p in self.kinds}, scale, self.open)
        kind = "·".join(f"{k}^{p}" if p != 1 else k for k, p in self.kinds)
        return _product({f"({self.scale}×{kind})": exponent}, Fraction(1), self.open)

    def inverse(self) -> Unit:
        """Return the unit of the reciprocal."""
        return self.power(Fraction(-1))

    def same_kind(self, other: Unit) -> bool:
        """Whether figures in the two units can be added after conversion."""
        return self.kinds == other.kinds


def _product(powers: dict[str, Fraction], scale: Fraction, is_open: bool) -> Unit:
    kinds = tuple(sorted((k, p) for k, p in powers.items() if p))
    return Unit(kinds, scale, is_open)


BARE = Unit((), open=True)
PURE = Unit(())


def money_unit(text: str, currency: str) -> Unit | None:
    """Return the unit of money: 万元 of CNY is 10,000 of its currency.

    A unit of money may name the currency (``million KES``), its usual sign (``R$``, 万元) or only
    a multiple (``万``). Any word is taken for the sign of a currency that is not known here.

    Returns
    -------
    Unit or None
        None where the text is no unit of the currency, such as a misspelt 万园.
    """
    unit = parse_unit(text, currency)
    kind = (currency, Fraction(1))
    if unit.kinds == (kind,):
        return unit
    if not text.strip():
        return None
    multiple, rest = _multiple(text.strip())
    if rest and currency in _CURRENCY_SIGNS:
        return None
    return Unit((kind,), multiple, label=text)


@cache
def parse_unit(text: str, currency: str) -> Unit:
    """Read a unit as people write it: ``万人``, ``元/人``, ``million KES``, ``km2``, ``户``.

    What follows the first slash is all below the line: 元/人·月 is per person and month. A word
    that is not known is a kind of its own, so that 户 and 人 never add up.

    >>> parse_unit("元/人", "CNY").times(parse_unit("万人", "CNY")).scale
    Fraction(10000, 1)
    """
    above, *below = text.replace("／", "/").split("/")
    unit = PURE
    for part in _factors(above):
        unit = unit.times(_factor(part, currency))
    for part in (p for piece in below for p in _factors(piece)):
        unit = unit.times(_factor(part, currency).inverse())
    return Unit(unit.kinds, unit.scale, label=text)


def known_unit(text: str, currency: str) -> Unit | None:
    """Return the unit of a text that consists of known words only, such as 万元 or 元/人.

    >>> known_unit("万人", "CNY").scale, known_unit("户", "CNY") is None
    (Fraction(10000, 1), True)
    """
    if not text.strip():
        return None
    unit = parse_unit(text, currency)
    known = {PERSON, AREA, LENGTH, COUNT, currency, *_CURRENCY_SIGNS}
    return unit if all(kind in known for kind, _ in unit.kinds) else None


def _factors(text: str) -> list[str]:
    for sign in "·*×()（）":
        text = text.replace(sign, "\0")
    return [part.strip() for part in text.split("\0") if part.strip()]


def _factor(text: str, currency: str) -> Unit:
    """Return the unit of one word with its multiple, such as 万人 or ``thousand km2``."""
    known = _base(text, currency)
    if known is None:
        multiple, rest = _multiple(text)
        base = _base(rest, currency) if rest else PURE
        if base is None:
            base = Unit(((rest, Fraction(1)),))
        known = Unit(base.kinds, base.scale * multiple)
    return known


def _base(text: str, currency: str) -> Unit | None:
    if text in _BASES or text.lower() in _BASES:
        kind, scale = _BASES.get(text) or _BASES[text.lower()]
        return Unit(((kind, Fraction(1)),) if kind else (), scale)
    if text == currency:
        return Unit(((currency, Fraction(1)),))
    for code, signs in _CURRENCY_SIGNS.items():
        if text == code or text in signs:
            return Unit(((code, Fraction(1)),))
    return None


def _multiple(text: str) -> tuple[Fraction, str]:
    """Split a leading multiple off a word: 百万元 -> (10**6, 元)."""
    words = text.split(None, 1)
    if words and words[0].lower() in _ENGLISH_MULTIPLES:
        scale = Fraction(_ENGLISH_MULTIPLES[words[0].lower()])
        return scale, words[1] if len(words) > 1 else ""
    scale = Fraction(1)
    while text and text[0] in _CHINESE_MULTIPLES:
        scale *= _CHINESE_MULTIPLES[text[0]]
        text = text[1:]
    return scale, text.strip()


def unit_of_sum(*units: Unit) -> Unit:
    """Return the unit of a sum: that of the first part that is not bare."""
    return next((unit for unit in units if not unit.bare), BARE)


def describe(unit: Unit, money: Unit) -> str:
    """Name a unit for people: its label, or one composed from its kinds; "" for a plain number."""
    if unit.label:
        return unit.label
    if not unit.kinds:
        return _PLAIN[unit.scale] if unit.scale in _PLAIN else _scaled_name(unit.scale, "")
    if unit.kinds == money.kinds and unit.scale == money.scale:
        return money.label
    above = [_named(k, p) for k, p in unit.kinds if p > 0]
    below = [_named(k, -p) for k, p in unit.kinds if p < 0]
    name = "·".join(above) or "1"
    if below:
        name += "/" + "·".join(below)
    return _scaled_name(unit.scale, name)


_PLAIN = {Fraction(1): "", Fraction(1, 100): "%", Fraction(1, 1000): "‰"}
_NAMES = {PERSON: "人", AREA: "km2", LENGTH: "km", "CNY": "元"}


def _named(kind: str, power: Fraction) -> str:
    name = _NAMES.get(kind, kind)
    return name if power == 1 else f"{name}^{power}"


def _scaled_name(scale: Fraction, name: str) -> str:
    for multiple, sign in ((10**8, "亿"), (10**4, "万")):
        if scale == multiple:
            return sign + name
    return name if scale == 1 else f"{scale}{'×' if name else ''}{name}"
