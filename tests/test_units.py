"""Units: what people write is read, one kind converts, different kinds never meet."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers import messages
from transfers.units import BARE, PURE, Unit, describe, known_unit, money_unit, parse_unit

ONE = Fraction(1)


@pytest.mark.parametrize(
    ("text", "kinds", "scale"),
    [
        ("元", (("CNY", ONE),), ONE),
        ("万元", (("CNY", ONE),), Fraction(10**4)),
        ("亿元", (("CNY", ONE),), Fraction(10**8)),
        ("百万元", (("CNY", ONE),), Fraction(10**6)),
        ("万人", (("person", ONE),), Fraction(10**4)),
        ("元/人", (("CNY", ONE), ("person", -ONE)), ONE),
        ("元／人", (("CNY", ONE), ("person", -ONE)), ONE),
        ("万元/km2", (("CNY", ONE), ("area", -ONE)), Fraction(10**4)),
        ("元/人·月", (("CNY", ONE), ("person", -ONE), ("月", -ONE)), ONE),
        ("亩", (("area", ONE),), Fraction(1, 1500)),
        ("公顷", (("area", ONE),), Fraction(1, 100)),
        ("平方公里", (("area", ONE),), ONE),
        ("平方米", (("area", ONE),), Fraction(1, 10**6)),
        ("户", (("户", ONE),), ONE),
        ("万户", (("户", ONE),), Fraction(10**4)),
        ("%", (), Fraction(1, 100)),
        ("‰", (), Fraction(1, 1000)),
        ("百分点", (), Fraction(1, 100)),
        ("億元", (("CNY", ONE),), Fraction(10**8)),
        ("million KES", (("KES", ONE),), Fraction(10**6)),
        ("thousand persons", (("person", ONE),), Fraction(1000)),
        ("US$", (("USD", ONE),), ONE),
        ("€", (("EUR", ONE),), ONE),
    ],
)
def test_a_unit_is_read_as_people_write_it(
    text: str, kinds: tuple[tuple[str, Fraction], ...], scale: Fraction
) -> None:
    unit = parse_unit(text, "CNY")
    assert (unit.kinds, unit.scale, unit.label) == (kinds, scale, text)


@pytest.mark.parametrize(
    ("text", "currency", "scale"),
    [
        ("万元", "CNY", 10**4),
        ("万", "CNY", 10**4),
        ("元", "CNY", 1),
        ("million KES", "KES", 10**6),
        ("million", "KES", 10**6),
        ("R$", "BRL", 1),
        ("crore", "INR", 10**7),
        ("KES", "KES", 1),
    ],
)
def test_money_may_name_its_currency_its_sign_or_only_a_multiple(
    text: str, currency: str, scale: int
) -> None:
    unit = money_unit(text, currency)
    assert (unit.kinds, unit.scale) == (((currency, ONE),), Fraction(scale))


@pytest.mark.parametrize(
    ("currency", "texts", "scale"),
    [
        (
            "EUR",
            "EUR million|million EUR|Mio EUR|Mio. EUR|MEUR|€m|EUR m|EURm|millions of EUR",
            10**6,
        ),
        ("EUR", "Mrd EUR|Mrd. EUR|EUR bn|€bn|billion euros|1,000,000,000 EUR", 10**9),
        ("EUR", "kEUR|k€|TEUR|T€|1000 EUR|1 000 EUR|1,000 EUR|'000 EUR|Tsd. EUR", 10**3),
        ("IDR", "trillion IDR|triliun IDR|Rp triliun", 10**12),
        ("BRL", "milhões BRL|R$ milhões|milhões de reais|R$ million", 10**6),
        ("BRL", "mil BRL|R$ mil|mil reais", 10**3),
        ("GBP", "£m|£ million|million pounds|£ mn", 10**6),
        ("USD", "$m|million $|US$ million", 10**6),
        ("CAD", "$m|C$ million|million dollars", 10**6),
        ("KES", "Ksh million|KSh m|million shillings", 10**6),
        ("CZK", "mil. Kč|mil CZK|million CZK", 10**6),
        ("NOK", "mill. kr|mkr|mnkr|millioner kroner", 10**6),
        ("SEK", "tkr|1000 kr|tusen kronor|kr'000", 10**3),
        ("INR", "crore INR|Rs crore|₹ crore|INR crores", 10**7),
        ("JPY", "百万円|million yen|¥ million", 10**6),
        ("KRW", "백만원|million KRW", 10**6),
        ("ZAR", "R million|Rm|ZAR m", 10**6),
        ("XAF", "million FCFA|million XAF", 10**6),
    ],
)
def test_money_is_read_in_the_spellings_of_its_country(
    currency: str, texts: str, scale: int
) -> None:
    for text in texts.split("|"):
        unit = money_unit(text, currency)
        assert unit is not None, text
        assert (unit.kinds, unit.scale) == (((currency, ONE),), Fraction(scale)), text


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("million EUR", "USD"),
        ("million EUR", "XAF"),
        ("人", "XAF"),
        ("mEUR", "EUR"),
        ("mil. EUR", "EUR"),
        ("$m", "EUR"),
        ("万园", "CNY"),
        ("pupils", "GBP"),
        ("GBP/pupil", "GBP"),
        ("500 EUR", "EUR"),
    ],
)
def test_what_is_unclear_or_of_another_currency_is_no_unit_of_money(
    text: str, currency: str
) -> None:
    assert money_unit(text, currency) is None


def test_a_sign_of_several_currencies_is_that_of_the_document_if_it_fits() -> None:
    assert parse_unit("$", "CAD").kinds == (("CAD", ONE),)
    assert parse_unit("kr", "SEK").kinds == (("SEK", ONE),)
    assert parse_unit("$", "EUR").kinds == (("$", ONE),)
    assert parse_unit("R$", "EUR").kinds == (("BRL", ONE),)


@pytest.mark.parametrize(
    "words",
    [
        ("person", "persons", "people", "head", "heads", "inhabitants", "resident", "人", "capita"),
        ("pupil", "pupils", "Pupils"),
        ("household", "households"),
        ("facility", "facilities"),
        ("class", "classes"),
        ("child", "children"),
    ],
)
def test_singular_and_plural_are_one_kind(words: tuple[str, ...]) -> None:
    kinds = {parse_unit(word, "EUR").kinds for word in words}
    assert len(kinds) == 1
    per_head = parse_unit(f"EUR/{words[0]}", "EUR").times(parse_unit(words[-1], "EUR"))
    assert per_head.kinds == (("EUR", ONE),)


def test_a_word_of_another_currency_is_no_known_unit_but_its_code_is() -> None:
    assert known_unit("won", "CNY") is None
    assert known_unit("MR", "CNY") is None
    assert known_unit("USD", "CNY") is not None
    assert known_unit("€", "CNY") is not None


def test_a_made_unit_is_named_in_the_language_of_the_reader() -> None:
    money = money_unit("million NOK", "NOK")
    assert money is not None
    per_head = money.times(parse_unit("persons", "NOK").inverse())
    names = {}
    for scale in (Fraction(1), Fraction(1000), Fraction(10**4), Fraction(1, 100)):
        name = describe(Unit(per_head.kinds, scale), money)
        names[scale] = (messages.said(name, "en"), messages.said(name, "zh"))
    assert names[ONE] == ("NOK/person", "NOK/人")
    assert names[Fraction(1000)] == ("thousand NOK/person", "千NOK/人")
    assert names[Fraction(10**4)] == ("ten thousand NOK/person", "万NOK/人")
    assert names[Fraction(1, 100)] == ("0.01×NOK/person", "0.01×NOK/人")


def test_a_rate_per_head_times_persons_is_money() -> None:
    product = parse_unit("元/人", "CNY").times(parse_unit("万人", "CNY"))
    assert product.same_kind(money_unit("万元", "CNY"))
    assert product.scale == 10**4


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("万元", "万人"),
        ("元", "USD"),
        ("人", "户"),
        ("km2", "km"),
        ("元/人", "元"),
    ],
)
def test_different_kinds_are_told_apart(left: str, right: str) -> None:
    assert not parse_unit(left, "CNY").same_kind(parse_unit(right, "CNY"))


@pytest.mark.parametrize(
    "text", ["元", "万元", "亿元", "亩", "平方米", "平方米/亿元", "元/人", "万亿元", "亩/亿元"]
)
def test_the_root_of_a_square_is_the_unit_again(text: str) -> None:
    unit = parse_unit(text, "CNY")
    again = unit.power(Fraction(2)).power(Fraction(1, 2))
    assert (again.kinds, again.scale) == (unit.kinds, unit.scale)


def test_a_bare_number_is_bare_and_a_ratio_is_not() -> None:
    assert BARE.bare
    assert not PURE.bare
    assert not parse_unit("%", "CNY").bare
    assert BARE.times(BARE).bare
    assert not BARE.times(parse_unit("万人", "CNY")).bare


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        (parse_unit("万人", "CNY"), "万人"),
        (money_unit("万元", "CNY"), "万元"),
        (Unit((("CNY", ONE),), Fraction(10**4)), "万元"),
        (Unit((("CNY", ONE), ("person", -ONE))), "元/人"),
        (Unit((("CNY", ONE), ("person", -ONE)), Fraction(10**4)), "万元/人"),
        (Unit((("area", -ONE),)), "1/km2"),
        (Unit((), Fraction(1, 100)), "%"),
        (Unit((), Fraction(1, 1000)), "‰"),
    ],
)
def test_a_unit_that_came_out_of_a_calculation_has_a_name(unit: Unit, name: str) -> None:
    assert messages.said(describe(unit, money_unit("万元", "CNY")), "zh") == name


@given(st.text(max_size=20), st.sampled_from(["CNY", "KES", "USD"]))
def test_any_text_is_some_unit(text: str, currency: str) -> None:
    unit = parse_unit(text, currency)
    assert unit.scale > 0
    assert unit.same_kind(parse_unit(text, currency))


UNITS = st.sampled_from(["元", "万元", "万人", "亩", "km2", "%", "元/人", "户", "USD"])


@given(UNITS, UNITS)
def test_a_product_divided_by_a_factor_is_the_other_factor(left: str, right: str) -> None:
    one, other = parse_unit(left, "CNY"), parse_unit(right, "CNY")
    back = one.times(other).times(other.inverse())
    assert (back.kinds, back.scale) == (one.kinds, one.scale)
