"""The wall time of small runs and studies against that of importing what they are built on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.timing import Times

ROOT = Path(__file__).resolve().parent.parent
POLICY = "examples/bonuses/grade_coefficient.yaml"
STUDY = "benchmarks/study.yaml"
"""Five variants, two measures and three constraints."""

IMPORTS = "import numpy, pydantic, typer"


def commands() -> dict[str, list[str]]:
    """Return the commands and the import they are held against.

    The program is the installed one; where there is none, what it would run.
    """
    script = Path(sys.executable).parent / ("transfers.exe" if os.name == "nt" else "transfers")
    if script.exists():
        program = [str(script)]
    else:
        program = [sys.executable, "-c", "import sys; from cli import app; sys.exit(app())"]
    return {
        "import": [sys.executable, "-c", IMPORTS],
        "run": [*program, "run", POLICY],
        "study": [*program, "compare", STUDY],
    }


def measure_command(rounds: int) -> Times:
    """Run all in turn, compiled beforehand, from files the system holds in memory."""
    runners = commands()
    times = Times({name: [] for name in runners})
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONUTF8": "1"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(2):
            for command in runners.values():
                _seconds(command, environment)
        for _ in range(rounds):
            for name, command in runners.items():
                times.rounds[name].append(_seconds(command, environment))
    return times


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    start = perf_counter()
    subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # what a study finds
        check=True,
        timeout=60,
    )
    return perf_counter() - start
