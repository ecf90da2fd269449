"""Keys that clearly differ are found to be so quickly, and nothing is overlooked for it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transfers.districts import keys as module
from transfers.districts.asides import find_asides
from transfers.districts.faults import Faults
from transfers.districts.header import Wanted, find_header
from transfers.districts.keys import district_rows
from transfers.districts.raw import RawTable
from transfers.districts.sheet import Record
from transfers.errors import Fault, TableError

KEYS = st.one_of(
    st.sampled_from(["0101", "0102", "0103", "101", "A1", "Ａ1", "А1", "4.4E+11", "城关", "合计"]),
    st.sampled_from(
        ["", "-", "…", "N/A", "total", "01 01", "01\u200b01", "ﬁ", "e\u0301", "\u00e9"]
    ),
    st.text("01AＡА城 +E", max_size=3).map(str.strip),
)


def read(keys: Sequence[str], names: Sequence[str]) -> tuple[list[int], tuple[Fault, ...]]:
    head = find_header([Record(1, 2, ["code", "name"])], (), Wanted())
    raw = RawTable("d.csv", head, (keys, names), range(2, len(keys) + 2), "utf-8", "")
    faults = Faults()
    asides = find_asides(raw, 0, 1)
    rows = list(district_rows(raw, 0, asides, keep_one=True, table=0, faults=faults))
    try:
        faults.raise_any()
    except TableError as error:
        return rows, error.faults
    return rows, ()


@given(st.lists(KEYS, min_size=1, max_size=8), st.booleans())
@example(["城关", "城东"], False)
@example(["e", "\u0301"], False)
def test_the_quick_way_finds_what_the_careful_way_finds(keys: list[str], ordered: bool) -> None:
    keys = sorted(keys) if ordered else keys
    found = read(keys, keys)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_clearly_differ", lambda keys: False)
        patch.setattr(module, "_are_their_likeness", lambda keys: False)
        assert read(keys, keys) == found


@pytest.mark.parametrize(
    "keys", [["0101", "0102"], ["0102", "0101"], ["城东", "城关"], ["城关", "城东"]]
)
def test_most_tables_go_the_quick_way(keys: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_report_lookalikes", None)
        assert read(keys, ["", ""]) == ([0, 1], ())
