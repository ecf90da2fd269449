"""Hands: processes on this machine that hold promises against cases.

Each is connected by a pipe of its own, and ends when nobody is at the other end any more. What
comes of a trial does not depend on its company, so it does not matter whose hands it is in.
"""

from __future__ import annotations

import io
import pickle
import signal
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final, Protocol

from checks.runs import Case
from checks.search.rounds import Outcome, Tell, Try
from checks.table import Table
from scenarios.running.faults import WorkerLostError
from scenarios.running.pool import alone_and_undisturbed
from scenarios.running.signals import undisturbed

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
        self._members: list[tuple[BaseProcess, Connection]] = []
        context = get_context("spawn")
        order = pickle.dumps(begin, pickle.HIGHEST_PROTOCOL)
        with alone_and_undisturbed():
            for _ in range(count):
                ours, theirs = context.Pipe()
                process = context.Process(target=serve, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
                self._members.append((process, ours))
        for _, pipe in self._members:
            pipe.send_bytes(order)

    def tell(self, cases: Sequence[Case], tries: Sequence[Try]) -> list[Outcome]:
        """Hold promises against cases: case after case goes to the next process."""
        count = len(self._members)
        parts: list[list[int]] = [[] for _ in range(count)]
        for place, (_, at) in enumerate(tries):
            parts[at % count].append(place)
        for (process, pipe), part in zip(self._members, parts, strict=True):
            wanted = sorted({tries[place][1] for place in part})
            where = {at: number for number, at in enumerate(wanted)}
            moved = [(tries[place][0], where[tries[place][1]]) for place in part]
            with _lost(process):
                pipe.send_bytes(_packed(([cases[at] for at in wanted], moved), self._real))
        found: dict[int, Outcome] = {}
        for (process, pipe), part in zip(self._members, parts, strict=True):
            with _lost(process):
                answer = pickle.loads(pipe.recv_bytes())
            if isinstance(answer, BaseException):
                raise answer
            found.update(zip(part, answer, strict=True))
        return [found[place] for place in range(len(tries))]

    def close(self) -> None:
        """Send everybody home."""
        with undisturbed():
            for _, pipe in self._members:
                pipe.close()
            for process, _ in self._members:
                process.join(_PATIENCE)
                if process.is_alive():
                    process.kill()
                    process.join()
                process.close()
            self._members = []


class _lost:  # noqa: N801
    """Say so where a process is no more."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, (EOFError, OSError)):
            self._process.join(_PATIENCE)
            raise WorkerLostError(self._process.exitcode) from None


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
    # Ctrl-C reaches everybody at the terminal; who started this process tells it when to go.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
