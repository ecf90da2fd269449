"""How far errors reach: what lies beyond is decided, what lies within is not, to a thousandth.

The reach of a share is redone here term by term, each with an error of its own size, so that a
bound that leaves out a term, or halves it, decides what it must leave open.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.rationals import Rationals
from transfers.axes import Groups, pairwise_error_factor
from transfers.kernel.columns import SLACK, UNDECIDED, UNIT, Columns
from transfers.kernel.division import Division
from transfers.kernel.enclosure import Enclosure
from transfers.kernel.newton import _Proof
from transfers.kernel.panel import Certificate, Panel
from transfers.kernel.plain_panel import PlainPanel

Floats = NDArray[np.float64]

N = 24
FAR = 1e3
ROW = np.zeros(1, dtype=np.intp)
WITHOUT = (set(), {"width"}, {"weight"}, {"offset"}, {"bound"}, {"width", "weight"})
"""Which errors are not 0; the last cases have all of them, and a rate below 0."""
CASES = [*WITHOUT, {"width", "weight", "offset", "bound"}, {"below", "weight", "width"}]


class Shares:
    """Figures of N districts with errors of a thousandth, and how far they reach."""

    def __init__(self, kinds: set[str], seed: int) -> None:
        draw = np.random.default_rng(seed)

        def error(kind: str) -> Floats:
            return draw.uniform(1e-3, 2e-3, N) if kind in kinds else np.zeros(N)

        self.rate = (-1 if "below" in kinds else 1) * draw.uniform(2, 3)
        self.width = 1e-3 if "width" in kinds else 0.0
        self.weight, self.weight_error = draw.uniform(1, 5, N), error("weight")
        self.offset, self.offset_error = draw.uniform(1, 5, N), error("offset")
        self.bound_error = error("bound")
        self.value = self.rate * self.weight - self.offset
        self.reach = (
            self.width * self.weight
            + (abs(self.rate) + self.width) * self.weight_error
            + self.offset_error
            + self.bound_error
        )
        # Where nothing errs there is still the rounding of a product and of a difference.
        self.reach += 2 * UNIT * (abs(self.rate) * self.weight + self.offset)

    def panel(self, lo: Floats, hi: Floats, at: str) -> Panel:
        def some(errors: Floats) -> Floats | None:
            return errors[None] if errors.any() else None

        bound = some(self.bound_error)
        columns = Columns(
            self.weight[None],
            self.offset[None],
            lo[None],
            hi[None],
            some(self.weight_error),
            some(self.offset_error),
            bound if at == "floor" else None,
            bound if at == "cap" else None,
            np.zeros((1, N), dtype=bool),
        )
        return Panel(columns, [slice(0, 10), slice(10, N)], np.array([N]), {})

    def certified(self, lo: Floats, hi: Floats, at: str) -> tuple[list[int], Certificate]:
        sides = np.empty((1, N), dtype=np.int8)
        rate, width = np.array([[self.rate]]), np.array([[self.width]])
        found = self.panel(lo, hi, at).certify(ROW, rate, width, sides)
        return sides[0].tolist(), found

    def enclosed(self, lo: Floats, hi: Floats, at: str) -> list[int]:
        nothing = np.zeros(N)
        enclosure = Enclosure(
            (self.weight, self.weight_error),
            (self.offset, self.offset_error),
            (lo, self.bound_error if at == "floor" else nothing),
            (hi, self.bound_error if at == "cap" else nothing),
            (0.0, 0.0),
            np.zeros(N, dtype=bool),
        )
        sides: list[int] = enclosure.sides(self.rate - self.width, self.rate + self.width).tolist()
        return sides


@pytest.mark.parametrize("kinds", CASES, ids=lambda kinds: "-".join(sorted(kinds)) or "nothing")
@pytest.mark.parametrize("ask", ["certified", "enclosed"])
def test_a_side_is_decided_where_no_error_reaches_the_bound_and_nowhere_else(
    kinds: set[str], ask: str
) -> None:
    for seed in range(4):
        shares = Shares(kinds, seed)
        small = not kinds  # then all that is left is rounding, which is bounded more widely
        for away in (0.5, 4.0) if small else (0.999, 1.001):
            beyond = away > 1
            for at, direction, wanted in (
                *(("floor", 1, -1), ("floor", -1, 0)),
                *(("cap", -1, 1), ("cap", 1, 0)),
            ):
                bound = shares.value + direction * away * shares.reach
                lo, hi = (bound, bound + FAR) if at == "floor" else (bound - FAR, bound)
                found = getattr(shares, ask)(lo, hi, at)
                sides = found[0] if ask == "certified" else found
                assert sides == [wanted if beyond else UNDECIDED] * N, (seed, at, direction, away)


def test_what_a_certificate_says_of_sums_counts_every_error() -> None:
    shares = Shares({"weight", "offset", "bound"}, 7)
    third = np.arange(N) % 3
    lo = np.where(third == 0, shares.value + 9, shares.value - 9)
    hi = np.where(third == 1, shares.value - 5, shares.value + 20)
    sides, found = shares.certified(lo, hi, "floor")
    assert sides == [{0: -1, 1: 1, 2: 0}[k] for k in third.tolist()]
    assert found.undecided.tolist() == [[0]]
    clipped = np.where(third == 0, lo, np.where(third == 1, hi, shares.value))
    assert found.total[0, 0] == pytest.approx(clipped.sum(), rel=1e-14)
    between = third == 2
    assert found.slope[0, 0] == pytest.approx(shares.weight[between].sum(), rel=1e-14)
    assert found.slope_error[0, 0] == pytest.approx(shares.weight_error[between].sum(), rel=1e-9)
    # A district at its floor errs by the floor's error, one between by its share's.
    of_shares = shares.rate * shares.weight_error + shares.offset_error
    least = shares.bound_error[third == 0].sum() + of_shares[between].sum()
    assert least <= found.noise[0, 0] <= 1.01 * (of_shares + shares.bound_error).sum()


def test_the_undecided_are_counted_and_their_weight_is_in_the_noise() -> None:
    shares = Shares({"width"}, 3)
    at_odds = np.arange(N) < 5
    lo = np.where(at_odds, shares.value, shares.value - FAR)
    sides, found = shares.certified(lo, lo + 2 * FAR, "floor")
    assert sides == [UNDECIDED] * 5 + [0] * (N - 5)
    assert found.undecided.tolist() == [[5]]
    assert found.slope[0, 0] == pytest.approx(shares.weight[5:].sum(), rel=1e-14)
    rounding = shares.rate * shares.weight.sum() * UNIT
    assert found.noise[0, 0] >= rounding + UNIT * shares.offset.sum()


@pytest.mark.parametrize(("p", "q"), [(0.0, 0.0), (1e-6, 0.0), (0.0, 1e-6), (2e-6, 1e-6)])
@pytest.mark.parametrize("width", [0.0, 3e-6])
def test_errors_that_are_parts_of_sizes_reach_as_far_as_they_do(
    p: float, q: float, width: float
) -> None:
    """The exact rate times weight is within w a + (r + w) p a; the exact bound within q of it."""
    a = np.linspace(1, 5, N)
    rate = 2.5
    reach = width * a + (rate + width) * p * a + q * rate * a
    reach += 2 * UNIT * rate * a
    small = p == q == width == 0
    for away in (0.25, 8.0) if small else (0.999, 1.001):
        for at, direction, wanted in (
            *(("floor", 1, -1), ("floor", -1, 0)),
            *(("cap", -1, 1), ("cap", 1, 0)),
        ):
            bound = rate * a + direction * away * reach
            lo, hi = (bound, 2 * bound) if at == "floor" else (bound / 2, bound)
            columns = Columns(
                *(a[None], None, lo[None], hi[None], None, None, None, None),
                *(np.zeros((1, N), dtype=bool), p, q, True),
            )
            panel = PlainPanel(columns, [slice(0, 10), slice(10, N)], np.array([N]), {})
            sides = np.empty((1, N), dtype=np.int8)
            found = panel.certify(ROW, np.array([[rate]]), np.array([[width]]), sides)
            assert sides[0].tolist() == [wanted if away > 1 else UNDECIDED] * N, (at, direction)
            assert found.noise[0, 0] >= max(p, q) * found.total[0, 0]
            assert found.noise[0, 0] <= (max(p, q) + 8 * UNIT) * found.total[0, 0] * 1.001
            assert found.slope_error[0, 0] >= p * found.slope[0, 0]
            inside = wanted == 0 and away > 1
            assert found.slope[0, 0] == pytest.approx(a.sum() if inside else 0.0, rel=1e-14)
            assert found.undecided.tolist() == [[0 if away > 1 else N]]


def test_a_unit_is_one_rounding_and_the_slack_is_more_than_those_of_any_bound() -> None:
    assert 1.0 + UNIT == 1.0 < 1.0 + 2 * UNIT
    assert 1 + 2.0**12 * UNIT < SLACK < 1 + 1e-9


# -- what follows from a certificate ---------------------------------------------------------------


def proof(certificate: Certificate, rate: float, total: float, error: float, below: float) -> Any:
    panel = Shares(set(), 0).panel(np.zeros(N), np.ones(N), "floor")
    money = tuple(np.array([[x]]) for x in (total, error, below))
    return _Proof.of(panel, certificate, np.array([[rate]]), money)


def certificate(**figures: float) -> Certificate:
    parts = {name: np.array([[figure]]) for name, figure in figures.items()}
    return Certificate(**parts, undecided=np.zeros((1, 1), dtype=np.int64))


def test_a_proof_counts_the_gap_the_noise_and_the_error_of_the_slope() -> None:
    """A total of 11, of which 10 are given at rate 2: the gap is 1, and errs by 1/4 + 1/8."""
    found = proof(
        certificate(total=10.0, noise=0.25, slope=4.0, slope_error=0.5), 2.0, 11.0, 0.125, 0.0
    )
    close = {"rel": 1e-9}
    assert found.needed[0, 0] == pytest.approx(1.375 / 3.5, **close)
    assert found.least[0, 0] == pytest.approx(0.375 / 3.5, **close)
    assert found.better[0, 0] == 2.25
    assert found.better_error[0, 0] == pytest.approx(0.375 / 3.5 + (1 / 3.5) * 0.5 / 4, **close)
    mirrored = proof(
        certificate(total=12.0, noise=0.25, slope=4.0, slope_error=0.5), 2.0, 11.0, 0.125, 0.0
    )
    assert mirrored.better[0, 0] == 1.75
    assert mirrored.needed[0, 0] == pytest.approx(found.needed[0, 0], **close)
    assert mirrored.better_error[0, 0] == pytest.approx(found.better_error[0, 0], **close)


@pytest.mark.parametrize(
    ("given", "below", "sizes"), [(2.0**50, 0.0, 1), (0.0, 2.0**50, 2), (2.0**50, 2.0**50, 3)]
)
def test_a_proof_counts_the_rounding_of_the_sum(given: float, below: float, sizes: int) -> None:
    """The sum of the x errs by a factor of sum(|x|): at most what is given and twice the debts."""
    found = proof(
        certificate(total=given, noise=0.0, slope=1.0, slope_error=0.0), 1.0, given, 0.0, below
    )
    least = (pairwise_error_factor(N) + 2 * UNIT) * sizes * 2.0**50
    assert least <= found.least[0, 0] <= 1.001 * least
    assert found.needed[0, 0] >= found.least[0, 0]


def test_a_slope_that_errs_by_all_of_itself_proves_nothing() -> None:
    with np.errstate(all="ignore"):
        found = proof(
            certificate(total=10.0, noise=0.25, slope=4.0, slope_error=4.0), 2.0, 11.0, 0.0, 0.0
        )
    assert np.isinf(found.needed[0, 0])


# -- the enclosure of one group --------------------------------------------------------------------


def test_totals_at_a_rate_enclose_whatever_the_figures_may_be() -> None:
    for seed, kinds in enumerate(CASES):
        shares = Shares(kinds, seed)
        third = np.arange(N) % 3
        lo = np.where(third == 0, shares.value + 9, shares.value - 9)
        hi = np.where(third == 1, shares.value - 5, shares.value + 20)
        enclosure = Enclosure(
            (shares.weight, shares.weight_error),
            (shares.offset, shares.offset_error),
            (lo, shares.bound_error),
            (hi, shares.bound_error),
            (0.0, 0.0),
            np.zeros(N, dtype=bool),
        )
        least, most = enclosure.totals(shares.rate)
        reach = (abs(shares.rate) * shares.weight_error + shares.offset_error) * (
            third == 2
        ) + shares.bound_error * (third != 2)
        middle = np.where(third == 0, lo, np.where(third == 1, hi, shares.value)).sum()
        # A sum errs by a factor of the sum of sizes, and by a little more in an interval's ends.
        loss = pairwise_error_factor(N) * float(np.abs(np.clip(shares.value, lo, hi)).sum())
        assert middle - reach.sum() - 4 * loss <= least <= middle - reach.sum() - loss
        assert middle + reach.sum() + loss <= most <= middle + reach.sum() + 4 * loss


def enclosed(**columns: Any) -> Enclosure:
    """Return an enclosure of a few districts; each column a pair of values and errors."""
    n = len(columns["weight"][0])
    nothing = ([0.0] * n, [0.0] * n)
    pairs = {
        name: tuple(np.array(part, dtype=float) for part in columns.get(name, nothing))
        for name in ("weight", "offset", "floor", "cap")
    }
    fixed = np.array(columns.get("fixed", [False] * n))
    return Enclosure(**pairs, total=columns.get("total", (0.0, 0.0)), fixed=fixed)


def test_more_or_less_than_the_total_is_sure_only_beyond_its_error() -> None:
    """Two districts get 3 x 1 + 3 x 2 = 9 at a rate of 3."""
    for total, above, below in (
        (8.8, True, False),
        (8.95, False, False),
        (9.05, False, False),
        (9.2, False, True),
    ):
        group = enclosed(weight=([1, 2], [0, 0]), cap=([50, 50], [0, 0]), total=(total, 0.125))
        assert group.surely_above(3.0) == above
        assert group.surely_below(3.0) == below


def test_at_a_rate_beyond_all_numbers_those_with_weight_are_at_a_bound() -> None:
    """One without weight keeps what its offset leaves; of one in doubt nothing is known."""
    group = enclosed(
        weight=([2, 0, 1], [0.5, 0, 1]),
        offset=([1, 3, 1], [0, 0.25, 0]),
        floor=([0, -9, 0], [0, 0, 0]),
        cap=([7, 9, 8], [0, 0, 0]),
    )
    value, error = group.shares(np.inf)
    assert value[0] == np.inf
    assert (value[1], error[1]) == (-3.0, 0.25)
    assert error[0] == 0 and error[2] == np.inf
    assert group.sides(np.inf, np.inf).tolist() == [1, 0, UNDECIDED]
    assert group.sides(-np.inf, -np.inf).tolist() == [-1, 0, UNDECIDED]
    low, high = group.totals(np.inf)
    assert low == pytest.approx(7 - 3.25, rel=1e-12)
    assert high == pytest.approx(7 - 2.75 + 8, rel=1e-12)


def test_the_rate_where_nobody_is_between_bounds_is_that_of_the_last_at_the_cap() -> None:
    """The caps are reached at (4 + 1) / 2 = 2.5 and (9 + 3) / 3 = 4; the floor is left at 6."""
    group = enclosed(
        weight=([2, 3, 1], [0, 0, 0]),
        offset=([1, 3, 2], [0, 0, 0]),
        floor=([0, 0, 4], [0, 0, 0]),
        cap=([4, 9, 20], [0, 0, 0]),
    )
    found = group.rate_at_bounds(np.array([1, 1, -1], dtype=np.int8))
    assert found is not None
    assert found[0] == 4.0 and 0 <= found[1] <= 64 * UNIT


def test_the_rate_of_caps_errs_as_cap_offset_and_weight_do() -> None:
    """A cap of 9 +- 0.02, an offset of 3 +- 0.01, a weight of 3 +- 0.003: 12.03 / 2.997 at most."""
    group = enclosed(
        weight=([3, 1], [0.003, 0]),
        offset=([3, 0], [0.01, 0]),
        floor=([0, 0], [0, 0]),
        cap=([9, 2], [0.02, 0]),
    )
    found = group.rate_at_bounds(np.array([1, 1], dtype=np.int8))
    assert found is not None
    assert found[0] == 4.0
    assert 12.03 / 2.997 - 4 <= found[1] <= 1.001 * (12.03 / 2.997 - 4)


def test_one_who_may_have_reached_the_cap_later_counts_in_the_error_of_the_rate() -> None:
    """Caps reached at 4 and at 3.9 +- 0.5: the last of them between 4 and 4.4."""
    group = enclosed(weight=([1, 1], [0, 0]), cap=([4, 3.9], [0, 0.5]), floor=([0, 0], [0, 0]))
    found = group.rate_at_bounds(np.array([1, 1], dtype=np.int8))
    assert found is not None
    assert found[0] == 4.0 and found[1] == pytest.approx(0.4, rel=1e-9)


@pytest.mark.parametrize(
    ("sides", "weights", "floors"),
    [
        ([0, 1], ([1, 1], [0, 0]), ([0, 0], [0, 0])),  # somebody is between bounds
        ([1, 1], ([1, 1], [0, 1]), ([0, 0], [0, 0])),  # whose weight may be 0
        ([-1, 1], ([1, 1], [1, 0]), ([5, 0], [0, 0])),
        ([-1, 1], ([1, 1], [0, 0]), ([-5, 0], [0, 0])),  # whose floor is left below a rate of 0
        ([-1, 1], ([1, 1], [0, 0]), ([1, 0], [2, 0])),  # or may be
    ],
)
def test_a_rate_at_bounds_that_floats_cannot_tell_is_left_to_fractions(
    sides: list[int], weights: Any, floors: Any
) -> None:
    group = enclosed(weight=weights, floor=floors, cap=([9, 9], [0, 0]))
    assert group.rate_at_bounds(np.array(sides, dtype=np.int8)) is None


def test_a_rate_at_bounds_ignores_the_fixed_and_those_without_weight() -> None:
    group = enclosed(
        weight=([1, 0, 2, 0], [0, 0, 0, 0]),
        floor=([-7, -7, 0, 0], [0, 0, 0, 0]),
        cap=([-7, 5, 6, 0], [0, 0, 0, 0]),
        fixed=[True, False, False, True],
    )
    found = group.rate_at_bounds(np.array([-1, 0, 1, -1], dtype=np.int8))
    assert found is not None and found[0] == 3.0
    nobody = group.rate_at_bounds(np.array([-1, 0, -1, -1], dtype=np.int8))
    assert nobody == (0.0, 0.0)
    capped_below_zero = enclosed(
        weight=([1], [0]), offset=([0], [0]), floor=([-9], [0]), cap=([-4], [0])
    )
    found = capped_below_zero.rate_at_bounds(np.array([1], dtype=np.int8))
    assert found is not None and found[0] == 0.0


class Asked:
    """Exact figures that are not the floats, and who was asked for."""

    def __init__(self, floors: list[Fraction], caps: list[Fraction]) -> None:
        self._floors, self._caps = floors, caps
        self.seen: list[tuple[int, list[int]]] = []

    def floors(self, scenario: int, members: NDArray[np.intp]) -> Rationals:
        self.seen.append((scenario, members.tolist()))
        return Rationals.from_fractions([self._floors[i] for i in members])

    def caps(self, scenario: int, members: NDArray[np.intp]) -> Rationals:
        return Rationals.from_fractions([self._caps[i] for i in members])


def test_an_enclosure_takes_its_scenario_and_asks_who_is_fixed_only_where_in_doubt() -> None:
    """Floors and caps of scenario 1; the second pair meets exactly, the third only seems to."""
    exact: Any = Asked(
        [Fraction(x) for x in (0, 5, 7, 1)], [Fraction(x) for x in (9, 5, Fraction(71, 10), 1)]
    )
    floor = Bounded(
        np.array([[1.0] * 4, [0.0, 5.0, 7.0, 1.0]]), np.array([[0.0] * 4, [0.0, 0.1, 0.2, 0.0]])
    )
    cap = Bounded(
        np.array([[2.0] * 4, [9.0, 5.1, 7.0, 1.0]]), np.array([[0.0] * 4, [0.0, 0.05, 0.1, 0.0]])
    )
    weight = Bounded(np.array([[1.0, 2.0, 3.0, 4.0]]), np.zeros((1, 4)))
    total = Bounded(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 0.0], [0.0, 0.5]]))
    groups = Groups(np.array([1, 1, 1, 1]), ("a", "b"))
    division = Division(weight, None, floor, cap, total, groups, exact)
    group = Enclosure.of(division, 1, 1, groups.members(1))
    assert group.fixed.tolist() == [False, True, False, True]
    assert exact.seen == [(1, [1, 2])]
    assert group.total == (4.0, 0.5)
    assert group.cap[0].tolist() == [9.0, 5.1, 7.0, 1.0]
    assert group.floor[1].tolist() == pytest.approx([0.0, 0.1, 0.2, 0.0])
    assert group.weight[0].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert group.offset[0].tolist() == group.offset[1].tolist() == [0.0] * 4
    first = Enclosure.of(division, 0, 0, groups.members(1)[:2])
    assert first.total == (1.0, 0.0) and first.floor[0].tolist() == [1.0, 1.0]


@pytest.mark.parametrize("kind", [Panel, PlainPanel])
def test_one_who_is_fixed_does_not_change_where_others_are(kind: type[Panel]) -> None:
    """Shares of 2, 4, 6 and 8: fixed at 9, above a cap of 3, between, below a floor of 9."""
    columns = Columns(
        *(np.array([[1.0, 2.0, 3.0, 4.0]]), None),
        *(np.array([[9.0, 0.0, 1.0, 9.0]]), np.array([[9.0, 3.0, 7.0, 10.0]])),
        *(None, None, None, None, None),
        plain=True,
    )
    panel = kind(columns, [slice(0, 4)], np.array([4]), {})
    sides = np.empty((1, 4), dtype=np.int8)
    found = panel.certify(ROW, np.array([[2.0]]), np.array([[0.0]]), sides)
    assert sides.tolist() == [[-1, 1, 0, -1]]
    assert found.undecided.tolist() == [[0]]
    assert found.slope.tolist() == [[3.0]]
    assert found.total.tolist() == [[9 + 3 + 6 + 9]]
