"""Many scenarios of one policy: 3,000 districts, twelve factors, two divisions, both rounded.

Each scenario moves two weights, a coefficient, the cap on growth and the money per point of a
bonus. What a scenario takes is held against the copy of its row of float64 into new memory.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import Times
from transfers import Districts, Policy, load_districts, load_policy
from transfers.batch import Batch, Batches, scenarios_of_block
from transfers.block import Moves
from transfers.policy.moves import number_moves

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DISTRICTS, FACTORS, SEED = 3_000, 12, 20260101
SIZES, QUICK_SIZES = (1_000, 10_000), (60,)
STREAMED, QUICK_STREAMED = (1_000, 100_000), (64, 640)
POOL, BONUS, LINE, FLOOR = 3_900_000, 50_000, 80, 0.95
TIERS = {"A": "1.3", "B": "1.15", "C": "1", "D": "0.8", "E": "0.6"}
WEIGHTS = (10, 10, 10, 10, 10, 10, 5, 5, 10, 10, 5, 5)
"""Of the factors, in per cent."""

POLICY = """\
policy: scenarios
money: {{currency: CNY, unit: 万元, quantum: 1}}
districts: {{file: districts.csv, key: key, name: name}}
inputs:
{inputs}
  tier: {{one_of: [A, B, C, D, E]}}
  last: {{unit: 万元, role: prior}}
  score:
parameters:
  coefficient: {{{coefficients}}}
  growth: 25%
  per_point: 4
budget: {{amount: 4000000}}
grants:
  main:
    pool: {pool}
    share: {{factors: {{{weights}}}, coefficient: "coefficient[tier]"}}
    floor: 95% * last
    cap: (1 + growth) * last
    if_short: reject
  bonus:
    pool: {bonus}
    share: max(0, score - {line}) * per_point
