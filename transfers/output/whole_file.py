"""Writing a file whole or not at all: a draft beside it, put in its place in one step.

While a draft is being written its writer holds a lock on it. The system drops the lock when the
writer dies, however it dies, so whoever writes in that folder next can tell drafts of the dead,
which it removes, from drafts of the living, which it leaves alone (docs/decisions/0015).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter, FileIO
from typing import IO, Any, Final

PREFIX, ENDING = ".transfers-", ".part"

# Windows knows no such locks and neither removes nor replaces a file that somebody has open: there,
# a draft that can be removed is a dead one's.
_POSIX: Final = os.name != "nt"
_BINARY: Final = getattr(os, "O_BINARY", 0)

_TRIES: Final = 20
"""A draft can be taken for dead between its making and its locking; then another is made."""


def write_whole(path: str | os.PathLike[str], content: bytes, *, lasting: bool = True) -> None:
    """Write a file so that readers see the old one or the new one, never a part.

    A link is followed: what it points to is replaced, the link stays. The new file has the
    permissions of the old one.

    Parameters
    ----------
    lasting : bool
        Whether to wait until the disk has it, so that it outlives a loss of power.

    Raises
    ------
    OSError
        Naming `path`: it is a folder or cannot be written, its folder is not there or cannot be
        written to, the disk is full. The old file is as it was, and no draft is left.
    """
    with being_written(path, lasting=lasting) as file:
        file.write(content)


@contextmanager
def being_written(path: str | os.PathLike[str], *, lasting: bool = True) -> Iterator[IO[bytes]]:
    """Write a file piece by piece, so that readers see the old one or the whole new one.

    Parameters and errors are those of :func:`write_whole`. What raises inside leaves the old file
    as it was.
    """
    try:
        target = os.path.realpath(path)
        mode = _mode_of(target)
        folder = os.path.dirname(target)
        remove_dead_drafts(folder)
        draft, file = _new_draft(folder)
    except OSError as error:
        raise _named(error, path) from None
    raw = _Drafted(file, path)
    stream = BufferedWriter(raw)
    try:
        yield stream
        stream.flush()
        try:
            _put_in_place(draft, raw, target, mode, lasting)
            if lasting:
                _settle(folder)
        except OSError as error:
            raise _named(error, path) from None
    finally:
        with suppress(OSError, ValueError):
            stream.detach()
        raw.close()
        with suppress(OSError):
            os.unlink(draft)


def check_writable(path: str | os.PathLike[str]) -> None:
    """Find out before any work is done whether a file can be written; nothing is left behind.

    Raises
    ------
    OSError
        As :func:`write_whole` would raise it.
    """
    try:
        target = os.path.realpath(path)
        _mode_of(target)
        draft, file = _new_draft(os.path.dirname(target))
    except OSError as error:
        raise _named(error, path) from None
    os.close(file)
    os.unlink(draft)


def check_folder(folder: str | os.PathLike[str]) -> None:
    """Find out whether files can be written into a folder, which may still have to be made.

    Raises
    ------
    OSError
        Naming `folder`: it, or the one that it has to be made in, takes no files.
    """
    there = os.path.realpath(folder)
    while not os.path.lexists(there):
        there = os.path.dirname(there)
    try:
        check_writable(os.path.join(there, f"{PREFIX}try"))
    except OSError as error:
        raise _named(error, folder) from None


class _Drafted(FileIO):
    """A draft whose errors name the file that is meant."""

    def __init__(self, file: int, meant: str | os.PathLike[str]) -> None:
        super().__init__(file, "r+")
        self.meant = meant

    def write(self, content: Any) -> int:
        """Write what there is room for."""
        try:
            return super().write(content)
        except OSError as error:
            raise _named(error, self.meant) from None


def _named(error: OSError, path: str | os.PathLike[str]) -> OSError:
    """Return an error that names the file meant, not its draft."""
    return OSError(error.errno, error.strerror, os.fspath(path))


def _mode_of(target: str) -> int | None:
    """Return the permissions of a file that may be written over; None where there is none."""
    try:
        found = os.lstat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found.st_mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if stat.S_ISDIR(found.st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    if not os.access(target, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(found.st_mode)


def _new_draft(folder: str) -> tuple[str, int]:
    """Return a draft in `folder` that this process has locked, and its number."""
    for _ in range(_TRIES):
        draft = os.path.join(folder, f"{PREFIX}{os.urandom(8).hex()}{ENDING}")
        file = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        _lock(file, wait=True)
        if not _POSIX or os.fstat(file).st_nlink:
            return draft, file
        os.close(file)  # removed as a dead one's before it was locked
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def _put_in_place(draft: str, file: FileIO, target: str, mode: int | None, lasting: bool) -> None:
    """Put a draft that is written in the place of `target`."""
    if lasting:
        os.fsync(file.fileno())
    if mode is not None and _POSIX:
        with suppress(PermissionError):
            os.fchmod(file.fileno(), mode)
    if not _POSIX:
        file.close()
    os.replace(draft, target)


def _settle(folder: str) -> None:
    """Have the system keep the new entry of a folder over a loss of power."""
    if not _POSIX:
        return
    # Some file systems cannot; the file itself is on the disk already.
    with suppress(OSError):
        entry = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)


def remove_dead_drafts(folder: str | os.PathLike[str]) -> None:
    """Remove the drafts in `folder` whose writers are no more; those of the living stay."""
    with suppress(OSError), os.scandir(folder) as entries:
        names = [entry.name for entry in entries]
        for name in names:
            if name.startswith(PREFIX) and name.endswith(ENDING):
                with suppress(OSError):
                    _remove_if_dead(os.path.join(folder, name))


def _remove_if_dead(draft: str) -> None:
    if not _POSIX:
        os.unlink(draft)
        return
    file = os.open(draft, os.O_RDWR | os.O_NOFOLLOW)
    try:
        _lock(file, wait=False)
        os.unlink(draft)
    finally:
        os.close(file)


def _lock(file: int, *, wait: bool) -> None:
    """Lock a file for this process alone.

    Raises
    ------
    OSError
        Somebody holds the lock (only without `wait`), or there are none on this file system. Its
        writers then go on without; nobody takes their drafts for dead.
    """
    if not _POSIX:
        return
    import fcntl

    if not wait:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    with suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_EX)
