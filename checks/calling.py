"""A call of `transfers check`: finds the policies, checks each, runs its tests."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from checks.against import NOTHING_OLDER, Against, against, seems_broken
from checks.answer import Answer, Checked
from checks.asked_alike import asked_alike
from checks.checking import check_policy, table_of
from checks.policy_tests import find_tests, kind_of, load_all_tests, run_tests
from checks.replay import BESIDE, REPLAY, write_replays
from checks.report import Report
from transfers import Districts, DocumentError, FaultsError, Policy, load_policy
from transfers.documents.faults import nearest
from transfers.documents.promises import PROMISES, title_of
from transfers.errors import Fault
from transfers.messages import family
from transfers.output.whole_file import write_whole

SAVED: Final = os.path.join(".transfers", "counterexamples")
"""Where counter-examples are kept, in the folder the program is called in, unless a call says."""

_PASSED_BY: Final = frozenset({"__pycache__", "node_modules", "tests", BESIDE})
"""Folders in which no policy is looked for: tests and counter-examples are found from policies."""


class Call(Struct, frozen=True):
    """What is asked of every policy.

    Parameters
    ----------
    districts : str, optional
        A table in place of the policy's own; `joins` in place of those it joins. False: no table,
        only those that are made.
    changes : dict of str to str
        Values to put at paths of the document.
    tolerance : int, optional
        In quanta, for all promises.
    only : tuple of str
        Promises that are wanted; all where left out.
    save : str
        Where counter-examples are kept, and looked for first; "" for nowhere.
    against : str, optional
        An older policy, or a folder of them.
    """

    districts: str | Literal[False] | None = None
    joins: tuple[str, ...] = ()
    changes: dict[str, str] = field(default_factory=dict)
    seconds: float = 30
    seed: int = 0
    tolerance: int | None = None
    only: tuple[str, ...] = ()
    workers: int = 1
    save: str = SAVED
    against: str | None = None


def answer(paths: Sequence[str], call: Call) -> Answer:
    """Check policies, of a folder every policy below it; each once.

    Raises
    ------
    DocumentError
        There is no such file or folder, or the call makes no sense for several policies. What is
        wrong with a policy is part of the answer.
    """
    files: dict[str, str] = {}
    for path in paths:
        for file in policies_below(path) if os.path.isdir(path) else [path]:
            files.setdefault(file, path)
    if call.districts is False and call.joins:
        raise DocumentError([Fault("check_command.join_without_table")])
    if len(files) != 1:
        _for_one_policy(paths, call, len(files))
    read = {file: _read(file, call) for file in files}
    only = _names(call.only, [each for each in read.values() if isinstance(each, Policy)])
    call = replace(call, only=only)
    checked = tuple(_checked(file, read[file], path, call) for file, path in files.items())
    tables = (*([call.districts] if call.districts else ()), *call.joins)
    return Answer(checked, tables)


def policies_below(folder: str) -> list[str]:
    """Return the policy documents of a folder and of those in it, by name.

    Hidden folders, environments, folders of tests and of counter-examples are passed by.
    """
    found = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if _looked_into(here, name))
        for name in sorted(files):
            file = os.path.normpath(os.path.join(here, name))
            is_yaml = name.endswith((".yaml", ".yml")) and not name.startswith(".")
            if is_yaml and kind_of(file) == "policy":
                found.append(file)
    return found


def _looked_into(here: str, name: str) -> bool:
    if name.startswith(".") or name in _PASSED_BY:
        return False
    signs = ("pyvenv.cfg", REPLAY)
    return not any(os.path.exists(os.path.join(here, name, sign)) for sign in signs)


def _for_one_policy(paths: Sequence[str], call: Call, count: int) -> None:
    """Refuse what belongs to one policy where there are several, or none."""
    options = {
        "--districts": call.districts,
        "--join": call.joins,
        "--set": call.changes,
        "--against": call.against if call.against and not os.path.isdir(call.against) else None,
    }
    given = tuple(name for name, value in options.items() if value)
    if given and count:
        words = {"options": given, "count": count, "folder": tuple(paths)}
        raise DocumentError([Fault("check_command.one_policy", values=words)])


def _names(only: Sequence[str], policies: Sequence[Policy]) -> tuple[str, ...]:
    """Return names of promises, built in or of any policy's own; a title is as good as a name.

    Raises
    ------
    DocumentError
        A name is none of them; where one is near, which.
    """
    rules = [rule for policy in policies for rule in policy.promises]
    called = {rule.title: rule.name for rule in rules if isinstance(rule.title, str)}
    called |= {text: name for name in PROMISES for text in family("promises")[f"promises.{name}"]}
    called |= {name: name for name in (*PROMISES, *(rule.name for rule in rules))}
    found, faults = [], []
    for text in only:
        name = called.get(text) or title_of(text)
        if name is not None:
            found.append(name)
            continue
        near = nearest(text, called)
        code = "check_command.no_such_promise" + ("_near" if near else "")
        faults.append(Fault(code, values={"name": text, "near": called[near] if near else ""}))
    if faults:
        raise DocumentError(faults)
    return tuple(dict.fromkeys(found))


# -- one policy ------------------------------------------------------------------------------------


def _read(file: str, call: Call) -> Policy | FaultsError:
    try:
        return load_policy(file, call.changes)
    except FaultsError as error:
        return error


def _checked(file: str, read: Policy | FaultsError, path: str, call: Call) -> Checked:
    """Return what comes of one policy; every fault of its tests, its table or the older policy."""
    if isinstance(read, FaultsError):
        return Checked(file, None, read.faults)
    try:
        documents = load_all_tests(find_tests(file))
        report = _report(read, call)
        tests = tuple(result for document in documents for result in run_tests(document))
        report = replace(report, tests=tests)
        beside = None if call.against is None else _beside(file, path, report, call)
    except FaultsError as error:
        return Checked(file, None, error.faults)
    kept, unsaved = _kept(report, call.save)
    return Checked(file, kept, (), beside, unsaved)


def _kept(report: Report, folder: str) -> tuple[Report, OSError | None]:
    """Keep its counter-examples; return the report that knows where, and why they are not kept."""
    if not folder or not any(verdict.example for verdict in report.verdicts):
        return report, None
    try:
        if folder == SAVED:
            _hide(os.path.dirname(folder))
        return write_replays(folder, report), None
    except OSError as error:
        return report, error


def _hide(folder: str) -> None:
    """Keep version control from taking up a folder that nobody asked for."""
    os.makedirs(folder, exist_ok=True)
    file = os.path.join(folder, ".gitignore")
    if not os.path.exists(file):
        write_whole(file, b"*\n")


def _report(policy: Policy, call: Call) -> Report:
    districts: Districts | Literal[False] = False
    if call.districts is not False:
        districts = table_of(policy, call.districts, call.joins)
    return check_policy(
        policy,
        districts,
        seconds=call.seconds,
        seed=call.seed,
        tolerance=call.tolerance,
        only=call.only or None,
        workers=call.workers,
        saved=call.save,
    )


def _beside(file: str, path: str, report: Report, call: Call) -> Against:
    """Return what differs from the older policy of the same name."""
    assert call.against is not None
    older = call.against
    if os.path.isdir(older):
        name = os.path.relpath(file, path) if os.path.isdir(path) else os.path.basename(file)
        older = os.path.normpath(os.path.join(older, name))
        if not os.path.exists(older):
            return NOTHING_OLDER
    was = load_policy(older)
    there = os.path.exists(was.document.beside(was.document.model.districts.file))
    table = None if there and call.districts is not False else False
    old = _report(was, replace(call, districts=table, joins=()))
    found = tuple(verdict.promise for verdict in seems_broken(old, report))
    alike = asked_alike(was, report.policy) if found else None
    again = None
    if alike is not None:
        again = _report(alike, replace(call, districts=table, joins=(), only=found))
    return against(old, report, call.districts, call.joins, again)
