"""Processes on this machine, each with a pipe of its own, that end with the one that began them.

A pipe tells each side when the other is no more: no process outlives the one that started it, and
none is waited for in vain.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

from msgspec import Struct

from scenarios.running.faults import WorkerLostError
from scenarios.running.signals import undisturbed

_PATIENCE: Final = 0.2

_THREADS: Final = (
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"),
    *("NUMEXPR_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"),
)


class Process(Struct, eq=False):
    """A process, and the pipe to it."""

    process: BaseProcess
    pipe: Connection

    @contextmanager
    def or_lost(self) -> Iterator[None]:
        """Use the pipe; say so where the process is no more.

        Raises
        ------
        WorkerLostError
        """
        try:
            yield
        except (EOFError, OSError):
            self.process.join(_PATIENCE)
            raise WorkerLostError(self.process.exitcode) from None


def begun(serve: Callable[[Connection], None], count: int) -> list[Process]:
    """Start processes that do `serve` all their life, each in one thread."""
    context = get_context("spawn")
    found = []
    with _alone_and_undisturbed():
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            found.append(Process(process, ours))
    return found


def send_home(processes: Sequence[Process], patience: float) -> None:
    """End processes; what they are at is finished first, if it takes no longer than that."""
    with undisturbed():
        for each in processes:
            each.pipe.close()
        for each in processes:
            each.process.join(patience)
            if each.process.is_alive():
                each.process.kill()
                each.process.join()
            each.process.close()


def deaf_to_ctrl_c() -> None:
    """Leave Ctrl-C, which reaches everybody at the terminal, to the one that began this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def packed_error(error: Exception) -> bytes:
    """Return an error as it travels: itself where it can, else what it says."""
    try:
        content = pickle.dumps(error)
        pickle.loads(content)
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return content


@contextmanager
def _alone_and_undisturbed() -> Iterator[None]:
    """Have processes begin with one thread each, and deaf to Ctrl-C until they see to it."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    can_block = hasattr(signal, "pthread_sigmask")
    if can_block:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if can_block:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
