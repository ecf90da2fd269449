"""The districts of a variant, year by year: one row each, also where keys and members change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from scenarios.outlook.course import Course
from scenarios.outlook.found import VariantOutlook


class DistrictRow(Struct, eq=False):
    """One district over the years.

    Attributes
    ----------
    key, name : str
        As the last year with it has them.
    amounts : dict of year to int, quanta
        The years in which it is a district.
    once : dict of str to str
        Keys it was given in the course of the years -> the one it had before.
    merged : bool
        Whether others became part of it after its first year.
    names : dict of year to str
        What it is called in each year.
    """

    key: str
    name: str
    amounts: dict[int, int]
    once: dict[str, str] = {}
    merged: bool = False
    names: dict[int, str] = {}

    def name_in(self, year: int) -> str:
        """Return what it is called in the last of its years before one."""
        before = [name for at, name in self.names.items() if at < year]
        return before[-1] if before else self.name

    @property
    def former(self) -> list[tuple[int, int, str]]:
        """The names it had before that of its last year, each with its first and last year."""
        found: list[tuple[int, int, str]] = []
        for year, name in self.names.items():
            if found and found[-1][2] == name:
                found[-1] = found[-1][0], year, name
            else:
                found.append((year, year, name))
        return found[:-1]


class DistrictYears(Struct, frozen=True, eq=False):
    """The districts of a variant.

    Parameters
    ----------
    years : tuple of int
        Those that pay.
    rows : tuple of DistrictRow
    comes, goes : mapping of year to names
        Districts that only the year before, or only this year, has, beyond what the study says of
        merged and renamed ones.
    """

    years: tuple[int, ...]
    rows: tuple[DistrictRow, ...]
    comes: Mapping[int, tuple[str, ...]]
    goes: Mapping[int, tuple[str, ...]]

    @property
    def changes(self) -> bool:
        """Whether some district is there in some years only."""
        return any(len(row.amounts) < len(self.years) for row in self.rows)

    def total(self, year: int) -> int:
        """Return what all get in a year, in quanta."""
        return sum(row.amounts.get(year, 0) for row in self.rows)


def district_years(
    course: Course, variant: VariantOutlook, amounts: Mapping[int, Sequence[int] | None]
) -> DistrictYears:
    """Return the districts of a variant by years; who gets another key keeps its row.

    Parameters
    ----------
    amounts : mapping of year to amounts in the order of that year's districts, or None
    """
    rows: list[DistrictRow] = []
    known: dict[str, DistrictRow] = {}  # also those that have left, and may come back
    before: dict[str, DistrictRow] = {}
    comes, goes, years = {}, {}, []
    for answer in variant.years:
        paid = amounts[answer.year]
        if paid is None:
            continue
        years.append(answer.year)
        districts = answer.allocation.districts
        renamed = _renamed(course, answer.year, before)
        merged = _merged(course, answer.year)
        now: dict[str, DistrictRow] = {}
        last: DistrictRow | None = None
        for key, name, quanta in zip(districts.keys, districts.names, paid, strict=True):
            row = before.get(renamed.get(key, key)) or known.get(key)
            if row is None:
                row = DistrictRow(key, name, {})
                rows.insert(rows.index(last) + 1 if before and last else len(rows), row)
            if row.key != key:
                row.once[key] = row.key
            row.merged = row.merged or (bool(row.amounts) and key in merged)
            row.key, row.name = key, name
            row.amounts[answer.year], row.names[answer.year] = quanta, name
            now[key] = known[key] = last = row
        if before:
            told = _told(course, answer.year)
            gone = [row for row in before.values() if answer.year not in row.amounts]
            new = [row for row in now.values() if years[-2] not in row.amounts]
            goes[answer.year] = tuple(row.name for row in gone if not told & {row.key, row.name})
            comes[answer.year] = tuple(row.name for row in new if not told & {row.key, row.name})
        before = now
    return DistrictYears(
        tuple(years),
        tuple(rows),
        {year: names for year, names in comes.items() if names},
        {year: names for year, names in goes.items() if names},
    )


def _renamed(course: Course, year: int, before: Mapping[str, DistrictRow]) -> dict[str, str]:
    """Return the keys that districts had the year before: new key -> old key."""
    asked = course.members_in(year)
    if asked is None:
        return {}
    of_names = {row.name: key for key, row in before.items()}
    return {
        new: old if old in before else of_names.get(old, old)
        for old, new in asked[0].rename.items()
    }


def _merged(course: Course, year: int) -> set[str]:
    """Return the keys of districts that others become in a year."""
    asked = course.members_in(year)
    return set() if asked is None else set(asked[0].merge)


def _told(course: Course, year: int) -> set[str]:
    """Return the keys and names of districts of which the study says what becomes of them."""
    asked = course.members_in(year)
    if asked is None:
        return set()
    members = asked[0]
    return {*members.new_keys, *members.old_keys}
