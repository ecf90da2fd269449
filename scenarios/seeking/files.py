"""Files of an answer: data for programs, pages for people; each whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, Protocol

from scenarios.answers import Answer
from scenarios.seeking.asking import Asking
from scenarios.seeking.pages import Page, markdown_bytes, workbook_bytes
from transfers.arithmetic.decimals import decimal_places
from transfers.output.columns import DataColumn, mantissa_of
from transfers.output.csv_file import csv_of
from transfers.output.files import FORMATS as ALLOCATIONS
from transfers.output.files import Format
from transfers.output.json_text import Written, json_of
from transfers.output.parquet_file import parquet_of

PLACES: Final = 12
MOST_PLACES: Final = 30
"""Decimals of a figure that is no decimal: more where it would otherwise be written as nothing."""


def data_column(name: str, figures: Sequence[Fraction | None]) -> DataColumn:
    """Return figures as a column of a data file: exact where they are decimals.

    No figure but 0 is written as 0, unless it has 30 zeros behind the point.
    """
    known = [figure for figure in figures if figure is not None]
    places = max((_places(figure) for figure in known), default=0)
    cells = [None if figure is None else mantissa_of(figure, places) for figure in figures]
    return DataColumn(name, "number", list(cells), places, idle_zeros=False)


def _places(figure: Fraction) -> int:
    exact = decimal_places(figure)
    if exact is not None and exact <= MOST_PLACES:
        return exact
    places = PLACES
    while places < MOST_PLACES and abs(figure) * 10**places < 1000:
        places += 1
    return places


class Told(Protocol):
    """An answer as files have it."""

    @property
    def of(self) -> Asking:
        """What was asked."""

    @property
    def answer(self) -> Answer | None:
        """What comes of the answer; None where there is none."""

    def page(self, language: str) -> Page:
        """Return what people read."""

    def columns(self) -> list[DataColumn]:
        """Return the columns of the data file."""

    def head(self, language: str) -> dict[str, Any]:
        """Return what a json file has beside its rows."""


def xlsx_bytes(told: Told, language: str) -> bytes:
    """Return a workbook."""
    return workbook_bytes(told.page(language), language)


def md_bytes(told: Told, language: str) -> bytes:
    """Return Markdown."""
    return markdown_bytes(told.page(language))


def csv_bytes(told: Told, language: str) -> bytes:
    """Return the columns as csv."""
    return csv_of(told.columns())


def parquet_bytes(told: Told, language: str) -> bytes:
    """Return the columns as parquet."""
    plain = {name: text for name, text in told.head(language).items() if isinstance(text, str)}
    return parquet_of(told.columns(), plain)


def json_bytes(told: Told, language: str) -> bytes:
    """Return the answer and the rows as JSON, figures exactly as they are written."""
    columns = told.columns()
    cells = [
        [Written(text) for text in column.texts()] if column.kind == "number" else column.cells
        for column in columns
    ]
    names = [column.name for column in columns]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]
    return json_of({**told.head(language), "rows": rows})


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        ending: Format(__name__, f"{ending[1:]}_bytes", known.needs)
        for ending, known in ALLOCATIONS.items()
    }
)
"""Ending -> format: those of an allocation."""
