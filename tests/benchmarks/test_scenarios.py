"""The benchmark of batches: all ways divide the same money, and the engine's is exact."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from benchmarks import __main__ as program
from benchmarks import results, scenarios
from benchmarks.scenario_peers import PEERS
from benchmarks.scenarios import BONUS, ENGINE, POOL, Task
from benchmarks.timing import Times
from transfers.batch import allocate_scenarios

DISTRICTS = 60


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Task:
    folder = tmp_path_factory.mktemp("scenarios")
    scenarios.write_case(folder, DISTRICTS)
    return scenarios.load_task(folder, 5)


def test_engine_divides_all_money_block_by_block_as_it_does_at_once(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = scenarios.engine_amounts(task)
    assert at_once.shape == (2, 5, DISTRICTS)
    assert at_once.sum(axis=-1).tolist() == [[POOL] * 5, [BONUS] * 5]
    monkeypatch.setattr(scenarios, "scenarios_of_block", lambda districts: 2)
    assert np.array_equal(scenarios.engine_amounts(task), at_once)


def test_moved_numbers_of_others_are_those_of_the_engine(task: Task) -> None:
    part = task.part(1)
    ((weights,), (coefficients,)) = part.weights, part.coefficients
    paths = {path[-1]: float(value) for path, value in part.moves[0].items()}
    assert weights[:2].tolist() == [paths["f0"], paths["f1"]]
    assert weights.sum() == pytest.approx(1)
    assert coefficients[0] == paths["A"]
    assert (part.growth[0], part.per_point[0]) == (paths["growth"], paths["per_point"])


@pytest.mark.parametrize("name", PEERS)
def test_others_divide_the_same_money_and_miss_by_a_quantum_at_most(task: Task, name: str) -> None:
    peer, package, _ = PEERS[name]
    if find_spec(package) is None:
        pytest.skip(f"{package} is not installed")
    ours, theirs = scenarios.engine_amounts(task), peer(task)()
    assert theirs.shape == ours.shape
    assert np.array_equal(theirs.sum(axis=-1), ours.sum(axis=-1))
    assert np.abs(theirs - ours).max() <= 1


def test_quick_run_prints_ratios_and_memory(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--quick", "--only", "scenarios"])
    monkeypatch.setattr(scenarios, "QUICK_SIZES", (5,))
    monkeypatch.setattr(scenarios, "QUICK_STREAMED", (4, 8))
    found = scenarios.measure_scenarios(quick=True, districts=DISTRICTS)
    memory = scenarios.measure_memory(quick=True, districts=DISTRICTS)
    monkeypatch.setattr(program, "measure_scenarios", lambda quick: found)
    monkeypatch.setattr(program, "measure_memory", lambda quick: memory)
    assert program.main() == 0
    printed = capsys.readouterr().out
    for name in (ENGINE, *(name for name, (_, package, _) in PEERS.items() if find_spec(package))):
        assert f"| {name} |" in printed
    assert "x the peak memory after 8 scenarios as after 4" in printed


def test_the_case_divides_as_any_policy_does(tmp_path: Path) -> None:
    scenarios.write_case(tmp_path, DISTRICTS)
    task = scenarios.load_task(tmp_path, 2)
    moved = [{".".join(map(str, p)): value for p, value in one.items()} for one in task.moves]
    allocations = allocate_scenarios(task.policy, task.districts, moved)
    ours = scenarios.engine_amounts(task)
    for s, allocation in enumerate(allocations):
        assert allocation.amounts["main"].tolist() == ours[0, s].tolist()
        assert allocation.amounts["bonus"].tolist() == ours[1, s].tolist()


def test_results_name_how_many_amounts_differ() -> None:
    times = Times({"copy": [1.0], "copy_held": [0.5], "polars": [300.0]})
    lines = results.scenarios_table([scenarios.Result("polars", 200, times, 0.0177)])
    assert lines[-1] == "| 200 | polars | 300 (300) | 600 (600) | 1.77% |"
