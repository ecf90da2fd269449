"""Sentence 32: which files, columns and rows are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import transfers
from tests.method.tiny import fault_codes, found, paid
from transfers import Allocation, DocumentError, TableError

TABLE = "key,year,x,x_2018,is on\na,2018,10,1,是\nb,2018,30,3,否\na,2017,5,?,是\n"
BY_X = "inputs: {x: {}}\nparameters: {of_year: 2018}\ngrants: {aid: {pool: 100, share: x}}\n"


def allocated(
    folder: Path,
    rows: str,
    text: str = BY_X,
    table: str = TABLE,
    overrides: Mapping[str, str] | None = None,
) -> Allocation:
    """Run a policy that reads some rows of a table."""
    head = "policy: tiny\ndistricts:\n  file: d.csv\n  key: key\n"
    head += f"  rows: {rows}\n" if rows else ""
    (folder / "policy.yaml").write_text(head + text, "utf-8")
    (folder / "d.csv").write_text(table, "utf-8")
    policy = transfers.load_policy(folder / "policy.yaml", overrides or {})
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def refused(folder: Path, rows: str, text: str = BY_X, table: str = TABLE) -> list[str]:
    with pytest.raises((TableError, DocumentError)) as caught:
        allocated(folder, rows, text, table)
    return fault_codes(caught.value)


def test_rows_for_which_the_statement_holds_are_read(tmp_path: Path) -> None:
    """Sentence 32: 10 and 30 share 100 as 25 and 75; the row of 2017 repeats a key, and may."""
    allocation = allocated(tmp_path, "year == of_year")
    assert paid(allocation) == [25, 75]
    note = found(allocation)["rows_left_out"]
    assert (note.severity, note.values["count"], note.values["all"]) == ("note", 1, 3)
    assert paid(
        allocated(tmp_path, "year == of_year", overrides={"parameters.of_year": "2017"})
    ) == [100]


def test_a_row_that_cannot_be_judged_is_left_out_and_counted(tmp_path: Path) -> None:
    """Sentence 32: a blank year is neither 2018 nor another year."""
    allocation = allocated(tmp_path, "year == 2018", table=TABLE + "c,,9,1,是\n")
    assert paid(allocation) == [25, 75]
    assert found(allocation)["rows_left_out_unknown"].values["unknown"] == 1
    kept = allocated(tmp_path, "missing(year) or year == 2018", table=TABLE + "c,,60,1,是\n")
    assert paid(kept) == [10, 30, 60]


@pytest.mark.parametrize(
    ("rows", "amounts"),
    [
        ("year == 2018 and is_on", [100]),
        ("year == 2018 and not is_on", [100]),
        ('key == "a" and year >= 2018', [100]),
        ("x * 0.1 == 3 or x * 0.1 == 1", [25, 75]),
        ("year == 2018 and x_2018 > 0", [25, 75]),
    ],
)
def test_a_column_is_read_as_what_it_is_compared_with(
    tmp_path: Path, rows: str, amounts: list[int]
) -> None:
    """Sentence 32: numbers, texts and truths; a cell that is none matters only where it decides."""
    assert paid(allocated(tmp_path, f"'{rows}'")) == amounts


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("x_2018 > 0", "table.not_a_number"),
        ("of_year == 2018", "reading.no_column_compared"),
        ("year == 2030", "reading.no_row_left"),
        ("quarter == 1", "reading.no_column"),
        ("x > mean(x)", "reading.aggregate"),
    ],
)
def test_a_statement_that_decides_nothing_or_cannot_is_refused(
    tmp_path: Path, rows: str, code: str
) -> None:
    """Sentence 32: neither all rows nor none is ever read by mistake."""
    assert refused(tmp_path, rows) == [code]


def test_a_column_comes_before_a_constant(tmp_path: Path) -> None:
    """Sentence 32: `year` is the column of the file where it has one."""
    text = f"year: 2017\n{BY_X}"
    assert paid(allocated(tmp_path, "year == 2018", text)) == [25, 75]
    table = TABLE.replace("key,year", "key,when")
    assert paid(allocated(tmp_path, "when == year + 1", text, table)) == [25, 75]


def test_a_name_with_braces_is_that_of_its_constants(tmp_path: Path) -> None:
    """Sentence 32: `x_{year - 1}` of 2019 is x_2018, wherever the year stands."""
    text = (
        'inputs: {x: {column: "x_{year - 1}"}}\ngrants: {aid: {pool: 100, share: x}}\nyear: 2019\n'
    )
    assert paid(allocated(tmp_path, "x > 5", text)) == [25, 75]
    wrong = text.replace("year - 1", "year / 2")
    assert refused(tmp_path, "x > 5", wrong) == ["reading.not_whole"]


def test_the_year_is_a_number_of_formulas_unless_the_document_has_its_own(tmp_path: Path) -> None:
    """Sentence 32: claims of the year, 2018, and of a parameter `year`, 7."""
    text = "year: 2018\ngrants: {aid: {claim: year}}\n"
    assert paid(allocated(tmp_path, "x > 20", text)) == [2018]
    own = text.replace("grants", "parameters: {year: 7}\ngrants")
    assert paid(allocated(tmp_path, "x > 20", own)) == [7]


def test_what_has_decided_the_reading_cannot_move(tmp_path: Path) -> None:
    """Sentence 32: a scenario of another year is refused; one that moves anything else is not."""
    text = BY_X.replace("2018}", "2018, k: 1}").replace("share: x", "share: x + k")
    allocation = allocated(tmp_path, "year == of_year", text)
    policy, districts = allocation.policy, allocation.districts
    (moved,) = transfers.allocate_scenarios(policy, districts, [{"parameters.k": 60}])
    assert paid(moved) == [44, 56]
    (same,) = transfers.allocate_scenarios(policy, districts, [{"parameters.of_year": 2018}])
    assert paid(same) == paid(allocation)
    with pytest.raises(DocumentError) as caught:
        transfers.allocate_scenarios(policy, districts, [{"parameters.of_year": 2017}])
    assert fault_codes(caught.value) == ["reading.moved"]
    with pytest.raises(DocumentError) as caught:
        transfers.allocate(policy, districts, {"parameters.of_year": "2017"})
    assert fault_codes(caught.value) == ["reading.read_otherwise"]


def test_a_figure_that_was_read_can_be_another(tmp_path: Path) -> None:
    """Sentence 32: with 10 in place of 30 both get 50, by `--set` and in a scenario."""
    allocation = allocated(tmp_path, "year == 2018")
    set_ = allocated(tmp_path, "year == 2018", overrides={"inputs.x.b": "10"})
    assert paid(allocation) == [25, 75]
    assert paid(set_) == [50, 50]
    policy, districts = allocation.policy, allocation.districts
    stays, moves = transfers.allocate_scenarios(policy, districts, [{}, {"inputs.x.b": 10}])
    assert (paid(stays), paid(moves)) == ([25, 75], [50, 50])
    assert paid(transfers.allocate(policy, districts, {"inputs.x.b": 10})) == [50, 50]


def test_a_study_changes_figures_from_those_of_the_table(tmp_path: Path) -> None:
    """Sentence 32: three times the 10 of a is 30, as b has."""
    allocation = allocated(tmp_path, "year == 2018")
    policy, districts = allocation.policy, allocation.districts
    change = {"x": {"formula": "*3", "where": 'key == "a"'}}
    changed = transfers.change_figures(policy, districts, change)
    assert paid(transfers.allocate(policy, changed)) == [50, 50]
    assert found(transfers.allocate(policy, changed))["changed"].values["count"] == 1
    with pytest.raises(TableError) as caught:
        transfers.change_figures(policy, districts, {"x": ["*3", {"a": "30"}]})
    assert fault_codes(caught.value) == ["figures.set_twice"]
