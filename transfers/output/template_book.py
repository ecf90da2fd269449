"""The workbook of a template: sheets to fill in, and one that says what each column holds.

Rows of a sheet to fill in: a title, how to fill it in, the headings, the units, then the districts.
The first cell of the row of units says that it is one; a run reads it so.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from transfers.arithmetic.decimals import format_decimal
from transfers.output.book import LINE, Book
from transfers.output.template_form import Asked, Cell, Form, Template
from transfers.output.terminal import width, wrapped

TITLE, HOW_TO, HEADER, UNIT, FIRST = range(5)
"""Rows of the first sheet, from 0."""

BLANK_ROWS: Final = 50
"""Where no district is known."""

MOST_DIGITS: Final = 15
"""That a number of a spreadsheet keeps; a longer one is written as text."""

_TO_FILL, _KNOWN = "#FFFBE6", "#F2F2F2"
_LARGEST: Final = 9.99e307
_LIST_LETTERS, _TITLE_LETTERS, _MESSAGE_LETTERS = 255, 32, 255
_DASHES: Final = ("—", "-")


def template_bytes(template: Template, language: str) -> bytes:
    """Return the workbook."""
    return _TemplateBook(template, language).content()


class _TemplateBook(Book):
    """The workbook in the making."""

    def __init__(self, template: Template, language: str) -> None:
        super().__init__(language)
        self.template = template
        self.columns = [column for form in template.forms for column in form.columns]

    def content(self) -> bytes:
        """Write all sheets and return the file."""
        sheets = [self.named_sheet(form.sheet, (TITLE, UNIT)) for form in self.template.forms]
        notes = self.blank_sheet("template.sheet_notes", (TITLE, HEADER))
        for form, sheet in zip(self.template.forms, sheets, strict=True):
            self.figures(sheet, form)
        self.notes(notes)
        return super().content()

    def say(self, code: str, **words: object) -> str:
        return self.label(f"template.{code}", **words)

    def style_of(self, **properties: Any) -> Any:
        return self.format(valign="vcenter", **properties)

    def title(self, sheet: Any, text: str, columns: int) -> None:
        style = self.style_of(bold=True, font_size=14, align="center")
        sheet.set_row(TITLE, LINE + 8)
        _across(sheet, TITLE, 0, columns - 1, text, style)

    # -- the sheet to fill in ------------------------------------------------------------------

    def figures(self, sheet: Any, form: Form) -> None:
        """Write a sheet to fill in."""
        columns = form.columns
        frozen = sum(column.kind in ("key", "name") for column in columns)
        sheet.freeze_panes(FIRST, frozen)
        self.title(sheet, form.title, len(columns))
        widths = [width_of(form, number) for number in range(len(columns))]
        # The first cell stays blank: only the row of units says something there.
        lines = wrapped(form.how_to, max(sum(widths[1:]) - 2, 20))
        sheet.set_row(HOW_TO, LINE * len(lines))
        how_to = self.style_of(text_wrap=True, font_color="#595959")
        _across(sheet, HOW_TO, min(1, len(columns) - 1), len(columns) - 1, "\n".join(lines), how_to)
        most = max(len(wrapped(c.header, w - 2)) for c, w in zip(columns, widths, strict=True))
        sheet.set_row(HEADER, LINE * most + 6)
        for number, column in enumerate(columns):
            sheet.set_column(
                number, number, widths[number], self.style(column, form, bordered=False)
            )
            self.column(sheet, number, form)

    def column(self, sheet: Any, number: int, form: Form) -> None:
        """Write one column: heading, unit, a cell per row."""
        column = form.columns[number]
        head = self.style_of(bold=True, align="center", text_wrap=True, border=1, bg_color=_KNOWN)
        sheet.write_string(HEADER, number, column.header, head)
        unit = self.style_of(align="center", border=1, bg_color=_KNOWN, font_color="#595959")
        sheet.write_string(UNIT, number, self.say("unit") if number == 0 else column.unit, unit)
        said = [column.means] if column.means != column.header else []
        said += [
            f"{self.say(code)}: {text}" if self.language == "en" else f"{self.say(code)}：{text}"
            for code, text in (("source", column.source), ("note", column.note))
            if text
        ]
        if said and column.kind not in ("key", "name"):
            sheet.write_comment(HEADER, number, "\n".join(said), {"x_scale": 1.6, "author": ""})
        rows = form.rows
        for row in range(len(rows) or BLANK_ROWS):
            cell = rows[row][number] if rows else None
            _write(sheet, FIRST + row, number, cell, self.style(column, form, bordered=True))
        self.validate(sheet, number, form)

    def style(self, column: Asked, form: Form, *, bordered: bool) -> Any:
        """Return the format of a column's cells; below the districts without border and colour."""
        properties: dict[str, Any] = {"align": "right"}
        if column.kind in ("key", "name") or column.kind == "text":
            properties = {"num_format": "@", "align": "left"}
        if column.allowed:
            properties["align"] = "center"
        if column.kind == "number" and "%" in column.unit:
            # In a cell without a format a spreadsheet would turn 14% into 0.14.
            properties["num_format"] = "0.00####"
        if bordered:
            known = column.kind in ("key", "name") and form.rows
            properties |= {"border": 1, "bg_color": _KNOWN if known else _TO_FILL}
        return self.style_of(**properties)

    # -- what a cell takes ---------------------------------------------------------------------

    def validate(self, sheet: Any, number: int, form: Form) -> None:
        """Have the spreadsheet refuse what a run would refuse."""
        column = form.columns[number]
        if column.kind in ("key", "name"):
            return
        said = column.fill_in
        if column.unit:
            comma = "，" if self.language == "zh" else ", "
            said = f"{said}{comma}{self.say('in_unit', unit=column.unit)}"
        rule: dict[str, Any] = {
            "ignore_blank": True,
            "input_title": column.header[:_TITLE_LETTERS],
            "input_message": said[:_MESSAGE_LETTERS],
            "error_title": column.header[:_TITLE_LETTERS],
            "error_message": said[:_MESSAGE_LETTERS],
        }
        last = FIRST + (len(form.rows) or BLANK_ROWS) - 1
        if column.allowed:
            rule |= {"validate": "list", "source": self.list_of(column)}
        elif column.kind == "text":
            rule |= {"validate": "any"}
        elif column.takes_dash:
            rule |= {"validate": "custom", "value": _dash_or_number(column, number)}
        else:
            rule |= _decimal(column)
        sheet.data_validation(FIRST, number, last, number, rule)

    def list_of(self, column: Asked) -> Any:
        """Return the texts to choose from, or where the second sheet lists them."""
        plain = not any("," in text or '"' in text for text in column.allowed)
        if plain and len(",".join(column.allowed)) <= _LIST_LETTERS:
            return list(column.allowed)
        from xlsxwriter.utility import xl_range_abs

        place = len(_NOTES) + 1 + self.columns.index(column)
        cells = xl_range_abs(HEADER + 1, place, HEADER + len(column.allowed), place)
        return f"='{self.say('sheet_notes')}'!{cells}"

    # -- the sheet that explains ---------------------------------------------------------------

    def notes(self, sheet: Any) -> None:
        """Write the sheet that says what each column holds."""
        sheet.freeze_panes(HEADER + 1, 1)
        self.title(sheet, self.say("notes_title"), len(_NOTES))
        rows = [[str(getattr(column, of)) for _, of, _ in _NOTES] for column in self.columns]
        head = self.style_of(bold=True, align="center", text_wrap=True, border=1, bg_color=_KNOWN)
        body = self.style_of(text_wrap=True, border=1)
        for place, (code, _, columns) in enumerate(_NOTES):
            sheet.set_column(place, place, columns)
            sheet.write_string(HEADER, place, self.say(code), head)
        for row, cells in enumerate(rows, start=HEADER + 1):
            pairs = zip(cells, _NOTES, strict=True)
            lines = max(len(wrapped(text, columns - 2)) for text, (_, _, columns) in pairs)
            sheet.set_row(row, LINE * max(lines, 1))
            for place, text in enumerate(cells):
                sheet.write_string(row, place, text, body)
        if self.template.settings:
            settings = " ".join(f"--set {_quoted(each)}" for each in self.template.settings)
            code = "run_filled" if len(self.template.forms) > 1 else "run_filled_rows"
            text = self.say(code, settings=settings)
            row, plain = HEADER + len(rows) + 2, self.style_of(text_wrap=True)
            sheet.set_row(row, LINE * len(wrapped(text, sum(c for *_, c in _NOTES) - 2)))
            _across(sheet, row, 0, len(_NOTES) - 1, text, plain)
        self.long_lists(sheet)

    def long_lists(self, sheet: Any) -> None:
        """List to the right, not printed, the texts that are too many for a rule of a cell."""
        for number, column in enumerate(self.columns):
            if column.allowed and isinstance(self.list_of(column), str):
                place = len(_NOTES) + 1 + number
                sheet.write_string(HEADER, place, column.header)
                for row, text in enumerate(column.allowed, start=HEADER + 1):
                    sheet.write_string(row, place, text)
        sheet.print_area(
            0, 0, HEADER + len(self.columns) + 2 * bool(self.template.settings), len(_NOTES) - 1
        )


