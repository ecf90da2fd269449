"""The fit: one rate per pool, checked against a solver in fractions that shares nothing with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, Span
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.kernel.division import Division
from transfers.kernel.fit import FITTED, SHORT, SURPLUS, Fit, fit

Indices = NDArray[np.intp]
Table = list[list[Fraction]]


# -- an independent reference ----------------------------------------------------------------------


@dataclass(frozen=True)
class District:
    weight: Fraction
    offset: Fraction
    floor: Fraction
    cap: Fraction

    def gets(self, rate: Fraction) -> Fraction:
        return max(self.floor, min(rate * self.weight - self.offset, self.cap))

    @property
    def moves(self) -> bool:
        return self.weight > 0 and self.cap > self.floor


def divide(
    districts: Sequence[District], total: Fraction
) -> tuple[int, Fraction | None, list[Fraction]]:
    """Return status, rate and entitlements, by trying every breakpoint."""
    edges = sorted(
        {(edge + d.offset) / d.weight for d in districts if d.moves for edge in (d.floor, d.cap)}
    )
    ends = [edges[0] - 1, *edges, edges[-1] + 1] if edges else [Fraction(0)]

    def money(rate: Fraction) -> Fraction:
        return sum((d.gets(rate) for d in districts), Fraction(0))

    if total < money(ends[0]):
        return SHORT, None, []
    if total > money(ends[-1]):
        rate = max(ends[-2], Fraction(0)) if edges else Fraction(0)
        return SURPLUS, rate, [d.gets(ends[-1]) for d in districts]
    rate = lowest_rate(ends, money, total)
    return FITTED, rate, [d.gets(rate) for d in districts]


def lowest_rate(
    ends: Sequence[Fraction], money: Callable[[Fraction], Fraction], total: Fraction
) -> Fraction:
    if money(Fraction(0)) == total:
        return Fraction(0)
    if money(ends[0]) == total:  # everybody at the floor, and that only below 0
        return max(edge for edge in ends if money(edge) == total)
    for low, high in pairwise(ends):
        if money(low) < total <= money(high):
            return low + (total - money(low)) * (high - low) / (money(high) - money(low))
    raise AssertionError(total)


# -- divisions from fractions ----------------------------------------------------------------------


@dataclass(frozen=True)
class Exactly:
    """What a division's exact figures are asked from: tables of fractions."""

    weight: Table
    offset: Table
    floor: Table
    cap: Table
    totals: Table

    def weights(self, scenario: int, members: Indices) -> Rationals:
        return Rationals.from_fractions([self.weight[scenario][i] for i in members])

    def offsets(self, scenario: int, members: Indices) -> Rationals:
        return Rationals.from_fractions([self.offset[scenario][i] for i in members])

    def floors(self, scenario: int, members: Indices) -> Rationals:
        return Rationals.from_fractions([self.floor[scenario][i] for i in members])

    def caps(self, scenario: int, members: Indices) -> Rationals:
        return Rationals.from_fractions([self.cap[scenario][i] for i in members])

    def total(self, scenario: int, group: int) -> Fraction:
        return self.totals[scenario][group]

    def district(self, s: int, i: int) -> District:
        return District(self.weight[s][i], self.offset[s][i], self.floor[s][i], self.cap[s][i])


def bounded(table: Table, width: int, blur: float = 0.0, *, decimal: bool = False) -> Bounded:
    """Return floats that miss the fractions by some rounding and by `blur`, and say by how much."""
    flat = [figure for row in table for figure in row]
    value = np.array([float(figure) for figure in flat])
    value *= 1 + blur * np.cos(np.arange(len(flat)))
    gaps = [abs(Fraction(v) - figure) for v, figure in zip(value.tolist(), flat, strict=True)]
    error = np.array([np.nextafter(float(gap), np.inf) if gap else 0.0 for gap in gaps])
    decimals = Decimals.from_fractions(flat) if decimal else None
    if decimals is not None:
        decimals = Decimals(decimals.mantissas.reshape(len(table), width), decimals.places)
    shape = (len(table), width)
    return Bounded(value.reshape(shape), error.reshape(shape), decimals)


