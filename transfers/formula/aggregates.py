"""Functions over districts or along a list, in bounded floats: sum, rank, lowest, ...

All districts count, the ineligible too, unless ``where=`` says otherwise; ``by=`` gives each
district the value of its group. Everything else over districts (mean, share, cv, ...) is built
from these.

Method: sections 16 (missing), 17 (aggregates), 20 (ranks), 25 (lists).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.sums import sum_groups
from transfers.axes import Groups, widened
from transfers.formula.items import figure_count, folded, split_further
from transfers.formula.nodes import Call, Node
from transfers.formula.values import Gap, Labels

if TYPE_CHECKING:
    from transfers.formula.approximate import ApproximateReader


class Covered(Struct, frozen=True, eq=False):
    """What an aggregate covers, and the figures there.

    N are the districts, or the items and districts, of its domain.

    Parameters
    ----------
    figures : Bounded, (S, N)
        Spread over the domain; 0 where not covered.
    inside : (S, N) bool
        Whether a place is covered.
    groups : list of Groups
        What is taken together: one for all scenarios, or one per scenario.
    ungrouped : (S, N) bool or None
        With ``by=``: who has no group, and so no value.
    """

    figures: Bounded
    inside: Mask
    groups: list[Groups]
    ungrouped: Mask | None

    def rows(self) -> int:
        """Return the number of scenarios that can differ here."""
        return max(len(self.figures.value), len(self.inside), len(self.groups))

    def row(self, scenario: int) -> tuple[Bounded, Mask, Groups]:
        """Return figures, coverage and groups of one scenario."""
        rows = np.array([scenario])
        figures = self.figures.take_rows(rows)
        inside = self.inside[min(scenario, len(self.inside) - 1)]
        groups = self.groups[min(scenario, len(self.groups) - 1)]
        return figures, inside, groups


def over_many(reader: ApproximateReader, node: Call) -> Bounded:
    """Return an aggregate: (S, G), one figure for each group; (S, N) with ``by=``, for ranks."""
    covered = covered_by(reader, node)
    if node.function == "sum":
        return _sum(covered)
    if node.function in ("lowest", "highest"):
        return _extreme(covered, highest=node.function == "highest")
    if node.function == "quantile":
        return _quantile(reader, node, covered)
    return _rank(reader, node, covered)


def covered_by(reader: ApproximateReader, node: Call) -> Covered:
    """Find who is covered, and record what is missing there."""
    items = reader.figures.item_count(node.domain.over)
    districts = reader.figures.district_count
    count = figure_count(node.domain, items, districts)
    figures = reader.numbers(node.arguments[0])
    inside = np.ones((1, count), dtype=bool)
    if "where" in node.options:
        where = reader.truth(node.options["where"]).value
        unknown = np.isnan(where)
        if unknown.any():
            reader.gaps.append(Gap(node, unknown, "allocation.missing_in_where"))
        inside = np.broadcast_to(where == 1, (len(where), count))
    base = folded(node.domain, node.over, items, districts)
    groups, ungrouped = [base], None
    if "by" in node.options:
        labels = reader.labels(node.options["by"])
        labels = Labels(widened(labels.codes, (len(labels.codes), count)), labels.categories)
        absent = (labels.codes < 0) & inside
        if absent.any():
            reader.gaps.append(Gap(node, absent, "allocation.missing_in_by"))
        rows = range(len(labels.codes))
        groups = [split_further(base, groups_of(labels, row)) for row in rows]
        ungrouped = labels.codes < 0
        inside = inside & ~ungrouped
    missing = figures.missing & inside
    if missing.any():
        reader.gaps.append(Gap(node, missing))
    return Covered(masked(figures, inside & ~figures.missing), inside, groups, ungrouped)


def groups_of(labels: Labels, row: int) -> Groups:
    """Return the groups that a column of texts makes in one scenario.

    A district without a text stands in the first group: callers leave it out.
    """
    codes = np.maximum(labels.codes[row], 0)
    names = labels.categories or ("",)
    there = np.bincount(codes, minlength=len(names)) > 0
    place = np.cumsum(there) - 1
    present = np.flatnonzero(there).tolist()
    return Groups(place[codes], tuple(names[code] for code in present))


def masked(figures: Bounded, inside: Mask) -> Bounded:
    """Return figures spread over all districts, exactly 0 where not covered."""
    value = np.where(inside, figures.value, 0.0)
    error = np.where(inside, figures.error, 0.0)
    decimals = figures.decimals
    if decimals is not None:
        decimals = Decimals(np.where(inside, decimals.mantissas, 0), decimals.places)
    return Bounded(value, error, decimals)


def spread_groups(covered: Covered, per_group: Bounded, groups: Groups, row: int = 0) -> Bounded:
    """Give each district the value of its group; none to a district without a group."""
    if covered.ungrouped is None:
        return per_group
    decimals = per_group.decimals
    if decimals is not None:
        decimals = Decimals(groups.spread(decimals.mantissas), decimals.places)
    error = np.broadcast_to(per_group.error, per_group.value.shape)
    value = groups.spread(per_group.value)
    nowhere = covered.ungrouped[min(row, len(covered.ungrouped) - 1)]
    if nowhere.any():
        value = np.where(nowhere, np.nan, value)
    return Bounded(value, groups.spread(error), decimals)


def _per_scenario(rows: int, reduce_row: Callable[[int], Bounded]) -> Bounded:
    """Apply a reduction scenario by scenario and stack the results, (S, 1) or (S, N)."""
    parts = [reduce_row(scenario) for scenario in range(rows)]
    value = np.concatenate([part.value for part in parts])
    error = np.concatenate([np.broadcast_to(p.error, p.value.shape) for p in parts])
    return Bounded(value, error)


def _sum(covered: Covered) -> Bounded:
    if len(covered.groups) > 1:

        def one(scenario: int) -> Bounded:
            figures, _, groups = covered.row(scenario)
            return spread_groups(covered, sum_groups(figures, groups), groups, scenario)

        return _per_scenario(covered.rows(), one)
    groups = covered.groups[0]
    return spread_groups(covered, sum_groups(covered.figures, groups), groups)


def _extreme(covered: Covered, *, highest: bool) -> Bounded:
    """Return the lowest or highest figure of each group; missing where nobody is covered."""
    sign = 1.0 if highest else -1.0

    def one(scenario: int) -> Bounded:
        figures, inside, groups = covered.row(scenario)
        value = np.full((1, groups.count), np.nan)
        error = np.zeros((1, groups.count))
        for group in range(groups.count):
            members = groups.members(group)
            members = members[inside[members]]
            if len(members):
                mine = sign * figures.value[0, members]
                bounds = figures.error[0, members]
                best = mine.max()
                # The true best lies between the best lower bound and the best upper bound.
                spread = max((mine + bounds).max() - best, best - (mine - bounds).max())
                value[0, group] = sign * best
                error[0, group] = spread * (1 + 4 * bounded.U)
        return spread_groups(covered, Bounded(value, error), groups, scenario)

    return _per_scenario(covered.rows(), one)


def _quantile(reader: ApproximateReader, node: Call, covered: Covered) -> Bounded:
    """Return the quantile between order statistics, as Excel's PERCENTILE.INC has it."""
    at = reader.numbers(node.arguments[1])

    def one(scenario: int) -> Bounded:
        figures, inside, groups = covered.row(scenario)
        value = np.full((1, groups.count), np.nan)
        error = np.zeros((1, groups.count))
        exact_share = reader.figures.exact(scenario).number(node.arguments[1])
        inside_range = exact_share is not None and 0 <= exact_share <= 1
        share = float(exact_share) if exact_share is not None and inside_range else 0.0
        for group in range(groups.count):
            members = groups.members(group)
            members = members[inside[members]]
            if len(members) and inside_range:
                ordered = np.sort(figures.value[0, members])
                place = (len(ordered) - 1) * share
                below = min(int(np.floor(place)), len(ordered) - 1)
                above = min(below + 1, len(ordered) - 1)
                width = ordered[above] - ordered[below]
                value[0, group] = ordered[below] + (place - below) * width
                scale = np.abs(ordered).max() * len(ordered)
                # Place and interpolation round a few times; a figure moves at most its own bound.
                error[0, group] = figures.error[0, members].max() + 16 * bounded.U * scale
        return spread_groups(covered, Bounded(value, error), groups, scenario)

    return _per_scenario(max(covered.rows(), len(at.value)), one)


