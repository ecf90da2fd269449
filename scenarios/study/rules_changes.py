"""Rules between the keys of one change, and between the changes a variant is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.study.chains import chain
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault

_FIGURES = "inputs."


def change_faults(source: Source) -> Iterator[Fault]:
    """Find groups of which nothing moves, and what is changed twice."""
    entries = [("baseline",), *(("variants", name) for name in _mapping(source.data, "variants"))]
    for path in entries:
        for at, change in _changes(source, path):
            yield from faults_of_change(source, at, change)
        yield from _figures_lost(source, path)


def faults_of_change(source: Source, at: Path, change: dict[str, Any]) -> Iterator[Fault]:
    """Find what contradicts itself in one change."""
    yield from _rescaled(source, at, change)
    yield from _inside(source, at, change)


def _changes(source: Source, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield an entry, and the changes with names of their own in it."""
    entry: Any = source.data
    for part in path:
        entry = entry.get(part) if isinstance(entry, dict) else None
    if isinstance(entry, dict):
        yield path, entry
        for name, change in _mapping(entry, "changes").items():
            if isinstance(change, dict):
                yield (*path, "changes", name), change


def _mapping(entry: Any, key: str) -> dict[str, Any]:
    found = entry.get(key)
    return found if isinstance(found, dict) else {}


def _texts(entry: dict[str, Any], key: str) -> list[str]:
    found = entry.get(key)
    listed = found if isinstance(found, list) else [found]
    return [text for text in listed if isinstance(text, str)]


def _rescaled(source: Source, at: Path, change: dict[str, Any]) -> Iterator[Fault]:
    """Find groups of which the change moves nothing, and groups of one another's numbers."""
    groups = _texts(change, "rescale")
    moved = [*_mapping(change, "set"), *_mapping(change, "add"), *_texts(change, "remove")]
    for n, group in enumerate(groups):
        place = source.value_place((*at, "rescale", *((n,) if len(groups) > 1 else ())))
        words: dict[str, object] = {"group": shown(group)}
        others = [
            g for g in groups[:n] if f"{g}.".startswith(f"{group}.") or group.startswith(f"{g}.")
        ]
        if others:
            yield Fault("study.rescale_twice", place, {**words, "other": shown(others[0])})
        elif not any(path == group or path.startswith(f"{group}.") for path in moved):
            yield Fault("study.rescale_unused", place, words)


def _inside(source: Source, at: Path, change: dict[str, Any]) -> Iterator[Fault]:
    """Find paths below a path that is set as a whole, and figures that are changed twice."""
    texts = _mapping(change, "set")
    for path in texts:
        above = next((p for p in texts if path.startswith(f"{p}.")), None)
        if above is not None:
            words: dict[str, object] = {"path": shown(path), "other": shown(above)}
            yield Fault("study.set_inside", source.place((*at, "set", path)), words)


def _figures_lost(source: Source, path: Path) -> Iterator[Fault]:
    """Find figures that are set where `data` has changed their input already.

    What is set comes into the table before what `data` changes: it would be lost.
    """
    changed: set[str] = set()
    for entry in chain(source, path):
        own = entry == path
        for at, change in _changes(source, entry):
            changed |= _mapping(change, "data").keys()
            for text in _mapping(change, "set") if own else ():
                name = text.removeprefix(_FIGURES).partition(".")[0]
                if text.startswith(_FIGURES) and name in changed:
                    words: dict[str, object] = {"path": shown(text), "name": shown(name)}
                    yield Fault("study.figure_twice", source.place((*at, "set", text)), words)
