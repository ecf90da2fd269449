"""Where the districts of a batch stand: beside thresholds, at bounds, before rounding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from transfers.allocation import Allocation
from transfers.batch import Batch
from transfers.formula.nodes import Node
from transfers.formula.values import Labels
from transfers.outcome import Outcome
from transfers.policy.thresholds import Threshold

Floats = NDArray[np.float64]
Standing = Literal["not_eligible", "fixed", "floor", "cap", "met", "compressed", "shared"]
"""How a district's money came about: `met`, a claim paid in full; `compressed`, one paid in part;
`shared`, what the rate gives."""


def due(batch: Batch) -> Floats:
    """Return what districts are due of all grants before rounding: (S, N) float64, quanta.

    NaN in scenarios that are not done. Of a grant that another replaces nothing counts.
    """
    found = np.full((len(batch), len(batch.keys)), np.nan)
    replaced = {rule.replaces for rule in batch.policy.grants}
    counted = [rule.name for rule in batch.policy.grants if rule.name not in replaced]
    for block, rows, places in batch.blocks():
        total = np.zeros((block.size, len(batch.keys)))
        for name in counted:
            total = total + block.outcomes[name].entitlement.value
        found[places] = total[rows]
    return found


def sides(batch: Batch, thresholds: Sequence[Threshold], districts: Sequence[int]) -> list[Floats]:
    """Tell on which side of thresholds one district of each scenario is.

    Parameters
    ----------
    districts : sequence of int, length S
        Which district is looked at in each scenario.

    Returns
    -------
    list of (S, M) float64
        Per threshold: of a comparison 1 or 0, of a rounding the rounded figure, of a rank the rank;
        NaN where missing, and in scenarios that are not done. M items, 1 without a list.
    """
    return [_side(batch, threshold, districts) for threshold in thresholds]


def _side(batch: Batch, threshold: Threshold, districts: Sequence[int]) -> Floats:
    kind = threshold.node.type
    count = len(batch.districts)
    items = len(batch.policy.lists[kind.over]) if kind.over else 1
    found = np.full((len(batch), items), np.nan)
    own = np.asarray(districts, dtype=np.intp)
    for block, rows, places in batch.blocks():
        value = block.reader.value(threshold.node)
        assert not isinstance(value, Labels)
        block.reader.gaps = []
        figures = value.value[rows] if len(value.value) > 1 else value.value.repeat(len(rows), 0)
        if not kind.per_district or figures.shape[1] == 1:
            found[places] = figures
            continue
        apart = figures.reshape(len(rows), items, count)
        found[places] = apart[np.arange(len(rows)), :, own[places]]
    return found


def standings(allocation: Allocation) -> dict[str, tuple[Standing, ...]]:
    """Return how the money of each district came about, per grant; nothing when rejected."""
    if allocation.status == "rejected":
        return {}
    return {
        rule.name: _standings(
            allocation.outcome(rule.name), allocation.scenario, len(allocation.keys)
        )
        for rule in allocation.policy.grants
    }


def _standings(outcome: Outcome, scenario: int, count: int) -> tuple[Standing, ...]:
    """Return what holds first, of one grant."""

    def row(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.broadcast_to(mask[min(scenario, len(mask) - 1)], (count,))

    names: tuple[Standing, ...] = ("not_eligible", "fixed", "floor", "cap", "compressed")
    squeezed = outcome.compressed[min(scenario, len(outcome.compressed) - 1)]
    masks = [
        ~row(outcome.eligible),
        row(outcome.bounds.fixed),
        row(outcome.at_floor()),
        row(outcome.at_cap()),
        squeezed[outcome.groups.of] if len(squeezed) > 1 else np.broadcast_to(squeezed, (count,)),
    ]
    rest: Standing = "met" if outcome.rule.method == "claim" else "shared"
    codes = np.full(count, len(names))
    for code in reversed(range(len(names))):
        codes[masks[code]] = code
    return tuple((*names, rest)[code] for code in codes.tolist())


def read_figures(batch: Batch, node: Node, scenario: int) -> list[object]:
    """Return what a part of a rule yields in a scenario that is done: figures, truths or texts.

    Figures are floats, None where missing; one for each district, or for each item and district,
    or one alone where all have the same.
    """
    row = batch.rows[scenario]
    assert row.block is not None
    value = row.block.reader.value(node)
    row.block.reader.gaps = []
    if isinstance(value, Labels):
        return list(value.texts(row.scenario))
    figures = value.value[min(row.scenario, len(value.value) - 1)].tolist()
    return [None if figure != figure else figure for figure in figures]
