"""`rows` of joined files, long files, lists and parameters; tables of two keys; mere keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import transfers
from tests.command.conftest import Run
from tests.command.conftest import transfers as transfers_command
from transfers import DocumentError, TableError

POLICY = """\
policy: files
year: 2018
districts:
  file: d.csv
  key: code
  rows: year == 2018
  join: {file: j.csv, key: code, rows: 'period == "y2018"'}
lists:
  services: {file: s.csv, key: item, columns: {standard: {}}, rows: year == of_year}
  ages: [e19, e20]
inputs:
  x: {}
  score: {}
  n: {file: l.csv, district: code, item: item, value: v, over: services, rows: year == 2018}
  before: {file: l.csv, district: code, item: item, value: v, over: services, rows: year == 2017}
  pupils: {columns: "p_{item}", over: ages}
  tier: {one_of: [A, B]}
  kind: {one_of: [old, new]}
parameters:
  of_year: 2018
  rate: {file: r.csv, key: tier, inner_key: kind, value: rate, rows: year == of_year}
  steps: {file: t.csv, up_to: edge, value: v, rows: not missing(v)}
quantities:
  cost: sum(services.standard * (n - before), over=services)
grants:
  g:
    claim: cost + rate[tier][kind] + step(x, steps) + score + sum(pupils, over=ages)
