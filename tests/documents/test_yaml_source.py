"""YAML is read as written: text stays text, and every value and key keeps its place."""

from __future__ import annotations

import pytest
import yaml  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.good_time import within
from transfers.documents import yaml_source
from transfers.documents.load import check_document
from transfers.documents.overrides import apply_override
from transfers.documents.yaml_source import Source, scan
from transfers.documents.yaml_tree import Mark, shown
from transfers.errors import DocumentError

SMALL = "policy: p\ndistricts: {file: d.csv, key: code}\ngrants:\n  g: {claim: x}\n"


def read(text: str) -> Source:
    source, faults = scan(text, "p.yaml")
    assert faults == []
    return source


@pytest.mark.parametrize(
    "written",
    ["NO", "0101", "1:30", "25%", "1e5", "2024-01-01", "true", ".inf", "0x1F", "=", "1_0"],
)
def test_a_plain_scalar_stays_the_text_as_written(written: str) -> None:
    assert read(f"a: {written}\n").data == {"a": written}


@pytest.mark.parametrize("written", ["null", "~", ""])
def test_null_tilde_and_nothing_are_none(written: str) -> None:
    assert read(f"a: {written}\n").data == {"a": None}


@pytest.mark.parametrize("written", ["'null'", '"~"', "''"])
def test_quotes_make_a_text_of_anything(written: str) -> None:
    assert read(f"a: {written}\n").data == {"a": written[1:-1]}


def test_keys_stay_text_and_keep_their_order() -> None:
    assert list(read("0101: a\nNO: b\nnull: c\n").data) == ["0101", "NO", "null"]


def test_every_value_and_key_keeps_its_mark() -> None:
    source = read("甲:\n  乙: '丙'\n  丁: [x, {y: z}]\n")
    assert source.marks["甲", "乙"] == Mark(2, 6, "single")
    assert source.key_marks["甲", "乙"] == Mark(2, 3, "plain")
    assert source.marks["甲", "丁"] == Mark(3, 6, "flow")
    assert source.marks["甲", "丁", 1, "y"] == Mark(3, 14, "plain")
    assert source.marks["甲",] == Mark(2, 3, "block")
    assert str(source.place(("甲", "丁"))) == "p.yaml:3:3 甲.丁"


def test_a_path_of_the_long_form_is_found_where_the_short_form_stands() -> None:
    source = read("grants:\n  g:\n    share: population\n")
    place = source.value_place(("grants", "g", "share", "formula"), 3)
    assert (place.line, place.column, place.path) == (3, 15, "grants.g.share")


def test_what_is_not_written_is_placed_at_what_stands_around_it() -> None:
    source = read("grants:\n  g:\n    share: population\n")
    assert str(source.place(("grants", "g", "cap"))) == "p.yaml:2:3 grants.g"


def test_a_formula_broken_by_commas_is_put_together_again() -> None:
    _, faults = scan("a: {b: max(0, x), c: 1, d: if(x > 0, max(1, y), (z)) / 2, e: f(1)}\n", "p")
    formulas = [fault.values["formula"] for fault in faults]
    assert formulas == ['"max(0, x)"', '"if(x > 0, max(1, y), (z)) / 2"']


def test_formulas_in_a_list_break_as_well() -> None:
    _, faults = scan("a: [max(0, x), f(1), 'max(0, 1)']\n", "p")
    assert [fault.values["formula"] for fault in faults] == ['"max(0, x)"']


def test_two_broken_formulas_with_the_same_end_are_no_duplicate_keys() -> None:
    _, faults = scan("a: {b: max(0, x), c: max(1, x)}\n", "p")
    assert [fault.code for fault in faults] == ["document.formula_split"] * 2


def test_brackets_that_balance_are_left_alone() -> None:
    assert read("a: {b: (1 + x) * 2, c: '(', d: }\n").data["a"]["b"] == "(1 + x) * 2"


def test_twenty_levels_are_read_and_one_more_is_not() -> None:
    assert read("[" * 20 + "]" * 20 + "\n")
    with pytest.raises(DocumentError, match="20"):
        scan("[" * 21 + "]" * 21 + "\n", "p")


