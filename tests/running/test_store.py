"""What came of scenarios is kept: an interrupted run goes on, and gives the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.testing import assert_array_equal

import scenarios.running.job
import scenarios.running.runner
import transfers
from scenarios.running.chunk import Asked, Chunk, Note, Ruled
from scenarios.running.job import Job
from scenarios.running.packing import DamagedError, packed, unpacked
from scenarios.running.runner import run_many
from scenarios.running.source import Listed
from scenarios.running.store import Runs, Store
from scenarios.settings import Setting
from tests.running.taken import Kept
from transfers.batch import Batch
from transfers.messages import Phrase

Make = Callable[[int], Listed]


@pytest.fixture(autouse=True)
def blocks_of_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenarios.running.runner, "block_size", lambda *_: 10)


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(str(tmp_path / "kept"), keep=True)


def stop_after(monkeypatch: pytest.MonkeyPatch, blocks: int) -> list[int]:
    """Have that many blocks run, then fail; return the starts of the blocks that were run."""
    run, begun = scenarios.running.job.run_chunk, []

    def counted(setting: Setting, moves: object, start: int, asked: Asked) -> Chunk:
        if len(begun) == blocks:
            raise ZeroDivisionError
        begun.append(start)
        return run(setting, moves, start, asked)  # type: ignore[arg-type]

    monkeypatch.setattr(scenarios.running.job, "run_chunk", counted)
    return begun


def test_a_run_goes_on_where_it_was_and_gives_the_same(
    setting: Setting, listed: Make, runs: Runs
) -> None:
    alone, again, asked = Kept(), Kept(), Asked(margins=True)
    run_many(setting, listed(95), [alone], asked=asked)
    with pytest.MonkeyPatch.context() as patch:
        stop_after(patch, 4)
        with pytest.raises(ZeroDivisionError):
            run_many(setting, listed(95), [Kept()], asked=asked, runs=runs)
    with pytest.MonkeyPatch.context() as patch:
        begun = stop_after(patch, 99)
        many = run_many(setting, listed(95), [again], asked=asked, runs=runs)
    assert begun == [40, 50, 60, 70, 80, 90]
    assert (many.found, len(many)) == (40, 95)
    assert again.digest() == alone.digest()


@pytest.mark.parametrize("harm", ["cut", "changed", "another", "empty"])
def test_a_damaged_file_is_run_again(
    setting: Setting, listed: Make, runs: Runs, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, again = Kept(), Kept()
    store = run_many(setting, listed(30), [alone], runs=runs).store
    assert store is not None
    files = sorted(Path(store.folder).glob("*.chunk"))
    content = files[1].read_bytes()
    harmed = {
        "cut": content[:-5],
        "changed": content[:-5] + b"\x07" + content[-4:],
        "another": files[2].read_bytes(),
        "empty": b"",
    }
    files[1].write_bytes(harmed[harm])
    begun = stop_after(monkeypatch, 99)
    run_many(setting, listed(30), [again], runs=runs)
    assert begun == [10]
    assert again.digest() == alone.digest()
    assert files[1].read_bytes() == content


def other_settings(setting: Setting, folder: Path) -> dict[str, Setting]:
    policy = setting.policy
    table = folder / "table.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("0003,D3,4", "0003,D3,5"), encoding="utf-8")
    other_table = transfers.load_districts(None, policy)
    table.write_text(text, encoding="utf-8")
    other_policy = policy.with_overrides({"parameters.bonus": "51"})
    return {
        "policy": Setting(other_policy, setting.districts),
        "table": Setting(policy, other_table),
    }


def test_what_decides_the_answer_decides_the_folder(
    setting: Setting, listed: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, source = Asked(), listed(20)
    others = other_settings(setting, folder)
    moved = Listed([*source.scenarios[:-1], {**source.scenarios[-1], ("x",): Fraction(1)}])
    digests = {
        "first": Job(setting, source, asked).digest(),
        "policy": Job(others["policy"], source, asked).digest(),
        "table": Job(others["table"], source, asked).digest(),
        "fewer": Job(setting, listed(19), asked).digest(),
        "moved": Job(setting, moved, asked).digest(),
        "asked": Job(setting, source, replace(asked, rules=False)).digest(),
        "figures": Job(setting, source, replace(asked, figures=paid)).digest(),
    }
    assert len(set(digests.values())) == len(digests)
    run_many(setting, source, [])
    assert Job(setting, source, asked).digest() == digests["first"]
    monkeypatch.setattr(scenarios.running.job, "program_digest", lambda: "another")
    assert Job(setting, source, asked).digest() != digests["first"]


def test_a_folder_that_is_about_something_else_is_begun_anew(
    setting: Setting, listed: Make, runs: Runs
) -> None:
    alone, again = Kept(), Kept()
    store = run_many(setting, listed(30), [alone], runs=runs).store
    assert store is not None
    about = Path(store.folder, "run.json")
    about.write_text(json.dumps({**json.loads(about.read_text()), "digest": "0" * 64}))
    Path(store.folder, "notes.txt").write_text("mine")
    many = run_many(setting, listed(30), [again], runs=runs)
    assert many.found == 0
    assert again.digest() == alone.digest()
    assert Path(store.folder, "notes.txt").read_text() == "mine"


def test_a_store_goes_when_its_run_is_over_unless_it_is_kept(
    setting: Setting, listed: Make, tmp_path: Path
) -> None:
    beside = Runs.beside(tmp_path / "study.yaml")
    assert beside.folder == str(tmp_path / "study.runs")
    for runs, stays in ((beside, False), (Runs(str(tmp_path / "mine"), keep=True), True)):
        with run_many(setting, listed(30), [], runs=runs) as many:
            assert many.store is not None
            assert len(list(Path(many.store.folder).glob("*.chunk"))) == 3
        assert Path(runs.folder).exists() is stays
    with pytest.raises(ZeroDivisionError), run_many(setting, listed(30), [], runs=beside):
        raise ZeroDivisionError  # whoever looks at it fails: it is not run again for that
    assert run_many(setting, listed(30), [], runs=beside).found == 30


def test_columns_of_some_districts_are_those_of_all_scenarios(
    setting: Setting, listed: Make, runs: Runs
) -> None:
    kept = Kept()
    store = run_many(setting, listed(95), [kept], runs=runs).store
    assert store is not None
    for part in (slice(0, 9), slice(2, 5), slice(8, 9), slice(3, 3)):
        assert_array_equal(store.columns("main", part), kept.amounts("main")[:, part])
        assert_array_equal(store.columns("extra", part), kept.amounts("extra")[:, part])
        assert_array_equal(store.columns("", part), kept.totals()[:, part])
    assert_array_equal(store.codes(), np.concatenate([chunk.codes for chunk in kept.chunks]))
    again = Kept()
    for chunk in store.chunks():
        again.take(chunk)
    assert again.digest() == kept.digest()


def test_slices_cover_all_districts() -> None:
    store = Store(Runs("."), ".", 100_000, 66)
    assert [(part.start, part.stop) for part in store.slices(100)] == [(0, 40), (40, 80), (80, 100)]
    assert list(Store(Runs("."), ".", 10**8, 66).slices(2)) == [slice(0, 1), slice(1, 2)]


def paid(batch: Batch) -> dict[str, list[Fraction | None]]:
    """Return what each scenario pays."""
    sums = batch.total.sum(axis=1).tolist()
    done = batch.done.tolist()
    return {"paid": [Fraction(s, 3) if d else None for s, d in zip(sums, done, strict=True)]}


def test_figures_that_were_asked_for_are_kept(setting: Setting, listed: Make, runs: Runs) -> None:
    first, again, asked = Kept(), Kept(), Asked(grants=("main",), figures=paid, margins=True)
    run_many(setting, listed(20), [first], asked=asked, runs=runs)
    assert run_many(setting, listed(20), [again], asked=asked, runs=runs).found == 20
    assert again.digest() == first.digest()
    assert again.chunks[0].measures["paid"][7] is None
    assert again.chunks[0].measures["paid"][8] == Fraction(int(first.totals()[8].sum()), 3)


@pytest.mark.parametrize("most", [0, 127, -128, 32767, -(2**31), 2**31, 2**62, -(2**63)])
def test_amounts_of_any_size_come_back(most: int) -> None:
    amounts = np.array([[0, 1, most], [5, 6, 7]], dtype=np.int64)
    same = np.array([[3, most, 1]] * 2, dtype=np.int64)
    words = {"a": Phrase("x.y", {"n": 1.5}), "b": ("甲", None, ("\ud800",)), "c": True}
    chunk = Chunk(
        4,
        np.array([0, 2], dtype=np.int8),
        {"a": amounts, "b": same},
        amounts,
        {"m": (Fraction(10**30, 7), None)},
        {"r": Ruled(np.array([1, -1], dtype=np.int8), (Fraction(-1, 3), None))},
        {5: (Note("x.z", words, "p.yaml:1"),)},
    )
    back = unpacked(packed(chunk))
    assert_array_equal(back.amounts["a"], amounts)
    assert_array_equal(back.amounts["b"], same)
    assert_array_equal(back.total, amounts)
    assert back.total.flags.c_contiguous and back.amounts["b"].flags.c_contiguous
    assert (back.start, back.codes.tolist(), back.measures) == (4, [0, 2], chunk.measures)
    assert back.rules["r"].codes.tolist() == [1, -1]
    assert back.rules["r"].margins == chunk.rules["r"].margins
    assert back.notes == chunk.notes


def test_every_single_damaged_byte_is_noticed(setting: Setting, listed: Make) -> None:
    content = packed(Job(setting, listed(3), Asked()).run(0, 3))
    for place in range(len(content)):
        harmed = bytearray(content)
        harmed[place] ^= 1
        with pytest.raises(DamagedError):
            unpacked(bytes(harmed))


def test_a_store_that_two_runs_use_goes_with_the_last_of_them(tmp_path: Path) -> None:
    runs = Runs(str(tmp_path / "kept"))
    first, second = runs.open("a" * 64, 20, 10), runs.open("a" * 64, 20, 10)
    second.write_packed(0, b"what another run reads back later")
    first.close()
    assert second.has(0)
    second.write_packed(10, b"and goes on to write")
    second.close()
    assert not (tmp_path / "kept").exists()


def test_a_store_that_is_closed_while_another_run_opens_it_is_there_again(tmp_path: Path) -> None:
    runs = Runs(str(tmp_path / "kept"))

    def use(_: int) -> bool:
        store = runs.open("a" * 64, 20, 10)
        store.write_packed(0, b"x")
        there = store.has(0)
        store.close()
        return there

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(use, range(200)))
    assert not (tmp_path / "kept").exists()