def by_size(figures: Bounded) -> Bounded:
    """Return the same figures with one bound on the error for all, as a part of their size."""
    value, error = figures.value, np.broadcast_to(figures.error, figures.value.shape)
    size = np.abs(value)
    if ((size == 0) & (error > 0)).any() or not size.size:
        return figures
    if figures.decimals is not None:
        return Bounded.of_decimals(figures.decimals)
    least, zero = float(size[size > 0].min(initial=1.0)), bool((size == 0).any())
    span = Span(least, float(size.max()), bool((value < 0).any()), zero)
    ratio = float((error / np.maximum(size, least)).max()) * (1 + 1e-15)
    return Bounded.of_ratio(value, ratio, span)


def plain(division: Division) -> Division:
    """Return the same division with errors as parts of sizes, where that can be said."""
    weight, floor, cap = map(by_size, (division.weight, division.floor, division.cap))
    rest = (division.total, division.groups, division.exact)
    return Division(weight, division.offset, floor, cap, *rest)


def division_of(
    exact: Exactly, of: Sequence[int], blur: float = 0.0, *, decimal: bool = False
) -> Division:
    n, count = len(of), len(exact.totals[0])
    no_offset = not any(map(any, exact.offset))
    return Division(
        bounded(exact.weight, n, blur, decimal=decimal),
        None if no_offset else bounded(exact.offset, n, blur, decimal=decimal),
        bounded(exact.floor, n, blur, decimal=decimal),
        bounded(exact.cap, n, blur, decimal=decimal),
        bounded(exact.totals, count, blur),
        Groups(np.array(of, dtype=np.intp), tuple(str(g) for g in range(count))),
        exact,
    )


def one_pool(
    weights: Sequence[object],
    floors: Sequence[object],
    caps: Sequence[object],
    total: object,
    offsets: Sequence[object] | None = None,
) -> Fit:
    def row(values: Sequence[object]) -> Table:
        return [[Fraction(str(value)) for value in values]]

    zeros = [0] * len(weights)
    exact = Exactly(row(weights), row(offsets or zeros), row(floors), row(caps), row([total]))
    return fit(division_of(exact, zeros))


def exact_entitlements(found: Fit, s: int = 0) -> list[Fraction]:
    everybody = np.arange(found.division.districts, dtype=np.intp)
    return found.exact_entitlements(s, everybody).fractions()


# -- by hand ---------------------------------------------------------------------------------------


def test_without_bounds_money_follows_weight() -> None:
    found = one_pool([1, 2, 5], [0, 0, 0], [80, 80, 80], 80)
    assert found.status.tolist() == [[FITTED]]
    assert found.rate.tolist() == [[10.0]]
    assert found.entitlement.value.tolist() == [[10.0, 20.0, 50.0]]


def test_a_floor_is_paid_for_by_those_above_theirs() -> None:
    # The first is lifted from 10 to 24; the others share 56 in the ratio 2 : 5.
    found = one_pool([1, 2, 5], [24, 0, 0], [80, 80, 80], 80)
    assert found.exact_rate(0, 0) == 8
    assert exact_entitlements(found) == [24, 16, 40]
    assert found.side.tolist() == [[-1, 0, 0]]


def test_floors_and_caps_together_need_more_than_clipping_once() -> None:
    # rate 14: 14, 28 -> floor 30, 70 -> cap 36.
    found = one_pool([1, 2, 5], [0, 30, 0], [80, 80, 36], 80)
    assert found.exact_rate(0, 0) == 14
    assert exact_entitlements(found) == [14, 30, 36]
    assert found.side.tolist() == [[0, -1, 1]]


def test_a_level_raises_the_poorest_to_the_same_height() -> None:
    # Own means 3, 5 and 20 per head; 6 of money lift two districts to 7 per head.
    found = one_pool([1, 1, 1], [0, 0, 0], [6, 6, 6], 6, offsets=[3, 5, 20])
    assert found.exact_rate(0, 0) == 7
    assert exact_entitlements(found) == [4, 2, 0]
    assert found.side.tolist() == [[0, 0, -1]]


def test_claims_above_the_money_are_cut_in_one_proportion() -> None:
    found = one_pool([30, 70, 100], [0, 0, 0], [30, 70, 100], 150)
    assert found.exact_rate(0, 0) == Fraction(3, 4)