def test_the_parser_in_python_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [SMALL, "a: {c: t[x]}", "a: 'x", "a:\n\t- x", "a: b: c", "a: 1\nb\nc: 2", 'a: "\\q"']
    texts += ["a: @x", "a: {b: 1\nc: 2", 'a: "b" c', "a:\n  b: 1\n c: 2", 'a: "\\ud800"', "a: *x"]
    texts += ['a: "\\U99999999"', "a: [1, 2", "k: &x !!int 1\nk: {<<: 1}"]

    def told(text: str) -> object:
        try:
            source, faults = scan(text, "p")
        except DocumentError as error:
            return [fault.code for fault in error.faults]
        return source.data, [(fault.code, fault.place) for fault in faults]

    in_c = [told(text) for text in texts]
    monkeypatch.setattr(yaml_source, "_loader", lambda: yaml.SafeLoader)
    in_python = [told(text) for text in texts]
    assert in_python[:11] == in_c[:11] and in_python[12:13] == in_c[12:13]
    assert in_python[11] == ({"a": ""}, in_python[11][1])  # type: ignore[index]
    assert in_python[14:] == in_c[14:]


def only_document_errors(text: str) -> None:
    try:
        check_document(*scan(text, "p.yaml"))
    except DocumentError as error:
        for fault in error.faults:
            assert fault.text("zh") and fault.text("en")


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_as_a_document(text: str) -> None:
    only_document_errors(text)


PIECES = [
    *("policy", "districts", "grants", "g", "share", "factors", "parameters", "r", "inputs", "x"),
    *(
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "(",
        ")",
        "'",
        '"',
        "- ",
        "? ",
        "|\n",
    ),
    *("&a", "*a", "!!x", "<<", "#", "%", "@", "\t", "null", "~", "25%", "1e5", "：", "甲", "---\n"),
    *("value", "file", "solve", "within", "quantities", "formula", "level", "rounding", "to_most"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=500, deadline=None)
def test_any_arrangement_of_yaml_signs_is_read_or_refused(text: str) -> None:
    only_document_errors(text)


TREES = st.recursive(
    st.one_of(st.none(), st.sampled_from(["x", "1", "25%", "webster", "to_most", "", "scale"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "pool",
                    "share",
                    "factors",
                    "claim",
                    "level",
                    "own",
                    "per",
                    "by",
                    "floor",
                    "cap",
                    "fixed",
                    "if_short",
                    "rounding",
                    "rule",
                    "quantum",
                    "to_most",
                    "value",
                    "file",
                    "up_to",
                    "at",
                    "below",
                    "min",
                    "max",
                    "title",
                    "unit",
                    "formula",
                    "g",
                    "r",
                    "x",
                ]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)
SECTIONS = [
    "money",
    "districts",
    "inputs",
    "parameters",
    "quantities",
    "budget",
    "grants",
    "outputs",
    "rules",
    "solve",
    "year",
]


@given(st.dictionaries(st.sampled_from(["policy", "title", *SECTIONS]), TREES))
@settings(max_examples=500, deadline=None)
def test_any_tree_under_the_known_keys_is_read_or_refused(tree: object) -> None:
    only_document_errors(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))


@given(st.text(max_size=30), st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_change_is_made_or_refused(path: str, text: str) -> None:
    source = read(SMALL)
    for where in (path, "grants.g.cap", "grants.g", "districts"):
        try:
            check_document(apply_override(source, where, text), [])
        except DocumentError as error:
            refused = error
        else:
            continue
        assert refused.lines("zh") and refused.lines("en")


HOSTILE = {
    "a number of a million digits": SMALL + f"parameters: {{r: {'9' * 10**6}}}\n",
    "a key of a million digits": SMALL + f"? {'9' * 10**6}\n: 1\n",
    "an alias bomb": "a: &a [x, x]\n"
    + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(24)
    ),
    "lists nested 5,000 deep": "a: " + "[" * 5000,
    "mappings nested 5,000 deep": "a: " + "{a: " * 5000 + "}" * 5000,
    "lines nested 1,000 deep": "".join(" " * n + "a:\n" for n in range(1000)),
    "keys of keys": "? " * 10**5,
    "100,000 anchors": "".join(f"k{n}: &a{n} 1\n" for n in range(10**5)),
    "100,000 open brackets": "a: {x: " + "(" * 1000 + ", a" * 10**5 + "}",
    "20,000 unknown keys": SMALL + "".join(f"k{n}: {n}\n" for n in range(20_000)),
    "an exponent of eight nines": SMALL + "parameters: {r: 1e99999999}\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_document_is_refused_soon_and_shortly(text: str) -> None:
    with within(5), pytest.raises(DocumentError) as caught:
        check_document(*scan(text, "p.yaml"))
    assert all(len(fault.text("zh")) < 1_500 for fault in caught.value.faults)
    assert len(caught.value.faults) <= 101


def test_what_a_message_quotes_is_one_short_line() -> None:
    assert shown("a\n  b") == "a b"
    assert shown("x" * 500) == "x" * 79 + "…"
    assert shown("a\x01b") == "aU+0001b"
