"""The one rate of a pool, and whole amounts, in fractions (method, sections 2 and 4).

District i gets ``clip(rate * weight - offset, floor, cap)``. The total rises with the rate along
straight lines between *bends*, the rates at which somebody leaves a floor or reaches a cap; so
all bends are tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from transfers.reference.formulas import half_away

Rounding = Literal["largest_remainder", "webster", "half_up", "to_most"]


@dataclass(frozen=True, slots=True)
class Member:
    """One district in one pool; figures of money in quanta (in units, for a stage).

    Parameters
    ----------
    order : int or str
        Ties go to the smaller: the rank of the key, or the name of a group.
    most : Fraction
        For rounding `to_most`: the figure of the column.
    rounds_up : bool
        The cap is a claim, or a floor that was scaled: it may be rounded up, the declared cap not.
    declared_cap : Fraction, optional
    """

    weight: Fraction
    offset: Fraction
    floor: Fraction
    cap: Fraction
    order: int | str
    most: Fraction = Fraction(0)
    rounds_up: bool = False
    declared_cap: Fraction | None = None

    def whole_bounds(self, unit: int) -> tuple[int, int]:
        """Return the least and most whole units; the two around the bounds if none lie between."""
        payable = self.cap
        if self.rounds_up:
            payable = Fraction(ceil(self.cap / unit) * unit)
            if self.declared_cap is not None:
                payable = max(self.floor, min(payable, self.declared_cap))
        lower, upper = ceil(self.floor / unit), floor(payable / unit)
        return (lower, upper) if lower <= upper else (lower - 1, lower)

    def at(self, rate: Fraction) -> Fraction:
        """Return what the district gets at a rate; of crossing bounds the floor wins."""
        return max(self.floor, min(self.cap, rate * self.weight - self.offset))

    @property
    def moves(self) -> bool:
        """Whether the rate matters to the district at all."""
        return self.weight > 0 and self.cap > self.floor

    @property
    def bends(self) -> list[Fraction]:
        """The rates at which the district leaves its floor and reaches its cap."""
        if not self.moves:
            return []
        return [(bound + self.offset) / self.weight for bound in (self.floor, self.cap)]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit came to.

    Parameters
    ----------
    status : {"short", "fitted", "surplus"}
        Short: the least that must be given exceeds the money; no rate, nobody gets anything.
    """

    status: Literal["short", "fitted", "surplus"]
    members: list[Member]
    total: Fraction
    rate: Fraction
    entitlements: list[Fraction]


def fit(members: list[Member], total: Fraction) -> Fitted:
    """Find the rate at which the members together get `total`."""
    bends = sorted({bend for member in members for bend in member.bends})
    below = bends[0] - 1 if bends else Fraction(0)  # below all bends nothing moves
    above = bends[-1] + 1 if bends else Fraction(0)
    if _given(members, below) > total:
        return Fitted("short", members, total, Fraction(0), [Fraction(0)] * len(members))
    if _given(members, above) < total:
        rate = _settled_rate(bends[-1] if bends else None, None)
        return Fitted("surplus", members, total, rate, [m.at(rate) for m in members])
    rate = _fitting_rate(members, total, bends)
    return Fitted("fitted", members, total, rate, [m.at(rate) for m in members])


def _given(members: list[Member], rate: Fraction) -> Fraction:
    return sum((member.at(rate) for member in members), Fraction(0))


def _fitting_rate(members: list[Member], total: Fraction, bends: list[Fraction]) -> Fraction:
    """Return the rate that fits; where an interval of rates does, its lowest point."""
    at_bends = [_given(members, bend) for bend in bends]
    exact = [bend for bend, given in zip(bends, at_bends, strict=True) if given == total]
    if exact:
        from_the_start = exact[0] == bends[0]  # what is given at the first bend is given below it
        to_the_end = exact[-1] == bends[-1]
        return _settled_rate(
            None if from_the_start else exact[0], None if to_the_end else exact[-1]
        )
    if not bends:
        return Fraction(0)
    after = next(k for k, given in enumerate(at_bends) if given > total)
    low, high = bends[after - 1], bends[after]
    rise = (at_bends[after] - at_bends[after - 1]) / (high - low)
    return low + (total - at_bends[after - 1]) / rise


def _settled_rate(lowest: Fraction | None, highest: Fraction | None) -> Fraction:
    """Return the lowest rate of an interval, but 0 where the interval reaches below 0 and to it."""
    if highest is None or highest >= 0:
        return Fraction(0) if lowest is None else max(lowest, Fraction(0))
    return highest if lowest is None else lowest


