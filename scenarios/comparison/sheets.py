"""Tables of a comparison as sheets of a workbook: numbers, live formulas, print set-up.

Who gains is green with a plus, who loses red with a minus: the sign tells it in black and white.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import Any, Final

from scenarios.comparison.comparing import Comparison
from scenarios.comparison.tables import Column, Table
from scenarios.comparison.texts import LEFT, NOTHING, cell_text, cell_texts, unit_line
from scenarios.figures_in_text import Shown
from transfers.output.book import (
    FIRST,
    LINE,
    MOST_DIGITS,
    TITLE,
    UNIT,
    Book,
    check_size,
    column_name,
    fitting,
    set_height,
    short,
)
from transfers.output.columns import mantissa_of
from transfers.output.terminal import width

GREEN, RED = "#006100", "#9C0006"
WIDE: Final = 200
"""Characters above which a sheet is printed on A3."""

_A3: Final = 8
_BELOW: Final = 100


class Sheets:
    """Writes tables as sheets of one book."""

    def __init__(self, book: Book, comparison: Comparison) -> None:
        self.book, self.comparison = book, comparison
        self.money = comparison.money

    def table(self, shown: Table, code: str, *, name: str = "", notes: Sequence[str] = ()) -> None:
        """Add a sheet with one table, and notes below it."""
        headers = [column.header for column in shown.columns]
        widths = [self.width(column) for column in shown.columns]
        sheet = self.book.sheet(
            code,
            shown.title,
            headers,
            widths,
            frozen=self._texts_at_left(shown),
            name=self.book.free_name(name or self.book.label(code)),
            groups=shown.groups,
        )
        self._set_up(sheet, shown, widths)
        first = FIRST + bool(shown.groups)
        below = self.write(sheet, shown, first, widths)
        self._write_unit(sheet, shown, UNIT, len(headers) - 1)
        self.notes(sheet, notes, below + 1, widths)

    def stacked(
        self, title: str, code: str, notes: Sequence[str], blocks: Sequence[Table | str]
    ) -> None:
        """Add a sheet with several tables, one below the other; a text stands for itself."""
        tables = [block for block in blocks if isinstance(block, Table)]
        wide = max((len(shown.columns) for shown in tables), default=1)
        widths = [12] * wide
        for shown in tables:
            for place, column in enumerate(shown.columns):
                widths[place] = max(widths[place], self.width(column))
        name = self.book.free_name(self.book.label(code))
        sheet = self.book.named_sheet(name, (TITLE, TITLE))
        for place, columns in enumerate(widths):
            sheet.set_column(place, place, columns)
        bold = self.book.format(bold=True, font_size=14, valign="vcenter")
        sheet.set_row(TITLE, LINE + 4)
        sheet.write_string(TITLE, 0, short(title), bold)
        row = self.notes(sheet, notes, UNIT, widths) + 1
        for block, following in zip_longest(blocks, blocks[1:]):
            row = self._block(sheet, block, row, widths)
            # Texts stand together; a table has room around it.
            row += not isinstance(following, str)

    def _block(self, sheet: Any, block: Table | str, row: int, widths: list[int]) -> int:
        """Write one table below its title; return the row below it."""
        if isinstance(block, str):
            return self.notes(sheet, [block], row, widths)
        sheet.write_string(row, 0, short(block.title), self.book.format(bold=True))
        self._write_unit(sheet, block, row, len(block.columns) - 1)
        head = self.book.cell(bold=True, align="center", text_wrap=True, bg_color="#F2F2F2")
        headers = [column.header for column in block.columns]
        for place, header in enumerate(headers):
            sheet.write_string(row + 1, place, short(header), head)
        set_height(sheet, row + 1, headers, widths[: len(headers)])
        return self.write(sheet, block, row + 2, widths)

    # -- setting up ----------------------------------------------------------------------------

    def _texts_at_left(self, shown: Table) -> int:
        kinds = [column.kind for column in shown.columns]
        return next((n for n, kind in enumerate(kinds) if kind not in LEFT), len(kinds))

    def _set_up(self, sheet: Any, shown: Table, widths: list[int]) -> None:
        rows, columns = len(shown.columns[0].cells), len(shown.columns)
        check_size(rows, columns, _BELOW)
        if sum(widths) > WIDE:
            sheet.set_paper(_A3)
        last = f"{column_name(columns - 1)}{FIRST + rows + 2}"
        sheet.ignore_errors({"number_stored_as_text": f"A1:{last}"})

    def _write_unit(self, sheet: Any, shown: Table, row: int, last: int) -> None:
        if shown.unit:
            unit = unit_line(self.comparison, self.book.language, per_head=shown.per_head)
            sheet.write_string(row, last, short(unit), self.book.format(align="right"))

    def notes(self, sheet: Any, notes: Sequence[str], row: int, widths: Sequence[int]) -> int:
        """Write texts over the columns of a table, each in one cell; return the row below them."""
        plain = self.book.format(valign="top", text_wrap=True)
        columns, last = sum(widths), len(widths) - 1
        for note in notes:
            if last > 0:
                sheet.merge_range(row, 0, row, last, "", plain)
            sheet.write_string(row, 0, short(note), plain)
            set_height(sheet, row, [note], [columns])
            row += 1
        return row

    def width(self, column: Column) -> int:
        """Return the width that a column's cells need, in characters."""
        texts = cell_texts(column, self.comparison, self.book.language)
        header = min(width(column.header) + 2, 14)
        most = 40 if column.kind in LEFT else 60
        return fitting([text + " " for text in texts], least=max(header, 8), most=most)

    # -- cells ---------------------------------------------------------------------------------

    def write(self, sheet: Any, shown: Table, first: int, widths: list[int]) -> int:
        """Write the rows of a table from row `first`; return the row below them."""
        rows = len(shown.columns[0].cells)
        long = {place for place, column in enumerate(shown.columns) if self._is_long(column)}
        for place, column in enumerate(shown.columns):
            live = column.of is not None and not long & set(column.of)
            for row, cell in enumerate(column.cells, start=first):
                formula = self._formula(column, row) if live else ""
                self._cell(sheet, (row, place), column, cell, formula, place in long)
            if shown.total:
                row = first + rows
                formula = self._formula(column, row) if live else ""
                if column.adds_up and place not in long and rows:
                    name = column_name(place)
                    formula = f"=SUM({name}{first + 1}:{name}{row})"
                self._cell(sheet, (row, place), column, column.total, formula, place in long, 1)
        texts = [
            (place, column) for place, column in enumerate(shown.columns) if column.kind in LEFT
        ]
        for row in range(rows):
            cells = [str(column.cells[row] or "") for _, column in texts]
            set_height(sheet, first + row, cells, [widths[place] for place, _ in texts])
        return first + rows + shown.total

    def _is_long(self, column: Column) -> bool:
        """Whether a figure of the column, or the sum, is too long for a spreadsheet."""
        if column.kind not in ("amount", "change", "part", "prior"):
            return False
        places = self._places(column)
        found = [self._number(column, cell) for cell in (*column.cells, column.total)]
        sizes = [abs(mantissa_of(figure, places)) for figure in found if figure is not None]
        return sum(sizes) >= 10**MOST_DIGITS

    def _places(self, column: Column) -> int:
        return column.places if column.kind in ("part", "prior") else self.money.places

    def _number(self, column: Column, cell: Any) -> Fraction | None:
        """Return a cell as the number that a spreadsheet has; None where it is a text."""
        if cell is None or isinstance(cell, str) or column.kind in ("move", "text", "said"):
            return None
        if column.kind in ("amount", "change"):
            return Fraction(cell) * self.money.quantum
        return Fraction(cell)

    def _formula(self, column: Column, row: int) -> str:
        """Return the live formula of a cell in a row, from 0."""
        assert column.of is not None
        before, after = (f"{column_name(place)}{row + 1}" for place in column.of)
        if column.kind == "percent":
            return f'=IF({before}>0,{after}/{before}-1,"{NOTHING}")'
        return f"={after}-{before}"

    def _cell(
        self,
        sheet: Any,
        at: tuple[int, int],
        column: Column,
        cell: Any,
        formula: str,
        long: bool,
        bold: int = 0,
    ) -> None:
        strong: dict[str, Any] = {"bold": True} if bold else {}
        if isinstance(cell, Shown):
            sheet.write_number(*at, float(cell.figure), self.book.cell(num_format=cell.with_unit))
            return
        figure = self._number(column, cell)
        if figure is None or long:
            text = cell_text(column, cell, self.comparison, self.book.language)
            look: dict[str, Any] = {"align": "right"}
            if column.kind in LEFT:
                look = {"text_wrap": True}
            if column.kind == "move" and cell:
                look["font_color"] = GREEN if cell < 0 else RED
            style = self.book.cell(**strong, **look)
            if text:
                sheet.write_string(*at, short(text), style)
            else:
                sheet.write_blank(*at, None, style)
            return
        style = self.book.cell(num_format=self._pattern(column), **strong)
        if column.kind in ("change", "percent", "part") and figure:
            color = GREEN if figure > 0 else RED
            style = self.book.cell(num_format=self._pattern(column), font_color=color, **strong)
        if formula:
            sheet.write_formula(*at, formula, style, float(figure))
        else:
            sheet.write_number(*at, float(figure), style)

    def _pattern(self, column: Column) -> str:
        """Return how figures are shown."""
        places = self._places(column)
        plain = "#,##0" + (f".{'0' * places}" if places else "")
        match column.kind:
            case "change" | "part":
                return f"+{plain};-{plain};{plain}"
            case "percent":
                return "+#,##0.00%;-#,##0.00%;0.00%"
            case "head":
                return "#,##0.00"
            case "figure":
                return "0.00000"
            case "rank" | "count":
                return "0"
        return plain
