"""Districts: keys that can be trusted, columns from one table or several."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transfers.districts import (
    Districts,
    InputSpec,
    JoinSpec,
    NumberColumn,
    TableSpec,
    TextColumn,
    build_districts,
    read_table,
)
from transfers.errors import Fault, Place, TableError

POPULATION = InputSpec("population", ("resident_population", "population", "常住人口"))
POLICY = Place("policy.yaml", 5, 3, "districts")


def build(
    folder: Path,
    table: str,
    *inputs: InputSpec,
    joined: str | None = None,
    name: str | None = None,
    identical_rows: bool = False,
) -> Districts:
    (folder / "d.csv").write_text(table, encoding="utf-8")
    joins: tuple[JoinSpec, ...] = ()
    raws = []
    if joined is not None:
        (folder / "j.csv").write_text(joined, encoding="utf-8")
        joins = (JoinSpec("j.csv", ("id",)),)
        raws = [read_table(folder / "j.csv")]
    spec = TableSpec("d.csv", ("code",), (name,) if name else (), joins, identical_rows, POLICY)
    return build_districts(read_table(folder / "d.csv"), raws, spec, inputs)


def faults(
    folder: Path,
    table: str,
    *inputs: InputSpec,
    joined: str | None = None,
    name: str | None = None,
    identical_rows: bool = False,
) -> list[Fault]:
    with pytest.raises(TableError) as caught:
        build(folder, table, *inputs, joined=joined, name=name, identical_rows=identical_rows)
    for language in ("zh", "en"):
        assert not any("{" in line for line in caught.value.lines(language))
    return list(caught.value.faults)


def where(found: list[Fault]) -> list[tuple[str, str]]:
    """Return code and place, with the folder left out."""
    return [
        (f.code.removeprefix("table."), str(f.place).rpartition("/")[2] or str(f.place))
        for f in found
    ]


class TestDistricts:
    def test_keys_names_and_columns_keep_the_order_of_the_table(self, tmp_path: Path) -> None:
        table = "code,name,常住人口,tier\n0102,乙区,2.5,B\n0101,,10,A\nA1,丙区,—,B\n"
        tier = InputSpec("tier", ("tier",), "text")
        districts = build(tmp_path, table, POPULATION, tier, name="name")
        assert districts.keys == ("0102", "0101", "A1")
        assert districts.names == ("乙区", "0101", "丙区")
        assert districts.key_order.tolist() == [1, 0, 2]
        assert districts.key_order.dtype == np.intp
        assert len(districts) == 3
        population, kinds = districts.columns["population"], districts.columns["tier"]
        assert isinstance(population, NumberColumn)
        assert population.fractions() == [Fraction(5, 2), Fraction(10), None]
        assert isinstance(kinds, TextColumn)
        assert kinds.categories == ("B", "A")

    def test_every_figure_knows_its_file_line_and_column(self, tmp_path: Path) -> None:
        table = "code,x,population\n\n1,a,5\n2,b,6\n"
        districts = build(tmp_path, table, POPULATION)
        assert str(districts.place("population", 1)).endswith("d.csv:4:3")
        assert str(districts.place("", 0)).endswith("d.csv:3:1")
        assert districts.encoding == "utf-8"
        assert len(districts.sha256) == 64

    def test_the_first_name_of_a_column_that_is_there_wins(self, tmp_path: Path) -> None:
        table = "code,常住人口,population\n1,7,8\n"
        column = build(tmp_path, table, POPULATION).columns["population"]
        assert isinstance(column, NumberColumn)
        assert column.fractions() == [Fraction(8)]

    def test_a_header_matches_whatever_its_form(self, tmp_path: Path) -> None:
        asked = InputSpec("x", ("e\u0301 ",))
        assert "x" in build(tmp_path, "code,\u00e9\n1,2\n", asked).columns

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
    @given(st.permutations([("0101", "1"), ("0102", ""), ("NA", "3.25"), ("Ａ", "4")]))
    def test_the_order_of_rows_changes_nothing_but_the_order(
        self, tmp_path: Path, rows: list[tuple[str, str]]
    ) -> None:
        table = "code,population\n" + "".join(f"{key},{value}\n" for key, value in rows)
        districts = build(tmp_path, table, POPULATION)
        column = districts.columns["population"]
        assert isinstance(column, NumberColumn)
        figures = dict(zip(districts.keys, column.fractions(), strict=True))
        assert figures == {
            "0101": Fraction(1),
            "0102": None,
            "NA": Fraction(13, 4),
            "Ａ": Fraction(4),
        }
        ranked = sorted(districts.keys)
        assert [ranked[rank] for rank in districts.key_order] == list(districts.keys)


class TestKeys:
    def test_missing_and_repeated_keys_are_refused_with_both_rows(self, tmp_path: Path) -> None:
        found = faults(tmp_path, "code,n\n01,1\n,2\n—,3\n01,4\n")
        assert where(found) == [
            ("key_missing", "d.csv:3:1"),
            ("key_missing", "d.csv:4:1"),
            ("key_twice", "d.csv:5:1"),
        ]
        assert found[2].values["line"] == 2

    def test_rows_equal_in_every_cell_may_be_kept_once(self, tmp_path: Path) -> None:
        table = "code,population\n1,5\n2,6\n1,5\n"
        assert build(tmp_path, table, POPULATION, identical_rows=True).keys == ("1", "2")
        assert where(faults(tmp_path, table, POPULATION)) == [("key_twice", "d.csv:4:1")]
        unequal = "code,population\n1,5\n1,5.0\n"
        assert where(faults(tmp_path, unequal, POPULATION, identical_rows=True)) == [
            ("key_twice", "d.csv:3:1")
        ]

    @pytest.mark.parametrize(
        ("one", "two"),
        [
            ("城 关", "城关"),
            ("\u00e9", "e\u0301"),
            ("01", "０１"),
            ("A1", "А1"),
            ("城\u200b关", "城关"),
        ],
    )
    def test_keys_that_only_look_different_are_refused(
        self, tmp_path: Path, one: str, two: str
    ) -> None:
        found = faults(tmp_path, f"code,n\n{one},1\nx,2\n{two},3\n")
        assert where(found) == [("key_lookalike", "d.csv:4:1")]
        assert found[0].values["line"] == 2

    def test_na_no_and_leading_zeros_are_keys_like_any_other(self, tmp_path: Path) -> None:
        keys = ("NA", "NO", "0101", "101", "1:30", "null")
        assert build(tmp_path, "code,n\n" + "".join(f"{k},1\n" for k in keys)).keys == keys

    def test_a_key_that_a_spreadsheet_rounded_is_refused(self, tmp_path: Path) -> None:
        found = faults(tmp_path, "code,n\n4.40703E+11,1\n440704000000,2\n")
        assert where(found) == [("key_rounded", "d.csv:2:1")]

    def test_a_row_of_totals_is_never_taken_for_a_district(self, tmp_path: Path) -> None:
        table = "code,name,population\n1,甲,5\n,合　计,abc\nTotal,,5\n"
        districts = build(tmp_path, table, POPULATION, name="name")
        assert districts.names == ("甲",)
        said = [finding.message("zh") for finding in districts.findings]
        assert "2 行不是地区，没有计入：合 计 (3)、Total (4)" in said[0]

    def test_the_apostrophe_that_keeps_a_text_a_text_is_no_part_of_it(self, tmp_path: Path) -> None:
        table = "code,name,tier\n'=1+1,'@甲,'-A\n's,'t,B\n"
        tier = InputSpec("tier", ("tier",), "text")
        districts = build(tmp_path, table, tier, name="name")
        assert (districts.keys, districts.names) == (("=1+1", "'s"), ("@甲", "'t"))
        column = districts.columns["tier"]
        assert isinstance(column, TextColumn)
        assert column.categories == ("-A", "B")


class TestColumns:
    def test_a_column_that_is_not_there_is_named_with_those_that_are(self, tmp_path: Path) -> None:
        place = Place("policy.yaml", 9, 5, "inputs.population")
        asked = InputSpec("population", ("populaton", "人口"), place=place)
        found = faults(tmp_path, "code,Population,area\n1,2,3\n", asked)
        assert where(found) == [("no_column_near", "policy.yaml:9:5 inputs.population")]
        assert "“Population”" in found[0].text("zh")
        assert "code, Population, area" in found[0].text("en")

    def test_rows_below_a_gap_without_any_figure_are_no_districts(self, tmp_path: Path) -> None:
        table = "code,population\n1,5\n2,6\n\n汇总表,\n甲,\n"
        (fault,) = faults(tmp_path, table, POPULATION)
        assert where([fault]) == [("strays", "d.csv:5")]
        assert "空行以下有 2 行（“汇总表”等）" in fault.text("zh")
        assert len(build(tmp_path, table.replace("6\n\n", "6\n"), POPULATION)) == 4
        assert len(build(tmp_path, table.replace("甲,", "甲,1"), POPULATION)) == 4

    def test_two_columns_of_one_name_are_refused_where_it_is_asked_for(
        self, tmp_path: Path
    ) -> None:
        table = "code,population,population,x,x\n1,2,3,4,5\n"
        (fault,) = faults(tmp_path, table, POPULATION)
        assert where([fault]) == [("column_repeated", "d.csv:1:3")]
        assert "与 1:2 那一列同名" in fault.text("zh")

    def test_a_missing_key_column_still_lets_the_other_faults_be_told(self, tmp_path: Path) -> None:
        found = faults(tmp_path, "id,population\n1,x\n", POPULATION, joined="id,y\n1,2\n")
        assert [f.code for f in found] == ["table.no_column", "table.not_a_number"]

    def test_a_wrong_cell_is_named_with_district_column_and_value(self, tmp_path: Path) -> None:
        asked = InputSpec("population", ("population",), minimum=Fraction(0))
        table = 'code,name,population\n01,城关区,"1,234,5"\n02,乙区,-3\n,丙区,x\n'
        found = faults(tmp_path, table, asked, name="name")
        assert where(found) == [
            ("not_a_number", "d.csv:2:3"),
            ("below_minimum", "d.csv:3:3"),
            ("key_missing", "d.csv:4:1"),
            ("not_a_number", "d.csv:4:3"),
        ]
        assert "01 城关区的“population”读到“1,234,5”，不是数字" in found[0].text("zh")
        assert "02 乙区: “population” is -3, below its minimum 0" in found[1].text("en")

    def test_a_thousand_wrong_cells_are_told_as_fifty_in_reading_order(
        self, tmp_path: Path
    ) -> None:
        rows = "".join(f"k{row},1x,2y\n" for row in range(1000))
        other = InputSpec("other", ("other",))
        found = faults(tmp_path, "code,population,other\n" + rows, POPULATION, other)
        assert len(found) == 51
        assert where(found)[:3] == [
            ("not_a_number", "d.csv:2:2"),
            ("not_a_number", "d.csv:2:3"),
            ("not_a_number", "d.csv:3:2"),
        ]
        assert found[50].values == {"count": 1950}

    def test_a_very_long_cell_is_cut_short_in_the_message(self, tmp_path: Path) -> None:
        found = faults(tmp_path, f"code,population\n1,{'x' * 9000}\n", POPULATION)
        assert len(found[0].text("zh")) < 250


class TestJoins:
    def test_rows_are_matched_on_the_key_and_a_missing_partner_is_missing(
        self, tmp_path: Path
    ) -> None:
        districts = build(
            tmp_path,
            "code,n\n1,a\n2,b\n3,c\n",
            POPULATION,
            joined="id,name,population\n3,丙,30\n1,甲,10\n",
            name="name",
        )
        column = districts.columns["population"]
        assert isinstance(column, NumberColumn)
        assert column.fractions() == [Fraction(10), None, Fraction(30)]
        assert districts.names == ("甲", "2", "丙")
        assert str(districts.place("population", 2)).endswith("j.csv:2:3")
        assert str(districts.place("population", 1)).endswith("d.csv:3:1")
        assert [Path(source.file).name for source in districts.sources] == ["d.csv", "j.csv"]

    def test_a_default_stands_for_a_missing_partner_without_being_blamed(
        self, tmp_path: Path
    ) -> None:
        asked = InputSpec("population", ("population",), default=Fraction(7))
        joined = "id,population\n1,10\n"
        column = build(tmp_path, "code,n\n1,a\n2,b\n", asked, joined=joined).columns["population"]
        assert isinstance(column, NumberColumn)
        assert column.fractions() == [Fraction(10), Fraction(7)]

    def test_unknown_keys_are_refused_ten_by_name_and_the_nearest_is_suggested(
        self, tmp_path: Path
    ) -> None:
        joined = "id,population\n101,1\n" + "".join(f"x{row},1\n" for row in range(15))
        found = faults(tmp_path, "code,n\n0101,a\n", POPULATION, joined=joined)
        assert found[0].code == "table.key_unknown_meant"
        assert found[0].values["meant"] == "0101"
        assert [f.code for f in found[1:10]] == ["table.key_unknown"] * 9
        assert where(found)[10] == ("keys_unknown", "j.csv:12:1")
        assert found[10].values["count"] == 6
        assert len(found) == 11

    def test_a_column_in_both_tables_must_say_the_same(self, tmp_path: Path) -> None:
        table = "code,population\n1,5\n2,6\n"
        same = build(tmp_path, table, POPULATION, joined="id,population\n2,6\n")
        assert str(same.place("population", 1)).endswith("d.csv:3:2")
        found = faults(tmp_path, table, POPULATION, joined="id,population\n1,5\n2,7\n")
        assert where(found) == [("column_twice", "j.csv:3:2")]

    def test_a_joined_table_is_held_to_the_same_rules(self, tmp_path: Path) -> None:
        joined = "id,population\n1,5\n1,6\n,7\n合计,18\n"
        found = faults(tmp_path, "code,n\n1,a\n", POPULATION, joined=joined)
        assert where(found) == [
            ("key_twice", "j.csv:3:1"),
            ("key_missing", "j.csv:4:1"),
        ]

    def test_a_total_of_a_joined_table_is_no_unknown_district(self, tmp_path: Path) -> None:
        joined = "id,population\n1,5\n合计,6\n"
        districts = build(tmp_path, "code,n\n1,a\n", POPULATION, joined=joined)
        assert [finding.code for finding in districts.findings] == [
            "table.total_differs",
            "table.asides",
        ]
