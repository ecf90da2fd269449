"""Tests that stand beside the examples pass; rows in a document are what they are in a table."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import transfers
from checks.policy_tests import find_tests, kind_of, load_tests, run_tests
from checks.policy_tests.model import Cell
from transfers.districts.changed import cell_text, cells_of

ROOT = Path(__file__).resolve().parents[2]
JIANGMEN = ROOT / "examples/jiangmen"
DOCUMENTS = sorted(ROOT.glob("examples/**/tests/*.y*ml"))


def test_there_are_examples_with_tests() -> None:
    assert JIANGMEN / "tests/worked_examples.yaml" in DOCUMENTS


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_the_tests_beside_an_example_pass(file: Path) -> None:
    document = load_tests(file)
    assert file in find_tests(document.policy_file)
    results = run_tests(document)
    assert results
    assert [result.lines("en") for result in results if not result.passed] == []


def rows_of_jiangmen() -> dict[str, dict[str, str]]:
    """Return the table of the example as a test document has rows."""
    policy = transfers.load_policy(JIANGMEN / "policy.yaml")
    columns = {
        name: (entry.column or (name,))[0] for name, entry in policy.document.model.inputs.items()
    }
    with open(JIANGMEN / "districts.csv", encoding="utf-8-sig") as stream:
        table = list(csv.DictReader(stream))
    return {row["code"]: {n: row[c] for n, c in columns.items()} for row in table}


def written(folder: Path, rows: dict[str, dict[str, str]], amounts: dict[str, int]) -> Path:
    (folder / "tests").mkdir(exist_ok=True)
    (folder / "policy.yaml").write_text((JIANGMEN / "policy.yaml").read_text("utf-8"), "utf-8")
    test = {"given": {"districts": rows}, "expect": {"amounts": {"equalisation": amounts}}}
    file = folder / "tests/x.yaml"
    file.write_text(json.dumps({"tests": {"x": test}}, ensure_ascii=False), encoding="utf-8")
    return file


def amounts_of_jiangmen() -> dict[str, int]:
    policy = transfers.load_policy(JIANGMEN / "policy.yaml")
    found = transfers.allocate(policy, transfers.load_districts(None, policy))
    return dict(zip(found.keys, found.total.tolist(), strict=True))


@given(order=st.permutations(range(7)), moved=st.integers(0, 6), by=st.sampled_from([-1, 0, 1]))
def test_rows_give_the_amounts_of_the_table_and_nothing_else_passes(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], moved: int, by: int
) -> None:
    """In whatever order: a test passes just where every amount is the table's."""
    rows, amounts = rows_of_jiangmen(), amounts_of_jiangmen()
    keys = list(rows)
    amounts[keys[moved]] += by
    shuffled = {keys[place]: rows[keys[place]] for place in order}
    file = written(tmp_path_factory.mktemp("policy"), shuffled, amounts)
    (result,) = run_tests(load_tests(file))
    assert result.passed is (by == 0)
    if by:
        (message,) = result.messages
        assert message.values["district"] == keys[moved]


# -- every policy there is -----------------------------------------------------------------------

POLICIES = sorted(
    path
    for folder in ("examples", "cases")
    for path in (ROOT / folder).glob("**/*.yaml")
    if kind_of(path) == "policy" and "\nsolve:" not in path.read_text("utf-8")
)
"""Without those that run many times: they would take long."""


def as_rows(policy: transfers.Policy, districts: transfers.Districts) -> dict[str, dict[str, Cell]]:
    """Return a table as a test document writes it, missing figures as dashes or left out."""
    rows: dict[str, dict[str, Cell]] = {key: {} for key in districts.keys}
    for name, rule in policy.inputs.items():
        column = districts.columns[name]
        texts = [cell_text(cell) for cell in cells_of(column, np.arange(len(column)))]
        for place, text in enumerate(texts):
            item, district = divmod(place, len(districts))
            row = rows[districts.keys[district]]
            if rule.over:
                items = row.setdefault(name, {})
                assert isinstance(items, dict)
                items[policy.lists[rule.over].keys[item]] = text
            elif text != "—" or item % 2:
                row[name] = text
    return rows


@pytest.mark.parametrize("file", POLICIES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_the_table_of_any_policy_written_as_rows_gives_the_same_amounts(
    file: Path, tmp_path: Path
) -> None:
    policy = transfers.load_policy(file)
    districts = transfers.load_districts(None, policy)
    allocation = transfers.allocate(policy, districts)
    expect: dict[str, object] = {"status": allocation.status}
    if allocation.status == "done":
        amounts = {**allocation.amounts, "total": allocation.total}
        expect["amounts"] = {
            grant: dict(zip(allocation.keys, map(policy.money.format_quanta, column), strict=True))
            for grant, column in amounts.items()
        }
    test = {"given": {"districts": as_rows(policy, districts)}, "expect": expect}
    document = tmp_path / "x.yaml"
    tree = {"policy": os.path.relpath(file, tmp_path), "tests": {"x": test}}
    document.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    (result,) = run_tests(load_tests(document))
    assert result.lines("en") == []