def scaled_floors(members: list[Member], total: Fraction) -> Fitted:
    """Divide what there is in proportion to the floors (section 14: these replace the floors)."""
    zero = Fraction(0)
    return fit(
        [
            replace(m, weight=m.floor, offset=zero, floor=zero, cap=m.floor, rounds_up=True)
            for m in members
        ],
        total,
    )


# -- whole amounts -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Seat:
    """One district while whole units are handed out. A unit is the grant's quantum."""

    member: Member
    entitled: Fraction
    lower: int
    upper: int
    units: int = 0


def whole_amounts(fitted: Fitted, rule: Rounding, unit: int = 1) -> list[int]:
    """Round entitlements to whole amounts that add up to the money (section 4).

    Parameters
    ----------
    unit : int
        Quanta in the grant's smallest payable sum.
    """
    seats = [
        _Seat(member, entitled / unit, *member.whole_bounds(unit))
        for member, entitled in zip(fitted.members, fitted.entitlements, strict=True)
    ]
    money = fitted.total
    if fitted.status == "surplus":
        money = sum(fitted.entitlements, Fraction(0))
    units = _hand_out(seats, floor(money / unit), rule, fitted.rate, unit)
    return [unit * number for number in units]


def _hand_out(
    seats: list[_Seat], target: int, rule: Rounding, rate: Fraction, unit: int
) -> list[int]:
    """Give `target` units to the seats, one at a time, inside their bounds."""
    if rule == "half_up":  # section 22: does not close
        return [_clip(half_away(seat.entitled), seat) for seat in seats]
    if sum(seat.lower for seat in seats) > target:  # whole floors do not fit: rounded down
        for seat in seats:
            seat.lower = min(seat.lower, floor(seat.member.floor / unit))
    least, most = sum(seat.lower for seat in seats), sum(seat.upper for seat in seats)
    target = max(least, min(target, most))
    prefers = _ORDERS[rule]
    for seat in seats:
        seat.units = _clip(_START[rule](seat, rate, unit), seat)
    while (given := sum(seat.units for seat in seats)) != target:
        if given < target:
            able = [seat for seat in seats if seat.units < seat.upper]
            seat = min(able, key=lambda seat: prefers(seat, seat.units, 1, unit))
            seat.units += 1
        else:
            able = [seat for seat in seats if seat.units > seat.lower]
            # The unit that would have been given last is the first to be taken back.
            if rule == "to_most":
                seat = min(able, key=lambda seat: prefers(seat, seat.units, -1, unit))
            else:
                seat = max(able, key=lambda seat: prefers(seat, seat.units - 1, -1, unit))
            seat.units -= 1
    return [seat.units for seat in seats]


def _clip(units: int, seat: _Seat) -> int:
    return max(seat.lower, min(seat.upper, units))


def _furthest_below(seat: _Seat, units: int, step: int, unit: int) -> tuple[object, ...]:
    """Largest remainder: the next unit goes to whoever is furthest below the entitlement."""
    return units - seat.entitled, seat.member.order


def _critical_rate(seat: _Seat, units: int, step: int, unit: int) -> tuple[object, ...]:
    """Webster: the next unit goes to whose entitlement first passes half of it as the rate rises.

    A district without weight counts as having the smallest of weights.
    """
    needed = unit * (units + Fraction(1, 2)) + seat.member.offset
    if seat.member.weight > 0:
        return 0, needed / seat.member.weight, seat.member.order
    return -1 if needed <= 0 else 1, needed, seat.member.order


def _with_the_most(seat: _Seat, units: int, step: int, unit: int) -> tuple[object, ...]:
    """To the most: the difference is for the district with the most, then the next."""
    return -seat.member.most, seat.member.order


def _rounded_down(seat: _Seat, rate: Fraction, unit: int) -> int:
    return floor(seat.entitled)


def _passed_at_rate(seat: _Seat, rate: Fraction, unit: int) -> int:
    """Return the units whose critical rate is at most `rate`: a start that saves most steps."""
    return floor((rate * seat.member.weight - seat.member.offset) / unit + Fraction(1, 2))


def _rounded_half_away(seat: _Seat, rate: Fraction, unit: int) -> int:
    return half_away(seat.entitled)


_ORDERS: dict[str, Callable[[_Seat, int, int, int], tuple[object, ...]]] = {
    "largest_remainder": _furthest_below,
    "webster": _critical_rate,
    "to_most": _with_the_most,
}
_START: dict[str, Callable[[_Seat, Fraction, int], int]] = {
    "largest_remainder": _rounded_down,
    "webster": _passed_at_rate,
    "to_most": _rounded_half_away,
}
