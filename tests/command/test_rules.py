"""`transfers run` with rules and measures: exit codes, files, words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command.conftest import Run

POLICY = """policy: p
districts: {file: d.csv, key: k}
inputs: {x: {unit: 万元}, gone: }
grants: {g: {pool: 10, share: x}}
rules:
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "d.csv").write_text("k,x,gone\na,1,\nb,3,2\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("rule", "code", "label"),
    [
        ("{that: g > 5, level: hard}", 1, "硬性要求"),
        ("{that: g > 5, level: warn}", 0, "注意"),
        ("g > 5", 0, "注意"),
        ("{that: sum(gone) > 1, level: hard}", 1, "硬性要求"),
        ("{that: gone > 1, level: warn}", 0, "注意"),
        ("{that: g > 5, applies: x > 9, level: hard}", 0, "说明"),
    ],
)
def test_only_a_hard_rule_that_is_not_kept_changes_the_exit_code(
    transfers: Run, folder: Path, rule: str, code: int, label: str
) -> None:
    (folder / "p.yaml").write_text(f"{POLICY}  r: {rule}\n", encoding="utf-8")
    out = folder / "out.json"
    done = transfers("run", folder / "p.yaml", "--out", out)
    assert done.returncode == code
    assert f"rules.r: {label}: r：" in done.stderr
    assert "合计" in done.stdout
    assert json.loads(out.read_text("utf-8"))["status"] == "done"


def test_a_rule_that_holds_says_nothing(transfers: Run, folder: Path) -> None:
    (folder / "p.yaml").write_text(f"{POLICY}  r: g >= 0\n", encoding="utf-8")
    done = transfers("run", folder / "p.yaml", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_level_can_be_set_for_one_run(transfers: Run, folder: Path) -> None:
    (folder / "p.yaml").write_text(f"{POLICY}  r: {{that: g > 5, level: warn}}\n", encoding="utf-8")
    assert transfers("run", folder / "p.yaml").returncode == 0
    assert transfers("run", folder / "p.yaml", "--set", "rules.r.level=hard").returncode == 1


def test_measures_are_shown_where_asked_for(transfers: Run, jiangmen: Path) -> None:
    plain = transfers("run", jiangmen / "policy.yaml")
    assert "变异系数" not in plain.stdout
    shown = transfers("run", jiangmen / "policy.yaml", "--measures")
    assert shown.stdout.startswith(plain.stdout.rstrip("\n"))
    assert "泰尔指数（人口加权）  0.04299  0.04230  -0.00070" in shown.stdout
    by = transfers("run", jiangmen / "policy.yaml", "--by", "tier")
    assert "其中：组间（档次）" in by.stdout


def test_a_column_that_groups_nobody_is_refused_by_name(transfers: Run, jiangmen: Path) -> None:
    done = transfers("run", jiangmen / "policy.yaml", "--by", "teir", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr == ("There is no column of texts 'teir' to group by; there are: tier.\n")
