"""Grids of cells as people fill them, and how they are written in every format.

The workbooks are written by hand, small and plain: what a spreadsheet program makes of a table is
among the seeds of :mod:`tests.fuzz.tables`.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from random import Random
from xml.sax.saxutils import escape, quoteattr

from transfers.districts.sheet import Merged

Value = str | float | int | bool | None
Grid = list[list[Value]]

HEADER = ("code", "name", "resident_population_wan", "area_km2", "towns", "revenue_yi", "tier",
          "last_year_wan")  # fmt: skip
CITY = (
    ("440703", "蓬江区", 85.3, 324.0, 6.0, 17.84, "C", 260.0),
    ("440704", "江海区", 36.5, 109.0, 3.0, 7.42, "C", 120.0),
    ("440705", "新会区", 90.9, 1355.0, 11.0, 18.12, "B", 470.0),
    ("440781", "台山市", 90.7, 3286.0, 17.0, 10.07, "A", 1080.0),
    ("440783", "开平市", 74.9, 1659.0, 15.0, 9.53, "A", 700.0),
    ("440784", "鹤山市", 53.1, 1083.0, 10.0, 11.27, "B", 330.0),
)
# fmt: off
ODD: tuple[Value, ...] = (
    None, "", " ", "-", "—", "……", "#N/A", "#DIV/0!", "0", "合计", "小计", "其中：", "一、",
    "注：见附件", "单位：万元", "万元", "元", "亿元", "人/万人", "1,234", "１２３", "(5)", "5%",
    "12万", "1e5", "1e999", "NaN", "inf", "-0", "'5", "=1+1", "@x", "A", "是", "440703", "=",
    "\u3000", "\ufeff", "\u202e表", "甲\n乙", "a,b", '"', '""', "x" * 300, "名" * 200_000, "\x01",
    "\x1b[2J", "\u2028", "ﺀ", "𠀀", "e\u0301", 0.0, -0.0, 0.1 + 0.2, 1e-320, 1e308, -1.5, 1e15,
    2**53 + 1, 10**25, 440703, 440703.0, True, False, float("nan"), float("inf"), "2026-01-01",
    "1:30", "栏次", "甲", "1", "2", "3", "A=B+C",
)
# fmt: on


def plain() -> Grid:
    """Return a small sound table for the policy of the example."""
    return [list(HEADER), *(list(row) for row in CITY)]


class Grids:
    """Makes grids, with a source of chance."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def any(self) -> tuple[Grid, list[Merged]]:
        """Return a table under titles and above notes, with some of it turned odd."""
        rng = self.rng
        grid = plain()
        if rng.random() < 0.05:
            width = rng.choice((0, 1, 3, 30, 300))
            return [self._odd_row(width) for _ in range(rng.choice((0, 1, 2, 70)))], self._merged()
        changes = (self._put_cell, self._put_cell, self._put_row, self._put_column, self._decorate,
                   self._move, self._repeat, self._title)  # fmt: skip
        for _ in range(rng.choice((0, 1, 2, 3, 5, 9))):
            rng.choice(changes)(grid)
        return grid, self._merged() if rng.random() < 0.4 else []

    def _odd_row(self, width: int) -> list[Value]:
        return [self._odd() for _ in range(width)]

    def _odd(self) -> Value:
        value = self.rng.choice(ODD)
        # The endless cell is rarely worth its time.
        return value if len(str(value)) < 10_000 or self.rng.random() < 0.05 else "长"

    def _put_cell(self, grid: Grid) -> None:
        row = self.rng.choice(grid)
        if row:
            row[self.rng.randrange(len(row))] = self._odd()

    def _put_row(self, grid: Grid) -> None:
        kinds = (0, 1, 2, len(HEADER), 40)
        grid.insert(self.rng.randint(0, len(grid)), self._odd_row(self.rng.choice(kinds)))

    def _put_column(self, grid: Grid) -> None:
        at = self.rng.randint(0, len(HEADER))
        value = self._odd()
        for row in grid:
            row[at:at] = [value if self.rng.random() < 0.8 else self._odd()]

    def _decorate(self, grid: Grid) -> None:
        label = self.rng.choice(("合计", "小计", "总计", "市区", "total", ""))
        sums: list[Value] = [label, label]
        for column in range(2, len(HEADER)):
            figures = [row[column] for row in grid if column < len(row)]
            numbers = [x for x in figures if isinstance(x, float)]
            sums.append(sum(numbers) if numbers and self.rng.random() < 0.8 else None)
        grid.insert(self.rng.randint(1, len(grid)), sums)

    def _move(self, grid: Grid) -> None:
        grid.insert(self.rng.randrange(len(grid)), grid.pop(self.rng.randrange(len(grid))))

    def _repeat(self, grid: Grid) -> None:
        row = list(self.rng.choice(grid))
        grid[self.rng.randrange(len(grid)) :] += [row] * self.rng.choice((1, 2, 100))

    def _title(self, grid: Grid) -> None:
        for text in ("测算表", "单位：万元", "")[: self.rng.randint(1, 3)]:
            grid.insert(0, [None] * self.rng.choice((0, 0, 3)) + [text])

    def _merged(self) -> list[Merged]:
        number = self.rng.choice((1, 2, 5))
        return [
            Merged(*(self.rng.choice((1, 1, 2, 3, 8, 70, 1_048_576, 10**12)) for _ in range(4)))
            for _ in range(number)
        ]


