"""What is told of a comparison beside the tables of amounts: changes taken apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from scenarios.comparison.comparing import Comparison
from transfers import messages
from transfers.messages import Phrase
from transfers.output.terminal import width

if TYPE_CHECKING:
    from scenarios.comparison.breakdown import Breakdown
    from scenarios.comparison.compared import Compared

SECTIONS: Final = ("by_change", "by_stage", "by_split", "by_split_in_order")
"""Ways to take the changes of one variant apart. The names are those of data files."""

FEW_CHANGES: Final = 6
"""Pages for people tell the named changes of a variant unasked where there are no more."""


class Report(Struct, frozen=True, eq=False):
    """A comparison, and its changes taken apart.

    Parameters
    ----------
    breakdowns : mapping of section to tuple of Breakdown
        One per variant that pays.
    """

    comparison: Comparison
    breakdowns: Mapping[str, tuple[Breakdown, ...]] = field(default_factory=dict)


def report(comparison: Comparison, sections: Collection[str] = ()) -> Report:
    """Return a comparison with its changes taken apart.

    Parameters
    ----------
    sections : collection of str
        Names in `SECTIONS`.
    """
    paying = [compared for compared in comparison.variants if compared.total_change is not None]
    return Report(
        comparison,
        {
            name: tuple(_taken_apart(name, comparison, compared) for compared in paying)
            for name in SECTIONS
            if name in sections
        },
    )


def _taken_apart(section: str, comparison: Comparison, compared: Compared) -> Breakdown:
    """Take the changes of one variant apart; what that needs is read when it is asked for."""
    from scenarios.comparison import changes, stages

    room = stages if section == "by_stage" else changes
    breakdown: Breakdown = getattr(room, section)(comparison, compared)
    return breakdown


def sections_for_people(comparison: Comparison) -> tuple[str, ...]:
    """Return what pages for people tell unasked."""
    from scenarios.comparison import changes

    counts = [changes.number_of_changes(comparison, each) for each in comparison.variants]
    tell_changes = any(count > 1 for count in counts) and max(counts) <= FEW_CHANGES
    return ("by_change", "by_stage") if tell_changes else ("by_stage",)


class Told(Struct, frozen=True, eq=False):
    """A breakdown as people read it: a column per part, rounded so that all adds up.

    Parameters
    ----------
    titles : tuple of str or Phrase
    columns : list of list of int
        Per part: whole numbers of the last place, one per district.
    places : int
        Decimals of a unit of money.
    """

    breakdown: Breakdown
    titles: tuple[str | Phrase, ...]
    columns: list[list[int]]
    places: int

    @property
    def in_words(self) -> Phrase | str | None:
        """What is said instead of a table, where that would have one column or none."""
        parts, lacking = self.breakdown.parts, self.breakdown.lacking
        if lacking:
            return ""
        if not any(self.breakdown.changes):
            return Phrase("compare.no_change")
        if len(parts) == 1:
            return Phrase("compare.only_change", {"change": parts[0].title})
        return None

    def headers(self, language: str, widest: int) -> tuple[list[str], list[str]]:
        """Return what stands above the parts, and a legend where titles are wider than that."""
        titles = [messages.said(title, language) for title in self.titles]
        if all(width(title) <= widest for title in titles):
            return titles, []
        numbers = [f"({number})" for number in range(1, len(titles) + 1)]
        return numbers, [f"{n} {title}" for n, title in zip(numbers, titles, strict=True)]

    def figure(self, mantissa: int) -> Fraction:
        """Return a whole number of the last place in units of money."""
        return Fraction(mantissa, 10**self.places)


def told(section: str, breakdown: Breakdown, comparison: Comparison) -> Told:
    """Return a breakdown as people read it; stages are added up over the grants."""
    if section == "by_stage":
        from scenarios.comparison.stages import KINDS

        breakdown = breakdown.summed(KINDS)
    money = comparison.money
    whole = all(
        (part.column.numerators % part.column.denominators == 0).all() for part in breakdown.parts
    )
    places = money.places if whole else money.places + 2
    titles = tuple(part.title for part in breakdown.parts)
    return Told(breakdown, titles, breakdown.shown(money, places), places)
