"""Groups that do not fit into the cache together: each has its own rate, wherever it is cut."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, Span
from transfers.arithmetic.rationals import Rationals
from transfers.axes import CHUNK, Groups
from transfers.kernel.columns import Columns
from transfers.kernel.division import FITTED, SHORT, SURPLUS, Division
from transfers.kernel.fit import BLOCK, _row_blocks, fit
from transfers.kernel.panel import Panel
from transfers.kernel.plain_panel import PlainPanel

SIZES = [20_000, 20_000, 0, 3, 70_000, 5, 1]


class Whole:
    """Exact figures that are the floats, and how many were asked for."""

    def __init__(self, division: dict[str, NDArray[np.float64]]) -> None:
        self.columns, self.asked = division, 0

    def _of(self, name: str, s: int, members: NDArray[np.intp]) -> Rationals:
        self.asked += len(members)
        column = self.columns[name]
        row = column[min(s, len(column) - 1)]
        return Rationals.from_fractions([Fraction(row[i]) for i in members.tolist()])

    def weights(self, s: int, members: NDArray[np.intp]) -> Rationals:
        return self._of("weight", s, members)

    def offsets(self, s: int, members: NDArray[np.intp]) -> Rationals:
        return self._of("offset", s, members)

    def floors(self, s: int, members: NDArray[np.intp]) -> Rationals:
        return self._of("floor", s, members)

    def caps(self, s: int, members: NDArray[np.intp]) -> Rationals:
        return self._of("cap", s, members)

    def total(self, s: int, group: int) -> Fraction:
        column = self.columns["total"]
        return Fraction(column[min(s, len(column) - 1)][group])


def division(groups: Groups, *, as_parts: bool, **columns: NDArray[np.float64]) -> Division:
    def held(name: str) -> Bounded:
        value = columns[name]
        if not as_parts:
            return Bounded(value, np.full(value.shape, 2.0**-60))
        size = np.abs(value)
        least = float(size[size > 0].min(initial=1.0))
        return Bounded.of_ratio(value, 2.0**-60, Span(least, float(size.max()), False, True))

    exact: Any = Whole(columns)
    offset = held("offset") if "offset" in columns else None
    total = Bounded(columns["total"], np.zeros((1, 1)))
    return Division(held("weight"), offset, held("floor"), held("cap"), total, groups, exact)


@pytest.mark.parametrize("as_parts", [False, True])
@pytest.mark.parametrize("mixed", [False, True])
def test_groups_beyond_the_cache_have_each_their_own_rate(as_parts: bool, mixed: bool) -> None:
    draw = np.random.default_rng(8)
    of = np.repeat(np.arange(len(SIZES)), SIZES)
    of = draw.permutation(of) if mixed else of
    groups = Groups(of.astype(np.intp), tuple("abcdefg"))
    weight = draw.integers(1, 9, (2, len(of))).astype(float)
    rates = np.array([[2.0, 3.0, 0.0, 5.0, 7.0, 0.5, 4.0], [9.0, 1.0, 0.0, 2.0, 3.0, 8.0, 6.0]])
    # A quarter of all are at a floor of twice their share, another at a cap of half of it.
    share = rates[:, of] * weight
    kind = draw.integers(0, 4, len(of))
    floor = np.where(kind == 0, 2 * share, 0.0)
    cap = np.where(kind == 1, share / 2, 4 * share)
    due = np.clip(share, floor, cap)
    total = groups.sum(due)
    found = fit(
        division(groups, as_parts=as_parts, weight=weight, floor=floor, cap=cap, total=total)
    )
    moving = groups.sum(np.where(kind > 1, weight, 0.0)) > 0
    assert (found.status == FITTED).all()
    assert np.allclose(found.rate[moving], rates[moving], rtol=1e-12, atol=0)
    assert (np.abs(found.rate - rates)[moving] <= found.rate_error[moving]).all()
    # Of one district alone the rate is the lowest at which it gets its money.
    inside = groups.spread(moving)
    side = np.broadcast_to(np.where(kind == 0, -1, np.where(kind == 1, 1, 0)), due.shape)
    assert (found.side[inside] == side[inside]).all()
    assert np.allclose(found.entitlement.value, due, rtol=1e-12, atol=0)
    gap = np.abs(found.entitlement.value - due)
    assert (gap <= found.entitlement.error + 1e-15 * due).all()
    assert not found.rate[:, 2].any() and found.exact_rate(1, 2) == 0


@pytest.mark.parametrize(
    ("money", "status", "rate"), [(7.0, SURPLUS, 0.0), (0.0, FITTED, 0.0), (-1.0, SHORT, None)]
)
def test_a_group_of_nobody_is_fitted_to_nothing_alone(
    money: float, status: int, rate: float | None
) -> None:
    groups = Groups(np.array([0, 0]), ("some", "nobody"))
    ones = np.ones((1, 2))
    total = np.array([[2.0, money], [4.0, money]])
    found = fit(
        division(groups, as_parts=True, weight=ones, floor=0 * ones, cap=9 * ones, total=total)
    )
    assert found.status[:, 1].tolist() == [status] * 2
    if rate is None:
        assert np.isnan(found.rate[:, 1]).all() and np.isnan(found.rate_error[:, 1]).all()
    else:
        assert found.rate[:, 1].tolist() == found.rate_error[:, 1].tolist() == [rate] * 2
        assert [found.exact_rate(s, 1) for s in (0, 1)] == [0, 0]
    assert found.rate[:, 0].tolist() == [1.0, 2.0]


def test_rows_are_taken_as_many_as_fit_and_each_once() -> None:
    for scenarios, width in ((1, 5), (10, 5), (7, BLOCK), (7, BLOCK // 3), (5, BLOCK * 2)):
        taken = list(_row_blocks(scenarios, width))
        assert np.concatenate(taken).tolist() == list(range(scenarios))
        assert all(len(rows) * width <= BLOCK or len(rows) == 1 for rows in taken)
        assert all((len(rows) + 1) * width > BLOCK for rows in taken[:-1])


# -- what passes over a panel return ---------------------------------------------------------------

WEIGHT = [[1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 4.0, 3.0, 2.0, 1.0]]
OFFSET = [[1.0, 0.0, 2.0, 0.0, 1.0]]
FLOOR = [[-4.0, 1.0, 0.0, 9.0, 0.0], [0.0, 1.0, -2.0, 0.0, -1.0]]
CAP = [[8.0, 8.0, 3.0, 9.0, 30.0]]
ROWS = np.array([0, 1])


def panel(*, offset: bool, one: bool = True, kind: type[Panel] = Panel, **errors: Any) -> Panel:
    """Return a panel of one group of five cut into two chunks, or of groups of two and three."""
    columns = Columns(
        np.array(WEIGHT),
        np.array(OFFSET) if offset else None,
        np.array(FLOOR),
        np.array(CAP),
        *(errors.get(name) for name in ("weight", "of_offset", "floor", "cap")),
        errors.get("fixed", np.zeros((1, 5), dtype=bool)),
    )
    if one:
        return kind(columns, [slice(0, 2), slice(2, 5)], np.array([5]), {})
    return kind(columns, [slice(0, 5)], np.array([2, 3]), {})


def test_sums_are_those_of_each_group_and_debts_are_counted_by_size() -> None:
    floors, caps, below = panel(offset=False, one=False).sums(ROWS)
    assert floors.tolist() == [[-3, 9], [1, -3]]
    assert caps.tolist() == [[16, 42], [16, 42]]
    assert below.tolist() == [[4, 0], [0, 3]]
    one = panel(offset=False, one=True)
    alone = [one.sums(np.array([s])) for s in (0, 1)]
    assert [[float(part[0, 0]) for part in sums] for sums in alone] == [[6, 58, 4], [-2, 58, 3]]


@pytest.mark.parametrize("offset", [False, True])
def test_a_step_tells_what_everybody_gets_and_whose_weight_moves(offset: bool) -> None:
    rates = np.array([[2.0, 3.0], [1.0, 4.0]])
    money, slope = panel(offset=offset, one=False).step(ROWS, rates)
    off = np.array(OFFSET[0]) if offset else np.zeros(5)
    for s in (0, 1):
        shares = rates[s][[0, 0, 1, 1, 1]] * np.array(WEIGHT[s]) - off
        due = np.clip(shares, FLOOR[s], CAP[0])
        moves = np.where(due == shares, WEIGHT[s], 0.0)
        assert money[s].tolist() == [due[:2].sum(), due[2:].sum()]
        assert slope[s].tolist() == [moves[:2].sum(), moves[2:].sum()]


def test_a_proportional_rate_counts_what_offsets_take_off() -> None:
    total = np.array([[6.0, 30.0], [9.0, 3.0]])
    found = panel(offset=False, one=False).proportional(ROWS, total)
    assert found.tolist() == [[6 / 3, 30 / 12], [9 / 9, 3 / 6]]
    found = panel(offset=True, one=False).proportional(ROWS, total)
    assert found.tolist() == [[7 / 3, 33 / 12], [10 / 9, 6 / 6]]
    one = panel(offset=True, one=True).proportional(np.array([1]), np.array([[11.0]]))
    assert one.tolist() == [[15 / 15]]
    nobody = Panel(
        Columns(
            *(np.zeros((1, 2)), None, np.zeros((1, 2)), np.ones((1, 2))),
            *(None, None, None, None, None),
        ),
        [slice(0, 2)],
        np.array([2]),
        {},
    )
    assert nobody.proportional(np.array([0]), np.array([[5.0]])).tolist() == [[0.0]]


def test_only_without_floors_and_offsets_and_with_wide_caps_nothing_binds() -> None:
    def bound(floor: float, cap: float, total: float, offset: float | None = None) -> bool:
        four = np.ones((1, 4))
        lowest = np.array([[0.0, 0.0, 0.0, floor]])
        columns = Columns(
            *(four, None if offset is None else offset * four, lowest, cap * four),
            *(None, None, None, None, None),
        )
        made = Panel(columns, [slice(0, 2), slice(2, 4)], np.array([4]), {})
        return made.unbounded(np.array([0]), np.array([[total]]))

    assert bound(0.0, 9.0, 9.0)
    assert not bound(0.0, 9.0, 9.5)
    assert not bound(0.1, 9.0, 5.0)
    assert not bound(0.0, 9.0, 5.0, offset=0.0)


def written(made: Panel, rates: list[float], error: float, sides: Any, *, certain: bool) -> Any:
    out = np.full((2, 5), np.nan), np.full((2, 5), np.nan)
    rate = np.array([[x] for x in rates]), np.full((2, 1), error)
    made.write(ROWS, rate, np.array(sides, dtype=np.int8), out, certain=certain)
    return out


def whole_panel(**errors: Any) -> Panel:
    made = panel(offset=True, one=True, **errors)
    return Panel(made.columns, [slice(0, 5)], np.array([5]), {})


SIDES = [[0, 0, 1, -1, 0], [1, 1, 0, 0, -1]]


def test_entitlements_are_shares_or_bounds_as_sides_say() -> None:
    """At rates of 2 and 3; in the second row the last one's share is 2, its floor -1."""
    small = np.full((1, 5), 2.0**-60)
    for certain, last in ((True, 2), (False, -1)):
        made = whole_panel(floor=small, cap=small)
        value, _ = written(made, [2.0, 3.0], 0.125, SIDES, certain=certain)
        assert value.tolist() == [[1, 4, 3, 9, 9], [8, 8, 3, 6, last]]
    value, error = written(whole_panel(), [2.0, 3.0], 0.125, SIDES, certain=True)
    assert value.tolist() == [[1, 4, 3, 9, 9], [8, 8, 3, 6, 2]]
    least = 0.125 * np.array(WEIGHT) * (np.array(SIDES) == 0)
    assert (error >= least).all()
    assert (error <= least + 1e-11).all()


