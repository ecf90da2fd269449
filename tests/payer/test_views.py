"""Accounts and the balance as people and programs read them."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import transfers
from transfers import Allocation
from transfers.output.json_file import json_bytes
from transfers.output.markdown_file import markdown_bytes
from transfers.output.terminal import width
from transfers.output.views import allocation_view
from transfers.output.workbook import workbook_bytes

POLICY = """
policy: jm
title: 江门补助
money: {quantum: QUANTUM}
districts: {file: d.csv, key: code, name: name}
inputs: {need: {}, last: {unit: 万元}}
reserves:
  fund: {title: 市级统筹发展资金, opening: OPENING, inflow: 100}
  rainy: {title: 预|备费}
budget: {amount: 340, draw: rainy, remainder: rainy}
grants:
  aid: {title: 均衡性补助, pool: remainder, share: need, floor: last, if_short: fund}
  bonus: {title: 奖励, pool: 10, share: need, cap: 1}
"""
TABLE = "code,name,need,last\na,蓬江,1,260\nb,江海,1,100\n"


def allocated(
    folder: Path, opening: str = "20.5", quantum: str = "1", policy: str = POLICY
) -> Allocation:
    text = policy.replace("OPENING", opening).replace("QUANTUM", quantum)
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    (folder / "d.csv").write_text(TABLE, encoding="utf-8")
    read = transfers.load_policy(folder / "policy.yaml")
    return transfers.allocate(read, transfers.load_districts(None, read))


def test_the_terminal_shows_the_accounts_below_the_table_aligned(tmp_path: Path) -> None:
    lines = allocation_view(allocated(tmp_path), "zh").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("储备"))
    head, rule, *rows, balance = lines[start:]
    assert balance.startswith("收支平衡：") and " = 净拨付 " in balance
    assert head.split() == ["储备", "期初", "流入", "动用", "转入", "期末"]
    assert [row.split()[1:] for row in rows] == [["20", "100", "20", "0", "100"], ["0"] * 5]
    assert {width(line) for line in (head, rule, *rows)} == {width(rule)}


def test_a_document_without_reserves_shows_none(tmp_path: Path) -> None:
    policy = "\n".join(
        line for line in POLICY.splitlines() if "资金" not in line and "备费" not in line
    )
    policy = policy.replace("reserves:\n", "").replace(", draw: rainy, remainder: rainy", "")
    policy = policy.replace("if_short: fund", "if_short: scale").replace(
        "pool: remainder", "pool: 330"
    )
    allocation = allocated(tmp_path, policy=policy)
    view = allocation_view(allocation, "en")
    assert "Opening" not in view and allocation.accounts == ()
    assert "Left of the budget" not in view  # the bonus left it, and says so
    assert "Not divided: 奖励 8 万元" in view


def test_what_no_grant_asked_for_is_said_to_be_left_of_the_budget(tmp_path: Path) -> None:
    policy = POLICY.replace(", draw: rainy, remainder: rainy", "").replace("340", "500")
    policy = policy.replace("pool: remainder", "pool: 360")
    allocation = allocated(tmp_path, policy=policy)
    assert "预算余额：130 万元" in allocation_view(allocation, "zh")
    assert "Left of the budget: 130 万元" in markdown_bytes(allocation, "en").decode()


def test_the_workbook_has_a_sheet_of_the_balance_with_live_sums(tmp_path: Path) -> None:
    content = workbook_bytes(allocated(tmp_path), "zh")
    written, shown = (
        openpyxl.load_workbook(BytesIO(content), data_only=values)["收支平衡"]
        for values in (False, True)
    )
    cells = {row[0]: row for row in written.iter_rows(values_only=True)}
    values = {row[0]: row for row in shown.iter_rows(values_only=True)}
    assert cells["期初：市级统筹发展资金"][1] == 20.5
    assert cells["净拨付：均衡性补助"][2] == 360
    assert cells["不足最小支付额的零头：市级统筹发展资金"][2] == 0.5
    first, last = 4, 3 + len(transfers_lines(written))
    assert cells["合计"][1:3] == (f"=SUM(B{first}:B{last})", f"=SUM(C{first}:C{last})")
    assert values["合计"][1:3] == (460.5, 460.5) and values["差额"][2] == 0
    assert cells["差额"][2] == f"=ROUND(B{last + 1}-C{last + 1},1)"
    row = next(r for r in range(1, 40) if written.cell(r, 1).value == "市级统筹发展资金")
    assert written.cell(row, 6).value == f"=B{row}+C{row}-D{row}+E{row}"
    assert shown.cell(row, 6).value == 100


def transfers_lines(sheet: object) -> list[str]:
    """Return the titles of the lines of the balance."""
    titles = [row[0] for row in sheet.iter_rows(min_row=4, values_only=True)]  # type: ignore[attr-defined]
    return titles[: titles.index("合计")]


def test_figures_a_spreadsheet_cannot_hold_are_exact_texts(tmp_path: Path) -> None:
    allocation = allocated(tmp_path, opening="1000000000000000.25", quantum="0.01")
    sheet = openpyxl.load_workbook(BytesIO(workbook_bytes(allocation, "en")))["Balance"]
    texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "1,000,000,000,000,000.25*" in texts
    assert not any(isinstance(cell, str) and cell.startswith("=") for cell in texts)


def test_json_holds_accounts_and_both_sides_of_the_balance(tmp_path: Path) -> None:
    text = json_bytes(allocated(tmp_path), "zh").decode()
    document = json.loads(text)
    assert document["accounts"][0].pop("contributed") == 0
    assert document["accounts"][0] == {
        "name": "fund", "title": "市级统筹发展资金",
        "opening": 20, "inflow": 100, "drawn": 20, "returned": 0, "closing": 100,
    }  # fmt: skip
    sides = {
        side: sum(line["amount"] for line in lines) for side, lines in document["balance"].items()
    }
    assert sides == {"in": 460.5, "out": 460.5}
    assert {"code": "residue", "name": "fund", "amount": 0.5} in document["balance"]["out"]


def test_markdown_shows_the_accounts_as_a_table(tmp_path: Path) -> None:
    text = markdown_bytes(allocated(tmp_path), "en").decode()
    assert "| Reserve | Opening | Inflow | Drawn | Returned | Closing |" in text
    assert "| 市级统筹发展资金 | 20 | 100 | 20 | 0 | 100 |" in text
    assert "| 预\\|备费 | 0 | 0 | 0 | 0 | 0 |" in text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "其中动用市级统筹发展资金 20 万元；没有它，只有 340 万元"),
        ("en", "of it drawn from 市级统筹发展资金 20 万元; without, there would be 340 万元"),
    ],
)
def test_the_story_of_a_district_says_what_a_reserve_made_possible(
    tmp_path: Path, language: str, line: str
) -> None:
    allocation = allocated(tmp_path)
    assert line in allocation.explain("蓬江").text(language)
    portion = allocation.explain("蓬江").portions[0]
    assert sum(part.amount for part in portion.parts) == portion.amount == 260


BETWEEN = """
policy: between
title: 横向
districts: {file: d.csv, key: code, name: name}
inputs: {need: {}, last: {unit: 万元}}
reserves:
  fund: {title: 调节基金, opening: 5}
