"""Passes over a panel: some scenarios, some groups, in working arrays that stay in the cache.

A panel holds whole groups side by side, or one group too large for the cache that is then walked
through in chunks. Per pass every figure is touched once. All sums of a scenario run in an order
that depends on the groups alone, so a scenario's figures don't depend on its company.

How errors are bounded
----------------------
u = 2**-53. For a rate r known within w, the exact ``rate * weight - offset`` of a district lies
within ``E = (w + 4u r) a + (r + w) ea + eb + 4u |b|`` of the computed v = fl(fl(r a) - b): w a and
(r + w) ea from the rate and the weight, eb from the offset, u r a from the product, and
u |v| <= u (1 + u)(r a + |b|) from the difference. What is left over (some 2u r a + 3u |b|) covers
the rounding of the sums v - E and v + E that are compared with the bounds. E itself, and the
bounds' own errors, are raised by the factor SLACK, which covers the rounding of E.

A clip moves no two numbers apart, so E also bounds the error of an entitlement between its
bounds; one at a bound has the error of the bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.axes import Kind, sum_segments, widened
from transfers.kernel.columns import SLACK, UNDECIDED, UNIT, Columns

Floats = NDArray[np.float64]
Signs = NDArray[np.int8]
Booleans = NDArray[np.bool_]
Counts = NDArray[np.int64]
Indices = NDArray[np.intp]


class Certificate(Struct, frozen=True):
    """What one pass proves about the rates it was made at; every array (R, G)."""

    total: Floats  # what everybody gets at the rate
    noise: Floats  # how far the figures in `total` may be from exact; their sum not included
    slope: Floats  # the weights of those strictly between their bounds
    slope_error: Floats
    undecided: Counts


class Panel:
    """Some groups' columns, cut into chunks.

    Parameters
    ----------
    columns : Columns
    chunks : sequence of slice
        Of the columns; more than one only where the panel is a single group.
    sizes : (G,) intp
        Members of each group of the panel, none of them 0.
    scratch : dict
        Working memory, shared by panels that are used one after the other.
    """

    def __init__(
        self,
        columns: Columns,
        chunks: Sequence[slice],
        sizes: Indices,
        scratch: dict[str, Floats],
    ) -> None:
        self.columns = columns
        self.chunks = chunks
        self.sizes = sizes
        self.starts = (np.cumsum(sizes) - sizes).astype(np.intp)
        self.of = np.repeat(np.arange(len(sizes)), sizes) if len(sizes) > 1 else None
        self.width = int(sizes.sum())
        self._scratch = scratch

    def sample(self, stride: int) -> Panel:
        """Return every `stride`-th member of a panel that is a single group, without errors.

        Copied: strided passes over the whole would fetch a line of memory per figure.
        """
        every = slice(self.chunks[0].start, self.chunks[-1].stop, stride)
        whole, offset = self.columns, self.columns.offset
        columns = Columns(
            np.ascontiguousarray(whole.weight[:, every]),
            None if offset is None else np.ascontiguousarray(offset[:, every]),
            np.ascontiguousarray(whole.floor[:, every]),
            np.ascontiguousarray(whole.cap[:, every]),
            *(None,) * 5,
        )
        size = len(range(every.start, every.stop, stride))
        return type(self)(columns, [slice(0, size)], np.array([size], dtype=np.intp), self._scratch)

    # -- plumbing ------------------------------------------------------------------------------

    def _part(self, values: NDArray[Kind], rows: Indices, chunk: slice) -> NDArray[Kind]:
        """Return the rows and columns asked for, as a view where that is possible."""
        if values.shape[0] == 1:
            return values[:1, chunk]
        first, last = int(rows[0]), int(rows[-1]) + 1
        if last - first == len(rows):
            return values[first:last, chunk]
        return values[rows, chunk]

    def _maybe(self, values: Floats | None, rows: Indices, chunk: slice) -> Floats | None:
        return None if values is None else self._part(values, rows, chunk)

    def _work(self, name: str, n_rows: int, like: Floats | int) -> Floats:
        """Return a working array, the same memory on each call."""
        columns = like if isinstance(like, int) else like.shape[1]
        size = n_rows * columns
        held = self._scratch.get(name)
        if held is None or len(held) < size:
            held = self._scratch[name] = np.empty(size)
        return held[:size].reshape(n_rows, columns)

    def spread(self, per_group: NDArray[Kind]) -> NDArray[Kind]:
        """Give every member the figure of its group: (R, G) -> (R, n), or (R, 1) of one group."""
        return per_group if self.of is None else per_group.take(self.of, axis=1)

    def _sum(self, values: Floats) -> Floats:
        """Add up each group: (R, n) -> (R, G)."""
        if self.of is None:
            total: Floats = np.add.reduce(values, axis=1, keepdims=True)
            return total
        return sum_segments(values, self.starts, self.sizes)

    @staticmethod
    def _join(parts: Sequence[Floats]) -> Floats:
        """Add the sums of the chunks; more than one is always a single number each."""
        if len(parts) == 1:
            return parts[0]
        return np.array([[fsum(float(part[0, 0]) for part in parts)]])

    # -- passes --------------------------------------------------------------------------------

    def sums(self, rows: Indices) -> tuple[Floats, Floats, Floats]:
        """Add up the floors, the caps and, as its size, the part of the floors below 0."""
        floors, caps, below = [], [], []
        for chunk in self.chunks:
            lo = self._part(self.columns.floor, rows, chunk)
            hi = self._part(self.columns.cap, rows, chunk)
            floors.append(self._sum(np.ascontiguousarray(lo)))
            caps.append(self._sum(np.ascontiguousarray(hi)))
            if lo.size and lo.min() < 0:
                below.append(self._sum(-np.minimum(lo, 0.0)))
            else:
                below.append(np.zeros_like(floors[-1]))
        shape = (len(rows), len(self.sizes))
        least, most = self._join(floors), self._join(caps)
        return (
            widened(least, shape),
            widened(most, shape),
            widened(self._join(below), shape),
        )

    def unbounded(self, rows: Indices, total: Floats) -> bool:
        """Tell whether surely no share of the totals meets a bound: no floors, caps of it all."""
        floor, cap = self.columns.floor, self.columns.cap
        whole = slice(self.chunks[0].start, self.chunks[-1].stop)
        return (
            self.columns.offset is None
            and not floor[:, whole].any()
            and self._part(cap, rows, whole).min(initial=np.inf) >= total.max(initial=0.0)
        )

    def proportional(self, rows: Indices, total: Floats) -> Floats:
        """Return the rates there would be without bounds; 0 where nobody has weight."""
        weights, offsets = [], []
        for chunk in self.chunks:
            a = self._part(self.columns.weight, rows, chunk)
            weights.append(self._sum(np.ascontiguousarray(a)))
            if self.columns.offset is not None:
                b = self._part(self.columns.offset, rows, chunk)
                offsets.append(self._sum(np.ascontiguousarray(b)))
        weight = self._join(weights)
        money = total + self._join(offsets) if offsets else total
        return np.divide(money, weight, out=np.zeros_like(total), where=weight > 0)

    def step(self, rows: Indices, rate: Floats) -> tuple[Floats, Floats]:
        """Return the totals at `rate` (R, G) and their slopes, without bounds on their error."""
        sums, slopes = [], []
        for chunk in self.chunks:
            a = self._part(self.columns.weight, rows, chunk)
            v, x = self._work("v", len(rows), a), self._work("x", len(rows), a)
            self._shares(rows, chunk, rate, v)
            np.maximum(v, self._part(self.columns.floor, rows, chunk), out=x)
            np.minimum(x, self._part(self.columns.cap, rows, chunk), out=x)
            sums.append(self._sum(x))
            np.multiply(a, np.equal(x, v), out=v)
            slopes.append(self._sum(v))
        return self._join(sums), self._join(slopes)

    def _shares(self, rows: Indices, chunk: slice, rate: Floats, out: Floats) -> None:
        a = self._part(self.columns.weight, rows, chunk)
        np.multiply(self.spread(rate), a, out=out)
        if self.columns.offset is not None:
            np.subtract(out, self._part(self.columns.offset, rows, chunk), out=out)

    def _extra(self, rows: Indices, chunk: slice, reach: Floats) -> Floats | None:
        """Return E less its multiple of the weight, or None where that is 0 for all."""
        extra: Floats | None = None
        ea = self._maybe(self.columns.weight_error, rows, chunk)
        if ea is not None:
            extra = self.spread(reach * SLACK) * ea
        b = self._maybe(self.columns.offset, rows, chunk)
        if b is not None:
            eb = self._maybe(self.columns.offset_error, rows, chunk)
            off = np.abs(b) * (4 * UNIT * SLACK)
            if eb is not None:
                off = off + eb * SLACK
            extra = off if extra is None else extra + off
        return extra

    def certify(self, rows: Indices, rate: Floats, width: Floats, sides: Signs) -> Certificate:
        """Decide who is where at every rate within `width` of `rate`, and what that proves.

        Fills `sides` (R, n) with -1, 0 or 1 where decided, UNDECIDED elsewhere.
        """
        parts: list[tuple[Floats, ...]] = []
        undecided: list[Counts] = []
        for chunk, place in zip(self.chunks, self._places(), strict=True):
            side = sides[:, place]
            sums, extra, unknown = self._decide(rows, chunk, (rate, width), side)
            undecided.append(self._count(unknown))
            parts.append((sums, *self._weigh(rows, chunk, side, unknown, extra)))
        total, slope, loose, extra_sum, slope_error = map(self._join, zip(*parts, strict=True))
        noise = 4 * UNIT * SLACK * np.abs(rate) * (slope + loose) + extra_sum
        counts = undecided[0] if len(undecided) == 1 else np.sum(undecided, axis=0)
        return Certificate(total, noise, slope, slope_error, counts)

    def _places(self) -> list[slice]:
        """Return where each chunk stands in arrays of the panel's own width."""
        first = self.chunks[0].start
        return [slice(chunk.start - first, chunk.stop - first) for chunk in self.chunks]

    def _count(self, mask: Booleans) -> Counts:
        if not mask.any():
            return np.zeros((mask.shape[0], len(self.sizes)), dtype=np.int64)
        if self.of is None:
            return np.count_nonzero(mask, axis=1, keepdims=True).astype(np.int64)
        return sum_segments(mask.astype(np.int64), self.starts, self.sizes)

    def _decide(
        self, rows: Indices, chunk: slice, rates: tuple[Floats, Floats], side: Signs
    ) -> tuple[Floats, Floats | None, Booleans]:
        """Fill `side`; return the sums of the clipped shares, the extra part of E, who is not."""
        rate, width = rates
        a = self._part(self.columns.weight, rows, chunk)
        lo = self._part(self.columns.floor, rows, chunk)
        hi = self._part(self.columns.cap, rows, chunk)
        elo = self._maybe(self.columns.floor_error, rows, chunk)
        ehi = self._maybe(self.columns.cap_error, rows, chunk)
        v, e, down, up = (self._work(name, len(rows), a) for name in "vexy")
        self._shares(rows, chunk, rate, v)
        np.multiply(self.spread((width + 4 * UNIT * np.abs(rate)) * SLACK), a, out=e)
        extra = self._extra(rows, chunk, np.abs(rate) + width)
        if extra is not None:
            e += extra
        _around(v, e, elo, down, up)
        at_floor, between = up <= lo, down > lo
        if elo is not None or ehi is not None:
            _around(v, e, ehi, down, up)
        at_cap = down >= hi
        between &= up < hi
        fixed = self.columns.fixed
        fixed = hi <= lo if fixed is None else self._part(fixed, rows, chunk)
        if fixed.any():
            at_floor |= fixed
            loose = ~fixed
            at_cap &= loose
            between &= loose
        np.subtract(at_cap.view(np.int8), at_floor.view(np.int8), out=side)
        between |= at_floor
        between |= at_cap
        unknown = np.logical_not(between, out=between)
        if unknown.any():
            side[unknown] = UNDECIDED
        np.maximum(v, lo, out=v)
        np.minimum(v, hi, out=v)
        return self._sum(v), extra, unknown

    def _weigh(
        self, rows: Indices, chunk: slice, side: Signs, unknown: Booleans, extra: Floats | None
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Return the weights between bounds, those undecided, and the sums of the errors."""
        a = self._part(self.columns.weight, rows, chunk)
        work = self._work("x", len(rows), a)
        between = side == 0
        slope = self._sum(np.multiply(a, between, out=work))
        nothing = np.zeros_like(slope)
        loose = self._sum(np.multiply(a, unknown, out=work)) if unknown.any() else nothing
        ea = self._maybe(self.columns.weight_error, rows, chunk)
        slope_error = nothing if ea is None else self._sum(np.multiply(ea, between, out=work))
        elo = self._maybe(self.columns.floor_error, rows, chunk)
        ehi = self._maybe(self.columns.cap_error, rows, chunk)
        # A clip between bounds that err, errs by both of them at most, and by `extra`. Counting
        # all three for everybody costs little: a sum of that many figures errs by far more.
        errors = [self._sum(part) for part in (extra, elo, ehi) if part is not None]
        return slope, loose, sum(errors, nothing), slope_error

    def _add_errors(
        self,
        rows: Indices,
        chunk: slice,
        extra: tuple[Floats | None, Booleans],
        at_bounds: tuple[Booleans, Booleans],
        out: Floats,
    ) -> None:
        """Add the errors that are no multiple of the weight to `out`.

        `extra` counts where its mask says, the errors of floors and caps where `at_bounds` does.
        """
        elo = self._maybe(self.columns.floor_error, rows, chunk)
        ehi = self._maybe(self.columns.cap_error, rows, chunk)
        parts = ((extra[0], extra[1]), (elo, at_bounds[0]), (ehi, at_bounds[1]))
        for errors, mask in parts:
            if errors is not None:
                out += np.multiply(errors, mask, out=self._work("y", *out.shape))

    def write(
        self,
        rows: Indices,
        rate: tuple[Floats, Floats],
        sides: Signs,
        out: tuple[Floats, Floats | None],
        *,
        certain: bool,
    ) -> None:
        """Fill `out`, entitlements and their errors (R, n), from rates, their errors and sides.

        `certain`: a certificate decided all sides, at a rate within its width of this one. It
        then compared ``v + E`` with the floor and ``v - E`` with the cap, and E exceeds what lies
        between v there and v here, so v is at or beyond exactly the bounds of those at a bound.
        """
        kappa = (rate[1] + 4 * UNIT * np.abs(rate[0])) * SLACK
        for chunk, place in zip(self.chunks, self._places(), strict=True):
            assert out[1] is not None
            value, error, side = out[0][:, place], out[1][:, place], sides[:, place]
            a = self._part(self.columns.weight, rows, chunk)
            v = self._work("v", len(rows), a)
            self._shares(rows, chunk, rate[0], v)
            lo = self._part(self.columns.floor, rows, chunk)
            hi = self._part(self.columns.cap, rows, chunk)
            elo = self._maybe(self.columns.floor_error, rows, chunk)
            ehi = self._maybe(self.columns.cap_error, rows, chunk)
            # Where a certificate decided the sides, the bounds clip exactly those at a bound.
            # Bounds that err must not move a share that was decided to lie between them.
            np.maximum(v, lo if certain or elo is None else lo - elo * SLACK, out=v)
            np.minimum(v, hi if certain or ehi is None else hi + ehi * SLACK, out=value)
            between = side == 0
            np.multiply(a, between, out=v)
            np.multiply(self.spread(kappa), v, out=error)
            extra = self._extra(rows, chunk, np.abs(rate[0]) + rate[1])
            if elo is None and ehi is None:
                if extra is not None:
                    error += extra * between
                continue
            at_floor, at_cap = side == -1, side == 1
            fixed = self.columns.fixed
            if not certain or (fixed is not None and self._part(fixed, rows, chunk).any()):
                np.copyto(value, lo, where=at_floor)
                np.copyto(value, hi, where=at_cap)
            self._add_errors(rows, chunk, (extra, between), (at_floor, at_cap), error)

    def place(self, k: int) -> slice:
        """Return where group `k` stands in arrays of the panel's own width."""
        start = int(self.starts[k])
        return slice(start, start + int(self.sizes[k]))

    def put_at_bounds(self, s: int, k: int, sides: Signs, out: Floats) -> None:
        """Give the members of group `k` who are at a bound exactly that bound, in scenario `s`."""
        place = self.place(k)
        first = self.chunks[0].start
        columns = slice(first + place.start, first + place.stop)
        row = np.array([s], dtype=np.intp)
        for side, bound in ((-1, self.columns.floor), (1, self.columns.cap)):
            np.copyto(out[place], self._part(bound, row, columns)[0], where=sides[place] == side)


def _around(v: Floats, e: Floats, bound_error: Floats | None, down: Floats, up: Floats) -> None:
    """Fill `down` and `up` with the ends of what `v` may be, seen from a bound with an error."""
    if bound_error is None:
        np.subtract(v, e, out=down)
        np.add(v, e, out=up)
        return
    np.multiply(bound_error, SLACK, out=up)
    up += e
    np.subtract(v, up, out=down)
    np.add(v, up, out=up)
