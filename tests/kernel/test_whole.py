"""Whole quanta of figures that err: decided exactly, and asked for only where they must be."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.kernel.by_hand import half_away
from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.figure import Figure
from transfers.arithmetic.rationals import Rationals
from transfers.kernel.closing import close
from transfers.kernel.whole import (
    Parts,
    multiples,
    nearest,
    parts,
    round_half_away,
    whole_below,
    whole_bounds,
)

F = Fraction
Rows = list[list[Fraction]]


class Told:
    """Exact figures, and which of them were asked for."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.asked: list[tuple[int, int]] = []

    def __call__(self, s: int, members: NDArray[np.intp]) -> Rationals:
        self.asked += [(s, i) for i in members.tolist()]
        return Rationals.from_fractions([self.rows[s][i] for i in members])


def figures(rows: Rows, error: float, shift: float = 0.0) -> Bounded:
    value = np.array([[float(x) for x in row] for row in rows])
    return Bounded(value + shift * error, np.full(value.shape, error))


def fractions(*figures: Any) -> list[Fraction]:
    return [Fraction(str(figure)) for figure in figures]


NEAR = 2.0**-10
ROWS = [
    fractions("3", "2.9990234375", "3.0009765625", "0.5", "7.25", "0"),
    fractions("-3", "-2.9990234375", "-3.0009765625", "-0.5", "-7.25", "12.998046875"),
]


@pytest.mark.parametrize("shift", [-1.0, -0.5, 0.0, 0.5, 1.0])
def test_parts_are_exact_wherever_in_its_error_a_float_lies(shift: float) -> None:
    told = Told(ROWS)
    found = parts(figures(ROWS, 3 * NEAR, shift), told)
    for s, row in enumerate(ROWS):
        for i, x in enumerate(row):
            assert found.whole[s, i] == floor(x)
            gap = abs(F(found.rest[s, i]) - (x - floor(x)))
            assert gap <= F(found.error[s, i])
            assert 0 <= found.rest[s, i] <= 1
    # Halves and quarters are far from whole numbers: nobody is asked.
    assert not {(0, 3), (0, 4), (1, 3), (1, 4)} & set(told.asked)
    assert {(0, 0), (1, 0)} <= set(told.asked)


def test_a_rest_that_was_asked_for_errs_by_a_rounding_and_a_rest_of_0_not_at_all() -> None:
    rows = [fractions("5", "5.0001", "-5.0001")]
    found = parts(figures(rows, NEAR), Told(rows))
    assert found.whole.tolist() == [[5, 5, -6]]
    assert found.rest[0, 0] == 0 and found.error[0, 0] == 0
    for i, rest in ((1, F(1, 10000)), (2, F(9999, 10000))):
        assert abs(F(found.rest[0, i]) - rest) <= F(found.error[0, i])
        assert 0 < found.error[0, i] < 2.0**-52


def test_figures_without_error_are_taken_apart_by_themselves() -> None:
    rows = [fractions("5", "5.75", "-5.75", "-6", "0")]
    told = Told(rows)
    found = parts(figures(rows, 0.0), told)
    assert found.whole.tolist() == [[5, 5, -6, -6, 0]]
    assert found.rest.tolist() == [[0, 0.75, 0.25, 0, 0]]
    assert told.asked == []
    # Below zero the subtraction rounds; of 1/8 of a unit little is left, and that is said.
    small = -(2.0**-56)
    found = parts(Bounded(np.array([[small]]), np.zeros((1, 1))), Told([[F(small)]]))
    assert found.whole.tolist() == [[-1]]
    assert abs(F(found.rest[0, 0]) - (1 + F(small))) <= F(found.error[0, 0])


def test_what_is_beyond_all_sums_counts_as_the_largest_of_them() -> None:
    most = 2**62
    rows = [[F(2.0**70), F(-(2.0**70)), F(5)]]
    found = parts(Bounded(np.array([[2.0**70, -(2.0**70), 5.0]]), np.zeros((1, 3))), Told(rows))
    assert found.whole.tolist() == [[most, -most, 5]]
    found = parts(Bounded(np.array([[2.0**70, 5.0]]), np.array([[2.0**60, 0.0]])), Told(rows))
    assert found.whole.tolist() == [[most, 5]]
    assert not found.error.any()
    rows = [[F(2.0**70), F(3) - F(1, 1024)]]
    found = parts(Bounded(np.array([[2.0**70, 3.0]]), np.array([[0.0, NEAR]])), Told(rows))
    assert found.whole.tolist() == [[most, 2]]


def test_wide_tables_are_taken_apart_block_by_block() -> None:
    """40,000 districts are two blocks; whole numbers stand at both ends of each."""
    n = 40_000
    value = np.arange(2 * n, dtype=float).reshape(2, n) + 0.5
    for s, i in ((0, 0), (0, n - 1), (1, 32768), (1, 32767), (1, 5)):
        value[s, i] += 0.5
    told = Told([[F(x) - F(1, 10**6) for x in row] for row in value.tolist()])
    found = parts(Bounded(value, np.full((2, n), 1e-5)), told)
    assert sorted(told.asked) == [(0, 0), (0, n - 1), (1, 5), (1, 32767), (1, 32768)]
    for s, i in told.asked:
        assert found.whole[s, i] == value[s, i] - 1
        assert found.rest[s, i] == pytest.approx(1 - 1e-6)
    assert found.whole[1, 32766] == n + 32766


