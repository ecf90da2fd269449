"""Documents that once broke the program, or were told in words that nobody could use."""

from __future__ import annotations

import pytest

from transfers.documents.load import check_document
from transfers.documents.model_lists import ItemTable
from transfers.documents.models import Input
from transfers.documents.yaml_source import scan
from transfers.errors import DocumentError, Fault, Place
from transfers.policy.policy import policy_from_text

TOP = "policy: p\ndistricts: {file: d.csv, key: code}\n"
GRANTS = "grants:\n  g: {pool: 100, share: population}\n"


@pytest.mark.parametrize("text", ["null", "[a, b]", "policy"])
@pytest.mark.parametrize("path", ["note", "0", "grants.g"])
def test_a_change_to_what_is_no_policy_is_refused_as_no_policy(text: str, path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        policy_from_text(text, "p.yaml", {path: "1"})
    assert [fault.code for fault in caught.value.faults] == ["document.not_a_policy"]


@pytest.mark.parametrize("edge", ["up_to: ", "p_to: edge", "note: x"])
def test_a_table_from_a_file_without_its_edge_is_told_and_nothing_else_breaks(edge: str) -> None:
    text = TOP + GRANTS + f"parameters: {{r: {{file: t.csv, {edge}, value: b}}}}\n"
    with pytest.raises(DocumentError) as caught:
        policy_from_text(text, "p.yaml", {})
    codes = {fault.code for fault in caught.value.faults}
    assert codes & {"document.file_edge", "document.empty_value"}


def test_a_quantum_of_zero_is_told_beside_the_faults_of_formulas() -> None:
    grants = "grants:\n  g: {claim: y, rounding: {quantum: 10}}\n"
    with pytest.raises(DocumentError) as caught:
        policy_from_text(TOP + "money: {quantum: 0}\n" + grants, "p.yaml", {})
    codes = [fault.code for fault in caught.value.faults]
    assert codes == ["document.quantum_not_positive", "formula.unknown_name"]


def test_an_alias_in_place_of_a_key_is_told_as_an_alias() -> None:
    with pytest.raises(DocumentError) as caught:
        check_document(*scan(TOP + GRANTS + "inputs:\n  *a: x\n  1: y\n", "p.yaml"))
    told = [(fault.code, fault.place.line) for fault in caught.value.faults]
    assert told[:2] == [("document.alias", 6), ("document.name", 7)]


def test_a_place_never_lies_behind_the_end_of_its_line() -> None:
    text = TOP + GRANTS + "outputs:\n  o: |+9\n\n  p: 1\n"
    with pytest.raises(DocumentError) as caught:
        policy_from_text(text, "p.yaml", {})
    (place,) = [f.place for f in caught.value.faults if f.code == "formula.empty"]
    assert (place.line, place.column) == (7, 1)


def test_the_name_of_a_file_is_printed_so_that_no_terminal_obeys_it() -> None:
    assert str(Place("\x1b[31m\udcff.yaml", 2)) == "U+001B[31mU+DCFF.yaml:2"


def test_words_from_a_file_stand_on_one_line_and_can_be_seen() -> None:
    words = {"file": "f\n", "column": "a\u3000", "columns": ("\xadc", "d")}
    fault = Fault("table.no_column", values=words)
    assert fault.text("zh").isprintable()
    long = Fault(
        "formula.money_unit", values={"text": "元" * 9_000, "currency": "CNY", "words": "元"}
    )
    assert len(long.text("zh")) < 500
    assert "U+3000" in fault.text("en") and "U+00AD" in fault.text("en")


def test_one_slip_is_told_once() -> None:
    def codes(text: str) -> list[str]:
        with pytest.raises(DocumentError) as caught:
            policy_from_text(TOP + text, "p.yaml", {})
        return [fault.code for fault in caught.value.faults]

    grants = "grants:\n  g: {pool: remainder, share: {factors: {x: 100%}}}\n"
    assert codes("inputs: {x: {}}\nbudget: {amount: !!int 5}\n" + grants) == ["document.tag"]
    assert codes("inputs: {x: {role: 人口}}\nbudget: 5\n" + grants) == ["document.not_one_of"]
    twice = "inputs: {x: {}}\nparameters: {x: 5}\nbudget: 5\n"
    assert codes(twice + grants) == ["document.name_taken"]
    steps = "inputs: {x: {}}\nparameters: {s: [{upto: 1, value: 2}]}\nbudget: 5\n"
    assert codes(steps + grants) == ["document.unknown_key_near"]


ODD = ("", "null", "''", "x", "[]", "{}", "[1]", "[[1]]", "{a: 1}", "{a: {b: 1}}", "[{a: 1}]", "0")


@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_behind_a_key_of_a_list_is_read_or_told(odd: str) -> None:
    whole = {
        "lists.s": {"file": "s.csv", "key": "k"},
        "lists.t": {"items": "{a: {n: 1}}", "columns": "{n: }"},
        "inputs.x": {"over": "t", "columns": "'x_{item}'"},
        "inputs.y": {"over": "t", "district": "d", "item": "i"},
    }
    keys = [(where, key) for where in whole for key in (*ItemTable.keys, *Input.keys)]
    for where, key in keys:
        text = TOP + GRANTS
        for entry, values in whole.items():
            pairs = {**values, key: odd} if entry == where else values
            section, _, name = entry.partition(".")
            text += f"{section}:\n" * (f"{section}:\n" not in text)
            text += f"  {name}:\n" + "".join(f"    {k}: {v}\n" for k, v in pairs.items())
        with pytest.raises(DocumentError) as caught:
            policy_from_text(text, "p.yaml", {})
        assert all(fault.text("zh") and fault.text("en") for fault in caught.value.faults)
