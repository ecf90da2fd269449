"""csv, json and parquet: the same figures, exact; texts that stay texts."""

from __future__ import annotations

import csv
import io
import json
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from tests.output.conftest import HOSTILE, Allocated
from transfers.allocation import Allocation
from transfers.errors import OutputError
from transfers.output.columns import DataColumn
from transfers.output.csv_file import csv_bytes
from transfers.output.files import FORMATS, encoder, write_file
from transfers.output.json_file import json_bytes
from transfers.output.parquet_file import kind_of, parquet_bytes
from transfers.written import kept_text, read_back

RUNS = "=+-@\t\r＝＋－＠"


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def table_of(content: bytes) -> Any:
    return parquet.read_table(io.BytesIO(content))


# -- what all of them hold ------------------------------------------------------------------------


def test_all_formats_hold_the_same_columns_in_the_order_of_the_table(allocated: Allocated) -> None:
    allocation = allocated(["甲", "乙", "丙"], keys=["03", "01", "02"])
    outputs = ["per_head", "third", "gone", "large", "category"]
    names = ["key", "name", "base", "extra", *outputs, "total"]
    lines = rows_of(csv_bytes(allocation, "zh"))
    rows = json.loads(json_bytes(allocation, "zh"))["rows"]
    table = table_of(parquet_bytes(allocation, "zh"))
    assert list(lines[0]) == list(rows[0]) == table.column_names == names
    for found in ([r["key"] for r in lines], [r["key"] for r in rows], table["key"].to_pylist()):
        assert found == ["03", "01", "02"]


def test_amounts_are_the_same_to_the_last_digit_in_all_formats(allocated: Allocated) -> None:
    allocation = allocated(["甲", "乙", "丙"], pool="70000000000000.07")
    exact = [Fraction(q, 100) for q in allocation.total.tolist()]
    assert [Fraction(r["total"]) for r in rows_of(csv_bytes(allocation, "zh"))] == exact
    rows = json.loads(json_bytes(allocation, "zh"), parse_float=Decimal)["rows"]
    assert [Fraction(row["total"]) for row in rows] == exact
    total = table_of(parquet_bytes(allocation, "zh"))["total"].to_pylist()
    assert [Fraction(amount) for amount in total] == exact


def test_a_missing_figure_is_empty_in_csv_and_null_elsewhere(allocated: Allocated) -> None:
    allocation = allocated(["甲", "乙"], priors=["—", "5"])
    first = [rows_of(csv_bytes(allocation, "zh"))[0]["gone"]]
    first += [json.loads(json_bytes(allocation, "zh"))["rows"][0]["gone"]]
    first += [table_of(parquet_bytes(allocation, "zh"))["gone"][0].as_py()]
    assert first == ["", None, None]


def test_an_output_without_digits_has_six_decimals_at_most_and_no_idle_zeros(
    allocated: Allocated,
) -> None:
    rows = rows_of(csv_bytes(allocated(["甲", "乙", "丙"]), "zh"))
    assert [row["third"] for row in rows] == ["0.333333", "0.666667", "1"]
    assert [row["gone"] for row in rows] == ["15", "30", "45"]


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_allocation_gives_the_same_bytes(allocated: Allocated, ending: str) -> None:
    encode = encoder(f"r{ending}")
    one, other = (encode(allocated(HOSTILE), "zh") for _ in range(2))
    assert one == other


def test_an_ending_picks_the_format_whatever_its_case(jiangmen: Allocation, tmp_path: Any) -> None:
    write_file(jiangmen, str(tmp_path / "R.CSV"), "zh")
    assert (tmp_path / "R.CSV").read_bytes() == csv_bytes(jiangmen, "zh")
    with pytest.raises(OutputError, match=r"r\.doc"):
        write_file(jiangmen, "r.doc", "zh")


# -- texts in csv ---------------------------------------------------------------------------------


def test_no_text_of_a_csv_file_begins_like_a_formula_and_each_is_read_back(
    allocated: Allocated,
) -> None:
    allocation = allocated(HOSTILE, keys=[f"-{number}" for number in range(len(HOSTILE))])
    rows = rows_of(csv_bytes(allocation, "zh"))
    for row, key, name in zip(rows, allocation.keys, allocation.districts.names, strict=True):
        for column, text in (("key", key), ("name", name), ("category", name)):
            assert row[column].lstrip("\u200b")[0] not in RUNS
            assert read_back(row[column]) == text


