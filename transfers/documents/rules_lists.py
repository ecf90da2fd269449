"""What holds between the keys of lists, and of inputs that have a figure for each of their items.

These rules read the plain tree, as those of :mod:`transfers.documents.rules` do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from transfers.documents.fields import RESERVED, is_name
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault

ITEM_KEY: Final = "key"
"""The column of a list that every list has."""

_OF_FILES: Final = ("sheet", "header", "rows", "key")
OF_LONG: Final = ("district", "item", "value", "sheet", "header", "rows")
_LONG: Final = ("file", "district", "item")
_OVER_ONLY: Final = ("columns", "file", *OF_LONG)
_NOT_OVER: Final = ("column", "sum_of", "role")

Check = Callable[[Source, Path, dict[str, Any]], Iterator[Fault]]


def list_faults(source: Source, column_faults: Check) -> Iterator[Fault]:
    """Yield what is wrong between the keys of lists, and of inputs over them.

    `column_faults` tells what is wrong between the keys of any column.
    """
    document = source.data
    for name, entry in _mappings(document.get("lists")):
        yield from _list(source, ("lists", name), entry, column_faults)
    inputs = dict(_mappings(document.get("inputs")))
    for name, entry in inputs.items():
        if entry.get("over") is None:
            for key in _OVER_ONLY:
                if entry.get(key) is not None:
                    path = ("inputs", name, key)
                    yield _fault(source, "document.key_without_over", path, key=key)
        else:
            yield from _over(source, ("inputs", name), entry)
        parts = entry.get("sum_of")
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, str) and inputs.get(part, {}).get("over") is not None:
                path = ("inputs", name, "sum_of")
                yield _fault(source, "document.sum_of_over", path, part=shown(part, 40))


def list_named(source: Source, path: Path, name: object) -> Iterator[Fault]:
    """Check that a list that a key names is there, and stands above the section of the key."""
    if not isinstance(name, str):
        return  # told by the check of the shape
    lists, order = source.data.get("lists"), list(source.data)
    known = lists if isinstance(lists, dict) else {}
    if name not in known:
        values = {"name": shown(name, 40), "known": shown(", ".join(known) or "—", 200)}
        yield _fault(source, "document.over_unknown", path, **values)
    elif order.index("lists") > order.index(str(path[0])):
        values = {"name": shown(name, 40), "section": str(path[0])}
        yield _fault(source, "document.over_below", path, **values)


def _mappings(section: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, entry in section.items() if isinstance(section, dict) else ():
        if isinstance(entry, dict):
            yield name, entry


def _fault(source: Source, code: str, path: Path, **values: object) -> Fault:
    return Fault(code, source.place(path), values)


def _written(source: Source, path: Path, entry: dict[str, Any], key: str) -> bool:
    """Tell whether a key stands there with a value, or empty, which is a fault of its own."""
    mark = source.marks.get((*path, key))
    return entry.get(key) is not None or (mark is not None and mark.style == "empty")


def _list(
    source: Source, path: Path, entry: dict[str, Any], column_faults: Check
) -> Iterator[Fault]:
    has_file, has_items = (_written(source, path, entry, key) for key in ("file", "items"))
    if has_file == has_items:
        code = "document.list_file_and_items" if has_file else "document.list_without_items"
        yield _fault(source, code, path)
    if has_file and not _written(source, path, entry, "key"):
        yield _fault(source, "document.list_key_missing", path)
    for key in _OF_FILES if has_items and not has_file else ():
        if entry.get(key) is not None:
            yield _fault(source, "document.list_without_file", (*path, key), key=key)
    columns = entry.get("columns")
    for name in columns if isinstance(columns, dict) else ():
        at = (*path, "columns", name)
        if name == ITEM_KEY:
            yield _fault(source, "document.list_column_key", at)
        elif not is_name(name) or name.lower() in RESERVED:
            yield _fault(source, "document.list_column_name", at, name=shown(name, 40))
    for name, column in _mappings(columns):
        at = (*path, "columns", name)
        yield from column_faults(source, at, column)
        if has_items and not has_file and column.get("column") is not None:
            yield _fault(source, "document.list_without_file", (*at, "column"), key="column")
    if has_items and not has_file and isinstance(columns, dict | None):
        yield from _items(source, path, entry, tuple(columns or ()))


def _items(
    source: Source, path: Path, entry: dict[str, Any], columns: tuple[str, ...]
) -> Iterator[Fault]:
    """Find values of items for columns that are not declared."""
    names = entry.get("name")
    listed = names if isinstance(names, list) else [names]
    known = [*columns, *(name for name in listed if isinstance(name, str))]
    for item, cells in _mappings(entry.get("items")):
        for name in cells:
            if name not in known:
                at = (*path, "items", item, name)
                values = {"name": shown(name, 40), "columns": ", ".join(known) or "—"}
                yield _fault(source, "document.list_column_unknown", at, **values)


def _over(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Check that an input over a list says where its figures are, in one way."""
    if not isinstance(entry["over"], str):
        return  # told by the check of the shape
    yield from list_named(source, (*path, "over"), entry["over"])
    for key in _NOT_OVER:
        if entry.get(key) is not None:
            code = "document.column_with_over" if key == "column" else "document.key_with_over"
            yield _fault(source, code, (*path, key), key=key)
    written = {key for key in entry if _written(source, path, entry, key)}
    is_wide, is_long = "columns" in written, not written.isdisjoint(_LONG)
    if is_wide and "file" in written:
        yield _fault(source, "document.long_and_wide", path)
    elif is_wide:
        for key in OF_LONG:
            if entry.get(key) is not None:
                yield _fault(source, "document.key_without_long_file", (*path, key), key=key)
    elif not is_long:
        yield _fault(source, "document.over_without_figures", path)
    else:
        for key in ("district", "item"):
            if key not in written:
                yield _fault(source, "document.long_key_missing", path, key=key)
