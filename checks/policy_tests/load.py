"""Read a test document, and check everything that can be checked without running it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath

import transfers
from checks.policy_tests.expected import expected_faults
from checks.policy_tests.find import policy_of
from checks.policy_tests.given import Cases
from checks.policy_tests.model import Example, WholeDocument
from checks.policy_tests.prepared import Case, PolicyTest, TestDocument
from checks.policy_tests.rules import between_keys
from transfers import DocumentError, Fault, FaultsError, Policy
from transfers.documents.faults import in_reading_order
from transfers.documents.parts import read_parts
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import shown


def load_tests(path: str | FilePath) -> TestDocument:
    """Read a test document and make its tests ready to be run.

    Raises
    ------
    DocumentError
        With every fault of the document, in reading order; with those of the policy where that
        cannot be read.
    """
    source, model = read_parts(str(path), WholeDocument, between_keys, _is_none)
    policy = _policy(source)
    cases = Cases(source, model.given, policy)
    tests: list[PolicyTest] = []
    faults: list[Fault] = []
    for name, said in model.tests.items():
        case = cases.of(name, said)
        faults += _faults(source, name, said, case)
        tests.append(PolicyTest(name, said, case))
    if faults:
        unsaid = {(fault.code, fault.place): fault for fault in faults}  # what all are given
        raise DocumentError(in_reading_order(unsaid.values()))
    return TestDocument(source, model, policy, tuple(tests))


def load_all_tests(paths: Iterable[str | FilePath]) -> list[TestDocument]:
    """Load some test documents.

    Raises
    ------
    DocumentError
        With every fault of all of them, document after document.
    """
    documents: list[TestDocument] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            documents.append(load_tests(path))
        except FaultsError as error:
            faults += [fault for fault in error.faults if fault not in faults]
    if faults:
        raise DocumentError(faults)
    return documents


def _is_none(data: object) -> str:
    """Return what to say where a document is no test document at all."""
    if not isinstance(data, dict):
        return "policy_tests.not_tests"
    if "tests" in data:
        return ""
    if "grants" in data:
        return "policy_tests.is_a_policy"
    return "policy_tests.is_a_study" if "study" in data else ""


def _policy(source: Source) -> Policy:
    """Return the policy that a test document is about."""
    file = policy_of(source)
    try:
        return transfers.load_policy(file)
    except FaultsError as error:
        place = source.place(("policy",))
        head = Fault("policy_tests.faulty_policy", place, {"file": shown(file, 60)})
        raise DocumentError([head, *error.faults]) from None


def _faults(source: Source, name: str, said: Example, case: Case) -> Iterator[Fault]:
    """Yield what is wrong with one test.

    What is wrong with the things given is a fault of the document, unless the test expects it.
    """
    at = ("tests", name)
    expected = said.expect.findings or () if said.expect.status == "invalid" else ()
    yield from expected_faults(source, at, said, case)
    for fault in case.faults:
        if fault.place.file == source.file and fault.code not in expected:
            yield fault
