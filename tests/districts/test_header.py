"""The header of a table is found wherever people put it, and what it says is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.districts.header import Header, Index, Name, Wanted, find_header, plain_name
from transfers.districts.sheet import Merged, Record

WANTED = Wanted(("代码",), (("名称",), ("常住人口",), ("财力",)), frozenset({"万人", "户"}))


def top(*rows: str) -> list[Record]:
    """Make the first rows of a sheet from texts with commas; blank rows only count."""
    cells = [row.split(",") for row in rows]
    return [Record(line, line + 1, row) for line, row in enumerate(cells, start=1) if any(row)]


def found(*rows: str, wanted: Wanted = WANTED, merged: tuple[Merged, ...] = ()) -> Header:
    return find_header(top(*rows), merged, wanted)


def test_the_first_row_is_the_header_of_a_plain_table() -> None:
    header = found("代码,名称,常住人口,财力", "1,甲,2,3")
    assert (header.line, header.body, header.has_key, header.found) == (1, 2, True, 3)
    assert list(map(str, header.names)) == ["代码", "名称", "常住人口", "财力"]


def test_titles_above_and_numbering_below_are_no_part_of_it() -> None:
    header = found(
        "附件 1,,,", "2026 年测算表,,,", "代码,名称,常住人口,财力", "甲,乙,1,2", "440703,甲,2,3"
    )
    assert (header.line, header.body) == (3, 5)


def test_a_district_with_the_key_1_is_no_numbering_of_columns() -> None:
    assert found("代码,名称,常住人口,财力", "1,甲,2,3").body == 2


def test_a_merged_header_names_a_column_by_all_its_headings() -> None:
    rows = ("代码,名称,人口,,财力", ",,常住人口,户籍人口,", "1,甲,2,3,4")
    merged = (Merged(1, 1, 2, 1), Merged(1, 2, 2, 2), Merged(1, 3, 1, 4), Merged(1, 5, 2, 5))
    for cells in (merged, ()):  # a csv file has the same rows and cannot say what was merged
        header = found(*rows, merged=cells)
        assert list(map(str, header.names)) == [
            "代码", "名称", "人口/常住人口", "人口/户籍人口", "财力",
        ]  # fmt: skip
        assert (header.line, header.body) == (2, 3)
        assert header.columns_named("常住人口") == [2]
        assert header.columns_named("人口/户籍人口") == [3]


@pytest.mark.parametrize("far", [1_048_576, 10**12])
def test_a_cell_merged_beyond_the_sheet_ends_where_the_sheet_does(far: int) -> None:
    rows = ("代码,名称,人口,,财力", ",,常住人口,户籍人口,", "1,甲,2,3,4")
    merged = (Merged(1, 1, far, 1), Merged(1, 2, 2, 2), Merged(1, 5, far, far))
    header = found(*rows, merged=merged)
    assert [str(name) for name in header.names][::4] == ["代码", "财力"]
    assert (header.line, len(header.names)) == (2, 5)


def test_a_heading_that_two_columns_share_answers_with_both() -> None:
    header = found("代码,2024,2025", ",常住人口,常住人口", "1,2,3")
    assert header.columns_named("常住人口") == [1, 2]
    assert header.columns_named("2025/常住人口") == [2]


def test_a_row_of_units_belongs_to_the_header() -> None:
    header = found("代码,名称,常住人口,财力", "单位,,万人,亿元", "1,甲,2,3")
    assert [name.unit for name in header.names] == ["", "", "万人", "亿元"]
    assert header.body == 3
    header = found("代码,名称,常住人口,财力", ",,万人,亿元", "1,甲,2,3")
    assert [name.unit for name in header.names] == ["", "", "万人", "亿元"]


def test_a_row_without_a_key_that_is_not_all_units_is_left_to_be_refused() -> None:
    assert found("代码,名称,常住人口,财力", ",甲,2,3", "2,乙,3,4").body == 2
    assert found("代码,名称,常住人口,财力", ",,1,1", "2,乙,3,4").body == 2


def test_a_unit_in_brackets_is_no_part_of_the_name_unless_asked_for() -> None:
    header = found(
        "代码,名称,常住人口（万人）,财力(亿元),户数（户）,收入（不含基金）", "1,甲,2,3,4,5"
    )
    assert [name.unit for name in header.names] == ["", "", "万人", "亿元", "户", ""]
    assert header.columns_named("常住人口") == [2]
    assert header.columns_named("常住人口（万人）") == [2]
    assert header.columns_named("收入") == []


def test_units_stated_above_are_found_with_their_cell() -> None:
    header = found("测算表,,,", ",,,单位：万元、万人", "代码,名称,常住人口,财力", "1,甲,2,3")
    assert header.stated == (("万元", 2, 4), ("万人", 2, 4))


def test_rows_named_by_the_policy_are_taken() -> None:
    wanted = Wanted(WANTED.key, WANTED.columns, rows=(2, 2))
    assert found("代码,名称,常住人口,财力", "代码,a,b,c", "1,甲,2,3", wanted=wanted).line == 2


@pytest.mark.parametrize(
    ("written", "plain"),
    [("常 住\n人口", "常住人口"), ("常住人口（万人）", "常住人口(万人)"), ("A  b", "A b")],
)
def test_names_are_compared_without_layout(written: str, plain: str) -> None:
    assert plain_name(written) == plain


def test_a_very_wide_sheet_is_searched_quickly() -> None:
    wide = ",".join(f"c{n}" for n in range(16_000))
    header = found(wide, wide, "代码,名称,常住人口,财力", "1,甲,2,3")
    assert (header.line, header.has_key) == (3, True)


@pytest.mark.parametrize("row", ["栏次,,,1,2", ",栏次,,1,2", ",,栏次,1,2=1+0"])
def test_a_row_that_numbers_the_columns_may_say_so_in_any_of_the_first(row: str) -> None:
    header = found("序号,代码,名称,常住人口,财力", row, "1,440703,甲,2,3")
    assert header.body == 3


def test_the_word_unit_may_stand_before_the_keys() -> None:
    header = found("序号,代码,名称,常住人口,财力", "单位,,,万人,亿元", "1,440703,甲,2,3")
    assert (header.body, [name.unit for name in header.names][3:]) == (3, ["万人", "亿元"])


def test_with_merged_cells_a_blank_heading_belongs_to_none_beside_it() -> None:
    rows = ("代码,名称,常住人口,财力,", ",,,市级,县级", "1,甲,2,3,4")
    merged = (Merged(1, 1, 2, 1), Merged(1, 2, 2, 2), Merged(1, 3, 2, 3))
    wanted = Wanted(("代码",), (("名称",), ("县级",)))
    header = found(*rows, wanted=wanted, merged=merged)
    assert [str(name) for name in header.names][3:] == ["财力/市级", "县级"]


PARTS = st.lists(st.sampled_from(["a", "b", "a/b", "a(元)", "b(元)"]), max_size=3)


def answers(name: Name, wanted: str) -> int:
    """Return how well a column answers to a name: 0 not at all, 3 best."""
    parts = tuple(wanted.split("/"))
    if name.parts and wanted == "/".join(name.plain):
        return 3
    if name.parts and parts == name.plain[-len(parts) :]:
        return 2
    return int(bool(name.parts) and parts == name.bare[-len(parts) :])


@given(st.lists(PARTS, max_size=4), PARTS.map("/".join))
def test_the_columns_that_answer_best_to_a_name_are_found(
    named: list[list[str]], wanted: str
) -> None:
    names = [
        Name(tuple(parts), tuple(parts), tuple(part.removesuffix("(元)") for part in parts))
        for parts in named
    ]
    scores = [answers(name, wanted) for name in names]
    best = [at for at, score in enumerate(scores) if score == max(scores) > 0]
    assert Index(names).columns_named(wanted) == best


def test_a_table_with_a_column_for_each_of_many_items_is_searched_quickly() -> None:
    items = [f"c{n}" for n in range(3_000)]
    wanted = Wanted(("code",), tuple((item,) for item in items))
    rows = ["title", "units", ",".join(["code", *items[1:]]), ",".join("1" * len(items))]
    header = find_header(top(*rows), (), wanted)
    assert (header.line, header.found) == (3, 2_999)
    assert [header.columns_named(item) for item in items[:3]] == [[], [1], [2]]
