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

from transfers import unit_words
from transfers.arithmetic.roots import power
from transfers.messages import Phrase
from transfers.unit_words import AREA, COUNT, LENGTH, PERSON
from transfers.written import decimal_text


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
        return self.plain and self.scale < 1 and bool(self.label)

    @property
    def takes_percent_sign(self) -> bool:
        """Whether 5% beside it is 0.05: a plain ratio, declared or not."""
        return self.plain and self.scale == 1

    @property
    def bare(self) -> bool:
        """Whether the figure takes the unit of whatever it meets."""
        return self.open and not self.kinds and self.scale == 1

    def times(self, other: Unit) -> Unit:
        """Return the unit of a product; a plain number leaves the other's name: 30% of 亿元."""
        for mine, theirs in ((self, other), (other, self)):
            if theirs.plain and theirs.scale == 1 and mine.kinds and not _per_ratio(mine.label):
                is_open = self.open or other.open
                return Unit(mine.kinds, mine.scale, is_open, mine.label)
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
        kinds = tuple((kind, -exponent) for kind, exponent in self.kinds)
        return Unit(kinds, 1 / self.scale, self.open)

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
    multiple, rest = unit_words.split_multiple(text, currency)
    strange = rest and (currency in unit_words.CURRENCIES or known_unit(rest, currency))
    return None if strange or "/" in rest else Unit((kind,), multiple, label=text)


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

    The name of another currency (``won``) is a word like any; its code and its sign are known.

    >>> known_unit("万人", "CNY").scale, known_unit("户", "CNY") is None
    (Fraction(10000, 1), True)
    """
    if not text.strip():
        return None
    unit = parse_unit(text, currency)
    known = {PERSON, AREA, LENGTH, COUNT, currency, *unit_words.CURRENCIES}
    kinds = {kind for kind, _ in unit.kinds}
    foreign = kinds & unit_words.CURRENCIES.keys() - {currency}
    if foreign and text.isascii() and text.isalpha() and text not in foreign:
        return None  # a word such as "real" or "won", and no sign of money here
    return unit if kinds <= known else None


def _factors(text: str) -> list[str]:
    for sign in "·*×()（）":
        text = text.replace(sign, "\0")
    return [part.strip() for part in text.split("\0") if part.strip()]


def _factor(text: str, currency: str) -> Unit:
    """Return the unit of one word with its multiple, such as 万人 or ``thousand km2``."""
    known = _base(text)
    if known is not None:
        return known
    money = unit_words.money_factor(text, currency)
    if money is not None:
        return Unit(((money[1], Fraction(1)),), money[0])
    multiple, rest = unit_words.split_multiple(text, currency)
    base = (_base(rest) if rest else PURE) or Unit(((unit_words.singular(rest), Fraction(1)),))
    return Unit(base.kinds, base.scale * multiple)


def _base(text: str) -> Unit | None:
    for word in (text, text.lower()):
        if word in unit_words.BASES:
            kind, scale = unit_words.BASES[word]
            return Unit(((kind, Fraction(1)),) if kind else (), scale)
    return None


@cache
def _per_ratio(label: str) -> bool:
    """Whether a unit is so much per percentage point, or times a percentage."""
    parts = [part for piece in label.replace("／", "/").split("/") for part in _factors(piece)]
    bases = (_base(part) for part in parts)
    return any(base is not None and base.plain and base.scale != 1 for base in bases)


def unit_of_sum(*units: Unit) -> Unit:
    """Return the unit of a sum: the first that is declared, else the first that is not bare."""
    found = [unit for unit in units if not unit.bare]
    return next((unit for unit in found if unit.label), found[0] if found else BARE)


def canonical(unit: Unit, money: Unit) -> Unit:
    """Return the unit in which people meet what a formula made up of units that are known.

    Money is in the policy's unit; what is of other kinds is in units of 1: 元/人; a ratio of one
    kind is a number. What is declared, and what a bare number took part in, stays.
    """
    if unit.label or unit.open:
        return unit
    return money if unit.kinds == money.kinds else Unit(unit.kinds)


def example_per_head(money: Unit) -> object:
    """Return an example of so much per head in a document's currency: 元/人, EUR/person."""
    one = Unit(tuple((kind, Fraction(1)) for kind, _ in money.kinds))
    return describe(one.times(Unit(((PERSON, Fraction(-1)),))), money)


def describe(unit: Unit, money: Unit) -> str | Phrase:
    """Name a unit for people: its label, or one composed from its kinds; "" for a plain number."""
    if unit.label:
        return unit.label
    if not unit.kinds and unit.scale in _PLAIN:
        return _PLAIN[unit.scale]
    if unit.kinds == money.kinds and unit.scale == money.scale and money.label:
        return money.label
    above = _beside("·", [_named(k, p) for k, p in unit.kinds if p > 0])
    below = _beside("·", [_named(k, -p) for k, p in unit.kinds if p < 0])
    name = _beside("/", [above or "1", below]) if below else above
    return _scaled_name(unit, name)


def with_unit(figure: str, unit: str | Phrase) -> str | Phrase:
    """Write a figure with its unit."""
    if isinstance(unit, Phrase):
        return Phrase("unit.with_figure", {"figure": figure, "unit": unit})
    return f"{figure} {unit}".rstrip()


_PLAIN = {Fraction(1): "", Fraction(1, 100): "%", Fraction(1, 1000): "‰"}
_NAMES = {AREA: "km2", LENGTH: "km"}
_SAID = {PERSON: "unit.person", COUNT: "unit.count", "CNY": "unit.yuan"}
_CRORES = {10**5: "lakh", 10**7: "crore"}


def _named(kind: str, power: Fraction) -> str | Phrase:
    name = Phrase(_SAID[kind]) if kind in _SAID else _NAMES.get(kind, kind)
    return name if power == 1 else _beside("^", [name, str(power)])


def _beside(sign: str, names: list[str | Phrase]) -> str | Phrase:
    """Put names beside each other; what differs by language stays a phrase."""
    words = [name for name in names if isinstance(name, str)]
    if len(words) == len(names):
        return sign.join(words)
    joined = names[0]
    for name in names[1:]:
        joined = Phrase("unit.beside", {"first": joined, "sign": sign, "second": name})
    return joined


def _scaled_name(unit: Unit, name: str | Phrase) -> str | Phrase:
    scale = unit.scale
    if scale == 1:
        return name
    if scale in _CRORES and any(kind == "INR" for kind, _ in unit.kinds):
        return _beside(" ", [_CRORES[int(scale)], name])
    digits = len(str(scale.numerator)) - 1
    if scale == 10**digits and 2 <= digits <= 12:
        return Phrase(f"unit.times_{digits}", {"name": name})
    return _beside("×", [decimal_text(scale, 12), name]) if name else decimal_text(scale, 12)
