"""Put all changes of a run into a document: what is set, added and removed, path by path.

A figure of a list that is read from a file, and one of a district, stands in no document: its
change is kept aside, for whoever reads the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from transfers.documents.additions import (
    apply_addition,
    apply_removal,
    before_readers,
    is_there,
    place_of_new,
)
from transfers.documents.change import SET, Asked, Change, Changes, Tree, changes_of, in_flow
from transfers.documents.faults import nearest
from transfers.documents.listed import spelt_out
from transfers.documents.model_lists import ItemTable
from transfers.documents.models import Input
from transfers.documents.overrides import apply_override, value_at
from transfers.documents.yaml_source import Source, scanned
from transfers.documents.yaml_tree import shown
from transfers.errors import DocumentError, Fault, Place
from transfers.messages import Phrase

FigureChanges = Mapping[str, str]
"""Path of a figure of a district, ``inputs.population.440784`` -> the text to put there."""

ItemChanges = Mapping[str, Mapping[str, str]]
"""Name of a list -> what follows it in the path, ``低保.standard`` -> the text to put there."""


def apply_changes(
    source: Source, changes: Mapping[str, str] | Changes, asked: Asked | None = None
) -> tuple[Source, ItemChanges, list[Fault]]:
    """Return a source with changes put in, those of lists from files, and what is wrong."""
    aside: dict[str, dict[str, str]] = {}
    faults: list[Fault] = []
    places: dict[str, Place] = {}
    every = changes_of(changes)
    source = spelt_out(source)
    for change in every:
        try:
            source = spelt_out(_applied(source, change))
        except DocumentError as error:
            name, rest = _in_list(source, change.path)
            unknown = all(fault.code.startswith("document.unknown_path") for fault in error.faults)
            text = change.value if isinstance(change.value, str) else change.text
            if not rest or not unknown:
                wrong = _of_list_meant(source, change.path) if unknown else []
                faults += wrong or _hinted(source, change, error.faults)
            elif source.data["lists"][name].get("file") is not None:
                aside.setdefault(name, {})[rest] = text
            else:
                path = f"lists.{name}.items.{rest}"
                source = _put_inline(source, path, text, error, faults)
                places[path] = change.place
    source = before_readers(source, (c.path for c in every if c.kind == "add"))
    if asked is not None:
        known = Asked.of((), {**asked.places, **places})
        source, faults = known.source(source), [known.fault(fault) for fault in faults]
    return source, aside, faults


def _applied(source: Source, change: Change) -> Source:
    """Return a source with one change put in."""
    match change.kind:
        case "set":
            return apply_override(source, change.path, change.value)
        case "add":
            return apply_addition(source, change.path, change.value)
        case "remove":
            return apply_removal(source, change.path)


def _hinted(source: Source, change: Change, faults: tuple[Fault, ...]) -> Iterator[Fault]:
    """Yield faults; of a value set where there is none, with how something is added."""
    for fault in faults:
        unknown = fault.code.startswith("document.unknown_path")
        if unknown and change.place.file != SET and _may_be_added(source, change.path):
            yield replace(fault, note=Phrase("change.hint_add"))
        else:
            yield fault


def _may_be_added(source: Source, path: str) -> bool:
    try:
        place_of_new(source, path)
    except DocumentError:
        return False
    return True


def split_figures(
    source: Source, changes: Mapping[str, str] | Changes
) -> tuple[Changes, FigureChanges]:
    """Part the changes of a document from those of figures of districts."""
    own: list[Change] = []
    figures: dict[str, str] = {}
    for change in changes_of(changes):
        if change.kind == "set" and _is_figure(source, change.path):
            figures[change.path] = change.text
        else:
            own.append(change)
    return tuple(own), figures


def _is_figure(source: Source, path: str) -> bool:
    """Tell whether a path names a district behind an input: ``inputs.<name>.<district>``."""
    section, _, rest = path.partition(".")
    name, _, district = rest.partition(".")
    inputs = source.data.get("inputs")
    is_input = section == "inputs" and isinstance(inputs, dict) and name in inputs
    return is_input and bool(district) and district.partition(".")[0] not in Input.keys


def told_changes(source: Source, changes: Mapping[str, str] | Changes) -> list[Phrase]:
    """Return a phrase for each change: its path, its value and what the document has there.

    What stands there already is no change; nor is what was added and taken away again.
    """
    as_written = spelt_out(scanned(source.text, source.file)[0])
    own, _ = split_figures(as_written, changes)
    last = {change.path: change for change in own}
    told = []
    for path, change in ((p, c) for p, c in last.items() if c.told):
        words: dict[str, object] = {"path": path, "value": change.text}
        there, old = is_there(as_written, path), _old(as_written, path)
        if change.kind == "remove":
            if there:
                told.append(Phrase("output.change_removed", {**words, "old": _told(old)}))
        elif not there and change.kind == "add":
            told.append(Phrase("output.change_added", words))
        elif change.value == old:
            continue
        elif isinstance(old, str) or change.kind == "add":
            told.append(Phrase("output.changed_from", {**words, "old": _told(old)}))
        else:
            told.append(Phrase("output.changed", words))
    return told


def _told(value: object) -> str:
    tree: Tree = value  # type: ignore[assignment]
    return in_flow(tree, inside=False)


def _old(source: Source, path: str) -> object:
    """Return what stands at a path; of an item written in the document, without `items` in it."""
    name, rest = _in_list(source, path)
    for known in (path, f"lists.{name}.items.{rest}" if rest else path):
        try:
            return value_at(source, known)
        except DocumentError:
            continue
    return None


def _in_list(source: Source, path: str) -> tuple[str, str]:
    """Return the list whose item a path may name, and what follows; nothing where it does not."""
    section, _, rest = path.partition(".")
    name, _, rest = rest.partition(".")
    lists = source.data.get("lists")
    is_list = isinstance(lists, dict) and isinstance(lists.get(name), dict)
    if section != "lists" or not is_list or rest.partition(".")[0] in ItemTable.keys:
        return "", ""
    return name, rest


def _of_list_meant(source: Source, path: str) -> list[Fault]:
    """Return the fault of a path whose list is misspelt, with the list that was meant."""
    section, _, rest = path.partition(".")
    name, _, rest = rest.partition(".")
    lists = source.data.get("lists")
    if section != "lists" or not rest or not isinstance(lists, dict) or name in lists:
        return []
    near = nearest(name, lists)
    if near is None:
        return []
    words = {"path": shown(path), "near": shown(f"lists.{near}.{rest}")}
    return [Fault("document.unknown_path_near", Place(SET, None, None, shown(path)), words)]


def _put_inline(
    source: Source, path: str, text: str, error: DocumentError, faults: list[Fault]
) -> Source:
    """Put in a value of an item that is written in the document, whose path left out `items`."""
    try:
        return apply_override(source, path, text)
    except DocumentError as again:
        same = all(fault.code.startswith("document.unknown_path") for fault in again.faults)
        faults += error.faults if same else again.faults
        return source
