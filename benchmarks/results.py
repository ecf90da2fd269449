"""The measured table, as text and as a part of the README."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import groups, scenarios
from benchmarks.peers import PEERS, installed
from benchmarks.tables import OURS, POLARS, Reading
from benchmarks.timing import Times

README = Path(__file__).resolve().parent / "README.md"
BEGIN, END = (
    "<!-- results: written by `python -m benchmarks --write` -->",
    "<!-- end of results -->",
)
PACKAGES = (
    "numpy",
    "scipy",
    "pandas",
    "polars",
    "duckdb",
    "highspy",
    "clarabel",
    "msgspec",
    "pydantic",
    "typer",
    "PyYAML",
)

COPY, HELD, FIT, ROUNDED = "copy", "copy_held", "fit", "fit_and_rounding"
IMPORT, RUN, STUDY = "import", "run", "study"
COMPARED_WITH = {"brentq_rounded": ROUNDED}
"""What a peer is compared with; with the fit, if not named here."""


@dataclass(frozen=True)
class Measured:
    """The times of one problem."""

    kind: str
    size: int
    times: Times


def table(measured: Iterable[Measured]) -> list[str]:
    """Return the ratios of all problems as lines of a Markdown table."""
    lines = [
        "| figures | districts | runner | x copy, new memory | x copy, held memory "
        "| x the engine |",
        "|---|---:|---|---:|---:|---:|",
    ]
    for one in measured:
        for name, rounds in one.times.rounds.items():
            if name in (COPY, HELD):
                continue
            start = f"| {one.kind} | {one.size:,} | {name} "
            if rounds == [None]:
                lines.append(start + "| no answer | | |")
                continue
            engine = COMPARED_WITH.get(name, FIT)
            against = "" if name not in PEERS else _ratio(one.times, name, engine)
            lines.append(
                f"{start}| {_ratio(one.times, name, COPY)} "
                f"| {_ratio(one.times, name, HELD)} | {against} |"
            )
    return lines


def _ratio(times: Times, name: str, to: str) -> str:
    """Return the median ratio and, in brackets, that of the shortest times."""
    median, least = times.median_ratio(name, to), times.least_ratio(name, to)
    return "" if median is None or least is None else f"{_short(median)} ({_short(least)})"


def _short(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}" if ratio < 100 else f"{ratio:,.0f}"


def command_lines(times: Times) -> list[str]:
    """Return the ratios of the commands as sentences."""
    imports = "`python -c 'import numpy, pydantic, typer'`"
    return [
        f"`transfers run`, seven districts: {_ratio(times, RUN, IMPORT)} x {imports}",
        "",
        "`transfers compare`, five variants on seven districts, two measures, three constraints: "
        f"{_ratio(times, STUDY, IMPORT)} x the same",
    ]


def tables_line(reading: Reading) -> str:
    """Return the ratios of reading a table as a sentence."""
    peaks = {name: f"{peak / reading.arrays:.1f}" for name, peak in reading.peaks.items() if peak}
    return (
        f"`load_districts`, {reading.rows:,} districts in {reading.size / 1e6:,.0f} MB of csv: "
        f"{_ratio(reading.times, OURS, POLARS) or 'no'} x polars on one thread; "
        f"peak memory {peaks.get(OURS, '?')} x the arrays (polars {peaks.get(POLARS, '?')} x)"
    )


def groups_line(table: str, times: Times) -> str:
    """Return the ratios of dividing among groups as a sentence."""
    return (
        f"`allocate`, {groups.ROWS:,} governments in {groups.STATES} groups, two levels, {table} "
        f"table: {_ratio(times, groups.ALLOCATE, groups.CSV)} x `list(csv.reader(file))`; the "
        f"first call in a process {_ratio(times, groups.FIRST, groups.CSV)} x"
    )


def scenarios_table(found: Iterable[scenarios.Result]) -> list[str]:
    """Return the ratios of dividing in many scenarios as lines of a Markdown table."""
    lines = [
        "| scenarios | runner | x copy, new memory | x copy, held memory | other amounts |",
        "|---:|---|---:|---:|---:|",
    ]
    for one in found:
        differ = "" if one.differ is None else f"{one.differ:.2%}"
        ratios = (_ratio(one.times, one.name, to) for to in (scenarios.COPY, scenarios.HELD))
        lines.append(f"| {one.scenarios:,} | {one.name} | {' | '.join(ratios)} | {differ} |")
    return lines


def memory_line(reading: tuple[tuple[int, int], tuple[int, int]]) -> str:
    """Return the peaks of memory of streamed scenarios as a sentence."""
    (few, many), (first, last) = reading
    return (
        f"Streamed to a sum and a maximum for each district: {last / first:.2f} x the peak memory "
        f"after {many:,} scenarios as after {few:,}"
    )


def versions() -> str:
    """Return what was measured with."""
    named = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            named.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(named)


def left_out() -> list[str]:
    """Return the peers that are not installed."""
    return [name for name in PEERS if not installed(name)]


def write(lines: Iterable[str]) -> None:
    """Put the results between the marks of the README."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    results = "\n".join(lines)
    README.write_text(f"{before}{BEGIN}\n\n{results}\n\n{END}{after}", encoding="utf-8")
