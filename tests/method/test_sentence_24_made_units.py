"""Sentence 24: units that a formula makes, and that amounts do not depend on what is declared."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transfers
from tests.method.tiny import AllocateText, exact, fault_codes, loaded, paid, written
from transfers import Allocation, DocumentError, messages
from transfers.arithmetic.decimals import format_decimal
from transfers.units import describe

INDIA = """
money: {{currency: INR, unit: crore INR, quantum: 0.01}}
inputs: {{gsdp: {{unit: {gsdp}}}, people: {{unit: {people}}}}}
parameters:
  bands: [{{up_to: 100000, value: 1}}, {{value: 2}}]
  line: [{{at: 0, value: 0}}, {{at: 400000, value: 1}}]
quantities: {{income: gsdp / people}}
grants:
  aid: {{pool: 100, share: "max(0, highest(income) - income) * people"}}
  rich: {{claim: "if(income > 200000, 1, 0)"}}
  rounded: {{claim: "round(income, digits=-4) * people"}}
  band: {{claim: 'step(income, bands)'}}
  points: {{claim: 'interpolate(income, line)'}}
  more: {{claim: (income + 1000) * people}}
outputs: {{shown: income, rate: aid.rate, logged: {{formula: "round(log(income), 6)"}}}}
"""
STATES = (("a", 71800, 1_518_000), ("b", 26000, 610_000), ("c", 300000, 28_000_000))
GRANTS = ("aid", "rich", "rounded", "band", "points", "more")


def india(
    allocate_text: AllocateText, gsdp: tuple[str, int], people: tuple[str, int]
) -> Allocation:
    """Run the states with columns in other units: the figures are divided by their scale."""
    rows = [
        f"{key},{format_decimal(Fraction(crore * 10**7, gsdp[1]))},"
        f"{format_decimal(Fraction(heads, people[1]))}\n"
        for key, crore, heads in STATES
    ]
    text = INDIA.format(gsdp=gsdp[0], people=people[0])
    return allocate_text(text, "key,gsdp,people\n" + "".join(rows))


def test_amounts_do_not_depend_on_the_units_that_columns_are_declared_in(
    allocate_text: AllocateText,
) -> None:
    """Sentence 24: crore INR or INR, persons or crore persons: the income is INR/person."""
    first, *others = [
        india(allocate_text, gsdp, people)
        for gsdp in (("crore INR", 10**7), ("INR", 1), ("million INR", 10**6))
        for people in (("persons", 1), ("crore persons", 10**7), ("thousand persons", 1000))
    ]
    wanted = {grant: paid(first, grant) for grant in GRANTS}
    # 71,800 crore / 1.518 million = 472,991; 26,000 / 0.61 = 426,230; 300,000 / 28 = 107,143
    assert wanted["rich"] == [100, 100, 0]
    assert wanted["band"] == [200, 200, 200]
    assert wanted["points"] == [100, 100, 27]
    assert exact(first, "logged") == [
        Fraction("13.066831"),
        Fraction("12.962733"),
        Fraction("11.581918"),
    ]
    for other in others:
        assert {grant: paid(other, grant) for grant in GRANTS} == wanted
        for name in ("shown", "rate", "logged"):
            assert exact(other, name) == exact(first, name)


def test_the_unit_that_is_shown_is_the_one_that_is_compared(allocate_text: AllocateText) -> None:
    """Sentence 24: table, explanation and data show INR/person, in the language of the reader."""
    allocation = india(allocate_text, ("crore INR", 10**7), ("crore persons", 10**7))
    assert exact(allocation, "shown")[0] == Fraction(718_000_000_000, 1_518_000)
    said = allocation.explain("a")
    english, chinese = said.text("en"), said.text("zh")
    assert "income = gsdp / people = 472,990.7773 INR/person" in english
    assert "472,990.7773 INR/人" in chinese and "人" not in english
    units = {line["rule"]: line["unit"] for line in said.to_dict("en")["lines"]}
    assert units["gsdp / people"] == "INR/person"


MADE = """
inputs:
  own: {unit: 亿元}
  heads: {unit: 万人}
  growth: {unit: "%"}
  bare: {}
