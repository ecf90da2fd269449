"""Write xls files of the oldest kind: a bare sheet, as old accounting programs still export."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.hostile.table_rows import DISTRICTS, HEADER, TOTAL, Row


def record(number: int, content: bytes) -> bytes:
    """Return a record of the stream."""
    return struct.pack("<HH", number, len(content)) + content


def stream(rows: list[Row]) -> bytes:
    """Return rows as Excel 2 wrote them, texts in GBK."""
    records = [record(0x0009, struct.pack("<HH", 2, 0x10)), record(0x0042, struct.pack("<H", 936))]
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            at = struct.pack("<HH", line, column) + bytes(3)
            if isinstance(value, str):
                text = value.encode("gbk")
                records.append(record(0x0004, at + bytes([len(text)]) + text))
            elif isinstance(value, (int, float)):
                records.append(record(0x0003, at + struct.pack("<d", value)))
    return b"".join([*records, record(0x000A, b"")])


def make(place: Path) -> None:
    """Write them."""
    whole = stream([HEADER, *DISTRICTS, TOTAL])
    (place / "excel-2.xls").write_bytes(whole)
    (place / "excel-2-cut-short.xls").write_bytes(whole[:60])
