"""A sweep on the terminal: what was varied, what came of it, how amounts spread, data tables."""

from __future__ import annotations

from scenarios.sweeping.pages import Column, Page
from scenarios.sweeping.swept import Swept
from scenarios.sweeping.views import Words
from transfers.output.terminal import below_unit, table, that_fit, width, wrapped


def sweep_view(swept: Swept, language: str, columns: int = 80) -> str:
    """Return all that `sweep` shows."""
    words = Words(swept, language)
    lines = [swept.study.title]
    lines += [line for text in words.heading() for line in _wrapped(text, columns)]
    lines += [line for text in words.outcomes() for line in wrapped(text, columns)]
    if not swept.done:
        return "\n".join(lines)
    likely = [line for text in words.likely() for line in wrapped(text, columns)]
    for page in words.pages():
        lines += ["", *_page(words, page, columns), *likely]
        likely = []  # it belongs to the spread, which comes first where it is told
    return "\n".join(lines)


def _wrapped(text: str, columns: int) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip()))
    return [indent + line for line in wrapped(text.strip(), columns - len(indent))]


def _page(words: Words, page: Page, columns: int) -> list[str]:
    """Lay out a table below its title; what does not fit beside each other goes below."""
    shown = [column for column in page.columns if not column.detail]
    lines = wrapped(page.title, columns)
    if not shown:
        return lines
    for some in _that_fit(words, shown, columns):
        grid = _grid(words, page, some, columns)
        lines += [*below_unit(grid, words.unit() if page.money else ""), ""]
    notes = [line for note in page.notes for line in wrapped(note, columns)]
    return [*lines[:-1], *notes]


def _that_fit(words: Words, shown: list[Column], columns: int) -> list[list[Column]]:
    """Cut columns into tables that fit, the first column in front of each."""
    widths = [_wide(words, column) for column in shown]
    return [[shown[at] for at in some] for some in that_fit(widths, columns)]


def _wide(words: Words, column: Column) -> int:
    cells = max((width(column.text(cell, words.money)) for cell in column.cells), default=0)
    return max(cells, width(column.text(column.total, words.money)), min(width(column.header), 8))


def _grid(words: Words, page: Page, some: list[Column], columns: int) -> str:
    texts = [[column.text(cell, words.money) for cell in column.cells] for column in some]
    total = [column.text(column.total, words.money) for column in some] if page.total else None
    return table(
        [column.header for column in some],
        list(zip(*texts, strict=True)),
        right=[column.kind != "text" for column in some],
        total=total,
        columns=columns,
    )
