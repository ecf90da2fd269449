"""What services that run checks are told: JSON, JUnit, SARIF, annotations of GitHub."""

from __future__ import annotations

import json
import os
import re
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from checks.answer import Answer, Checked
from checks.report import Waived
from checks.reports.formats import FORMATS, encoded, format_of_file
from checks.reports.plain import number
from checks.reports.sarif import uri
from tests.checks import made_reports as made
from tests.checks.sarif_structure import SARIF, official
from transfers import DocumentError, Fault, Place
from transfers.messages import Phrase

MACHINES = ("json", "junit", "sarif", "github")


def everything() -> Answer:
    """Return an answer with all there can be: sound, unsound, told only, and a faulty document."""
    told = made.report(made.verdict("balance"), made.broken(gates=False))
    reports = (made.sound(), made.unsound(replay=".transfers/counterexamples/x"), told)
    return made.answer(*reports, faults={"policies/bad.yaml": [made.fault()]})


def data(answer: Answer, language: str = "en") -> Any:
    return json.loads(encoded(answer, "json", language))


def suites(answer: Answer, language: str = "en") -> ElementTree.Element:
    return ElementTree.fromstring(encoded(answer, "junit", language))


def sarif(answer: Answer, language: str = "en") -> Any:
    return json.loads(encoded(answer, "sarif", language))["runs"][0]


def annotations(answer: Answer, language: str = "en") -> list[str]:
    return encoded(answer, "github", language).decode().splitlines()


# -- all of them -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: str, language: str) -> None:
    assert encoded(everything(), name, language) == encoded(everything(), name, language)


@pytest.mark.parametrize("name", FORMATS)
def test_no_output_names_a_folder_of_the_machine_or_a_time(name: str) -> None:
    text = encoded(everything(), name, "en").decode()
    assert os.getcwd() not in text and "/home" not in text
    assert not re.search(r"20\d\d-\d\d-\d\dT", text)


@pytest.mark.parametrize("name", FORMATS)
def test_every_output_tells_what_breaks_what_by_how_much_and_which_line_is_responsible(
    name: str,
) -> None:
    text = encoded(made.answer(made.unsound()), name, "en").decode().replace("%3A", ":")
    text = re.sub(r"\s+", " ", text)
    for said in (
        "budget_monotonicity",
        "1 万元 too little",
        "policies/two.yaml",
        "grants.aid.pool",
    ):
        assert said in text, said


NASTY = "\x1b[31m\x00\"'<&>]]>\r\n::error file=x::y\n##[error]z\u202e,:%0A"


def nasty() -> Answer:
    text = made.TWO_FACTORS.replace("两因素补助（虚构）", "t ::error ]]> & <b>")
    read = made.policy(text, "policies/a b,c%.yaml")
    broken = made.broken(read, made.three((NASTY, "=cmd|x", "]]>")), replay=NASTY)
    own = made.verdict("own_floor", "not_exercised", gates=True, title=NASTY, says=NASTY)
    waived = made.verdict("entry", "waived", waived=Waived(NASTY))
    report = made.report(broken, own, waived, read=read, tests=(made.failed_test(NASTY),))
    fault = Fault("document.file_missing", Place("b\u202e\n.yaml", 1, 1, NASTY))
    return made.answer(report, faults={"b\n::error::.yaml": [fault]})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_names_from_files_cannot_command_what_reads_the_output(name: str, language: str) -> None:
    text = encoded(nasty(), name, language).decode()
    unseen = (
        "[\x00-\x08\x0b-\x1f\x7f-\x9f]" if name == "json" else "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]"
    )
    assert not re.search(unseen, text)
    obeyed = [line for line in text.splitlines() if line.lstrip().startswith(("::", "##["))]
    if name == "github":
        own = re.compile(
            r"::(error|notice) file=[^:,]*(,line=\d+)?(,col=\d+)?,title=[^:,]*::[^\r\n]*"
        )
        assert obeyed and all(own.fullmatch(line) for line in obeyed)
    else:
        assert obeyed == []


