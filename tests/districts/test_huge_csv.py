"""Csv files of endless lines, columns and blanks are answered at once and take little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.good_time import within
from transfers.districts import RawTable, csv_text, read_table
from transfers.errors import Fault, TableError

HEADER = b"code,x\n"
SIZE = 30_000_000
SECONDS = 30


def read(path: Path, content: bytes) -> RawTable | Fault:
    """Read a file of some content."""
    (path / "t.csv").write_bytes(content)
    try:
        return read_table(path / "t.csv")
    except TableError as error:
        return error.faults[0]


@pytest.fixture(autouse=True)
def in_good_time() -> Iterator[None]:
    with within(SECONDS):
        yield


@pytest.fixture
def in_little_memory() -> Iterator[None]:
    """Hold a test to ten times the size of its file."""
    tracemalloc.start()
    yield
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 10 * SIZE


def code(found: RawTable | Fault) -> tuple[str, int | None]:
    assert isinstance(found, Fault)
    return found.code, found.place.line


@pytest.mark.usefixtures("in_little_memory")
@pytest.mark.parametrize("letter", [b",", b"x", b'"', b"\0", b" ", "甲".encode(), b",\t"])
def test_a_line_without_end_is_refused(letter: bytes, tmp_path: Path) -> None:
    endless = letter * (SIZE // len(letter))
    assert code(read(tmp_path, HEADER + endless)) == ("table.long_line", 2)
    assert code(read(tmp_path, endless)) == ("table.long_line", 1)


@pytest.mark.usefixtures("in_little_memory")
def test_a_row_of_endless_columns_is_refused(tmp_path: Path) -> None:
    commas = b"," * 15_000_000
    assert code(read(tmp_path, HEADER + commas + b"x\n")) == ("table.ragged", 2)
    assert code(read(tmp_path, b"x" + commas + b"\n")) == ("table.too_many_columns", 1)


def test_as_many_columns_as_a_spreadsheet_has_are_read(tmp_path: Path) -> None:
    names = ",".join(f"x{n}" for n in range(16_384))
    raw = read(tmp_path, f"{names}\n{'1,' * 16_383}1\n".encode())
    assert isinstance(raw, RawTable) and len(raw.columns) == 16_384


@pytest.mark.parametrize("blank", [b"\n", b"\r\n", b"\r", b" \n", b"\t\r\n"])
def test_blank_lines_without_end_are_passed_over_and_counted(blank: bytes, tmp_path: Path) -> None:
    lines = 400_000
    raw = read(tmp_path, HEADER + b"1,2\n" + blank * lines + b'3,4\n5,"6\n7"')
    assert isinstance(raw, RawTable)
    assert [raw.row(n) for n in range(3)] == [("1", "2"), ("3", "4"), ("5", "6\n7")]
    assert list(raw.line_of_row) == [2, lines + 3, lines + 4]


def test_a_file_that_is_wrong_throughout_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_text, "_MOST_FAULTS", 1_000)
    (tmp_path / "t.csv").write_bytes(HEADER + b"1\n" * 1_000_000)
    with pytest.raises(TableError) as caught:
        read_table(tmp_path / "t.csv")
    first, *_, last = caught.value.faults
    assert (first.code, first.place.line, last.code) == ("table.ragged", 2, "table.more")
    assert int(str(last.values["count"])) < 100_000


def test_more_rows_than_there_are_districts_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_text, "_MOST_ROWS", 1_000)
    assert code(read(tmp_path, HEADER + b"1,2\n" * 100_000)) == ("table.too_many_rows", None)


def test_blank_lines_without_end_below_a_header_are_no_rows(tmp_path: Path) -> None:
    assert code(read(tmp_path, HEADER + b"\n" * 50_000_000)) == ("table.no_rows", 1)
