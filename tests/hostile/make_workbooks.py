"""Write hostile xlsx files: sheets that people make, and archives that somebody tampered with."""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from tests.hostile.make_ods import packed
from tests.hostile.table_rows import DISTRICTS, HEADER, PRINTED, TOTAL, Row

Change = Callable[[Any, Any], None]
SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
TABLE = [HEADER, *DISTRICTS]
ODD_FORMATS = ('0!.0,"万"', "#,##0,", '0.0"万"', '0.0"万人"', "0.00E+00", "[DBNum2]General")


def book(rows: list[Row], change: Change | None = None, **options: Any) -> bytes:
    """Return a workbook of rows, changed; the same bytes every time."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, **OPTIONS, **options})
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})
    sheet = book.add_worksheet("测算表")
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(line, column, value)
    if change is not None:
        change(book, sheet)
    book.close()
    return file.getvalue()


def write(path: Path, rows: list[Row]) -> None:
    """Write rows as an xlsx file."""
    path.write_bytes(book(rows))


def with_format(cell: str, value: float, code: str) -> Change:
    """Return what writes a figure in a format."""
    return lambda book, sheet: sheet.write_number(
        cell, value, book.add_format({"num_format": code})
    )


def second_sheet(name: str, rows: list[Row], first: Change | None = None) -> Change:
    """Return what adds a sheet."""

    def change(book: Any, sheet: Any) -> None:
        if first is not None:
            first(book, sheet)
        other = book.add_worksheet(name)
        for line, row in enumerate(rows):
            other.write_row(line, 0, row)

    return change


def merged(*ranges: str) -> Change:
    """Return what merges cells, so that only the first of each keeps its text."""

    def change(book: Any, sheet: Any) -> None:
        for cells in ranges:
            where, _, text = cells.partition(" ")
            sheet.merge_range(where, "", book.add_format())
            sheet.write(
                where.partition(":")[0],
                float(text) if text.isdecimal() and text[0] != "0" else text,
            )

    return change


def hidden_sheet(book: Any, sheet: Any) -> None:
    """Add the table on a sheet that is hidden."""
    second_sheet("旧表", TABLE)(book, sheet)
    book.worksheets()[1].hide()


def filtered(book: Any, sheet: Any) -> None:
    """Filter out a row."""
    sheet.autofilter("A1:D4")
    sheet.filter_column("C", "x > 25")
    sheet.set_row(2, None, None, {"hidden": True})


def rich(book: Any, sheet: Any) -> None:
    """Write rich texts: bold in a figure and a name, a raised mark behind each."""
    bold, raised = book.add_format({"bold": True}), book.add_format({"font_script": 1})
    sheet.write_rich_string("B2", "甲", bold, "县", raised, "1")
    sheet.write_rich_string("C2", bold, "3", "0")
    sheet.write_rich_string("C3", "20", raised, "①")
    sheet.write_rich_string("D4", "400", raised, "2")


def printed(book: Any, sheet: Any) -> None:
    """Merge the header of a printed table."""
    for cells, text in (("A4:A5", "code"), ("B4:B5", "name"), ("C4:D4", "人口")):
        sheet.merge_range(cells, text, book.add_format())
    sheet.merge_range("A2:E2", "2026 年均衡性补助测算表", book.add_format())


def results(book: Any, sheet: Any) -> None:
    """Write formulas, some of them without a result."""
    sheet.write_formula("C2", "=10+20")
    sheet.write_formula("C3", "=10+20", None, 30)
    sheet.write_formula("D3", "=1/0", None, "#DIV/0!")
    sheet.write_formula("D4", "=NA()", None, "#N/A")


def typed(book: Any, sheet: Any) -> None:
    """Write dates and truths where figures are expected."""
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_datetime("C2", datetime.datetime(2026, 1, 2), day)
    sheet.write_boolean("C3", True)
    sheet.write_number("C4", 0.25, book.add_format({"num_format": "0%"}))
    sheet.write_string("D2", "200")


def sheets_of_people() -> dict[str, bytes]:
    """Return workbooks as people make them."""
    files = {
        "typed": book(TABLE, typed),
        "typed-1904": book(TABLE, typed, date_1904=True),
        "results": book(TABLE, results),
        "codes-as-shown": book(TABLE, with_format("A2", 101, "0000")),
        "codes-with-prefix": book(TABLE, with_format("A2", 703, '"44"0000')),
        "codes-without-zeros": book([HEADER, [101, *DISTRICTS[0][1:]], *DISTRICTS[1:]]),
        "codes-of-18-digits": book([HEADER, [440703199001010011, "甲县", 30, 200]]),
        "figures-too-large": book([HEADER, ["01", "甲县", 1e300, 200], ["02", "乙县", 1e-300, 1]]),
        "merged-figures": book(TABLE, merged("C2:C3 50", "D3:D4 700")),
        "merged-codes": book(TABLE, merged("A3:A4 0102")),
        "merged-only-in-looks": book(TABLE, lambda book, sheet: sheet.merge_range("C2:C3", 30)),
        "merged-total": book([*TABLE, TOTAL], merged("A5:B5 合计")),
        "merged-to-the-end": changed(
            book(TABLE, merged("F6:G7 注", "B2:B3 甲县")),
            SHEET,
            'ref="F6:G7"',
            'ref="F6:XFD1048576"',
        ),
        "printed-and-merged": book(PRINTED, printed),
        "hidden-rows": book(TABLE, lambda b, s: s.set_row(1, None, None, {"hidden": True})),
        "filtered-rows": book(TABLE, filtered),
        "hidden-column": book(TABLE, lambda b, s: s.set_column("C:C", 9, None, {"hidden": True})),
        "hidden-sheet": book([HEADER], hidden_sheet),
        "several-sheets": book(TABLE, second_sheet("2025 年", TABLE)),
        "lesser-sheet": book(
            [["code", "name", "population", "补助"], *DISTRICTS], second_sheet("2025 年", TABLE)
        ),
        "sheet-named-oddly": book([HEADER], second_sheet("a 'b'!c", [HEADER, ["", "x", 1, 2]])),
        "comments": book(TABLE, lambda b, s: s.write_comment("C2", "核对过：25")),
        "rich-text": book(TABLE, rich),
        "inline-text": book(TABLE, rich, constant_memory=True),
        "far-from-the-corner": book([[]] * 20 + [["", "", "", *row] for row in TABLE]),
        "far-cell": book(TABLE, lambda b, s: s.write("XFD1048576", 1)),
        "far-format": book(
            TABLE, lambda b, s: s.write_blank("XFD1048576", None, b.add_format({"bold": True}))
        ),
    }
    for number, code in enumerate(ODD_FORMATS, start=1):
        files[f"shown-{number}"] = book(TABLE, with_format("C2", 300_000, code))
    return files


# -- archives -------------------------------------------------------------------------------------


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook with a text in one of its parts replaced; in all parts where it is ""."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
            if part in ("", name):
                parts[name] = parts[name].replace(old.encode(), new.encode())
    return packed(parts)


def sheet_of(content: bytes) -> bytes:
    """Return the sheet of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(SHEET)