def test_claims_the_money_exactly_meets_are_paid_in_full() -> None:
    found = one_pool([30, 70, 100], [0, 0, 0], [30, 70, 100], 200)
    assert found.status.tolist() == [[FITTED]]
    assert found.rate.tolist() == [[1.0]]
    assert found.side.tolist() == [[1, 1, 1]]


def test_money_beyond_all_caps_is_a_surplus() -> None:
    found = one_pool([1, 2, 0], [0, 0, 0], [10, 30, 50], 41)
    assert found.status.tolist() == [[SURPLUS]]
    assert found.exact_rate(0, 0) == 15
    assert exact_entitlements(found) == [10, 30, 0]
    assert found.side.tolist() == [[1, 1, -1]]


def test_where_nobody_has_weight_all_money_is_left() -> None:
    found = one_pool([0, 0], [0, 5], [10, 10], 8)
    assert found.status.tolist() == [[SURPLUS]]
    assert found.rate.tolist() == [[0.0]]
    assert exact_entitlements(found) == [0, 5]


def test_floors_above_the_money_are_short_and_nobody_is_entitled() -> None:
    found = one_pool([1, 1], [6, 5], [9, 9], 10)
    assert found.status.tolist() == [[SHORT]]
    assert np.isnan(found.rate).all()
    assert np.isnan(found.entitlement.value).all()


def test_floors_that_take_exactly_the_money_fit_at_rate_zero() -> None:
    found = one_pool([1, 1], [6, 5], [9, 9], 11)
    assert found.status.tolist() == [[FITTED]]
    assert found.rate.tolist() == [[0.0]]
    assert found.side.tolist() == [[-1, -1]]


def test_an_entitlement_exactly_at_its_cap_counts_as_capped() -> None:
    # At rate 10 the second is entitled to exactly its cap.
    found = one_pool([1, 2, 5], [0, 0, 0], [80, 20, 80], 80)
    assert found.exact_rate(0, 0) == 10
    assert found.side.tolist() == [[0, 1, 0]]


def test_of_many_rates_that_divide_the_total_the_lowest_is_taken() -> None:
    # 10 to the first from rate 10 on; the second leaves its floor of 30 at rate 15.
    found = one_pool([1, 2], [0, 30], [10, 90], 40)
    assert found.exact_rate(0, 0) == 10
    assert found.side.tolist() == [[1, -1]]


def test_a_fixed_district_keeps_its_value_and_is_never_called_capped() -> None:
    found = one_pool([1, 7, 1], [0, "12.5", 0], [90, "12.5", 90], 50)
    assert exact_entitlements(found) == [Fraction(75, 4), Fraction(25, 2), Fraction(75, 4)]
    assert found.side.tolist() == [[0, -1, 0]]


def test_a_penalty_stays_as_it_is() -> None:
    found = one_pool([1, 0, 1], [0, -5, 0], [90, -5, 90], 45)
    assert exact_entitlements(found) == [25, -5, 25]


def test_the_smallest_excess_over_the_floors_is_still_divided() -> None:
    tiny = Fraction(1, 10**20)
    found = one_pool([1, 3], [10**15, 0], [10**17, 10**17], 10**15 + tiny)
    assert found.status.tolist() == [[FITTED]]
    assert exact_entitlements(found) == [10**15, tiny]


def test_pools_beyond_what_float64_holds_are_decided_exactly() -> None:
    caps = [5 * 10**16 + 1, 5 * 10**16]
    assert one_pool([1, 1], [0, 0], caps, 10**17).status.tolist() == [[FITTED]]
    assert one_pool([1, 1], [0, 0], caps, 10**17).side.tolist() == [[0, 1]]
    assert one_pool([1, 1], [0, 0], caps, 10**17 + 1).side.tolist() == [[1, 1]]
    assert one_pool([1, 1], [0, 0], caps, 10**17 + 2).status.tolist() == [[SURPLUS]]


def test_a_group_without_members_is_fitted_only_to_nothing() -> None:
    nobody: Table = [[]]
    exact = Exactly(nobody, nobody, nobody, nobody, [[Fraction(0), Fraction(1), Fraction(-1)]])
    found = fit(division_of(exact, []))
    assert found.status.tolist() == [[FITTED, SURPLUS, SHORT]]
    assert found.rate.tolist()[0][:2] == [0.0, 0.0]


