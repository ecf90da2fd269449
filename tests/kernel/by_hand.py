"""Small divisions in fractions, and the slowest possible way to round them: unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.kernel.division import Division
from transfers.kernel.fit import FITTED, SHORT, SURPLUS, Fit

Row = list[Fraction]
Blur = Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Case:
    """One scenario: what every district brings, and the total of each group."""

    weights: Row
    offsets: Row | None
    floors: Row
    caps: Row
    totals: list[int]
    of: list[int]

    def members(self, g: int) -> list[int]:
        return [i for i, group in enumerate(self.of) if group == g]

    def entitlement(self, i: int, rate: Fraction) -> Fraction:
        offset = self.offsets[i] if self.offsets else 0
        return max(self.floors[i], min(self.caps[i], rate * self.weights[i] - offset))

    def sum(self, g: int, rate: Fraction) -> Fraction:
        return sum((self.entitlement(i, rate) for i in self.members(g)), Fraction(0))

    def fitted(self, g: int) -> tuple[int, Fraction]:
        """Return status and rate of a group, from the sorted bends of its total."""
        members, total = self.members(g), self.totals[g]
        if self.sum(g, Fraction(0)) > total:
            return SHORT, Fraction(0)
        bends = [Fraction(0)]
        for i in members:
            if self.weights[i] > 0:
                offset = self.offsets[i] if self.offsets else Fraction(0)
                bends.append((self.floors[i] + offset) / self.weights[i])
                bends.append((self.caps[i] + offset) / self.weights[i])
        bends = sorted({bend for bend in bends if bend >= 0})
        reached = [self.sum(g, bend) for bend in bends]
        if reached[-1] < total:
            full = next(k for k, money in enumerate(reached) if money == reached[-1])
            return SURPLUS, bends[full]
        k = next(k for k, money in enumerate(reached) if money >= total)
        if k == 0 or reached[k] == total:
            return FITTED, bends[k]
        rise = (reached[k] - reached[k - 1]) / (bends[k] - bends[k - 1])
        return FITTED, bends[k - 1] + (total - reached[k - 1]) / rise


class Exact:
    """The exact figures of several cases, as the kernels ask for them."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases
        self.asked = 0

    def _column(self, row: Row, members: NDArray[np.intp]) -> Rationals:
        self.asked += len(members)
        return Rationals.from_fractions([row[i] for i in members.tolist()])

    def weights(self, scenario: int, members: NDArray[np.intp]) -> Rationals:
        return self._column(self.cases[scenario].weights, members)

    def offsets(self, scenario: int, members: NDArray[np.intp]) -> Rationals:
        offsets = self.cases[scenario].offsets
        assert offsets is not None
        return self._column(offsets, members)

    def floors(self, scenario: int, members: NDArray[np.intp]) -> Rationals:
        return self._column(self.cases[scenario].floors, members)

    def caps(self, scenario: int, members: NDArray[np.intp]) -> Rationals:
        return self._column(self.cases[scenario].caps, members)

    def total(self, scenario: int, group: int) -> Fraction:
        return Fraction(self.cases[scenario].totals[group])