def renamed(content: bytes, rename: Callable[[str], str]) -> bytes:
    """Return a workbook whose parts have other names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({rename(name): archive.read(name) for name in archive.namelist()})


def bomb(content: bytes, megabytes: int, *, said: int | None = None) -> bytes:
    """Return a workbook with so many more bytes of space in its sheet; `said` is what it admits."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[SHEET]
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    begin = pack.compress(text) + pack.flush(zlib.Z_FULL_FLUSH)
    million = pack.compress(b" " * 1_000_000) + pack.flush(zlib.Z_FULL_FLUSH)
    parts[SHEET] = begin + million * megabytes + pack.flush(zlib.Z_FINISH)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    out = bytearray(file.getvalue())
    size = len(text) + megabytes * 1_000_000 if said is None else said
    fields = (8).to_bytes(2, "little"), zlib.crc32(text[:size]), len(parts[SHEET]), size
    local, central = archive.getinfo(SHEET).header_offset, out.rindex(SHEET.encode()) - 46
    for start in (local + 8, central + 10):
        out[start : start + 2] = fields[0]
        for position, number in zip((6, 10, 14), fields[1:], strict=True):
            at = start + position
            out[at : at + 4] = int(number).to_bytes(4, "little")
    return bytes(out)


def strict(content: bytes) -> bytes:
    """Return a workbook as Excel saves it as “Strict Open XML”."""
    for old, new in (
        (
            "schemas.openxmlformats.org/spreadsheetml/2006/main",
            "purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        ("schemas.openxmlformats.org/officeDocument/2006/", "purl.oclc.org/ooxml/officeDocument/"),
    ):
        content = changed(content, "", old, new)
    return content


def archives() -> dict[str, bytes]:
    """Return archives that are, were or look like workbooks."""
    whole = book(TABLE)
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'
    phonetic = '<t>甲县</t><rPh sb="0" eb="1"><t>コウ30</t></rPh>'
    secret = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    )
    formula = book(TABLE, lambda book, sheet: sheet.write_formula("C2", "=10+20", None, 7))
    return {
        "bomb": bomb(whole, 600),
        "bomb-that-lies": bomb(whole, 400, said=len(sheet_of(whole))),
        "entities": changed(whole, SHEET, "<worksheet", entity),
        "no-result": changed(formula, SHEET, "<v>7</v>", ""),
        "phonetic": changed(whole, SHARED, "<t>甲县</t>", phonetic),
        "strict": strict(whole),
        "truncated": whole[: len(whole) // 2],
        "tail-lost": whole[:-30],
        "password": secret,
        "no-sheet-part": renamed(whole, lambda name: name.replace("sheet1.xml", "sheet9.xml")),
        "no-cell-names": changed(
            changed(changed(whole, SHEET, ' r="A2"', ""), SHEET, ' r="B2"', ""),
            SHEET,
            ' r="C2"',
            "",
        ),
        "broken-xml": changed(whole, SHEET, "</row>", ""),
        "text-number-too-high": changed(whole, SHEET, "<v>1</v>", "<v>999</v>"),
        "figure-not-a-number": changed(whole, SHEET, "<v>20.5</v>", "<v>2O.5</v>"),
        "figure-with-comma": changed(whole, SHEET, "<v>20.5</v>", "<v>20,5</v>"),
        "not-finite": changed(whole, SHEET, "<v>20.5</v>", "<v>NaN</v>"),
        "backslashes": renamed(whole, lambda name: name.replace("/", "\\")),
        "a-letter": packed({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}),
        "binary": packed({"xl/workbook.bin": b"\x83\x01\x00", "[Content_Types].xml": b"<Types/>"}),
    }


def make(place: Path) -> None:
    """Write them."""
    for name, content in {**sheets_of_people(), **archives()}.items():
        (place / f"{name}.xlsx").write_bytes(content)
    (place / "macros.xlsm").write_bytes(book(TABLE))