_NOTES: Final = (
    ("column", "header", 18),
    ("name", "name", 18),
    ("means", "means", 20),
    ("unit", "unit", 12),
    ("fill_in", "fill_in", 28),
    ("blank", "blank", 10),
    ("dash", "dash", 10),
    ("source", "source", 22),
    ("note", "note", 22),
)
"""Columns of the second sheet: code of the heading, what of a column it tells, width."""


def width_of(form: Form, number: int) -> int:
    """Return how wide a column is, in characters."""
    column = form.columns[number]
    texts = [column.unit, *(_shown(row[number]) for row in form.rows)]
    heading = min(width(column.header), 14) + 2
    return max(10, heading, min(max(map(width, texts)) + 2, 30))


def _across(sheet: Any, row: int, first: int, last: int, text: str, style: Any) -> None:
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, text, style)


def _shown(cell: Cell) -> str:
    return format_decimal(cell) if isinstance(cell, Fraction) else cell or ""


def _write(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    """Write a cell; a number with more digits than a spreadsheet keeps is written as text."""
    if cell is None:
        sheet.write_blank(row, column, None, style)
        return
    text = _shown(cell)
    if isinstance(cell, Fraction) and sum(map(str.isdigit, text.strip("-0."))) <= MOST_DIGITS:
        sheet.write_number(row, column, float(cell), style)
    else:
        sheet.write_string(row, column, text, style)


def _decimal(column: Asked) -> dict[str, Any]:
    """Return the rule of a number: any, or within its bounds."""
    least = -_LARGEST if column.least is None else float(column.least)
    most = _LARGEST if column.most is None else float(column.most)
    if column.least is not None and column.most is None:
        return {"validate": "decimal", "criteria": ">=", "value": least}
    if column.most is not None and column.least is None:
        return {"validate": "decimal", "criteria": "<=", "value": most}
    return {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": most}


def _dash_or_number(column: Asked, number: int) -> str:
    """Return the rule of a number in whose place a dash means something."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    cell = xl_rowcol_to_cell(FIRST, number)
    limits = [f"ISNUMBER({cell})"]
    limits += [f"{cell}>={float(column.least):g}"] if column.least is not None else []
    limits += [f"{cell}<={float(column.most):g}"] if column.most is not None else []
    dashes = ",".join(f'{cell}="{dash}"' for dash in _DASHES)
    return f"=OR({dashes},AND({','.join(limits)}))"


def _quoted(setting: str) -> str:
    """Return a setting as a command line takes it."""
    return f'"{setting}"' if " " in setting else setting