def test_the_outputs_of_nasty_names_can_be_read() -> None:
    assert data(nasty())["exit"] == 2
    failures = [each.text or "" for each in suites(nasty()).iter("failure")]
    assert any("]]>" in text and "U+001B" in text for text in failures)
    uris = [
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif(nasty())["results"]
        for location in result["locations"]
    ]
    assert "policies/a%20b,c%25.yaml" in uris and "b%E2%80%AE%0A.yaml" in uris


def test_junit_keeps_clear_of_characters_that_xml_cannot_hold() -> None:
    title = "a\ufffe\ud800b"
    verdict = made.verdict("own", "not_exercised", gates=True, title=title, says=title)
    (failure,) = suites(made.answer(made.report(verdict))).iter("failure")
    assert "U+FFFE" in failure.get("message", "") and "U+D800" in failure.get("message", "")


def test_a_file_is_named_from_the_working_folder(tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    answer = Answer((Checked(str(tmp_path / "p" / "a.yaml"), None, (made.fault("p/b.yaml"),)),))
    assert data(answer)["policies"][0]["file"] == "p/a.yaml"
    assert uri("政策/a b.yaml") == "%E6%94%BF%E7%AD%96/a%20b.yaml"


# -- how a call ends -------------------------------------------------------------------------------


def test_the_exit_code_is_that_of_the_worst() -> None:
    sound, unsound = made.sound(), made.unsound()
    nothing = made.report(made.verdict("balance", "not_exercised"))
    faults = {"b.yaml": [made.fault()]}
    assert made.answer(sound).code == 0
    assert made.answer(sound, unsound).code == 1
    assert made.answer(sound, unsound, faults=faults).code == 2
    assert made.answer(sound, nothing).code == 5
    assert made.answer(nothing, unsound).code == 1
    assert made.answer().code == 5


def test_what_is_told_only_or_waived_does_not_fail() -> None:
    waived = made.broken(status="waived", waived=Waived("纪要"))
    report = made.report(made.verdict("balance"), made.broken(gates=False), waived)
    assert made.answer(report).code == 0
    assert {each["level"] for each in sarif(made.answer(report))["results"]} == {"note"}
    assert list(suites(made.answer(report)).iter("failure")) == []


def test_a_listed_promise_that_was_not_exercised_fails() -> None:
    listed = made.verdict("performance", "not_exercised", gates=True)
    answer = made.answer(made.report(made.verdict("balance"), listed))
    assert answer.code == 1
    (failure,) = suites(answer).iter("failure")
    assert failure.get("type") == "not_exercised"
    assert [each["level"] for each in sarif(answer)["results"]] == ["error"]
    assert annotations(answer)[0].startswith("::error file=policies/two.yaml,line=1,col=1,")


# -- JSON ------------------------------------------------------------------------------------------


def test_json_has_the_table_and_the_amounts_exactly() -> None:
    (report,) = data(made.answer(made.unsound()))["policies"]
    promise = next(p for p in report["promises"] if p["promise"] == "budget_monotonicity")
    found = promise["counter_example"]
    assert found["before"]["districts"] == {
        "keys": ["a", "b", "c"],
        "names": ["甲", "乙", "丙"],
        "inputs": {"population": [1, 1, 1], "need": [0, 1, 1]},
    }
    assert found["before"]["amounts"] == {"aid": [2, 3, 3]}
    assert found["after"]["numbers"] == {"grants.aid.pool": 9}
    assert found["after"]["total"] == [1, 4, 4]
    assert (found["figure"], found["limit"], found["excess"]) == (1, 2, 1)
    assert (found["district"], found["line"]) == ("a", "pool: 8")
    assert found["place"] == {
        "file": "policies/two.yaml",
        "line": 11,
        "column": 5,
        "path": "grants.aid.pool",
    }


def test_the_keys_of_json_are_those_of_the_documents() -> None:
    found = data(everything())
    assert list(found) == ["format", "exit", "policies"]
    sound, unsound, _, wrong = found["policies"]
    assert list(sound) == [
        *("file", "outcome", "policy", "title", "money", "seed", "seconds", "cut"),
        "own_table",
        *("promises", "tests", "searched", "progressivity", "consistency", "findings", "faults"),
    ]
    assert list(sound["promises"][0]) == [
        *("promise", "title", "says", "kind", "status", "gates", "fails", "count", "few", "why"),
        *("tolerance", "method", "place", "waived", "counter_example", "on_real"),
    ]
    example = next(p["counter_example"] for p in unsound["promises"] if p["counter_example"])
    assert list(example) == [
        *("stage", "first_size", "place", "line", "changed", "how", "message", "district"),
        *("grant", "figure", "limit", "excess", "before", "after", "replay"),
    ]
    assert list(wrong) == ["file", "outcome", "faults"]
    assert wrong["faults"][0]["code"] == "document.file_missing"
    outcomes = [each["outcome"] for each in found["policies"]]
    assert outcomes == ["passed", "failed", "passed", "wrong"]


@pytest.mark.parametrize(
    ("figure", "written"),
    [("1/3", '"1/3"'), ("-3/2", "-1.5"), ("12300", "12300"), ("1/1000", "0.001"), ("0", "0")],
)
def test_a_figure_is_written_exactly(figure: str, written: str) -> None:
    found = number(Fraction(figure))
    assert (str(found) if type(found) is not str else json.dumps(found)) == written


# -- JUnit -----------------------------------------------------------------------------------------


def test_junit_has_a_suite_for_each_policy_and_a_case_for_each_promise_and_test() -> None:
    found = suites(everything())
    assert [suite.get("name") for suite in found] == [
        *("policies/two.yaml", "policies/two.yaml", "policies/two.yaml", "policies/bad.yaml"),
    ]
    _, unsound, told, wrong = found
    names = [
        (case.get("name"), case[0].tag if len(case) else "") for case in unsound.iter("testcase")
    ]
    assert names == [
        ("balance", ""),
        ("bounds", "skipped"),
        ("budget_monotonicity", "failure"),
        ("performance", "failure"),
        ("no_full_clawback", "skipped"),
        ("own_floor", ""),
        ("alike", "failure"),
    ]
    assert [case.get("file") for case in unsound.iter("testcase")][-1] == "policies/tests/two.yaml"
    assert [each.tag for case in told.iter("testcase") for each in case] == ["skipped"]
    assert [each.tag for case in wrong.iter("testcase") for each in case] == ["error"]


def test_the_counts_of_junit_are_those_of_its_cases() -> None:
    found = suites(everything())
    for suite in found:
        cases = list(suite.iter("testcase"))
        tags = {"failures": "failure", "errors": "error", "skipped": "skipped"}
        assert suite.get("tests") == str(len(cases))
        for name, tag in tags.items():
            assert suite.get(name) == str(sum(case.find(tag) is not None for case in cases))
    totals = {name: sum(int(s.get(name, 0)) for s in found) for name in ("tests", "failures")}
    assert {name: int(found.get(name, 0)) for name in totals} == totals
    assert {element.get("time", "0") for element in found.iter()} == {"0"}


# -- SARIF -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("make", [everything, nasty, made.answer])
def test_sarif_is_as_the_standard_has_it(make: Any, language: str) -> None:
    found = json.loads(encoded(make(), "sarif", language))
    jsonschema.Draft202012Validator(SARIF).validate(found)
    jsonschema.Draft7Validator(official()).validate(found)


def test_the_schema_of_the_standard_refuses_what_is_no_sarif() -> None:
    found = json.loads(encoded(everything(), "sarif", "en"))
    found["runs"][0]["results"][0]["level"] = "fatal"
    assert not jsonschema.Draft7Validator(official()).is_valid(found)


def test_every_result_names_a_rule_that_is_described() -> None:
    run = sarif(everything())
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]


