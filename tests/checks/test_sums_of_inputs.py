"""A figure moves with the sum it is a part of, and a sum with one of its parts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from checks.promises import check_promise
from checks.promises.together import moved_cells
from checks.subject import Subject
from checks.table import Table
from transfers import Policy, load_policy

_INPUTS = """\
policy: made
districts: {file: districts.csv, key: code}
inputs:
  old: {min: 0, unit: 万元%s}
  young: {min: 0, max: 10, unit: 万元}
  people: {min: 0, unit: 万元, sum_of: [old, young]%s}
"""


def policy(folder: Path, part: str, whole: str, rules: str) -> Policy:
    file = folder / "policy.yaml"
    file.write_text(_INPUTS % (part, whole) + rules, encoding="utf-8")
    return load_policy(file)


def table(old: tuple[int, ...], young: tuple[int, ...]) -> Table:
    people = tuple(map(sum, zip(old, young, strict=True)))
    columns = {"old": old, "young": young, "people": people}
    exact = {name: tuple(map(Fraction, column)) for name, column in columns.items()}
    return Table(tuple(f"d{n + 1}" for n in range(len(old))), dict(exact))


_LESS = "grants:\n  aid: {claim: '1000 - 10 * %s'}\n"
_JUMP = "grants:\n  aid: {claim: 'if(%s > 5, 1000, 100)'}\n"


@pytest.mark.parametrize(
    ("part", "whole", "read"),
    [(", role: need", "", "people"), ("", ", role: need", "old"), (", role: need", "", "old")],
)
@pytest.mark.parametrize("name", ["own_need_monotonicity", "order_preservation"])
def test_more_need_is_found_to_be_paid_less_by_way_of_sum_or_part(
    tmp_path: Path, name: str, part: str, whole: str, read: str
) -> None:
    made = policy(tmp_path, part, whole, _LESS % read)
    found = check_promise(name, made, table((5, 7), (2, 2)))
    assert found.broken is not None


@pytest.mark.parametrize("name", ["own_need_monotonicity", "order_preservation"])
def test_a_need_and_its_sum_that_cancel_out_keep_the_promise(tmp_path: Path, name: str) -> None:
    """What is paid for `people - old` is paid for the young, and no old one changes that."""
    rules = "grants:\n  aid: {claim: '1000 * (people - old)'}\n"
    made = policy(tmp_path, ", role: need", "", rules)
    found = check_promise(name, made, table((5, 7), (2, 2)))
    assert (found.count > 0, found.broken) == (True, None)


def test_a_cliff_of_a_difference_that_no_figure_moves_is_none(tmp_path: Path) -> None:
    """`people - old - young` is 0 on every table that adds up."""
    made = policy(tmp_path, "", "", _JUMP % "5.5 + people - old - young")
    found = check_promise("continuity", made, table((5, 7), (2, 2)))
    assert (found.count > 0, found.broken) == (True, None)
    made = policy(tmp_path, "", "", _JUMP % "people")
    assert check_promise("continuity", made, table((3, 7), (2, 2))).broken is not None


def test_what_may_not_move_likewise_is_not_moved(tmp_path: Path) -> None:
    made = policy(tmp_path, "", "", _LESS % "people")
    districts = table((0, 7), (10, 2))
    subject = Subject(made, districts)
    place = ("people", 0, 0)
    assert moved_cells(subject, districts, place, Fraction(11)) == {
        place: Fraction(11),
        ("old", 0, 0): Fraction(1),
    }
    assert moved_cells(subject, table((0, 7), (0, 2)), place, Fraction(-1)) is None
