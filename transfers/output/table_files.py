"""Tables of figures in files: exact columns for programs, pages and sheets for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from transfers.arithmetic.decimals import decimal_places
from transfers.output.book import (
    BELOW,
    FIRST,
    UNIT,
    Book,
    check_size,
    column_name,
    fitting,
    set_height,
)
from transfers.output.book import short as cut
from transfers.output.columns import DataColumn, mantissa_of
from transfers.output.json_text import Written as Figure
from transfers.output.markdown_file import escaped, table_lines
from transfers.output.tables import Column, Table

MOST_PLACES: Final = 12
"""Decimals of figures for programs; all but thirds and the like need fewer."""

_NUMBER_FORMATS: Final = {
    "count": "#,##0",
    "percent": "0.0%",
    "degree": "0.00%",
    "points": "0.00",
    "figure": "#,##0.####",
}
_WIDEST: Final = 34
_A3: Final = 8
_WIDE: Final = 130


# -- for programs --------------------------------------------------------------------------------


def data_column(name: str, cells: list[Any]) -> DataColumn:
    """Return a column for programs, with as many decimals as its figures need."""
    figures = [c for c in cells if isinstance(c, Fraction | int) and not isinstance(c, bool)]
    if any(isinstance(cell, str) for cell in cells) or (not figures and cells):
        if any(isinstance(cell, bool) for cell in cells):
            return DataColumn(name, "boolean", cells)
        return DataColumn(name, "text", [c if isinstance(c, str) else _plain(c) for c in cells])
    needed = [decimal_places(Fraction(figure)) for figure in figures]
    places = max((MOST_PLACES if n is None else min(n, MOST_PLACES) for n in needed), default=0)
    mantissas = [None if cell is None else mantissa_of(Fraction(cell), places) for cell in cells]
    return DataColumn(name, "number", list(mantissas), places, idle_zeros=False)


def columns_of(rows: Sequence[Mapping[str, Any]], otherwise: str) -> list[DataColumn]:
    """Return the columns of some rows, in the order in which names appear.

    Parameters
    ----------
    otherwise : str
        The only column where there are no rows.
    """
    names = list(dict.fromkeys(name for row in rows for name in row)) or [otherwise]
    return [data_column(name, [row.get(name) for row in rows]) for name in names]


def _plain(cell: object) -> str | None:
    return None if cell is None else str(float(cell)) if isinstance(cell, Fraction) else str(cell)


def written_cell(cell: Any) -> Any:
    """Return a cell as JSON has it: a figure with as many decimals as it needs, 12 at most."""
    if not isinstance(cell, Fraction):
        return cell
    return Figure(data_column("", [cell]).texts()[0])


# -- for people ----------------------------------------------------------------------------------


def page_table(table: Table) -> list[str]:
    """Return the lines of a table on a page, below its title."""
    lines = [f"## {escaped(table.title)}", ""]
    if table.unit:
        lines += [escaped(table.unit), ""]
    headers = [column.header for column in table.columns]
    right = [column.kind != "text" for column in table.columns]
    rows = [_escaped(row, right) for row in table.rows()]
    total = _escaped(table.total(), right)
    shown = total if any(total) else None
    note = [escaped(table.note), ""] if table.note else []
    return [*lines, *table_lines(headers, rows, right=right, total=shown), "", *note]


def _escaped(row: list[str], right: list[bool]) -> list[str]:
    """Escape the texts of a row; figures stay as they are."""
    return [text if is_right else escaped(text) for text, is_right in zip(row, right, strict=True)]


def write_table(book: Book, table: Table, name: str) -> None:
    """Write one table with its unit and its row of totals."""
    rows, headers = table.rows(), [column.header for column in table.columns]
    total = table.total()
    check_size(len(rows), len(headers))
    widths = [
        fitting([headers[n], *(row[n] for row in rows), total[n]], least=8, most=_most(column))
        for n, column in enumerate(table.columns)
    ]
    frozen = next((n for n, c in enumerate(table.columns) if c.kind != "text"), 1)
    frozen = min(frozen, 2)
    called = book.free_name(name)
    sheet = book.sheet("", table.title, headers, widths, frozen=frozen, name=called)
    if sum(widths) > _WIDE:
        sheet.set_paper(_A3)
    if table.unit:
        sheet.write_string(UNIT, len(headers) - 1, table.unit, book.format(align="right"))
    last = FIRST + len(rows) + 1
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_name(len(headers) - 1)}{last}"})
    kinds = ["text", *(column.kind for column in table.columns)]
    indents = [int(before != "text") for before in kinds[:-1]]  # a text would touch the figure
    for number, texts in enumerate(rows):
        set_height(sheet, FIRST + number, texts, widths)
        for place, (column, indent) in enumerate(zip(table.columns, indents, strict=True)):
            at = (FIRST + number, place)
            _write_cell(book, sheet, at, column, column.cells[number], indent=indent)
    if any(total):
        for place, column in enumerate(table.columns):
            at = (FIRST + len(rows), place)
            _write_cell(book, sheet, at, column, column.total, bold=True)
    if table.note:
        sheet.write_string(FIRST + len(rows) + BELOW - 1, 0, table.note)


def _most(column: Column) -> int:
    return _WIDEST if column.kind == "text" else 18


def _write_cell(
    book: Book,
    sheet: Any,
    at: tuple[int, int],
    column: Column,
    cell: Any,
    *,
    bold: bool = False,
    indent: int = 0,
) -> None:
    weight = {"bold": True} if bold else {}
    if isinstance(cell, Fraction | int) and column.kind != "text":
        shown = _NUMBER_FORMATS.get(
            column.kind, "#,##0" + "." * bool(column.places) + "0" * column.places
        )
        if column.kind == "figure" and Fraction(cell).denominator == 1:
            shown = "#,##0"
        figure = cell * 100 if column.kind == "points" else cell
        sheet.write_number(*at, float(figure), book.cell(num_format=shown, **weight))
        return
    align: dict[str, Any] = {"align": "right"}
    if column.kind == "text":
        align = {"indent": indent} if indent else {}
    sheet.write_string(*at, cut(column.text(cell)), book.cell(text_wrap=True, **align, **weight))
