"""Dates of a list of services: as people write them, by whole years or by months."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transfers
from tests.method.tiny import exact, loaded, written
from transfers import Allocation, DocumentError
from transfers.policy.service_dates import Day, day_of
from transfers.services import completeness

POLICY = """year: 2026
money: {unit: 元}
lists:
  s:
    items:
      a: {price: 12, before: 6START END}
      b: {price: 1, before: 1}
    columns:
      price: {unit: 元/人}
      before: {unit: 元/人}
      start: {type: text}
      end: {type: text}
inputs: {n: {columns: "n_{item}", over: s, unit: 人}, m: {columns: "m_{item}", over: s, unit: 人}}
service_lists:
  c:
    list: s
    from: s.start
    until: end
    part_year: WAY
    price: s.price
    recipients: n
    responsibility: {up: 50%, own: rest}
    last: {price: s.before, recipients: m}
grants: {g: {claim: "c.total + c.total.up + sum(abs(c.growth), over=s)"}}
"""
TABLE = "key,n_a,n_b,m_a,m_b\nx,10,0,7,0\n"


def ran(folder: Path, start: str, end: str, way: str = "months") -> Allocation:
    cells = {"START": f', start: "{start}"', "END": f', end: "{end}"'}
    text = POLICY.replace("WAY", way)
    for word, cell in cells.items():
        text = text.replace(f" {word}" if word == "END" else word, "" if '""' in cell else cell)
    return transfers.allocate(*loaded(written(folder, text, TABLE)))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026", Day(2026)),
        ("2026年", Day(2026)),
        ("2026-07", Day(2026, 7)),
        ("2026-07-01", Day(2026, 7, 1)),
        (" 2026/7/1 ", Day(2026, 7, 1)),
        ("2026年7月1日", Day(2026, 7, 1)),
        ("2026年7月", Day(2026, 7)),
        ("2024-02-29", Day(2024, 2, 29)),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, day: Day) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    "text",
    ["26", "2026.7", "2026-13", "2026-0", "2026-02-29", "2026/7-1", "July 2026", "2026年7", "0000"],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert day_of(text) is None


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-07-01", "", 6),
        ("2026年7月31日", "", 6),
        ("2026", "2026", 12),
        ("2025-11", "2026/3/1", 3),
        ("", "2026-12-31", 12),
        ("2020", "2030-01", 12),
        ("2027-01", "", 0),
        ("", "2025-12-31", 0),
        ("2026-09", "2026-03", 0),
    ],
)
def test_a_part_of_a_year_costs_twelfths(tmp_path: Path, start: str, end: str, months: int) -> None:
    allocation = ran(tmp_path, start, end)
    assert allocation.items("c.months")["a"] == [months]
    assert allocation.items("c.cost")["a"] == [Fraction(12 * 10 * months, 12)]
    assert exact(allocation, "c.total.up") == [Fraction(5 * months)]


@pytest.mark.parametrize(
    ("start", "end", "cost"),
    [("2026-12-31", "", 120), ("", "2026-01-01", 120), ("2027-01-01", "", 0)],
)
def test_by_whole_years_every_year_that_is_touched_counts(
    tmp_path: Path, start: str, end: str, cost: int
) -> None:
    assert ran(tmp_path, start, end, "whole").items("c.cost")["a"] == [cost]


DATES = st.one_of(
    st.just(""),
    st.integers(2024, 2027).map(str),
    st.tuples(st.integers(2024, 2027), st.integers(1, 12)).map(lambda d: f"{d[0]}-{d[1]}"),
)


@given(start=DATES, end=DATES)
@settings(max_examples=25, deadline=None)
def test_what_is_added_is_taken_apart_exactly(
    tmp_path_factory: pytest.TempPathFactory, start: str, end: str
) -> None:
    allocation = ran(tmp_path_factory.mktemp("dates"), start, end)
    parts = [allocation.items(f"c.growth.{part}")["a"][0] for part in PARTS]
    figures = [part for part in parts if isinstance(part, Fraction)]
    assert sum(figures) == allocation.items("c.growth")["a"][0]
    cost, last = (allocation.items(f"c.{name}")["a"][0] for name in ("cost", "last"))
    assert isinstance(cost, Fraction) and isinstance(last, Fraction)
    assert cost - last == sum(figures)


PARTS = ("price", "recipients", "both")


def test_a_cell_that_is_no_date_is_a_fault_at_the_cell(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as wrong:
        ran(tmp_path, "2026.7", "next year")
    assert [fault.code for fault in wrong.value.faults] == ["formula.service_date"] * 2
    assert {fault.place.line for fault in wrong.value.faults} == {8}


@pytest.mark.parametrize(
    ("start", "end", "ended"),
    [
        ("2026-07-02", "2026-07-01", 1),
        ("2026-07", "2026-07-01", 0),
        ("2026-07", "2026", 0),
        ("2026-07", "2026年6月", 1),
    ],
)
def test_what_ends_before_it_begins_is_told(
    tmp_path: Path, start: str, end: str, ended: int
) -> None:
    policy = ran(tmp_path, start, end).policy
    assert len(completeness(policy, "c").ended) == ended


def test_the_story_tells_the_months(tmp_path: Path) -> None:
    text = ran(tmp_path, "2026-07-01", "").explain("x").text("en")
    assert "a: 12 元/人 x 10 人 x 6/12 -> 60 元" in text
