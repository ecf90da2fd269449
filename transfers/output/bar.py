"""A bar that shows how far the work is, once it takes longer than a second."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any, Final

from transfers import messages, progress

PATIENCE: Final = 1.0
"""Seconds that pass without a bar; most runs are over before."""


@contextmanager
def shown_bar(language: str) -> Iterator[None]:
    """Show on standard error what is being done, from the first second on; gone at the end."""
    bar = Bar(language)
    timer = Timer(PATIENCE, bar.show)
    timer.daemon = True
    timer.start()
    try:
        with progress.told_to(bar):
            yield
    finally:
        timer.cancel()
        bar.close()


class Bar(progress.Listener):
    """Hears of stages in the working thread, is first shown by the timer's."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._stages: list[progress.Stage] = []
        self._lock = Lock()
        self._live: Any = None
        self._task: Any = None
        self._closed = False

    def began(self, stage: progress.Stage) -> None:
        """Show a stage in place of the one around it."""
        self._stages.append(stage)
        self._update()

    def advanced(self, stage: progress.Stage) -> None:
        """Show how far the stage is, where it is the innermost."""
        if self._live is not None and self._stages[-1] is stage:
            self._live.update(self._task, completed=stage.done)

    def ended(self, stage: progress.Stage) -> None:
        """Show the stage around this one again."""
        self._stages.remove(stage)
        self._update()

    def show(self) -> None:
        """Draw the bar; rich, which takes a while to import, is imported here and not before."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress,
            TaskProgressColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        console = Console(stderr=True)
        live = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        with self._lock:
            if self._closed:
                return
            self._task = live.add_task("", total=None)
            self._live = live
            self._update()
            live.start()

    def close(self) -> None:
        """Take the bar away, if there is one, and never show it again."""
        with self._lock:
            self._closed = True
            if self._live is not None:
                self._live.stop()
                self._live = None

    def _update(self) -> None:
        """Show the innermost stage."""
        live = self._live
        if live is None:
            return
        stages = self._stages[-1:]
        name = stages[0].name if stages else "start"
        live.update(
            self._task,
            description=messages.text(f"progress.{name}", self._language),
            total=stages[0].total if stages else None,
            completed=stages[0].done if stages else 0,
        )
