"""Write the hostile tables: csv files that git or an editor would change, and workbooks."""

from __future__ import annotations

from pathlib import Path

HEADER = "code,name,population,last_year\n"
ROWS = "0101,甲县,30,200\n0102,乙县,20.5,300\nNO,丙区,50,400\n"


def make(place: Path) -> None:
    """Write them into a folder. The same bytes every time."""
    table = HEADER + ROWS
    files: dict[str, bytes] = {
        "bom.csv": table.encode("utf-8-sig"),
        "gb18030.csv": table.encode("gb18030"),
        "crlf.csv": table.replace("\n", "\r\n").encode(),
        "nul.csv": table.replace("乙县", "乙\0县").encode(),
        "empty.csv": b"",
    }
    for name, content in files.items():
        (place / name).write_bytes(content)
