"""Write the hostile tables: csv files that git or an editor would change, workbooks, parquet."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from random import Random

from tests.hostile import make_ods, make_old_xls, make_parquet, make_workbooks
from tests.hostile.table_rows import EVERYWHERE, SCORES, TYPED, Row

HEADER = "code,name,population,last_year\n"
ROWS = "0101,甲县,30,200\n0102,乙县,20.5,300\nNO,丙区,50,400\n"
SMALL_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WEB_PAGE = "<html><body><table><tr><td>code</td></tr></table></body></html>"


def make(place: Path) -> None:
    """Write them into a folder. The same bytes every time."""
    for name, rows in EVERYWHERE.items():
        (place / f"{name}.csv").write_bytes(csv_bytes(rows))
        make_workbooks.write(place / f"{name}.xlsx", rows)
        make_ods.write(place / f"{name}.ods", rows)
    for name, rows in SCORES.items():
        (place / f"{name}.csv").write_bytes(csv_bytes(rows))
        make_workbooks.write(place / f"{name}.xlsx", rows)
    for name, rows in TYPED.items():
        make_parquet.write(place / f"{name}.parquet", rows)
    for name, content in odd_files().items():
        (place / name).write_bytes(content)
    make_workbooks.make(place)
    make_ods.make(place)
    make_parquet.make(place)
    make_old_xls.make(place)
    (place / "a-folder.csv").mkdir()


def csv_bytes(rows: list[Row]) -> bytes:
    """Return rows as a csv file, every row as wide as the widest."""
    text = io.StringIO()
    width = max((len(row) for row in rows), default=0)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().encode()


def odd_files() -> dict[str, bytes]:
    """Return files that are csv in their names."""
    table = HEADER + ROWS
    return {
        "bom.csv": table.encode("utf-8-sig"),
        "gb18030.csv": table.encode("gb18030"),
        "big5.csv": table.replace("县", "縣").replace("区", "區").encode("big5"),
        "latin-1.csv": table.replace("甲县", "P\xe9r\xff").encode("latin-1", "replace"),
        "utf-16.csv": table.encode("utf-16"),
        "utf-16-tabs.csv": table.replace(",", "\t").encode("utf-16"),
        "utf-16-without-bom.csv": table.encode("utf-16-le"),
        "utf-32.csv": table.encode("utf-32"),
        "half-a-letter.csv": table.encode("utf-8-sig").replace("乙".encode(), "乙".encode()[:2]),
        "crlf.csv": table.replace("\n", "\r\n").encode(),
        "lone-cr.csv": table.replace("\n", "\r").encode(),
        "mixed-ends.csv": table.replace("0102", "\r\n\r\r0102").encode(),
        "no-last-newline.csv": table.rstrip().encode(),
        "nul.csv": table.replace("乙县", "乙\0县").encode(),
        "nuls.csv": b"\0" * 600,
        "empty.csv": b"",
        "blank.csv": b"\n  \n,,,\n",
        "open-quote.csv": table.replace("乙县", '"乙县').encode(),
        "quote-inside.csv": table.replace("乙县", '"乙"县').encode(),
        "quoted-newline.csv": table.replace("population", '"popu\nlation"')
        .replace("name", '"na""me"', 1)
        .encode(),
        "quoted-header.csv": table.replace("population", '"人口\n（万人）"').encode(),
        "ragged.csv": (table + "0103,丁县,30\n0104,戊县,1,234,200\n").encode(),
        "thousands-unquoted.csv": (HEADER + "0101,甲县,1,234,200\n").encode(),
        "semicolons.csv": table.replace(",", ";").replace("20.5", "20,5").encode(),
        "tabs.csv": table.replace(",", "\t").encode(),
        "wide-commas.csv": table.replace(",", "，").encode(),
        "bars.csv": table.replace(",", "|").encode(),
        "title-and-semicolons.csv": ("附件 1\n" + table.replace(",", ";")).encode(),
        "sep-line.csv": ("sep=,\n" + table).encode(),
        "long-cell.csv": table.replace("乙县", "乙" * 200_000).encode(),
        "wide-row.csv": (table + "," * 200_000 + "1\n").encode(),
        "deep-header.csv": ("".join(f"第 {n} 行\n" for n in range(70)) + table).encode(),
        "named.xlsx": table.encode(),
        "a-workbook.csv": make_workbooks.book(EVERYWHERE["total"]),
        "pdf.csv": SMALL_PDF,
        "web-page.xls": WEB_PAGE.encode(),
        "web-page-utf-16.xls": WEB_PAGE.encode("utf-16"),
        "web-archive.xls": b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n",
        "xml-2003.xls": b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>',
        "packed.csv.gz": b"\x1f\x8b\x08\x00" + Random(3).randbytes(80),
        "random.csv": Random(4).randbytes(500),
        "random.xlsx": b"PK\x03\x04\x14\x00\x06\x00" + Random(5).randbytes(500),
        "random.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + Random(6).randbytes(2000),
    }
