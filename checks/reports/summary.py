"""What services that run checks are told: one entry for each promise, test and fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from checks.answer import RULES, Answer, Checked, place_of, rule_of
from checks.report import Report, Verdict
from checks.reports.changes import against_view
from checks.reports.example import sentences
from checks.reports.plain import fault_message
from checks.reports.words import Words, said, say
from transfers.errors import Place
from transfers.messages import printable

Level = Literal["error", "warning", "note", "none"]
"""An error makes the check fail. None: there is nothing to tell."""

TEST, DOCUMENT, AGAINST = "test", "document", "against"
"""Rules that are no promises."""


class Entry(Struct, frozen=True):
    """One thing a check came to.

    Parameters
    ----------
    rule : str
        Stable: ``transfers/<promise>``, ``transfers/own/<name>``, ``transfers/test``,
        ``transfers/document``, ``transfers/against``.
    name : str
        Of the promise or the test.
    status : str
        Of a verdict or a test; ``wrong`` of a fault, ``changed`` of an older policy.
    lines : tuple of str
        What there is to say, the first the shortest.
    waived : str
        Why it does not count.
    """

    rule: str
    name: str
    title: str
    level: Level
    status: str
    lines: tuple[str, ...] = ()
    place: Place = Place()
    waived: str = ""


def entries(checked: Checked, language: str) -> Iterator[Entry]:
    """Yield what came of one document: faults, promises, tests."""
    for fault in checked.faults:
        place = fault.place if fault.place.file else Place(checked.file)
        title, text = say("rule_document", language), fault_message(fault, language)
        yield Entry(RULES + DOCUMENT, fault.code, title, "error", "wrong", (text,), place)
    report = checked.report
    if report is None:
        return
    words = Words(report.policy, language)
    if checked.against is not None and checked.against.file:
        lines = tuple(against_view(checked.against, words, 100).splitlines())
        title, place = say("rule_against", language), Place(report.file, 1, 1)
        yield Entry(RULES + AGAINST, AGAINST, title, "note", "changed", lines, place)
    for verdict in report.verdicts:
        yield _verdict(verdict, report, words)
    for test in report.tests:
        level: Level = "none" if test.status == "passed" else "error"
        texts = (printable(test.title), *(each.text(language) for each in test.messages))
        place = test.place if test.place.file else Place(test.file, 1, 1)
        yield Entry(RULES + TEST, test.id, printable(test.title), level, test.status, texts, place)


def _verdict(verdict: Verdict, report: Report, words: Words) -> Entry:
    level: Level = "none"
    lines: tuple[str, ...] = ()
    waived = verdict.waived
    reason = "" if waived is None else printable(waived.reason)
    if verdict.example is not None:
        level = "note" if verdict.status == "waived" or not verdict.gates else "error"
        code = "breaks" if verdict.gates or verdict.status == "waived" else "breaks_only_told"
        named = {"title": words.title(verdict), "id": verdict.promise}
        lines = (words.say(code, **named), *sentences(verdict, words))
        if verdict.example.replay:
            lines += (words.say("again", folder=printable(verdict.example.replay)),)
    elif verdict.status == "not_exercised":
        why = words.say("because", why=words.said(verdict.why)) if verdict.why else ""
        named = {"title": words.title(verdict), "id": verdict.promise, "why": why}
        if verdict.listed:
            level, lines = "error", (words.say("listed_unexercised", **named),)
        else:
            lines = (words.say("not_exercised") + why,)
    if waived is not None and waived.expired:
        lines += (words.say("waiver_expired", until=waived.until) + reason,)
        level = "note" if level == "none" else level
    if waived is not None and not verdict.gates:
        lines += (words.say("waiver_of_nothing"),)
    return Entry(
        rule_of(verdict),
        verdict.promise,
        words.title(verdict),
        level,
        verdict.status,
        lines,
        place_of(verdict, report.file),
        reason if verdict.status == "waived" else "",
    )


def rules(answer: Answer, language: str) -> dict[str, tuple[str, str]]:
    """Return every rule that entries are about, with its title and what it says."""
    found: dict[str, tuple[str, str]] = {}
    for report in answer.reports():
        for verdict in report.verdicts:
            told = said(verdict.title, language), said(verdict.says, language)
            found.setdefault(rule_of(verdict), told)
    for name in (TEST, DOCUMENT, AGAINST):
        code = f"rule_{name}"
        found[RULES + name] = say(code, language), say(f"{code}_says", language)
    return found
