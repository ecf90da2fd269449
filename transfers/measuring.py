"""Measures: figures of an allocation that a study asks for, one for each scenario.

A measure makes no scenario invalid: where a figure is missing under it, it has none.

Method: section 34.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.decimals import fixed_decimal
from transfers.errors import TooLongError
from transfers.formula.values import Gap
from transfers.messages import Phrase
from transfers.policy.rules import MeasureRule

if TYPE_CHECKING:
    from transfers.block import Block

Floats = NDArray[np.float64]
FIRST = np.zeros(1, dtype=np.intp)


def measure_rule(block: Block, name: str) -> MeasureRule:
    """Return a measure by its name; KeyError where there is none."""
    for rule in block.policy.measures:
        if rule.name == name:
            return rule
    raise KeyError(name)


def measured(block: Block, name: str) -> Floats:
    """Return a measure of all scenarios of a block: (S,) float64.

    NaN where it is missing, and of scenarios that pay nobody or cannot be computed.
    """
    try:
        figures, gaps = _read(block, measure_rule(block, name))
    except TooLongError:
        return np.full(block.size, np.nan)
    for gap in gaps:
        figures[gap.where.any(axis=-1) if len(gap.where) > 1 else slice(None)] = np.nan
    figures[[*block.rejected, *block.invalid]] = np.nan
    return figures


def exact_measure(block: Block, scenario: int, name: str) -> Fraction | None:
    """Return a measure of one scenario exactly; None where it has none."""
    rule = measure_rule(block, name)
    if np.isnan(measured(block, name)[scenario]):
        return None
    try:
        return block.exact(scenario).number(rule.formula.node)
    except TooLongError:
        return None


def written_measure(block: Block, scenario: int, name: str, places: int) -> str | None:
    """Write a measure of one scenario with so many decimals; None where it has none.

    It is the exact figure that is rounded: where the bounds of a float round to the same, that
    is known without it.
    """
    try:
        value = block.reader.numbers(measure_rule(block, name).formula.node)
    except TooLongError:
        return None
    finally:
        block.reader.gaps = []
    row = min(scenario, len(value.value) - 1)
    middle, error = (
        float(value.value[row, 0]),
        float(value.error[min(row, len(value.error) - 1), 0]),
    )
    if np.isfinite(middle) and np.isfinite(error):
        ends = (Fraction(middle) - Fraction(error), Fraction(middle) + Fraction(error))
        low, high = (fixed_decimal(end, places, ",") for end in ends)
        if low == high and not np.isnan(measured(block, name)[scenario]):
            return low
    exact = exact_measure(block, scenario, name)
    return None if exact is None else fixed_decimal(exact, places, ",")


def why_unmeasured(block: Block, scenario: int, name: str) -> Phrase:
    """Return why a measure of a scenario has no figure."""
    rule = measure_rule(block, name)
    try:
        _, gaps = _read(block, rule)
    except TooLongError:
        return Phrase("allocation.too_long")
    for gap in gaps:
        row = gap.where[min(scenario, len(gap.where) - 1)]
        if row.any():
            members = np.flatnonzero(row) if len(row) > 1 else FIRST[:0]
            words = block.words_of(rule.formula, gap.node, members, scenario, gap.node.domain)
            return Phrase(gap.code, words)
    words = block.words_of(rule.formula, None, FIRST, scenario)
    cause = words["cause"]
    inner = {"cause": cause.values["cause"]} if isinstance(cause, Phrase) else {}
    words["because"] = Phrase("rules.because", inner) if inner else ""
    return Phrase("rules.missing", words)


def _read(block: Block, rule: MeasureRule) -> tuple[Floats, list[Gap]]:
    """Return a measure in floats, (S,), and what is missing under its aggregates."""
    reader = block.reader
    try:
        value = reader.numbers(rule.formula.node).value
        return np.broadcast_to(value[:, 0], (block.size,)).copy(), reader.gaps
    finally:
        reader.gaps = []
