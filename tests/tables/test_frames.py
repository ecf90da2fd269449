"""Frames and parquet files are read whatever they hold besides, and within limits of size."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

from transfers.districts import RawTable, Wanted, read_table
from transfers.districts.frames import frame_sheet
from transfers.districts.raw import choose_table
from transfers.errors import Fault, TableError

WANTED = Wanted(("代码",), (("数",),))
PLAIN: dict[str, list[Any]] = {"代码": ["1", "2", "3"], "数": [1.5, 2, 3]}
MEGABYTES = 900
SECONDS = 30


class Silent:
    def __str__(self) -> str:
        raise RuntimeError


class Unequal:
    def __ne__(self, other: object) -> Any:
        return np.array([True, False])


def read(frame: object) -> RawTable:
    sheet = frame_sheet(frame)
    assert sheet is not None
    return choose_table(sheet.file, [sheet], WANTED)


def fault(frame: object) -> Fault:
    with pytest.raises(TableError) as caught:
        read(frame)
    for language in ("zh", "en"):
        assert all(line.isprintable() for line in caught.value.lines(language))
    return caught.value.faults[0]


@pytest.mark.parametrize(
    "odd",
    [pandas.NA, pandas.NaT, None, float("nan"), np.array([1, 2]), Silent(), Unequal(), 10**5000,
     "\ud800", b"\xff", 1j, [1], {"a": 1}, datetime.timedelta.max, pandas.DataFrame({"a": [1]})],
    ids=lambda odd: type(odd).__name__,
)  # fmt: skip
def test_a_column_of_anything_does_the_others_no_harm(odd: object) -> None:
    column = pandas.Series([odd] * 3, dtype=object)
    raw = read(pandas.DataFrame({**PLAIN, "备注": column}))
    assert raw.columns[:2] == (["1", "2", "3"], ["1.5", "2", "3"])
    assert all(text.encode() is not None for text in raw.columns[2])


@pytest.mark.parametrize("missing", [pandas.NA, pandas.NaT, None, float("nan")])
def test_what_a_library_calls_missing_is_blank(missing: object) -> None:
    frame = pandas.DataFrame({**PLAIN, "数": pandas.Series([1, missing, 3], dtype=object)})
    assert read(frame).columns[1] == ["1", "", "3"]
    nullable = pandas.array([1, None, 3], dtype="Int64")
    assert read(pandas.DataFrame({**PLAIN, "数": nullable})).columns[1] == ["1", "", "3"]


def test_dates_beyond_the_calendar_are_named_by_their_type() -> None:
    dates = pyarrow.array([2**30, 1, 2], pyarrow.date32())
    raw = read(pyarrow.table({**PLAIN, "日期": dates}))
    assert raw.columns[:2] == (["1", "2", "3"], ["1.5", "2", "3"])
    assert raw.columns[2] == ["<Date>"] * 3


def test_names_of_columns_may_be_anything_that_differs() -> None:
    frame = pandas.DataFrame([["x", "1", 2.0]], columns=[7, "代码", "数"])
    assert read(frame).header == ("7", "代码", "数")
    levels = pandas.MultiIndex.from_tuples([("", "代码"), ("人口", "数")])
    assert read(pandas.DataFrame([["1", 2.0]], columns=levels)).header[1] == "人口/数"
    same = pandas.DataFrame([["1", "2"]], columns=["代码", "代码"])
    assert fault(same).code == "table.broken_frame"


def test_an_index_called_like_a_column_is_left_alone() -> None:
    frame = pandas.DataFrame(PLAIN)
    frame.index.name = "代码"
    assert read(frame).columns[0] == ["1", "2", "3"]


@pytest.mark.parametrize("frame", [pandas.DataFrame(), polars.DataFrame(), pyarrow.table({})])
def test_a_frame_without_columns_is_empty(frame: object) -> None:
    assert fault(frame).code == "table.empty"


def test_a_nul_is_named_as_in_a_csv_file() -> None:
    told = fault(polars.DataFrame({**PLAIN, "代码": ["1", "2\0", "3"]}))
    assert (told.code, told.place.line, told.place.column) == ("table.nul", 2, 1)


# -- parquet -------------------------------------------------------------------------------------


def million_times_the_same(path: Path) -> None:
    """Write a text of a megabyte that a million rows have in common."""
    zeros = pyarrow.array(bytes(1_000_000), pyarrow.int8())
    words = pyarrow.DictionaryArray.from_arrays(zeros, pyarrow.array(["x" * 1_000_000]))
    table = pyarrow.table({"代码": words, "数": zeros})
    pyarrow.parquet.write_table(table, path, store_schema=False, compression="zstd")


def hundred_million_rows(path: Path) -> None:
    piece = pyarrow.array([1.5] * 1_000)
    table = pyarrow.table({"代码": pyarrow.chunked_array([piece] * 100_000)})
    pyarrow.parquet.write_table(table, path)


def hundred_million_values_in_one_row(path: Path) -> None:
    size = 100_000_000
    bounds = pyarrow.array([0, size], pyarrow.int32())
    values = pyarrow.ListArray.from_arrays(bounds, pyarrow.nulls(size, pyarrow.int8()))
    pyarrow.parquet.write_table(pyarrow.table({"代码": ["1"], "数": values}), path)


READ = """
import pathlib, re, sys, time
sys.modules.update(dict.fromkeys(sys.argv[2:]))
from transfers.districts import read_table
from transfers.errors import TableError
try:
    print(read_table(sys.argv[1]).columns)
except TableError as error:
    print(*(fault.code for fault in error.faults))
status = pathlib.Path("/proc/self/status")  # what Linux alone tells of this process alone
found = status.exists() and re.search("VmHWM: *([0-9]+)", status.read_text().replace("\\t", " "))
print(int(found[1]) // 1024 if found else 0)
print(time.process_time())
"""


@pytest.mark.parametrize("without", ["unknown", "pyarrow.parquet"])
@pytest.mark.parametrize(
    ("make", "answer"),
    [
        (million_times_the_same, "table.parquet_unpacks"),
        (hundred_million_rows, "table.too_many_cells"),
        (hundred_million_values_in_one_row, "(['1'], ['<"),
    ],
)
def test_a_small_file_of_endless_columns_is_answered_at_once(
    make: Any, answer: str, without: str, tmp_path: Path
) -> None:
    path = tmp_path / "t.parquet"
    make(path)
    assert path.stat().st_size < 1_000_000
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path), without],
        capture_output=True, text=True, timeout=600, check=True,
    )  # fmt: skip
    said, megabytes, seconds = done.stdout.splitlines()
    assert said.startswith(answer)
    assert int(megabytes) < MEGABYTES
    assert float(seconds) < SECONDS


def test_a_name_that_is_no_text_is_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pyarrow.parquet.write_table(pyarrow.table(PLAIN), path, store_schema=False)
    path.write_bytes(path.read_bytes().replace("代码".encode(), b"\xff\xff\xff\xff\xff\xff"))
    with pytest.raises(TableError) as caught:
        read_table(path, WANTED)
    assert caught.value.faults[0].code == "table.broken_parquet"
