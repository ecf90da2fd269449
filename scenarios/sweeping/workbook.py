"""A workbook of a sweep, for people: how amounts spread, data tables, indices, what was varied."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from scenarios.sweeping.pages import Cell, Column, Page
from scenarios.sweeping.swept import Swept
from scenarios.sweeping.views import Words
from transfers.output.book import (
    FIRST,
    MOST_DIGITS,
    UNIT,
    Book,
    check_size,
    fitting,
    set_height,
    short,
)

_LOSING, _WINNING, _BASE = "#F8CBAD", "#C6E0B4", "#FFF2CC"


def workbook_bytes(swept: Swept, language: str) -> bytes:
    """Return the workbook of a sweep.

    Raises
    ------
    OutputError
        There are more districts or columns than a sheet holds.
    """
    book, words = Book(language), Words(swept, language)
    if swept.done:
        if swept.sampled:
            _write(book, words, "sweep.sheet_spread", words.spread())
        pages = words.tables()
        for number, page in enumerate(pages, start=1):
            code = "sweep.sheet_table" if len(pages) == 1 else "sweep.sheet_tables"
            _write(book, words, code, page, number)
        if not swept.sampled:
            _write(book, words, "sweep.sheet_range", words.spread())
        pages = [page for page in words.indices() if page.columns]
        for number, page in enumerate(pages, start=1):
            code = "sweep.sheet_indices" if len(pages) == 1 else "sweep.sheet_indices_of"
            _write(book, words, code, page, number)
    _write_about(book, words)
    return book.content()


def _write(book: Book, words: Words, code: str, page: Page, number: int = 1) -> None:
    """Add the sheet of a table."""
    columns = page.columns
    rows = max((len(column.cells) for column in columns), default=0)
    check_size(rows, len(columns))
    texts = [
        [column.header, *(column.text(c, words.money) for c in (*column.cells, column.total))]
        for column in columns
    ]
    widths = [fitting([cells[0][:12], *cells[1:]], least=8) for cells in texts]
    headers = [column.header for column in columns]
    frozen = sum(column.kind == "text" for column in columns)
    name = book.label(code, number=number)
    sheet = book.sheet("", page.title, headers, widths, frozen=frozen, name=name)
    for row in range(rows):
        set_height(sheet, FIRST + row, [cells[1 + row] for cells in texts], widths)
    if page.money:
        right = book.format(align="right")
        sheet.write_string(UNIT, len(columns) - 1, short(words.unit()), right)
    for at, column in enumerate(columns):
        for row, cell in enumerate(column.cells):
            fill = _fill(words, page, (row, at), column, cell)
            _write_cell(book, sheet, (FIRST + row, at), (column, cell), words, fill)
        if page.total:
            where, total = (FIRST + rows, at), (column, column.total)
            _write_cell(book, sheet, where, total, words, {"bold": True})
    line = FIRST + rows + page.total + 1
    for note in page.notes:
        sheet.write_string(line, 0, note, book.format(italic=True))
        line += 1


def _fill(
    words: Words, page: Page, where: tuple[int, int], column: Column, cell: Cell
) -> dict[str, Any]:
    """Return the colours of a cell: who loses or wins mostly, the unmoved case."""
    if column.kind == "share" and isinstance(cell, Fraction | int) and cell > Fraction(1, 2):
        colours = {words.say("losing"): _LOSING, words.say("winning"): _WINNING}
        if column.header in colours:
            return {"bg_color": colours[column.header]}
    marked = where[0] in page.marked or where[1] == page.marked_column
    return {"bg_color": _BASE} if marked else {}


def _write_cell(
    book: Book,
    sheet: Any,
    where: tuple[int, int],
    what: tuple[Column, Cell],
    words: Words,
    look: dict[str, Any],
) -> None:
    """Write a cell as a number, or as a text where there is none or it is too long."""
    column, cell = what
    text = column.text(cell, words.money)
    if cell is None or isinstance(cell, str):
        align = "left" if column.kind == "text" else "right"
        sheet.write_string(*where, short(text), book.cell(align=align, text_wrap=True, **look))
        return
    if sum(letter.isdigit() for letter in text) > MOST_DIGITS:
        sheet.write_string(*where, text, book.cell(align="right", num_format="@", **look))
        return
    decimals = f".{'0' * column.places}" if column.places else ""
    pattern = {"share": f"0{decimals}%"}.get(column.kind, f"#,##0{decimals}")
    figure = Fraction(cell) * (words.money.quantum if column.kind == "money" else 1)
    sheet.write_number(*where, float(figure), book.cell(num_format=pattern, **look))


def _write_about(book: Book, words: Words) -> None:
    """Add the sheet that says what was varied and what came of it."""
    swept = words.swept
    parts = [("varied", words.heading()), ("came", [*words.outcomes(), *words.likely()])]
    rows = [(words.say(f"about_{code}"), line) for code, lines in parts for line in lines]
    rows += [(words.say("about_origin"), line) for line in words.origin()]
    headers = [words.say("about_item"), words.say("about_content")]
    widths = [12, 88]
    name = book.label("sweep.sheet_about")
    sheet = book.sheet("", swept.study.title, headers, widths, frozen=0, name=name)
    plain = book.cell(text_wrap=True)
    for row, (item, line) in enumerate(rows, start=FIRST):
        sheet.write_string(row, 0, item, plain)
        sheet.write_string(row, 1, short(line.strip()), plain)
        set_height(sheet, row, [item, line], widths)
