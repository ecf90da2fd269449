"""What is wrong with a test document is told all at once, at its place, with what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.policy_tests import load_all_tests, load_tests
from transfers import DocumentError


def told(folder: Path, text: str) -> list[tuple[str, str]]:
    """Return the faults of a document: line:column and code."""
    file = folder / "tests" / "examples.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_tests(file)
    for fault in caught.value.faults:
        assert fault.text("zh") and fault.text("en")
    return [(f"{f.place.line}:{f.place.column}", f.code) for f in caught.value.faults]


def one(folder: Path, test: str) -> tuple[str, str]:
    """Return the only fault of a document with one test: its code and its text."""
    file = folder / "tests" / "examples.yaml"
    file.write_text(f"tests:\n  t: {test}\n", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_tests(file)
    (fault,) = caught.value.faults
    assert fault.place.file == str(file)
    return fault.code, fault.text("en")


def test_all_faults_are_told_at_once_in_reading_order(folder: Path) -> None:
    text = """\
tests:
  a:
    given:
      districts:
        甲: {populaton: 1}
        乙: {population: -1, tier: C}
    expect:
      amounts: {equalisaton: {甲: 1}, total: {丙: 2.5}}
  b:
    given: {set: {budget.amunt: 3}}
    expect: {statements: {x: equalisaton > 1}}
"""
    assert told(folder, text) == [
        ("5:13", "figures.unknown_input_near"),
        ("6:25", "table.below_minimum"),
        ("6:35", "table.not_allowed"),
        ("8:17", "policy_tests.unknown_grant_near"),
        ("8:49", "policy_tests.not_payable"),
        ("10:33", "document.unknown_path_near"),
        ("11:30", "formula.misspelt_name"),
    ]


def test_faults_of_all_documents_are_told_at_once(folder: Path) -> None:
    files = [folder / "tests" / name for name in ("a.yaml", "b.yaml")]
    for file in files:
        file.write_text("tests: {a: {expect: {}}}\n", encoding="utf-8")
    with pytest.raises(DocumentError) as raised:
        load_all_tests(files)
    assert [fault.place.file for fault in raised.value.faults] == [str(file) for file in files]


def test_names_that_are_expected_have_to_be_there(folder: Path) -> None:
    text = """\
tests:
  a:
    given: {districts: {甲县: {population: 1}}}
    expect:
      amounts: {equalisaton: {甲县: 1}, total: {甲: 2.5}, average: {甲县: 1}}
      figures: {need_per_hed: {甲县: 1}, population: {甲县: 5%}, tier: {丁: A}, enough: {甲县: 1}}
      rules: {enogh: holds}
      findings: [allocation.floors_exceed_pool, nonsense]
"""
    assert told(folder, text) == [
        ("5:17", "policy_tests.unknown_grant_near"),
        ("5:47", "policy_tests.unknown_district_near"),
        ("5:50", "policy_tests.not_payable"),
        ("5:56", "policy_tests.figure_as_amount"),
        ("6:17", "policy_tests.unknown_figure_near"),
        ("6:57", "policy_tests.not_a_figure"),
        ("6:69", "policy_tests.unknown_district"),
        ("6:76", "policy_tests.unknown_figure"),
        ("7:15", "policy_tests.unknown_rule_near"),
        ("8:18", "policy_tests.unknown_code_near"),
        ("8:49", "policy_tests.unknown_code"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "document.empty"),
        ("- a\n", "policy_tests.not_tests"),
        ("policy: x\ngrants: {}\n", "policy_tests.is_a_policy"),
        ("study: x\n", "policy_tests.is_a_study"),
        ("policy: ../policy.yaml\n", "document.missing_key"),
        ("tests: {}\n", "document.empty_list"),
        ("tests:\n", "document.empty_value"),
        ("tests: {a: {given: {}}}\n", "document.missing_key"),
        ("tests: {a: {expect: {}}}\n", "policy_tests.expects_nothing"),
        ("tests: {a: {expect: {amounts: {}}}}\n", "document.empty_list"),
        ("tests: {a: {expect: {amounts: {total: {}}}}}\n", "document.empty_list"),
        ("tests: {a: {expect: {status: paid}}}\n", "document.not_one_of"),
        ("tests: {a: {expect: {amounts: {total: {东县: four}}}}}\n", "document.not_a_number"),
        ("tests: {a: {expekt: {}, expect: {status: done}}}\n", "document.unknown_key_near"),
        ("tests: {a b: {expect: {status: done}}}\n", "policy_tests.id"),
        ("tests: {a: {given: {districts: {}}, expect: {status: done}}}\n", "document.empty_list"),
    ],
)  # fmt: skip
def test_a_document_of_another_shape_is_refused(folder: Path, text: str, code: str) -> None:
    found = told(folder, text)
    assert [each for _, each in found] == [code]


@pytest.mark.parametrize(
    ("test", "code", "says"),
    [
        (
            "{given: {districts: {甲: {population: 1}}, file: x.csv}, expect: {status: done}}",
            "policy_tests.two_tables",
            "`file` has no place beside it",
        ),
        (
            "{given: {file: x.csv}, expect: {status: done}}",
            "policy_tests.no_such_file",
            "'x.csv'",
        ),
        (
            "{given: {districts: {甲: {人口: 1}}}, expect: {status: done}}",
            "figures.unknown_input_near",
            "did you mean 'population'",
        ),
        (
            "{given: {districts: {甲: {population: {e1: 1}}}}, expect: {status: done}}",
            "policy_tests.one_figure",
            "one figure",
        ),
        (
            '{given: {districts: {甲: {need: 1}, " 甲": {need: 1}}}, expect: {status: done}}',
            "policy_tests.key_twice",
            "written twice",
        ),
        (
            "{expect: {status: rejected, amounts: {total: {东县: 0}}}}",
            "policy_tests.nobody_is_paid",
            "`amounts`",
        ),
        ("{expect: {status: invalid}}", "policy_tests.invalid_needs_code", "findings"),
        (
            "{given: {set: {inputs.population.北县: 1}}, expect: {status: done}}",
            "figures.unknown_district",
            "01 东县, 02 西县",
        ),
        (
            "{expect: {statements: {enough: equalisation > 1}}}",
            "change.there",
            "enough",
        ),
        (
            "{expect: {statements: {x: sum(equalisation)}}}",
            "formula.boolean_wanted",
            "tests.t.expect.statements.x.that: ",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(folder: Path, test: str, code: str, says: str) -> None:
    found, text = one(folder, test)
    assert found == code, text
    assert says in text


def test_a_faulty_policy_is_told_with_its_faults(folder: Path, policy_text: str) -> None:
    (folder / "policy.yaml").write_text(policy_text.replace("amount: 5", "amunt: 5"), "utf-8")
    codes = [code for _, code in told(folder, "tests: {a: {expect: {status: done}}}\n")]
    assert codes[0] == "policy_tests.faulty_policy"
    assert "document.unknown_key_near" in codes


def test_a_slip_does_not_pass_for_the_fault_that_is_expected(folder: Path) -> None:
    """What is wrong besides is a fault of the document, though the status is as expected."""
    test = (
        "{given: {districts: {甲: {population: -1, tier: C}}}, "
        "expect: {status: invalid, findings: table.below_minimum}}"
    )
    assert one(folder, test)[0] == "table.not_allowed"
