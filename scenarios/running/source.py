"""Where scenarios come from, and who is handed what comes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from msgspec import Struct

from scenarios.running.chunk import Chunk
from scenarios.settings import Moves, Setting
from transfers.documents.yaml_tree import Path


class Source(Protocol):
    """Many scenarios of one setting.

    It travels to the processes that run them: it must be picklable, and cheap to hold.

    Attributes
    ----------
    paths : tuple of str
        What is varied, as data files name it.
    """

    @property
    def paths(self) -> tuple[str, ...]:
        """What is varied, as data files name it."""

    def __len__(self) -> int: ...

    def moves(self, start: int, stop: int) -> list[Moves]:
        """Return all that scenarios move, the setting's own moves too; however a range is cut."""

    def values(self, start: int, stop: int) -> Sequence[tuple[Fraction | str, ...]]:
        """Return the exact value of each path in scenarios."""

    def digest(self) -> str:
        """Return a hash of all that decides what the scenarios are."""


class Paired(Source, Protocol):
    """The same scenarios of a setting that another is compared with.

    Attributes
    ----------
    setting : Setting
    """

    @property
    def setting(self) -> Setting:
        """What they are run with."""


def paired_of(source: Source) -> Paired | None:
    """Return the scenarios that are run beside those of a source, with the same data."""
    paired: Paired | None = getattr(source, "paired", None)
    return paired


class Taker(Protocol):
    """Somebody who is handed what comes of scenarios, block after block."""

    def take(self, chunk: Chunk) -> None:
        """Take the next block: in the order of scenarios, in the process that asked."""


class Listed(Struct, frozen=True, eq=False):
    """Scenarios that stand in a list.

    Parameters
    ----------
    scenarios : sequence of mapping
        All that each moves.
    varied : tuple of path
    """

    scenarios: Sequence[Moves]
    varied: tuple[Path, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """What is varied, as data files name it."""
        return tuple(".".join(map(str, path)) for path in self.varied)

    def __len__(self) -> int:
        return len(self.scenarios)

    def moves(self, start: int, stop: int) -> list[Moves]:
        """Return all that scenarios move."""
        return list(self.scenarios[start:stop])

    def values(self, start: int, stop: int) -> list[tuple[Fraction | str, ...]]:
        """Return the exact value of each path; "" where a scenario leaves it alone."""
        return [
            tuple(moves.get(path, "") for path in self.varied)
            for moves in self.scenarios[start:stop]
        ]

    def digest(self) -> str:
        """Return a hash of the list."""
        hashed = hashlib.sha256(repr(self.varied).encode())
        for moves in self.scenarios:
            hashed.update(repr(sorted((repr(k), str(v)) for k, v in moves.items())).encode())
        return hashed.hexdigest()
