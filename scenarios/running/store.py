"""What came of scenarios, kept on the disk: to go on after an interruption, to look at again.

A store is a folder named after a hash of all that decides what is in it (:meth:`Job.digest`), so
that what is in it is never mixed up with another study's. It has one file for each block of
scenarios; each is written whole, and has a hash of its own: what is damaged is run again.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from scenarios.running.chunk import Chunk, Ints
from scenarios.running.job import Range, chunk_file, write_chunk
from scenarios.running.packing import (
    HEAD_AT,
    TOTAL,
    DamagedError,
    head_length,
    packed,
    read_head,
    unpacked,
)
from scenarios.running.sharing import enter, last_one_out, unmark
from transfers.output.whole_file import write_whole

ENDING: Final = ".runs"
_ABOUT: Final = "run.json"
_SHOWN: Final = 12
_FIGURES: Final = 4_000_000
"""Of districts and scenarios that are looked at together: 32 MB."""


class Runs(Struct, frozen=True):
    """A folder in which stores are kept.

    Parameters
    ----------
    folder : str
    keep : bool
        Whether a store stays when its run has come to an end.
    temporary : bool
        Whether the folder itself goes with it.
    """

    folder: str
    keep: bool = False
    temporary: bool = False

    @classmethod
    def beside(cls, document: str | os.PathLike[str]) -> Runs:
        """Return the folder of a study document; one for the time being if none can be there."""
        beside = Path(document)
        if os.access(beside.parent, os.W_OK):
            return cls(str(beside.with_suffix(ENDING)))
        return cls.passing()

    @classmethod
    def passing(cls) -> Runs:
        """Return a folder for the time being: nothing goes on after an interruption."""
        return cls(tempfile.mkdtemp(prefix="transfers-", suffix=ENDING), temporary=True)

    def open(self, digest: str, scenarios: int, block: int) -> Store:
        """Return the store of a run, with what is in it already.

        Parameters
        ----------
        digest : str
            Of all that decides what comes of the scenarios.
        block : int
            Scenarios in a file, if there is none yet.
        """
        folder = os.path.join(self.folder, digest[:_SHOWN])
        mark = enter(folder)
        about: dict[str, Any] = {"digest": digest, "scenarios": scenarios, "block": block}
        file = os.path.join(folder, _ABOUT)
        known = _read_about(file)
        same = ("digest", "scenarios")
        if known is not None and all(known.get(name) == about[name] for name in same):
            about = known
        else:
            _remove_files(folder)
            write_whole(file, json.dumps(about, indent=1).encode())
        return Store(self, folder, about["scenarios"], about["block"], mark)


class _Layout(Struct, frozen=True):
    """Where the arrays of a chunk stand in its file."""

    body: int
    codes: NDArray[np.int8]
    arrays: dict[str, Any]


class Store(Struct, eq=False):
    """What came of many scenarios, in files.

    Parameters
    ----------
    runs : Runs
    folder : str
    scenarios : int
    block : int
        Scenarios in a file; the last may have fewer.
    """

    runs: Runs
    folder: str
    scenarios: int
    block: int
    _mark: int | None = None
    _layouts: dict[int, _Layout] = field(default_factory=dict)

    def ranges(self) -> list[Range]:
        """Return the scenarios of each file."""
        ends = range(self.block, self.scenarios + self.block, self.block)
        return [(end - self.block, min(end, self.scenarios)) for end in ends]

    def has(self, start: int) -> bool:
        """Tell whether there is a file of the scenarios that begin there."""
        return os.path.exists(chunk_file(self.folder, start))

    def read(self, start: int, stop: int) -> Chunk | None:
        """Return what came of some scenarios; None where it is not there or is damaged."""
        try:
            with open(chunk_file(self.folder, start), "rb") as file:
                chunk = unpacked(file.read())
        except (FileNotFoundError, DamagedError):
            return None
        return chunk if (chunk.start, chunk.stop) == (start, stop) else None

    def write(self, chunk: Chunk) -> None:
        """Keep what came of some scenarios."""
        self.write_packed(chunk.start, packed(chunk))

    def write_packed(self, start: int, content: bytes) -> None:
        """Keep a packed chunk."""
        self._layouts.pop(start, None)
        write_chunk(self.folder, start, content)

    def chunks(self) -> Iterator[Chunk]:
        """Yield what came of all scenarios, in order; of a complete store."""
        for start, stop in self.ranges():
            chunk = self.read(start, stop)
            if chunk is None:
                raise DamagedError
            yield chunk

    def codes(self) -> NDArray[np.int8]:
        """Return what came of each scenario, as places in `transfers.batch.STATUSES`: (S,)."""
        return np.concatenate([self._layout(start).codes for start, _ in self.ranges()])

    def columns(self, grant: str, districts: slice) -> Ints:
        """Return the amounts of some districts in all scenarios: (S, n) int64, quanta.

        Only their stretch of each file is read. 0 where a scenario is not done.

        Parameters
        ----------
        grant : str
            "" for the total.
        districts : slice
            Without a step.
        """
        parts = [self._part(start, grant, districts) for start, _ in self.ranges()]
        return np.concatenate(parts)

    def slices(self, districts: int) -> Iterator[slice]:
        """Yield slices of so many districts, each small enough to be looked at as a whole."""
        width = max(1, _FIGURES // max(self.scenarios, 1))
        for first in range(0, districts, width):
            yield slice(first, min(first + width, districts))

    def _part(self, start: int, grant: str, districts: slice) -> Ints:
        layout = self._layout(start)
        names = [grant]
        if grant == TOTAL and TOTAL not in layout.arrays:
            names = list(layout.arrays)
        width = districts.stop - districts.start
        found = np.zeros((len(layout.codes), width), dtype=np.int64)
        with open(chunk_file(self.folder, start), "rb") as file:
            for name in names:
                place = layout.arrays[name]
                kind, across = np.dtype(place["dtype"]), place["shape"][1]
                file.seek(layout.body + place["at"] + districts.start * across * kind.itemsize)
                stretch = file.read(width * across * kind.itemsize)
                found += np.frombuffer(stretch, dtype=kind).reshape(width, across).T
        return found

    def _layout(self, start: int) -> _Layout:
        if start not in self._layouts:
            with open(chunk_file(self.folder, start), "rb") as file:
                length = head_length(file.read(HEAD_AT))
                head = read_head(file.read(length))
            codes = np.array(head["codes"], dtype=np.int8)
            self._layouts[start] = _Layout(HEAD_AT + length, codes, head["arrays"])
        return self._layouts[start]

    def close(self) -> None:
        """Remove the store, unless it is to be kept or another run uses it as well.

        Its folder goes too, once nothing is in it.
        """
        mark, self._mark = self._mark, None
        if mark is None:
            return
        with last_one_out(mark, self.folder) as last:
            if self.runs.keep or not last:
                return
            _remove_files(self.folder)
            unmark(self.folder)
        for folder in (self.folder, self.runs.folder):
            with suppress(OSError):
                os.rmdir(folder)


def _read_about(file: str) -> dict[str, Any] | None:
    """Return what a store says of itself; None where it says nothing one can read."""
    try:
        with open(file, encoding="utf-8") as text:
            about = json.load(text)
    except (FileNotFoundError, ValueError):
        return None
    return about if isinstance(about, dict) else None


def _remove_files(folder: str) -> None:
    """Remove what a store consists of; what else somebody put there stays."""
    for name in os.listdir(folder):
        if name.endswith(".chunk") or name == _ABOUT:
            os.unlink(os.path.join(folder, name))
