"""Add entries to a document and take entries away: a factor, a tier, a quantity, a rule, a cap.

A path names what is added as the YAML will nest it; what is not there yet around it is made. A
section that is new stands where reading order wants it, an entry at the end of its section, a
quantity or an output above the first one that reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, NoReturn

from msgspec.structs import replace

from transfers.documents.change import SET, Tree, in_flow
from transfers.documents.described import DESCRIPTIONS
from transfers.documents.faults import nearest
from transfers.documents.keys import Key, key_at
from transfers.documents.models import PolicyDocument
from transfers.documents.overrides import (
    main_key,
    next_part,
    node_at,
    put,
    read_change,
    refuse,
    resolved,
)
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Mark, Path, dotted, shown
from transfers.errors import DocumentError, Fault, Place

_COMPUTED: Final = ("quantities", "outputs")
_MOST_PARTS: Final = 50
_ONE_NAME: Final = ("part", "mapping")
"""Below these a path may go on; what else is named stands at its end."""


def apply_addition(source: Source, path: str, value: Tree) -> Source:
    """Return a source with something at a path where there was nothing.

    Raises
    ------
    DocumentError
        It is there already, or nothing of that name may stand there.
    """
    found = place_of_new(source, path)
    read, style, inner = read_change(value, path)
    added = put(source, found, read, style, inner)
    section = str(found[0])
    if section not in source.data:
        added = replace(added, data=_in_order(added.data, section))
    return added


def apply_removal(source: Source, path: str) -> Source:
    """Return a source without what stands at a path.

    Raises
    ------
    DocumentError
        There is nothing.
    """
    try:
        found = resolved(source, path)
    except DocumentError as error:
        raise _nothing_there(error, path) from None
    parent = node_at(source.data, found[:-1])
    if not _has(parent, found):
        _refuse("nothing", path)
    removed = _without(source, found)
    if isinstance(parent, list):
        return _renumbered(removed, found)
    while len(found) > 1 and _left_over(removed, found[:-1]):
        found = found[:-1]
        removed = _without(removed, found)
    return removed


def is_there(source: Source, path: str) -> bool:
    """Tell whether a document has something at a path, be it nothing but a key."""
    try:
        found = resolved(source, path)
    except DocumentError:
        return False
    return _has(node_at(source.data, found[:-1]), found)


def _has(parent: Any, found: Path) -> bool:
    return isinstance(parent, list) or (isinstance(parent, dict) and found[-1] in parent)


def _nothing_there(error: DocumentError, path: str) -> DocumentError:
    """Say that there is nothing to remove, with what may be meant."""
    faults = []
    for fault in error.faults:
        near = fault.values.get("near")
        code = "change.nothing" + ("_near" if near else "")
        faults.append(Fault(code, fault.place, {"path": shown(path), "near": near}))
    return DocumentError(faults)


def _left_over(source: Source, path: Path) -> bool:
    """Tell whether an empty mapping is there only because something was added to it."""
    mark = source.marks.get(path)
    made = mark is not None and mark.file is not None
    return node_at(source.data, path) == {} and (made or len(path) == 1)


def _without(source: Source, found: Path) -> Source:
    data = dict(source.data)
    node: Any = data
    for step in found[:-1]:
        node[step] = list(node[step]) if isinstance(node[step], list) else dict(node[step])
        node = node[step]
    del node[found[-1]]
    size = len(found)
    marks = {path: mark for path, mark in source.marks.items() if path[:size] != found}
    key_marks = {path: mark for path, mark in source.key_marks.items() if path[:size] != found}
    return replace(source, data=data, marks=marks, key_marks=key_marks)


def _renumbered(source: Source, found: Path) -> Source:
    """Return a source whose marks follow the items of a list that has lost one."""
    *around, gone = found
    depth = len(around)

    def moved(path: Path) -> Path:
        if path[:depth] != tuple(around) or len(path) == depth or int(path[depth]) < int(gone):
            return path
        return (*around, int(path[depth]) - 1, *path[depth + 1 :])

    marks: dict[Path, Mark] = {moved(path): mark for path, mark in source.marks.items()}
    key_marks = {moved(path): mark for path, mark in source.key_marks.items()}
    return replace(source, marks=marks, key_marks=key_marks)


def _in_order(data: dict[str, Any], section: str) -> dict[str, Any]:
    """Return a document whose new section stands before the first that comes after it."""
    order = list(PolicyDocument.keys)
    value = data[section]
    ordered: dict[str, Any] = {}
    for name, entries in data.items():
        if name == section:
            continue
        known = name in order and section in order
        if section not in ordered and known and order.index(name) > order.index(section):
            ordered[section] = value
        ordered[name] = entries
    ordered.setdefault(section, value)
    return ordered


def before_readers(source: Source, added: Iterable[str]) -> Source:
    """Return a document in which what was added stands above what reads it.

    Only quantities and outputs move: they are computed in their order. Grants are paid in theirs.
    """
    data = source.data
    for path in added:
        section, _, name = path.partition(".")
        entries = data.get(section)
        if section not in _COMPUTED or not isinstance(entries, dict) or name not in entries:
            continue
        word = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
        names = list(entries)
        above = names[: names.index(name)]
        first = next((other for other in above if _mentions(entries[other], word)), None)
        if first is not None:
            names.insert(names.index(first), names.pop(names.index(name)))
            data = {**data, section: {other: entries[other] for other in names}}
    return source if data is source.data else replace(source, data=data)


def _mentions(node: Any, word: re.Pattern[str]) -> bool:
    if isinstance(node, str):
        return word.search(node) is not None
    below = node.items() if isinstance(node, dict) else enumerate(node or ())
    return any(_mentions(part, word) or _mentions(str(key), word) for key, part in below)


# -- where something new goes --------------------------------------------------------------------


def place_of_new(source: Source, text: str) -> Path:
    """Return the path of something new, split where the document nests.

    Raises
    ------
    DocumentError
        It is there already, or nothing of that name may stand there.
    """
    rest = text.split(".")
    if len(rest) > _MOST_PARTS or not all(rest):
        refuse(source, text)
    path = _deepest(source, rest)
    if not rest:
        node = node_at(source.data, path)
        if node is None and _is_value(path):
            return path
        _refuse("there", text, value=shown(in_flow(node, inside=False), 60))
    while rest:
        path, rest = _step(source, path, rest, text)
    return path


def _deepest(source: Source, rest: list[str]) -> Path:
    """Return the longest part of a path that is there; what is left stays in `rest`."""
    path: Path = ()
    while rest:
        node = node_at(source.data, path)
        part, taken = _present(node, rest)
        main = main_key(path, node, source) if path else ()
        inside = node_at(source.data, main)
        if part is None and isinstance(inside, (dict, list)) and rest[0] not in _keys(path):
            path = main
            part, taken = _present(inside, rest)
        if part is None:
            break
        path = (*path, part)
        del rest[:taken]
    return path


def _present(node: Any, rest: list[str]) -> tuple[str | int | None, int]:
    return next_part(node, (), rest) if isinstance(node, (dict, list)) else (None, 0)


def _keys(path: Path) -> list[str]:
    expected = key_at(PolicyDocument, path)
    return list(expected.part.keys) if expected is not None and expected.part is not None else []


def _is_value(path: Path) -> bool:
    """Tell whether a key may be written with nothing behind it, and so be as good as absent."""
    expected = key_at(PolicyDocument, path)
    around = key_at(PolicyDocument, path[:-1])
    optional = around is not None and around.part is not None
    return expected is not None and optional and expected.kind != "mapping"


def _step(source: Source, path: Path, rest: list[str], text: str) -> tuple[Path, list[str]]:
    """Take the next part of a path that is not there: a key, a name, the number of an item."""
    expected = key_at(PolicyDocument, path)
    node = node_at(source.data, path)
    if _is_table(path, node, expected):
        return _entry_of_table(path, node, rest, text)
    if expected is None:
        _refuse("nowhere", text, around=dotted(path))
    if expected.part is not None:
        key = rest[0]
        if key not in expected.part.keys and path[:1] == ("parameters",) and node is None:
            refuse(source, text)  # a table that is not there has no entries
        if key not in expected.part.keys:
            _refuse_key(text, path, rest, list(expected.part.keys))
        if isinstance(node, (dict, str)) or node is None:
            return (*path, key), rest[1:]
    elif expected.kind in ("mapping", "items") and not isinstance(node, (str, list)):
        below = expected.of
        if below is not None and below.kind in _ONE_NAME:
            return (*path, rest[0]), rest[1:]
        return (*path, ".".join(rest)), []
    elif expected.kind == "list" and isinstance(node, list):
        return _end_of_list(path, node, rest, text)
    _refuse("nowhere", text, around=dotted(path))


def _is_table(path: Path, node: Any, expected: Key | None) -> bool:
    """Tell whether a path is that of a table of numbers, its short form or one of its rows."""
    if path[:1] != ("parameters",) or len(path) < 2:
        return False
    if expected is not None and expected.kind == "value":
        return True
    if len(path) > 2:
        return expected is None
    described = isinstance(node, dict) and (
        "value" in node or "file" in node or not DESCRIPTIONS.isdisjoint(node)
    )
    return isinstance(node, list) or (isinstance(node, dict) and bool(node) and not described)


def _entry_of_table(path: Path, node: Any, rest: list[str], text: str) -> tuple[Path, list[str]]:
    """Return the place of a category, perhaps of one inside a category, or of a step."""
    if isinstance(node, list):
        return _end_of_list(path, node, rest, text)
    if isinstance(node, str):
        _refuse("nowhere", text, around=dotted(path))
    nested = any(isinstance(below, (dict, list)) for below in (node or {}).values())
    if nested and len(rest) > 1:
        return (*path, rest[0]), rest[1:]
    return (*path, ".".join(rest)), []


def _end_of_list(path: Path, node: list[Any], rest: list[str], text: str) -> tuple[Path, list[str]]:
    """Return the place behind the last item of a list."""
    if rest != [str(len(node))]:
        _refuse("item", text, next=f"{dotted(path)}.{len(node)}")
    return (*path, len(node)), []


def _refuse_key(text: str, path: Path, rest: list[str], keys: list[str]) -> NoReturn:
    key = rest[0]
    near = nearest(key, keys)
    if near is not None:
        meant = ".".join([*map(str, path), near, *rest[1:]])
        _refuse("key_near", text, key=shown(key, 60), near=meant)
    _refuse("key", text, key=shown(key, 60), allowed=", ".join(keys))


def _refuse(code: str, path: str, **words: object) -> NoReturn:
    place = Place(SET, None, None, shown(path))
    raise DocumentError([Fault(f"change.{code}", place, {"path": shown(path), **words})])