def test_entitlements_err_by_rates_weights_and_offsets_or_by_their_bound() -> None:
    errors = {
        "weight": np.array([[0.5, 0.25, 0.5, 0.25, 0.125]]),
        "of_offset": np.array([[0.0625, 0.0, 0.5, 0.0, 0.0]]),
        "floor": np.array([[0.75, 0.75, 0.75, 0.75, 0.75]]),
        "cap": np.array([[0.375, 0.375, 0.375, 0.375, 0.375]]),
    }
    rates = np.array([[2.0], [3.0]])
    made = whole_panel(**errors)
    _, error = written(made, [2.0, 3.0], 0.125, SIDES, certain=True)
    of_rate, of_weight = 0.125 * np.array(WEIGHT), (rates + 0.125) * errors["weight"]
    of_share = of_rate + of_weight + errors["of_offset"]
    sides = np.array(SIDES)
    wanted = np.where(sides == -1, 0.75, np.where(sides == 1, 0.375, of_share))
    assert (error >= wanted).all()
    assert np.allclose(error, wanted, rtol=1e-9, atol=0)


def test_bounds_that_err_do_not_move_a_share_that_is_between_them() -> None:
    """A share of 1 beside a floor of 1.5 +- 0.75, one of 4 beside a cap of 3.9 +- 0.375."""
    wide = {"floor": np.full((1, 5), 0.75), "cap": np.full((1, 5), 0.375)}
    made = whole_panel(**wide)
    columns = made.columns
    floor, cap = columns.floor.copy(), columns.cap.copy()
    floor[0, 0], cap[0, 1] = 1.5, 3.9
    moved = Columns(
        *(columns.weight, columns.offset, floor, cap, None, None, wide["floor"], wide["cap"]),
        columns.fixed,
    )
    value, _ = written(
        Panel(moved, [slice(0, 5)], np.array([5]), {}), [2.0, 3.0], 0.0, SIDES, certain=False
    )
    assert value[0].tolist() == [1, 4, 3, 9, 9]


