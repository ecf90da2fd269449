"""The benchmarks compare ways that arrive at the same entitlements."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import __main__ as program
from benchmarks import groups, results
from benchmarks.command import ROOT, STUDY, measure_command
from benchmarks.peers import PEERS, installed
from benchmarks.problem import KINDS, Problem, problem
from benchmarks.tables import OURS, POLARS, POLICY, measure_tables, write_table
from benchmarks.timing import Times
from transfers import Policy, load_districts, load_policy
from transfers.districts import NumberColumn
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
    monkeypatch.setattr(program, "measure_groups", lambda rounds, table=None: _governed())
    monkeypatch.setattr(program, "QUICK_ROWS", SIZE)
    assert program.main() == 0
    printed = capsys.readouterr().out
    for name in (results.FIT, results.ROUNDED, *filter(installed, PEERS)):
        assert f"| {name} |" in printed
    assert "`transfers run`, seven districts: 1.50 (1.50) x" in printed
    assert "constraints: 1.75 (1.75) x the same" in printed
    assert "`load_districts`, 100 districts" in printed
    assert results.README.read_bytes() == before


def test_a_run_and_a_study_are_held_against_their_imports() -> None:
    times = measure_command(1)
    assert set(times.rounds) == {results.IMPORT, results.RUN, results.STUDY}
    run, study = results.command_lines(times)[::2]
    assert "`transfers run`" in run and "five variants on seven districts" in study
    document = (ROOT / STUDY).read_text("utf-8")
    variants, _, asked = document.partition("measures:")
    assert variants.partition("variants:")[2].count("title:") == 5
    assert asked.count("title:") == 5  # two measures, three constraints


def test_a_table_is_read_by_both_in_processes_of_their_own() -> None:
    reading = measure_tables(2_000, rounds=2)
    assert 90 <= reading.size / reading.rows <= 110
    for runner in (OURS, *filter(installed_peer, [POLARS])):
        assert all(seconds > 0 for seconds in reading.times.seconds(runner))
        assert len(reading.times.seconds(runner)) == 2
        assert reading.peaks[runner] > reading.arrays
    assert reading.arrays > 2_000 * (10 * 8 + 12)
    line = results.tables_line(reading)
    assert "2,000 districts in 0 MB" in line and "x polars on one thread" in line


def test_a_table_of_a_hundred_thousand_districts_is_the_one_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "districts.csv"
    write_table(path, 100_000, np.random.default_rng(1))
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    districts = load_districts(path, load_policy(tmp_path / "policy.yaml"))
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert list(districts.keys) == [row[0] for row in rows]
    assert list(districts.names) == [row[1] for row in rows]
    for number in range(10):
        column = districts.columns[f"figure_{number}"]
        assert isinstance(column, NumberColumn) and column.decimals is not None
        written = [int(row[number + 2].replace(".", "")) for row in rows]
        assert column.decimals.mantissas.tolist() == written


def test_the_generated_table_has_the_shape_of_the_published_one(tmp_path: Path) -> None:
    districts = load_districts(*_governments(tmp_path))
    columns = districts.columns
    assert len(districts) == groups.ROWS
    assert len(columns["state"].categories) == groups.STATES  # type: ignore[union-attr]
    wide = [
        name for name, c in columns.items() if isinstance(c, NumberColumn) and c.wide is not None
    ]
    assert {"enrolment", "enrolment_of_all"} <= set(wide)


def test_governments_in_groups_are_divided_within_three_times_reading_their_rows(
    tmp_path: Path,
) -> None:
    if sys.gettrace() is not None:
        pytest.skip("a traced program says nothing about speed")
    path, _ = _governments(tmp_path)
    for _ in range(5):  # a machine that is busy with others is asked again
        told = groups.measured_here(path)
        if told[groups.ALLOCATE] <= 3 * told[groups.CSV]:
            return
    pytest.fail(f"{told[groups.ALLOCATE] / told[groups.CSV]:.1f} x")


def test_groups_are_measured_in_processes_of_their_own() -> None:
    times = groups.measure_groups(1)
    line = results.groups_line("generated", times)
    assert "5,595 governments in 27 groups" in line and "generated table" in line
    assert times.seconds(groups.FIRST)[0] > 0


def _governments(folder: Path) -> tuple[Path, Policy]:
    path = folder / "districts.csv"
    groups.write_table(path, np.random.default_rng(3))
    (folder / "policy.yaml").write_text(groups.POLICY, encoding="utf-8")
    return path, load_policy(folder / "policy.yaml")


def installed_peer(name: str) -> bool:
    return find_spec(name) is not None


def _governed() -> Times:
    return Times({groups.CSV: [1.0], groups.FIRST: [2.0], groups.ALLOCATE: [1.5]})


def _one_round() -> Times:
    return Times({results.IMPORT: [1.0], results.RUN: [1.5], results.STUDY: [1.75]})
