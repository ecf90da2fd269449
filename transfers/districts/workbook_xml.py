"""What stands in the XML of an xlsx file beside the values: formats, errors, extent.

The values themselves are read by calamine, which is fast, but does not tell 25% from 0.25, an
error or a formula without a result from a blank cell, and lays out a sheet as large as its
farthest cell. So each sheet is first walked through here, within limits of size.
"""

from __future__ import annotations

import io
import re
import zipfile
from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final, NoReturn
from xml.parsers import expat

from transfers.districts.faults import refuse
from transfers.districts.sheet import Merged
from transfers.districts.workbook_cells import Marks, kinds_of_formats, refuse_far

MOST_UNPACKED: Final = 300_000_000
"""Bytes that the parts of a workbook may have when unpacked, all together."""

_CHUNK: Final = 1 << 20
_DEEPEST: Final = 500
_MOST_MERGED: Final = 1_000_000
_PERCENT_FORMATS: Final = {9: "0%", 10: "0.00%"}
_REFERENCE: Final = re.compile(r"([A-Z]{1,7})([0-9]{1,15})")

_ROOT_NAME: Final = "_rels/.rels"
_ROOT: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="xl/workbook.xml" Type="http://schemas.openxmlformats.org'
    '/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
"""Says where the workbook is: calamine must not look for it elsewhere than is looked here."""

Start = Callable[[str, Mapping[str, str]], None]


def checked_copy(file: str, archive: zipfile.ZipFile) -> io.BytesIO:
    """Return an archive of those parts that hold XML, not packed.

    Refuses one that unpacks to too much, or whose XML declares a document type, which alone can
    name entities, inside or outside of the file. What an archive says of its sizes may be untrue,
    and two readers of it may find two parts under one name: only what was read here is handed on.
    """
    if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED:
        refuse_unpacked(file)
    copy = io.BytesIO()
    found: set[str] = set()
    with zipfile.ZipFile(copy, "w") as checked:
        for name in dict.fromkeys(archive.namelist()):
            if not name.lower().endswith((".xml", ".rels", "mimetype")) or name == _ROOT_NAME:
                continue
            if name.lower() in found:
                raise zipfile.BadZipFile(f"{name}: in two spellings")
            found.add(name.lower())
            info = archive.getinfo(name)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                # Other methods unpack to no end before anyone can count; no program uses them.
                raise zipfile.BadZipFile(f"{name}: compression method {info.compress_type}")
            with archive.open(info) as part, checked.open(name, "w") as kept:
                before = b""
                while chunk := part.read(_CHUNK):
                    if b"<!DOCTYPE" in before + chunk or b"<!ENTITY" in before + chunk:
                        refuse("table.entities", file, part=name)
                    before = chunk[-10:]
                    kept.write(chunk)
        if "xl/workbook.xml" in found:
            checked.writestr(_ROOT_NAME, _ROOT)
    return copy


def refuse_unpacked(file: str) -> NoReturn:
    """Refuse a workbook that holds too much."""
    refuse("table.unpacks", file, megabytes=MOST_UNPACKED // 1_000_000)


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
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise ValueError(f"{part}: more than {_DEEPEST} levels")
        start(name.rpartition(" ")[2], {k.rpartition(" ")[2]: v for k, v in attributes.items()})

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(" ")[2])

    def declared(*_: object) -> None:
        raise ValueError(f"{part}: <!DOCTYPE")  # in an encoding in which it was not seen before

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = declared
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
            _put(targets, attributes["Id"], attributes["Target"])

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and attributes.get("id", "") in targets:
            target = targets[attributes["id"]]
            part = target[1:] if target[0] == "/" else f"xl/{target}"
            _put(sheets, attributes["name"], part)

    walk(archive, "xl/_rels/workbook.xml.rels", relation)
    walk(archive, "xl/workbook.xml", sheet)
    return sheets


def _put(parts: dict[str, str], name: str, part: str) -> None:
    """Put a part under a name; where two stand there, another reader may take the other."""
    if parts.setdefault(name, part) != part:
        raise ValueError(f"{name}: {parts[name]}, {part}")


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

    def __init__(self, file: str, sheet: str, formats: Mapping[int, str]) -> None:
        self.file, self.sheet, self.formats = file, sheet, formats
        self.marks = Marks()
        self.line, self.column = 0, 0
        self.at = 0, 0  # the cell that is open
        self.kind = "n"
        self.shared = 0
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
        self.has_formula = self.has_value = self.in_value = False
        self.texts.clear()
        style = int(attributes.get("s", "0"))
        if style in self.formats and self.kind == "n":
            self.marks.formats[self.at] = self.formats[style]

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
        marks, at = self.marks, self.at
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
