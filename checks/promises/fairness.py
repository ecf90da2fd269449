"""The promise that districts with the same data are treated alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from checks.divided import divisions_of, whole_amounts
from checks.promises.clones import with_clone
from checks.promises.moving import Move, Worst, Wrong, beside, chosen_rows, few, most_moves
from checks.runs import Paid
from checks.trial import Asked, Promise, Trial
from transfers.messages import Phrase


def _equal_treatment(asked: Asked) -> Trial:
    """Have a district there once more: both get the same; so do those that are alike already.

    Only the key differs, which may decide who gets the last quantum of a grant. A grant that reads
    amounts of others makes of that quantum what its formula says: it counts only where those that
    it rests on pay the two the same.
    """
    table = asked.case.table
    moves = []
    for row in few(chosen_rows(asked), most_moves(asked)):
        grown = with_clone(table, row)
        words = {"district": table.name(row), "clone": grown.name(len(table))}
        changed = Phrase("checks.cloned", words)
        moves.append(Move(asked.case.with_table(grown), changed, row))
    before, *afters = yield [asked.case, *(move.case for move in moves)]
    worst = Worst(asked)
    if before.done:
        worst.see(before, None, _apart(asked, before, _alike(before)))
    for move, after in zip(moves, afters, strict=True):
        if before.done and after.done:
            assert move.row is not None
            pair = (move.row, len(after.case.table) - 1)
            worst.see(before, after, _apart(asked, after, [pair]), move)
    return worst.judged()


def _alike(paid: Paid) -> Iterator[tuple[int, int]]:
    """Yield pairs of districts of which every figure is the same: each with the first like it."""
    first: dict[object, int] = {}
    table = paid.case.table
    for row in range(len(table)):
        found = first.setdefault(table.row(row), row)
        if found != row:
            yield found, row


def _apart(asked: Asked, paid: Paid, found: Iterable[tuple[int, int]]) -> Iterator[Wrong]:
    """Compare what pairs of districts get."""
    total, resting = asked.total(paid), asked.subject.rests
    divisions = {rule.name: whole_amounts(paid, rule) for rule in divisions_of(paid) if resting}
    counted = [rule.name for rule in asked.subject.grants if rule.name not in asked.waived]
    for one, other in found:
        mine, theirs = total[one], total[other]
        unlike = {name for name, got in divisions.items() if got[one] != got[other]}
        for name in counted:
            if resting.get(name, frozenset()) & unlike:
                mine, theirs = mine - divisions[name][one], theirs - divisions[name][other]
        how = beside(asked, paid, (one, mine), (other, theirs))
        yield Wrong(one, mine, theirs, abs(mine - theirs), how)


EQUAL_TREATMENT = Promise(
    *("equal_treatment", "policy", _equal_treatment, Fraction(1)),
    cost="a run for each district",
    method="21, 41",
)
