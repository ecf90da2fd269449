"""The stages of the search in their order: each yields rounds of cases that pay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from checks.report import Stage
from checks.runs import Case
from checks.search.chance import chance
from checks.search.edges import edges
from checks.search.ground import Ground
from checks.search.steering import Steering
from checks.search.tiny import tiny

WHOLE: Final = 40
"""Districts up to which every promise is held against the whole table."""

_IN_VAIN: Final = 8
_SAMPLE: Final = 12
_SAMPLES: Final = 4

STAGES: Final[tuple[Stage, ...]] = ("saved", "real", "thresholds", "tiny", "random")

SHARES: Final[dict[Stage, int]] = {
    "saved": 10,
    "real": 15,
    "thresholds": 25,
    "tiny": 30,
    "random": 20,
}
"""How much of the work each stage may take, in hundredths; what one leaves goes to the next."""


class Source(Struct, eq=False):
    """The cases of one stage, made as they are wanted.

    Attributes
    ----------
    cases : list of Case
        Those made so far.
    in_vain : int
        Rounds on end of which no case pays.
    """

    stage: Stage
    rounds: Iterator[list[Case]]
    cases: list[Case]
    in_vain: int = 0

    def have(self, count: int) -> int:
        """Make cases until there are so many, or no more; return how many there are."""
        while len(self.cases) < count and self.in_vain < _IN_VAIN:
            more = next(self.rounds, None)
            if more is None:
                break
            self.cases += more
            self.in_vain = 0 if more else self.in_vain + 1
        return len(self.cases)


def source(stage: Stage, ground: Ground, saved: Sequence[Case]) -> Source:
    """Return the cases of a stage."""
    steering = Steering(ground)
    rounds: dict[Stage, Iterator[list[Case]]] = {
        "saved": iter([list(saved)]),
        "real": _real(ground, steering),
        "thresholds": _steered(steering, edges(ground, steering)),
        "tiny": _steered(steering, tiny(ground)),
        "random": _steered(steering, chance(ground)),
    }
    return Source(stage, rounds[stage], [])


def _real(ground: Ground, steering: Steering) -> Iterator[list[Case]]:
    """Yield the real table; of a large one also some of its districts."""
    if ground.real is None or not len(ground.real):
        return
    yield [Case(ground.real)]
    if len(ground.real) > _SAMPLE:
        samples = [ground.sampled(_SAMPLE, turn) for turn in range(_SAMPLES)]
        yield steering.steered([Case(table) for table in samples if table is not None])


def _steered(steering: Steering, rounds: Iterator[list[Case]]) -> Iterator[list[Case]]:
    for cases in rounds:
        yield steering.steered(cases)