parameters:
  half: 50%
  coupon: {value: 500, unit: 万元/百分点}
  standard: {value: 2, unit: 千元/人}
"""


@pytest.mark.parametrize(
    ("formula", "figure", "unit"),
    [
        ("own / heads", 5000, "元/人"),
        ("own / heads + 1", 5001, "元/人"),
        ("1 + own / heads", 5001, "元/人"),
        ("max(own / heads, 6000)", 6000, "元/人"),
        ("round(own / heads, digits=-4)", 10000, "元/人"),
        ("(own / heads) ^ 0.5 * (own / heads) ^ 0.5 + 1", 5001, "元/人"),
        ("mean(own / heads)", 4500, "元/人"),
        ("heads * standard", 4000, "万元"),
        ("heads * standard + 5", 4005, "万元"),
        ("own / heads + standard", 7, "千元/人"),
        ("own * half", Fraction(1, 2), "亿元"),
        ("own * half + 1", Fraction(3, 2), "亿元"),
        ("own * growth + 1", Fraction(105, 100), "亿元"),
        ("mean(own)", 2, "亿元"),
        ("mean(own) + 1", 3, "亿元"),
        ("mean(own, weights=heads) + 1", Fraction(245, 95) + 1, "亿元"),  # 1 x 2 + 3 x 7.5 of 9.5
        ("std(own) + 1", 2, "亿元"),
        ("coupon * 2%", 1000, "万元"),
        ("own * 2 / heads", Fraction(1), "万元/人"),
        ("own * 2 / heads + 1", Fraction(2), "万元/人"),
        ("own * 2 / own", 2, ""),
        ("own * 2 / own + 1", 3, ""),
        ("mean(growth)", 6, "%"),
    ],
)
def test_a_made_unit_is_one_for_every_reader(
    allocate_text: AllocateText, formula: str, figure: Fraction | int, unit: str
) -> None:
    """Sentence 24: money in the document's unit, others in units of 1; a ratio changes no unit."""
    text = MADE + f'grants: {{aid: {{pool: 1, share: heads}}}}\noutputs: {{o: "{formula}"}}\n'
    allocation = allocate_text(text, "key,own,heads,growth,bare\n a,1,2,5,3\n b,3,7.5,7,4\n")
    (rule,) = allocation.policy.outputs
    shown = messages.said(describe(rule.unit, allocation.policy.money_unit), "zh")
    found = exact(allocation, "o")[0]
    assert (round(found, 20), shown) == (round(Fraction(figure), 20), unit)


def test_a_mere_multiple_is_a_number_that_a_bare_one_adopts(allocate_text: AllocateText) -> None:
    """Sentence 24: 80 crore + 1 is 81 crore; beside money in mere crore the unit is refused."""
    text = """
money: {{currency: INR, unit: {money}}}
parameters: {{g: {{value: 80, unit: crore}}}}
grants: {{aid: {{pool: 1, share: 1}}}}
outputs: {{o: g + 1}}
"""
    table = "key,x\n a,1\n"
    assert exact(allocate_text(text.format(money="crore INR"), table), "o") == [81]
    with pytest.raises(DocumentError) as raised:
        allocate_text(text.format(money="crore"), table)
    (fault,) = raised.value.faults
    assert fault.code == "formula.multiple_of_what"
    assert "crore INR or crore persons" in fault.text("en")


