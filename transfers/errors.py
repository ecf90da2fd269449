"""What can be wrong with an input, and how it is said.

::

    TransfersError
    ├── TooLongError         an exact figure grew too long; becomes a fault of its formula
    └── FaultsError          the input is wrong; carries every fault found, never only the first
        ├── DocumentError    a policy document
        └── TableError       a table of districts, or a table a policy names

A *fault* stops the work: the author of the file must mend something. A *finding* (see
:mod:`transfers.findings`) is part of an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from transfers import messages


class Place(Struct, frozen=True):
    """Where something stands: file, line and column (from 1), and the path inside the document."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str = ""

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n is not None]
        where = ":".join([part for part in [self.file, *numbers] if part])
        return messages.printable(" ".join(part for part in (where, self.path) if part))


class Fault(Struct, frozen=True):
    """One thing that is wrong with an input: a stable code, its place, and the words it needs."""

    code: str
    place: Place = Place()
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Say the fault in `language`: where, what, and what to do."""
        message = messages.text(self.code, language, **self.values)
        where = str(self.place)
        return f"{where}: {message}" if where else message


class TransfersError(Exception):
    """The root of everything this package raises on purpose."""


class TooLongError(TransfersError):
    """An exact figure has grown past what can be computed with."""


class FaultsError(TransfersError):
    """An input is wrong. `faults` holds all of them, in reading order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.lines(messages.preferred_language())))

    def lines(self, language: str) -> list[str]:
        """Return one line of text per fault."""
        return [fault.text(language) for fault in self.faults]


class DocumentError(FaultsError):
    """A policy document, or a change made to one, is wrong."""


class TableError(FaultsError):
    """A table is wrong."""
