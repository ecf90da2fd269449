"""Reports made by hand: what a check would have found of small policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import transfers
from checks.answer import Answer, Checked
from checks.promises import PROMISES, check_promise
from checks.report import CounterExample, Report, Searched, Verdict, Waived
from checks.table import Table
from transfers import Fault, Place, Policy
from transfers.messages import Phrase
from transfers.policy.policy import policy_from_text

TWO_FACTORS = """\
policy: two-factors
title: 两因素补助（虚构）
money: {currency: CNY, unit: 万元, quantum: 1}
districts: {file: t.csv, key: code}
inputs:
  population: {title: 人口, unit: 万人, min: 0, role: population}
  need: {title: 需求, min: 0, role: need}
grants:
  aid:
    title: 补助
    pool: 8
    share:
      factors: {population: 50%, need: 50%}
"""
"""Where a ninth unit takes one from the first of three districts."""

FILE = "policies/two.yaml"


def policy(text: str = TWO_FACTORS, file: str = FILE) -> Policy:
    return policy_from_text(text, file, {})


def three(names: Sequence[str] = ("甲", "乙", "丙")) -> Table:
    columns = {"population": (1, 1, 1), "need": (0, 1, 1)}
    cells = {name: tuple(map(Fraction, figures)) for name, figures in columns.items()}
    return Table(("a", "b", "c"), cells, tuple(names))


def verdict(name: str, status: str = "held", **given: Any) -> Verdict:
    """Return a verdict on a promise that has a name, as a check words it."""
    from transfers.documents.promises import PROMISES as KINDS

    kind = KINDS.get(name, "own")
    told: dict[str, Any] = {
        "title": Phrase(f"promises.{name}"),
        "says": Phrase(f"promises.{name}_says"),
    }
    if kind == "own":
        told = {"title": name, "says": f"{name} >= 0"}
    told |= {"gates": kind != "policy", "count": 0 if status == "not_exercised" else 120, **given}
    return Verdict(name, kind=kind, status=status, **told)  # type: ignore[arg-type]


def broken(
    read: Policy | None = None, table: Table | None = None, *, gates: bool = True, **given: Any
) -> Verdict:
    """Return what is found where more money takes from a district: a real run."""
    read = read or policy()
    judged = check_promise("budget_monotonicity", read, table or three(), 0)
    assert judged.broken is not None and judged.broken.path is not None
    place = read.document.place(*judged.broken.path)
    case = judged.broken.before.case
    example = CounterExample(case, judged.broken, "tiny", 4, place, given.pop("replay", ""))
    return verdict(
        "budget_monotonicity",
        given.pop("status", "broken"),
        gates=gates,
        count=judged.count,
        example=example,
        **given,
    )


def failed_test(title: str = "三地相同") -> Any:
    """Return a policy test that failed."""
    place = Place("policies/tests/two.yaml", 5, 3, "tests.alike")
    message = Fault("document.file_missing", Place("policies/tests/two.yaml", 9, 7))
    return tested("alike", title, "failed", place, message)


def tested(id_: str, title: str, status: str, place: Place, *messages: Fault) -> Any:
    from checks.policy_tests import TestResult

    return TestResult(place.file or "", id_, title, status, place, messages)  # type: ignore[arg-type]


def report(*verdicts: Verdict, read: Policy | None = None, **given: Any) -> Report:
    """Return the report of a check."""
    read = read or policy()
    searched = (Searched("real", 1, 12), Searched("tiny", 300, 2400))
    return Report(read.document.source.file, read, verdicts, **{"searched": searched, **given})


def sound() -> Report:
    """Return the report of a policy that keeps what it promises."""
    return report(
        verdict("balance"),
        verdict("row_order", count=80),
        verdict("bounds", "not_exercised"),
        verdict("equal_treatment", gates=True),
        verdict("entry", count=7),
    )


def unsound(**given: Any) -> Report:
    """Return the report of a policy that breaks a promise it makes; all else there can be."""
    return report(
        verdict("balance"),
        verdict("bounds", "not_exercised"),
        broken(**given),
        verdict("performance", "not_exercised", gates=True, why=Phrase("check_report.rejected")),
        verdict(
            "no_full_clawback", "waived", waived=Waived("县委会议纪要〔2026〕3 号", "2027-12-31")
        ),
        verdict("own_floor", gates=True),
        tests=(failed_test(),),
    )


def answer(*reports: Report, faults: Mapping[str, Sequence[Fault]] | None = None) -> Answer:
    """Return the answer of a call."""
    found = [Checked(each.file, each) for each in reports]
    found += [Checked(file, None, tuple(each)) for file, each in (faults or {}).items()]
    return Answer(tuple(found))


def fault(file: str = "policies/bad.yaml") -> Fault:
    """Return what is wrong with a document."""
    return Fault("document.file_missing", Place(file, 3, 5, "grants.aid"))


__all__ = ["PROMISES", "Path", "transfers"]
