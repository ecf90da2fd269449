"""All that a call of `transfers check` found: of each policy document a report, or its faults."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from checks.report import Report, Verdict
from transfers.errors import Fault, Place

Outcome = Literal["passed", "failed", "wrong", "nothing"]
"""Wrong: the document has faults. Nothing: it is sound, and nothing of it was checked."""

if TYPE_CHECKING:
    from checks.against import Against

_CODES: Final = (("wrong", 2), ("failed", 1), ("nothing", 5))


RULES: Final = "transfers/"
"""How the ids of rules begin; they are stable."""


class Checked(Struct, frozen=True, eq=False):
    """What came of one policy document.

    Parameters
    ----------
    file : str
        As the call named it.
    report : Report, optional
        None where the document, its tests or its table are wrong.
    faults : tuple of Fault
    against : Against, optional
        What differs from an older policy.
    unsaved : OSError, optional
        Why its counter-examples could not be kept.
    """

    file: str
    report: Report | None = None
    faults: tuple[Fault, ...] = ()
    against: Against | None = None
    unsaved: OSError | None = None

    @property
    def outcome(self) -> Outcome:
        """How it ends."""
        if self.report is None or self.faults:
            return "wrong"
        if self.report.failed:
            return "failed"
        return "passed" if self.report.exercised else "nothing"


class Answer(Struct, frozen=True, eq=False):
    """What came of all policy documents of a call, in the order of their files.

    Parameters
    ----------
    tables : tuple of str
        Files that were read in place of those the policies name.
    root : str
        The folder that files are named from in reports for programs.
    """

    checked: tuple[Checked, ...]
    tables: tuple[str, ...] = ()
    root: str = "."

    @property
    def code(self) -> int:
        """How the program ends: 2 before 1 before 5 before 0; without any policy 5."""
        outcomes = {each.outcome for each in self.checked} or {"nothing"}
        return next((code for outcome, code in _CODES if outcome in outcomes), 0)

    def count(self, outcome: Outcome) -> int:
        """Return how many documents end in a way."""
        return sum(each.outcome == outcome for each in self.checked)

    def reports(self) -> Iterator[Report]:
        """Yield the reports there are."""
        yield from (each.report for each in self.checked if each.report is not None)

    def files_read(self) -> list[str]:
        """Return every file that was read: nothing may be written over them."""
        found = [*(each.file for each in self.checked), *self.tables]
        for report in self.reports():
            document = report.policy.document
            entry = document.model.districts
            found += map(document.beside, (entry.file, *(join.file for join in entry.join)))
            found += (source.file for source in report.policy.sources)
            found += (*report.policy.files_above, *(test.file for test in report.tests))
        return list(dict.fromkeys(found))

    def relative(self, file: str | None) -> str:
        """Return a file as programs name it: from the root, with plain slashes, never absolute."""
        if not file:
            return ""
        try:
            found = os.path.relpath(file, self.root)
        except ValueError:  # on another drive
            found = os.path.basename(file)
        return PurePath(found).as_posix()


def place_of(verdict: Verdict, file: str) -> Place:
    """Return the line that a verdict is about: the rule responsible, else where it is promised."""
    if verdict.example is not None and verdict.example.place.file:
        return verdict.example.place
    return verdict.place if verdict.place.file else Place(file, 1, 1)


def rule_of(verdict: Verdict) -> str:
    """Return the rule id of a promise; those of a document's own have a branch of theirs."""
    own = "own/" if verdict.kind == "own" else ""
    return f"{RULES}{own}{verdict.promise}"