"""


@dataclass(frozen=True)
class Task:
    """One policy, one table and scenarios: for the engine, and as plain arrays for others.

    Parameters
    ----------
    moves : list of mapping, length S
    factors : (K, N) float64
    tier : (N,) intp
    last, score : (N,) float64
    weights : (S, K) float64
    coefficients : (S, 5) float64
    growth, per_point : (S,) float64
    """

    policy: Policy
    districts: Districts
    moves: list[Moves]
    factors: Floats
    tier: NDArray[np.intp]
    last: Floats
    score: Floats
    weights: Floats
    coefficients: Floats
    growth: Floats
    per_point: Floats

    def part(self, scenarios: int) -> Task:
        """Return the task with its first scenarios only."""
        table = (self.policy, self.districts, self.moves[:scenarios], self.factors, self.tier)
        moved = (self.weights, self.coefficients, self.growth, self.per_point)
        return Task(*table, self.last, self.score, *(column[:scenarios] for column in moved))


def write_case(folder: Path, districts: int) -> None:
    """Write the policy and a table that it fits."""
    numbers = np.random.default_rng(SEED)
    factors = [np.round(numbers.lognormal(3, 1, districts), 2) for _ in range(FACTORS)]
    tiers = numbers.choice(list(TIERS), districts)
    share = sum(np.asarray(f / f.sum()) for f in factors) / FACTORS
    last = np.round(share * numbers.uniform(0.7, 1.2, districts) * 3.6e6).astype(int)
    score = np.round(numbers.uniform(50, 100, districts), 1)
    names = [f"f{k}" for k in range(FACTORS)]
    lines = [",".join(["key", "name", *names, "tier", "last", "score"])]
    for i in range(districts):
        cells = [f"{f[i]:.2f}" for f in factors]
        lines.append(
            ",".join([f"{100000 + i},D{i}", *cells, tiers[i], str(last[i]), f"{score[i]}"])
        )
    (folder / "districts.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = {
        "inputs": "\n".join(f"  {name}:" for name in names),
        "coefficients": ", ".join(f"{tier}: {value}" for tier, value in TIERS.items()),
        "weights": ", ".join(f"f{k}: {weight}%" for k, weight in enumerate(WEIGHTS)),
    }
    text = POLICY.format(**words, pool=POOL, bonus=BONUS, line=LINE)
    (folder / "policy.yaml").write_text(text, encoding="utf-8")


def scenario(numbers: np.random.Generator) -> dict[str, str]:
    """Return what one scenario moves."""
    first = numbers.integers(500, 1500)
    share = "grants.main.share.factors"
    return {
        f"{share}.f0": f"{first / 10000:.4f}",
        f"{share}.f1": f"{(2000 - first) / 10000:.4f}",
        "parameters.coefficient.A": f"{numbers.integers(1200, 1400) / 1000:.3f}",
        "parameters.growth": f"{numbers.integers(2000, 3000) / 10000:.4f}",
        "parameters.per_point": f"{numbers.integers(300, 500) / 100:.2f}",
    }


def load_task(folder: Path, scenarios: int) -> Task:
    """Return the task of a folder written by :func:`write_case`."""
    policy = load_policy(folder / "policy.yaml")
    districts = load_districts(None, policy)
    columns = {name: districts.columns[name] for name in policy.inputs}
    numbers = np.random.default_rng(SEED + 1)
    moved = [scenario(numbers) for _ in range(scenarios)]
    weights = np.repeat(np.array(WEIGHTS)[None] / 100, scenarios, axis=0)
    coefficients = np.repeat(np.array([[float(x) for x in TIERS.values()]]), scenarios, axis=0)
    figures = np.array([[float(x) for x in one.values()] for one in moved])
    weights[:, 0], weights[:, 1], coefficients[:, 0] = figures[:, 0], figures[:, 1], figures[:, 2]
    tier = columns["tier"]
    texts = tier.texts()  # type: ignore[union-attr]
    codes = np.array([list(TIERS).index(str(text)) for text in texts])
    values = {n: c.floats() for n, c in columns.items() if n != "tier"}  # type: ignore[union-attr]
    return Task(
        policy,
        districts,
        [number_moves(policy, one) for one in moved],
        np.array([values[f"f{k}"] for k in range(FACTORS)]),
        codes,
        values["last"],
        values["score"],
        weights,
        coefficients,
        figures[:, 3],
        figures[:, 4],
    )


def batches(task: Task) -> Iterator[Batch]:
    """Run the engine, batch by batch, its own checks of what it promises included."""
    runner, size = Batches(task.policy, task.districts), scenarios_of_block(len(task.districts))
    for first in range(0, len(task.moves), size):
        yield runner.run(task.moves[first : first + size])


def engine(task: Task) -> Callable[[], None]:
    """Divide and round in every scenario; nothing is kept."""

    def run() -> None:
        for batch in batches(task):
            assert batch.done.all()
            batch.close()

    return run


def engine_amounts(task: Task) -> Ints:
    """Return what everybody gets: (2, S, N), the grant and the bonus."""
    parts = [
        np.array([batch.amounts[name] for name in ("main", "bonus")]) for batch in batches(task)
    ]
    return np.concatenate(parts, axis=1)


COPY, HELD, ENGINE = "copy", "copy_held", "transfers"


@dataclass(frozen=True)
class Result:
    """The times of one runner and of the copies of its rows, taken in turn.

    `differ` is the part of amounts that are not those of the engine.
    """

    name: str
    scenarios: int
    times: Times
    differ: float | None = None


def measure_engine(task: Task, rounds: int) -> Result:
    """Measure the engine against the copies."""
    return Result(ENGINE, len(task.moves), _in_turn(task, ENGINE, engine(task), rounds))


def measure_peers(task: Task, rounds: int, most: int) -> Iterator[Result]:
    """Measure the others, each on as many scenarios as it is given time for, `most` at most."""
    from benchmarks.scenario_peers import PEERS

    for name, (peer, package, scenarios) in PEERS.items():
        if find_spec(package) is None:
            continue
        part = task.part(min(scenarios, most))
        run = peer(part)
        amounts, ours = run(), engine_amounts(part)
        times = _in_turn(part, name, run, rounds, rows=most)
        yield Result(name, len(part.moves), times, float((amounts != ours).mean()))


def _in_turn(
    task: Task, name: str, run: Callable[[], object], rounds: int, rows: int | None = None
) -> Times:
    """Run the copies, several times, and a runner, round by round.

    A copy of `rows` scenarios counts for those of the task in proportion.
    """
    rows = rows or len(task.moves)
    part = len(task.moves) / rows
    block = np.ones((rows, len(task.districts)))
    held = block.copy()
    times = Times({COPY: [], HELD: [], name: []})
    run()
    for _ in range(rounds):
        for copy, into in ((COPY, block.copy), (HELD, lambda: np.copyto(held, block))):
            times.rounds[copy].append(part * _seconds(into, 7))
        times.rounds[name].append(_seconds(run))
    return times


def _seconds(run: Callable[[], object], repeats: int = 1) -> float:
    """Return the median seconds of the processor; others who run beside take none of them.

    A result is let go when the next one is there: what is copied is then in no cache.
    """
    seconds, result = [], None
    for _ in range(repeats):
        start = process_time()
        result = run()
        seconds.append(process_time() - start)
    del result
    return median(seconds)


def measure_scenarios(*, quick: bool = False, districts: int = DISTRICTS) -> list[Result]:
    """Measure the engine at all sizes, and the others."""
    sizes, rounds = (QUICK_SIZES, 2) if quick else (SIZES, 11)
    found: list[Result] = []
    with TemporaryDirectory() as folder:
        write_case(Path(folder), districts)
        task = load_task(Path(folder), max(sizes))
        found += [measure_engine(task.part(size), rounds) for size in sizes]
        found += measure_peers(task, 1 if quick else 3, min(sizes))
    return found


# -- memory ----------------------------------------------------------------------------------------


def stream(folder: Path, numbers_of_scenarios: tuple[int, int]) -> tuple[int, int]:
    """Return the peak memory after few and after many scenarios, streamed to a sum and a maximum.

    Scenarios are drawn when their block is run; nothing of a block stays but sum and maximum.
    """
    policy = load_policy(folder / "policy.yaml")
    districts = load_districts(None, policy)
    runner, size = Batches(policy, districts), scenarios_of_block(len(districts))
    numbers = np.random.default_rng(SEED + 1)
    total, most = np.zeros(len(districts), dtype=np.int64), np.zeros(len(districts), dtype=np.int64)
    peaks, done = [], 0
    for goal in numbers_of_scenarios:
        while done < goal:
            moves = [number_moves(policy, scenario(numbers)) for _ in range(min(size, goal - done))]
            batch = runner.run(moves)
            total += batch.total.sum(axis=0)
            np.maximum(most, batch.total.max(axis=0), out=most)
            batch.close()
            done += len(moves)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    assert total.sum() == done * (POOL + BONUS)
    return peaks[0], peaks[1]


def measure_memory(
    *, quick: bool = False, districts: int = DISTRICTS
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Do the same in a process of its own; return both numbers of scenarios, and both peaks."""
    numbers_of_scenarios = QUICK_STREAMED if quick else STREAMED
    with TemporaryDirectory() as folder:
        write_case(Path(folder), districts)
        script = (
            "import sys; from pathlib import Path; from benchmarks.scenarios import stream; "
            "print(*stream(Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3]))))"
        )
        command = [sys.executable, "-c", script, folder, *map(str, numbers_of_scenarios)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    first, last = map(int, run.stdout.split())
    return numbers_of_scenarios, (first, last)
