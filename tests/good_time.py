"""Time of the processor: however busy the machine is, the same work takes about the same of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Hold what is done to some seconds of the processor, of all threads of this process."""
    start = process_time()
    yield
    taken = process_time() - start
    assert taken < seconds, f"{taken:.1f} s of the processor"
