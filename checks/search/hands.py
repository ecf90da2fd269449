"""Hands: processes on this machine that hold promises against cases.

What comes of a trial does not depend on its company, so it does not matter whose hands it is in.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Final, Protocol

from checks.runs import Case
from checks.search.rounds import Outcome, Tell, Try
from checks.table import Table
from scenarios.running.processes import begun, deaf_to_ctrl_c, packed_error, send_home

_PATIENCE: Final = 5.0


class Begin(Protocol):
    """Makes ready in a process what holds promises against cases; it travels by its pickle."""

    @property
    def real(self) -> Table | None:
        """The real table: a case that has it has that very one wherever it is."""

    def __call__(self) -> Tell:
        """Return what holds promises against cases."""


class Hands:
    """Some processes, from the first that is asked of them until they are closed.

    Parameters
    ----------
    count : int
    begin : callable
        What each of them begins with.
    """

    def __init__(self, count: int, begin: Begin) -> None:
        self._real = begin.real
        self._members = begun(serve, count)
        order = pickle.dumps(begin, pickle.HIGHEST_PROTOCOL)
        for member in self._members:
            member.pipe.send_bytes(order)

    def tell(self, cases: Sequence[Case], tries: Sequence[Try]) -> list[Outcome]:
        """Hold promises against cases: case after case goes to the next process."""
        count = len(self._members)
        parts: list[list[int]] = [[] for _ in range(count)]
        for place, (_, at) in enumerate(tries):
            parts[at % count].append(place)
        for member, part in zip(self._members, parts, strict=True):
            wanted = sorted({tries[place][1] for place in part})
            where = {at: number for number, at in enumerate(wanted)}
            moved = [(tries[place][0], where[tries[place][1]]) for place in part]
            with member.or_lost():
                member.pipe.send_bytes(_packed(([cases[at] for at in wanted], moved), self._real))
        found: dict[int, Outcome] = {}
        for member, part in zip(self._members, parts, strict=True):
            with member.or_lost():
                answer = pickle.loads(member.pipe.recv_bytes())
            if isinstance(answer, BaseException):
                raise answer
            found.update(zip(part, answer, strict=True))
        return [found[place] for place in range(len(tries))]

    def close(self) -> None:
        """Send everybody home."""
        send_home(self._members, _PATIENCE)
        self._members = []


class _Pickler(pickle.Pickler):
    """Names the real table in place of sending it again."""

    def __init__(self, file: io.BytesIO, real: Table | None) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._real = real

    def persistent_id(self, obj: Any) -> str | None:
        return "real" if obj is self._real and obj is not None else None


class _Unpickler(pickle.Unpickler):
    """Has its own real table where that is named."""

    def __init__(self, file: io.BytesIO, real: Table | None) -> None:
        super().__init__(file)
        self._real = real

    def persistent_load(self, pid: str) -> Table | None:
        return self._real


def _packed(content: object, real: Table | None) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer, real).dump(content)
    return buffer.getvalue()


def serve(pipe: Connection) -> None:
    """Hold promises against cases until nobody is at the other end: what a process does."""
    deaf_to_ctrl_c()
    with suppress(EOFError, OSError):
        begin: Begin = pickle.loads(pipe.recv_bytes())
        tell = begin()
        while True:
            cases, tries = _Unpickler(io.BytesIO(pipe.recv_bytes()), begin.real).load()
            pipe.send_bytes(_answer(tell, cases, tries))


def _answer(tell: Tell, cases: Sequence[Case], tries: Sequence[Try]) -> bytes:
    try:
        return pickle.dumps(tell(cases, tries), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return packed_error(error)
