"""Changes asked of a document: entries set, added and removed, and where each was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from transfers.documents.exact_number import ExactNumber
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Mark, Path, quoted, shown
from transfers.errors import Fault, Place

SET: Final = "--set"

Tree: TypeAlias = "str | Mapping[str, Tree] | Sequence[Tree] | None"
"""What YAML may hold: a text, a mapping, a list, nothing."""

_MOST_LISTED: Final = 6
_IN_FLOW: Final = frozenset(",[]{}#:")
_AT_FIRST: Final = frozenset("&*!|>'\"%@`-?")


class Change(Struct, frozen=True):
    """One change: a value put where there is one, an entry added, or one taken away.

    Parameters
    ----------
    path : str
        Literally as the YAML nests it, parts joined by dots, items of lists by their number.
    value : Tree
        A text is a scalar as a document would write it, or YAML in flow style after ``{`` or
        ``[``; a mapping or a list is the tree itself. None of what is removed, and for nothing.
    place : Place
        Where it was asked for.
    told : bool
        Whether people are told that this run has it: not of a question about the outcome.
    """

    kind: Literal["set", "add", "remove"]
    path: str
    value: Tree = None
    place: Place = Place(SET)
    told: bool = True

    @property
    def text(self) -> str:
        """The value as a document would write it on one line."""
        return in_flow(self.value, inside=False)


Changes: TypeAlias = tuple[Change, ...]


def changes_of(changes: Mapping[str, str] | Changes) -> Changes:
    """Return changes; a mapping of path to text says what is set."""
    if isinstance(changes, tuple):
        return changes
    return tuple(Change("set", path, text) for path, text in changes.items())


def merged(before: Changes, then: Iterable[Change]) -> Changes:
    """Return all changes in their order; what is set again stands once, with its last value."""
    found = list(before)
    for change in then:
        same = [n for n, known in enumerate(found) if known.path == change.path]
        if same and change.kind == "set" == found[same[-1]].kind:
            found[same[-1]] = change
        else:
            found.append(change)
    return tuple(found)


def in_flow(value: Tree, *, inside: bool = True) -> str:
    """Write a tree as YAML in flow style.

    >>> in_flow({"claim": "max(0, gap)", "if_short": ["scale"]})
    '{claim: "max(0, gap)", if_short: [scale]}'
    """
    if value is None:
        return "null"
    if isinstance(value, ExactNumber):
        return f"≈{value}"
    if isinstance(value, str):
        plain = value.strip() == value != "" and value[0] not in _AT_FIRST
        return value if not inside or (plain and _IN_FLOW.isdisjoint(value)) else quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {in_flow(below)}" for key, below in value.items()) + "}"
    return "[" + ", ".join(in_flow(below) for below in value) + "]"


class Asked(Struct, frozen=True):
    """Where changes were asked for, by path; ``--set`` for those of which nothing is known.

    Parameters
    ----------
    places : mapping of dotted path to Place
        Also of what stands below a path that was added.
    """

    places: Mapping[str, Place]

    @classmethod
    def of(cls, changes: Changes, below: Mapping[str, Place] | None = None) -> Asked:
        """Return where changes were asked for, and where what stands below them."""
        known = {change.path: change.place for change in changes}
        return cls(
            {p: at for p, at in {**(below or {}), **known}.items() if at.file not in (None, SET)}
        )

    def at(self, path: str) -> Place | None:
        """Return where the change of a path, or of the nearest one around it, was asked for.

        What is made only to hold something was asked for with that.
        """
        around = path
        while around not in self.places:
            if not around:
                inside = (at for p, at in self.places.items() if p.startswith(f"{path}."))
                return next(inside, None)
            around = around.rpartition(".")[0]
        return self.places[around]

    def fault(self, fault: Fault) -> Fault:
        """Return a fault of a change, at the place that asked for it."""
        if fault.place.file != SET:
            return fault
        place = self.at(fault.place.path)
        if place is None:
            return fault
        asked = Place(place.file, place.line, place.column, fault.place.path)
        return replace(fault, place=asked)

    def source(self, source: Source) -> Source:
        """Return a source whose changed parts stand where they were asked for."""
        if not self.places:
            return source
        marks = {path: self._mark(path, mark) for path, mark in source.marks.items()}
        key_marks = {path: self._mark(path, mark) for path, mark in source.key_marks.items()}
        return replace(source, marks=marks, key_marks=key_marks)

    def _mark(self, path: Path, mark: Mark) -> Mark:
        if mark.file != SET:
            return mark
        place = self.at(".".join(map(str, path)))
        if place is None:
            return mark
        return Mark(place.line, place.column, mark.style, place.file)


def inner_marks(value: Tree, path: Path = ()) -> dict[Path, Mark]:
    """Return a mark for everything that a tree nests."""
    marks: dict[Path, Mark] = {}
    below: Iterable[tuple[str | int, Tree]] = ()
    if isinstance(value, Mapping):
        below = value.items()
    elif isinstance(value, Sequence) and not isinstance(value, str):
        below = enumerate(value)
    for step, part in below:
        scalar = part is None or isinstance(part, str)
        marks[(*path, step)] = Mark(None, None, "plain" if scalar else "block", SET)
        marks |= inner_marks(part, (*path, step))
    return marks


def listed(changes: Changes) -> tuple[str, ...]:
    """Return the paths of changes for a message, not too many."""
    paths = list(dict.fromkeys(shown(change.path) for change in changes))
    return (*paths[:_MOST_LISTED], *["…"] * (len(paths) > _MOST_LISTED))