@pytest.mark.parametrize("ratio", [0.0, 2.0**-5])
@pytest.mark.parametrize("certain", [False, True])
@pytest.mark.parametrize("size", [1.0, 2.0**20])
def test_plain_entitlements_are_bounds_exactly_there_and_shares_between(
    ratio: float, certain: bool, size: float
) -> None:
    """At a rate of 2 shares are 2, 4, 6, 8; two are at bounds, by far or by a little."""
    columns = Columns(
        *(size * np.array([[1.0, 2.0, 3.0, 4.0]]), None),
        size * np.array([[2.0625, 0.0, 0.0, 3.0]]),
        size * np.array([[9.0, 9.0, 5.9375, 8.5]]),
        *(None, None, None, None, np.zeros((1, 4), dtype=bool), 0.0, ratio, True),
    )
    made = PlainPanel(columns, [slice(0, 2), slice(2, 4)], np.array([4]), {})
    out = np.full((1, 4), np.nan)
    rate = np.array([[2.0]]), np.array([[0.0]])
    sides = np.array([[-1, 0, 1, 0]], dtype=np.int8)
    made.write(np.array([0]), rate, sides, (out, None), certain=certain)
    assert (out / size).tolist() == [[2.0625, 4, 5.9375, 8]]
    if ratio and not certain:  # said to be between bounds that err: not moved by them
        sides = np.zeros((1, 4), dtype=np.int8)
        made.write(np.array([0]), rate, sides, (out, None), certain=certain)
        assert (out / size).tolist() == [[2, 4, 6, 8]]


