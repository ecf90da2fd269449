"""What comes of many scenarios, whatever blocks they are cut into."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_array_equal

import scenarios.running.runner
from scenarios.running.chunk import Asked
from scenarios.running.runner import run_many
from scenarios.running.source import Listed
from scenarios.settings import Setting
from tests.running.taken import Kept
from transfers import progress
from transfers.batch import RULE_STATUSES, run_batch

Make = Callable[[int], Listed]


def test_one_short_of_money_and_one_that_cannot_be_computed_leave_998_answers(
    setting: Setting, listed: Make
) -> None:
    kept = Kept()
    many = run_many(setting, listed(1000), [kept])
    assert many.counts == {"done": 998, "rejected": 1, "invalid": 1}
    notes = {n: note for chunk in kept.chunks for n, note in chunk.notes.items()}
    assert {n: [note.code for note in found] for n, found in notes.items()} == {
        7: ["allocation.floors_exceed_pool_rejected"],
        11: ["document.weights_sum"],
    }
    assert "policy.yaml:" in notes[7][0].text("en")
    totals = np.concatenate([chunk.total for chunk in kept.chunks])
    assert sorted(np.flatnonzero(~totals.any(axis=1))) == [7, 11]


@pytest.mark.parametrize("size", [1, 3, 40, 1000])
def test_what_comes_of_a_scenario_does_not_depend_on_its_block(
    setting: Setting, listed: Make, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenarios.running.runner, "block_size", lambda *_: size)
    kept, source = Kept(), listed(100)
    run_many(setting, source, [kept], asked=Asked(margins=True))
    assert [chunk.start for chunk in kept.chunks] == list(range(0, 100, size))
    for chunk in kept.chunks:
        for row in range(len(chunk)):
            (moves,) = source.moves(chunk.start + row, chunk.start + row + 1)
            alone = run_batch(setting.policy, setting.districts, [moves])
            assert chunk.status(row) == alone.status(0)
            for grant, amounts in chunk.amounts.items():
                assert_array_equal(amounts[row], alone.amounts[grant][0])
            assert_array_equal(chunk.total[row], alone.total[0])
            if chunk.done[row]:
                for rule in alone.allocation(0).rules:
                    found = chunk.rules[rule.id]
                    assert RULE_STATUSES[found.codes[row]] == rule.status
                    assert found.margins[row] == rule.margin
            else:
                assert all(found.codes[row] == -1 for found in chunk.rules.values())
                assert all(found.margins[row] is None for found in chunk.rules.values())


def test_rules_hold_in_some_scenarios_and_not_in_others(setting: Setting, listed: Make) -> None:
    batch = run_batch(setting.policy, setting.districts, listed(90).moves(0, 90))
    assert {name: set(codes.tolist()) for name, codes in batch.rules.items()} == {
        "within": {-1, 0, 2},
        "nobody_loses": {-1, 0, 2},
    }


def test_what_is_not_asked_for_is_not_computed(setting: Setting, listed: Make) -> None:
    kept = Kept()
    run_many(setting, listed(24), [kept], asked=Asked(grants=(), rules=False))
    for chunk in kept.chunks:
        assert (chunk.amounts, chunk.rules, chunk.total.shape) == ({}, {}, (3, 9))


def test_a_listener_hears_of_scenarios_and_not_of_the_rules_of_each_block(
    setting: Setting, listed: Make
) -> None:
    heard: list[tuple[str, int]] = []

    class Listener(progress.Listener):
        def advanced(self, stage: progress.Stage) -> None:
            heard.append((stage.name, stage.done))

    with progress.told_to(Listener()):
        run_many(setting, listed(1500), [])
    assert heard == [("scenarios", n) for n in (*range(188, 1500, 188), 1500)]
