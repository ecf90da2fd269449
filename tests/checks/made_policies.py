"""Policies of tests: planted ones with what they promise, and small ones as text."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from transfers import Policy, load_policy

_PROMISES = re.compile(r"^(promises|waive):.*\n(^\s.*\n|^\n)*", re.MULTILINE)

PLANTED = Path(__file__).parent / "planted"


def promising(folder: Path, name: str, more: str) -> Path:
    """Return a planted policy, with its table, that promises something else."""
    shutil.copy(PLANTED / "districts.csv", folder)
    text = (PLANTED / f"{name}.yaml").read_text("utf-8")
    file = folder / f"{name}.yaml"
    file.write_text(_PROMISES.sub("", text) + more, "utf-8")
    return file


def made(folder: Path, text: str, table: str = "") -> Policy:
    """Return a policy of a text that names ``table.csv``; the table is there if one is given.

    Without one it is checked with `districts=False`.
    """
    if table:
        (folder / "table.csv").write_text(table, "utf-8")
    file = folder / "policy.yaml"
    file.write_text(text, "utf-8")
    return load_policy(file)
