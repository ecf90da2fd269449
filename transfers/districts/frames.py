"""Frames of pandas, polars and pyarrow, and parquet files, as sheets of texts."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from importlib import import_module
from typing import Any, Final

from msgspec import Struct

from transfers.districts.faults import Faults, refuse
from transfers.districts.sheet import Looks, Merged, Record

PARQUET: Final = b"PAR1"
MOST_CELLS: Final = 100_000_000


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
    looks: Looks = Looks()

    def top(self, most: int) -> list[Record]:
        """Return the names and the first rows."""
        rows = zip(*(column[: most - 1] for column in self.columns), strict=True)
        return [
            Record(line, line + 1, list(cells)) for line, cells in enumerate((self.names, *rows))
        ]

    def body(
        self, line: int, count: int, faults: Faults
    ) -> tuple[tuple[Sequence[str], ...], Sequence[int]]:
        """Return the columns of the rows from a line on, without rows that hold no text."""
        columns = [column[line - 1 :] for column in self.columns] if line > 1 else self.columns
        rows = range(line, line + len(columns[0]))
        filled = [index for index, row in enumerate(zip(*columns, strict=True)) if any(row)]
        if len(filled) < len(rows):
            columns = [[column[index] for index in filled] for column in columns]
            return tuple(columns), [rows[index] for index in filled]
        return tuple(columns), rows


def frame_sheet(table: object) -> FrameSheet | None:
    """Return a frame as a sheet; None where `table` is no frame of a library that is known."""
    import narwhals

    frame: Any = None
    with suppress(TypeError):
        frame = narwhals.from_native(table, eager_only=True)
    if frame is None:
        return None
    library = frame.implementation.value
    if library == "pandas" and any(frame.to_native().index.names):
        # Keys that were made the index are a column to whoever looks at the frame.
        frame = narwhals.from_native(frame.to_native().reset_index(), eager_only=True)
    columns = tuple(_texts(frame[name]) for name in frame.columns)
    digest = hashlib.sha256()
    for name, texts in zip(frame.columns, columns, strict=True):
        digest.update("\x1f".join([str(name), *texts, ""]).encode("utf-8", "surrogatepass"))
    kind = "Table" if library == "pyarrow" else "DataFrame"
    names = [str(name).strip() for name in frame.columns]
    return FrameSheet(f"{library}.{kind}", names, columns, library, digest.hexdigest())


def read_parquet(file: str, data: bytes) -> FrameSheet:
    """Read a parquet file.

    Raises
    ------
    TableError
        Neither pyarrow nor polars is installed, or the file is damaged or too large.
    """
    for library in ("pyarrow", "polars"):
        try:
            reader = import_module("pyarrow.parquet" if library == "pyarrow" else library)
        except ImportError:
            continue
        try:
            frame = _parquet_frame(file, library, reader, data)
        except (OSError, ValueError, TypeError, _errors_of(library)) as error:
            refuse("table.broken_parquet", file, reason=str(error).splitlines()[0])
        sheet = frame_sheet(frame)
        assert sheet is not None
        digest = hashlib.sha256(data).hexdigest()
        return FrameSheet(file, sheet.names, sheet.columns, "parquet", digest)
    refuse("table.no_parquet", file)


def _parquet_frame(file: str, library: str, reader: Any, data: bytes) -> object:
    if library == "polars":
        lazy = reader.scan_parquet(io.BytesIO(data))
        rows, width = lazy.select(reader.len()).collect().item(), len(lazy.collect_schema())
        _check_size(file, rows * width)
        return lazy.collect()
    book = reader.ParquetFile(io.BytesIO(data))
    _check_size(file, book.metadata.num_rows * book.metadata.num_columns)
    return book.read()


def _check_size(file: str, cells: int) -> None:
    if cells > MOST_CELLS:
        refuse("table.too_many_cells", file, cells=f"{cells:,}", most=f"{MOST_CELLS:,}")


def _errors_of(library: str) -> type[Exception]:
    """Return the exception all errors of a library have in common."""
    if library == "pyarrow":
        return import_module("pyarrow").ArrowException  # type: ignore[no-any-return]
    return import_module("polars.exceptions").PolarsError  # type: ignore[no-any-return]


def _texts(column: Any) -> list[str]:
    """Return the cells of a column as texts, nothing where they are missing."""
    if str(column.dtype) == "Float32":
        # As many digits as tell it from its neighbours: 0.1, not 0.10000000149011612.
        import numpy as np

        return [
            _text(None if value is None else float(str(np.float32(value))))
            for value in column.to_list()
        ]
    return [_text(value) for value in column.to_list()]


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "backslashreplace")
    if isinstance(value, str):
        return value.strip()
    if value is None or value != value:  # NaN, NaT
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
