"""Figures that lie at the very end of what their errors allow, all on one side.

What float64 says of them must still hold: nowhere else does a bound that leaves something out
show. Who is fixed, and what a division calls plain, is told here as well.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.kernel.by_hand import Case, Exact
from transfers.arithmetic.bounded import Bounded, Span
from transfers.arithmetic.decimals import Decimals
from transfers.axes import Groups
from transfers.kernel.columns import Columns, bound_ratio, is_plain
from transfers.kernel.division import SHORT, Division
from transfers.kernel.fit import Fit, fit
from transfers.kernel.whole import parts_of_fit

Floats = NDArray[np.float64]
PART = 2.0**-20
"""By which part of their size figures err."""
OF = [0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0]
GROUPS = Groups(np.array(OF, dtype=np.intp), ("north", "south"))


def off(values: Floats, part: Fraction) -> list[list[Fraction]]:
    return [[Fraction(x) * (1 + part) for x in row] for row in values.tolist()]


def figure(values: Floats, errs: bool, as_parts: bool) -> Bounded:
    part = PART * (1 + 2.0**-30) if errs else 0.0
    if not as_parts:
        return Bounded(values, np.abs(values) * part)
    size = np.abs(values)
    span = Span(float(size[size > 0].min(initial=1.0)), float(size.max()), False, True)
    return Bounded.of_ratio(values, part, span)


def whole(values: Floats) -> Bounded:
    return Bounded.of_decimals(Decimals(values.astype(np.int64)))


def at_the_end(
    seed: int, kind: str, sign: int, *, as_parts: bool, offsets: bool, decimal: bool = False
) -> Fit:
    """Return a fit of which the figures of one kind are all at one end of their errors."""
    draw = np.random.default_rng(seed)
    shape = (3, len(OF))
    weight = draw.integers(1, 9, shape).astype(float)
    floor = np.where(draw.random(shape) < 0.4, draw.integers(1, 30, shape), 0).astype(float)
    cap = floor + draw.integers(5, 40, shape)
    offset = draw.integers(1, 9, shape).astype(float) if offsets else np.zeros(shape)
    low, high = GROUPS.sum(floor), GROUPS.sum(cap)
    total = np.round(low + (high - low) * draw.uniform(0.2, 0.8, low.shape))
    part = Fraction(sign) * Fraction(PART)
    tables = {
        name: off(values, part if name == kind else Fraction(0))
        for name, values in (
            *(("weight", weight), ("offset", offset), ("floor", floor), ("cap", cap)),
            ("total", total),
        )
    }
    cases = [
        Case(
            tables["weight"][s],
            tables["offset"][s] if offsets else None,
            *(tables["floor"][s], tables["cap"][s], tables["total"][s], OF),  # type: ignore[arg-type]
        )
        for s in range(3)
    ]
    exact: Any = Exact(cases)
    return fit(
        Division(
            figure(weight, kind == "weight", as_parts),
            figure(offset, kind == "offset", as_parts=False) if offsets else None,
            whole(floor) if decimal else figure(floor, kind == "floor", as_parts),
            whole(cap) if decimal else figure(cap, kind == "cap", as_parts),
            figure(total, kind == "total", as_parts=False),
            GROUPS,
            exact,
        )
    )


KINDS = ["nothing", "weight", "floor", "cap", "total"]


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize(
    ("kind", "as_parts", "offsets"),
    [
        *((kind, True, False) for kind in KINDS),
        *((kind, False, False) for kind in KINDS),
        *((kind, False, True) for kind in [*KINDS, "offset"]),
    ],
)
def test_rates_and_entitlements_are_within_their_bounds_and_sides_are_exact(
    kind: str, as_parts: bool, offsets: bool, sign: int
) -> None:
    widest = 0.0
    for seed in range(6):
        found = at_the_end(seed, kind, sign, as_parts=as_parts, offsets=offsets)
        assert (found.ratio is not None) == as_parts
        exact: Any = found.division.exact
        for s, case in enumerate(exact.cases):
            for g in range(2):
                status, rate = case.fitted(g)
                assert found.status[s, g] == status
                gap = abs(Fraction(found.rate[s, g]) - rate)
                assert gap <= Fraction(found.rate_error[s, g])
                widest = max(widest, float(gap / rate))
                for i in GROUPS.members(g).tolist():
                    owed = case.entitlement(i, rate)
                    side = (owed == case.caps[i]) - (owed == case.floors[i])
                    assert found.side[s, i] == side
                    value, error = found.entitlement.value[s, i], found.entitlement.error[s, i]
                    gap = abs(Fraction(value) - owed)
                    assert gap <= Fraction(error)
                    if found.ratio is not None:
                        assert gap <= Fraction(found.ratio[s, g]) * Fraction(value)
    # The errors are there: what is bounded is of their size, not of the rounding of floats.
    assert kind == "nothing" or widest > PART / 16


@pytest.mark.parametrize("kind", KINDS)
def test_errors_are_no_wider_than_what_makes_them(kind: str) -> None:
    """A rate errs by what its total and those at a bound err by, over the weight between."""
    for as_parts in (False, True):
        found = at_the_end(4, kind, 1, as_parts=as_parts, offsets=False)
        largest = 0.0 if kind == "nothing" else PART
        assert (found.rate_error <= found.rate * (20 * largest + 1e-13)).all()
        assert (found.entitlement.error <= found.entitlement.value * (20 * largest + 1e-13)).all()


def test_who_is_at_a_bound_errs_as_that_bound_does_and_the_part_is_no_less() -> None:
    for kind in ("floor", "cap"):
        found = at_the_end(1, kind, -1, as_parts=True, offsets=False)
        low, high = found.division.floor, found.division.cap
        for side, bound in ((-1, low), (1, high)):
            there = found.side == side
            assert there.any()
            assert (found.entitlement.error[there] == bound.error[there]).all()
        assert found.ratio is not None
        widest = max(low.ratio or 0.0, high.ratio or 0.0)
        assert (found.ratio >= widest).all()
        of_rate = found.rate_error / found.rate
        assert (found.ratio <= np.maximum(of_rate, widest) * 1.001 + 1e-15).all()


@pytest.mark.parametrize("kind", ["nothing", "weight", "total"])
@pytest.mark.parametrize("sign", [-1, 1])
def test_parts_of_a_fit_are_those_of_its_entitlements_in_fractions(kind: str, sign: int) -> None:
    for seed in range(6):
        found = at_the_end(seed, kind, sign, as_parts=True, offsets=False, decimal=True)
        quick = parts_of_fit(found)
        assert quick is not None
        for s in range(3):
            exact = found.exact_entitlements(s, np.arange(len(OF), dtype=np.intp)).fractions()
            for i, owed in enumerate(exact):
                down = owed.numerator // owed.denominator
                assert quick.whole[s, i] == down
                rest, error = Fraction(quick.rest[s, i]), Fraction(quick.error[s, i])
                assert abs(rest - (owed - down)) <= error


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_share_that_just_misses_a_whole_number_is_taken_apart_exactly(sign: int) -> None:
    """Of 12 by weights of 1, 2, 3 the first gets 2, and a little less or more if it weighs so."""
    moved = [1 + Fraction(sign, 2**21), Fraction(2), Fraction(3)]
    case = Case(moved, None, [Fraction(0)] * 3, [Fraction(99)] * 3, [12], [0] * 3)
    exact: Any = Exact([case])
    ones = np.ones((1, 3))
    found = fit(
        Division(
            Bounded.of_ratio(np.array([[1.0, 2.0, 3.0]]), PART, Span(1.0, 3.0, False, False)),
            None,
            whole(0 * ones),
            whole(99 * ones),
            Bounded(np.array([[12.0]]), np.zeros((1, 1))),
            Groups.one(3),
            exact,
        )
    )
    quick = parts_of_fit(found)
    assert quick is not None
    assert quick.whole.tolist() == [[2, 3, 5] if sign > 0 else [1, 4, 6]]


# -- who is fixed ----------------------------------------------------------------------------------

FLOORS = [[Fraction(x) for x in (0, 5, 7, "1/3", 9)], [Fraction(x) for x in (4, 4, "2/3", 8, 0)]]
CAPS = [
    [Fraction(x) for x in (9, 5, "71/10", "1/3", 10)],
    [Fraction(x) for x in (4, 6, "2/3", 9, 0)],
]
FIXED = [[False, True, False, True, False], [True, False, True, False, True]]


def two_scenarios(floor: Bounded, cap: Bounded, of: list[int] | None = None) -> Division:
    cases = [
        Case([Fraction(1)] * 5, None, floors, caps, [1, 1], of or [0] * 5)
        for floors, caps in zip(FLOORS, CAPS, strict=True)
    ]
    exact: Any = Exact(cases)
    ones, none = np.ones((1, 5)), np.zeros((1, 5))
    groups = Groups(np.array(of or [0] * 5, dtype=np.intp), ("a", "b"))
    total = Bounded(np.ones((1, 2)), np.zeros((1, 2)))
    weight = Bounded.of_ratio(ones, 0.0, Span(1.0, 1.0, False, False))
    assert none.shape == ones.shape
    return Division(weight, None, floor, cap, total, groups, exact)


def floats(rows: list[list[Fraction]]) -> Floats:
    return np.array([[float(x) for x in row] for row in rows])


def test_fixed_is_who_has_exactly_one_bound_where_floats_err() -> None:
    low, high = floats(FLOORS), floats(CAPS)
    for shift in (-0.2, 0.0, 0.2):
        for wide_floor, wide_cap in ((0.25, 0.0), (0.0, 0.25), (0.125, 0.125)):
            floor = Bounded(low + (shift if wide_floor == 0.25 else 0), np.full((2, 5), wide_floor))
            cap = Bounded(high + (shift if wide_cap == 0.25 else 0), np.full((2, 5), wide_cap))
            columns = Columns.of(two_scenarios(floor, cap))
            assert columns.fixed is not None
            assert columns.fixed.tolist() == FIXED


def test_fixed_is_asked_only_of_those_in_doubt() -> None:
    division = two_scenarios(
        Bounded(floats(FLOORS), np.full((2, 5), 0.06)), Bounded(floats(CAPS), np.full((2, 5), 0.06))
    )
    exact: Any = division.exact
    columns = Columns.of(division)
    assert columns.fixed is not None and columns.fixed.tolist() == FIXED
    assert exact.asked == 2 * (3 + 3)  # both bounds of three districts in each scenario


def test_bounds_without_error_say_by_themselves_who_is_fixed() -> None:
    none = np.zeros((1, 5))
    assert (
        Columns.of(two_scenarios(Bounded(floats(FLOORS), none), Bounded(floats(CAPS), none))).fixed
        is None
    )


def test_fixed_stands_in_the_order_of_groups() -> None:
    division = two_scenarios(
        Bounded(floats(FLOORS), np.full((2, 5), 0.2)),
        Bounded(floats(CAPS), np.full((2, 5), 0.2)),
        [1, 0, 1, 0, 1],
    )
    columns = Columns.of(division)
    order = [1, 3, 0, 2, 4]
    assert columns.fixed is not None
    assert columns.fixed.tolist() == [[row[i] for i in order] for row in FIXED]
    assert columns.floor.tolist() == [[float(row[i]) for i in order] for row in FLOORS]
    assert columns.cap_error is not None and columns.weight_error is None


def decimals(rows: list[list[int]]) -> Decimals:
    return Decimals(np.array(rows, dtype=np.int64), 1)


def test_decimals_say_exactly_who_is_fixed() -> None:
    """In tenths: a floor of 0.1 and a cap of 0.1 are one, and 0.1 and 0.2 are two."""
    floor, cap = decimals([[1, 3, 5], [7, 2, 9]]), decimals([[1, 4, 5], [8, 2, 9]])
    for ratio_known in (True, False):
        bounds = [
            Bounded.of_decimals(part)
            if ratio_known
            else Bounded(part.floats(), part.float_error() + 0.01, part)
            for part in (floor, cap)
        ]
        ones = np.ones((1, 3))
        unknown: Any = None
        division = Division(
            Bounded.of_ratio(ones, 0.0, Span(1.0, 1.0, False, False)),
            None,
            bounds[0],
            bounds[1],
            Bounded(np.ones((1, 1)), np.zeros((1, 1))),
            Groups.one(3),
            unknown,
        )
        assert is_plain(division) == ratio_known
        columns = Columns.of(division)
        assert columns.fixed is not None
        assert columns.fixed.tolist() == [[True, False, True], [False, True, True]]


def test_parts_of_sizes_leave_open_who_is_fixed_only_near_each_other() -> None:
    part, span = 2.0**-6, Span(0.1, 100.0, False, True)
    for shift in (-part, 0.0, part):
        for of_floor in (True, False):
            low = floats(FLOORS) * (1 + shift * of_floor)
            high = floats(CAPS) * (1 + shift * (not of_floor))
            floor = Bounded.of_ratio(low, part * 1.1 if of_floor else 0.0, span)
            cap = Bounded.of_ratio(high, 0.0 if of_floor else part * 1.1, span)
            division = two_scenarios(floor, cap)
            assert is_plain(division)
            assert bound_ratio(division) == part * 1.1
            columns = Columns.of(division)
            assert columns.plain and columns.bound_ratio == part * 1.1
            assert columns.fixed is not None and columns.fixed.tolist() == FIXED


def test_a_plain_division_knows_the_larger_part_and_that_of_its_weights() -> None:
    span = Span(1.0, 9.0, False, False)

    def of(weight: float, floor: float, cap: float) -> Columns:
        ones = np.ones((1, 2))
        unknown: Any = None
        return Columns.of(
            Division(
                Bounded.of_ratio(ones, weight, span),
                None,
                Bounded.of_ratio(ones, floor, span),
                Bounded.of_ratio(9 * ones, cap, span),
                Bounded(ones[:, :1], 0 * ones[:, :1]),
                Groups.one(2),
                unknown,
            )
        )

    assert (of(2e-9, 1e-9, 3e-9).weight_ratio, of(2e-9, 1e-9, 3e-9).bound_ratio) == (2e-9, 3e-9)
    assert (of(0.0, 3e-9, 1e-9).weight_ratio, of(0.0, 3e-9, 1e-9).bound_ratio) == (0.0, 3e-9)
    assert of(0.0, 0.0, 0.0).fixed is None
    assert of(0.0, 1e-9, 0.0).fixed is not None


@pytest.mark.parametrize("what", ["weight", "floor", "cap", "below", "offset"])
def test_one_figure_that_errs_in_another_way_makes_a_division_not_plain(what: str) -> None:
    good = Bounded.of_ratio(np.ones((1, 2)), 1e-9, Span(1.0, 1.0, False, False))
    other = Bounded(np.ones((1, 2)), np.full((1, 2), 0.1))
    below = Bounded.of_ratio(-np.ones((1, 2)), 0.0, Span(1.0, 1.0, True, False))
    unknown: Any = None

    def named(name: str) -> Bounded:
        return other if what == name else good

    def division(floor: Bounded, cap: Bounded) -> Division:
        offset = good if what == "offset" else None
        return Division(named("weight"), offset, floor, cap, good, Groups.one(2), unknown)

    assert is_plain(Division(good, None, good, good, good, Groups.one(2), unknown))
    if what == "below":
        assert not is_plain(division(below, good))
        assert not is_plain(division(below, below))
    else:
        assert not is_plain(division(named("floor"), named("cap")))


def test_a_group_that_is_short_has_no_figures_and_no_part() -> None:
    span = Span(1.0, 9.0, False, False)
    case = Case([Fraction(1)] * 3, None, [Fraction(4)] * 3, [Fraction(9)] * 3, [7, 5], [0, 0, 1])
    exact: Any = Exact([case])
    ones = np.ones((1, 3))
    found = fit(
        Division(
            Bounded.of_ratio(ones, 1e-9, span),
            None,
            Bounded.of_ratio(4 * ones, 0.0, span),
            Bounded.of_ratio(9 * ones, 0.0, span),
            Bounded(np.array([[7.0, 5.0]]), np.zeros((1, 2))),
            Groups(np.array([0, 0, 1]), ("a", "b")),
            exact,
        )
    )
    assert found.status.tolist() == [[SHORT, 0]]
    assert np.isnan(found.rate[0, 0]) and found.rate[0, 1] == 5.0
    assert found.ratio is not None
    assert np.isnan(found.ratio[0, 0]) and found.ratio[0, 1] >= 1e-9
    assert np.isnan(found.entitlement.value[0, :2]).all()
    assert np.isnan(found.entitlement.error[0, :2]).all()
    assert found.entitlement.value[0, 2] == 5.0
    assert 5e-9 <= found.entitlement.error[0, 2] <= 2e-8
    assert found.side.tolist() == [[0, 0, 0]]
    assert parts_of_fit(found) is None


def test_one_figure_that_errs_is_enough_to_ask_who_is_fixed() -> None:
    """Two seem to have one bound; of the first the floor errs, or the cap, by a tenth."""
    errs, none = np.array([[0.1, 0.0]]), np.zeros((1, 2))
    for of_floor, of_cap, floor, cap in ((errs, none, "3.95", "4"), (none, errs, "4", "4.05")):
        bounds = [[Fraction(x), Fraction(5)] for x in (floor, cap)]
        case = Case([Fraction(1)] * 2, None, *bounds, [1], [0, 0])
        exact: Any = Exact([case])
        same = np.array([[4.0, 5.0]])
        ones = Bounded(np.ones((1, 2)), none)
        division = Division(
            ones,
            None,
            Bounded(same, of_floor),
            Bounded(same, of_cap),
            Bounded(ones.value[:, :1], none[:, :1]),
            Groups.one(2),
            exact,
        )
        columns = Columns.of(division)
        assert columns.fixed is not None and columns.fixed.tolist() == [[False, True]]


@pytest.mark.parametrize("moves", ["weight", "offset", "floor", "cap", "total"])
def test_a_division_has_as_many_scenarios_as_what_moves_in_it(moves: str) -> None:
    def rows(name: str) -> int:
        return 3 if name == moves else 1

    def column(name: str, width: int = 2, figure: float = 1.0) -> Bounded:
        value = np.full((rows(name), width), figure)
        return Bounded(value, np.full(value.shape, 0.01))

    exact: Any = Exact(
        [Case([Fraction(1)] * 2, None, [Fraction(0)] * 2, [Fraction(9)] * 2, [1], [0, 0])] * 3
    )
    division = Division(
        column("weight"),
        column("offset") if moves == "offset" else None,
        column("floor", figure=0.0),
        column("cap", figure=9.0),
        column("total", 1),
        Groups.one(2),
        exact,
    )
    assert division.scenarios == 3
    assert division.districts == 2
    columns = Columns.of(division)
    assert len(columns.floor) == rows("floor") and len(columns.cap) == rows("cap")
    assert columns.fixed is not None
    assert columns.fixed.tolist() == [[False] * 2] * max(rows("floor"), rows("cap"))


def test_where_the_rate_is_exact_entitlements_err_by_as_much_as_bounds_do() -> None:
    """Floors of 3 and 4 that are all there is: the rate is 0, and errs by nothing."""
    part, span = 2.0**-20, Span(1.0, 9.0, False, False)
    case = Case([Fraction(1)] * 2, None, [Fraction(3), Fraction(4)], [Fraction(9)] * 2, [7], [0, 0])
    exact: Any = Exact([case])
    found = fit(
        Division(
            Bounded.of_ratio(np.ones((1, 2)), 0.0, span),
            None,
            Bounded.of_ratio(np.array([[3.0, 4.0]]), part, span),
            Bounded.of_ratio(np.full((1, 2), 9.0), 0.0, span),
            Bounded(np.array([[7.0]]), np.zeros((1, 1))),
            Groups.one(2),
            exact,
        )
    )
    assert found.rate.tolist() == found.rate_error.tolist() == [[0.0]]
    assert found.side.tolist() == [[-1, -1]]
    assert found.ratio is not None and part <= found.ratio[0, 0] <= part * 1.001
