"""What holds between the keys of a list of services, and of the lists it names.

These rules read the plain tree, as those of :mod:`transfers.documents.rules` do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from transfers.documents.fields import is_name
from transfers.documents.model_services import COLUMNS, REQUIRABLE
from transfers.documents.rules_lists import list_named
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault

SECTION: Final = "service_lists"
REST: Final = "rest"
FIELDS: Final = (
    *("price", "recipients", "cost", "share", "shares", "sound", "total", "in_force"),
    *("from", "until", "last", "growth", "months"),
)
"""What stands behind the name of a list of services; no level is called so."""

_COSTS: Final = ("recipients", "price")
_VALID: Final = ("from", "until")


def service_faults(source: Source, document: dict[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong between the keys of lists of services."""
    section = document.get(SECTION)
    for name, entry in section.items() if isinstance(section, dict) else ():
        if isinstance(entry, dict):
            for key in ("list", "agencies"):
                named = entry.get(key) or None  # an empty one is told by the check of the shape
                yield from list_named(source, (SECTION, name, key), named)
            yield from _keys(source, document, (SECTION, name), entry)
            yield from _levels(source, (SECTION, name, "responsibility"), entry)
            yield from _required(source, (SECTION, name), entry)


def _fault(source: Source, code: str, path: Path, **values: object) -> Fault:
    return Fault(f"document.{code}", source.place(path), values)


def _keys(
    source: Source, document: dict[str, Any], path: Path, entry: dict[str, Any]
) -> Iterator[Fault]:
    """Find keys without the others that they go with."""
    there = {key for key, value in entry.items() if value is not None}
    for key, other in (_COSTS, _COSTS[::-1]):
        if key in there and other not in there:
            yield _fault(source, "service_cost_half", (*path, key), key=key, other=other)
    if "last" in there and there.isdisjoint(_COSTS):
        yield _fault(source, "service_last_without_cost", (*path, "last"))
    last = entry.get("last")
    if isinstance(last, dict) and all(last.get(key) is None for key in _COSTS):
        yield _fault(source, "service_last_empty", (*path, "last"))
    if document.get("year") is None:
        for key in _VALID:
            if key in there:
                yield _fault(source, "service_without_year", (*path, key), key=key)
    for key, other in (("areas", "area"), ("agencies", "lead"), ("part_year", "from")):
        also = key == "agencies" and "cooperating" in there
        also = also or (key == "part_year" and "until" in there)
        if key in there and other not in there and not also:
            yield _fault(source, "service_key_without", (*path, key), key=key, other=other)


def _levels(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Find levels whose names cannot stand behind a point, and a second `rest`."""
    levels = entry.get("responsibility")
    rests = 0
    for level, share in levels.items() if isinstance(levels, dict) else ():
        if level.lower() in FIELDS:
            yield _fault(source, "service_level_taken", (*path, level), level=level)
        elif not is_name(level):
            yield _fault(source, "service_level_name", (*path, level), level=shown(level, 40))
        if is_rest(share):
            rests += 1
            if rests > 1:
                yield _fault(source, "service_rest_twice", (*path, level), level=shown(level, 40))


def is_rest(share: object) -> bool:
    """Tell whether a level bears what the others leave."""
    return isinstance(share, str) and share.strip().lower() == REST


def _required(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Find what every item should have, but no key says where it stands."""
    written = entry.get("requires")
    for number, key in enumerate(written if isinstance(written, list) else [written]):
        if key in REQUIRABLE and entry.get(key) is None:
            at = (*path, "requires", number) if isinstance(written, list) else (*path, "requires")
            code = "service_required_column" if key in COLUMNS else "service_required_key"
            yield Fault(f"document.{code}", source.value_place(at), {"key": key})