def test_rules_have_stable_ids_and_those_of_a_documents_own_cannot_be_mistaken() -> None:
    own = made.verdict("test", "not_exercised", gates=True, title="test", says="x")
    report = made.report(made.broken(), own, tests=(made.failed_test(),))
    results = sarif(made.answer(report))["results"]
    assert [result["ruleId"] for result in results] == [
        *("transfers/budget_monotonicity", "transfers/own/test", "transfers/test"),
    ]


def test_a_fingerprint_stays_when_lines_move_and_differs_between_results() -> None:
    def fingerprints(read: Any) -> list[str]:
        found = sarif(made.answer(made.report(made.broken(read), read=read)))["results"]
        return [next(iter(result["partialFingerprints"].values())) for result in found]

    moved = made.policy("# a remark\n\n" + made.TWO_FACTORS)
    assert fingerprints(made.policy()) == fingerprints(moved)
    assert fingerprints(made.policy()) != fingerprints(made.policy(file="policies/other.yaml"))
    all_of_them = [
        next(iter(result["partialFingerprints"].values()))
        for result in sarif(everything())["results"]
    ]
    assert len(set(all_of_them)) == len(all_of_them)


def test_a_waived_break_is_suppressed_with_its_reason() -> None:
    waived = made.broken(status="waived", waived=Waived("县委会议纪要", "2027-12-31"))
    (result,) = sarif(made.answer(made.report(waived)))["results"]
    (suppression,) = result["suppressions"]
    assert suppression == {
        "kind": "inSource",
        "status": "accepted",
        "justification": "县委会议纪要",
    }


