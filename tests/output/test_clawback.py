"""What is to be returned is marked in every table people read, and plain in files of programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

import transfers
from transfers import Allocation
from transfers.output.csv_file import csv_bytes
from transfers.output.json_file import json_bytes
from transfers.output.markdown_file import markdown_bytes
from transfers.output.views import allocation_view
from transfers.output.workbook import workbook_bytes

POLICY = """policy: tiny
districts: {file: d.csv, key: code}
inputs: {need: {}, paid: {unit: 万元}}
grants: {aid: {title: 补助, pool: 10, share: need}}
outputs:
  advance: {title: 提前下达, pool: 8, share: 1}
  rest: {title: 此次下达, formula: total - paid, negative: clawback}
"""


@pytest.fixture
def allocation(tmp_path: Path) -> Allocation:
    (tmp_path / "policy.yaml").write_text(POLICY, "utf-8")
    (tmp_path / "d.csv").write_text("code,need,paid\na,1,1\nb,3,9\nc,6,6\n", "utf-8")
    policy = transfers.load_policy(tmp_path / "policy.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def test_the_terminal_marks_who_returns_and_adds_both_columns_up(allocation: Allocation) -> None:
    lines = allocation_view(allocation, "zh").splitlines()
    assert [line.split() for line in lines[-5:]] == [
        ["a", "a", "1", "3", "0"],
        ["b", "b", "3", "3", "扣回", "-6"],
        ["c", "c", "6", "2", "0"],
        ["-" * len(lines[-2])],
        ["合计", "10", "8", "扣回", "-6"],
    ]
    assert "return -6" in allocation_view(allocation, "en")


def test_a_markdown_table_marks_it_too(allocation: Allocation) -> None:
    assert "| 扣回 -6 |" in markdown_bytes(allocation, "zh").decode()


def test_a_workbook_shows_it_in_red_with_a_word_that_prints(allocation: Allocation) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(allocation, "zh")))
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[3] if "此次下达" in str(cell.value))
    below = sheet.cell(5, column)
    assert below.value == -6  # a figure, to be computed with
    plain, negative, zero = below.number_format.split(";")
    assert negative == f'[Red]"扣回 "-{plain}' and zero == plain
    advance = next(cell.column for cell in sheet[3] if "提前下达" in str(cell.value))
    letter = sheet.cell(7, advance).column_letter
    assert sheet.cell(7, advance).value == f"=SUM({letter}4:{letter}6)"
    findings = [str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row]
    assert any("应扣回合计 6 万元：b 6" in text for text in findings)


def test_programs_read_plain_numbers(allocation: Allocation) -> None:
    text = csv_bytes(allocation, "zh").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["rest"] for row in rows] == ["0", "-6", "0"]
    assert [row["advance"] for row in rows] == ["3", "3", "2"]
    document = json.loads(json_bytes(allocation, "en"))
    assert [row["rest"] for row in document["rows"]] == [0, -6, 0]
    (finding,) = document["findings"]
    assert (finding["code"], finding["value"]) == ("allocation.clawback", "6")


def test_the_story_of_a_district_says_what_it_returns(allocation: Allocation) -> None:
    story = allocation.explain("b")
    assert "此次下达为负：应扣回 6 万元" in story.text("zh")
    assert "提前下达（不动用预算）：3 万元" in story.text("zh")
    assert "应扣回" not in allocation.explain("a").text("zh")
    assert list(story.to_dict("en")["parts"]) == ["aid", "advance"]
    assert len(story.said("zh")) == 1  # the leader's sentences are about grants
