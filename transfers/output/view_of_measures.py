"""How unequal districts are before and after the transfer, as people read it."""

from __future__ import annotations

from typing import Any

from transfers import messages
from transfers.allocation import Allocation
from transfers.measures import Inequality, Measure
from transfers.output.book import FIRST, Book, fitting, short
from transfers.output.terminal import table, wrapped

PLACES = 5
_COLUMNS = ("measure", "before", "after", "change")


def measures_view(allocation: Allocation, by: str | None, language: str, columns: int) -> str:
    """Return the table of measures, with the names of their definitions below.

    Raises
    ------
    TableError
        `by` is no column of texts.
    """
    found = allocation.inequality(by)
    if found is None:
        return "\n".join(wrapped(messages.text("measures.no_roles", language), columns))
    rows = [
        [
            title_of(measure, found, language),
            *map(figure_text, (measure.before, measure.after)),
            figure_text(measure.change, signed=True),
        ]
        for measure in found.measures
    ]
    headers = [messages.text(f"measures.{name}", language) for name in _COLUMNS]
    grid = table(headers, rows, right=[False, True, True, True], columns=columns)
    notes = [line for text in notes_of(found, language) for line in wrapped(text, columns)]
    return "\n".join([heading(found, language), grid, *notes])


def heading(found: Inequality, language: str) -> str:
    """Say what is measured."""
    words = {"revenue": found.revenue, "population": found.population, "unit": found.unit}
    return messages.text("measures.title", language, **words)


def title_of(measure: Measure, found: Inequality, language: str) -> str:
    """Return what people call a measure, with the name of its definition."""
    return messages.text(f"measures.{measure.code}", language, by=found.by)


def notes_of(found: Inequality, language: str, districts: str = "") -> list[str]:
    """Say by what definitions, and of which districts.

    Parameters
    ----------
    districts : str
        How many there are, where these are not the only figures.
    """
    words = {"population": found.population, "districts": districts or found.districts}
    notes = [messages.text("measures.definitions", language, **words)]
    if found.left_out:
        notes.append(messages.text("measures.left_out", language, names=found.left_out))
    return notes


def figure_text(figure: float | None, *, signed: bool = False) -> str:
    """Write a measure with five decimals."""
    if figure is None:
        return "—"
    text = f"{figure:{'+' if signed else ''}.{PLACES}f}"
    return text.lstrip("+-") if not float(text) else text


def measures_data(allocation: Allocation, language: str) -> dict[str, Any] | None:
    """Return the measures as plain data; None where the policy names no such columns."""
    found = allocation.inequality()
    if found is None:
        return None
    return {
        "unit": messages.said(found.unit, language),
        "districts": found.districts,
        "left_out": list(found.left_out),
        "values": [
            {
                "code": measure.code,
                "title": title_of(measure, found, language).strip(),
                "before": measure.before,
                "after": measure.after,
                "change": measure.change,
            }
            for measure in found.measures
        ],
    }


def write_measures(book: Book, allocation: Allocation) -> None:
    """Add the sheet of measures, where the policy names revenue and population."""
    found = allocation.inequality()
    if found is None:
        return
    titles = [title_of(measure, found, book.language) for measure in found.measures]
    notes = notes_of(found, book.language)
    widths = [fitting(titles, most=60), 14, 14, 14]
    headers = [book.label(f"measures.{name}") for name in _COLUMNS]
    title = heading(found, book.language)
    sheet = book.sheet("measures.sheet", title, headers, widths, frozen=1)
    text, nothing = book.cell(), book.cell(align="right")
    plain = "0." + "0" * PLACES
    number, change = (book.cell(num_format=f) for f in (plain, f"+{plain};-{plain};{plain}"))
    for row, (measure, name) in enumerate(zip(found.measures, titles, strict=True), start=FIRST):
        sheet.write_string(row, 0, short(name), text)
        figures = ((measure.before, number), (measure.after, number), (measure.change, change))
        for column, (figure, style) in enumerate(figures, start=1):
            if figure is None:
                sheet.write_string(row, column, "—", nothing)
            else:
                sheet.write_number(row, column, figure, style)
    below = FIRST + len(titles) + 1
    for row, note in enumerate(notes, start=below):
        sheet.write_string(row, 0, short(note), book.format())
