"""What came of each scenario, and why some are not done."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from scenarios.running.chunk import Chunk, Note
from transfers.batch import RULE_STATUSES, STATUSES

Codes = NDArray[np.int8]


class Reason(Struct):
    """One reason why scenarios are not done.

    Parameters
    ----------
    scenario : int
        The first, from 0.
    note : Note
        Its words.
    status : str
        ``rejected`` or ``invalid``.
    count : int
        How many have it.
    """

    scenario: int
    note: Note
    status: str
    count: int = 1


class RuleOutcome(Struct):
    """What a rule came to in all scenarios that are done.

    Parameters
    ----------
    counts : dict of status to int
    worst : Fraction or None
        The smallest margin.
    scenario : int
        Where that is, from 0.
    """

    counts: dict[str, int]
    worst: Fraction | None = None
    scenario: int = 0


class Outcomes:
    """Takes the status of every scenario, the reasons of those not done, and what rules came to."""

    def __init__(self) -> None:
        self._codes: list[Codes] = []
        self.reasons: dict[str, Reason] = {}
        self.rules: dict[str, RuleOutcome] = {}

    def take(self, chunk: Chunk) -> None:
        """Take a block of scenarios."""
        self._codes.append(chunk.codes)
        for scenario, notes in chunk.notes.items():
            for code, note in {note.code: note for note in notes}.items():
                if code in self.reasons:
                    self.reasons[code].count += 1
                else:
                    status = chunk.status(scenario - chunk.start)
                    self.reasons[code] = Reason(scenario, note, status)
        for name, ruled in chunk.rules.items():
            self._take_rule(name, chunk.start, ruled.codes, ruled.margins)

    def _take_rule(
        self, name: str, start: int, codes: Codes, margins: tuple[Fraction | None, ...]
    ) -> None:
        outcome = self.rules.setdefault(name, RuleOutcome(dict.fromkeys(RULE_STATUSES, 0)))
        for code, status in enumerate(RULE_STATUSES):
            outcome.counts[status] += int((codes == code).sum())
        for row, margin in enumerate(margins):
            if margin is not None and (outcome.worst is None or margin < outcome.worst):
                outcome.worst, outcome.scenario = margin, start + row

    @property
    def codes(self) -> Codes:
        """What came of each scenario: places in `transfers.batch.STATUSES`."""
        return np.concatenate(self._codes) if self._codes else np.zeros(0, dtype=np.int8)

    def counts(self) -> Mapping[str, int]:
        """Return how many scenarios are done, rejected, invalid."""
        codes = self.codes
        return {status: int((codes == n).sum()) for n, status in enumerate(STATUSES)}
