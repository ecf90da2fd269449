"""What stands in the XML of an ods file beside the values: formats, errors, extent."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from typing import Final

from transfers.districts.sheet import Merged
from transfers.districts.workbook_cells import Marks, refuse_far
from transfers.districts.workbook_xml import MOST_UNPACKED, refuse_unpacked, walk

_SHORT: Final = 200
"""A cell of so many letters may be repeated as often as there may be cells."""


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
        elif name == "table":
            self.sheet = attributes.get("name", "")
            self.sheets[self.sheet] = Marks()
            self.line, self.lines = 0, 1
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
        is_error = kind == "error" or (name.startswith("#") and "formula" in cell)
        form = "%" if kind == "percentage" else None
        if kind == "float" and name.startswith("0") and name.isdecimal() and len(name) > 1:
            form = "0" * len(name)
        if not is_error and form is None:
            return
        for line in range(self.line, last_line + 1):
            for column in range(self.column, last_column + 1):
                if is_error:
                    marks.errors[line, column] = name
                elif form is not None:
                    marks.formats[line, column] = form

    def _add_letters(self, letters: int) -> None:
        times = self.lines * self.columns
        if (times > 1 and letters > _SHORT) or self.spaces:  # else the file itself is as long
            self.letters += letters * times
        if self.letters > MOST_UNPACKED:
            refuse_unpacked(self.file)


def _repeated(attributes: Mapping[str, str], name: str) -> int:
    return int(attributes.get(name, "1"))