def test_every_group_has_its_own_rate_wherever_its_members_stand() -> None:
    ones = [[Fraction(1), Fraction(1), Fraction(3)]]
    none, plenty = [[Fraction(0)] * 3], [[Fraction(99)] * 3]
    exact = Exactly(ones, none, none, plenty, [[Fraction(20), Fraction(7)]])
    found = fit(division_of(exact, [0, 1, 0]))
    assert found.rate.tolist() == [[5.0, 7.0]]
    assert found.entitlement.value.tolist() == [[5.0, 7.0, 15.0]]


# -- always ----------------------------------------------------------------------------------------


@st.composite
def cases(draw: st.DrawFn) -> tuple[Exactly, list[int]]:
    """Draw divisions full of ties: bounds met exactly, identical districts, totals on a corner."""
    n = draw(st.integers(0, 9))
    count = draw(st.integers(1, 3))
    scenarios = draw(st.integers(1, 2))
    of = draw(st.lists(st.integers(0, count - 1), min_size=n, max_size=n))
    denominator = draw(st.sampled_from([1, 10, 3, 7]))
    size = draw(st.sampled_from([3, 100, 10**6, 10**17]))
    scale = draw(st.sampled_from([Fraction(1), Fraction(1, 10**9), Fraction(10**12)]))
    level = draw(st.booleans())
    lowest = draw(st.sampled_from([0, 0, 0, -size]))

    def figures(low: int, high: int) -> list[Fraction]:
        numbers = st.integers(low, high) | st.integers(0, min(3, high))
        drawn = draw(st.lists(numbers, min_size=n, max_size=n))
        return [Fraction(number, denominator) for number in drawn]

    tables: list[Table] = [[], [], [], [], []]
    for _ in range(scenarios):
        weight = [figure * scale for figure in figures(0, size)]
        offset = figures(lowest, size) if level else [Fraction(0)] * n
        floor = figures(lowest, size)
        cap = [a + b for a, b in zip(floor, figures(0, size), strict=True)]
        totals = []
        for g in range(count):
            ours = [
                District(weight[i], offset[i], floor[i], cap[i]) for i in range(n) if of[i] == g
            ]
            totals.append(draw(totals_of(ours)))
        for table, row in zip(tables, (weight, offset, floor, cap, totals), strict=True):
            table.append(row)
    return Exactly(*tables), of


@st.composite
def totals_of(draw: st.DrawFn, districts: list[District]) -> Fraction:
    floors = sum((d.floor for d in districts), Fraction(0))
    caps = sum((d.cap for d in districts), Fraction(0))
    corners = [floors, caps]
    for d in districts:
        if d.moves:
            for edge in (d.floor, d.cap):
                rate = (edge + d.offset) / d.weight
                corners.append(sum((other.gets(rate) for other in districts), Fraction(0)))
    nudge = draw(st.sampled_from([0, 0, 1, -1])) * Fraction(1, 10 ** draw(st.integers(0, 25)))
    between = floors + (caps - floors) * Fraction(draw(st.integers(0, 20)), 20)
    return draw(st.sampled_from([*corners, between])) + nudge


@settings(max_examples=400, deadline=None)
@given(cases(), st.sampled_from([0.0, 1e-15]), st.booleans(), st.booleans())
def test_a_fit_is_that_of_exact_arithmetic(
    case: tuple[Exactly, list[int]], blur: float, decimal: bool, as_parts: bool
) -> None:
    exact, of = case
    division = division_of(exact, of, 0.0 if as_parts and decimal else blur, decimal=decimal)
    found = fit(plain(division) if as_parts else division)
    for s, totals in enumerate(exact.totals):
        for g, total in enumerate(totals):
            members = [i for i in range(len(of)) if of[i] == g]
            districts = [exact.district(s, i) for i in members]
            status, rate, entitlements = divide(districts, total)
            assert found.status[s, g] == status
            if rate is None:
                assert np.isnan(found.rate[s, g])
                assert np.isnan(found.entitlement.value[s, members]).all()
                continue
            assert found.exact_rate(s, g) == rate
            assert abs(Fraction(found.rate[s, g]) - rate) <= Fraction(found.rate_error[s, g])
            assert_entitled(found, s, members, districts, entitlements)