def test_plain_fixed_districts_get_their_value_also_where_a_certificate_decided() -> None:
    columns = Columns(
        *(np.array([[1.0, 2.0]]), None, np.array([[5.0, 0.0]]), np.array([[5.5, 9.0]])),
        *(None, None, None, None, np.array([[True, False]]), 0.0, 0.1, True),
    )
    made = PlainPanel(columns, [slice(0, 2)], np.array([2]), {})
    out = np.full((1, 2), np.nan)
    sides = np.array([[-1, 0]], dtype=np.int8)
    rate = np.array([[9.0 / 4]]), np.array([[0.0]])
    made.write(np.array([0]), rate, sides, (out, None), certain=True)
    assert out.tolist() == [[5.0, 4.5]]
    made.write(np.array([0]), (rate[0] * 4, rate[1]), sides, (out, None), certain=True)
    assert out.tolist() == [[5.0, 9.0]]  # a share of 9 is above both, and the floor counts


def test_fixed_districts_get_their_value_also_where_a_certificate_decided() -> None:
    fixed = np.zeros((1, 5), dtype=bool)
    fixed[0, 3] = True
    sides = [[0, 0, 1, -1, 0], [1, 1, 0, -1, -1]]
    value, error = written(
        whole_panel(fixed=fixed, floor=np.full((1, 5), 0.5)), [2.0, 3.0], 0.0, sides, certain=True
    )
    assert value[:, 3].tolist() == [9.0, 0.0]
    assert error[:, 3].tolist() == [0.5, 0.5]


def test_those_at_bounds_are_put_there_group_by_group() -> None:
    made = panel(offset=False, one=False)
    assert [made.place(k) for k in (0, 1)] == [slice(0, 2), slice(2, 5)]
    for s, k, wanted in (
        (0, 0, [8, 1, 0, 0, 0]),
        (0, 1, [0, 0, 0, 9, 30]),
        (1, 1, [0, 0, -2, 9, 30]),
    ):
        out = np.zeros(5)
        sides = np.array([1, -1, -1 if s else 0, 1, 1], dtype=np.int8)
        made.put_at_bounds(s, k, sides, out)
        assert out.tolist() == wanted


def test_a_sample_has_every_so_many_members_of_a_panel() -> None:
    made = panel(offset=True, one=True, weight=np.ones((1, 5)))
    sample = made.sample(2)
    assert sample.columns.weight.tolist() == [row[::2] for row in WEIGHT]
    assert sample.columns.offset is not None
    assert sample.columns.offset.tolist() == [OFFSET[0][::2]]
    assert sample.columns.floor.tolist() == [row[::2] for row in FLOOR]
    assert sample.columns.cap.tolist() == [CAP[0][::2]]
    assert sample.columns.weight_error is None
    assert sample.width == 3 and sample.sizes.tolist() == [3]
    assert isinstance(panel(offset=False, one=True, kind=PlainPanel).sample(2), PlainPanel)
    assert CHUNK >= 2**10
