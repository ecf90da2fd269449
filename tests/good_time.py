"""Time of the processor: however busy the machine is, the same work takes about the same of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Hold what is done to some seconds of the processor, of all threads of this process.

    Without collections of garbage: what other tests have left there would count for this one.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        start = process_time()
        yield
        taken = process_time() - start
    finally:
        if collected:
            gc.enable()
    assert taken < seconds, f"{taken:.1f} s of the processor"
