"""What would pay twice, or out of order, is refused."""

from __future__ import annotations

import pytest

import transfers
from tests.method.conftest import AllocateText

TABLE = "key,need\na,1\nb,3\n"


def test_a_grant_is_replaced_once(allocate_text: AllocateText) -> None:
    """Sentence 13: what is replaced gives its money back once."""
    grants = "grants: {o: {pool: 9, share: need}, n: {pool: 9, share: need, replaces: o}"
    assert allocate_text(f"inputs: {{need: {{}}}}\nbudget: 9\n{grants}}}\n", TABLE).budget_left == 0
    again = f"{grants}, m: {{pool: 9, share: need, replaces: o}}}}\n"
    with pytest.raises(transfers.DocumentError) as caught:
        allocate_text(f"inputs: {{need: {{}}}}\nbudget: 9\n{again}", TABLE)
    assert [fault.code for fault in caught.value.faults] == ["document.replaces_unknown"]


def test_a_solve_never_takes_a_value_at_which_nobody_is_paid(allocate_text: AllocateText) -> None:
    """Sentence 19: claims of r x 40 in all, a pool of 30: from r = 0.751 on nobody is paid."""
    policy = """
inputs: {need: {unit: 万元}}
parameters: {r: 0.1}
grants: {aid: {pool: 30, claim: r * need * 10}}
solve: {parameter: r, so_that: sum(aid) == 30, within: [0, 1], digits: 3}
"""
    allocation = allocate_text(policy, TABLE)
    assert allocation.status == "done"
    assert int(allocation.total.sum()) == 30
    (solved,) = (f for f in allocation.findings if f.code == "allocation.solved")
    assert solved.value is not None
    assert float(solved.value) <= 0.75
