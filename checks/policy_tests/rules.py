"""Rules between the keys of a test document, which no policy is needed for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from transfers.documents.empties import empty_values
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault

OF_AMOUNTS: Final = ("amounts", "figures", "statements", "rules")
"""What can be expected only where money is paid."""


def between_keys(source: Source) -> Iterator[Fault]:
    """Yield what is wrong between the keys of a test document, whatever its shape."""
    yield from empty_values(source, _may_be_empty)
    yield from _given(source, ("given",))
    tests = source.data.get("tests")
    for name, test in tests.items() if isinstance(tests, dict) else ():
        path: Path = ("tests", name)
        if not _is_id(name):
            yield Fault("policy_tests.id", source.place(path), {"text": shown(name, 40)})
        if isinstance(test, dict):
            yield from _given(source, (*path, "given"))
            yield from _expected(source, (*path, "expect"), test.get("expect"))


def _may_be_empty(path: Path) -> bool:
    """Tell whether nothing behind a key is an answer: of no key of a test document."""
    return False


def _is_id(text: str) -> bool:
    plain = all(c.isalnum() or c in "-_." for c in text)
    return plain and len(text) <= 100 and (text[:1].isalnum() or text[:1] == "_")


def _given(source: Source, path: Path) -> Iterator[Fault]:
    """Find districts that are given twice."""
    given: Any = source.data
    for step in path:
        given = given.get(step) if isinstance(given, dict) else None
    if isinstance(given, dict) and "districts" in given:
        for other in ("file", "join"):
            if other in given:
                place = source.place((*path, other))
                yield Fault("policy_tests.two_tables", place, {"key": other})


def _expected(source: Source, path: Path, expect: object) -> Iterator[Fault]:
    """Find tests that expect nothing, or of money that nobody gets."""
    if not isinstance(expect, dict):
        return
    if not expect:
        yield Fault("policy_tests.expects_nothing", source.place(path))
    status = expect.get("status", "done")
    if status == "invalid" and not expect.get("findings"):
        yield Fault("policy_tests.invalid_needs_code", source.place((*path, "status")))
    if status in ("rejected", "invalid"):
        for key in OF_AMOUNTS:
            if key in expect:
                words = {"key": key, "status": status}
                yield Fault("policy_tests.nobody_is_paid", source.place((*path, key)), words)
