"""Why many scenarios did not come to their end, though nothing is wrong with what was asked."""

from __future__ import annotations

from transfers.errors import Fault, FaultsError


class WorkersError(FaultsError):
    """Who was to run the scenarios is not there, is another program, or is no more."""


class WorkerLostError(WorkersError):
    """A process of the pool ended by itself, most often for want of memory.

    Parameters
    ----------
    code : int or None
        What it ended with; below 0: the signal that ended it.
    """

    def __init__(self, code: int | None) -> None:
        super().__init__([Fault("running.worker_lost", values={"code": str(code)})])
