"""The balance is checked on every run: a quantum that is lost or made pays nobody."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import transfers
from transfers.invariants import BrokenPromise, check_money
from transfers.payer.balance import balance_of

POLICY = """
policy: p
districts: {file: d.csv, key: code}
reserves: {fund: 20}
budget: {amount: 30, draw: fund}
grants:
  aid: {pool: 40, share: 1, cap: 25}
"""


@pytest.fixture
def allocation(tmp_path: Path) -> transfers.Allocation:
    (tmp_path / "p.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "d.csv").write_text("code\na\nb\n", encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))


ONE = np.ones((1, 1), dtype=np.int64)


def test_a_quantum_that_a_reserve_lost_is_found(allocation: transfers.Allocation) -> None:
    block = allocation.block
    check_money(block)
    block.accounts["fund"] = block.accounts["fund"].less(ONE)
    with pytest.raises(BrokenPromise, match="scenario 0"):
        check_money(block)
    assert balance_of(block, 0).difference == 1
    with pytest.raises(BrokenPromise, match="1 in excess"):
        allocation.balance.total("in")


def test_a_quantum_that_was_made_is_found(allocation: transfers.Allocation) -> None:
    block = allocation.block
    assert block.left is not None
    block.left = block.left + 1
    with pytest.raises(BrokenPromise):
        check_money(block)


def test_a_reserve_that_is_overdrawn_is_found(allocation: transfers.Allocation) -> None:
    block = allocation.block
    assert block.left is not None
    block.accounts["fund"] = block.accounts["fund"].less(50 * ONE)
    block.left = block.left + 50
    with pytest.raises(BrokenPromise):
        check_money(block)
    with pytest.raises(BrokenPromise, match="closing fund"):
        allocation.balance.total("in")
