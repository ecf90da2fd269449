"""A Dask cluster that is there already: its workers run blocks of scenarios.

They need this package and nothing else: policy, table and scenarios are sent to each, once.
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

from scenarios.running.digest import program_digest, versions
from scenarios.running.faults import WorkersError
from scenarios.running.job import Deliveries, Halted, Job, Range
from transfers.errors import Fault

_AHEAD: Final = 2
_WAIT: Final = 10.0
"""Seconds in which a scheduler answers."""

_PATIENCE: Final = 0.2


class Cluster:
    """The workers of a cluster.

    Parameters
    ----------
    address : str
        Of its scheduler: ``tcp://192.168.1.5:8786``.

    Raises
    ------
    WorkersError
        There is none, it has no workers, or they have another program.
    """

    shares_files = False

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            raise _error("running.no_dask") from None
        words = {"address": address}
        try:
            self._client = distributed.Client(address, timeout=_WAIT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise _error("running.no_cluster", error=str(error), **words) from None
        found = self._ask_who_they_are()
        faults = [fault for fault in map(_fault, found, found.values()) if fault]
        if not found:
            faults = [Fault("running.no_workers", values=words)]
        if faults:
            self._client.close()
            raise WorkersError(faults)
        self.hands: int = sum(self._client.nthreads().values())

    def _ask_who_they_are(self) -> dict[str, Any]:
        """Return which program each worker has, or why that is not to be had."""
        try:
            found: dict[str, Any] = self._client.run(about, on_error="return")
        except Exception as error:
            return {"": error}
        except BaseException:
            self._client.close()
            raise
        return found

    def deliver(
        self, job: Job, ranges: list[Range], folder: str | None, halted: Halted
    ) -> Deliveries:
        """Yield each range, in order, with its chunk packed."""
        submit = self._client.submit
        there = self._client.scatter(job, broadcast=True, hash=False)
        waiting, given = deque(ranges), deque[Any]()
        try:
            for turn in ranges:
                while waiting and len(given) < _AHEAD * self.hands:
                    given.append(submit(deliver, there, *waiting.popleft(), pure=False))
                content = _result(given.popleft(), halted)
                if content is None:
                    return
                yield turn, content
        finally:
            self._client.cancel(list(given))

    def close(self) -> None:
        """Leave the cluster; it goes on without us."""
        self._client.close()


def deliver(job: Job, start: int, stop: int) -> bytes:
    """Run some of the scenarios: what is done on a worker."""
    return job.deliver(start, stop, None)


def about() -> tuple[str, dict[str, str]]:
    """Return which program a worker has: what may change the bits of what it computes."""
    known = versions()
    known["python"] = known["python"].rpartition(".")[0]
    return program_digest(), known


def _fault(worker: str, found: Any) -> Fault | None:
    """Return what is wrong with the program of a worker."""
    ours = about()
    if isinstance(found, BaseException):
        words: dict[str, object] = {"worker": worker, "error": f"{type(found).__name__}: {found}"}
        return Fault("running.worker_without_package", values=words)
    program, theirs = found
    differ = [
        f"{name} {theirs.get(name)} ({version})"
        for name, version in ours[1].items()
        if theirs.get(name) != version
    ]
    if program == ours[0] and not differ:
        return None
    words = {"worker": worker, "differs": tuple(differ) or (program[:12], ours[0][:12])}
    return Fault("running.worker_differs", values=words)


def _result(future: Any, halted: Halted) -> bytes | None:
    """Return what a worker delivers; None once it is halted."""
    while not halted():
        with suppress(TimeoutError):
            content: bytes = future.result(timeout=_PATIENCE)
            return content
    return None


def _error(code: str, **words: object) -> WorkersError:
    return WorkersError([Fault(code, values=words)])
