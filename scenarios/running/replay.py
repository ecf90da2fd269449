"""Making files again from their manifest, in a folder where nothing but what it names is to be had.

The files are put as they lay towards each other and towards where the command was called, so that
whatever is written of where something stands comes out the same.
"""

from __future__ import annotations

import os
import posixpath
import shutil
from collections.abc import Callable, Sequence
from tempfile import TemporaryDirectory
from typing import Literal

import msgspec
from msgspec import Struct

from scenarios.running.digest import versions
from scenarios.running.manifest import ENDING, Manifest
from transfers.output.whole_file import write_whole

Verdict = Literal["same", "differs", "not_made", "not_expected"]
Call = Callable[[Sequence[str], str], int]
"""Runs the program with arguments in a folder; returns how it ends."""


class Replay(Struct, frozen=True):
    """What came of making files again.

    Parameters
    ----------
    code : int
        How the command ended.
    verdicts : mapping of file to Verdict
        As the manifest names them; nothing where the command wrote no manifest.
    written : tuple of str
        Where they were put.
    """

    code: int
    verdicts: dict[str, Verdict]
    written: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether every file came out the same, to the byte."""
        return bool(self.verdicts) and set(self.verdicts.values()) == {"same"}


def replay(manifest: Manifest, file: str, call: Call, out: str | None) -> Replay:
    """Make the files of a manifest again, and compare.

    Parameters
    ----------
    file : str
        The manifest.
    call : callable
    out : str, optional
        A folder for what is made. Without it only what is no longer there is put back, and only
        if everything came out the same.
    """
    real = os.path.dirname(os.path.abspath(file))
    with TemporaryDirectory(prefix="transfers-") as top:
        folder, made = _laid_out(manifest, real, top)
        arguments = [*manifest.arguments, "--lang", manifest.language, "-q"]
        code = call(arguments, folder)
        first = next(iter(manifest.outputs), "")
        again = os.path.join(made, first + ENDING)
        if not os.path.isfile(again):
            return Replay(code, {})
        with open(again, "rb") as content:
            outputs = msgspec.json.decode(content.read(), type=Manifest).outputs
        verdicts = {
            name: _verdict(name, manifest.outputs, outputs)
            for name in (*manifest.outputs, *outputs)
        }
        found = Replay(code, verdicts)
        return Replay(code, verdicts, tuple(_put(found, made, real, again, out)))


def other_versions(manifest: Manifest) -> dict[str, tuple[str, str]]:
    """Return what has another version now: name -> that of the manifest, and the one here."""
    here = versions()
    return {
        name: (version, here.get(name, ""))
        for name, version in manifest.versions.items()
        if here.get(name) != version
    }


def _laid_out(manifest: Manifest, real: str, top: str) -> tuple[str, str]:
    """Copy the files that are read; return where to call from, and the manifest's folder there."""
    names = (*manifest.inputs, *manifest.outputs, *manifest.arguments)
    depth = 2 + max(name.replace("\\", "/").split("/").count("..") for name in names)
    above = os.path.join(top, *("_" for _ in range(2 * depth)))
    folder, made = (
        os.path.join(above, *_downward(name)) for name in (manifest.called_in, manifest.called_from)
    )
    for place in (folder, made):
        os.makedirs(place, exist_ok=True)
    for name in manifest.inputs:
        there = os.path.normpath(os.path.join(made, name))
        os.makedirs(os.path.dirname(there), exist_ok=True)
        shutil.copyfile(os.path.join(real, name), there)
    return folder, made


def _downward(name: str) -> list[str]:
    """Return the way down to a place, from the folder that is above it and where it is seen from.

    >>> _downward("../../town/study"), _downward("..")
    (['town', 'study'], [])
    """
    steps = posixpath.normpath(name.replace("\\", "/")).split("/")
    return [step for step in steps if step not in ("..", ".")]


def _verdict(name: str, before: dict[str, str], now: dict[str, str]) -> Verdict:
    if name not in now:
        return "not_made"
    if name not in before:
        return "not_expected"
    return "same" if before[name] == now[name] else "differs"


def _put(found: Replay, made: str, real: str, manifest: str, out: str | None) -> list[str]:
    """Put what was made where it is wanted; return the files."""
    there = [name for name, verdict in found.verdicts.items() if verdict != "not_made"]
    if out is None:
        if not found.same:
            return []
        pairs = [(name, os.path.join(real, name)) for name in there]
        pairs = [(name, target) for name, target in pairs if not os.path.exists(target)]
    else:
        os.makedirs(out, exist_ok=True)
        pairs = [(name, os.path.join(out, os.path.basename(name))) for name in there]
        pairs.append(
            (os.path.relpath(manifest, made), os.path.join(out, os.path.basename(manifest)))
        )
    for name, target in pairs:
        with open(os.path.join(made, name), "rb") as content:
            write_whole(target, content.read())
    return [target for _, target in pairs]
