"""The parts of an amount add up to it, exactly and as shown, whatever decided it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import transfers
from transfers.explain.parts import Part, shown_parts

TABLE = """key,name,need,own,people,state,last
a,甲,10.5,3,7,X,20
b,乙,20.25,9,4,X,35
c,丙,0.75,1,9,Y,5
d,丁,33,20,2,Y,50
e,戊,8,2,11,Y,0
"""
INPUTS = "need: , own: , people: , last: {role: prior}, state: {type: text}"
GRANTS = [
    "{pool: 100, share: {factors: {need: 60%, people: 40%}, coefficient: people / own}}",
    "{pool: 120, share: need, floor: last, cap: 1.2 * last + 3}",
    "{pool: 100, share: {formula: need, coefficient: people}}",
    "{pool: 60, share: need, floor: last, if_short: scale}",
    "{claim: need, cap: 15, floor: 2}",
    "{pool: 40, claim: need, floor: 5, if_short: scale}",
    "{pool: 50, claim: need - own * 2, if_short: scale}",
    "{pool: 50, level: {own: own, per: people}, cap: 30}",
    "{pool: 50, level: {own: own, per: people, by: state}}",
    "{pool: 99, share: {factors: {need: 50%, people: 50%}, coefficient: own},"
    " within: {by: state, share: 'if(state == \"X\", 2, 1)'}, floor: 1}",
    "{pool: 100, share: need, eligible: own > 1, fixed: 'if(key == \"d\", 40.5, none)'}",
    "{pool: 100, share: need, rounding: half_up}",
]


def allocated(tmp_path: Path, grant: str) -> transfers.Allocation:
    (tmp_path / "d.csv").write_text(TABLE, "utf-8")
    (tmp_path / "p.yaml").write_text(
        "policy: p\nmoney: {quantum: 0.1}\ndistricts: {file: d.csv, key: key, name: name}\n"
        f"inputs: {{{INPUTS}}}\ngrants:\n  aid: {grant}\n",
        "utf-8",
    )
    policy = transfers.load_policy(tmp_path / "p.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))


@pytest.mark.parametrize("grant", GRANTS)
def test_parts_add_up_to_the_amount(tmp_path: Path, grant: str) -> None:
    allocation = allocated(tmp_path, grant)
    for district, key in enumerate(allocation.keys):
        explanation = allocation.explain(key)
        (portion,) = explanation.portions
        amount = int(allocation.amounts["aid"][district])
        assert sum(part.amount for part in portion.parts) == amount
        for language in ("zh", "en"):
            assert explanation.said(language)[0].startswith(allocation.districts.names[district])
            assert "{" not in explanation.text(language)


@pytest.mark.parametrize("grant", GRANTS)
def test_the_lines_shown_add_up_too(tmp_path: Path, grant: str) -> None:
    allocation = allocated(tmp_path, grant)
    for district, key in enumerate(allocation.keys):
        lines = allocation.explain(key).lines
        shown = [line.figure for line in lines if line.code.startswith("explain.part_")]
        total = sum((figure for figure in shown if isinstance(figure, Fraction)), Fraction(0))
        assert total == allocation.policy.money.in_units(int(allocation.amounts["aid"][district]))


@given(st.lists(st.fractions(max_denominator=1000), min_size=1, max_size=8), st.integers(0, 6))
def test_rounded_parts_keep_their_sum(amounts: list[Fraction], places: int) -> None:
    scale = 10**places
    rest = -(sum(amounts) * scale % 1) / scale
    parts = tuple(Part("x", amount) for amount in [*amounts, rest])
    shown = shown_parts(parts, places)
    assert sum(shown) == sum(part.amount for part in parts)
    for figure, part in zip(shown, parts, strict=True):
        assert abs(figure - part.amount) < Fraction(1, scale)
