"""What a policy promises about its amounts: names, texts, and the keys that say so."""

from __future__ import annotations

from datetime import date

import pytest

from transfers import messages
from transfers.documents.json_schema import policy_schema
from transfers.documents.load import check_document
from transfers.documents.models import PolicyDocument
from transfers.documents.promises import PROMISES
from transfers.documents.yaml_source import scan
from transfers.errors import DocumentError


def test_every_promise_with_a_name_has_a_title_and_says_what_it_means() -> None:
    named = [code for name in PROMISES for code in (f"promises.{name}", f"promises.{name}_says")]
    texts = messages.family("promises")
    assert [code for code in texts if code in named] == named, "in the same order"
    for name in PROMISES:
        for title, says in zip(
            texts[f"promises.{name}"], texts[f"promises.{name}_says"], strict=True
        ):
            assert 0 < len(title) <= 40
            assert says.endswith(("。", ".")), name


TOP = """\
policy: p
districts: {file: d.csv, key: code}
inputs: {need: {}, last_year: {role: prior}}
grants: {aid: {pool: 100, share: need}}
"""


def read(text: str) -> PolicyDocument:
    return check_document(*scan(TOP + text, "p.yaml")).model


def faults(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        check_document(*scan(TOP + text, "p.yaml"))
    return [f"{fault.place.path}: {fault.code}" for fault in caught.value.faults]


@pytest.mark.parametrize(
    "written",
    [
        "[currency, entry]",
        "{currency: {}, entry: {}}",
        "{currency, entry}",
        "\n  currency:\n  entry:",
        "\n- currency\n- entry",
    ],
)
def test_a_list_of_names_is_short_for_names_of_which_nothing_more_is_said(written: str) -> None:
    found = read(f"promises: {written}\n").promises
    assert found == read("promises: {currency: {}, entry: {}}\n").promises
    assert list(found) == ["currency", "entry"]
    assert found["currency"].tolerance is found["currency"].that is None


@pytest.mark.parametrize("written", ["", "{}", "[]"])
def test_a_policy_may_promise_nothing(written: str) -> None:
    assert read(f"promises: {written}\nwaive:\nnext:\n").promises == {}


def test_a_statement_of_its_own_is_written_as_a_rule_is() -> None:
    short = read("promises: {enough: aid >= 0.5 * need}\n").promises["enough"]
    spelt = "{that: aid >= 0.5 * need, applies: need > 0, title: 不低于一半, source: 第三条}"
    long = read(f"promises: {{enough: {spelt}}}\n").promises["enough"]
    assert (short.that, short.applies, short.title) == ("aid >= 0.5 * need", None, None)
    assert (long.that, long.applies) == ("aid >= 0.5 * need", "need > 0")
    assert (long.title, long.source) == ("不低于一半", "第三条")


def test_a_waiver_has_a_reason_and_perhaps_a_last_day() -> None:
    found = read("waive: {entry: 纪要 3 号, currency: {reason: r, until: 2028-02-29}}\n").waive
    assert (found["entry"].reason, found["entry"].until) == ("纪要 3 号", None)
    assert (found["currency"].reason, found["currency"].until) == ("r", date(2028, 2, 29))


@pytest.mark.parametrize(
    "until",
    ["2027-2-1", "2027-02-29", "20270201", "2027-W01-1", "2027/02/01", "２０２７-02-01", "明年"],
)
def test_a_day_is_written_in_one_way(until: str) -> None:
    assert faults(f"waive: {{entry: {{reason: r, until: '{until}'}}}}\n") == [
        "waive.entry.until: document.not_a_date"
    ]


@pytest.mark.parametrize("reason", ["''", "'  '", '"\\u3000"'])
def test_a_reason_says_something(reason: str) -> None:
    (told,) = faults(f"waive: {{entry: {{reason: {reason}, until: 2027-12-31}}}}\n")
    assert told == "waive.entry.reason: document.empty_text"


def test_a_promise_may_be_called_as_an_input_or_a_grant_is() -> None:
    text = "promises: {need: need > 0, aid: aid >= 0}\nquantities: {performance: need}\n"
    assert list(read(text + "waive: {performance: r}\n").promises) == ["need", "aid"]


@pytest.mark.parametrize("called", ["收支平衡", "收支平恒", "Balance", "balanse"])
def test_who_calls_a_promise_by_its_title_is_told_its_name(called: str) -> None:
    for section in (f"promises: [{called}]\n", f"waive: {{{called}: 理由}}\n"):
        with pytest.raises(DocumentError) as caught:
            check_document(*scan(TOP + section, "p.yaml"))
        (fault,) = caught.value.faults
        assert fault.values["near"] == "balance"


def test_all_that_is_wrong_with_promises_is_told_at_once() -> None:
    text = (
        "promises: {currensy: {}, entry: aid > 0, half: {that: aid > 0, tolerance: 1}}\n"
        "waive: {halv: r, currency: {reason: '', until: soon}}\n"
        "next: {ned: aid}\n"
    )
    assert faults(text) == [
        "promises.currensy: document.promise_unknown_near",
        "promises.entry: document.promise_built_in",
        "promises.half.tolerance: document.promise_key_of_built_in",
        "waive.halv: document.waive_unknown_near",
        "waive.currency.reason: document.empty_text",
        "waive.currency.until: document.not_a_date",
        "next.ned: document.next_unknown_near",
    ]


def test_an_editor_knows_every_promise_and_what_it_says() -> None:
    section, names = policy_schema("en")["properties"]["promises"]["anyOf"]
    assert list(section["properties"]) == list(PROMISES)
    texts = messages.family("promises")
    for name, promise in section["properties"].items():
        assert promise["description"] == texts[f"promises.{name}_says"][1]
    assert names["items"] == {"$ref": "#/definitions/built_in_promise"}
