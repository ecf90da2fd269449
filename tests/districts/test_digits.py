"""Figures are read from the bytes of a column as they would be from its texts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transfers.arithmetic.decimals import parse_decimal
from transfers.districts.csv_column import CsvColumn
from transfers.districts.csv_text import CsvText
from transfers.districts.faults import Faults
from transfers.districts.numbers import PlainNumbers, plain_numbers

CELLS = st.one_of(
    st.from_regex(r"-?[0-9]{0,20}(\.[0-9]{0,9})?", fullmatch=True),
    st.text("0123456789.-", max_size=26),
    st.sampled_from(["", "-", "--1", ".", "-.", "1.", ".5", "-.5", "1.2.3", "+1", "1e3", "5%"])
    | st.sampled_from(["城关", "１２", "—", "1 2", "0/9", ":", "9:", "1,5".replace(",", "،")])
    | st.sampled_from(["9" * 18, "9" * 19, "-" + "9" * 18, "9" * 10 + "." + "9" * 8, "0" * 24])
    | st.sampled_from(["1234567.", "1234567.8", "12345678.9", "1.2345678.9", "x" * 60]),
)


def column_of(cells: Sequence[str]) -> CsvColumn:
    # Cells among the first 24 bytes of a file are left to be read one by one: hence a long name.
    text = "\n".join(["name,the figure of the district", *(f"区,{cell}" for cell in cells)])
    columns, _ = CsvText("d.csv", text.encode()).body(2, 2, Faults())
    assert list(columns[1]) == list(cells)
    return columns[1]


@settings(max_examples=300, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=60))
@example(["1"])
def test_what_is_plain_in_a_text_is_plain_in_bytes_and_the_same_figure(cells: list[str]) -> None:
    cells = cells * (200 // len(cells) + 1)
    found, expected = plain_numbers(column_of(cells)), plain_numbers(cells)
    assert found.plain.tolist() == expected.plain.tolist()
    assert found.mantissas.tolist() == expected.mantissas.tolist()
    assert found.places.tolist() == expected.places.tolist()


@settings(max_examples=300, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=60))
def test_a_plain_cell_is_the_number_it_is_read_as_one_by_one(cells: list[str]) -> None:
    found = plain_numbers(column_of(cells * (200 // len(cells) + 1)))
    for cell, row in zip(cells, range(len(cells)), strict=True):
        if found.plain[row]:
            value = Fraction(int(found.mantissas[row]), 10 ** int(found.places[row]))
            assert value == parse_decimal(cell)


def test_every_length_with_the_point_everywhere_and_either_sign_is_plain() -> None:
    cells = []
    for length in range(1, 19):
        digits = "123456789012345678"[:length]
        cells += [digits, *(f"{digits[:at]}.{digits[at:]}" for at in range(length))]
    cells += [f"-{cell}" for cell in cells]
    found = plain_numbers(column_of(cells))
    assert len(cells) == 378 and found.plain.all()
    places = [len(cell.partition(".")[2]) for cell in cells]
    assert found.places.tolist() == places
    assert found.mantissas.tolist() == [int(cell.replace(".", "")) for cell in cells]


@pytest.mark.parametrize("size", [199, 200, 8_192, 8_193, 20_000])
def test_columns_of_any_length_are_read_to_their_end(size: int) -> None:
    cells = [f"{number}.{number % 10}" for number in range(size)]
    found: PlainNumbers = plain_numbers(column_of(cells))
    if size < 200:
        assert not found.plain.any()  # read one by one
        return
    assert found.plain.all()
    assert np.array_equal(found.mantissas, np.arange(size) * 10 + np.arange(size) % 10)


class TestColumn:
    def test_a_column_is_a_sequence_of_texts(self) -> None:
        cells = ["城关", "", "12", "x" * 100] * 5_000
        column = column_of(cells)
        assert len(column) == 20_000
        assert (column[0], column[-1], column[3]) == ("城关", "x" * 100, "x" * 100)
        assert list(column[1:4]) == cells[1:4]
        assert list(column) == column.texts() == cells
        with pytest.raises(IndexError):
            column[20_000]

    def test_rows_are_taken_in_any_order_and_none_is_empty(self) -> None:
        column = column_of(["a", "城", "c"])
        assert list(column.at([2, -1, 0, 0])) == ["c", "", "a", "a"]
        assert column.at([1, -1]).has_text()
        assert not column.at([-1, -1]).has_text()

    def test_a_cell_with_nul_is_one_cell(self) -> None:
        cells = ["a", "\0", "b\0c", ""] * 10
        columns, _ = CsvText("d", "\n".join(f"{c},x" for c in cells).encode()).body(1, 2, Faults())
        assert list(columns[0]) == cells

    def test_the_last_cell_of_a_file_is_whole(self) -> None:
        cells = [f"{number:03}" for number in range(10_000)]
        assert column_of(cells).texts() == cells
