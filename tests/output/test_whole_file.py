"""A file is written whole or not at all, and nothing is left beside it."""

from __future__ import annotations

import errno
import fcntl
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.torture_outputs import torture
from transfers.output import whole_file
from transfers.output.whole_file import ENDING, PREFIX, write_whole

ROOT = Path(__file__).resolve().parents[2]

WRITE_MANY = """
import sys
from transfers.output.whole_file import write_whole
for _ in range(60):
    write_whole(sys.argv[1], sys.argv[2].encode() * 200_000)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- killed, and two at once ----------------------------------------------------------------------


def test_of_thirty_killed_writers_none_tears_the_file_or_leaves_a_draft(tmp_path: Path) -> None:
    found = torture(tmp_path, 30, random.Random(5))
    assert (found.kills, found.torn, found.left) == (30, 0, 0)


def test_writers_that_take_no_care_do_tear_it(tmp_path: Path) -> None:
    numbers = random.Random(5)  # on a busy machine a writer may be killed before it wrote at all
    assert any(torture(tmp_path, 2, numbers, careless=True).torn for _ in range(50))


def test_of_two_writers_at_once_one_wins_whole(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE_MANY, path, sign], env=environment)
        for sign in "ab"
    ]
    while any(writer.poll() is None for writer in writers):
        if path.exists():
            content = path.read_bytes()
            assert content in (b"a" * 200_000, b"b" * 200_000)
    assert [writer.wait() for writer in writers] == [0, 0]
    assert names(tmp_path) == ["r.csv"]


def test_a_draft_of_a_living_writer_is_not_touched_one_of_a_dead_is_removed(
    tmp_path: Path,
) -> None:
    living, dead = (tmp_path / f"{PREFIX}{name}{ENDING}" for name in ("living", "dead"))
    dead.write_bytes(b"half")
    with living.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        write_whole(tmp_path / "r.csv", b"new")
        assert names(tmp_path) == [living.name, "r.csv"]
    write_whole(tmp_path / "r.csv", b"new")
    assert names(tmp_path) == ["r.csv"]


def test_a_draft_taken_for_dead_before_it_was_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, taken = whole_file._lock, []

    def lock_late(file: int, *, wait: bool) -> None:
        if wait and not taken:
            taken.append(file)
            for draft in tmp_path.iterdir():
                draft.unlink()
        lock(file, wait=wait)

    monkeypatch.setattr(whole_file, "_lock", lock_late)
    write_whole(tmp_path / "r.csv", b"new")
    assert taken
    assert (tmp_path / "r.csv").read_bytes() == b"new"


def test_other_files_that_end_like_drafts_stay(tmp_path: Path) -> None:
    (tmp_path / "film.part").write_bytes(b"")
    write_whole(tmp_path / "r.csv", b"new")
    assert names(tmp_path) == ["film.part", "r.csv"]


# -- what may stand there already -----------------------------------------------------------------


def test_a_link_stays_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    real, link = tmp_path / "there" / "real.csv", tmp_path / "link.csv"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (real.read_bytes(), names(tmp_path / "there")) == (b"new", ["real.csv"])


def test_a_link_to_what_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to("real.csv")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_permissions_are_kept_and_new_files_follow_the_mask(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_bytes(b"old")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        write_whole(old, b"new")
        write_whole(new, b"new")
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (old, new)] == [0o640, 0o640]
    new.chmod(0o664)
    write_whole(new, b"newer")
    assert new.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("folder", errno.EISDIR),
        ("circle", errno.ELOOP),
        ("pipe", errno.EINVAL),
        ("missing folder", errno.ENOENT),
        ("file as folder", errno.ENOTDIR),
        ("long name", errno.ENAMETOOLONG),
    ],
)
def test_a_place_for_no_file_is_refused_and_left_alone(
    tmp_path: Path, kind: str, number: int
) -> None:
    path = tmp_path / "r.csv"
    match kind:
        case "folder":
            path.mkdir()
        case "circle":
            path.symlink_to("r.csv")
        case "pipe":
            os.mkfifo(path)
        case "missing folder":
            path = tmp_path / "none" / "r.csv"
        case "file as folder":
            path.write_bytes(b"old")
            path = path / "r.csv"
        case "long name":
            path = tmp_path / ("x" * 300)
    before = names(tmp_path)
    with pytest.raises(OSError, match=r"r\.csv|xxx") as caught:
        write_whole(path, b"new")
    assert (caught.value.errno, caught.value.filename) == (number, str(path))
    assert names(tmp_path) == before


# -- not allowed, no room -------------------------------------------------------------------------

UNPRIVILEGED = """
import fcntl, os, sys
sys.path.insert(0, sys.argv[1])
from transfers.output.whole_file import write_whole
if os.geteuid() == 0:
    os.setuid(65534)
try:
    write_whole(sys.argv[2], b"new")
except OSError as error:
    sys.exit(error.errno)
"""


def written_without_rights(path: Path) -> int:
    """Write as a user who is not the administrator, and return the number of the error."""
    command = [sys.executable, "-c", UNPRIVILEGED, ROOT, path]
    return subprocess.run(command, check=False).returncode


@pytest.fixture
def public() -> Iterator[Path]:
    """Return a folder that every user can enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_folder_without_rights_keeps_the_old_file(public: Path) -> None:
    path = public / "closed" / "r.csv"
    path.parent.mkdir()
    path.write_bytes(b"old")
    path.chmod(0o666)
    path.parent.chmod(0o555)
    assert written_without_rights(path) == errno.EACCES
    path.parent.chmod(0o755)
    assert (path.read_bytes(), names(path.parent)) == (b"old", ["r.csv"])


def test_a_file_marked_read_only_is_not_written_over(public: Path) -> None:
    path = public / "open" / "r.csv"
    path.parent.mkdir()
    path.write_bytes(b"old")
    path.chmod(0o444)
    path.parent.chmod(0o777)
    assert written_without_rights(path) == errno.EACCES
    assert (path.read_bytes(), names(path.parent)) == (b"old", ["r.csv"])


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Path:
    """Return a folder that holds 64 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [mount or "", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a file system of a given size needs the right to mount one")
    return disk


def test_a_full_disk_keeps_the_old_file(tiny_disk: Path) -> None:
    path = tiny_disk / "r.csv"
    try:
        write_whole(path, b"o" * 20_000)
        with pytest.raises(OSError, match=r"r\.csv") as caught:
            write_whole(path, b"n" * 100_000)
        assert caught.value.errno == errno.ENOSPC
        assert (path.read_bytes(), names(tiny_disk)) == (b"o" * 20_000, ["r.csv"])
    finally:
        subprocess.run(["umount", tiny_disk], check=True)


def test_a_disk_that_fills_up_while_the_draft_goes_down_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(b"old")

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"r\.csv"):
        write_whole(path, b"new")
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["r.csv"])
