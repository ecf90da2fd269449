"""The rates of a panel: Newton's iteration, then a pass that proves where it arrived.

What everybody gets, as a function of the rate, rises in straight pieces. Newton's step from a
rate near the solution errs by the square of its distance, so two or three passes over the
districts do; a pass that steps outside what earlier passes have enclosed is replaced by halving.
Where the iteration starts does not matter to what is proved at its end.
"""

from __future__ import annotations

from math import isqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.axes import CHUNK, pairwise_error_factor
from transfers.kernel.columns import SLACK, UNDECIDED, UNIT
from transfers.kernel.division import FITTED
from transfers.kernel.panel import Certificate, Panel

Floats = NDArray[np.float64]
Signs = NDArray[np.int8]
Booleans = NDArray[np.bool_]
Indices = NDArray[np.intp]

PASSES = 40
ROUNDS = 5

# A fresh certificate is asked for within this part of the rate: wide enough for the errors of
# ordinary figures, narrow enough that hardly ever a breakpoint lies inside.
_WIDTH = 1e-10


class Rates(Struct, eq=False):
    """The rates of a panel, every array (R, G)."""

    status: Signs  # FITTED, or UNDECIDED where float64 proved nothing
    rate: Floats
    error: Floats
    width: Floats  # where undecided: the solution is within this of the rate; NaN if not known


def find_rates(panel: Panel, rows: Indices, total: tuple[Floats, Floats], sides: Signs) -> Rates:
    """Find and prove the rates of a panel.

    Parameters
    ----------
    panel : Panel
    rows : (R,) intp
        Scenarios, consecutive.
    total : pair of (R, G) float64
        The totals and their errors.
    sides : (R, n) int8
        Filled; to be trusted where the status is FITTED.
    """
    floors, caps, below = panel.sums(rows)
    within = (total[0] > floors) & (total[0] < caps)
    nothing = _nothing(panel, total, floors, below)
    with np.errstate(all="ignore"):
        share = (total[0] - floors) / (caps - floors)
        rate = _start(panel, rows, total[0], share, within)
        rate, miss = _newton(panel, rows, total[0], rate, within, 0.002 / panel.sizes)
        within &= np.isfinite(miss)
        width = np.where(within, np.maximum(8 * miss, _WIDTH * np.abs(rate)), 0.0)
        rate = np.where(np.isfinite(rate), rate, 0.0)
        found = _prove(
            panel, rows, (*total, below), Rates(_blank(rate), rate, rate * 0, width), within, sides
        )
    if nothing.any():
        found.status[nothing] = FITTED
        found.rate[nothing] = 0.0
        np.copyto(sides, -1, where=panel.spread(nothing))
    return found


def _nothing(panel: Panel, total: tuple[Floats, Floats], floors: Floats, below: Floats) -> Booleans:
    """Return the groups that surely have nothing to divide: everybody stays at a floor of 0.

    Floors of which none is below 0 add up to 0 only where each of them is 0. A weight that may be
    0 is left to exact arithmetic, and so is an offset, which may give money at any rate.
    """
    columns = panel.columns
    nothing = np.asarray((total[0] == 0) & (total[1] == 0) & (floors == 0) & (below == 0))
    if not nothing.any() or columns.offset is not None or columns.floor_error is not None:
        return np.zeros_like(nothing)
    error = columns.weight_error
    if error is not None and ((error > 0) & (columns.weight <= error)).any():
        return np.zeros_like(nothing)
    return nothing


def _blank(like: Floats) -> Signs:
    return np.full(like.shape, UNDECIDED)


def _start(panel: Panel, rows: Indices, total: Floats, share: Floats, within: Booleans) -> Floats:
    """Return where to begin: for a large group, the solution of a strided sample of it.

    The sample's total lies between its floors and caps where the whole total does (`share`).
    """
    size = isqrt(int(panel.sizes[0])) // 24
    if len(panel.sizes) > 1 or size < 2 or panel.unbounded(rows, total):
        return panel.proportional(rows, total)
    sample = panel.sample(2 * size)
    floors, caps, _ = sample.sums(rows)
    whole, total = total, floors + share * (caps - floors)
    plain = sample.proportional(rows, total)
    rate, miss = _newton(sample, rows, total, plain, within, np.array([1e-3]), passes=12)
    rate = np.where(np.isfinite(miss), rate, plain)
    unbounded = within & (np.abs(rate - plain) <= 1e-9 * plain)
    if unbounded.any():  # nobody in the sample is at a bound
        rate = np.where(unbounded, panel.proportional(rows, whole), rate)
    return rate


