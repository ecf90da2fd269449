"""Options of commands that run many scenarios: who runs them, and where answers are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final

import typer

from commands import shell
from transfers import messages

if TYPE_CHECKING:
    from scenarios.running.job import Workplace
    from scenarios.running.store import Runs


MOST_PER_PROCESSOR: Final = 4
"""More processes than that only stand in each other's way."""


def _say(code: str) -> str:
    return messages.text(f"running.{code}", shell.language)


Workers = Annotated[str | None, typer.Option("--workers", help=_say("workers_help"), metavar="N")]
Cluster = Annotated[
    str | None, typer.Option("--cluster", help=_say("cluster_help"), metavar="ADDRESS")
]
Keep = Annotated[str | None, typer.Option("--keep", help=_say("keep_help"), metavar="DIR")]


@contextmanager
def at_work(workers: str | None, cluster: str | None) -> Iterator[Workplace | None]:
    """Have scenarios run where a call says; None is in this process.

    Raises
    ------
    WorkersError
        The call makes no sense, or whoever it means is not there.
    """
    if workers is None and cluster is None:
        yield None
        return
    from scenarios.running.faults import WorkersError
    from scenarios.running.runner import workplace
    from transfers.errors import Fault

    number = 1 if workers is None else int(workers) if workers.strip().isdecimal() else 0
    if number < 1:
        raise WorkersError([Fault("running.not_workers", values={"text": workers})])
    most = MOST_PER_PROCESSOR * (os.cpu_count() or 1)
    if number > most:
        raise WorkersError([Fault("running.too_many_workers", values={"most": most})])
    if workers is not None and cluster is not None:
        raise WorkersError([Fault("running.workers_and_cluster")])
    place = workplace(number, cluster)
    try:
        yield place
    finally:
        if place is not None:
            place.close()


def runs_of(document: str, keep: str | None) -> Runs:
    """Return where answers are kept: beside a document until they are used, or as a call says."""
    from scenarios.running.store import Runs

    return Runs.beside(document) if keep is None else Runs(keep, keep=True)
