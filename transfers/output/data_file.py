"""Files for programs that hold one table each: those beside the first, and how all are written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from transfers import progress
from transfers.output.columns import DataColumn
from transfers.output.csv_file import csv_of
from transfers.output.parquet_file import parquet_of
from transfers.output.whole_file import write_whole

DATA: Final = (".csv", ".parquet")
"""Endings of files that hold one table: all else is a file of its own."""


def is_data(path: str) -> bool:
    """Whether a file holds one table."""
    return path.lower().endswith(DATA)


def beside(path: str, section: str) -> str:
    """Return the file of a section: ``result.csv`` -> ``result.by_change.csv``."""
    stem, ending = os.path.splitext(path)
    return f"{stem}.{section}{ending}"


def data_bytes(path: str, columns: list[DataColumn], remarks: dict[str, str]) -> bytes:
    """Return the content of a data file, by its ending."""
    return parquet_of(columns, remarks) if path.lower().endswith(".parquet") else csv_of(columns)


def write_all(contents: Mapping[str, bytes]) -> None:
    """Write files, each whole or not at all."""
    with progress.stage("write"):
        for file, content in contents.items():
            write_whole(file, content)
