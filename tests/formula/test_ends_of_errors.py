"""Functions over districts, with figures at the very ends of what their errors allow."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.formula.aggregates import (
    Covered,
    _extreme,
    _quantile,
    _rank,
    _sum,
    exact_order,
    groups_of,
    masked,
    spread_groups,
)
from transfers.formula.approximate import _extreme_of
from transfers.formula.exact_aggregates import gini as exact_gini
from transfers.formula.exact_aggregates import quantile as exact_quantile
from transfers.formula.inequality import Weighed, _of_group
from transfers.formula.one_figure import _multiples
from transfers.formula.values import Labels

F = Fraction
Floats = NDArray[np.float64]


def corners(values: list[float], errors: list[float]) -> list[list[Fraction]]:
    """Return every choice of ends, and the middle, of some figures."""
    ends = [
        [F(v)] if not e else [F(v) - F(e), F(v), F(v) + F(e)]
        for v, e in zip(values, errors, strict=True)
    ]
    return [list(corner) for corner in product(*ends)]


def reader_of(exact: list[Fraction], asked: list[list[int]] | None = None) -> Any:
    """Return a reader that knows the exact figures of every node, in every scenario."""

    def numbers(node: Any, members: NDArray[np.intp]) -> Any:
        if asked is not None:
            asked.append(members.tolist())
        some = [exact[i] for i in members.tolist()]
        return SimpleNamespace(figures=Rationals.from_fractions(some))

    reader = SimpleNamespace(numbers=numbers, number=lambda node: exact[0])
    return SimpleNamespace(figures=SimpleNamespace(exact=lambda scenario: reader))


def covered(
    values: list[float], errors: list[float], of: list[int], inside: list[int] | None = None
) -> Covered:
    groups = Groups(np.array(of, dtype=np.intp), tuple(map(str, range(max(of) + 1))))
    there = np.array([inside or [1] * len(of)], dtype=bool)
    figures = Bounded(np.array([values]), np.array([errors]))
    return Covered(masked(figures, there), there, [groups], np.zeros((1, len(of)), dtype=bool))


CASES = [
    ([4.0, 3.5, 1.0, 2.0], [0.25, 1.0, 0.0, 0.125]),
    ([1.0, 1.0, 1.0, 5.0], [0.5, 0.25, 0.0, 0.0]),
    ([-3.0, -2.5, -2.0, -9.0], [0.0, 0.25, 1.0, 9.0]),
    ([2.0, 7.0, 7.5, 1.0], [0.0, 0.0, 0.0, 0.0]),
]


@pytest.mark.parametrize(("values", "errors"), CASES)
@pytest.mark.parametrize("highest", [False, True])
def test_the_best_figure_is_within_its_bound_whoever_has_it(
    values: list[float], errors: list[float], highest: bool
) -> None:
    for of, inside in (
        ([0, 0, 0, 0], [1] * 4),
        ([0, 1, 0, 1], [1] * 4),
        ([0, 0, 0, 1], [1, 1, 0, 1]),
    ):
        found = _extreme(covered(values, errors, of, inside), highest=highest)
        for i in range(4):
            members = [j for j in range(4) if of[j] == of[i] and inside[j]]
            best = max if highest else min
            gaps = [
                abs(best(corner[j] for j in members) - F(found.value[0, i]))
                for corner in corners(values, errors)
            ]
            assert max(gaps) <= F(found.error[0, i]) <= F(1.000001) * max(gaps)


def test_nobody_covered_has_no_best_figure() -> None:
    found = _extreme(covered([1.0, 2.0], [0.1, 0.1], [0, 1], [1, 0]), highest=True)
    assert found.value[0, 0] == 1.0 and np.isnan(found.value[0, 1])
    assert found.error[0, 1] == 0


@pytest.mark.parametrize(("values", "errors"), CASES)
@pytest.mark.parametrize("share", ["0", "1/4", "1/2", "2/3", "1"])
def test_a_quantile_is_within_its_bound_in_whatever_order_figures_are(
    values: list[float], errors: list[float], share: str
) -> None:
    reader = reader_of([F(share)])
    reader.numbers = lambda node: Bounded(np.array([[float(F(share))]]), np.zeros((1, 1)))
    node: Any = SimpleNamespace(arguments=[None, None])
    found = _quantile(reader, node, covered(values, errors, [0, 0, 0, 0]))
    gaps = []
    for corner in corners(values, errors):
        exact = exact_quantile(corner, F(share))
        assert exact is not None
        gaps.append(abs(exact - F(found.value[0, 0])))
    assert max(gaps) <= F(found.error[0, 0]) <= F(max(errors)) + F(1, 10**12)


def test_a_quantile_rounds_within_its_bound() -> None:
    """Of 1/3, 2/3, ... as floats the line between two is not what it is in fractions."""
    values = [k / 3 for k in range(1, 12)]
    node: Any = SimpleNamespace(arguments=[None, None])
    for share in (F(1, 7), F(3, 11), F(9, 10), F(1, 3)):
        reader = reader_of([share])
        reader.numbers = lambda node: Bounded(np.zeros((1, 1)), np.zeros((1, 1)))
        found = _quantile(reader, node, covered(values, [0.0] * 11, [0] * 11))
        exact = exact_quantile([F(x) for x in values], share)
        assert exact is not None
        assert abs(exact - F(found.value[0, 0])) <= F(found.error[0, 0]) <= F(1, 10**12)
    outside = reader_of([F(11, 10)])
    outside.numbers = lambda node: Bounded(np.zeros((1, 1)), np.zeros((1, 1)))
    assert np.isnan(_quantile(outside, node, covered(values, [0.0] * 11, [0] * 11)).value).all()


# -- order -----------------------------------------------------------------------------------------


def wanted_order(exact: list[Fraction]) -> list[int]:
    ranked = sorted(set(exact))
    return [ranked.index(x) for x in exact]


def dense(order: NDArray[np.int64]) -> list[int]:
    ranked = sorted(set(order.tolist()))
    return [ranked.index(x) for x in order.tolist()]


@pytest.mark.parametrize(("values", "errors"), CASES)
def test_districts_are_in_the_order_of_their_exact_figures(
    values: list[float], errors: list[float]
) -> None:
    for exact in corners(values, errors):
        node: Any = None
        figures = Bounded(np.array([values]), np.array([errors]))
        assert dense(exact_order(reader_of(exact), node, figures, 0)) == wanted_order(exact)


def test_only_runs_of_figures_that_may_touch_are_asked_for() -> None:
    values = [9.0, 1.0, 5.0, 1.5, 5.0, 7.0]
    errors = [0.0, 0.25, 0.0, 0.25, 0.0, 0.5]
    asked: list[list[int]] = []
    exact = [F(x) for x in values]
    exact[1], exact[3] = F(5, 4), F(5, 4)
    figures = Bounded(np.array([values]), np.array([errors]))
    node: Any = None
    assert dense(exact_order(reader_of(exact, asked), node, figures, 0)) == [3, 0, 1, 0, 1, 2]
    assert asked == [[1, 3]]


def test_ranks_share_the_better_place_and_leave_out_whom_they_do_not_cover() -> None:
    values = [5.0, 3.0, 5.0, 9.0, 1.0, 3.0]
    node: Any = SimpleNamespace(arguments=[None])
    found = _rank(
        reader_of([F(x) for x in values]),
        node,
        covered(values, [0.0] * 6, [0, 0, 0, 1, 1, 0], [1, 1, 1, 1, 1, 0]),
    )
    assert found.value[0, :5].tolist() == [1, 3, 1, 1, 2] and np.isnan(found.value[0, 5])
    assert found.decimals is not None and not found.error[0, :5].any()


# -- groups ----------------------------------------------------------------------------------------


def test_groups_are_those_that_occur_and_who_has_none_gets_no_value() -> None:
    labels = Labels(np.array([[2, 0, -1, 2], [1, 1, 0, -1]]), ("a", "b", "c"))
    first, second = groups_of(labels, 0), groups_of(labels, 1)
    assert first.names == ("a", "c") and first.of.tolist() == [1, 0, 0, 1]
    assert second.names == ("a", "b") and second.of.tolist() == [1, 1, 0, 0]
    nobody = groups_of(Labels(np.array([[-1, -1]]), ()), 0)
    assert nobody.of.tolist() == [0, 0]
    ungrouped = np.array([[False, False, True, False], [False, False, False, True]])
    figures = masked(Bounded(np.ones((1, 4)), np.zeros((1, 4))), np.ones((1, 4), dtype=bool))
    everywhere = Covered(figures, np.ones((1, 4), dtype=bool), [first, second], ungrouped)
    per_group = Bounded(np.array([[7.0, 8.0]]), np.array([[0.5, 0.25]]))
    spread = spread_groups(everywhere, per_group, first, 0)
    assert spread.value[0, [0, 1, 3]].tolist() == [8, 7, 8] and np.isnan(spread.value[0, 2])
    assert spread.error[0, [0, 1, 3]].tolist() == [0.25, 0.5, 0.25]
    later = spread_groups(everywhere, per_group, second, 1)
    assert later.value[0, :3].tolist() == [8, 8, 7] and np.isnan(later.value[0, 3])
    assert everywhere.rows() == 2
    figures_of, inside, groups = everywhere.row(1)
    assert groups is second and inside.tolist() == [True] * 4 and len(figures_of.value) == 1


def test_what_is_not_covered_is_exactly_nothing() -> None:
    figures = Bounded(np.array([[3.0, 4.0]]), np.array([[0.5, 0.25]]))
    found = masked(figures, np.array([[False, True], [True, False]]))
    assert found.value.tolist() == [[0, 4], [3, 0]]
    assert found.error.tolist() == [[0, 0.25], [0.5, 0]]


def test_each_scenario_is_covered_and_grouped_by_itself() -> None:
    inside = np.array([[True, True, True], [True, False, True]])
    groups = [Groups(np.array(of, dtype=np.intp), ("a", "b")) for of in ([0, 0, 1], [1, 0, 1])]
    figures = masked(Bounded(np.array([[1.0, 2.0, 4.0]]), np.zeros((1, 3))), inside)
    for by_scenario in (groups, groups[:1]):
        both = Covered(figures, inside, by_scenario, np.zeros((1, 3), dtype=bool))
        assert both.rows() == 2
        assert [both.row(s)[1].tolist() for s in (0, 1)] == inside.tolist()
        assert both.row(1)[2] is by_scenario[-1]
    found = _sum(Covered(figures, inside, groups, np.zeros((1, 3), dtype=bool)))
    assert found.value.tolist() == [[3, 3, 4], [5, 0, 5]]
    best = _extreme(Covered(figures, inside, groups, np.zeros((1, 3), dtype=bool)), highest=True)
    assert best.value[0].tolist() == [2, 2, 4]
    assert best.value[1, [0, 2]].tolist() == [4, 4] and np.isnan(best.value[1, 1])


# -- the larger of two -----------------------------------------------------------------------------


@pytest.mark.parametrize("smallest", [False, True])
def test_the_larger_or_smaller_of_two_is_within_its_bound(smallest: bool) -> None:
    pick: Callable[..., Fraction] = min if smallest else max
    for a, da, b, db in (
        *((3.0, 0.5, 3.25, 0.5), (3.0, 0.5, 5.0, 0.5), (5.0, 0.5, 3.0, 0.25)),
        *((3.0, 0.5, 3.0, 0.0), (3.0, 0.0, 3.0, 0.5), (2.0, 0.0, 2.0, 0.0), (1.0, 4.0, 2.0, 1.0)),
    ):
        left, right = (Bounded(np.array([[x]]), np.array([[dx]])) for x, dx in ((a, da), (b, db)))
        found = _extreme_of(left, right, smallest=smallest)
        for one, other in product(*(corners([x], [dx]) for x, dx in ((a, da), (b, db)))):
            gap = abs(pick(one[0], other[0]) - F(found.value[0, 0]))
            assert gap <= F(found.error[0, 0])
        if abs(a - b) > da + db:  # decided: it errs as that one does
            chosen = (a, da) if (a < b) == smallest else (b, db)
            assert (found.value[0, 0], found.error[0, 0]) == chosen


# -- the Gini coefficient --------------------------------------------------------------------------

FIGURES = [5.0, 1.0, 2.0, 9.0]


@pytest.mark.parametrize("dx", [[0.0] * 4, [0.25, 0.5, 0.0, 1.0], [0.0, 0.0, 1.0, 0.0]])
@pytest.mark.parametrize("dw", [[0.0] * 4, [0.125, 0.0, 0.25, 0.0], [0.0, 0.5, 0.0, 0.0]])
def test_a_gini_coefficient_is_within_its_bound_at_every_corner(
    dx: list[float], dw: list[float]
) -> None:
    weights = [1.0, 2.0, 1.0, 3.0]
    value, error, unsure = _of_group(
        Weighed(*(np.array(column) for column in (FIGURES, dx, weights, dw)))
    )
    assert not unsure
    widest = F(0)
    for x, w in product(corners(FIGURES, dx), corners(weights, dw)):
        exact = exact_gini(Rationals.from_fractions(x), Rationals.from_fractions(w))
        assert exact is not None
        widest = max(widest, abs(exact - F(value)))
    assert widest <= F(error) <= (1 if any(dx + dw) else F(1, 10**12))


def gini(x: list[float], dx: list[float], w: list[float], dw: list[float]) -> tuple[Any, ...]:
    return _of_group(Weighed(*(np.array(column, dtype=float) for column in (x, dx, w, dw))))


def test_where_a_figure_or_a_weight_is_or_may_be_below_zero_there_is_no_coefficient() -> None:
    none = [0.0, 0.0]
    for x, dx, w, dw in (([-1, 2], none, [1, 1], none), ([1, 2], none, [1, -1], none)):
        value, error, unsure = gini(x, dx, w, dw)
        assert np.isnan(value) and (error, unsure) == (0.0, False)
    for x, dx, w, dw in (
        ([-1, 2], [1.5, 0], [1, 1], none),
        ([1, 2], [1.5, 0], [1, 1], none),
        ([1, 2], none, [1, 1], [0, 1.5]),
        ([1, 2], none, [1, -1], [0, 1.5]),
        ([-1, 2], [1, 0], [1, 1], none),
    ):
        value, error, unsure = gini(x, dx, w, dw)
        assert np.isnan(value) and (error, unsure) == (0.0, True)
    # At 0 a figure is not below it, also at the end of its error.
    assert gini([1, 2], [1, 0], [1, 1], none)[2] is False
    assert gini([0, 2], none, [1, 1], none)[0] == 0.5
    assert gini([1, 2], none, [0, 1], none)[0] == 0.0


def test_with_nothing_to_share_there_is_surely_none_and_with_almost_nothing_nobody_knows() -> None:
    none = [0.0, 0.0]
    value, _, unsure = gini([0, 0], none, [1, 1], none)
    assert np.isnan(value) and not unsure
    value, _, unsure = gini([0, 0], [0.0, 0.5], [1, 1], none)
    assert unsure
    value, _, unsure = gini([0, 5], none, [1, 0], [0, 0.5])
    assert unsure


# -- whole multiples -------------------------------------------------------------------------------


def test_whole_multiples_are_decimals_as_long_as_they_fit() -> None:
    found = _multiples(np.array([[3.0, np.nan, -2.0]]), F(1, 20))
    assert found.decimals is not None
    assert found.value[0, [0, 2]].tolist() == [0.15, -0.1] and np.isnan(found.value[0, 1])
    third = _multiples(np.array([[3.0, -1.0]]), F(1, 3))
    assert third.decimals is None
    for k, exact in enumerate((F(1), F(-1, 3))):
        assert abs(F(third.value[0, k]) - exact) <= F(third.error[0, k])
    huge = _multiples(np.array([[2.0**60, 1.0]]), F(1, 20))
    assert huge.decimals is None
    assert abs(F(huge.value[0, 0]) - F(2) ** 60 / 20) <= F(huge.error[0, 0])
    edge = _multiples(np.array([[2.0**53, -(2.0**53)]]), F(1))
    assert edge.decimals is not None
    assert edge.value.tolist() == [[2.0**53, -(2.0**53)]]
