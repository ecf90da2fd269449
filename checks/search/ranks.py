"""Tables at the edges of ranks: districts that tie, and districts that just differ.

Where every district is one step from the next, any step of a figure is the edge of some rank: a
promise that takes many runs for a table meets them all in the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from checks.runs import Case
from checks.search.ground import Ground
from checks.table import Table

_WIDE: Final = 12
"""Districts of the real table that are squeezed: ranks further down matter there."""


def rank_edges(ground: Ground, base: Case) -> Iterator[Case]:
    """Yield a table with its ranked figures a step apart, then two districts alike."""
    table = base.table
    for name in ground.ranked:
        for cells in (_squeezed(ground, table, name), _tied(ground, table, name)):
            if cells is not None:
                moved = table.with_cells(cells)
                yield base.with_table(ground.summed(moved))


def wide(ground: Ground) -> list[Case]:
    """Return districts of the real table, as many as ranks may tell apart."""
    table = ground.sampled(_WIDE)
    if table is None or not ground.ranked:
        return []
    assert ground.real is not None
    return [ground.with_money(Case(table), Fraction(len(table), len(ground.real)))]


def _squeezed(ground: Ground, table: Table, name: str) -> dict[tuple[str, int, int], Fraction]:
    """Return the figures of a column in their order, one step from each to the next."""
    domain, found = ground.domain(name), {}
    for item in range(table.items(name)):
        known = [(table.number(name, row, item), row) for row in range(len(table))]
        order = sorted((figure, row) for figure, row in known if figure is not None)
        if not order:
            continue
        low = order[len(order) // 2][0] - len(order) // 2 * domain.step
        if domain.most is not None:
            low = min(low, domain.most - len(order) * domain.step)
        if domain.least is not None:
            low = max(low, domain.least)
        for place, (_, row) in enumerate(order):
            found[name, row, item] = domain.on_step(low) + place * domain.step
    return {place: figure for place, figure in found.items() if domain.allows(figure)}


def _tied(ground: Ground, table: Table, name: str) -> dict[tuple[str, int, int], Fraction] | None:
    """Return the figures of two neighbours in the order made one, all others as they are."""
    order = sorted(
        (figure, row)
        for row in range(len(table))
        if (figure := table.number(name, row)) is not None
    )
    if len(order) < 2:
        return None
    (_, row), (figure, _) = order[-2:]
    return {(name, row, 0): figure}
