"""What a workbook holds is read as it is shown; what cannot be read is named cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet

from tests.tables.bureau_table import converted
from transfers.districts import (
    InputSpec,
    NumberColumn,
    RawTable,
    TableSpec,
    Wanted,
    build_districts,
    read_table,
)
from transfers.districts.columns import read_column
from transfers.errors import Fault, TableError

WANTED = Wanted(("代码",), (("数",),))


def book(path: Path, *rows: tuple[object, ...]) -> Worksheet:
    """Make a workbook with one sheet; returns the sheet, to be saved by `save`."""
    sheet = openpyxl.Workbook().active
    assert isinstance(sheet, Worksheet)
    sheet.title = "表"
    for row in [("代码", "数"), *rows]:
        sheet.append(row)
    return sheet


def save(sheet: Worksheet, path: Path) -> Path:
    assert sheet.parent is not None
    sheet.parent.save(path)
    return path


def faults(path: Path, wanted: Wanted = WANTED) -> list[Fault]:
    with pytest.raises(TableError) as caught:
        read_table(path, wanted)
    for language in ("zh", "en"):
        assert not any("{" in line for line in caught.value.lines(language))
    return list(caught.value.faults)


def texts(raw: RawTable) -> list[tuple[str, ...]]:
    return [raw.row(index) for index in range(len(raw))]


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_percentages_zeros_and_errors_are_read_as_shown(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "t.xlsx"
    out = xlsxwriter.Workbook(str(path))
    sheet = out.add_worksheet("表")
    sheet.write_row(0, 0, ["代码", "数"])
    sheet.write_number(1, 0, 101, out.add_format({"num_format": "0000"}))
    sheet.write_number(1, 1, 0.255, out.add_format({"num_format": "0.0%"}))
    sheet.write_string(2, 0, "0102")
    sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    sheet.write_number(3, 0, 103)
    sheet.write_number(3, 1, 0.1 + 0.2, out.add_format({"num_format": "#,##0.00"}))
    out.close()
    raw = read_table(path if ending == "xlsx" else converted(path, ending), WANTED)
    assert raw.encoding == ending
    assert texts(raw) == [("0101", "25.5%"), ("0102", "#DIV/0!"), ("103", "0.3")]
    assert str(raw.place(0, 1)).endswith(f".{ending}:表!B2")


def test_a_figure_of_sixteen_digits_is_exact_and_a_key_of_them_is_refused(tmp_path: Path) -> None:
    sheet = book(tmp_path, ("1", 1234567890123456), (1234567890123456, 2))
    raw = read_table(save(sheet, tmp_path / "t.xlsx"), WANTED)
    asked = InputSpec("x", ("数",))
    column, faults_, _ = read_column(raw.columns[1], asked)
    assert isinstance(column, NumberColumn)
    assert (column.fractions()[0], faults_) == (Fraction(1234567890123456), [])
    spec = TableSpec("t.xlsx", ("代码",))
    with pytest.raises(TableError) as caught:
        build_districts(raw, [], spec, [asked])
    assert [f.code for f in caught.value.faults] == ["table.key_rounded"]


def test_a_formula_without_a_result_is_no_missing_figure(tmp_path: Path) -> None:
    raw = read_table(save(book(tmp_path, ("1", "=1+1"), ("2", None)), tmp_path / "t.xlsx"), WANTED)
    assert texts(raw) == [("1", "="), ("2", "")]
    assert raw.unread == {(2, 2): "table.no_result"}


def test_a_cell_far_out_is_refused_before_it_is_laid_out(tmp_path: Path) -> None:
    sheet = book(tmp_path, ("1", 2))
    sheet["XFD1048576"] = 1
    (fault,) = faults(save(sheet, tmp_path / "t.xlsx"))
    assert fault.code == "table.far_cell"
    assert str(fault.place).endswith("t.xlsx:表!XFD1048576")


def test_a_format_far_out_does_no_harm(tmp_path: Path) -> None:
    sheet = book(tmp_path, ("1", 2))
    sheet["XFD1048576"].number_format = "0%"
    assert texts(read_table(save(sheet, tmp_path / "t.xlsx"), WANTED)) == [("1", "2")]


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change a part of an archive."""
    out = path.with_name(f"changed_{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename == part else data)
    return out


def test_an_ods_cell_repeated_to_the_edge_of_the_sheet_is_refused(tmp_path: Path) -> None:
    path = converted(save(book(tmp_path, ("1", 2)), tmp_path / "t.xlsx"), "ods")
    cell = b'office:value="2"'

    def wide(data: bytes) -> bytes:
        return data.replace(cell, b'table:number-columns-repeated="16383" ' + cell)

    def long(data: bytes) -> bytes:
        row = data.rindex(b"<table:table-row", 0, data.index(cell)) + len(b"<table:table-row")
        return data[:row] + b' table:number-rows-repeated="99999"' + data[row:]

    path = changed(path, "content.xml", wide)
    assert len(read_table(path, WANTED).columns) == 2
    (fault,) = faults(changed(path, "content.xml", long))
    assert fault.code == "table.far_cell"


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = save(book(tmp_path, ("1", 2)), tmp_path / "t.xlsx")
    bomb = changed(path, "xl/styles.xml", lambda data: data + b" " * 310_000_000)
    assert bomb.stat().st_size < 1_000_000
    (fault,) = faults(bomb)
    assert fault.code == "table.unpacks"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused_in_every_part(tmp_path: Path, part: str) -> None:
    path = save(book(tmp_path, ("1", 2)), tmp_path / "t.xlsx")
    declared = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

    def change(data: bytes) -> bytes:
        head, mark, rest = data.rpartition(b"?>")
        return head + mark + declared + rest

    (fault,) = faults(changed(path, part, change))
    assert (fault.code, fault.values["part"]) == ("table.entities", part)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("t.xlsx", b"PK\x03\x04 and then nothing", "broken_workbook"),
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "broken_workbook"),
        ("t.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
        ("t.xls", b'<?xml version="1.0"?><Workbook/>', "web_page"),
        ("t.parquet", b"PAR1 and then nothing", "broken_parquet"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "password"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_workbook_is_refused_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (fault,) = faults(tmp_path / name)
    assert fault.code == f"table.{code}"


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("d.csv", "代码,数\n1,2\n")
    (tmp_path / "t.zip").write_bytes(packed.getvalue())
    assert faults(tmp_path / "t.zip")[0].code == "table.other_archive"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_part_of_a_workbook_is_refused(tmp_path: Path, part: float) -> None:
    path = save(book(tmp_path, ("1", 2)), tmp_path / "t.xlsx")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    assert faults(path)[0].code == "table.broken_workbook"


class TestSheets:
    def several(self, folder: Path) -> Path:
        sheet = book(folder, ("1", 2))
        out = sheet.parent
        assert out is not None
        for title, state in (("旧表", "hidden"), ("附表", "visible"), ("说明", "visible")):
            other = out.create_sheet(title, 0)
            other.sheet_state = state
            other.append(["代码", "数"] if title != "说明" else ["说明文字"])
            other.append([title, "9"] if title != "说明" else ["第一行"])
        return save(sheet, folder / "t.xlsx")

    def test_the_first_visible_sheet_that_fits_is_taken_and_the_others_named(
        self, tmp_path: Path
    ) -> None:
        raw = read_table(self.several(tmp_path), WANTED)
        assert (raw.sheet, raw.other_sheets) == ("附表", ("表",))

    @pytest.mark.parametrize(("wanted", "found"), [("旧表", "旧表"), ("4", "表")])
    def test_a_sheet_may_be_named_or_counted(self, tmp_path: Path, wanted: str, found: str) -> None:
        asked = Wanted(WANTED.key, WANTED.columns, sheet=wanted)
        assert read_table(self.several(tmp_path), asked).sheet == found

    def test_a_sheet_that_is_not_there_is_named_with_those_that_are(self, tmp_path: Path) -> None:
        asked = Wanted(WANTED.key, WANTED.columns, sheet="无此表")
        (fault,) = faults(self.several(tmp_path), asked)
        assert "有：说明、附表、旧表、表" in fault.text("zh")
