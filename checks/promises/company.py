"""Promises about who else is there: districts that leave, that double, that merge and split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations

from msgspec.structs import replace

from checks.promises.clones import fresh_keys, joined, twice
from checks.promises.kinds import Together, together
from checks.promises.moving import Move, Wrong, chosen_rows, compared, few, most_moves, sum_of
from checks.runs import Paid
from checks.subject import Subject
from checks.table import Cell, Table
from checks.trial import UNTRIED, Asked, Promise, Trial
from transfers.messages import Phrase
from transfers.policy.rules import Path
from transfers.policy.uses import uses


def _money(paid: Paid) -> dict[str, int]:
    """Return what a case has to give: the budget, pools that are stated, reserves; quanta."""
    allocation = paid.allocation
    budget = allocation.block.budget
    row = allocation.scenario
    found = {}
    if budget is not None:
        whole = budget.amount.whole
        found["budget"] = int(whole[min(row, len(whole) - 1), 0])
    for rule in allocation.policy.grants:
        asked = allocation.outcome(rule.name).asked
        if rule.pool is not None and asked is not None:
            found[f"grants.{rule.name}"] = int(asked[min(row, len(asked) - 1), 0])
    for account in allocation.accounts:
        found[f"reserves.{account.name}"] = account.opening + account.inflow
    return found


# -- one leaves ------------------------------------------------------------------------------------


def _entry(asked: Asked) -> Trial:
    """Take a district out, and leave the money as it is: nobody else gets less.

    Where the money follows from figures of the district that left, there is nothing to compare.
    """
    table = asked.case.table
    if len(table) < 2:
        return UNTRIED
    moves = []
    for row in few(chosen_rows(asked), most_moves(asked)):
        changed = Phrase("checks.left", {"district": table.name(row)})
        moves.append(Move(asked.case.with_table(table.without(row)), changed, row))

    def look(before: Paid, after: Paid, move: Move) -> Iterable[Wrong]:
        assert move.row is not None
        there = _money(after)
        if any(there[name] < money for name, money in _money(before).items()):
            return
        old, new = asked.total(before), asked.total(after)
        stay = [row for row in range(len(old)) if row != move.row]
        for row, now in zip(stay, new, strict=True):
            yield Wrong(row, now, old[row], old[row] - now)

    return (yield from compared(asked, moves, look))


# -- everything twice ------------------------------------------------------------------------------


def sums_of_money(subject: Subject) -> dict[Path, Fraction]:
    """Return the numbers of the document that say how much money there is in all.

    Those of the budget, of pools and of reserves; not what is said of one district.
    """
    return {
        path: value
        for path, value in subject.money_numbers.items()
        if any(
            use.role in ("budget", "reserve") or use.key == "pool"
            for use in uses(subject.policy, path)
        )
    }


def _solves(subject: Subject) -> Phrase | None:
    return None if subject.policy.solve is None else Phrase("checks.money_solved_for")


def _replication(asked: Asked) -> Trial:
    """Have every district twice and twice the money: each gets what it got, and so does its twin.

    Money that follows from figures of districts doubles by itself; where it does not become
    exactly twice as much, or a parameter is solved for, there is nothing to compare.
    """
    subject, case = asked.subject, asked.case
    if _solves(subject) is not None:
        return UNTRIED
    doubled = {
        path: 2 * case.numbers.get(path, value) for path, value in sums_of_money(subject).items()
    }
    both = case.with_table(twice(case.table)).with_numbers(doubled)
    move = Move(both, Phrase("checks.everything_twice"))

    def look(before: Paid, after: Paid, _move: Move) -> Iterable[Wrong]:
        there = _money(after)
        if any(abs(there[name] - 2 * money) > 1 for name, money in _money(before).items()):
            return
        old, new = asked.total(before), asked.total(after)
        for row, was in enumerate(old):
            for now in (new[row], new[len(old) + row]):
                yield Wrong(row, now, was, abs(now - was))

    return (yield from compared(asked, [move], look))


# -- merging and splitting -------------------------------------------------------------------------


def _merge_split(asked: Asked) -> Trial:
    """Make one district of two, and two halves of one: neither gets more than before.

    What is counted adds up (people, area, money); what is not (scores, rates, categories) must be
    the same in both. A column that does not say what it counts must be zero in both.
    """
    halves = _split(asked)
    moves = [*few(_merged(asked), most_moves(asked) - len(halves)), *halves]

    def look(before: Paid, after: Paid, move: Move) -> Iterable[Wrong]:
        old, new = asked.total(before), asked.total(after)
        assert move.row is not None
        if len(new) > len(old):
            apart, one = new[move.row] + new[-1], old[move.row]
            yield Wrong(move.row, apart, one, apart - one, _sums(asked, apart, one))
            return
        keys = set(after.case.table.keys)
        gone = next(row for row, key in enumerate(before.case.table.keys) if key not in keys)
        apart, one = old[move.row] + old[gone], new[move.row]
        yield Wrong(move.row, one, apart, one - apart, _sums(asked, apart, one))

    return (yield from compared(asked, moves, look))


def _sums(asked: Asked, apart: int, one: int) -> Phrase:
    words = {"apart": sum_of(asked, apart), "one": sum_of(asked, one)}
    return Phrase("checks.apart_and_one", words)


def _merged(asked: Asked) -> list[Move]:
    table, kinds = asked.case.table, together(asked.subject)
    moves = []
    for one, other in few(list(combinations(chosen_rows(asked), 2)), most_moves(asked)):
        cells = _added(table, kinds, one, other)
        if cells is not None and _allowed(asked.subject, cells):
            merged = table.with_cells({(name, one, item): c for (name, item), c in cells.items()})
            words = {"one": table.name(one), "other": table.name(other)}
            case = asked.case.with_table(merged.without(other))
            moves.append(Move(case, Phrase("checks.merged", words), one))
    return moves


def _added(
    table: Table, kinds: Mapping[str, Together], one: int, other: int
) -> dict[tuple[str, int], Cell] | None:
    """Return the cells of two districts that are one; None where they cannot be."""
    cells: dict[tuple[str, int], Cell] = {}
    for name, kind in kinds.items():
        for item in range(table.items(name)):
            mine, theirs = table.cell(name, one, item), table.cell(name, other, item)
            if kind == "adds" and isinstance(mine, Fraction) and isinstance(theirs, Fraction):
                cells[name, item] = mine + theirs
            elif mine != theirs or (kind == "unknown" and mine):
                return None
    return cells


def _allowed(subject: Subject, cells: Mapping[tuple[str, int], Cell]) -> bool:
    """Tell whether inputs may have the figures of districts that merge or split."""
    return all(
        subject.domains[name].allows(cell)
        for (name, _), cell in cells.items()
        if isinstance(cell, Fraction)
    )


def _split(asked: Asked) -> list[Move]:
    table, kinds = asked.case.table, together(asked.subject)
    moves = []
    for row in chosen_rows(asked):
        cells: dict[tuple[str, int], Cell] = {}
        unclear = False
        for name, kind in kinds.items():
            for item in range(table.items(name)):
                cell = table.cell(name, row, item)
                if kind == "adds" and isinstance(cell, Fraction):
                    cells[name, item] = cell / 2
                unclear |= kind == "unknown" and bool(cell)
        if unclear or not any(cells.values()) or not _allowed(asked.subject, cells):
            continue
        halved = table.with_cells({(name, row, item): c for (name, item), c in cells.items()})
        half = replace(
            halved.only([row]), keys=fresh_keys(table, 1), names=(f"{table.name(row)}*",)
        )
        changed = Phrase("checks.split", {"district": table.name(row)})
        moves.append(Move(asked.case.with_table(joined(halved, half)), changed, row))
    return moves


ENTRY = Promise(
    *("entry", "policy", _entry, Fraction(1)),
    cost="a run for each district",
    method="41",
)
REPLICATION = Promise(
    "replication",
    "policy",
    _replication,
    Fraction(1),
    method="41",
    idle=_solves,
)
MERGE_SPLIT = Promise(
    *("merge_split", "policy", _merge_split, Fraction(2)),
    cost="a run for each district",
    method="41",
)
