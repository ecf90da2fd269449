"""What a cell of a workbook stands for, as the text a person would have typed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NoReturn

from msgspec import Struct, field

from transfers.districts.sheet import Looks, Merged
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
        Cells shown as codes (``0000``) or as a percentage (``%``): see :func:`format_kind`.
    errors : mapping of Cell to str
        Cells whose formula ended in an error, with its name: ``#DIV/0!``.
    unread : mapping of Cell to str
        Cells that have no value to read, with the code of what is wrong.
    merged : list of Merged
    hidden_lines : set of int
    hidden_columns : list of (int, int)
    shown : mapping of Cell to str
        See :class:`~transfers.districts.sheet.Looks`.
    lines, columns : int
        Extent of what is written.
    """

    formats: dict[Cell, str] = field(default_factory=dict)
    errors: dict[Cell, str] = field(default_factory=dict)
    unread: dict[Cell, str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_lines: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    shown: dict[Cell, str] = field(default_factory=dict)
    lines: int = 0
    columns: int = 0
    cells: int = 0

    @property
    def looks(self) -> Looks:
        """What a person sees otherwise than it is stored."""
        return Looks(frozenset(self.hidden_lines), tuple(self.hidden_columns), self.shown)

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
    bare = (cell for cell, code in marks.unread.items() if code == "table.no_result")
    shown = {**marks.errors, **dict.fromkeys(bare, NO_RESULT)}
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
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return "" if value is None else str(value)


def formatted(value: object, form: str) -> str:
    r"""Return a number as its format shows it, as far as the format changes what is read.

    >>> formatted(0.25, "%"), formatted(101.0, "0000"), formatted(703.0, r"\4\40000")
    ('25%', '0101', '440703')
    """
    text = cell_text(value)
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return text
    if form == "%":
        return f"{(Decimal(text) * 100).normalize():f}%"
    return _as_code(text, form) if text.isdecimal() else text


def _as_code(digits: str, form: str) -> str:
    """Return digits in the places of a code, the first of which takes those that are over."""
    places = re.findall(r"\\(.)|(0)", form)
    digits = digits.zfill(sum(zero == "0" for _, zero in places))
    over = len(digits) - sum(zero == "0" for _, zero in places)
    shown, at = "", 0
    for letter, zero in places:
        end = at + 1 + (over if at == 0 else 0)
        shown += letter or digits[at:end]
        at = end if zero else at
    return shown


_LITERAL: Final = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.')
_BRACKETS: Final = re.compile(r"\[[^\]]*\]")
MULTIPLE: Final = re.compile(r"[十百千万亿萬億]|\b(k|m|mn|bn|thousand|million|billion)\b", re.I)
"""What a format writes behind a figure to say that it stands for so many times more."""


def format_kind(code: str) -> str | None:
    r"""Return ``%`` for a format that shows percentages, zeros for one that shows codes.

    Letters, digits and hyphens that a code has besides come behind backslashes.

    >>> format_kind("0.00%"), format_kind("000000_ "), format_kind("#,##0"), format_kind('0"%"')
    ('%', '000000', None, None)
    >>> format_kind('"44"0000'), format_kind("000-00")
    ('\\4\\40000', '000\\-00')
    """
    section = _BRACKETS.sub("", code.split(";", 1)[0])
    if "%" in _LITERAL.sub("", section):
        return "%"
    spelt = _LITERAL.sub(lambda match: _spelt(match[1] or match[2] or ""), section).strip()
    spelt = re.sub(r"(?<!\\)-", r"\\-", spelt)
    return spelt if re.fullmatch(r"(\\.|0)*", spelt) and spelt.count("0") > 1 else None


def _spelt(literal: str) -> str:
    kept = re.sub("[^0-9A-Za-z-]", "", literal)
    return "".join(f"\\{letter}" for letter in kept)


def shows_otherwise(code: str) -> bool:
    """Tell whether a format shows a figure scaled, or with a multiple behind it.

    >>> shows_otherwise('0!.0,"万"'), shows_otherwise("#,##0,"), shows_otherwise('0.0"亿元"')
    (True, True, True)
    >>> shows_otherwise('#,##0.00_ ;[Red](0)'), shows_otherwise('0"人"')
    (False, False)
    """
    plain = _BRACKETS.sub("", code)
    literals = [match[1] or match[2] or "" for match in _LITERAL.finditer(plain)]
    bare = _LITERAL.sub("", plain)
    scaled = re.search(r"[0#?.],+(?![0#?,])", bare) is not None
    pointed = re.search(r"[0#?]([\\!]\.|\"\.\")[0#?]", plain) is not None
    return scaled or pointed or any(map(MULTIPLE.search, literals))


def kinds_of_formats(codes: Mapping[int, str]) -> dict[int, str]:
    """Return what :func:`format_kind` says of each style that changes what is read."""
    kinds = {number: format_kind(code) for number, code in codes.items()}
    return {number: kind for number, kind in kinds.items() if kind is not None}
