"""The sheet of amounts: the table of the terminal with live totals and comparisons."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from msgspec import Struct

from transfers import progress
from transfers.allocation import Allocation
from transfers.arithmetic.decimals import decimal_places, fixed_decimal
from transfers.output.book import (
    FIRST,
    MOST_DIGITS,
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
from transfers.output.views import MONEY, Cell, ViewColumn, signed, unit_line, view_columns
from transfers.written import plain_text

WIDEST_LINE: Final = 18
"""Characters that fit on a line of the widest column, however wide they are."""

STAR: Final = "*"
FEW_COLUMNS: Final = 8
"""With more, headings are kept narrow."""


class Placed(Struct, frozen=True):
    """A column of the sheet.

    Parameters
    ----------
    at : int
        From 0.
    places : int
        Decimals shown.
    long : bool
        Whether a figure of the column, or the error of a spreadsheet's sum of them, is too large
        for a spreadsheet.
    """

    column: ViewColumn
    at: int
    figures: list[Fraction | None]
    total: Fraction | None
    places: int
    long: bool


def write_amounts(book: Book, allocation: Allocation) -> None:
    """Add the sheet of amounts.

    Raises
    ------
    OutputError
        There are more districts or columns than a sheet holds.
    """
    columns = view_columns(allocation, book.language)
    check_size(len(allocation.keys), len(columns))
    quantum = allocation.policy.money.quantum
    placed = [_placed(column, at, quantum) for at, column in enumerate(columns)]
    sheet = _Sheet(book, allocation, placed)
    sheet.write()


def _placed(column: ViewColumn, at: int, quantum: Fraction) -> Placed:
    scale = quantum if column.role in MONEY else Fraction(1)
    figures = [_figure(cell, scale) for cell in column.cells]
    total = _figure(column.total, scale)
    known = [figure for figure in figures if figure is not None]
    places = column.places
    if column.role == "percent":
        places += 2
    elif not column.exactly:
        fewest = max((_places(figure) for figure in known), default=0)
        places = min(places, fewest)
    mantissas = [abs(mantissa_of(figure, places)) for figure in known]
    largest = max([*mantissas, 0 if total is None else abs(mantissa_of(total, places))], default=0)
    long = largest >= 10**MOST_DIGITS or (
        # Floats that are added may be off by half their last bit per addition.
        column.role != "percent"
        and any(figure.denominator > 1 for figure in known)
        and sum(mantissas) * (len(mantissas) + 1) >= 2**52
    )
    return Placed(column, at, figures, total, places, long)


def _figure(cell: Cell, scale: Fraction) -> Fraction | None:
    if cell is None or isinstance(cell, str | bool):
        return None
    return cell * scale


def _places(figure: Fraction) -> int:
    places = decimal_places(figure)
    return MOST_DIGITS if places is None else places


class _Sheet:
    """Writes the sheet."""

    def __init__(self, book: Book, allocation: Allocation, columns: list[Placed]) -> None:
        self.book, self.allocation, self.columns = book, allocation, columns
        self.rows = len(allocation.keys)
        self.total_row = FIRST + self.rows
        self.widths = [self._width(placed) for placed in columns]
        headers = [placed.column.header for placed in columns]
        self.sheet = book.sheet(
            "output.sheet_amounts", allocation.policy.title, headers, self.widths, frozen=2
        )
        grants = [p for p in columns if p.column.role == "grant"]
        totals = [p for p in columns if p.column.role == "total"]
        replaced = {rule.replaces for rule in allocation.policy.grants}
        self.added = [p for p in grants if p.column.name not in replaced]
        self.whole = (totals or grants)[0] if totals or len(grants) == 1 else None
        self.prior = next((p for p in columns if p.column.role == "prior"), None)

    def write(self) -> None:
        """Write all columns, with the unit above and the note below."""
        unit = unit_line(self.allocation, self.book.language)
        last = len(self.columns) - 1
        self.sheet.write_string(UNIT, last, short(unit), self.book.format(align="right"))
        with progress.stage("write", self.rows * len(self.columns)) as stage:
            for placed in self.columns:
                write = self._write_figures if placed.column.right else self._write_texts
                write(placed)
                stage.advance(self.rows)
        self.sheet.ignore_errors(
            {"number_stored_as_text": f"A1:{column_name(last)}{self.total_row + 1}"}
        )
        if any(placed.long for placed in self.columns):
            note = self.book.label("output.long_figures")
            self.sheet.write_string(self.total_row + 2, 0, note, self.book.format(italic=True))

    def _write_texts(self, placed: Placed) -> None:
        plain = self.book.cell(text_wrap=True)
        for row, cell in enumerate(placed.column.cells, start=FIRST):
            text = plain_text(cell, self.book.language)
            self.sheet.write_string(row, placed.at, short(text), plain)
            if len(text) > WIDEST_LINE:
                set_height(self.sheet, row, [text], [self.widths[placed.at]])
        self._write_text(self.total_row, placed, placed.column.total, self.book.cell(bold=True))

    def _write_text(self, row: int, placed: Placed, cell: Cell, style: Any) -> None:
        text = short(plain_text(cell, self.book.language))
        if text:
            self.sheet.write_string(row, placed.at, text, style)
        else:
            self.sheet.write_blank(row, placed.at, None, style)

    def _write_figures(self, placed: Placed) -> None:
        pattern = self._pattern(placed)
        figures = self.book.cell(num_format=pattern)
        # A column of exact texts, and cells without a figure.
        texts = self.book.cell(align="right", num_format="@")
        live = not placed.long and self._is_live(placed)
        cells = zip(placed.figures, placed.column.cells, strict=True)
        for row, (figure, cell) in enumerate(cells, start=FIRST):
            if figure is None:
                self._write_text(row, placed, cell, texts)
            elif placed.long:
                self.sheet.write_string(row, placed.at, self._exact(figure, placed), texts)
            elif live:
                formula = self._formula(placed, row + 1)
                self.sheet.write_formula(row, placed.at, formula, figures, float(figure))
            else:
                self.sheet.write_number(row, placed.at, float(figure), figures)
        self._write_total(placed, pattern)

    def _write_total(self, placed: Placed, pattern: str) -> None:
        """Write the total: a sum, or for per cent the change of the whole."""
        at, row = placed.at, self.total_row
        bold = self.book.cell(bold=True, num_format=pattern)
        texts = self.book.cell(bold=True, align="right", num_format="@")
        if placed.total is None:
            self._write_text(row, placed, placed.column.total, texts)
        elif placed.long:
            self.sheet.write_string(row, at, self._exact(placed.total, placed), texts)
        elif placed.column.role == "percent" and not self._is_live(placed):
            self.sheet.write_number(row, at, float(placed.total), bold)
        else:
            name = column_name(at)
            formula = f"=SUM({name}{FIRST + 1}:{name}{row})"
            if placed.column.role == "percent":
                formula = self._formula(placed, row + 1)
            self.sheet.write_formula(row, at, formula, bold, float(placed.total))

    def _is_live(self, placed: Placed) -> bool:
        """Whether the cells of a column are computed from others on the sheet."""
        if placed.column.role == "total":
            return not any(grant.long for grant in self.added)
        if placed.column.role in ("change", "percent"):
            asked = (self.whole, self.prior)
            return all(other is not None and not other.long for other in asked)
        return False

    def _formula(self, placed: Placed, row: int) -> str:
        """Return the formula of a cell in a row, from 1."""
        if placed.column.role == "total":
            return "=" + "+".join(f"{column_name(grant.at)}{row}" for grant in self.added)
        assert self.whole is not None and self.prior is not None
        whole, prior = f"{column_name(self.whole.at)}{row}", f"{column_name(self.prior.at)}{row}"
        if placed.column.role == "change":
            return f"={whole}-{prior}"
        return f'=IF({prior}>0,{whole}/{prior}-1,"—")'

    def _pattern(self, placed: Placed) -> str:
        """Return how figures are shown: separators of thousands, the decimals of the quantum."""
        percent = placed.column.role == "percent"
        places = placed.places - 2 if percent else placed.places
        decimals = f".{'0' * places}" if places else ""
        sign = "%" if percent else ""
        plain = f"#,##0{decimals}{sign}"
        if placed.column.mark:
            # Red on a screen, and a word that also prints in black and white.
            return f'{plain};[Red]"{placed.column.mark} "-{plain};{plain}'
        if placed.column.role in ("change", "percent"):
            return f"+{plain};-{plain};0{decimals}{sign}"
        return plain

    def _exact(self, figure: Fraction, placed: Placed) -> str:
        if placed.column.role == "percent":
            text = fixed_decimal(figure * 100, placed.places - 2, ",") + "%"
        else:
            text = fixed_decimal(figure, placed.places, ",")
        if placed.column.role in ("change", "percent"):
            text = signed(figure, text)
        return short(placed.column.marked(figure, text) + STAR)

    def _width(self, placed: Placed) -> int:
        column = placed.column
        # Many columns must not make the print tiny: their headings take several lines.
        header = min(width(column.header) + 2, 20 if len(self.columns) <= FEW_COLUMNS else 10)
        if not column.right:
            texts = [plain_text(cell, self.book.language) for cell in column.cells]
            return fitting([*texts, str(column.total)], least=max(header, 8))
        known = [figure for figure in (*placed.figures, placed.total) if figure is not None]
        extremes = [min(known), max(known)] if known else []
        texts = [
            column.marked(figure, fixed_decimal(figure, placed.places, ",")) + "  "
            for figure in extremes
        ]
        return fitting(texts, least=max(header, 8), most=60)
