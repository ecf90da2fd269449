"""Times of several runners, taken in turn so that a noisy machine disturbs all alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

SHORTEST = 0.002
"""Seconds one sample lasts at least; quicker runners run several times."""

SLOW = 1.0
"""A runner that takes longer than this many seconds runs once only."""


@dataclass
class Times:
    """Seconds per call of each runner, round by round; None where a runner gave up."""

    rounds: dict[str, list[float | None]] = field(default_factory=dict)

    def ratios(self, runner: str, to: str) -> list[float]:
        """Return how many times as long `runner` took as `to`, in each round both ran.

        A runner that ran once is held against the others' median.
        """
        mine, theirs = self.seconds(runner), self.seconds(to)
        if len(mine) == 1 and theirs:
            theirs = [median(theirs)]
        return [a / b for a, b in zip(mine, theirs, strict=False)]

    def seconds(self, runner: str) -> list[float]:
        """Return the times of one runner, empty where it gave up or did not run."""
        return [time for time in self.rounds.get(runner, []) if time is not None]

    def median_ratio(self, runner: str, to: str) -> float | None:
        """Return the median of the ratios; None where there is none."""
        ratios = self.ratios(runner, to)
        return median(ratios) if ratios else None

    def least_ratio(self, runner: str, to: str) -> float | None:
        """Return the ratio of the shortest times: the machine at its quietest."""
        mine, theirs = self.seconds(runner), self.seconds(to)
        return min(mine) / min(theirs) if mine and theirs else None


def measure(
    runners: Mapping[str, Callable[[], object]],
    rounds: int,
    gave_up: type[Exception],
    shortest: float = SHORTEST,
) -> Times:
    """Run everybody once per round, in turn.

    Parameters
    ----------
    runners : mapping
    rounds : int
    gave_up : exception class
        What a runner raises that has no answer; it is not asked again.
    shortest : float, seconds

    Notes
    -----
    Before the first round everybody runs once, unmeasured unless it is slow. A result is let go
    after the clock has stopped.
    """
    times = Times({name: [] for name in runners})
    repeats = {
        name: _first_run(name, run, times, gave_up, shortest) for name, run in runners.items()
    }
    active = {name: number for name, number in repeats.items() if number}
    collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, number in active.items():
                times.rounds[name].append(_sample(runners[name], number))
            gc.collect()
    finally:
        if collecting:
            gc.enable()
    return times


def _first_run(
    name: str,
    run: Callable[[], object],
    times: Times,
    gave_up: type[Exception],
    shortest: float,
) -> int:
    """Return how many runs make one sample; 0 where the first run was the last."""
    try:
        seconds = _sample(run, 1)
    except gave_up:
        times.rounds[name].append(None)
        return 0
    if seconds > SLOW:
        times.rounds[name].append(seconds)
        return 0
    seconds = min(seconds, _sample(run, 1))
    return max(1, round(shortest / max(seconds, 1e-7)))


def _sample(run: Callable[[], object], number: int) -> float:
    start = perf_counter()
    for _ in range(number):
        result = run()
    seconds = perf_counter() - start
    del result
    return seconds / number
