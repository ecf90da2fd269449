"""The hook for pre-commit: its definition is one that pre-commit takes, and what it calls runs."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from pre_commit.clientlib import load_manifest

from tests import program

ROOT = Path(__file__).resolve().parents[2]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

# What pre-commit knows of a hook, with the kind of each: pre-commit.com, "creating new hooks".
KNOWN: dict[str, type] = {
    **dict.fromkeys(("id", "name", "entry", "language", "description", "files", "exclude"), str),
    **dict.fromkeys(("types", "types_or", "exclude_types", "stages", "args"), list),
    **dict.fromkeys(("pass_filenames", "require_serial", "always_run", "fail_fast"), bool),
    **dict.fromkeys(("minimum_pre_commit_version", "language_version"), str),
}


def test_the_definition_has_what_a_hook_needs_and_nothing_unknown() -> None:
    assert {"id", "name", "entry", "language"} <= HOOK.keys() <= KNOWN.keys()
    assert [key for key, value in HOOK.items() if not isinstance(value, KNOWN[key])] == []
    assert HOOK["id"] == "transfers-check" and HOOK["language"] == "python"
    assert all(isinstance(argument, str) for argument in HOOK["args"])


def test_pre_commit_itself_takes_the_definition() -> None:
    (read,) = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert read["id"] == HOOK["id"]


def test_its_program_is_one_that_an_installation_has() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert shlex.split(HOOK["entry"])[0] in project["scripts"]


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        *(("policy.yaml", True), ("policies/city.yml", True), ("policies/tests/a.yaml", True)),
        *(("districts.csv", True), ("data/districts.xlsx", True), ("README.md", False)),
        *(("src/program.py", False), ("notes.yaml.txt", False)),
    ],
)
def test_it_is_called_where_a_policy_a_test_or_a_table_changes(file: str, counts: bool) -> None:
    assert bool(re.search(HOOK["files"], file)) is counts


def called(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Call the hook as pre-commit does, in the root of a repository."""
    _, *arguments = shlex.split(HOOK["entry"])
    return program.called(*arguments, *HOOK["args"], *more, folder=folder)


def test_it_passes_where_all_tests_pass_and_fails_where_one_does_not(folder: Path) -> None:
    test = folder / "tests" / "a.yaml"
    test.write_text("tests: {a: {expect: {amounts: {total: {东县: 4}}}}}\n", encoding="utf-8")
    done = called(folder, "--lang", "en")
    assert done.returncode == 0, done.stdout + done.stderr
    test.write_text("tests: {a: {expect: {amounts: {total: {东县: 3}}}}}\n", encoding="utf-8")
    done = called(folder, "--lang", "en")
    assert done.returncode == 1
    assert "expected 3, got 4" in " ".join((done.stdout + done.stderr).split())
