"""What no scenario moves is read once; nothing shows of it in what comes out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import transfers
from tests.reference.random_documents import random_document, random_moves
from transfers import DocumentError, TableError
from transfers.block import Block
from transfers.plan import Plan, scenarios_of_block
from transfers.policy.moves import number_moves

POLICY = """
policy: p
districts: {file: d.csv, key: code}
inputs: {a: , b: , tier: {one_of: [x, y]}}
parameters: {rate: 2, half: 50%, weight: {x: 1, y: 3}}
quantities:
  doubled: a * rate
  halved: b * half
  again: halved + 1
budget: 100
grants:
  g: {pool: 90, share: "again * weight[tier]", floor: doubled / 10}
  h: {pool: remainder, share: g + 1}
"""
TABLE = "code,a,b,tier\nA,1,4,x\nB,2,6,y\nC,3,8,x\n"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return plan_of(tmp_path, POLICY, TABLE)


def plan_of(folder: Path, policy: str, table: str) -> Plan:
    (folder / "p.yaml").write_text(policy, encoding="utf-8")
    (folder / "d.csv").write_text(table, encoding="utf-8")
    rules = transfers.load_policy(folder / "p.yaml")
    return Plan(rules, transfers.load_districts(None, rules))


def amounts(block: Block) -> dict[str, list[list[int]]]:
    return {
        name: out.amounts.tolist()
        for name, out in block.outcomes.items()
        if out.amounts is not None
    }


def test_blocks_of_one_plan_give_what_plans_of_their_own_give(plan: Plan) -> None:
    batches = [
        [{"parameters.rate": 3}, {"parameters.rate": 1}],
        [{"parameters.half": "25%"}],
        [{"parameters.weight.x": 2}, {}, {"parameters.rate": 5, "parameters.half": "75%"}],
        [{"parameters.rate": 3}],
    ]
    for batch in batches:
        moves = [number_moves(plan.policy, scenario) for scenario in batch]
        (block,) = plan.run(moves)
        (other,) = Plan(plan.policy, plan.districts).run(moves)
        assert amounts(block) == amounts(other)
        for s, scenario in enumerate(batch):
            alone = transfers.allocate(plan.policy, plan.districts, scenario)
            assert {n: a.tolist() for n, a in alone.amounts.items()} == {
                name: rows[s] for name, rows in amounts(block).items()
            }


def test_what_is_not_moved_is_the_very_same_array_in_every_block(plan: Plan) -> None:
    _, first, second = (
        plan.run([number_moves(plan.policy, {"parameters.rate": rate})])[0] for rate in (2, 3, 4)
    )
    assert first.values["halved"] is second.values["halved"]
    assert first.values["again"] is second.values["again"]
    assert first.values["doubled"] is not second.values["doubled"]


def test_what_rests_on_an_outcome_is_read_anew(plan: Plan) -> None:
    moves = [number_moves(plan.policy, {"parameters.rate": rate}) for rate in (1, 300)]
    blocks = [plan.run([move])[0] for move in moves]
    assert blocks[0].still is None  # nobody may ever come who shares it
    still = blocks[1].still
    assert still is not None
    share = plan.policy.grants[1].share
    assert share is not None and share.formula is not None
    assert still.rests_on(share.formula.node) is None
    assert amounts(blocks[0])["h"] != amounts(blocks[1])["h"]


def test_a_run_of_the_document_as_it_stands_needs_none_of_it(plan: Plan) -> None:
    (block,) = plan.run([{}])
    assert block.still is None


def test_a_figure_that_is_missing_is_told_in_every_block(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, POLICY, TABLE.replace("B,2,6,y", "B,2,,y"))
    for rate in (3, 4):
        (block,) = plan.run([number_moves(plan.policy, {"parameters.rate": rate})])
        assert [fault.code for fault in block.invalid[0]] == ["allocation.figure_missing"]


@pytest.mark.parametrize("seed", range(40))
def test_random_documents_give_the_same_block_by_block(seed: int, tmp_path: Path) -> None:
    path = random_document(seed).write(tmp_path)
    try:
        policy = transfers.load_policy(path)
        plan = Plan(policy, transfers.load_districts(None, policy))
    except DocumentError:
        pytest.skip("not a valid document")
    paths = [".".join(map(str, path)) for path in policy.numbers]
    moves = []
    for scenario in random_moves(seed, paths, 6):
        try:
            moves.append(number_moves(policy, scenario))
        except (DocumentError, TableError):
            continue
    for first in range(0, len(moves), 2):
        try:
            blocks = plan.run(moves[first : first + 2])
        except TableError:
            continue
        others = Plan(policy, plan.districts).run(moves[first : first + 2])
        for one, other in zip(blocks, others, strict=True):
            assert one.invalid == other.invalid
            assert one.rejected.keys() == other.rejected.keys()
            assert amounts(one) == amounts(other)


def test_a_closed_block_holds_no_figures(plan: Plan) -> None:
    (block,) = plan.run([number_moves(plan.policy, {"parameters.rate": 3})])
    block.close()
    assert not block.outcomes and not block.values and not block.totals


def test_blocks_are_as_large_as_the_cache_likes() -> None:
    sizes = [scenarios_of_block(n) for n in (0, 1, 100, 3000, 262_144, 10**7)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == 1
    assert np.prod([scenarios_of_block(3000), 3000]) <= 262_144
