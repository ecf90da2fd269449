"""Where the table of districts comes from: its file, files joined to it, the rows of each."""

from __future__ import annotations

from typing import Final, Literal

from transfers.documents.keys import (
    REQUIRED,
    Part,
    choice,
    formula_text,
    parts,
    pattern,
    patterns,
    whole_numbers,
)

SHEET: Final = ("工作簿中的表名或序号", "The sheet of a workbook: its name or number")
HEADER: Final = (
    "表头所在的行（找不准时写明）：一行，或首行和末行",
    "Where the header is, if it is not found: its row, or its first and last",
)
ROWS: Final = (
    "只读该文件中符合这一条件的行（公式，用文件的列和参数）",
    "Which rows of the file are read: a statement about its columns, and parameters",
)
"""What `rows` means, wherever a file is named."""


class Join(Part):
    """A further file of districts, joined on its key."""

    file: str = pattern("并入的文件，路径相对于本文件", "The file, relative to this one", REQUIRED)
    key: tuple[str, ...] = patterns(
        "该文件中的地区代码列；可列出几个备选",
        "Its column of district keys; a list gives alternatives",
        REQUIRED,
    )
    sheet: str | None = pattern(*SHEET)
    header: tuple[int, ...] | None = whole_numbers(*HEADER)
    rows: str | None = formula_text(*ROWS)


class DistrictTable(Part):
    """Where the table of districts comes from."""

    file: str = pattern(
        "地区数据文件，路径相对于本文件", "The table, relative to this file", REQUIRED
    )
    key: tuple[str, ...] = patterns(
        "地区代码所在的列；可列出几个备选",
        "The column of district keys; a list gives alternatives",
        REQUIRED,
    )
    name: tuple[str, ...] | None = patterns(
        "地区名称所在的列；可列出几个备选",
        "The column of district names; a list gives alternatives",
    )
    sheet: str | None = pattern(*SHEET)
    header: tuple[int, ...] | None = whole_numbers(*HEADER)
    rows: str | None = formula_text(*ROWS)
    join: tuple[Join, ...] = parts(
        Join, "按地区代码并入的其他文件", "Further files, joined on the key"
    )
    identical_rows: Literal["keep_one"] | None = choice(
        "完全相同的重复行：keep_one 只留一行", "Rows that repeat exactly: keep_one", ("keep_one",)
    )
