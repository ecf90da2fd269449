"""What `transfers check` shows: promises, counter-examples, tests; little where all is well."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from checks.answer import Answer, Checked
from checks.report import Report, Verdict
from checks.reports.changes import against_view
from checks.reports.example import break_lines
from checks.reports.only_told import only_told
from checks.reports.words import Words, say
from transfers.messages import printable
from transfers.output.terminal import table, wrapped

_OBEYED: Final = re.compile(r"(?m)^([ \t]*[:#])([:#]\[?)")
"""How a line begins that a service running the check would take for a command to itself."""


def answer_view(
    answer: Answer, language: str, columns: int = 80, *, with_faults: bool = False
) -> str:
    """Return what came of all documents as text.

    Parameters
    ----------
    with_faults : bool
        Whether what is wrong with documents is told here: not where it is told beside it.
    """
    parts = []
    for each in answer.checked:
        faults = each.faults if with_faults else ()
        lines = _lines((fault.text(language) for fault in faults), columns, 0)
        parts.append("\n".join([*lines, checked_view(each, language, columns)]))
    if len(answer.checked) != 1:
        counts = {n: answer.count(n) for n in ("passed", "failed", "nothing", "wrong")}
        parts.append(say("several", language, count=len(answer.checked), **counts))
    return _OBEYED.sub(lambda found: f"{found[1]} {found[2]}", "\n\n".join(parts))


def checked_view(checked: Checked, language: str, columns: int = 80) -> str:
    """Return what came of one document as text."""
    if checked.report is None:
        return "\n".join([printable(checked.file), say("wrong", language)])
    report = checked.report
    words = Words(report.policy, language)
    head = [
        words.say("title", title=printable(report.policy.title)),
        words.say("file", file=report.file, seconds=_plain(report.seconds), seed=report.seed),
    ]
    if report.tableless:
        head += wrapped(words.say("tableless"), columns)
    parts = ["\n".join(head), promises_table(report, words, columns)]
    parts += [_tried(report, words, columns)]
    parts += (_broken(v, words, columns) for v in report.verdicts if v.gates and v.example)
    parts += [
        part
        for part in (
            _listed_unexercised(report, words, columns),
            _not_promised(report, words, columns),
            _waived(report, words, columns),
            _against(checked, words, columns),
            _tests(report, words, columns),
            _findings(report, words, columns),
            _only_told(report, words, columns),
            "\n".join(wrapped(words.say("cut"), columns)) if report.cut else "",
            "\n".join(wrapped(result_line(checked, language), columns)),
        )
        if part
    ]
    return "\n\n".join(part for part in parts if part)


def _plain(seconds: float) -> str:
    return f"{seconds:g}"


def _named(verdict: Verdict, words: Words) -> dict[str, object]:
    return {"title": words.title(verdict), "id": verdict.promise}


def _lines(texts: Iterable[str], columns: int, indent: int = 2) -> list[str]:
    return [" " * indent + line for text in texts for line in wrapped(text, columns - indent)]


# -- promises --------------------------------------------------------------------------------------


def promises_table(report: Report, words: Words, columns: int) -> str:
    """Return the promises that gate as a table; those of arithmetic in one row, if all is well."""
    gating = [v for v in report.verdicts if v.gates or v.status == "waived"]
    folded = [v for v in gating if v.kind == "arithmetic" and v.status == "held"]
    rows = []
    if folded:
        title = words.say("arithmetic", count=len(folded))
        rows.append([title, "", words.say("held"), _count(sum(v.count for v in folded))])
    for verdict in gating:
        if verdict in folded or (
            verdict.kind == "arithmetic" and verdict.status == "not_exercised"
        ):
            continue
        status, count = words.say(verdict.status), _count(verdict.count)
        name = "" if words.title(verdict) == verdict.promise else verdict.promise
        rows.append([words.title(verdict), name, status, count])
    if not rows:
        return ""
    headers = [words.say(code) for code in ("promise", "name", "status", "count")]
    return table(headers, rows, right=[False, False, False, True], columns=columns)


def _tried(report: Report, words: Words, columns: int) -> str:
    """Say how many tables there were, of which stages; and where that was too few."""
    if not report.searched:
        return ""
    stages = tuple(
        words.say(f"tried_{each.stage}", count=_count(each.tables))
        for each in report.searched
        if each.tables or each.stage in ("tiny", "random")
    )
    tables = _count(sum(each.tables for each in report.searched))
    runs = _count(sum(each.runs for each in report.searched))
    lines = wrapped(words.say("tried", tables=tables, stages=stages, runs=runs), columns)
    if report.few:
        few = [words.title(verdict) for verdict in report.few]
        text = words.say("few", count=len(few), names=words.listed(few))
        lines += wrapped(text, columns)
    return "\n".join(lines)


def _count(count: int) -> str:
    return f"{count:,}"


def _broken(verdict: Verdict, words: Words, columns: int) -> str:
    if verdict.status != "broken":
        return ""
    lines = [words.say("breaks", **_named(verdict, words)), *break_lines(verdict, words, columns)]
    if verdict.waived is not None and verdict.waived.expired:
        until = words.say("waiver_expired", until=verdict.waived.until)
        scope = {"scope": words.scope(verdict.waived), "reason": printable(verdict.waived.reason)}
        text = words.say("waived_line", **_named(verdict, words), **scope, until=until)
        lines += _lines([text], columns)
    return "\n".join(lines)


def _listed_unexercised(report: Report, words: Words, columns: int) -> str:
    found = []
    for verdict in report.verdicts:
        if verdict.status == "not_exercised" and verdict.listed:
            why = words.say("because", why=words.said(verdict.why)) if verdict.why else ""
            found.append(words.say("listed_unexercised", **_named(verdict, words), why=why))
    return "\n".join(_lines(found, columns, 0))


def _not_promised(report: Report, words: Words, columns: int) -> str:
    """Tell of promises that the document does not list: one line each, only where broken."""
    told = [v for v in report.verdicts if not v.gates]
    lines = [_told_line(v, words) for v in told if v.status == "broken" and v.example is not None]
    held = [words.title(v) for v in told if v.status == "held"]
    if held:
        lines.append(words.say("not_promised_held", count=len(held), names=words.listed(held)))
    parts = [words.say("not_promised"), *_lines(lines, columns)] if lines else []
    idle = [words.title(v) for v in report.verdicts if v.status == "not_exercised" and not v.listed]
    if idle:
        text = words.say("unexercised", count=len(idle), names=words.listed(idle))
        parts += _lines([text], columns, 0)
    return "\n".join(parts)


def _told_line(verdict: Verdict, words: Words) -> str:
    assert verdict.example is not None
    broken = verdict.example.broken
    off = words.off(verdict, broken)
    how = words.joined([words.said(broken.changed), off or words.said(broken.how)])
    return words.say("not_promised_broken", **_named(verdict, words), how=how)


def _waived(report: Report, words: Words, columns: int) -> str:
    """Tell of waivers, those that have expired too; of what broke since, it is told there."""
    lines = []
    for verdict in report.verdicts:
        waived = verdict.waived
        if waived is None or (waived.expired and verdict.gates and verdict.status == "broken"):
            continue
        if waived.expired:
            until = words.say("waiver_expired", until=waived.until)
        else:
            until = words.say("waived_until", until=waived.until) if waived.until else ""
            until += "" if waived.needed else words.say("waiver_idle")
        until += "" if verdict.gates else words.say("waiver_of_nothing")
        scope = {"scope": words.scope(waived), "reason": printable(waived.reason)}
        lines.append(words.say("waived_line", **_named(verdict, words), **scope, until=until))
    return "\n".join([words.say("waivers"), *_lines(lines, columns)]) if lines else ""


# -- the rest --------------------------------------------------------------------------------------


def _against(checked: Checked, words: Words, columns: int) -> str:
    if checked.against is None:
        return ""
    return against_view(checked.against, words, columns)


def _tests(report: Report, words: Words, columns: int) -> str:
    failed = [test for test in report.tests if test.status != "passed"]
    if not report.tests:
        return words.say("tests_none")
    if not failed:
        return words.say("tests_passed", count=len(report.tests))
    lines = [words.say("tests_failed", count=len(report.tests), failed=len(failed))]
    for test in failed:
        named = {"title": printable(test.title), "id": test.id}
        lines += _lines([words.say(f"test_{test.status}", **named)], columns)
        lines += _lines((message.text(words.language) for message in test.messages), columns, 4)
    return "\n".join(lines)


def _findings(report: Report, words: Words, columns: int) -> str:
    """Tell what its own table says of the policy, notes aside."""
    lines = [
        f"{each.where}: {each.label(words.language)}: {each.message(words.language)}"
        for each in report.findings
        if each.severity != "note"
    ]
    return "\n".join([words.say("findings"), *_lines(lines, columns)]) if lines else ""


def _only_told(report: Report, words: Words, columns: int) -> str:
    lines = only_told(report, words)
    return "\n".join([words.say("own_table"), *_lines(lines, columns)]) if lines else ""


def result_line(checked: Checked, language: str) -> str:
    """Say how the check of one document ends."""
    outcome, report = checked.outcome, checked.report
    if outcome != "failed" or report is None:
        return say(outcome, language)
    failing = [verdict for verdict in report.verdicts if verdict.fails]
    counts = {
        "what_broken": sum(verdict.status == "broken" for verdict in failing),
        "what_unexercised": sum(verdict.status == "not_exercised" for verdict in failing),
        "what_tests": sum(test.status != "passed" for test in report.tests),
    }
    what = tuple(say(code, language, count=count) for code, count in counts.items() if count)
    return say("failed", language, what=what)
