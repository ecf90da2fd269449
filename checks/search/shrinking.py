"""Makes a counter-example small: fewer districts, the document's own numbers, plain figures.

Greedy, and of many ways at a time: what a round of ways leads to is tried in one batch, and the
plainest that still breaks the promise is taken. A way counts only if it makes the case plainer by
:func:`plainness`, so this ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from msgspec import Struct

from checks.report import CounterExample, Stage
from checks.runs import Case
from checks.search.clock import Clock
from checks.search.ground import Ground, keys_of
from checks.search.responsible import line_responsible
from checks.search.rounds import Wanted, held
from checks.table import Cell, Table
from checks.trial import Broken
from transfers.messages import Phrase

_A_TIME: Final = 24
"""Cases that are tried at one time."""

_ROWS: Final = 1000
"""Districts of all cases that are tried at one time."""

_MANY: Final = 12
_SAMPLES: Final = 3

_QUANTA: Final = (1, 2, 3, 4, 5, 6, 8, 10, 12, 100, 1000)
_PER_DISTRICT: Final = 10_000
_PER_NUMBER: Final = 6

Edit = Mapping[tuple[str, int, int], Cell]
"""Cells to be put elsewhere: column, district, item -> cell."""


def shrunk(
    ground: Ground,
    wanted: Wanted,
    stage: Stage,
    cases: Sequence[Case],
    at: int,
    work: int,
    clock: Clock,
) -> tuple[CounterExample | None, int]:
    """Return a small case that breaks a promise as a given one does, and what it cost.

    Parameters
    ----------
    cases : sequence of Case
        Those that the promise was held against at one time; the one at `at` breaks it.
    work : int
        Runs of the engine it may take.
    clock : Clock

    Returns
    -------
    CounterExample or None
        None where it cannot be broken again.
    int
    """
    case = cases[at]
    shrinker = Shrinker(ground, wanted, case, work, clock)
    shrinker.run(cases, at)
    if shrinker.broken is None:
        return None, shrinker.spent
    place = line_responsible(ground.subject, shrinker.case, shrinker.broken)
    found = CounterExample(shrinker.case, shrinker.broken, stage, len(case.table), place)
    return found, shrinker.spent


def as_found(ground: Ground, stage: Stage, case: Case) -> CounterExample:
    """Return a case that broke a promise once, and does not when it is looked at again."""
    (paid,) = ground.run([case])
    broken = Broken(paid, how=Phrase("search.broke_once"))
    place = line_responsible(ground.subject, case, broken)
    return CounterExample(case, broken, stage, len(case.table), place)


class Shrinker(Struct, eq=False):
    """Goes from a case that breaks a promise to plainer ones.

    Attributes
    ----------
    broken : Broken
        How the case as it is now breaks the promise.
    """

    ground: Ground
    wanted: Wanted
    case: Case
    work: int
    clock: Clock
    spent: int = 0
    broken: Broken | None = None

    def run(self, company: Sequence[Case], at: int) -> None:
        """Make the case plainer until nothing helps; one that needs its company stays as it is."""
        (self.broken,) = self._tried([self.case])
        if self.broken is None:
            self.broken = self._tried(company)[at]
            return
        self._first([self._renamed(self.case)])
        self._fewer()
        while self._affordable():
            helped = self._first(self._without_one())
            helped |= self._first(self._money())
            helped |= self._first(self._smaller())
            helped |= self._edits()
            if not helped:
                break
        self._first([self._renamed(self.case)])

    def _affordable(self) -> bool:
        return self.spent < self.work and not self.clock.out

    def _tried(self, cases: Sequence[Case]) -> list[Broken | None]:
        found = held(self.ground.subject, [(self.wanted, case) for case in cases])
        self.spent += sum(spent.cost for _, spent in found)
        return [judged.broken for judged, _ in found]

    def _first(self, cases: Sequence[Case]) -> bool:
        """Take the plainest of some cases that breaks the promise; tell whether there is one."""
        now = self._plainness(self.case)
        plainer = sorted(
            ((cost, n) for n, case in enumerate(cases) if (cost := self._plainness(case)) < now)
        )
        # Of large tables a few at a time: the first that helps leaves little to be tried.
        step = max(1, min(_A_TIME, _ROWS // max(1, len(self.case.table))))
        for start in range(0, len(plainer), step):
            if not self._affordable():
                return False
            some = [cases[n] for _, n in plainer[start : start + step]]
            for case, broken in zip(some, self._tried(some), strict=True):
                if broken is not None:
                    self.case, self.broken = case, broken
                    return True
        return False

    def _plainness(self, case: Case) -> int:
        return plainness(self.ground, case)

    # -- districts ---------------------------------------------------------------------------------

    def _renamed(self, case: Case) -> Case:
        """Return a case with plain keys, and nothing in columns that no rule reads."""
        table, ground = case.table, self.ground
        idle = {
            name: (ground.plain[name],) * len(cells)
            for name, cells in table.columns.items()
            if name not in ground.read
        }
        return case.with_table(table.renamed(keys_of(len(table))).with_columns(idle))

    def _fewer(self) -> None:
        """Leave out many districts at a time, while there are many."""
        parts = 2
        if len(self.case.table) > _MANY:
            self._first([case for rows in self._around() for case in self._only(rows)])
        while len(self.case.table) > 4 and self._affordable():
            count = len(self.case.table)
            parts = min(parts, count)
            cuts = [count * n // parts for n in range(parts + 1)]
            rest = [
                [row for row in range(count) if not low <= row < high]
                for low, high in pairwise(cuts)
            ]
            if parts > 2:
                rest += [list(range(low, high)) for low, high in pairwise(cuts)]
            if self._first([case for rows in rest for case in self._only(rows)]):
                parts = max(2, parts - 1)
            elif parts == count:
                break
            else:
                parts *= 2

    def _around(self) -> Iterator[list[int]]:
        """Yield a few districts of many, each time the one that is wronged among them."""
        assert self.broken is not None
        count, own = len(self.case.table), self.broken.row
        for size in (3, _MANY):
            for turn in range(_SAMPLES):
                rows = {(turn + n * count // size) % count for n in range(size)}
                yield sorted(rows | ({own} if own is not None else set()))

    def _without_one(self) -> list[Case]:
        count = len(self.case.table)
        rows = [[each for each in range(count) if each != row] for row in range(count)]
        return [case for kept in rows if kept for case in self._only(kept)]

    def _only(self, rows: Sequence[int]) -> Iterator[Case]:
        """Yield the case with some districts: with all the money, and with their part of it."""
        table = self.case.table.only(rows)
        if all(key in keys_of(len(self.case.table)) for key in table.keys):
            table = table.renamed(keys_of(len(table)))
        case = self.case.with_table(table)
        yield case
        if self.ground.levers:
            yield self.ground.with_money(case, Fraction(len(rows), len(self.case.table)))

    # -- money -------------------------------------------------------------------------------------

    def _money(self) -> list[Case]:
        """Return the case with numbers of the document as they are there, and with little money."""
        case, ground = self.case, self.ground
        found = [Case(case.table)]
        found += [
            Case(case.table, {p: x for p, x in case.numbers.items() if p != path})
            for path in case.numbers
        ]
        for path in ground.levers:
            quantum = ground.subject.quantum_of(path)
            now = case.numbers.get(path, ground.levers[path])
            simpler = [quantum * count for count in _QUANTA]
            simpler += [quantum * _rounded(now / quantum, digits) for digits in (1, 2)]
            found += [case.with_numbers({path: x}) for x in simpler if x < now]
        return found

    def _smaller(self) -> list[Case]:
        """Return the case with all its figures, or all that are money, a tenth as large or less."""
        ground, found = self.ground, []
        names = [s.name for s in ground.slots if ground.domain(s.name).kind == "number"]
        money = [name for name in names if name in ground.subject.money_inputs]
        for chosen in (names, money) if money and len(money) < len(names) else (names,):
            for factor in (Fraction(1, 1000), Fraction(1, 100), Fraction(1, 10)):
                columns = {name: self._scaled(name, factor) for name in chosen}
                case = self.case.with_table(ground.summed(self.case.table.with_columns(columns)))
                found += [case, ground.with_money(case, factor)]
        return found

    def _scaled(self, name: str, factor: Fraction) -> tuple[Cell, ...]:
        domain = self.ground.domain(name)
        return tuple(
            scaled
            if isinstance(c, Fraction) and domain.allows(scaled := _rounded(c * factor, 1))
            else c
            for c in self.case.table.columns[name]
        )

    # -- figures -----------------------------------------------------------------------------------

    def _edits(self) -> bool:
        """Put plainer cells in; take as many ways together as still break the promise."""
        edits = self._plainer()
        for start in range(0, len(edits), _A_TIME):
            if not self._affordable():
                return False
            some = edits[start : start + _A_TIME]
            cases = [self._edited(edit) for edit in some]
            told = zip(some, cases, self._tried(cases), strict=True)
            good = [(edit, case, broken) for edit, case, broken in told if broken is not None]
            if good:
                _, self.case, self.broken = good[0]
                self._together([edit for edit, *_ in good])
                return True
        return False

    def _together(self, edits: Sequence[Edit]) -> None:
        """Take further edits beside the first, as many as can be."""
        joined: list[dict[tuple[str, int, int], Cell]] = [dict(edits[0])]
        for edit in edits[1:]:
            if joined[-1].keys().isdisjoint(edit):
                joined.append({**joined[-1], **edit})
        table = self.case.table
        cases = [self._edited(edit, table) for edit in joined[1:]]
        for case, broken in zip(cases, self._tried(cases), strict=True):
            plainer = self._plainness(case) < self._plainness(self.case)
            if broken is not None and plainer:
                self.case, self.broken = case, broken

    def _edited(self, edit: Edit, table: Table | None = None) -> Case:
        table = self.case.table if table is None else table
        return self.case.with_table(self.ground.summed(table.with_cells(edit)))

    def _plainer(self) -> list[Edit]:
        """Return edits that make the case plainer: columns, whole districts, single cells."""
        ground, table = self.ground, self.case.table
        rows = range(len(table))
        edits: list[Edit] = []
        for slot in ground.slots:
            items = range(slot.first, slot.last + 1)
            for cell in ground.figures(slot.name)[:2]:
                edits.append({(slot.name, row, item): cell for row in rows for item in items})
        for row in rows:
            for other in rows:
                if row != other:
                    edits.append(
                        {
                            (slot.name, row, item): table.cell(slot.name, other, item)
                            for slot in ground.slots
                            for item in range(slot.first, slot.last + 1)
                        }
                    )
        for slot in ground.slots:
            for row in rows:
                for item in range(slot.first, slot.last + 1):
                    cells = self._simpler(slot.name, table.cell(slot.name, row, item), row, item)
                    edits += [{(slot.name, row, item): cell} for cell in cells]
        now = self._plainness(self.case)
        costs = [(self._plainness(self._edited(edit)), n) for n, edit in enumerate(edits)]
        return [edits[n] for cost, n in sorted(costs) if cost < now]

    def _simpler(self, name: str, cell: Cell, row: int, item: int) -> list[Cell]:
        """Return cells that may do in place of one."""
        domain, table = self.ground.domain(name), self.case.table
        found: list[Cell] = [*self.ground.figures(name)]
        found += [table.cell(name, other, item) for other in range(len(table)) if other != row]
        if isinstance(cell, Fraction):
            near = [edge + move for edge in domain.edges for move in (0, -domain.step, domain.step)]
            digits = [_rounded(cell, count) for count in (1, 2, 3)]
            found += domain.within([*near, *digits, cell / 10, Fraction(int(cell))])
        return [other for other in dict.fromkeys(found) if other != cell]


def plainness(ground: Ground, case: Case) -> int:
    """Return how far a case is from plain: districts first, then numbers moved, then figures."""
    table = case.table
    cost = _PER_DISTRICT * len(table)
    cost += sum(
        1 for key, plain in zip(table.keys, keys_of(len(table)), strict=True) if key != plain
    )
    for path, value in case.numbers.items():
        quantum = ground.subject.quantum_of(path) if path in ground.levers else Fraction(1)
        cost += _PER_NUMBER + 4 * _length(value / quantum)
    for cells in table.columns.values():
        lengths = [(_length(cell), cell) for cell in cells]
        cost += sum(length for length, _ in lengths)
        cost += 4 * sum(length for length, _ in set(lengths))
    return cost


def _length(cell: Cell) -> int:
    """Return how long a cell is to read."""
    if isinstance(cell, bool):
        return 1 + cell
    if not isinstance(cell, Fraction):
        return 2
    if 0 <= cell <= 10 and cell.denominator == 1:
        return 1 if cell <= 1 else 2
    places = 0
    while places < 9 and (cell * 10**places).denominator != 1:
        places += 1
    whole = str(abs(round(cell * 10**places)))
    written = len(whole.rstrip("0"))
    return 2 + 3 * written + (len(whole) - written) + 2 * places + (cell < 0)


def _rounded(figure: Fraction, digits: int) -> Fraction:
    """Return a figure with so many digits that count."""
    size, unit = abs(figure), Fraction(1)
    while size >= unit * 10**digits:
        unit *= 10
    while size and size < unit * Fraction(10) ** (digits - 1):
        unit /= 10
    return round(figure / unit) * unit
