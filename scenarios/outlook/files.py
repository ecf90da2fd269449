"""Files of an outlook: data for programs, pages for people; each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scenarios.outlook.columns import account_columns, data_columns
from scenarios.outlook.found import Outlook
from scenarios.outlook.pages.report import Report
from transfers import progress
from transfers.output.csv_file import csv_of
from transfers.output.files import Format, encoder
from transfers.output.parquet_file import parquet_of
from transfers.output.whole_file import write_whole

_HERE: Final = "scenarios.outlook"
FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        ".xlsx": Format(f"{_HERE}.pages.workbook", "workbook_bytes"),
        ".csv": Format(f"{_HERE}.files", "csv_bytes"),
        ".json": Format(f"{_HERE}.json_file", "json_bytes"),
        ".parquet": Format(f"{_HERE}.files", "parquet_bytes", ("pyarrow", "polars")),
        ".md": Format(f"{_HERE}.pages.markdown", "markdown_bytes"),
    }
)

DATA: Final = (".csv", ".parquet")
"""Endings of files that hold one table: accounts are a file of their own."""

ACCOUNTS: Final = "accounts"


def files(path: str) -> list[str]:
    """Return all files that are written."""
    return [path, *([beside(path)] if path.lower().endswith(DATA) else [])]


def beside(path: str) -> str:
    """Return the file of the accounts: ``result.csv`` -> ``result.accounts.csv``."""
    stem, ending = os.path.splitext(path)
    return f"{stem}.{ACCOUNTS}{ending}"


def csv_bytes(report: Report, language: str) -> bytes:
    """Return the amounts as csv."""
    return csv_of(data_columns(report.outlook))


def parquet_bytes(report: Report, language: str) -> bytes:
    """Return the amounts as parquet."""
    return parquet_of(data_columns(report.outlook), remarks(report.outlook))


def remarks(outlook: Outlook) -> dict[str, str]:
    """Return what the figures are, for the metadata of a file."""
    paying = next((answer for each in outlook.variants for answer in each.paying), None)
    found = {"study": outlook.study.id, "title": outlook.study.title}
    if paying is not None:
        money = paying.allocation.policy.money
        found |= {"currency": money.currency, "unit": money.unit}
    return found


def write_outlook(report: Report, path: str, language: str) -> None:
    """Write an outlook to a file, by its ending; the accounts of a data file stand beside it.

    Raises
    ------
    OutputError
        As :func:`transfers.output.files.encoder`.
    OSError
        Where the file cannot be written; an old file stays as it was.
    """
    outlook = report.outlook
    contents = {path: encoder(path, FORMATS)(report, language)}
    if path.lower().endswith(".csv"):
        contents[beside(path)] = csv_of(account_columns(outlook))
    if path.lower().endswith(".parquet"):
        contents[beside(path)] = parquet_of(account_columns(outlook), remarks(outlook))
    with progress.stage("write"):
        for file, content in contents.items():
            write_whole(file, content)
