"""Rules between the keys of `years`: which years there are, and what is written by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from scenarios.study.rules_changes import faults_of_change
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault

MOST: Final = 100
"""Years of one outlook."""

_DIGITS: Final = 4
_SPLITS: Final = frozenset({"split", "divide", "拆分", "分设"})
"""What somebody may write who wants one district to become several."""
_YEAR: Final = "year"


def years_faults(source: Source) -> Iterator[Fault]:
    """Find years that are none, too many or too few of them, and years of variants alone."""
    years = source.data.get("years")
    if isinstance(years, dict):
        yield from _span(source, years)
        yield from _by_year(source, ("years",), years)
    for path in _variants(source):
        entry = _at(source, path)
        own = entry.get("years") if isinstance(entry, dict) else None
        if isinstance(own, dict):
            if years is None:
                yield Fault("outlook.years_of_variant", source.place((*path, "years")))
            yield from _by_year(source, (*path, "years"), own)


def _variants(source: Source) -> Iterator[Path]:
    variants = source.data.get("variants")
    yield ("baseline",)
    for name in variants if isinstance(variants, dict) else ():
        yield ("variants", name)


def _at(source: Source, path: Path) -> Any:
    found: Any = source.data
    for part in path:
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _span(source: Source, years: dict[str, Any]) -> Iterator[Fault]:
    """Find a last year and a count beside each other, and a span of no years or of too many."""
    until, count = years.get("until"), years.get("count")
    if until is not None and count is not None:
        yield Fault("outlook.until_and_count", source.place(("years", "count")))
    if isinstance(count, str) and count.isdecimal() and not 1 <= int(count) <= MOST:
        words = {"count": count, "most": MOST}
        yield Fault("outlook.count", source.value_place(("years", "count")), words)
    first = years.get("from")
    both = [text for text in (first, until) if isinstance(text, str) and text.isdecimal()]
    if len(both) > 1 and int(both[1]) - int(both[0]) >= MOST:
        words = {"count": int(both[1]) - int(both[0]) + 1, "most": MOST}
        yield Fault("outlook.count", source.value_place(("years", "until")), words)


def _by_year(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Find what is written by year where no year stands, and changes that contradict themselves."""
    named: list[Path] = []
    for section in ("changes", "members"):
        named += [(*path, section, year) for year in _mapping(entry, section)]
    for name, values in _mapping(entry, "set").items():
        if isinstance(values, dict):
            named += [(*path, "set", name, year) for year in values]
        if name == _YEAR:
            yield Fault("outlook.year_is_set", source.place((*path, "set", name)))
    for at in named:
        text = str(at[-1])
        if not (text.isascii() and text.isdecimal() and len(text) == _DIGITS):
            yield Fault("outlook.not_a_year", source.place(at), {"text": shown(text, 40)})
    for year, members in _mapping(entry, "members").items():
        if isinstance(members, dict):
            for key in _SPLITS & members.keys():
                yield Fault("outlook.no_split", source.place((*path, "members", year, key)))
    for year, change in _mapping(entry, "changes").items():
        if isinstance(change, dict):
            at = (*path, "changes", year)
            yield from faults_of_change(source, at, change)
            for section in ("set", "add"):
                if _YEAR in _mapping(change, section):
                    yield Fault("outlook.year_is_set", source.place((*at, section, _YEAR)))
            removed = change.get("remove")
            if removed == _YEAR or (isinstance(removed, list) and _YEAR in removed):
                yield Fault("outlook.year_is_set", source.place((*at, "remove")))


def _mapping(entry: dict[str, Any], key: str) -> dict[str, Any]:
    found = entry.get(key)
    return found if isinstance(found, dict) else {}
