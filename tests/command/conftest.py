"""Run the program as a person does: in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program import called

ROOT = Path(__file__).resolve().parents[2]

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def jiangmen(tmp_path: Path) -> Path:
    """Return a copy of the example, to be changed at will."""
    return Path(shutil.copytree(ROOT / "examples" / "jiangmen", tmp_path / "jiangmen"))


@pytest.fixture
def transfers(tmp_path: Path) -> Run:
    """Call the program in an empty folder; Chinese unless a call says otherwise."""
    folder = tmp_path / "here"
    folder.mkdir()

    def run(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "TRANSFERS_LANG": "zh", "PYTHONWARNINGS": "error", **variables}
        return called(*arguments, folder=folder, environment=environment)

    return run
