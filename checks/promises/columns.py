"""Promises about columns: their unit does not matter, nor does a column that no rule reads."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from checks.border import other_unit, read_again, readable
from checks.promises.readings import Readings
from checks.runs import Case
from checks.subject import Subject
from checks.table import Cell, Table
from checks.tally import Tally
from checks.trial import UNTRIED, Asked, Promise, Trial
from transfers.messages import Phrase

_TIMES: Final = (Fraction(1000), Fraction(1, 1000))
_MOST_MOVED: Final = 6

# -- units -----------------------------------------------------------------------------------------


def _unit_of_a_factor(asked: Asked) -> Trial:
    """Write columns in another unit: nobody gets another amount.

    An input that declares its unit is written in another one of its kind, as a file would state
    it, and read as files are. An input without a unit that weights are made of is multiplied by a
    thousand; a rule that only compares districts does not see that, one that adds raw columns
    does. Left alone are inputs whose scale the document says without a unit: money (the roles
    need, own_revenue and prior, and what claims, bounds and pools are read from), scores and
    ratios (the role score, a range up to 100), and figures held against a number of the document
    or subtracted from one another. A document that lists this promise means it of those held
    against a number too.
    """
    subject, case = asked.subject, asked.case
    moves = [*_in_other_units(subject, case.table), *_scaled(subject, case.table)]
    if not moves:
        return UNTRIED
    before, *afters = yield [case, *(case.with_table(table) for _, table, _ in moves)]
    tally = Tally(asked)
    for (changed, _, name), after in zip(moves, afters, strict=True):
        how = Phrase("checks.declare_unit", {"input": name}) if name else None
        tally.hold_same(before, after, changed=changed, how=how)
    return tally.judged()


def _in_other_units(subject: Subject, table: Table) -> Iterator[tuple[Phrase, Table, str]]:
    """Yield the table as it is read from a file whose columns are in other units."""
    policy = subject.policy
    units = {}
    for name in readable(policy, table):
        rule = policy.inputs[name]
        if rule.kind == "number" and rule.unit.kinds:
            unit = other_unit(policy, rule, table.columns[name])
            if unit is not None:
                units[name] = unit
    read = read_again(policy, table, units) if units else None
    if read is not None:
        yield Phrase("checks.columns_in_other_units"), read, ""


def _scaled(subject: Subject, table: Table) -> Iterator[tuple[Phrase, Table, str]]:
    """Yield the table with one column of no unit a thousandfold."""
    strict = "unit_of_a_factor" in subject.listed
    for name in Readings(subject.policy).without_scale(strict=strict)[:_MOST_MOVED]:
        domain = subject.domains[name]
        for times in _TIMES:
            other = table.scaled([name], times)
            cells = [cell for cell in other.columns[name] if isinstance(cell, Fraction)]
            if any(cells) and all(map(domain.allows, cells)):
                words = {"input": name, "times": times}
                yield Phrase("checks.column_times", words), other, name
                break


def _has_no_units(subject: Subject) -> Phrase | None:
    declared = any(
        rule.unit.kinds and rule.kind == "number" and not rule.over
        for rule in subject.policy.inputs.values()
    )
    strict = "unit_of_a_factor" in subject.listed
    if declared or Readings(subject.policy).without_scale(strict=strict):
        return None
    return Phrase("checks.no_unit_moves")


UNIT_OF_A_FACTOR = Promise(
    *("unit_of_a_factor", "arithmetic", _unit_of_a_factor),
    cost="a few runs",
    method="9, 24",
    work=20,
    idle=_has_no_units,
)

# -- columns that nothing reads --------------------------------------------------------------------


def _irrelevance(asked: Asked) -> Trial:
    """Change what no rule reads that pays or stops a run: other figures, blanks, a column more."""
    subject, case = asked.subject, asked.case
    table = case.table
    moves: list[tuple[Phrase, Case]] = []
    for name in Readings(subject.policy).unread[:_MOST_MOVED]:
        changed = Phrase("checks.column_irrelevant", {"input": name})
        for cells in _other_cells(subject, table, name):
            moves.append((changed, case.with_table(table.with_columns({name: cells}))))
    for heading, read in _with_column(subject, table):
        moves.append((Phrase("checks.column_added", {"input": heading}), case.with_table(read)))
    if not moves:
        return UNTRIED
    before, *afters = yield [case, *(other for _, other in moves)]
    tally = Tally(asked)
    for (changed, _), after in zip(moves, afters, strict=True):
        tally.hold_same(before, after, changed=changed)
    return tally.judged()


def _other_cells(subject: Subject, table: Table, name: str) -> Iterator[tuple[Cell, ...]]:
    """Yield a column with other figures, and with none."""
    domain, cells = subject.domains[name], table.columns[name]
    moved: list[Cell] = []
    for cell in cells:
        if isinstance(cell, bool):
            moved.append(not cell)
        elif isinstance(cell, Fraction):
            moved.append(next(iter([*domain.raised(cell)[-1:], *domain.lowered(cell)]), cell))
        else:
            moved.append(next((text for text in domain.usual if text != cell), cell))
    if tuple(moved) != cells:
        yield tuple(moved)
    yield (None,) * len(cells)


def _with_column(subject: Subject, table: Table) -> Iterator[tuple[str, Table]]:
    """Yield the table as it is read from a file with a column beside, named like one of ours."""
    for name in readable(subject.policy, table)[:1]:
        entry = subject.policy.document.model.inputs[name]
        heading = f"{(entry.column or (name,))[0]}_0"
        cells = [str(7 * row + 3) for row in range(len(table))]
        read = read_again(subject.policy, table, {}, {heading: cells})
        if read is not None:
            yield heading, read


IRRELEVANCE = Promise(
    "irrelevance", "arithmetic", _irrelevance, cost="a few runs", method="32", work=20
)
