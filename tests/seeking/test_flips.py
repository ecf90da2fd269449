"""Where on a line of values a statement flips: found, narrowed down, told."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from scenarios.seeking.flips import Sign, look, nearest_miss, stretches

LINES = st.lists(st.booleans(), min_size=2, max_size=60)


def signs(held: Sequence[bool]) -> list[Sign]:
    return [Sign(holds) for holds in held]


def looked_at(line: Sequence[Sign], most: int) -> tuple[dict[int, Sign], int]:
    asked: list[int] = []

    def at(numbers: Sequence[int]) -> list[Sign]:
        asked.extend(numbers)
        return [line[number] for number in numbers]

    seen = look(len(line), at, most)
    assert sorted(asked) == list(seen.signs), "a value is computed once"
    return seen.signs, seen.stride


def brute(held: Sequence[bool]) -> list[tuple[int, int]]:
    found = []
    for holds, group in groupby(range(len(held)), key=lambda n: held[n]):
        numbers = list(group)
        if holds:
            found.append((numbers[0], numbers[-1]))
    return found


@given(LINES)
def test_on_a_short_line_every_stretch_is_found(held: list[bool]) -> None:
    seen, stride = looked_at(signs(held), len(held))
    assert (stride, stretches(seen)) == (1, brute(held))


@given(st.integers(0, 5000), st.booleans(), st.integers(2, 50))
def test_on_a_long_line_a_single_flip_is_narrowed_down_to_neighbours(
    flip: int, first: bool, most: int
) -> None:
    held = [(number < flip) == first for number in range(5001)]
    seen, stride = looked_at(signs(held), most)
    assert stretches(seen) == brute(held)
    assert len(seen) <= most + 13 and stride >= 5000 // most


@given(st.lists(st.integers(20, 200), min_size=1, max_size=30), st.booleans())
def test_flips_farther_apart_than_what_was_looked_at_first_are_all_found(
    lengths: list[int], first: bool
) -> None:
    held = [
        (place % 2 == 0) == first for place, length in enumerate(lengths) for _ in range(length)
    ]
    seen, stride = looked_at(signs(held), len(held) // 20 + 2)
    assert stride <= 20
    assert stretches(seen) == brute(held)


@given(st.integers(0, 3000), st.integers(1, 9))
def test_a_narrow_stretch_is_found_where_margins_lead_to_it(top: int, reach: int) -> None:
    line = [Sign(abs(n - top) < reach, Fraction(reach - abs(n - top)) - 1) for n in range(3001)]
    line = [Sign((sign.margin or Fraction(0)) >= 0, sign.margin) for sign in line]
    seen, _ = looked_at(line, 40)
    assert stretches(seen) == [(max(0, top - reach + 1), min(3000, top + reach - 1))]


@given(st.integers(0, 3000))
def test_where_nothing_holds_the_nearest_miss_of_one_valley_is_found(bottom: int) -> None:
    line = [Sign(False, Fraction(-1 - abs(n - bottom))) for n in range(3001)]
    seen, _ = looked_at(line, 40)
    assert nearest_miss(seen) == bottom


def test_margins_in_other_units_are_not_compared_with_the_first() -> None:
    line = {0: Sign(False, Fraction(-5), "km2"), 1: Sign(False, Fraction(-1), "%")}
    assert nearest_miss(line) == 0


def test_without_margins_nothing_is_called_the_nearest() -> None:
    assert nearest_miss({0: Sign(False), 1: Sign(True, Fraction(1))}) is None


def test_of_equal_misses_the_first_is_told() -> None:
    assert nearest_miss({n: Sign(False, Fraction(-3)) for n in (4, 7, 9)}) == 4
