"""Bounds: the least and the most each district may get, and fixed values.

Method: sections 2, 5 and 6.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.figure import ZERO, Figure


class Declared(Struct, frozen=True, eq=False):
    """A floor, a cap or a fixed value as a document declares it.

    Parameters
    ----------
    figure : Figure, (S, N)
        In quanta; 0 where there is none.
    present : (S, N) or (1, 1) bool
        Where there is one: the formula did not say ``none``.
    missing : (S, N) or (1, 1) bool
        Where the formula has no figure.
    """

    figure: Figure
    present: Mask
    missing: Mask


class Bounds(Struct, frozen=True, eq=False):
    """Floors and caps of all districts, the cap never below the floor.

    Parameters
    ----------
    floor, cap : Figure, (S | 1, N), quanta
    floored, capped : (S | 1, N) bool
        Where a floor, or a cap, was declared for an eligible district that is not fixed.
    fixed : (S | 1, N) bool
        Where a fixed value is both.
    crossed : (S | 1, N) bool
        Where the declared floor lay above the cap, and won.
    """

    floor: Figure
    cap: Figure
    floored: Mask
    capped: Mask
    fixed: Mask
    crossed: Mask


def declared(figure: Figure) -> Declared:
    """Take apart what a formula says: a figure, ``none`` (+inf), or nothing at all (NaN)."""
    if figure.bounded.whole:
        everywhere = np.ones((1, 1), dtype=bool)
        return Declared(figure, everywhere, ~everywhere)
    absent = np.isposinf(figure.value)
    missing = np.isnan(figure.value)
    empty = absent | missing
    if empty.any():
        inner = figure.bounded
        value = np.where(empty, 0.0, inner.value)
        error = np.where(empty, 0.0, inner.error)
        figure = Figure(Bounded(value, error, inner.decimals), figure.exact)
        figure = figure.where(~empty, ZERO)
    return Declared(figure, ~empty, missing)


def bounds(
    floor: Declared | None,
    cap: Declared | None,
    fixed: Declared | None,
    eligible: Mask,
    most: Figure,
) -> Bounds:
    """Return the bounds of a division.

    Without a floor the least is 0, and so it is where a floor is negative; without a cap the most
    is all there is. A fixed district gets its value, whatever its bounds. Of a floor above its
    cap, the floor counts.

    Parameters
    ----------
    most : Figure, (S, N)
        The money of each district's group.
    """
    none = np.zeros_like(eligible)
    is_fixed = none if fixed is None else eligible & fixed.present
    floored = none if floor is None else eligible & floor.present & ~is_fixed
    capped = none if cap is None else eligible & cap.present & ~is_fixed
    low = ZERO if floor is None else floor.figure.where(floored, ZERO)
    if floor is not None:
        low = _not_below_zero(low)
    high = most if cap is None else cap.figure.where(capped, most)
    if capped.any():
        high = _not_below_zero(high)
    high = high.where(eligible, ZERO)
    crossed = low.exceeds(high)
    high = low.where(crossed, high)
    if fixed is not None:
        low = fixed.figure.where(is_fixed, low)
        high = fixed.figure.where(is_fixed, high)
    low, high = (f.spread_to((f.bounded.shape[0], eligible.shape[1])) for f in (low, high))
    return Bounds(
        low,
        high,
        floored,
        capped,
        is_fixed,
        crossed & capped & floored,
    )


def _not_below_zero(figure: Figure) -> Figure:
    """Return the figures, 0 where they are below it."""
    return figure if figure.bounded.nowhere_below else figure.where(figure.signs() > 0, ZERO)


def clipped(figure: Figure, floor: Declared | None, cap: Declared | None) -> Figure:
    """Return claims brought inside their bounds; of a floor above its cap, the floor counts."""
    if cap is not None:
        above = cap.present & (figure.compared(cap.figure) > 0)
        figure = cap.figure.where(above, figure)
    if floor is not None:
        below = floor.present & (figure.compared(floor.figure) < 0)
        figure = floor.figure.where(below, figure)
    return figure