@pytest.mark.parametrize("multiple", [1, 2, 3, 4, 5, 10])
@pytest.mark.parametrize("shift", [-1.0, 0.0, 1.0])
def test_the_nearest_multiple_is_decided_exactly_at_every_half(multiple: int, shift: float) -> None:
    """Figures at halves of multiples and a thousandth beside them, above and below zero."""
    halves = [F(k * multiple, 2) for k in range(-5, 6)]
    row = [half + aside for half in halves for aside in (F(-1, 1024), F(0), F(1, 1024))]
    told = Told([row])
    wanted = [half_away(x / multiple) for x in row]
    for error in (0.0, 2 * NEAR):
        assert round_half_away(figures([row], error, shift), told, multiple).tolist() == [wanted]


def test_a_half_is_asked_for_only_within_its_error() -> None:
    rows = [fractions("0.5", "0.4", "0.6", "2.5", "-0.5", "-2.5", "1.5")]
    found = Parts(
        np.array([[0, 0, 0, 2, -1, -3, 1]]),
        np.array([[0.5, 0.4, 0.6, 0.5, 0.5, 0.5, 0.5]]),
        np.array([[0.0, 0.05, 0.05, 0.01, 0.01, 0.0, 0.01]]),
    )
    told = Told(rows)
    assert nearest(found, told).tolist() == [[1, 0, 1, 3, -1, -3, 2]]
    assert told.asked == [(0, 3), (0, 4), (0, 6)]
    # Of threes only those whose whole quanta are one beyond a multiple: 2.5 and 1.5 here.
    told = Told(rows)
    assert nearest(found, told, 3).tolist() == [[0, 0, 0, 1, 0, -1, 1]]
    assert told.asked == [(0, 6)]


def test_multiples_and_what_is_beyond_them() -> None:
    wholes = np.array([[7, -7, 0, 10]])
    base, over = multiples(wholes, 5)
    assert base.tolist() == [[1, -2, 0, 2]] and over.tolist() == [[2, 3, 0, 0]]
    base, over = multiples(wholes, 1)
    assert base.tolist() == wholes.tolist() and not over.any()


class Bounds:
    """A division of which only the bounds are asked."""

    def __init__(self, floors: Rows, caps: Rows, error: float | None) -> None:
        def held(rows: Rows) -> Bounded:
            if error is not None:
                return figures(rows, error)
            flat = Decimals.from_fractions([x for row in rows for x in row])
            assert flat is not None
            return Bounded.of_decimals(Decimals(flat.mantissas.reshape(len(rows), -1), flat.places))

        self.floor, self.cap = held(floors), held(caps)
        self.exact = self
        self.floors, self.caps = Told(floors), Told(caps)


@pytest.mark.parametrize("error", [None, 0.0, 2 * NEAR])
@pytest.mark.parametrize("multiple", [1, 5])
def test_whole_bounds_are_those_of_fractions(error: float | None, multiple: int) -> None:
    floors = [fractions("10.5", "10", "10.7", "0", "-3.5", "-3", "9.999", "4")]
    caps = [fractions("587.5", "15", "10.7", "0", "8", "-3", "20.001", "4")]
    found = whole_bounds(Bounds(floors, caps, error), multiple)  # type: ignore[arg-type]
    lower = [ceil(x / multiple) for x in floors[0]]
    upper = [floor(x / multiple) for x in caps[0]]
    none = [low > high for low, high in zip(lower, upper, strict=True)]
    assert found.no_whole.tolist() == [none]
    assert found.lower.tolist() == [[x - n for x, n in zip(lower, none, strict=True)]]
    wanted = [low if n else high for low, high, n in zip(lower, upper, none, strict=True)]
    assert found.upper.tolist() == [wanted]
    if multiple == 1:
        alone = whole_bounds(Bounds(floors, caps, error))  # type: ignore[arg-type]
        assert alone.upper.tolist() == [wanted]
    below = whole_below(Bounds(caps, caps, error).cap, Told(caps), multiple)
    assert below.tolist() == [upper]


# -- claims without a pool -------------------------------------------------------------------------


def claims(*amounts: str) -> Figure:
    row = fractions(*amounts)
    told = Told([row])
    return Figure(figures([row], 2.0**-40), told)


def closed(claim: Figure, lower: list[int], upper: list[int], multiple: int = 1) -> list[int]:
    order = np.arange(len(lower), dtype=np.intp)[::-1].copy()
    found: list[int] = close(claim, np.array([lower]), np.array([upper]), multiple, order)[
        0
    ].tolist()
    return found


def test_claims_close_to_their_own_rounded_sum() -> None:
    """0.5 + 0.5 + 0.5 = 1.5 asks for 2; of equals the first keys, here the last districts."""
    assert closed(claims("0.5", "0.5", "0.5"), [0] * 3, [1] * 3) == [0, 1, 1]
    assert closed(claims("-0.5", "-0.5", "-0.5"), [-1] * 3, [0] * 3) == [-1, -1, 0]
    assert closed(claims("1.4", "-1.4"), [1, -2], [2, -1]) == [1, -1]
    # 12 + 13 = 25 in tens: 2.5, hence 3; the 13 has the larger rest.
    assert closed(claims("12", "13"), [1, 1], [2, 2], 10) == [1, 2]


def test_claims_close_no_further_than_their_bounds() -> None:
    assert closed(claims("0.5", "0.5", "0.5"), [0] * 3, [0, 0, 1]) == [0, 0, 1]
    assert closed(claims("0.25", "0.25"), [0, 1], [1, 1]) == [0, 1]
    assert closed(claims("0.75", "0.75"), [0, 0], [0, 0]) == [0, 0]


def test_claims_may_be_as_large_as_sums_can_be() -> None:
    large = 3 * 10**18 + 7
    assert closed(claims(str(large)), [large - 1], [large + 1]) == [large]
