"""What ``--set`` takes and says: new figures, items by key or name, what was there before."""

from __future__ import annotations

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
