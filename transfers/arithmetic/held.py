"""Figures with a bound on their error, and what is known of their sizes.

A bound can be held as an array, or as one number: the part of its size that each figure may err
by. Products, quotients and sums of what is not below 0 keep such a part, so that nobody need
compute it figure by figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.decimals import Decimals

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

U = 2.0**-53 * (1 + 2.0**-20)
# NumPy documents no bound for exp, log and power; its SIMD code is tested to 4 ulp.
U_TRANSCENDENTAL = 16 * U
SLACK = 1 + 2.0**-48  # for the rounding of the bounds themselves
TINY = 2.0**-1022  # below the normal range rounding is absolute
LARGEST = 1e300  # figures beyond are missing, for every reader


class Span(Struct, frozen=True):
    """What is known of the sizes of figures without looking at them again.

    None of them is missing, infinite, or larger in size than `most`; none but 0 is smaller in
    size than `least`; none is below 0 unless `below`, none is 0 unless `zero`.
    """

    least: float
    most: float
    below: bool
    zero: bool

    @property
    def sound(self) -> bool:
        """Whether the figures stay where rounding is relative, also after one operation."""
        return self.least >= _LEAST and self.most <= _MOST

    def joined(self, other: Span) -> Span:
        """Return what is known of figures of which some are these, some the others."""
        return Span(
            min(self.least, other.least),
            max(self.most, other.most),
            self.below or other.below,
            self.zero or other.zero,
        )


_LEAST, _MOST = 1e-280, 1e290


class Bounded:
    """Figures with a bound on their error.

    Parameters
    ----------
    value : (S, N) float64
        NaN is *missing*. One scenario or one district is a length of 1 and broadcasts.
    error : (S, N) float64, broadcastable to `value`
        0 where the float is the exact figure.
    decimals : Decimals, optional
        The exact figures, where they are known as decimals (0 where missing).

    Notes
    -----
    Where a bound on the error is known as a part of the figures' size (`ratio`), nobody need
    compute it figure by figure; where the figures are decimals, the floats are made when they
    are first asked for.
    """

    __slots__ = ("_error", "_span", "_value", "decimals", "ratio")

    def __init__(self, value: Floats, error: Floats, decimals: Decimals | None = None) -> None:
        self._value: Floats | None = value
        self._error: Floats | Callable[[], Floats] | None = error
        self.decimals = decimals
        self.ratio: float | None = None
        self._span: Span | Literal["unknown"] | None = "unknown"

    @classmethod
    def of_ratio(cls, value: Floats, ratio: float, span: Span) -> Bounded:
        """Return figures that err by a part of their size, none of them missing.

        Parameters
        ----------
        ratio : float
            ``|value - exact| <= ratio * |value|``, below 1/2.
        """
        figures = cls.__new__(cls)
        figures._value, figures._error, figures.decimals = value, None, None
        figures.ratio, figures._span = ratio, span
        return figures

    @classmethod
    def with_error_later(cls, value: Floats, error: Callable[[], Floats]) -> Bounded:
        """Return figures whose errors are made when they are first asked for."""
        figures = cls.__new__(cls)
        figures._value, figures._error, figures.decimals = value, error, None
        figures.ratio = figures._span = None
        return figures

    @classmethod
    def of_decimals(cls, decimals: Decimals) -> Bounded:
        """Return exact decimals, none of them missing."""
        figures = cls.__new__(cls)
        figures._value = figures._error = None
        figures.decimals, figures._span = decimals, "unknown"
        figures.ratio = decimals.float_ratio
        return figures

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the figures, (S, N)."""
        if self._value is not None:
            return self._value.shape
        assert self.decimals is not None
        return self.decimals.shape

    @property
    def value(self) -> Floats:
        """(S, N) float64, NaN where missing."""
        if self._value is None:
            assert self.decimals is not None
            self._value = self.decimals.floats()
        return self._value

    @property
    def error(self) -> Floats:
        """Of what broadcasts to (S, N): 0 where the float is the exact figure."""
        if self._error is None:
            if self.decimals is not None:
                self._error = self.decimals.float_error()
            else:
                self._error = np.abs(self.value)
                self._error *= self.ratio or 0.0
        elif callable(self._error):
            self._error = self._error()
        return self._error

    @property
    def span(self) -> Span | None:
        """What is known of the sizes, None where nothing is (and where a figure is missing)."""
        if self._span == "unknown":
            self._span = None
            if self.ratio is not None and self.decimals is not None:
                (low, high), places = self.decimals.limits, self.decimals.places
                unit = 10.0**-places
                most = float(max(high, -low)) * unit * 1.000001
                self._span = Span(unit, most, low < 0, low <= 0 <= high)
        return self._span

    @property
    def whole(self) -> bool:
        """Whether surely no figure is missing."""
        return self.ratio is not None

    @property
    def nowhere_below(self) -> bool:
        """Whether surely no figure is below 0."""
        span = self.span
        return span is not None and not span.below

    @property
    def missing(self) -> Mask:
        """(S, N) bool: which figures are missing."""
        if self.whole:
            return np.zeros(self.shape, dtype=bool)
        return np.isnan(self.value)

    def take_rows(self, rows: NDArray[np.intp]) -> Bounded:
        """Return the figures of some scenarios; one shared row stays one row."""
        if len(self.value) == 1:
            return self
        error = self.error if len(self.error) == 1 else self.error[rows]
        decimals = self.decimals
        if decimals is not None and len(decimals.mantissas) > 1:
            decimals = Decimals(decimals.mantissas[rows], decimals.places)
        return Bounded(self.value[rows], error, decimals)

    def spread_to(self, shape: tuple[int, ...]) -> Bounded:
        """Return the same figures as a full array of `shape`."""
        if self.shape == shape:
            return self
        full = Bounded.__new__(Bounded)
        full._value = full._error = full.decimals = None
        full.ratio, full._span = self.ratio, self._span
        if self.decimals is not None:
            spread = np.ascontiguousarray(np.broadcast_to(self.decimals.mantissas, shape))
            limits = self.decimals.limits
            full.decimals = Decimals.within(spread, self.decimals.places, limits)
        if self.decimals is None or self.ratio is None:
            full._value = np.ascontiguousarray(np.broadcast_to(self.value, shape))
        if self.ratio is None:
            full._error = np.broadcast_to(self.error, shape)
        return full


