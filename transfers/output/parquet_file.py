"""A parquet file, by pyarrow, or polars where that is not installed."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import Any, Literal

from transfers.allocation import Allocation
from transfers.output.columns import DataColumn, data_columns
from transfers.output.origin import remarks_of

LARGEST = 2**63 - 1
DIGITS, MORE_DIGITS = 38, 76
"""Of a decimal in 128 and in 256 bits."""


def parquet_bytes(allocation: Allocation, language: str) -> bytes:
    """Return the columns of an allocation as parquet."""
    return parquet_of(data_columns(allocation), remarks_of(allocation.policy, allocation))


def parquet_of(columns: list[DataColumn], remarks: dict[str, str]) -> bytes:
    """Return columns as parquet: exact numbers, texts, truths; null where missing.

    Parameters
    ----------
    remarks : dict
        What the figures are, for the file's metadata.
    """
    if find_spec("pyarrow") is not None:
        return _by_pyarrow(columns, remarks)
    return _by_polars(columns)


Kind = Literal["text", "boolean", "integer", "decimal", "wide_decimal"]


def kind_of(column: DataColumn) -> Kind:
    """Return how a column is stored: exactly, in the narrowest kind that is the same every year.

    Whole numbers are integers, others decimals of 38 digits. Numbers too large for that are
    decimals of 76 digits, and texts where even those do not do.
    """
    if column.kind != "number":
        return column.kind
    largest = max((abs(int(cell)) for cell in column.cells if cell is not None), default=0)
    if not column.places and largest <= LARGEST:
        return "integer"
    for digits, kind in ((DIGITS, "decimal"), (MORE_DIGITS, "wide_decimal")):
        if column.places <= digits and largest < 10**digits:
            return "decimal" if kind == "decimal" else "wide_decimal"
    return "text"


def _values(column: DataColumn, kind: Kind) -> list[Any]:
    """Return the cells as the library takes them."""
    if kind in ("decimal", "wide_decimal"):
        from decimal import Context, Decimal

        exactly = Context(prec=MORE_DIGITS)
        return [
            None if cell is None else Decimal(cell).scaleb(-column.places, exactly)
            for cell in column.cells
        ]
    if kind == "text" and column.kind == "number":
        return [text or None for text in column.texts()]
    return column.cells


def _by_pyarrow(columns: list[DataColumn], remarks: dict[str, str]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    arrays, fields = [], []
    for column in columns:
        kind = kind_of(column)
        types = {
            "text": pa.string,
            "boolean": pa.bool_,
            "integer": pa.int64,
            "decimal": lambda places=column.places: pa.decimal128(DIGITS, places),
            "wide_decimal": lambda places=column.places: pa.decimal256(MORE_DIGITS, places),
        }
        fields.append(pa.field(column.name, types[kind]()))
        arrays.append(pa.array(_values(column, kind), type=fields[-1].type))
    table = pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=remarks))
    buffer = io.BytesIO()
    parquet.write_table(table, buffer)
    return buffer.getvalue()


def _by_polars(columns: list[DataColumn]) -> bytes:
    import polars as pl

    series = []
    for column in columns:
        kind = kind_of(column)
        if kind == "wide_decimal":
            kind = "text"
        types: dict[str, Any] = {
            "text": pl.String,
            "boolean": pl.Boolean,
            "integer": pl.Int64,
            "decimal": pl.Decimal(DIGITS, min(column.places, DIGITS)),
        }
        series.append(pl.Series(column.name, _values(column, kind), dtype=types[kind]))
    buffer = io.BytesIO()
    pl.DataFrame(series).write_parquet(buffer)
    return buffer.getvalue()
