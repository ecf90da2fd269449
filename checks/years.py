"""Two years in a chain: the table with which the following year begins."""

from __future__ import annotations

from fractions import Fraction

from checks.runs import Paid
from checks.subject import Subject
from checks.table import Cell, Table


def following(subject: Subject, table: Table, paid: Paid) -> Table | None:
    """Return a table as the following year has it, after a year in which districts were paid.

    What the section `next` says of inputs; without one, the input with the role `prior`, of which
    there must be one, becomes what districts got in all.

    Parameters
    ----------
    table : Table
        The figures of the following year, but for those that come from the year before.
    paid : Paid
        The year before, of the same districts; it pays.

    Returns
    -------
    Table or None
        None where the document does not say what of a year the next one begins with.
    """
    policy = subject.policy
    columns: dict[str, tuple[Cell, ...]] = {}
    for rule in policy.next:
        if rule.of_each_district:
            columns[rule.name] = tuple(paid.allocation.next_year(rule.name))
    priors = subject.with_role("prior")
    if not columns and len(priors) == 1 and table.items(priors[0]) == 1:
        quantum = subject.quanta_of(priors[0], Fraction(1))
        if quantum:
            columns[priors[0]] = tuple(Fraction(amount) / quantum for amount in paid.total)
    return table.with_columns(columns) if columns else None
