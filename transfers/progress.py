"""Telling how far the work is, to whoever listens; next to nothing where nobody does.

What takes long runs inside a stage, and tells the stage what is done::

    with progress.stage("read", total=size_in_bytes) as stage:
        for part in parts:
            ...
            stage.advance(len(part))

or, where the work is a sequence, ``for row in stage.each(rows)``. Stages may stand inside each
other; the innermost is what is being done. Tell a stage some hundred times, not a million times.

Stages: ``read`` (a table; bytes), ``check`` (a table or a document), ``solve`` (values tried),
``divide`` (rules of the policy), ``verify`` (scenarios), ``scenarios`` (those of a sweep),
``probe`` (figures moved), ``search`` (edges), ``reach`` (numbers of a document),
``promises`` (work of a check), ``prepare`` (columns of an output), ``write`` (cells, then the
file). A stage has its label in :mod:`transfers.messages.progress`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Item = TypeVar("Item")


class Listener:
    """Somebody who is told, and in the thread that does the work: it must be quick.

    This one does not care; those who do derive from it.
    """

    def began(self, stage: Stage) -> None:
        """Learn that a stage has begun, inside those begun and not ended before."""

    def advanced(self, stage: Stage) -> None:
        """Learn that `stage.done` has grown."""

    def ended(self, stage: Stage) -> None:
        """Learn that a stage has ended, well or with an error."""


class Stage:
    """A stretch of work.

    Attributes
    ----------
    name : str
    total : int or None
        What there is to do, in units of the stage; None where it is not known.
    done : int
    """

    __slots__ = ("_listener", "done", "name", "total")

    def __init__(self, name: str, total: int | None, listener: Listener | None) -> None:
        self.name, self.total, self.done = name, total, 0
        self._listener = listener

    def __enter__(self) -> Stage:
        """Tell that the stage begins."""
        if self._listener is not None:
            self._listener.began(self)
        return self

    def __exit__(self, *error: object) -> None:
        """Tell that the stage has ended."""
        if self._listener is not None:
            self._listener.ended(self)

    def advance(self, amount: int = 1) -> None:
        """Tell that `amount` more is done."""
        if self._listener is not None:
            self.done += amount
            self._listener.advanced(self)

    def each(self, items: Iterable[Item], every: int = 1) -> Iterator[Item]:
        """Yield the items, and tell after every `every` of them that they are done."""
        if self._listener is None:
            yield from items
            return
        for number, item in enumerate(items, start=1):
            yield item
            if number % every == 0:
                self.advance(every)


_listener: ContextVar[Listener | None] = ContextVar("progress_listener", default=None)


def stage(name: str, total: int | None = None) -> Stage:
    """Return a stage to be entered: what is being done, and how much of it there is."""
    return Stage(name, total, _listener.get())


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Have a listener told of all stages in this context."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
