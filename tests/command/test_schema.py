"""`transfers schema`: the schema on the screen or in a file, in one language or both."""

from __future__ import annotations

import json
from pathlib import Path

from tests.command.conftest import ROOT, Run


def test_it_is_printed_in_both_languages_as_the_documents_have_it(transfers: Run) -> None:
    done = transfers("schema")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (ROOT / "docs/policy/schema.json").read_text("utf-8")


def test_a_language_asked_for_is_the_only_one(transfers: Run) -> None:
    said = {
        language: json.loads(transfers("schema", "--lang", language).stdout)["properties"]["budget"]
        for language in ("zh", "en")
    }
    assert said["zh"]["description"].startswith("各项资金的总额\n例")
    assert said["en"]["description"].startswith("The ceiling over all grants\nE.g.")


def test_it_is_written_to_a_file(transfers: Run, tmp_path: Path) -> None:
    out = tmp_path / "schema.json"
    done = transfers("schema", "--out", out)
    assert (done.returncode, done.stdout) == (0, f"已写入 {out}\n")
    assert out.read_text("utf-8") == (ROOT / "docs/policy/schema.json").read_text("utf-8")


def test_a_file_of_another_kind_is_refused(transfers: Run, tmp_path: Path) -> None:
    out = tmp_path / "schema.yaml"
    done = transfers("schema", "--out", out)
    assert done.returncode == 2 and ".json" in done.stderr and not out.exists()


def test_the_schema_of_studies_goes_by_its_name(transfers: Run) -> None:
    done = transfers("schema", "study", "--lang", "en")
    assert done.returncode == 0
    assert json.loads(done.stdout)["required"] == ["study", "policy"]
    done = transfers("schema", "stdy", "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "policy, study or tests" in done.stderr


def test_the_schema_of_tests_goes_by_its_name(transfers: Run) -> None:
    done = transfers("schema", "tests")
    assert done.returncode == 0
    assert done.stdout == (ROOT / "docs/policy_tests/schema.json").read_text("utf-8")
