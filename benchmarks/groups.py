"""The time of dividing among many governments in groups, against that of reading their table.

The table has the shape of a published one: 5,595 governments in 27 states, figures with up to 16
digits. Money is shared inside the states, then raised to one level between the states and once
more between all governments. The yardstick is ``list(csv.reader(file))`` of the same file, in the
same process.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

from benchmarks.timing import Times

ROOT = Path(__file__).resolve().parent.parent
ROWS, STATES = 5_595, 27
CSV, ALLOCATE, FIRST = "csv.reader", "allocate", "first"
REPEATS = 15
"""Runs in one process; their median counts."""

HEADER = (
    "ibge,uf,nome,recursos_vaaf,recursos_vaat,nse,inab,"
    "weighted_enrolment_vaaf_before_nse,weighted_enrolment_vaat_before_nse"
)
POLICY = """
policy: states-and-levels
money: {currency: BRL, unit: BRL, quantum: 0.01}
districts: {file: districts.csv, key: ibge, name: nome}
inputs:
  state: {column: uf, type: text}
  official: {column: recursos_vaaf, unit: BRL}
  own: {column: recursos_vaat, unit: BRL}
  nse: {min: 0}
  excluded: {column: inab, type: yes_no}
  enrolment: {column: weighted_enrolment_vaaf_before_nse, min: 0}
  enrolment_of_all: {column: weighted_enrolment_vaat_before_nse, min: 0}
parameters:
  between_states: {value: 24153287047.40, unit: BRL}
  between_all: {value: 18114965285.51, unit: BRL}
quantities:
  pupils: enrolment * nse
  pupils_of_all: enrolment_of_all * nse
grants:
  state_fund:
    within: state
    pool: sum(official, by=state)
    share: pupils
  level_of_states:
    pool: between_states
    level: {own: state_fund, per: pupils, by: state}
  level_of_all:
    eligible: not excluded
    pool: between_all
    level: {own: own, per: pupils_of_all}
outputs:
  after_levels: {formula: state_fund + level_of_states, digits: 2}
"""


def write_table(path: Path, rng: np.random.Generator) -> None:
    """Write the table: one government per state has a fifth of its pupils."""
    size = rng.lognormal(0, 1, STATES)
    state = np.concatenate(
        [np.arange(STATES), rng.choice(STATES, ROWS - STATES, p=size / size.sum())]
    )
    pupils = rng.lognormal(7.6, 1.1, ROWS)
    pupils[:STATES] = np.bincount(state, pupils)[:STATES] / 4
    rich = rng.lognormal(8.4, 0.25, STATES)[state]
    columns = (
        np.round(pupils * rich, 2),
        np.round(pupils * rich * rng.lognormal(0.3, 0.2, ROWS), 6),
        np.round(rng.uniform(0.95, 1.05, ROWS), 6),
        rng.random(ROWS) < 0.05,
        np.round(pupils, 2) * 1.15,
        np.round(pupils, 2) * 1.15 + np.round(pupils / 9, 2) * 1.05,
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER + "\n")
        for row, cells in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
            file.write(
                f"{1_100_000 + row},S{state[row]:02},Place {row},{','.join(map(str, cells))}\n"
            )


def measure_groups(rounds: int, published: Path | None = None) -> Times:
    """Measure in `rounds` processes of their own, on the generated table or a published one."""
    times = Times({CSV: [], FIRST: [], ALLOCATE: []})
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as compiled:
        table = Path(folder) / "districts.csv"
        if published is None:
            write_table(table, np.random.default_rng(ROWS))
        else:
            table.write_bytes(published.read_bytes())
        (Path(folder) / "policy.yaml").write_text(POLICY, encoding="utf-8")
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONUTF8": "1"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for number in range(rounds + 1):
            told = _measured_apart(table, environment)
            if number:  # the first process compiles
                for name, seconds in told.items():
                    times.rounds[name].append(seconds)
    return times


def _measured_apart(table: Path, environment: dict[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.groups", str(table)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def measured_here(table: Path) -> dict[str, float]:
    """Return the seconds of reading, of the first division in this process, and of the next."""
    from transfers import allocate, load_districts, load_policy

    policy = load_policy(table.parent / "policy.yaml")
    districts = load_districts(table, policy)
    first = _seconds(lambda: allocate(policy, districts))
    runs = [
        (_seconds(lambda: _rows(table)), _seconds(lambda: allocate(policy, districts)))
        for _ in range(REPEATS)
    ]
    read, divided = zip(*runs, strict=True)
    return {CSV: median(read), FIRST: first, ALLOCATE: median(divided)}


def _rows(table: Path) -> list[list[str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _seconds(run: Callable[[], object]) -> float:
    start = process_time()
    result = run()
    seconds = process_time() - start
    del result
    return seconds


if __name__ == "__main__":
    print(json.dumps(measured_here(Path(sys.argv[1]))))
