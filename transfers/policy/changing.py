"""Changes of structure: what a study asks to be set, added and removed, and what comes of it.

Method: section 34.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias

import numpy as np
from msgspec.structs import replace

from transfers.arithmetic.decimals import decimal_places, format_decimal
from transfers.documents.change import Change, Changes, Tree, listed
from transfers.documents.overrides import node_at
from transfers.documents.yaml_source import Source
from transfers.errors import DocumentError, Fault, Place
from transfers.messages import Phrase

_FALLS: Final = ("-", "压减", "减少", "降低", "下降", "调减", "减")
_PART: Final = re.compile(
    rf"({'|'.join(_FALLS)}|\+|增加|提高|增长|调增|增|)\s*(\d{{1,3}}(?:\.\d{{1,6}})?)\s*[%％]"
)
"""A part by which a number is to grow or fall, as people write it."""

Value: TypeAlias = "Tree | Fraction | Decimal | int | float | bool"


def asked_changes(
    set: Mapping[str, Value],
    add: Mapping[str, Value],
    remove: Sequence[str],
    places: Mapping[str, Place],
    *,
    told: bool = True,
) -> Changes:
    """Return changes in the order in which they are made: removed, added, set.

    One of whose place nothing is known is told by its kind.
    """
    kinds: tuple[tuple[Literal["set", "add"], Mapping[str, Value]], ...]
    kinds = (("add", add), ("set", set))
    removed = [
        Change("remove", path, None, places.get(path, Place("remove")))
        for path in sorted(remove, key=_from_the_end)
    ]
    written = [
        Change(kind, path, value_text(value), places.get(path, Place(kind)), told)
        for kind, entries in kinds
        for path, value in entries.items()
    ]
    return (*removed, *written)


def _from_the_end(path: str) -> int:
    """Order items of a list from its end, so that each has its number when its turn comes."""
    last = path.rpartition(".")[2]
    return -int(last) if last.isascii() and last.isdigit() and len(last) < 7 else 1


def value_text(value: Value) -> Tree:
    """Return a value as a document would write it.

    Raises
    ------
    ValueError
        A fraction that no decimal writes: as a move of a scenario it may be what it is.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        if decimal_places(value) is None:
            raise ValueError(f"{value} is no decimal: move the number instead (number_moves)")
        return format_decimal(value)
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, Mapping):
        return {str(key): value_text(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [value_text(below) for below in value]
    return value


def came_with(
    error: DocumentError, source: Source, changes: Changes, first: Sequence[Fault] = ()
) -> DocumentError:
    """Return an error whose faults elsewhere in the document say what they came with.

    Where `first` says why a sum could not be kept, that it is not kept is no news. Weights that a
    study changed and that no longer add up are told where the study set them.

    Parameters
    ----------
    source : Source
        The document without the changes.
    """
    note = Phrase("change.came_with", {"paths": listed(changes)})

    def noted(fault: Fault) -> Fault:
        asked = next(
            (c for c in changes if c.place.line and _at(c.place) == _at(fault.place)), None
        )
        if asked is not None and fault.note is None:
            return replace(fault, note=_by_part(asked, source))
        own = fault.place.file == source.file and fault.note is None
        if own and fault.code == "document.weights_sum":
            fault = _of_weights(fault, source, changes)
        return replace(fault, note=fault.note or note) if own else fault

    told = {(fault.code, fault.place) for fault in first}
    others = (
        fault
        for fault in error.faults
        if (fault.code, fault.place) not in told
        and not (first and fault.code == "document.weights_sum")
    )
    return DocumentError([*first, *map(noted, others)])


def _of_weights(fault: Fault, source: Source, changes: Changes) -> Fault:
    """Return the fault of weights at the change of a study that moved some, with what to write."""
    group = fault.place.path
    moved = [change for change in changes if change.path.startswith(f"{group}.")]
    if not moved or moved[0].place.line is None:
        return fault
    at = replace(moved[0].place, path=moved[0].path)
    others = set(node_at(source.data, tuple(group.split("."))) or ())
    if others <= {change.path.removeprefix(f"{group}.") for change in moved}:
        return replace(fault, place=at)
    return replace(fault, place=at, note=Phrase("change.rescale", {"group": group}))


def _at(place: Place) -> tuple[str | None, int | None, int | None]:
    return place.file, place.line, place.column


def _by_part(change: Change, source: Source) -> Phrase | None:
    """Return what to write where a change says by what part a number grows or falls."""
    found = _PART.fullmatch(change.text.strip())
    before: object = node_at(source.data, tuple(change.path.split(".")))
    if found is None or not isinstance(before, str):
        return None
    falls = found[1] in _FALLS
    part = Fraction(found[2])
    after = format_decimal(100 - part if falls else 100 + part)
    sign = "-" if falls else "+"
    return Phrase("change.by_part", {"part": f"{sign}{found[2]}%", "new": f"{before} * {after}%"})
