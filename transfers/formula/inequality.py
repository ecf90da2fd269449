"""The Gini coefficient in bounded floats, over the districts that an aggregate covers.

With figures in rising order, C the weight up to a figure and R the weight after it, the sum of
all weighted differences is the sum of ``gap to the next * C * R``: no term is negative, so
nothing cancels.

Method: section 29.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import TINY, Bounded, Floats, Mask, U
from transfers.formula.aggregates import Covered, covered_by, masked, spread_groups
from transfers.formula.nodes import Call
from transfers.formula.values import Gap

if TYPE_CHECKING:
    from transfers.formula.approximate import ApproximateReader


class Weighed(Struct, frozen=True, eq=False):
    """Figures of some districts and what each counts: value and bound of both, (n,) float64."""

    figures: Floats
    error: Floats
    weights: Floats
    weight_error: Floats


def gini(reader: ApproximateReader, node: Call) -> Bounded:
    """Return the Gini coefficient, (S, 1), or (S, N) with ``by=``.

    Missing where a figure or a weight is negative, and where there is nothing to share.
    """
    covered = covered_by(reader, node)
    weights = _weights(reader, node, covered)
    rows = max(covered.rows(), len(weights.value))
    parts: list[Bounded] = []
    unsure: list[Mask] = []
    for scenario in range(rows):
        part, undecided = _of_scenario(covered, weights, scenario)
        groups = covered.groups[min(scenario, len(covered.groups) - 1)]
        parts.append(spread_groups(covered, part, groups, scenario))
        unsure.append(undecided if covered.ungrouped is None else groups.spread(undecided))
    value = np.concatenate([part.value for part in parts])
    error = np.concatenate([np.broadcast_to(p.error, p.value.shape) for p in parts])
    return reader.settled(node, Bounded(value, error), np.concatenate(unsure) & _there(covered))


def _there(covered: Covered) -> Mask:
    """Return who has a group."""
    return np.ones((1, 1), dtype=bool) if covered.ungrouped is None else ~covered.ungrouped


def _weights(reader: ApproximateReader, node: Call, covered: Covered) -> Bounded:
    """Return what each district counts, 1 without ``weights=``; record what is missing."""
    shape = covered.inside.shape
    if "weights" not in node.options:
        return Bounded(covered.inside.astype(np.float64), np.zeros(shape))
    weights = reader.numbers(node.options["weights"])
    missing = weights.missing & covered.inside
    if missing.any():
        reader.gaps.append(Gap(node, missing))
    return masked(weights, covered.inside & ~weights.missing)


def _of_scenario(covered: Covered, weights: Bounded, scenario: int) -> tuple[Bounded, Mask]:
    """Return the coefficient of each group and where float64 cannot tell: (1, G)."""
    figures, inside, groups = covered.row(scenario)
    counted = weights.take_rows(np.array([scenario]))
    shape = (1, len(inside))
    columns = [
        np.broadcast_to(column, shape)[0]
        for column in (figures.value, figures.error, counted.value, counted.error)
    ]
    value = np.full((1, groups.count), np.nan)
    error = np.zeros((1, groups.count))
    unsure = np.zeros((1, groups.count), dtype=bool)
    for group in range(groups.count):
        members = groups.members(group)
        members = members[inside[members]]
        if len(members):
            found = _of_group(Weighed(*(column[members] for column in columns)))
            value[0, group], error[0, group], unsure[0, group] = found
    return Bounded(value, error), unsure


def _of_group(weighed: Weighed) -> tuple[float, float, bool]:
    """Return the coefficient, its bound, and whether float64 cannot tell whether there is one."""
    x, dx, w, dw = weighed.figures, weighed.error, weighed.weights, weighed.weight_error
    if (x + dx < 0).any() or (w + dw < 0).any():
        return np.nan, 0.0, False
    if (x - dx < 0).any() or (w - dw < 0).any():
        return np.nan, 0.0, True
    order = np.argsort(x, kind="stable")
    x, dx, w, dw = x[order], dx[order], w[order], dw[order]
    count = len(x)
    with np.errstate(all="ignore"):
        below, above = np.cumsum(w)[:-1], np.cumsum(w[::-1])[::-1][1:]
        differences = float((np.diff(x) * below * above).sum())
        most, heaviest = x + dx, w + dw
        weight, mass = heaviest.sum(), (heaviest * most).sum()
        moved = weight * (dx * heaviest).sum() + (dw * (weight * most + mass)).sum()
        rounding = (4 * count + 16) * U
        bound = moved * (1 + rounding) + rounding * differences + count * TINY
        whole = Bounded(np.array([[w.sum()]]), np.array([[dw.sum() * 2 + rounding * w.sum()]]))
        money = float((w * x).sum())
        lost = (dx * heaviest + dw * most).sum() * (1 + rounding) + rounding * money + count * TINY
        shared = bounded.multiply(whole, Bounded(np.array([[money]]), np.array([[lost]])))
        result = bounded.divide(Bounded(np.array([[differences]]), np.array([[bound]])), shared)
    if money == 0 and not dx.any() and not dw.any():
        return np.nan, 0.0, False
    found = float(result.value[0, 0])
    return found, float(result.error[0, 0]), not np.isfinite(found)
