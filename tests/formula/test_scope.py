"""Names: what stands above can be used, what stands below is named as such."""

from __future__ import annotations

import pytest

from tests.formula.tiny_policy import run, written
from transfers import DocumentError
from transfers.formula.grammar import parse
from transfers.formula.library import FUNCTIONS, expand, names_in
from transfers.formula.nodes import Call, walk
from transfers.formula.scope import Scope, Symbol

TABLE = "code,x,city\nd1,1,E\nd2,3,W\n"
TOP = "policy: p\ndistricts: {file: districts.csv, key: code}\n"
INPUTS = "inputs: {x: {unit: 万元}, city: {one_of: [E, W]}}\n"


def column(text: str, name: str) -> list[str]:
    (allocation,) = run(TOP + text, TABLE)
    return [written(value) for value in allocation.column(name)]


def codes(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(DocumentError) as caught:
        run(TOP + text, TABLE)
    return [(fault.code, fault.place.line) for fault in caught.value.faults]


def test_sections_may_stand_in_any_order_as_long_as_names_stand_above() -> None:
    text = "parameters: {p: 2}\nquantities: {q: p + 1}\n" + INPUTS + "grants: {g: {claim: q * x}}\n"
    assert column(text, "g") == ["3", "9"]


def test_a_name_of_a_later_section_is_told_where_it_stands() -> None:
    text = INPUTS + "quantities:\n  q: p + 1\nparameters:\n  p: 2\ngrants: {g: {claim: x}}\n"
    assert codes(text) == [("formula.name_below", 5)]


def test_a_later_grant_reads_what_an_earlier_one_paid_and_was_entitled_to() -> None:
    text = INPUTS + (
        "grants:\n  a: {pool: 10, share: x, cap: 7.2}\n  b: {claim: a}\n"
        "outputs:\n  e: a.entitlement\n  r: a.rate\n  c: a.at_cap\n  f: a.at_floor\n"
        "  all: total\n  left: total - a - b\n"
    )
    assert column(text, "a") == ["3", "7"]
    assert column(text, "e") == ["2.8", "7.2"]
    assert column(text, "c") == ["false", "true"]
    assert column(text, "f") == ["false", "false"]
    assert column(text, "b") == ["3", "7"]
    assert column(text, "all") == ["6", "14"]
    assert column(text, "left") == ["0", "0"]


def test_the_name_of_a_stage_means_its_unrounded_figures() -> None:
    text = INPUTS + (
        "quantities:\n  s: {pool: 10, share: x + x}\n  up: s * 3\ngrants: {g: {claim: x}}\n"
    )
    assert column(text, "s") == ["2.5", "7.5"]
    assert column(text, "up") == ["7.5", "22.5"]


def test_a_quantity_may_be_a_text_or_a_statement() -> None:
    text = INPUTS + (
        'quantities:\n  rich: x > 2\n  band: if(rich, "high", "low")\n'
        "  factor: t[band]\n"
        "grants: {g: {claim: x, eligible: rich}}\n"
    )
    text = "parameters: {t: {high: 1, low: 2}}\n" + text
    assert column(text, "band") == ["low", "high"]
    assert column(text, "factor") == ["2", "1"]
    assert column(text, "g") == ["0", "3"]


def test_a_text_that_a_quantity_never_yields_is_found() -> None:
    text = INPUTS + (
        'quantities:\n  band: if(x > 2, "high", "low")\n  odd: band == "hihg"\n'
        "grants: {g: {claim: x}}\n"
    )
    assert codes(text) == [("formula.no_category", 6)]


def test_a_table_that_lacks_a_category_of_its_column_is_found() -> None:
    text = (
        "parameters: {t: {E: 1}}\n"
        + INPUTS
        + "quantities: {q: 't[city]'}\ngrants: {g: {claim: x}}\n"
    )
    assert codes(text) == [("formula.no_entry", 5)]


def test_none_is_a_result_of_bounds_and_of_branches_of_their_if() -> None:
    for key in ("cap", "fixed"):
        text = f'grants:\n  g:\n    pool: 10\n    share: 1\n    {key}: if(city == "E", 2, none)\n'
        assert column(INPUTS + text, "g") == ["2", "8"]
    text = INPUTS + "grants: {g: {pool: 10, share: 1, cap: 1 + none}}\n"
    assert codes(text) == [("formula.none_misplaced", 4)]


def test_a_suggestion_is_a_name_that_is_near() -> None:
    scope = Scope()
    for name in ("population", "revenue", "人口"):
        scope.define(Symbol(name))
    assert scope.suggestion("populaton") == "population"
    assert scope.suggestion("gdp") is None


def test_a_copy_of_a_scope_grows_on_its_own() -> None:
    scope = Scope()
    grown = scope.copy()
    grown.define(Symbol("x"))
    assert scope.find("x") is None


def test_names_are_listed_once_in_reading_order() -> None:
    assert names_in(parse("b + a * b - max(c, a)")) == ["b", "a", "c"]


CALLS = ["abs(x)", "clip(x, 1, 2)", "mean(x, weights=w, by=c)", "count(x > 1)", "count()"]
CALLS += ["share(x, where=x > 1)", "std(x)", "cv(x)", "zscore(x, by=c)", "minmax(x)"]


@pytest.mark.parametrize("text", CALLS)
def test_an_expansion_rests_on_functions_of_the_library_with_options_they_take(text: str) -> None:
    call = parse(text)
    assert isinstance(call, Call)
    expansion = expand(call)
    assert expansion is not None
    for part in walk(expansion):
        if isinstance(part, Call):
            function = FUNCTIONS[part.function]
            assert part.options.keys() <= function.options
            assert function.least <= len(part.arguments) <= function.most


def test_functions_without_an_expansion_are_primitive() -> None:
    assert expand(parse("sum(x)")) is None  # type: ignore[arg-type]
    assert expand(parse("if(x > 1, 1, 2)")) is None  # type: ignore[arg-type]
