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

from msgspec import Struct

from transfers.districts.faults import refuse
from transfers.districts.sheet import Merged
from transfers.districts.workbook_cells import Marks, kinds_of_formats, refuse_far, shows_otherwise

MOST_UNPACKED: Final = 300_000_000
"""Bytes that the parts of a workbook may have when unpacked, all together."""

_CHUNK: Final = 1 << 20
_PERCENT_FORMATS: Final = {9: "0%", 10: "0.00%"}
_REFERENCE: Final = re.compile(r"([A-Z]+)([0-9]+)")

Start = Callable[[str, Mapping[str, str]], None]


def check_parts(file: str, archive: zipfile.ZipFile) -> set[str]:
    """Refuse an archive that unpacks to too much, or whose XML declares a document type.

    Only a document type can name entities, inside or outside of the file. Returns the parts in
    which letters are raised or lowered, as marks of footnotes are.
    """
    raised: set[str] = set()
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
                if b"vertAlign" in before + chunk:
                    raised.add(info.filename)
                before = chunk[-10:]
    return raised


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


class Book(Struct, frozen=True):
    """What all sheets of an xlsx file share.

    Parameters
    ----------
    parts : dict of str to str
        The part of each sheet, by the sheet's name.
    stale : bool
        Formulas were written by a program that left their results to be computed.
    kinds, shown : dict of int to str
        Styles that change what is read, by their number; formats that show a figure otherwise.
    raised : frozenset of str
        Numbers of shared texts that look like figures, with raised or lowered letters in them.
    """

    parts: dict[str, str]
    stale: bool
    kinds: dict[int, str]
    shown: dict[int, str]
    raised: frozenset[str]


def xlsx_book(archive: zipfile.ZipFile, with_raised: set[str]) -> Book:
    """Read what stands outside of the sheets."""
    parts, stale = _xlsx_parts(archive)
    kinds, shown = _xlsx_formats(archive)
    shared = "xl/sharedStrings.xml"
    raised = _raised_texts(archive, shared) if shared in with_raised else frozenset()
    return Book(parts, stale, kinds, shown, raised)


def _xlsx_parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Return the part of each sheet, and whether results of formulas are still to be computed."""
    stale: list[bool] = []
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and attributes.get("id", "") in targets:
            target = targets[attributes["id"]]
            sheets[attributes["name"]] = target[1:] if target[0] == "/" else f"xl/{target}"
        elif name == "calcPr":
            stale.append(_is_true(attributes, "fullCalcOnLoad"))

    walk(archive, "xl/_rels/workbook.xml.rels", relation)
    walk(archive, "xl/workbook.xml", sheet)
    return sheets, any(stale)


def _raised_texts(archive: zipfile.ZipFile, part: str) -> frozenset[str]:
    """Return the numbers of the shared texts that :func:`_is_raised_figure` finds."""
    found: list[str] = []
    texts: list[str] = []
    seen = {"number": -1, "raised": 0, "phonetic": 0}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            seen.update(number=seen["number"] + 1, raised=0)
            texts.clear()
        elif name == "vertAlign":
            seen["raised"] += attributes.get("val") != "baseline"
        seen["phonetic"] += name == "rPh"

    def end(name: str) -> None:
        seen["phonetic"] -= name == "rPh"
        if name == "si" and seen["raised"] and _is_figure("".join(texts)):
            found.append(str(seen["number"]))

    def text(words: str) -> None:
        if not seen["phonetic"]:
            texts.append(words)

    walk(archive, part, start, end, text)
    return frozenset(found)


def _is_figure(text: str) -> bool:
    return re.fullmatch(r"\s*[+-]?[0-9][0-9.,\s]*%?\s*", text) is not None


def _is_true(attributes: Mapping[str, str], name: str) -> bool:
    return attributes.get(name) in ("1", "true")


def _xlsx_formats(archive: zipfile.ZipFile) -> tuple[dict[int, str], dict[int, str]]:
    """Return the styles that change what is read, and those that show it otherwise."""
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
    shown = {number: code for number, code in codes.items() if shows_otherwise(code)}
    return (
        {n: kinds[number] for n, number in enumerate(styles) if number in kinds},
        {n: shown[number] for n, number in enumerate(styles) if number in shown},
    )


def xlsx_marks(file: str, archive: zipfile.ZipFile, sheet: str, book: Book) -> Marks:
    """Walk through a sheet of an xlsx file."""
    steps = _XlsxWalk(file, sheet, book)
    walk(archive, book.parts[sheet], steps.start, steps.end, steps.text)
    for cell in steps.marks.formats.keys() & steps.marks.unread.keys():
        del steps.marks.formats[cell]
    return steps.marks


class _XlsxWalk:
    """Where the walk through a sheet of an xlsx file has come to."""

    def __init__(self, file: str, sheet: str, book: Book) -> None:
        self.file, self.sheet, self.book = file, sheet, book
        self.kept = {"e", "inlineStr", "s"} if book.raised else {"e", "inlineStr"}
        self.marks = Marks()
        self.line, self.column = 0, 0
        self.kind = "n"
        self.texts: list[str] = []
        self.has_formula = self.has_value = self.in_value = self.is_raised = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self.line, self.column = int(attributes.get("r", self.line + 1)), 0
            if _is_true(attributes, "hidden"):
                self.marks.hidden_lines.add(self.line)
        elif name in ("v", "is"):
            self.in_value = True
            # A formula may end in an empty text; an empty number is none.
            self.has_value = self.kind != "n"
        elif name == "f":
            self.has_formula = True
        elif name == "vertAlign" and self.in_value:
            self.is_raised |= attributes.get("val") != "baseline"
        elif name == "col" and _is_true(attributes, "hidden"):
            ends_of_range = (int(attributes["min"]), int(attributes["max"]))
            self.marks.hidden_columns.append(ends_of_range)
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
        self.has_formula = self.has_value = self.in_value = self.is_raised = False
        self.texts.clear()
        style, book, marks = int(attributes.get("s", "0")), self.book, self.marks
        if style in book.kinds and self.kind == "n":
            marks.formats[self.line, self.column] = book.kinds[style]
        if style in book.shown and self.kind == "n":
            marks.shown[self.line, self.column] = book.shown[style]

    def text(self, words: str) -> None:
        if self.in_value:
            self.has_value = True
            if self.kind in self.kept or self.has_formula:
                self.texts.append(words)

    def end(self, name: str) -> None:
        if name in ("v", "is"):
            self.in_value = False
        if name != "c" or not (self.has_value or self.has_formula):
            return
        marks, at = self.marks, (self.line, self.column)
        if not marks.reach(*at):
            refuse_far(self.file, self.sheet, *at)
        text = "".join(self.texts)
        if self.kind == "e":
            marks.errors[at] = text
        elif not self.has_value or (self.has_formula and self.book.stale and text == "0"):
            marks.unread[at] = "table.no_result"
        elif text in self.book.raised if self.kind == "s" else self.is_raised and _is_figure(text):
            marks.unread[at] = "table.raised"


def _number(letters: str) -> int:
    """Return the number of a column from its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
