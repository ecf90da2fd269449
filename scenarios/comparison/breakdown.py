"""A change taken apart: exact parts of every district's change, and how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from scenarios.comparison.both_ways import rounded_both_ways
from scenarios.comparison.compared import Compared
from transfers.arithmetic.rationals import Rationals
from transfers.messages import Phrase
from transfers.money import Money


class PartOfChange(Struct, frozen=True, eq=False):
    """One part of every district's change.

    Parameters
    ----------
    id : str
        As data files have it.
    title : str or Phrase
    kind : str
        What parts are added up to in a summary.
    column : Rationals, quanta
        One figure per district that both tables have, in their order.
    """

    id: str
    title: str | Phrase
    kind: str
    column: Rationals

    @property
    def total(self) -> Fraction:
        """All districts together, quanta."""
        return sum(self.column.fractions(), Fraction(0))


class Breakdown(Struct, frozen=True, eq=False):
    """Every district's change of one variant, taken apart: the parts add up to it exactly.

    Parameters
    ----------
    parts : tuple of PartOfChange
        None at all where it cannot be taken apart.
    lacking : tuple of Phrase
        Why not.
    notes : tuple of Phrase
        What there is to know of it.
    """

    compared: Compared
    parts: tuple[PartOfChange, ...] = ()
    lacking: tuple[Phrase, ...] = ()
    notes: tuple[Phrase, ...] = ()

    @property
    def places(self) -> list[int]:
        """Places of the districts with a change among those compared."""
        return changed_places(self.compared)

    @property
    def changes(self) -> list[int]:
        """The changes that are taken apart, quanta."""
        return [change for change in self.compared.change if change is not None]

    def summed(self, kinds: Sequence[str]) -> Breakdown:
        """Return the same with the parts of each kind added up, without kinds that are nil."""
        found = []
        for kind in kinds:
            columns = [part.column for part in self.parts if part.kind == kind]
            if not columns:
                continue
            whole = columns[0]
            for column in columns[1:]:
                whole = whole + column
            if (whole.numerators != 0).any():
                found.append(PartOfChange(kind, Phrase(f"compare.kind_{kind}"), kind, whole))
        return Breakdown(self.compared, tuple(found), self.lacking, self.notes)

    def shown(self, money: Money, places: int) -> list[list[int]]:
        """Round parts to `places` decimals of a unit so that all still adds up.

        The parts of a district add up to its change, those of all districts to their rounded sum.

        Returns
        -------
        list of list of int
            Per part: whole numbers of the last place, one per district.
        """
        each = money.quantum * 10**places
        return rounded_both_ways([part.column * each for part in self.parts])


def changed_places(compared: Compared) -> list[int]:
    """Return the places of the districts that have a change."""
    return [place for place, change in enumerate(compared.change) if change is not None]
