"""What asks for somebody's eyes can be had without the exact figures of what is for the record."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers
from transfers.notices import _Notices

ROOT = Path(__file__).parents[1]
POLICIES = sorted(ROOT.glob("examples/**/policy.yaml"))


@pytest.mark.parametrize("file", POLICIES, ids=[f.parent.name for f in POLICIES])
def test_warnings_are_the_findings_that_are_no_notes(file: Path) -> None:
    policy = transfers.load_policy(file)
    table = transfers.load_districts(None, policy)
    first, other = transfers.allocate(policy, table), transfers.allocate(policy, table)
    wanted = tuple(f for f in first.findings if f.severity != "note")
    told = [[f.message("zh") for f in each] for each in (wanted, first.warnings, other.warnings)]
    assert told[0] == told[1] == told[2]


def test_scaled_claims_are_not_added_up_where_nobody_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy = transfers.load_policy(ROOT / "examples/haiyan/policy.yaml", {"budget.amount": "9"})
    allocation = transfers.allocate(policy, transfers.load_districts(None, policy))
    codes: list[str] = []
    work_out = _Notices._shortage
    monkeypatch.setattr(
        _Notices,
        "_shortage",
        lambda self, code, *of: codes.append(code) or work_out(self, code, *of),
    )
    assert allocation.warnings
    assert "claims_exceed_pool" not in codes
    assert any("claims_exceed_pool" in finding.code for finding in allocation.findings)
