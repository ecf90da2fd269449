"""Put all changes of a run into a document: what ``--set`` says, path by path.

A figure of a list that is read from a file stands in no document: its change is kept aside, for
whoever reads the file.
"""

from __future__ import annotations

from collections.abc import Mapping

from transfers.documents.faults import nearest
from transfers.documents.model_lists import ItemTable
from transfers.documents.overrides import SET, apply_override, value_at
from transfers.documents.yaml_source import Source, scan
from transfers.documents.yaml_tree import shown
from transfers.errors import DocumentError, Fault, Place
from transfers.messages import Phrase

ItemChanges = Mapping[str, Mapping[str, str]]
"""Name of a list -> what follows it in the path, ``低保.standard`` -> the text to put there."""


def apply_changes(
    source: Source, changes: Mapping[str, str]
) -> tuple[Source, ItemChanges, list[Fault]]:
    """Return a source with changes put in, those of lists from files, and what is wrong."""
    aside: dict[str, dict[str, str]] = {}
    faults: list[Fault] = []
    for path, text in changes.items():
        try:
            source = apply_override(source, path, text)
        except DocumentError as error:
            name, rest = _in_list(source, path)
            unknown = all(fault.code.startswith("document.unknown_path") for fault in error.faults)
            if not rest or not unknown:
                faults += _of_list_meant(source, path) or error.faults
            elif source.data["lists"][name].get("file") is not None:
                aside.setdefault(name, {})[rest] = text
            else:
                source = _put_inline(source, f"lists.{name}.items.{rest}", text, error, faults)
    return source, aside, faults


def told_changes(source: Source, changes: Mapping[str, str]) -> list[Phrase]:
    """Return a phrase for each change: its path, its value and what the document has there.

    What stands there already is no change.
    """
    as_written, _ = scan(source.text, source.file)
    told = []
    for path, value in changes.items():
        old = _old(as_written, path)
        if old == value:
            continue
        words = {"path": path, "value": value}
        if isinstance(old, str):
            told.append(Phrase("output.changed_from", {**words, "old": old}))
        else:
            told.append(Phrase("output.changed", words))
    return told


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
