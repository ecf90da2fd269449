"""Write hostile parquet files."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from tests.hostile.table_rows import HEADER, Row


def write(path: Path, rows: list[Row]) -> None:
    """Write rows as a parquet file, a column of texts where it has any text."""
    names, *body = rows
    columns = {}
    for name, cells in zip(names, zip(*body, strict=True), strict=True):
        mixed = any(isinstance(cell, str) for cell in cells)
        columns[str(name)] = [str(cell) if mixed else cell for cell in cells]
    save(path, columns)


def save(path: Path, columns: dict[str, Any]) -> None:
    """Write columns as a parquet file."""
    pyarrow.parquet.write_table(pyarrow.table(columns), path, compression="none")


def make(place: Path) -> None:
    """Write the files whose types matter."""
    names = pyarrow.array(["甲县", "乙县", "丙区"])

    def columns(**changed: Any) -> dict[str, Any]:
        usual = {"code": ["0101", "0102", "NO"], "name": names, "population": [30, 20.5, 50.0]}
        return {**usual, "last_year": [200, 300, 400], **changed}

    odd: dict[str, dict[str, Any]] = {
        "whole": columns(code=[101, 102, 103]),
        "codes-are-floats": columns(code=[101.0, 102.0, 1e17]),
        "codes-are-bytes": columns(code=[b"0101", b"0102", b"\xff01"]),
        "codes-are-categories": columns(
            code=pyarrow.array(["0101", "0102", "NO"]).dictionary_encode()
        ),
        "codes-have-nulls": columns(code=["0101", None, "NO"]),
        "codes-of-18-digits": columns(code=[440703199001010011, 440703199001010012, 3]),
        "narrow-floats": columns(population=pyarrow.array([0.1, 20.5, 0.3], pyarrow.float32())),
        "nan-and-null": columns(population=[30, float("nan"), None]),
        "infinite": columns(population=[30, float("inf"), -float("inf")]),
        "decimals": columns(
            population=[Decimal("30.000000000000000000000001"), Decimal("20.5"), Decimal("50")]
        ),
        "dates": columns(population=[datetime.date(2025, 1, 2), datetime.date(2025, 1, 3), None]),
        "truths": columns(population=[True, False, True]),
        "nested": columns(population=[{"a": 1}, {"a": 2}, {"a": 3}]),
        "lists": columns(population=[[1, 2], [3], []]),
        "no-rows": {str(name): pyarrow.array([], pyarrow.string()) for name in HEADER},
    }
    for name, content in odd.items():
        save(place / f"{name}.parquet", content)
    whole = (place / "whole.parquet").read_bytes()
    (place / "cut-short.parquet").write_bytes(whole[: len(whole) // 2])
