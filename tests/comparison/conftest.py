"""Studies beside the example of Jiangmen, written for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import scenarios
from scenarios import Comparison

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "jiangmen"

Compared = Callable[..., Comparison]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the policy and the table of the example."""
    for name in ("policy.yaml", "districts.csv"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    return tmp_path


@pytest.fixture
def compared(folder: Path) -> Compared:
    """Return what runs variants, as YAML, against the example."""

    def made(variants: str, head: str = "", **asked: str) -> Comparison:
        file = folder / "study.yaml"
        file.write_text(f"study: s\npolicy: policy.yaml\n{head}\nvariants:\n{variants}", "utf-8")
        return scenarios.compare(scenarios.run(scenarios.load_study(file)), **asked)

    return made
