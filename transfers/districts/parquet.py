"""Parquet files as sheets of texts, within limits of size that their few bytes do not tell.

A column of one value takes some bytes, however many rows it has and however long the value is. So
texts stay in dictionaries until they are counted, and lists, which may hide any number of values
in one row, are not read at all.
"""

from __future__ import annotations

import hashlib
import io
from importlib import import_module
from typing import Any, Final

from transfers.districts.faults import reason_of, refuse, stumbled
from transfers.districts.frames import FrameSheet, frame_texts
from transfers.errors import TableError

MOST_CELLS: Final = 20_000_000
"""Each becomes a Python text, of some 60 bytes."""

MOST_UNPACKED: Final = 500_000_000
"""Bytes of the columns as the file states them, and of all texts together."""


def read_parquet(file: str, data: bytes) -> FrameSheet:
    """Read a parquet file.

    Raises
    ------
    TableError
        Neither pyarrow nor polars is installed, or the file is damaged or too large.
    """
    import narwhals

    for library in ("pyarrow", "polars"):
        try:
            reader = import_module("pyarrow.parquet" if library == "pyarrow" else library)
        except ImportError:
            continue
        frame_of = _pyarrow_frame if library == "pyarrow" else _polars_frame
        try:
            native: Any = frame_of(file, reader, data)
            frame = narwhals.from_native(native, eager_only=True)
            names, columns, _ = frame_texts(frame)
        except TableError:
            raise
        except BaseException as error:
            if not stumbled(error):
                raise
            refuse("table.broken_parquet", file, reason=reason_of(error))
        return FrameSheet(file, names, columns, "parquet", hashlib.sha256(data).hexdigest())
    refuse("table.no_parquet", file)


def _pyarrow_frame(file: str, reader: Any, data: bytes) -> object:
    pyarrow = import_module("pyarrow")
    plain = reader.ParquetFile(io.BytesIO(data))
    _check_cells(file, plain.metadata.num_rows, len(plain.schema_arrow))
    unpacked = range(plain.metadata.num_row_groups)
    _check_bytes(file, sum(plain.metadata.row_group(n).total_byte_size for n in unpacked))
    kinds = pyarrow.types
    flat = [field for field in plain.schema_arrow if not kinds.is_nested(field.type)]
    texts = [
        field.name
        for field in flat
        if kinds.is_string(field.type)
        or kinds.is_large_string(field.type)
        or kinds.is_binary(field.type)
    ]
    book = reader.ParquetFile(io.BytesIO(data), read_dictionary=texts)
    table = book.read(columns=[field.name for field in flat])
    _check_bytes(file, sum(_letters(pyarrow, table[name]) for name in texts))
    for index, field in enumerate(plain.schema_arrow):
        if kinds.is_nested(field.type):
            words = pyarrow.array([f"<{field.type}>"[:40]]).dictionary_encode()
            column = words.take(pyarrow.array(bytes(table.num_rows), pyarrow.uint8()))
            table = table.add_column(index, field.name, column)
    return table


def _letters(pyarrow: Any, column: Any) -> int:
    """Return how many bytes the texts of a column have, one by one."""
    compute = import_module("pyarrow.compute")
    total = 0
    for chunk in column.chunks:
        if pyarrow.types.is_dictionary(chunk.type):
            lengths = compute.binary_length(chunk.dictionary).take(chunk.indices)
        else:
            lengths = compute.binary_length(chunk)
        total += compute.sum(lengths).as_py() or 0
    return total


def _polars_frame(file: str, reader: Any, data: bytes) -> object:
    lazy = reader.scan_parquet(io.BytesIO(data))
    schema = lazy.collect_schema()
    _check_cells(file, lazy.select(reader.len()).collect().item(), len(schema))
    nested = [name for name, kind in schema.items() if kind.is_nested()]
    words = [reader.lit(f"<{schema[name]}>"[:40]).alias(name) for name in nested]
    frame = lazy.with_columns(words).collect()
    texts = [name for name, kind in schema.items() if kind == reader.String]
    letters = frame.select(reader.col(texts).str.len_bytes().sum()).row(0) if texts else ()
    _check_bytes(file, sum(letters))
    return frame


def _check_cells(file: str, rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        refuse("table.too_many_cells", file, cells=f"{rows * columns:,}", most=f"{MOST_CELLS:,}")


def _check_bytes(file: str, unpacked: int) -> None:
    if unpacked > MOST_UNPACKED:
        refuse("table.parquet_unpacks", file, megabytes=MOST_UNPACKED // 1_000_000)
