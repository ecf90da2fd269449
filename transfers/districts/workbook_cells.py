"""What a cell of a workbook stands for, as the text a person would have typed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NoReturn

from msgspec import Struct, field

from transfers.districts.sheet import Merged
from transfers.errors import Fault, Place, TableError

MOST_CELLS: Final = 5_000_000
"""Of a sheet, blank ones between others included."""

LARGEST_SHOWN: Final = 1e15
"""From here on a spreadsheet shows zeros in place of the last digits."""

MOST_EXACT: Final = 2.0**53

NO_RESULT: Final = "="
"""Stands in a cell whose formula has no result: neither a figure nor missing."""

Cell = tuple[int, int]
"""Line and column of a cell, from 1."""


class Marks(Struct, eq=False):
    """What the values of a sheet do not tell.

    Parameters
    ----------
    formats : mapping of Cell to str
        Cells shown with leading zeros (``0000``) or as a percentage (``%``).
    errors : mapping of Cell to str
        Cells whose formula ended in an error, with its name: ``#DIV/0!``.
    unread : mapping of Cell to str
        Cells that have no value to read, with the code of what is wrong.
    merged : list of Merged
    lines, columns : int
        Extent of what is written.
    """

    formats: dict[Cell, str] = field(default_factory=dict)
    errors: dict[Cell, str] = field(default_factory=dict)
    unread: dict[Cell, str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    lines: int = 0
    columns: int = 0
    cells: int = 0

    def reach(self, line: int, column: int) -> bool:
        """Count a written cell; return whether the sheet stays within what can be held."""
        self.cells += 1
        self.lines = max(self.lines, line)
        self.columns = max(self.columns, column)
        return self.cells <= MOST_CELLS and self.lines * self.columns <= MOST_CELLS


def refuse_far(file: str, sheet: str, line: int, column: int) -> NoReturn:
    """Refuse a sheet for a cell that lies farther out than can be held."""
    place = Place(file, line, column, sheet=sheet)
    raise TableError([Fault("table.far_cell", place, {"most": f"{MOST_CELLS:,}"})])


def texts_of(rows: Sequence[Sequence[object]], marks: Marks) -> list[list[str]]:
    """Return the cells of a sheet as texts, the first row and column being number 1."""
    texts = [[cell_text(value) for value in row] for row in rows]
    for (line, column), form in marks.formats.items():
        if line <= len(texts) and column <= len(texts[line - 1]):
            value = rows[line - 1][column - 1]
            texts[line - 1][column - 1] = formatted(value, form)
    shown = {**marks.errors, **dict.fromkeys(marks.unread, NO_RESULT)}
    for (line, column), name in shown.items():
        texts += [[] for _ in range(line - len(texts))]
        row = texts[line - 1]
        row += [""] * (column - len(row))
        row[column - 1] = name
    return texts


def cell_text(value: object) -> str:
    """Return the value of a cell as text, stripped of outer space.

    A number has the 15 digits that spreadsheet programs show: what is beyond them is what binary
    fractions leave behind. A whole number of more digits is exact, but shows its exponent: typed
    into a spreadsheet, as a key, it has lost its last digits.

    >>> cell_text(0.1 + 0.2), cell_text(440703.0), cell_text(True), cell_text(" 甲 ")
    ('0.3', '440703', 'TRUE', '甲')
    >>> cell_text(1234567890123456.0)
    '1234567890123456E+0'
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        value = float(value)
    if isinstance(value, float):
        if value == 0:
            return "0"
        if abs(value) >= LARGEST_SHOWN:
            return f"{value:.0f}E+0" if abs(value) < MOST_EXACT else repr(value)
        text = f"{value:.15g}"
        return text if "e" not in text else f"{Decimal(text):f}"
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return "" if value is None else str(value)


def formatted(value: object, form: str) -> str:
    """Return a number as its format shows it, as far as the format changes what is read.

    >>> formatted(0.25, "%"), formatted(101.0, "0000")
    ('25%', '0101')
    """
    text = cell_text(value)
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return text
    if form == "%":
        return f"{(Decimal(text) * 100).normalize():f}%"
    return text.zfill(len(form)) if text.isdecimal() else text


def format_kind(code: str) -> str | None:
    """Return ``%`` for a format that shows percentages, the zeros of one that adds them.

    >>> format_kind("0.00%"), format_kind("000000"), format_kind("#,##0"), format_kind('0"%"')
    ('%', '000000', None, None)
    """
    import re

    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)
    first = plain.split(";", 1)[0].strip()
    if "%" in first:
        return "%"
    return first if len(first) > 1 and set(first) == {"0"} else None


def kinds_of_formats(codes: Mapping[int, str]) -> dict[int, str]:
    """Return what :func:`format_kind` says of each style that changes what is read."""
    kinds = {number: format_kind(code) for number, code in codes.items()}
    return {number: kind for number, kind in kinds.items() if kind is not None}
