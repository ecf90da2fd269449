"""A policy beside an older one: who changes by how much, which promises break or are kept anew.

Both run on the table of the new policy, and both are checked with the same seed and time.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from checks.report import Report, Verdict, Waived
from transfers import (
    Allocation,
    Districts,
    Fault,
    FaultsError,
    Policy,
    allocate,
    load_districts,
)
from transfers.messages import Phrase


class Changed(Struct, frozen=True):
    """What one district gets of the old policy and of the new one, in the new one's unit of money.

    None where it is not in that policy's table: an old one may read other rows.
    """

    key: str
    name: str
    old: Fraction | None
    new: Fraction | None

    @property
    def change(self) -> Fraction:
        """What it gains."""
        return (self.new or Fraction(0)) - (self.old or Fraction(0))

    @property
    def ratio(self) -> Fraction | None:
        """What it gains, as a part of what it had; None where it had nothing."""
        return self.change / self.old if self.old else None


class Amounts(Struct, frozen=True):
    """What all districts get of both policies.

    Parameters
    ----------
    rows : tuple of Changed
        In the order of the new policy's table.
    why : Phrase, optional
        Why amounts are not compared.
    faults : tuple of Fault
        What stands in the way of it.
    """

    rows: tuple[Changed, ...] = ()
    why: Phrase | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def changed(self) -> list[Changed]:
        """Who changes, the greatest change first."""
        found = [row for row in self.rows if row.change or row.old is None or row.new is None]
        return sorted(found, key=lambda row: -abs(row.change))

    def count(self, sign: int) -> int:
        """Return how many gain (1), lose (-1) or stay (0)."""
        return sum((row.change > 0) - (row.change < 0) == sign for row in self.rows)

    @property
    def totals(self) -> tuple[Fraction, Fraction]:
        """What all get of the old policy, and of the new one."""
        old = sum((row.old or Fraction(0) for row in self.rows), Fraction(0))
        return old, sum((row.new or Fraction(0) for row in self.rows), Fraction(0))


class Against(Struct, frozen=True, eq=False):
    """What differs from an older policy.

    Parameters
    ----------
    file : str
        The older policy's document; "" where there is none.
    newly_broken, newly_kept : tuple of Verdict
        Of the new policy: promises that only it breaks, whoever lists them, and that only the old
        one does.
    promised, not_promised : tuple of Verdict
        Promises that only the new one lists; and verdicts of the old one that only it lists.
    waived, not_waived : tuple of Verdict
        Likewise waivers.
    """

    file: str
    amounts: Amounts
    newly_broken: tuple[Verdict, ...] = ()
    newly_kept: tuple[Verdict, ...] = ()
    promised: tuple[Verdict, ...] = ()
    not_promised: tuple[Verdict, ...] = ()
    waived: tuple[Verdict, ...] = ()
    not_waived: tuple[Verdict, ...] = ()


NOTHING_OLDER: Final = Against("", Amounts())
"""Of a policy that is new."""


def against(
    old: Report,
    new: Report,
    districts: str | Literal[False] | None = None,
    joins: Sequence[str] | None = None,
    again: Report | None = None,
) -> Against:
    """Hold a policy that was checked against an older one that was checked likewise.

    Parameters
    ----------
    districts : path, optional
        The table, in place of the one that the new policy names; `joins` those that are joined.
        False: there is none, and amounts are not compared.
    again : Report, optional
        Of the older policy, asked what the new one promises and seems to break newly.
    """
    before = {verdict.promise: verdict for verdict in old.verdicts}
    likewise = {} if again is None else {each.promise: each for each in again.verdicts}
    after = {verdict.promise: verdict for verdict in new.verdicts}
    return Against(
        old.file,
        _amounts(old.policy, new.policy, districts, joins),
        newly_broken=tuple(
            v for v in seems_broken(old, new) if not breaks(likewise.get(v.promise))
        ),
        newly_kept=tuple(
            v for v in new.verdicts if v.status == "held" and breaks(before.get(v.promise))
        ),
        promised=_only_in(new, before, "listed"),
        not_promised=_only_in(old, after, "listed"),
        waived=_waivers(new, before),
        not_waived=_waivers(old, after),
    )


def seems_broken(old: Report, new: Report) -> list[Verdict]:
    """Return what only the new policy was found to break, each asked what it promises itself."""
    before = {verdict.promise: verdict for verdict in old.verdicts}
    return [v for v in new.verdicts if breaks(v) and not breaks(before.get(v.promise))]


def breaks(verdict: Verdict | None) -> bool:
    """Tell whether a table was found that breaks a promise, waived or not."""
    return verdict is not None and verdict.example is not None


def _only_in(report: Report, other: dict[str, Verdict], what: str) -> tuple[Verdict, ...]:
    return tuple(
        verdict
        for verdict in report.verdicts
        if getattr(verdict, what) and not getattr(other.get(verdict.promise), what, False)
    )


def _waivers(report: Report, other: dict[str, Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts with a waiver that the other document has not."""
    found = []
    for verdict in report.verdicts:
        there = other.get(verdict.promise)
        known = None if there is None else there.waived
        if verdict.waived is not None and not _alike(verdict.waived, known):
            found.append(verdict)
    return tuple(found)


