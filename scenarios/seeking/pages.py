"""Pages for people: lines and tables that a terminal, a workbook and Markdown show alike."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from scenarios.figures_in_text import alike
from transfers import messages
from transfers.arithmetic.decimals import decimal_places, fixed_decimal
from transfers.output.book import FIRST, UNIT, Book, fitting, set_height, short
from transfers.output.markdown_file import escaped, table_lines
from transfers.output.terminal import below_unit, table, width, wrapped
from transfers.output.views import signed

Cell = Fraction | str | None
Kind = Literal["text", "figure", "change", "percent"]

NOTHING = "—"

MOST_APART: Final = 12
"""Decimals by which figures are told apart at most."""


class Column(Struct, frozen=True):
    """A column of a table.

    Parameters
    ----------
    kind : str
        What its figures are: a change has its sign, a percentage is given as a ratio.
    places : int
        Decimals shown; the most of them where `idle` is off.
    idle : bool
        Whether zeros at the end are shown.
    total : Cell
        In the row of totals; "" for nothing.
    looks : str
        How a spreadsheet shows its figures, where that does not follow.
    """

    header: str
    cells: Sequence[Cell]
    kind: Kind = "text"
    places: int = 0
    idle: bool = True
    total: Cell = ""
    looks: str = ""

    @property
    def right(self) -> bool:
        """Whether it is aligned to the right."""
        return self.kind != "text"

    def text(self, cell: Cell) -> str:
        """Write a cell."""
        if cell is None:
            return NOTHING
        if isinstance(cell, str):
            return cell
        places, mark = (2, "%") if self.kind == "percent" else (self.places, "")
        figure = cell * 100 if mark else cell
        text = fixed_decimal(figure, places, ",")
        if not self.idle and places:
            text = text.rstrip("0").rstrip(".")
        return (signed(cell, text) if self.kind in ("change", "percent") else text) + mark

    @property
    def pattern(self) -> str:
        """How a spreadsheet shows its figures."""
        if self.looks:
            return self.looks
        places = 2 if self.kind == "percent" else self.places
        decimals = f".{('0' if self.idle else '#') * places}" if places else ""
        plain = f"#,##0{decimals}{'%' if self.kind == 'percent' else ''}"
        return plain if self.kind == "figure" else f"+{plain};[Red]-{plain};{plain}"


class Table(Struct, frozen=True):
    """A table with its title.

    Parameters
    ----------
    sheet : str
        Code of the name of its sheet.
    unit : str
        What stands above its right end.
    """

    sheet: str
    title: str
    columns: Sequence[Column]
    unit: str = ""
    has_total: bool = False

    @property
    def totals(self) -> list[str] | None:
        """The row of totals, written; None where there is none."""
        return [column.text(column.total) for column in self.columns] if self.has_total else None

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The cells, row by row."""
        return list(zip(*(column.cells for column in self.columns), strict=True))


class Page(Struct, frozen=True):
    """A title, lines of text, tables.

    Parameters
    ----------
    only_in_books : tuple of Table
        Tables that are too long for a terminal.
    """

    title: str
    lines: Sequence[str]
    tables: Sequence[Table]
    only_in_books: Sequence[Table] = ()


def figure_column(header: str, cells: Sequence[Cell], most: int = 6) -> Column:
    """Return a column of figures with as many decimals as they need."""
    known = [cell for cell in cells if isinstance(cell, Fraction)]
    needed = [decimal_places(figure) for figure in known]
    places = max((most if n is None else min(n, most) for n in needed), default=0)
    return Column(header, cells, "figure", places, idle=False)


def told_apart(header: str, cells: Sequence[Cell]) -> Column:
    """Return a column of figures with the decimals that tell different ones apart."""
    column = figure_column(header, cells, 4)
    different = len(set(cells))
    while len(set(map(column.text, cells))) < different and column.places < MOST_APART:
        column = replace(column, places=column.places + 1)
    return column


# -- terminal ------------------------------------------------------------------------------------


def terminal_text(page: Page, columns: int) -> str:
    """Lay out a page for a terminal."""
    lines = [line for text in (page.title, *page.lines) for line in wrapped(text, columns)]
    for shown in page.tables:
        lines += ["", *_grid(shown, columns)]
    return "\n".join(lines)


def _grid(shown: Table, columns: int) -> list[str]:
    texts = [[column.text(cell) for cell in column.cells] for column in shown.columns]
    grid = table(
        [column.header for column in shown.columns],
        list(zip(*texts, strict=True)),
        right=[column.right for column in shown.columns],
        total=shown.totals,
        columns=columns,
    )
    return [*wrapped(shown.title, columns), *below_unit(grid, shown.unit)]


# -- Markdown ------------------------------------------------------------------------------------


