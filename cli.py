"""The command line: parse, call, render. It and `commands` are the only places that print."""

from __future__ import annotations

import gc
import os

# A run is over before the collector would find anything, and no linear algebra is done here:
# without these two, half of the time of a small run would go to them.
gc.disable()
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from commands.shell import app  # noqa: E402  (the two lines above must come first)

if __name__ == "__main__":
    app()
