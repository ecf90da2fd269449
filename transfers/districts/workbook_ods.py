"""What stands in the XML of an ods file beside the values: formats, errors, extent."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from typing import Final

from transfers.districts.sheet import Merged
from transfers.districts.workbook_cells import MULTIPLE, Marks, refuse_far
from transfers.districts.workbook_parts import MOST_UNPACKED, refuse_unpacked, walk

_SHORT: Final = 200
"""A cell of so many letters may be repeated as often as there may be cells."""

_MOST_LINES: Final = 1_000_000


def ods_marks(file: str, archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Walk through all sheets of an ods file."""
    steps = _OdsWalk(file)
    walk(archive, "content.xml", steps.start, steps.end, steps.text)
    return steps.sheets


class _OdsWalk:
    """Where the walk through an ods file has come to."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: dict[str, Marks] = {}
        self.sheet = ""
        self.line = self.column = 0
        self.described = 1  # the column that is described next
        self.lines = self.columns = 1  # how often the row and the cell are repeated
        self.cell: Mapping[str, str] = {}
        self.texts: list[str] = []
        self.spaces = 0  # of the cell, which are written as their number
        self.letters = 0  # of all cells, as often as they are repeated

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self.column += self.columns
            self.columns = _repeated(attributes, "number-columns-repeated")
            self.cell, self.texts, self.spaces = attributes, [], 0
        elif name == "table-row":
            self.line, self.column = self.line + self.lines, 0
            self.lines = _repeated(attributes, "number-rows-repeated")
            self.columns = 1
            if attributes.get("visibility") in ("collapse", "filter") and self.lines <= _MOST_LINES:
                lines = range(self.line, self.line + self.lines)
                self.sheets[self.sheet].hidden_lines.update(lines)
        elif name == "table-column":
            first, self.described = (
                self.described,
                self.described + _repeated(attributes, "number-columns-repeated"),
            )
            if attributes.get("visibility") in ("collapse", "filter"):
                self.sheets[self.sheet].hidden_columns.append((first, self.described - 1))
        elif name == "table":
            self.sheet = attributes.get("name", "")
            self.sheets[self.sheet] = Marks()
            self.line, self.lines, self.described = 0, 1, 1
        elif name == "s":
            self.spaces += _repeated(attributes, "c")

    def text(self, words: str) -> None:
        if self.cell.get("value-type"):
            self.texts.append(words)

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self._finish(self.cell, self.sheets.get(self.sheet, Marks()))
            self.cell = {}

    def _finish(self, cell: Mapping[str, str], marks: Marks) -> None:
        spans = [_repeated(cell, f"number-{way}-spanned") for way in ("rows", "columns")]
        if max(spans) > 1:
            last = (self.line + spans[0] - 1, self.column + spans[1] - 1)
            marks.merged.append(Merged(self.line, self.column, *last))
        kind = cell.get("value-type")
        if kind or "formula" in cell:
            letters = sum(map(len, self.texts)) + sum(map(len, cell.values()))
            self._add_letters(letters + self.spaces)
        if not kind:
            return
        last_line, last_column = self.line + self.lines - 1, self.column + self.columns - 1
        marks.cells += self.lines * self.columns - 1
        if not marks.reach(last_line, last_column):
            refuse_far(self.file, self.sheet, last_line, last_column)
        name = "".join(self.texts)
        # LibreOffice writes a truth as 1, shown as TRUE; a figure is something else.
        is_truth = kind == "float" and name in ("TRUE", "FALSE")
        is_error = kind == "error" or is_truth or (name.startswith("#") and "formula" in cell)
        form = "%" if kind == "percentage" else None
        if kind == "float" and name.startswith("0") and name.isdecimal() and len(name) > 1:
            form = "0" * len(name)
        shown = kind in ("float", "currency") and _shown_otherwise(cell.get("value", ""), name)
        if not is_error and form is None and not shown:
            return
        for line in range(self.line, last_line + 1):
            for column in range(self.column, last_column + 1):
                if is_error:
                    marks.errors[line, column] = name
                elif form is not None:
                    marks.formats[line, column] = form
                elif shown:
                    marks.shown[line, column] = name

    def _add_letters(self, letters: int) -> None:
        times = self.lines * self.columns
        if (times > 1 and letters > _SHORT) or self.spaces:  # else the file itself is as long
            self.letters += letters * times
        if self.letters > MOST_UNPACKED:
            refuse_unpacked(self.file)


def _repeated(attributes: Mapping[str, str], name: str) -> int:
    return int(attributes.get(name, "1"))


def _shown_otherwise(value: str, shown: str) -> bool:
    """Tell whether a figure is shown as a much smaller one, or with a multiple behind it.

    >>> _shown_otherwise("300000", "30"), _shown_otherwise("30", "30.0万人")
    (True, True)
    >>> _shown_otherwise("1234.56", "1,235"), _shown_otherwise("0.4", "0")
    (False, False)
    """
    if MULTIPLE.search(shown):
        return True
    plain = re.sub(r"[^0-9.eE+-]", "", shown)
    try:
        return abs(float(value)) > 10 * max(abs(float(plain)), 1)
    except ValueError:
        return False
