"""Promises about own revenue: who collects more neither loses by it nor is paid for it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from checks.domains import Domain
from checks.promises.moving import Move, Wrong, compared, figure_moves, lowered, raised
from checks.runs import Paid
from checks.trial import Asked, Promise, Trial


def _effort_neutrality(asked: Asked) -> Trial:
    """Raise and lower a revenue: the amount of its district stays, but for rounding.

    This is about what districts collect. Where a grant compares need with revenue, it wants what a
    district could collect (its standard revenue), which has no such role.
    """

    def look(before: Paid, after: Paid, move: Move) -> Iterable[Wrong]:
        assert move.row is not None
        was, now = asked.total(before)[move.row], asked.total(after)[move.row]
        yield Wrong(move.row, now, was, abs(now - was))

    def either_way(domain: Domain, figure: Fraction) -> list[Fraction]:
        return [*raised(domain, figure), *lowered(domain, figure)]

    moves = figure_moves(asked, asked.subject.with_role("own_revenue"), either_way)
    return (yield from compared(asked, moves, look))


def _no_full_clawback(asked: Asked) -> Trial:
    """Raise a revenue: what its district has, revenue and amount together, does not fall."""
    subject = asked.subject

    def look(before: Paid, after: Paid, move: Move) -> Iterable[Wrong]:
        assert move.row is not None
        gained = subject.quanta_of(move.name, move.by)
        if gained is None:
            return
        was, now = asked.total(before)[move.row], asked.total(after)[move.row]
        yield Wrong(move.row, now, was - gained, was - gained - now)

    moves = figure_moves(asked, subject.with_role("own_revenue"), raised)
    return (yield from compared(asked, moves, look))


EFFORT_NEUTRALITY = Promise(
    *("effort_neutrality", "policy", _effort_neutrality, Fraction(1)),
    cost="a run for each figure",
    roles=(("own_revenue",),),
    method="41",
)
NO_FULL_CLAWBACK = Promise(
    *("no_full_clawback", "policy", _no_full_clawback, Fraction(1)),
    cost="a run for each figure",
    roles=(("own_revenue",),),
    method="38, 41",
)
