"""The one fixture of the method's tests: a policy in a string becomes an allocation."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import transfers
from tests.method.tiny import AllocateText, loaded, written
from transfers import Allocation


@pytest.fixture
def allocate_text(tmp_path: Path) -> AllocateText:
    """Run a policy on a table, both given as text."""

    def run(policy_yaml: str, csv: str, overrides: Mapping[str, str] | None = None) -> Allocation:
        return transfers.allocate(*loaded(written(tmp_path, policy_yaml, csv)), overrides)

    return run
