"""The lines of a story for the parts of an amount: what each adds, and why."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from transfers.errors import Place
from transfers.explain.items import lines_below
from transfers.explain.levels import common_level
from transfers.explain.line import Line, where_of
from transfers.explain.parts import Part, Portion, average_coefficient, formula_of, shown_parts
from transfers.messages import Phrase
from transfers.policy.rules import QuantityRule
from transfers.written import figure_text

if TYPE_CHECKING:
    from transfers.allocation import Allocation

PART_PLACES = 4


def part_lines(
    allocation: Allocation, portion: Portion, unit: str | Phrase, told: set[str]
) -> Iterator[Line]:
    """Yield a line per part; the figures shown add up to the amount.

    What aggregates of their formulas come to stands below them; `told` are those said before.
    """
    return _PartTeller(allocation, portion, unit).lines(told)


class _PartTeller:
    """Tells the parts of one portion."""

    def __init__(self, allocation: Allocation, portion: Portion, unit: str | Phrase) -> None:
        self.allocation, self.portion, self.unit = allocation, portion, unit
        self.block, self.scenario = allocation.block, allocation.scenario
        self.policy, self.money = allocation.policy, allocation.policy.money
        self.district = portion.district
        self.member = np.array([portion.district], dtype=np.intp)
        self.quantum = portion.outcome.unit

    def lines(self, told: set[str]) -> Iterator[Line]:
        if self.portion.outcome.rule.whole:
            places = max(PART_PLACES, self.money.places)
            parts = self.portion.parts
            scaled = tuple(Part(p.code, p.amount * self.quantum, p.name) for p in parts)
            shown = shown_parts(scaled, places)
        else:
            shown = [part.amount for part in self.portion.parts]
        for part, amount in zip(self.portion.parts, shown, strict=True):
            if part.code == "rounding":
                yield from self._bounds_free()
                if not part.amount:
                    continue
            yield self._line(part, amount)
            formula = formula_of(part, self.portion.outcome.rule)
            yield from lines_below(self.allocation, formula, self.district, told)

    def _line(self, part: Part, amount: Fraction) -> Line:
        rule = self.portion.outcome.rule
        formula = formula_of(part, rule)
        words: dict[str, object] = {"name": part.name, "title": part.name}
        code, more = self._told(part)
        source = ""
        if formula is not None:
            place = self.policy.document.value_place(formula.path)
            source = where_of(Place(place.file, place.line))
        text = formula.text if formula else ""
        return Line(f"explain.part_{code}", amount, self.unit, text, "", source, {**words, **more})

    def _told(self, part: Part) -> tuple[str, dict[str, object]]:
        """Return the code of a part's line and the words that go with it."""
        portion = self.portion
        formula = formula_of(part, portion.outcome.rule)
        if part.code == "factor":
            words = self._factor_words(part.name)
            return ("factor_in_group" if "of_group" in words else "factor"), words
        if part.code == "coefficient" and formula is not None:
            value = self.block.figure(formula).exact(self.scenario, self.member).fraction(0)
            average = average_coefficient(portion, value)
            return part.code, {"coefficient": figure_text(value), "average": average}
        if part.code == "others" and portion.rate is not None:
            if portion.rate == 0:
                return "others_none", {}
            return part.code, {"adjustment": self._adjustment()}
        if part.code in ("floor", "cap"):
            if formula is None and part.code == "floor":
                return "floor_zero", {}
            bound = portion.floor if part.code == "floor" else portion.cap
            bound = portion.entitlement if bound is None else bound
            return part.code, {"bound": figure_text(bound * self.quantum)}
        if part.code == "compressed":
            return self._claims()
        if part.code == "level":
            level = common_level(self.allocation, portion)
            return (part.code, {}) if level is None else ("level_of", level.words())
        if part.code == "scaled" and portion.floor:
            share = figure_text(portion.entitlement / portion.floor * 100, 2) + "%"
            floor = figure_text(portion.floor * self.quantum)
            return "scaled_floor", {"share": share, "floor": floor}
        if part.code == "rounding":
            closes = portion.outcome.rule.rounding.closes
            one_by_one = portion.outcome.claim is not None and not (portion.compressed or closes)
            way = "each" if one_by_one else portion.outcome.rule.rounding.rule
            return part.code, {"way": Phrase(f"explain.rounding_{way}")}
        return part.code, {}

    def _bounds_free(self) -> Iterator[Line]:
        """Say that there are a floor and a cap, and that neither was met."""
        portion = self.portion
        if portion.at_floor or portion.at_cap or portion.scaled or portion.outcome.claim:
            return
        bounds = {"floor": portion.floor, "cap": portion.cap}
        there = {name: bound * self.quantum for name, bound in bounds.items() if bound is not None}
        if there:
            phrases = tuple(
                Phrase(f"explain.free_{name}", {"bound": figure_text(bound), "unit": self.unit})
                for name, bound in there.items()
            )
            code = "explain.bounds_free" if len(phrases) > 1 else "explain.bound_free"
            yield Line(code, values={"bounds": phrases})

    def _claims(self) -> tuple[str, dict[str, object]]:
        """Return what all claims of the group come to, the money for them, and what is met.

        The rate is less than money by claims where floors keep more for others.
        """
        portion, outcome = self.portion, self.portion.outcome
        assert outcome.claim is not None and portion.pool is not None
        members = outcome.groups.members(int(outcome.groups.of[self.district]))
        claims = outcome.claim.exact(self.scenario, members).fractions()
        wanted = sum((claim for claim in claims if claim > 0), Fraction(0))
        there = {"wanted": wanted * self.quantum, "money": portion.pool * self.quantum}
        rate = outcome.exact_rate(self.scenario, int(outcome.groups.of[self.district]))
        code = "compressed" if rate * wanted == portion.pool else "compressed_by_bounds"
        words: dict[str, object] = {name: figure_text(figure) for name, figure in there.items()}
        return code, {**words, "met": figure_text(rate * 100) + "%"}

    def _adjustment(self) -> str:
        """Return the one factor that fits the raw figures to the pool: rate x weights / pool."""
        portion, outcome = self.portion, self.portion.outcome
        assert outcome.weights is not None and portion.rate is not None
        weight = outcome.weights.figure.exact(self.scenario, self.member).fraction(0)
        if not portion.raw:
            return "—"
        return figure_text(portion.rate * weight / portion.raw, 6)

    def _factor_words(self, name: str) -> dict[str, object]:
        share, weights = self.portion.outcome.rule.share, self.portion.outcome.weights
        assert share is not None and weights is not None
        number = next(i for i, factor in enumerate(share.factors) if factor.name == name)
        figure = weights.factor_shares[number].exact(self.scenario, self.member).fraction(0)
        moved = share.factors[number].weight.among(self.block.moves[self.scenario])
        titles: dict[str, str | Phrase] = {n: r.title for n, r in self.policy.inputs.items()}
        titles.update(
            {s.name: s.title for s in self.policy.statements if isinstance(s, QuantityRule)}
        )
        words: dict[str, object] = {
            "title": titles.get(name, name),
            "share": figure_text(figure * 100, 4) + "%",
            "weight": figure_text(moved * 100, 4) + "%",
        }
        if self.portion.group_share is not None:
            words["of_group"] = figure_text(self.portion.group_share * 100, 4) + "%"
        return words
