"""The benchmarks compare ways that arrive at the same entitlements."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from benchmarks import __main__ as program
from benchmarks import results
from benchmarks.peers import PEERS, installed
from benchmarks.problem import KINDS, Problem, problem
from benchmarks.timing import Times
from transfers.kernel.fit import fit
from transfers.kernel.rounding import round_to_total

SIZE = 100
TOLERANCE = {"brentq": 1e-9, "brentq_rounded": 0.0, "highs": 1e-5, "clarabel": 1e-3}
"""How far a peer may be off; the pandas loop is known to be wrong and not held to anything."""


@pytest.fixture(params=KINDS)
def task(request: pytest.FixtureRequest) -> Problem:
    return problem(SIZE, request.param, np.random.default_rng(7))


def test_floors_and_caps_bind_for_a_third_each(task: Problem) -> None:
    sides = fit(task.division).side[0]
    for side in (-1, 0, 1):
        assert 20 <= np.count_nonzero(sides == side) <= 47


def test_amounts_are_whole_inside_bounds_and_add_up(task: Problem) -> None:
    rounded: Any = program.runners_for(task, "none")[results.ROUNDED]()
    amounts = rounded.amounts[0]
    assert amounts.sum() == task.total
    assert np.all((amounts >= task.floor) & (amounts <= task.cap))


@pytest.mark.parametrize("name", TOLERANCE)
def test_peers_agree_with_the_engine(task: Problem, name: str) -> None:
    if not installed(name):
        pytest.skip(f"{PEERS[name][1]} is not installed")
    found = fit(task.division)
    answer = PEERS[name][0](task)()
    expected = found.entitlement.value[0]
    if name == "brentq_rounded":
        total = np.array([[task.total]])
        rounded = round_to_total(found, total, "largest_remainder", key_order=task.key_order)
        expected = rounded.amounts[0].astype(np.float64)
        assert answer.sum() == task.total
        assert np.abs(answer - expected).max() <= 1.0  # it heeds neither bounds nor ties
        return
    np.testing.assert_allclose(answer, expected, rtol=TOLERANCE[name])


def test_quick_run_prints_every_runner_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = results.README.read_bytes()
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--quick"])
    monkeypatch.setattr(program, "QUICK_SIZES", (SIZE,))
    monkeypatch.setattr(program, "measure_command", lambda rounds: _one_round())
    assert program.main() == 0
    printed = capsys.readouterr().out
    for name in (results.FIT, results.ROUNDED, *filter(installed, PEERS)):
        assert f"| {name} |" in printed
    assert results.README.read_bytes() == before


def _one_round() -> Times:
    return Times({results.IMPORT: [1.0], results.RUN: [1.5]})
