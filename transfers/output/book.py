"""A workbook in the making: sheets that are set up and printed alike.

The same content gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from transfers import messages
from transfers.errors import Fault, OutputError
from transfers.output.terminal import width, wrapped

TITLE, UNIT, HEADER, FIRST = range(4)
"""Rows of every sheet, from 0; from FIRST on stands what the sheet is about."""

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONGEST_TEXT: Final = 32_767
LINE: Final = 18
"""Height of a line, in points."""

MOST_DIGITS: Final = 15
"""Digits a spreadsheet keeps and shows; a figure with more is written as a text."""

BELOW: Final = 3
"""Rows below a table: the total, an empty one, a note."""

HIGHEST: Final = 400
"""Of a row, in points; Excel takes 409."""

_CREATED: Final = datetime(2000, 1, 1)
_A4: Final = 9
_LONGEST_NAME: Final = 31


class Book:
    """A workbook in the making: its sheets are all set up alike."""

    def __init__(self, language: str) -> None:
        import xlsxwriter

        self.language = language
        self._buffer = io.BytesIO()
        options = {
            "in_memory": True,  # xlsxwriter's own temporary files would outlive a kill
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_format_properties": {"font_name": {"zh": "宋体", "en": "Calibri"}[language]},
        }
        self._book = xlsxwriter.Workbook(self._buffer, options)
        self._book.set_properties({"created": _CREATED})
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def label(self, code: str, **words: object) -> str:
        """Return a text of the book's language."""
        return messages.text(code, self.language, **words)

    def free_name(self, text: str) -> str:
        """Return a name that a sheet may have, and that none has that was asked for here."""
        plain = re.sub(r"[\[\]:*?/\\']", "_", text)
        name, number = plain[:_LONGEST_NAME], 1
        while name.lower() in self._names:
            number += 1
            ending = f"_{number}"
            name = plain[: _LONGEST_NAME - len(ending)] + ending
        self._names.add(name.lower())
        return name

    def format(self, **properties: Any) -> Any:
        """Return a format of a cell; the same properties give the same one."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def cell(self, **properties: Any) -> Any:
        """Return a format of a cell inside a table."""
        return self.format(border=1, valign="vcenter", **properties)

    def blank_sheet(self, code: str, repeated: tuple[int, int]) -> Any:
        """Add a sheet that is printed on A4, as wide as the paper, some rows on every page."""
        return self.named_sheet(self.label(code), repeated)

    def named_sheet(self, name: str, repeated: tuple[int, int]) -> Any:
        """Add such a sheet under a name of its own."""
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(*repeated)
        sheet.set_footer(f"&C{self.label('output.page')}")
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.set_default_row(LINE)
        return sheet

    def sheet(
        self,
        code: str,
        title: str,
        headers: list[str],
        widths: list[int],
        *,
        frozen: int,
        name: str = "",
        groups: Sequence[tuple[int, int, str]] = (),
    ) -> Any:
        """Add a sheet with its title and header, set up to be printed.

        Parameters
        ----------
        code : str
            Of its name.
        widths : list of int
            Of the columns, in characters.
        frozen : int
            How many columns stay in sight.
        name : str
            In place of what the code says.
        groups : sequence of (first, last, text)
            Columns under one heading above theirs; headers then stand a row lower, and so does
            what the sheet is about.
        """
        header = HEADER + bool(groups)
        sheet = self.named_sheet(name or self.label(code), (TITLE, header))
        sheet.freeze_panes(header + 1, frozen)
        for column, columns in enumerate(widths):
            sheet.set_column(column, column, columns)
        bold = self.format(bold=True, font_size=14, align="center", valign="vcenter", text_wrap=1)
        # At this size a character is a quarter wider than a column's unit.
        lines = len(wrapped(title, max(sum(widths) * 4 // 5, 1)))
        sheet.set_row(TITLE, (LINE + 4) * lines)
        if len(headers) > 1:
            sheet.merge_range(TITLE, 0, TITLE, len(headers) - 1, "", bold)
        sheet.write_string(TITLE, 0, short(title), bold)
        head = self.cell(bold=True, align="center", text_wrap=True, bg_color="#F2F2F2")
        set_height(sheet, header, headers, widths)
        grouped = {at for first, last, _ in groups for at in range(first, last + 1)}
        if groups:
            for column, text in enumerate(headers):
                if column not in grouped:
                    sheet.merge_range(HEADER, column, header, column, short(text), head)
            _write_groups(sheet, groups, widths, head)
        for column, text in enumerate(headers):
            if not groups or column in grouped:
                sheet.write_string(header, column, short(text), head)
        return sheet

    def content(self) -> bytes:
        """Close the book and return it."""
        self._book.close()
        return self._buffer.getvalue()


def check_size(rows: int, columns: int, below: int = BELOW) -> None:
    """Refuse what does not fit on a sheet.

    Parameters
    ----------
    below : int
        Rows that stand below the table.
    """
    most = MOST_ROWS - FIRST - below
    if rows > most:
        raise OutputError([Fault("output.too_many_rows", values={"count": rows, "most": most})])
    if columns > MOST_COLUMNS:
        words = {"count": columns, "most": MOST_COLUMNS}
        raise OutputError([Fault("output.too_many_columns", values=words)])


def _write_groups(
    sheet: Any, groups: Sequence[tuple[int, int, str]], widths: list[int], head: Any
) -> None:
    """Write the headings of groups of columns, each over its columns."""
    lines = 1
    for first, last, text in groups:
        if last > first:
            sheet.merge_range(HEADER, first, HEADER, last, "", head)
        sheet.write_string(HEADER, first, short(text), head)
        room = max(sum(widths[first : last + 1]) - 2, 1)
        lines = max(lines, sum(len(wrapped(line, room)) for line in text.split("\n")))
    if lines > 1:
        sheet.set_row(HEADER, min(LINE * lines, HIGHEST))


def set_height(sheet: Any, row: int, texts: list[str], widths: list[int]) -> None:
    """Make a row as high as its texts need; viewers don't do it where they print."""
    cells = zip(texts, widths, strict=True)
    lines = max(lines_in(text, columns) for text, columns in cells)
    if lines > 1:
        sheet.set_row(row, min(LINE * lines, HIGHEST))


def lines_in(text: str, columns: int) -> int:
    """Return how many lines a cell breaks a text into: a long word as well, such as an id."""
    room = max(columns - 2, 1)
    return sum(max(-(-width(line) // room), 1) for line in wrapped(text, room))


def short(text: str) -> str:
    """Return a text no longer than a cell takes; one that was cut ends in dots."""
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def fitting(texts: list[str], least: int = 6, most: int = 40) -> int:
    """Return the width of a column that holds texts, in characters."""
    return min(max(max(map(width, texts), default=0) + 2, least), most)


def column_name(column: int) -> str:
    """Return what a spreadsheet calls a column.

    >>> column_name(0), column_name(25), column_name(26), column_name(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
