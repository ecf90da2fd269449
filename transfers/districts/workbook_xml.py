"""What stands in the XML of an xlsx file beside the values: formats, errors, extent.

The values themselves are read by calamine, which is fast, but does not tell 25% from 0.25, an
error or a formula without a result from a blank cell, and lays out a sheet as large as its
farthest cell. So each sheet is first walked through here, within limits of size.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Final
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


def walk(
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

    walk(archive, "xl/_rels/workbook.xml.rels", relation)
    walk(archive, "xl/workbook.xml", sheet)
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
        walk(archive, "xl/styles.xml", start, lambda name: inside.__delitem__(-1))
    kinds = kinds_of_formats(codes)
    return {n: kinds[number] for n, number in enumerate(styles) if number in kinds}


def xlsx_marks(
    file: str, archive: zipfile.ZipFile, sheet: str, part: str, formats: Mapping[int, str]
) -> Marks:
    """Walk through a sheet of an xlsx file."""
    steps = _XlsxWalk(file, sheet, formats)
    walk(archive, part, steps.start, steps.end, steps.text)
    for cell in steps.marks.formats.keys() & steps.marks.unread.keys():
        del steps.marks.formats[cell]
    return steps.marks


class _XlsxWalk:
    """Where the walk through a sheet of an xlsx file has come to."""

    def __init__(self, file: str, sheet: str, formats: Mapping[int, str]) -> None:
        self.file, self.sheet, self.formats = file, sheet, formats
        self.marks = Marks()
        self.line, self.column = 0, 0
        self.kind = "n"
        self.texts: list[str] = []
        self.has_formula = self.has_value = self.in_value = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self.line, self.column = int(attributes.get("r", self.line + 1)), 0
        elif name in ("v", "is"):
            self.in_value = True
            # A formula may end in an empty text; an empty number is none.
            self.has_value = self.kind != "n"
        elif name == "f":
            self.has_formula = True
        elif name == "mergeCell":
            ends = [_REFERENCE.fullmatch(end) for end in attributes["ref"].split(":")]
            corners = [(int(match[2]), _number(match[1])) for match in ends if match]
            if len(corners) == 2:
                self.marks.merged.append(Merged(*corners[0], *corners[1]))

    def _cell(self, attributes: Mapping[str, str]) -> None:
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        if match:
            self.line, self.column = int(match[2]), _number(match[1])
        else:
            self.column += 1
        self.kind = attributes.get("t", "n")
        self.has_formula = self.has_value = self.in_value = False
        self.texts.clear()
        style = int(attributes.get("s", "0"))
        if style in self.formats and self.kind == "n":
            self.marks.formats[self.line, self.column] = self.formats[style]

    def text(self, words: str) -> None:
        if self.in_value:
            self.has_value = True
            if self.kind == "e":
                self.texts.append(words)

    def end(self, name: str) -> None:
        if name in ("v", "is"):
            self.in_value = False
        if name != "c" or not (self.has_value or self.has_formula):
            return
        marks, at = self.marks, (self.line, self.column)
        if not marks.reach(*at):
            refuse_far(self.file, self.sheet, *at)
        if self.kind == "e":
            marks.errors[at] = "".join(self.texts)
        if not self.has_value:
            marks.unread[at] = "table.no_result"


def _number(letters: str) -> int:
    """Return the number of a column from its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