def test_negative_amounts_stay_numbers(allocated: Allocated) -> None:
    rows = rows_of(csv_bytes(allocated(["甲", "乙"], priors=["500", "1"]), "zh"))
    assert rows[0]["gone"] == "-450"


dangerous = st.text(alphabet=f"{RUNS}' \n\u200b\ufeff甲a1｜", max_size=6)


@settings(max_examples=500)
@given(st.one_of(dangerous, st.text(max_size=8)))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert read_back(kept_text(text)) == text


@settings(max_examples=500)
@given(dangerous)
def test_what_is_kept_begins_with_no_sign_of_a_formula(text: str) -> None:
    kept = kept_text(text).lstrip(" \n\u200b\ufeff")
    assert kept[:1] == "" or kept[0] not in RUNS


@pytest.mark.parametrize("text", ["台山市", "'s-Gravenhage", "''", "1-2", "a=b", " 甲", "—", ""])
def test_ordinary_texts_are_written_as_they_are(text: str) -> None:
    assert kept_text(text) == text == read_back(text)


# -- parquet --------------------------------------------------------------------------------------


def test_the_kinds_of_columns_follow_the_policy_not_the_figures(allocated: Allocated) -> None:
    schema = table_of(parquet_bytes(allocated(["甲", "乙"], priors=["—", "—"]), "zh")).schema
    kinds = {field.name: field.type for field in schema}
    assert kinds == {
        **dict.fromkeys(("key", "name", "category"), pa.string()),
        **dict.fromkeys(("base", "extra", "total", "per_head"), pa.decimal128(38, 2)),
        **dict.fromkeys(("third", "gone"), pa.decimal128(38, 6)),
        "large": pa.bool_(),
    }


def test_whole_amounts_are_integers(jiangmen: Allocation) -> None:
    table = table_of(parquet_bytes(jiangmen, "zh"))
    assert table.schema.field("total").type == pa.int64()
    assert table["total"].to_pylist() == [325, 150, 552, 1080, 755, 402, 736]


@pytest.mark.parametrize(
    ("cell", "places", "kind"),
    [
        (2**63 - 1, 0, "integer"),
        (2**63, 0, "decimal"),
        (10**38 - 1, 6, "decimal"),
        (-(10**38), 6, "wide_decimal"),
        (10**76, 6, "text"),
        (1, 40, "wide_decimal"),
        (1, 80, "text"),
    ],
)
def test_figures_beyond_a_kind_go_to_the_next_and_stay_exact(
    cell: int, places: int, kind: str
) -> None:
    assert kind_of(DataColumn("x", "number", [cell, None], places)) == kind


def test_polars_serves_where_pyarrow_is_not_installed(
    allocated: Allocated, monkeypatch: pytest.MonkeyPatch
) -> None:
    allocation = allocated(["甲", "=乙", "丙"], priors=["—", "1", "2"])
    by_pyarrow = table_of(parquet_bytes(allocation, "zh"))
    hide(monkeypatch, "pyarrow")
    by_polars = table_of(parquet_bytes(allocation, "zh"))
    assert by_polars.to_pylist() == by_pyarrow.to_pylist()


def test_without_either_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "pyarrow", "polars")
    with pytest.raises(OutputError) as caught:
        encoder("r.parquet")
    (fault,) = caught.value.faults
    for language in ("zh", "en"):
        assert 'pip install "transfers[parquet]"' in fault.text(language)
        assert fault.text(language).startswith("r.parquet: ")


def hide(monkeypatch: pytest.MonkeyPatch, *libraries: str) -> None:
    """Have libraries look as if they were not installed."""
    from transfers.output import files, parquet_file

    for room in (files, parquet_file):
        find = room.find_spec
        monkeypatch.setattr(
            room, "find_spec", lambda name, find=find: None if name in libraries else find(name)
        )
    for library in libraries:
        monkeypatch.setitem(sys.modules, library, None)
