"""The grammar: what binds what, which twins are read, and that no text can break the reader."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.good_time import within
from transfers.formula.grammar import FormulaFault, parse
from transfers.formula.nodes import (
    Binary,
    Call,
    Compare,
    Logic,
    Lookup,
    Name,
    Node,
    Nothing,
    Number,
    Text,
    Unary,
)


def spelt(node: Node) -> str:
    """Write a tree with every bracket it has."""
    match node:
        case Number():
            return str(node.value)
        case Name():
            return node.name
        case Text():
            return repr(node.value)
        case Nothing():
            return "none"
        case Unary():
            return f"({node.operator} {spelt(node.operand)})"
        case Binary() | Compare() | Logic():
            return f"({spelt(node.left)} {node.operator} {spelt(node.right)})"
        case Lookup():
            return node.table + "".join(f"[{spelt(index)}]" for index in node.indices)
        case Call():
            options = [f"{name}={spelt(value)}" for name, value in node.options.items()]
            return f"{node.function}({', '.join([*map(spelt, node.arguments), *options])})"
    raise TypeError(node)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + b * c", "(a + (b * c))"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b / c", "((a / b) / c)"),
        ("a / b * c", "((a / b) * c)"),
        ("-a ^ 2", "(- (a ^ 2))"),
        ("a ^ -2", "(a ^ (- 2))"),
        ("(a ^ b) ^ c", "((a ^ b) ^ c)"),
        ("-a * b", "((- a) * b)"),
        ("a * -b", "(a * (- b))"),
        ("- - a", "(- (- a))"),
        ("+a", "a"),
        ("a < b + 1", "(a < (b + 1))"),
        ("a = b", "(a == b)"),
        ("a <> b", "(a != b)"),
        ("not a < b", "(not (a < b))"),
        ("a and not b or c", "((a and (not b)) or c)"),
        ("a or b and c", "(a or (b and c))"),
        ("a AND b", "(a and b)"),
        ("t[a][b + 1]", "t[a][(b + 1)]"),
        ("sum(x, by=city, where=x > 0)", "sum(x, by=city, where=(x > 0))"),
        ("ROUND(x, 2)", "round(x, 2)"),
        ("grant.rate", "grant.rate"),
        ("if(a, none, 'B')", "if(a, none, 'B')"),
        ("人口 * 标准", "(人口 * 标准)"),
        ("true", "(1 == 1)"),
        ("FALSE", "(0 == 1)"),
        ("round(x, to = 5%)", "round(x, to=1/20)"),
    ],
)
def test_operators_bind_as_in_mathematics(text: str, tree: str) -> None:
    assert spelt(parse(text)) == tree


@pytest.mark.parametrize(
    ("wide", "plain"),
    [
        ("（１＋２）×３", "(1+2)*3"),
        ("ａ÷２－１", "a/2-1"),
        ("IF（a≥１，b，c）", "IF(a>=1,b,c)"),
        ("a≤b", "a<=b"),
        ("a≠b", "a!=b"),
        ("a＝＝“A”", 'a=="A"'),
        ("a＜３０％", "a<30%"),
        ("max（a、b）", "max(a,b)"),
        ("t［a］", "t[a]"),
        ("a\u3000+\u00a0b", "a + b"),
    ],
)
def test_full_width_signs_are_read_as_their_plain_twins(wide: str, plain: str) -> None:
    assert spelt(parse(wide)) == spelt(parse(plain))


@pytest.mark.parametrize("text", ["县（市）", "甲，乙", "甲、乙", "１号", "《表》", "—", "a  b"])
@pytest.mark.parametrize("quotes", ['""', "''", "“”", "＂＂"])
def test_a_text_in_quotes_stays_as_it_is_written(text: str, quotes: str) -> None:
    node = parse(f"a == {quotes[0]}{text}{quotes[1]}")
    assert isinstance(node, Compare)
    assert isinstance(node.right, Text)
    assert node.right.value == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", Fraction(1200)),
        ("0.5", Fraction(1, 2)),
        (".5", Fraction(1, 2)),
        ("30%", Fraction(3, 10)),
        ("0.05%", Fraction(1, 2000)),
        ("1.5e3", Fraction(1500)),
        ("1E-2", Fraction(1, 100)),
        ("9" * 60, Fraction(10**60 - 1)),
    ],
)
def test_a_number_is_the_decimal_it_is_written_as(text: str, value: Fraction) -> None:
    node = parse(text)
    assert isinstance(node, Number)
    assert (node.value, node.percent) == (value, text.endswith("%"))


def test_every_part_knows_the_span_it_was_read_from() -> None:
    text = "max(0,  need - revenue) * t[tier]"
    node = parse(text)
    assert isinstance(node, Binary)
    assert text[node.left.start : node.left.end] == "max(0,  need - revenue)"
    assert text[node.right.start : node.right.end] == "t[tier]"
    (_, gap) = node.left.children()
    assert text[gap.start : gap.end] == "need - revenue"


SIGNS = st.sampled_from(
    [
        *"+-*/^()[],<>='\"%.！（），；×÷≤≥≠、“”《》",
        *("==", "<=", "!=", "<>", "**", " and ", " or ", " not ", "none", "true", "sum(", "if("),
        *("by=", "where=", "digits=", "x", "y", "人口", "1", "2.5", "30%", "9^", "1e9", "\n", "\0"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(SIGNS, max_size=30).map("".join)))
@example("9^9^9")
@example("x" * 9000)
@example("(" * 9000)
@example("-" * 9000)
@example("not " * 2000)
@example("1+" * 4000 + "1")
@example("x[" * 4000)
@example("sum(" * 2000)
@example("1" * 9999)
@example("x and " * 1600 + "x")
@example("'" * 9999)
@example("1e99999999")
def test_any_text_is_a_formula_or_a_fault_with_a_place_in_it(text: str) -> None:
    with within(1):
        fault = fault_of(text)
    if fault is not None:
        assert fault.code.startswith("formula.")
        assert 0 <= fault.offset <= len(text)


def fault_of(text: str) -> FormulaFault | None:
    try:
        node = parse(text)
    except FormulaFault as fault:
        return fault
    assert 0 <= node.start < node.end <= len(text)
    return None


NAMES = st.sampled_from(["a", "b", "人口", "g.rate"])


def trees() -> st.SearchStrategy[str]:
    """Return formulas spelt with every bracket, as `spelt` writes them."""
    atoms = st.one_of(NAMES, st.integers(0, 999).map(str))
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/^"), inner).map(lambda t: f"({' '.join(t)})"),
            inner.map(lambda x: f"(- {x})"),
            st.lists(inner, min_size=2, max_size=3).map(lambda xs: f"max({', '.join(xs)})"),
            inner.map(lambda x: f"sum({x}, by=b)"),
            inner.map(lambda x: f"t[{x}]"),
        ),
        max_leaves=12,
    )


@given(trees())
def test_a_formula_with_all_its_brackets_reads_back_as_itself(text: str) -> None:
    assert spelt(parse(text)) == text
