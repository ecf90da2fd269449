"""What is no ordinary file is read to its end, or refused: pipes, devices, links, odd names."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from transfers.districts import raw, read_table
from transfers.errors import TableError

TABLE = "代码,数\n" + "".join(f"{n},{n}\n" for n in range(50_000))

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with pipes")


def piped(path: Path, content: bytes) -> threading.Thread:
    """Make a pipe that someone writes to."""
    os.mkfifo(path)

    def write() -> None:
        with suppress(BrokenPipeError):  # the reader may have had enough
            path.write_bytes(content)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def refused(path: Path) -> str:
    with pytest.raises(TableError) as caught:
        read_table(path)
    for language in ("zh", "en"):
        assert all(line.isprintable() for line in caught.value.lines(language))
    return caught.value.faults[0].code


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    writer = piped(tmp_path / "pipe", TABLE.encode())
    assert len(read_table(tmp_path / "pipe")) == 50_000
    writer.join()


def test_a_pipe_without_end_is_read_up_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(raw, "_PIECE", 1_000)
    writer = piped(tmp_path / "pipe", b"1,2\n" * 10_000_000)
    assert refused(tmp_path / "pipe") == "table.too_large"
    writer.join()


def test_a_device_without_end_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(raw, "_PIECE", 1_000)
    assert refused(Path("/dev/zero")) == "table.too_large"


def test_a_file_at_the_limit_is_read_and_one_above_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(raw, "MOST_BYTES", path.stat().st_size)
    assert len(read_table(path)) == 50_000
    monkeypatch.setattr(raw, "MOST_BYTES", path.stat().st_size - 1)
    assert refused(path) == "table.too_large"


def test_links_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "c").symlink_to("nowhere")
    assert refused(tmp_path / "a") == "table.unreadable"
    assert refused(tmp_path / "c") == "table.not_found"


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[2Jb", "\u202eb", "\udcff\udcfe", "-x", "x" * 300])
def test_a_name_is_told_so_that_no_terminal_obeys_it(name: str, tmp_path: Path) -> None:
    assert refused(tmp_path / name) in ("table.not_found", "table.unreadable")
    if len(name) < 300:
        (tmp_path / name).write_bytes(b"")
        assert refused(tmp_path / name) == "table.empty"