def assert_entitled(
    found: Fit, s: int, members: list[int], districts: list[District], exact: list[Fraction]
) -> None:
    asked = found.exact_entitlements(s, np.array(members, dtype=np.intp)).fractions()
    assert asked == exact
    for i, d, entitlement in zip(members, districts, exact, strict=True):
        at_cap = entitlement == d.cap and d.cap > d.floor
        assert found.side[s, i] == (1 if at_cap else -1 if entitlement == d.floor else 0)
        value, error = found.entitlement.value[s, i], found.entitlement.error[s, i]
        assert abs(Fraction(value) - entitlement) <= Fraction(error)


def random_division(seed: int, shape: tuple[int, int], count: int, blur: float) -> Division:
    """Return a large division; its exact figures are its floats, moved by less than their error."""
    rng = np.random.default_rng(seed)
    scenarios, n = shape
    weight = rng.lognormal(0, 2, shape)
    floor = np.floor(100 * weight * rng.uniform(0, 1.3, shape))
    cap = np.floor(floor * rng.uniform(1, 1.6, shape)) + 1
    groups = Groups(rng.integers(0, count, n).astype(np.intp), tuple(str(g) for g in range(count)))
    floors, caps = groups.sum(floor), groups.sum(cap)
    part = rng.choice([0.5, 0.2, 0.9, 1e-9], (scenarios, 1))  # the last is ill-conditioned
    total = np.maximum(np.ceil(floors + part * (caps - floors)), floors + 1)
    moved = weight * (1 + blur * rng.uniform(-1, 1, shape))

    def table(values: NDArray[np.float64]) -> Table:
        return [[Fraction(value) for value in row] for row in values.tolist()]

    none = np.zeros((1, 1))
    exact = Exactly(table(moved), [[]], table(floor), table(cap), table(total))
    return Division(
        Bounded(weight, np.abs(weight) * blur * 1.01),
        None,
        Bounded(floor, none),
        Bounded(cap, none),
        Bounded(total, none),
        groups,
        exact,
    )


@pytest.mark.parametrize("blur", [0.0, 3e-16])
@pytest.mark.parametrize("as_parts", [False, True])
@pytest.mark.parametrize(("shape", "count"), [((6, 900), 1), ((3, 700), 9), ((1, 40_000), 1)])
def test_errors_are_bounds_in_tables_of_ordinary_size(
    shape: tuple[int, int], count: int, blur: float, as_parts: bool
) -> None:
    division = random_division(7, shape, count, blur)
    found = fit(plain(division) if as_parts else division)
    assert (found.ratio is not None) == as_parts
    assert (found.status == FITTED).all()
    for s in range(shape[0]):
        for g in range(count):
            rate = found.exact_rate(s, g)
            assert abs(Fraction(found.rate[s, g]) - rate) <= Fraction(found.rate_error[s, g])
            members = division.groups.members(g)
            exact = found.exact_entitlements(s, members)
            assert exact.sum() == division.exact.total(s, g)
            for i, entitlement in zip(members, exact.fractions(), strict=True):
                value, error = found.entitlement.value[s, i], found.entitlement.error[s, i]
                assert abs(Fraction(value) - entitlement) <= Fraction(error)
                if found.ratio is not None:
                    part = Fraction(found.ratio[s, g]) * Fraction(value)
                    assert abs(Fraction(value) - entitlement) <= part


