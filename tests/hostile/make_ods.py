"""Write hostile ods files, by hand: LibreOffice is not everywhere."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.hostile.table_rows import DISTRICTS, HEADER, Row

MIME = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
)
THEN = (1980, 1, 1, 0, 0, 0)


def cell(value: object, more: str = "") -> str:
    """Return a cell; `more` are attributes."""
    if value == "":
        return f"<table:table-cell {more}/>"
    kind = "string" if isinstance(value, str) else "float"
    held = "" if kind == "string" else f" office:value={quoteattr(str(value))}"
    shown = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="{kind}"{held} {more}>{shown}</table:table-cell>'


def row(cells: Row, more: str = "") -> str:
    """Return a row."""
    return f"<table:table-row {more}>{''.join(map(cell, cells))}</table:table-row>"


def sheet(rows: str, name: str = "测算表") -> str:
    """Return a sheet."""
    return f'<table:table table:name="{name}">{rows}</table:table>'


def book(sheets: str, entry: str = "") -> bytes:
    """Return an ods file; `entry` stands in its list of contents."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}>'
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{MANIFEST}">{entry}</manifest:manifest>'
    parts = {"mimetype": MIME, "content.xml": content, "META-INF/manifest.xml": manifest}
    return packed({name: text.encode() for name, text in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    """Return an archive, the same bytes every time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, THEN)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return file.getvalue()


def write(path: Path, rows: list[Row]) -> None:
    """Write rows as an ods file."""
    path.write_bytes(book(sheet("".join(map(row, rows)))))


def make(place: Path) -> None:
    """Write the files that no other format has."""
    header, body = row(HEADER), "".join(map(row, DISTRICTS))
    percent = '<table:table-cell office:value-type="percentage" office:value="0.25">'
    first = f"{cell('0101')}{cell('甲县')}"
    files = {
        "far-repeat": sheet(
            header + body + row(["x", "", 1, 2], 'table:number-rows-repeated="9048000"')
        ),
        "blank-repeats": sheet(
            header + body + row(["", "", "", ""], 'table:number-rows-repeated="1048000"')
        ),
        "row-repeated": sheet(header + row(DISTRICTS[0], 'table:number-rows-repeated="3"')),
        "percent-of-people": sheet(
            f"{header}<table:table-row>{first}{percent}<text:p>25%</text:p></table:table-cell>"
            f"{cell(5)}</table:table-row>"
        ),
        "shown-in-thousands": sheet(
            f"{header}<table:table-row>{first}"
            '<table:table-cell office:value-type="float" office:value="300000">'
            f"<text:p>300</text:p></table:table-cell>{cell(5)}</table:table-row>"
        ),
        "header-rows-and-groups": sheet(
            f"<table:table-header-rows>{header}</table:table-header-rows>"
            f"<table:table-row-group>{body}</table:table-row-group>"
        ),
        "hidden-row": sheet(
            header + row(DISTRICTS[0]) + row(DISTRICTS[1], 'table:visibility="filter"')
        ),
        "comment-in-cell": sheet(
            f"{header}<table:table-row>{first}"
            '<table:table-cell office:value-type="float" office:value="30"><office:annotation>'
            "<text:p>去年 25</text:p></office:annotation><text:p>30</text:p></table:table-cell>"
            f"{cell(5)}</table:table-row>"
        ),
        "no-sheets": "",
    }
    for name, sheets in files.items():
        (place / f"{name}.ods").write_bytes(book(sheets))
    secret = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    (place / "password.ods").write_bytes(book(sheet(header), secret))
    whole = book(sheet(header + body))
    (place / "cut-short.ods").write_bytes(whole[:-60])
    (place / "not-xml.ods").write_bytes(packed({"mimetype": MIME.encode(), "content.xml": b"<a>"}))
