"""Steers cases so that districts are paid: more money, less to hold on to, other scales."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct, field

from checks.runs import Case, Status
from checks.search.ground import Ground
from checks.table import Table

Way = Callable[[Ground, Case], "Case | None"]


def _money(factor: Fraction) -> Way:
    def way(ground: Ground, case: Case) -> Case | None:
        return ground.with_money(case, factor) if ground.levers else None

    return way


def _prior(factor: Fraction) -> Way:
    """Lower what districts had before, which floors and bounds hold on to."""

    def way(ground: Ground, case: Case) -> Case | None:
        names = ground.subject.with_role("prior")
        return _scaled(ground, case, names, factor) if names else None

    return way


def _figures(factor: Fraction) -> Way:
    def way(ground: Ground, case: Case) -> Case | None:
        names = [name for name in ground.subject.money_inputs if name not in ground.sums]
        return _scaled(ground, case, names, factor) if names else None

    return way


def _no_zeros(ground: Ground, case: Case) -> Case | None:
    """Put the plainest figure that is not 0 where 0 may be what cannot be divided by."""
    columns = {}
    for slot in ground.slots:
        cells = case.table.columns[slot.name]
        figures = ground.figures(slot.name)
        other = next((x for x in figures if isinstance(x, Fraction) and x), None)
        if other is not None and any(cell == 0 for cell in cells if isinstance(cell, Fraction)):
            put = (other if isinstance(c, Fraction) and not c else c for c in cells)
            columns[slot.name] = tuple(put)
    return case.with_table(ground.summed(case.table.with_columns(columns))) if columns else None


def _scaled(ground: Ground, case: Case, names: Sequence[str], factor: Fraction) -> Case | None:
    table: Table = case.table
    columns = {}
    for name in names:
        domain = ground.domain(name)
        cells = tuple(
            domain.on_step(cell * factor) if isinstance(cell, Fraction) else cell
            for cell in table.columns[name]
        )
        if all(domain.allows(cell) for cell in cells if isinstance(cell, Fraction)):
            columns[name] = cells
    if all(table.columns[name] == cells for name, cells in columns.items()):
        return None
    return case.with_table(ground.summed(table.with_columns(columns)))


_MONEY: Final = tuple(_money(Fraction(factor)) for factor in (4, 64, 1024, 10**5))
_MONEY_BETWEEN: Final = (_money(Fraction(1, 8)), _money(Fraction(1, 4)), _money(Fraction(1, 2)))

_WAVES: Final[dict[Status, tuple[tuple[Way, ...], ...]]] = {
    "rejected": (
        _MONEY,
        (_prior(Fraction(0)), _prior(Fraction(1, 10))),
        (_figures(Fraction(10)), _figures(Fraction(1, 10)), _figures(Fraction(1000))),
    ),
    "invalid": ((_no_zeros,), (_figures(Fraction(10)), _figures(Fraction(1000)))),
}
"""Of what does not pay: ways that are tried at one time, the first that helps counts."""

_PATIENCE: Final = 40
"""Cases that ways did not help, after which they are tried on few."""

_SELDOM: Final = 10


class Steering(Struct, eq=False):
    """Makes cases pay where it can.

    Attributes
    ----------
    tried, lost : int
        Cases it was given, and those that nothing helped.
    """

    ground: Ground
    tried: int = 0
    lost: int = 0
    _in_vain: dict[tuple[Status, int], int] = field(default_factory=dict)

    def steered(self, cases: Sequence[Case]) -> list[Case]:
        """Return the cases that pay as they are or steered; others are left out."""
        found: list[Case | None] = list(cases)
        paid = self.ground.run(cases)
        self.tried += len(cases)
        for status, waves in _WAVES.items():
            left = [place for place, one in enumerate(paid) if one.status == status]
            for number, wave in enumerate(waves):
                tried = self._worth(status, number, left)
                helped = self._try(wave, found, tried)
                in_vain = self._in_vain.get((status, number), 0)
                self._in_vain[status, number] = 0 if helped else in_vain + len(tried)
                if wave is _MONEY:
                    self._try(_MONEY_BETWEEN, found, sorted(helped))
                left = [place for place in left if place not in helped]
            self.lost += len(left)
            for place in left:
                found[place] = None
        return [case for case in found if case is not None]

    def _worth(self, status: Status, wave: int, places: list[int]) -> list[int]:
        """Return the cases that ways are tried on: few of them where they never helped."""
        in_vain = self._in_vain.get((status, wave), 0) > _PATIENCE
        return places[::_SELDOM] if in_vain else places

    def _try(self, ways: Sequence[Way], found: list[Case | None], places: list[int]) -> set[int]:
        """Try some ways on some cases, and put in what pays; return where one helped."""
        tries: list[tuple[int, Case]] = []
        for place in places:
            case = found[place]
            assert case is not None
            others = [way(self.ground, case) for way in ways]
            tries += [(place, other) for other in others if other is not None]
        helped: set[int] = set()
        paid = self.ground.run([case for _, case in tries])
        for (place, case), one in zip(tries, paid, strict=True):
            if place not in helped and one.status in ("done", "at_odds"):
                found[place] = case
                helped.add(place)
        return helped
