"""What ``--set`` takes and says: new figures, items by key or name, what was there before."""

from __future__ import annotations

import json
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.command.conftest import ROOT, Run

REFORM = ROOT / "examples/jiangmen_reform/policy.yaml"


def test_what_was_changed_is_said_with_what_the_document_has(transfers: Run) -> None:
    shown = transfers("run", REFORM, "--set", "budget.amount=8000", "--lang", "zh")
    assert "本次改动：budget.amount = 8000（原 9400）" in shown.stdout.splitlines()
    told = transfers(
        "explain", REFORM, "440785", "--set", "parameters.growth_cap=20%", "--lang", "zh"
    )
    assert "本次改动：parameters.growth_cap = 20%（原 25%）" in told.stdout.splitlines()


def test_an_item_of_a_list_goes_by_its_key_or_its_name(transfers: Run) -> None:
    by_key = transfers("run", REFORM, "--set", "lists.services.dibao.standard=3480")
    by_name = transfers("run", REFORM, "--set", "lists.services.城乡最低生活保障.standard=3480")
    by_title = transfers("run", REFORM, "--set", "lists.services.dibao.本年标准=3480")
    tables = [answer.stdout.split("万元", 1)[1] for answer in (by_key, by_name, by_title)]
    assert tables[0] == tables[1] == tables[2] and "3,197" in tables[0]


def test_an_item_that_is_not_there_is_answered_with_those_that_are(transfers: Run) -> None:
    answer = transfers("run", REFORM, "--set", "lists.services.低保.standard=3480", "--lang", "zh")
    assert answer.returncode == 2
    assert "dibao 城乡最低生活保障" in answer.stderr and "是否应为" not in answer.stderr


def test_a_plus_sign_is_refused_for_it_may_mean_an_increase(transfers: Run) -> None:
    answer = transfers("run", REFORM, "--set", "budget.amount=+360", "--lang", "en")
    assert answer.returncode == 2 and "takes the new figure" in answer.stderr


def test_a_figure_may_have_commas_between_thousands_wherever_it_stands(transfers: Run) -> None:
    plain = transfers("run", REFORM, "--set", "budget.amount=8000")
    commas = transfers("run", REFORM, "--set", "budget.amount=8,000")
    assert commas.stdout == plain.stdout


def test_the_balance_stands_below_the_accounts(transfers: Run) -> None:
    shown = transfers("run", REFORM, "--set", "budget.amount=7000", "--lang", "zh")
    line = "收支平衡：预算 7,000 + 期初 300 + 流入 600 = 净拨付 7,297 + 期末 603"
    assert line in shown.stdout.splitlines()


def test_a_run_without_changes_says_nothing_of_any(transfers: Run) -> None:
    assert "本次改动" not in transfers("run", REFORM, "--lang", "zh").stdout
    same = transfers("run", REFORM, "--set", "budget.amount=9400", "--lang", "zh")
    assert "本次改动" not in same.stdout


JIANGMEN = ROOT / "examples/jiangmen/policy.yaml"


def test_a_figure_of_a_district_is_changed_and_said_with_what_the_table_has(
    transfers: Run,
) -> None:
    changes = ("--set", "inputs.tier.鹤山市=A", "--set", "inputs.population.440784=63.5")
    shown = transfers("run", JIANGMEN, *changes, "--lang", "en")
    assert shown.returncode == 0
    lines = shown.stdout.splitlines()
    assert "Changed for this run: inputs.tier.440784 = A (was B)" in lines
    assert "Changed for this run: inputs.population.440784 = 63.5 (was 53.1)" in lines
    told = transfers("explain", JIANGMEN, "440784", *changes, "--lang", "en")
    said = "档次: A (changed; the table has B, districts.csv:7:7)  [--set inputs.tier.鹤山市]"
    assert said in told.stdout
    other = transfers("explain", JIANGMEN, "440785", *changes, "--lang", "en")
    assert "(changed;" not in other.stdout


def test_all_that_is_wrong_with_figures_is_said_at_once(transfers: Run) -> None:
    wrong = {"inputs.tier.鹤山市": "D", "inputs.population.鹤山": "5", "inputs.area.440784": "-1"}
    wrong |= {"inputs.towns.440784": "2 or 3", "inputs.towns.untt": "2"}
    settings = [part for path, text in wrong.items() for part in ("--set", f"{path}={text}")]
    answer = transfers("run", JIANGMEN, *settings, "--lang", "en")
    assert answer.returncode == 2
    lines = answer.stderr.splitlines()
    assert len(lines) == len(wrong)
    assert all(any(line.startswith(f"--set {path}: ") for line in lines) for path in wrong)
    assert any("did you mean '鹤山市'?" in line for line in lines)
    assert any("did you mean 'unit'?" in line for line in lines)


def test_a_ratio_is_no_figure_of_a_district(transfers: Run) -> None:
    answer = transfers("run", JIANGMEN, "--set", "inputs.area.440784=-3%", "--lang", "en")
    assert "“-3%” says how a figure changes, not what it is" in answer.stderr


def test_a_figure_that_is_what_the_table_has_is_no_change(transfers: Run) -> None:
    same = transfers("run", JIANGMEN, "--set", "inputs.tier.440784=B", "--lang", "en")
    assert "Changed" not in same.stdout and same.returncode == 0


def test_a_workbook_and_a_file_say_that_figures_are_not_the_tables(
    transfers: Run, tmp_path: Path
) -> None:
    out = tmp_path / "r.json"
    change = ("--set", "inputs.population.440784=63.5", "--lang", "en", "-q", "--out")
    assert transfers("run", JIANGMEN, *change, out).returncode == 0
    told = json.loads(out.read_text("utf-8"))["figures_changed"]
    assert told == ["Changed for this run: inputs.population.440784 = 63.5 (was 53.1)"]
    book = tmp_path / "r.xlsx"
    assert transfers("run", JIANGMEN, *change, book).returncode == 0
    sheets = CalamineWorkbook.from_path(str(book))
    rows = [
        row for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python()
    ]
    assert ["Figures changed", told[0]] in [row[:2] for row in rows]


def test_a_template_is_filled_with_the_figures_that_are_set(transfers: Run, tmp_path: Path) -> None:
    book = tmp_path / "t.xlsx"
    done = transfers(
        *("template", JIANGMEN, "--filled", "--set", "inputs.population.440784=63.5"),
        *("--out", book, "--lang", "en"),
    )
    assert done.returncode == 0, done.stderr
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    assert any("440784" in map(str, row) and 63.5 in row for row in rows)
