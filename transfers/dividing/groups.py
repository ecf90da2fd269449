"""The groups of a division: who belongs to them, and figures that each of them has.

Method: section 15 (groups).
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.figure import ZERO, Figure, Indices
from transfers.axes import Groups
from transfers.block import Block
from transfers.formula.aggregates import groups_of
from transfers.formula.values import Labels
from transfers.policy.rules import Formula
from transfers.written import decimal_text


class GroupsDifferError(Exception):
    """The groups depend on the scenario: the block must be run one scenario at a time."""


class There(Struct, frozen=True, eq=False):
    """The groups of a division, and who of them takes part.

    Parameters
    ----------
    eligible : (N,) bool
    """

    groups: Groups
    eligible: NDArray[np.bool_]

    @property
    def has_members(self) -> NDArray[np.bool_]:
        """Whether somebody of each group takes part: (G,) bool."""
        found = np.zeros(self.groups.count, dtype=bool)
        found[self.groups.of[self.eligible]] = True
        return found

    @property
    def first(self) -> Indices:
        """The first member of each group that takes part, 0 where none does: (G,)."""
        found = np.zeros(self.groups.count, dtype=np.intp)
        members = np.flatnonzero(self.eligible)[::-1]
        found[self.groups.of[members]] = members
        return found


def groups_by(block: Block, by: Formula, eligible: Mask) -> Groups:
    """Return the groups of those who take part; of the others nothing is asked (section 15)."""
    labels = block.labels(by)
    absent = (labels.codes < 0) & eligible
    if absent.any():
        block.fault("allocation.group_missing", by, absent)
    several = len(labels.codes) > 1 and (labels.codes != labels.codes[:1]).any()
    if several or (eligible != eligible[:1]).any():
        raise GroupsDifferError
    # Who takes no part and has no group stands in one without a name, and without money.
    codes = np.where(labels.codes < 0, len(labels.categories), labels.codes)
    return _in_order(Labels(codes, (*labels.categories, "")))


def _in_order(labels: Labels) -> Groups:
    """Return groups in code point order of their names, so that ties go by name."""
    groups = groups_of(labels, 0)
    order = sorted(range(groups.count), key=groups.names.__getitem__)
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    return Groups(place[groups.of], tuple(groups.names[code] for code in order))


def per_group(block: Block, formula: Formula, there: There) -> Figure:
    """Return the one value that a formula has in each group, 0 where nobody is: (S, G)."""
    groups, first = there.groups, there.first
    figure = block.figure(formula).spread_to((len(block.figure(formula).value), len(groups.of)))
    missing = np.isnan(figure.value)
    if (missing & there.eligible).any():
        block.fault("allocation.figure_missing", formula, missing & there.eligible)
    if missing.any():
        figure = Figure(
            Bounded(np.where(missing, 0.0, figure.value), figure.bounded.error), figure.exact
        )
    leader = Figure(
        _columns(figure.bounded, first[groups.of]),
        lambda s, m: figure.exact(s, first[groups.of[m]]),
    )
    differs = there.eligible & np.asarray(
        figure.where(there.eligible[None], leader).compared(leader) != 0
    )
    if differs.any():
        block.fault("allocation.group_value_differs", formula, differs)
    per_group = Figure(_columns(figure.bounded, first), lambda s, m: figure.exact(s, first[m]))
    per_group = per_group.where(there.has_members[None], ZERO).settled()
    negative = per_group.signs() < 0
    if negative.any():
        row = int(np.flatnonzero(negative.any(axis=-1))[0])
        some = np.flatnonzero(negative[row])
        figures = per_group.exact(row, some).fractions()
        named = tuple(
            f"{groups.names[g]} {decimal_text(figure)}"
            for g, figure in zip(some.tolist(), figures, strict=True)
        )
        where = np.asarray(negative.any(axis=-1, keepdims=True))
        block.fault("allocation.group_negative", formula, where, groups=named)
        per_group = per_group.where(~negative, ZERO)
    return per_group


def _columns(figures: Bounded, places: Indices) -> Bounded:
    error = np.broadcast_to(figures.error, figures.value.shape)[:, places]
    decimals = None if figures.decimals is None else figures.decimals.take(places)
    return Bounded(figures.value[:, places], error, decimals)
