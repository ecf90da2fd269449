"""Ctrl-C keeps what is done; nobody is left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from scenarios.running.runner import run_many
from scenarios.running.source import Listed
from scenarios.running.store import Runs
from scenarios.settings import Setting
from transfers.errors import Interrupted

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("interrupted_program.py")
SCENARIOS = 16 * 1024
PATIENCE = 300.0

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise there")


def begin(folder: Path, workers: int, out: Path, gate: Path = PROGRAM) -> subprocess.Popen[str]:
    """Start the program, as the leader of a group of its own: a terminal has one for each call.

    Parameters
    ----------
    gate : path, optional
        A file that lets it run more than the first scenarios; one that is there where left out.
    """
    call = [PROGRAM, folder / "policy.yaml", str(SCENARIOS), str(workers), out, gate]
    return subprocess.Popen(
        [sys.executable, *call],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TRANSFERS_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def wait_until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.02)


def is_gone(group: int) -> bool:
    """Tell whether nobody of a group of processes is left."""
    with suppress(ProcessLookupError):
        os.killpg(group, 0)
        return False
    return True


def end_group(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def chunks(folder: Path) -> int:
    return len(list(folder.glob("policy.runs/*/*.chunk")))


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_is_done_and_the_same_call_goes_on(
    folder: Path, tmp_path: Path, workers: int
) -> None:
    whole, rest = tmp_path / "whole.txt", tmp_path / "rest.txt"
    with begin(folder, workers, whole) as uninterrupted:
        uninterrupted.communicate(timeout=PATIENCE)
    assert uninterrupted.returncode == 0
    assert not (folder / "policy.runs").exists()

    gate = tmp_path / "gate"
    process = begin(folder, workers, rest, gate)
    try:
        wait_until(lambda: chunks(folder) >= 3)
        os.killpg(process.pid, signal.SIGINT)
        gate.touch()
        said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 130
        kept = chunks(folder)
        done = sum(1024 for _ in range(kept))
        assert said == (
            "",
            f"Interrupted: {done} of {SCENARIOS} scenarios are done and kept; "
            "the same command goes on from there.\n",
        )
        assert 3 <= kept < 16
        wait_until(lambda: is_gone(process.pid))
    finally:
        end_group(process.pid)
    assert not rest.exists()

    with begin(folder, workers, rest) as again:
        said = again.communicate(timeout=PATIENCE)
    assert (again.returncode, said) == (0, ("", ""))
    found, count, digest = rest.read_text().split()
    assert (int(found), int(count)) == (done, SCENARIOS)
    assert digest == whole.read_text().split()[2]
    assert not (folder / "policy.runs").exists()


def test_workers_end_when_the_program_is_killed(folder: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    process = begin(folder, 2, tmp_path / "out.txt", gate)
    try:
        wait_until(lambda: chunks(folder) >= 1)
        process.kill()
        gate.touch()
        process.communicate(timeout=PATIENCE)
        wait_until(lambda: is_gone(process.pid))
    finally:
        end_group(process.pid)


@pytest.fixture
def listening() -> Iterator[None]:
    """Listen to Ctrl-C, also where the suite was begun in the background, which is deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Impatient:
    """Presses Ctrl-C when the first block comes."""

    def take(self, chunk: object) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.usefixtures("listening")
def test_ctrl_c_without_a_store_says_that_nothing_is_kept(
    setting: Setting, listed: Callable[[int], Listed]
) -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(Interrupted) as raised:
        run_many(setting, listed(1500), [Impatient()])
    assert (raised.value.done, raised.value.total, raised.value.kept) == (188, 1500, False)
    assert re.search("1500.*188.*没有保存", raised.value.text("zh"))
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.usefixtures("listening")
def test_a_store_for_the_time_being_goes_with_ctrl_c(
    setting: Setting, listed: Callable[[int], Listed]
) -> None:
    runs = Runs.passing()
    with pytest.raises(Interrupted) as raised:
        run_many(setting, listed(1500), [Impatient()], runs=runs)
    assert not raised.value.kept
    assert not Path(runs.folder).exists()
