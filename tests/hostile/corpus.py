"""The hostile corpus: files and calls that a program must answer in words, with what it says.

A folder beside this file is one corpus: its files, and ``expected.yaml``, a list to be read from
top to bottom. Each entry has

- ``file``, and ``case`` where a file serves several entries; ``why``, what is hostile in it;
- ``command`` and ``options`` of a study, and ``beside``, the file of rows it reads;
- ``set``: values of ``--set``; ``policy`` and ``join`` where a table is read by another policy
  than ``policy.yaml``, or with another joined file; ``made: true`` where a script writes the file,
  because git or an editor would change it;
- ``exit``, ``codes`` and the lines of ``zh`` and ``en``: what the program answers; ``result``:
  the amounts, where there are any.

The last five are written by ``python tests/hostile/write_expected.py``, whose changes are to be
read line by line before they are committed.
"""

from __future__ import annotations

import gc
import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import yaml
from msgspec import Struct, field

from tests.hostile import make_policies, make_studies, make_tables
from transfers import messages

HERE = Path(__file__).resolve().parent
FOLDERS = {
    "policies": make_policies.make,
    "tables": make_tables.make,
    "studies": make_studies.make,
}
RESULT = "result.csv"
OLD = "what stood here before\n"
SAID = (
    *("document.", "formula.", "list.", "table.", "allocation.", "upstream.", "reading."),
    "appraisals.",
    *("rules.broken", "rules.unknown", "rules.not_applicable"),
    *("command.set_", "command.mistake_here"),
)
"""Codes of what can be said about an input; labels are left out."""
SAID_OF_STUDIES = (
    *(
        "study.",
        "change.",
        "number.",
        "figures.",
        "running.",
        "compare.unknown_",
        "output.no_folder",
    ),
    *("sweep.", "seek.", "cliffs.", "measures.no_groups", "beside.", "outlook.", "members."),
    *("command.out_was_read", "command.unknown_format"),
)


class Case(Struct, omit_defaults=True):
    """An entry of ``expected.yaml``."""

    file: str
    why: str
    case: str = ""
    policy: str = ""
    set: list[str] = field(default_factory=list)
    join: str = ""
    made: bool = False
    command: str = ""
    options: list[str] = field(default_factory=list)
    beside: str = ""
    exit: int = 0
    codes: list[str] = field(default_factory=list)
    zh: list[str] = field(default_factory=list)
    en: list[str] = field(default_factory=list)
    result: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the case is called: its own name, or that of its file."""
        return self.case or self.file

    def arguments(self, folder: str) -> list[str]:
        """Return the call: a study, a policy, or a policy of tables with this table."""
        if folder == "studies":
            out = [] if "--out" in self.options else ["--out", RESULT]
            return [self.command or "compare", self.file, "-q", *self.options, *out]
        called = [self.file] if folder == "policies" else self._policy_and_table()
        changes = [word for value in self.set for word in ("--set", value)]
        return ["run", *called, *changes, "--out", RESULT]

    def _policy_and_table(self) -> list[str]:
        join = ["--join", self.join] if self.join else []
        return [self.policy or "policy.yaml", "--districts", self.file, *join]


class Answer(Struct):
    """What the program did with a case."""

    exit: int
    codes: list[str]
    lines: list[str]
    result: list[str]
    left: dict[str, str]


def cases(folder: str) -> list[Case]:
    """Return the entries of a corpus."""
    entries = yaml.safe_load((HERE / folder / "expected.yaml").read_text(encoding="utf-8"))
    return [Case(**entry) for entry in entries]


def lay_out(folder: str, place: Path) -> None:
    """Copy the files of a corpus to a place of their own, and make those that a script makes."""
    shutil.copytree(HERE / folder, place, dirs_exist_ok=True)
    (place / "expected.yaml").unlink()
    FOLDERS[folder](place)
    (place / RESULT).write_text(OLD, encoding="utf-8")


def answer(case: Case, folder: str, place: Path, language: str) -> Answer:
    """Run a case in this process, in the folder where the corpus is laid out."""
    import cli
    from commands import shell

    gc.enable()  # the program switches the collector off, as it ends soon
    codes: list[str] = []
    before = listing(place)
    out, err = io.StringIO(), io.StringIO()
    said = (*SAID, *(SAID_OF_STUDIES if folder == "studies" else ()))
    with _recorded(codes, said), _inside(place), redirect_stdout(out), redirect_stderr(err):
        kept, shell.language = shell.language, language
        try:
            cli.app([*case.arguments(folder)])
        except SystemExit as ended:
            code = ended.code
        finally:
            shell.language = kept
            gc.unfreeze()
    result = (place / RESULT).read_text(encoding="utf-8-sig")
    others = (RESULT.replace(".csv", f".{name}.csv") for name in ("scenarios", "accounts"))
    for beside in (f"{RESULT}.manifest.json", *others):
        (place / beside).unlink(missing_ok=True)
    left = {name: size for name, size in listing(place).items() if before.get(name) != size}
    (place / RESULT).write_text(OLD, encoding="utf-8")
    amounts = [] if result == OLD else result.splitlines()
    assert isinstance(code, int)
    return Answer(code, codes, err.getvalue().splitlines(), amounts, left)


def listing(place: Path) -> dict[str, str]:
    """Return what stands in a folder, and how large it is."""
    return {path.name: str(path.stat().st_size) for path in place.iterdir()}


@contextmanager
def _recorded(codes: list[str], said: tuple[str, ...]) -> Iterator[None]:
    """Note the code of every text that is asked for, each once."""
    text = messages.text

    def noted(code: str, language: str, /, **values: object) -> str:
        told = code.startswith(said) and not code.endswith(("help", "_help"))
        if told and code not in codes:
            codes.append(code)
        return text(code, language, **values)

    messages.text = noted
    try:
        yield
    finally:
        messages.text = text


@contextmanager
def _inside(place: Path) -> Iterator[None]:
    before, arguments = Path.cwd(), sys.argv
    os.chdir(place)
    sys.argv = ["transfers"]
    try:
        yield
    finally:
        os.chdir(before)
        sys.argv = arguments
