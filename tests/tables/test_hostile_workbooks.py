"""Workbooks that were tampered with are refused, in good time and within some memory."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.fuzz import grids
from tests.good_time import within
from transfers.districts import Wanted, read_table
from transfers.errors import Fault, TableError

WANTED = Wanted(("code",), (("area_km2",),))
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET, SHARED, RELATIONS = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/_rels/workbook.xml.rels",
)
SECONDS = 20
LONG = "x" * 100_000


@pytest.fixture(autouse=True)
def in_good_time() -> object:
    with within(SECONDS):
        yield


def unpacked(ending: str = "xlsx") -> dict[str, str | bytes]:
    """Return the parts of a sound workbook."""
    whole = grids.ods(grids.plain()) if ending == "ods" else grids.xlsx(grids.plain(), shared=True)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def with_rows(rows: str) -> dict[str, str | bytes]:
    """Return the parts of a workbook with some rows below the others."""
    parts = unpacked()
    parts[SHEET] = str(parts[SHEET]).replace("</sheetData>", f"{rows}</sheetData>")
    return parts


def with_ods_rows(rows: str) -> dict[str, str | bytes]:
    parts = unpacked("ods")
    end = "</table:table>"
    parts["content.xml"] = str(parts["content.xml"]).replace(end, rows + end)
    return parts


def fault(path: Path, content: bytes) -> Fault:
    path = path / "t"
    path.write_bytes(content)
    with pytest.raises(TableError) as caught:
        read_table(path, WANTED)
    assert all(line.isprintable() for line in caught.value.lines("zh"))
    return caught.value.faults[0]


def test_the_workbook_itself_is_sound(tmp_path: Path) -> None:
    for ending in ("xlsx", "ods"):
        (tmp_path / ending).write_bytes(grids.packed(unpacked(ending)))
        assert len(read_table(tmp_path / ending, WANTED)) == 6


@pytest.mark.parametrize("cell", ["AAAAAAAAAAAA9", "A" * 100_000 + "9", "xfd9", "A-1", "9"])
def test_a_cell_that_is_nowhere_is_refused(cell: str, tmp_path: Path) -> None:
    parts = with_rows(f'<row><c r="{cell}"><v>1</v></c></row>')
    assert fault(tmp_path, grids.packed(parts)).code == "table.broken_workbook"


def test_a_row_inside_a_cell_does_not_move_it(tmp_path: Path) -> None:
    parts = with_rows('<row r="9"><c r="A9" t="e"><row r="1048577"/><v>#N/A</v></c></row>')
    assert fault(tmp_path, grids.packed(parts)).place.line != 1048577


def test_a_long_text_that_all_cells_share_is_refused(tmp_path: Path) -> None:
    parts = with_rows("<row>" + '<c t="s"><v>0</v></c>' * 8_000 + "</row>")
    parts[SHARED] = str(parts[SHARED]).replace(">code<", f">{LONG}<")
    assert fault(tmp_path, grids.packed(parts)).code == "table.unpacks"


def test_a_long_text_that_one_cell_has_is_read(tmp_path: Path) -> None:
    parts = with_rows("<row>" + '<c t="s"><v>1</v></c>' * 8_000 + "</row>")
    parts[SHARED] = str(parts[SHARED]).replace("</sst>", f"<si><t>{LONG}</t></si></sst>")
    (tmp_path / "t").write_bytes(grids.packed(parts))
    assert len(read_table(tmp_path / "t", WANTED)) == 7


OFTEN = 'table:number-rows-repeated="40000"'
WIDE = 'table:number-columns-repeated="100"'


@pytest.mark.parametrize(
    "cell",
    [
        f'office:value-type="string"><text:p>{LONG}</text:p>',
        f'office:value-type="string" office:string-value="{LONG}">',
        f'office:value-type="float" office:value="1" table:formula="of:={LONG}">',
        f'table:formula="of:={LONG}">',
        'office:value-type="string"><text:p><text:s text:c="99999"/></text:p>',
    ],
    ids=["text", "value", "formula", "formula_alone", "spaces"],
)
def test_a_long_cell_that_is_repeated_is_refused(cell: str, tmp_path: Path) -> None:
    row = f"<table:table-row {OFTEN}><table:table-cell {WIDE} {cell}</table:table-cell>"
    parts = with_ods_rows(row + "</table:table-row>")
    assert fault(tmp_path, grids.packed(parts)).code == "table.unpacks"


def test_spaces_without_end_are_refused(tmp_path: Path) -> None:
    spaces = '<text:s text:c="1000000000"/>' * 50
    cell = f'<table:table-cell office:value-type="string"><text:p>{spaces}</text:p>'
    parts = with_ods_rows(f"<table:table-row>{cell}</table:table-cell></table:table-row>")
    assert fault(tmp_path, grids.packed(parts)).code == "table.unpacks"


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_elements_without_end_are_refused(ending: str, tmp_path: Path) -> None:
    parts = unpacked(ending)
    parts["content.xml" if ending == "ods" else SHEET] = "<x>" * 50_000_000
    told = fault(tmp_path, grids.packed(parts))
    assert (told.code, "levels" in told.text("en")) == ("table.broken_workbook", True)


def test_merged_cells_without_end_are_refused(tmp_path: Path) -> None:
    parts = unpacked()
    merged = '<mergeCell ref="A1:B1"/>' * 1_000_001
    parts[SHEET] = str(parts[SHEET]).replace("<mergeCells>", f"<mergeCells>{merged}")
    assert "merged" in fault(tmp_path, grids.packed(parts)).text("en")


def test_a_document_type_in_another_encoding_is_refused(tmp_path: Path) -> None:
    parts = unpacked()
    sheet = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>' + str(parts[SHEET])
    parts[SHEET] = sheet.encode("utf-16")
    assert "DOCTYPE" in fault(tmp_path, grids.packed(parts)).text("en")


def test_the_endless_name_of_a_sheet_is_cut_where_it_is_told(tmp_path: Path) -> None:
    parts = with_rows('<row><c r="XFD1048576"><v>1</v></c></row>')
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("表", "表" * 10_000)
    place = fault(tmp_path, grids.packed(parts)).place
    assert place.sheet and len(str(place)) < len(str(tmp_path)) + 100


# -- archives ------------------------------------------------------------------------------------


def test_a_part_that_is_larger_than_it_is_said_to_be_is_read_no_further(tmp_path: Path) -> None:
    parts = unpacked()
    start = str(parts[SHARED]).encode()
    with_more = start.replace(b"</sst>", b" " * 200_000_000)
    packed = bytearray(grids.packed({**parts, SHARED: with_more}))
    # The central directory says that the part ends where it should, and what that would add up to.
    entry = packed.rfind(b"PK\1\2", 0, packed.rfind(SHARED.encode()))
    struct.pack_into("<I", packed, entry + 16, zlib.crc32(with_more[: len(start)]))
    struct.pack_into("<I", packed, entry + 24, len(start))
    assert fault(tmp_path, bytes(packed)).code == "table.broken_workbook"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_parts_packed_in_ways_that_hide_their_size_are_refused(method: int, tmp_path: Path) -> None:
    packed = grids.packed(unpacked(), method)
    assert "compression method" in fault(tmp_path, packed).text("en")


def test_a_part_in_two_spellings_is_refused(tmp_path: Path) -> None:
    parts = unpacked()
    parts[SHEET.upper()] = parts[SHEET]
    assert "two spellings" in fault(tmp_path, grids.packed(parts)).text("en")


def test_two_parts_for_one_sheet_are_refused(tmp_path: Path) -> None:
    parts = unpacked()
    other = str(parts[RELATIONS]).partition("<Relationship ")[2].partition("/>")[0]
    other = other.replace("sheet1", "sheet2")
    for end in ("</Relationships>",):
        text = str(parts[RELATIONS]).replace(end, f"<Relationship {other}/>{end}")
    parts[RELATIONS] = text
    assert fault(tmp_path, grids.packed(parts)).code == "table.broken_workbook"


def test_the_workbook_is_looked_for_in_one_place_only(tmp_path: Path) -> None:
    parts = unpacked()
    for name in [*parts]:
        if name.startswith("xl/"):
            parts["xl/y" + name[2:]] = parts[name]
    far = '<row><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/y/worksheets/sheet1.xml"] = str(parts[SHEET]).replace("</sheetData>", far)
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("xl/workbook", "xl/y/workbook")
    (tmp_path / "t").write_bytes(grids.packed(parts))
    assert len(read_table(tmp_path / "t", WANTED)) == 6
