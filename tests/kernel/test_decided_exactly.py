"""What float64 leaves open is decided in fractions: figures, searches, classes of equals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.kernel.by_hand import Case, Exact, ExactFit
from tests.kernel.test_fit import District, divide
from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups
from transfers.kernel.apportionment import alike
from transfers.kernel.columns import UNDECIDED
from transfers.kernel.division import FITTED, SHORT, SURPLUS, Division
from transfers.kernel.exact_figures import Figures
from transfers.kernel.exact_fit import Search, decide, rate_of_sides
from transfers.kernel.fit import fit

F = Fraction
INF = float("inf")


def row(*figures: Any) -> list[Fraction]:
    return [Fraction(str(figure)) for figure in figures]


def blurred(rows: list[list[Fraction]], error: float) -> Bounded:
    value = np.array([[float(x) for x in row] for row in rows])
    return Bounded(value, np.full(value.shape, error))


def division(cases: list[Case], error: float = 0.0) -> Division:
    """Return the division of some cases, all figures within `error`."""
    exact: Any = Exact(cases)
    offsets = [case.offsets for case in cases if case.offsets is not None]
    return Division(
        blurred([case.weights for case in cases], error),
        blurred(offsets, error) if offsets else None,
        blurred([case.floors for case in cases], error),
        blurred([case.caps for case in cases], error),
        blurred([row(*case.totals) for case in cases], 0.0),
        Groups(np.array(cases[0].of, dtype=np.intp), tuple(map(str, cases[0].totals))),
        exact,
    )


# -- the figures of a few districts ----------------------------------------------------------------

TWO = [
    Case(row(1, 2, 3), row(1, 1, 1), row(0, 0, 0), row(9, 9, 9), [5], [0, 0, 0]),
    Case(row("1/3", 5, "5/2"), row(2, 3, 4), row(1, 2, "7/2"), row(8, "17/2", 8), [6], [0, 0, 0]),
]


def places(*members: int) -> NDArray[np.intp]:
    return np.array(members, dtype=np.intp)


@pytest.mark.parametrize("error", [0.0, 0.25])
def test_exact_figures_are_those_of_their_scenario_and_district(error: float) -> None:
    figures = Figures(division(TWO, error), 1)
    assert figures.weights(places(2, 0)).fractions() == [F(5, 2), F(1, 3)]
    offsets = figures.offsets(places(1, 2))
    assert offsets is not None and offsets.fractions() == [3, 4]
    assert figures.floors(places(2, 1)).fractions() == [F(7, 2), 2]
    assert figures.caps(places(1)).fractions() == [F(17, 2)]
    assert figures.total(0) == 6
    sides = np.array([-1, 1, 0], dtype=np.int8)
    assert figures.given(places(0, 1, 2), sides) == 1 + F(17, 2) - 4
    assert figures.weight_between(places(0, 1, 2), sides) == F(5, 2)
    assert figures.given(places(2, 0), np.array([0, 0], dtype=np.int8)) == -(4 + 2)


def test_without_offsets_none_are_taken_off() -> None:
    case = Case(row(1, 2), None, row(3, 0), row(9, 9), [5], [0, 0])
    figures = Figures(division([case]), 0)
    assert figures.offsets(places(0, 1)) is None
    assert figures.given(places(0, 1), np.array([-1, 0], dtype=np.int8)) == 3


def test_whole_floats_and_decimals_need_not_be_asked_for_and_others_must() -> None:
    case = Case(row(1, 2), None, row(3, 1), row(9, 9), [5], [0, 0])
    plain = division([case])
    exact: Any = plain.exact
    figures = Figures(plain, 0)
    assert figures.weights(places(0, 1)).fractions() == [1, 2]
    assert figures.given(places(0, 1), np.array([-1, 1], dtype=np.int8)) == 12
    assert exact.asked == 0
    assert Figures(division([case], 0.25), 0).weights(places(0)).fractions() == [1]
    half = Case(row("1/2", 2), None, row(0, 0), row(9, 9), [5], [0, 0])
    unsure = division([half])
    exact = unsure.exact
    assert Figures(unsure, 0).weights(places(0, 1)).fractions() == [F(1, 2), 2]
    assert exact.asked == 2
    tenths = Decimals(np.array([[15, 20]], dtype=np.int64), 1)
    shared = Bounded.of_decimals(tenths)
    rest = division([case, case])
    of_both = Division(shared, None, shared, shared, rest.total, Groups.one(2), rest.exact)
    exact = of_both.exact
    figures = Figures(of_both, 1)
    assert figures.caps(places(1, 0)).fractions() == [2, F(3, 2)]
    assert figures.weight_between(places(0, 1), np.zeros(2, dtype=np.int8)) == F(7, 2)
    assert exact.asked == 0


def test_floats_too_large_to_be_counted_are_asked_for() -> None:
    huge = F(2) ** 62
    case = Case([huge, F(1)], None, row(0, 0), row(9, 9), [5], [0, 0])
    asked = division([case])
    exact: Any = asked.exact
    assert Figures(asked, 0).weights(places(0)).fractions() == [huge]
    assert exact.asked == 1
    assert Figures(asked, 0).weights(places(1)).fractions() == [1]
    assert exact.asked == 1


# -- a rate from who is at a bound -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "sides", "enough", "rate"),
    [
        # 2 r - 1 between bounds, 4 at a floor, 6 at a cap: 2 r - 1 + 10 = 15.
        (
            Case(row(2, 1, 1), row(1, 0, 0), row(0, 4, 0), row(9, 9, 6), [15], [0] * 3),
            [0, -1, 1],
            True,
            3,
        ),
        # Everybody at the cap: the last one reaches it at (9 + 1) / 2.
        (Case(row(2, 1), row(1, 0), row(0, 0), row(9, 4), [99], [0] * 2), [1, 1], False, 5),
        # A surplus has no rate from its money, also with a weight between bounds.
        (Case(row(2, 0), None, row(0, 0), row(8, 0), [99], [0] * 2), [1, 0], False, 4),
        # Everybody at a floor that is left only at 3 and 5: the lowest rate is 0.
        (Case(row(1, 1), None, row(3, 5), row(9, 9), [8], [0] * 2), [-1, -1], True, 0),
        # Floors left at -2 and -1: everybody is there up to the first of them.
        (Case(row(1, 2), None, row(-2, -2), row(9, 9), [-4], [0] * 2), [-1, -1], True, -2),
        # A cap reached at -3, a floor left at -1: the lowest rate for both is -3.
        (Case(row(1, 1), None, row(-9, -1), row(-3, 9), [-4], [0] * 2), [1, -1], True, -3),
        # A cap reached at -3, a floor left at 0 or at 2: then it is 0, not below.
        (Case(row(1, 1), None, row(-9, 0), row(-3, 9), [-3], [0] * 2), [1, -1], True, 0),
        (Case(row(1, 1), None, row(-9, 2), row(-3, 9), [-1], [0] * 2), [1, -1], True, 0),
        # Nobody moves: no weight, or one value only.
        (Case(row(0, 1), None, row(0, 4), row(0, 4), [4], [0] * 2), [-1, -1], True, 0),
        (Case(row(0, 1), None, row(0, 4), row(7, 4), [11], [0] * 2), [1, -1], True, 0),
        (Case([], None, [], [], [0], []), [], True, 0),
    ],
)
def test_the_rate_follows_from_who_is_at_a_bound(
    case: Case, sides: list[int], enough: bool, rate: int
) -> None:
    members = np.arange(len(sides), dtype=np.intp)
    found = rate_of_sides(
        Figures(division([case]), 0), 0, members, np.array(sides, dtype=np.int8), enough
    )
    assert found == rate


# -- decisions -------------------------------------------------------------------------------------


def random_case(draw: np.random.Generator, *, below: bool) -> Case:
    n = int(draw.integers(1, 8))
    least = -6 if below else 0
    weights = [F(int(x)) for x in draw.integers(0, 4, n)]
    offsets = [F(int(x), 2) for x in draw.integers(least, 7, n)] if draw.random() < 0.5 else None
    floors = [F(int(x), 2) for x in draw.integers(least, 7, n)]
    caps = [x + F(int(w), 2) for x, w in zip(floors, draw.integers(0, 9, n), strict=True)]
    total = int(sum(floors)) + int(draw.integers(-1, 2 + int(sum(caps) - sum(floors))))
    return Case(weights, offsets, floors, caps, [total], [0] * n)


def districts(case: Case) -> list[District]:
    offsets = case.offsets or [F(0)] * len(case.of)
    columns = (case.weights, offsets, case.floors, case.caps)
    return [District(*figures) for figures in zip(*columns, strict=True)]


def wanted_sides(case: Case, entitled: list[Fraction]) -> list[int]:
    return [
        -1 if x == low else 1 if x == high else 0
        for x, low, high in zip(entitled, case.floors, case.caps, strict=True)
    ]


@pytest.mark.parametrize("error", [0.0, 1e-9, 0.25, 4.0])
@pytest.mark.parametrize("below", [False, True])
def test_a_decision_is_that_of_every_breakpoint_tried(error: float, below: bool) -> None:
    draw = np.random.default_rng(17)
    seen = set()
    for _ in range(150):
        case = random_case(draw, below=below)
        status, rate, entitled = divide(districts(case), F(case.totals[0]))
        seen.add(status)
        # With a total on a bound every rate beyond it will do; ends that enclose are not known.
        found = decide(division([case], error), 0, 0)
        assert found.status == status
        if rate is None:
            assert found.sides.tolist() == [0] * len(case.of) and np.isnan(found.rate)
            continue
        assert found.sides.tolist() == wanted_sides(case, entitled)
        assert abs(F(found.rate) - rate) <= F(found.rate_error)
        if found.exact_rate is not None:
            assert found.exact_rate == rate
    assert seen == {SHORT, FITTED, SURPLUS}


def test_a_decision_takes_a_bracket_that_encloses_the_rate() -> None:
    draw = np.random.default_rng(5)
    used = 0
    for _ in range(150):
        case = random_case(draw, below=False)
        status, rate, entitled = divide(districts(case), F(case.totals[0]))
        low, high = (sum(case.floors), sum(case.caps))
        if status != FITTED or rate is None or not low < case.totals[0] < high:
            continue
        ends = F(float(rate)) - F(1, 8), F(float(rate)) + F(1, 8)
        money = [sum((d.gets(end) for d in districts(case)), F(0)) for end in ends]
        if not money[0] < case.totals[0] < money[1]:
            continue
        used += 1
        for error in (0.0, 0.25):
            found = decide(division([case], error), 0, 0, (float(ends[0]), float(ends[1])))
            assert found.status == FITTED
            assert found.sides.tolist() == wanted_sides(case, entitled)
            assert abs(F(found.rate) - rate) <= F(found.rate_error)
    assert used > 40


def search(case: Case) -> Search:
    columns = (case.weights, case.offsets or [F(0)] * len(case.of), case.floors, case.caps)
    return Search(*(Rationals.from_fractions(column) for column in columns))


def test_a_search_is_that_of_every_breakpoint_tried() -> None:
    draw = np.random.default_rng(23)
    for _ in range(300):
        case = random_case(draw, below=True)
        status, rate, entitled = divide(districts(case), F(case.totals[0]))
        found = search(case)
        assert found.run(F(case.totals[0]), (-INF, INF)) == status
        if status != SHORT:
            assert found.sides.tolist() == wanted_sides(case, entitled)
        del rate


def test_those_whom_no_rate_moves_are_settled_at_once() -> None:
    """Fixed at 4; without weight: kept at 3 by an offset of -3, at the floor, at the cap."""
    case = Case(
        row(2, 0, 0, 0, 0, 1),
        row(0, -3, 5, -9, 0, 0),
        row(4, 0, 1, 0, 0, 0),
        row(4, 7, 7, 7, 7, 9),
        [20],
        [0] * 6,
    )
    found = search(case)
    assert found.sides.tolist() == [-1, 0, -1, 1, -1, UNDECIDED]
    assert found.given == 4 + 3 + 1 + 7 + 0
    assert found.weight == 0
    assert found.run(F(20), (-INF, INF)) == FITTED
    assert found.sides.tolist() == [-1, 0, -1, 1, -1, 0]


# -- who is alike ----------------------------------------------------------------------------------


def fitted(cases: list[Case], error: float = 0.0) -> Any:
    return fit(division(cases, error))


def classes(found: Any, s: int, members: list[int]) -> list[int] | None:
    answer = alike(found, s, places(*members))
    if answer is None:
        return None
    first, class_of = answer
    assert [class_of[i] for i in first] == list(range(len(first)))
    return [int(c) for c in class_of]


def test_alike_are_those_of_one_weight_and_one_offset_in_their_own_scenario() -> None:
    first = Case(row(1, 1, 1, 1), row(0, 0, 0, 0), row(0, 0, 0, 0), row(9, 9, 9, 9), [8], [0] * 4)
    other = Case(row(1, 2, 1, 2), row(1, 1, 0, 1), row(0, 0, 0, 0), row(9, 9, 9, 9), [8], [0] * 4)
    found = fitted([first, other, first])
    assert classes(found, 0, [0, 1, 2, 3]) == [0, 0, 0, 0]
    assert classes(found, 1, [0, 1, 2, 3]) == [1, 2, 0, 2]
    assert classes(found, 1, [1, 3]) == [0, 0]
    assert classes(found, 2, [3, 0]) == [0, 0]


def test_decimals_say_who_is_alike_where_floats_err() -> None:
    case = Case(row(1, "1.5", 1), None, row(0, 0, 0), row(9, 9, 9), [7], [0] * 3)
    made = ExactFit([case, case], 0.0, np.random.default_rng(0))
    tenths = Decimals(np.array([[10, 15, 10], [10, 15, 15]], dtype=np.int64), 1)
    weight = Bounded(tenths.floats(), np.full((2, 3), 0.1), tenths)
    parts = made.division
    found: Any = made
    found.division = Division(
        weight, None, parts.floor, parts.cap, parts.total, parts.groups, parts.exact
    )
    assert classes(found, 0, [0, 1, 2]) == [0, 1, 0]
    assert classes(found, 1, [0, 1, 2]) == [0, 1, 1]


def test_nobody_is_called_alike_where_any_figure_errs() -> None:
    case = Case(row(1, 2, 1), row(1, 1, 1), row(0, 0, 0), row(9, 9, 9), [7], [0] * 3)
    found = fitted([case])
    assert classes(found, 0, [0, 1, 2]) == [0, 1, 0]
    for which in ("weight", "offset"):
        errs = Bounded(getattr(found.division, which).value, np.array([[0.0, 0.1, 0.0]]))
        parts = found.division
        weight, offset = (errs, parts.offset) if which == "weight" else (parts.weight, errs)
        unsure: Any = ExactFit([case], 0.0, np.random.default_rng(0))
        unsure.division = Division(
            weight, offset, parts.floor, parts.cap, parts.total, parts.groups, parts.exact
        )
        assert classes(unsure, 0, [0, 1, 2]) is None
        assert classes(unsure, 0, [0, 2]) == [0, 0]
