"""Many scenarios of one setting become what somebody takes.

>>> import transfers
>>> from fractions import Fraction
>>> from scenarios import Listed, Setting, run_many
>>> policy = transfers.load_policy("examples/studies/policy.yaml")
>>> setting = Setting(policy, transfers.load_districts(None, policy))
>>> budget = ("budget", "amount")
>>> source = Listed([{budget: Fraction(n)} for n in (1000, 2000)], (budget,))
>>> run_many(setting, source).counts
{'done': 1, 'rejected': 1, 'invalid': 0}
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Final

from msgspec import Struct

from scenarios.running.chunk import Asked, Chunk
from scenarios.running.job import Halted, Job, Range, Workplace
from scenarios.running.packing import unpacked
from scenarios.running.signals import stopped_between_blocks
from scenarios.running.source import Source, Taker
from scenarios.running.store import Runs, Store
from scenarios.settings import Setting
from transfers import progress
from transfers.batch import STATUSES, scenarios_of_block
from transfers.errors import Interrupted

EVERYTHING: Final = Asked()
_BLOCKS: Final = 8


class Many(Struct, eq=False):
    """What came of many scenarios, beside what was taken.

    Use it in a ``with``: at its end the store is removed, unless it is to be kept or something
    went wrong.

    Parameters
    ----------
    counts : dict of status to int
        How many scenarios are ``done``, ``rejected`` and ``invalid``.
    store : Store or None
        What came of each, where it was to be stored.
    found : int
        How many were in the store already.
    """

    counts: dict[str, int]
    store: Store | None = None
    found: int = 0

    def __len__(self) -> int:
        return sum(self.counts.values())

    def __enter__(self) -> Many:
        """Look at what came of them."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Remove the store, if all went well."""
        if self.store is not None and kind is None:
            self.store.close()


def run_many(
    setting: Setting,
    source: Source,
    takers: Sequence[Taker] = (),
    *,
    asked: Asked = EVERYTHING,
    place: Workplace | None = None,
    runs: Runs | None = None,
) -> Many:
    """Run many scenarios in blocks; takers are handed each block, in order.

    What comes of a scenario is the same bits in whatever block, process or machine it is run.

    Parameters
    ----------
    setting : Setting
    source : Source
        The scenarios: numbers that move.
    takers : sequence of Taker
        Who is handed what comes of them: amounts are (S, N) int64, quanta.
    asked : Asked
        What is wanted of every scenario.
    place : Workplace, optional
        Where blocks are run (:func:`workplace`); in this process where it is left out.
    runs : Runs, optional
        Where what comes of them is stored; what is there already is not run again.

    Raises
    ------
    Interrupted
        Ctrl-C; blocks that are being run are finished and stored.
    WorkersError
        Whoever was to run the scenarios is not there, is another program, or is no more.
    """
    job = Job(setting, source, asked)
    size = block_size(len(setting.districts), len(source))
    store = None if runs is None else runs.open(job.digest(), len(source), size)
    many = Many(dict.fromkeys(STATUSES, 0), store)
    with (
        progress.stage("scenarios", len(source)) as stage,
        _told_if_interrupted(many, len(source)),
        stopped_between_blocks() as halted,
        closing(_chunks(job, place, store, many, size, halted)) as chunks,
    ):
        for chunk in chunks:
            for code, status in enumerate(STATUSES):
                many.counts[status] += int((chunk.codes == code).sum())
            for taker in takers:
                taker.take(chunk)
            stage.advance(len(chunk))
            if halted():
                break
        if halted():
            raise KeyboardInterrupt
    return many


def workplace(workers: int | None = None, cluster: str | None = None) -> Workplace | None:
    """Return where scenarios are run: None is in this process. Close it after use.

    Parameters
    ----------
    workers : int, optional
        Processes on this machine.
    cluster : str, optional
        Address of the scheduler of a Dask cluster.

    Raises
    ------
    WorkersError
        There is no cluster at the address, or its workers have another program.
    """
    if cluster is not None:
        from scenarios.running.cluster import Cluster

        return Cluster(cluster)
    if workers is None or workers <= 1:
        return None
    from scenarios.running.pool import Pool

    return Pool(workers)


def block_size(districts: int, scenarios: int) -> int:
    """Return how many scenarios make a block: what suits the cache, and leaves nobody idle.

    Who runs them has no say: files that are written block after block are the same everywhere.
    """
    return max(1, min(scenarios_of_block(districts), -(-scenarios // _BLOCKS)))


def _chunks(
    job: Job,
    place: Workplace | None,
    store: Store | None,
    many: Many,
    size: int,
    halted: Halted,
) -> Generator[Chunk]:
    """Yield what comes of all scenarios, in order: out of the store, or by running them."""
    if store is None:
        ends = range(size, len(job.source) + size, size)
        ranges = [(end - size, min(end, len(job.source))) for end in ends]
    else:
        ranges = store.ranges()
    missing = [r for r in ranges if store is None or not store.has(r[0])]
    wanted = set(missing)
    with closing(_run(job, missing, place, store, halted)) as fresh:
        for start, stop in ranges:
            if (start, stop) in wanted:
                chunk = next(fresh, None)
                if chunk is None:
                    return
                yield chunk
                continue
            assert store is not None
            chunk = store.read(start, stop)
            many.found += 0 if chunk is None else len(chunk)
            yield _run_here(job, start, stop, store) if chunk is None else chunk


def _run(
    job: Job, ranges: list[Range], place: Workplace | None, store: Store | None, halted: Halted
) -> Generator[Chunk]:
    """Run scenarios, and put what comes of them into the store."""
    if place is None:
        for start, stop in ranges:
            yield _run_here(job, start, stop, store)
        return
    folder = store.folder if store is not None and place.shares_files else None
    with closing(place.deliver(job, ranges, folder, halted)) as deliveries:
        for (start, stop), content in deliveries:
            if content:
                if store is not None:
                    store.write_packed(start, content)
                yield unpacked(content)
                continue
            assert store is not None
            yield store.read(start, stop) or _run_here(job, start, stop, store)


def _run_here(job: Job, start: int, stop: int, store: Store | None) -> Chunk:
    chunk = job.run(start, stop)
    if store is not None:
        store.write(chunk)
    return chunk


@contextmanager
def _told_if_interrupted(many: Many, total: int) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        done = len(many)
        kept = many.store is not None and not many.store.runs.temporary
        if many.store is not None:
            with suppress(OSError):
                done = sum(e - s for s, e in many.store.ranges() if many.store.has(s))
            if many.store.runs.temporary:
                many.store.close()
        raise Interrupted(done, total, kept=kept) from None
