"""Promises about need: who needs more does not get less, and takes nothing to the others."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from checks.promises.clones import with_clone
from checks.promises.moving import (
    Move,
    Wrong,
    chosen_rows,
    compared,
    few,
    figure_moves,
    gets_beside,
    most_moves,
    own_not_less,
    raised,
)
from checks.promises.together import moved_cells
from checks.runs import Paid
from checks.trial import Asked, Promise, Trial, pairs
from transfers.messages import Phrase


def _order_preservation(asked: Asked) -> Trial:
    """Add a district that is like another but needs more: it gets not less than the other.

    Both stand in one table, so that all else is alike. Each need is raised by itself.
    """
    subject, table = asked.subject, asked.case.table
    wanted = [
        (row, name, item, new)
        for name in subject.with_role("need")
        for item in range(table.items(name))
        for row in chosen_rows(asked)
        if (old := table.number(name, row, item)) is not None
        for new in subject.domains[name].raised(old)
    ]
    moves = []
    for row, name, item, new in few(wanted, most_moves(asked)):
        cells = moved_cells(subject, table, (name, row, item), new)
        if cells is None:
            continue
        grown = with_clone(table, row, {(n, at): cell for (n, _, at), cell in cells.items()})
        words = {"district": table.name(row), "input": name, "new": new}
        changed = Phrase("checks.cloned_with", {**words, "clone": grown.name(len(table))})
        moves.append(Move(asked.case.with_table(grown), changed, row, name))

    def look(_before: Paid, after: Paid, move: Move) -> Iterable[Wrong]:
        assert move.row is not None
        amounts = asked.total(after)
        less, more = amounts[move.row], amounts[-1]
        how = gets_beside(asked, after, len(amounts) - 1, move.row)
        yield Wrong(move.row, more, less, less - more, how)

    return (yield from compared(asked, moves, look))


def _own_need_monotonicity(asked: Asked) -> Trial:
    """Raise a need: the amount of its district does not fall."""
    moves = figure_moves(asked, asked.subject.with_role("need"), raised)
    return (yield from compared(asked, moves, own_not_less(asked)))


def _others_need(asked: Asked) -> Trial:
    """Raise a need: no other district gets more."""

    def look(before: Paid, after: Paid, move: Move) -> Iterable[Wrong]:
        for row, was, now in pairs(asked.total(before), asked.total(after)):
            if row != move.row:
                yield Wrong(row, now, was, now - was)

    moves = figure_moves(asked, asked.subject.with_role("need"), raised)
    return (yield from compared(asked, moves, look))


ORDER_PRESERVATION = Promise(
    *("order_preservation", "policy", _order_preservation, Fraction(1)),
    cost="a run for each figure",
    roles=(("need",),),
    method="41",
)
OWN_NEED_MONOTONICITY = Promise(
    *("own_need_monotonicity", "policy", _own_need_monotonicity, Fraction(1)),
    cost="a run for each figure",
    roles=(("need",),),
    method="41",
)
OTHERS_NEED = Promise(
    *("others_need", "policy", _others_need, Fraction(1)),
    cost="a run for each figure",
    roles=(("need",),),
    method="41",
)
