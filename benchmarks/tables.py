"""The time and memory of reading a table of districts, against those of polars on one thread.

Each reading is a process of its own; the clock starts once everything is imported.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.timing import Times

ROOT = Path(__file__).resolve().parent.parent
FIGURES = 10
OURS, POLARS = "load_districts", "polars"

POLICY = (
    """
policy: reading
title: 读表
money: {currency: CNY, unit: 元, quantum: 1}
districts: {file: districts.csv, key: code, name: name}
inputs:
"""
    + "".join(f"  figure_{number}: {{unit: 元}}\n" for number in range(FIGURES))
    + """
budget: {amount: 1000}
grants:
  only: {pool: remainder, share: {factors: {figure_0: 1}}}
"""
)


@dataclass
class Reading:
    """What was measured: seconds, and peaks of memory in bytes."""

    rows: int
    size: int
    times: Times = field(default_factory=lambda: Times({OURS: [], POLARS: []}))
    peaks: dict[str, int] = field(default_factory=dict)
    arrays: int = 0
    """Memory of what is asked for: 8 bytes per figure, and the keys as Python texts."""


def write_table(path: Path, rows: int, rng: np.random.Generator) -> None:
    """Write a table of about 100 bytes a row: a key, a name in Chinese, ten figures.

    Half the figures are whole, with 5 to 9 digits, half have two decimals.
    """
    letters = list("东西南北中新安平江河山海城关武成广宁")
    names = ["".join(chosen) + "镇" for chosen in rng.choice(letters, (min(rows, 10_000), 3))]
    columns: list[list[str]] = []
    for number in range(0, FIGURES, 2):
        columns.append(list(map(str, rng.integers(0, 10 ** (5 + number // 2), rows).tolist())))
        amounts = rng.uniform(0, 10 ** (3 + number // 3), rows).tolist()
        columns.append([f"{amount:.2f}" for amount in amounts])
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(",".join(["code", "name", *(f"figure_{n}" for n in range(FIGURES))]) + "\n")
        for row, figures in enumerate(zip(*columns, strict=True)):
            file.write(f"{440_000_000_000 + row},{names[row % len(names)]},{','.join(figures)}\n")


def measure_tables(rows: int, rounds: int) -> Reading:
    """Read one table in turn, by us and, if it is there, by polars."""
    runners = (OURS, POLARS) if find_spec("polars") else (OURS,)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "districts.csv"
        write_table(path, rows, np.random.default_rng(rows))
        (Path(folder) / "policy.yaml").write_text(POLICY, encoding="utf-8")
        reading = Reading(rows, path.stat().st_size)
        for _ in range(rounds):
            for runner in runners:
                _read_apart(runner, path, reading)
    return reading


def _read_apart(runner: str, path: Path, reading: Reading) -> None:
    environment = {**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.tables", runner, str(path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=600,
    )
    told = json.loads(done.stdout)
    reading.times.rounds[runner].append(told["seconds"])
    reading.peaks[runner] = max(told["peak"], reading.peaks.get(runner, 0))
    reading.arrays = told["arrays"] or reading.arrays


def read_ours(path: Path) -> tuple[float, int]:
    """Read as every command does; return seconds, and the bytes of figures and keys."""
    from transfers import load_districts, load_policy

    policy = load_policy(path.parent / "policy.yaml")
    start = perf_counter()
    districts = load_districts(path, policy)
    seconds = perf_counter() - start
    keys = sum(map(sys.getsizeof, districts.keys)) + sys.getsizeof(districts.keys)
    return seconds, keys + 8 * FIGURES * len(districts)


def read_polars(path: Path) -> tuple[float, int]:
    """Read with polars into arrays of numpy and a list of keys; the names stay where they are."""
    import polars

    start = perf_counter()
    frame = polars.read_csv(path, schema_overrides={"code": polars.String})
    held = [frame["code"].to_list(), *(frame[name].to_numpy() for name in frame.columns[2:])]
    seconds = perf_counter() - start
    return seconds, 0 * len(held)


def peak_memory() -> int:
    """Return the most memory this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # what resource tells on Linux may be of the process that started this one
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    try:
        import resource
    except ModuleNotFoundError:  # on Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    elapsed, asked_for = {OURS: read_ours, POLARS: read_polars}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"seconds": elapsed, "peak": peak_memory(), "arrays": asked_for}))
