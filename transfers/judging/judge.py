"""Hold the outcomes of a block against a rule: for all scenarios and districts at once.

Reading a rule makes no scenario invalid: what a figure is missing for is unknown, never kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Floats
from transfers.errors import TooLongError
from transfers.formula.values import Gap
from transfers.policy.rules import CheckRule, Formula

if TYPE_CHECKING:
    from transfers.block import Block

Verdicts = NDArray[np.int8]

UNKNOWN, BROKEN, HOLDS, NOT_APPLICABLE = -1, 0, 1, 2


class Judgement(Struct, frozen=True, eq=False):
    """What a rule came to in every scenario of a block.

    Parameters
    ----------
    verdicts : (S | 1, N) int8, or (S | 1, 1) for a rule about the whole
        HOLDS, BROKEN, UNKNOWN or NOT_APPLICABLE.
    applied, truth : (S, N) float64, or None where exact figures grow too long
        1, 0, or NaN where a figure is missing.
    gaps : tuple of (Formula, Gap)
        Figures missing under an aggregate: where one is, nothing can be said of a scenario.
    """

    rule: CheckRule
    verdicts: Verdicts
    applied: Floats | None = None
    truth: Floats | None = None
    gaps: tuple[tuple[Formula, Gap], ...] = ()

    def of(self, scenario: int) -> Verdicts:
        """Return the verdicts of one scenario: (N,), or (1,) for a rule about the whole."""
        return np.asarray(self.verdicts[min(scenario, len(self.verdicts) - 1)])

    @property
    def worst(self) -> Verdicts:
        """Return the first that some district has of broken, unknown, holds, not applicable.

        Its place among these four, for each scenario: (S | 1,) int8.
        """
        places = np.empty(4, dtype=np.int8)
        places[[BROKEN, UNKNOWN, HOLDS, NOT_APPLICABLE]] = np.arange(4)
        return np.asarray(places[self.verdicts].min(axis=-1))


def judge(block: Block, rule: CheckRule) -> Judgement:
    """Hold every scenario of a block against a rule (method, section 28)."""
    width = block.district_count if rule.per_district else 1
    try:
        applied, gaps = _read(block, rule.applies)
        truth, more = _read(block, rule.that)
    except TooLongError:
        return Judgement(rule, np.full((1, width), UNKNOWN, dtype=np.int8))
    verdicts = np.where(truth == 1, HOLDS, BROKEN)
    verdicts = np.where(np.isnan(truth) | np.isnan(applied), UNKNOWN, verdicts)
    verdicts = np.where(applied == 0, NOT_APPLICABLE, verdicts)
    # What the statement lacks matters only where it applies to somebody.
    lacking = (applied != 0).any(axis=-1, keepdims=True) & _rows(more)
    verdicts = np.where(lacking & (applied != 0), UNKNOWN, verdicts)
    verdicts = np.where(_rows(gaps), UNKNOWN, verdicts).astype(np.int8)
    shape = (len(verdicts), width)
    told = tuple(
        (f, gap) for f, found in ((rule.applies, gaps), (rule.that, more)) for gap in found if f
    )
    return Judgement(rule, np.broadcast_to(verdicts, shape), applied, truth, told)


def _read(block: Block, formula: Formula | None) -> tuple[Floats, list[Gap]]:
    """Return a statement as 1, 0 or NaN, and what was missing under its aggregates."""
    if formula is None:
        return np.ones((1, 1)), []
    reader = block.reader
    try:
        truth = reader.truth(formula.node).value
        return truth, reader.gaps
    finally:
        reader.gaps = []


def _rows(gaps: list[Gap]) -> NDArray[np.bool_]:
    """Return in which scenarios something is missing: (S | 1, 1) bool."""
    rows = np.zeros((1, 1), dtype=bool)
    for gap in gaps:
        rows = rows | gap.where.any(axis=-1, keepdims=True)
    return rows
