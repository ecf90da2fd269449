"""Wherever scenarios are run, the same comes of them."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

import scenarios
import transfers
from checks.kinds import kind_of
from scenarios.running.chunk import Asked
from scenarios.running.digest import content_digest
from scenarios.running.faults import WorkerLostError
from scenarios.running.job import Job
from scenarios.running.pool import Pool, Sent
from scenarios.running.runner import run_many, workplace
from scenarios.running.source import Listed
from scenarios.running.store import Runs
from scenarios.settings import Moves, Setting
from tests.running.taken import Kept
from transfers import Batch, FaultsError
from transfers.errors import DocumentError, Fault, Place, TableError

Make = Callable[[int], Listed]
ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(
    file for file in (ROOT / "examples").glob("*/*.yaml") if kind_of(file) == "policy"
)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    place = workplace(workers=2)
    assert isinstance(place, Pool)
    yield place
    place.close()


def test_two_processes_give_the_same_bits_as_one(
    setting: Setting, listed: Make, pool: Pool, tmp_path: Path
) -> None:
    asked = Asked(margins=True)
    here, there, stored = Kept(), Kept(), Kept()
    run_many(setting, listed(230), [here], asked=asked)
    run_many(setting, listed(230), [there], asked=asked, place=pool)
    runs = Runs(str(tmp_path / "kept"))
    with run_many(setting, listed(230), [stored], asked=asked, place=pool, runs=runs) as many:
        assert many.counts == {"done": 228, "rejected": 1, "invalid": 1}
    assert [chunk.start for chunk in there.chunks] == list(range(0, 230, 29))
    assert there.digest() == stored.digest() == here.digest()


def test_workers_that_are_warm_take_on_another_job(
    setting: Setting, listed: Make, pool: Pool
) -> None:
    for count in (3, 50, 1):
        here, there = Kept(), Kept()
        run_many(setting, listed(count), [here])
        run_many(setting, listed(count), [there], place=pool)
        assert there.digest() == here.digest()


class Knowing(Listed):
    """Scenarios that know their setting, as those of sweeps do; and tell whether it is the one."""

    setting: Setting | None = None


class Same:
    """Tells of a block whether it was run with the setting that the scenarios know."""

    def __init__(self, source: Knowing) -> None:
        self.source = source

    def __call__(self, batch: Batch) -> dict[str, list[Fraction | None]]:
        setting = self.source.setting
        assert setting is not None
        same = setting.policy is batch.policy and setting.batches.policy is batch.policy
        return {"same": [Fraction(same)] * len(batch)}


def test_a_setting_is_sent_once_and_stands_for_itself_in_what_follows(
    setting: Setting, listed: Make, pool: Pool
) -> None:
    for count in (4, 8):
        source, there = Knowing(listed(count).scenarios, setting=setting), Kept()
        run_many(setting, source, [there], asked=Asked(figures=Same(source)), place=pool)
        found = [figure for chunk in there.chunks for figure in chunk.measures["same"]]
        assert found == [1] * count
    small = Sent(Job(setting, source, Asked()))
    assert len(small.rest) < len(small.setting)


class Refused(Listed):
    """Scenarios that cannot be told from a certain one on."""

    def moves(self, start: int, stop: int) -> list[Moves]:
        if stop > 20:
            raise DocumentError([Fault("running.worker_lost", Place("x"), {"code": "1"})])
        return super().moves(start, stop)


class Deadly(Listed):
    """Scenarios that end the process that runs them."""

    def moves(self, start: int, stop: int) -> list[Moves]:
        os._exit(9)


def test_a_fault_in_a_worker_is_a_fault_here_and_the_pool_goes_on(
    setting: Setting, listed: Make, pool: Pool
) -> None:
    with pytest.raises(FaultsError) as raised:
        run_many(setting, Refused(listed(80).scenarios), [], place=pool)
    assert [fault.code for fault in raised.value.faults] == ["running.worker_lost"]
    there = Kept()
    run_many(setting, listed(40), [there], place=pool)
    assert len(there.totals()) == 40


def test_a_worker_that_dies_is_noticed(setting: Setting, listed: Make) -> None:
    place = Pool(2)
    try:
        with pytest.raises(WorkerLostError, match="9"):
            run_many(setting, Deadly(listed(80).scenarios), [], place=place)
    finally:
        place.close()


def test_workers_go_home_when_nobody_is_at_the_other_end(setting: Setting, listed: Make) -> None:
    place = Pool(1)
    run_many(setting, listed(4), [], place=place)
    (worker,) = place._workers
    process = worker.at.process
    worker.at.pipe.close()
    process.join(20)
    assert process.exitcode == 0
    place.close()


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_policies_and_tables_travel(file: Path) -> None:
    policy = transfers.load_policy(file)
    districts = transfers.load_districts(None, policy)
    there = pickle.loads(pickle.dumps((policy, districts)))
    assert content_digest(*there) == content_digest(policy, districts)
    batch = transfers.run_batch(*there, [{}])
    assert batch.total.tolist() == transfers.run_batch(policy, districts, [{}]).total.tolist()


def test_faults_travel_whole() -> None:
    error = TableError([Fault("running.worker_lost", Place("x", 3), {"code": "1"})])
    there = pickle.loads(pickle.dumps(error))
    assert (type(there), there.faults, str(there)) == (TableError, error.faults, str(error))


PROGRAM = """
import sys
sys.path[:0] = {path!r}
import transfers
from fractions import Fraction
from scenarios.running.chunk import Asked
from scenarios.running.job import Job
from scenarios.running.packing import packed
from scenarios.running.source import Listed
from scenarios.settings import Setting
policy = transfers.load_policy({policy!r})
setting = Setting(policy, transfers.load_districts(None, policy))
source = Listed([{{("parameters", "bonus"): Fraction(n)}} for n in range(9)])
job = Job(setting, source, Asked(margins=True))
print(job.digest(), packed(job.run(0, 9)).hex())
"""


def test_bits_and_hashes_do_not_depend_on_the_seed_of_hashes(folder: Path) -> None:
    program = PROGRAM.format(path=[str(ROOT)], policy=str(folder / "policy.yaml"))
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "77")
    }
    assert len(told) == 1


def test_a_job_is_the_same_after_a_journey(setting: Setting, listed: Make) -> None:
    job = Job(setting, listed(20), Asked())
    before = pickle.dumps(job)
    assert pickle.loads(before).digest() == job.digest()
    job.run(0, 20)
    assert len(pickle.dumps(job)) == len(before)


def test_variants_of_a_study_travel() -> None:
    study = scenarios.load_study(ROOT / "examples" / "jiangmen" / "study.yaml")
    run = scenarios.run(study)
    for answer in (run.baseline, *run.variants):
        there = pickle.loads(pickle.dumps(answer.setting))
        assert content_digest(there.policy, there.districts) == content_digest(
            answer.setting.policy, answer.setting.districts
        )
        again = there.batches.run([there.moves])
        assert again.total[0].tolist() == answer.allocation.total.tolist()