"""
FILES = {
    "d.csv": "code,year,x,p_e19,p_e20,tier,kind\n1,2018,5,1,2,A,old\n1,2017,?,?,2,C,old\n"
    "2,2018,15,3,4,B,new\n",
    "j.csv": "code,period,score\n1,y2018,7\n1,y2017,8\n9,y2017,?\n2,y2018,9\n",
    "s.csv": "item,year,standard\na,2018,10\na,2017,9\nb,2018,100\nc,2017,x\n",
    "l.csv": "code,item,year,v\n1,a,2018,3\n1,b,2018,4\n2,a,2018,5\n2,b,2018,6\n1,a,2017,1\n"
    "1,b,2017,1\n2,a,2017,2\n2,b,2017,2\n8,q,2016,junk\n",
    "r.csv": "tier,kind,year,rate\nA,old,2018,1000\nA,new,2018,2000\n"
    "B,new,2018,3000\nA,old,2017,?\n",
    "t.csv": "edge,v\n10,10000\n?,\n20,20000\n",
}
__all__ = ["transfers_command"]


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    for name, text in {**FILES, "policy.yaml": POLICY}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / "policy.yaml"


def run(path: Path, table: object = None, **overrides: str) -> transfers.Allocation:
    policy = transfers.load_policy(path, {k.replace("__", "."): v for k, v in overrides.items()})
    return transfers.allocate(policy, transfers.load_districts(table, policy))


def codes(path: Path, old: str, new: str, file: str = "policy.yaml") -> list[str]:
    place = path.parent / file
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new), "utf-8")
    with pytest.raises((DocumentError, TableError)) as caught:
        run(path)
    return [fault.code for fault in caught.value.faults]


BY_HAND = [10 * 2 + 100 * 3 + 1000 + 10000 + 7 + 3, 10 * 3 + 100 * 4 + 3000 + 20000 + 9 + 7]


def test_every_file_is_read_by_its_own_rows(policy: Path) -> None:
    assert run(policy).amounts["g"].tolist() == BY_HAND


def test_each_file_says_once_how_many_rows_were_left_out(policy: Path) -> None:
    said = [f for f in run(policy).findings if f.code.startswith("reading.")]
    counts = [(Path(f.where.file or "").name, f.values["count"]) for f in said]
    assert sorted(counts) == [
        *(("d.csv", 1), ("j.csv", 2), ("l.csv", 5), ("l.csv", 5)),
        *(("r.csv", 1), ("s.csv", 2), ("t.csv", 1)),
    ]


def test_the_same_file_read_by_two_statements_is_one_file(policy: Path) -> None:
    files = [Path(name).name for name, _ in run(policy).districts.files]
    assert sorted(files) == sorted(FILES)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('period == "y2018"', 'perod == "y2018"', "reading.no_column_near"),
        ("rows: year == 2017}", "rows: yeer == 2017}", "reading.no_column_near"),
        (
            "{standard: {}}, rows: year == of_year",
            "{standard: {}}, rows: q == 1",
            "reading.no_column",
        ),
        ("rate, rows: year == of_year", "rate, rows: year == 2030", "reading.no_row_left"),
        ("rows: year == 2018\n", "rows: x[1] == 2030\n", "reading.constant_wanted"),
        ("inner_key: kind", "inner_key: knid", "formula.file_column"),
        ("rate[tier][kind]", "rate[tier]", "formula.table_depth"),
    ],
)
def test_faults_are_told_of_every_file(policy: Path, old: str, new: str, code: str) -> None:
    assert codes(policy, old, new) == [code]


def test_a_pair_of_categories_stands_once(policy: Path) -> None:
    assert codes(policy, "B,new,2018", "A,new,2018", "r.csv")[0] == "formula.file_duplicate"


def test_another_year_moves_lists_and_parameters(policy: Path) -> None:
    (policy.parent / "r.csv").write_text(FILES["r.csv"].replace("?", "5\nB,new,2017,6"), "utf-8")
    (policy.parent / "s.csv").write_text(FILES["s.csv"].replace("c,2017,x", "b,2017,1"), "utf-8")
    moved = run(policy, parameters__of_year="2017")
    assert moved.amounts["g"].tolist() == [
        9 * 2 + 3 + 5 + 10000 + 7 + 3,
        9 * 3 + 4 + 6 + 20000 + 9 + 7,
    ]


def test_a_list_of_keys_can_be_set(policy: Path) -> None:
    fewer = run(policy, lists__ages="[e20]")
    assert fewer.amounts["g"].tolist() == [BY_HAND[0] - 1, BY_HAND[1] - 3]
    text = POLICY.replace("ages: [e19, e20]", "ages: {title: 年龄, items: [e19, e20]}")
    policy.write_text(text, "utf-8")
    assert run(policy).amounts["g"].tolist() == BY_HAND


def test_a_table_read_for_other_items_is_refused(policy: Path) -> None:
    loaded = transfers.load_policy(policy)
    districts = transfers.load_districts(None, loaded)
    with pytest.raises(DocumentError) as caught:
        transfers.allocate(loaded, districts, {"lists.ages": "[e20, e19]"})
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.path) == ("reading.read_otherwise", "lists.ages")


# -- templates -----------------------------------------------------------------------------------


def test_a_template_lists_the_districts_that_are_read_and_runs_when_filled(
    policy: Path, transfers_command: Run
) -> None:
    text = POLICY.replace("  join: {file: j.csv, key: code, rows: 'period == \"y2018\"'}\n", "")
    policy.write_text(text.replace("  score: {}\n", "").replace(" + score", ""), "utf-8")
    out = policy.parent / "filled.xlsx"
    done = transfers_command("template", policy, "--filled", "--out", out, "--lang", "en")
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(out)
    keys = [row[0].value for row in book.worksheets[0].iter_rows(min_row=5)]
    assert [key for key in keys if key] == ["1", "2"]
    told = said(book)
    assert "--set districts.rows=null" in told and "--set inputs.n.rows=null" in told
    # Of one file two sheets have the same headings: each input names its own.
    settings = re.findall(r'--set ("[^"]+"|[^ （]+)', told)
    done = transfers_command(
        *("run", policy, "--districts", out),
        *(part for setting in settings for part in ("--set", setting.strip('"'))),
        *("--out", policy.parent / "out.csv"),
    )
    assert done.returncode == 0, done.stderr
    amounts = (policy.parent / "out.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [int(line.split(",")[2]) for line in amounts] == [BY_HAND[0] - 7, BY_HAND[1] - 9]
    refused = transfers_command("run", policy, "--districts", out)
    assert refused.returncode == 2 and "--set districts.rows=null" in refused.stderr


def test_a_template_of_a_policy_with_rows_alone_says_how_to_run_it(
    policy: Path, transfers_command: Run
) -> None:
    policy.write_text(
        "policy: p\ndistricts: {file: d.csv, key: code, rows: year == 2018}\n"
        "inputs: {x: {}}\ngrants: {g: {claim: x}}\n",
        "utf-8",
    )
    out = policy.parent / "filled.xlsx"
    assert transfers_command("template", policy, "--filled", "--out", out).returncode == 0
    told = said(openpyxl.load_workbook(out))
    assert "不必再筛选" in told
    settings = told.split("--set ")[1].split(" ")[0].split("（")[0]
    done = transfers_command("run", policy, "--districts", out, "--set", settings)
    assert done.returncode == 0 and "15" in done.stdout


def said(book: Any) -> str:
    """Return all texts of the sheet of notes."""
    rows = book.worksheets[-1].iter_rows(values_only=True)
    return " ".join(str(cell) for row in rows for cell in row if cell)
