"""A figure moves with those it adds up with: the sum with its part, a part with the sum."""

from __future__ import annotations

from fractions import Fraction

from checks.subject import Subject
from checks.table import Cell, Table

Place = tuple[str, int, int]
"""A cell of a table: input, district, item."""


def moved_cells(
    subject: Subject, table: Table, place: Place, new: Fraction, *, within: bool = True
) -> dict[Place, Cell] | None:
    """Return what a table has otherwise where one figure of it is another.

    A sum (`sum_of`) moves by as much as its part does. Where the sum itself is moved, the largest
    part that may takes it. What does not add up in the table is off by as much afterwards.

    Parameters
    ----------
    within : bool
        Whether what moves likewise has to stay in the range of its input.

    Returns
    -------
    dict or None
        None where the figures that belong to it cannot be moved likewise.
    """
    moving = _Moving(subject, table, place[1], place[2], within)
    moving.cells[place] = new
    name, old = place[0], table.number(*place)
    if old is None or not subject.sums:
        return moving.cells
    done = moving.down(name, new - old) and moving.up(name, new - old)
    return moving.cells if done else None


class _Moving:
    """Cells of one district that move together."""

    def __init__(self, subject: Subject, table: Table, row: int, item: int, within: bool) -> None:
        self._subject, self._table, self._row, self._item = subject, table, row, item
        self._within = within
        self.cells: dict[Place, Cell] = {}

    def up(self, name: str, by: Fraction) -> bool:
        """Move the sums that an input is a part of; tell whether they may."""
        return all(
            self._take(whole, more) and self.up(whole, more)
            for whole, parts in self._subject.sums.items()
            if name in parts and self._open(whole)
            for more in [self._in_unit(by, name, whole)]
        )

    def down(self, name: str, by: Fraction) -> bool:
        """Move a part of a sum; tell whether one may, or none has a figure."""
        parts = [part for part in self._subject.sums.get(name, ()) if self._open(part)]
        known = dict(self.cells)
        for part in sorted(parts, key=self._figure, reverse=True):
            more = self._in_unit(by, name, part)
            if self._take(part, more) and self.down(part, more) and self.up(part, more):
                return True
            self.cells = dict(known)
        return not parts

    def _open(self, name: str) -> bool:
        """Tell whether an input has a figure here that has not moved."""
        there = self._item < self._table.items(name)
        place = (name, self._row, self._item)
        return there and place not in self.cells and self._table.number(*place) is not None

    def _figure(self, name: str) -> Fraction:
        return self._table.number(name, self._row, self._item) or Fraction(0)

    def _take(self, name: str, by: Fraction) -> bool:
        new = self._figure(name) + by
        self.cells[name, self._row, self._item] = new
        return not self._within or self._subject.domains[name].allows(new)

    def _in_unit(self, by: Fraction, name: str, other: str) -> Fraction:
        mine, theirs = (self._subject.policy.inputs[each].unit for each in (name, other))
        return by if mine.bare or theirs.bare else by * mine.scale / theirs.scale
