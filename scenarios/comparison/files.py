"""Files of a comparison: data for programs, pages for people; each whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scenarios.comparison.columns import breakdown_columns, data_columns
from scenarios.comparison.comparing import Comparison
from scenarios.comparison.report import Report
from scenarios.comparison.texts import changed_before
from transfers.output.csv_file import csv_of
from transfers.output.data_file import beside, data_bytes, is_data, write_all
from transfers.output.files import Format, encoder, is_folder
from transfers.output.parquet_file import parquet_of

_HERE: Final = "scenarios.comparison"
FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        ".xlsx": Format(f"{_HERE}.workbook", "workbook_bytes"),
        ".csv": Format(f"{_HERE}.files", "csv_bytes"),
        ".json": Format(f"{_HERE}.json_file", "json_bytes"),
        ".parquet": Format(f"{_HERE}.files", "parquet_bytes", ("pyarrow", "polars")),
        ".md": Format(f"{_HERE}.markdown", "markdown_bytes"),
    }
)
PEOPLE: Final = (".xlsx", ".md")
"""Endings of pages for people."""


def for_people(out: str) -> bool:
    """Whether a destination becomes a page for people; in a folder it is a workbook."""
    return is_folder(out) or out.lower().endswith(PEOPLE)


def files(report: Report, path: str) -> list[str]:
    """Return all files that are written: data files have one more for each section."""
    return [path, *(beside(path, section) for section in _sections_beside(report, path))]


def _sections_beside(report: Report, path: str) -> tuple[str, ...]:
    return tuple(report.breakdowns) if is_data(path) else ()


def csv_bytes(report: Report, language: str) -> bytes:
    """Return the columns as csv."""
    return csv_of(data_columns(report.comparison))


def parquet_bytes(report: Report, language: str) -> bytes:
    """Return the columns as parquet."""
    return parquet_of(data_columns(report.comparison), remarks(report.comparison))


def remarks(comparison: Comparison) -> dict[str, str]:
    """Return what the figures are, for the metadata of a file."""
    study, money = comparison.run.study, comparison.money
    changed = changed_before(comparison).data("en")
    return {
        "study": study.id,
        "title": study.title,
        "grant": comparison.grant,
        "currency": money.currency,
        "unit": money.unit,
        "change_pct": "per cent",
        "ranked_by": comparison.ranked_by,
        **{name: "\n".join(said) for name, said in changed.items()},
    }


def write_report(report: Report, path: str, language: str) -> None:
    """Write a comparison to a file, by its ending; data files of its sections stand beside it.

    Raises
    ------
    OutputError
        As :func:`transfers.output.files.encoder`, and where the format cannot hold the comparison.
    OSError
        Where the file cannot be written; an old file stays as it was.
    """
    contents = {path: encoder(path, FORMATS)(report, language)}
    for section in _sections_beside(report, path):
        columns = breakdown_columns(report.comparison, report.breakdowns[section])
        contents[beside(path, section)] = data_bytes(path, columns, remarks(report.comparison))
    write_all(contents)
