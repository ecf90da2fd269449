"""A division made of figures: what the kernel asks of it, and floors scaled to the money."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.figure import ZERO, Figure
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.kernel.figures import DivisionFigures, whole_around
from transfers.kernel.fit import fit
from transfers.kernel.rounding import round_to_total

GROUPS = Groups(np.array([0, 1, 0, 1]), ("north", "south"))
EVERYBODY = np.arange(4, dtype=np.intp)


def figure(*rows: list[str]) -> Figure:
    """Return figures known as fractions, one row for each scenario."""
    exact = [[Fraction(x) for x in row] for row in rows]
    value = np.array([[float(x) for x in row] for row in exact])

    def told(scenario: int, members: NDArray[np.intp]) -> Rationals:
        row = exact[min(scenario, len(exact) - 1)]
        return Rationals.from_fractions([row[i] for i in members.tolist()])

    return Figure(Bounded(value, np.abs(value) * 2.0**-52), told)


WEIGHT = figure(["1", "2", "1/3", "4"], ["5", "6", "7", "8"])
FLOOR = figure(["21/2", "1", "21/2", "1"])
CAP = figure(["99", "98", "97", "96"])


def made(offset: Figure | None) -> DivisionFigures:
    totals = figure(["41/2", "50"], ["30", "60"])
    return DivisionFigures(WEIGHT, offset, FLOOR, CAP, totals, GROUPS)


def row(figures: Rationals) -> list[Fraction]:
    return list(figures.fractions())


def test_the_kernel_is_told_the_exact_figures_of_scenario_and_district() -> None:
    figures = made(figure(["1/7", "2/7", "3/7", "4/7"]))
    some = np.array([3, 0], dtype=np.intp)
    assert row(figures.weights(1, some)) == [8, 5]
    assert row(figures.weights(0, some)) == [4, 1]
    assert row(figures.offsets(0, some)) == [Fraction(4, 7), Fraction(1, 7)]
    assert row(figures.floors(1, some)) == [1, Fraction(21, 2)]
    assert row(figures.caps(1, some)) == [96, 99]
    assert [figures.total(s, g) for s in (0, 1) for g in (0, 1)] == [Fraction(41, 2), 50, 30, 60]
    assert row(made(None).offsets(0, some)) == [0, 0]


def test_every_column_of_a_division_is_as_wide_as_the_table() -> None:
    one = Figure.constant(Fraction(3))
    division = DivisionFigures(one, one, ZERO, one, figure(["1", "2"]), GROUPS).division()
    for part in (division.weight, division.offset, division.floor, division.cap):
        assert part is not None and part.value.shape == (1, 4)
    assert division.total.value.tolist() == [[1, 2]]
    assert DivisionFigures(one, None, ZERO, one, one, GROUPS).division().offset is None


@pytest.mark.parametrize("with_offset", [False, True])
def test_floors_above_the_money_become_weights_and_bounds_of_their_group_alone(
    with_offset: bool,
) -> None:
    figures = made(figure(["1", "2", "3", "4"]) if with_offset else None)
    scaled = figures.scaled(np.array([[True, False]]))
    assert row(scaled.weights(0, EVERYBODY)) == [Fraction(21, 2), 2, Fraction(21, 2), 4]
    assert row(scaled.floors(0, EVERYBODY)) == [0, 1, 0, 1]
    assert row(scaled.caps(0, EVERYBODY)) == [Fraction(21, 2), 98, Fraction(21, 2), 96]
    assert row(scaled.offsets(0, EVERYBODY)) == ([0, 2, 0, 4] if with_offset else [0] * 4)
    assert (scaled.offset is None) != with_offset
    assert scaled.totals is figures.totals


def test_a_scaled_floor_is_rounded_up_no_further_than_the_floor() -> None:
    """Floors of 10.5 each, 20.5 to give: 10.25 each, paid as 10 and 10; 11 would be above both."""
    scaled = made(None).scaled(np.array([[True, False]]))
    found = fit(scaled.division())
    north = GROUPS.members(0)
    assert row(found.exact_entitlements(0, north)) == [Fraction(41, 4)] * 2
    total = np.array([[21, 50], [21, 60]])
    paid = round_to_total(found, total, "largest_remainder", key_order=EVERYBODY)
    assert paid.amounts[0, north].tolist() == [10, 10]
    assert paid.unplaced[0].tolist() == [1, 0]


@pytest.mark.parametrize("multiple", [1, 5])
def test_the_whole_multiples_around_a_figure_meet_where_it_is_one(multiple: int) -> None:
    amounts = [Fraction(x) * multiple for x in ("2", "9/4", "-9/4", "-2", "0", "1/3")]
    found: Any = whole_around(figure([str(x) for x in amounts]), 6, multiple)
    assert found[0].tolist() == [[2, 2, -3, -2, 0, 0]]
    assert found[1].tolist() == [[2, 3, -2, -2, 0, 1]]
