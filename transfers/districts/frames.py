"""Frames of pandas, polars and pyarrow as sheets of texts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from transfers.districts.faults import Faults, reason_of, refuse, stumbled
from transfers.districts.sheet import Merged, Record, tell_nul


class FrameSheet(Struct, frozen=True, eq=False):
    """A frame as a sheet: its names are line 0, its rows are numbered from 1."""

    file: str
    names: list[str]
    columns: tuple[list[str], ...]
    encoding: str
    sha256: str
    name: str = ""
    merged: tuple[Merged, ...] = ()
    unread: dict[tuple[int, int], str] = {}

    def top(self, most: int) -> list[Record]:
        """Return the names and the first rows; nothing of a frame without columns."""
        if not self.names:
            return []
        rows = zip(*(column[: most - 1] for column in self.columns), strict=True)
        return [
            Record(line, line + 1, list(cells)) for line, cells in enumerate((self.names, *rows))
        ]

    def body(
        self, line: int, count: int, faults: Faults
    ) -> tuple[tuple[Sequence[str], ...], Sequence[int]]:
        """Return the columns of the rows from a line on, without rows that hold no text."""
        if not self.columns:
            return (), []
        columns = [column[line - 1 :] for column in self.columns] if line > 1 else self.columns
        rows = range(line, line + len(columns[0]))
        tell_nul(self, columns, rows, faults)
        filled = [index for index, row in enumerate(zip(*columns, strict=True)) if any(row)]
        if len(filled) < len(rows):
            columns = [[column[index] for index in filled] for column in columns]
            return tuple(columns), [rows[index] for index in filled]
        return tuple(columns), rows


def frame_sheet(table: object) -> FrameSheet | None:
    """Return a frame as a sheet; None where `table` is no frame of a library that is known."""
    import narwhals

    library = type(table).__module__.partition(".")[0]
    file = f"{library}.{type(table).__name__}"
    try:
        frame: Any = narwhals.from_native(table, eager_only=True)
    except TypeError:
        return None
    except Exception as error:  # columns of one name, say
        refuse("table.broken_frame", file, reason=reason_of(error))
    try:
        names, columns, digest = frame_texts(frame)
    except BaseException as error:
        if not stumbled(error):
            raise
        refuse("table.broken_frame", file, reason=reason_of(error))
    return FrameSheet(file, names, columns, library, digest)


def frame_texts(frame: Any) -> tuple[list[str], tuple[list[str], ...], str]:
    """Return the names and cells of a frame as texts, and their SHA-256, hexadecimal."""
    import narwhals

    if frame.implementation.value == "pandas":
        native = frame.to_native()
        # Keys that were made the index are a column to whoever looks at the frame.
        levels = [name for name in native.index.names if name and name not in native.columns]
        if levels:
            frame = narwhals.from_native(native.reset_index(level=levels), eager_only=True)
    columns = tuple(map(_texts, frame.iter_columns()))
    digest = hashlib.sha256()
    names = list(map(_name, frame.columns))
    for name, texts in zip(names, columns, strict=True):
        digest.update("\x1f".join([name, *texts, ""]).encode("utf-8"))
    return names, columns, digest.hexdigest()


def _name(name: object) -> str:
    """Return the name of a column; where it has several levels, from the outermost inwards."""
    parts = name if isinstance(name, tuple) else (name,)
    return _whole("/".join(str(part).strip() for part in parts))


def _texts(column: Any) -> list[str]:
    """Return the cells of a column as texts, nothing where they are missing."""
    try:
        texts = [_text(value) for value in column.to_list()]
    except Exception:  # dates beyond the calendar: whatever it is, no figures and no keys
        return [f"<{column.dtype}>"] * len(column)
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return list(map(_whole, texts))
    return texts


def _whole(text: str) -> str:
    """Return a text without halves of characters, which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    try:
        return _text_of(value)
    except Exception:  # whatever objects a frame holds, the other columns can be read
        return f"<{type(value).__name__}>"


def _text_of(value: object) -> str:
    if value is None or type(value).__name__ in ("NaTType", "NAType"):
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 2**53:
            return f"{value:.0f}"
        return "" if value != value else repr(float(value))
    if isinstance(value, Decimal):
        return "" if value.is_nan() else f"{value:f}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value).strip()