# -- writers -------------------------------------------------------------------------------------


def csv_text(grid: Grid, **how: object) -> str:
    """Write a grid as csv."""
    out = io.StringIO(newline="")
    csv.writer(out, **how).writerows(  # type: ignore[arg-type]
        ["" if value is None else value for value in row] for row in grid
    )
    return out.getvalue()


def squared(grid: Grid) -> Grid:
    """Give all rows the same number of cells."""
    width = max(map(len, grid), default=0)
    return [[*row, *[None] * (width - len(row))] for row in grid]


def frame_columns(grid: Grid) -> dict[str, list[Value]]:
    """Return a grid as the columns of a frame, under names that differ."""
    names: dict[str, list[Value]] = {}
    rows = squared(grid)
    for index, name in enumerate(rows[0] if rows else ()):
        text = str(name or "")
        names[text if text not in names else f"{text}.{index}"] = [row[index] for row in rows[1:]]
    return names


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack the parts of a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def column_letters(number: int) -> str:
    """Return the letters of a column, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def xlsx(grid: Grid, merged: Sequence[Merged] = (), *, shared: bool = False) -> bytes:
    """Write a grid as an xlsx file."""
    texts: list[str] = []
    rows = []
    for line, row in enumerate(grid, start=1):
        cells = []
        for column, value in enumerate(row, start=1):
            at = f'r="{column_letters(column)}{line}"'
            if isinstance(value, bool):
                cells.append(f'<c {at} t="b"><v>{int(value)}</v></c>')
            elif isinstance(value, str):
                text = f'<t xml:space="preserve">{_xml(value)}</t>'
                kind, inside = ("inlineStr", f"<is>{text}</is>")
                if shared:
                    kind, inside = "s", f"<v>{len(texts)}</v>"
                    texts.append(f"<si>{text}</si>")
                cells.append(f'<c {at} t="{kind}">{inside}</c>')
            elif value is not None:
                cells.append(f"<c {at}><v>{value!r}</v></c>")
        rows.append(f'<row r="{line}">{"".join(cells)}</row>')
    spans = "".join(
        f'<mergeCell ref="{column_letters(m.left)}{m.top}:{column_letters(m.right)}{m.bottom}"/>'
        for m in merged
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{''.join(rows)}</sheetData>"
        f"<mergeCells>{spans}</mergeCells></worksheet>",
        "xl/sharedStrings.xml": f"<sst {main}>{''.join(texts)}</sst>",
    }
    return packed(parts)


def ods(grid: Grid, merged: Sequence[Merged] = ()) -> bytes:
    """Write a grid as an ods file."""
    spans = {(m.top, m.left): m for m in merged}
    rows = []
    for line, row in enumerate(grid, start=1):
        cells = []
        for column, value in enumerate(row, start=1):
            span = spans.get((line, column))
            wide = "" if span is None else (
                f' table:number-rows-spanned="{span.bottom - span.top + 1}"'
                f' table:number-columns-spanned="{span.right - span.left + 1}"'
            )  # fmt: skip
            cells.append(f"<table:table-cell{wide}{_ods_value(value)}</table:table-cell>")
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    )
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return packed(parts)


def _ods_value(value: Value) -> str:
    if value is None:
        return ">"
    if isinstance(value, bool):
        return f' office:value-type="boolean" office:boolean-value="{str(value).lower()}">'
    if isinstance(value, str):
        lines = "".join(f"<text:p>{_xml(line)}</text:p>" for line in value.split("\n"))
        return f' office:value-type="string">{lines}'
    text = quoteattr(repr(value))
    return f' office:value-type="float" office:value={text}><text:p>{value!r}</text:p>'


def _xml(text: str) -> str:
    return escape("".join(c for c in text if c >= " " or c in "\t\n"))
