"""Sentence 24: units."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.method.tiny import AllocateText, exact, fault_codes, paid
from transfers import DocumentError

TABLE = "key,own,last,heads,area\n a,1,500,2,3\n b,0.05,250,4,5\n"
INPUTS = """
inputs:
  own: {unit: 亿元}
  last: {unit: 万元}
  heads: {unit: 万人}
  area: {unit: km2}
parameters:
  standard: {value: 650, unit: 元/人}
  plain: 650
  tenth: 10%
"""


def claim(allocate_text: AllocateText, formula: str) -> list[int]:
    """Return what a claim by this formula pays, in 万元."""
    return paid(allocate_text(INPUTS + f"grants: {{aid: {{claim: '{formula}'}}}}\n", TABLE))


@pytest.mark.parametrize(
    ("formula", "amounts"),
    [
        ("own + last", [10500, 750]),  # 1 亿元 + 500 万元; 500 万元 + 250 万元
        ("last + own", [10500, 750]),
        ("own - last", [9500, 250]),
        ("max(own, last)", [10000, 500]),
        ("if(own > last, own, last)", [10000, 500]),
        ("sum(own) - last", [10000, 10250]),
    ],
)
def test_money_of_two_scales_adds_up_after_conversion(
    allocate_text: AllocateText, formula: str, amounts: list[int]
) -> None:
    """Sentence 24: 亿元 and 万元 are one kind; the result is paid in the unit of money, 万元."""
    assert claim(allocate_text, formula) == amounts


def test_yuan_per_person_times_persons_is_money(allocate_text: AllocateText) -> None:
    """Sentence 24: 650 元/人 x 2 万人 = 1,300 万元."""
    assert claim(allocate_text, "standard * heads") == [1300, 2600]


def test_a_bare_number_times_persons_is_not_money(allocate_text: AllocateText) -> None:
    """Sentence 24: 650 x 2 万人 are 1,300 万人; the message says how to give 650 its unit."""
    with pytest.raises(DocumentError) as raised:
        claim(allocate_text, "plain * heads")
    (fault,) = raised.value.faults
    assert fault.code == "formula.not_money"
    assert "元/人" in fault.text("zh")


def test_a_bare_number_is_in_the_unit_of_the_other_side(allocate_text: AllocateText) -> None:
    """Sentence 24: last + 100 adds 100 万元, own + 100 adds 100 亿元, whichever comes first."""
    assert claim(allocate_text, "last + 100") == [600, 350]
    assert claim(allocate_text, "100 + own") == [1010000, 1000500]
    assert claim(allocate_text, "if(own >= 1, 7, 8)") == [7, 8]  # 1 亿元; a bare claim is 万元


def test_an_amount_without_unit_is_in_the_unit_of_money(allocate_text: AllocateText) -> None:
    """Sentence 24: `pool: 100` is 100 万元 where money is in 万元, 100 亿元 where it is in 亿元."""
    grants = "grants: {aid: {pool: 100, share: last}}\n"
    assert sum(paid(allocate_text(INPUTS + grants, TABLE))) == 100
    in_yi = "money: {currency: CNY, unit: 亿元, quantum: 0.0001}\n" + INPUTS + grants
    assert sum(paid(allocate_text(in_yi, TABLE))) == 100 * 10000  # quanta of 1 万元


def test_a_percentage_is_a_plain_ratio(allocate_text: AllocateText) -> None:
    """Sentence 24: 10% x 500 万元 = 50 万元, and (1 + 10%) x 500 万元 = 550 万元."""
    assert claim(allocate_text, "tenth * last") == [50, 25]
    assert claim(allocate_text, "(1 + tenth) * last") == [550, 275]


def test_a_column_in_percent_is_the_ratio_it_stands_for(allocate_text: AllocateText) -> None:
    """Sentence 24: a growth of 5 in % is 0.05: (1 + growth) x 100 is 105; 5 alone is refused."""
    text = """
inputs: {{last: {{unit: 万元}}, growth: {{unit: "%"}}}}
grants: {{aid: {{claim: "{formula}"}}}}
"""
    table = "key,last,growth\n a,100,5\n"
    assert paid(allocate_text(text.format(formula="(1 + growth) * last"), table)) == [105]
    assert paid(allocate_text(text.format(formula="growth * last"), table)) == [5]
    assert paid(allocate_text(text.format(formula="if(growth >= 5%, last, 0)"), table)) == [100]
    with pytest.raises(DocumentError) as raised:
        allocate_text(text.format(formula="if(growth >= 5, last, 0)"), table)
    assert fault_codes(raised.value) == ["formula.percent_wanted"]


@pytest.mark.parametrize("formula", ["last + heads", "own > area", "max(heads, area)"])
def test_different_kinds_never_add_up_or_compare(allocate_text: AllocateText, formula: str) -> None:
    """Sentence 24: 万元 and 万人 are refused before any figure is read."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(
            INPUTS + f"quantities: {{q: '{formula}'}}\ngrants: {{aid: {{pool: 1, share: 1}}}}\n",
            TABLE,
        )
    assert fault_codes(raised.value) == ["formula.different_kinds"]


