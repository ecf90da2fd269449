"""What a division has to report: shortages, reductions, money nobody may take, rounding.

Every change of an amount that a reader would not expect from the rule alone is a finding.
Method: sections 4, 5, 11, 13, 14 and 22.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.figure import Figure
from transfers.findings import Finding
from transfers.kernel.fit import SURPLUS
from transfers.messages import Phrase
from transfers.outcome import Outcome
from transfers.payer.notices import (
    contribution_findings,
    draw_findings,
    insufficient_findings,
    returned_finding,
)
from transfers.policy.rules import DivisionRule, OutputRule
from transfers.units import describe
from transfers.written import decimal_text

if TYPE_CHECKING:
    from transfers.block import Block

MOST_NAMED = 10
Kind = TypeVar("Kind", np.bool_, np.int64)


def shortage_findings(block: Block, outcome: Outcome) -> dict[int, list[Finding]]:
    """Return, for the scenarios that a shortage rejects, what is short by how much and for whom."""
    if "scale" in outcome.rule.if_short:
        return {}
    found: dict[int, list[Finding]] = {}
    lacking = outcome.short.any(axis=-1) | outcome.compressed.any(axis=-1)
    for scenario in np.flatnonzero(np.broadcast_to(lacking, (block.size,))).tolist():
        notices = _Notices(block, outcome, scenario)
        findings = [*notices.shortages()]
        if findings:
            findings += insufficient_findings(block, outcome, scenario)
        if findings and scenario not in block.invalid:
            found[scenario] = findings
    return found


def outcome_findings(
    block: Block, outcome: Outcome, scenario: int, *, notes: bool = True
) -> list[Finding]:
    """Return what one division has to report in one scenario.

    Parameters
    ----------
    notes : bool
        Whether exact figures are worked out for what is only for the record; else some of that
        is left out.
    """
    return list(_Notices(block, outcome, scenario, notes).all())


def clawback_findings(block: Block, scenario: int) -> Iterator[Finding]:
    """Yield, for outputs that may be taken back, who is below zero and returns how much."""
    for rule in block.policy.outputs:
        if rule.negative is None:
            continue
        figure = _figure_of(block, rule)
        signs = figure.signs()
        row = np.broadcast_to(signs[min(scenario, len(signs) - 1)], (block.district_count,))
        members = np.flatnonzero(row < 0)
        if not len(members):
            continue
        first = members[:MOST_NAMED]
        due = figure.exact(scenario, first).fractions()
        named = [
            f"{block.districts.names[member]} {decimal_text(-amount)}"
            for member, amount in zip(first.tolist(), due, strict=True)
        ]
        told = (*named, "…") if len(members) > MOST_NAMED else tuple(named)
        value = decimal_text(-figure.exact(scenario, members).sum())
        words = {
            "title": rule.title,
            "unit": describe(rule.unit, block.policy.money_unit),
            "value": value,
            "count": len(members),
            "districts": told,
        }
        where = block.place(("outputs", rule.name, "negative"))
        yield Finding(
            *("allocation.clawback", "warning", "noted"),
            grant=rule.name,
            value=value,
            where=where,
            values=words,
        )


def _figure_of(block: Block, rule: OutputRule | DivisionRule) -> Figure:
    """Return an output's figures, (S, N), in its unit."""
    if isinstance(rule, OutputRule):
        return block.figure(rule.formula)
    outcome = block.outcomes[rule.name]
    assert outcome.amounts is not None
    return Figure.whole(outcome.amounts).scaled(outcome.unit)