def _alike(waived: Waived, other: Waived | None) -> bool:
    return other is not None and waived.grant == other.grant


# -- amounts ---------------------------------------------------------------------------------------


def _amounts(
    old: Policy, new: Policy, table: str | Literal[False] | None, joins: Sequence[str] | None
) -> Amounts:
    if table is False:
        return Amounts(why=Phrase("check_report.against_tableless"))
    return amounts(old, new, table, joins)


def amounts(old: Policy, new: Policy, table: str | None, joins: Sequence[str] | None) -> Amounts:
    """Return what both policies pay on the new one's table."""
    if old.money.currency != new.money.currency:
        words = {"old": old.money.currency, "new": new.money.currency}
        return Amounts(why=Phrase("check_report.against_currencies", words))
    try:
        districts = load_districts(table, new, joins=joins)
        after = allocate(new, districts)
    except FaultsError as error:
        return Amounts(why=Phrase("check_report.against_new_unpaid"), faults=error.faults)
    try:
        before = allocate(old, _districts(old, new, districts, table, joins))
    except FaultsError as error:
        return Amounts(why=Phrase("check_report.against_old_unpaid"), faults=error.faults)
    for name, side in (("old", before), ("new", after)):
        if side.status != "done":
            faults = [
                Fault(each.code, each.where, each.values)
                for each in side.findings
                if each.severity == "error"
            ]
            why = Phrase(f"check_report.against_{name}_unpaid")
            return Amounts(why=why, faults=tuple(faults))
    return Amounts(_rows(before, after))


def _districts(
    old: Policy,
    new: Policy,
    districts: Districts,
    table: str | None,
    joins: Sequence[str] | None,
) -> Districts:
    """Return the table of the new policy as the old one reads it."""
    if old.reads_like(new, districts):
        return districts
    entry = new.document.model.districts
    source = table or new.document.beside(entry.file)
    joined = list(joins or ()) or [new.document.beside(join.file) for join in entry.join]
    asked = joined[: len(old.document.model.districts.join)]
    return load_districts(source, old, joins=asked)


def _rows(before: Allocation, after: Allocation) -> tuple[Changed, ...]:
    old, new = _paid(before, after.policy), _paid(after, after.policy)
    names = dict(zip(before.keys, before.districts.names, strict=True))
    names |= dict(zip(after.keys, after.districts.names, strict=True))
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(Changed(key, names[key], old.get(key), new.get(key)) for key in keys)


def _paid(allocation: Allocation, new: Policy) -> dict[str, Fraction]:
    """Return what each district gets, in the unit of money of the new policy."""
    money = allocation.policy.money
    scale = money.quantum * money.unit_scale / new.money.unit_scale
    return {
        key: quanta * scale
        for key, quanta in zip(allocation.keys, allocation.total.tolist(), strict=True)
    }
