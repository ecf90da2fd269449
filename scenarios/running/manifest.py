"""What a file was made from: the call, every file read, the versions; enough to make it again.

A manifest stands beside what was written, is called after it, and knows no time and no machine:
files are named as seen from its own folder. The same call on the same files gives the same
manifest, byte for byte.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field

from scenarios.running.digest import versions
from transfers import DocumentError
from transfers.errors import Fault, Place
from transfers.output.whole_file import write_whole

ENDING: Final = ".manifest.json"
FORMAT: Final = 1

_WITH_VALUE: Final = ("--workers", "--cluster", "--keep", "--lang")
_ALONE: Final = ("-q", "--quiet")


class Manifest(Struct, frozen=True, omit_defaults=False):
    """What files were made from.

    Parameters
    ----------
    manifest : int
        Its form.
    arguments : tuple of str
        The command and its arguments; who computed and how much was shown is left out.
    called_from : str
        Where the manifest's folder is, as seen from where the command was called.
    called_in : str
        Where the command was called, as seen from the manifest's folder.
    language : str
    seed : int or None
    versions : mapping of str to str
    inputs, outputs : mapping of file to SHA-256
        As seen from the manifest's folder, with slashes.
    """

    manifest: int
    arguments: tuple[str, ...]
    called_from: str
    called_in: str
    language: str
    seed: int | None
    versions: dict[str, str]
    inputs: dict[str, str]
    outputs: dict[str, str]


class Record(Struct, eq=False):
    """What a command reads and writes, as it goes.

    Parameters
    ----------
    arguments : sequence of str
        As it was called.
    language : str
    seed : int, optional
    """

    arguments: Sequence[str]
    language: str
    seed: int | None = None
    _read: dict[str, str] = field(default_factory=dict)
    _written: list[str] = field(default_factory=list)

    def read(self, *files: str | os.PathLike[str]) -> None:
        """Record files that are read."""
        for file in files:
            name = os.path.abspath(file)
            if name not in self._read:
                self._read[name] = sha256_of(name)

    def wrote(self, *files: str | os.PathLike[str]) -> None:
        """Record files that were written; the manifest stands beside the first."""
        self._written += [os.path.abspath(file) for file in files]

    def seal(self) -> str | None:
        """Write the manifest; return its name, None where nothing was written."""
        if not self._written:
            return None
        file = self._written[0] + ENDING
        folder, here = os.path.dirname(file), os.getcwd()
        manifest = Manifest(
            FORMAT,
            tuple(_plain(self.arguments, here)),
            _from(folder, here),
            _from(here, folder),
            self.language,
            self.seed,
            versions(),
            {_from(name, folder): digest for name, digest in sorted(self._read.items())},
            {_from(name, folder): sha256_of(name) for name in self._written},
        )
        text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        write_whole(file, text + b"\n")
        return file


def read_manifest(file: str) -> Manifest:
    """Read a manifest.

    Raises
    ------
    DocumentError
        It is not there or none, or one of another form, or names files by their place on a machine.
    """
    try:
        manifest = msgspec.json.decode(Path(file).read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise _wrong("running.manifest_missing", file) from None
    except msgspec.MsgspecError as error:
        raise _wrong("running.no_manifest", file, error=str(error)) from None
    if manifest.manifest != FORMAT:
        raise _wrong("running.other_manifest", file, form=manifest.manifest)
    places = (manifest.called_from, manifest.called_in)
    names = (*manifest.inputs, *manifest.outputs, *places, *manifest.arguments)
    for name in names:
        if os.path.isabs(name) or (len(name) > 1 and name[1] == ":") or "\0" in name:
            raise _wrong("running.absolute", file, name=name)
    return manifest


def changed_inputs(manifest: Manifest, file: str) -> list[Fault]:
    """Return a fault for each file that is not there or not as it was."""
    folder, faults = os.path.dirname(os.path.abspath(file)), []
    for name, digest in manifest.inputs.items():
        there = os.path.join(folder, name)
        place = Place(_from(there, os.getcwd()))
        if not os.path.isfile(there):
            faults.append(Fault("running.input_missing", place))
        elif sha256_of(there) != digest:
            words: dict[str, object] = {"was": digest[:12], "now": sha256_of(there)[:12]}
            faults.append(Fault("running.input_differs", place, words))
    return faults


def sha256_of(file: str) -> str:
    """Return the SHA-256 of a file's bytes."""
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _wrong(code: str, file: str, **words: object) -> DocumentError:
    return DocumentError([Fault(code, Place(file), words)])


def _plain(arguments: Iterable[str], here: str) -> list[str]:
    """Return arguments without those that change nothing of what is written."""
    plain, waiting = [], iter(arguments)
    for argument in waiting:
        if argument in _WITH_VALUE:
            next(waiting, None)
        elif argument not in _ALONE and argument.partition("=")[0] not in _WITH_VALUE:
            plain.append(_from(argument, here) if os.path.isabs(argument) else argument)
    return plain


def _from(file: str, folder: str) -> str:
    """Return a file as seen from a folder, with slashes."""
    try:
        return os.path.relpath(file, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return file