class _Notices:
    """The findings of one division in one scenario."""

    def __init__(self, block: Block, outcome: Outcome, scenario: int, notes: bool = True) -> None:
        self.block, self.outcome, self.scenario, self.notes = block, outcome, scenario, notes
        self.rule = outcome.rule
        self.money = block.policy.money
        self.rejects = "scale" not in outcome.rule.if_short

    def all(self) -> Iterator[Finding]:
        yield from draw_findings(self.block, self.outcome, self.scenario)
        yield from self.shortages()
        yield from self.reductions()
        yield from self.crossed_bounds()
        yield from self.floors_take_all()
        if self.rule.whole:
            yield from self.rounding()
            yield from self.residues()
        else:
            yield from self.left_of_stage()

    # -- helpers -------------------------------------------------------------------------------

    def row(self, array: NDArray[Kind]) -> NDArray[Kind]:
        return np.asarray(array[min(self.scenario, len(array) - 1)])

    def names(self, members: NDArray[np.intp]) -> tuple[str, ...]:
        named = tuple(self.block.districts.names[i] for i in members[:MOST_NAMED].tolist())
        return (*named, "…") if len(members) > MOST_NAMED else named

    def amount(self, figure: Fraction | int, *, places: int | None = None) -> str:
        """Write an amount: in the unit of money, with as many decimals as it needs, up to 4."""
        unit = self.outcome.unit
        value = Fraction(figure) * unit
        if places is None:
            places = next((p for p in range(4) if (value * 10**p).denominator == 1), 4)
            places = max(places, self.money.places)
        return self.money.format_for_people(value / self.money.quantum, places)

    def finding(
        self, code: str, severity: str, status: str, *, path: str = "", **values: object
    ) -> Finding:
        where = self.block.place((*self.rule.path, path) if path else self.rule.path)
        words = {"title": self.rule.title, "unit": self.money.unit, **values}
        return Finding(
            code,
            severity,  # type: ignore[arg-type]
            status,
            self.rule.name,
            value=_text(values.get("value")),
            limit=_text(values.get("limit")),
            margin=_text(values.get("margin")),
            where=where,
            values=words,
        )

    def group_name(self, group: int) -> str:
        name = self.outcome.groups.names[group]
        return f"[{name}]" if name else ""

    # -- shortages -----------------------------------------------------------------------------

    def shortages(self) -> Iterator[Finding]:
        """Yield a finding per group whose floors or claims exceed its money."""
        for code, mask, figure in (
            ("floors_exceed_pool", self.outcome.short, self.outcome.bounds.floor),
            ("claims_exceed_pool", self.outcome.compressed, self.outcome.claim),
        ):
            if code == "claims_exceed_pool":
                if not (self.notes or self.rejects):
                    return  # scaled where the document says so: the law's normal course
                if self.outcome.short.any():
                    mask = mask & ~self.outcome.short
            for group in np.flatnonzero(self.row(mask)).tolist():
                assert figure is not None  # only claims are compressed
                yield self._shortage(code, group, figure)

    def _shortage(self, code: str, group: int, figure: Figure) -> Finding:
        assert self.outcome.totals is not None
        members = self.outcome.groups.members(group)
        exact = [max(x, Fraction(0)) for x in figure.exact(self.scenario, members).fractions()]
        wanted = sum(exact, Fraction(0))
        money = self.outcome.totals.exact(self.scenario, np.array([group])).fraction(0)
        # What gives way is named; a fixed value among claims does not.
        yields = ~self.row(self.outcome.bounds.fixed) if code.startswith("claims") else None
        binding = [
            member
            for member, figure_of_it in sorted(
                zip(members.tolist(), exact, strict=True), key=self._largest
            )
            if figure_of_it and (yields is None or yields[member])
        ]
        how = "rejected" if self.rejects else "scaled"
        code = "levy_floors_exceed" if self.rule.collects else code
        # Claims are scaled only where the document says so: the law's normal course.
        severity = "note" if code.startswith("claims") else "warning"
        return self.finding(
            f"allocation.{code}_{how}",
            "error" if self.rejects else severity,
            "broken" if self.rejects else "adjusted",
            path="if_short" if self._has("if_short") else "",
            value=self.amount(wanted),
            limit=self.amount(money),
            margin=self.amount(wanted - money),
            share=f"{float(money / wanted):.2%}" if wanted else "0%",
            group=self.group_name(group),
            count=len(binding),
            districts=self.names(np.array(binding, dtype=np.intp)),
        )

    def _largest(self, pair: tuple[int, Fraction]) -> tuple[Fraction, int]:
        return -pair[1], int(self.block.districts.key_order[pair[0]])

    def _has(self, key: str) -> bool:
        data: object = self.block.policy.document.source.data
        for step in (*self.rule.path, key):
            if not isinstance(data, dict) or step not in data:
                return False
            data = data[step]
        return True

    # -- the rest ------------------------------------------------------------------------------

    def reductions(self) -> Iterator[Finding]:
        """Yield a finding where a grant gets less than it asks for."""
        asked, pool = self.outcome.asked, self.outcome.pool
        if asked is None or pool is None:
            return
        wanted, got, helped = int(self.row(asked)[0]), self._got(pool), self._helped()
        # Claims without a pool that exceed the budget have been told as a shortage.
        told = self.rule.pool is None and bool(self.row(self.outcome.compressed).any())
        if got < wanted and not told:
            source = "_with_reserve" if helped else ""
            yield self.finding(
                "allocation.pool_reduced" + ("_in_reserve" if self.rule.draw else source),
                "warning",
                "adjusted",
                path="pool" if self._has("pool") else "",
                value=self.amount(wanted),
                limit=self.amount(got),
                margin=self.amount(wanted - got),
            )

    def _got(self, pool: NDArray[np.int64]) -> int:
        """Return what a grant could have of what it asked for, whether or not it was paid."""
        own = self.outcome.own
        return int(self.row(pool if own is None else own)[0]) + self._helped()

    def _helped(self) -> int:
        """Return what reserves offered towards what was asked for: of claims, in a shortage too."""
        whole = self.rule.pool is None and not self.rule.remainder
        draws = [d for d in self.outcome.draws if whole or d.purpose != "if_short"]
        return sum(int(self.row(draw.all_offered)[0]) for draw in draws)

    def crossed_bounds(self) -> Iterator[Finding]:
        """Yield a finding where a floor lies above its cap, and wins."""
        members = np.flatnonzero(self.row(self.outcome.bounds.crossed))
        if len(members):
            yield self.finding(
                "allocation.floor_above_cap",
                "warning",
                "adjusted",
                path="floor",
                count=len(members),
                districts=self.names(members),
            )

    def floors_take_all(self) -> Iterator[Finding]:
        """Yield a finding where floors use up the money and those without one get nothing."""
        outcome, fit = self.outcome, self.outcome.fit
        if outcome.weights is None or fit is None or outcome.totals is None:
            return
        groups, count = outcome.groups, self.block.district_count

        def of_each(array: NDArray[Any]) -> NDArray[Any]:
            row = array[min(self.scenario, len(array) - 1)][None]
            return np.broadcast_to(groups.spread(row)[0], (count,))

        def of_all(array: NDArray[Any]) -> NDArray[Any]:
            return np.broadcast_to(array[min(self.scenario, len(array) - 1)], (count,))

        divided = (of_each(fit.rate) == 0) & ~of_each(outcome.short)
        weighed = (of_all(outcome.weights.figure.value) > 0) & ~of_all(outcome.bounds.fixed)
        nothing = (of_all(outcome.entitlement.value) == 0) & (of_each(outcome.totals.value) > 0)
        members = np.flatnonzero(divided & weighed & nothing)
        if len(members):
            yield self.finding(
                "allocation.floors_take_all",
                "warning",
                "adjusted",
                count=len(members),
                districts=self.names(members),
            )

    def rounding(self) -> Iterator[Finding]:
        """Yield findings where whole amounts could not respect a bound."""
        below, no_whole = self.outcome.below_floor, self.outcome.no_whole
        if below is None or no_whole is None:
            return
        scaled = self.outcome.groups.spread(self.row(self.outcome.short)[None])[0]
        stuck = self.row(no_whole) & ~scaled
        under = self.row(below) & ~stuck
        fixed = stuck & self.row(self.outcome.bounds.fixed)
        masks = (under, stuck & ~fixed, fixed)
        codes = ("rounded_below_floor", "no_whole_quantum", "fixed_rounded")
        for code, mask in zip(codes, masks, strict=True):
            members = np.flatnonzero(mask)
            if len(members):
                yield self.finding(
                    f"allocation.{code}",
                    "note" if mask is fixed else "warning",
                    "adjusted",
                    count=len(members),
                    districts=self.names(members),
                )

    def left_of_stage(self) -> Iterator[Finding]:
        """Yield what of a stage's pool nobody may take."""
        left = self.left()
        if left:
            value = self.amount(sum(left.values(), Fraction(0)))
            groups = self.left_by_groups()
            yield self.finding(
                "allocation.stage_unspent", "note", "noted", value=value, groups=groups
            )

    def left_by_groups(self) -> Phrase | str:
        """Say which groups could not use up their money, and how much of it."""
        if self.rule.within is None:
            return ""
        left = sorted(self.left().items(), key=lambda pair: (-pair[1], pair[0]))
        names = self.outcome.groups.names
        named = tuple(f"{names[group]} {self.amount(money)}" for group, money in left[:MOST_NAMED])
        more = ("…",) * (len(left) > MOST_NAMED)
        return Phrase("allocation.left_by_groups", {"groups": (*named, *more)}) if named else ""

    def left(self) -> dict[int, Fraction]:
        """Return the money of each group that its members could not take."""
        outcome, fitted = self.outcome, self.outcome.fit
        if outcome.totals is None:
            return {}
        status = np.full((1, outcome.groups.count), SURPLUS) if fitted is None else fitted.status
        groups = np.arange(outcome.groups.count)
        if outcome.amounts is None:
            groups = np.flatnonzero(self.row(status) == SURPLUS)
        if not len(groups):
            return {}
        money = outcome.totals.exact(self.scenario, groups).fractions()
        found = {}
        for group, whole in zip(groups.tolist(), money, strict=True):
            members = outcome.groups.members(group)
            if outcome.amounts is None:
                given = outcome.entitlement.exact(self.scenario, members).fractions()
            else:
                given = [Fraction(x) for x in self.row(outcome.amounts)[members].tolist()]
            found[group] = whole - sum((max(x, Fraction(0)) for x in given), Fraction(0))
        return {group: money for group, money in found.items() if money > 0}

    def residues(self) -> Iterator[Finding]:
        """Yield the lines of money that no district got, or that districts gave back."""
        outcome = self.outcome
        if outcome.unspent is not None:
            left = int(self.row(outcome.unspent)[0])
            if left > 0 and self.rule.unspent is not None:
                yield returned_finding(self.block, outcome, left, self.left_by_groups())
            elif left:
                in_budget = self.rule.paid and self.block.left is not None
                code = "left_in_budget" if in_budget else "unspent"
                if self.rule.rounding.rule == "half_up":
                    code = "half_up_residue" if left > 0 else "half_up_excess"
                severity = "warning" if left < 0 else "note"
                value = self.amount(abs(left))
                groups = self.left_by_groups() if left > 0 else ""
                yield self.finding(
                    f"allocation.{code}", severity, "noted", value=value, groups=groups
                )
        penalties = self.row(outcome.penalty)
        if self.rule.collects or self.rule.contributions is not None:
            assert outcome.amounts is not None
            members = np.flatnonzero(self.row(outcome.amounts) < 0)
            names = tuple(self.block.districts.names[i] for i in members.tolist())
            yield from contribution_findings(self.block, outcome, self.scenario, names)
        elif outcome.amounts is not None and penalties.any():
            amounts = self.row(outcome.amounts)
            members = np.flatnonzero(penalties & (amounts < 0))
            if not len(members):
                return
            yield self.finding(
                "allocation.penalties",
                "note",
                "noted",
                path="claim",
                value=self.amount(-int(amounts[members].sum())),
                count=len(members),
                districts=self.names(members),
            )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