def _newton(
    panel: Panel,
    rows: Indices,
    total: Floats,
    start: Floats,
    within: Booleans,
    precision: Floats,
    passes: int = PASSES,
) -> tuple[Floats, Floats]:
    """Return rates and how far they may miss, as the last steps suggest; inf if not settled.

    `precision` is the part of the rate a miss has to stay below, (G,).
    """
    rate, moving = start.copy(), within.copy()
    low, high = np.zeros_like(rate), np.full_like(rate, np.inf)
    last, miss = np.full_like(rate, np.inf), np.full_like(rate, np.inf)
    for _ in range(passes):
        active = np.flatnonzero(moving.any(axis=1))
        if not len(active):
            break
        at, before, moves = rate[active], last[active], moving[active]
        money, slope = panel.step(rows[active], at)
        gap = total[active] - money
        below = np.where(gap > 0, at, low[active])
        above = np.where(gap < 0, at, high[active])
        step = np.where(gap == 0, 0.0, gap / slope)
        good = (at + step >= below) & (at + step <= above) & np.isfinite(step)
        halved = np.where(np.isfinite(above), 0.5 * (below + above), 4.0 * at)
        to = np.where(good, at + step, halved)
        size = np.where(good, np.abs(step), np.inf)
        # The miss after a step is some C times its square, and so was this step after the last;
        # with few districts, it is the share of the one whose breakpoint the step jumped.
        ratio = np.where(np.isfinite(before), (size / before) ** 2, 1.0)
        guess = size * np.minimum(np.maximum(ratio, 2.0 / panel.sizes), 1.0)
        rate[active] = np.where(moves, to, at)
        low[active], high[active], last[active] = below, above, size
        settled = moves & (guess <= precision * np.abs(to))
        miss[active] = np.where(settled, guess, miss[active])
        moving[active] = moves & ~settled
    return rate, miss


def _prove(
    panel: Panel,
    rows: Indices,
    money: tuple[Floats, Floats, Floats],
    rates: Rates,
    open_: Booleans,
    sides: Signs,
) -> Rates:
    """Ask for certificates until every rate in `open_` is proved or given up."""
    known = np.full_like(rates.width, np.nan)
    at = rates.rate.copy()
    for _ in range(ROUNDS):
        active = np.flatnonzero(open_.any(axis=1))
        if not len(active):
            break
        rate, width = at[active], rates.width[active]
        proof = _certify(panel, rows, active, rate, width, sides)
        answer = _Proof.of(panel, proof, rate, tuple(part[active] for part in money))
        holds = open_[active] & (answer.needed <= width)
        done = holds & (proof.undecided == 0)
        rates.status[active] = np.where(done, FITTED, rates.status[active])
        rates.rate[active] = np.where(done, answer.better, rates.rate[active])
        rates.error[active] = np.where(done, answer.better_error, rates.error[active])
        narrow = 2 * answer.least + 16 * UNIT * np.abs(rate)
        stuck = holds & ~done & (width <= 2 * narrow)
        rates.rate[active] = np.where(stuck, rate, rates.rate[active])
        known[active] = np.where(stuck, width, known[active])
        again = open_[active] & ~done & ~stuck & np.isfinite(answer.needed)
        closer = np.maximum(narrow, 1e-3 * width)
        wider = 2 * answer.needed + 16 * UNIT * np.abs(rate)
        at[active] = np.where(again, answer.better, rate)
        rates.width[active] = np.where(again, np.where(holds, closer, wider), width)
        open_[active] = again
    rates.width = known
    return rates


def _certify(
    panel: Panel, rows: Indices, active: Indices, rate: Floats, width: Floats, sides: Signs
) -> Certificate:
    if len(active) == len(rows):
        return panel.certify(rows, rate, width, sides)
    some = np.empty((len(active), sides.shape[1]), dtype=np.int8)
    proof = panel.certify(rows[active], rate, width, some)
    sides[active] = some
    return proof


class _Proof(Struct, frozen=True):
    """What a certificate says about its rates, every array (R, G).

    Let f be what everybody gets, r the rate and m a lower bound on the weight of those who are
    surely between their bounds at every rate within w of r. Then f(r + w) >= f(r) + m w and
    f(r - w) <= f(r) - m w. With gap = total - f(r) and |gap| <= m w the solution lies within w of
    r. The computed gap errs by `doubt` at most: the errors of the figures (`noise`), those of
    the sum of the x (a factor times sum(|x|), which is at most f + 2 sum(-floors below 0)),
    the total's own, and that of the subtraction.

    If moreover everybody's side is decided, f is a straight line there, and the solution is
    r + gap / slope; it errs by doubt / m, by gap times the relative error of the slope, and by
    rounding.
    """

    needed: Floats
    least: Floats
    better: Floats
    better_error: Floats

    @classmethod
    def of(
        cls, panel: Panel, proof: Certificate, rate: Floats, money: tuple[Floats, ...]
    ) -> _Proof:
        """Return what `proof` says, given totals, their errors and the floors below 0."""
        total, total_error, below = money
        # Pairwise inside a chunk; chunks are added by fsum, which rounds once.
        factor = pairwise_error_factor(min(panel.width, CHUNK)) + 2 * UNIT
        gap = total - proof.total
        doubt = proof.noise + total_error + factor * (np.abs(proof.total) + 2 * below)
        doubt = (doubt + 2 * UNIT * np.abs(gap)) * SLACK
        loss = proof.slope * (SLACK - 1) + proof.slope_error * SLACK
        slope = proof.slope - loss
        slope = np.where(slope > 0, slope, 0.0)
        step = gap / proof.slope
        better = rate + step
        rounding = 2 * UNIT * (np.abs(better) + np.abs(step))
        error = doubt / slope + np.abs(gap) / slope * (loss / proof.slope) + rounding
        return cls((np.abs(gap) + doubt) / slope * SLACK, doubt / slope, better, error * SLACK)
