"""A file is read strictly: every fault is named with file, line and column, all at once."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transfers.districts import RawTable, Wanted, read_table
from transfers.errors import Fault, TableError

Folder = Path


def write(folder: Path, data: bytes | str, name: str = "d.csv") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(folder: Path, data: bytes | str) -> RawTable:
    return read_table(write(folder, data))


def faults(folder: Path, data: bytes | str) -> list[Fault]:
    with pytest.raises(TableError) as caught:
        read(folder, data)
    for language in ("zh", "en"):
        assert not any("{" in line for line in caught.value.lines(language))
    return list(caught.value.faults)


def told(folder: Path, data: bytes | str) -> list[tuple[str, int | None, int | None]]:
    return [(f.code, f.place.line, f.place.column) for f in faults(folder, data)]


class TestEncoding:
    @pytest.mark.parametrize(
        ("written", "encoding"),
        [(name, name) for name in ("utf-8", "utf-8-sig", "utf-16", "gb18030")]
        + [("gbk", "gb18030")],
    )
    def test_a_table_is_read_whatever_it_was_saved_as_and_says_which(
        self, tmp_path: Path, written: str, encoding: str
    ) -> None:
        raw = read(tmp_path, "代码,名称\r\n0101,城关区\r\n".encode(written))
        assert raw.encoding == encoding
        assert raw.header == ("代码", "名称")
        assert raw.row(0) == ("0101", "城关区")

    def test_an_unknown_encoding_is_refused_where_it_breaks(self, tmp_path: Path) -> None:
        data = b"code,name\n1,a\n2,\xff\xff\n"
        assert told(tmp_path, data) == [("table.encoding", 3, 2)]

    def test_a_broken_letter_in_utf_8_is_shown_where_it_is(self, tmp_path: Path) -> None:
        data = "代码,名称\n1,城关\n2,".encode() + b"\xe5\x9f\xff\n"
        assert told(tmp_path, data) == [("table.encoding", 3, 2)]

    def test_a_mark_that_lies_is_refused(self, tmp_path: Path) -> None:
        found = faults(tmp_path, b"\xef\xbb\xbfcode,n\n1,\xb3\xc7\n")
        assert [f.code for f in found] == ["table.encoding_marked"]
        assert "UTF-8" in found[0].text("zh")

    def test_the_sum_is_of_the_bytes_of_the_file(self, tmp_path: Path) -> None:
        data = b"\xef\xbb\xbfcode,n\n1,2\n"
        assert read(tmp_path, data).sha256 == hashlib.sha256(data).hexdigest()


class TestRows:
    def test_blank_lines_are_skipped_and_lines_stay_true(self, tmp_path: Path) -> None:
        raw = read(tmp_path, "\n\ncode,n\n\n1,2\n , \n,\n3,4\n\n")
        assert raw.header_line == 3
        assert (list(raw.line_of_row), len(raw)) == ([5, 8], 2)
        assert str(raw.place(1, 1)).endswith("d.csv:8:2")

    def test_a_cell_of_several_lines_keeps_the_lines_of_the_rows_after_it(
        self, tmp_path: Path
    ) -> None:
        raw = read(tmp_path, 'code,n\n1,"a\nb"\n2,c\n')
        assert list(raw.line_of_row) == [2, 4]
        assert raw.row(0) == ("1", "a\nb")

    def test_outer_space_is_taken_off_full_width_as_well(self, tmp_path: Path) -> None:
        raw = read(tmp_path, " code\u3000,\u3000人口 \n\u3000 01 , 12\u3000\n")
        assert raw.header == ("code", "人口")
        assert raw.row(0) == ("01", "12")

    def test_names_of_columns_are_composed(self, tmp_path: Path) -> None:
        assert read(tmp_path, "e\u0301tat,n\n1,2\n").header == ("\u00e9tat", "n")

    def test_columns_without_a_name_keep_their_number(self, tmp_path: Path) -> None:
        raw = read(tmp_path, "code,,n\n1,,2\n3,x,4\n")
        assert raw.header == ("code", "", "n")
        assert str(raw.place(1, 2)).endswith("d.csv:3:3")

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.lists(st.text("ab,\"\n\r城'; 1", max_size=5), min_size=3, max_size=3), min_size=1
        )
    )
    def test_what_the_csv_module_writes_is_read_back(
        self, tmp_path: Path, rows: list[list[str]]
    ) -> None:
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows([["x", "y", "z"], *rows])
        stripped = [tuple(cell.strip() for cell in row) for row in rows]
        expected = [row for row in stripped if any(row)]
        if expected:
            raw = read(tmp_path, buffer.getvalue())
            assert [raw.row(index) for index in range(len(raw))] == expected


class TestFaults:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            ("", [("table.empty", None, None)]),
            ("\n \n,,\n", [("table.empty", None, None)]),
            (b"\xef\xbb\xbf", [("table.empty", None, None)]),
            ("code,n\n", [("table.no_rows", 1, None)]),
            ("code,n\n1,2,3\n4\n5,6\n", [("table.ragged", 2, 3), ("table.ragged", 3, 2)]),
            ("code,n\n1,\0\n\0,2\n", [("table.nul", 2, 2), ("table.nul", 3, 1)]),
            ('code,n\n1,"open\n2,3\n', [("table.quote", 2, 2)]),
            (
                'code,n,m\n1,"a"b,2\n2,"c,d"e,1\n3,4,5\n',
                [("table.quote", 2, 2), ("table.quote", 3, 2)],
            ),
            ('co"de","n\n1,2\n', [("table.quote", 1, 2)]),
            ("code\tn\n1\t2\n", [("table.separator", 1, 1)]),
            ("code;n\n1;2\n", [("table.separator", 1, 1)]),
            ("code,n\n1," + "x" * 200_000 + "\n2,3\n", [("table.long_cell", 2, 2)]),
            (b"PK\x03\x04rest", [("table.broken_workbook", None, None)]),
        ],
    )
    def test_each_fault_is_named_with_its_line_and_column(
        self, tmp_path: Path, data: bytes | str, expected: list[tuple[str, int, int]]
    ) -> None:
        assert told(tmp_path, data) == expected

    def test_faults_of_all_kinds_are_told_together_in_reading_order(self, tmp_path: Path) -> None:
        data = 'code,,code\n1,2,3\n4\n5,\0,"6"x\n\0,7,8\n'
        codes = ["ragged", "quote", "nul"]
        assert [f.code for f in faults(tmp_path, data)] == [f"table.{code}" for code in codes]

    def test_fifty_faults_are_told_and_the_others_counted(self, tmp_path: Path) -> None:
        found = faults(tmp_path, "code,n\n" + "1\n" * 5000)
        assert len(found) == 51
        assert found[49].place.line == 51
        assert (found[50].code, found[50].values) == ("table.more", {"count": 4950})

    def test_a_file_full_of_bad_quotes_is_refused_quickly(self, tmp_path: Path) -> None:
        found = faults(tmp_path, "code,n\n" + '1,"a"b\n' * 20_000)
        assert found[50].values == {"count": 19_950}

    def test_a_missing_file_a_folder_and_an_impossible_name_are_refused(
        self, tmp_path: Path
    ) -> None:
        for path, code in [
            (tmp_path / "none.csv", "table.not_found"),
            (tmp_path, "table.folder"),
            (tmp_path / "a\0b", "table.unreadable"),
        ]:
            with pytest.raises(TableError) as caught:
                read_table(path)
            assert [f.code for f in caught.value.faults] == [code]

    def test_a_message_says_file_line_and_column_first(self, tmp_path: Path) -> None:
        path = write(tmp_path, "code,n\n1,2,3\n")
        with pytest.raises(TableError) as caught:
            read_table(path)
        assert caught.value.lines("zh")[0].startswith(f"{path}:2:3: 这一行有 3 格，表头有 2 列")
        assert caught.value.lines("en")[0].startswith(f"{path}:2:3: The row has 3 cells")


def test_a_header_named_far_down_is_read_there_and_one_that_is_not_there_is_refused(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, "x,y\n" * 99 + "code,n\n1,2\n")
    assert read_table(path, Wanted(("code",), rows=(100, 100))).header == ("code", "n")
    with pytest.raises(TableError) as caught:
        read_table(path, Wanted(("code",), rows=(900, 901)))
    assert [(f.code, f.place.line) for f in caught.value.faults] == [("table.no_header", 900)]
