"""The same table gives the same bytes, whatever it is kept in."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

import transfers
from tests.tables.bureau_table import EXAMPLE, POLICY, converted, make_workbook
from transfers.output.csv_file import csv_bytes


def result(table: object) -> bytes:
    policy = transfers.load_policy(POLICY)
    allocation = transfers.allocate(policy, transfers.load_districts(table, policy))
    return csv_bytes(allocation, "zh")


@pytest.fixture(scope="module")
def expected() -> bytes:
    """Return the amounts of the example's own table, in the order in which the bureau has it."""
    return result(None)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bureau") / "测算表.xlsx"
    make_workbook(path)
    return path


def test_the_workbook_of_a_bureau_gives_the_amounts_of_the_plain_table(
    workbook: Path, expected: bytes
) -> None:
    assert result(workbook) == expected


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_other_workbooks_give_the_same_bytes(workbook: Path, ending: str, expected: bytes) -> None:
    assert result(converted(workbook, ending)) == expected


def test_an_et_file_is_an_xls_by_another_name(workbook: Path, expected: bytes) -> None:
    table = shutil.copy(converted(workbook, "xls"), workbook.with_name("测算表.et"))
    assert result(table) == expected


def test_the_sheet_saved_as_csv_in_gb18030_gives_the_same_bytes(
    workbook: Path, expected: bytes
) -> None:
    sheet = openpyxl.load_workbook(workbook)["测算表"]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(list(row) for row in sheet.values)
    path = workbook.with_suffix(".csv")
    path.write_bytes(text.getvalue().encode("gb18030"))
    assert result(path) == expected
    policy = transfers.load_policy(POLICY)
    said = transfers.load_districts(path, policy).findings[0]
    assert (said.code, said.message("zh")) == (
        "table.read_as_guessed",
        "文件没有标明编码，按 GB18030 (GBK) 读取；如名称成了乱码，请另存为“CSV UTF-8”。",
    )


def plain() -> dict[str, list[Any]]:
    """Return the columns of the example as a program would hold them: figures as numbers."""
    with (EXAMPLE / "districts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = ("code", "name", "tier")
    return {
        name: [row[name] if name in texts else float(row[name]) for row in rows] for name in rows[0]
    }


def test_frames_of_all_three_libraries_give_the_same_bytes(expected: bytes) -> None:
    assert result(pandas.DataFrame(plain())) == expected
    assert result(pandas.DataFrame(plain()).set_index("code")) == expected
    assert result(polars.DataFrame(plain())) == expected
    assert result(pyarrow.table(plain())) == expected


def test_keys_that_a_library_made_numbers_are_read_as_they_were(expected: bytes) -> None:
    columns = plain()
    columns["code"] = [int(code) for code in columns["code"]]
    assert result(polars.DataFrame(columns)) == expected
    columns["code"] = [float(code) for code in columns["code"]]
    assert result(pandas.DataFrame(columns)) == expected


@pytest.mark.parametrize("library", ["pyarrow", "polars"])
def test_a_parquet_file_gives_the_same_bytes(
    tmp_path: Path, library: str, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "districts.parquet"
    pyarrow.parquet.write_table(pyarrow.table(plain()), path)
    if library == "polars":
        monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    assert result(path) == expected


def test_what_is_neither_a_path_nor_a_frame_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="neither a path nor a frame: int"):
        result(7)
