"""``python -m benchmarks``: measure, print, and with ``--write`` put the results in the README."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does
os.environ.setdefault("POLARS_MAX_THREADS", "1")

import numpy as np

from benchmarks import results
from benchmarks.command import measure_command
from benchmarks.engine import copy_into_held, copy_into_new, fitted, fitted_and_rounded
from benchmarks.groups import measure_groups
from benchmarks.peers import PEERS, NoAnswer, installed
from benchmarks.problem import KINDS, Problem, problem
from benchmarks.scenarios import measure_memory, measure_scenarios
from benchmarks.tables import measure_tables
from benchmarks.timing import Times, measure

SIZES = (100, 10_000, 1_000_000)
QUICK_SIZES = (100, 1_000)
ROWS, QUICK_ROWS = 1_000_000, 20_000
SEED = 20260101
COMMAND = "command"
TABLES = "tables"
GROUPS = "groups"
SCENARIOS = "scenarios"
APART = (COMMAND, TABLES, GROUPS, SCENARIOS)
"""What is measured apart from one division of many districts."""

Runners = dict[str, Callable[[], object]]


def runners_for(
    task: Problem, only: str | None = None, without: frozenset[str] = frozenset()
) -> Runners:
    """Return everybody who is to divide the money of one problem; the copies always."""
    runners: Runners = {
        results.COPY: copy_into_new(task),
        results.HELD: copy_into_held(task),
        results.FIT: fitted(task),
        results.ROUNDED: fitted_and_rounded(task),
    }
    for name, (peer, _) in PEERS.items():
        if installed(name) and name not in without and only in (None, name):
            runners[name] = peer(task)
    return runners


def measure_sizes(sizes: tuple[int, ...], rounds: int, only: str | None) -> list[results.Measured]:
    """Measure all sizes; who gave up at one size is not asked at a larger one."""
    measured = []
    for kind in KINDS:
        without: frozenset[str] = frozenset()
        for size in sizes:
            task = problem(size, kind, np.random.default_rng(SEED))
            times = measure(runners_for(task, only, without), rounds, NoAnswer)
            for name in without:
                times.rounds[name] = [None]
            without |= {name for name, seconds in times.rounds.items() if seconds == [None]}
            measured.append(results.Measured(kind, size, times))
    return measured


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, few rounds")
    parser.add_argument("--only", metavar="NAME", help=f"one peer, {', '.join(APART)}")
    parser.add_argument(
        "--table", metavar="FILE", type=Path, help="a published table of that shape"
    )
    parser.add_argument("--write", action="store_true", help="put the results in the README")
    options = parser.parse_args()
    if options.only not in (None, *APART, results.FIT, *PEERS):
        parser.error(f"--only: {', '.join((results.FIT, *PEERS, *APART))}")
    lines: list[str] = []
    if options.only not in APART:
        sizes, rounds = (QUICK_SIZES, 5) if options.quick else (SIZES, 31)
        lines += [*results.table(measure_sizes(sizes, rounds, options.only)), ""]
    if options.only in (None, COMMAND):
        times: Times = measure_command(3 if options.quick else 41)
        lines += [*results.command_lines(times), ""]
    if options.only in (None, TABLES):
        rows, rounds = (QUICK_ROWS, 2) if options.quick else (ROWS, 11)
        lines += [results.tables_line(measure_tables(rows, rounds)), ""]
    if options.only in (None, GROUPS):
        rounds = 2 if options.quick else 15
        lines += [results.groups_line("generated", measure_groups(rounds)), ""]
        if options.table is not None:
            lines += [results.groups_line("published", measure_groups(rounds, options.table)), ""]
    if options.only in (None, SCENARIOS):
        lines += [*results.scenarios_table(measure_scenarios(quick=options.quick)), ""]
        lines += [results.memory_line(measure_memory(quick=options.quick)), ""]
    lines.append(results.versions())
    if left_out := results.left_out():
        lines.append(f"Not installed, hence not measured: {', '.join(left_out)}")
    print("\n".join(lines))
    if options.write:
        results.write(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
