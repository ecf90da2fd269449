"""One rate per group: the fit of a division of money to its total."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import zip_longest

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.rationals import Rationals
from transfers.axes import CHUNK, Groups, widened
from transfers.kernel.columns import SLACK, UNDECIDED, UNIT, Columns, bound_ratio, is_plain
from transfers.kernel.division import FITTED, SHORT, SURPLUS, Division
from transfers.kernel.exact_figures import Figures
from transfers.kernel.newton import Rates, find_rates
from transfers.kernel.panel import Panel
from transfers.kernel.plain_panel import PlainPanel

Floats = NDArray[np.float64]
Signs = NDArray[np.int8]
Booleans = NDArray[np.bool_]
Indices = NDArray[np.intp]

__all__ = ["FITTED", "SHORT", "SURPLUS", "Fit", "fit"]

BLOCK = 4 * CHUNK
"""Figures of a block of scenarios in one working array."""


class Fit(Struct, frozen=True):
    """The rates that divide the totals, and what every district is entitled to.

    Parameters
    ----------
    status : (S, G) int8
        SHORT: the floors alone exceed the total. FITTED. SURPLUS: everybody with a weight is at
        the cap and money is left. Decided exactly.
    rate : (S, G) float64, quanta per unit of weight
        Where a whole interval of rates divides the total, its lowest point, not below 0. SURPLUS:
        the lowest rate at which nobody can take more. SHORT: NaN.
    rate_error : (S, G) float64
    entitlement : Bounded, (S, N), quanta
        Exact up to its error; NaN in a group that is SHORT.
    side : (S, N) int8
        -1 at the floor, +1 at the cap (where that is above the floor), 0 strictly between, and 0
        in a group that is SHORT. Decided exactly.
    division : Division
        What was fitted.
    ratio : (S, G) float64 or None
        By which part of their size entitlements err at most, where all figures err by such parts.
    """

    status: Signs
    rate: Floats
    rate_error: Floats
    entitlement: Bounded
    side: Signs
    division: Division
    _rates: dict[tuple[int, int], Fraction] = field(default_factory=dict)
    ratio: Floats | None = None

    def exact_rate(self, s: int, g: int) -> Fraction:
        """Return the exact rate of group `g` in scenario `s`. Precondition: it is not SHORT."""
        key = (s, g)
        if key not in self._rates:
            from transfers.kernel.exact_fit import rate_of_sides  # where float64 cannot decide

            members = self.division.groups.members(g)
            figures = Figures(self.division, s)
            sides = self.side[s, members]
            enough = bool(self.status[s, g] == FITTED)
            self._rates[key] = rate_of_sides(figures, g, members, sides, enough)
        return self._rates[key]

    def exact_entitlements(self, s: int, members: Indices) -> Rationals:
        """Return the exact entitlements of `members` in scenario `s`, in their order.

        Precondition: none of their groups is SHORT.
        """
        figures = Figures(self.division, s)
        sides = self.side[s, members]
        below, above = np.flatnonzero(sides < 0), np.flatnonzero(sides > 0)
        parts = [
            (below, figures.floors(members[below])),
            (above, figures.caps(members[above])),
        ]
        inside = np.flatnonzero(sides == 0)
        group_of = self.division.groups.of[members[inside]]
        for g in sorted(set(group_of.tolist())):  # np.unique would import numpy.ma
            places = inside[group_of == g]
            shares = figures.weights(members[places]) * self.exact_rate(s, g)
            offsets = figures.offsets(members[places])
            parts.append((places, shares if offsets is None else shares - offsets))
        return Rationals.assembled(len(members), [part for part in parts if len(part[0])])


def fit(division: Division) -> Fit:
    """Find the rates that divide every total, for all scenarios and groups at once.

    Parameters
    ----------
    division : Division

    Returns
    -------
    Fit
        A scenario's figures are the same bits whatever scenarios stand beside it.

    Notes
    -----
    A safeguarded Newton iteration on the piecewise-linear total finds each rate; one pass then
    proves how near it is and who is at a bound (:mod:`transfers.kernel.newton`). What float64
    cannot decide goes to :mod:`transfers.kernel.exact_fit`.
    """
    groups = division.groups
    columns = Columns.of(division)
    answer = Answer.empty(division)
    for ids, span, panel in _panels(columns, groups):
        for rows in _row_blocks(division.scenarios, panel.width):
            answer.fill(panel, rows, ids, span)
    for g in np.flatnonzero(groups.sizes == 0).tolist():
        answer.fill_empty(g)
    return answer.as_fit()


def _panels(columns: Columns, groups: Groups) -> Iterator[tuple[Indices, slice, Panel]]:
    """Yield groups that fit into the cache together, their columns, and their panel."""
    scratch: dict[str, Floats] = {}
    ids: list[int] = []
    width = 0
    occupied = np.flatnonzero(groups.sizes).tolist()
    for g, following in zip_longest(occupied, occupied[1:]):
        ids.append(g)
        width += int(groups.sizes[g])
        if following is not None and width + groups.sizes[following] <= CHUNK:
            continue
        first = int(groups.starts[ids[0]])
        chunks = [
            slice(at, min(at + CHUNK, first + width)) for at in range(first, first + width, CHUNK)
        ]
        if len(ids) > 1:
            chunks = [slice(first, first + width)]
        which = np.array(ids, dtype=np.intp)
        kind = PlainPanel if columns.plain else Panel
        yield (
            which,
            slice(first, first + width),
            kind(columns, chunks, groups.sizes[which], scratch),
        )
        ids, width = [], 0


def _row_blocks(scenarios: int, width: int) -> Iterator[Indices]:
    """Yield consecutive scenarios, as many as fit into the cache with `width` columns."""
    height = max(1, BLOCK // width)
    for first in range(0, scenarios, height):
        yield np.arange(first, min(first + height, scenarios), dtype=np.intp)


class Answer(Struct, frozen=True):
    """The arrays of a fit while they fill; districts stand group after group."""

    division: Division
    status: Signs
    rate: Floats
    rate_error: Floats
    value: Floats
    error: Floats | None  # None where it is made when it is asked for
    side: Signs
    exact_rates: dict[tuple[int, int], Fraction]

    @classmethod
    def empty(cls, division: Division) -> Answer:
        """Return arrays without content."""
        wide = (division.scenarios, division.districts)
        narrow = (division.scenarios, division.groups.count)
        return cls(
            division,
            np.empty(narrow, dtype=np.int8),
            np.empty(narrow),
            np.empty(narrow),
            np.empty(wide),
            None if is_plain(division) else np.empty(wide),
            np.empty(wide, dtype=np.int8),
            {},
        )

    def fill(self, panel: Panel, rows: Indices, ids: Indices, span: slice) -> None:
        """Fit one panel: its scenarios, its groups."""
        block = slice(int(rows[0]), int(rows[-1]) + 1)
        shape = (len(rows), len(ids))
        total = self.division.total
        money = tuple(
            widened(part[:1] if part.shape[0] == 1 else part[block], (shape[0], part.shape[1]))
            for part in (total.value, total.error)
        )
        money = tuple(
            widened(part if part.shape[1] == 1 else part[:, ids], shape) for part in money
        )
        sides = self.side[block, span]
        found = find_rates(panel, rows, (money[0], money[1]), sides)
        unproved = [(int(i), int(k)) for i, k in np.argwhere(found.status == UNDECIDED)]
        for i, k in unproved:
            self._decide(panel, found, sides, (i, k), (int(rows[i]), int(ids[k])))
        error = None if self.error is None else self.error[block, span]
        out = (self.value[block, span], error)
        panel.write(rows, (found.rate, found.error), sides, out, certain=not unproved)
        for i, k in unproved:
            panel.put_at_bounds(int(rows[i]), k, sides[i], out[0][i])
            if found.status[i, k] == SHORT:
                found.rate[i, k] = found.error[i, k] = np.nan
                place = panel.place(k)
                out[0][i, place] = np.nan
                if error is not None:
                    error[i, place] = np.nan
        self.status[block, ids] = found.status
        self.rate[block, ids] = found.rate
        self.rate_error[block, ids] = found.error

    def _decide(
        self,
        panel: Panel,
        found: Rates,
        sides: Signs,
        place: tuple[int, int],
        name: tuple[int, int],
    ) -> None:
        """Have one group of one scenario decided exactly; `place` in the panel, `name` outside."""
        from transfers.kernel.exact_fit import decide

        width = float(found.width[place]) + 4 * UNIT * abs(float(found.rate[place]))
        rate = float(found.rate[place])
        bracket = None if np.isnan(width) else (rate - width, rate + width)
        decision = decide(self.division, *name, bracket)
        sides[place[0], panel.place(place[1])] = decision.sides
        found.status[place] = decision.status
        short = decision.status == SHORT
        found.rate[place] = 0.0 if short else decision.rate
        found.error[place] = 0.0 if short else decision.rate_error
        if decision.exact_rate is not None:
            self.exact_rates[name] = decision.exact_rate

    def fill_empty(self, g: int) -> None:
        """Fill in a group without members: nobody to pay."""
        for s in range(self.status.shape[0]):
            total = self.division.exact.total(s, g)
            self.status[s, g] = (total > 0) - (total < 0)
            self.rate[s, g] = self.rate_error[s, g] = np.nan if total < 0 else 0.0
            if total >= 0:
                self.exact_rates[s, g] = Fraction(0)

    def as_fit(self) -> Fit:
        """Return the fit, districts in the order of the table."""
        groups = self.division.groups
        value, error, side = self.value, self.error, self.side
        if not groups.side_by_side:
            back = np.empty_like(groups.order)
            back[groups.order] = np.arange(len(back))
            value, side = value.take(back, axis=1), side.take(back, axis=1)
            error = None if error is None else error.take(back, axis=1)
        if error is None:
            entitlement = Bounded.with_error_later(value, lambda: self._errors(side))
        else:
            entitlement = Bounded(value, error)
        return Fit(
            self.status,
            self.rate,
            self.rate_error,
            entitlement,
            side,
            self.division,
            self.exact_rates,
            self._ratio() if error is None else None,
        )

    def _errors(self, side: Signs) -> Floats:
        """Return the errors of the entitlements of a plain division, NaN where SHORT: (S, N)."""
        division, groups = self.division, self.division.groups
        size = np.abs(self.rate)
        own = self.rate_error + 4 * UNIT * size
        per_weight = (own + (size + self.rate_error) * (division.weight.ratio or 0.0)) * SLACK
        error = groups.spread(per_weight) * division.weight.value
        for at, bound in ((-1, division.floor), (1, division.cap)):
            np.copyto(error, bound.error, where=side == at)
        short = self.status == SHORT
        if short.any():
            np.copyto(error, np.nan, where=groups.spread(short))
        return error

    def _ratio(self) -> Floats:
        """Return by which part of their size entitlements may err: (S, G); NaN where SHORT."""
        with np.errstate(all="ignore"):
            own = np.where(self.rate_error == 0, 0.0, self.rate_error / np.abs(self.rate))
        weight = self.division.weight.ratio or 0.0
        ratio = (own + 4 * UNIT + (1 + own) * weight) * SLACK
        return np.maximum(ratio, bound_ratio(self.division)) * (1 + 8 * UNIT)
