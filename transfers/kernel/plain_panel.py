"""Passes over panels whose figures err by a part of their size, as those of most divisions do.

Where no district has an offset, no bound is below 0, and weights and bounds are known within a
part of their size, errors need no arrays of their own. They widen the rate instead.

How errors are bounded
----------------------
With u = 2**-53, let weights err by at most p and bounds by at most q of their size. For a rate r
known within w, the exact ``rate * weight`` of a district lies within ``E = c a`` of r a, where
c = (w + 4u r) + (r + w) p. Seen from a bound h that errs by q h at most,

- r a + E <= h (1 - q) follows from (r a + E) (1 + q') <= h, with 1 + q' >= 1 / (1 - q);
- r a - E >= h (1 + q) follows from (r a - E) (1 - q') >= h.

Both hold if they do for ``(r + d) a`` and ``(r - d) a`` with d = c + q' (r + c), raised by the
rounding of d and of the product. So two products decide on which side of both bounds a district
is.

A clip of figures not below 0 that err by parts of their size errs by the largest of these parts:
so does the sum of what everybody gets, apart from its own rounding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from transfers.kernel.columns import SLACK, UNDECIDED, UNIT
from transfers.kernel.panel import Certificate, Panel

Floats = NDArray[np.float64]
Signs = NDArray[np.int8]
Booleans = NDArray[np.bool_]
Counts = NDArray[np.int64]
Indices = NDArray[np.intp]


class PlainPanel(Panel):
    """A panel of a division without offsets, whose figures err by a part of their size."""

    def certify(self, rows: Indices, rate: Floats, width: Floats, sides: Signs) -> Certificate:
        """Decide who is where at every rate within `width` of `rate`, and what that proves.

        Fills `sides` (R, n) with -1, 0 or 1 where decided, UNDECIDED elsewhere.
        """
        reach = self.reach(rate, width)
        totals, slopes, undecided = [], [], []
        for chunk, place in zip(self.chunks, self._places(), strict=True):
            total, slope, unknown = self._sides(rows, chunk, (rate, reach), sides[:, place])
            totals.append(total)
            slopes.append(slope)
            undecided.append(self._count(unknown))
        total, slope = self._join(totals), self._join(slopes)
        weight, bound = self.columns.weight_ratio, self.columns.bound_ratio
        noise = np.abs(total) * (max(weight + 4 * UNIT, bound) * SLACK)
        counts = undecided[0] if len(undecided) == 1 else np.sum(undecided, axis=0)
        return Certificate(total, noise, slope, slope * (weight * SLACK), counts)

    def reach(self, rate: Floats, width: Floats) -> Floats:
        """Return d: what a rate known within `width` may seem to be, from a bound that errs."""
        size = np.abs(rate)
        error = (width + 4 * UNIT * size + (size + width) * self.columns.weight_ratio) * SLACK
        ratio = self.columns.bound_ratio
        if ratio:
            error = error + ratio * SLACK * (size + error) * SLACK
        return (error + 4 * UNIT * (size + error)) * SLACK

    def _sides(
        self, rows: Indices, chunk: slice, rates: tuple[Floats, Floats], side: Signs
    ) -> tuple[Floats, Floats, Booleans]:
        """Fill `side`; return the sums of clipped shares, of weights between, and who is not."""
        rate, reach = rates
        a = self._part(self.columns.weight, rows, chunk)
        lo = self._part(self.columns.floor, rows, chunk)
        hi = self._part(self.columns.cap, rows, chunk)
        v, x = self._work("v", len(rows), a), self._work("x", len(rows), a)
        np.multiply(self.spread(rate + reach), a, out=v)
        at_floor, reaches_cap = v <= lo, v >= hi
        np.multiply(self.spread(rate - reach), a, out=x)
        may_be_at_floor, at_cap = x <= lo, x >= hi
        fixed = self.columns.fixed
        fixed = hi <= lo if fixed is None else self._part(fixed, rows, chunk)
        if fixed.any():
            at_floor |= fixed
            may_be_at_floor |= fixed
            loose = ~fixed
            at_cap &= loose
            reaches_cap &= loose
        np.subtract(at_cap.view(np.int8), at_floor.view(np.int8), out=side)
        unknown = at_floor ^ may_be_at_floor
        unknown |= at_cap ^ reaches_cap
        if unknown.any():
            side[unknown] = UNDECIDED
        self._shares(rows, chunk, rate, v)
        np.maximum(v, lo, out=v)
        np.minimum(v, hi, out=v)
        may_be_at_floor |= reaches_cap
        between = np.logical_not(may_be_at_floor, out=may_be_at_floor)
        return self._sum(v), self._sum(np.multiply(a, between, out=x)), unknown

    def write(
        self,
        rows: Indices,
        rate: tuple[Floats, Floats],
        sides: Signs,
        out: tuple[Floats, Floats | None],
        *,
        certain: bool,
    ) -> None:
        """Fill `out`, entitlements (R, n), from rates and sides; errors are made when asked for.

        See :meth:`Panel.write` for `certain`.
        """
        for chunk, place in zip(self.chunks, self._places(), strict=True):
            value = out[0][:, place]
            self._shares(rows, chunk, rate[0], value)
            lo = self._part(self.columns.floor, rows, chunk)
            hi = self._part(self.columns.cap, rows, chunk)
            ratio = self.columns.bound_ratio
            # Bounds that err must not move a share that was decided to lie between them.
            loose = not certain and ratio > 0
            np.maximum(value, lo * (1 - 2 * ratio) if loose else lo, out=value)
            np.minimum(value, hi * (1 + 2 * ratio) if loose else hi, out=value)
            fixed = self.columns.fixed
            if not certain or (fixed is not None and self._part(fixed, rows, chunk).any()):
                side = sides[:, place]
                np.copyto(value, lo, where=side == -1)
                np.copyto(value, hi, where=side == 1)
