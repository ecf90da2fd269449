"""Dates of a list of services as people write them: 2026, 2026-07, 2026/7/1, 2026年7月1日.

A column of texts with dates becomes two columns of numbers, its years and its months, which
formulas read as they read any column of a list.

Method: sentence 42.
"""

from __future__ import annotations

import re
from calendar import monthrange
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from transfers.documents.yaml_tree import shown
from transfers.errors import Fault
from transfers.formula.nodes import Number, Type
from transfers.formula.scope import ItemColumn, ItemList, Symbol

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

_WAYS: Final = (
    re.compile(r"([0-9]{4})年?"),
    re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?"),
    re.compile(r"([0-9]{4})/([0-9]{1,2})(?:/([0-9]{1,2}))?"),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月(?:([0-9]{1,2})日)?"),
)
_MONTHS: Final = 12


class Day(Struct, frozen=True):
    """A date of which the month, or the day, may be left open."""

    year: int
    month: int = 0
    day: int = 0

    def first(self) -> tuple[int, int, int]:
        """Return the first day that is meant."""
        return self.year, self.month or 1, self.day or 1

    def last(self) -> tuple[int, int, int]:
        """Return the last day that is meant."""
        return self.year, self.month or _MONTHS, self.day or 31


def day_of(text: str) -> Day | None:
    """Return the date that a text writes; None where it writes none.

    >>> day_of("2026年7月"), day_of("2026-02-30")
    (Day(year=2026, month=7, day=0), None)
    """
    found = next((match for way in _WAYS if (match := way.fullmatch(text.strip()))), None)
    if found is None:
        return None
    year, month, day = (*(int(part) for part in found.groups() if part), 0, 0)[:3]
    written = len([part for part in found.groups() if part])
    sound = year >= 1 and (written < 2 or 1 <= month <= _MONTHS)
    if not sound or (written == 3 and not 1 <= day <= monthrange(year, month)[1]):
        return None
    return Day(year, month, day)


def dated_column(items: ItemList, formula: str) -> str:
    """Return the column of texts that a formula names, with or without the list; "" for none."""
    name = formula.strip().removeprefix(f"{items.name}.")
    column = items.columns.get(name)
    return name if column is not None and column.kind == "text" else ""


def with_dates(compiler: Compiler, items: ItemList, column: str) -> ItemList | None:
    """Make years and months of a column of dates usable; None where a cell is no date."""
    of, faults = items.columns[column], len(compiler.faults)
    days: list[Day | None] = []
    for item, text, place in zip(items.names, of.texts, of.places, strict=True):
        day = None if text is None or not text.strip() else day_of(text)
        if day is None and text is not None and text.strip():
            words = {"item": item, "text": shown(text, 40)}
            compiler.faults.append(Fault("formula.service_date", place, words))
        days.append(day)
    if len(compiler.faults) > faults:
        return None
    made = {
        "year": tuple(None if day is None else day.year for day in days),
        "month": tuple(None if day is None or not day.month else day.month for day in days),
    }
    columns = dict(items.columns)
    for part, figures in made.items():
        numbers = tuple(
            None if x is None else Number(Fraction(x), type=Type("number")) for x in figures
        )
        name = f"{column}.{part}"
        columns[name] = ItemColumn(name, "number", numbers=numbers, title=of.title)
        if compiler.scope.find(f"{items.name}.{name}") is None:
            place = compiler.document.place("lists", items.name, "columns", column)
            kind = Type("number", over=items.name)
            compiler.define(Symbol(f"{items.name}.{name}", kind, place))
    found = replace(items, columns=columns)
    compiler.scope.lists[items.name] = found
    return found


class Validity(Struct, frozen=True):
    """The texts of formulas that say when an item is in force.

    Parameters
    ----------
    names : dict of str to str
        ``from``, ``until``: the name of the year.
    of_month : dict of str to str
        The name of the month, where there are dates.
    """

    names: dict[str, str]
    of_month: dict[str, str]

    def in_force(self, year: str) -> str:
        """Return when an item is in force in a year; "" for always."""
        signs = {"from": "<=", "until": ">="}
        return " and ".join(
            f"(missing({name}) or {name} {signs[key]} {year})" for key, name in self.names.items()
        )

    def months(self, year: str) -> str:
        """Return how many months of a year an item is in force that is so in that year."""
        last, first = self._edge("until", year, _MONTHS), self._edge("from", year, 1)
        return f"max(0, {last} - {first} + 1)"

    def _edge(self, key: str, year: str, outer: int) -> str:
        """Return the first, or the last, month in force; `outer` where nothing limits it."""
        if key not in self.of_month:
            return str(outer)
        name, month = self.names[key], self.of_month[key]
        own = f"if(missing({month}), {outer}, {month})"
        return f"if(missing({name}), {outer}, if({name} == {year}, {own}, {outer}))"
