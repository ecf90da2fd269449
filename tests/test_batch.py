"""A batch answers for every scenario, whatever came of the others."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import transfers
from tests.method.tiny import loaded, written
from transfers import batch

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "jiangmen" / "policy.yaml"
POOL = ("budget", "amount")
AREA = ("grants", "equalisation", "share", "factors", "area")


@pytest.fixture(scope="module")
def jiangmen() -> tuple[transfers.Policy, transfers.Districts]:
    policy = transfers.load_policy(EXAMPLE)
    return policy, transfers.load_districts(None, policy)


def test_one_infeasible_scenario_of_a_thousand_leaves_999_answers_and_one_finding(
    jiangmen: tuple[transfers.Policy, transfers.Districts],
) -> None:
    moves = [{POOL: Fraction(3600 + n % 800)} for n in range(1000)]
    moves[417] = {POOL: Fraction(3599)}  # floors come to 3,600
    answers = batch.run_batch(*jiangmen, moves)
    assert int(answers.done.sum()) == 999
    assert answers.status(417) == "rejected"
    assert [finding.code for finding in answers.why_rejected(417)] == [
        "allocation.floors_exceed_pool_rejected"
    ]
    paid = answers.total.sum(axis=1)
    assert paid.tolist() == [0 if n == 417 else 3600 + n % 800 for n in range(1000)]


def test_a_scenario_that_cannot_be_computed_stops_no_other(
    jiangmen: tuple[transfers.Policy, transfers.Districts],
) -> None:
    answers = batch.run_batch(*jiangmen, [{}, {AREA: Fraction(1, 4)}, {POOL: Fraction(3000)}])
    assert [answers.status(n) for n in range(3)] == ["done", "invalid", "rejected"]
    assert [fault.code for fault in answers.faults(1)] == ["document.weights_sum"]
    assert answers.amounts["equalisation"].tolist() == [
        [325, 150, 552, 1080, 755, 402, 736],
        [0] * 7,
        [0] * 7,
    ]
    assert answers.allocation(2).status == "rejected"
    with pytest.raises(TypeError):
        answers.allocation(1)


def test_what_stops_a_whole_block_is_found_by_running_its_scenarios_alone(tmp_path: Path) -> None:
    text = (
        "inputs: {c: }\nparameters: {m: 1}\n"
        "budget: 100\ngrants: {g: {pool: remainder, share: c ^ m}}\n"
    )
    policy, districts = loaded(written(tmp_path, text, "key,c\nA,1.7\nB,2.9\n"))
    path = next(path for path in policy.numbers if path[0] == "parameters")
    answers = batch.run_batch(policy, districts, [{path: Fraction(m)} for m in (2, 10**7, 3)])
    assert [answers.status(n) for n in range(3)] == ["done", "invalid", "done"]
    alone = [batch.run_batch(policy, districts, [{path: Fraction(m)}]).total[0] for m in (2, 3)]
    assert np.array_equal(answers.total[[0, 2]], np.array(alone))


def test_a_batch_of_nothing_is_empty(
    jiangmen: tuple[transfers.Policy, transfers.Districts],
) -> None:
    assert len(batch.run_batch(*jiangmen, [])) == 0
    assert batch.run_batch(*jiangmen, []).total.shape == (0, 7)


def test_a_thousand_scenarios_of_few_districts_make_one_block_and_large_tables_small_ones() -> None:
    assert batch.scenarios_of_block(7) == 1024
    assert 1 <= batch.scenarios_of_block(3000) <= 128
    assert batch.scenarios_of_block(10**7) == 1
