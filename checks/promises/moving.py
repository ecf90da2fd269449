"""What many promises have in common: something is moved, the case runs again, amounts are compared.

A promise says what is moved (:class:`Move`) and what is wrong afterwards (:class:`Wrong`);
:func:`compared` runs the cases, counts the comparisons and keeps the worst break.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from random import Random
from typing import Final, TypeVar

from msgspec import Struct, field

from checks.domains import Domain
from checks.promises.together import moved_cells
from checks.runs import Case, Paid
from checks.trial import UNTRIED, Asked, Broken, Judged, Trial, Who, worst_first
from transfers.messages import Phrase
from transfers.policy.rules import Path

MOST_MOVES: Final = 48
"""Moves of one trial on a small table: what is more is left out, the same ones each time."""

_MOST_OF_REAL: Final = 240
_MOST_FIGURES: Final = 120_000
"""Of the policy's own table more is tried, as long as that many figures are not exceeded."""

_MOST_ROWS: Final = 12

T = TypeVar("T")


class Move(Struct, frozen=True, eq=False):
    """Another case, and what is other in it.

    Parameters
    ----------
    case : Case
    changed : Phrase
        What is other, for people.
    row : int, optional
        The district it is about: its place in the table of the case before.
    name : str
        The input that is moved.
    by : Fraction
        How far, in the unit of what is moved.
    path : path, optional
        The number of the document that is moved.
    """

    case: Case
    changed: Phrase
    row: int | None = None
    name: str = ""
    by: Fraction = Fraction(0)
    path: Path | None = None


class Wrong(Struct, frozen=True, eq=False):
    """What one comparison came to: it breaks the promise if `excess` is more than is tolerated.

    Parameters
    ----------
    row : int, optional
        Whose amount it is, in the table of the case before.
    figure, limit, excess : Fraction or int
        In quanta: what is, what may be at most or at least, and by how much it is beyond.
    how : Phrase, optional
    grant : str
    path : path, optional
        The line that is responsible, if it is not that of the move.
    """

    row: int | None
    figure: Fraction | int
    limit: Fraction | int
    excess: Fraction | int
    how: Phrase | None = None
    grant: str = ""
    path: Path | None = None


class Worst(Struct):
    """Counts comparisons, and keeps the break that is farthest beyond its limit."""

    asked: Asked
    count: int = 0
    broken: Broken | None = None
    each: dict[Who, Broken] = field(default_factory=dict)

    def see(
        self, before: Paid, after: Paid | None, found: Iterable[Wrong], move: Move | None = None
    ) -> None:
        """Take what one pair of cases came to; nothing to compare counts for nothing."""
        any_compared = False
        for wrong in found:
            any_compared = True
            if not self.asked.beyond(Fraction(wrong.excess)):
                continue
            known = self.each.get((wrong.row, wrong.grant))
            if known is None or wrong.excess > known.excess:
                found_ = self.each[wrong.row, wrong.grant] = _broken(before, after, wrong, move)
                if self.broken is None or found_.excess > self.broken.excess:
                    self.broken = found_
        self.count += any_compared

    def judged(self) -> Judged:
        """Return what the trial found."""
        return Judged(self.count, self.broken, worst_first(self.each))


def _broken(before: Paid, after: Paid | None, wrong: Wrong, move: Move | None) -> Broken:
    changed, path = (None, None) if move is None else (move.changed, move.path)
    figures = (Fraction(wrong.figure), Fraction(wrong.limit), Fraction(wrong.excess))
    path = path if wrong.path is None else wrong.path
    return Broken(before, after, wrong.row, wrong.grant, *figures, changed, wrong.how, path)


Look = Callable[[Paid, Paid, Move], Iterable[Wrong]]
"""What is wrong between a case and a move of it that was paid as well."""