class ExactFit:
    """A fit found in fractions and then blurred: floats that are wrong within their error."""

    ratio = None

    def __init__(self, cases: Sequence[Case], blur: float, generator: np.random.Generator) -> None:
        groups = Groups(np.array(cases[0].of, dtype=np.intp), tuple(map(str, cases[0].totals)))
        self.cases, self.groups = cases, groups
        self.exact = Exact(cases)
        fits = [[case.fitted(g) for g in range(groups.count)] for case in cases]
        self.status = np.array([[status for status, _ in row] for row in fits], dtype=np.int8)
        self.rates = [[rate for _, rate in row] for row in fits]
        self.rate = np.array([[float(rate) for rate in row] for row in self.rates])
        self.rate[self.status == SHORT] = np.nan
        self.rows = [
            [case.entitlement(i, rates[g]) for i, g in enumerate(case.of)]
            for case, rates in zip(cases, self.rates, strict=True)
        ]
        self.entitlement = self._bounded(self.rows, blur, generator, decimals=False)
        short = groups.spread(self.status == SHORT)
        self.entitlement.value[short] = np.nan
        self.side = np.array([self._sides(*pair) for pair in zip(cases, self.rows, strict=True)])
        offsets = [case.offsets for case in cases if case.offsets is not None]
        self.division = Division(
            weight=self._bounded([case.weights for case in cases], blur, generator),
            offset=self._bounded(offsets, blur, generator) if offsets else None,
            floor=self._bounded([case.floors for case in cases], blur, generator),
            cap=self._bounded([case.caps for case in cases], blur, generator),
            total=self._bounded(
                [[Fraction(t) for t in case.totals] for case in cases], 0.0, generator
            ),
            groups=groups,
            exact=self.exact,
        )

    @staticmethod
    def _sides(case: Case, row: Row) -> list[int]:
        sides = []
        for x, least, most in zip(row, case.floors, case.caps, strict=True):
            sides.append(-1 if x == least else 1 if x == most else 0)
        return sides

    @staticmethod
    def _bounded(
        rows: Sequence[Row], blur: float, generator: np.random.Generator, decimals: bool = True
    ) -> Bounded:
        value = np.array([[float(x) for x in row] for row in rows])
        inexact = np.array([[Fraction(float(x)) != x for x in row] for row in rows])
        error = np.where(inexact, np.abs(value) * 2.0**-52, 0.0)
        if blur and generator.random() < 0.7:
            wide = blur * generator.random(value.shape) * (generator.random(value.shape) < 0.8)
            shift = wide * generator.choice([-0.9, 0.0, 0.9], value.shape)
            return Bounded(value + shift, error + wide + np.abs(value) * 2.0**-50 * (wide > 0))
        if decimals and generator.random() < 0.7:
            flat = Decimals.from_fractions([x for row in rows for x in row])
            if flat is not None:
                exact = Decimals(flat.mantissas.reshape(value.shape), flat.places)
                return Bounded(value, error, exact)
        return Bounded(value, error)

    def exact_rate(self, s: int, g: int) -> Fraction:
        return self.rates[s][g]

    def exact_entitlements(self, s: int, members: NDArray[np.intp]) -> Rationals:
        self.exact.asked += len(members)
        assert (self.status[s, self.groups.of[members]] != SHORT).all()
        return Rationals.from_fractions([self.rows[s][i] for i in members.tolist()])

    @property
    def as_fit(self) -> Fit:
        fit: Any = self
        return fit  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Paid:
    """What one district-by-district computation arrives at."""

    amounts: list[int]
    unplaced: list[int]
    below_floor: list[bool]
    no_whole: list[bool]


def half_away(x: Fraction) -> int:
    return floor(x + Fraction(1, 2)) if x >= 0 else -floor(-x + Fraction(1, 2))


def rounded_by_hand(
    fit: ExactFit, s: int, rule: str, multiple: int, key_order: list[int], column: Row
) -> Paid:
    """Round scenario `s` unit by unit."""
    case = fit.cases[s]
    n = len(case.of)
    entitled = [x / multiple for x in fit.rows[s]]
    lower = [ceil(x / multiple) for x in case.floors]
    wanted = list(lower)
    upper = [floor(x / multiple) for x in case.caps]
    no_whole = [low > up for low, up in zip(lower, upper, strict=True)]
    for i in range(n):
        if no_whole[i]:
            lower[i], upper[i] = lower[i] - 1, lower[i]
    units, unplaced = [0] * n, []
    for g, total in enumerate(case.totals):
        members = case.members(g)
        status = fit.status[s, g]
        if status == SHORT:
            unplaced.append(0)
            for i in members:
                no_whole[i], wanted[i] = False, 0
            continue
        target = total // multiple
        if status == SURPLUS:
            target = floor(sum((entitled[i] for i in members), Fraction(0)))
        if rule not in ("half_up",) and sum(lower[i] for i in members) > target:
            for i in members:
                lower[i] = min(lower[i], floor(case.floors[i] / multiple))
        target = min(target, sum(upper[i] for i in members))
        for i in members:
            units[i] = lower[i]
            if rule in ("half_up", "to_most"):
                units[i] = max(lower[i], min(upper[i], half_away(entitled[i])))

        def first(i: int, g: int = g) -> Any:
            if rule == "largest_remainder":
                return (units[i] - entitled[i], key_order[i])
            if rule == "to_most":
                return (-column[i], key_order[i])
            offset = case.offsets[i] if case.offsets else 0
            needed = multiple * (units[i] + Fraction(1, 2)) + offset
            if case.weights[i] > 0:
                return (0, needed / case.weights[i], key_order[i])
            return (-1 if needed <= 0 else 1, needed, key_order[i])

        missing = target - sum(units[i] for i in members)
        while missing and rule != "half_up":
            step = 1 if missing > 0 else -1
            able = [i for i in members if lower[i] <= units[i] + step <= upper[i]]
            units[min(able, key=first)] += step
            missing -= step
        unplaced.append(total - multiple * sum(units[i] for i in members))
    amounts = [multiple * y for y in units]
    below = [y < least for y, least in zip(units, wanted, strict=True)]
    return Paid(amounts, unplaced, below, no_whole)
