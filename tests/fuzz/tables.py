"""Tables in every format, damaged: bytes, the parts of archives, the XML inside them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pyarrow
import pyarrow.parquet

from tests.fuzz import grids
from tests.fuzz.grids import Grids

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(__file__).resolve().parent / "seeds"
Bytes = tuple[str, bytes]

# fmt: off
NUMBERS = (
    "0", "-1", "1", "2", "3", "9", "14", "16", "61", "255", "1048576", "1048577", "16384",
    "4294967295", "4294967296", "2147483648", "-2147483649", "99999999999999999999", "1e9",
    "1e400", "-1e400", "NaN", "inf", "0x10", "", " ", "+5", "５", "A1", "XFD1048576", "A0", "A-1",
    "AAAAAAAAAAAA9", "1A", "A1:B2", "A1:XFD1048576", "B2:A1", "9" * 5000, "A" * 5000, "1.5", "1,5",
    "true", "0,0", "\u0661",
)
NAMES = (
    "n", "s", "str", "inlineStr", "e", "b", "d", "x", "float", "percentage", "date", "time",
    "boolean", "string", "currency", "error", "void", "rId1", "rId9", "../x.xml",
    "/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml", "veryHidden", "hidden", "0%", "0.00%",
    "yyyy-mm-dd", '"', "[$-F800]", "0000", '[>=100]0%;"x"', "[", "\\", "@", ";;;", "General%",
    "of:=1/0", "PT99H", "2026-13-45", "99999-01-01", "-0001-01-01", "2026-01-01T25:61:61",
    "1899-12-30", "PT0H0M0S", "&amp;", "&lt;", "&#0;", "&#xD800;", "&e;",
)
INSERTED = (
    "<c/>", '<c r="B3"/>', '<c t="s"><v>99999</v></c>', '<c t="s"><v>-1</v></c>', "<v>1</v>",
    "<row/>", '<row r="1048577"/>', '<mergeCell ref="A1:XFD1048576"/>', '<mergeCell ref="A1"/>',
    "<is><t>x</t></is>", "<f>A1</f>", '<f t="shared" si="0"/>',
    '<f t="shared" si="0" ref="A1:ZZ99999">A1</f>', "<si/>", "<t/>", "<!-- x -->", "<![CDATA[x]]>",
    "<?x?>", "<a>", "</a>", "<r><t>x</t></r>", "<rPh><t>x</t></rPh>",
    '<c r="C4" t="d"><v>2026-01-01</v></c>', '<c r="C4" t="e"><v>#N/A</v></c>',
    "<table:table-row/>", '<c r="C4" s="4294967296"><v>1e308</v></c>',
    '<dimension ref="A1:XFD1048576"/>', '<dimension ref="B9:A1"/>', "<table:table-cell/>",
    "<table:covered-table-cell/>", "<table:table/>", "<text:p>x</text:p>", "<text:s/>",
    '<text:s text:c="99999999999"/>', '<office:annotation><text:p>x</text:p></office:annotation>',
    '<xf numFmtId="10"/>', '<xf/>', '<numFmt numFmtId="9" formatCode="x"/>',
    '<workbookPr date1904="1"/>', '<sheet name="表" sheetId="1" r:id="rId1"/>', '<sheet/>',
    "<tableParts/>", "<pivotCacheDefinition/>",
)
LETTERS = (
    "\0", "\x1b", "\x85", "\xa0", "\u3000", "\ufeff", "\u2028", "\ud800", '"', '""', "'", ",", ";",
    "\t", "\n", "\r", "\r\n", "，", "=", "+", "@", "%", "万", "９", ",,,", "\n\n", '"\n"', "é",
    "𠀀", "-", "—", " ",
)
# fmt: on


@cache
def seeds(ending: str) -> tuple[bytes, ...]:
    """Return whole tables of one format."""
    grid = grids.plain()
    if ending == "csv":
        example = (ROOT / "examples/jiangmen/districts.csv").read_bytes()
        return (example, grids.csv_text(grid).encode(), grids.csv_text(grid, quoting=1).encode())
    if ending == "parquet":
        table = pyarrow.table(grids.frame_columns(grid))
        return (_parquet(table), _parquet(table, compression="none", store_schema=False),
                _parquet(table, compression="none", store_schema=False, use_dictionary=False),
                _parquet(table, compression="zstd", data_page_version="2.0"))  # fmt: skip
    real = (SEEDS / f"bureau.{ending}").read_bytes()
    if ending == "xlsx":
        return (real, grids.xlsx(grid), grids.xlsx(grid, shared=True))
    return (real, grids.ods(grid)) if ending == "ods" else (real,)


def _parquet(table: pyarrow.Table, **how: object) -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out, **how)
    return out.getvalue()


class Tables:
    """Makes tables and damages them, with a source of chance."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def any(self) -> Bytes:
        """Return a table and what it was meant to be: ``csv``, ``xlsx``, ..."""
        kind = self.rng.random()
        if kind < 0.3:
            return self.grid()
        if kind < 0.48:
            return "xls", self.flipped(self.rng.choice(seeds("xls")))
        if kind < 0.6:
            return "parquet", self.parquet()
        if kind < 0.7:
            return "csv", self.csv(self.rng.choice(seeds("csv")))
        ending = self.rng.choice(("xlsx", "xlsx", "ods"))
        whole = self.rng.choice(seeds(ending))
        if self.rng.random() < 0.2:
            return ending, self.flipped(whole)
        return ending, self.archive(whole)

    def grid(self) -> Bytes:
        """Return a random grid in some format, sometimes damaged as well."""
        rng = self.rng
        grid, merged = Grids(rng).any()
        ending = rng.choice(("csv", "xlsx", "ods"))
        if ending == "csv":
            how = {"delimiter": rng.choice((",", ",", ";", "\t")), "quoting": rng.choice((0, 1))}
            rows = grid if rng.random() < 0.2 else grids.squared(grid)
            content = self._encoded(grids.csv_text(rows, **how))
            return ending, self.csv(content) if rng.random() < 0.2 else content
        shared = rng.random() < 0.5
        whole = grids.xlsx(grid, merged, shared=shared) if ending == "xlsx" else None
        content = grids.ods(grid, merged) if whole is None else whole
        return ending, self.archive(content) if rng.random() < 0.2 else content

    def _encoded(self, text: str) -> bytes:
        kinds = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "cp1252", "big5")
        return text.encode(self.rng.choice(kinds), "replace")

    def csv(self, content: bytes) -> bytes:
        """Damage a csv file."""
        rng = self.rng
        if rng.random() < 0.4:
            return self.flipped(content)
        text = content.decode("utf-8", "replace")
        for _ in range(rng.choice((1, 1, 2, 4))):
            at = rng.randint(0, len(text))
            wide = rng.choice((0, 0, 1, 5, 50))
            put = rng.choice(LETTERS) * rng.choice((1, 1, 1, 2, 300))
            text = text[:at] + put + text[at + wide :]
        text = text.encode("utf-8", "replace").decode()
        return self._encoded(text) if rng.random() < 0.3 else text.encode()

    def parquet(self) -> bytes:
        """Damage a parquet file: mostly what it says of itself at its end."""
        whole = self.rng.choice(seeds("parquet"))
        if self.rng.random() < 0.3:
            return self.flipped(whole)
        size = int.from_bytes(whole[-8:-4], "little")
        return whole[: -8 - size] + self.flipped(whole[-8 - size : -8], cut=False) + whole[-8:]

    def flipped(self, content: bytes, *, cut: bool = True) -> bytes:
        """Damage some bytes."""
        rng = self.rng
        data = bytearray(content)
        for _ in range(rng.choice((1, 1, 2, 4, 16))):
            at = rng.randint(0, max(len(data) - 1, 0))
            kind = rng.randrange(7)
            if kind == 0:
                data[at : at + 1] = rng.randbytes(1)
            elif kind == 1 and data:
                data[at] ^= 1 << rng.randrange(8)
            elif kind == 2:
                data[at : at + 4] = rng.choice((b"\0" * 4, b"\xff" * 4, b"\xff\xff\xff\x7f"))
            elif kind == 3:
                data[at : at + 2] = rng.choice((b"\0\0", b"\xff\xff", b"\xff\x7f", b"\1\0"))
            elif kind == 4 and cut:
                other = rng.randint(0, len(data))
                data[at : at + rng.choice((1, 9, 80))] = data[
                    other : other + rng.choice((0, 9, 80))
                ]
            elif kind == 5 and cut and rng.random() < 0.3:
                del data[at:]
            elif kind == 6:
                data[at : at + 1] = bytes([rng.choice((0, 1, 0x7F, 0x80, 0xFF))])
        return bytes(data)

    def archive(self, content: bytes) -> bytes:
        """Damage the parts of an archive, or how they are packed."""
        rng = self.rng
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for _ in range(rng.choice((1, 1, 2, 3, 8))):
            name = rng.choice(list(parts))
            kind = rng.random()
            if kind < 0.06:
                del parts[name]
                parts[rng.choice((name.upper(), name.replace("/", "\\"), "x"))] = b""
            elif kind < 0.12:
                parts[name] = parts[rng.choice(list(parts))]
            elif kind < 0.18:
                parts[name] = self.flipped(parts[name])
            else:
                parts[name] = self.xml(parts[name])
        method = rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
        return grids.packed(parts, method)

    def xml(self, content: bytes) -> bytes:
        """Change attributes, texts and elements of a part."""
        text = content.decode("utf-8", "replace")
        changes: tuple[Callable[[str], str], ...] = (
            self._attribute, self._attribute, self._attribute, self._text, self._element,
            self._inserted, self._name, self._nested,
        )  # fmt: skip
        for _ in range(self.rng.choice((1, 1, 2, 4))):
            text = self.rng.choice(changes)(text)[:3_000_000]
        return text.encode("utf-8", "replace")

    def _value(self) -> str:
        return self.rng.choice(self.rng.choice((NUMBERS, NAMES)))

    def _attribute(self, text: str) -> str:
        found = [m.span(1) for m in re.finditer(r'="([^"]*)"', text)]
        return self._put(text, found, self._value().replace('"', "&quot;"))

    def _text(self, text: str) -> str:
        return self._put(text, [m.span(1) for m in re.finditer(r">([^<>]+)<", text)], self._value())

    def _name(self, text: str) -> str:
        found = [m.span(1) for m in re.finditer(r"[< ]([\w:-]+)[ =>]", text)]
        names = ("c", "v", "f", "row", "x", "table:number-rows-repeated", "r", "t", "office:value",
                 "table:number-columns-repeated", "office:value-type", "table:formula")  # fmt: skip
        return self._put(text, found, self.rng.choice(names))

    def _inserted(self, text: str) -> str:
        found = [(m.end(), m.end()) for m in re.finditer(">", text)]
        return self._put(text, found, self.rng.choice(INSERTED))

    def _element(self, text: str) -> str:
        """Take out, double or move an element."""
        found = [m.span() for m in re.finditer(r"<([\w:]+)[^<>]*(/>|>[^<>]*</\1>)", text)]
        if not found:
            return text
        start, end = self.rng.choice(found)
        taken = text[start:end]
        kind = self.rng.randrange(3)
        if kind == 0:
            return text[:start] + text[end:]
        if kind == 1:
            return text[:end] + taken * self.rng.choice((1, 3, 500)) + text[end:]
        return self._put(text, [self.rng.choice(found)], taken)

    def _nested(self, text: str) -> str:
        if self.rng.random() < 0.9:
            return text
        deep = self.rng.choice((10, 1_000, 100_000))
        name = self.rng.choice(("x", "c", "table:table", "table:table-cell", "text:p", "is"))
        found = [(m.end(), m.end()) for m in re.finditer(">", text)]
        return self._put(text, found, f"<{name}>" * deep + f"</{name}>" * deep)

    def _put(self, text: str, found: list[tuple[int, int]], put: str) -> str:
        if not found:
            return text
        start, end = self.rng.choice(found)
        return text[:start] + put + text[end:]
