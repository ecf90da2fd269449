"""The district with the most takes what rounding everybody else leaves, as far as it may."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.kernel.apportionment import Apportionment
from transfers.kernel.rounding import _sums_of_bounds
from transfers.kernel.to_most import to_most
from transfers.kernel.whole import Parts

Ints = NDArray[np.int64]


class Entitled:
    """Entitlements in fractions, (S, N)."""

    def __init__(self, rows: list[list[str]], groups: Groups) -> None:
        self.rows = [[Fraction(x) for x in row] for row in rows]
        self.division: Any = type("Division", (), {"groups": groups})()

    def exact_entitlements(self, s: int, members: NDArray[np.intp]) -> Rationals:
        return Rationals.from_fractions([self.rows[s][i] for i in members.tolist()])


def paid(
    rows: list[list[str]],
    target: list[list[int]],
    column: Bounded,
    *,
    of: tuple[int, ...] = (0, 0, 0),
    names: tuple[str, ...] = ("",),
    lower: int | list[list[int]] = -9,
    upper: int | list[list[int]] = 99,
    keys: tuple[int, ...] = (0, 1, 2),
) -> list[list[int]]:
    fit: Any = Entitled(rows, Groups(np.array(of, dtype=np.intp), names))
    whole = np.array([[x.numerator // x.denominator for x in row] for row in fit.rows])
    rest = np.array([[float(x % 1) for x in row] for row in fit.rows])

    def bound(figures: int | list[list[int]]) -> Ints:
        return np.array([[figures] * len(of)] if isinstance(figures, int) else figures)

    task = Apportionment(
        fit,
        Parts(whole, rest, np.full(rest.shape, 2.0**-53)),
        bound(lower),
        bound(upper),
        np.array(target),
        1,
        np.array(keys, dtype=np.intp),
    )
    found: list[list[int]] = to_most(task, column).tolist()
    return found


def floats(*rows: list[float]) -> Bounded:
    return Bounded(np.array(rows), np.zeros((1, 1)))


PEOPLE = floats([5.0, 9.0, 7.0])
THIRDS = ["4/3", "4/3", "4/3"]


def test_everybody_is_rounded_alone_and_the_one_with_the_most_takes_the_rest() -> None:
    assert paid([THIRDS], [[4]], PEOPLE) == [[1, 2, 1]]
    assert paid([THIRDS], [[1]], PEOPLE) == [[1, -1, 1]]
    assert paid([THIRDS], [[3]], PEOPLE) == [[1, 1, 1]]


def test_what_one_may_not_take_goes_to_the_next() -> None:
    upper, lower = [[99, 2, 3]], [[0, 0, 1]]
    assert paid([THIRDS], [[9]], PEOPLE, upper=upper) == [[4, 2, 3]]
    assert paid([THIRDS], [[5]], PEOPLE, upper=upper) == [[1, 2, 2]]
    assert paid([THIRDS], [[1]], PEOPLE, lower=lower) == [[0, 0, 1]]
    assert paid([THIRDS], [[2]], PEOPLE, lower=lower) == [[1, 0, 1]]


def test_of_equals_the_key_decides() -> None:
    same = floats([7.0, 7.0, 7.0])
    assert paid([THIRDS], [[4]], same, keys=(2, 0, 1)) == [[1, 2, 1]]
    assert paid([THIRDS], [[4]], same, keys=(1, 2, 0)) == [[1, 1, 2]]


def test_decimals_tell_apart_what_floats_do_not() -> None:
    digits = np.array([[2**60, 2**60 + 1, 2**60]], dtype=np.int64)
    column = Bounded.of_decimals(Decimals(digits, 2))
    assert paid([THIRDS], [[4]], column, keys=(0, 2, 1)) == [[1, 2, 1]]


def test_every_scenario_has_its_own_rest_whatever_it_shares_with_others() -> None:
    rows, target = [THIRDS, ["5/3", "5/3", "5/3"], THIRDS], [[3], [5], [6]]
    assert paid(rows, target, PEOPLE) == [[1, 1, 1], [2, 1, 2], [1, 4, 1]]
    assert paid(rows, target, PEOPLE, upper=[[9, 2, 9]]) == [[1, 1, 1], [2, 1, 2], [1, 2, 3]]
    assert paid(rows, target, PEOPLE, lower=[[0, 2, 0]]) == [[1, 2, 0], [2, 2, 1], [1, 4, 1]]
    own = [[9, 9, 9], [9, 9, 9], [9, 3, 9]]
    assert paid(rows, target, PEOPLE, upper=own) == [[1, 1, 1], [2, 1, 2], [1, 3, 2]]
    by_scenario = floats([5.0, 9.0, 7.0], [9.0, 1.0, 1.0], [1.0, 2.0, 3.0])
    assert paid(rows, target, by_scenario) == [[1, 1, 1], [1, 2, 2], [1, 1, 4]]


def test_every_group_closes_to_its_own_sum_also_beside_one_of_nobody() -> None:
    names = ("a", "b", "nobody")
    found = paid([["3/2", "4/3", "4/3"]], [[1, 4, 0]], PEOPLE, of=(0, 1, 1), names=names)
    assert found == [[1, 3, 1]]
    found = paid([["4/3", "3/2", "4/3"]], [[4, 1, 0]], PEOPLE, of=(1, 0, 1), names=names)
    assert found == [[1, 4, 0]]


def test_sums_of_bounds_stop_where_no_sum_can_be() -> None:
    most = 2**62
    groups = Groups(np.array([0, 0, 1]), ("a", "b"))
    assert _sums_of_bounds(groups, np.array([[most, most, 5]])).tolist() == [[most, 5]]
    assert _sums_of_bounds(groups, np.array([[-most, -most, -5]])).tolist() == [[-most, -5]]
    assert _sums_of_bounds(groups, np.array([[most, -most, 7]])).tolist() == [[0, 7]]
    assert _sums_of_bounds(groups, np.array([[3, 4, 7]])).tolist() == [[7, 7]]
    three = Groups(np.array([0, 0, 0]), ("a",))
    assert _sums_of_bounds(three, np.array([[most, most, most]])).tolist() == [[most]]
    assert _sums_of_bounds(three, np.array([[-most, -most, -most]])).tolist() == [[-most]]
