"""Put other values into a document: ``--set grants.equalisation.share.factors.area=25%``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

from transfers.arithmetic.decimals import format_decimal, parse_decimal
from transfers.documents.change import SET as SET
from transfers.documents.change import Tree, inner_marks
from transfers.documents.faults import nearest
from transfers.documents.keys import part_at
from transfers.documents.models import PolicyDocument
from transfers.documents.yaml_source import Source, scan
from transfers.documents.yaml_tree import Mark, Path, dotted, shown
from transfers.errors import DocumentError, Fault, Place

MAIN_KEYS: Final = {
    "parameters": "value",
    "quantities": "formula",
    "outputs": "formula",
    "reserves": "opening",
    "rules": "that",
    "promises": "that",
    "waive": "reason",
    "budget": "amount",
}
_MOST_COMPARED: Final = 5_000


def apply_override(source: Source, path: str, text: Tree) -> Source:
    """Return a source with another value at `path`; the given one stays as it is.

    Parameters
    ----------
    source : Source
    path : str
        Literally as the YAML nests it, parts joined by dots, items of lists by their number. It
        must exist, or be a key that the mapping there may have.
    text : Tree
        A scalar as the document would write it, or YAML in flow style after ``{`` or ``[``; or
        a mapping or a list.

    Raises
    ------
    DocumentError
        No such path (with the nearest one), or a value that cannot be read.
    """
    found = resolved(source, path)
    node = node_at(source.data, found)
    value, style, inner = read_change(text, path)
    if not isinstance(value, (dict, list)):
        found = main_key(found, node, source)
        check_percent(source, found, value, path)
    return put(source, found, value, style, inner)


def put(source: Source, found: Path, value: Any, style: str, inner: dict[Path, Mark]) -> Source:
    """Return a source with a value at a path, what is around it made where it is not there."""
    data, spelt = _put(source.data, found, value)
    marks = {p: mark for p, mark in source.marks.items() if p[: len(found)] != found}
    key_marks = {p: mark for p, mark in source.key_marks.items() if p[: len(found)] != found}
    mark = Mark(None, None, style, SET)
    for depth in range(1, len(found) + 1):
        if found[:depth] not in marks or found[:depth] in spelt:
            marks[found[:depth]] = mark if depth == len(found) else Mark(None, None, "block", SET)
    for path_of_short in spelt:
        main = (*path_of_short, short_key(path_of_short))
        marks.setdefault(main, source.marks[path_of_short])
    if isinstance(found[-1], str):
        key_marks[found] = mark
    for below, nested in inner.items():
        marks[(*found, *below)] = Mark(None, None, nested.style, SET)
    return Source(source.file, source.text, data, marks, key_marks)


def value_at(source: Source, path: str) -> object:
    """Return what stands at a path, at its main key where that is meant.

    Raises
    ------
    DocumentError
        No such path.
    """
    found = resolved(source, path)
    return node_at(source.data, main_key(found, node_at(source.data, found), source))


def check_percent(source: Source, found: Path, value: Any, path: str) -> None:
    """Refuse a plain 5 where 10% stands: it may mean 5 % or 500 %.

    A decimal where 100 % or more stands is what it is: 1.35 in place of 135%.
    """
    old = node_at(source.data, found) if found in source.marks else None
    was_percent = isinstance(old, str) and old.rstrip().endswith("%")
    number = parse_decimal(value) if isinstance(value, str) else None
    if not was_percent or number is None or abs(number) < 1 or str(value).endswith("%"):
        return
    before = parse_decimal(str(old).strip())
    if number.denominator > 1 and before is not None and abs(before) >= 1:
        return
    place = Place(SET, None, None, path)
    words = {"text": value, "old": old, "ratio": format_decimal(number * 100)}
    raise DocumentError([Fault("document.percent_meant", place, words)])


def read_change(text: Tree, path: str) -> tuple[Any, str, dict[Path, Mark]]:
    """Read the text of a change: its value, its style, and the marks of what it nests."""
    if text is None:
        return None, "plain", {}
    if not isinstance(text, str):
        return _plain(text), "block", inner_marks(text)
    try:
        if text.lstrip()[:1] in ("{", "["):
            source, faults = scan(text, SET)
            if faults:
                raise DocumentError(faults)
            inner = {p: mark for p, mark in source.marks.items() if p}
            return source.data, "flow", inner
        if not text.isprintable():
            scan("'" + text.replace("'", "''").replace("\n", " ") + "'", SET)  # its characters
    except DocumentError as error:
        faults = [Fault(f.code, Place(SET, None, None, path), f.values) for f in error.faults]
        raise DocumentError(faults) from None
    stripped = text.strip()
    if stripped in ("", "null", "~"):
        return None, "empty" if not stripped else "plain", {}
    return text if text == stripped else stripped, "plain", {}


def _plain(value: Tree) -> Any:
    """Return a tree of plain dicts and lists."""
    if isinstance(value, Mapping):
        return {key: _plain(below) for key, below in value.items()}
    if value is None or isinstance(value, str):
        return value
    return [_plain(below) for below in value]


def node_at(data: Any, path: Path) -> Any:
    """Return what stands at a path of a plain tree; None where there is nothing."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    return data


def main_key(path: Path, node: Any, source: Source) -> Path:
    """Follow a described entry to its main key, so that its unit and title stay."""
    if not isinstance(node, dict) or len(path) != (1 if path[0] == "budget" else 2):
        return path
    main = MAIN_KEYS.get(str(path[0]))
    # A reserve may be described without an opening balance; others without their key are tables
    # from a file, or divide.
    there = main in node or path[0] == "reserves"
    return (*path, main) if main and there and "file" not in node else path


def resolved(source: Source, text: str) -> Path:
    """Find the path that `text` names; raise DocumentError with the nearest where there is none."""
    path: list[str | int] = []
    rest = text.split(".")
    if len(rest) > 50 or not all(rest):
        refuse(source, text)
    while rest:
        node = node_at(source.data, tuple(path))
        part, taken = next_part(node, tuple(path), rest)
        main = main_key(tuple(path), node, source) if path else ()
        if part is None and len(main) > len(path):  # a table or brackets that are described
            path = [*main]
            part, taken = next_part(node_at(source.data, main), main, rest)
        if part is None:
            refuse(source, text)
        path.append(part)
        rest = rest[taken:]
    return tuple(path)


def next_part(node: Any, path: Path, rest: list[str]) -> tuple[str | int | None, int]:
    """Return the next part of a path and how many of the dotted words it takes."""
    if isinstance(node, dict):
        for length in range(len(rest), 0, -1):
            if ".".join(rest[:length]) in node:
                return ".".join(rest[:length]), length
    elif isinstance(node, list):
        if (
            rest[0].isascii()
            and rest[0].isdigit()
            and len(rest[0]) < 7
            and int(rest[0]) < len(node)
        ):
            return int(rest[0]), 1
        return None, 0
    return (rest[0] if rest[0] in optional_keys(node, path) else None), 1


def optional_keys(node: Any, path: Path) -> list[str]:
    """Return the keys that a mapping at `path` may have, whether or not it has them."""
    owner = part_at(PolicyDocument, path)
    if owner is None or (isinstance(node, str) and not short_key(path)):
        return []
    if isinstance(node, dict) and path[:1] == ("parameters",) and "value" not in node:
        return [] if "file" not in node else list(owner.keys)
    return list(owner.keys)


def short_key(path: Path) -> str:
    """Return the key that a bare text at `path` stands for."""
    owner = part_at(PolicyDocument, path)
    if owner is None:
        return ""
    return "value" if path[:1] == ("parameters",) else owner.short


def _put(data: Any, path: Path, value: Any) -> tuple[Any, set[Path]]:
    """Return a copy with `value` at `path`, and the paths of short forms that were spelt out."""
    root = dict(data)
    spelt: set[Path] = set()
    node: Any = root
    for depth, part in enumerate(path[:-1], 1):
        child = node.get(part) if isinstance(node, dict) else node[part]
        if isinstance(child, str):
            spelt.add(path[:depth])
            child = {short_key(path[:depth]): child}
        child = list(child) if isinstance(child, list) else dict(child or {})
        node[part] = child
        node = child
    if isinstance(node, list) and path[-1] == len(node):
        node.append(value)
    else:
        node[path[-1]] = value
    return root, spelt


def refuse(source: Source, text: str) -> NoReturn:
    """Say that the document has no such path, with the nearest one."""
    near = _nearest_path(source, text)
    values: dict[str, object] = {"path": shown(text)}
    if near is not None:
        values["near"] = near
    code = "document.unknown_path_near" if near is not None else "document.unknown_path"
    name, _, district = text.removeprefix("inputs.").partition(".")
    if district and name in (node_at(source.data, ("inputs",)) or ()) and near is None:
        code, values = "document.path_of_data", {"name": shown(name), "district": shown(district)}
    raise DocumentError([Fault(code, Place(SET, None, None, shown(text)), values)])


def _nearest_path(source: Source, text: str) -> str | None:
    """Return the existing path most like `text`: by its end, part by part, or as a whole."""
    if len(text) > 200:
        return None
    known = [dotted(path) for path in _some_paths(source)]
    ending = [path for path in known if path.endswith("." + text)]
    if ending:
        return min(ending, key=len)
    return _repaired(source, text.split(".")) or nearest(text, known)


def _some_paths(source: Source) -> Iterator[Path]:
    for n, path in enumerate(source.marks):
        if n >= _MOST_COMPARED:
            return
        if path:
            yield path


def _repaired(source: Source, rest: list[str]) -> str | None:
    """Walk a path and put the nearest key where a part does not exist."""
    path: list[str | int] = []
    while rest:
        node = node_at(source.data, tuple(path))
        part, taken = next_part(node, tuple(path), rest)
        if part is None:
            own = list(node)[:_MOST_COMPARED] if isinstance(node, dict) else []
            part, taken = (
                nearest(rest[0], dict.fromkeys([*own, *optional_keys(node, tuple(path))])),
                1,
            )
        if part is None:
            return None
        path.append(part)
        rest = rest[taken:]
    return dotted(tuple(path))