def markdown_bytes(page: Page) -> bytes:
    """Write a page as Markdown."""
    lines = [f"# {escaped(page.title)}"]
    for text in page.lines:
        lines += ["", escaped(text)]
    for shown in page.tables:
        lines += ["", f"## {escaped(shown.title)}", ""]
        lines += [escaped(shown.unit), ""] if shown.unit else []
        lines += _markdown_table(shown)
    return ("\n".join(lines) + "\n").encode()


def _markdown_table(shown: Table) -> list[str]:
    texts = [[_marked_down(column, cell) for cell in column.cells] for column in shown.columns]
    return table_lines(
        [column.header for column in shown.columns],
        list(zip(*texts, strict=True)),
        right=[column.right for column in shown.columns],
        total=shown.totals,
    )


def _marked_down(column: Column, cell: Cell) -> str:
    text = column.text(cell)
    return escaped(text) if isinstance(cell, str) else text


# -- workbook ------------------------------------------------------------------------------------


def workbook_bytes(page: Page, language: str) -> bytes:
    """Write a page as a workbook: a sheet with the lines, then one for each table."""
    book = Book(language)
    headers = [messages.text(f"seek.{name}", language) for name in ("line", "says")]
    widths = [6, 90]
    sheet = book.sheet("seek.sheet_answer", page.title, headers, widths, frozen=0)
    numbered, told = book.cell(align="center"), book.cell(text_wrap=True)
    for number, line in enumerate(page.lines):
        sheet.write_number(FIRST + number, 0, number + 1, numbered)
        sheet.write_string(FIRST + number, 1, short(line), told)
        set_height(sheet, FIRST + number, ["", line], widths)
    for shown in (*page.tables, *page.only_in_books):
        _write_table(book, shown)
    return book.content()


def _in_figures(column: Column, language: str) -> Column:
    """Return a column with its texts as figures, the unit above them; others as they are."""
    texts = [cell if isinstance(cell, str) else None for cell in column.cells]
    if column.kind != "figure" or None in texts:
        return column
    found = alike([text for text in texts if text is not None])
    if found is None:
        return column
    known = [figure for figure in found if figure is not None]
    places = max(figure.places for figure in known)
    signed_ones = [figure for figure in known if figure.sign]
    header = column.header
    if known[0].unit:
        header = messages.text("seek.header_unit", language, header=header, unit=known[0].unit)
    return replace(
        column,
        header=header,
        cells=[None if figure is None else figure.figure for figure in found],
        places=places,
        looks=(signed_ones or known)[0].pattern(places),
    )


def _write_table(book: Book, shown: Table) -> None:
    columns = [_in_figures(column, book.language) for column in shown.columns]
    shown = replace(shown, columns=columns)
    headers = [column.header for column in shown.columns]
    widths = [
        fitting(
            [column.text(c) for c in (*column.cells, column.total)],
            min(width(column.header) + 2, 20),
        )
        for column in shown.columns
    ]
    sheet = book.sheet(shown.sheet, shown.title, headers, widths, frozen=1)
    if shown.unit:
        sheet.write_string(UNIT, len(headers) - 1, short(shown.unit), book.format(align="right"))
    last = f"{chr(ord('A') + len(headers) - 1)}{FIRST + len(shown.rows) + 1}"
    sheet.ignore_errors({"number_stored_as_text": f"A1:{last}"})
    for at, column in enumerate(shown.columns):
        for row, cell in enumerate(column.cells, start=FIRST):
            _write_cell(book, sheet, row, at, column, cell, bold=False)
        if shown.has_total:
            _write_total(book, sheet, FIRST + len(column.cells), at, column)


def _write_cell(
    book: Book, sheet: Any, row: int, at: int, column: Column, cell: Cell, *, bold: bool
) -> None:
    if isinstance(cell, Fraction):
        sheet.write_number(row, at, float(cell), book.cell(num_format=column.pattern, bold=bold))
        return
    side = "right" if column.right else "left"
    text = short(column.text(cell))
    style = book.cell(align=side, num_format="@", bold=bold, text_wrap=not column.right)
    if text:
        sheet.write_string(row, at, text, style)
    else:
        sheet.write_blank(row, at, None, style)


def _write_total(book: Book, sheet: Any, row: int, at: int, column: Column) -> None:
    """Write a total: a live sum where every figure above it is a figure to be added."""
    whole = isinstance(column.total, Fraction) and column.kind in ("figure", "change")
    if not whole or not all(isinstance(cell, Fraction) for cell in column.cells):
        _write_cell(book, sheet, row, at, column, column.total, bold=True)
        return
    letter = chr(ord("A") + at)
    total = column.total
    assert isinstance(total, Fraction)
    formula = f"=SUM({letter}{FIRST + 1}:{letter}{row})"
    sheet.write_formula(
        row, at, formula, book.cell(num_format=column.pattern, bold=True), float(total)
    )
