"""What stands in the XML of an xlsx or ods file beside the values: formats, errors, extent.

The values themselves are read by calamine, which is fast, but does not tell 25% from 0.25, an
error or a formula without a result from a blank cell, and lays out a sheet as large as its
farthest cell. So each sheet is first walked through here, within limits of size.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any, Final
from xml.parsers import expat

from transfers.districts.faults import refuse
from transfers.districts.sheet import Merged
from transfers.districts.workbook_cells import Marks, kinds_of_formats, refuse_far

MOST_UNPACKED: Final = 300_000_000
"""Bytes that the parts of a workbook may have when unpacked, all together."""

_CHUNK: Final = 1 << 20
_PERCENT_FORMATS: Final = {9: "0%", 10: "0.00%"}
_REFERENCE: Final = re.compile(r"([A-Z]+)([0-9]+)")

Start = Callable[[str, Mapping[str, str]], None]


def check_parts(file: str, archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks to too much, or whose XML declares a document type.

    Only a document type can name entities, inside or outside of the file.
    """
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        refuse("table.unpacks", file, megabytes=MOST_UNPACKED // 1_000_000)
    for info in infos:
        if not info.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(info) as part:
            before = b""
            while chunk := part.read(_CHUNK):
                if b"<!DOCTYPE" in before + chunk or b"<!ENTITY" in before + chunk:
                    refuse("table.entities", file, part=info.filename)
                before = chunk[-10:]


def _walk(
    archive: zipfile.ZipFile,
    part: str,
    start: Start,
    end: Callable[[str], None] = lambda name: None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk through the elements of a part; names lose their namespaces."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def started(name: str, attributes: dict[str, str]) -> None:
        start(name.rpartition(" ")[2], {k.rpartition(" ")[2]: v for k, v in attributes.items()})

    parser.StartElementHandler = started
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(part) as stream:
        parser.ParseFile(stream)


# -- xlsx ----------------------------------------------------------------------------------------


def xlsx_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet, by the sheet's name."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and attributes.get("id", "") in targets:
            target = targets[attributes["id"]]
            sheets[attributes["name"]] = target[1:] if target[0] == "/" else f"xl/{target}"

    _walk(archive, "xl/_rels/workbook.xml.rels", relation)
    _walk(archive, "xl/workbook.xml", sheet)
    return sheets


def xlsx_formats(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return the styles that change what is read, by their number."""
    codes = dict(_PERCENT_FORMATS)
    styles: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        inside.append(name)
        if name == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "xf" and inside[-2] == "cellXfs":
            styles.append(int(attributes.get("numFmtId", "0")))

    if "xl/styles.xml" in archive.namelist():
        _walk(archive, "xl/styles.xml", start, lambda name: inside.__delitem__(-1))
    kinds = kinds_of_formats(codes)
    return {n: kinds[number] for n, number in enumerate(styles) if number in kinds}


def xlsx_marks(
    file: str, archive: zipfile.ZipFile, sheet: str, part: str, formats: Mapping[int, str]
) -> Marks:
    """Walk through a sheet of an xlsx file."""
    marks = Marks()
    at, kind = [1, 0], ""  # line and column reached; the cell's type
    texts: list[str] = []  # of an error
    has_formula = has_value = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal kind, has_formula, has_value
        if name == "c":
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            at[:] = [int(match[2]), _number(match[1])] if match else [at[0], at[1] + 1]
            kind, has_formula, has_value = attributes.get("t", "n"), False, False
            texts.clear()
            style = int(attributes.get("s", "0"))
            if style in formats and kind == "n":
                marks.formats[at[0], at[1]] = formats[style]
        elif name == "row":
            at[:] = [int(attributes.get("r", at[0] + 1)), 0]
        elif name in ("v", "is"):
            has_value = True
            if not marks.reach(*at):
                refuse_far(file, sheet, *at)
        elif name == "f":
            has_formula = True
        elif name == "mergeCell":
            ends = [_REFERENCE.fullmatch(end) for end in attributes["ref"].split(":")]
            corners = [(int(m[2]), _number(m[1])) for m in ends if m]
            if len(corners) == 2:
                marks.merged.append(Merged(*corners[0], *corners[1]))

    def end(name: str) -> None:
        if name != "c":
            return
        if kind == "e" and texts:
            marks.errors[at[0], at[1]] = "".join(texts)
        if has_formula and not has_value:
            marks.unread[at[0], at[1]] = "table.no_result"
            marks.reach(*at)

    def text(words: str) -> None:
        if kind == "e" and has_value:
            texts.append(words)

    _walk(archive, part, start, end, text)
    for cell in marks.formats.keys() & marks.unread.keys():
        del marks.formats[cell]
    return marks


def _number(letters: str) -> int:
    """Return the number of a column from its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# -- ods -----------------------------------------------------------------------------------------


def ods_marks(file: str, archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Walk through all sheets of an ods file."""
    sheets: dict[str, Marks] = {}
    walk = _OdsWalk(file, sheets)
    _walk(archive, "content.xml", walk.start, walk.end, walk.text)
    return sheets


class _OdsWalk:
    """Where the walk through an ods file has come to."""

    def __init__(self, file: str, sheets: dict[str, Marks]) -> None:
        self.file, self.sheets = file, sheets
        self.sheet = ""
        self.line = self.column = 0
        self.lines = self.columns = 1  # how often the row and the cell are repeated
        self.cell: Mapping[str, str] = {}
        self.texts: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table":
            self.sheet = attributes.get("name", "")
            self.sheets[self.sheet] = Marks()
            self.line, self.lines = 0, 1
        elif name == "table-row":
            self.line, self.column = self.line + self.lines, 0
            self.lines = _repeated(attributes, "number-rows-repeated")
            self.columns = 1
        elif name in ("table-cell", "covered-table-cell"):
            self.column += self.columns
            self.columns = _repeated(attributes, "number-columns-repeated")
            self.cell, self.texts = attributes, []

    def text(self, words: str) -> None:
        if self.cell.get("value-type"):
            self.texts.append(words)

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self._finish(self.cell, self.sheets.get(self.sheet, Marks()))
            self.cell = {}
        elif name == "table-row":
            self.column, self.columns = 0, 1

    def _finish(self, cell: Mapping[str, Any], marks: Marks) -> None:
        column = self.column
        spans = [int(cell.get(f"number-{way}-spanned", 1)) for way in ("rows", "columns")]
        if max(spans) > 1:
            merged = (self.line + spans[0] - 1, column + spans[1] - 1)
            marks.merged.append(Merged(self.line, column, *merged))
        kind = cell.get("value-type")
        if not kind:
            return
        last_line, last_column = self.line + self.lines - 1, column + self.columns - 1
        marks.cells += self.lines * self.columns - 1
        if not marks.reach(last_line, last_column):
            refuse_far(self.file, self.sheet, last_line, last_column)
        name = "".join(self.texts)
        is_error = kind == "error" or (name.startswith("#") and "formula" in cell)
        if kind != "percentage" and not is_error:
            return
        for line in range(self.line, last_line + 1):
            for number in range(column, last_column + 1):
                if is_error:
                    marks.errors[line, number] = name
                else:
                    marks.formats[line, number] = "%"


def _repeated(attributes: Mapping[str, str], name: str) -> int:
    return int(attributes.get(name, "1"))
