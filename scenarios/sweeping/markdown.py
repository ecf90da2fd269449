"""A sweep in Markdown: the same lines and tables as the terminal has."""

from __future__ import annotations

from scenarios.sweeping.pages import Cell, Column, Page
from scenarios.sweeping.swept import Swept
from scenarios.sweeping.views import Words
from transfers.output.markdown_file import escaped, table_lines


def markdown_bytes(swept: Swept, language: str) -> bytes:
    """Return the summary of a sweep as Markdown."""
    words = Words(swept, language)
    lines = [f"# {escaped(swept.study.title)}", ""]
    lines += [f"- {escaped(line.strip())}" for line in (*words.heading(), *words.outcomes())]
    if swept.done:
        lines += [f"- {escaped(line)}" for line in words.likely()]
        for page in words.pages():
            lines += ["", *_page(words, page)]
    return ("\n".join(lines) + "\n").encode()


def _page(words: Words, page: Page) -> list[str]:
    if not page.columns:
        return [escaped(page.title)]
    unit = f" ({words.unit()})" if page.money else ""
    rows = [
        [_cell(column, column.cells[row], words) for column in page.columns]
        for row in range(len(page.columns[0].cells))
    ]
    if page.total:
        rows.append([_cell(column, column.total, words) for column in page.columns])
    return [
        f"## {escaped(page.title)}{escaped(unit)}",
        "",
        *table_lines(
            [column.header for column in page.columns],
            rows,
            right=[column.kind != "text" for column in page.columns],
        ),
        *(["", *map(escaped, page.notes)] if page.notes else []),
    ]


def _cell(column: Column, cell: Cell, words: Words) -> str:
    text = column.text(cell, words.money)
    return escaped(text) if isinstance(cell, str) else text
