"""docs/ci.md: the lines that services run are run, in a copy of the example repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from checks.promises import PROMISES
from checks.reference_page import pages
from checks.reference_promises import EXPLAINED

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "policy_repository"
INSTALLS = 'python -m pip install "$TRANSFERS_WHEEL"'
"""The only line that is not run: the program under test is on the path instead."""

QUICK = (("--seconds 30", "--seconds 5"), ("--seconds 10", "--seconds 5"))
"""A short search is enough for a policy that keeps its promises, or breaks one grossly."""


def read(file: str) -> Any:
    return yaml.safe_load((EXAMPLE / file).read_text(encoding="utf-8"))


def github_lines() -> list[str]:
    steps = read(".github/workflows/check.yml")["jobs"]["check"]["steps"]
    return [line for step in steps for line in step.get("run", "").splitlines()]


def gitlab_lines() -> list[str]:
    return list(read(".gitlab-ci.yml")["policies"]["script"])


def hook_lines() -> list[str]:
    return [
        hook["entry"] for repo in read(".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]
    ]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a clone of the example with a branch `main` at its origin, and `transfers` to call."""
    origin = Path(shutil.copytree(EXAMPLE, tmp_path / "origin"))
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    git(origin, "init", "-q", "-b", "main")
    git(origin, "add", "-A")
    git(origin, *identity, "commit", "-q", "-m", "The policy as it stands")
    git(tmp_path, "clone", "-q", "origin", "repository")
    programs = tmp_path / "bin"
    programs.mkdir()
    shim = programs / "transfers"
    called = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m tests.unhurried "$@"'
    shim.write_text(f"#!/bin/sh\n{called}\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "repository"


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    for slow, quick in QUICK:
        line = line.replace(slow, quick)
    environment = {**os.environ, "TRANSFERS_LANG": "zh", "GITHUB_BASE_REF": "main"}
    return subprocess.run(
        ["bash", "-e", "-c", line],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def run_all(lines: list[str], folder: Path) -> list[subprocess.CompletedProcess[str]]:
    assert lines.count(INSTALLS) <= 1
    done = [run(line, folder) for line in lines if line != INSTALLS]
    assert [each.returncode for each in done] == [0] * len(done), done[0].stdout + done[0].stderr
    return done


def test_the_lines_of_github_pass_and_write_what_is_uploaded(repository: Path) -> None:
    check, _, compared = run_all(github_lines(), repository)
    assert check.stdout.splitlines()[-1].endswith("结论：通过")
    assert json.loads((repository / "check.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert json.loads((repository / "check.json").read_text("utf-8"))["exit"] == 0
    assert "各地拨付数都不变" in compared.stdout
    steps = read(".github/workflows/check.yml")["jobs"]["check"]["steps"]
    uploaded = [
        step["with"]["sarif_file"] for step in steps if "sarif_file" in step.get("with", {})
    ]
    assert uploaded == ["check.sarif"]


def test_the_lines_of_gitlab_pass_and_write_nothing_but_the_report_it_reads(
    repository: Path,
) -> None:
    run_all(gitlab_lines(), repository)
    report = read(".gitlab-ci.yml")["policies"]["artifacts"]["reports"]["junit"]
    suites = ElementTree.parse(repository / report).getroot()
    assert suites.get("failures") == "0" and int(suites.get("tests", "0")) > 30
    done = subprocess.run(
        ["git", "status", "--porcelain"],
        cwd=repository,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert sorted(done.stdout.split()) == ["??", "??", "check.json", "check.xml"]


def test_the_hook_passes(repository: Path) -> None:
    run_all(hook_lines(), repository)


def test_the_lines_of_github_fail_at_a_change_that_breaks_a_promise(repository: Path) -> None:
    policy = repository / "policies/equalisation/policy.yaml"
    text = policy.read_text("utf-8").replace("rounding: webster", "rounding: half_up")
    policy.write_text(text.replace("    floor: guaranteed * last_year\n", ""), encoding="utf-8")
    check, compare = (line for line in github_lines() if line.startswith("transfers"))
    done = run(check, repository)
    assert done.returncode == 1
    assert any(
        line.startswith("::error file=policies/equalisation/policy.yaml,line=")
        for line in done.stdout.splitlines()
    )
    run("git worktree add ../before origin/main", repository)
    told = run(compare, repository).stdout
    assert "新近打破" in told and "个地区增加" in told


# -- the page about promises -----------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_has_a_row_for_every_promise(language: str) -> None:
    assert set(EXPLAINED) == set(PROMISES)
    text = pages()[f"{language}.md"]
    for name, promise in PROMISES.items():
        (row,) = [line for line in text.splitlines() if line.startswith(f"| `{name}` |")]
        assert row.count("|") == 9
        assert all(f"`{role}`" in row for roles in promise.roles for role in roles)
