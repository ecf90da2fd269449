"""The parts of all districts at once are those of each district, and add up to its amount."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from tests.reference.random_documents import random_document, random_moves
from transfers.explain.parts import portion_of


@pytest.mark.parametrize("seed", range(60))
def test_the_parts_of_all_districts_are_those_told_of_each(seed: int, tmp_path: Path) -> None:
    file = random_document(seed).write(tmp_path)
    policy = transfers.load_policy(file)
    table = transfers.load_districts(None, policy)
    paths = [".".join(map(str, path)) for path in policy.numbers]
    try:
        allocations = transfers.allocate_scenarios(policy, table, random_moves(seed, paths, 3))
    except transfers.TransfersError:
        return
    for allocation in allocations:
        if allocation.status == "done":
            for rule in policy.grants:
                _check(allocation, rule.name)


def _check(allocation: transfers.Allocation, grant: str) -> None:
    portions = allocation.portions(grant)
    columns = {name: column.fractions() for name, column in portions.parts.items()}
    sums = [Fraction(0)] * len(allocation.keys)
    for column in columns.values():
        sums = [a + b for a, b in zip(sums, column, strict=True)]
    assert sums == allocation.amounts[grant].tolist()
    outcome = allocation.outcome(grant)
    for district in range(len(allocation.keys)):
        told = portion_of(allocation.block, outcome, allocation.scenario, district)
        each = {(part.code, part.name): part.amount for part in told.parts if part.amount}
        assert each == {
            name: column[district] for name, column in columns.items() if column[district]
        }
        if portions.pool is not None:
            assert portions.pool.fraction(district) == told.pool
