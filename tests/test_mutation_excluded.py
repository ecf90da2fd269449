"""The mutants that count as equivalent are still those of the code, and each has its reason."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
EXCLUDED: dict[str, Any] = yaml.safe_load(
    (ROOT / "scripts" / "mutation" / "excluded.yaml").read_text(encoding="utf-8")
)


@cache
def places(module: str) -> dict[str, str]:
    """Return the text of every function and class of a module, line by line without indent."""
    source = (ROOT / module).read_text(encoding="utf-8")
    found = {"": " ".join(line.strip() for line in source.split("\n"))}

    def enter(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            name = prefix
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                name = f"{prefix}.{child.name}" if prefix else child.name
                first = min([child.lineno, *(d.lineno for d in child.decorator_list)])
                lines = source.split("\n")[first - 1 : child.end_lineno]
                found[name] = " ".join(line.strip() for line in lines)
            enter(child, name)

    enter(ast.parse(source), "")
    return found


@pytest.mark.parametrize("entry", EXCLUDED["mutants"], ids=lambda e: f"{e['module']}:{e['line']}")
def test_an_excluded_mutant_is_a_change_of_a_line_that_is_there(entry: dict[str, Any]) -> None:
    assert entry["line"] in places(entry["module"])[entry["function"]]
    assert entry["becomes"] and entry["line"] not in entry["becomes"]
    assert len(set(entry["becomes"])) == len(entry["becomes"])


def test_every_excluded_mutant_has_a_reason_and_every_reason_a_mutant() -> None:
    used = {entry["reason"] for entry in EXCLUDED["mutants"]}
    assert used == set(EXCLUDED["reasons"])
    assert all(len(text) > 30 for text in EXCLUDED["reasons"].values())


def test_forms_of_changes_say_why_they_change_nothing() -> None:
    for form in EXCLUDED["forms"].values():
        assert len(form["says"]) > 30 and form["shown"]
        for one, other in form["changes"]:
            assert re.compile(one) and isinstance(other, str)
