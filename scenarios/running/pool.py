"""A pool: processes on this machine that run blocks of scenarios.

A job is sent to each once, then only numbers of scenarios go there, and packed chunks or nothing
come back.
"""

from __future__ import annotations

import gc
import io
import pickle
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from multiprocessing import connection
from multiprocessing.connection import Connection
from typing import Any, Final, cast

from msgspec import Struct, field

from scenarios.running.faults import WorkerLostError
from scenarios.running.job import Deliveries, Halted, Job, Range
from scenarios.running.processes import Process, begun, deaf_to_ctrl_c, packed_error, send_home
from scenarios.settings import Setting

AHEAD: Final = 2
"""Blocks a worker has at hand, the one it runs among them: it never waits for the next."""

_WAITED_FOR: Final = 8
"""Blocks, for each worker, that may be done before the one whose turn it is."""

_PATIENCE: Final = 0.2
_SERVICE: Final = 600.0

_DONE, _FAILED = b"+", b"-"


class Worker(Struct, eq=False):
    """A process, and the blocks it was given and has not delivered."""

    at: Process
    orders: deque[Range] = field(default_factory=deque)
    setting: Setting | None = None
    job: int = 0


class Pool:
    """Processes on this machine; each computes in one thread.

    Parameters
    ----------
    workers : int
    """

    shares_files = True

    def __init__(self, workers: int) -> None:
        self.hands = workers
        self._workers: list[Worker] = []
        self._jobs = 0

    def _start(self, needed: int) -> None:
        """Start processes, no more than there are blocks for."""
        more = min(self.hands, needed) - len(self._workers)
        self._workers += map(Worker, begun(serve, more))

    def deliver(
        self, job: Job, ranges: list[Range], folder: str | None, halted: Halted
    ) -> Deliveries:
        """Yield each range, in order, with its chunk packed; b"" if it is in the folder."""
        self._start(len(ranges))
        self._jobs += 1
        sent = Sent(job)
        waiting = deque(ranges)
        early: dict[Range, bytes] = {}
        try:
            for turn in ranges:
                while turn not in early:
                    if halted():
                        return
                    self._give(sent, waiting, folder, turn, len(early))
                    self._receive(early)
                yield turn, early.pop(turn)
        finally:
            while any(worker.orders for worker in self._workers):
                with suppress(Exception):  # what is wrong is told already, or nobody asks
                    self._receive(early)

    def _give(
        self, sent: Sent, waiting: deque[Range], folder: str | None, turn: Range, early: int
    ) -> None:
        """Give blocks to those who have none at hand, but not too far ahead of the turn."""
        for _ in range(AHEAD):
            for worker in self._workers:
                far = early >= _WAITED_FOR * self.hands
                if not waiting or len(worker.orders) >= AHEAD or (far and waiting[0] != turn):
                    continue
                with self._or_lost(worker):
                    self._brief(worker, sent)
                    worker.at.pipe.send_bytes(pickle.dumps((*waiting[0], folder)))
                worker.orders.append(waiting.popleft())

    def _brief(self, worker: Worker, sent: Sent) -> None:
        """Tell a worker what it is to run, unless it knows."""
        if worker.setting is not sent.job.setting:
            worker.at.pipe.send_bytes(sent.setting)
            worker.setting = sent.job.setting
        if worker.job != self._jobs:
            worker.at.pipe.send_bytes(sent.rest)
            worker.job = self._jobs

    def _receive(self, early: dict[Range, bytes]) -> None:
        """Wait a moment for deliveries; take those that are there."""
        owing = {worker.at.pipe: worker for worker in self._workers if worker.orders}
        for pipe in connection.wait(list(owing), _PATIENCE):
            worker = owing[cast("Connection", pipe)]
            with self._or_lost(worker):
                answer = worker.at.pipe.recv_bytes()
            done = worker.orders.popleft()
            if answer[:1] == _FAILED:
                raise pickle.loads(answer[1:])
            early[done] = answer[1:]

    @contextmanager
    def _or_lost(self, worker: Worker) -> Iterator[None]:
        try:
            with worker.at.or_lost():
                yield
        except WorkerLostError:
            worker.orders.clear()
            raise

    def close(self) -> None:
        """Send everybody home; blocks that are being run are finished first."""
        send_home([worker.at for worker in self._workers], _SERVICE)
        self._workers = []


class Sent:
    """A job as it travels: its setting, which a worker keeps from job to job, and the rest."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @cached_property
    def setting(self) -> bytes:
        """The setting."""
        return pickle.dumps(self.job.setting, pickle.HIGHEST_PROTOCOL)

    @cached_property
    def rest(self) -> bytes:
        """The scenarios and what is asked of them; the setting is only named there."""
        buffer = io.BytesIO()
        _Pickler(buffer, self.job).dump((self.job.source, self.job.asked))
        return buffer.getvalue()


_PARTS: Final = ("policy", "districts")


class _Pickler(pickle.Pickler):
    """Names the setting of a job, its policy and its table, in place of sending them again."""

    def __init__(self, file: io.BytesIO, job: Job) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        setting = job.setting
        self._names = {id(getattr(setting, name)): name for name in _PARTS} | {id(setting): ""}

    def persistent_id(self, obj: Any) -> str | None:
        return self._names.get(id(obj))


class _Unpickler(pickle.Unpickler):
    """Has a worker's own setting for the name of one."""

    def __init__(self, file: io.BytesIO, setting: Setting | None) -> None:
        super().__init__(file)
        self._setting = setting

    def persistent_load(self, pid: str) -> Any:
        return getattr(self._setting, pid) if pid else self._setting


def serve(pipe: Connection) -> None:
    """Run blocks until nobody is at the other end: what a worker does all its life."""
    deaf_to_ctrl_c()
    gc.disable()  # a block is taken away when it was run
    setting: Setting | None = None
    job: Job | None = None
    with suppress(EOFError, OSError):
        while True:
            order = _Unpickler(io.BytesIO(pipe.recv_bytes()), setting).load()
            if isinstance(order, Setting):
                setting = order
            elif len(order) == 2:
                assert setting is not None
                job = Job(setting, *order)
            else:
                assert job is not None
                pipe.send_bytes(_answer(job, *order))


def _answer(job: Job, start: int, stop: int, folder: str | None) -> bytes:
    """Run a block; return it behind a sign that says whether it went well."""
    try:
        return _DONE + job.deliver(start, stop, folder)
    except Exception as error:
        return _FAILED + packed_error(error)
