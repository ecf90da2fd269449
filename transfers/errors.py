"""What can be wrong with an input, and how it is said.

::

    TransfersError
    ├── TooLongError         an exact figure grew too long; becomes a fault of its formula
    └── FaultsError          the input is wrong; carries every fault found, never only the first
        ├── DocumentError    a policy document
        ├── TableError       a table of districts, or a table a policy names
        └── OutputError      a file to be written: no such place, no such library, too large

A *fault* stops the work: the author of the file must mend something. A *finding* (see
:mod:`transfers.findings`) is part of an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from msgspec import Struct, field

from transfers import messages


class Place(Struct, frozen=True):
    """Where something stands: file, line and column (from 1), and the path inside the document.

    Inside a workbook also the sheet; line and column are then written as the program shows them.

    >>> str(Place("policy.yaml", 5, 3, "inputs.area")), str(Place("a.xlsx", 5, 28, sheet="测算"))
    ('policy.yaml:5:3 inputs.area', 'a.xlsx:测算!AB5')
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n is not None]
        if self.sheet:
            # No program gives a sheet more than 31 letters, but a file may.
            sheet = self.sheet if len(self.sheet) <= 60 else self.sheet[:60] + "…"
            numbers = [f"{sheet}!{self.cell}" if self.cell else sheet]
        where = ":".join([part for part in [self.file, *numbers] if part])
        return messages.printable(" ".join(part for part in (where, self.path) if part))

    @property
    def cell(self) -> str:
        """Line and column as they are known inside one table: ``C5`` in a sheet, else ``5:3``."""
        if not self.sheet:
            return ":".join(str(n) for n in (self.line, self.column) if n is not None)
        letters, number = "", self.column or 0
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.line or ''}"


class Fault(Struct, frozen=True):
    """One thing that is wrong with an input: a stable code, its place, and the words it needs.

    `note` is what there is to add: how it came about, what else could be done.
    """

    code: str
    place: Place = Place()
    values: Mapping[str, object] = field(default_factory=dict)
    note: messages.Phrase | None = None

    def text(self, language: str) -> str:
        """Say the fault in `language`: where, what, and what to do."""
        message = messages.text(self.code, language, **self.values)
        if self.note is not None:
            message += messages.said(self.note, language)
        where = str(self.place)
        return f"{where}: {message}" if where else message


class TransfersError(Exception):
    """The root of everything this package raises on purpose."""


class TooLongError(TransfersError):
    """An exact figure has grown past what can be computed with."""


class FaultsError(TransfersError):
    """An input is wrong. `faults` holds all of them, in reading order.

    Attributes
    ----------
    answer_is_no : bool
        Whether the input is sound and the answer is no, rather than the input wrong.
    """

    answer_is_no: ClassVar[bool] = False

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.lines(messages.preferred_language())))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with the faults, not with their text."""
        return (_again, (type(self), self.faults))

    def lines(self, language: str) -> list[str]:
        """Return one line of text per fault."""
        return [fault.text(language) for fault in self.faults]


def _again(kind: type[FaultsError], faults: tuple[Fault, ...]) -> FaultsError:
    error = kind.__new__(kind)
    FaultsError.__init__(error, faults)
    return error


class DocumentError(FaultsError):
    """A policy document, or a change made to one, is wrong."""


class RejectedAboveError(FaultsError):
    """The level above pays nobody, so there is no money to divide: its findings are the faults."""

    answer_is_no = True


class TableError(FaultsError):
    """A table is wrong."""


class OutputError(FaultsError):
    """A file cannot be written as asked."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C while many scenarios were run.

    Parameters
    ----------
    done, total : int
        How many scenarios there are answers of.
    kept : bool
        Whether they are kept: the same call goes on from there.
    """

    def __init__(self, done: int, total: int, *, kept: bool) -> None:
        super().__init__(done, total)
        self.done, self.total, self.kept = done, total, kept

    def text(self, language: str) -> str:
        """Say how far it came, and how to go on."""
        code = "running.interrupted_kept" if self.kept else "running.interrupted_lost"
        return messages.text(code, language, done=self.done, total=self.total)
