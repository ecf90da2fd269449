"""The parts an amount is made of; they add up to it exactly.

    pool x factor shares + coefficient + the others' bounds + own floor or cap + rounding = amount

Every part is an exact fraction. What is shown is rounded so that the shown parts add up as well.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Mask
from transfers.arithmetic.figure import Figure
from transfers.arithmetic.sums import total_over
from transfers.block import Block
from transfers.formula.nodes import Number
from transfers.outcome import Outcome
from transfers.policy.rules import DivisionRule, Formula
from transfers.written import decimal_text


class Part(Struct, frozen=True):
    """One part of an amount.

    Parameters
    ----------
    code : str
        ``factor``, ``share``, ``level``, ``claim``, ``fixed``, ``coefficient``, ``others``,
        ``floor``, ``cap``, ``scaled``, ``compressed`` or ``rounding``.
    amount : Fraction
        In quanta; may be negative.
    name : str
        The factor's name.
    """

    code: str
    amount: Fraction
    name: str = ""


class Portion(Struct, frozen=True, eq=False):
    """One district's portion of a division, taken apart.

    Parameters
    ----------
    raw : Fraction or None, quanta
        What the weights alone would give: pool x weight / sum of weights; the claim of a claim.
    unbound : Fraction or None, quanta
        Of a share or level: what the fitted rate gives, before the district's own bounds.
    group_share : Fraction or None
        Where several groups share by factors: the weighted shares of the group's members together.
    entitlement : Fraction, quanta
        Exact, before rounding.
    amount : int or None, quanta
        None for a stage.
    parts : tuple of Part
        They add up to `amount`, or to `entitlement` for a stage.
    """

    outcome: Outcome
    district: int
    eligible: bool
    fixed: bool
    at_floor: bool
    at_cap: bool
    penalty: bool
    scaled: bool
    compressed: bool
    pool: Fraction | None
    raw: Fraction | None
    floor: Fraction | None
    cap: Fraction | None
    rate: Fraction | None
    unbound: Fraction | None
    group_share: Fraction | None
    entitlement: Fraction
    amount: int | None
    parts: tuple[Part, ...]


def formula_of(part: Part, rule: DivisionRule) -> Formula | None:
    """Return the formula of the document that a part comes from, where it is one."""
    formulas = {
        "share": rule.share.formula if rule.share else None,
        "coefficient": rule.share.coefficient if rule.share else None,
        "claim": rule.claim,
        "floor": rule.floor,
        "cap": rule.cap,
        "fixed": rule.fixed,
        "level": rule.level.own if rule.level else None,
    }
    return formulas.get(part.code)


def portion_of(block: Block, outcome: Outcome, scenario: int, district: int) -> Portion:
    """Take one district's portion of a grant or stage apart."""
    return _Taker(block, outcome, scenario, district).portion()


