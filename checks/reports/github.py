"""A check as commands of GitHub's workflows: each becomes an annotation at its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.answer import Answer, Checked
from checks.reports.plain import printable_lines
from checks.reports.summary import Entry, entries
from checks.reports.text import result_line
from transfers.messages import printable

_COMMANDS: Final = {"error": "error", "warning": "warning", "note": "notice"}


def github_bytes(answer: Answer, language: str) -> bytes:
    """Return what came of all documents as workflow commands, a line each."""
    return "".join(f"{line}\n" for line in _lines(answer, language)).encode()


def _lines(answer: Answer, language: str) -> Iterator[str]:
    for checked in answer.checked:
        for entry in entries(checked, language):
            # What is waived is told where reports are read, not at every change.
            if entry.level != "none" and entry.status != "waived":
                yield command(entry, answer)
        yield _ending(checked, answer, language)


def command(entry: Entry, answer: Answer) -> str:
    """Return the command that makes an annotation."""
    place = entry.place
    properties = {"file": printable(answer.relative(place.file))}
    if place.line and not place.sheet:
        properties["line"] = str(place.line)
        if place.column:
            properties["col"] = str(place.column)
    properties["title"] = printable(f"transfers: {entry.title}")
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = printable_lines("\n".join(entry.lines or (entry.title,)))
    return f"::{_COMMANDS[entry.level]} {told}::{_data(message)}"


def _ending(checked: Checked, answer: Answer, language: str) -> str:
    """Return a line for the log, which cannot be taken for a command."""
    file = printable(answer.relative(checked.file))
    return f"transfers check {file}: {result_line(checked, language)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
