"""Throw damaged documents, formulas and tables at the parsers, and run what is sound.

Run from the project's folder::

    python scripts/fuzz.py --documents 1000000 --seed 1 --workers 2
    python scripts/fuzz.py --tables 100000

Half of the cases are documents (some with changes as ``--set`` makes them), half are formulas;
or all are tables, of every format. Each must give an allocation or faults that a person can find
and read. Whatever else happens is kept under ``--keep``: a case that takes too long or too much
memory, and one that ends the process, too. Exit code 1 if there is any. Runs where there are
signals of time and limits of memory: not on Windows.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from multiprocessing.pool import ThreadPool
from pathlib import Path
from random import Random
from time import perf_counter
from types import FrameType
from typing import Any, NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.fuzz import table_verdicts, verdicts  # noqa: E402  (the project's folder comes first)
from tests.fuzz.documents import Documents  # noqa: E402
from tests.fuzz.formulas import Formulas  # noqa: E402
from transfers import messages  # noqa: E402

AT_ONCE = 500
TOLD_EVERY = 100_000
SECONDS = 10  # no case may take longer
BYTES = 4_000_000_000  # nor a worker hold more, of addresses


class TooSlow(BaseException):
    """A case went on for too long."""


class Task(NamedTuple):
    """Some cases to be tried: of which kind, which, and where their files stand."""

    kind: str
    first: int
    count: int
    folder: str


class Batch(NamedTuple):
    """What came of some cases."""

    outcomes: Counter[str]
    codes: Counter[str]
    broken: list[dict[str, Any]]
    slowest: tuple[float, int] = (0.0, 0)
    megabytes: int = 0


def too_slow(signal_number: int, frame: FrameType | None) -> NoReturn:
    """Stop a case."""
    raise TooSlow


def batch(task: Task, now: Any) -> Batch:
    """Try some cases, one after the other; `now` tells which, for those who look at the wreck."""
    faulthandler.dump_traceback_later(60 * SECONDS, exit=True)  # a case that no signal stops
    signal.signal(signal.SIGALRM, too_slow)
    outcomes: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    broken: list[dict[str, Any]] = []
    slowest = (0.0, task.first)
    for seed in range(task.first, task.first + task.count):
        now.value = seed
        case = case_of(task.kind, seed)
        start = perf_counter()
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            found = verdict(case, seed, Path(task.folder))
            outcomes[f"{case['kind']}: {kind_of(found)}"] += 1
            codes.update(set(found))
        except BaseException as error:  # what a library in Rust throws is no Exception
            outcomes[f"{case['kind']}: BROKEN"] += 1
            trace = "".join(traceback.format_exception(error)[-6:])
            broken.append(
                {**case, "seed": seed, "error": repr(error)[:300], "trace": trace[-3000:]}
            )
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        slowest = max(slowest, (perf_counter() - start, seed))
    faulthandler.cancel_dump_traceback_later()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Batch(outcomes, codes, broken, slowest, megabytes)


def batches(task: Task) -> list[Batch]:
    """Try some cases in a process of their own; one that ends the process is broken."""
    done: list[Batch] = []
    context = multiprocessing.get_context("spawn")
    while task.count > 0:
        now = context.Value("q", task.first)
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(task, now, theirs))
        process.start()
        theirs.close()
        try:
            done.append(ours.recv())
            process.join()
            return done
        except EOFError:  # it is no more
            process.join()
        case = case_of(task.kind, now.value)
        broken = {**case, "seed": now.value, "error": f"ended with {process.exitcode}"}
        done.append(Batch(Counter({f"{case['kind']}: BROKEN": 1}), Counter(), [broken]))
        gone = now.value + 1 - task.first
        task = task._replace(first=now.value + 1, count=task.count - gone)
    return done


def work(task: Task, now: Any, answer: Any) -> None:
    """Try some cases in this process, and send what came of them."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    answer.send(batch(task, now))


def case_of(kind: str, seed: int) -> dict[str, Any]:
    """Return case number `seed`: a table, a formula, or a document with changes."""
    rng = Random(seed)
    if kind == "table":
        ending, content = table_verdicts.case_of(seed)
        return {"kind": ending, "table": content.decode("latin-1")}
    if seed % 2:
        return {"kind": "formula", "text": Formulas(rng).any()}
    documents = Documents(rng)
    if seed % 20 == 0:
        return {"kind": "bytes", "text": documents.bytes().decode("latin-1")}
    text = documents.any()
    return {"kind": "document", "text": text, "changes": documents.changes(text)}