class _Taker:
    """Reads one cell of every array of an outcome, exactly."""

    def __init__(self, block: Block, outcome: Outcome, scenario: int, district: int) -> None:
        self.block, self.outcome = block, outcome
        self.scenario, self.district = scenario, district
        self.member = np.array([district], dtype=np.intp)
        self.group = int(outcome.groups.of[district])

    def mark(self, mask: Mask) -> bool:
        row = mask[min(self.scenario, len(mask) - 1)]
        return bool(row[self.district] if len(row) > 1 else row[0])

    def of_group(self, mask: Mask) -> bool:
        row = mask[min(self.scenario, len(mask) - 1)]
        return bool(row[self.group] if len(row) > self.group else row[0])

    def exact(self, figure: Figure) -> Fraction:
        return figure.exact(self.scenario, self.member).fraction(0)

    def portion(self) -> Portion:
        outcome = self.outcome
        bounds = outcome.bounds
        entitlement = self.exact(outcome.due)
        amount, sign = None, -1 if outcome.rule.collects else 1
        if outcome.amounts is not None:
            row = outcome.amounts[min(self.scenario, len(outcome.amounts) - 1)]
            amount = sign * int(row[self.district])
        floored, capped = self.mark(bounds.floored), self.mark(bounds.capped)
        floor, cap = self.exact(bounds.floor), self.exact(bounds.cap)
        eligible, fixed = self.mark(outcome.eligible), self.mark(bounds.fixed)
        raw = self._raw() if eligible and not fixed else None
        portion = Portion(
            outcome,
            self.district,
            eligible,
            fixed,
            self.mark(outcome.at_floor()),
            self.mark(outcome.at_cap()),
            self.mark(outcome.penalty),
            self.of_group(outcome.short),
            self.of_group(outcome.compressed),
            self._pool(),
            raw,
            floor if floored else None,
            cap if capped else None,
            self._rate() if eligible and not fixed else None,
            self._unbound() if eligible and not fixed else None,
            self._group_share(),
            entitlement,
            amount,
            (),
        )
        portion = replace(portion, parts=tuple(self._parts(portion)))
        return _paid_in(portion) if outcome.rule.collects else portion

    def _pool(self) -> Fraction | None:
        totals = self.outcome.totals
        if totals is None:
            return None
        return totals.exact(self.scenario, np.array([self.group])).fraction(0)

    def _rate(self) -> Fraction | None:
        fit = self.outcome.fit
        if fit is None or self.outcome.claim is not None:
            return None
        return fit.exact_rate(min(self.scenario, len(fit.status) - 1), self.group)

    def _raw(self) -> Fraction | None:
        """Return what the weights alone would give; the claim itself for a claim."""
        outcome = self.outcome
        if outcome.claim is not None:
            claim = outcome.rule.claim
            assert claim is not None
            return self.exact(self.block.figure(claim)) / outcome.unit
        pool = self._pool()
        if outcome.weights is None or pool is None:
            return None
        weights = total_over(outcome.weights.figure, outcome.groups)
        whole = weights.exact(self.scenario, np.array([self.group])).fraction(0)
        return pool * self.exact(outcome.weights.figure) / whole if whole else Fraction(0)

    def _group_share(self) -> Fraction | None:
        share = self.outcome.rule.share
        if share is None or not share.factors or self.outcome.groups.count == 1:
            return None
        return self._composite_of_group([self._moved(factor.weight) for factor in share.factors])

    def _unbound(self) -> Fraction | None:
        """Return rate x weight - offset."""
        outcome, rate = self.outcome, self._rate()
        if rate is None or outcome.fit is None:
            return None
        if outcome.weights is not None:
            return rate * self.exact(outcome.weights.figure)
        division = outcome.fit.division
        unbound = rate * division.exact.weights(self.scenario, self.member).fraction(0)
        if division.offset is not None:
            unbound -= division.exact.offsets(self.scenario, self.member).fraction(0)
        return unbound

    # -- parts ---------------------------------------------------------------------------------

    def _parts(self, portion: Portion) -> list[Part]:
        if not portion.eligible:
            return []
        if portion.fixed:
            parts = [Part("fixed", portion.entitlement)]
        elif portion.scaled:
            parts = [Part("scaled", portion.entitlement)]
        elif self.outcome.claim is not None:
            parts = self._claim_parts(portion)
        else:
            parts = self._fitted_parts(portion)
        if portion.amount is not None:
            parts.append(Part("rounding", portion.amount - portion.entitlement))
        return parts

    def _claim_parts(self, portion: Portion) -> list[Part]:
        assert portion.raw is not None and self.outcome.claim is not None
        inside = self.exact(self.outcome.claim)
        parts = [Part("claim", portion.raw)]
        if inside != portion.raw:
            parts.append(Part("floor" if inside > portion.raw else "cap", inside - portion.raw))
        if portion.entitlement != inside:
            parts.append(Part("compressed", portion.entitlement - inside))
        return parts

    def _fitted_parts(self, portion: Portion) -> list[Part]:
        """Take a share or a level apart: weights, coefficient, the others' bounds, own bounds."""
        unbound = portion.unbound or Fraction(0)
        if self.outcome.weights is None:
            parts = [Part("level", unbound)]
        else:
            parts = self._weight_parts(portion)
            assert portion.raw is not None
            if unbound != portion.raw:
                parts.append(Part("others", unbound - portion.raw))
        if portion.entitlement != unbound:
            code = "floor" if portion.entitlement > unbound else "cap"
            parts.append(Part(code, portion.entitlement - unbound))
        return parts

    def _weight_parts(self, portion: Portion) -> list[Part]:
        outcome, pool = self.outcome, portion.pool
        assert outcome.weights is not None and pool is not None and portion.raw is not None
        share = outcome.rule.share
        assert share is not None
        if not share.factors:
            return self._formula_parts(portion, pool)
        weights = [self._moved(factor.weight) for factor in share.factors]
        whole = Fraction(1) if portion.group_share is None else portion.group_share
        parts = []
        for factor, weight, figure in zip(
            share.factors, weights, outcome.weights.factor_shares, strict=True
        ):
            amount = pool * weight * self.exact(figure) / whole if whole else Fraction(0)
            parts.append(Part("factor", amount, factor.name))
        rest = portion.raw - sum((part.amount for part in parts), Fraction(0))
        if share.coefficient is not None:
            parts.append(Part("coefficient", rest))
        return parts

    def _formula_parts(self, portion: Portion, pool: Fraction) -> list[Part]:
        """Take a share by one formula apart from its coefficient."""
        share, raw = self.outcome.rule.share, portion.raw
        assert share is not None and share.formula is not None and raw is not None
        if share.coefficient is None:
            return [Part("share", raw)]
        figure = self.block.figure(share.formula)
        members = self._eligible_members()
        whole = figure.exact(self.scenario, members).sum()
        plain = pool * self.exact(figure) / whole if whole else Fraction(0)
        return [Part("share", plain), Part("coefficient", raw - plain)]

    def _eligible_members(self) -> NDArray[np.intp]:
        row = self.outcome.eligible[min(self.scenario, len(self.outcome.eligible) - 1)]
        members = self.outcome.groups.members(self.group)
        return np.asarray(members[row[members]])

    def _composite_of_group(self, weights: list[Fraction]) -> Fraction:
        """Return the weighted shares of the district's group together."""
        weighed = self.outcome.weights
        assert weighed is not None
        members = self._eligible_members()
        sums = [
            weight * figure.exact(self.scenario, members).sum()
            for weight, figure in zip(weights, weighed.factor_shares, strict=True)
        ]
        return sum(sums, Fraction(0))

    def _moved(self, number: Number) -> Fraction:
        return number.among(self.block.moves[self.scenario])


