"""Tiny policies in a string: written to a folder, run through the public interface, read back."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import transfers
from transfers import Allocation, Finding

HEAD = "policy: tiny\ndistricts: {file: districts.csv, key: key}\n"


class AllocateText(Protocol):
    """What the fixture `allocate_text` offers."""

    def __call__(
        self, policy_yaml: str, csv: str, overrides: Mapping[str, str] | None = None
    ) -> Allocation: ...


def written(folder: Path, policy_yaml: str, csv: str) -> Path:
    """Write a policy and its table to a folder; money is in whole 万元 unless the text says so."""
    path = folder / "policy.yaml"
    path.write_text(HEAD + policy_yaml, encoding="utf-8")
    (folder / "districts.csv").write_text(csv.replace(" ", ""), encoding="utf-8")
    return path


def loaded(path: Path) -> tuple[transfers.Policy, transfers.Districts]:
    """Load what was written."""
    policy = transfers.load_policy(path)
    return policy, transfers.load_districts(None, policy)


def paid(allocation: Allocation, grant: str = "aid") -> list[int]:
    """Return the amounts of a grant in table order, in quanta."""
    return list(map(int, allocation.amounts[grant]))


def exact(allocation: Allocation, name: str) -> list[Fraction]:
    """Return a column of exact figures, none of which is missing."""
    figures = allocation.column(name)
    assert all(isinstance(figure, Fraction) for figure in figures)
    return [figure for figure in figures if isinstance(figure, Fraction)]


def found(allocation: Allocation) -> dict[str, Finding]:
    """Return the findings by code, without the family's name; no code may occur twice."""
    by_code = {finding.code.partition(".")[2]: finding for finding in allocation.findings}
    assert len(by_code) == len(allocation.findings)
    return by_code


def fault_codes(error: transfers.FaultsError) -> list[str]:
    """Return the codes of all faults."""
    return [fault.code for fault in error.faults]
