"""A check as JSON: all that was found, for programs. The keys are stable (docs/ci.md)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from checks.answer import Answer, Checked
from checks.report import CounterExample, Report, Verdict, Waived
from checks.reports.changes import against_data
from checks.reports.only_told import only_told_data
from checks.reports.plain import fault_data, number, place_data
from checks.reports.words import Words
from checks.runs import Paid
from checks.table import Cell, Table
from transfers.output.json_text import Written, json_of

FORMAT: Final = 1
"""Counts up when a key changes its meaning or goes."""


def json_bytes(answer: Answer, language: str) -> bytes:
    """Return what came of all documents as JSON."""
    document = {
        "format": FORMAT,
        "exit": answer.code,
        "policies": [_checked(each, answer, language) for each in answer.checked],
    }
    return json_of(document)


def _checked(checked: Checked, answer: Answer, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"file": answer.relative(checked.file), "outcome": checked.outcome}
    if checked.report is not None:
        found |= _report(checked.report, answer, language)
    if checked.against is not None:
        found["against"] = against_data(checked.against, answer, language)
    found["faults"] = [fault_data(fault, answer, language) for fault in checked.faults]
    return found


def _report(report: Report, answer: Answer, language: str) -> dict[str, Any]:
    words, money = Words(report.policy, language), report.policy.money
    return {
        "policy": report.policy.id,
        "title": report.policy.title,
        "money": {
            "currency": money.currency,
            "unit": money.unit,
            "quantum": number(money.quantum),
        },
        "seed": report.seed,
        "seconds": Written(f"{report.seconds:g}"),
        "cut": report.cut,
        "own_table": not report.tableless,
        "promises": [_verdict(verdict, report.few, words, answer) for verdict in report.verdicts],
        "tests": [
            {
                "file": answer.relative(test.file),
                "id": test.id,
                "title": test.title,
                "status": test.status,
                "place": place_data(test.place, answer),
                "messages": [fault_data(each, answer, language) for each in test.messages],
            }
            for test in report.tests
        ],
        "searched": [
            {"stage": each.stage, "tables": each.tables, "runs": each.runs, "cut": each.cut}
            for each in report.searched
        ],
        **only_told_data(report),
        "findings": [
            {**each.to_dict(language), "where": place_data(each.where, answer)}
            for each in report.findings
        ],
    }


def _verdict(
    verdict: Verdict, few: Sequence[Verdict], words: Words, answer: Answer
) -> dict[str, Any]:
    return {
        "promise": verdict.promise,
        "title": words.title(verdict),
        "says": words.said(verdict.says),
        "kind": verdict.kind,
        "status": verdict.status,
        "gates": verdict.gates,
        "fails": verdict.fails,
        "count": verdict.count,
        "few": verdict in few,
        "why": words.said(verdict.why) or None,
        "tolerance": number(Fraction(verdict.tolerance)),
        "method": verdict.method or None,
        "place": place_data(verdict.place, answer),
        "waived": None if verdict.waived is None else _waived(verdict.waived, answer),
        "counter_example": _example(verdict, words, answer),
        "on_real": _on_real(verdict, words),
    }


def _waived(waived: Waived, answer: Answer) -> dict[str, Any]:
    return {
        "reason": waived.reason,
        "until": waived.until or None,
        "grant": waived.grant or None,
        "expired": waived.expired,
        "needed": waived.needed,
        "place": place_data(waived.place, answer),
    }


def _on_real(verdict: Verdict, words: Words) -> dict[str, Any] | None:
    """Return where the policy's own table breaks a promise; figures are quanta."""
    if verdict.on_real is None:
        return None
    worst = []
    for broken in verdict.on_real.worst:
        table, row = broken.before.case.table, broken.row
        worst.append(
            {
                "district": None if row is None else table.keys[row],
                "name": None if row is None else table.name(row),
                "grant": broken.grant or None,
                "changed": words.said(broken.changed) or None,
                "how": words.said(broken.how) or None,
                "figure": number(broken.figure),
                "limit": number(broken.limit),
                "excess": number(broken.excess),
            }
        )
    return {"districts": verdict.on_real.count, "worst": worst}


def _example(verdict: Verdict, words: Words, answer: Answer) -> dict[str, Any] | None:
    example = verdict.example
    if example is None:
        return None
    broken = example.broken
    district = None if broken.row is None else broken.before.case.table.keys[broken.row]
    return {
        "stage": example.stage,
        "first_size": example.first_size,
        "place": place_data(example.place, answer),
        "line": words.line(example.place) or None,
        "changed": words.said(broken.changed) or None,
        "how": words.said(broken.how) or None,
        "message": words.excess(verdict, example) or None,
        "district": district,
        "grant": broken.grant or None,
        "figure": number(broken.figure),
        "limit": number(broken.limit),
        "excess": number(broken.excess),
        "before": _paid(broken.before, example),
        "after": None if broken.after is None else _paid(broken.after, example),
        "replay": answer.relative(example.replay) or None,
    }


def _paid(paid: Paid, example: CounterExample) -> dict[str, Any]:
    """Return a table and what it pays; figures of `amounts` and `total` are quanta."""
    found: dict[str, Any] = {
        "status": paid.status,
        "numbers": {".".join(map(str, p)): number(v) for p, v in paid.case.numbers.items()},
        "districts": _table(paid.case.table),
        "amounts": None,
        "total": None,
    }
    if paid.done:
        assert paid.batch is not None
        found["amounts"] = {grant: list(paid.amounts(grant)) for grant in paid.batch.amounts}
        found["total"] = list(paid.total)
    return found


def _table(table: Table) -> dict[str, Any]:
    rows = range(len(table))
    columns = {
        name: [_cells([table.cell(name, row, i) for i in range(table.items(name))]) for row in rows]
        for name in table.columns
    }
    return {"keys": list(table.keys), "names": list(table.names or table.keys), "inputs": columns}


def _cells(cells: Sequence[Cell]) -> Any:
    """Return the cell of a district; of an input over a list the cells of its items."""
    plain = [number(cell) if isinstance(cell, Fraction) else cell for cell in cells]
    return plain[0] if len(plain) == 1 else plain
