"""The same check again finds the same: in other processes, with other hashes, on a busy machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest

from checks.checking import check_policy
from checks.search.clock import Clock
from tests.checks.made_policies import PLANTED
from tests.checks.test_checking import of
from transfers import load_policy, messages

PROGRAM = """
import sys
import tests.unhurried
from checks.checking import check_policy
from transfers.messages import said

def lines(report):
    for stage in report.searched:
        yield stage
    for v in report.verdicts:
        yield v.promise, v.status, v.count, v.tolerance, v.place, v.why and said(v.why, "zh")
        if v.example is not None:
            e, b = v.example, v.example.broken
            yield e.stage, e.first_size, e.place, e.case.table.keys, e.case.table.columns
            yield e.case.numbers, b.row, b.grant, b.figure, b.limit, b.excess
            yield b.changed and said(b.changed, "zh"), b.how and said(b.how, "zh")

if __name__ == "__main__":
    file, seed, workers = sys.argv[1:]
    report = check_policy(file, seconds=4, seed=int(seed), workers=int(workers))
    print(*lines(report), sep="\\n")
"""


def output(tmp_path: Path, file: Path, hashes: str, seed: int = 0, workers: int = 1) -> bytes:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    path = os.pathsep.join(sys.path)
    environment = {**os.environ, "PYTHONHASHSEED": hashes, "PYTHONPATH": path}
    call = [sys.executable, str(program), str(file), str(seed), str(workers)]
    done = subprocess.run(call, capture_output=True, check=True, env=environment)
    return done.stdout


def test_the_same_bytes_for_hash_seeds_and_processes(tmp_path: Path) -> None:
    file = PLANTED / "rank_bonus.yaml"
    first = output(tmp_path, file, "1")
    assert first == output(tmp_path, file, "2")
    assert first == output(tmp_path, file, "3", workers=2)
    assert first != output(tmp_path, file, "1", seed=5)


@pytest.mark.usefixtures("clock")
def test_what_does_not_fit_into_the_time_is_told() -> None:
    policy = load_policy(PLANTED / "rank_bonus.yaml")
    report = check_policy(policy, seconds=0)
    assert report.cut
    assert of(report, "equal_treatment").why == messages.Phrase("search.why_no_time")


def test_no_process_outlives_a_check() -> None:
    policy = load_policy(PLANTED / "half_up.yaml")
    check_policy(policy, seconds=1, workers=2, only=["balance"])
    assert multiprocessing.active_children() == []


ENDLESS = """
import sys
from checks.checking import check_policy
from transfers import progress

class Said(progress.Listener):
    def advanced(self, stage):
        if stage.name == "promises":
            print("at work", flush=True)

if __name__ == "__main__":
    with progress.told_to(Said()):
        check_policy(sys.argv[1], seconds=600, workers=2)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of terminals are those of POSIX")
def test_ctrl_c_sends_everybody_home(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(ENDLESS, "utf-8")
    running = subprocess.Popen(
        [sys.executable, str(program), str(PLANTED / "rank_bonus.yaml")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None and running.stdout.readline() == b"at work\n"
    os.killpg(running.pid, signal.SIGINT)
    _, errors = running.communicate(timeout=600)  # its end is the end of all that have its pipe
    assert errors.count(b"Traceback") == 1
    assert b"KeyboardInterrupt" in errors


# -- the clock -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("computed", "passed", "out"), [(9, 29, False), (11, 11, True), (1, 31, True)]
)
@pytest.mark.usefixtures("clock")
def test_on_a_busy_machine_three_times_as_much_time_may_pass(
    monkeypatch: pytest.MonkeyPatch, computed: int, passed: int, out: bool
) -> None:
    clock = Clock(10)
    began = time.process_time(), time.monotonic()
    monkeypatch.setattr("checks.search.clock.time.process_time", lambda: began[0] + computed)
    monkeypatch.setattr("checks.search.clock.time.monotonic", lambda: began[1] + passed)
    assert clock.out == out
    assert clock.beyond(Fraction(1, 2)) == (computed > 5 or passed > 15)


def test_elsewhere_no_clock_cuts_a_search() -> None:
    report = check_policy(load_policy(PLANTED / "half_up.yaml"), seconds=0, only=["balance"])
    assert not report.cut
