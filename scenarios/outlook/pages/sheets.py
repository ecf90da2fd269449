"""Tables of an outlook as sheets: numbers with formats, live sums, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from scenarios.figures_in_text import Shown
from scenarios.outlook.pages.table import Cell, Heading, Row, Table, cell_text
from scenarios.outlook.pages.words import Words
from transfers.output.book import (
    LINE,
    MOST_DIGITS,
    TITLE,
    UNIT,
    Book,
    check_size,
    column_name,
    fitting,
    lines_in,
    set_height,
    short,
)

Block = Table | str | None

GREEN, RED, GREY = "#006100", "#9C0006", "#F2F2F2"
_LABEL, _FIGURE, _SAID = 42, 16, 32
_A3: Final = 8
_AROUND: Final = 6
"""Rows that a block has besides those of its table."""

ONE_PAGE: Final = 66
"""Lines that A3 holds, shrunk so that they can still be read; longer sheets go on."""


def stacked(book: Book, words: Words, name: str, title: str, blocks: Sequence[Block]) -> None:
    """Add a sheet of tables and texts, one below the other; tables share their columns."""
    there = [block for block in blocks if block is not None]
    tables = [block for block in there if isinstance(block, Table)]
    rows, columns = (
        sum(len(t.rows) for t in tables),
        max((len(t.headers) for t in tables), default=1),
    )
    check_size(rows + _AROUND * len(there), columns)
    _Sheet(book, words, book.free_name(name), title, there).write()


class _Sheet:
    """One sheet in the making.

    Where it begins with a table, that stands right below the title: its header is on every page.
    """

    def __init__(
        self, book: Book, words: Words, name: str, title: str, blocks: Sequence[Table | str]
    ) -> None:
        self.book, self.words, self.blocks = book, words, blocks
        tables = [block for block in blocks if isinstance(block, Table)]
        columns = max((len(table.headers) for table in tables), default=8)
        self.widths = [10] * columns
        for table in tables:
            for at, wide in enumerate(_widths(table)):
                self.widths[at] = max(self.widths[at], wide)
        first = blocks[0] if blocks else ""
        self.lead = first if isinstance(first, Table) else None
        head = TITLE if self.lead is None else UNIT + 1
        self.sheet = book.named_sheet(name, (TITLE, head))
        self.sheet.set_paper(_A3)
        for at, wide in enumerate(self.widths):
            self.sheet.set_column(at, at, wide)
        self.sheet.freeze_panes(head + 1, min((table.labels for table in tables), default=0))
        bold = book.format(bold=True, font_size=14, valign="vcenter")
        lines = lines_in(title, sum(self.widths) * 4 // 5)
        self.sheet.set_row(TITLE, (LINE + 4) * lines)
        self.sheet.write_string(TITLE, 0, short(title), bold)
        self.height = lines

    def write(self) -> None:
        """Write the blocks, with room around each table."""
        row = UNIT
        for block in self.blocks:
            if isinstance(block, str):
                row = self._text(block, row)
            else:
                row = self._table(block, row + (row > UNIT)) + 1
        last = f"{column_name(len(self.widths) - 1)}{row + 1}"
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:{last}"})
        if self.height + row <= ONE_PAGE:
            self.sheet.fit_to_pages(1, 1)

    def _text(self, text: str, row: int) -> int:
        """Write a text over all columns; return the row below it."""
        bold = isinstance(text, Heading)
        plain = self.book.format(valign="top", text_wrap=True, bold=bold)
        last, room = len(self.widths) - 1, sum(self.widths)
        if last:
            self.sheet.merge_range(row, 0, row, last, "", plain)
        self.sheet.write_string(row, 0, short(text), plain)
        set_height(self.sheet, row, [text], [room])
        self.height += lines_in(text, room) - 1
        return row + 1

    def _table(self, table: Table, row: int) -> int:
        """Write a table below its title; return the row below it and its notes."""
        book, sheet = self.book, self.sheet
        if table is not self.lead:  # whose title is the sheet's
            sheet.write_string(row, 0, short(table.title), book.format(bold=True))
        if table.unit:
            right = book.format(align="right")
            sheet.write_string(row, len(table.headers) - 1, short(self.words.unit()), right)
        head = book.cell(bold=True, align="center", text_wrap=True, bg_color=GREY)
        for at, header in enumerate(table.headers):
            sheet.write_string(row + 1, at, short(header), head)
        self._height(row + 1, list(table.headers))
        first = row + 2
        long = _is_long(table)
        for at, line in enumerate(table.rows, start=first):
            self._row(table, line, at, first, live=not long)
        row = first + len(table.rows)
        for note in table.notes:
            row = self._text(note, row)
        return row

    def _row(self, table: Table, row: Row, at: int, first: int, *, live: bool) -> None:
        """Write a row; sums of years and totals of districts are live formulas."""
        texts = []
        for column, cell in enumerate(row.cells):
            formula = _formula(table, row, (at, column), first) if live else ""
            self._cell((at, column), cell, row, text=table.is_text(column), formula=formula)
            texts.append(cell if isinstance(cell, str) else "")
        self._height(at, texts)

    def _height(self, row: int, texts: list[str]) -> None:
        """Make a row of a table as high as its texts need."""
        widths = self.widths[: len(texts)]
        set_height(self.sheet, row, texts, widths)
        cells = zip(texts, widths, strict=True)
        self.height += max(lines_in(text, wide) for text, wide in cells) - 1

    def _cell(self, at: tuple[int, int], cell: Cell, row: Row, *, text: bool, formula: str) -> None:
        look: dict[str, Any] = {} if row.look == "plain" else {"bold": True}
        if row.look == "heading":
            look["bg_color"] = GREY
        if at[1] in row.marked:
            look |= {"bold": True, "font_color": RED}
        if not isinstance(cell, Shown):
            aligned = {"text_wrap": True} if text else {"align": "right"}
            style = self.book.cell(**look, **aligned)
            if cell:
                self.sheet.write_string(*at, short(cell), style)
            else:
                self.sheet.write_blank(*at, None, style)
            return
        if cell.sign and cell.figure:
            look["font_color"] = GREEN if cell.figure > 0 else RED
        if _digits(cell) > MOST_DIGITS:
            style = self.book.cell(align="right", num_format="@", **look)
            self.sheet.write_string(*at, cell.text, style)
            return
        style = self.book.cell(num_format=cell.with_unit, **look)
        if formula:
            self.sheet.write_formula(*at, formula, style, float(cell.figure))
        else:
            self.sheet.write_number(*at, float(cell.figure), style)


def _widths(table: Table) -> list[int]:
    """Return the width that each column of a table needs, in characters."""
    found = []
    for at, header in enumerate(table.headers):
        texts = [cell_text(row.cells[at]) + " " for row in table.rows]
        most = _LABEL if at == 0 else _SAID if table.is_text(at) else _FIGURE
        header = header if len(header) <= 6 else header[:6]
        found.append(fitting([header, *texts], least=9, most=most))
    return found


def _formula(table: Table, row: Row, at: tuple[int, int], first: int) -> str:
    """Return the live formula of a figure: of those beside it, or of those above it."""
    line, column = at
    if not isinstance(row.cells[column], Shown):
        return ""
    if row.look == "total" and column in table.totals:
        name = column_name(column)
        return f"=SUM({name}{first + 1}:{name}{line})"
    return table.live.get(column, "").format(r=line + 1) if row.live else ""


def _digits(cell: Shown) -> int:
    return len("".join(letter for letter in cell.text if letter.isdigit()).lstrip("0"))


def _is_long(table: Table) -> bool:
    """Tell whether a figure is too long for a spreadsheet: such ones are texts, none adds up."""
    return any(
        isinstance(cell, Shown) and _digits(cell) > MOST_DIGITS
        for row in table.rows
        for cell in row.cells
    )
