"""The outputs of a check: what each is called, and by which endings files are known."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from checks.answer import Answer
from transfers.errors import DocumentError, Fault
from transfers.output.files import Encode, Format

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": Format("checks.reports.formats", "text_bytes"),
        "json": Format("checks.reports.json_file", "json_bytes"),
        "junit": Format("checks.reports.junit", "junit_bytes"),
        "sarif": Format("checks.reports.sarif", "sarif_bytes"),
        "github": Format("checks.reports.github", "github_bytes"),
    }
)
"""Name -> what encodes an :class:`Answer`."""

ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {".sarif.json": "sarif", ".sarif": "sarif", ".json": "json", ".xml": "junit", ".txt": "text"}
)
"""How a file ends -> its format."""

PROGRAMS: Final = frozenset({"json", "junit", "sarif"})
"""Formats that are files by nature."""


def text_bytes(answer: Answer, language: str) -> bytes:
    """Return what people read, as a file."""
    from checks.reports.text import answer_view

    return (answer_view(answer, language, 100, with_faults=True) + "\n").encode()


def format_of_file(file: str, wanted: str | None = None) -> str:
    """Return the format of a file: that of its ending; `wanted` where its ending names none.

    Raises
    ------
    DocumentError
        Its ending names no format, and none is wanted.

    Examples
    --------
    >>> format_of_file("out/check.sarif"), format_of_file("check.json", "sarif")
    ('sarif', 'json')
    """
    found = next((ENDINGS[end] for end in ENDINGS if file.lower().endswith(end)), wanted)
    if found is None:
        words = {"file": file, "endings": tuple(ENDINGS)}
        raise DocumentError([Fault("check_command.no_format", values=words)])
    return found


def encoded(answer: Answer, name: str, language: str) -> bytes:
    """Return an answer in one of the formats."""
    chosen = FORMATS[name]
    encode: Encode = getattr(import_module(chosen.module), chosen.function)
    return encode(answer, language)
