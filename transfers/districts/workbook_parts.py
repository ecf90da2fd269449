"""The parts of a workbook that is an archive: unpacked within limits, and walked through."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Final, NoReturn
from xml.parsers import expat

from transfers.districts.faults import refuse

MOST_UNPACKED: Final = 300_000_000
"""Bytes that the parts of a workbook may have when unpacked, all together."""

_CHUNK: Final = 1 << 20
_DEEPEST: Final = 500
_ROOT_NAME: Final = "_rels/.rels"
_ROOT: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="xl/workbook.xml" Type="http://schemas.openxmlformats.org'
    '/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
"""Says where the workbook is: calamine must not look for it elsewhere than is looked here."""

Start = Callable[[str, Mapping[str, str]], None]


def checked_copy(file: str, archive: zipfile.ZipFile) -> tuple[io.BytesIO, set[str]]:
    """Return an archive of those parts that hold XML, not packed.

    Beside it the parts in which letters are raised or lowered, as marks of footnotes are.

    Refuses one that unpacks to too much, or whose XML declares a document type, which alone can
    name entities, inside or outside of the file. What an archive says of its sizes may be untrue,
    and two readers of it may find two parts under one name: only what was read here is handed on.
    """
    if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED:
        refuse_unpacked(file)
    held = io.BytesIO()
    found: set[str] = set()
    raised: set[str] = set()
    with zipfile.ZipFile(held, "w") as checked:
        for name in dict.fromkeys(archive.namelist()):
            if not name.lower().endswith((".xml", ".rels", "mimetype")) or name == _ROOT_NAME:
                continue
            if name.lower() in found:
                raise zipfile.BadZipFile(f"{name}: in two spellings")
            found.add(name.lower())
            with checked.open(name, "w") as kept:
                for chunk, before in _chunks(archive, name):
                    if b"<!DOCTYPE" in before + chunk or b"<!ENTITY" in before + chunk:
                        refuse("table.entities", file, part=name)
                    if b"vertAlign" in before + chunk:
                        raised.add(name)
                    kept.write(chunk)
        if "xl/workbook.xml" in found:
            checked.writestr(_ROOT_NAME, _ROOT)
    return held, raised


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield a part bit by bit, each with the last letters of the bit before.

    Raises
    ------
    BadZipFile
        The part is packed in an odd way, damaged, or larger than the archive says.
    """
    info = copy(archive.getinfo(name))
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Other methods unpack to no end before anyone can count; no program uses them.
        raise zipfile.BadZipFile(f"{name}: compression method {info.compress_type}")
    said, read, before = info.file_size, 0, b""
    info.file_size += 1  # else what goes beyond would be left out without a word
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            read += len(chunk)
            if read > said:
                raise zipfile.BadZipFile(f"{name}: larger than {said} bytes")
            yield chunk, before
            before = chunk[-10:]


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
