"""Files of an outlook: data for programs, pages for people; each whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scenarios.outlook.columns import account_columns, data_columns
from scenarios.outlook.found import Outlook
from scenarios.outlook.pages.report import Report
from transfers.output.csv_file import csv_of
from transfers.output.data_file import beside, data_bytes, is_data, write_all
from transfers.output.files import Format, encoder
from transfers.output.parquet_file import parquet_of

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

ACCOUNTS: Final = "accounts"


def files(path: str) -> list[str]:
    """Return all files that are written: accounts are a file of their own."""
    return [path, *([beside(path, ACCOUNTS)] if is_data(path) else [])]


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
    changed = outlook.set_before.data("en")
    return found | {name: "\n".join(said) for name, said in changed.items()}


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
    if is_data(path):
        columns = account_columns(outlook)
        contents[beside(path, ACCOUNTS)] = data_bytes(path, columns, remarks(outlook))
    write_all(contents)
