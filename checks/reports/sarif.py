"""A check as SARIF 2.1.0: results for services that show findings beside the code."""

from __future__ import annotations

import hashlib
from typing import Any, Final
from urllib.parse import quote

from checks.answer import Answer
from checks.reports.plain import printable_lines
from checks.reports.summary import Entry, entries, rules
from checks.reports.words import say
from transfers import __version__
from transfers.errors import Place
from transfers.messages import printable
from transfers.output.json_text import json_of

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_FINGERPRINT: Final = "transfersPromise/v1"


def sarif_bytes(answer: Answer, language: str) -> bytes:
    """Return what came of all documents as one run of SARIF."""
    known = rules(answer, language)
    places = {rule: place for place, rule in enumerate(known)}
    results, told = [], [entry for each in answer.checked for entry in entries(each, language)]
    seen: dict[str, int] = {}
    for entry in told:
        if entry.level != "none":
            results.append(_result(entry, places[entry.rule], answer, seen))
    driver = {
        "name": "transfers check",
        "version": __version__,
        "semanticVersion": __version__,
        "fullDescription": {"text": say("program", language)},
        "rules": [
            {
                "id": rule,
                "name": _pascal(rule),
                "shortDescription": {"text": title},
                "fullDescription": {"text": says},
                "help": {"text": says},
            }
            for rule, (title, says) in known.items()
        ],
    }
    run = {
        "tool": {"driver": driver},
        "language": {"zh": "zh-CN", "en": "en"}[language],
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": not answer.count("wrong"), "exitCode": answer.code}
        ],
        "results": results,
    }
    return json_of({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(entry: Entry, place: int, answer: Answer, seen: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": entry.rule,
        "ruleIndex": place,
        "kind": "fail",
        "level": entry.level,
        "message": {"text": printable_lines("\n".join(entry.lines or (entry.title,)))},
        "locations": [_location(entry.place, answer)],
        "partialFingerprints": {_FINGERPRINT: _fingerprint(entry, answer, seen)},
        "properties": {"status": entry.status, "name": printable(entry.name)},
    }
    if entry.status == "waived":
        suppression = {"kind": "inSource", "status": "accepted"}
        if entry.waived:
            suppression["justification"] = entry.waived
        found["suppressions"] = [suppression]
    return found


def _location(place: Place, answer: Answer) -> dict[str, Any]:
    """Return a location; a place in a workbook has no line that a viewer could show."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(answer.relative(place.file))}}
    if place.line and not place.sheet:
        region = {"startLine": place.line}
        if place.column:
            region["startColumn"] = place.column
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.path:
        location["logicalLocations"] = [{"fullyQualifiedName": printable(place.path)}]
    return location


def uri(file: str) -> str:
    """Return a relative file as a relative URI.

    >>> uri("政策/a b.yaml"), uri("a:b.yaml")
    ('%E6%94%BF%E7%AD%96/a%20b.yaml', 'a%3Ab.yaml')
    """
    return quote(file.encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@-._~")


def _fingerprint(entry: Entry, answer: Answer, seen: dict[str, int]) -> str:
    """Return what stays the same while lines move: the file, the rule, the path in the document."""
    parts = (answer.relative(entry.place.file), entry.rule, entry.name, entry.place.path)
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(text).hexdigest()[:32]
    seen[digest] = seen.get(digest, 0) + 1
    return f"{digest}:{seen[digest]}"


def _pascal(rule: str) -> str:
    name = rule.rpartition("/")[2]
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))
