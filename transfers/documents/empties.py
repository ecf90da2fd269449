"""Keys with nothing behind them: a slip, except where nothing is an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from transfers.documents.described import DESCRIPTIONS
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, quoted, shown
from transfers.errors import Fault


def empty_values(source: Source, may_be_empty: Callable[[Path], bool]) -> Iterator[Fault]:
    """Find keys with nothing behind them where nothing is no answer."""
    for path, mark in source.marks.items():
        if mark.style != "empty" or not path:
            continue
        if may_be_empty(path) or path[-1] in DESCRIPTIONS:
            continue
        number = str(path[-1]).isdigit() and isinstance(path[-1], str)
        code = "document.number_split" if number else "document.empty_value"
        words: dict[str, object] = {"key": shown(path[-1], 60)}
        if mark.file is not None:
            code = "document.empty_change"
        elif (before := _text_before(source, path)) is not None:
            code = "document.text_split"
            words = {"name": before[0], "text": quoted(f"{before[1]}, {path[-1]}")}
        yield Fault(code, source.place(path), words)


def _text_before(source: Source, path: Path) -> tuple[str, str] | None:
    """Return the text, and its key, that a comma inside braces has cut off before this."""
    node: Any = source.data
    for part in path[:-1]:
        node = node[part]
    if not isinstance(node, dict) or source.marks[path[:-1]].style != "flow":
        return None
    keys = list(node)
    before = keys[: keys.index(str(path[-1]))][::-1]
    for key in before:
        if key in DESCRIPTIONS and isinstance(node[key], str):
            return key, node[key]
        if node[key] is not None:
            break
    return None
