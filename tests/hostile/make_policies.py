"""Write the hostile policies that git or an editor would change, or that are too large to keep."""

from __future__ import annotations

from pathlib import Path
from random import Random


def make(place: Path) -> None:
    """Write them into a folder where ``base.yaml`` stands. The same bytes every time."""
    base = (place / "base.yaml").read_text(encoding="utf-8")
    faulty = base.replace("pool: remainder", "pol: remainder")
    files: dict[str, bytes] = {
        "bom": base.encode("utf-8-sig"),
        "crlf": base.replace("\n", "\r\n").encode(),
        "cr": base.replace("\n", "\r").encode(),
        "crlf-fault": faulty.replace("\n", "\r\n").encode(),
        "no-last-newline": base.rstrip("\n").encode(),
        "gb18030": base.encode("gb18030"),
        "utf-16": base.encode("utf-16"),
        "utf-16-without-bom": base.encode("utf-16-le"),
        "latin-1": b"policy: p\ntitle: P\xe9r\xe9quation\xff\xff\n",
        "nul": base.replace("remainder", "remain\0der").encode(),
        "six-megabytes": (base + "# " + "x" * 6_000_000 + "\n").encode(),
        "workbook": b"PK\x03\x04\x14\x00\x06\x00" + Random(1).randbytes(500),
        "random": Random(2).randbytes(500),
    }
    for name, content in files.items():
        (place / f"{name}.yaml").write_bytes(content)
    (place / "a-folder.yaml").mkdir()
