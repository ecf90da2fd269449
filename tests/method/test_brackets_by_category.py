"""Sentence 18: brackets and points by category."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transfers
from tests.formula.tiny_policy import computed, run, table
from tests.method.tiny import AllocateText, exact, fault_codes
from transfers import DocumentError

TAPERS = "t: {local: [{at: 10%, value: 0}, {at: 90%, value: 1}], district: [{at: 0, value: 2}]}"
Lines = list[tuple[int, int]]


def test_each_district_is_read_on_the_points_of_its_own_category() -> None:
    """Sentence 18: 18d, and a category without points is missing."""
    columns = {"p": ["50", "5", "99", "50", ""], "c": ["local", "local", "local", "district", "?"]}
    found = computed("interpolate(p, t[c])", columns, units={"p": "%"}, parameters=TAPERS)
    assert found == ["0.5", "0", "1", "2", "missing"]
    assert computed('interpolate(p, t["local"])', columns, units={"p": "%"}, parameters=TAPERS) == [
        "0.5", "0", "1", "0.5", "missing"
    ]  # fmt: skip


def test_a_number_of_one_category_moves_that_category_alone() -> None:
    """Sentence 18: numbers of brackets by category have paths."""
    text = """policy: tiny
districts: {file: districts.csv, key: code}
inputs: {x: {}, c: {type: text}}
parameters:
  b: {A: [{up_to: 5, value: 1}, {value: 2}], B: [{value: 7}]}
grants: {g: {claim: "step(x, b[c])"}}
"""
    csv_text = table({"x": ["5", "6", "6"], "c": ["A", "A", "B"]})
    moves = [{}, {"parameters.b.A.1.value": "9"}, {"parameters.b.A.0.up_to": "6"}]
    found = [[*map(int, one.amounts["g"])] for one in run(text, csv_text, moves)]
    assert found == [[1, 2, 7], [1, 9, 7], [1, 1, 7]]


def test_items_are_read_on_the_points_of_their_own_key(allocate_text: AllocateText) -> None:
    """Sentence 18: a list column as category."""
    text = """
lists: {s: {items: {a: {w: 1}, b: {w: 1}}, columns: {w: {}}}}
inputs: {n: {columns: "n_{item}", over: s}}
parameters: {f: {a: [{at: 0, value: 0}, {at: 10, value: 1}], b: [{at: 0, value: 2}]}}
quantities: {q: "sum(n * interpolate(n, f[s.key]), over=s)"}
grants: {aid: {claim: 0}}
"""
    assert exact(allocate_text(text, "key,n_a,n_b\n x,5,1\n y,10,3\n"), "q") == [Fraction(9, 2), 16]


FILE = "kind,edge,rate\nroads,10,1\nfire,5,2\nroads,20,3\nfire,,4\n"
OF_FILE = """
inputs: {x: {}, c: {type: text}}
parameters: {t: {file: t.csv, key: kind, up_to: edge, value: rate}}
grants: {aid: {claim: "if(missing(step(x, t[c])), 0, step(x, t[c]))"}}
"""


def test_rows_of_a_file_are_grouped_by_their_category(
    allocate_text: AllocateText, tmp_path: Path
) -> None:
    """Sentence 18: rows of a category need not stand together; only its last edge may be blank."""
    (tmp_path / "t.csv").write_text(FILE, encoding="utf-8")
    csv_text = "key,x,c\n a,10,roads\n b,11,roads\n c,21,roads\n d,6,fire\n e,1,none\n"
    assert [*map(int, allocate_text(OF_FILE, csv_text).amounts["aid"])] == [1, 3, 0, 4, 0]


def test_a_file_out_of_order_is_refused_and_not_sorted(tmp_path: Path) -> None:
    """Sentence 18: its rows may belong to several tables."""
    (tmp_path / "t.csv").write_text(FILE, encoding="utf-8")
    text = OF_FILE.replace("key: kind, ", "").replace("t[c]", "t")
    text = f"policy: p\ndistricts: {{file: d.csv, key: key}}\n{text}"
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as error:
        transfers.load_policy(tmp_path / "policy.yaml")
    assert fault_codes(error.value) == ["formula.file_order"]
    assert str(error.value.faults[0].place) == "t.csv:3"


def on_the_line(x: int, points: Lines) -> Fraction:
    """Interpolate as one reads it off a sheet of paper."""
    if x <= points[0][0]:
        return Fraction(points[0][1])
    for (left, low), (right, high) in pairwise(points):
        if x <= right:
            return low + Fraction((high - low) * (x - left), right - left)
    return Fraction(points[-1][1])


def in_steps(x: int, points: Lines) -> Fraction | None:
    return next((Fraction(value) for edge, value in points if x <= edge), None)


def in_brackets(x: int, points: Lines) -> Fraction:
    """Charge each part of x above 0 at the rate of its bracket."""
    taxed, low = Fraction(0), 0
    for edge, rate in points:
        taxed += rate * max(0, min(x, edge) - low)
        low = edge
    return taxed


LINES = st.lists(st.tuples(st.integers(0, 9), st.integers(-3, 9)), min_size=1, max_size=4).map(
    lambda points: sorted(dict(points).items())
)


@settings(max_examples=60, deadline=None)
@given(
    tables=st.dictionaries(st.sampled_from("ABCDE"), LINES, min_size=1),
    rows=st.lists(st.tuples(st.integers(-1, 11), st.sampled_from("ABCDEF")), min_size=1),
)
def test_the_table_of_a_category_says_what_it_says_alone(
    tables: dict[str, Lines], rows: list[tuple[int, str]]
) -> None:
    """Sentence 18: whatever the other categories have, in any number of them."""
    columns = {"x": [str(x) for x, _ in rows], "c": [c for _, c in rows]}
    for function, word, by_hand in (
        ("interpolate", "at", on_the_line),
        ("step", "up_to", in_steps),
        ("marginal", "up_to", in_brackets),
    ):
        written = ", ".join(
            f"{c}: [{', '.join(f'{{{word}: {e}, value: {v}}}' for e, v in lines)}]"
            for c, lines in tables.items()
        )
        found = computed(f"{function}(x, t[c]) * 2520", columns, parameters=f"t: {{{written}}}")
        wanted = [by_hand(x, tables[c]) if c in tables else None for x, c in rows]
        assert found == ["missing" if value is None else str(int(value * 2520)) for value in wanted]
