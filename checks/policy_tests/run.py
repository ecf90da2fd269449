"""Run tests, and hold what came of each against what it expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from checks.policy_tests.expected import district_numbers
from checks.policy_tests.figures import differs, plain_figure
from checks.policy_tests.prepared import PolicyTest, TestDocument
from checks.policy_tests.results import TestResult
from transfers import Allocation, Fault, FaultsError, Finding, Place, run_batch
from transfers.batch import Status
from transfers.judging import rule_findings
from transfers.messages import Phrase
from transfers.units import describe


def run_tests(document: TestDocument) -> tuple[TestResult, ...]:
    """Run every test of a document, in its order."""
    return tuple(run_test(document, test) for test in document.tests)


def run_test(document: TestDocument, test: PolicyTest) -> TestResult:
    """Run one test of a document."""
    status, allocation, told = _answer(test)
    judging = _Judging(document, test, told)
    if status == test.said.expect.status:
        messages = tuple(judging.all(allocation))
    else:
        messages = tuple(judging.other_status(status))
    came: Literal["passed", "failed", "error"] = "failed" if messages else "passed"
    if status == "invalid" != test.said.expect.status:
        came = "error"
    place = document.place(test.id)
    return TestResult(document.file, test.id, test.title, came, place, messages)


Told = tuple[Fault | Finding, ...]


def _answer(test: PolicyTest) -> tuple[Status, Allocation | None, Told]:
    """Return what came of a run, and what was told."""
    case = test.case
    if case.faults or case.districts is None:
        return "invalid", None, case.faults
    try:
        batch = run_batch(case.policy, case.districts, [{}])
    except FaultsError as error:
        return "invalid", None, error.faults
    status = batch.status(0)
    if status == "invalid":
        return status, None, batch.faults(0)
    allocation = batch.allocation(0)
    asked = test.said.expect.statements
    findings = [f for f in allocation.findings if not f.code.startswith("rules.")]
    own = tuple(result for result in allocation.rules if result.id not in asked)
    return status, allocation, (*findings, *rule_findings(own))


class _Judging:
    """One answer being held against what is expected of it."""

    def __init__(self, document: TestDocument, test: PolicyTest, told: Told) -> None:
        self.document, self.test, self.told = document, test, told
        self.expect = test.said.expect

    def place(self, *path: str | int) -> Place:
        """Return where something is expected."""
        return self.document.source.place(("tests", self.test.id, "expect", *path))

    def other_status(self, status: Status) -> Iterator[Fault]:
        """Say that something else came of the run than was expected, then why."""
        words: dict[str, object] = {"expected": Phrase(f"policy_tests.{self.expect.status}")}
        words["got"] = Phrase(f"policy_tests.{status}")
        yield Fault("policy_tests.other_status", self.place("status"), words)
        yield from _reasons(self.told if status != "done" else ())

    def all(self, allocation: Allocation | None) -> Iterator[Fault]:
        """Yield everything that is not as expected, in the order of the keys."""
        if allocation is not None and allocation.status == "done":
            yield from self.amounts(allocation)
            yield from self.figures(allocation)
            yield from self.statements(allocation)
            yield from self.rules(allocation)
        yield from self.findings()

    def amounts(self, allocation: Allocation) -> Iterator[Fault]:
        """Yield amounts that are others."""
        money, numbers = allocation.policy.money, district_numbers(allocation.districts)
        for name, cells in (self.expect.amounts or {}).items():
            amounts = allocation.total if name == "total" else allocation.amounts_of(name)
            for key, expected in cells.items():
                district = numbers[key]
                assert district is not None
                got = int(amounts[district])
                if money.to_quanta(expected) != got:
                    words = {
                        "grant": name,
                        "district": key,
                        "expected": money.format_for_people(money.to_quanta(expected)),
                        "got": money.format_for_people(got),
                        "unit": money.unit,
                        "why": why(allocation, name, district),
                    }
                    yield Fault("policy_tests.amount", self.place("amounts", name, key), words)

    def figures(self, allocation: Allocation) -> Iterator[Fault]:
        """Yield other figures that are not those."""
        numbers = district_numbers(allocation.districts)
        for name, cells in (self.expect.figures or {}).items():
            unit = allocation.policy.scope.symbols[name].type.unit
            for key, text in cells.items():
                district = numbers[key]
                assert district is not None
                place = self.place("figures", name, key)
                try:
                    got = allocation.cell(name, district)
                except FaultsError as error:
                    yield from error.faults
                    continue
                if differs(text, got, unit):
                    label = describe(unit, allocation.policy.money_unit)
                    words: dict[str, object] = {"name": name, "district": key, "expected": text}
                    words["got"] = plain_figure(got, text, label)
                    yield Fault("policy_tests.figure", place, words)

    def statements(self, allocation: Allocation) -> Iterator[Fault]:
        """Yield statements that do not hold, cannot be told, or do not apply to anything."""
        for name in self.expect.statements:
            result = allocation.rule(name)
            assert result is not None
            for finding in rule_findings((result,)):
                words = {"message": Phrase(finding.code, finding.values)}
                yield Fault("policy_tests.statement", self.place("statements", name), words)

    def rules(self, allocation: Allocation) -> Iterator[Fault]:
        """Yield rules of the policy that came to something else."""
        for name, expected in (self.expect.rules or {}).items():
            result = allocation.rule(name)
            assert result is not None
            if result.status != expected:
                words: dict[str, object] = {"rule": name, "expected": expected}
                words["got"] = result.status
                messages = [Phrase(f.code, f.values) for f in rule_findings((result,))]
                words["message"] = messages[0] if messages else ""
                yield Fault("policy_tests.rule", self.place("rules", name), words)

    def findings(self) -> Iterator[Fault]:
        """Yield findings that were not told, and faults that were not expected."""
        codes = tuple(dict.fromkeys(told.code for told in self.told))
        for number, code in enumerate(self.expect.findings or ()):
            if code not in codes:
                words: dict[str, object] = {"code": code, "codes": codes or ("—",)}
                yield Fault("policy_tests.not_told", self.place("findings", number), words)
        if self.expect.status == "invalid":
            known = self.expect.findings or ()
            others = [f for f in self.told if f.code not in known]
            if others:
                words = {"codes": tuple(dict.fromkeys(f.code for f in others))}
                yield Fault("policy_tests.also_wrong", self.place("findings"), words)
                yield from _reasons(others)


def _reasons(told: Iterable[Fault | Finding]) -> Iterator[Fault]:
    """Yield what was told that keeps a run from paying, each at its own place."""
    for each in told:
        if isinstance(each, Fault):
            yield each
        elif each.severity == "error":
            yield Fault(each.code, each.where, each.values)


def why(allocation: Allocation, grant: str, district: int) -> Phrase | str:
    """Return the sentence that says why a district gets what it gets of a grant."""
    paid = [rule.name for rule in allocation.policy.grants]
    if grant not in paid and not (grant == "total" and len(paid) == 1):
        return ""
    explanation = allocation.explain(allocation.keys[district])
    number = paid.index(grant) if grant in paid else 0
    code, words = explanation.sentences[number]
    said: dict[str, Any] = {"name": explanation.name, "unit": explanation.unit, **words}
    said["title"] = allocation.policy.grants[number].title
    return Phrase("policy_tests.why", {"sentence": Phrase(code, said)})
