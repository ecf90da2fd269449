"""The parts of all districts' amounts of one grant: what :mod:`parts` takes apart one by one.

The same parts, exactly, as columns over the districts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Mask
from transfers.arithmetic.figure import Figure
from transfers.arithmetic.rationals import Rationals
from transfers.arithmetic.sums import total_over
from transfers.block import Block
from transfers.outcome import Outcome

Members = NDArray[np.intp]
Name = tuple[str, str]
"""The code of a part, as `parts.Part` has it, and the name of the factor."""


class Portions(Struct, frozen=True, eq=False):
    """What one grant's amounts are made of.

    Parameters
    ----------
    pool : Rationals or None, (N,) quanta
        The money of each district's group; None for a claim that meets no limit.
    parts : dict of (code, name) to Rationals, (N,) quanta
        They add up to the amounts; 0 where a district has no such part.
    amounts : Rationals, (N,) quanta
    """

    pool: Rationals | None
    parts: dict[Name, Rationals]
    amounts: Rationals


def portions_of(block: Block, outcome: Outcome, scenario: int) -> Portions:
    """Take the amounts of a grant apart, all districts at once."""
    return _Taker(block, outcome, scenario).portions()


class _Taker:
    """Reads one row of every array of an outcome, exactly."""

    def __init__(self, block: Block, outcome: Outcome, scenario: int) -> None:
        self.block, self.outcome, self.scenario = block, outcome, scenario
        self.count = block.district_count
        self.everyone = np.arange(self.count, dtype=np.intp)
        self.group_of = outcome.groups.of
        self.places: dict[Name, list[tuple[Members, Rationals]]] = {}

    def portions(self) -> Portions:
        outcome = self.outcome
        amounts = outcome.amounts
        assert amounts is not None
        row = amounts[min(self.scenario, len(amounts) - 1)]
        paid = Rationals(row.astype(object))
        eligible = self._row(outcome.eligible)
        fixed = eligible & self._row(outcome.bounds.fixed)
        scaled = eligible & ~fixed & self._of_group(outcome.short)
        fitted = np.flatnonzero(eligible & ~fixed & ~scaled)
        # What is due is told with the sign that the document's bounds have.
        due = outcome.due.exact(self.scenario, self.everyone)
        for code, mask in (("fixed", fixed), ("scaled", scaled)):
            self._add((code, ""), np.flatnonzero(mask), due)
        for name, column in self._fitted(fitted, due.take(fitted)):
            self.places.setdefault(name, []).append((fitted, column))
        sign = -1 if outcome.rule.collects else 1
        self._add(("rounding", ""), np.flatnonzero(eligible), paid * sign - due)
        parts = {
            name: Rationals.assembled(self.count, places) * sign
            for name, places in self.places.items()
        }
        return Portions(self._pool(self.everyone), parts, paid)

    def _add(self, name: Name, members: Members, column: Rationals) -> None:
        """Add a part that some districts have."""
        if len(members):
            self.places.setdefault(name, []).append((members, column.take(members)))

    def _row(self, mask: Mask) -> NDArray[np.bool_]:
        row = mask[min(self.scenario, len(mask) - 1)]
        return np.asarray(np.broadcast_to(row, (self.count,)))

    def _of_group(self, mask: Mask) -> NDArray[np.bool_]:
        row = mask[min(self.scenario, len(mask) - 1)]
        return np.asarray(row[self.group_of] if len(row) > 1 else np.repeat(row, self.count))

    def _exact(self, figure: Figure, members: Members) -> Rationals:
        return figure.exact(self.scenario, members)

    def _pool(self, members: Members) -> Rationals | None:
        totals = self.outcome.totals
        if totals is None:
            return None
        return totals.exact(self.scenario, self.group_of[members])

    # -- the fitted ----------------------------------------------------------------------------

    def _fitted(self, members: Members, due: Rationals) -> Iterator[tuple[Name, Rationals]]:
        """Yield the parts of districts that are neither fixed nor scaled."""
        if not len(members):
            return
        if self.outcome.claim is not None:
            yield from self._claims(members, due)
            return
        unbound = self._unbound(members)
        if self.outcome.weights is None:
            yield ("level", ""), unbound
        else:
            weighed = self._weighed(members, self._raw(members))
            yield from weighed.items()
            given = Rationals.repeated(0, len(members))
            for column in weighed.values():
                given = given + column
            yield ("others", ""), unbound - given
        yield from _above_and_below(due - unbound, "floor", "cap")

    def _claims(self, members: Members, due: Rationals) -> Iterator[tuple[Name, Rationals]]:
        outcome = self.outcome
        claim = outcome.rule.claim
        assert claim is not None and outcome.claim is not None
        raw = self._exact(self.block.figure(claim), members) / outcome.unit
        inside = self._exact(outcome.claim, members)
        yield ("claim", ""), raw
        yield from _above_and_below(inside - raw, "floor", "cap")
        yield ("compressed", ""), due - inside

    def _unbound(self, members: Members) -> Rationals:
        """Return rate x weight - offset."""
        outcome = self.outcome
        assert outcome.fit is not None
        row = min(self.scenario, len(outcome.fit.status) - 1)
        groups = self.group_of[members].tolist()
        known = {group: outcome.fit.exact_rate(row, group) for group in dict.fromkeys(groups)}
        rates = Rationals.sharing([known[group] for group in groups])
        if outcome.weights is not None:
            return rates * self._exact(outcome.weights.figure, members)
        exact = outcome.fit.division.exact
        unbound = rates * exact.weights(self.scenario, members)
        if outcome.fit.division.offset is None:
            return unbound
        return unbound - exact.offsets(self.scenario, members)

    def _raw(self, members: Members) -> Rationals:
        """Return what the weights alone would give: pool x weight / sum of weights."""
        weights, pool = self.outcome.weights, self._pool(members)
        assert weights is not None and pool is not None
        whole = total_over(weights.figure, self.outcome.groups)
        return pool * self._exact(weights.figure, members) * _inverse(self._groups(whole, members))

    def _groups(self, whole: Figure, members: Members) -> Rationals:
        """Return the figure of each member's group."""
        return whole.exact(self.scenario, self.group_of[members])

    def _weighed(self, members: Members, raw: Rationals) -> dict[Name, Rationals]:
        """Return what factors, or one formula, and the coefficient give."""
        share, weights = self.outcome.rule.share, self.outcome.weights
        pool = self._pool(members)
        assert share is not None and weights is not None and pool is not None
        if not share.factors:
            if share.coefficient is None:
                return {("share", ""): raw}
            plain = self._plain(members, pool)
            return {("share", ""): plain, ("coefficient", ""): raw - plain}
        moved = self.block.moves[self.scenario]
        numbers = [factor.weight.among(moved) for factor in share.factors]
        each = pool
        if self.outcome.groups.count > 1:
            each = pool * _inverse(self._group_shares(numbers, members))
        found = {
            ("factor", factor.name): each * self._exact(figure, members) * number
            for factor, number, figure in zip(
                share.factors, numbers, weights.factor_shares, strict=True
            )
        }
        if share.coefficient is not None:
            rest = raw
            for part in found.values():
                rest = rest - part
            found["coefficient", ""] = rest
        return found

    def _plain(self, members: Members, pool: Rationals) -> Rationals:
        """Return what a formula would give without its coefficient."""
        share = self.outcome.rule.share
        assert share is not None and share.formula is not None
        figure = self.block.figure(share.formula)
        sums = self._sums_of_groups(lambda inside: self._exact(figure, inside).sum(), members)
        return pool * self._exact(figure, members) * _inverse(sums)

    def _group_shares(self, numbers: list[Fraction], members: Members) -> Rationals:
        """Return the weighted shares of each member's group together."""
        weights = self.outcome.weights
        assert weights is not None
        shares = weights.factor_shares

        def whole(inside: Members) -> Fraction:
            pairs = zip(numbers, shares, strict=True)
            return sum((n * self._exact(f, inside).sum() for n, f in pairs), Fraction(0))

        return self._sums_of_groups(whole, members)

    def _sums_of_groups(self, whole: Callable[[Members], Fraction], members: Members) -> Rationals:
        """Return one sum over the eligible districts of each member's group."""
        eligible = self._row(self.outcome.eligible)
        groups = self.group_of[members].tolist()
        known = {}
        for group in dict.fromkeys(groups):
            inside = self.outcome.groups.members(group)
            known[group] = whole(inside[eligible[inside]])
        return Rationals.sharing([known[group] for group in groups])


def _above_and_below(
    difference: Rationals, above: str, below: str
) -> Iterator[tuple[Name, Rationals]]:
    """Yield what is above 0 and what is below it as two parts."""
    signs = difference.sign_of_difference(0)
    for code, where in ((above, signs > 0), (below, signs < 0)):
        if where.any():
            kept = np.where(where, difference.numerators, 0)
            yield (code, ""), Rationals(kept, difference.denominators)


def _inverse(column: Rationals) -> Rationals:
    """Return 1 over each figure; 0 where it is 0."""
    figures = column.fractions()
    return Rationals.sharing([1 / figure if figure else Fraction(0) for figure in figures])