def _rank(reader: ApproximateReader, node: Call, covered: Covered) -> Bounded:
    """Return ranks, 1 for the highest; ties share the better rank; missing where not covered."""
    ranks = np.full((covered.rows(), covered.figures.value.shape[1]), np.nan)
    for scenario in range(covered.rows()):
        figures, inside, groups = covered.row(scenario)
        order = exact_order(reader, node.arguments[0], figures, scenario)
        for group in range(groups.count):
            members = groups.members(group)
            members = members[inside[members]]
            falling = np.sort(-order[members])
            ranks[scenario, members] = np.searchsorted(falling, -order[members]) + 1
    decimals = Decimals(np.where(np.isnan(ranks), 0, ranks).astype(np.int64))
    return bounded.from_decimals(decimals, np.isnan(ranks))


def exact_order(
    reader: ApproximateReader, node: Node, figures: Bounded, scenario: int
) -> NDArray[np.int64]:
    """Return numbers that order districts as their exact figures do, equal where those are.

    Parameters
    ----------
    figures : Bounded, (1, N)
        The figures of `node` in `scenario`.

    Returns
    -------
    (N,) int64
    """
    if figures.decimals is not None:
        return np.asarray(figures.decimals.mantissas[0])
    value, error = figures.value[0], np.broadcast_to(figures.error, figures.value.shape)[0]
    rising = np.argsort(value, kind="stable")
    # A run of figures whose bounds touch is ordered exactly; between runs float64 decides. A bound
    # may reach beyond its neighbours, so the ends of all before a place count there. Rounding
    # keeps ends in order.
    highest = np.maximum.accumulate((value + error)[rising])[:-1]
    lowest = np.minimum.accumulate((value - error)[rising][::-1])[::-1][1:]
    apart = highest < lowest
    run = np.concatenate([[0], np.cumsum(apart)])
    order = np.zeros(len(value), dtype=np.int64)
    order[rising] = run * (len(value) + 1)
    sizes = np.bincount(run)
    starts = np.cumsum(sizes) - sizes
    for number in np.flatnonzero(sizes > 1):
        members = rising[starts[number] : starts[number] + sizes[number]]
        if not error[members].any():
            continue
        exact = reader.figures.exact(scenario).numbers(node, members).figures.fractions()
        levels = {figure: level for level, figure in enumerate(sorted(set(exact)))}
        order[members] += np.array([levels[figure] for figure in exact])
    return order
