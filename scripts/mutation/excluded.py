"""Mutants that no test can notice, since they give the same result; each has its reason."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("excluded.yaml")


@cache
def read() -> dict[str, Any]:
    """Return what the file says."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def by_form(before: str, after: str) -> str | None:
    """Return the form of changes that says the same everywhere, by its name; None if there is none.

    A form is a pair of texts; what they leave out before and behind must be the same.
    """
    for name, form in read()["forms"].items():
        for one, other in form["changes"]:
            for found in re.finditer(one, before):
                changed = before[: found.start()] + found.expand(other) + before[found.end() :]
                if changed.replace(" ", "") == after.replace(" ", ""):
                    return str(name)
    return None


@cache
def listed() -> dict[tuple[str, str, str, str], str]:
    """Return the reasons of mutants that are listed one by one."""
    found = {}
    for entry in read()["mutants"]:
        for after in entry["becomes"]:
            key = entry["module"], entry["function"], entry["line"], after
            found[key] = str(entry["reason"])
    return found


def reason(module: str, function: str, before: str, after: str) -> str | None:
    """Return why a mutant is excluded: the name of a reason, or a sentence; None if it is not."""
    return by_form(before, after) or listed().get((module, function, before, after))
