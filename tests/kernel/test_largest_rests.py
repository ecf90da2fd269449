"""The last units go to the largest rests: in large groups, in many, where floats cannot tell."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.kernel.apportionment import Apportionment
from transfers.kernel.largest_remainder import largest_remainder
from transfers.kernel.whole import Parts

F = Fraction
Ints = NDArray[np.int64]


class Entitled:
    """A fit as rounding sees it: exact entitlements (S, N), all sides 0, weights that err."""

    def __init__(self, exact: list[list[Fraction]], groups: Groups) -> None:
        self.rows, self.asked = exact, 0
        shape = (len(exact), len(exact[0]))
        self.side = np.zeros(shape, dtype=np.int8)
        errs = Bounded(np.ones(shape), np.full(shape, 0.1))
        self.division: Any = SimpleNamespace(
            groups=groups, weight=errs, offset=None, floor=errs, cap=errs
        )

    def exact_entitlements(self, s: int, members: NDArray[np.intp]) -> Rationals:
        self.asked += len(members)
        return Rationals.from_fractions([self.rows[s][i] for i in members.tolist()])


def parts_of(exact: list[list[Fraction]], error: float, draw: np.random.Generator) -> Parts:
    whole = np.array([[x.numerator // x.denominator for x in row] for row in exact])
    rest = np.array([[float(x - x.numerator // x.denominator) for x in row] for row in exact])
    if not error:  # rests of powers of two only are exact
        return Parts(whole, rest, np.where(rest * 64 % 1 == 0, 0.0, 2.0**-53))
    moved = np.clip(rest + error * draw.uniform(-1, 1, rest.shape), 0.0, 1.0)
    return Parts(whole, moved, np.full(rest.shape, error + 2.0**-53))


def by_sorting(
    row: list[Fraction], of: list[int], target: list[int], multiple: int, keys: Ints
) -> list[int]:
    units = [int(x // multiple) for x in row]
    for g, wanted in enumerate(target):
        members = [i for i, group in enumerate(of) if group == g]
        members.sort(key=lambda i: (-(row[i] % multiple), keys[i]))
        for i in members[: wanted - sum(units[i] for i in members)]:
            units[i] += 1
    return units


@pytest.mark.parametrize("error", [0.0, 1e-12, 0.02])
@pytest.mark.parametrize("multiple", [1, 5])
@pytest.mark.parametrize(("n", "count"), [(40, 1), (40, 4), (2**14 + 60, 1), (2**14 + 60, 2)])
def test_rests_are_ranked_exactly_whatever_floats_say(
    n: int, count: int, multiple: int, error: float
) -> None:
    draw = np.random.default_rng(n + multiple)
    scenarios = 1 if n > 100 else 6
    of = [int(g) for g in draw.integers(0, count, n)]
    groups = Groups(np.array(of, dtype=np.intp), tuple("abcd"[:count]))
    parts = draw.choice([1, 2, 4, 64, 3, 7, 1000], (scenarios, n))
    numbers = draw.integers(0, 50 * parts * multiple)
    exact = [
        [F(int(a), int(b)) for a, b in zip(*pair, strict=True)]
        for pair in zip(numbers, parts, strict=True)
    ]
    keys = draw.permutation(n)
    wide = np.full((1, n), 10**6, dtype=np.int64)
    base = np.array([[int(x // multiple) for x in row] for row in exact])
    for part in (0.0, 0.01, 0.3, 0.5, 0.97, 1.0) if n < 100 else (0.2,):
        target = groups.sum_int(base) + np.floor(part * groups.sizes).astype(np.int64)
        fit: Any = Entitled(exact, groups)
        task = Apportionment(
            fit, parts_of(exact, error, draw), -wide, wide, target, multiple, keys.astype(np.intp)
        )
        found = largest_remainder(task)
        for s, row in enumerate(exact):
            assert found[s].tolist() == by_sorting(row, of, target[s].tolist(), multiple, keys)


def test_a_large_group_gives_units_only_to_those_who_may_take_one() -> None:
    """The largest rests are at their caps; those at floors above them have theirs already."""
    n = 2**14 + 5
    exact = [[F(1, 4) + F(i % 8, 16) for i in range(n)]] * 2
    of = [0] * n
    groups = Groups.one(n)
    lower, upper = np.zeros((1, n), dtype=np.int64), np.ones((1, n), dtype=np.int64)
    upper[0, 7::8] = 0  # rests of 11/16 may take none
    lower[0, 6::8] = 1  # rests of 10/16 have one
    fit: Any = Entitled(exact, groups)
    draw = np.random.default_rng(1)
    for error in (0.0, 0.05):
        has = int(lower.sum())
        target = np.array([[has + 100], [has + 2100]])
        task = Apportionment(
            fit, parts_of(exact, error, draw), lower, upper, target, 1, np.arange(n)
        )
        found = largest_remainder(task)
        for s, left in ((0, 100), (1, 2100)):
            fives, fours = (
                np.flatnonzero(np.arange(n) % 8 == 5),
                np.flatnonzero(np.arange(n) % 8 == 4),
            )
            wanted = lower[0].copy()
            wanted[fives[:left]] = 1
            wanted[fours[: max(left - len(fives), 0)]] = 1
            assert found[s].tolist() == wanted.tolist()
    del of


def test_equal_rests_of_districts_at_one_bound_are_told_apart_by_keys_without_fractions() -> None:
    """Floors of 10.3 and 7.3 leave the same rest; so do caps, in units of 1 and of 5."""
    for side in (-1, 1):
        for multiple, mantissas in ((1, [103, 73, 133, 43]), (5, [103, 53, 153, 3])):
            decimals = Decimals(np.array([mantissas], dtype=np.int64), 1)
            exact = [[F(m, 10) for m in mantissas]]
            fit: Any = Entitled(exact, Groups.one(4))
            fit.side = np.full((1, 4), side, dtype=np.int8)
            bound = Bounded(decimals.floats(), decimals.float_error(), decimals)
            fit.division.floor = fit.division.cap = bound
            blur = parts_of(exact, 1e-9, np.random.default_rng(2))
            base = blur.whole // multiple
            task = Apportionment(
                fit,
                blur,
                base,
                base + 1,
                base.sum(axis=1, keepdims=True) + 2,
                multiple,
                np.array([3, 0, 2, 1]),
            )
            assert (largest_remainder(task) - base).tolist() == [[0, 1, 0, 1]]
            assert fit.asked == 0


def test_rests_that_only_seem_equal_are_asked_for() -> None:
    """In units of 5 the rests of 10.3 and 7.3 are 0.3 and 2.3."""
    decimals = Decimals(np.array([[103, 73]], dtype=np.int64), 1)
    exact = [[F(103, 10), F(73, 10)]]
    fit: Any = Entitled(exact, Groups.one(2))
    fit.side = np.full((1, 2), -1, dtype=np.int8)
    fit.division.floor = Bounded(decimals.floats(), decimals.float_error(), decimals)
    wide = Parts(np.array([[10, 7]]), np.array([[0.3, 0.3]]), np.full((1, 2), 4.0))
    base = np.array([[2, 1]])
    task = Apportionment(fit, wide, base, base + 1, np.array([[4]]), 5, np.array([0, 1]))
    assert (largest_remainder(task) - base).tolist() == [[0, 1]]
    assert fit.asked == 2


@pytest.mark.parametrize("sides", [(0, -1), (-1, 0), (0, 1), (1, 0), (-1, 1), (1, -1)])
def test_districts_on_different_sides_are_not_alike_whatever_their_bounds(
    sides: tuple[int, int],
) -> None:
    """Weights and bounds are the same; one has a rest of 0.3 in fives, the other of 2.3."""
    same = Decimals(np.array([[73, 73]], dtype=np.int64), 1)
    figure = Bounded(same.floats(), same.float_error(), same)
    exact = [[F(103, 10), F(73, 10)]]
    fit: Any = Entitled(exact, Groups.one(2))
    fit.side = np.array([sides], dtype=np.int8)
    fit.division.weight = fit.division.floor = fit.division.cap = figure
    wide = Parts(np.array([[10, 7]]), np.array([[0.3, 0.3]]), np.full((1, 2), 4.0))
    base = np.array([[2, 1]])
    task = Apportionment(fit, wide, base, base + 1, np.array([[4]]), 5, np.array([0, 1]))
    assert (largest_remainder(task) - base).tolist() == [[0, 1]]


def test_weights_of_which_one_errs_do_not_say_who_is_alike() -> None:
    """Both weights are 1 as floats, and the second errs: the rests of 0.3 and 0.4 differ."""
    exact = [[F(103, 10), F(104, 10)]]
    fit: Any = Entitled(exact, Groups.one(2))
    fit.division.weight = Bounded(np.ones((1, 2)), np.array([[0.0, 0.1]]))
    wide = Parts(np.array([[10, 10]]), np.array([[0.35, 0.35]]), np.full((1, 2), 0.1))
    base = np.array([[10, 10]])
    task = Apportionment(fit, wide, base, base + 1, np.array([[21]]), 1, np.array([0, 1]))
    assert (largest_remainder(task) - base).tolist() == [[0, 1]]


@pytest.mark.parametrize("count", [1, 2])
def test_a_level_is_found_however_far_it_is(count: int) -> None:
    """Floors of 90 and caps of 3 leave 100 districts a target far below, or above, their claims."""
    n = 100 * count
    of = np.repeat(np.arange(count), 100)
    groups = Groups(of, tuple("ab"[:count]))
    exact = [[F(50)] * n for _ in range(3)]
    lower = np.zeros((3, n), dtype=np.int64)
    upper = np.full((3, n), 1000, dtype=np.int64)
    lower[0, ::2] = 90
    upper[1, ::2] = 3
    target = np.array([[5000] * count, [5000] * count, [5000] * count])
    fit: Any = Entitled(exact, groups)
    task = Apportionment(
        fit, parts_of(exact, 0.0, np.random.default_rng(0)), lower, upper, target, 1, np.arange(n)
    )
    found = largest_remainder(task)
    assert found[0].tolist() == [90, 10] * (n // 2)
    assert found[1].tolist() == [3, 97] * (n // 2)
    assert found[2].tolist() == [50] * n
    odd = Apportionment(
        fit, task.entitled, lower, upper, target + np.array([[7], [-7], [0]]), 1, np.arange(n)
    )
    found = largest_remainder(odd)
    for g in range(count):
        ours = found[:, 100 * g : 100 * g + 100]
        assert ours.sum(axis=1).tolist() == [5007, 4993, 5000]
        assert ours[0, 1::2].tolist() == [11] * 7 + [10] * 43
        assert ours[1, 1::2].tolist() == [97] * 43 + [96] * 7
