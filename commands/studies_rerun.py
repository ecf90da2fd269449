"""The command that makes files again from their manifest."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from commands import shell
from commands.shell import Command, Lang, Quiet, app, complain, guarded, show
from transfers.output.parser import ANSWER_IS_NO, DONE, INPUT_WRONG

COMMANDS = ("compare", "sweep", "seek", "optimise", "cliffs", "outlook", "report")
"""Those that leave manifests."""


say = shell.family("running")


ManifestFile = Annotated[str, typer.Argument(help=say("manifest_help"), metavar="MANIFEST")]
Out = Annotated[str | None, typer.Option("--out", help=say("rerun_out_help"), metavar="DIR")]


@app.command(cls=Command, help=say("rerun_help"))
def rerun(manifest: ManifestFile, out: Out = None, lang: Lang = None, quiet: Quiet = False) -> int:
    """Make files again from their manifest, and compare them byte for byte."""

    def work() -> int:
        from scenarios.running.manifest import changed_inputs, read_manifest
        from scenarios.running.replay import other_versions, replay
        from transfers.errors import DocumentError, Fault, Place

        read = read_manifest(manifest)
        command = read.arguments[0] if read.arguments else ""
        if command not in COMMANDS:
            words: dict[str, object] = {"command": command}
            raise DocumentError([Fault("running.not_recorded", Place(manifest), words)])
        faults = changed_inputs(read, manifest)
        if faults:
            raise DocumentError(faults)
        for name, (before, now) in other_versions(read).items():
            complain([say("other_version", name=name, was=before, now=now or "—")])
        with shell.progress(quiet):
            call = _Call()
            found = replay(read, manifest, call, out)
        if not found.verdicts:
            complain([call.said, say("rerun_failed", code=found.code)])
            return found.code or INPUT_WRONG
        lines = [say(f"rerun_{verdict}", file=name) for name, verdict in found.verdicts.items()]
        lines += [shell.say("written", file=file) for file in found.written]
        if not quiet:
            show("\n".join(lines))
        return DONE if found.same else ANSWER_IS_NO

    return guarded(work, lang)


class _Call:
    """Runs this program in a folder; keeps what it complains of."""

    said = ""

    def __call__(self, arguments: Sequence[str], folder: str) -> int:
        """Return how it ended."""
        path = os.pathsep.join(os.path.abspath(part) for part in sys.path)
        # -P: what lies in the folder is read as files, never as modules.
        done = subprocess.run(
            [sys.executable, "-P", "-c", "from cli import app; app()", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        self.said = done.stderr.rstrip()
        return done.returncode
