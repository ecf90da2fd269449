"""Rounding against the slowest possible way: exact fractions, one unit at a time."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests.kernel.by_hand import Case, ExactFit, rounded_by_hand
from transfers.arithmetic.bounded import Bounded, from_decimals
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.rationals import Rationals
from transfers.kernel.fit import Fit, fit
from transfers.kernel.rounding import Rounded, Rule, round_half_away, round_to_total, whole_bounds

RULES: tuple[Rule, ...] = ("largest_remainder", "webster", "half_up", "to_most")


def a_case(generator: np.random.Generator, of: list[int], style: str) -> Case:
    """Draw a small division, rich in ties, halves, fixed and excluded districts."""
    n, groups = len(of), max(of) + 1
    top = int(generator.choice([2, 4, 30]))
    whole = style == "whole"

    def draw(low: int, high: int) -> Fraction:
        parts = 1 if whole else int(generator.choice([1, 1, 2, 3, 4, 10, 7]))
        return Fraction(int(generator.integers(low * parts, high * parts + 1)), parts)

    weights = [draw(0, top) for _ in range(n)]
    if style == "equal":
        weights = [weights[0]] * n
    offsets = [draw(-2, top) for _ in range(n)] if generator.random() < 0.4 else None
    floors = [draw(0, top) if generator.random() < 0.6 else Fraction(0) for _ in range(n)]
    caps = [floor + draw(0, 2 * top) for floor in floors]
    for i in range(n):
        kind = generator.random()
        if kind < 0.08:
            floors[i] = caps[i] = draw(-top, top)
        elif kind < 0.14:
            weights[i] = floors[i] = caps[i] = Fraction(0)
        elif kind < 0.3:
            caps[i] = caps[i] + 20 * top
    totals = []
    for g in range(groups):
        least = sum((floors[i] for i in range(n) if of[i] == g), Fraction(0))
        totals.append(int(least) + int(generator.integers(-1, 1 + 3 * top * n // groups)))
    return Case(weights, offsets, floors, caps, totals, of)


def cases_of(generator: np.random.Generator) -> list[Case]:
    n = int(generator.integers(1, 9))
    groups = int(generator.choice([1, 1, 2, 3]))
    of = [int(g) for g in generator.integers(0, groups, n)]
    of[0] = groups - 1
    style = str(generator.choice(["whole", "equal", "mixed"]))
    cases = [a_case(generator, of, style) for _ in range(int(generator.integers(1, 4)))]
    with_offsets = cases[0].offsets is not None
    return [case for case in cases if (case.offsets is not None) == with_offsets]


def rounded(
    by_hand: ExactFit,
    rule: Rule,
    multiple: int,
    keys: list[int],
    column: list[Fraction],
    found: Fit | None = None,
) -> Rounded:
    decimals = Decimals.from_fractions(column)
    assert decimals is not None
    return round_to_total(
        found or by_hand.as_fit,
        np.array([case.totals for case in by_hand.cases], dtype=np.int64),
        rule,
        key_order=np.array(keys, dtype=np.intp),
        multiple=multiple,
        column=from_decimals(Decimals(decimals.mantissas[None], decimals.places)),
    )


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("blur", [0.0, 1e-9, 1e-3, 0.7, 30.0])
def test_amounts_are_those_of_exact_arithmetic_unit_by_unit(rule: Rule, blur: float) -> None:
    generator = np.random.default_rng(RULES.index(rule) * 100 + int(blur * 10))
    for _ in range(400):
        fit = ExactFit(cases_of(generator), blur, generator)
        n = len(fit.cases[0].of)
        keys = [int(k) for k in generator.permutation(n)]
        column = [Fraction(int(c)) for c in generator.integers(0, 4, n)]
        multiple = int(generator.choice([1, 1, 2, 3, 10]))
        paid = rounded(fit, rule, multiple, keys, column)
        for s, case in enumerate(fit.cases):
            expected = rounded_by_hand(fit, s, rule, multiple, keys, column)
            assert paid.amounts[s].tolist() == expected.amounts, (case, keys, multiple)
            assert paid.unplaced[s].tolist() == expected.unplaced, (case, keys, multiple)
            assert paid.below_floor[s].tolist() == expected.below_floor, (case, keys, multiple)
            assert paid.no_whole[s].tolist() == expected.no_whole, (case, keys, multiple)


def huge_case(generator: np.random.Generator, n: int) -> Case:
    """Amounts of 1e15 to 1e17, beyond what float64 can count."""
    weights = [Fraction(int(w)) for w in generator.integers(1, 10**9, n)]
    floors = [Fraction(int(f)) / 2 for f in generator.integers(0, 10**15, n)]
    caps = [floor + Fraction(10**17) / 3 for floor in floors]
    least = sum(floors, Fraction(0))
    return Case(
        weights, None, floors, caps, [int(least) + int(generator.integers(10**17))], [0] * n
    )


@pytest.mark.parametrize("rule", ["largest_remainder", "half_up", "to_most"])
def test_amounts_of_1e17_are_exact_to_the_quantum(rule: Rule) -> None:
    generator = np.random.default_rng(17)
    for _ in range(20):
        fit = ExactFit([huge_case(generator, 12)], 0.0, generator)
        keys = [int(k) for k in generator.permutation(12)]
        paid = rounded(fit, rule, 1, keys, [Fraction(k) for k in keys])
        case, row = fit.cases[0], fit.rows[0]
        amounts = paid.amounts[0].tolist()
        assert all(abs(y - x) <= 1 for y, x in zip(amounts, row, strict=True)) or rule == "to_most"
        assert sum(amounts) + int(paid.unplaced[0, 0]) == case.totals[0]
        if rule == "largest_remainder":
            assert paid.unplaced[0, 0] == 0
            assert not paid.below_floor.any()
            best = max(y - x for y, x in zip(amounts, row, strict=True) if y > x)
            assert best <= 1


def test_a_tie_goes_to_the_district_whose_key_comes_first() -> None:
    generator = np.random.default_rng(3)
    case = Case([Fraction(1)] * 3, None, [Fraction(0)] * 3, [Fraction(10)] * 3, [10], [0] * 3)
    fit = ExactFit([case], 0.0, generator)
    for rule in ("largest_remainder", "webster"):
        assert rounded(fit, rule, 1, [2, 0, 1], [Fraction(0)] * 3).amounts.tolist() == [[3, 4, 3]]


def test_a_floor_of_ten_and_a_half_is_paid_for_by_the_others() -> None:
    generator = np.random.default_rng(4)
    half = Fraction(21, 2)
    floors = [half, half, half, half, Fraction(0)]
    case = Case(
        [Fraction(0)] * 4 + [Fraction(1)], None, floors, [half] * 4 + [Fraction(50)], [62], [0] * 5
    )
    wide = Case(case.weights, None, floors, [Fraction(12)] * 4 + [Fraction(50)], [62], [0] * 5)
    fit = ExactFit([wide], 0.0, generator)
    paid = rounded(fit, "largest_remainder", 1, [0, 1, 2, 3, 4], [Fraction(0)] * 5)
    assert paid.amounts.tolist() == [[11, 11, 11, 11, 18]]
    paid = rounded(
        ExactFit([case], 0.0, generator), "largest_remainder", 1, [0, 1, 2, 3, 4], [Fraction(0)] * 5
    )
    assert paid.no_whole.tolist() == [[True, True, True, True, False]]
    assert paid.amounts.tolist() == [[11, 11, 10, 10, 20]]


def test_a_cap_is_never_exceeded_by_rounding() -> None:
    cap = Fraction(5, 2)
    case = Case([Fraction(1)] * 2, None, [Fraction(0)] * 2, [cap] * 2, [5], [0, 0])
    for rule in ("largest_remainder", "webster", "to_most"):
        fit = ExactFit([case], 0.0, np.random.default_rng(5))
        paid = rounded(fit, rule, 1, [0, 1], [Fraction(0)] * 2)
        assert paid.amounts.tolist() == [[2, 2]]
        assert paid.unplaced.tolist() == [[1]]


def test_whole_floors_that_do_not_fit_are_rounded_down_and_those_below_marked() -> None:
    floor = Fraction(5, 2)
    case = Case([Fraction(1)] * 2, None, [floor] * 2, [Fraction(9)] * 2, [5], [0, 0])
    fit = ExactFit([case], 0.0, np.random.default_rng(6))
    paid = rounded(fit, "largest_remainder", 1, [1, 0], [Fraction(0)] * 2)
    assert paid.amounts.tolist() == [[2, 3]]
    assert paid.below_floor.tolist() == [[True, False]]


def test_a_scenario_alone_gets_the_same_amounts_as_in_company() -> None:
    generator = np.random.default_rng(8)
    of = [int(g) for g in generator.integers(0, 3, 9)]
    of[0] = 2
    drawn = (a_case(generator, of, "mixed") for _ in range(150))
    cases = [case for case in drawn if case.offsets is None]
    column = [Fraction(int(c)) for c in generator.integers(0, 4, 9)]
    keys = [int(k) for k in generator.permutation(9)]
    for rule in RULES:
        together = rounded(ExactFit(cases, 0.0, np.random.default_rng(1)), rule, 2, keys, column)
        for s, case in enumerate(cases):
            alone = rounded(ExactFit([case], 0.0, np.random.default_rng(1)), rule, 2, keys, column)
            for name in ("amounts", "unplaced", "below_floor", "no_whole"):
                assert getattr(together, name)[s].tobytes() == getattr(alone, name)[0].tobytes()


@pytest.mark.parametrize("rule", RULES)
def test_the_order_of_the_table_does_not_matter(rule: Rule) -> None:
    generator = np.random.default_rng(9)
    for _ in range(100):
        case = a_case(generator, [0] * 8, "equal")
        keys = [int(k) for k in generator.permutation(8)]
        column = [Fraction(int(c)) for c in generator.integers(0, 3, 8)]
        turn = [int(i) for i in generator.permutation(8)]
        turned = Case(
            [case.weights[i] for i in turn],
            [case.offsets[i] for i in turn] if case.offsets else None,
            [case.floors[i] for i in turn],
            [case.caps[i] for i in turn],
            case.totals,
            case.of,
        )
        here = rounded(ExactFit([case], 0.0, generator), rule, 1, keys, column)
        there = rounded(
            ExactFit([turned], 0.0, generator),
            rule,
            1,
            [keys[i] for i in turn],
            [column[i] for i in turn],
        )
        assert here.amounts[0, turn].tolist() == there.amounts[0].tolist()


def test_claims_are_rounded_half_away_from_zero() -> None:
    texts = ["2.5", "-2.5", "2.4999999999999999999", "0.5", "-0.5", "-0.2", "7", "587.5", "-15"]
    exact = [Fraction(text) for text in texts]
    for error in (1e-15, 1e-3, 2.0):
        values = Bounded(np.array([[float(x) for x in exact]]), np.full((1, len(exact)), error))
        for multiple, expected in (
            (1, [3, -3, 2, 1, -1, 0, 7, 588, -15]),
            (10, [0, 0, 0, 0, 0, 0, 1, 59, -2]),
            (5, [1, -1, 0, 0, 0, 0, 1, 118, -3]),
        ):
            units = round_half_away(
                values,
                lambda s, i: Rationals.from_fractions([exact[k] for k in i.tolist()]),
                multiple,
            )
            assert units.tolist() == [expected]


def test_bounds_are_rounded_into_the_room_they_leave() -> None:
    floors = [Fraction(21, 2), Fraction(107, 10), Fraction(-5, 2), Fraction(325)]
    caps = [Fraction(1175, 2), Fraction(107, 10), Fraction(-5, 2), Fraction(125, 100) * 260]
    case = Case([Fraction(1)] * 4, None, floors, caps, [400], [0] * 4)
    for blur in (0.0, 1e-12, 3.0):
        bounds = whole_bounds(ExactFit([case], blur, np.random.default_rng(2)).division)
        assert bounds.lower.tolist() == [[11, 10, -3, 325]]
        assert bounds.upper.tolist() == [[587, 11, -2, 325]]
        assert bounds.no_whole.tolist() == [[False, True, True, False]]


def test_no_cap_at_all_does_not_overflow() -> None:
    n = 300
    caps = [Fraction(10**17)] * n
    case = Case([Fraction(1)] * n, None, [Fraction(0)] * n, caps, [10**17], [0] * n)
    fit = ExactFit([case], 0.0, np.random.default_rng(2))
    paid = rounded(fit, "largest_remainder", 1, list(range(n)), [Fraction(0)] * n)
    assert paid.amounts.sum() == 10**17
    assert paid.amounts[0].tolist() == [10**17 // n + (i < 10**17 % n) for i in range(n)]


@pytest.mark.parametrize("rule", RULES)
def test_the_fit_and_the_rounding_together_are_exact(rule: Rule) -> None:
    generator = np.random.default_rng(21)
    for _ in range(150):
        cases = cases_of(generator)
        if any(min(case.offsets or [0]) < 0 for case in cases):
            continue  # what the fit does below a rate of 0 is not this test's subject
        by_hand = ExactFit(cases, 0.0, generator)
        found = fit(by_hand.division)
        assert found.status.tolist() == by_hand.status.tolist()
        n = len(by_hand.cases[0].of)
        keys = [int(k) for k in generator.permutation(n)]
        column = [Fraction(int(c)) for c in generator.integers(0, 4, n)]
        multiple = int(generator.choice([1, 1, 2, 10]))
        paid = rounded(by_hand, rule, multiple, keys, column, found)
        for s in range(len(by_hand.cases)):
            expected = rounded_by_hand(by_hand, s, rule, multiple, keys, column)
            assert paid.amounts[s].tolist() == expected.amounts
            assert paid.unplaced[s].tolist() == expected.unplaced


def test_who_is_below_the_floor_is_told_also_beside_one_without_a_whole_sum() -> None:
    """Fixed at 10.7 and floors of 4.5 and 5.5: of 21 the first gets 10, less than its floor."""
    case = Case(
        [Fraction(1)] * 3,
        None,
        [Fraction("10.7"), Fraction("4.5"), Fraction("5.5")],
        [Fraction("10.7"), Fraction(9), Fraction(9)],
        [21],
        [0] * 3,
    )
    by_hand = ExactFit([case], 0.0, np.random.default_rng(0))
    found = rounded(by_hand, "largest_remainder", 1, [0, 1, 2], [Fraction(1)] * 3)
    assert found.amounts.tolist() == [[10, 5, 6]]
    assert found.below_floor.tolist() == [[True, False, False]]
    assert found.no_whole.tolist() == [[True, False, False]]
    assert found.unplaced.tolist() == [[0]]
