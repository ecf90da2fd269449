"""Beside what is written stands what it was made from, and it can be made again."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command.conftest import Run
from tests.command.conftest import transfers as transfers_command

transfers = transfers_command

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = """
sweep:
  sample: {size: 16, seed: 7}
  vary:
    parameters.growth_cap: {from: 15%, to: 30%}
"""


@pytest.fixture
def here(tmp_path: Path, transfers: Run) -> Path:
    """Return the folder that commands are called in, with a study in a folder of its own."""
    folder = tmp_path / "here"

    shutil.copytree(ROOT / "examples" / "jiangmen", folder / "city" / "study")
    return folder


def manifest_of(file: Path) -> dict[str, Any]:
    text = file.with_name(f"{file.name}.manifest.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_manifest_names_the_call_every_file_and_no_machine(here: Path, transfers: Run) -> None:
    study, out = "city/study/study.yaml", "city/out/a.csv"
    (here / "city/out").mkdir()
    done = transfers("compare", here / study, "--lang", "en", "--out", out, "-q")
    assert done.returncode == 0, done.stderr
    found = manifest_of(here / out)
    assert found["arguments"] == ["compare", study, "--out", out]
    assert (found["called_from"], found["language"], found["seed"]) == ("city/out", "en", None)
    assert found["called_in"] == "../.."
    assert set(found["versions"]) == {"transfers", "python", "numpy", "scipy"}
    names = ("study.yaml", "policy.yaml", "districts.csv")
    assert found["inputs"] == {
        f"../study/{name}": sha256(here / "city/study" / name) for name in sorted(names)
    }
    assert found["outputs"] == {"a.csv": sha256(here / out)}
    before = (here / f"{out}.manifest.json").read_bytes()
    transfers("compare", study, "--lang", "en", "--out", out)
    assert (here / f"{out}.manifest.json").read_bytes() == before


@pytest.mark.parametrize(
    ("command", "ending"),
    [
        *[("compare", ending) for ending in (".csv", ".parquet")],
        *[("sweep", ending) for ending in (".csv", ".json", ".xlsx", ".md", ".parquet")],
        *[("cliffs", ending) for ending in (".csv", ".xlsx")],
    ],
)
def test_what_was_made_is_made_again_to_the_byte(
    here: Path, transfers: Run, tmp_path: Path, command: str, ending: str
) -> None:
    study, out = "city/study/study.yaml", f"city/study/a{ending}"
    if command == "cliffs":
        study = "city/study/policy.yaml"
    else:
        with (here / study).open("a", encoding="utf-8") as text:
            text.write(QUESTIONS)
    more = ("--workers", "2") if command == "sweep" else ()
    done = transfers(command, study, *more, "--out", out)
    assert done.returncode == 0, done.stderr
    found = manifest_of(here / out)
    assert found["arguments"] == [command, study, "--out", out]
    assert found["seed"] == (7 if command == "sweep" else None)
    # What was made travels to another folder, and is made again from elsewhere, in any language.
    there = Path(shutil.copytree(here / "city", tmp_path / "elsewhere" / "town"))
    manifest = there / "study" / f"a{ending}.manifest.json"
    done = transfers("rerun", manifest, "--out", "again", TRANSFERS_LANG="en")
    same = [f"{name}: the same, to the byte" for name in found["outputs"]]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[: len(same)] == same
    for name, digest in found["outputs"].items():
        assert sha256(here / "again" / name) == digest == sha256(here / "city/study" / name)
    assert (here / f"again/a{ending}.manifest.json").read_bytes() == manifest.read_bytes()


@pytest.mark.parametrize("out", ["../elsewhere/a.csv", "../a.csv", "city/study/a.csv"])
def test_what_was_written_beside_or_above_the_working_folder_is_made_again(
    here: Path, transfers: Run, out: str
) -> None:
    (here.parent / "elsewhere").mkdir()
    assert transfers("compare", "city/study/study.yaml", "--out", out).returncode == 0
    done = transfers("rerun", f"{out}.manifest.json", TRANSFERS_LANG="en")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "a.csv: the same, to the byte\n"


def test_what_is_gone_is_put_back_and_what_was_changed_is_left_alone(
    here: Path, transfers: Run
) -> None:
    transfers("compare", "city/study/study.yaml", "--out", "a.csv")
    out = here / "a.csv"
    content = out.read_bytes()
    out.unlink()
    done = transfers("rerun", "a.csv.manifest.json")
    assert (done.returncode, out.read_bytes()) == (0, content)
    out.write_text("mine")
    assert transfers("rerun", "a.csv.manifest.json").returncode == 0
    assert out.read_text() == "mine"


def test_files_that_changed_or_are_gone_are_named(here: Path, transfers: Run) -> None:
    transfers("compare", "city/study/study.yaml", "--out", "a.csv")
    with (here / "city/study/districts.csv").open("a", encoding="utf-8") as table:
        table.write("\n")
    (here / "city/study/policy.yaml").unlink()
    done = transfers("rerun", "a.csv.manifest.json", TRANSFERS_LANG="en")
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    assert first.startswith("city/study/districts.csv: the file has changed")
    assert second.startswith("city/study/policy.yaml: this file of the manifest is not there")


def edited(manifest: Path, change: Callable[[dict[str, Any]], None]) -> None:
    found = json.loads(manifest.read_text(encoding="utf-8"))
    change(found)
    manifest.write_text(json.dumps(found), encoding="utf-8")


def test_other_versions_are_told_and_what_differs_is_exit_1(here: Path, transfers: Run) -> None:
    transfers("compare", "city/study/study.yaml", "--out", "a.csv")
    manifest = here / "a.csv.manifest.json"
    edited(manifest, lambda found: found["versions"].update(numpy="0.1"))
    done = transfers("rerun", manifest, TRANSFERS_LANG="en")
    assert done.returncode == 0
    assert done.stderr.startswith("numpy was 0.1 and is ")
    edited(manifest, lambda found: found["outputs"].update({"a.csv": "0" * 64}))
    (here / "a.csv").unlink()
    done = transfers("rerun", manifest, TRANSFERS_LANG="en")
    assert (done.returncode, done.stdout) == (1, "a.csv: differs\n")
    assert not (here / "a.csv").exists()
    done = transfers("rerun", manifest, "--out", "again")
    assert (done.returncode, (here / "again/a.csv").exists()) == (1, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.update(manifest=2), "form 2"),
        (lambda m: m.pop("inputs"), "no manifest"),
        (lambda m: m["arguments"].append("/etc/passwd"), "/etc/passwd"),
        (lambda m: m["inputs"].update({"C:\\x": "0"}), "C:\\x"),
        (lambda m: m.update(arguments=["serve"]), "serve"),
        (lambda m: m.update(arguments=[]), "command"),
        (lambda m: m["arguments"].append("--nonsense"), "did not come to its end"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(
    here: Path, transfers: Run, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    transfers("compare", "city/study/study.yaml", "--out", "a.csv")
    edited(here / "a.csv.manifest.json", change)
    done = transfers("rerun", "a.csv.manifest.json", TRANSFERS_LANG="en")
    assert done.returncode == 2
    assert said in done.stderr


def test_a_file_that_is_no_manifest_is_refused(here: Path, transfers: Run) -> None:
    assert transfers("rerun", "city/study/districts.csv").returncode == 2
    assert transfers("rerun", "nowhere.json").returncode == 2
