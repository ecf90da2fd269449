"""Replays: folders that hold a counter-example, for people, for a run, and to be tried again.

``<folder>/<policy>-<digest of its place>/<promise>/`` has

- ``replay.yaml``: the promise, how strict it was, what was moved, what each column is;
- ``before.csv`` and, where two runs are compared, ``after.csv``: tables under the names of columns
  that the policy asks for, so that ``transfers run policy.yaml --districts before.csv`` reads them;
- ``expected.csv``: what districts get of each grant;
- ``policy.yaml`` and the files of parameters and lists it reads, as they lie towards it. A policy
  that reads others (another level's policy, files outside of its folder, files by district and
  item, joined tables) is not copied: ``replay.yaml`` says where it is from there.

Method: section 37.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path as FilePath
from typing import Final

from msgspec import Struct, ValidationError, convert, to_builtins
from msgspec.structs import replace

from checks.replay_files import (
    columns_of,
    copied_files,
    expected_csv,
    number_of,
    number_text,
    table_csv,
    table_of,
)
from checks.report import Report, Verdict
from checks.runs import Case
from transfers import DocumentError, Fault, Policy, messages
from transfers.documents.yaml_source import read_text, scan
from transfers.errors import Place
from transfers.output.folder import confined
from transfers.output.whole_file import write_whole
from transfers.policy.rules import Path

REPLAY: Final = "replay.yaml"
BESIDE: Final = "counterexamples"
"""The folder beside a policy in which counter-examples of it are kept."""

BEFORE: Final = "before.csv"
EXPECTED: Final = "expected.csv"
_AFTER, _POLICY = "after.csv", "policy.yaml"


class Saved(Struct, frozen=True):
    """What ``replay.yaml`` says.

    Parameters
    ----------
    promise : str
        Its id.
    tolerance : str
        In quanta.
    seed : str
        With which it was found.
    policy : str
        Where the policy is, from the folder.
    set : mapping of str to str
        Values that were put into its document.
    numbers : mapping of str to str
        Numbers of the document that were moved, before and after alike.
    numbers_after : mapping of str to str
        All that were moved afterwards.
    columns : mapping of str to str
        Headings of the tables -> what they are.
    changed : mapping of str to str
        What is other afterwards, by language.
    run : str
        How to run the table with the policy.
    source : str
        Where the policy was that is copied, from the folder; "" where none is copied.
    """

    promise: str
    tolerance: str
    policy: str
    columns: dict[str, str]
    seed: str = "0"
    set: dict[str, str] = {}
    numbers: dict[str, str] = {}
    numbers_after: dict[str, str] = {}
    changed: dict[str, str] = {}
    run: str = ""
    source: str = ""


# -- writing -------------------------------------------------------------------------------------


def write_replays(folder: str, report: Report) -> Report:
    """Write a replay of each promise that is broken; return the report that knows them.

    Raises
    ------
    OSError
        A file cannot be written; it is as it was.
    """
    verdicts = []
    for verdict in report.verdicts:
        if verdict.example is not None:
            there = write_replay(folder, report, verdict)
            verdict = replace(verdict, example=replace(verdict.example, replay=there))
        verdicts.append(verdict)
    return replace(report, verdicts=tuple(verdicts))


def write_replay(folder: str, report: Report, verdict: Verdict) -> str:
    """Write the replay of a promise that is broken; return where.

    Whatever a policy or a promise is called, it lies inside `folder`.
    """
    assert verdict.example is not None
    policy, example = report.policy, verdict.example
    place = confined(folder_of(policy, folder), verdict.promise, "")
    os.makedirs(place, exist_ok=True)
    columns = columns_of(policy)
    copied = copied_files(policy)
    files: dict[str, bytes] = {BEFORE: table_csv(example.case.table, columns, policy)}
    after = example.broken.after
    if after is not None:
        files[_AFTER] = table_csv(after.case.table, columns, policy)
    files[EXPECTED] = expected_csv(policy, example.broken.before, after)
    if copied is not None:
        files[_POLICY] = policy.document.source.text.encode()
        files.update({name: source.read_bytes() for name, source in copied.items()})
    saved = _saved(report, verdict, columns, place, copied is not None)
    files[REPLAY] = _yaml(saved)
    for name, content in files.items():
        target = place / name
        os.makedirs(target.parent, exist_ok=True)
        write_whole(target, content)
    for name in {_AFTER, _POLICY} - files.keys():
        (place / name).unlink(missing_ok=True)
    return str(place)


def _saved(
    report: Report, verdict: Verdict, columns: dict[str, str], place: FilePath, copied: bool
) -> Saved:
    assert verdict.example is not None
    policy, broken = report.policy, verdict.example.broken
    case = verdict.example.case
    there = _POLICY if copied else _from(place, policy.document.source.file)
    changed = {} if broken.changed is None else _both(broken.changed)
    after = {} if broken.after is None else _numbers(broken.after.case)
    return Saved(
        verdict.promise,
        verdict.tolerance,
        there,
        columns,
        str(report.seed),
        policy.overrides,
        _numbers(case),
        after,
        changed,
        _call(policy, there, case),
        _from(place, policy.document.source.file) if copied else "",
    )


def _from(place: FilePath, file: str) -> str:
    """Return where a file is from a folder."""
    try:
        return os.path.relpath(os.path.realpath(file), os.path.realpath(place))
    except ValueError:  # on another drive
        return os.path.abspath(file)


def _both(phrase: messages.Phrase) -> dict[str, str]:
    return {language: messages.said(phrase, language) for language in messages.LANGUAGES}


def _numbers(case: Case) -> dict[str, str]:
    return {".".join(map(str, path)): number_text(x) for path, x in case.numbers.items()}


def _call(policy: Policy, there: str, case: Case) -> str:
    """Return how to run the table with the policy, from the folder; "" where it takes more."""
    entry = policy.document.model.districts
    long = any(
        policy.inputs[n].over and e.columns is None for n, e in policy.document.model.inputs.items()
    )
    if entry.join or long:
        return ""
    settings = {**policy.overrides, **_numbers(case)}
    if entry.rows is not None:
        settings["districts.rows"] = "null"
    words = ["transfers", "run", there, "--districts", BEFORE]
    for path, value in settings.items():
        words += ["--set", f"{path}={value}"]
    return shlex.join(words)


def _yaml(saved: Saved) -> bytes:
    """Return it as YAML, in which a text of JSON is one as well."""

    def said(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    lines = []
    for name, value in to_builtins(saved).items():
        if isinstance(value, dict) and value:
            lines += [f"{name}:", *(f"  {said(key)}: {said(x)}" for key, x in value.items())]
        elif value:
            lines.append(f"{name}: {said(value)}")
    return "\n".join([*lines, ""]).encode()


# -- reading -------------------------------------------------------------------------------------


def read_replay(folder: str) -> Saved:
    """Return what a replay says.

    Raises
    ------
    DocumentError
        There is none, or it is no replay.
    """
    file = os.path.join(folder, REPLAY)
    source, faults = scan(read_text(file), file)
    if faults:
        raise DocumentError(faults)
    try:
        return convert(source.data, Saved)
    except ValidationError as error:
        words: dict[str, object] = {"why": str(error)}
        raise DocumentError([Fault("search.no_replay", Place(file), words)]) from None


def digest(text: str) -> str:
    """Return a short digest of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def case_of(folder: str, saved: Saved, policy: Policy) -> Case | None:
    """Return the case of a replay for a policy; None where it is none for it."""
    table = table_of(read_text(os.path.join(folder, BEFORE)), saved.columns, policy)
    if table is None or table.columns.keys() != policy.inputs.keys():
        return None
    numbers: dict[Path, Fraction] = {}
    for name, text in saved.numbers.items():
        figure = number_of(text)
        try:
            numbers |= policy.moves({name: figure}) if figure is not None else {}
        except DocumentError:
            return None
    return Case(table, numbers)


