"""Cells cut by numpy and cells read by the csv module are the same, fault for fault."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.good_time import within
from transfers.districts import encoding
from transfers.districts.csv_text import CsvText
from transfers.districts.faults import Faults
from transfers.errors import Fault, TableError

Told = list[tuple[str, int | None, int | None, dict[str, object]]]
Read = tuple[list[list[str]], list[int], Told]

MARKS = [*",,,,,,\n\n\n\n\r", "\r\n", '"', '"', '""', '",', ',"', '"\n', "\0", "\ufeff"]
SPACES = [*" \t\x0b\x1c\x85\xa0\u1680\u2003\u2028\u205f\u3000"]
WORDS = ["a", "bc", "0101", "12.5", "-3", "城", "城关区", "—", "《", "ê", "«", "𠮷", "\u2010"]
PIECES = st.sampled_from([*MARKS, *SPACES, *WORDS])
PLAIN = st.sampled_from(["", "1", "12.50", "城关", "a b", "-"])
SPACED = st.sampled_from([" a", "b ", " \t 2  ", " ", "\u3000c", "d\xa0", " \u3000e", "\0 "])
QUOTED = st.sampled_from(['"q"', '"a,b"', '""', '" c d "', '"城关"', '","'])
ODD = st.sampled_from([' "x"', '"y" ', '"z""z"', 'a"b', '"1\n2"', '"3\r4"', '"\r"', '"\n'])
ROWS = st.lists(
    st.sampled_from([PLAIN] * 3 + [PLAIN | SPACED, PLAIN | QUOTED, SPACED | QUOTED, PLAIN | ODD])
    .flatmap(lambda cells: st.lists(cells, min_size=3, max_size=3))
    .map(",".join)
    .flatmap(lambda row: st.sampled_from([row] * 20 + [row + ",", "", " ", ",,"])),
    max_size=30,
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=60).map("".join),
    st.builds(
        lambda rows, end, last: end.join(rows) + end * last,
        ROWS,
        st.sampled_from(["\n", "\r\n", "\r"]),
        st.booleans(),
    ),
)


def told(faults: Faults) -> Told:
    try:
        faults.raise_any()
    except TableError as error:
        return [_plain(fault) for fault in error.faults]
    return []


def _plain(fault: Fault) -> tuple[str, int | None, int | None, dict[str, object]]:
    return fault.code, fault.place.line, fault.place.column, dict(fault.values)


def read_whole(text: str, line: int, count: int) -> Read:
    """Read with the csv module alone, and put its answers into words as messages need them."""
    text = text.removeprefix("\ufeff")
    rows: list[list[str]] = []
    lines: list[int] = []
    faults: Told = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    physical = io.StringIO(text, newline="").readlines()
    while True:
        start = reader.line_num + 1
        try:
            row = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return rows, lines, faults
        except csv.Error as error:
            code = "table.long_cell" if "field larger" in str(error) else "table.quote"
            record = "".join(physical[start - 1 : reader.line_num])
            faults.append((code, start, column_of_quote(record), {}))
            continue
        if start < line or not any(row):
            continue
        if len(row) != count:
            values: dict[str, object] = {"cells": len(row), "columns": count}
            faults.append(("table.ragged", start, min(len(row), count) + 1, values))
            continue
        rows.append(row)
        lines.append(start)
        holding = [column for column, cell in enumerate(row, start=1) if "\0" in cell]
        faults += [("table.nul", start, column, {}) for column in holding]


def column_of_quote(record: str) -> int:
    column, rest = 1, record
    while match := re.match(r'("([^"]|"")*"|[^",\r\n][^,\r\n]*|),', rest):
        column, rest = column + 1, rest[match.end() :]
    return column


def read_cut(data: bytes, line: int, count: int, block: int = 131_072) -> Read:
    faults = Faults()
    columns, lines = CsvText("d.csv", data, block=block).body(line, count, faults)
    rows = [list(row) for row in zip(*columns, strict=True)]
    assert all(len(column) == len(lines) for column in columns)
    return rows, lines.tolist(), told(faults)


def first_fifty(read: Read) -> Read:
    rows, lines, faults = read
    faults.sort(key=lambda fault: fault[1:3])
    if len(faults) > 50:
        faults[50:] = [("table.more", None, None, {"count": len(faults) - 50})]
    return rows, lines, faults


@settings(max_examples=1000, deadline=None)
@given(TEXTS, st.integers(1, 4), st.integers(1, 40))
@example("a,b\r\n1,2\r\n\r\n3,4\r5,6", 2, 5)
@example('1,"\n2,3\n', 2, 3)
@example("1\r\r\n2\n", 1, 100)
@example("\u3000,1\n2,\xa03\n", 2, 100)
@example(',,\r""\n"', 3, 3)
def test_cells_lines_and_faults_are_those_of_the_csv_module_wherever_blocks_end(
    text: str, count: int, block: int
) -> None:
    assert read_cut(text.encode(), 1, count, block) == first_fifty(read_whole(text, 1, count))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(1, 4), st.integers(1, 40), st.integers(1, 4))
def test_what_follows_a_record_is_read_from_its_next_line(
    text: str, count: int, block: int, most: int
) -> None:
    top = CsvText("d.csv", text.encode(), block=block).top(most)
    whole, lines, _ = read_whole(text, 1, -1)
    faulty = read_whole(text, 1, -1)[2]
    starts = [fault[1] for fault in faulty if fault[0] == "table.ragged"]
    assert [record.line for record in top] == starts[:most]
    assert (whole, lines) == ([], [])
    if top:
        line = top[-1].next_line
        expected = first_fifty(read_whole(text, line, count))
        assert read_cut(text.encode(), line, count, block) == expected


def test_the_first_records_may_have_any_number_of_cells() -> None:
    text = '\n 2024 年 表 ,,\n"a\nb", c \n1,2\n'
    top = CsvText("d.csv", text.encode()).top(2)
    assert [(one.line, one.next_line, one.cells) for one in top] == [
        (2, 3, ["2024 年 表", "", ""]),
        (3, 5, ["a\nb", "c"]),
    ]


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_long_file_is_the_same_in_every_encoding(written: str) -> None:
    rows = [[f"{number:05d}", "城关区𠮷", f"{number}.5"] for number in range(20_000)]
    text = "\r\n".join(",".join(row) for row in rows)
    data = text.encode(written)
    assert CsvText("d.csv", data).encoding == written
    assert read_cut(data, 1, 3) == (rows, list(range(1, 20_001)), [])


def test_a_letter_that_breaks_late_is_told_where_it_is() -> None:
    data = b"code,name\n" + "1,城关\n".encode() * 50_000 + b"2,\xff\xff\n"
    with pytest.raises(TableError) as caught:
        CsvText("d.csv", data)
    assert [_plain(f)[:3] for f in caught.value.faults] == [("table.encoding", 50_002, 2)]


@pytest.mark.parametrize("length", [131_072, 131_073])
@pytest.mark.parametrize("letter", ["x", "城", " "])
def test_a_cell_has_as_many_letters_as_the_csv_module_allows(length: int, letter: str) -> None:
    text = f"1,2\n3,{letter * length}\n5,6\n"
    assert read_cut(text.encode(), 1, 2) == read_whole(text, 1, 2)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MOST_BYTES", 5)
    with pytest.raises(TableError) as caught:
        CsvText("d.csv", b"a,b\n1,2\n")
    assert [fault.code for fault in caught.value.faults] == ["table.too_large"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "row", ["{},New York,—,12.5", '"{}","New York","—","12.5"', "{} , New York,\t— ,12.5 "]
)
def test_common_files_are_cut_without_the_csv_module(
    monkeypatch: pytest.MonkeyPatch, row: str, end: str
) -> None:
    monkeypatch.setattr(CsvText, "_records", lambda *_: NoRecords())
    data = end.join(row.format(number) for number in range(5_000)).encode()
    columns, lines = CsvText("d.csv", data).body(1, 4, Faults())
    assert list(lines) == list(range(1, 5_001))
    expected = [(str(number), "New York", "—", "12.5") for number in range(5_000)]
    assert list(zip(*columns, strict=True)) == expected


class NoRecords:
    def all(self, faults: Faults) -> list[object]:
        return []


HOSTILE = {
    "one endless cell": b"x" * 10_000_000,
    "only commas": b"," * 5_000_000,
    "only ends of lines": b"\n" * 500_000,
    "only returns": b"\r" * 500_000,
    "only quotes": b'"' * 10_000_000,
    "a quote on every line": b'"\n' * 500_000,
    "a bad quote on every line": b'"a"b\n' * 100_000,
    "long lines of returns": (b"x," * 50_000 + b"\r") * 50,
    "long cells": (b"x" * 131_073 + b"\n") * 50,
    "long cells of space": (b" " * 131_072 + b",1,\n") * 50,
    "one letter and a return": b"1\r" * 200_000 + b"\n",
    "an open quote at the start": b'"' + b"1,2,3\n" * 500_000,
    "rows of NUL": b"\0,,\n" * 500_000,
    "rows that are too short": b"1\n" * 200_000,
}


@pytest.mark.parametrize("block", [2_000, 131_072])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read_in_time(name: str, block: int) -> None:
    with within(5):
        CsvText("d.csv", HOSTILE[name], block=block).body(1, 3, Faults())
