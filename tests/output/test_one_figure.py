"""An output that is one figure for all stands in every row, and is not added up."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

import transfers
from transfers import Allocation
from transfers.output.markdown_file import markdown_bytes
from transfers.output.views import allocation_view
from transfers.output.workbook import workbook_bytes

POLICY = """policy: tiny
districts: {file: d.csv, key: code}
inputs: {need: {}}
reserves: {fund: 30}
grants: {aid: {pool: 10, share: need}}
outputs: {kept: {title: 年末, formula: fund.closing}, half: total / 2}
"""


@pytest.fixture
def allocation(tmp_path: Path) -> Allocation:
    (tmp_path / "policy.yaml").write_text(POLICY, "utf-8")
    (tmp_path / "d.csv").write_text("code,need\na,1\nb,4\n", "utf-8")
    policy = transfers.load_policy(tmp_path / "policy.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def test_the_terminal_and_markdown_leave_its_total_empty(allocation: Allocation) -> None:
    rows = [line.split() for line in allocation_view(allocation, "en").splitlines()]
    assert ["b", "b", "8", "30", "4"] in rows
    assert ["Total", "10", "5"] in rows
    assert "| **Total** |  | **10** |  | **5** |" in markdown_bytes(allocation, "en").decode()


def test_the_sheet_has_no_sum_of_it(allocation: Allocation) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes(allocation, "en"))).worksheets[0]
    totals = next(row for row in sheet.iter_rows() if row[0].value == "Total")
    assert [cell.value is None or cell.value == "" for cell in totals][3:] == [True, False]
