"""Sentence 23: the loops that laws and analysts describe, and the fit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tests.method.tiny import AllocateText, exact, paid

Row = Sequence[Fraction | None]


def fix_and_reshare(
    pool: int, weights: Sequence[int], floors: Row, caps: Row
) -> list[Fraction | None]:
    """Share; whoever is outside a bound gets the bound for good; share the rest again; repeat."""
    fixed: list[Fraction | None] = [None] * len(weights)
    while True:
        free = [i for i, figure in enumerate(fixed) if figure is None]
        rest = pool - sum(figure for figure in fixed if figure is not None)
        total = sum(weights[i] for i in free)
        shares = {i: Fraction(rest * weights[i], total) for i in free}
        outside = False
        for i, share in shares.items():
            low, high = floors[i], caps[i]
            bound = low if low is not None and share < low else None
            bound = high if high is not None and share > high else bound
            if bound is not None:
                fixed[i], outside = bound, True
        if not outside:
            return [shares.get(i, figure) for i, figure in enumerate(fixed)]


def column(figures: Row) -> list[str]:
    """Write bounds into cells, a blank where there is none."""
    return ["" if figure is None else str(figure) for figure in figures]


POLICY = """
inputs: {need: {}, least: {unit: 万元}, most: {unit: 万元}}
grants:
  aid:
    pool: 100
    share: need
    floor: if(missing(least), none, least)
    cap: if(missing(most), none, most)
"""


def entitlements(
    allocate_text: AllocateText, weights: Sequence[int], floors: Row, caps: Row
) -> list[Fraction]:
    """Return the engine's entitlements for the same division."""
    rows = zip("abcdef", weights, column(floors), column(caps), strict=False)
    table = "key,need,least,most\n" + "".join(f"{k},{w},{lo},{hi}\n" for k, w, lo, hi in rows)
    return exact(allocate_text(POLICY, table), "aid.entitlement")


NO = (None, None, None)


def test_for_floors_alone_the_loop_of_the_law_is_the_fit(allocate_text: AllocateText) -> None:
    """Sentence 23: weights 8, 7, 5; floors -, 34, 30. Shares 40, 35, 25: c is lifted to 30.

    70 over 15: 37.33, 32.67: now b is below its 34 and lifted too; a gets 36. So says the fit.
    """
    floors = (None, Fraction(34), Fraction(30))
    assert fix_and_reshare(100, (8, 7, 5), floors, NO) == [36, 34, 30]
    assert entitlements(allocate_text, (8, 7, 5), floors, NO) == [36, 34, 30]


def test_for_caps_alone_the_loop_of_the_law_is_the_fit(allocate_text: AllocateText) -> None:
    """Sentence 23: weights 5, 3, 2; caps 30, 40, -. Shares 50, 30, 20: a is cut to 30.

    70 over 5: 42, 28: b is cut to 40; c gets 30. So says the fit.
    """
    caps = (Fraction(30), Fraction(40), None)
    assert fix_and_reshare(100, (5, 3, 2), NO, caps) == [30, 40, 30]
    assert entitlements(allocate_text, (5, 3, 2), NO, caps) == [30, 40, 30]


def test_with_floors_and_caps_together_the_loop_is_wrong(allocate_text: AllocateText) -> None:
    """Sentence 23: weights 5, 3, 2; a capped at 45, c with a floor of 40.

    The loop sees 50, 30, 20, cuts a to 45, lifts c to 40 and leaves b 15: 9 per unit of need for
    a, 5 for b, though nothing binds b. With one lambda, 7.5: a 37.5 (its cap does not bind at
    all), b 22.5, c 40.
    """
    floors, caps = (None, None, Fraction(40)), (Fraction(45), None, None)
    assert fix_and_reshare(100, (5, 3, 2), floors, caps) == [45, 15, 40]
    found = entitlements(allocate_text, (5, 3, 2), floors, caps)
    assert found == [Fraction("37.5"), Fraction("22.5"), 40]


def test_clipping_once_and_scaling_everybody_breaks_floors(allocate_text: AllocateText) -> None:
    """Sentence 23: weights 1, 1, 8, floor 20 for a: clipped 20, 10, 80 = 110; scaled a has 18.18.

    The fit keeps 20 and shares 80: 80/9 and 640/9.
    """
    clipped = [Fraction(20), Fraction(10), Fraction(80)]
    assert clipped[0] * 100 / sum(clipped) < 20
    floors = (Fraction(20), None, None)
    found = entitlements(allocate_text, (1, 1, 8), floors, NO)
    assert found == [20, Fraction(80, 9), Fraction(640, 9)]


def test_a_minimum_decided_once_and_not_retested_is_fixed(allocate_text: AllocateText) -> None:
    """Sentence 23: who is below 34 or 30 at first gets the minimum, and that is that.

    Shares 40, 35, 25 of a first stage: only c is below its minimum (30) and fixed; a and b share
    70 as 8 : 7, 37 1/3 and 32 2/3, although b now is below its 34.
    """
    allocation = allocate_text(
        """
inputs: {need: {}, least: {unit: 万元}}
quantities: {first: {pool: 100, share: need}}
grants:
  aid: {pool: 100, share: need, fixed: 'if(first < least, least, none)'}
""",
        "key,need,least\n a,8,0\n b,7,34\n c,5,30\n",
    )
    assert exact(allocation, "aid.entitlement") == [Fraction(112, 3), Fraction(98, 3), 30]
    assert paid(allocation) == [37, 33, 30]
