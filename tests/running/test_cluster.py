"""Scenarios on a real Dask cluster: a scheduler and two workers on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

import scenarios.running.cluster
from scenarios.running.chunk import Asked
from scenarios.running.faults import WorkersError
from scenarios.running.runner import run_many, workplace
from scenarios.running.source import Listed
from scenarios.running.store import Runs
from scenarios.settings import Moves, Setting
from tests.running.taken import Kept
from transfers import FaultsError
from transfers.errors import DocumentError, Fault, Place

pytest.importorskip("distributed")

Make = Callable[[int], Listed]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for an answer as long as a busy machine may need."""
    monkeypatch.setattr(scenarios.running.cluster, "_WAIT", PATIENCE)


@contextmanager
def started(module: str, *arguments: str, folder: Path, path: Path = ROOT) -> Iterator[None]:
    """Have a part of a cluster run; end it, and only it."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    file = folder / "scheduler.json"
    here = ("--host", "127.0.0.1", "--port", "0")
    with started("dask_scheduler", *here, "--scheduler-file", str(file), folder=folder):
        end = time.monotonic() + PATIENCE
        while not file.exists() or not file.read_text():
            assert time.monotonic() < end, "no scheduler"
            time.sleep(0.05)
        yield json.loads(file.read_text())["address"]


def worker(address: str, folder: Path, name: str) -> Sequence[str]:
    place = folder / name
    place.mkdir()
    one = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
    return (address, *one, "--name", name, "--local-directory", str(place))


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=PATIENCE)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        address = stack.enter_context(scheduler(folder))
        for name in ("one", "two"):
            call = worker(address, folder, name)
            stack.enter_context(started("dask_worker", *call, folder=folder))
        wait_for_workers(address, 2)
        yield address


def test_two_workers_of_a_cluster_give_the_same_bits(
    cluster: str, setting: Setting, listed: Make, tmp_path: Path
) -> None:
    here, there, stored, asked = Kept(), Kept(), Kept(), Asked(margins=True)
    run_many(setting, listed(230), [here], asked=asked)
    place = workplace(cluster=cluster)
    assert place is not None
    try:
        assert place.hands == 2
        run_many(setting, listed(230), [there], asked=asked, place=place)
        runs = Runs(str(tmp_path / "kept"), keep=True)
        run_many(setting, listed(230), [stored], asked=asked, place=place, runs=runs)
    finally:
        place.close()
    assert there.digest() == stored.digest() == here.digest()
    # What the cluster began is gone on with here.
    assert run_many(setting, listed(230), [], asked=asked, runs=runs).found == 230


class Wrong(Listed):
    """Scenarios that cannot be told."""

    def moves(self, start: int, stop: int) -> list[Moves]:
        raise DocumentError([Fault("running.no_dask", Place("x"))])


def test_a_fault_on_a_worker_is_a_fault_here(cluster: str, setting: Setting, listed: Make) -> None:
    place = workplace(cluster=cluster)
    assert place is not None
    try:
        with pytest.raises(FaultsError) as raised:
            run_many(setting, Wrong(listed(9).scenarios), [], place=place)
        assert [fault.code for fault in raised.value.faults] == ["running.no_dask"]
    finally:
        place.close()


def test_workers_with_another_program_are_refused(
    cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenarios.running.cluster, "program_digest", lambda: "another program")
    with pytest.raises(WorkersError) as raised:
        workplace(cluster=cluster)
    assert [fault.code for fault in raised.value.faults] == ["running.worker_differs"] * 2
    assert "another prog" in raised.value.faults[0].text("en")


def test_workers_without_the_package_are_told(tmp_path: Path) -> None:
    with scheduler(tmp_path) as address:
        with pytest.raises(WorkersError) as raised:
            workplace(cluster=address)
        assert [fault.code for fault in raised.value.faults] == ["running.no_workers"]
        call = worker(address, tmp_path, "bare")
        (tmp_path / "scenarios.py").write_text("raise ImportError('not here')")
        with started("dask_worker", *call, folder=tmp_path, path=tmp_path):
            wait_for_workers(address, 1)
            with pytest.raises(WorkersError) as raised:
                workplace(cluster=address)
    assert [fault.code for fault in raised.value.faults] == ["running.worker_without_package"]


def test_an_address_where_nobody_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenarios.running.cluster, "_WAIT", 0.5)
    for address in ("tcp://127.0.0.1:9", "nonsense://x", "127.0.0.1"):
        with pytest.raises(WorkersError) as raised:
            workplace(cluster=address)
        assert [fault.code for fault in raised.value.faults] == ["running.no_cluster"]
        assert address in str(raised.value)
