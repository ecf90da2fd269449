"""`rows`: only the rows that a statement holds for are read, whatever the others hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transfers
from tests.good_time import within
from tests.tables.bureau_table import converted
from transfers import DocumentError, TableError
from transfers.arithmetic.decimals import parse_decimal
from transfers.districts.rows import as_name
from transfers.policy.policy import policy_from_text

TABLE = """\
code,name,type,year,Fiscal Year (ended),人口（万人）,active,pop
0101,甲,county,2018,2019,1.5,是,10
0101,甲,county,2017,2018,1.5,是,about 9
0102,乙,county,2018,2019,2.5,否,30
0102,乙,city,2018,2019,2.5,否,30
0103,丙,county,2018.0,2019,,是,60
合计,,county,2018,,,,100
,,,,,,,
注：数据为年报,,,,,,,
"""
POLICY = """\
policy: rows
year: 2018
districts: {file: d.csv, key: code, name: name, rows: 'ROWS'}
inputs: {pop: {unit: 人}}
parameters: {of_year: 2018, kind: county, least: {value: 2, unit: 万人}, t: {A: 1}, half: 0.5}
grants: {g: {pool: 100, share: pop}}
"""
Load = Callable[..., transfers.Districts]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load the districts of the policy with some rows."""

    def load(rows: str, table: object = TABLE, policy: str = POLICY) -> transfers.Districts:
        path = tmp_path / "policy.yaml"
        path.write_text(policy.replace("ROWS", rows.replace("'", "''")), "utf-8")
        if isinstance(table, str):
            (tmp_path / "d.csv").write_text(table, "utf-8")
            table = None
        return transfers.load_districts(table, transfers.load_policy(path))

    return load


def faults(load: Load, rows: str, *arguments: Any) -> list[tuple[str, str]]:
    """Return code and English text of every fault."""
    with pytest.raises((DocumentError, TableError)) as caught:
        load(rows, *arguments)
    return [(fault.code, fault.text("en")) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        ('year == 2018 and type == "county"', ["0101", "0102", "0103"]),
        ("year == of_year and type == kind", ["0101", "0102", "0103"]),
        ('year = 2018 and type <> "city"', ["0101", "0102", "0103"]),
        ('type == "county" and Fiscal_Year_ended == 2018 + 1', ["0101", "0102", "0103"]),
        ('人口 >= least and type == "county"', ["0102"]),
        ('人口_万人 >= least and type == "county"', ["0102"]),
        ('code == "0103"', ["0103"]),
        ("code == 103", ["0103"]),
        ('year == 2018 and active and type == "county"', ["0101", "0103"]),
        ('year == 2018 and not active and type == "county"', ["0102"]),
        ('year == 2018 and type == "county" and not missing(人口)', ["0101", "0102"]),
        ('if(type == "city", year == 2018, code == "0101" and year == 2018)', ["0101", "0102"]),
        ('year > 2017 and abs(pop - 20) == 10 and type == "county"', ["0101", "0102"]),
        ("0.1 + 0.2 == 人口 / 5 and year == 2018", ["0101"]),
    ],
)
def test_only_the_rows_that_a_statement_holds_for_are_districts(
    load: Load, rows: str, keys: list[str]
) -> None:
    assert list(load(rows).keys) == keys


def test_what_other_rows_hold_is_no_matter_and_their_number_is_said_once(load: Load) -> None:
    districts = load('year == of_year and type == "county"')
    assert districts.columns["pop"].fractions() == [10, 30, 60]  # type: ignore[union-attr]
    said = [f for f in districts.findings if f.code.startswith("reading.")]
    assert [f.code for f in said] == ["reading.rows_left_out_unknown"]
    text = said[0].message("en")
    assert "4 of 7; left out: 3, 1 of them" in text and "of_year" in text
    assert "7 行中读 4 行，3 行不读，其中 1 行" in said[0].message("zh")


def test_totals_are_held_against_the_rows_that_are_left(load: Load) -> None:
    rows = 'year == 2018 and type == "county"'
    agreeing = load(rows)
    assert "table.asides_checked" in [f.code for f in agreeing.findings]
    (wrong,) = [f for f in load(rows, TABLE.replace(",100", ",110")).findings if f.margin]
    assert (wrong.code, wrong.margin) == ("table.total_differs", "10")


def test_a_key_may_repeat_among_the_rows_that_are_not_read_only(load: Load) -> None:
    (fault,) = faults(load, "year == 2018 and (missing(人口) or 人口 > 2)")
    assert fault[0] == "table.key_twice"
    assert "line 4" in fault[1] and ":5:1" in fault[1]


