"""Ctrl-C where it does no harm: between two blocks, and not while everybody is going home."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from scenarios.running.job import Halted


@contextmanager
def stopped_between_blocks() -> Iterator[Halted]:
    """Have a first Ctrl-C only noted; a second is what it always is.

    Yields whether one was noted. Who listens to Ctrl-C in a way of their own goes on doing so.
    """
    noted: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if noted:
            signal.default_int_handler(number, frame)
        noted.append(number)

    if not _is_ours():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(noted)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C do nothing."""
    if not _is_ours():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _is_ours() -> bool:
    """Tell whether Ctrl-C is what it always is, and this thread the one that hears of it."""
    main = threading.current_thread() is threading.main_thread()
    return main and signal.getsignal(signal.SIGINT) is signal.default_int_handler
