"""Where the tests of a policy stand, and which policy a test document is about."""

from __future__ import annotations

from os.path import normpath
from pathlib import Path
from typing import Final

from checks.kinds import documents_in, kind_of
from transfers.documents.faults import nearest
from transfers.documents.yaml_source import Source, read_text, scan
from transfers.documents.yaml_tree import shown
from transfers.errors import DocumentError, Fault, FaultsError, Place

FOLDER: Final = "tests"
"""Beside a policy: what its tests stand in."""

_MOST_LISTED: Final = 6


def find_tests(policy_file: str | Path) -> tuple[Path, ...]:
    """Return the test documents of a policy: those about it in the folder ``tests`` beside it.

    Parameters
    ----------
    policy_file : path
        The policy document.

    Raises
    ------
    DocumentError
        A YAML file there is no test document, cannot be read, or is about no policy that is there:
        nobody would notice that it is left out.
    """
    policy_file = Path(policy_file)
    found: list[Path] = []
    faults: list[Fault] = []
    for file in documents_in(policy_file.parent / FOLDER):
        try:
            about = policy_of(_source(file))
        except FaultsError as error:
            faults += error.faults
        else:
            if _same(about, policy_file):
                found.append(file)
    if faults:
        raise DocumentError(faults)
    return tuple(found)


def _source(file: Path) -> Source:
    """Return what a file in the folder of tests holds, where it is a test document."""
    source, _ = scan(read_text(str(file)), str(file))  # faults of the tree are told when it is read
    if not isinstance(source.data, dict) or "tests" not in source.data or "grants" in source.data:
        kind = kind_of(file) or "other"
        code = f"policy_tests.{kind if kind != 'tests' else 'other'}_in_folder"
        raise DocumentError([Fault(code, Place(str(file), 1, 1))])
    return source


def policy_of(source: Source) -> str:
    """Return the policy document that a test document is about.

    The one it names; else the only one in the folder above that of the tests.

    Raises
    ------
    DocumentError
        There is none, or there are several and none is named.
    """
    text = source.data.get("policy") if isinstance(source.data, dict) else None
    folder = Path(source.file).parent
    if isinstance(text, str) and text:
        file = normpath(folder / text)
        if kind_of(file) == "policy":
            return file
        raise DocumentError([_no_such_policy(source, text, Path(file))])
    above = folder.absolute().parent
    policies = [each for each in documents_in(above) if kind_of(each) == "policy"]
    if len(policies) == 1:
        return normpath(folder / ".." / policies[0].name)
    words = {"folder": above.name, "known": _names(policies)}
    code = "policy_tests.several_policies" if policies else "policy_tests.no_policy"
    raise DocumentError([Fault(code, Place(source.file, 1, 1), words)])


def _no_such_policy(source: Source, text: str, file: Path) -> Fault:
    """Say that a file named as the policy is none, and which is meant perhaps."""
    place = source.value_place(("policy",))
    words: dict[str, object] = {"file": shown(text, 60)}
    if file.is_file():
        return Fault("policy_tests.not_a_policy", place, words)
    near = nearest(file.name, [each.name for each in documents_in(file.parent)])
    if near is not None:
        return Fault("policy_tests.no_such_policy_near", place, {**words, "near": near})
    return Fault("policy_tests.no_such_policy", place, words)


def _names(files: list[Path]) -> tuple[str, ...]:
    names = [shown(file.name, 40) for file in files]
    return (*names[:_MOST_LISTED], *["…"] * (len(names) > _MOST_LISTED))


def _same(one: str, other: Path) -> bool:
    try:
        return Path(one).samefile(other)
    except OSError:
        return False