def saved_cases(policy: Policy, folders: Sequence[str]) -> list[Case]:
    """Return the cases of all replays in some folders that are for a policy, by name.

    What is no replay, or no longer fits the policy, is left out.
    """
    found = []
    for top in folders:
        for folder in sorted(_replays_below(top)):
            with suppress(DocumentError):
                case = case_of(folder, read_replay(folder), policy)
                found += [] if case is None else [case]
    return found


def folders_of(policy: Policy, saved: str) -> list[str]:
    """Return where replays of a policy are looked for: beside it, and where they are kept."""
    beside = os.path.join(os.path.dirname(policy.document.source.file), BESIDE)
    kept = [str(folder_of(policy, saved))] if saved else []
    return [folder for folder in (beside, *kept) if os.path.isdir(folder)]


def folder_of(policy: Policy, folder: str) -> FilePath:
    """Return where replays of a policy are kept: two documents never share one, whatever their ids.

    Behind the id stands a digest of where the document is, seen from `folder`.
    """
    there = FilePath(_from(FilePath(folder), policy.document.source.file)).as_posix()
    return confined(folder, f"{policy.id}-{digest(there)[:6]}", "")


def _replays_below(top: str) -> Iterator[str]:
    for folder, _, files in os.walk(top):
        if REPLAY in files:
            yield folder