def _paid_in(portion: Portion) -> Portion:
    """Return what was divided as what the district pays in: below zero."""
    assert portion.amount is not None
    parts = tuple(replace(part, amount=-part.amount) for part in portion.parts)
    return replace(portion, entitlement=-portion.entitlement, amount=-portion.amount, parts=parts)


def shown_parts(parts: tuple[Part, ...], places: int) -> list[Fraction]:
    """Round parts to `places` decimals so that the rounded parts add up as the exact ones do.

    Largest remainder over the parts: each is off by less than one unit of the last place.
    Precondition: the sum of the parts has at most `places` decimals.
    """
    scale = 10**places
    floors = [(part.amount * scale).__floor__() for part in parts]
    total = sum((part.amount for part in parts), Fraction(0)) * scale
    missing = int(total) - sum(floors)
    rests = [part.amount * scale - floor for part, floor in zip(parts, floors, strict=True)]
    for place in sorted(range(len(parts)), key=lambda i: (-rests[i], i))[:missing]:
        floors[place] += 1
    return [Fraction(floor, scale) for floor in floors]


def average_coefficient(portion: Portion, own: Fraction) -> str:
    """Return the coefficient that would change nothing: the average over what is weighed.

    With plain shares s and coefficients c a district gets pool x s c / sum(s c); that sum is the
    average coefficient.
    """
    plain = sum((p.amount for p in portion.parts if p.code in ("factor", "share")), Fraction(0))
    return decimal_text(plain * own / portion.raw) if portion.raw else "—"
