"""Workbooks as sheets of texts: xlsx, ods, xls, and et, which is an xls by another name."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from transfers.districts.faults import reason_of, refuse, stumbled
from transfers.districts.sheet import Merged, TextSheet
from transfers.districts.workbook_cells import (
    MOST_CELLS,
    Marks,
    kinds_of_formats,
    refuse_far,
    shows_otherwise,
    texts_of,
)
from transfers.errors import TableError

if TYPE_CHECKING:
    import xlrd

MOST_BYTES: Final = 100_000_000
"""Of a workbook, packed."""

_MOST_OF_MANIFEST: Final = 1_000_000

ZIP: Final = b"PK\x03\x04"
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(data: bytes) -> bool:
    """Tell by its first bytes whether a file is a workbook, whatever it is called."""
    return data.startswith((ZIP, COMPOUND))


def read_workbook(file: str, data: bytes, wanted: str | None = None) -> Iterator[TextSheet]:
    """Yield the visible sheets of a workbook, or the one that is wanted by its name or number.

    Raises
    ------
    TableError
        The file is no workbook that can be read, is protected by a password, too large, or has
        no such sheet.
    """
    if len(data) > MOST_BYTES:
        refuse("table.too_large", file, megabytes=MOST_BYTES // 1_000_000)
    sheets = _zip_sheets if data.startswith(ZIP) else _compound_sheets
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        yield from sheets(file, data, sha256, wanted)
    except TableError:
        raise
    except MemoryError:
        refuse("table.unpacks", file, megabytes=MOST_BYTES // 1_000_000)
    except BaseException as error:
        # Whatever a broken file makes the readers stumble over, its owner can only save it again.
        if not stumbled(error):
            raise
        refuse("table.broken_workbook", file, reason=reason_of(error))


def _chosen(file: str, sheets: dict[str, bool], wanted: str | None) -> list[str]:
    """Return the sheets to look into: the wanted one, else all that are visible."""
    if wanted is None:
        return [name for name, visible in sheets.items() if visible] or list(sheets)
    names = list(sheets)
    if wanted in sheets:
        return [wanted]
    if wanted.isdecimal() and 0 < int(wanted) <= len(names):
        return [names[int(wanted) - 1]]
    refuse("table.no_sheet", file, sheet=wanted, sheets=tuple(names))


# -- xlsx and ods --------------------------------------------------------------------------------


def _zip_sheets(file: str, data: bytes, sha256: str, wanted: str | None) -> Iterator[TextSheet]:
    import python_calamine

    from transfers.districts import workbook_parts, workbook_xml

    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = set(archive.namelist())
    if "xl/workbook.bin" in parts:
        refuse("table.xlsb", file)
    manifest = "META-INF/manifest.xml"
    if manifest in parts and b"encryption-data" in archive.open(manifest).read(_MOST_OF_MANIFEST):
        refuse("table.password", file)
    if not parts & {"xl/workbook.xml", "content.xml"}:
        refuse("table.other_archive", file)
    held, raised = workbook_parts.checked_copy(file, archive)
    archive = zipfile.ZipFile(held)
    is_xlsx = "xl/workbook.xml" in parts
    all_marks: dict[str, Marks] = {}
    shared = workbook_xml.xlsx_book(archive, raised) if is_xlsx else None
    if shared is None:
        from transfers.districts.workbook_ods import ods_marks

        all_marks = ods_marks(file, archive)
    held.seek(0)
    book = python_calamine.CalamineWorkbook.from_filelike(held)
    visible = {
        sheet.name: sheet.visible == python_calamine.SheetVisibleEnum.Visible
        for sheet in book.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    }
    for name in _chosen(file, visible, wanted):
        if shared is not None:
            marks = workbook_xml.xlsx_marks(file, archive, name, shared)
        else:
            marks = all_marks.get(name, Marks())
        sheet = book.get_sheet_by_name(name)
        rows: Any = sheet.to_python(skip_empty_area=False)
        yield _text_sheet(file, name, "xlsx" if is_xlsx else "ods", sha256, rows, marks)


def _text_sheet(
    file: str, name: str, encoding: str, sha256: str, rows: Any, marks: Marks
) -> TextSheet:
    merged = tuple(marks.merged)
    texts = texts_of(rows, marks)
    return TextSheet(file, texts, name, encoding, sha256, merged, marks.unread, marks.looks)


# -- xls and et ----------------------------------------------------------------------------------


def _compound_sheets(
    file: str, data: bytes, sha256: str, wanted: str | None
) -> Iterator[TextSheet]:
    import xlrd

    if "EncryptedPackage".encode("utf-16-le") in data:
        refuse("table.password", file)
    try:
        book = xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), formatting_info=True, on_demand=True
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            refuse("table.password", file)
        if "find workbook" in str(error).lower():
            refuse("table.other_archive", file)
        raise
    visible = {
        name: visibility == 0
        for name, visibility in zip(book.sheet_names(), book._sheet_visibility, strict=True)
    }
    for name in _chosen(file, visible, wanted):
        sheet = book.sheet_by_name(name)
        if sheet.nrows * sheet.ncols > MOST_CELLS:
            refuse_far(file, name, sheet.nrows, sheet.ncols)
        rows, marks = _xls_cells(book, sheet)
        yield _text_sheet(file, name, "xls", sha256, rows, marks)
        book.unload_sheet(name)


def _xls_cells(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> tuple[list[list[object]], Marks]:
    """Return the values of a sheet, and what they do not tell."""
    import xlrd

    codes = {
        index: book.format_map[style.format_key].format_str
        for index, style in enumerate(book.xf_list)
    }
    formats = kinds_of_formats(codes)
    marks = Marks()
    marks.hidden_lines = {line + 1 for line, row in sheet.rowinfo_map.items() if row.hidden}
    hidden = [column + 1 for column, info in sheet.colinfo_map.items() if info.hidden]
    marks.hidden_columns = [(column, column) for column in hidden]
    shown = {index: code for index, code in codes.items() if shows_otherwise(code)}
    rows: list[list[object]] = []
    for line in range(1, sheet.nrows + 1):
        row: list[object] = []
        for column, cell in enumerate(sheet.row(line - 1), start=1):
            value: object = cell.value
            if cell.ctype == xlrd.XL_CELL_ERROR:
                marks.errors[line, column] = xlrd.error_text_from_code.get(value, "#ERR")
                value = ""
            elif cell.ctype == xlrd.XL_CELL_DATE:
                value = xlrd.xldate_as_datetime(value, book.datemode)
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                value = bool(value)
            elif cell.ctype == xlrd.XL_CELL_NUMBER:
                if cell.xf_index in formats:
                    marks.formats[line, column] = formats[cell.xf_index]
                if cell.xf_index in shown:
                    marks.shown[line, column] = shown[cell.xf_index]
            row.append(value)
        rows.append(row)
    # xlrd ends ranges after their last cell and counts from 0.
    marks.merged = [
        Merged(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
    ]
    return rows, marks
