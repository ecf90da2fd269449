"""What is run many times, apart from where: it travels once to each process that takes part."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from scenarios.running.chunk import Asked, Beside, Chunk, run_chunk
from scenarios.running.digest import content_digest, program_digest, versions
from scenarios.running.packing import packed
from scenarios.running.source import Source, paired_of
from scenarios.settings import Setting
from transfers import progress
from transfers.output.whole_file import write_whole

_TOTALS: Final = Asked(grants=(), rules=False)

Range = tuple[int, int]
"""The first of some scenarios, and the one after their last."""

Deliveries = Generator[tuple[Range, bytes]]

Halted = Callable[[], bool]
"""Whether somebody wants to stop."""


class Job(Struct, frozen=True, eq=False):
    """Many scenarios of one setting, and what is wanted of each."""

    setting: Setting
    source: Source
    asked: Asked

    def run(self, start: int, stop: int) -> Chunk:
        """Run some of the scenarios."""
        with progress.told_to(progress.Listener()):  # of a block nobody asks how far it is
            moves = self.source.moves(start, stop)
            chunk = run_chunk(self.setting, moves, start, self.asked)
            if (paired := paired_of(self.source)) is not None:
                found = run_chunk(paired.setting, paired.moves(start, stop), start, _TOTALS)
                chunk = replace(chunk, beside=Beside(found.codes, found.total))
        if not gc.isenabled():
            gc.collect(0)  # formulas and their readers know each other: nobody takes them away
        return chunk

    def deliver(self, start: int, stop: int, folder: str | None) -> bytes:
        """Run some of the scenarios; return them packed, or put them into a folder: b""."""
        content = packed(self.run(start, stop))
        if folder is None:
            return content
        write_chunk(folder, start, content)
        return b""

    def digest(self) -> str:
        """Return a hash of all that decides what comes of the scenarios."""
        return content_digest(
            program_digest(),
            versions(),
            self.setting.policy,
            self.setting.districts,
            (type(self.source), self.source.paths, len(self.source), self.source.digest()),
            self.asked,
            self._of_paired(),
        )

    def _of_paired(self) -> tuple[object, ...]:
        """Return all that decides what is paid by the setting that is compared."""
        paired = paired_of(self.source)
        if paired is None:
            return ()
        return paired.setting.policy, paired.setting.districts, paired.digest()


def chunk_file(folder: str, start: int) -> str:
    """Return the file of the chunk that begins with a scenario."""
    return os.path.join(folder, f"{start:010d}.chunk")


def write_chunk(folder: str, start: int, content: bytes) -> None:
    """Put a packed chunk into a folder, whole or not at all."""
    # Whether it is whole is seen when it is read: it need not outlive a loss of power.
    write_whole(chunk_file(folder, start), content, lasting=False)


class Workplace(Protocol):
    """Where blocks of scenarios are run.

    Attributes
    ----------
    hands : int
        How many blocks are run at the same time.
    shares_files : bool
        Whether a file written there is one here.
    """

    hands: int
    shares_files: bool

    def deliver(
        self, job: Job, ranges: list[Range], folder: str | None, halted: Halted
    ) -> Deliveries:
        """Yield each range, in order, with its chunk packed; b"" if it is in the folder.

        Once it is halted no more blocks are begun; those begun are finished, and that is the end.
        """

    def close(self) -> None:
        """Send everybody home; blocks that are being run are finished first."""