class NeverAsked:
    """Exact figures that nobody may need."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"asked for {name}")


def test_groups_without_money_stay_at_their_floors_and_need_nothing_exact() -> None:
    rng = np.random.default_rng(5)
    groups = Groups(rng.integers(0, 9, 400).astype(np.intp), tuple("abcdefghi"))
    weight = rng.lognormal(0, 2, (1, 400))
    weight[0, ::7] = 0.0
    total = np.where(np.arange(9) % 2, 0.0, 10.0 ** np.arange(9))[None]
    none = np.zeros((1, 400))
    division = Division(
        Bounded(weight, weight * 1e-16),
        None,
        Bounded(none, none),
        Bounded(np.full((1, 400), 1e12), none),
        Bounded(total, total * 0),
        groups,
        NeverAsked(),
    )
    found = fit(division)
    assert (found.status == FITTED).all()
    idle = groups.spread(total == 0)
    assert (found.side[idle] == -1).all()
    assert not found.rate[total == 0].any() and not found.rate_error[total == 0].any()
    assert not found.entitlement.value[idle].any() and not found.entitlement.error[idle].any()
    assert (found.rate[total > 0] > 0).all()


@pytest.mark.parametrize("doubt", ["weight", "floor", "offset"])
def test_groups_without_money_are_decided_exactly_where_floats_do_not_tell(doubt: str) -> None:
    weights, floors, offsets = (
        [[Fraction(1), Fraction(0)]],
        [[Fraction(0)] * 2],
        [[Fraction(0)] * 2],
    )
    caps = [[Fraction(5)] * 2]
    exact = Exactly(weights, offsets, floors, caps, [[Fraction(0)]])
    figures = {name: Bounded(np.zeros((1, 2)), np.zeros((1, 2))) for name in ("floor", "offset")}
    figures["weight"] = Bounded(np.array([[1.0, 0.0]]), np.zeros((1, 2)))
    figures[doubt] = Bounded(figures[doubt].value, np.array([[0.0, 1e-9]]))
    division = Division(
        figures["weight"],
        figures["offset"] if doubt == "offset" else None,
        figures["floor"],
        Bounded(np.full((1, 2), 5.0), np.zeros((1, 2))),
        Bounded(np.zeros((1, 1)), np.zeros((1, 1))),
        Groups.one(2),
        exact,
    )
    found = fit(division)
    assert found.status.tolist() == [[FITTED]]
    assert found.side[0, 0] == -1
    assert found.exact_entitlements(0, np.arange(2)).fractions() == [0, 0]


@pytest.mark.parametrize(("shape", "count"), [((60, 500), 1), ((40, 3000), 1), ((30, 800), 27)])
@pytest.mark.parametrize("blur", [0.0, 3e-16])
@pytest.mark.parametrize("as_parts", [False, True])
def test_a_scenario_alone_has_the_same_bytes_as_among_others(
    shape: tuple[int, int], count: int, blur: float, as_parts: bool
) -> None:
    division = random_division(3, shape, count, blur)
    division = plain(division) if as_parts else division
    together = fit(division)
    for s in (0, shape[0] // 2, shape[0] - 1):
        alone = fit(only(division, s))
        for whole, single in (
            (together.rate, alone.rate),
            (together.rate_error, alone.rate_error),
            (together.entitlement.value, alone.entitlement.value),
            (together.entitlement.error, alone.entitlement.error),
            (together.side, alone.side),
        ):
            assert whole[s : s + 1].tobytes() == single.tobytes()


def only(division: Division, s: int) -> Division:
    def row(figures: Bounded) -> Bounded:
        error = figures.error
        if figures.ratio is not None and figures.span is not None:
            return Bounded.of_ratio(figures.value[s : s + 1], figures.ratio, figures.span)
        return Bounded(figures.value[s : s + 1], error[s : s + 1] if len(error) > 1 else error)

    exact = division.exact
    assert isinstance(exact, Exactly)
    return Division(
        row(division.weight),
        None,
        row(division.floor),
        row(division.cap),
        row(division.total),
        division.groups,
        Exactly(
            exact.weight[s : s + 1],
            [[]],
            exact.floor[s : s + 1],
            exact.cap[s : s + 1],
            exact.totals[s : s + 1],
        ),
    )


def test_figures_of_one_row_serve_every_scenario() -> None:
    shared, totals = [[Fraction(1), Fraction(3)]], [[Fraction(4)], [Fraction(8)], [Fraction(1)]]
    none, plenty = [[Fraction(0)] * 2], [[Fraction(99)] * 2]
    exact = Exactly(shared, none, none, plenty, totals)
    found = fit(division_of(exact, [0, 0]))
    assert found.rate.tolist() == [[1.0], [2.0], [0.25]]
    assert found.entitlement.value.tolist() == [[1.0, 3.0], [2.0, 6.0], [0.25, 0.75]]


def test_many_districts_exactly_at_their_cap_are_decided() -> None:
    # At rate 2 every second district of 2,000 is entitled to exactly its cap.
    n = 2000
    weights = [i % 7 + 1 for i in range(n)]
    caps = [2 * w if i % 2 else 5 * w for i, w in enumerate(weights)]
    found = one_pool(weights, [0] * n, caps, 2 * sum(weights))
    assert found.exact_rate(0, 0) == 2
    assert found.side.tolist() == [[i % 2 for i in range(n)]]