def test_a_multiple_that_was_meant_as_money_is_told(allocate_text: AllocateText) -> None:
    """Sentence 24: thousand alone is a plain number; the message says how to write money."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(
            "money: {currency: GBP, unit: million GBP}\ninputs: {x: {unit: thousand}}\n"
            "grants: {aid: {claim: x}}\n",
            "key,x\n a,1\n",
        )
    (fault,) = raised.value.faults
    assert "'thousand' alone is a plain number; money is thousand GBP" in fault.text("en")
    assert "GBP/person" in fault.text("en") and "GBP/人" in fault.text("zh")


def test_money_that_is_not_understood_is_told_once(allocate_text: AllocateText) -> None:
    """Sentence 24: one fault, with words of the currency; what follows from it is not told."""
    for currency, unit in (("EUR", "Mio Euronen"), ("USD", "million EUR"), ("GBP", "quid")):
        with pytest.raises(DocumentError) as raised:
            allocate_text(
                f"money: {{currency: {currency}, unit: {unit}}}\n"
                f"inputs: {{x: {{unit: {unit}}}}}\n"
                "grants: {a: {claim: x}, b: {claim: 2 * x}, c: {pool: sum(x), share: x}}\n",
                "key,x\n a,1\n",
            )
        (fault,) = raised.value.faults
        assert fault.code == "formula.money_unit"
        assert f"million {currency}" in fault.text("en") and "元" not in fault.text("zh")


def test_the_name_that_makes_a_claim_a_ratio_is_told(allocate_text: AllocateText) -> None:
    """Sentence 24: not the names of the condition: they make no unit."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(
            "inputs: {year: {}, kind: {type: text}}\nparameters: {taper: {x: 50%, y: 20%}}\n"
            'grants: {aid: {claim: "if(year == 2025, 5, taper[kind])"}}\n',
            "key,year,kind\n a,2025,x\n",
        )
    (fault,) = raised.value.faults
    assert fault_codes(raised.value) == ["formula.not_money"]
    assert "taper in the formula is a ratio" in fault.text("en")
    assert "year" not in fault.text("en")


def test_singular_and_plural_are_one_kind(allocate_text: AllocateText) -> None:
    """Sentence 24: GBP/pupil times pupils is GBP; 户 stays a kind of its own."""
    text = """
money: {currency: GBP, unit: GBP}
inputs: {roll: {unit: pupils}}
parameters: {each: {value: 5000, unit: GBP/pupil}}
grants: {aid: {claim: each * roll}}
"""
    assert paid(allocate_text(text, "key,roll\n a,30\n b,2\n")) == [150_000, 10_000]


def test_a_margin_is_shown_in_the_declared_unit(allocate_text: AllocateText) -> None:
    """Sentence 24: a made unit beside a declared one is shown in the declared one."""
    text = """
money: {currency: NOK, unit: million NOK, quantum: 0.001}
inputs: {income: {unit: thousand NOK}, people: {unit: thousand persons}}
parameters: {least: {value: 30, unit: thousand NOK/person}}
grants: {aid: {pool: 1, share: people}}
rules: {enough: income / people >= least, made: income / people >= highest(income / people)}
"""
    allocation = allocate_text(text, "key,income,people\n a,100000,2\n b,60000,3\n")
    enough, made = (rule.compared for rule in allocation.rules)
    assert enough is not None and made is not None
    assert messages.said(enough.distance(), "en") == "10 thousand NOK/person"
    assert messages.said(made.side(made.left), "en") == "20,000 NOK/person"
    assert messages.said(made.side(made.left), "zh") == "20,000 NOK/人"


# -- amounts are the same in any units ---------------------------------------------------------

SCALES = {
    "own": {"元": 1, "万元": 10**4, "亿元": 10**8},
    "cost": {"元": 1, "千元": 10**3, "百万元": 10**6},
    "heads": {"人": 1, "千人": 10**3, "万人": 10**4},
    "area": {"km2": Fraction(1), "公顷": Fraction(1, 100), "m2": Fraction(1, 10**6)},
    "standard": {"元/人": 1, "万元/人": 10**4, "元/千人": Fraction(1, 1000)},
}


