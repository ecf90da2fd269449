"""Tables that have the districts of a year already, and what was said before of those gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from scenarios.outlook.course import Course
from scenarios.outlook.plans import YearPlan
from scenarios.steps import Step
from transfers import Districts, TableError
from transfers.errors import Fault, Place
from transfers.figures.membership import Members

_Keys = Callable[[str], str | None]
_KEY: Final = re.compile(r"\bkey\b")
_TEXTS: Final = re.compile(r"""["'“”‘’「」\uff02]([^"'“”‘’「」\uff02]*)["'“”‘’「」\uff02]""")
"""The texts in a formula: what stands between quotation marks."""


class Made:
    """Tells which changes among districts a table has already.

    Parameters
    ----------
    course : Course
    plans : sequence of YearPlan
        Those of the years up to the one whose table it is.
    past : sequence of Districts
        The tables of the years before it.
    """

    def __init__(
        self, course: Course, plans: Sequence[YearPlan], past: Sequence[Districts]
    ) -> None:
        self.course, self.past = course, past
        self.years = [plan.year for plan in plans]

    def has(self, table: Districts, year: int) -> bool:
        """Tell whether a table has the districts of a year, and none of those before it.

        Districts that swap their keys are told by their names, where they have any.
        """
        asked = self.course.members_in(year)
        if asked is None:
            return False
        members, key_of = asked[0], _keys_of(table)
        old = [key_of(text) for text in members.old_keys]
        new = {*members.new_keys}
        if not new <= {*table.keys} or any(key is not None and key not in new for key in old):
            return False
        return None in old or (bool(old) and self._called_anew(table, members, year))

    def _called_anew(self, table: Districts, members: Members, year: int) -> bool:
        """Tell whether each key has the name that it has after districts swapped them."""
        if not self.past:
            return False
        before = dict(zip(self.past[-1].keys, self.past[-1].names, strict=True))
        names = {new: before.get(new) for new in members.new_keys}
        if year == self.years[-1]:
            key_of = _keys_of(self.past[-1])
            names = {new: before.get(key_of(old) or "") for old, new in members.rename.items()}
        own = {key: name for key, name in names.items() if name is not None and name != key}
        there = dict(zip(table.keys, table.names, strict=True))
        return len({*own.values()}) == len(members.new_keys) and own.items() <= there.items()

    def as_it_is_now(self, table: Districts, step: Step, year: int | None) -> Step:
        """Return a change of figures of a year, as it speaks of a table that others changed since.

        What it says of districts that are gone is left out: the table has the figures of those
        that they have become. Formulas are not rewritten.

        Raises
        ------
        TableError
            A formula names a district by a key that it no longer has.
        """
        since = [each for each in self.years if year is None or each > year]
        since = [each for each in since if self.has(table, each)]
        if not since:
            return step
        began = self._table(0 if year is None else self.years.index(year), table)
        moves = [self._moves(each, table) for each in since]
        _check_formulas(step, dict(zip(since, moves, strict=True)))
        return replace(
            step,
            data={
                name: left
                for name, asked in step.data.items()
                if (left := _left(asked, _keys_of(began), moves))
            },
        )

    def _table(self, at: int, now: Districts) -> Districts:
        """Return the table of a year, by its number; that of the first year is still to come."""
        return self.past[max(at, 0)] if self.past else now

    def _moves(self, year: int, now: Districts) -> dict[str, str | None]:
        """Return what the districts of the year before become: their new key; None: are gone."""
        asked = self.course.members_in(year)
        assert asked is not None
        members, at = asked[0], self.years.index(year)
        key_of = _keys_of(self._table(at - 1, now))
        merged = (text for merge in members.merge.values() for text in merge.of)
        gone: dict[str, str | None] = {key_of(t) or t: None for t in (*merged, *members.leave)}
        return gone | {key_of(old) or old: new for old, new in members.rename.items()}


def _keys_of(table: Districts) -> _Keys:
    """Return what finds a key by itself, or by a name that only one district has."""
    found: dict[str, str | None] = {}
    for key, name in zip(table.keys, table.names, strict=True):
        found[name] = None if name in found else key
    found.update((key, key) for key in table.keys)
    return found.get


def _left(asked: Any, key_of: _Keys, moves: Sequence[Mapping[str, str | None]]) -> Any:
    """Return what is left of a change of one input: what speaks of districts that are there."""
    if isinstance(asked, list | tuple):
        return [left for each in asked if (left := _left(each, key_of, moves))]
    if not isinstance(asked, Mapping) or "formula" in asked:
        return asked
    found = {}
    for path, text in asked.items():
        item, known = _parted(str(path), key_of)
        key = known
        for move in moves if known is not None else ():
            key = None if key is None else move.get(key, key)
        if key is not None:
            found[f"{item}{key}"] = text
        elif known is None:
            found[path] = text  # told where it is read
    return found


def _check_formulas(step: Step, moves: Mapping[int, Mapping[str, str | None]]) -> None:
    """Refuse formulas that name a district by a key that it has lost, and not by that it got."""
    for name, asked in step.data.items():
        for text in _formulas(asked):
            said = {*_TEXTS.findall(text)} if _KEY.search(text) else set()
            for year, renamed in moves.items():
                for old in sorted(said):
                    new = renamed.get(old)
                    if new is not None and new not in said:
                        words = {"input": name, "old": old, "new": new, "year": year}
                        place = step.places.get(f"data.{name}", Place(path=f"data.{name}"))
                        raise TableError([Fault("outlook.key_of_formula", place, words)])


def _formulas(asked: Any) -> Iterator[str]:
    """Yield the formulas and statements of a change of one input."""
    if isinstance(asked, list | tuple):
        for each in asked:
            yield from _formulas(each)
    elif isinstance(asked, Mapping):
        yield from (str(asked[key]) for key in ("formula", "where") if key in asked)
    else:
        yield str(asked)


def _parted(path: str, key_of: _Keys) -> tuple[str, str | None]:
    """Return the item, with its dot, and the key of the district that a path speaks of."""
    starts = [0, *(at + 1 for at, letter in enumerate(path) if letter == ".")]
    for at in starts:
        key = key_of(path[at:])
        if key is not None:
            return path[:at], key
    return "", None