def verdict(case: dict[str, Any], seed: int, folder: Path) -> tuple[str, ...]:
    """Return what came of a case."""
    if "table" in case:
        content = case["table"].encode("latin-1")
        file = folder / f"table-{os.getpid()}"
        return table_verdicts.verdict_of_table(content, file, run=seed % 4 == 1)
    if case["kind"] == "formula":
        return verdicts.verdict_of_formula(case["text"], folder, run=seed % 4 == 1)
    if case["kind"] == "bytes":
        return verdicts.verdict_of_bytes(case["text"].encode("latin-1"), folder)
    return verdicts.verdict_of_document(
        case["text"], case["changes"], folder, explained=seed % 50 == 2
    )


def kind_of(found: tuple[str, ...]) -> str:
    """Return a word for an outcome: what it is, or which border refused."""
    head = found[0].partition(".")[0]
    return f"refused ({head})" if "." in found[0] else found[0]


def main() -> int:
    """Try all cases, print figures and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000, help="documents and formulas")
    parser.add_argument("--tables", type=int, default=0, help="tables, in place of the others")
    parser.add_argument("--seed", type=int, default=1, help="number of the first case")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for the cases that broke something")
    options = parser.parse_args()
    kind, cases = ("table", options.tables) if options.tables else ("text", options.documents)
    outcomes: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    broken: list[dict[str, Any]] = []
    slowest, megabytes, start = (0.0, 0), 0, perf_counter()
    for done in all_batches(kind, options.seed, cases, options.workers):
        outcomes += done.outcomes
        codes += done.codes
        slowest = max(slowest, done.slowest)
        megabytes = max(megabytes, done.megabytes)
        if outcomes.total() % TOLD_EVERY < AT_ONCE:
            print(f"{outcomes.total():,} cases, {len(broken)} broken", flush=True)
        for case in done.broken:
            keep(case, options.keep, len(broken))
            broken.append(case)
    seconds = perf_counter() - start
    report(outcomes, codes, kind)
    rate = cases / seconds
    print(f"{cases:,} cases in {seconds:.0f} s: {rate:.0f} a second")
    print(f"slowest {slowest[0]:.2f} s (case {slowest[1]}); at most {megabytes} MB a worker")
    print(f"{len(broken)} broken")
    return 1 if broken else 0


def all_batches(kind: str, first: int, count: int, workers: int) -> Iterator[Batch]:
    """Try all cases, and yield what came of them bit by bit."""
    with tempfile.TemporaryDirectory() as folder, ThreadPool(workers) as pool:
        for name, content in verdicts.FILES.items():
            Path(folder, name).write_text(content, encoding="utf-8")
        last = first + count
        tasks = [
            Task(kind, start, min(AT_ONCE, last - start), folder)
            for start in range(first, last, AT_ONCE)
        ]
        for done in pool.imap_unordered(batches, tasks):
            yield from done


def keep(case: dict[str, Any], folder: Path | None, number: int) -> None:
    """Tell of a case that broke something, and write it down."""
    if number < 20:
        print(f"case {case['seed']} ({case['kind']}): {case['error']}", flush=True)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(case, ensure_ascii=True, indent=1)
        (folder / f"{case['seed']}.json").write_text(text, encoding="utf-8")


def report(outcomes: Counter[str], codes: Counter[str], kind: str) -> None:
    """Print what came of the cases, and which messages nobody provoked."""
    for name, count in sorted(outcomes.items()):
        print(f"{count:>9,}  {name}")
    families = ("document", "formula", "allocation", "table")
    for family in families[2:] if kind == "table" else families:
        known = messages.family(family)
        never = [code for code in known if codes[code] == 0]
        print(
            f"{family}: {len(known) - len(never)} of {len(known)} codes; never: {', '.join(never)}"
        )
        rare = [f"{code} {codes[code]}" for code in known if 0 < codes[code] < 20]
        print(f"  rarely: {', '.join(rare)}")


if __name__ == "__main__":
    sys.exit(main())