budget: 30
grants:
  levy: {title: 上解, collect: 400, share: need, cap: last, contributions: fund}
  back: {title: 返还, draw: fund, pool: 300, share: need}
  even: {title: 互济, claim: last - mean(last), contributions: pool, rounding: largest_remainder}
"""


def test_the_views_name_what_is_paid_in_and_what_is_done_with_it(tmp_path: Path) -> None:
    """The caps of 260 and 100 yield 360 of 400; 300 are paid out; 80 go from b to a."""
    allocation = allocated(tmp_path, policy=BETWEEN)
    view = allocation_view(allocation, "zh")
    balance = (
        "收支平衡：预算 30 + 各地上解 440 + 期初 5 = 净拨付 300 + 拨付 80 + 预算余额 30 + 期末 65"
    )
    assert "未收足：上解 40 万元" in view and balance in view
    text = markdown_bytes(allocation, "en").decode()
    assert "| Reserve | Opening | Inflow | Contributed | Drawn | Returned | Closing |" in text
    assert "| 调节基金 | 5 | 0 | 360 | 300 | 0 | 65 |" in text
    assert "Not collected: 上解 40 万元" in text and "paid in by districts 440" in text
    document = json.loads(json_bytes(allocation, "en"))
    assert document["uncollected"] == {"levy": 40}
    assert document["accounts"][0]["contributed"] == 360
    come = {(line["code"], line["name"]): line["amount"] for line in document["balance"]["in"]}
    assert come[("contributions", "levy")] == 360 and come[("contributions", "even")] == 80


def test_the_workbook_computes_closing_balances_with_what_was_paid_in(tmp_path: Path) -> None:
    content = workbook_bytes(allocated(tmp_path, policy=BETWEEN), "zh")
    written, shown = (
        openpyxl.load_workbook(BytesIO(content), data_only=values)["收支平衡"]
        for values in (False, True)
    )
    values = {row[0]: row for row in shown.iter_rows(values_only=True)}
    assert values["各地上解：上解"][1] == 360 and values["拨付：互济"][2] == 80
    assert values["合计"][1:3] == (475, 475) and values["差额"][2] == 0
    row = next(r for r in range(1, 40) if written.cell(r, 1).value == "调节基金")
    assert written.cell(row, 7).value == f"=B{row}+C{row}+D{row}-E{row}+F{row}"
    assert shown.cell(row, 7).value == 65
