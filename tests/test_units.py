"""Units: what people write is read, one kind converts, different kinds never meet."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers import messages
from transfers.units import BARE, PURE, Unit, describe, money_unit, parse_unit

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
