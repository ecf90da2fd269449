"""A character inside a formula is found in the file, however YAML wraps the formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.documents.overrides import apply_override
from transfers.documents.yaml_source import Source, scan

FORMULA = "甲 + max(0, b)"

WRAPPED = {
    "plain": f"a: {FORMULA}\n",
    "single": f"a:   '{FORMULA}'\n",
    "double": f'k: 1\na: "{FORMULA}"  # x\n',
    "single with quotes": "a: 'it''s ''甲'' + b'\n",
    "double with escapes": 'a: "\\t\\u7532 \\"x\\" + b"\n',
    "plain over lines": "a: 甲 +\n   max(0,\n\n   b)\nc: 1\n",
    "single over lines": "a: '甲 +  \n   max(0,\n   b)'\n",
    "double over lines": 'a: "甲 + \\\n   max(0,\n   b)"\n',
    "literal": "a: |\n  甲 +\n    max(0,\n\n  b)\nc: 1\n",
    "literal, comment": "a: |-  # why\n\n  甲 + b\n",
    "folded": "a: >\n  甲 +\n  max(0,\n\n  b)\n",
    "in a list": f"a: ['{FORMULA}']\n",
}


def pointed_at(source: Source, path: tuple[str | int, ...], offset: int) -> str:
    place = source.value_place(path, offset)
    assert place.line is not None and place.column is not None
    return source.text.splitlines()[place.line - 1][place.column - 1 :]


@pytest.mark.parametrize("text", WRAPPED.values(), ids=WRAPPED.keys())
def test_every_letter_of_a_formula_is_found_where_it_stands(text: str) -> None:
    source, faults = scan(text, "p.yaml")
    assert not faults
    path: tuple[str | int, ...] = ("a",)
    value = source.data["a"]
    if isinstance(value, list):
        path, value = ("a", 0), value[0]
    letters = [(n, c) for n, c in enumerate(value) if not c.isspace() and c != "'"]
    assert letters
    for offset, letter in letters:
        found = pointed_at(source, path, offset)
        assert found.startswith((letter, "\\u7532", '\\"')), (offset, letter, found)


@given(
    st.text(alphabet="ab甲()+*' \"\\", min_size=1, max_size=30).map(str.strip).filter(bool),
    st.sampled_from(["single", "double"]),
    st.integers(0, 5),
)
def test_a_quoted_formula_on_one_line_is_found_exactly(value: str, style: str, indent: int) -> None:
    if style == "single":
        quoted, escaped = "'" + value.replace("'", "''") + "'", {"'": "''"}
    else:
        quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        escaped = {"\\": "\\\\", '"': '\\"'}
    source, _ = scan(f"a: {' ' * indent}{quoted}\n", "p.yaml")
    assert source.data["a"] == value
    for offset, letter in enumerate(value):
        assert pointed_at(source, ("a",), offset).startswith(escaped.get(letter, letter))


def test_the_end_of_a_formula_has_a_place_too() -> None:
    source, _ = scan("a: x + \n", "p.yaml")
    assert source.value_place(("a",), 3).column == 7


def test_a_changed_value_is_placed_at_the_option_that_changed_it() -> None:
    source, _ = scan("grants: {g: {claim: x}}\n", "p.yaml")
    changed = apply_override(source, "grants.g.claim", "y + ")
    assert str(changed.value_place(("grants", "g", "claim"), 3)) == "--set grants.g.claim"