def compared(asked: Asked, moves: Sequence[Move], look: Look) -> Trial:
    """Run the case and each move of it; look at every pair that is paid."""
    if not moves:
        return UNTRIED
    before, *afters = yield [asked.case, *(move.case for move in moves)]
    worst = Worst(asked)
    for move, after in zip(moves, afters, strict=True):
        if before.done and after.done:
            worst.see(before, after, look(before, after, move), move)
    return worst.judged()


def own_not_less(asked: Asked) -> Look:
    """Return a look at the district that a move is about: it must not get less."""

    def look(before: Paid, after: Paid, move: Move) -> Iterable[Wrong]:
        assert move.row is not None
        was, now = asked.total(before)[move.row], asked.total(after)[move.row]
        yield Wrong(move.row, now, was, was - now)

    return look


# -- moves ---------------------------------------------------------------------------------------


def raised(domain: Domain, figure: Fraction) -> list[Fraction]:
    """Return figures above one."""
    return domain.raised(figure)


def lowered(domain: Domain, figure: Fraction) -> list[Fraction]:
    """Return figures below one."""
    return domain.lowered(figure)


def figure_moves(
    asked: Asked,
    names: Sequence[str],
    to: Callable[[Domain, Fraction], Iterable[Fraction]],
) -> list[Move]:
    """Return moves of one figure each, and of the sums it is a part of.

    Parameters
    ----------
    names : sequence of str
        Inputs whose figures are moved.
    to : callable
        Where a figure may go.
    """
    table, domains = asked.case.table, asked.subject.domains
    places = [
        (name, row, item, old, new)
        for name in names
        for item in range(table.items(name))
        for row in chosen_rows(asked)
        if (old := table.number(name, row, item)) is not None
        for new in to(domains[name], old)
    ]
    return [
        Move(
            asked.case.with_table(table.with_cells(cells)),
            figure_moved(asked, name, row, old, new),
            *(row, name, new - old),
        )
        for name, row, item, old, new in few(places, most_moves(asked))
        if (cells := moved_cells(asked.subject, table, (name, row, item), new)) is not None
    ]


def figure_moved(asked: Asked, name: str, row: int, old: Fraction, new: Fraction) -> Phrase:
    """Say that a figure of a district is another."""
    words = {"input": name, "district": asked.case.table.name(row), "old": old, "new": new}
    return Phrase("checks.figure_moved", words)


def sum_of(asked: Asked, quanta: int) -> str:
    """Write a sum of money with its unit."""
    money = asked.subject.policy.money
    return f"{money.format_for_people(quanta)} {money.unit}"


def gets_beside(asked: Asked, paid: Paid, one: int, other: int) -> Phrase:
    """Say what two districts get of one table."""
    amounts = asked.total(paid)
    return beside(asked, paid, (one, amounts[one]), (other, amounts[other]))


def beside(asked: Asked, paid: Paid, one: tuple[int, int], other: tuple[int, int]) -> Phrase:
    """Say what two districts of one table get: their places, and quanta."""
    table = paid.case.table
    words = {"one": table.name(one[0]), "other": table.name(other[0])}
    got = {"got": sum_of(asked, one[1]), "gets": sum_of(asked, other[1])}
    return Phrase("checks.gets_beside", {**words, **got})


def most_moves(asked: Asked) -> int:
    """Return how many moves of the case are tried."""
    if asked.case.table is not asked.subject.real:
        return MOST_MOVES
    return max(MOST_MOVES // 2, min(_MOST_OF_REAL, _MOST_FIGURES // max(1, len(asked.case.table))))


def few(found: Sequence[T], most: int = MOST_MOVES) -> list[T]:
    """Return at most so many, in their order, the same ones each time."""
    if len(found) <= most:
        return list(found)
    return [found[place] for place in sorted(Random(0).sample(range(len(found)), most))]


def chosen_rows(asked: Asked, most: int = _MOST_ROWS) -> list[int]:
    """Return the districts that are tried: all of a small table, else some from top to bottom."""
    count = len(asked.case.table)
    if count <= most:
        return list(range(count))
    return sorted({place * (count - 1) // (most - 1) for place in range(most)})
