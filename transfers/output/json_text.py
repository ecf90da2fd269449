"""JSON with numbers exactly as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transfers.output.columns import DataColumn


class Written(str):
    """A number already written; an empty one is null."""


def plain_rows(columns: Sequence[DataColumn]) -> list[dict[str, Any]]:
    """Return the rows of a data file as JSON has them."""
    cells = [
        [Written(text) for text in column.texts()] if column.kind == "number" else column.cells
        for column in columns
    ]
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def plain_files(files: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return files as JSON names them: without their folder, which is another elsewhere."""
    return [{"file": PurePath(file).name, "sha256": sha256} for file, sha256 in files]


def json_of(document: dict[str, Any]) -> bytes:
    """Return a document as JSON, in UTF-8."""
    import json

    return (_encoded(document, json.dumps, 0) + "\n").encode()


def _encoded(value: Any, dumps: Callable[..., str], depth: int) -> str:
    """Encode data as JSON with numbers exactly as they are written."""
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, Written):
        return str(value) or "null"
    if isinstance(value, dict) and value:
        parts = [
            f"{inner}{dumps(str(k), ensure_ascii=False)}: {_encoded(v, dumps, depth + 1)}"
            for k, v in value.items()
        ]
        return "{\n" + ",\n".join(parts) + f"\n{outer}}}"
    if isinstance(value, list) and value:
        parts = [inner + _encoded(item, dumps, depth + 1) for item in value]
        return "[\n" + ",\n".join(parts) + f"\n{outer}]"
    return dumps(value, ensure_ascii=False)
