"""The program, called as a person calls it: in a process of its own, with its own two streams.

Python begins and the engine is imported once, in a process that waits. Each call is a copy of that
process (a fork), which takes a third of the time, or less. What is about the beginning itself, what
is imported or seeds of hashes starts Python anew; so does every call where there is no fork.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "cli.py"

_AT_THE_START = ("PYTHON", "LC_", "LANG")
"""What Python reads when it begins: for each of these there is another waiting process."""


def called(
    *arguments: str | Path,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    one_stream: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Call the program in a folder; no clock cuts its searches.

    Parameters
    ----------
    environment : mapping, optional
        All variables; those of this process where left out.
    one_stream : bool
        Whether complaints come among what is printed, as on a terminal.
    """
    variables = dict(os.environ if environment is None else environment)
    call = [str(PROGRAM), *map(str, arguments)]
    if not hasattr(os, "fork") or "PYTHONHASHSEED" in variables:
        return _anew(call, folder, variables, one_stream)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        streams = (out, out if one_stream else err)
        code = _waiting(variables).copy(call, folder, variables, streams)
        printed, complained = (_read(file) for file in (out, err))
    return subprocess.CompletedProcess(call, code, printed, None if one_stream else complained)


def _anew(
    call: list[str], folder: Path, variables: dict[str, str], one_stream: bool
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.unhurried", *call[1:]],
        cwd=folder,
        env={**variables, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if one_stream else subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8").replace("\r\n", "\n")


# -- the side of the tests -------------------------------------------------------------------------


class _Waiting:
    """A process that has imported the engine and copies itself when it is told to."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._here, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(there.fileno())],
                env=dict(variables),
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        atexit.register(self.end)

    def copy(
        self, call: list[str], folder: Path, variables: dict[str, str], streams: tuple[Any, Any]
    ) -> int:
        """Have a copy of the process make a call; return how it ended."""
        told = json.dumps([call, str(folder), variables]).encode()
        files = [stream.fileno() for stream in streams]
        socket.send_fds(self._here, [len(told).to_bytes(4, "big")], files)
        self._here.sendall(told)
        return int.from_bytes(_exactly(self._here, 4), "big", signed=True)

    def end(self) -> None:
        """End the process: it ends when nobody is at the other end."""
        self._here.close()
        self._process.wait()


@cache
def _waiting_for(variables: frozenset[tuple[str, str]]) -> _Waiting:
    return _Waiting(dict(variables))


def _waiting(variables: Mapping[str, str]) -> _Waiting:
    """Return the process that began with the same variables as far as its beginning reads them."""
    kept = {name: text for name, text in variables.items() if name.startswith(_AT_THE_START)}
    return _waiting_for(frozenset(kept.items()))


def _exactly(end: socket.socket, size: int) -> bytes:
    content = b""
    while len(content) < size:
        part = end.recv(size - len(content))
        if not part:
            raise EOFError("the other process is gone")
        content += part
    return content


# -- the process that waits ------------------------------------------------------------------------


def _wait(end: socket.socket) -> None:
    """Copy this process for each call, until nobody is at the other end."""
    while True:
        size, files, _, _ = socket.recv_fds(end, 4, 2)
        if not size:
            return
        length = int.from_bytes(size + _exactly(end, 4 - len(size)), "big")
        call, folder, variables = json.loads(_exactly(end, length))
        copy = os.fork()
        if copy == 0:
            end.close()
            _become(call, folder, variables, files)
        for file in files:
            os.close(file)
        _, status = os.waitpid(copy, 0)
        end.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


def _become(call: list[str], folder: str, variables: dict[str, str], files: list[int]) -> None:
    """Be the program, called with these words, in this folder; end as it ends."""
    for stream, file in enumerate(files, start=1):
        os.dup2(file, stream)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    sys.argv = call
    sys.path[0] = str(ROOT)
    runpy.run_path(call[0], run_name="__main__")


def _begin(number: int) -> None:
    """Import what calls need, but for the commands: their help is in the language of a call."""
    sys.path[0] = str(ROOT)
    gc.disable()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the program has it
    for room in ("transfers", "scenarios", "checks"):
        for module in walk_packages([str(ROOT / room)], f"{room}."):
            if "pytest" not in module.name:
                import_module(module.name)
    import_module("tests.unhurried")
    gc.freeze()
    with socket.socket(fileno=number) as end:
        _wait(end)


if __name__ == "__main__":
    _begin(int(sys.argv[1]))
