"""Studies that sweep: the example of Jiangmen, with a section of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios import load_study
from scenarios.study.load import Study

ROOT = Path(__file__).resolve().parents[2]

Studied = Callable[..., Study]


@pytest.fixture
def jiangmen(tmp_path: Path) -> Path:
    """Return a copy of the example, to be changed at will."""
    return Path(shutil.copytree(ROOT / "examples" / "jiangmen", tmp_path / "jiangmen"))


@pytest.fixture
def studied(jiangmen: Path) -> Studied:
    """Make a study of a section `sweep:` and, before it, whatever else."""

    def study(sweep: str, before: str = "") -> Study:
        lines = "\n".join(f"  {line}" for line in sweep.strip("\n").splitlines())
        text = f"study: trial\npolicy: policy.yaml\n{before}sweep:\n{lines}\n"
        (jiangmen / "trial.yaml").write_text(text, encoding="utf-8")
        return load_study(jiangmen / "trial.yaml")

    return study