def test_the_place_of_a_figure_is_that_in_the_file(load: Load) -> None:
    districts = load('year == 2018 and type == "county"')
    lines = [districts.place("pop", at).line for at in range(3)]
    assert lines == [2, 4, 6]


def test_districts_without_figures_at_the_end_are_no_strays_beside_rows_left_out(
    load: Load,
) -> None:
    table = "code,year,pop\n1,1,5\n2,2,5\n3,1,\n4,2,7\n5,1,\n"
    policy = POLICY.replace(", name: name", "")
    assert list(load("year == 1", table, policy).keys) == ["1", "3", "5"]
    apart = table.replace("3,1,", ",,\n,,\n3,1,")
    assert [code for code, _ in faults(load, "year == 1", apart, policy)] == ["table.strays"]


# -- faults --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "code", "phrase"),
    [
        ("yaer == 2018", "reading.no_column_near", "policy.yaml:3:56 districts.rows"),
        ("yaer == 2018", "reading.no_column_near", "did you mean 'year'? Columns: code, name, "),
        ("Year == 2018", "reading.no_column_near", "did you mean 'year'"),
        ("quarter == 1", "reading.no_column", "Fiscal_Year_ended"),
        ("quarter == 1", "reading.no_column", "parameters: of_year, kind, least, half, year"),
        ("quarter == 1", "reading.no_column", "--set districts.rows=null"),
        ("year == 2050", "reading.no_row_left", "none of the 7 rows"),
        ("year == 2050", "reading.no_row_left", "year: 2018, 2017, 2018.0"),
        ("year == of_year + 9", "reading.no_row_left", "(of_year = 2018)"),
        ("of_year == 2018", "reading.no_column_compared", "the same of every row"),
        ("true", "reading.no_column_compared", "the same of every row"),
        ("year == year", "reading.column_with_itself", "holds in every row"),
        ("year == 2018 and of_year > 1", "reading.no_column_compared", "policy.yaml:3:73"),
        ("year == 2018 and t[type] == 1", "reading.constant_wanted", "'t' cannot stand here"),
        ("year == highest(year)", "reading.aggregate", "highest needs many rows"),
        ("year", "table.not_boolean", "row 2: “year” reads “2018”"),
        ("year + 1", "reading.statement_wanted", "should be a statement"),
        ('year + 1 == "a"', "formula.not_comparable", "cannot be compared"),
        ("year ==", "formula.incomplete", "policy.yaml:3:63"),
        ("yeer(year) == 1", "formula.unknown_function", "yeer"),
        ("type == 1", "table.not_a_number", "row 2: “type” reads “county”"),
        ("none == year", "formula.none_misplaced", "none"),
        ("year == 9 ^ 9 ^ 9", "formula.chained_power", "^"),
    ],
)
def test_a_statement_that_does_not_fit_is_told_at_its_letter(
    load: Load, rows: str, code: str, phrase: str
) -> None:
    found = faults(load, rows)
    assert [each for each, _ in found[:1]] == [code]
    assert phrase in found[0][1]


def test_a_cell_that_is_no_number_is_named_unless_the_row_is_settled_without_it(
    load: Load,
) -> None:
    (fault,) = faults(load, 'type == "county" and pop > 20')
    assert fault[0] == "table.not_a_number" and "d.csv:3:8" in fault[1] and "about 9" in fault[1]
    assert list(load('type == "county" and year == 2018 and pop > 20').keys) == ["0102", "0103"]
    assert list(load('year == 2018 and (type == "city" or pop > 50)').keys) == ["0102", "0103"]


def test_totals_and_headings_that_stand_where_numbers_should_are_left_out(load: Load) -> None:
    table = "year,code,name,pop\n2018,1,a,5\nyear,code,name,pop\n2017,1,a,5\n合计,,,10\n"
    assert list(load("year == 2018", table).keys) == ["1"]
    (fault,) = faults(load, "year == 2018", table.replace("2017", "FY17"))
    assert "d.csv:4:1" in fault[1]


def test_two_headings_of_one_name_are_told(load: Load) -> None:
    table = "code,name,a (b),a-b,pop\n1,x,1,2,3\n"
    (fault,) = faults(load, "a_b == 1", table)
    assert fault[0] == "reading.column_ambiguous" and "a (b), a-b" in fault[1]


def test_a_column_comes_before_a_parameter_of_its_name(load: Load) -> None:
    table = "code,name,of_year,pop\n1,x,2018,3\n2,y,2017,3\n"
    assert list(load("of_year == 2017", table).keys) == ["2"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Fiscal Year (ended)", "Fiscal_Year_ended"),
        ("a-b/c", "a_b_c"),
        ("2018 pop", "_2018_pop"),
        ("not", "not_"),
        ("人口（万人）", "人口_万人"),
        ("_hidden", "_hidden"),
        ("plain", "plain"),
    ],
)
def test_a_heading_that_is_no_name_has_one(heading: str, name: str) -> None:
    assert as_name(heading) == name