# -- GitHub ----------------------------------------------------------------------------------------


def test_annotations_stand_at_the_line_responsible() -> None:
    lines = annotations(made.answer(made.unsound()), "zh")
    first = next(line for line in lines if "budget_monotonicity" in line)
    head, _, message = first.removeprefix("::").partition("::")
    assert head == "error file=policies/two.yaml,line=11,col=5,title=transfers%3A 资金增加无人减少"
    assert "%0A变动：grants.aid.pool 由 8 变为 9%0A" in message
    assert lines[-1].startswith("transfers check policies/two.yaml: 结论：不通过")


def test_what_is_not_promised_is_a_notice_and_what_is_waived_is_silent() -> None:
    report = made.report(made.broken(gates=False), made.broken(status="waived", waived=Waived("x")))
    lines = annotations(made.answer(report))
    assert [line.split()[0] for line in lines[:-1]] == ["::notice"]


# -- files -----------------------------------------------------------------------------------------


def test_the_ending_of_a_file_names_its_format() -> None:
    found = {
        file: format_of_file(file, wanted)
        for file, wanted in (
            *(("a.xml", "sarif"), ("a.sarif", None), ("a.sarif.json", "junit")),
            *(("A.JSON", None), ("b.json", "sarif"), ("report", "junit"), ("a.txt", None)),
        )
    }
    assert list(found.values()) == ["junit", "sarif", "sarif", "json", "json", "junit", "text"]
    with pytest.raises(DocumentError):
        format_of_file("report.pdf")


def test_a_phrase_with_an_exact_figure_is_written_for_people() -> None:
    how = Phrase("checks.number_moved", {"path": "x", "old": Fraction(1, 3), "new": Fraction(5, 2)})
    verdict = made.broken()
    assert verdict.example is not None
    from msgspec.structs import replace

    broken = replace(verdict.example.broken, how=how)
    example = replace(verdict.example, broken=broken)
    text = encoded(
        made.answer(made.report(replace(verdict, example=example))), "text", "en"
    ).decode()
    assert "How: x goes from 0.3333 to 2.5" in text
