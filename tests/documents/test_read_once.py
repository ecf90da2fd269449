"""A policy is read once: what happens to its file afterwards changes nothing."""

from __future__ import annotations

from pathlib import Path

import transfers

POLICY = """\
policy: p
districts: {file: d.csv, key: code}
inputs: {x: {}}
grants: {g: {pool: 10, share: x}}
"""
TABLE = "code,x\na,1\nb,1\n"


def test_changes_apply_to_the_policy_that_was_loaded_not_to_the_file_of_now(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(POLICY, "utf-8")
    (tmp_path / "d.csv").write_text(TABLE, "utf-8")
    policy = transfers.load_policy(file)
    districts = transfers.load_districts(None, policy)
    file.write_text(POLICY.replace("share: x", "share: x, cap: 1"), "utf-8")
    moved = transfers.allocate(policy, districts, {"grants.g.pool": 30})
    assert moved.total.tolist() == [15, 15]
    file.unlink()
    assert transfers.allocate(policy, districts, {"grants.g.pool": 4}).total.tolist() == [2, 2]
