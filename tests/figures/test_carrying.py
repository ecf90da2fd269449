"""Columns that the following year begins with are those of exact figures, one by one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import transfers
from transfers.arithmetic.decimals import Decimals
from transfers.districts.columns import BooleanColumn, NumberColumn, TextColumn
from transfers.figures.membership import Members, Merge, with_members
from transfers.readout import next_column

POLICY = """\
policy: small
money: {unit: 万元, quantum: 1}
districts: {file: t.csv, key: code}
lists:
  services: {items: [care, culture]}
inputs:
  people: {unit: 人, min: 0}
  last: {unit: 万元}
  mark: {}
  town: {type: text}
  fine: {type: yes_no}
  each: {over: services, columns: "{item}", unit: 人}
budget: 100
grants: {aid: {pool: 90, share: people}}
next:
  people: people * 1.0370
  last: aid
  mark: mark / 3
  town: if(mark > 1, "big", town)
  fine: mark > 1
  each: each * 1.5
"""

TABLE = """\
code,people,last,mark,town,fine,care,culture
a,10,1,1,x,yes,1,2
b,20,2,,y,no,3,
c,30,3,2,,yes,5,6
"""


@pytest.fixture
def allocation(tmp_path: Path) -> transfers.Allocation:
    (tmp_path / "p.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def column(allocation: transfers.Allocation, name: str) -> object:
    rule = next(rule for rule in allocation.policy.next if rule.name == name)
    return next_column(allocation.block, allocation.scenario, rule)


def test_decimals_stay_decimals_with_as_few_places_as_they_need(
    allocation: transfers.Allocation,
) -> None:
    found = column(allocation, "people")
    assert isinstance(found, NumberColumn) and found.decimals is not None
    assert (found.decimals.mantissas.tolist(), found.decimals.places) == ([1037, 2074, 3111], 2)
    assert allocation.next_year("people") == [Fraction(n, 100) for n in (1037, 2074, 3111)]


def test_fractions_missing_figures_texts_and_truths_are_carried_too(
    allocation: transfers.Allocation,
) -> None:
    third = column(allocation, "mark")
    assert isinstance(third, NumberColumn)
    assert third.fractions() == [Fraction(1, 3), None, Fraction(2, 3)]
    each = column(allocation, "each")
    assert isinstance(each, NumberColumn) and each.decimals is not None
    assert each.fractions() == [Fraction(n, 2) for n in (3, 9, 15, 6)] + [None, Fraction(9)]
    assert each.decimals.mantissas[4] == 0, "0 where missing"
    assert isinstance(column(allocation, "town"), TextColumn)
    assert allocation.next_year("town") == ["x", None, "big"]
    assert isinstance(column(allocation, "fine"), BooleanColumn)
    assert allocation.next_year("fine") == [False, None, True]


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1), st.integers(0, 12))
def test_as_few_places_as_needed_are_the_same_figures(whole: list[int], places: int) -> None:
    decimals = Decimals(np.array(whole, dtype=np.int64), places)
    assert decimals.shortest().fractions() == decimals.fractions()
    assert decimals.shortest().places == Decimals.from_fractions(decimals.fractions()).places  # type: ignore[union-attr]


def test_a_sum_that_leaves_whole_numbers_of_the_machine_is_that_of_fractions(
    tmp_path: Path,
) -> None:
    (tmp_path / "p.yaml").write_text(POLICY, encoding="utf-8")
    text = TABLE.replace("a,10,", "a,9000000000000000000,").replace("b,20", "b,8000000000000000000")
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    table = transfers.load_districts(None, policy)
    merge = Merge(("a", "b"), given={"mark": "1", "town": "x", "fine": "yes"})
    made = with_members(policy, table, Members({"a": merge}))
    people, each = made.columns["people"], made.columns["each"]
    assert isinstance(people, NumberColumn) and isinstance(each, NumberColumn)
    assert people.fractions() == [17 * 10**18, 30]
    assert each.fractions() == [4, 5, None, 6]
