"""Searches for breaks end with their work: no clock cuts them, however busy the machine is.

All tests begin with this (`conftest.py`), and so do the programs that a test starts and that
check policies: they import it, or are ``python -m tests.unhurried``, which is the program without
the clock. What is about the clock asks for the fixture `clock`.
"""

from __future__ import annotations

import runpy
import sys
from fractions import Fraction
from pathlib import Path

from checks.search.clock import Clock

CLOCK = Clock.beyond
"""What tells by the clock whether a part of the time has run out."""


def _never(clock: Clock, part: Fraction | int) -> bool:
    return False


Clock.beyond = _never  # type: ignore[method-assign]

if __name__ == "__main__":
    sys.argv[0] = str(Path(__file__).resolve().parents[1] / "cli.py")
    runpy.run_path(sys.argv[0], run_name="__main__")