def test_an_unknown_word_is_a_kind_of_its_own(allocate_text: AllocateText) -> None:
    """Sentence 24: 户 and 人 do not add up, 千户 and 户 do: 2 千户 + 5 户 = 2.005 千户."""
    text = """
inputs: {{many: {{unit: 千户}}, few: {{unit: 户}}, heads: {{unit: 人}}}}
quantities: {{q: {formula}}}
grants: {{aid: {{pool: 1, share: 1}}}}
"""
    table = "key,many,few,heads\n a,2,5,7\n"
    assert exact(allocate_text(text.format(formula="many + few"), table), "q") == [
        Fraction("2.005")
    ]
    with pytest.raises(DocumentError):
        allocate_text(text.format(formula="few + heads"), table)


def test_a_ratio_of_one_kind_is_a_plain_number(allocate_text: AllocateText) -> None:
    """Sentence 24: 1 亿元 / 500 万元 is 20, not 0.002."""
    allocation = allocate_text(
        INPUTS + "quantities: {q: own / last}\ngrants: {aid: {pool: 1, share: 1}}\n", TABLE
    )
    assert exact(allocation, "q") == [20, 2]


def test_a_declared_unit_converts_the_result(allocate_text: AllocateText) -> None:
    """Sentence 24: 1 亿元 over 2 万人 is 0.5 亿元/万人; declared in 元/人 it is 5,000."""
    allocation = allocate_text(
        INPUTS
        + "quantities: {per: {formula: own / heads, unit: 元/人}}\n"
        + "grants: {aid: {pool: 1, share: 1}}\noutputs: {both: {formula: own + last, unit: 元}}\n",
        TABLE,
    )
    assert exact(allocation, "per") == [5000, 125]
    assert exact(allocation, "both") == [105_000_000, 7_500_000]


def test_bounds_are_converted_to_money(allocate_text: AllocateText) -> None:
    """Sentence 24: a floor of 0.01 亿元 is 100 万元, a cap of 50 元/人 x 4 万人 is 200 万元."""
    allocation = allocate_text(
        """
inputs: {least: {unit: 亿元}, heads: {unit: 万人}}
parameters: {most: {value: 50, unit: 元/人}}
grants: {aid: {pool: 300, share: 1, floor: least, cap: most * heads}}
""",
        "key,least,heads\n a,0.01,2\n b,0,4\n",
    )
    assert paid(allocation) == [100, 200]


def test_weights_need_no_common_unit(allocate_text: AllocateText) -> None:
    """Sentence 24: factors are normalised one by one, so 万人 and km2 stand side by side.

    0.5 x 2/6 + 0.5 x 3/8 = 17/48 of 480.
    """
    allocation = allocate_text(
        INPUTS + "grants: {aid: {pool: 480, share: {factors: {heads: 50%, area: 50%}}}}\n", TABLE
    )
    assert paid(allocation) == [170, 310]


def test_other_currencies_have_units_too(allocate_text: AllocateText) -> None:
    """Sentence 24: million KES and thousand KES are money where the currency is KES."""
    allocation = allocate_text(
        """
money: {currency: KES, unit: million KES, quantum: 1}
inputs: {need: {unit: thousand KES}}
grants: {aid: {claim: need}}
""",
        "key,need\n a,2500\n b,1400\n",
    )
    assert paid(allocation) == [3, 1]  # 2.5 half away, 1.4


def test_a_ratio_without_unit_is_shown_in_percent(allocate_text: AllocateText) -> None:
    """Sentence 24: of a column without unit and one in 万元, declared in %, both are ratios."""
    allocation = allocate_text(
        """
inputs: {own: {unit: 亿元}, last: {unit: 万元}, plain: {column: heads}, other: {column: area}}
quantities:
  part: {formula: plain / other, unit: "%"}
grants: {aid: {claim: "if(part > 70%, 1, 0)"}}
outputs:
  bare: {formula: plain / other, unit: "%", digits: 1}
  part_again: {formula: part, unit: "%", digits: 1}
  of_all: {formula: share(plain), unit: "%", digits: 1}
  of_money: {formula: share(own), unit: "%", digits: 1}
  in_money: {formula: plain / other, unit: 万元, digits: 1}
""",
        TABLE,
    )
    # 2 of 3 and 4 of 5; 2 and 4 of 6; 1 and 0.05 of 1.05
    assert paid(allocation) == [0, 1]
    shown = {name: exact(allocation, name) for name in ("bare", "part_again", "of_all")}
    assert shown["bare"] == [Fraction(200, 3), Fraction(80)]
    assert shown["part_again"] == shown["bare"]
    assert shown["of_all"] == [Fraction(100, 3), Fraction(200, 3)]
    assert exact(allocation, "of_money") == [Fraction(10000, 105), Fraction(500, 105)]
    assert exact(allocation, "in_money") == [Fraction(2, 3), Fraction(4, 5)]
