"""A check as JUnit XML: a test suite for each policy, a test case for each promise and test."""

from __future__ import annotations

from xml.etree import ElementTree

from checks.answer import Answer, Checked
from checks.reports.plain import printable_lines
from checks.reports.summary import Entry, entries


def junit_bytes(answer: Answer, language: str) -> bytes:
    """Return what came of all documents as JUnit XML."""
    root = ElementTree.Element("testsuites", {"name": "transfers check"})
    totals = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for checked in answer.checked:
        suite = _suite(checked, answer, language)
        root.append(suite)
        for name in totals:
            totals[name] += int(suite.get(name, "0"))
    root.attrib.update({name: str(count) for name, count in totals.items()})
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _suite(checked: Checked, answer: Answer, language: str) -> ElementTree.Element:
    """Return what came of one document; `time` is left at 0: the same bytes for the same check."""
    suite = ElementTree.Element("testsuite", {"name": _xml(answer.relative(checked.file))})
    if checked.report is not None:
        properties = ElementTree.SubElement(suite, "properties")
        told = {"policy": checked.report.policy.id, "seed": str(checked.report.seed)}
        for name, value in told.items():
            ElementTree.SubElement(properties, "property", {"name": name, "value": _xml(value)})
    cases = [_case(entry, answer) for entry in entries(checked, language)]
    suite.extend(cases)
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    suite.attrib.update({name: str(count) for name, count in counts.items()})
    suite.set("time", "0")
    return suite


def _case(entry: Entry, answer: Answer) -> ElementTree.Element:
    """Return a test case.

    A failure is what makes the check fail; what is waived, was not exercised, or is broken without
    having been promised is skipped, with the reason.
    """
    file = answer.relative(entry.place.file)
    attributes = {"classname": entry.rule, "name": entry.name, "file": file, "time": "0"}
    if entry.place.line:
        attributes["line"] = str(entry.place.line)
    case = ElementTree.Element("testcase", {k: _xml(v) for k, v in attributes.items()})
    message = entry.lines[0] if entry.lines else entry.title
    if entry.level == "error":
        kind = "error" if entry.status in ("error", "wrong") else "failure"
        told = {"message": _xml(message), "type": entry.status}
        ElementTree.SubElement(case, kind, told).text = _xml("\n".join(entry.lines))
    elif entry.status in ("broken", "waived", "not_exercised"):
        reason = f"{message} {entry.waived}".strip()
        skipped = ElementTree.SubElement(case, "skipped", {"message": _xml(reason)})
        if len(entry.lines) > 1:
            skipped.text = _xml("\n".join(entry.lines[1:]))
    elif entry.lines:
        ElementTree.SubElement(case, "system-out").text = _xml("\n".join(entry.lines))
    return case


def _xml(text: str) -> str:
    """Return a text without what XML 1.0 cannot hold, not even escaped, or a reader cannot see."""
    return printable_lines(text)