def formulas(kind: str, depth: int) -> st.SearchStrategy[str]:
    """Return formulas of a kind: bare numbers stand only beside units that a formula makes."""
    leaves = {
        "money": ["own", "cost", "standard * heads"],
        "head": ["own / heads", "cost / heads", "standard"],
        "ratio": ["30%", "share(heads)", "own / cost", "area / highest(area)"],
    }
    if depth == 0:
        return st.sampled_from(leaves[kind])
    money, head, ratio = (formulas(k, depth - 1) for k in ("money", "head", "ratio"))
    made = st.sampled_from(["own / heads", "cost / heads", "cost / area", "own / (heads * area)"])
    same = {"money": money, "head": head, "ratio": ratio}[kind]
    found = [
        st.sampled_from(leaves[kind]),
        st.builds("({} + {})".format, same, same),
        st.builds("max({}, {})".format, same, same),
        st.builds("{} * ({})".format, same, ratio),
        st.builds("mean({})".format, same),
        st.builds("highest({}, where={} >= {})".format, same, made, st.just("0")),
        st.builds("if({} > {}, {}, {})".format, head, head, same, same),
        st.builds("if({} > {}, {}, {})".format, made, st.sampled_from("12357"), same, same),
        st.builds("mean({}, weights=heads)".format, same),
    ]
    if kind == "money":
        found += [st.builds("({}) * heads".format, head), st.just("round(standard * heads)")]
        found += [st.just("(standard * heads + 3)"), st.just("std(own)")]
    if kind == "head":
        found += [st.builds("({}) / heads".format, money), st.just("(own / heads + 2)")]
        found += [st.just("round(cost / heads)"), st.just("sqrt(own / heads) ^ 2")]
    if kind == "ratio":
        found += [st.builds("({}) / highest(abs({}) + own)".format, money, money)]
        found += [st.just("step(own / heads, ladder) / 100%"), st.just("rank(own / heads) / 200%")]
        found += [st.just("interpolate(cost / heads, line) / 100%"), st.just("minmax(cost / area)")]
    return st.one_of(found)


@st.composite
def declared(draw: st.DrawFn) -> dict[str, str]:
    return {name: draw(st.sampled_from(list(scales))) for name, scales in SCALES.items()}


@given(
    formulas("money", 2),
    formulas("head", 1),
    st.lists(declared(), min_size=2, max_size=2),
    st.lists(st.lists(st.integers(1, 40), min_size=4, max_size=4), min_size=2, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_amounts_are_the_same_in_whatever_units_the_inputs_are_declared(
    claim: str, weight: str, units: list[dict[str, str]], figures: list[list[int]]
) -> None:
    """Sentence 24: figures in other units, scaled accordingly, give the same amounts."""
    found = []
    for unit in units:
        names = list(SCALES)
        scales = {name: Fraction(SCALES[name][unit[name]]) for name in names}
        standard = format_decimal(3 / scales["standard"])
        text = (
            "money: {currency: CNY, unit: 万元}\ninputs:\n"
            + "".join(f"  {name}: {{unit: {unit[name]}}}\n" for name in names[:4])
            + f"parameters:\n  standard: {{value: {standard}, unit: {unit['standard']}}}\n"
            + "  ladder: [{up_to: 3, value: 1}, {below: 5, value: 2}, {value: 3}]\n"
            + "  line: [{at: 0, value: 0}, {at: 3, value: 1}]\n"
            + f"quantities:\n  q: '{weight}'\n"
            + "grants:\n"
            + f"  aid: {{claim: '{claim}'}}\n  shared: {{pool: 1000, share: '{weight}'}}\n"
            + "  named: {pool: 1000, share: q}\n"
        )
        bases = {"own": 10**5, "cost": 10**5, "heads": 10**4, "area": 1}
        rows = [
            ",".join(
                [f"k{number}"]
                + [
                    format_decimal(Fraction(figure) * bases[name] / scales[name])
                    for name, figure in zip(names, row, strict=False)
                ]
            )
            for number, row in enumerate(figures)
        ]
        table = f"key,{','.join(names[:4])}\n" + "\n".join(rows) + "\n"
        with tempfile.TemporaryDirectory() as folder:
            allocation = transfers.allocate(*loaded(written(Path(folder), text, table)))
        found.append({name: column.tolist() for name, column in allocation.amounts.items()})
    assert found[0] == found[1]
    assert found[0]["shared"] == found[0]["named"]
