"""What stands in the XML of an xlsx file beside the values: formats, errors, extent.

The values themselves are read by calamine, which is fast, but does not tell 25% from 0.25, an
error or a formula without a result from a blank cell, and lays out a sheet as large as its
farthest cell. So each sheet is first walked through here, within limits of size.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from collections import Counter
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from transfers.districts.sheet import Merged
from transfers.districts.workbook_cells import Marks, kinds_of_formats, refuse_far, shows_otherwise
from transfers.districts.workbook_parts import MOST_UNPACKED, refuse_unpacked, walk

_MOST_MERGED: Final = 1_000_000
_PERCENT_FORMATS: Final = {9: "0%", 10: "0.00%"}
_REFERENCE: Final = re.compile(r"([A-Z]{1,7})([0-9]{1,15})")


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
            _put(targets, attributes["Id"], attributes["Target"])

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and attributes.get("id", "") in targets:
            target = targets[attributes["id"]]
            part = target[1:] if target[0] == "/" else f"xl/{target}"
            _put(sheets, attributes["name"], part)
        elif name == "calcPr":
            stale.append(_is_true(attributes, "fullCalcOnLoad"))

    walk(archive, "xl/_rels/workbook.xml.rels", relation)
    walk(archive, "xl/workbook.xml", sheet)
    return sheets, any(stale)


def _put(parts: dict[str, str], name: str, part: str) -> None:
    """Put a part under a name; where two stand there, another reader may take the other."""
    if parts.setdefault(name, part) != part:
        raise ValueError(f"{name}: {parts[name]}, {part}")


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
    part = book.parts[sheet]
    steps = _XlsxWalk(file, sheet, book)
    walk(archive, part, steps.start, steps.end, steps.text)
    _check_shared(file, archive, part, steps.shared)
    for cell in steps.marks.formats.keys() & steps.marks.unread.keys():
        del steps.marks.formats[cell]
    return steps.marks


def _check_shared(file: str, archive: zipfile.ZipFile, part: str, cells: int) -> None:
    """Refuse a sheet whose cells share texts that would take too much if each had its own.

    First it is asked whether they could: hardly any sheet is looked at more closely.
    """
    size = sum(i.file_size for i in archive.infolist() if _has_shared(i.filename))
    if cells * size <= MOST_UNPACKED:
        return
    lengths = array("q")

    def item(name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            lengths.append(0)

    def letters(words: str) -> None:
        if lengths:
            lengths[-1] += len(words)

    for name in archive.namelist():
        if _has_shared(name):
            walk(archive, name, item, text=letters)
    if cells * max(lengths, default=0) <= MOST_UNPACKED:
        return
    total, indices = 0, _SharedIndices()
    walk(archive, part, indices.start, indices.end, indices.text)
    for index, count in indices.counts.items():
        total += count * (lengths[index] if index < len(lengths) else 0)
    if total > MOST_UNPACKED:
        refuse_unpacked(file)


def _has_shared(part: str) -> bool:
    """Tell whether a part has the shared texts: calamine knows it by this name, in any case."""
    return part.lower() == "xl/sharedstrings.xml"


class _SharedIndices:
    """How many cells of a sheet have each of the shared texts."""

    def __init__(self) -> None:
        self.counts: Counter[int] = Counter()
        self.kind, self.texts = "", [""]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self.kind = attributes.get("t", "n")
        if name == "v":
            self.texts.clear()

    def text(self, words: str) -> None:
        self.texts.append(words)

    def end(self, name: str) -> None:
        if name == "v" and self.kind == "s":
            self.counts[int("".join(self.texts))] += 1


class _XlsxWalk:
    """Where the walk through a sheet of an xlsx file has come to."""

    def __init__(self, file: str, sheet: str, book: Book) -> None:
        self.file, self.sheet, self.book = file, sheet, book
        self.kept = {"e", "inlineStr", "s"} if book.raised else {"e", "inlineStr"}
        self.marks = Marks()
        self.line, self.column = 0, 0
        self.at = 0, 0  # the cell that is open
        self.kind = "n"
        self.shared = 0
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
            if len(self.marks.merged) == _MOST_MERGED:
                raise ValueError(f"more than {_MOST_MERGED:,} merged cells")
            if len(corners) == 2:
                self.marks.merged.append(Merged(*corners[0], *corners[1]))

    def _cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
        elif match := _REFERENCE.fullmatch(reference):
            self.line, self.column = int(match[2]), _number(match[1])
        else:  # calamine might take it for a cell who knows where
            raise ValueError(f"no cell: {reference[:20]}")
        self.at = self.line, self.column
        self.kind = attributes.get("t", "n")
        if self.kind == "s":
            self.shared += 1
        self.has_formula = self.has_value = self.in_value = self.is_raised = False
        self.texts.clear()
        style, book, marks = int(attributes.get("s", "0")), self.book, self.marks
        if style in book.kinds and self.kind == "n":
            marks.formats[self.at] = book.kinds[style]
        if style in book.shown and self.kind == "n":
            marks.shown[self.at] = book.shown[style]

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
        marks, at = self.marks, self.at
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
