"""What a policy promises about its amounts, and what of that it waives; nothing of it is computed.

A statement of the document's own is read as a rule about the outcome is: over the names above it.

Method: section 28.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from transfers.documents.promises import PROMISES
from transfers.messages import Phrase
from transfers.policy.rules import CheckRule, Formula, Path
from transfers.policy.rules_of_outcome import statement_of

if TYPE_CHECKING:
    from transfers.documents import Document
    from transfers.policy.compile import Compiler


class PromiseRule(Struct, frozen=True, eq=False):
    """A promise that the document lists.

    Parameters
    ----------
    builtin : bool
        Whether it is one of :data:`transfers.documents.promises.PROMISES`.
    tolerance : Fraction, optional
        In quanta, by how much a built-in promise may be missed; None where nothing is said.
    title : str or Phrase
        As the document has it; of a built-in one else its own, of another else its name.
    formula, applies : Formula, optional
        Of a statement of the document's own: what should hold, and when.
    share : Fraction, optional
        Of `hold_harmless` the part of last year's amounts that is guaranteed, of `growth_cap` the
        part of them by which amounts may grow.
    """

    name: str
    builtin: bool
    tolerance: Fraction | None
    title: str | Phrase
    formula: Formula | None
    applies: Formula | None
    path: Path
    source: str | None = None
    note: str | None = None
    share: Fraction | None = None

    @property
    def statement(self) -> CheckRule | None:
        """The statement as outcomes are held against rules, as a must; None of a built-in one."""
        if self.formula is None:
            return None
        title = self.title if isinstance(self.title, str) else self.name
        about = (self.path, title, self.source, self.note)
        return CheckRule(self.name, self.formula, self.applies, "hard", *about)


class Waiver(Struct, frozen=True):
    """A promise that is not held against the policy.

    Parameters
    ----------
    until : date, optional
        The last day on which this counts.
    grant : str
        For which grant; "" for the whole document.
    """

    promise: str
    reason: str
    until: datetime.date | None
    grant: str
    path: Path

    def counts_on(self, day: datetime.date) -> bool:
        """Tell whether it has not run out."""
        return self.until is None or day <= self.until


def promise_rules(compiler: Compiler) -> None:
    """Check the statements of the section `promises`, and gather all that are listed."""
    for name, entry in compiler.document.model.promises.items():
        path = ("promises", name)
        about = (entry.source, entry.note)
        if name in PROMISES:
            tolerance = None if entry.tolerance is None else Fraction(entry.tolerance)
            title = entry.title or Phrase(f"promises.{name}")
            share = entry.at_least if entry.at_most is None else entry.at_most
            rule = PromiseRule(name, True, tolerance, title, None, None, path, *about, share)
            compiler.promises.append(rule)
            continue
        if entry.that is None:
            continue  # no promise that has a name, which is told
        stated = statement_of(compiler, path, entry.that, entry.applies)
        if stated is not None:
            rule = PromiseRule(name, False, None, entry.title or name, *stated, path, *about)
            compiler.promises.append(rule)


def waivers_of(document: Document) -> Iterator[Waiver]:
    """Yield what is waived: of the whole document, then grant by grant."""
    for name, entry in document.model.waive.items():
        yield Waiver(name, entry.reason, entry.until, "", ("waive", name))
    for grant, rules in document.model.grants.items():
        for name, entry in rules.waive.items():
            path = ("grants", grant, "waive", name)
            yield Waiver(name, entry.reason, entry.until, grant, path)
