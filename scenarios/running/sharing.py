"""Several runs may use one folder at once: whoever leaves it last may remove it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

try:
    import fcntl
except ImportError:  # Windows: there no file goes that somebody has open
    fcntl = None  # type: ignore[assignment]

MARK: Final = "in-use"
"""A file that everybody who uses the folder has locked, together with the others."""


def enter(folder: str) -> int:
    """Say that a folder, made if need be, is in use; return what :func:`last_one_out` needs."""
    while True:
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, MARK)
        try:
            mark = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:  # somebody has just removed the folder
            continue
        if fcntl is None:
            return mark
        with suppress(OSError):  # a file system without locks: as if nobody else were here
            fcntl.flock(mark, fcntl.LOCK_SH)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(mark), os.stat(path)):
                return mark
        os.close(mark)


@contextmanager
def last_one_out(mark: int, folder: str) -> Iterator[bool]:
    """Leave a folder; tell whether nobody else uses it. Nobody enters before this is over."""
    last = True
    if fcntl is None:
        os.close(mark)
        try:
            os.unlink(os.path.join(folder, MARK))
        except PermissionError:
            last = False
        yield last
        return
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        last = False
    except OSError:
        pass
    try:
        yield last
    finally:
        os.close(mark)


def unmark(folder: str) -> None:
    """Remove the mark, last of all that is in the folder."""
    with suppress(FileNotFoundError):
        os.unlink(os.path.join(folder, MARK))
