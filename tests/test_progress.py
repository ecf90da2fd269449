"""Progress: told to who listens, in the order the work is done."""

from __future__ import annotations

import pytest

import transfers
from transfers import messages, progress
from transfers.output.files import write_file


class Log(progress.Listener):
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, int]] = []

    def began(self, stage: progress.Stage) -> None:
        self.told.append(("began", stage.name, stage.done))

    def advanced(self, stage: progress.Stage) -> None:
        self.told.append(("advanced", stage.name, stage.done))

    def ended(self, stage: progress.Stage) -> None:
        self.told.append(("ended", stage.name, stage.done))

    def stages(self) -> list[str]:
        return [name for what, name, _ in self.told if what == "began"]


def test_a_listener_hears_beginnings_advances_and_ends() -> None:
    log = Log()
    with progress.told_to(log), progress.stage("read", 10) as stage:
        stage.advance(4)
        assert list(stage.each("abcde", every=2)) == list("abcde")
    assert log.told == [
        ("began", "read", 0),
        *[("advanced", "read", done) for done in (4, 6, 8)],
        ("ended", "read", 8),
    ]


def test_nobody_is_told_outside_and_the_work_is_the_same() -> None:
    log = Log()
    with progress.told_to(log):
        pass
    with progress.stage("read", 3) as stage:
        assert list(stage.each([1, 2, 3])) == [1, 2, 3]
        stage.advance()
    assert log.told == []


def test_a_stage_that_fails_has_ended() -> None:
    log = Log()
    with progress.told_to(log), pytest.raises(KeyError), progress.stage("read"):
        raise KeyError
    assert log.told[-1] == ("ended", "read", 0)


@pytest.mark.parametrize("ending", [".csv", ".json", ".md", ".parquet", ".xlsx"])
def test_dividing_and_writing_tell_their_stages_each_with_a_label(
    tmp_path: object, ending: str
) -> None:
    log = Log()
    policy = transfers.load_policy("examples/jiangmen/policy.yaml")
    districts = transfers.load_districts(None, policy)
    with progress.told_to(log):
        allocation = transfers.allocate(policy, districts)
        write_file(allocation, f"{tmp_path}/r{ending}", "zh")
    assert log.stages()[:3] == ["divide", "verify", "prepare"]
    assert log.stages()[-1] == "write"
    assert {f"progress.{name}" for name in log.stages()} <= messages.family("progress").keys()
    begun = [name for what, name, _ in log.told if what == "began"]
    ended = [name for what, name, _ in log.told if what == "ended"]
    assert sorted(begun) == sorted(ended)
