"""Memory is as large for thirty thousand scenarios as for eight thousand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

POLICY = """\
policy: plain
money: {currency: CNY, unit: 万元, quantum: 1}
districts: {file: table.csv, key: key, name: name}
inputs: {need: {title: 需求}}
parameters: {bonus: 50}
grants:
  main: {claim: bonus * need}
  extra: {claim: 2 * bonus}
"""

PROGRAM = """
import gc, resource, sys
gc.disable()  # as the command line has it
from fractions import Fraction
import transfers
from scenarios.running.runner import run_many
from scenarios.running.source import Listed
from scenarios.running.store import Runs
from scenarios.settings import Setting

class Counted(Listed):
    def __len__(self):
        return int(sys.argv[2])
    def moves(self, start, stop):
        return [{("parameters", "bonus"): Fraction(n % 97)} for n in range(start, stop)]
    def digest(self):
        return sys.argv[2]

policy = transfers.load_policy(sys.argv[1])
setting = Setting(policy, transfers.load_districts(None, policy))
with run_many(setting, Counted([]), runs=Runs.beside(sys.argv[1])) as many:
    read = 0
    for part in many.store.slices(len(setting.districts)):
        read += many.store.columns("", part).shape[1] if part.stop <= 40 else 0
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(policy: Path, scenarios: int) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(policy), str(scenarios)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    kilobytes = int(done.stdout)
    return kilobytes // 1024 if sys.platform == "darwin" else kilobytes


@pytest.mark.skipif(os.name == "nt", reason="memory is measured otherwise there")
def test_memory_is_flat(folder: Path) -> None:
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    rows = [f"{n:04d},D{n},{n % 7 + 1}" for n in range(200)]
    (folder / "table.csv").write_text("\n".join(["key,name,need", *rows]), encoding="utf-8")
    # From 8,000 on blocks are as large as they get. All amounts of 30,000 are 96 MB.
    few, many = (peak(folder / "policy.yaml", count) for count in (8_000, 30_000))
    assert many - few < 8_000, (few, many)