# -- every kind of table -------------------------------------------------------------------------


def frame() -> list[dict[str, str]]:
    return [row for row in csv.DictReader(io.StringIO(TABLE)) if any(row.values())]


def workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in csv.reader(io.StringIO(TABLE)):
        sheet.append([float(c) if parse_decimal(c) and c[0] != "0" else c for c in row])
    book.save(folder / "d.xlsx")
    return folder / "d.xlsx"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "parquet", "pandas", "polars"])
def test_rows_are_left_out_of_every_kind_of_table(load: Load, tmp_path: Path, kind: str) -> None:
    table: object = TABLE
    if kind in ("xlsx", "ods"):
        table = workbook(tmp_path) if kind == "xlsx" else converted(workbook(tmp_path), kind)
    elif kind == "parquet":
        polars.DataFrame(frame()).write_parquet(tmp_path / "d.parquet")
        table = tmp_path / "d.parquet"
    elif kind != "csv":
        table = (pandas if kind == "pandas" else polars).DataFrame(frame())
    districts = load('year == of_year and type == "county"', table)
    assert list(districts.keys) == ["0101", "0102", "0103"]
    assert districts.columns["pop"].fractions() == [10, 30, 60]  # type: ignore[union-attr]


def test_a_year_merged_over_several_rows_is_told(load: Load, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook(tmp_path))
    book.active.merge_cells("D4:D6")
    book.save(tmp_path / "m.xlsx")
    found = faults(load, 'year == 2018 and type == "county"', tmp_path / "m.xlsx")
    assert {code for code, _ in found} == {"table.merged"}


def test_two_hundred_thousand_rows_are_judged_at_once(load: Load) -> None:
    lines = [f"{n},x,{'county' if n % 2 else 'city'},{1900 + n // 1000},5" for n in range(200_000)]
    table = "\n".join(["code,name,type,year,pop", *lines])
    load('year == 1950 and type == "county"', table)
    with within(1.5):
        districts = load('year == 1950 and type == "county"', table)
    assert len(districts) == 500


NUMBERS = st.sampled_from(
    ["0", "1", "2", "-1", "0.1", "0.30", "1e1", "", "—", "100000000000000000.1"]
)
TEXTS = st.sampled_from(["A", "B", "1", "", "a b"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, TEXTS), min_size=1, max_size=12),
    st.sampled_from(["<", "<=", "==", "!=", ">", ">="]),
    st.sampled_from(["and", "or"]),
    st.sampled_from(["0.1", "1", "x + 0.2", "y * 3 - x", "x / y"]),
)
def test_rows_are_those_that_fractions_choose_one_by_one(
    cells: list[tuple[str, str, str]], sign: str, word: str, other: str
) -> None:
    rows = f'x {sign} {other} {word} t == "A"'
    wanted = [n for n, row in enumerate(cells) if holds(row, sign, word, other)]
    policy = policy_from_text(
        f"policy: p\ndistricts: {{file: d.csv, key: code, rows: '{rows}'}}\n"
        "grants: {g: {pool: 1, share: 1}}\n",
        "p.yaml",
        {},
    )
    columns = zip(*cells, strict=True)
    table = polars.DataFrame(
        {"code": list(map(str, range(len(cells)))), **dict(zip("xyt", columns, strict=True))}
    )
    if not wanted:
        with pytest.raises(TableError) as caught:
            transfers.load_districts(table, policy)
        assert [f.code for f in caught.value.faults] == ["reading.no_row_left"]
        return
    assert list(transfers.load_districts(table, policy).keys) == list(map(str, wanted))


def holds(row: tuple[str, str, str], sign: str, word: str, other: str) -> bool:
    """Tell whether a row is read, by plain fractions and three-valued logic."""
    x, y = (None if text in ("", "—") else parse_decimal(text) for text in row[:2])
    values: Mapping[str, Fraction | None] = {
        "0.1": Fraction(1, 10),
        "1": Fraction(1),
        "x + 0.2": None if x is None else x + Fraction(1, 5),
        "y * 3 - x": None if x is None or y is None else y * 3 - x,
        "x / y": None if x is None or not y else x / y,
    }
    value = values[other]
    first: bool | None = None
    if x is not None and value is not None:
        first = {
            "<": x < value,
            "<=": x <= value,
            "==": x == value,
            "!=": x != value,
            ">": x > value,
            ">=": x >= value,
        }[sign]
    second = None if row[2] == "" else row[2] == "A"
    return (first is True and second is True) if word == "and" else True in (first, second)