def ratios(left: Bounded, right: Bounded) -> tuple[Span, Span, float, float] | None:
    """Return what is known of sizes and errors, where both sides err by a part of their size."""
    if left.ratio is None or right.ratio is None:
        return None
    one, other = left.span, right.span
    if one is None or other is None or not (one.sound and other.sound):
        return None
    return one, other, left.ratio, right.ratio


def sum_of_ratios(left: Bounded, right: Bounded) -> Bounded | None:
    """Return a sum of figures not below 0, which errs by a part of its size as they do."""
    known = ratios(left, right)
    if known is None or known[0].below or known[1].below:
        return None
    one, other, mine, theirs = known
    zero = one.zero and other.zero
    span = Span(min(one.least, other.least), (one.most + other.most) * SLACK, False, zero)
    ratio = max(mine, theirs) * SLACK + 2 * U
    return Bounded.of_ratio(left.value + right.value, ratio, span) if span.sound else None


def long_sum_of_ratios(figures: Sequence[Bounded]) -> Bounded | None:
    """Return the sum of many figures not below 0, added in a tree that their order gives."""
    spans = [part.span for part in figures if part.ratio is not None and part.nowhere_below]
    known = [span for span in spans if span is not None and span.sound]
    if len(known) < len(figures):
        return None
    most = sum(span.most for span in known) * (1 + len(known) * U)
    zero = all(span.zero for span in known)
    span = Span(min(span.least for span in known), most, False, zero)
    if not span.sound:
        return None
    ratio = max(part.ratio or 0.0 for part in figures) * SLACK + 2 * len(figures) * U
    return Bounded.of_ratio(_tree_sum([part.value for part in figures]), ratio, span)


def _tree_sum(values: list[Floats]) -> Floats:
    """Add arrays in pairs, and pairs in pairs: in one order, whichever of them have more rows.

    What has one row is added as one row until it meets more.
    """
    while len(values) > 1:
        pairs = zip(values[::2], values[1::2], strict=False)
        values = [left + right for left, right in pairs] + values[len(values) & ~1 :]
    return values[0]


def product_of_ratios(left: Bounded, right: Bounded) -> Bounded | None:
    """Return a product of figures that err by a part of their size: their parts add up."""
    known = ratios(left, right)
    if known is None:
        return None
    one, other, mine, theirs = known
    least, most = one.least * other.least / SLACK, one.most * other.most * SLACK
    span = Span(least, most, one.below or other.below, one.zero or other.zero)
    if not span.sound:
        return None
    ratio = (mine + theirs + mine * theirs) * SLACK + 2 * U
    return Bounded.of_ratio(left.value * right.value, ratio, span)


def quotient_of_ratios(left: Bounded, right: Bounded) -> Bounded | None:
    """Return a quotient of figures that err by a part of their size, by others than 0."""
    known = ratios(left, right)
    if known is None or known[1].zero:
        return None
    one, other, mine, theirs = known
    least, most = one.least / other.most / SLACK, one.most / other.least * SLACK
    span = Span(least, most, one.below or other.below, one.zero)
    if not span.sound:
        return None
    ratio = (mine + theirs) / (1 - theirs) * SLACK + 2 * U
    return Bounded.of_ratio(left.value / right.value, ratio, span)
