"""Gathering what is wrong with tables, so that all of it is told at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NoReturn

from transfers.errors import Fault, Place, TableError

MOST_TOLD: Final = 50
LONGEST_SHOWN: Final = 40


def shown(text: str) -> str:
    """Return a cell's text as a message shows it: on one line, and not endless."""
    line = "".join(letter if letter.isprintable() else " " for letter in text[: LONGEST_SHOWN + 1])
    return line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN] + "…"


def refuse(code: str, file: str, line: int | None = None, **values: object) -> NoReturn:
    """Refuse a whole file for one reason."""
    raise TableError([Fault(code, Place(file, line), values)])


def stumbled(error: BaseException) -> bool:
    """Tell whether a reader of files has come to grief over a broken one.

    Readers written in Rust panic, with what is no `Exception`.
    """
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def reason_of(error: BaseException) -> str:
    """Return what an exception says, in one line, or else what it is called."""
    return " ".join(str(error).split("\n", 1)[0].split()) or type(error).__name__


class Faults:
    """The faults found so far, in reading order: policy, first table, joined tables; by row.

    Only so many are kept as will be told; the others are counted.
    """

    def __init__(self) -> None:
        self._told: list[tuple[int, int, int, Fault]] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, code: str, place: Place, *, table: int = 0, **values: object) -> None:
        """Add one fault. `table` is -1 for the policy, 0 for the first table, then the joins."""
        self.add_many([Fault(code, place, values)], count=1, table=table)

    def tell(self, fault: Fault) -> None:
        """Add one fault of what was asked for beside the tables."""
        self.add_many([fault], count=1, table=-1)

    def add_many(self, faults: Iterable[Fault], *, count: int, table: int = 0) -> None:
        """Add `count` faults, of which `faults` holds at least the first 50."""
        for fault, _ in zip(faults, range(MOST_TOLD), strict=False):
            order = (table, fault.place.line or 0, fault.place.column or 0)
            self._told.append((*order, fault))
        self._count += count
        if len(self._told) > 20 * MOST_TOLD:
            self._told = self._first()

    def raise_any(self) -> None:
        """Raise what was found, 50 at most, with a closing count of the rest."""
        if not self._told:
            return
        faults = [fault for *_, fault in self._first()]
        if self._count > len(faults):
            faults.append(Fault("table.more", Place(), {"count": self._count - len(faults)}))
        raise TableError(faults)

    def _first(self) -> list[tuple[int, int, int, Fault]]:
        return sorted(self._told, key=lambda told: told[:3])[:MOST_TOLD]
