"""The clock is only a guard: what is tried is counted in runs, and is the same on any machine."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Final

_BUSY: Final = 3
"""How many times the seconds may pass on a machine that has other things to do."""


class Clock:
    """Tells when a search has to stop wherever it is.

    Parameters
    ----------
    seconds : float
        Of the processor; of time that passes three times as many.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._computed, self._passed = time.process_time(), time.monotonic()

    @property
    def out(self) -> bool:
        """Whether time has run out."""
        return self.beyond(1)

    def beyond(self, part: Fraction | int) -> bool:
        """Whether a part of the time has run out."""
        computed, passed = time.process_time() - self._computed, time.monotonic() - self._passed
        return max(computed, passed / _BUSY) > part * self._seconds
